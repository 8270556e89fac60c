//! `upstairs advise`: the advice on one case, from a file or asked for.

use std::io::{IsTerminal, stderr, stdin};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::str::FromStr;

use engine::advice::Advice;
use engine::case::Case;
use engine::{Flips, Options, SAMPLES};
use jiff::civil::Date;
use report::names;
use terms::{Mechanism, NoSuchKey, PlanId};

use crate::ask::Asker;
use crate::error::Error;
use crate::{files, render};

#[cfg(feature = "desk")]
use super::desk;
use super::{compute, json_of, print, threads};

/// Advise on a case: from a file or, on a terminal, from what you answer.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The case, a TOML file; worked ones are under examples/. Without it you are asked twelve questions.
    case: Option<PathBuf>,
    /// Read the answers from standard input though it is no terminal: a line an answer, an empty one for the default.
    #[arg(long, conflicts_with = "case")]
    ask: bool,
    /// Save what you answer as a case, in a new file; without it you are asked at the end.
    #[arg(long, value_name = "FILE", conflicts_with = "case")]
    save: Option<PathBuf>,
    /// Print the whole advice as JSON, which `upstairs replay` can compute again.
    #[arg(long, conflicts_with = "explain")]
    json: bool,
    /// Also write the advice as one page to read in a browser or to print; it replaces a file that is there.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Seed of the random numbers: the same seed gives the same advice to the byte.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Simulated paths a plan, from 1,024 to 4,194,304.
    #[arg(long, default_value_t = 65_536, value_parser = samples)]
    samples: u32,
    /// Threads to use; all processors by default. The advice is the same at any number.
    #[arg(long, value_parser = threads)]
    threads: Option<usize>,
    /// Explain one mechanism: what it is, what drives it, and what it is worth here. By its name on the screen, such as "boss's
    /// skill", or by its key, such as skill.
    #[arg(long, value_name = "MECHANISM", value_parser = mechanism)]
    explain: Option<Mechanism>,
    /// Hold two plans against each other in the ledger, by key or by their names on the screen, such as `--ledger ladder "own
    /// level"`.
    #[arg(long, num_args = 2, value_names = ["A", "B"], value_parser = plan)]
    ledger: Option<Vec<PlanId>>,
    /// For which assumptions to look for flips: all, screen (those that a case has a key for) or none. Left out, all with
    /// --json, --html and --explain, else screen.
    #[arg(long, value_name = "WHICH", value_parser = flips)]
    flips: Option<Flips>,
    /// Use only what was known on this day, YYYY-MM-DD.
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    #[cfg(feature = "desk")]
    #[command(flatten)]
    record: desk::OnRecord,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode, Error> {
    #[cfg(feature = "desk")]
    if let Some((id, case)) = args.record.case(args.seed, args.samples)? {
        advise(args, Path::new(&id), &case)?;
        return Ok(ExitCode::SUCCESS);
    }
    match &args.case {
        Some(path) => {
            if args.html.as_ref().is_some_and(|page| files::same(page, path)) {
                let problem = "names the case itself".to_owned();
                return Err(Error::Option("--html".to_owned(), problem, "Name another file.".to_owned()));
            }
            advise(args, path, &files::case(path)?)?;
        }
        None => ask(args)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Asks for the case, advises on it, and saves it where that is wanted.
fn ask(args: &Args) -> Result<(), Error> {
    let on_terminal = stdin().is_terminal() && stderr().is_terminal();
    if !on_terminal && !args.ask {
        let problem = "is not named, and there is no terminal to ask on";
        let mend = "Name a case file, such as `upstairs advise case.toml`, or run `upstairs advise` on a terminal.";
        return Err(Error::Option("CASE".to_owned(), problem.to_owned(), mend.to_owned()));
    }
    if let Some(path) = args.save.as_deref().filter(|path| path.exists()) {
        return Err(Error::Save(path.to_owned(), std::io::ErrorKind::AlreadyExists.into()));
    }
    let mut asker = Asker::new(stdin().lock(), anstream::stderr(), on_terminal);
    let case = asker.case()?;
    if let Some(path) = &args.save {
        asker.save(path, &case)?;
    }
    advise(args, Path::new("(your answers)"), &case)?;
    if args.save.is_none() { asker.offer_to_save(&case) } else { Ok(()) }
}

/// Prints the advice on a case that goes by the name of `path`.
fn advise(args: &Args, path: &Path, case: &Case) -> Result<(), Error> {
    let ledger = args.ledger.as_deref().and_then(|pair| <[PlanId; 2]>::try_from(pair).ok());
    let everything = args.json || args.html.is_some() || args.explain.is_some();
    let flips = args.flips.unwrap_or(if everything { Flips::All } else { Flips::Screen });
    let options = Options { seed: args.seed, samples: args.samples, as_of: args.as_of, ledger, flips };
    let advice = compute(case, &options, args.threads)?.map_err(|refusal| {
        let bytes = files::read(path, case_file::MAX_BYTES as u64).unwrap_or_default();
        Error::refusal(path, &bytes, refusal)
    })?;
    let text = match args.explain {
        _ if args.json => json_of(&advice)?,
        Some(mechanism) => render::explain(&advice, mechanism, render::width()),
        None => render::advice(&advice, render::width()),
    };
    let told = args.html.as_ref().map(|page| write_page(path, &advice, page)).transpose()?;
    print(&text)?;
    match told {
        // Standard output stays pure JSON, which `upstairs replay` compares to the byte.
        Some(told) if args.json => anstream::eprint!("{told}"),
        Some(told) => print(&told)?,
        None => {}
    }
    Ok(())
}

/// Writes the page, and says where.
fn write_page(case: &Path, advice: &Advice, path: &Path) -> Result<String, Error> {
    let case_file = case.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    files::write(path, report::page::html(advice, &case_file).as_bytes())?;
    Ok(format!("  The page is in {}; it is privileged, as your limits are.\n", path.display()))
}

fn flips(text: &str) -> Result<Flips, String> {
    match text {
        "all" => Ok(Flips::All),
        "screen" => Ok(Flips::Screen),
        "none" => Ok(Flips::None),
        _ => Err("expected all, screen or none".to_owned()),
    }
}

fn samples(text: &str) -> Result<u32, String> {
    let count = text.replace([',', '_'], "").parse().ok().filter(|count| SAMPLES.contains(count));
    count.ok_or_else(|| format!("expected a number from {} to {}", SAMPLES.start(), SAMPLES.end()))
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "expected a day, YYYY-MM-DD".to_owned())
}

/// A mechanism by its key, or by what it is called on the screen.
fn mechanism(text: &str) -> Result<Mechanism, String> {
    named(text, Mechanism::ALL, |one| vec![names::mechanism(one).0])
}

/// A plan by its key, or by what it is called on the screen.
fn plan(text: &str) -> Result<PlanId, String> {
    named(text, PlanId::ALL, |one| vec![names::plan(one, false), names::plan(one, true)])
}

/// What is meant by a key or a name, however it is spaced, quoted and capitalised.
fn named<T>(text: &str, all: &[T], names: impl Fn(T) -> Vec<&'static str>) -> Result<T, String>
where
    T: Copy + FromStr<Err = NoSuchKey>,
{
    let plain =
        |name: &str| -> String { name.to_lowercase().chars().filter(|letter| letter.is_alphanumeric()).collect() };
    let wanted = plain(text);
    let named = all.iter().copied().find(|&one| names(one).iter().any(|name| plain(name) == wanted));
    match (key::<T>(text), named) {
        (Ok(found), _) | (Err(_), Some(found)) => Ok(found),
        (Err(unknown), None) => {
            let names: Vec<String> = all.iter().map(|&one| format!("\"{}\"", names(one)[0])).collect();
            Err(format!("{unknown}; or by name: {}", names.join(", ")))
        }
    }
}

/// A key, which may be written with hyphens.
fn key<T: FromStr<Err = NoSuchKey>>(text: &str) -> Result<T, NoSuchKey> {
    text.replace('-', "_").parse()
}
