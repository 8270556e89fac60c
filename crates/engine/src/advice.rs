//! What comes out: the advice, as it is shown, stored and replayed.
//!
//! Money is value to us in the currency of the case: a plan's value is what it brings beyond walking away.
//! Settlements and offers are prices.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use terms::{Beyond, Cause, Currency, Mechanism, Pace, PlanId, Role};

use crate::Flips;
use crate::assumption::{Grade, Name, Unit};
use crate::case::Case;
use crate::people::Motion;

mod next_act;
mod recommendation;

pub use next_act::NextAct;
pub use recommendation::{BossExpected, BossWhen, CLEAR, InPrivate, LeavePoint, Recommendation, WorthRange};

/// The whole advice on one negotiation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Advice {
    /// What to do next.
    pub next_act: NextAct,
    /// What the negotiation is called.
    pub title: String,
    /// Which side we are on.
    pub role: Role,
    /// ISO 4217 code.
    #[serde(deserialize_with = "terms::recorded")]
    pub currency: Currency,
    /// The day on which the advice stands: the one asked for, else that of the last entry.
    pub as_of: Option<Date>,
    /// Rounds begun so far.
    pub round: u32,
    /// Rounds in all, begun and left.
    pub rounds_total: u32,
    /// Our boss is in the room now.
    pub boss_in: bool,
    /// What to do.
    pub recommendation: Recommendation,
    /// The plans compared: the named ones in the order of simplicity, then `best_found`.
    pub plans: Vec<PlanReport>,
    /// The pros and cons in money.
    pub ledger: Ledger,
    /// Where the recommendation would flip, one entry an assumption.
    pub break_evens: Vec<BreakEven>,
    /// What the ledger's difference would be at the ends of each assumption, widest first.
    pub tornado: Tornado,
    /// What it would be worth to know more before choosing.
    pub value_of_information: ValueOfInformation,
    /// Chance that something keeps them from coming to where we need them, where they have stopped or somebody said that
    /// it is stuck; 0 where neither is on record.
    pub stuck_probability: f64,
    /// Why, if they are stuck; probabilities sum to 1, or the list is empty when nothing is stuck or in the way.
    pub stuck_because: Vec<StuckCause>,
    /// Where it is heading under the recommended plan.
    pub forecast: Forecast,
    /// What keeping the boss in reserve is worth now: the best plan that may still call the boss later, less the
    /// boss joining at our next move. Negative when waiting costs.
    pub option_value: f64,
    /// What one appearance of the boss costs later.
    pub precedent: Precedent,
    /// What being asked and allowed is worth: which limit to ask guidance on.
    pub guidance_point: GuidancePoint,
    /// What each limit would buy, from the authority in force to our boss's limit; empty where there is nothing to ask.
    pub leave_curve: Vec<LeavePoint>,
    /// Every number that went in, with source and grade.
    pub assumptions: Vec<AssumptionReport>,
    /// How well the model explains the record.
    pub record_fit: RecordFit,
    /// Things to know that have no other place.
    pub notes: Vec<String>,
    /// Seed of the random numbers.
    pub seed: u64,
    /// Simulated paths a plan.
    pub samples: u32,
    /// Version of the engine that gave this advice.
    pub engine_version: String,
    /// What the advice was made from, for replay.
    pub inputs: Inputs,
}

/// One plan, evaluated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlanReport {
    /// Which plan.
    pub id: PlanId,
    /// Whether it can still be chosen.
    pub available: bool,
    /// Why not, where it can't.
    pub unavailable_because: Option<String>,
    /// How it concedes.
    pub pace: Pace,
    /// How it uses our boss in private.
    #[serde(default)]
    pub in_private: InPrivate,
    /// The plan in words, with its thresholds.
    pub words: String,
    /// What it brings beyond walking away, in money.
    pub value: ValueReport,
    /// Chance of a deal.
    pub agreement_probability: f64,
    /// Chance that our boss ends up in the room.
    pub boss_joins_probability: f64,
    /// Expected rounds from now to the end.
    pub rounds: f64,
    /// Chance, over the assumptions, that it is the best of the named plans; 0 for `best_found`.
    pub best_probability: f64,
    /// Expected loss against the best named plan if the assumptions were known; in money.
    pub expected_regret: f64,
}

