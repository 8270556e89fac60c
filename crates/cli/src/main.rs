//! `upstairs`: the command line, and the only place that reads arguments, files and the environment.

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

mod args;
mod ask;
mod clock;
mod commands;
mod error;
mod files;
mod interview;
mod log;
mod overview;
mod panics;
mod progress;
mod render;

fn main() -> ExitCode {
    if std::env::args_os().len() == 1 {
        return overview();
    }
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

/// Says what one can begin with.
fn overview() -> ExitCode {
    match commands::print(&overview::overview(&args::Args::command(), render::width())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => error.report(),
    }
}
