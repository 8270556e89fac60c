//! `upstairs completions`: completions for a shell.

use std::process::ExitCode;

use clap_complete::Shell;

use crate::error::Error;

use super::print;

/// Print completions for a shell.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Args {
    /// Which shell.
    shell: Shell,
}

/// Runs the command, for all that can be asked on the `line`.
pub fn run(args: Args, mut line: clap::Command) -> Result<ExitCode, Error> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut line, "upstairs", &mut script);
    print(&String::from_utf8_lossy(&script))?;
    Ok(ExitCode::SUCCESS)
}
