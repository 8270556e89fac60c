//! `upstairs doctor`: what is configured, what is reachable, what is missing, and how to mend it. It writes nothing, and asks
//! nobody outside this machine but the database.

mod check;
mod program;
#[cfg(feature = "desk")]
mod reach;
#[cfg(feature = "desk")]
mod records;

use std::process::ExitCode;

use self::check::{Check, State};
#[cfg(feature = "desk")]
use crate::commands::desk::{blocking, serve};
use crate::commands::print;
use crate::error::{self, Error};
use crate::log::Log;

/// What to look at.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Args {
    /// Print JSON: each check with its state, what was found, and how to mend it.
    #[arg(long)]
    json: bool,
    /// Where the desk is, or would be.
    #[cfg(feature = "desk")]
    #[command(flatten)]
    desk: serve::Args,
}

/// Looks, tells what was found, and ends with an error code where something fails.
pub fn run(args: &Args, log: &Log) -> Result<ExitCode, Error> {
    let checks = program::checks(log);
    #[cfg(feature = "desk")]
    let checks = {
        let records = blocking(async { Ok(records::checks(&args.desk.place).await) })?;
        [checks, records, reach::checks(&args.desk)].concat()
    };
    let report = if args.json { json(&checks)? } else { text(&checks) };
    print(&report)?;
    let fails = checks.iter().any(|check| check.state == State::Fail);
    Ok(if fails { ExitCode::from(error::UNAVAILABLE) } else { ExitCode::SUCCESS })
}

fn json(checks: &[Check]) -> Result<String, Error> {
    let well = checks.iter().all(|check| check.state != State::Fail);
    let text = serde_json::to_string_pretty(&serde_json::json!({ "well": well, "checks": checks }));
    text.map(|text| text + "\n").map_err(|cause| Error::Ours(format!("the checks have no JSON form: {cause}")))
}

fn text(checks: &[Check]) -> String {
    let count = |state| checks.iter().filter(|check| check.state == state).count();
    let end = match (count(State::Fail), count(State::Warn)) {
        (0, 0) => "All is well.".to_owned(),
        (0, warned) => format!("Nothing fails; {warned} to look at."),
        (failed, warned) => format!("{failed} to mend, {warned} to look at."),
    };
    checks.iter().map(Check::text).collect::<String>() + &format!("\n  {end}\n")
}
