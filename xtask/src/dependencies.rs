//! Which crate of the workspace uses which: the table in ARCHITECTURE.md, held against `cargo metadata`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use crate::metadata::{list, of_workspace, text};

const FILE: &str = "ARCHITECTURE.md";
const OPEN: &str = "<!-- dependencies: written by `cargo xtask bless` -->\n";
const CLOSE: &str = "<!-- end of dependencies -->";

/// Crates of the workspace, each with those of the workspace that it uses outside its tests.
type Graph = BTreeMap<String, BTreeSet<String>>;

/// Compares the table with the manifests.
pub fn check(root: &Path) -> Result<(), String> {
    let text = read(root)?;
    if with_table(&text, &table(&graph(root)?))? == text {
        return Ok(());
    }
    Err(format!("{FILE}: the dependency table differs from the manifests; if the change is meant, `cargo xtask bless`"))
}

/// Rewrites the table from the manifests.
pub fn bless(root: &Path) -> Result<(), String> {
    let text = read(root)?;
    let blessed = with_table(&text, &table(&graph(root)?))?;
    if blessed == text {
        return Ok(());
    }
    std::fs::write(root.join(FILE), blessed).map_err(|error| format!("{FILE}: can't be written: {error}"))
}

fn read(root: &Path) -> Result<String, String> {
    let text = std::fs::read_to_string(root.join(FILE)).map_err(|error| format!("{FILE}: can't be read: {error}"))?;
    Ok(text.replace("\r\n", "\n"))
}

/// `text` with `table` between the marks, in place of what stands there.
fn with_table(text: &str, table: &str) -> Result<String, String> {
    let parts = text.split_once(OPEN).and_then(|(above, rest)| Some((above, rest.split_once(CLOSE)?.1)));
    let (above, below) = parts
        .ok_or_else(|| format!("{FILE}: expected the dependency table between `{}` and `{CLOSE}`", OPEN.trim_end()))?;
    Ok(format!("{above}{OPEN}{table}{CLOSE}{below}"))
}

fn table(graph: &Graph) -> String {
    let mut table = "\n| crate | uses |\n|---|---|\n".to_owned();
    for (name, uses) in graph {
        let uses: Vec<String> = uses.iter().map(|name| format!("`{name}`")).collect();
        let uses = if uses.is_empty() { "nothing here".to_owned() } else { uses.join(", ") };
        table += &format!("| `{name}` | {uses} |\n");
    }
    table + "\n"
}

fn graph(root: &Path) -> Result<Graph, String> {
    Ok(parse(&of_workspace(root)?))
}

/// The graph in the output of `cargo metadata --no-deps`, whose packages are those of the workspace.
fn parse(metadata: &Value) -> Graph {
    let name = |value: &Value| text(value, "name");
    let packages = list(metadata, "packages");
    let members: BTreeSet<String> = packages.iter().map(name).collect();
    let uses = |package: &Value| -> BTreeSet<String> {
        let ordinary = list(package, "dependencies").into_iter().filter(|dependency| dependency["kind"].is_null());
        ordinary.map(|dependency| name(&dependency)).filter(|name| members.contains(name)).collect()
    };
    packages.iter().map(|package| (name(package), uses(package))).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{CLOSE, OPEN, parse, table, with_table};

    #[test]
    fn only_the_workspace_and_only_outside_tests() {
        let graph = parse(&json!({ "packages": [
            { "name": "roof", "dependencies": [
                { "name": "wall", "kind": null },
                { "name": "serde", "kind": null },
                { "name": "cellar", "kind": "dev" },
            ] },
            { "name": "wall", "dependencies": [] },
            { "name": "cellar", "dependencies": [] },
        ] }));
        let expected = "\n| crate | uses |\n|---|---|\n\
            | `cellar` | nothing here |\n| `roof` | `wall` |\n| `wall` | nothing here |\n\n";
        assert_eq!(table(&graph), expected);
    }

    #[test]
    fn only_what_stands_between_the_marks_is_replaced() {
        for old in ["", "old\n"] {
            let text = format!("above\n{OPEN}{old}{CLOSE}\nbelow");
            assert_eq!(with_table(&text, "new\n"), Ok(format!("above\n{OPEN}new\n{CLOSE}\nbelow")));
        }
        assert!(with_table("no marks", "").is_err());
    }
}
