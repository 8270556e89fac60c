//! Shares, means and how much of the spread something explains, each with its standard error.

use serde::{Deserialize, Serialize, Serializer};
use terms::PlanId;

use engine::experiment::{PlanValue, mean, standard_error};

use super::{Axis, CaseAnswer};

/// Writes a figure with no more digits than mean anything.
pub(super) fn rounded<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(to_six_digits(*value))
}

/// To six digits after the point.
pub(super) fn to_six_digits(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// A mean with its standard error over the cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Estimate {
    /// The mean.
    #[serde(serialize_with = "rounded")]
    pub mean: f64,
    /// Its standard error.
    #[serde(serialize_with = "rounded")]
    pub standard_error: f64,
}

impl Estimate {
    /// Of independent values.
    pub fn of(values: &[f64]) -> Self {
        Self { mean: mean(values), standard_error: standard_error(values.iter().copied()) }
    }

    /// Of a share of so many.
    pub fn of_share(count: usize, of: usize) -> Self {
        if of == 0 {
            return Self::default();
        }
        let share = count as f64 / of as f64;
        Self { mean: share, standard_error: (share * (1.0 - share) / of as f64).sqrt() }
    }
}

/// How often something is advised.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct PlanShare {
    /// The plan.
    pub plan: PlanId,
    /// In how many cases.
    pub count: usize,
    /// In what share of them.
    #[serde(serialize_with = "rounded")]
    pub share: f64,
    /// The standard error of that share.
    #[serde(serialize_with = "rounded")]
    pub standard_error: f64,
}

/// How often each of `plans` is what `of` says.
pub(super) fn plan_shares(answers: &[&CaseAnswer], plans: &[PlanId], of: fn(&CaseAnswer) -> PlanId) -> Vec<PlanShare> {
    let share = |&plan: &PlanId| {
        let count = answers.iter().filter(|answer| of(answer) == plan).count();
        let Estimate { mean: share, standard_error } = Estimate::of_share(count, answers.len());
        PlanShare { plan, count, share, standard_error }
    };
    plans.iter().map(share).collect()
}

/// When the boss comes in under the advice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BossComes {
    /// At our next move.
    AtOnce,
    /// Later, once it is stuck.
    Last,
    /// Only together with theirs, if a proposal leads there.
    OnlyWithTheirs,
    /// Not at all.
    Never,
}

impl BossComes {
    /// Every one, soonest first.
    pub const ALL: [Self; 4] = [Self::AtOnce, Self::Last, Self::OnlyWithTheirs, Self::Never];

    /// By the rungs that a plan goes.
    pub fn by(rungs: PlanId) -> Self {
        match rungs {
            PlanId::BossAtOutset | PlanId::HandOver => Self::AtOnce,
            PlanId::Ladder | PlanId::BossAtImpasse => Self::Last,
            PlanId::BothBosses => Self::OnlyWithTheirs,
            PlanId::WalkAway | PlanId::OwnLevel | PlanId::Guidance | PlanId::BestFound => Self::Never,
        }
    }
}

/// How often the boss comes in so.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct EntryShare {
    /// When.
    pub boss_comes: BossComes,
    /// In how many cases.
    pub count: usize,
    /// In what share of them.
    #[serde(serialize_with = "rounded")]
    pub share: f64,
    /// The standard error of that share.
    #[serde(serialize_with = "rounded")]
    pub standard_error: f64,
}

pub(super) fn entry_shares(answers: &[&CaseAnswer]) -> Vec<EntryShare> {
    let share = |boss_comes: BossComes| {
        let count = answers.iter().filter(|answer| BossComes::by(answer.rungs) == boss_comes).count();
        let Estimate { mean: share, standard_error } = Estimate::of_share(count, answers.len());
        EntryShare { boss_comes, count, share, standard_error }
    };
    BossComes::ALL.map(share).to_vec()
}

/// What a plan is worth beyond own level, on average over the cases.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct PlanMean {
    /// The plan.
    pub plan: PlanId,
    /// Mean value beyond own level, in shares of the scale.
    #[serde(serialize_with = "rounded")]
    pub beyond_own_level: f64,
    /// The standard error of that.
    #[serde(serialize_with = "rounded")]
    pub standard_error: f64,
    /// Mean chance of a deal.
    #[serde(serialize_with = "rounded")]
    pub agreement_probability: f64,
    /// Mean chance that our boss comes in.
    #[serde(serialize_with = "rounded")]
    pub boss_joins_probability: f64,
}

pub(super) fn plan_mean(answers: &[CaseAnswer], plan: PlanId) -> PlanMean {
    let beyond = |answer: &CaseAnswer| Some(answer.value(plan)? - answer.value(PlanId::OwnLevel)?);
    let values: Vec<f64> = answers.iter().filter_map(beyond).collect();
    let Estimate { mean: beyond_own_level, standard_error } = Estimate::of(&values);
    let chance = |of: fn(&PlanValue) -> f64| {
        let found = answers.iter().filter_map(|answer| answer.plans.iter().find(|value| value.plan == plan));
        mean(&found.map(of).collect::<Vec<f64>>())
    };
    PlanMean {
        plan,
        beyond_own_level,
        standard_error,
        agreement_probability: chance(|value| value.agreement_probability),
        boss_joins_probability: chance(|value| value.boss_joins_probability),
    }
}

/// How much of the spread of a gain between cases one parameter explains by itself: the variance between its bins
/// as a share of the whole, less what chance alone would give.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Influence {
    /// The parameter.
    pub axis: &'static str,
    /// Of the gain of the boss at once over the better of own level and guidance.
    #[serde(serialize_with = "rounded")]
    pub of_gain_at_once: f64,
    /// Of the gain of the best plan that may go up in the open over the same.
    #[serde(serialize_with = "rounded")]
    pub of_gain_of_going_up: f64,
}

pub(super) fn influence(answers: &[CaseAnswer], axis: &Axis) -> Influence {
    Influence {
        axis: axis.key,
        of_gain_at_once: explained(answers, axis, CaseAnswer::gain_at_once),
        of_gain_of_going_up: explained(answers, axis, CaseAnswer::gain_of_going_up),
    }
}

fn explained(answers: &[CaseAnswer], axis: &Axis, of: fn(&CaseAnswer) -> f64) -> f64 {
    let mut bins = vec![Vec::new(); axis.bins.len()];
    for answer in answers {
        bins[axis.bin(&answer.parameters)].push(of(answer));
    }
    bins.retain(|bin| !bin.is_empty());
    let all: Vec<f64> = bins.concat();
    if all.len() <= bins.len() {
        return 0.0;
    }
    let squares = |values: &[f64]| {
        let middle = mean(values);
        values.iter().map(|value| (value - middle) * (value - middle)).sum::<f64>()
    };
    let within = bins.iter().map(|bin| squares(bin)).sum::<f64>() / (all.len() - bins.len()) as f64;
    let whole = squares(&all) / (all.len() - 1) as f64;
    if whole == 0.0 { 0.0 } else { (1.0 - within / whole).max(0.0) }
}
