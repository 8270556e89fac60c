//! `upstairs lab sessions`: many negotiations between strategies.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use bargain::scenario::Scenario;
use serde_json::{Value, json};

use super::session::MOST_BYTES;
use super::wrong;
use crate::commands::{print, threads};
use crate::error::Error;
use crate::files;
use crate::lab::in_parallel;
use crate::progress::Progress;

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
    let text = String::from_utf8(bytes).map_err(|_| wrong(&args.file, "not text in UTF-8"))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let scenarios = lines.map(|(number, line)| {
        let at = |fault: String| wrong(&args.file, format!("line {}: {fault}", number + 1));
        let value: Value = serde_json::from_str(line).map_err(|fault| at(fault.to_string()))?;
        Scenario::from_value(value).map_err(|fault| at(fault.to_string()))
    });
    let scenarios = scenarios.collect::<Result<Vec<_>, _>>()?;
    if let Some(times) = args.time {
        return time(args, &scenarios, times);
    }
    let batches: Vec<(usize, &[Scenario])> = scenarios.chunks(BATCH).enumerate().collect();
    let progress = Progress::begin("Playing");
    let mut done: BTreeMap<usize, Vec<Value>> = BTreeMap::new();
    let work = |(number, batch): &(usize, &[Scenario])| {
        let played = batch.iter().map(|scenario| Ok(scenario.report(&scenario.play()?, args.trace)));
        (*number, played.collect::<Result<Vec<Value>, bargain::order::TooLarge>>())
    };
    in_parallel(&batches, args.threads, work, |(number, reports)| {
        done.insert(number, reports.map_err(|fault| wrong(&args.file, fault.to_string()))?);
        progress.show(done.len() as f64 / batches.len() as f64);
        Ok(())
    })?;
    drop(progress);
    let reports = done.into_values().flatten();
    let line = |report: Value| if args.json { format!("{report}\n") } else { told(&report) };
    print(&reports.map(line).collect::<String>())?;
    Ok(ExitCode::SUCCESS)
}

fn told(report: &Value) -> String {
    let id = report["id"].as_str().unwrap_or("–");
    match &report["agreement"] {
        Value::Null => format!("{id}: no agreement in {} rounds\n", report["step"]),
        agreement => format!("{id}: {agreement} in round {}, worth {}\n", report["step"], report["utilities"]),
    }
}

/// Plays everything so often, one after the other on this thread, and tells how many sessions a second that makes.
fn time(args: &Args, scenarios: &[Scenario], times: u32) -> Result<ExitCode, Error> {
    let mut spent = Duration::ZERO;
    let mut agreed = 0_u64;
    for _ in 0..times {
        let begun = Instant::now();
        for scenario in scenarios {
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
