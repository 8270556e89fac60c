//! What to do, how sure it is, and whether the boss will be needed.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use terms::{LeaveAsked, Pace, PlanId, Verdict};

/// Robustness from which on a verdict may be clear.
pub const CLEAR: f64 = 0.8;

/// What to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Recommendation {
    /// The plan.
    pub plan: PlanId,
    /// How it concedes.
    pub pace: Pace,
    /// How it uses our boss in private.
    #[serde(default)]
    pub in_private: InPrivate,
    /// The plan in words, contingencies included.
    pub sentence: String,
    /// How sure it is.
    pub verdict: Verdict,
    /// The course that comes nearest, where it is not clear.
    pub rival: Option<PlanId>,
    /// Whether our boss will be needed.
    pub boss_expected: BossExpected,
    /// The plan it is held against: the boss now, or, where that is the advice, the best plan without.
    pub compared_with: PlanId,
    /// What it is worth beyond `compared_with`, in money.
    pub worth: f64,
    /// Standard error of `worth`, what the search may have left included.
    pub worth_standard_error: f64,
    /// What it is worth beyond `compared_with` in 8 of 10 of the ways our assumptions could be wrong.
    pub worth_range: WorthRange,
    /// Share of the ways our assumptions could be wrong, every plan tuned anew in each, in which no named plan beats it by
    /// more than the tie band.
    pub robustness: f64,
}

/// How a course uses our boss in private.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct InPrivate {
    /// What leave it asks for; null where it asks for none.
    pub leave: Option<LeaveAsked>,
    /// The price up to which it asks to go; null where it asks for no leave.
    pub limit: Option<f64>,
    /// Whether it takes an offer short of what we may sign subject to our boss's approval.
    pub subject_to_approval: bool,
}

/// Two amounts of money, the lower first.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WorthRange {
    /// 10th percentile.
    pub low: f64,
    /// 90th percentile.
    pub high: f64,
}

/// Whether and when our boss will be needed under the course advised.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BossExpected {
    /// When.
    pub when: BossWhen,
    /// The middle date of those on which the boss would come in; null where dates are not known.
    pub date: Option<Date>,
    /// Chance that the boss comes in.
    pub probability: f64,
}

/// When our boss comes in under the course advised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BossWhen {
    /// At our next move, or in the room already to stay.
    Now,
    /// Perhaps later.
    Later,
    /// Only together with theirs.
    OnlyWithTheirs,
    /// Not, or in fewer than 1 of 20 cases.
    Not,
}

/// What leave to go to a limit would bring.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LeavePoint {
    /// The price that we would be allowed to go to.
    pub limit: f64,
    /// What the course advised would be worth with that leave, in money.
    pub value: f64,
    /// Its chance of a deal.
    pub agreement_probability: f64,
}
