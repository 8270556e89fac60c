//! All that a sheet and the offers so far say of packages, in one answer: what a screen, a page and the API show.

use schemars::JsonSchema;
use serde::Serialize;

use crate::beliefs::{Appraisal, Beliefs, Spread};
use crate::concession;
use crate::domain::Package;
use crate::limits::{Relief, reliefs};
use crate::pareto::{NoFrontier, Pareto};
use crate::scoring::Scoring;
use crate::sheet::{Placed, Sheet, Values};
use crate::trades::{self, Trade, best_for_us, equivalent_offers};

/// Where a negotiation over several issues stands.
#[derive(Clone, Debug)]
pub struct Situation<'a> {
    /// The sheet.
    pub sheet: &'a Sheet,
    /// What it says.
    pub values: &'a Values,
    /// The options that we may agree to unasked, an issue a row.
    pub allowed: &'a [Vec<bool>],
    /// Our offers, oldest first.
    pub made: &'a [Placed],
    /// Theirs.
    pub heard: &'a [Placed],
    /// Rounds left.
    pub rounds: u32,
    /// From which every draw follows.
    pub seed: u64,
}

/// An amount with the range in which it likely lies, one chance in ten below and above.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Range {
    /// The mean.
    pub mean: f64,
    /// The 10th percentile.
    pub low: f64,
    /// The 90th percentile.
    pub high: f64,
}

/// A package and what it is worth, in the sheet's currency or in points.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Valued {
    /// The option chosen on each issue, in the sheet's order.
    pub options: Vec<String>,
    /// To us, above walking away; above the worst on the sheet where no walk-away is given.
    pub ours: Range,
    /// Likely to them, above what we think no deal is worth to them.
    pub theirs: Range,
    /// The chance that it is worth no less to them than no deal.
    pub they_gain: f64,
    /// The price worth as much to us with everything else where we expect it; none without a price.
    pub as_price: Option<f64>,
    /// Whether we may agree to it unasked.
    pub inside_mandate: bool,
}

/// A trade from a package.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Exchange {
    /// What we give: issues with the option before and after.
    pub give: Vec<Change>,
    /// What we get.
    pub get: Vec<Change>,
    /// What it brings us.
    pub ours: f64,
    /// What it likely brings them.
    pub theirs: f64,
    /// The package that it leads to.
    pub package: Valued,
}

/// A change on one issue.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Change {
    /// The issue.
    pub issue: String,
    /// The option before.
    pub before: String,
    /// The option after.
    pub after: String,
}

impl Exchange {
    /// The trade as one says it: `give Payment from 60 to 75 days, for Term from 2 years to 3 years`. `write` puts an option
    /// of an issue in words.
    pub fn sentence(&self, write: impl Fn(&str, &str) -> String) -> String {
        let one = |change: &Change| {
            let (before, after) = (write(&change.issue, &change.before), write(&change.issue, &change.after));
            format!("{} from {before} to {after}", change.issue)
        };
        let list = |changes: &[Change]| changes.iter().map(one).collect::<Vec<_>>().join(" and ");
        match (self.give.is_empty(), self.get.is_empty()) {
            (false, false) => format!("give {}, for {}", list(&self.give), list(&self.get)),
            (false, true) => format!("give {}", list(&self.give)),
            _ => format!("ask for {}", list(&self.get)),
        }
    }
}

/// What an issue weighs with them, as shares of all that is at stake for them.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Weighs {
    /// The issue.
    pub issue: String,
    /// As the sheet has it.
    pub before: f64,
    /// After their offers.
    pub after: Range,
}

/// What it would bring to have a limit relaxed.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Ask {
    /// The issue whose limit it is.
    pub issue: String,
    /// The worst option allowed now.
    pub limit: String,
    /// The option to ask for, with its unit.
    pub to: String,
    /// The same as the sheet has it.
    pub to_option: String,
    /// The mean gain in the deal's worth to us.
    pub gain: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// The chance that there is a deal to be had as it is.
    pub chance_before: f64,
    /// The same with the limit relaxed.
    pub chance_after: f64,
    /// The deal that would most often come of it.
    pub package: Option<Vec<String>>,
    /// The question, drafted; none where it would bring nothing to speak of.
    pub question: Option<String>,
}

