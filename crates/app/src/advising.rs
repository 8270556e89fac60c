//! The advice on a record: taken, held against the last one, and as the price of bringing the boss in.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::LazyLock;

use engine::advice::{Advice, Fingerprints};
use engine::case::Case;
use engine::{FirstAnswer, Options, Refusal};
use jiff::Timestamp;
use negotiation::access::Act;
use negotiation::fact::{AdviceTaken, PriceShown};
use negotiation::summary::counterpart_key;
use negotiation::{Command, Negotiation, Version};
use schemars::JsonSchema;
use serde::Serialize;
use terms::{Amount, Currency, PlanId};

use crate::accounts::Principal;
use crate::bridge::case_of;
use crate::desk::Desk;
use crate::error::Error;

/// Paths of a first answer on the record: it must be there at once.
pub const FIRST_SAMPLES: u32 = 2048;
/// Paths of an advice that is taken, unless others are asked for.
pub const SAMPLES: u32 = 65_536;
/// The seed, unless another is asked for.
pub const SEED: u64 = 1;
/// Paths of each step of a change: small ones should not drown in noise.
const CHANGE_SAMPLES: u32 = 8192;
/// As many facts as a change is followed over.
const STEPS: usize = 40;

/// Threads for what nobody waits for: one processor stays free. None where they can't be had.
static BACKGROUND: LazyLock<Option<rayon::ThreadPool>> = LazyLock::new(|| {
    let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
    rayon::ThreadPoolBuilder::new().num_threads(processors.saturating_sub(1).max(1)).build().ok()
});

/// An advice taken, and recorded.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The version of its entry.
    pub version: Version,
    /// The advice.
    pub advice: Advice,
    /// What it says that bringing the boss in costs.
    pub price: PriceShown,
}

/// A step up that has a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, serde::Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The boss joins.
    Joins,
    /// The boss takes over.
    TakesOver,
}

/// How the advice stood when a fact had come on record.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Standing {
    /// The last entry counted.
    pub version: Version,
    /// That entry in words.
    pub fact: String,
    /// The plan recommended.
    pub plan: PlanId,
    /// What it is worth beyond walking away, in money.
    pub value: f64,
    /// Standard error of `value`.
    pub standard_error: f64,
}

/// What has changed since the last advice was taken, fact by fact.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Changes {
    /// The entry of the advice taken.
    pub since: Version,
    /// The plan that it recommended.
    pub plan_then: PlanId,
    /// ISO 4217 code of the values.
    pub currency: Currency,
    /// How it stood when it was taken, then after every fact since that the advice depends on. All with the same seed
    /// and as many paths, so that what differs is what the facts do.
    pub steps: Vec<Standing>,
}

/// The first answer on a record.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct First {
    /// The last entry counted.
    pub version: Version,
    /// The plan recommended.
    pub plan: PlanId,
    /// The plans that can be chosen, with what each is worth beyond walking away, in money, and its standard error.
    pub values: Vec<PlanValue>,
    /// Paths a plan.
    pub samples: u32,
}

/// A plan with what it is worth.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PlanValue {
    /// Which plan.
    pub plan: PlanId,
    /// In money.
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
}

impl First {
    fn of(version: Version, answer: FirstAnswer, samples: u32) -> Self {
        let value = |(plan, value, standard_error)| PlanValue { plan, value, standard_error };
        Self { version, plan: answer.plan, values: answer.values.into_iter().map(value).collect(), samples }
    }
}

impl Desk {
    /// The case of a record that was read already, as of its last entry.
    pub async fn case(&self, negotiation: &Negotiation, id: &str, now: Timestamp) -> Result<Case, Error> {
        let appearances = self.past_appearances(negotiation, id).await?;
        checked(case_of(negotiation, now, appearances).map_err(Error::Missing)?)
    }

    /// Times that our boss came in with this counterpart in other negotiations.
    async fn past_appearances(&self, negotiation: &Negotiation, id: &str) -> Result<u32, Error> {
        let Some(opening) = &negotiation.opening else { return Ok(0) };
        let others = self.store.with_counterpart(&counterpart_key(&opening.counterpart)).await?;
        Ok(others.iter().filter(|other| other.id != id).map(|other| other.summary.appearances).sum())
    }

    /// The case of a record, for export.
    pub async fn export_case(&self, who: &Principal, id: &str, now: Timestamp) -> Result<Case, Error> {
        let negotiation = self.look_privileged(who, id, "the case", now).await?;
        self.case(&negotiation, id, now).await
    }

