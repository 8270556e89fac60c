//! What `cargo metadata` tells of the workspace.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::cargo::program;

/// Of the workspace's own crates.
pub fn of_workspace(root: &Path) -> Result<Value, String> {
    ask(root, &["--no-deps", "--offline"])
}

/// Of every crate in the lock file.
pub fn of_lock_file(root: &Path) -> Result<Value, String> {
    ask(root, &["--locked"])
}

/// The list under a key; an empty one where there is none.
pub fn list(value: &Value, key: &str) -> Vec<Value> {
    value[key].as_array().cloned().unwrap_or_default()
}

/// The text under a key; an empty one where there is none.
pub fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

fn ask(root: &Path, arguments: &[&str]) -> Result<Value, String> {
    let output = Command::new(program())
        .current_dir(root)
        .args(["metadata", "--format-version", "1"])
        .args(arguments)
        .output()
        .map_err(|error| format!("`cargo metadata` couldn't be started: {error}"))?;
    if !output.status.success() {
        return Err(format!("`cargo metadata` failed: {}", String::from_utf8_lossy(&output.stderr).trim_end()));
    }
    serde_json::from_slice(&output.stdout).map_err(|error| format!("`cargo metadata` isn't JSON: {error}"))
}
