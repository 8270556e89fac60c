//! `upstairs lab study`: what is advised in many ordinary cases, with tables and plots.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use engine::Refusal;
use engine::assumption::Name;
use lab::study;
use lab::study::{CaseAnswer, Setting, StudyCase, Summary, answer};

use super::journal::{Journal, Origin};
use crate::commands::{print, threads};
use crate::error::Error;
use crate::files;
use crate::progress::Progress;
use lab::parallel::in_parallel;
use lab::study::plots;

/// Draw many ordinary cases and map what is advised in them.
///
/// Writes DIR/cases.jsonl, a line a case as they are done; then DIR/summary.json and the plots as SVG. Run again with
/// the same DIR, it goes on where it was stopped.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder for the results; made if it isn't there.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Cases to draw.
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    cases: u64,
    /// How many of them, from the first, get ledgers too.
    #[arg(long, default_value_t = 1000)]
    ledgers: u64,
    /// Seed of the draws: the same seed draws the same cases.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Hold an assumption at a number in every case, as in skill_needs_time=0; may be given more than once.
    #[arg(long, value_name = "NAME=NUMBER", value_parser = assumed)]
    assume: Vec<(Name, f64)>,
    /// Threads to use; all processors by default. The results are the same at any number.
    #[arg(long, value_parser = threads)]
    threads: Option<usize>,
}

/// An assumption of the model, not of a case, and a number that it can take.
fn assumed(text: &str) -> Result<(Name, f64), String> {
    let (name, number) = text.split_once('=').ok_or("expected NAME=NUMBER, as in skill_needs_time=0")?;
    let name: Name = name.parse().map_err(|unknown: engine::assumption::UnknownName| unknown.to_string())?;
    let number: f64 = number.parse().map_err(|_| format!("what follows {name}= is not a number"))?;
    let spec = name.spec();
    let (least, most) = spec.bounds;
    if let Some(key) = spec.case_key {
        Err(format!("{key} is drawn with each case; expected an assumption that is no key of a case"))
    } else if (least..=most).contains(&number) {
        Ok((name, number))
    } else {
        Err(format!("{name} is out of bounds; expected a number from {least} to {most}"))
    }
}

/// Cases between two writes to the file.
const BATCH: usize = 16;

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode, Error> {
    let setting = Setting { cases: args.cases, ledgers: args.ledgers.min(args.cases), seed: args.seed };
    let held: BTreeMap<Name, f64> = args.assume.iter().copied().collect();
    let mut journal = Journal::open(&args.out, &Origin::now(args.seed, &held)?)?;
    let kept = journal.answers(&setting);
    let missing: Vec<u64> = (0..setting.cases).filter(|index| !kept.contains_key(index)).collect();
    let draw = |index| StudyCase::draw(setting.seed, index).map(|drawn| drawn.assuming(&held));
    fill_in(&mut journal, &missing, (kept.len() as u64, &setting), args.threads, draw)?;
    let answers: Vec<CaseAnswer> = journal.answers(&setting).into_values().collect();
    let summary = Summary::of(&answers, setting);
    let json = serde_json::to_string_pretty(&summary);
    let json = json.map_err(|cause| Error::Ours(format!("the summary has no JSON form: {cause}")))?;
    files::write(&args.out.join("summary.json"), (json + "\n").as_bytes())?;
    for plot in plots::of(&summary) {
        files::write(&args.out.join(plot.name), plot.svg.as_bytes())?;
    }
    print(&told(args, &summary))?;
    Ok(ExitCode::SUCCESS)
}

/// Computes the cases that are missing and puts them in the journal, batch by batch as they are done.
fn fill_in(
    journal: &mut Journal,
    missing: &[u64],
    (already, setting): (u64, &Setting),
    threads: Option<usize>,
    draw: impl Fn(u64) -> Result<StudyCase, Refusal> + Sync,
) -> Result<(), Error> {
    let progress = Progress::begin("Drawing cases");
    let batches: Vec<&[u64]> = missing.chunks(BATCH).collect();
    let mut done = already;
    let one = |&index: &u64| -> Result<CaseAnswer, Refusal> { answer(&draw(index)?, index < setting.ledgers) };
    let work = |batch: &&[u64]| batch.iter().map(one).collect::<Result<Vec<CaseAnswer>, Refusal>>();
    in_parallel(&batches, threads, work, |answers| {
        let answers = answers.map_err(|_| Error::Ours("a drawn case is not sound".to_owned()))?;
        done += answers.len() as u64;
        progress.show(done as f64 / setting.cases as f64);
        journal.append(answers)
    })
}

/// A few lines for the screen.
fn told(args: &Args, summary: &Summary) -> String {
    let percent = |share: f64| format!("{:.1} %", 100.0 * share);
    let mut text = format!(
        "{} cases, {} with ledgers, seed {}, distribution {}.\n",
        summary.all.count,
        summary.setting.ledgers,
        summary.setting.seed,
        study::DISTRIBUTION
    );
    for plan in &summary.order_by_frequency {
        if let Some(share) = summary.all.rungs.iter().find(|share| share.plan == *plan) {
            text += &format!(
                "{:>8}  {} (standard error {})\n",
                percent(share.share),
                report::names::plan(*plan, false),
                percent(share.standard_error)
            );
        }
    }
    text + &format!("Tables and plots are in {}.\n", args.out.display())
}