/// What there is to say.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Findings {
    /// The sheet's currency; none where values are points.
    pub currency: Option<String>,
    /// The issues, in the order of every package here.
    pub issues: Vec<String>,
    /// How many packages there are.
    pub packages: f64,
    /// By how much at most a package left out of the search would have been better for us.
    pub gap: f64,
    /// Points of the frontier, from the best for us on: what a package is worth to us above walking away, and likely to them
    /// above no deal.
    pub frontier: Vec<[f64; 2]>,
    /// Our last offer.
    pub our_offer: Option<Valued>,
    /// Theirs.
    pub their_offer: Option<Valued>,
    /// Trades from our last offer that cost us nothing, likely bring them something, and were not offered: within the mandate.
    pub untried: Vec<Exchange>,
    /// Trades from their last offer that likely cost them nothing and bring us something.
    pub counters: Vec<Exchange>,
    /// Packages to offer at once, each worth as much to us as our last offer, or as our target package.
    pub equivalent: Vec<Valued>,
    /// The best package for us that is likely worth as much to them as their last offer, within the mandate.
    pub best_for_us: Option<Valued>,
    /// What each issue weighs with them.
    pub priorities: Vec<Weighs>,
    /// What each limit costs, dearest first.
    pub limits: Vec<Ask>,
    /// An offer for each round left, giving way slowly.
    pub plan: Vec<Valued>,
}

/// Draws of both sides' values.
const DRAWS: usize = 200;
/// Draws under which several offers at once are sought.
const DRAWS_FOR_OFFERS: usize = 24;
/// Trades and offers shown at most.
const SHOWN: usize = 3;
/// Rounds planned at most.
const MOST_ROUNDS: u32 = 12;
/// Points of a frontier kept on the way.
const POINTS: usize = 20_000;
/// Points of a frontier drawn.
const DRAWN: usize = 60;
/// A gain below this share of what is at stake is not worth a word.
const NEGLIGIBLE: f64 = 0.002;

impl Findings {
    /// Nothing but what the sheet is about.
    pub fn blank(sheet: &Sheet) -> Self {
        Self {
            currency: sheet.currency.clone(),
            issues: sheet.issues.iter().map(|line| line.name.clone()).collect(),
            packages: 0.0,
            gap: 0.0,
            frontier: Vec::new(),
            our_offer: None,
            their_offer: None,
            untried: Vec::new(),
            counters: Vec::new(),
            equivalent: Vec::new(),
            best_for_us: None,
            priorities: Vec::new(),
            limits: Vec::new(),
            plan: Vec::new(),
        }
    }

    /// What there is to say of a situation. The same seed gives the same answer.
    pub fn of(situation: &Situation<'_>) -> Result<Self, NoFrontier> {
        let Situation { sheet, values, allowed, made, heard, rounds, seed } = *situation;
        let heard_packages: Vec<Package> = heard.iter().map(|placed| placed.package.clone()).collect();
        let beliefs = Beliefs::of(values, &heard_packages, DRAWS, seed);
        let expected = beliefs.their_mean(values);
        let desk = Desk { values, beliefs: &beliefs, allowed };
        let frontier = Pareto::thinned(&values.domain, &[&values.ours.restricted(allowed), &expected], POINTS)?;
        let (ours, theirs) = (made.last(), heard.last());
        let standing = ours.cloned().unwrap_or_else(|| desk.exactly(aspired(sheet, values)));
        let at_least = values.ours.value(&standing.package);
        let equivalent = equivalent_offers(
            &values.domain,
            &values.ours,
            &beliefs.theirs[..DRAWS_FOR_OFFERS.min(beliefs.theirs.len())],
            allowed,
            at_least,
            SHOWN,
        )?;
        let counters = theirs.map(|theirs| desk.counters(&expected, theirs)).unwrap_or_default();
        let best = theirs.and_then(|theirs| best_for_us(&frontier, expected.value(&theirs.package)));
        let floor = theirs.map_or(values.zero(), |theirs| values.ours.value(&theirs.package).max(values.zero()));
        let plan = concession::plan(&frontier, at_least, floor.min(at_least), rounds.clamp(1, MOST_ROUNDS));
        Ok(Self {
            currency: sheet.currency.clone(),
            issues: sheet.issues.iter().map(|line| line.name.clone()).collect(),
            packages: values.domain.outcomes() as f64,
            gap: frontier.gap,
            frontier: drawn(&frontier, values.zero(), expected.reservation),
            our_offer: ours.map(|placed| desk.valued(placed)),
            their_offer: theirs.map(|placed| desk.valued(placed)),
            untried: ours.map(|ours| desk.untried(ours, made)).unwrap_or_default(),
            counters,
            equivalent: equivalent.into_iter().map(|package| desk.valued(&desk.exactly(package))).collect(),
            best_for_us: best.map(|point| desk.valued(&desk.exactly(point.package.clone()))),
            priorities: desk.priorities(),
            limits: reliefs(values, &beliefs, allowed)?.iter().map(|relief| desk.ask(sheet, relief)).collect(),
            plan: plan.into_iter().map(|step| desk.valued(&desk.exactly(step.package))).collect(),
        })
    }
}