    /// The first answer on a record that was read already.
    pub async fn first_answer_on(&self, negotiation: &Negotiation, id: &str, now: Timestamp) -> Result<First, Error> {
        let case = self.case(negotiation, id, now).await?;
        self.first_answer_of(case, negotiation.version, FIRST_SAMPLES).await
    }

    /// The first answer on a case, as of a version.
    pub async fn first_answer_of(&self, case: Case, version: Version, samples: u32) -> Result<First, Error> {
        let answer = first(checked(case)?, SEED, samples).await?;
        Ok(First::of(version, answer, samples))
    }

    /// The whole advice on a case.
    pub async fn advice_of(&self, case: Case, seed: u64, samples: u32) -> Result<Advice, Error> {
        whole(case, seed, samples).await
    }

    /// The whole advice on a case, on threads of its own: a first answer that somebody waits for does not queue behind it.
    pub async fn advice_in_background(&self, case: Case, seed: u64, samples: u32) -> Result<Advice, Error> {
        let advise = move || engine::advise(&case, &options(seed, samples), &|_| {});
        computed(move || match &*BACKGROUND {
            Some(pool) => pool.install(advise),
            None => advise(),
        })
        .await
    }

    /// Takes the advice: computes it on the record as it stands, and records it with seed and inputs.
    pub async fn take_advice(
        &self,
        who: &Principal,
        id: &str,
        seed: u64,
        samples: u32,
        now: Timestamp,
    ) -> Result<Taken, Error> {
        let negotiation = self.allowed(who, id, Act::Negotiate).await?;
        let case = self.case(&negotiation, id, now).await?;
        let advice = whole(case, seed, samples).await?;
        let taken = taken(&advice, negotiation.version);
        let command = Command::TakeAdvice { advice: Box::new(taken) };
        let done = self.record(who, id, negotiation, &command, now).await?;
        let (version, taken) = done.negotiation.advice.ok_or(Error::Ours("an advice that was not recorded"))?;
        let price = price_of(version, &taken, Step::Joins);
        Ok(Taken { version, advice, price })
    }

    /// What a step up costs as things stand: takes the advice unless the last one still stands.
    pub async fn price(&self, who: &Principal, id: &str, step: Step, now: Timestamp) -> Result<PriceShown, Error> {
        let negotiation = self.allowed(who, id, Act::RecordBoss).await?;
        if let Some(price) = self.standing_price(&negotiation, id, step, now).await? {
            return Ok(price);
        }
        let case = self.case(&negotiation, id, now).await?;
        let advice = whole(case, SEED, SAMPLES).await?;
        let command = Command::TakeAdvice { advice: Box::new(taken(&advice, negotiation.version)) };
        let done = self.record(who, id, negotiation, &command, now).await?;
        let (version, taken) = done.negotiation.advice.ok_or(Error::Ours("an advice that was not recorded"))?;
        Ok(price_of(version, &taken, step))
    }

    /// The price by the last advice, where nothing that it depends on has changed since.
    async fn standing_price(
        &self,
        negotiation: &Negotiation,
        id: &str,
        step: Step,
        now: Timestamp,
    ) -> Result<Option<PriceShown>, Error> {
        let Some((version, advice)) = &negotiation.advice else { return Ok(None) };
        let case = self.case(negotiation, id, now).await?;
        let stands = advice.case_fingerprint == fingerprint(&case, advice.seed, advice.samples);
        Ok(stands.then(|| price_of(*version, advice, step)))
    }

    /// Refuses where a price could be had and the one shown is not it. What can't be advised on has no price.
    pub(crate) async fn price_was_shown(
        &self,
        negotiation: &Negotiation,
        id: &str,
        shown: Option<&PriceShown>,
        step: Step,
        now: Timestamp,
    ) -> Result<(), Error> {
        if negotiation.phase != negotiation::Phase::Open {
            return Ok(());
        }
        match self.standing_price(negotiation, id, step, now).await {
            Ok(Some(price)) if shown == Some(&price) => Ok(()),
            Err(Error::Missing(_) | Error::Faulty(_)) if shown.is_none() => Ok(()),
            Ok(None) if self.case(negotiation, id, now).await.is_err() && shown.is_none() => Ok(()),
            Ok(_) | Err(Error::Missing(_) | Error::Faulty(_)) => Err(Error::PriceNotShown),
            Err(other) => Err(other),
        }
    }

