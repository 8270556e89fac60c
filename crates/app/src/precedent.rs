//! The precedent ledger of a counterpart, with what this call would cost and how to hand the channel back (P5, P6).

use jiff::Timestamp;
use negotiation::Negotiation;
use negotiation::access::Act;
use negotiation::party::{Part, User};
use negotiation::precedent::{Event, PrecedentLedger, hand_back_reply};
use negotiation::summary::counterpart_key;
use negotiation::view::{Sight, sight};
use schemars::JsonSchema;
use serde::Serialize;
use terms::Currency;

use crate::accounts::Principal;
use crate::answers::{self, SAMPLES, SEED};
use crate::desk::Desk;
use crate::error::Error;

/// What our boss's appearances have led to with one counterpart, and what to do about it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Precedent {
    /// With whom.
    pub counterpart: String,
    /// ISO 4217 code of the costs.
    pub currency: Currency,
    /// Every appearance and every call, oldest first.
    pub lines: Vec<Line>,
    /// Times that our boss came in.
    pub appearances: usize,
    /// Times that they called for our boss.
    pub calls: usize,
    /// What answering a call costs this time; null where the record does not say enough.
    pub this_time: Option<ThisTime>,
    /// How to hand the channel back, step by step.
    pub hand_back_plan: Vec<String>,
    /// Three lines that do it, to be edited.
    pub hand_back_reply: String,
}

/// A line of the ledger, as far as whoever asks may know.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Line {
    /// The negotiation; null where whoever asks takes no part in it.
    pub negotiation: Option<String>,
    /// When.
    pub at: Timestamp,
    /// What.
    pub event: Event,
}

/// What answering a call for the boss costs, in money.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ThisTime {
    /// The boss comes: their time, and what is eroded at the negotiator's level.
    pub joining: f64,
    /// The precedent that coming sets for later deals.
    pub joining_later: f64,
    /// The boss declines: the insult.
    pub declining: f64,
}

impl Desk {
    /// The ledger of the counterpart of a negotiation.
    pub async fn precedent(&self, who: &Principal, id: &str, now: Timestamp) -> Result<Precedent, Error> {
        let negotiation = self.look_privileged(who, id, "the precedent ledger", now).await?;
        let opening = negotiation.opening.clone().ok_or(Error::NotFound)?;
        let records = self.records_with(&opening.counterpart).await?;
        let ledger = PrecedentLedger::of(records.iter().map(|(id, negotiation)| (id.as_str(), negotiation)));
        let seen = |id: &str| {
            let known = records.iter().find(|(other, _)| other == id);
            known.is_some_and(|(_, negotiation)| sight(negotiation, &who.user) == Sight::All)
        };
        let lines = ledger.lines.iter().map(|line| {
            let event = match &line.event {
                Event::Appeared { .. } if !seen(&line.negotiation) => Event::Appeared { cost: None },
                event => event.clone(),
            };
            Line { negotiation: Some(line.negotiation.clone()).filter(|id| seen(id)), at: line.at, event }
        });
        Ok(Precedent {
            lines: lines.collect(),
            appearances: ledger.appearances(),
            calls: ledger.calls(),
            this_time: self.this_time(&negotiation, id, now).await?,
            hand_back_plan: hand_back_plan(&negotiation),
            hand_back_reply: hand_back_reply(&opening.title, &negotiator(&negotiation).0),
            counterpart: opening.counterpart,
            currency: opening.currency,
        })
    }

    async fn records_with(&self, counterpart: &str) -> Result<Vec<(String, Negotiation)>, Error> {
        let mut records = Vec::new();
        for listed in self.store.with_counterpart(&counterpart_key(counterpart)).await? {
            if listed.summary.appearances + listed.summary.calls > 0 {
                let negotiation = Negotiation::of(self.store.read(&listed.id).await?);
                records.push((listed.id, negotiation));
            }
        }
        Ok(records)
    }

    async fn this_time(&self, negotiation: &Negotiation, id: &str, now: Timestamp) -> Result<Option<ThisTime>, Error> {
        let case = match self.case(negotiation, id, now).await {
            Ok(case) => case,
            Err(Error::Missing(_) | Error::Faulty(_)) => return Ok(None),
            Err(other) => return Err(other),
        };
        let costs = answers::precedent(&self.computing, id, case, SEED, SAMPLES).await?;
        Ok(Some(ThisTime {
            joining: costs.cost_of_joining_a_call,
            joining_later: costs.cost_per_appearance,
            declining: costs.cost_of_declining_a_call,
        }))
    }

    /// The three lines that hand the channel back, to be edited.
    pub async fn hand_back_reply(&self, who: &Principal, id: &str) -> Result<String, Error> {
        let negotiation = self.allowed(who, id, Act::RecordBoss).await?;
        let title = negotiation.opening.as_ref().map_or("", |opening| opening.title.as_str());
        Ok(hand_back_reply(title, &negotiator(&negotiation).0))
    }
}

/// Whom the channel is handed back to.
fn negotiator(negotiation: &Negotiation) -> User {
    let negotiators = negotiation.participants.values().find(|one| one.part == Part::Negotiator);
    negotiators.map_or_else(|| User("our negotiator".to_owned()), |one| one.user.clone())
}

fn hand_back_plan(negotiation: &Negotiation) -> Vec<String> {
    let name = negotiator(negotiation).0;
    let mut plan = Vec::new();
    if negotiation.boss_in {
        plan.push("The boss settles the one point that they came for, and says that it is the only one.".to_owned());
        plan.push(format!("In the same meeting the boss names {name} as the one who goes on from here."));
    } else if negotiation.boss_called {
        plan.push(format!("The boss answers within a day, kindly, and names {name} as the one who decides."));
    } else {
        plan.push(format!("Nobody waits for the boss now; a later call is answered by naming {name}."));
    }
    plan.push(format!("{name} makes the next offer or move, so that the channel is seen to work."));
    plan.push(
        "Later notes to the boss are passed on unread by them, and answered at the negotiator's level.".to_owned(),
    );
    plan
}
