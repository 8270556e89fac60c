//! The advice on a record: what is known of it as things stand, and an advice taken, which is recorded.

use std::collections::BTreeMap;

use engine::advice::Advice;
use engine::case::Case;
use jiff::Timestamp;
use negotiation::access::Act;
use negotiation::fact::AdviceTaken;
use negotiation::summary::counterpart_key;
use negotiation::{Command, Negotiation, Version};
use terms::{Amount, PlanId};

use crate::accounts::Principal;
use crate::answers::{self, FIRST_SAMPLES, First, SEED, checked};
use crate::bridge::case_of;
use crate::desk::Desk;
use crate::error::Error;
use crate::latest::AdviceAtHand;

/// An advice taken, and recorded.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The version of its entry.
    pub version: Version,
    /// The advice.
    pub advice: Advice,
}

impl Desk {
    /// The case of a record that was read already, as of its last entry.
    pub async fn case(&self, negotiation: &Negotiation, id: &str, now: Timestamp) -> Result<Case, Error> {
        let appearances = self.past_appearances(negotiation, id).await?;
        checked(case_of(negotiation, now, appearances).map_err(Error::Missing)?)
    }

    /// Times that our boss came in with this counterpart in other negotiations.
    pub(crate) async fn past_appearances(&self, negotiation: &Negotiation, id: &str) -> Result<u32, Error> {
        match &negotiation.opening {
            Some(opening) => self.appearances_with(&opening.counterpart, Some(id)).await,
            None => Ok(0),
        }
    }

    /// Times that our boss came in with a counterpart, leaving out one negotiation.
    pub(crate) async fn appearances_with(&self, counterpart: &str, but: Option<&str>) -> Result<u32, Error> {
        let others = self.store.with_counterpart(&counterpart_key(counterpart)).await?;
        let others = others.iter().filter(|other| Some(other.id.as_str()) != but);
        Ok(others.map(|other| other.summary.appearances).sum())
    }

    /// The case of a record, for export.
    pub async fn export_case(&self, who: &Principal, id: &str, now: Timestamp) -> Result<Case, Error> {
        let negotiation = self.look_privileged(who, id, "the case", now).await?;
        self.case(&negotiation, id, now).await
    }

    /// What is known of the advice on a record that was read already: kept, or the first answer computed at once. The whole
    /// follows by itself, and the bell is rung then.
    pub async fn known(&self, negotiation: &Negotiation, id: &str, now: Timestamp) -> Result<AdviceAtHand, Error> {
        let case = self.case(negotiation, id, now).await?;
        self.latest.known(id, negotiation.version, case).await
    }

    /// The first answer on a record that was read already, and no more.
    pub async fn first_answer_on(&self, negotiation: &Negotiation, id: &str, now: Timestamp) -> Result<First, Error> {
        let case = self.case(negotiation, id, now).await?;
        self.first_answer_of(id, case, negotiation.version, FIRST_SAMPLES).await
    }

    /// The first answer on a case that a negotiation might make, as of a version.
    pub(crate) async fn first_answer_of(
        &self,
        id: &str,
        case: Case,
        version: Version,
        samples: u32,
    ) -> Result<First, Error> {
        let answer = answers::first(&self.computing, id, checked(case)?, SEED, samples).await?;
        Ok(First::of(version, answer, samples))
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
        let (taken, _) = self.take(who, id, negotiation, (seed, samples), now).await?;
        Ok(taken)
    }

    /// Computes the advice on a record that was read already, and records it.
    pub(crate) async fn take(
        &self,
        who: &Principal,
        id: &str,
        negotiation: Negotiation,
        (seed, samples): (u64, u32),
        now: Timestamp,
    ) -> Result<(Taken, AdviceTaken), Error> {
        let case = self.case(&negotiation, id, now).await?;
        let advice = answers::whole(&self.computing, id, case, seed, samples).await?;
        let command = Command::TakeAdvice { advice: Box::new(taken(&advice, negotiation.version)) };
        // It says which version it knew, so that it may come after what others recorded meanwhile.
        let recorded = self.record_after(who, id, &command, now).await?;
        let done = match recorded {
            Some(done) => done,
            None => self.record(who, id, negotiation, &command, now).await?,
        };
        let (version, taken) = done.negotiation.advice.ok_or(Error::Ours("an advice that was not recorded"))?;
        Ok((Taken { version, advice }, taken))
    }
}

/// What is recorded of an advice.
fn taken(advice: &Advice, knew: Version) -> AdviceTaken {
    let available = advice.plans.iter().filter(|plan| plan.available);
    let values: BTreeMap<PlanId, Amount> = available.map(|plan| (plan.id, amount(plan.value.mean))).collect();
    AdviceTaken {
        plan: advice.recommendation.plan,
        next_act: advice.next_act.kind.on_record(),
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

/// Money to the cent.
fn amount(value: f64) -> Amount {
    Amount::of_f64(value, 2).unwrap_or(Amount::ZERO)
}