/// A distribution of money, summed up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ValueReport {
    /// Mean, or the certainty equivalent where risk aversion is stated.
    pub mean: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// 10th percentile of outcomes.
    pub p10: f64,
    /// Median outcome.
    pub p50: f64,
    /// 90th percentile of outcomes.
    pub p90: f64,
}

/// The pros and cons of plan `a` against plan `b`, which sum exactly to the difference of their values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Ledger {
    /// The two plans, a then b.
    pub between: [PlanId; 2],
    /// Value of a less value of b, as shown in `plans`.
    pub difference: f64,
    /// What each mechanism adds (+) or takes (-): its Shapley value.
    pub entries: Vec<LedgerEntry>,
    /// Paths that the entries were computed on.
    pub samples: u32,
}

/// One mechanism's part in a ledger.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LedgerEntry {
    /// Which mechanism.
    pub mechanism: Mechanism,
    /// Money for (+) or against (-) the first plan.
    pub amount: f64,
    /// Its standard error.
    pub standard_error: f64,
}

/// Where the recommendation would flip as one assumption moves and all else stays.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BreakEven {
    /// Which assumption.
    pub assumption: Name,
    /// Where it flips, in the unit of the assumption; null unless `status` is `flips`.
    pub value: Option<f64>,
    /// The plan that it flips to.
    pub flips_to: Option<PlanId>,
    /// Whether it flips.
    #[serde(default)]
    pub status: FlipStatus,
    /// The low end of the range tried.
    pub from: f64,
    /// The high end of the range tried.
    pub to: f64,
    /// The value in use.
    pub now: f64,
}

/// What is known of a flip.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FlipStatus {
    /// It was seen to flip, before and beyond the value.
    Flips,
    /// It was looked for across the range, and nothing comes near.
    Never,
    /// It can't be told: a rival comes near, or the flip that seemed to be there did not come out.
    #[default]
    Untold,
}

/// One bar of a tornado.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TornadoBar {
    /// Which assumption.
    pub assumption: Name,
    /// What the recommendation is worth beyond `compared_with` at the assumption's 10th percentile.
    pub low: f64,
    /// The same at its 90th percentile.
    pub high: f64,
}

/// Bars, widest first.
pub type Tornado = Vec<TornadoBar>;

/// What it would be worth to know more before choosing among the named plans.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ValueOfInformation {
    /// Worth of knowing every assumption and what the counterpart hides, in money.
    pub evpi: f64,
    /// Its standard error.
    pub evpi_standard_error: f64,
    /// Worth of knowing one thing, most valuable first.
    pub evppi: Vec<Evppi>,
}

/// Worth of knowing one thing before choosing.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evppi {
    /// Which assumption.
    pub assumption: Name,
    /// Its worth in money, between 0 and `evpi`.
    pub evppi: f64,
    /// Its standard error.
    pub standard_error: f64,
}

/// A cause with its probability.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StuckCause {
    /// Which cause.
    pub cause: Cause,
    /// Whose limit it keeps them short of; null of a frozen relationship, which is short of none.
    pub beyond: Option<Beyond>,
    /// Its probability, given that they are stuck.
    pub probability: f64,
}

/// Where it is heading under the recommended plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Forecast {
    /// The course that it follows: the one advised, and where that is to walk away, the best of going on.
    pub follows: PlanId,
    /// Chance of a deal.
    pub agreement_probability: f64,
    /// The price, if there is a deal; null where none was simulated.
    pub settlement: Option<Fan>,
    /// Rounds from now to a deal, if there is one.
    pub rounds: Option<Fan>,
    /// The dates that those rounds come to, early, middle and late, where the length of a round is known.
    pub dates: Option<[Date; 3]>,
    /// What each side is likely to have on the table, round by round, while there is no deal.
    pub path: Vec<ForecastRound>,
    /// What they think we would settle for, now.
    pub perceived_walk_away: Fan,
    /// The same if our boss joined at our next move.
    pub perceived_walk_away_with_boss: Fan,
    /// Their organisation's limit, after the record.
    pub counterpart_limit: Fan,
    /// Where people with these offers came out, whoever their bosses were; null before the first offer.
    pub people: Option<PeopleForecast>,
}

