//! `upstairs`: the command line, and the only place that reads arguments, files and the environment.

use std::process::ExitCode;

use clap::Parser;

mod args;
mod ask;
mod clock;
mod commands;
mod error;
mod files;
mod interview;
mod log;
mod panics;
mod progress;
mod render;

fn main() -> ExitCode {
    let args = args::Args::parse();
    args.color.write_global();
    let log = log::Log::of(&args.log, args.command.logs_by_default());
    log.begin();
    panics::told_by_place(&log);
    match commands::run(args.command, &log) {
        Ok(code) => code,
        Err(error) => error.report(),
    }
}
