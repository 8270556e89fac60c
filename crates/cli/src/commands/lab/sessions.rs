//! `upstairs lab sessions`: many negotiations between strategies.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use lab::format::decoded;
use lab::scenario::{Scenario, id_of};
use serde_json::{Value, json};

use super::session::MOST_BYTES;
use super::wrong;
use crate::commands::{print, threads};
use crate::error::Error;
use crate::files;
use crate::progress::Progress;
use lab::parallel::in_parallel;

/// Play many negotiations, a scenario a line, and print a result a line, in the same order.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The scenarios, one a line, as `upstairs lab session` takes them.
    file: PathBuf,
    /// Print JSON: one result a line.
    #[arg(long)]
    json: bool,
    /// Give every offer too.
    #[arg(long)]
    trace: bool,
    /// Play each so often and say how many sessions a second that makes, preparing included and reading left out.
    #[arg(long, value_name = "TIMES", value_parser = clap::value_parser!(u32).range(1..))]
    time: Option<u32>,
    /// Threads to use; all processors by default. The results are the same at any number.
    #[arg(long, value_parser = threads)]
    threads: Option<usize>,
}

/// Scenarios that one thread works through at a time.
const BATCH: usize = 64;

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode, Error> {
    let bytes = files::read(&args.file, MOST_BYTES)?;
    let text = decoded(&bytes);
    let lines: Vec<(usize, &str)> = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).collect();
    if let Some(times) = args.time {
        return time(args, &lines, times);
    }
    let batches: Vec<(usize, &[(usize, &str)])> = lines.chunks(BATCH).enumerate().collect();
    let progress = Progress::begin("Playing");
    let mut done: BTreeMap<usize, Vec<Value>> = BTreeMap::new();
    let work = |(number, batch): &(usize, &[(usize, &str)])| {
        (*number, batch.iter().map(|(place, line)| report(*place, line, args.trace)).collect::<Vec<Value>>())
    };
    in_parallel(&batches, args.threads, work, |(number, reports)| {
        done.insert(number, reports);
        progress.show(done.len() as f64 / batches.len() as f64);
        Ok::<(), Error>(())
    })?;
    drop(progress);
    let reports: Vec<Value> = done.into_values().flatten().collect();
    let line = |report: &Value| if args.json { format!("{report}\n") } else { told(report) };
    print(&reports.iter().map(line).collect::<String>())?;
    let failed = reports.iter().filter(|report| report.get("error").is_some()).count();
    if failed == 0 {
        return Ok(ExitCode::SUCCESS);
    }
    Err(wrong(&args.file, format!("{failed} of {} lines could not be played: their results say why", reports.len())))
}

/// What comes of a line: the session, or the fault that it has, so that one bad line spoils no others.
fn report(place: usize, line: &str, trace: bool) -> Value {
    let played = Scenario::read(line)
        .map_err(|fault| fault.to_string())
        .and_then(|scenario| Ok(scenario.report(&scenario.play().map_err(|fault| fault.to_string())?, trace)));
    played.unwrap_or_else(|fault| json!({"id": id_of(line), "line": place + 1, "error": fault}))
}

fn told(report: &Value) -> String {
    let id = match &report["id"] {
        Value::Null => "–".to_owned(),
        Value::String(id) => id.clone(),
        other => other.to_string(),
    };
    if let Some(fault) = report["error"].as_str() {
        return format!("{id}: line {}: {fault}\n", report["line"]);
    }
    match &report["agreement"] {
        Value::Null => format!("{id}: no agreement in {} rounds\n", report["step"]),
        agreement => format!("{id}: {agreement} in round {}, worth {}\n", report["step"], report["utilities"]),
    }
}

/// Plays everything so often, one after the other on this thread, and tells how many sessions a second that makes.
fn time(args: &Args, lines: &[(usize, &str)], times: u32) -> Result<ExitCode, Error> {
    let scenario = |(place, line): &(usize, &str)| {
        Scenario::read(line).map_err(|fault| wrong(&args.file, format!("line {}: {fault}", place + 1)))
    };
    let scenarios = lines.iter().map(scenario).collect::<Result<Vec<_>, _>>()?;
    let mut spent = Duration::ZERO;
    let mut agreed = 0_u64;
    for _ in 0..times {
        let begun = Instant::now();
        for scenario in &scenarios {
            let session = scenario.play().map_err(|fault| wrong(&args.file, fault.to_string()))?;
            agreed += u64::from(session.agreement().is_some());
        }
        spent += begun.elapsed();
    }
    let count = scenarios.len() as u64 * u64::from(times);
    let rate = count as f64 / spent.as_secs_f64();
    let report = json!({"sessions": count, "seconds": spent.as_secs_f64(), "per_second": rate, "agreed": agreed});
    print(&if args.json {
        format!("{report}\n")
    } else {
        format!("{count} sessions in {:.3} s on one thread: {rate:.0} a second.\n", spent.as_secs_f64())
    })?;
    Ok(ExitCode::SUCCESS)
}
