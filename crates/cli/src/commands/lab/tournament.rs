//! `upstairs lab tournament`: strategies against each other.

use std::path::PathBuf;
use std::process::ExitCode;

use bargain::scoring::Scoring;
use lab::scenario::strategy;
use lab::tournament::{Arena, Played, Standing, matches, play, standings};
use serde_json::{Value, json};

use super::domains::{self, By};
use super::{pretty, wrong};
use crate::commands::{print, threads};
use crate::error::Error;
use crate::files;
use crate::progress::Progress;
use crate::render::table::{csv, table};
use lab::parallel::in_parallel;
use lab::plot::bars::{Bar, BarChart};

/// Play strategies against each other: every pair, each at either seat, in every domain.
///
/// A domain is a scenario as `upstairs lab session` takes it, whose own strategies don't count; or the files of a domain and two
/// profiles, joined by commas.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The domains.
    #[arg(required = true)]
    domains: Vec<String>,
    /// The strategies, by name or as JSON.
    #[arg(long = "strategy", value_name = "STRATEGY", default_values = ["boulware", "linear", "conceder", "tit_for_tat", "micro"])]
    strategies: Vec<String>,
    /// Rounds at most.
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    rounds: u32,
    /// Whose rules domains in files are read by; without it, those of their format.
    #[arg(long, value_enum)]
    convention: Option<By>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// A folder for standings.csv, matches.csv and standings.svg; made if it isn't there.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Threads to use; all processors by default. The results are the same at any number.
    #[arg(long, value_parser = threads)]
    threads: Option<usize>,
}

/// What a strategy may be.
const STRATEGIES: &str = "Use boulware, linear, conceder, hardheaded, tit_for_tat, in_kind, micro, or JSON as in `upstairs lab session --help`.";

const HEAD: [&str; 8] = ["strategy", "share", "std error", "opposite", "agreed", "rounds", "off frontier", "seats"];

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode, Error> {
    let arenas = args.domains.iter().map(|named| arena(named, args.convention)).collect::<Result<Vec<_>, _>>()?;
    let strategies = args.strategies.iter().map(|named| {
        let value = serde_json::from_str(named).unwrap_or_else(|_| json!(named));
        strategy(&value)
            .map_err(|why| Error::Option("--strategy".to_owned(), format!("{named:?}: {why}"), STRATEGIES.to_owned()))
    });
    let strategies = strategies.collect::<Result<Vec<_>, _>>()?;
    let jobs: Vec<_> = matches(arenas.len(), strategies.len()).into_iter().enumerate().collect();
    let progress = Progress::begin("Playing");
    let mut played: Vec<Option<Played>> = vec![None; jobs.len()];
    let mut done = 0;
    let work = |(number, one): &(usize, lab::tournament::Match)| {
        (*number, play(*one, &arenas[one.arena], &strategies, args.rounds))
    };
    in_parallel(&jobs, args.threads, work, |(number, result)| {
        played[number] =
            Some(result.map_err(|fault| wrong(&PathBuf::from(&arenas[jobs[number].1.arena].name), fault.to_string()))?);
        done += 1;
        progress.show(f64::from(done) / jobs.len() as f64);
        Ok::<(), Error>(())
    })?;
    drop(progress);
    let played: Vec<Played> = played.into_iter().flatten().collect();
    let standings = standings(&played, strategies.len());
    let rows: Vec<Vec<String>> = standings.iter().map(|standing| row(standing, &args.strategies)).collect();
    if let Some(folder) = &args.out {
        save(folder, &standings, &rows, &played, &arenas, &args.strategies)?;
    }
    print(&if args.json {
        pretty(&json_of(&standings, &args.strategies, played.len()))
    } else {
        format!("{} matches of at most {} rounds.\n\n{}", played.len(), args.rounds, table(&HEAD, &rows))
    })?;
    Ok(ExitCode::SUCCESS)
}

/// A domain as named on the command line.
pub fn arena(named: &str, by: Option<By>) -> Result<Arena, Error> {
    let files: Vec<PathBuf> = named.split(',').map(PathBuf::from).collect();
    let path = &files[0];
    let fail = |fault: &dyn ToString| wrong(path, fault.to_string());
    let loaded = domains::load(path, &files[1..], by)?;
    let mut scorings: Vec<Scoring> = loaded.profiles.into_iter().map(|profile| profile.scoring).collect();
    scorings.truncate(2);
    let scorings = scorings.try_into().map_err(|_| fail(&"two parties are needed"))?;
    Arena::new(named, loaded.domain, scorings).map_err(|fault| fail(&fault))
}

fn row(standing: &Standing, names: &[String]) -> Vec<String> {
    vec![
        names[standing.strategy].clone(),
        format!("{:.4}", standing.mean),
        format!("{:.4}", standing.standard_error),
        format!("{:.4}", standing.opposite),
        format!("{:.3}", standing.agreed),
        format!("{:.1}", standing.rounds),
        format!("{:.4}", standing.from_frontier),
        standing.seats.to_string(),
    ]
}

fn json_of(standings: &[Standing], names: &[String], matches: usize) -> Value {
    let one = |s: &Standing| {
        json!({
            "strategy": names[s.strategy], "share": s.mean, "standard_error": s.standard_error, "opposite": s.opposite,
            "agreed": s.agreed, "rounds": s.rounds, "off_frontier": s.from_frontier, "seats": s.seats,
        })
    };
    json!({"matches": matches, "standings": standings.iter().map(one).collect::<Vec<_>>()})
}

fn save(
    folder: &std::path::Path,
    standings: &[Standing],
    rows: &[Vec<String>],
    played: &[Played],
    arenas: &[Arena],
    names: &[String],
) -> Result<(), Error> {
    std::fs::create_dir_all(folder).map_err(|cause| Error::WriteFile(folder.to_owned(), cause))?;
    files::write(&folder.join("standings.csv"), csv(&HEAD, rows).as_bytes())?;
    let head = ["domain", "first", "second", "agreed", "rounds", "first share", "second share", "off frontier"];
    let lines = played.iter().map(|one| {
        vec![
            arenas[one.of.arena].name.clone(),
            names[one.of.seats[0]].clone(),
            names[one.of.seats[1]].clone(),
            one.agreed.to_string(),
            one.rounds.to_string(),
            one.shares[0].to_string(),
            one.shares[1].to_string(),
            one.from_frontier.map(|distance| distance.to_string()).unwrap_or_default(),
        ]
    });
    files::write(&folder.join("matches.csv"), csv(&head, &lines.collect::<Vec<_>>()).as_bytes())?;
    let bar = |standing: &Standing| Bar {
        name: names[standing.strategy].clone(),
        note: format!("agreed in {:.0} % of {} seats", 100.0 * standing.agreed, standing.seats),
        value: standing.mean,
        lighter: standing.standard_error,
        figure: format!("{:.1} %", 100.0 * standing.mean),
    };
    let chart = BarChart {
        title: "What each strategy got of its range".to_owned(),
        notes: vec!["Mean over its seats; the lighter end is the standard error.".to_owned()],
        bars: standings.iter().map(bar).collect(),
    };
    files::write(&folder.join("standings.svg"), chart.svg().as_bytes())
}
