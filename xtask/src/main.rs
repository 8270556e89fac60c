//! Tasks for the people who work on Upstairs: `cargo xtask ci`, `bless`, `tidy` and `build-cost`.
//!
//! Exit codes: 0 all is well, 1 a check failed or a file couldn't be read or written, 2 no such task.

mod build_cost;
mod cargo;
mod dependencies;
mod features;
mod metadata;
mod rust_version;
mod steps;
mod tidy;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask TASK

  ci          everything that must pass: tidy, fmt, clippy, tests
  tidy        the rules of the house that no other tool knows
  bless       rewrite the committed references (schema, command-line docs, tables) from the code
  build-cost  build the program from nothing, whole and with `advise` alone, and say what that costs";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let task: fn(&Path) -> Result<(), String> = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["ci"] => steps::ci,
        ["tidy"] => tidy::tidy,
        ["bless"] => steps::bless,
        ["build-cost"] => build_cost::measure,
        ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match task(&root()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// The workspace's directory: this crate's parent.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}
