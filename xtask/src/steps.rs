//! The tasks that run other commands, one after the other, stopping at the first that fails.

use std::path::Path;
use std::process::Command;

use crate::cargo::program;
use crate::{dependencies, features, tidy};

/// Set for the tests by `bless`: those that hold a committed file against the code then rewrite it.
const BLESS: &str = "UPSTAIRS_BLESS";

/// Everything that must pass before a change goes in.
pub fn ci(root: &Path) -> Result<(), String> {
    step("tidy");
    tidy::tidy(root)?;
    for component in ["fmt", "clippy"] {
        installed(root, component)?;
    }
    cargo(root, &["fmt", "--all", "--check"], &[])?;
    cargo(root, &["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"], &[])?;
    step("what `advise` alone brings");
    features::check(root)?;
    let alone = ["clippy", "--locked", "--package", "upstairs", "--bins"];
    cargo(root, &[&alone[..], features::ADVISE, &["--", "-D", "warnings"]].concat(), &[])?;
    cargo(root, &["test", "--locked", "--workspace"], &[])
}

/// Rewrites what is generated from the code and committed.
pub fn bless(root: &Path) -> Result<(), String> {
    dependencies::bless(root)?;
    cargo(root, &["test", "--workspace"], &[(BLESS, "1")])
}

fn installed(root: &Path, component: &str) -> Result<(), String> {
    let found = Command::new(program()).current_dir(root).args([component, "--version"]).output();
    if found.is_ok_and(|output| output.status.success()) {
        return Ok(());
    }
    let package = if component == "fmt" { "rustfmt" } else { component };
    Err(format!("`cargo {component}` isn't installed; `rustup component add {package}` installs it"))
}

fn cargo(root: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Result<(), String> {
    let line = format!("cargo {}", arguments.join(" "));
    step(&line);
    let status = Command::new(program()).current_dir(root).args(arguments).envs(variables.iter().copied()).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(format!("`{line}` failed")),
        Err(error) => Err(format!("`{line}` couldn't be started: {error}")),
    }
}

fn step(name: &str) {
    eprintln!("--- {name}");
}
