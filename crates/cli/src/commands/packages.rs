//! `upstairs packages`: what an issue sheet says of packages, trades and limits.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bargain::beliefs::Beliefs;
use bargain::findings::{Exchange, Exchanges, Findings, Situation, Valued, appraise};
use bargain::sheet::{Choice, Placed, Sheet, Values, text};
use report::money::Money;
use serde_json::json;
use terms::{Currency, Misread, Readings, Settling};

use crate::commands::print;
use crate::error::Error;
use crate::files;
use crate::render::table::table;
use crate::render::{STRONG, paint, width, wrapped};

/// What an issue sheet says: what packages are worth to you and likely to them, trades to try, several offers worth the same
/// to you, what their offers tell, and the one limit on which guidance would pay most.
///
/// A package is written "Price=1_110_000, Term=3 years"; issues left out are where you realistically expect them.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The issue sheet: TOML, CSV or XLSX.
    sheet: PathBuf,
    /// An offer you made, oldest first; again for each.
    #[arg(long, value_name = "PACKAGE")]
    made: Vec<String>,
    /// An offer they made, oldest first; again for each.
    #[arg(long, value_name = "PACKAGE")]
    heard: Vec<String>,
    /// Say what this package is worth; again for each.
    #[arg(long, value_name = "PACKAGE")]
    value: Vec<String>,
    /// Rounds left.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=200))]
    rounds: u32,
    /// Seed from which every draw follows.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Draws for the values of single packages.
