//! `upstairs`: the command line, and the only place that reads arguments, files and the environment.

use std::process::ExitCode;

use clap::Parser;

mod args;
mod ask;
mod commands;
mod error;
mod files;
mod interview;
mod progress;
mod render;

fn main() -> ExitCode {
    let args = args::Args::parse();
    args.color.write_global();
    match commands::run(args.command) {
        Ok(code) => code,
        Err(error) => error.report(),
    }
}
