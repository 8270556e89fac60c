//! `upstairs lab session`: one negotiation between strategies.

use std::path::PathBuf;
use std::process::ExitCode;

use bargain::pareto::points::Convention;
use bargain::scoring::Scoring;
use lab::analysis::Analysis;
use lab::format::decoded;
use lab::scenario::Scenario;
use lab::session::{Ending, Session};

use super::{pretty, wrong};
use crate::commands::print;
use crate::error::Error;
use crate::files;
use crate::render::table::table;
use lab::plot::scatter::Scatter;

/// Play one negotiation by alternating offers.
///
/// The scenario is JSON: `n_steps`, `issues` with `values`, and `parties` with `weights`, `values`, `reserved` and a
/// `strategy`: "boulware", "linear", "conceder", "hardheaded", "tit_for_tat" (NegMAS's), "in_kind", "micro", or an object such as
/// {"type": "aspiration", "e": 2.5, "max": 0.9, "acceptance": "ac_next"}.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The scenario.
    scenario: PathBuf,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// Show every offer.
    #[arg(long)]
    trace: bool,
    /// Draw the first two parties' offers as SVG in this file.
    #[arg(long, value_name = "FILE")]
    plot: Option<PathBuf>,
}

/// Bytes of a scenario at most.
pub const MOST_BYTES: u64 = 256 << 20;

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode, Error> {
    let bytes = files::read(&args.scenario, MOST_BYTES)?;
    let scenario = Scenario::read(&decoded(&bytes)).map_err(|fault| wrong(&args.scenario, fault.to_string()))?;
    let session = scenario.play().map_err(|fault| wrong(&args.scenario, fault.to_string()))?;
    if let Some(path) = &args.plot {
        files::write(path, plot(&scenario, &session).svg().as_bytes())?;
    }
    print(&if args.json {
        pretty(&scenario.report(&session, args.trace))
    } else {
        told(&scenario, &session, args.trace)
    })?;
    Ok(ExitCode::SUCCESS)
}

fn told(scenario: &Scenario, session: &Session, trace: bool) -> String {
    let figures =
        |package: &[u32]| scenario.utilities(package).iter().map(|value| format!("{value:.4}")).collect::<Vec<_>>();
    let mut text = String::new();
    if trace {
        let names: Vec<&str> = scenario.parties.iter().map(|party| party.name.as_str()).collect();
        let mut head = vec!["round", "by"];
        head.extend(&names);
        head.push("package");
        let row = |offer: lab::session::Offered<'_>| {
            let mut row = vec![(offer.round + 1).to_string(), names[offer.party].to_owned()];
            row.extend(figures(offer.package));
            row.push(scenario.domain.labels(offer.package).join(", "));
            row
        };
        text = table(&head, &session.offers().map(row).collect::<Vec<_>>()) + "\n";
    }
    for ignored in scenario.ignored() {
        text += &format!("Note: {ignored}.\n");
    }
    let offers = session.offers().len();
    text + &match &session.ending {
        Ending::Agreed(package) => format!(
            "Agreed in round {} after {offers} offers: {}; worth {}.\n",
            session.rounds,
            scenario.domain.labels(package).join(", "),
            figures(package).join(" and ")
        ),
        Ending::TimedOut => format!("No agreement in {} rounds and {offers} offers.\n", session.rounds),
        Ending::WalkedAway { party } => format!(
            "{} walked away in round {}: nothing left to offer that is worth its walk-away.\n",
            scenario.parties[*party].name, session.rounds
        ),
    }
}

fn plot(scenario: &Scenario, session: &Session) -> Scatter {
    let pair = |package: &[u32]| {
        let values = scenario.utilities(package);
        [values[0], values[1]]
    };
    let trace =
        |party: usize| session.offers().filter(|offer| offer.party == party).map(|offer| pair(offer.package)).collect();
    let parties: Vec<&Scoring> = scenario.parties[..2].iter().map(|party| &party.scoring).collect();
    let analysis = Analysis::of(&scenario.domain, &parties, Convention::Negmas).ok();
    let nash = analysis.as_ref().and_then(|analysis| analysis.nash.as_ref());
    Scatter {
        title: match scenario.domain.name() {
            "" => "Offers".to_owned(),
            name => format!("Offers: {name}"),
        },
        axes: [0, 1].map(|party| format!("worth to {}", scenario.parties[party].name)),
        frontier: analysis
            .iter()
            .flat_map(|a| &a.pareto.points)
            .map(|point| [point.values[0], point.values[1]])
            .collect(),
        points: nash.map(|point| ("nash".to_owned(), [point.values[0], point.values[1]])).into_iter().collect(),
        traces: [trace(0), trace(1)],
        agreement: session.agreement().map(pair),
    }
}
