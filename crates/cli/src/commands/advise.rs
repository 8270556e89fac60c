//! `upstairs advise`: the advice on one case.

use std::path::PathBuf;
use std::process::ExitCode;

use engine::advice::{Mechanism, PlanId};
use engine::{Options, SAMPLES};
use jiff::civil::Date;

use crate::error::Error;
use crate::{files, render};

use super::{compute, json_of, print, threads};

/// Advise on a case.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The case, a TOML file; worked ones are under examples/.
    case: PathBuf,
    /// Print the whole advice as JSON, which `upstairs replay` can compute again.
    #[arg(long, conflicts_with = "explain")]
    json: bool,
    /// Seed of the random numbers: the same seed gives the same advice to the byte.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Simulated paths a plan, from 1,024 to 4,194,304.
    #[arg(long, default_value_t = 65_536, value_parser = samples)]
    samples: u32,
    /// Threads to use; all processors by default. The advice is the same at any number.
    #[arg(long, value_parser = threads)]
    threads: Option<usize>,
    /// Explain one mechanism: what it is, what drives it, and what it is worth here.
    #[arg(long, value_name = "MECHANISM", value_parser = mechanism)]
    explain: Option<Mechanism>,
    /// Hold two plans against each other in the ledger, such as `--ledger ladder guidance`.
    #[arg(long, num_args = 2, value_names = ["A", "B"], value_parser = plan)]
    ledger: Option<Vec<PlanId>>,
    /// Use only what was known on this day, YYYY-MM-DD.
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode, Error> {
    let case = files::case(&args.case)?;
    let ledger = args.ledger.as_deref().and_then(|pair| <[PlanId; 2]>::try_from(pair).ok());
    let options = Options { seed: args.seed, samples: args.samples, as_of: args.as_of, ledger };
    let advice = compute(&case, &options, args.threads)?.map_err(|refusal| Error::refusal(&args.case, refusal))?;
    let text = match args.explain {
        _ if args.json => json_of(&advice)?,
        Some(mechanism) => render::explain(&advice, mechanism, render::width()),
        None => render::advice(&advice, render::width()),
    };
    print(&text)?;
    Ok(ExitCode::SUCCESS)
}

fn samples(text: &str) -> Result<u32, String> {
    let count = text.replace([',', '_'], "").parse().ok().filter(|count| SAMPLES.contains(count));
    count.ok_or_else(|| format!("expected a number from {} to {}", SAMPLES.start(), SAMPLES.end()))
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "expected a day, YYYY-MM-DD".to_owned())
}

fn mechanism(text: &str) -> Result<Mechanism, String> {
    choice(text, &Mechanism::ALL, Mechanism::key)
}

fn plan(text: &str) -> Result<PlanId, String> {
    let plans: Vec<PlanId> = PlanId::NAMED.into_iter().chain([PlanId::BestFound]).collect();
    choice(text, &plans, PlanId::key)
}

fn choice<T: Copy>(text: &str, choices: &[T], key: impl Fn(T) -> &'static str) -> Result<T, String> {
    let found = choices.iter().copied().find(|&choice| key(choice) == text.replace('-', "_"));
    let keys: Vec<&str> = choices.iter().map(|&choice| key(choice)).collect();
    found.ok_or_else(|| format!("expected one of {}", keys.join(", ")))
}
