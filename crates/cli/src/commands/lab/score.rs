//! `upstairs lab score`: how good forecasts of real negotiations are.

use std::path::PathBuf;
use std::process::ExitCode;

use engine::calibration::Calibration;
use lab::human::score::Score;

use super::calibrate::read;
use super::pretty;
use crate::commands::print;
use crate::error::Error;
use crate::progress::Progress;

/// Score forecasts on a folder of real negotiations: cross-validated, or as the engine ships them.
///
/// Errors are shares of the list price, or of the first ask. `both` is once both have quoted and are apart; chances of a deal are then
/// asked after every message, a negotiation counting once.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder with the negotiations; docs/calibration.md lists the files.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// By the calibration that the engine ships: a fair score of negotiations that it was not fitted on.
    #[arg(long)]
    as_shipped: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode, Error> {
    let folder = read(&args.folder)?;
    let progress = Progress::begin("Scoring");
    let by = args.as_shipped.then(Calibration::shipped);
    let scores = lab::human::score(&folder, by, &mut |share| progress.show(share));
    drop(progress);
    let scores = scores.map_err(|unread| super::wrong(&args.folder, unread.to_string()))?;
    if scores.is_empty() {
        return Err(super::wrong(
            &args.folder,
            "has no file that forecasts are scored on; docs/calibration.md lists them",
        ));
    }
    if args.json {
        let json = serde_json::to_value(&scores);
        print(&pretty(&json.map_err(|cause| Error::Ours(format!("the scores have no JSON form: {cause}")))?))?;
    } else {
        print(&table(&scores))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn table(scores: &[Score]) -> String {
    let figure = |value: Option<f64>, digits: usize| value.map_or("-".to_owned(), |value| format!("{value:.digits$}"));
    let mut text = format!(
        "{:8} {:>5} {:>6} {:>7} {:>7} {:>7} {:>8} {:>7} {:>6}\n",
        "set", "k", "n", "mae", "crps", "80 %", "log loss", "brier", "slope"
    );
    for score in scores {
        text.push_str(&format!(
            "{:8} {:>5} {:>6} {:>7} {:>7} {:>7} {:>8} {:>7} {:>6}\n",
            score.set,
            score.k,
            score.n,
            figure(score.mae, 4),
            figure(score.crps, 4),
            figure(score.coverage80, 3),
            figure(score.log_loss, 4),
            figure(score.brier, 4),
            figure(score.slope, 2),
        ));
    }
    text
}
