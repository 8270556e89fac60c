//! The commands, a file each.

use std::process::ExitCode;

use clap::CommandFactory;
use engine::advice::Advice;
use engine::case::Case;
use engine::{Options, Refusal};

use crate::args::{Args, Command};
use crate::error::Error;
use crate::log::Log;
use crate::progress::Progress;

pub mod advise;
pub mod assumptions;
pub mod completions;
#[cfg(feature = "desk")]
pub mod desk;
pub mod doctor;
#[cfg(feature = "lab")]
pub mod lab;
pub mod markdown_help;
#[cfg(feature = "packages")]
pub mod packages;
pub mod replay;
pub mod schema;

/// Runs a command to its exit code.
pub fn run(command: Command, log: &Log) -> Result<ExitCode, Error> {
    match command {
        Command::Advise(args) => advise::run(&args),
        Command::Assumptions(args) => assumptions::run(&args),
        Command::Replay(args) => replay::run(&args),
        #[cfg(feature = "packages")]
        Command::Packages(args) => packages::run(&args),
        #[cfg(feature = "lab")]
        Command::Lab(args) => lab::run(&args),
        #[cfg(feature = "desk")]
        Command::Desk(command) => desk::run(command, log),
        Command::Doctor(args) => doctor::run(&args, log),
        Command::Schema(args) => schema::run(args),
        Command::Completions(args) => completions::run(args, Args::command()),
        Command::MarkdownHelp(args) => markdown_help::run(args, &Args::command()),
    }
}

/// Computes an advice on `threads` threads, or as many as there are processors, with a progress bar.
fn compute(case: &Case, options: &Options, threads: Option<usize>) -> Result<Result<Advice, Refusal>, Error> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0)).build()?;
    let progress = Progress::begin("Weighing the plans");
    Ok(pool.install(|| engine::advise(case, options, &|share| progress.show(share))))
}

/// Prints to standard output.
pub fn print(text: &str) -> Result<(), Error> {
    use std::io::Write;
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(Error::Write)
}

/// The JSON form of an advice, as printed and as compared by a replay.
fn json_of(advice: &Advice) -> Result<String, Error> {
    let json = serde_json::to_string_pretty(advice);
    json.map(|json| json + "\n").map_err(|cause| Error::Ours(format!("the advice has no JSON form: {cause}")))
}

/// Parses how many threads to use.
fn threads(text: &str) -> Result<usize, String> {
    let count = text.parse().ok().filter(|count| (1..=256).contains(count));
    count.ok_or_else(|| "expected a number from 1 to 256".to_owned())
}
