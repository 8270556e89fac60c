//! What a first build costs: the program built into an empty target folder, once whole and once with `advise` alone, in
//! seconds of processors and of the clock.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::cargo::program;

/// A way to build the program.
struct Build {
    name: &'static str,
    features: &'static [&'static str],
}

const BUILDS: [Build; 2] =
    [Build { name: "whole", features: &[] }, Build { name: "`advise` alone", features: crate::features::ADVISE }];

const HEAD: &str = "\
| build | processors, s | clock, s | crates compiled | in the binary | our lines | binary, MiB |
|---|---|---|---|---|---|---|";

/// Builds each way and prints a line of a table for it.
pub fn measure(root: &Path) -> Result<(), String> {
    println!("{HEAD}");
    for build in &BUILDS {
        println!("{}", line(root, build)?);
    }
    Ok(())
}

fn line(root: &Path, build: &Build) -> Result<String, String> {
    let target = root.join("target").join("build-cost");
    if target.exists() {
        fs::remove_dir_all(&target).map_err(|error| format!("target/build-cost can't be emptied: {error}"))?;
    }
    let (spent, begun) = (processor_seconds(), Instant::now());
    let arguments = [&["build", "--release", "--locked", "--quiet", "--package", "upstairs"][..], build.features];
    let status = Command::new(program())
        .current_dir(root)
        .args(arguments.concat())
        .env("CARGO_TARGET_DIR", &target)
        .status()
        .map_err(|error| format!("`cargo build` couldn't be started: {error}"))?;
    if !status.success() {
        return Err(format!("the build \"{}\" failed", build.name));
    }
    let clock = begun.elapsed().as_secs_f64();
    let processors = match (spent, processor_seconds()) {
        (Some(before), Some(after)) => format!("{:.0}", after - before),
        _ => "not told by this system".to_owned(),
    };
    let binary = target.join("release").join(format!("upstairs{}", std::env::consts::EXE_SUFFIX));
    let size = fs::metadata(&binary).map_err(|error| format!("the binary can't be found: {error}"))?.len();
    let compiled = crates(root, build, "normal,build")?;
    let linked = crates(root, build, "normal,no-proc-macro")?;
    Ok(format!(
        "| {} | {processors} | {clock:.0} | {} | {} | {} | {:.1} |",
        build.name,
        compiled.len(),
        linked.len(),
        our_lines(root, &linked)?,
        size as f64 / f64::from(1 << 20)
    ))
}

/// The crates that a build takes along such edges, as `name version`, ours with the path after that.
fn crates(root: &Path, build: &Build, edges: &str) -> Result<BTreeSet<String>, String> {
    let arguments =
        ["tree", "--locked", "--package", "upstairs", "--prefix", "none", "--format", "{p}", "--edges", edges];
    let output = Command::new(program())
        .current_dir(root)
        .args([&arguments[..], build.features].concat())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("`cargo tree` couldn't be started: {error}"))?;
    if !output.status.success() {
        return Err("`cargo tree` failed".to_owned());
    }
    let text = String::from_utf8_lossy(&output.stdout);
    Ok(text.lines().map(|line| line.trim_end_matches(" (*)").to_owned()).filter(|line| !line.is_empty()).collect())
}

/// Lines of our own crates among `linked`, their tests within `src` included.
fn our_lines(root: &Path, linked: &BTreeSet<String>) -> Result<usize, String> {
    let names = linked.iter().filter_map(|line| Some(line.split_once(' ')?.0));
    let mut lines = 0;
    for name in names {
        let folder = root.join("crates").join(if name == "upstairs" { "cli" } else { name });
        if folder.is_dir() {
            lines += lines_under(&folder.join("src"))?;
        }
    }
    Ok(lines)
}

fn lines_under(folder: &Path) -> Result<usize, String> {
    let unreadable = |error: std::io::Error| format!("{}: can't be read: {error}", folder.display());
    let mut lines = 0;
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.is_dir() {
            lines += lines_under(&path)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            lines += fs::read_to_string(&path).map_err(unreadable)?.lines().count();
        }
    }
    Ok(lines)
}

/// Seconds of processors that the children waited for have spent, where the system tells (Linux).
fn processor_seconds() -> Option<f64> {
    seconds_of(&fs::read_to_string("/proc/self/stat").ok()?)
}

/// Those in the text of `/proc/self/stat`: the sixteenth and seventeenth field. They are counted in hundredths of a
/// second whatever the kernel's own clock (proc(5), USER_HZ).
fn seconds_of(stat: &str) -> Option<f64> {
    // The second field is the program's name in brackets, and may hold anything.
    let (_, fields) = stat.rsplit_once(')')?;
    let mut waited = fields.split_whitespace().skip(13).take(2).map(|ticks| ticks.parse::<f64>().ok());
    Some((waited.next()?? + waited.next()??) / 100.0)
}

#[cfg(test)]
mod tests {
    use super::seconds_of;

    #[test]
    fn the_seconds_of_children_are_found_whatever_the_program_is_called() {
        let stat = "7 (a ) b) S 1 7 7 0 -1 4194560 100 200 0 0 11 12 250 150 20 0 1 0 5 6 7";
        assert_eq!(seconds_of(stat), Some(4.0));
        assert_eq!(seconds_of("7 (short) S 1"), None);
    }
}