    /// What has changed since the last advice was taken, and which fact changed it.
    pub async fn changes(&self, who: &Principal, id: &str, now: Timestamp) -> Result<Changes, Error> {
        let negotiation = self.look_privileged(who, id, "what changed", now).await?;
        let (since, taken) = negotiation.advice.clone().ok_or(Error::NoAdvice)?;
        let appearances = self.past_appearances(&negotiation, id).await?;
        let mut steps = Vec::new();
        let mut last_case = None;
        let mut state = Negotiation::default();
        for entry in &negotiation.history {
            state.apply(entry.clone());
            if entry.version < taken.knew || steps.len() > STEPS {
                continue;
            }
            let at = if entry.version == negotiation.version { now } else { entry.at };
            let Ok(case) = case_of(&state, at, appearances).map_err(Error::Missing).and_then(checked) else { continue };
            if last_case.as_ref() == Some(&case) {
                continue;
            }
            let answer = first(case.clone(), taken.seed, CHANGE_SAMPLES).await?;
            last_case = Some(case);
            // How it stood when it was taken is on record; fewer paths might tell it otherwise.
            let then =
                answer.values.iter().map(|(plan, ..)| *plan).find(|plan| steps.is_empty() && *plan == taken.plan);
            let recommended = then.unwrap_or(answer.plan);
            let value = answer.values.iter().find(|(plan, ..)| *plan == recommended);
            let &(plan, value, standard_error) = value.ok_or(Error::Ours("a recommended plan without a value"))?;
            let money = |amount: Amount| amount.to_string();
            let fact = negotiation::words::line(&entry.fact, &money);
            steps.push(Standing { version: entry.version, fact, plan, value, standard_error });
        }
        let currency = negotiation.currency().ok_or(Error::Ours("an advice on a negotiation that was not opened"))?;
        Ok(Changes { since, plan_then: taken.plan, currency, steps })
    }
}

fn checked(case: Case) -> Result<Case, Error> {
    let faults = case.check();
    if faults.is_empty() { Ok(case) } else { Err(Error::Faulty(faults)) }
}

fn options(seed: u64, samples: u32) -> Options {
    Options { seed, samples, as_of: None, ledger: None }
}

async fn first(case: Case, seed: u64, samples: u32) -> Result<FirstAnswer, Error> {
    computed(move || engine::first_answer(&case, &options(seed, samples))).await
}

async fn whole(case: Case, seed: u64, samples: u32) -> Result<Advice, Error> {
    computed(move || engine::advise(&case, &options(seed, samples), &|_| {})).await
}

/// Computes away from the threads that answer.
async fn computed<T: Send + 'static>(work: impl FnOnce() -> Result<T, Refusal> + Send + 'static) -> Result<T, Error> {
    let done = tokio::task::spawn_blocking(work).await.map_err(|_| Error::Ours("an advice broke off"))?;
    done.map_err(|refusal| match refusal {
        Refusal::Case(faults) => Error::Faulty(faults),
        Refusal::Options(fault) => Error::Faulty(vec![fault]),
    })
}

/// The costs of an appearance and of a call, by the prior alone.
pub(crate) async fn precedent(case: Case, seed: u64, samples: u32) -> Result<engine::advice::Precedent, Error> {
    computed(move || engine::precedent(&case, &options(seed, samples))).await
}

fn fingerprint(case: &Case, seed: u64, samples: u32) -> String {
    Fingerprints::of(case, None, None, seed, samples).case
}

/// What is recorded of an advice.
fn taken(advice: &Advice, knew: Version) -> AdviceTaken {
    let available = advice.plans.iter().filter(|plan| plan.available);
    let values: BTreeMap<PlanId, Amount> = available.map(|plan| (plan.id, amount(plan.value.mean))).collect();
    AdviceTaken {
        plan: advice.recommendation.plan,
        next_act: advice.recommendation.next_act,
        sentence: advice.recommendation.sentence.clone(),
        values,
        precedent: amount(advice.precedent.cost_per_appearance),
        seed: advice.seed,
        samples: advice.samples,
        engine_version: advice.engine_version.clone(),
        case_fingerprint: advice.inputs.fingerprints.case.clone(),
        knew,
    }
}

/// What a step up costs by an advice: its value against the best of the other named plans.
fn price_of(version: Version, advice: &AdviceTaken, step: Step) -> PriceShown {
    let plan = match step {
        Step::Joins => PlanId::BossAtOutset,
        Step::TakesOver => PlanId::HandOver,
    };
    let against_best = advice.against_best(plan).unwrap_or(Amount::ZERO);
    PriceShown { against_best, precedent: advice.precedent, advice: version }
}

/// Money to the cent.
fn amount(value: f64) -> Amount {
    Amount::of_f64(value, 2).unwrap_or(Amount::ZERO)
}