/// What a package is worth, with its range, for a builder that changes it option by option.
pub fn appraise(values: &Values, beliefs: &Beliefs, allowed: &[Vec<bool>], placed: &Placed) -> Valued {
    Desk { values, beliefs, allowed }.valued(placed)
}

/// Trades from our last offer that cost us nothing, likely bring them something worth a word, and lead to packages within the
/// mandate that we have not offered.
pub fn untried(values: &Values, allowed: &[Vec<bool>], last: &[u32], made: &[Package]) -> Vec<Trade> {
    let ours = values.ours.restricted(allowed);
    // An offer outside the mandate has no value to compare with.
    if ours.value(last) == f64::NEG_INFINITY {
        return Vec::new();
    }
    let found = trades::trades(&values.domain, &ours, &values.theirs, last, 10 * SHOWN);
    let worth_a_word = NEGLIGIBLE * stake(&values.theirs);
    let new = found.into_iter().filter(|trade| trade.theirs > worth_a_word && !made.contains(&trade.package));
    new.take(SHOWN).collect()
}

/// A frontier as it is drawn: evenly thinned, above what no deal is worth to each.
fn drawn(frontier: &Pareto, ours: f64, theirs: f64) -> Vec<[f64; 2]> {
    let mut points: Vec<[f64; 2]> =
        frontier.points.iter().map(|point| [point.values[0] - ours, point.values[1] - theirs]).collect();
    points.sort_unstable_by(|a, b| b[0].total_cmp(&a[0]));
    let every = points.len().div_ceil(DRAWN).max(1);
    let last = points.len().saturating_sub(1);
    points.into_iter().enumerate().filter(|(at, _)| at % every == 0 || *at == last).map(|(_, point)| point).collect()
}

/// What is at stake: the sum of the issues' spans.
fn stake(scoring: &Scoring) -> f64 {
    let span = |row: &Vec<f64>| {
        let finite = || row.iter().copied().filter(|value| value.is_finite());
        finite().fold(f64::NEG_INFINITY, f64::max) - finite().fold(f64::INFINITY, f64::min)
    };
    scoring.parts().iter().map(span).sum()
}

/// Every issue at its target, or where we open, or expect it.
fn aspired(sheet: &Sheet, values: &Values) -> Package {
    let choice = |line: &crate::sheet::Line, reference: u32| {
        let choice = line.target.as_ref().or(line.opening.as_ref());
        choice.and_then(|choice| line.near(choice)).map_or(reference, |option| option as u32)
    };
    sheet.issues.iter().zip(&values.reference).map(|(line, &reference)| choice(line, reference)).collect()
}

struct Desk<'a> {
    values: &'a Values,
    beliefs: &'a Beliefs,
    allowed: &'a [Vec<bool>],
}

