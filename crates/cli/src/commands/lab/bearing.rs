//! `upstairs lab bearing`: whether an answer bears the weight that is put on it.

use std::process::ExitCode;

use engine::Refusal;
use lab::bearing::{CaseFlips, Flips, SeedTrial, Seeds, try_flips, try_seeds};
use lab::parallel::in_parallel;
use serde::Serialize;

use super::pretty;
use crate::commands::{print, threads};
use crate::error::Error;
use crate::progress::Progress;

/// Ask drawn cases again: under many seeds, and just before and beyond the flips that an advice names.
///
/// Prints JSON: what all say together, then case by case.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Cases asked under many seeds.
    #[arg(long, default_value_t = 40)]
    seed_cases: u64,
    /// Seeds of each.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u64).range(2..=1000))]
    seeds: u64,
    /// Cases whose flips are asked again.
    #[arg(long, default_value_t = 100)]
    flip_cases: u64,
    /// Flips asked again in each, and as many that are ruled out.
    #[arg(long, default_value_t = 3)]
    each: usize,
    /// Simulated paths a plan.
    #[arg(long, default_value_t = 65_536)]
    samples: u32,
    /// Seed of the draws: the same seed draws the same cases.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Threads to use; all processors by default. The results are the same at any number.
    #[arg(long, value_parser = threads)]
    threads: Option<usize>,
}

#[derive(Serialize)]
struct Report {
    seeds: Seeds,
    flips: Flips,
    seed_cases: Vec<SeedTrial>,
    flip_cases: Vec<CaseFlips>,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode, Error> {
    let all = (args.seed_cases + args.flip_cases) as f64;
    let progress = Progress::begin("Asking again");
    let mut done = 0.0;
    let mut shown = || {
        done += 1.0;
        progress.show(done / all);
    };
    let mut seed_cases =
        each(args.seed_cases, args.threads, &mut shown, |index| try_seeds(args.seed, index, args.seeds, args.samples))?;
    let mut flip_cases =
        each(args.flip_cases, args.threads, &mut shown, |index| try_flips(args.seed, index, args.each, args.samples))?;
    drop(progress);
    seed_cases.sort_by_key(|trial| trial.index);
    flip_cases.sort_by_key(|case| case.index);
    let report = Report { seeds: Seeds::of(&seed_cases), flips: Flips::of(&flip_cases), seed_cases, flip_cases };
    let json = serde_json::to_value(&report);
    print(&pretty(&json.map_err(|cause| Error::Ours(format!("the report has no JSON form: {cause}")))?))?;
    Ok(ExitCode::SUCCESS)
}

/// The cases, several at once, as they are done; `shown` hears of each.
fn each<T: Send>(
    count: u64,
    threads: Option<usize>,
    shown: &mut impl FnMut(),
    one: impl Fn(u64) -> Result<T, Refusal> + Sync,
) -> Result<Vec<T>, Error> {
    let indices: Vec<u64> = (0..count).collect();
    let mut results = Vec::new();
    let take = |result: Result<T, Refusal>| -> Result<(), Error> {
        results.push(result.map_err(|_| Error::Ours("a drawn case is not sound".to_owned()))?);
        shown();
        Ok(())
    };
    in_parallel(&indices, threads, |&index| one(index), take)?;
    Ok(results)
}