/// Where people who made such offers came out, as fitted on real negotiations: nothing of limits, time or bosses is in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PeopleForecast {
    /// Chance of a deal.
    pub agreement_probability: f64,
    /// The price, if there is a deal.
    pub settlement: Fan,
    /// Whether it moves, stalls or is dead.
    pub motion: Motion,
    /// The set that it was fitted on, by key.
    pub set: String,
    /// Negotiations in that set.
    pub negotiations: u64,
}

/// 10th, 50th and 90th percentile, in increasing order.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Fan {
    /// 10th percentile.
    pub p10: f64,
    /// Median.
    pub p50: f64,
    /// 90th percentile.
    pub p90: f64,
}

/// One future round.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ForecastRound {
    /// Number of the round, from 1.
    pub round: u32,
    /// Our price on the table.
    pub ours: Option<Fan>,
    /// Their price on the table.
    pub theirs: Option<Fan>,
    /// Chance that there is a deal by the end of this round.
    pub agreed_by: f64,
}

/// What one appearance of the boss costs over the later deals, in money.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Precedent {
    /// Mean cost of one appearance of weight 1.
    pub cost_per_appearance: f64,
    /// What one later call costs: the smaller of joining and declining.
    pub cost_per_call: f64,
    /// Calls for the boss expected over the later deals from one appearance now.
    pub calls_expected: f64,
    /// Calls expected anyway, from past appearances.
    pub calls_from_the_past: f64,
    /// What it costs to come when called: the boss's time, and what is eroded at the negotiator's level.
    pub cost_of_joining_a_call: f64,
    /// What it costs to decline when called: the insult.
    pub cost_of_declining_a_call: f64,
}

/// The limit on which to ask guidance.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GuidancePoint {
    /// What the best use of guidance adds to negotiating at one's own level, in money.
    pub gain: f64,
    /// The limit to ask about: the authority in force.
    pub limit: f64,
    /// The price to ask leave for: the nearest that brings nine tenths of what our boss's limit would.
    pub ask_for: f64,
}

/// One assumption as used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AssumptionReport {
    /// Which assumption.
    pub name: Name,
    /// What it says.
    pub meaning: String,
    /// Its middle value.
    pub value: f64,
    /// 10th percentile; equal to `value` where it is fixed.
    pub low: f64,
    /// 90th percentile; equal to `value` where it is fixed.
    pub high: f64,
    /// What it is counted in.
    pub unit: Unit,
    /// How good the evidence is.
    pub grade: Grade,
    /// Where it comes from.
    pub source: String,
}

/// How well the model explains the record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RecordFit {
    /// Entries that were weighed.
    pub entries: u32,
    /// Smallest effective sample size on the way, as a share of the particles.
    pub effective_share: f64,
    /// Entries that the model finds nearly impossible; empty when all is well.
    pub surprises: Vec<String>,
}

/// What the advice was made from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Inputs {
    /// The whole case.
    pub case: Case,
    /// The day asked for with `--as-of`.
    pub as_of: Option<Date>,
    /// The pair of plans asked for with `--ledger`.
    pub ledger: Option<[PlanId; 2]>,
    /// For which assumptions flips were looked for.
    #[serde(default)]
    pub flips: Flips,
    /// SHA-256 of each input, so that a replay can say which one was changed.
    pub fingerprints: Fingerprints,
}

/// SHA-256 of each input, in hexadecimal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Fingerprints {
    /// Of the case.
    pub case: String,
    /// Of the day asked for.
    pub as_of: String,
    /// Of the pair of plans asked for.
    pub ledger: String,
    /// Of the seed.
    pub seed: String,
    /// Of the number of samples.
    pub samples: String,
    /// Of the engine's version.
    pub engine_version: String,
}