impl Desk<'_> {
    fn exactly(&self, package: Package) -> Placed {
        Placed { package, over: 0.0 }
    }

    fn valued(&self, placed: &Placed) -> Valued {
        let Appraisal { ours, theirs, they_gain } = self.beliefs.appraise(self.values, placed);
        let mut options = self.values.domain.labels(&placed.package);
        if placed.over != 0.0
            && let Some(price) = self.values.price_issue()
        {
            let number = self.values.domain.issues()[price].options.number(placed.package[price] as usize);
            options[price] = (number.unwrap_or(0.0) + placed.over).to_string();
        }
        Valued {
            options,
            ours: ours.into(),
            theirs: theirs.into(),
            they_gain,
            as_price: self.values.as_price(self.values.ours_of(placed)),
            inside_mandate: placed
                .package
                .iter()
                .zip(self.allowed)
                .all(|(&option, row)| row.get(option as usize).copied().unwrap_or(false)),
        }
    }

    fn untried(&self, last: &Placed, made: &[Placed]) -> Vec<Exchange> {
        let made: Vec<Package> = made.iter().map(|placed| placed.package.clone()).collect();
        let found = untried(self.values, self.allowed, &last.package, &made);
        found.iter().map(|trade| self.exchange(&last.package, trade)).collect()
    }

    fn counters(&self, expected: &Scoring, theirs: &Placed) -> Vec<Exchange> {
        let Self { values, .. } = self;
        let found = trades::trades(&values.domain, &values.ours, expected, &theirs.package, 10 * SHOWN);
        let worth_a_word = NEGLIGIBLE * stake(&values.ours);
        let found = found.iter().filter(|trade| trade.ours > worth_a_word).take(SHOWN);
        found.map(|trade| self.exchange(&theirs.package, trade)).collect()
    }

    fn exchange(&self, from: &[u32], trade: &Trade) -> Exchange {
        let (before, after) = (self.values.domain.labels(from), self.values.domain.labels(&trade.package));
        let mut exchange = Exchange {
            give: Vec::new(),
            get: Vec::new(),
            ours: trade.ours,
            theirs: trade.theirs,
            package: self.valued(&self.exactly(trade.package.clone())),
        };
        for &issue in &trade.changed {
            let row = &self.values.ours.parts()[issue];
            let worse = row[trade.package[issue] as usize] < row[from[issue] as usize];
            let name = self.values.domain.issues()[issue].name.clone();
            let change = Change { issue: name, before: before[issue].clone(), after: after[issue].clone() };
            if worse { exchange.give.push(change) } else { exchange.get.push(change) }
        }
        exchange
    }

    fn priorities(&self) -> Vec<Weighs> {
        let issues = self.values.domain.issues().iter().zip(self.beliefs.priorities());
        let weighs = |(issue, priority): (&crate::Issue, crate::beliefs::Priority)| Weighs {
            issue: issue.name.clone(),
            before: priority.before,
            after: priority.after.into(),
        };
        issues.map(weighs).collect()
    }

    fn ask(&self, sheet: &Sheet, relief: &Relief) -> Ask {
        let issue = &self.values.domain.issues()[relief.issue];
        let row = &self.values.ours.parts()[relief.issue];
        let allowed = (0..row.len()).filter(|&option| self.allowed[relief.issue][option]);
        let limit = allowed.min_by(|&a, &b| row[a].total_cmp(&row[b]).then(b.cmp(&a)));
        let worth_a_word = NEGLIGIBLE * stake(&self.values.ours);
        let sure = relief.gain > worth_a_word.max(2.0 * relief.standard_error);
        let with_unit = |option: usize| {
            let unit = issue.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
            let label = issue.options.label(option);
            format!("{}{unit}", if issue.options.number(option).is_some() { grouped(&label) } else { label })
        };
        let limit = limit.map_or_else(|| "nothing".to_owned(), with_unit);
        let to = with_unit(relief.to as usize);
        let unit = sheet.currency.as_deref().unwrap_or("points");
        let [before, after] = relief.chance.map(|chance| (100.0 * chance).round());
        let question = sure.then(|| {
            let chance = if after > before + 2.0 {
                format!(" and raises the chance that there is a deal to be had from {before} to {after} %")
            } else {
                String::new()
            };
            format!(
                "May I go to {to} on {} (the limit is {limit})? It is worth some {} {unit} to us on average{chance}.",
                issue.name,
                rounded(relief.gain)
            )
        });
        Ask {
            issue: issue.name.clone(),
            limit,
            to,
            to_option: issue.options.label(relief.to as usize),
            gain: relief.gain,
            standard_error: relief.standard_error,
            chance_before: relief.chance[0],
            chance_after: relief.chance[1],
            package: relief.package.as_ref().map(|package| self.values.domain.labels(package)),
            question,
        }
    }
}

/// Two figures that count: an average over guesses is good for no more.
fn rounded(value: f64) -> String {
    if value < 1.0 {
        return format!("{value:.1}");
    }
    let unit = libm::pow(10.0, (libm::log10(value).floor() - 1.0).max(0.0));
    grouped(&format!("{:.0}", (value / unit).round() * unit))
}

/// A number with its thousands apart.
fn grouped(number: &str) -> String {
    let (whole, decimals) = number.split_at(number.find('.').unwrap_or(number.len()));
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        let left = whole.len() - place;
        if place > 0 && left.is_multiple_of(3) && !grouped.ends_with('-') {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + decimals
}

impl From<Spread> for Range {
    fn from(spread: Spread) -> Self {
        Self { mean: spread.mean, low: spread.low, high: spread.high }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_two_figures() {
        assert_eq!(rounded(9_412.3), "9,400");
        assert_eq!(rounded(1_234_567.0), "1,200,000");
        assert_eq!(rounded(12.4), "12");
        assert_eq!(rounded(0.26), "0.3");
    }
}
