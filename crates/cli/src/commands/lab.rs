//! `upstairs lab`: experiments on the model itself.

use std::process::ExitCode;

use clap::Subcommand;

use crate::error::Error;

pub mod study;

/// Experiments on the model itself.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which experiment.
    #[command(subcommand)]
    experiment: Experiment,
}

/// The experiments.
#[derive(Debug, Subcommand)]
enum Experiment {
    /// Draw many ordinary cases and map what is advised in them: the general answer to when to go upstairs.
    Study(study::Args),
}

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode, Error> {
    match &args.experiment {
        Experiment::Study(args) => study::run(args),
    }
}
