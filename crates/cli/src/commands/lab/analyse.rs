//! `upstairs lab analyse`: the figures of a domain.

use std::path::PathBuf;
use std::process::ExitCode;

use bargain::domain::Domain;
use bargain::pareto::Point;
use bargain::scoring::Scoring;
use lab::analysis::Analysis;
use serde_json::{Value, json};

use super::domains::{self, By, Loaded};
use super::{pretty, wrong};
use crate::commands::print;
use crate::error::Error;
use crate::files;
use crate::render::table::table;
use lab::plot::scatter::Scatter;

/// Analyse a domain for two parties or more.
///
/// Reads GENIUS XML, sums and hyper-rectangles, GeniusWeb JSON, NegoLog JSON, NegMAS's scenario folders in YAML or JSON and the
/// scenarios of `upstairs lab session`, told apart by what is in them.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The domain; a scenario, a folder with all of it, or one of NegoLog's profiles, does.
    domain: PathBuf,
    /// The values of each party.
    profiles: Vec<PathBuf>,
    /// Whose names and rules are meant; without it, those of the format.
    #[arg(long, value_enum)]
    convention: Option<By>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// Draw the first two parties' frontier and points as SVG in this file.
    #[arg(long, value_name = "FILE")]
    plot: Option<PathBuf>,
}

/// Points of the frontier shown on a screen.
const SHOWN: usize = 20;

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode, Error> {
    let Loaded { domain, profiles, convention } = domains::load(&args.domain, &args.profiles, args.convention)?;
    domains::warn_of_ignored(&profiles);
    let parties: Vec<&Scoring> = profiles.iter().map(|profile| &profile.scoring).collect();
    let names: Vec<&str> = profiles.iter().map(|profile| profile.name.as_str()).collect();
    let analysis =
        Analysis::of(&domain, &parties, convention).map_err(|fault| wrong(&args.domain, fault.to_string()))?;
    if let Some(path) = &args.plot {
        files::write(path, plot(&analysis, &domain, &names).svg().as_bytes())?;
    }
    print(&if args.json {
        counted(&pretty(&json_of(&analysis, &domain)), &domain)
    } else {
        told(&analysis, &domain, &names)
    })?;
    Ok(ExitCode::SUCCESS)
}

/// The points with the names that they have everywhere.
fn named(analysis: &Analysis) -> [(&'static str, Option<&Point>); 4] {
    [
        ("nash", analysis.nash.as_ref()),
        ("egalitarian", analysis.egalitarian.as_ref()),
        ("kalai_smorodinsky", analysis.kalai_smorodinsky.as_ref()),
        ("max_welfare", analysis.utilitarian.as_ref()),
    ]
}

fn json_of(analysis: &Analysis, domain: &Domain) -> Value {
    let values = |point: Option<&Point>| point.map(|point| point.values.clone());
    let package = |point: Option<&Point>| point.map(|point| domain.labels(&point.package));
    let packages: serde_json::Map<String, Value> =
        named(analysis).into_iter().map(|(name, point)| (name.to_owned(), json!(package(point)))).collect();
    json!({
        "domain": domain.name(),
        "outcomes": COUNT,
        "pareto_count": analysis.pareto.points.len(),
        "pareto": analysis.pareto.points.iter().map(|point| &point.values).collect::<Vec<_>>(),
        "pareto_gap": analysis.pareto.gap,
        "extremes_gap": analysis.extremes_gap,
        "nash": values(analysis.nash.as_ref()),
        "egalitarian": values(analysis.egalitarian.as_ref()),
        "kalai_smorodinsky": values(analysis.kalai_smorodinsky.as_ref()),
        "max_welfare": analysis.utilitarian.as_ref().map(|point| point.values.iter().sum::<f64>()),
        "max_welfare_point": values(analysis.utilitarian.as_ref()),
        "min_utility": analysis.extremes.iter().map(|(_, worst)| worst).collect::<Vec<_>>(),
        "max_utility": analysis.extremes.iter().map(|(best, _)| best).collect::<Vec<_>>(),
        "packages": packages,
    })
}

/// Where the count goes: numbers as large as it may be are beyond those that values of JSON hold here.
const COUNT: &str = "the count of packages";

/// JSON with the count of packages put in, as a number however large.
fn counted(json: &str, domain: &Domain) -> String {
    json.replacen(&format!("\"{COUNT}\""), &domain.outcomes_in_digits(), 1)
}

fn told(analysis: &Analysis, domain: &Domain, names: &[&str]) -> String {
    let figures = |values: &[f64]| values.iter().map(|value| format!("{value:.4}")).collect::<Vec<_>>();
    let mut head = vec![""];
    head.extend(names);
    let mut rows = vec![
        [vec!["best".to_owned()], figures(&analysis.extremes.iter().map(|(best, _)| *best).collect::<Vec<_>>())]
            .concat(),
        [vec!["worst".to_owned()], figures(&analysis.extremes.iter().map(|(_, worst)| *worst).collect::<Vec<_>>())]
            .concat(),
    ];
    let mut packages = String::new();
    for (name, point) in named(analysis) {
        let name = name.replace('_', " ");
        match point {
            Some(point) => {
                packages += &format!("{name}: {}\n", domain.labels(&point.package).join(", "));
                rows.push([vec![name], figures(&point.values)].concat());
            }
            None => rows.push(vec![name, "none".to_owned()]),
        }
    }
    let points = analysis.pareto.points.iter().take(SHOWN);
    rows.extend(points.enumerate().map(|(place, point)| {
        [vec![if place == 0 { "frontier".to_owned() } else { String::new() }], figures(&point.values)].concat()
    }));
    let count = analysis.pareto.points.len();
    let more =
        if count > SHOWN { format!("… and {} more; --json has them all.\n", count - SHOWN) } else { String::new() };
    let gap = if analysis.pareto.gap > 0.0 {
        format!(
            "Not all was searched: a point left out is better for a party by {:.2e} at most.\n",
            analysis.pareto.gap
        )
    } else {
        String::new()
    };
    let outcomes = domain.outcomes_in_words();
    format!(
        "{outcomes} packages over {} issues; {count} on the frontier.\n\n{}{more}{gap}\n{packages}",
        domain.issues().len(),
        table(&head, &rows),
    )
}

fn plot(analysis: &Analysis, domain: &Domain, names: &[&str]) -> Scatter {
    let pair = |values: &[f64]| [values[0], values[1]];
    let points =
        named(analysis).into_iter().filter_map(|(name, point)| Some((name.replace('_', " "), pair(&point?.values))));
    let mut merged: Vec<(String, [f64; 2])> = Vec::new();
    for (name, at) in points {
        match merged.iter_mut().find(|(_, other)| *other == at) {
            Some((names, _)) => *names += &format!(", {name}"),
            None => merged.push((name, at)),
        }
    }
    Scatter {
        title: format!("What {} and {} can reach: {}", names[0], names[1], domain.name()),
        axes: [names[0].to_owned(), names[1].to_owned()],
        frontier: analysis.pareto.points.iter().map(|point| pair(&point.values)).collect(),
        points: merged,
        ..Scatter::default()
    }
}
