//! All that a sheet and the offers so far say of packages, in one answer: what a screen, a page and the API show.

mod ask;
mod at_price;
mod exchange;
mod trading;
mod valued;

use schemars::JsonSchema;
use serde::Serialize;

pub use ask::Ask;
pub use at_price::package_worth;
pub use exchange::{Change, Exchange, Exchanges};
pub use trading::untried;
pub use valued::{Range, Valued};

use crate::beliefs::{Appraisal, Beliefs};
use crate::concession;
use crate::domain::Package;
use crate::limits::reliefs;
use crate::pareto::{Effort, NoFrontier, Pareto};
use crate::scoring::Scoring;
use crate::sheet::{Placed, Sheet, Values};
use crate::trades::{best_for_us, equivalent_offers};

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

/// What there is to say.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Findings {
    /// The sheet's currency; none where values are points.
    pub currency: Option<String>,
    /// The issues, in the order of every package here.
    pub issues: Vec<String>,
    /// How many packages there are.
    pub packages: f64,
    /// By how much at most a package left out of the frontier would have been better for either side.
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
    /// How sure it is that these are the best.
    pub untried_search: Exchanges,
    /// Trades from their last offer that likely cost them nothing and bring us something. None goes further outside our mandate
    /// than their offer does.
    pub counters: Vec<Exchange>,
    /// How sure it is that these are the best.
    pub counters_search: Exchanges,
    /// Packages to offer at once, each worth about as much to us as our last offer, or as our target package, and no less.
    pub equivalent: Vec<Valued>,
    /// By how much these differ in worth to us.
    pub equivalent_within: f64,
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
/// The effort for the frontier, as all of these measured so that the largest sheet is answered in two seconds; and for trades from one package.
const FRONTIER: Effort = Effort { longest: 20_000, steps: 250_000 };
const TRADES: Effort = Effort { longest: 20_000, steps: 250_000 };
/// Steps for offers at once, and for limits: all draws together.
const STEPS_FOR_OFFERS: u64 = 500_000;
const STEPS_FOR_LIMITS: u64 = 800_000;
/// Offers at once are worth the same to us if they differ by no more than this share of what is at stake.
const THE_SAME: f64 = 0.005;
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
            untried_search: Exchanges::default(),
            counters: Vec::new(),
            counters_search: Exchanges::default(),
            equivalent: Vec::new(),
            equivalent_within: 0.0,
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
        // Packages are compared by the means that are shown.
        let (wanted, expected) = (beliefs.our_mean(values), beliefs.their_mean(values));
        let zero = if wanted.reservation.is_finite() { wanted.reservation } else { 0.0 };
        let desk = Desk { values, beliefs: &beliefs, allowed };
        let frontier = Pareto::with(&values.domain, &[&wanted.restricted(allowed), &expected], FRONTIER)?;
        let (ours, theirs) = (made.last(), heard.last());
        let standing = ours.cloned().unwrap_or_else(|| desk.exactly(aspired(sheet, values)));
        let at_least = wanted.value(&standing.package);
        let equivalent = equivalent_offers(
            &values.domain,
            &wanted,
            &beliefs.theirs[..DRAWS_FOR_OFFERS.min(beliefs.theirs.len())],
            allowed,
            (at_least.max(f64::MIN), THE_SAME * stake(&wanted)),
            SHOWN,
            STEPS_FOR_OFFERS,
        )?;
        let nothing = || Ok((Vec::new(), Exchanges::default()));
        let (untried, untried_search) = ours.map_or_else(nothing, |ours| desk.untried(ours, made))?;
        let (counters, counters_search) = theirs.map_or_else(nothing, |theirs| desk.counters(&expected, theirs))?;
        let best = theirs.and_then(|theirs| best_for_us(&frontier, expected.value(&theirs.package)));
        let floor = theirs.map_or(zero, |theirs| wanted.value(&theirs.package).max(zero));
        let plan = concession::plan(&frontier, at_least, floor.min(at_least), rounds.clamp(1, MOST_ROUNDS));
        let limits = reliefs(values, &beliefs, allowed, STEPS_FOR_LIMITS)?;
        Ok(Self {
            currency: sheet.currency.clone(),
            issues: sheet.issues.iter().map(|line| line.name.clone()).collect(),
            packages: values.domain.outcomes() as f64,
            gap: frontier.gap,
            frontier: drawn(&frontier, zero, expected.reservation),
            our_offer: ours.map(|placed| desk.valued(placed)),
            their_offer: theirs.map(|placed| desk.valued(placed)),
            untried,
            untried_search,
            counters,
            counters_search,
            equivalent_within: equivalent.apart,
            equivalent: equivalent.packages.into_iter().map(|package| desk.valued(&desk.exactly(package))).collect(),
            best_for_us: best.map(|point| desk.valued(&desk.exactly(point.package.clone()))),
            priorities: desk.priorities(),
            limits: limits.iter().map(|relief| desk.ask(sheet, relief)).collect(),
            plan: plan.into_iter().map(|step| desk.valued(&desk.exactly(step.package))).collect(),
        })
    }
}

/// What a package is worth, with its range, for a builder that changes it option by option.
pub fn appraise(values: &Values, beliefs: &Beliefs, allowed: &[Vec<bool>], placed: &Placed) -> Valued {
    Desk { values, beliefs, allowed }.valued(placed)
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
            never: [("you", &self.values.ours), ("they", &self.values.theirs)]
                .into_iter()
                .flat_map(|(who, scoring)| self.refused(who, scoring, &placed.package))
                .collect(),
        }
    }

    /// The options in a package that a side never accepts.
    fn refused(&self, who: &str, scoring: &Scoring, package: &[u32]) -> Vec<String> {
        let issues = self.values.domain.issues().iter().zip(scoring.parts()).zip(package);
        let refused = issues.filter(|((_, row), option)| row[**option as usize] == f64::NEG_INFINITY);
        let told = |((issue, _), option): ((&crate::Issue, &Vec<f64>), &u32)| {
            let unit = issue.unit.as_ref().filter(|_| issue.options.number(0).is_some());
            let unit = unit.map(|unit| format!(" {unit}")).unwrap_or_default();
            format!("{who} never accept {}{unit} on {}", issue.options.label(*option as usize), issue.name)
        };
        refused.map(told).collect()
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
}
