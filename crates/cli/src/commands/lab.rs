//! `upstairs lab`: experiments on the model itself, and on domains and strategies of the field.

use std::process::ExitCode;

use clap::Subcommand;

use crate::error::Error;

pub mod analyse;
mod bearing;
mod calibrate;
pub mod convert;
mod domains;
mod forecast;
mod journal;
mod moments;
pub mod opponents;
#[cfg(feature = "desk")]
mod own;
mod score;
pub mod session;
pub mod sessions;
pub mod study;
pub mod tournament;

/// Experiments: on the model, and on domains and strategies of the field.
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
    /// Ask drawn cases again: under many seeds, and just before and beyond the flips that an advice names.
    Bearing(bearing::Args),
    /// Fit the model on a folder of real negotiations.
    Calibrate(calibrate::Args),
    /// Score forecasts on a folder of real negotiations.
    Score(score::Args),
    /// Forecast every negotiation of a file, after every event.
    Forecast(forecast::Args),
    /// Set what the engine's counterparts do beside what people did.
    Moments(moments::Args),
    /// Analyse a domain: how many packages, the frontier, and the points that theory picks.
    Analyse(analyse::Args),
    /// Convert a domain to another program's format, or to an issue sheet.
    Convert(convert::Args),
    /// Play one negotiation between strategies, offer by offer.
    Session(session::Args),
    /// Play many negotiations, one a line.
    Sessions(sessions::Args),
    /// Play strategies against each other over domains.
    Tournament(tournament::Args),
    /// Compare models of the other side by what they make out of its offers.
    Opponents(opponents::Args),
}

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode, Error> {
    match &args.experiment {
        Experiment::Study(args) => study::run(args),
        Experiment::Bearing(args) => bearing::run(args),
        Experiment::Calibrate(args) => calibrate::run(args),
        Experiment::Score(args) => score::run(args),
        Experiment::Forecast(args) => forecast::run(args),
        Experiment::Moments(args) => moments::run(args),
        Experiment::Analyse(args) => analyse::run(args),
        Experiment::Convert(args) => convert::run(args),
        Experiment::Session(args) => session::run(args),
        Experiment::Sessions(args) => sessions::run(args),
        Experiment::Tournament(args) => tournament::run(args),
        Experiment::Opponents(args) => opponents::run(args),
    }
}

/// A value's JSON form, indented, with a line's end.
fn pretty(value: &serde_json::Value) -> String {
    format!("{value:#}\n")
}

/// An output that can't be said.
fn wrong(path: &std::path::Path, what: impl Into<String>) -> Error {
    Error::Sheet(path.to_owned(), vec![what.into()])
}