const DRAWS: usize = 400;

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode, Error> {
    let sheet = read(&args.sheet)?;
    let values = Values::of(&sheet).map_err(|faults| told(&args.sheet, &faults))?;
    let placed = |named: &'static str, texts: &[String]| {
        texts.iter().map(|text| package(&sheet, &values, named, text)).collect::<Result<Vec<_>, _>>()
    };
    let (made, heard, asked) =
        (placed("--made", &args.made)?, placed("--heard", &args.heard)?, placed("--value", &args.value)?);
    let situation = Situation {
        sheet: &sheet,
        values: &values,
        allowed: &values.mandate,
        made: &made,
        heard: &heard,
        rounds: args.rounds,
        seed: args.seed,
    };
    let findings =
        Findings::of(&situation).map_err(|fault| Error::Sheet(args.sheet.clone(), vec![fault.to_string()]))?;
    let heard_packages: Vec<_> = heard.iter().map(|placed| placed.package.clone()).collect();
    let beliefs = (!asked.is_empty()).then(|| Beliefs::of(&values, &heard_packages, DRAWS, args.seed));
    let valued: Vec<Valued> = asked
        .iter()
        .zip(&beliefs.into_iter().cycle().take(asked.len()).collect::<Vec<_>>())
        .map(|(placed, beliefs)| appraise(&values, beliefs, &values.mandate, placed))
        .collect();
    if args.json {
        print(&format!("{:#}\n", json!({"findings": findings, "packages": valued})))?;
    } else {
        let screen = Screen::of(&sheet, &findings);
        print(&screen.told(&findings, &valued))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads a sheet by what its name ends in.
pub fn read(path: &Path) -> Result<Sheet, Error> {
    let bytes = files::read(path, text::MOST_BYTES as u64)?;
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or("").to_ascii_lowercase();
    let title = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let problems = |problems: Vec<spreadsheet::Problem>| {
        Error::Sheet(path.to_owned(), problems.iter().map(ToString::to_string).collect())
    };
    match extension.as_str() {
        "csv" => spreadsheet::issues::read_csv(&bytes, &title).map_err(problems),
        "xlsx" => spreadsheet::issues::read_xlsx(&bytes, &title).map_err(problems),
        _ => {
            let text = String::from_utf8(bytes)
                .map_err(|_| Error::Sheet(path.to_owned(), vec!["not text in UTF-8".to_owned()]))?;
            text::read(&text).map_err(|faults| told(path, &faults))
        }
    }
}

fn told(path: &Path, faults: &[bargain::sheet::check::SheetFault]) -> Error {
    Error::Sheet(path.to_owned(), faults.iter().map(ToString::to_string).collect())
}

/// A package as written on the command line.
fn package(sheet: &Sheet, values: &Values, named: &'static str, text: &str) -> Result<Placed, Error> {
    let wrong = |what: String| {
        let issues: Vec<&str> = sheet.issues.iter().map(|line| line.name.as_str()).collect();
        let mend =
            format!("Write \"issue=option, issue=option\" with the issues {} and their options.", issues.join(", "));
        Error::Option(named.to_owned(), what, mend)
    };
    let mut choices: Vec<(&str, Choice)> = Vec::new();
    for part in parts(text) {
        let (name, option) =
            part.split_once('=').ok_or_else(|| wrong("has a part without an equals sign".to_owned()))?;
        let line = sheet.issues.iter().find(|line| line.name.eq_ignore_ascii_case(name.trim()));
        let line = line.ok_or_else(|| wrong(format!("names no issue with {:?}", name.trim())))?;
        let choice = if line.options.is_empty() {
            let currency = sheet.currency.as_deref().and_then(Currency::of_word);
            let is_count = sheet.price.as_ref() != Some(&line.name) && !line.is_in(currency);
            let settling = Settling { currency, is_percent: line.is_in_percent(), is_count, ..Settling::default() };
            let read = Readings::of(option).and_then(|readings| readings.settled(settling));
            let misread =
                |misread: Misread| Error::Option(format!("{named}, {}:", line.name), misread.problem(), misread.mend());
            Choice::Number(read.map_err(misread)?.to_f64())
        } else {
            Choice::Name(option.trim().to_owned())
        };
        choices.push((&line.name, choice));
    }
    values.place(sheet, choices).map_err(|issue| wrong(format!("has no such option on {issue}")))
}

/// The parts of a package: what stands between commas and semicolons, but for those within an amount.
fn parts(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for piece in text.split_inclusive([',', ';']) {
        match parts.last_mut() {
            Some(last) if !piece.contains('=') => last.push_str(piece),
            _ => parts.push(piece.to_owned()),
        }
    }
    parts
        .iter()
        .map(|part| part.trim().trim_end_matches([',', ';']).to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

/// How findings are put on a screen.
pub struct Screen {
    money: Option<Money>,
    issues: Vec<String>,
    price: Option<usize>,
    units: Vec<Option<String>>,
}

impl Screen {
    /// For a sheet and what was found of it.
    pub fn of(sheet: &Sheet, findings: &Findings) -> Self {
        let scale = findings.equivalent.first().map_or(1.0, |valued| valued.ours.mean.abs().max(1.0));
        let price = sheet.price.as_ref().and_then(|price| findings.issues.iter().position(|issue| issue == price));
        let money = sheet.currency.as_deref().map(|code| Money::new(Currency::of_word(code), scale));
        let units = sheet.issues.iter().map(|line| line.unit.clone()).collect();
        Self { money, issues: findings.issues.clone(), price, units }
    }

    /// An option as one says it, a price as money and other numbers with their unit.
    fn option(&self, issue: usize, option: &str) -> String {
        match (&self.money, self.price, option.parse(), &self.units[issue]) {
            (Some(money), Some(price), Ok(number), _) if price == issue => money.price(number),
            (_, _, Ok(_), Some(unit)) => format!("{option} {unit}"),
            _ => option.to_owned(),
        }
    }

    fn amount(&self, value: f64) -> String {
        if !value.is_finite() {
            return "never".to_owned();
        }
        self.money.as_ref().map_or_else(|| format!("{value:.1}"), |money| money.amount(value))
    }

    fn signed(&self, value: f64) -> String {
        self.money.as_ref().map_or_else(|| format!("{value:+.1}"), |money| money.signed(value))
    }

    fn said(&self, issue: &str, option: &str) -> String {
        let place = self.issues.iter().position(|other| other == issue);
        place.map_or_else(|| option.to_owned(), |place| self.option(place, option))
    }

    fn row(&self, name: &str, valued: &Valued) -> Vec<String> {
        let mut row = vec![name.to_owned()];
        row.extend(valued.options.iter().enumerate().map(|(issue, option)| self.option(issue, option)));
        row.push(self.amount(valued.ours.mean));
        row.push(format!("{} to {}", self.amount(valued.theirs.low), self.amount(valued.theirs.high)));
        row.push(format!("{:.0} %", 100.0 * valued.they_gain));
        row.push(if valued.inside_mandate { "inside" } else { "outside" }.to_owned());
        row
    }

    fn packages(&self, rows: &[Vec<String>]) -> String {
        let mut head = vec![""];
        head.extend(self.issues.iter().map(String::as_str));
        head.extend(["to us", "likely to them", "they gain", "mandate"]);
        table(&head, rows)
    }

    /// Everything, in the order in which one needs it.
    pub fn told(&self, findings: &Findings, valued: &[Valued]) -> String {
        let mut text = String::new();
        let mut section = |title: &str, body: String| {
            if !body.is_empty() {
                text.push_str(&format!("{}\n{body}\n", paint(STRONG, title)));
            }
        };
        let standing = [("your last offer", &findings.our_offer), ("their last offer", &findings.their_offer)];
        let mut rows: Vec<Vec<String>> =
            standing.into_iter().filter_map(|(name, valued)| Some(self.row(name, valued.as_ref()?))).collect();
        rows.extend(valued.iter().map(|valued| self.row("asked about", valued)));
        let refused = standing.into_iter().filter_map(|(name, valued)| Some((name, valued.as_ref()?)));
        let refused = refused.chain(valued.iter().map(|valued| ("asked about", valued)));
        let refused: String = refused.map(|(name, valued)| refusals(name, valued)).collect();
        section("Where it stands", if rows.is_empty() { String::new() } else { self.packages(&rows) + &refused });
        section(
            "Trades to try",
            self.trades(&findings.untried, findings.untried_search, "From your offer, ")
                + &self.trades(&findings.counters, findings.counters_search, "From theirs, "),
        );
        let place = |(number, valued): (usize, &Valued)| self.row(&(number + 1).to_string(), valued);
        let mut offers: Vec<Vec<String>> = findings.equivalent.iter().enumerate().map(place).collect();
        offers
            .extend(findings.best_for_us.iter().map(|valued| self.row("best at their offer's worth to them", valued)));
        let within = match findings.equivalent_within {
            0.0 => "to you they are worth the same".to_owned(),
            within => format!("to you they are worth the same within {}", self.amount(within)),
        };
        section(&format!("Offer these at once: {within}"), self.packages(&offers));
        section("What they seem to care about", self.priorities(findings));
        section("Which limit to ask your boss about", self.limits(findings));
        let plan: Vec<Vec<String>> = findings.plan.iter().enumerate().map(place).collect();
        section("A plan for giving way, an offer a round", self.packages(&plan));
        let gap =
            if findings.gap > 0.0 { format!("exact to {}", self.amount(findings.gap)) } else { "exact".to_owned() };
        text + &format!("{} packages searched; the frontier is {gap}.\n", count(findings.packages))
    }

    /// Trades, a line each, with what the search for them may have missed.
    fn trades(&self, exchanges: &[Exchange], search: Exchanges, from: &str) -> String {
        let line = |one: &Exchange| {
            let mut told = format!(
                "• {from}{}: {} to you, likely {} to them",
                one.sentence(|issue, option| self.said(issue, option)),
                self.signed(one.ours),
                self.signed(one.theirs)
            );
            if one.short_of_best > 0.0 {
                let share = 100.0 * one.merit / (one.merit + one.short_of_best);
                told += &format!("; {share:.0} % as good as the best there is");
            }
            if !one.package.inside_mandate {
                told += "; outside your mandate: ask";
            }
            wrapped(&told, width(), "  ")
        };
        let mut lines: String = exchanges.iter().map(line).collect();
        if search.sets_skipped > 0 && !exchanges.is_empty() {
            let told = format!("  {from}{} sets of issues have too many options to try each", search.sets_skipped);
            lines += &wrapped(&told, width(), "  ");
        }
        lines
    }

    fn priorities(&self, findings: &Findings) -> String {
        let percent = |share: f64| format!("{:.0} %", 100.0 * share);
        let rows: Vec<Vec<String>> = findings
            .priorities
            .iter()
            .map(|weighs| {
                let range = format!("{} to {}", percent(weighs.after.low), percent(weighs.after.high));
                vec![weighs.issue.clone(), percent(weighs.before), percent(weighs.after.mean), range]
            })
            .collect();
        table(&["issue", "as you guessed", "after their offers", "80 % range"], &rows)
    }

    fn limits(&self, findings: &Findings) -> String {
        let mut rows = Vec::new();
        for ask in &findings.limits {
            let gain = match &self.money {
                _ if ask.question.is_none() => "nothing to speak of".to_owned(),
                Some(money) => money.estimate(ask.gain, ask.standard_error),
                None => format!("{:.1}", ask.gain),
            };
            let chance = format!("{:.0} → {:.0} %", 100.0 * ask.chance_before, 100.0 * ask.chance_after);
            rows.push(vec![ask.issue.clone(), ask.limit.clone(), ask.to.clone(), gain, chance]);
        }
        if rows.is_empty() {
            return String::new();
        }
        let asked = findings.limits.iter().find_map(|ask| ask.question.as_ref());
        let asked = asked.map(|question| wrapped(&format!("Ask: “{question}”"), width(), "  ")).unwrap_or_default();
        table(&["issue", "limit", "relaxed to", "worth to you", "room for a deal"], &rows) + &asked
    }
}

/// Why a package can't be, where it can't.
fn refusals(name: &str, valued: &Valued) -> String {
    if valued.never.is_empty() {
        return String::new();
    }
    wrapped(&format!("{name}: {}.", valued.never.join(", ")), width(), "  ")
}

/// A count as people say it.
fn count(packages: f64) -> String {
    if packages < 1e9 {
        let digits = format!("{packages:.0}");
        let grouped = digits.as_bytes().rchunks(3).rev().map(|chunk| String::from_utf8_lossy(chunk).into_owned());
        grouped.collect::<Vec<_>>().join(",")
    } else {
        format!("{packages:.1e}")
    }
}
