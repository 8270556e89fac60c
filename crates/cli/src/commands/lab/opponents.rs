//! `upstairs lab opponents`: how well models of the other side do.

use std::process::ExitCode;

use lab::opponent::{Model, correlation, offers};
use lab::strategy::Strategy;
use lab::strategy::time_based::Curve;
use lab::tournament::Arena;
use serde_json::{Value, json};

use super::domains::By;
use super::tournament::arena;
use super::{pretty, wrong};
use crate::commands::{print, threads};
use crate::error::Error;
use crate::progress::Progress;
use crate::render::table::table;
use lab::parallel::in_parallel;

/// Compare models of the other side: the rank correlation of the issues' weights that they make out of its first offers with
/// the true ones.
///
/// In every domain either side plays four strategies over so many rounds against one that concedes late; neither accepts.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The domains, as `upstairs lab tournament` takes them.
    #[arg(required = true)]
    domains: Vec<String>,
    /// Rounds over which the side concedes.
    #[arg(long, default_value_t = 40, value_parser = clap::value_parser!(u32).range(20..=10_000))]
    rounds: u32,
    /// Seed of the models that draw.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Whose rules domains in files are read by; without it, those of their format.
    #[arg(long, value_enum)]
    convention: Option<By>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// Threads to use; all processors by default. The results are the same at any number.
    #[arg(long, value_parser = threads)]
    threads: Option<usize>,
}

/// How many offers the models hear.
const HEARD: [usize; 3] = [5, 10, 20];

/// The strategies heard, with their names.
fn strategies() -> [(&'static str, Strategy); 4] {
    [
        ("boulware", Strategy::time_based(Curve::BOULWARE)),
        ("linear", Strategy::time_based(Curve::LINEAR)),
        ("conceder", Strategy::time_based(Curve::CONCEDER)),
        ("micro", Strategy::Micro),
    ]
}

/// A side heard: the domain, the side and the strategy.
type Job = (usize, usize, usize);

/// Correlations by model and offers heard; nothing where the true weights have no order.
type Found = Vec<[Option<f64>; HEARD.len()]>;

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode, Error> {
    let arenas = args.domains.iter().map(|named| arena(named, args.convention)).collect::<Result<Vec<_>, _>>()?;
    let seats = (0..arenas.len()).flat_map(|at| [0, 1].map(|side| (at, side)));
    let jobs: Vec<(usize, Job)> =
        seats.flat_map(|(at, side)| (0..4).map(move |strategy| (at, side, strategy))).enumerate().collect();
    let progress = Progress::begin("Listening");
    let mut found: Vec<Option<Found>> = vec![None; jobs.len()];
    let mut done = 0.0;
    let work = |(number, job): &(usize, Job)| {
        (*number, hear(&arenas[job.0], *job, args.seed.wrapping_add(*number as u64), args.rounds))
    };
    in_parallel(&jobs, args.threads, work, |(number, result)| {
        found[number] = Some(result.map_err(|fault| wrong(arenas[jobs[number].1.0].name.as_ref(), fault.to_string()))?);
        done += 1.0;
        progress.show(done / jobs.len() as f64);
        Ok::<(), Error>(())
    })?;
    drop(progress);
    let found: Vec<(Job, Found)> =
        jobs.iter().zip(found).filter_map(|((_, job), found)| Some((*job, found?))).collect();
    print(&if args.json { pretty(&json_of(&found)) } else { told(&found) })?;
    Ok(ExitCode::SUCCESS)
}

fn hear(arena: &Arena, (_, side, strategy): Job, seed: u64, rounds: u32) -> Result<Found, bargain::order::TooLarge> {
    let [speaker, listener] = [&arena.scorings[side], &arena.scorings[1 - side]];
    let offers = offers(&arena.domain, [listener, speaker], strategies()[strategy].1, rounds)?;
    let at = |model, count: usize| {
        offers.get(..count).and_then(|heard| correlation(&arena.domain, speaker, heard, model, seed))
    };
    Ok(Model::ALL.iter().map(|&model| HEARD.map(|count| at(model, count))).collect())
}

/// The mean and its standard error of one model's correlations, and over how many sides.
fn mean(found: &[(Job, Found)], model: usize, heard: usize, strategy: Option<usize>) -> (f64, f64, usize) {
    let of = found.iter().filter(|((.., played), _)| strategy.is_none_or(|strategy| strategy == *played));
    let values: Vec<f64> = of.filter_map(|(_, found)| found[model][heard]).collect();
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / (count - 1.0);
    (mean, (variance / count).sqrt(), values.len())
}

fn told(found: &[(Job, Found)]) -> String {
    let mut rows = Vec::new();
    let groups = [None].into_iter().chain((0..4).map(Some));
    for strategy in groups {
        for (model, of) in Model::ALL.iter().enumerate() {
            let name = strategy.map_or("all", |strategy| strategies()[strategy].0);
            let figures = (0..HEARD.len()).map(|heard| {
                let (mean, error, _) = mean(found, model, heard, strategy);
                format!("{mean:.3} ± {error:.3}")
            });
            rows.push([vec![of.name().to_owned(), name.to_owned()], figures.collect()].concat());
        }
    }
    let (_, _, sides) = mean(found, 0, 0, None);
    format!(
        "Rank correlation of estimated with true weights over {sides} sides, mean and standard error.\n\n{}",
        table(&["model", "strategy", "5 offers", "10 offers", "20 offers"], &rows)
    )
}

fn json_of(found: &[(Job, Found)]) -> Value {
    let models = Model::ALL.iter().enumerate().map(|(model, of)| {
        let figures = HEARD.iter().enumerate().map(|(at, heard)| {
            let (mean, error, sides) = mean(found, model, at, None);
            json!({"offers": heard, "rank_correlation": mean, "standard_error": error, "sides": sides})
        });
        json!({"model": of.name(), "after": figures.collect::<Vec<_>>()})
    });
    json!(models.collect::<Vec<_>>())
}
