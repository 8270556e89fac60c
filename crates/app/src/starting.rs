//! A start: a negotiation that is only a form so far. What it would be advised, before anything is recorded; and the same, kept.

use engine::advice::Advice;
use engine::{Flips, Options, Stop};
use jiff::Timestamp;
use negotiation::doubt::{Doubt, doubts};
use negotiation::fact::{Opening, Preparation};
use negotiation::{Command, Negotiation};

use crate::accounts::Principal;
use crate::acting::Wish;
use crate::answers::{SEED, checked};
use crate::bridge::case_of;
use crate::desk::{Desk, Done};
use crate::error::Error;

/// Paths of an answer beside a form: it must keep up with typing.
const DRAFT_SAMPLES: u32 = 4096;

/// What is known at the start.
#[derive(Clone, Debug)]
pub struct Start {
    /// What, with whom, on which side and in which currency.
    pub opening: Opening,
    /// The prices and the time.
    pub preparation: Preparation,
}

impl Start {
    /// The record that it would make, or why it makes none.
    fn record(&self, who: &Principal, now: Timestamp) -> Result<Negotiation, Error> {
        let mut negotiation = Negotiation::default();
        for command in [self.open(), self.prepare()] {
            negotiation.enact(&command, now, who.hand())?;
        }
        Ok(negotiation)
    }

    fn open(&self) -> Command {
        Command::Open { opening: self.opening.clone() }
    }

    fn prepare(&self) -> Command {
        Command::Prepare { preparation: Box::new(self.preparation.clone()) }
    }

    /// What to ask about before it counts.
    pub fn doubts(&self, now: Timestamp) -> Vec<Doubt> {
        doubts(&Negotiation::default(), &self.prepare(), now)
    }
}

impl Desk {
    /// The advice that a start would get. Nothing is recorded.
    pub async fn draft(&self, who: &Principal, start: &Start, now: Timestamp) -> Result<Advice, Error> {
        let case = checked(case_of(&start.record(who, now)?, now, 0).map_err(Error::Missing)?)?;
        let options = Options { flips: Flips::None, ..Options::new(SEED, DRAFT_SAMPLES) };
        let work = move |stop: &Stop| engine::advise_until(&case, &options, &|_| {}, stop);
        let answer = self.computing.run(&who.user.0, work).await?;
        let answer = answer.ok_or(Error::Ours("an answer that nobody waited for"))?;
        answer.map_err(|refusal| match refusal {
            engine::Refusal::Case(faults) => Error::Faulty(faults),
            engine::Refusal::Options(fault) => Error::Faulty(vec![fault]),
        })
    }

    /// Opens a negotiation with what is known at its start. Where that can't be, nothing is opened.
    pub async fn start(&self, who: &Principal, start: &Start, now: Timestamp) -> Result<Done, Error> {
        start.record(who, now)?;
        let opened = self.open(who, start.opening.clone(), now).await?;
        self.act(who, &opened.id, Wish { sure: true, ..Wish::new(&start.prepare(), now) }).await
    }
}
