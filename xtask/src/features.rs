//! The smallest program: `advise` alone, and what it must not bring with it.

use std::path::Path;
use std::process::Command;

use crate::cargo::program;

/// How it is asked for.
pub const ADVISE: &[&str] = &["--no-default-features", "--features", "advise"];

/// Libraries that only the desk, its store and its calendars need.
const KEPT_OUT: [&str; 9] =
    ["axum", "icalendar", "libsqlite3-sys", "rust_xlsxwriter", "rustls", "sqlx", "tokio", "ureq", "zip"];

/// Fails where `advise` alone would compile one of the libraries kept out.
pub fn check(root: &Path) -> Result<(), String> {
    let arguments = ["tree", "--locked", "--package", "upstairs", "--prefix", "none", "--format", "{p}"];
    let output = Command::new(program())
        .current_dir(root)
        .args([&arguments[..], &["--edges", "normal,build"], ADVISE].concat())
        .output()
        .map_err(|error| format!("`cargo tree` couldn't be started: {error}"))?;
    if !output.status.success() {
        return Err(format!("`cargo tree` failed: {}", String::from_utf8_lossy(&output.stderr).trim_end()));
    }
    let found = brought(&String::from_utf8_lossy(&output.stdout));
    if found.is_empty() {
        return Ok(());
    }
    Err(format!(
        "crates/cli/Cargo.toml: the feature `advise` alone brings {}; put what needs them behind another feature",
        found.join(", ")
    ))
}

/// Which of the libraries kept out stand in a tree, a crate a line.
fn brought(tree: &str) -> Vec<&'static str> {
    let names: Vec<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    KEPT_OUT.into_iter().filter(|library| names.contains(library)).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{brought, check};

    #[test]
    fn libraries_are_found_by_their_whole_name() {
        assert_eq!(brought("upstairs v0.1.0\nsqlx v0.9.0\ntokio-macros v2.0.0\naxum v0.8.9 (*)"), ["axum", "sqlx"]);
        assert!(brought("upstairs v0.1.0\nserde v1.0.0").is_empty());
    }

    #[test]
    fn advise_alone_keeps_nothing_and_serves_nothing() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert_eq!(check(here.parent().expect("the workspace")), Ok(()));
    }
}
