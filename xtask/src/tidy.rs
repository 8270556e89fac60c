//! The rules of the house that no other tool knows.
//!
//! Files stay short enough to be read at a sitting, every module says what it is for, nothing committed names a
//! place on somebody's machine, the dependency table is true, and the guides point to what is there.

use std::path::Path;

use crate::{dependencies, rust_version};

mod files;
mod signposts;

use files::Text;

/// Most lines of a source file.
const MOST_LINES: usize = 400;

/// Checks every rule and tells all that is wrong at once.
pub fn tidy(root: &Path) -> Result<(), String> {
    let mut faults = Vec::new();
    for text in files::texts(root)? {
        let told = faults_of(&text).into_iter().chain(signposts::astray(&text, root));
        faults.extend(told.map(|fault| format!("{}{fault}", text.path)));
    }
    faults.extend(dependencies::check(root).err());
    faults.extend(rust_version::faults(root)?);
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
}

/// What is wrong with one file: `:line: what and how to mend it`, or `: what and how` for the file as a whole.
fn faults_of(text: &Text) -> Vec<String> {
    let mut faults = machine_paths(&text.content);
    if text.path.ends_with(".rs") {
        faults.extend(without_purpose(&text.content));
    }
    if is_source(&text.path) {
        faults.extend(too_long(&text.content));
    }
    faults
}

fn is_source(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    path.ends_with(".rs") && matches!(parts[..], ["crates", _, "src", ..] | ["xtask", "src", ..])
}

fn too_long(content: &str) -> Option<String> {
    let lines = content.lines().count();
    (lines > MOST_LINES).then(|| format!(": {lines} lines, more than {MOST_LINES}; split it by noun"))
}

fn without_purpose(content: &str) -> Option<String> {
    (!content.starts_with("//!")).then(|| ":1: say with `//!` what the module is for, before anything else".to_owned())
}

/// Absolute paths that exist on one machine only.
fn machine_paths(content: &str) -> Vec<String> {
    // Put together here, so that this file doesn't hold what it looks for.
    let needles = ["work", "tmp", "root", "home", "Users"].map(|directory| format!("/{directory}/"));
    let mut faults = Vec::new();
    for (index, line) in content.lines().enumerate() {
        for needle in needles.iter().filter(|needle| holds_absolute(line, needle)) {
            faults.push(format!(":{}: `{needle}` is a place on one machine; use a relative path", index + 1));
        }
    }
    faults
}

/// Whether `needle` stands in `line` as the start of a path, not inside an address or a relative path.
fn holds_absolute(line: &str, needle: &str) -> bool {
    line.match_indices(needle).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|before| before.is_alphanumeric() || "._-~*})$".contains(before))
    })
}

#[cfg(test)]
mod tests {
    use super::{MOST_LINES, Text, faults_of};

    fn faults(path: &str, content: &str) -> Vec<String> {
        faults_of(&Text { path: path.to_owned(), content: content.to_owned() })
    }

    #[test]
    fn places_on_one_machine_are_found() {
        for directory in ["work", "tmp", "root", "home", "Users"] {
            assert_eq!(faults("README.md", &format!("see\n`/{directory}/case.toml`\n")).len(), 1, "{directory}");
            assert_eq!(faults("README.md", &format!("file:///{directory}/case.toml")).len(), 1, "{directory}");
            assert!(faults("README.md", &format!("https://example.org/{directory}/x ./{directory}/x")).is_empty());
        }
    }

    #[test]
    fn long_sources_are_found() {
        let lines = |count| format!("//! What for.\n{}", "\n".repeat(count - 1));
        assert!(faults("crates/engine/src/case.rs", &lines(MOST_LINES)).is_empty());
        assert_eq!(faults("crates/engine/src/case.rs", &lines(MOST_LINES + 1)).len(), 1);
        assert_eq!(faults("xtask/src/main.rs", &lines(MOST_LINES + 1)).len(), 1);
        assert!(faults("crates/engine/tests/truth.rs", &lines(MOST_LINES + 1)).is_empty());
        assert!(faults("Cargo.lock", &lines(MOST_LINES + 1)).is_empty());
    }

    #[test]
    fn modules_without_a_purpose_are_found() {
        assert_eq!(faults("crates/engine/benches/advice.rs", "use engine::advise;\n").len(), 1);
        assert_eq!(faults("crates/engine/src/case.rs", "").len(), 1);
        assert!(faults("crates/engine/src/case.rs", "//! What for.\n").is_empty());
    }
}
