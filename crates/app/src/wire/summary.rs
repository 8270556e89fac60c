//! What is listed of a negotiation, as it is sent.

use jiff::Timestamp;
use negotiation::party::Participant;
use negotiation::{Phase, Version, summary};
use schemars::JsonSchema;
use serde::Serialize;
use terms::{Amount, Currency, PlanId, Role};

/// A negotiation in a few fields: those known at the table, and what is ours alone.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Summary {
    /// What it is called.
    pub title: String,
    /// With whom.
    pub counterpart: String,
    /// What we do.
    pub role: Role,
    /// ISO 4217 code.
    pub currency: Currency,
    /// How far it has come.
    pub phase: Phase,
    /// The last entry's version.
    pub version: Version,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When the last entry was recorded.
    pub changed_at: Timestamp,
    /// Times that our boss came in.
    pub appearances: u32,
    /// Times that they called for our boss.
    pub calls: u32,
    /// Our last price.
    pub ours: Option<Amount>,
    /// Theirs.
    pub theirs: Option<Amount>,
    /// They have called for our boss, and have no answer yet.
    pub boss_called: bool,
    /// What is ours alone; none of it is listed to those who only look on.
    pub privileged: Option<Privileged>,
    /// Put away: lists leave it out.
    pub archived: bool,
    /// Our people.
    pub participants: Vec<Participant>,
}

/// What is ours alone.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Privileged {
    /// When the boss is to be reminded next.
    pub due: Option<Timestamp>,
    /// Questions that wait for the boss.
    pub questions: u32,
    /// By when the most pressing needs its answer.
    pub needed_by: Option<Timestamp>,
    /// The plan that the last advice taken recommends.
    pub plan: Option<PlanId>,
    /// What bringing the boss in was worth in it against the best of the others, in money; negative where it costs.
    pub boss_now: Option<Amount>,
    /// How it is stuck.
    pub impasse: Option<String>,
}

impl From<summary::Summary> for Summary {
    fn from(summary: summary::Summary) -> Self {
        let summary::Summary {
            title,
            counterpart,
            role,
            currency,
            phase,
            version,
            opened_at,
            changed_at,
            appearances,
            calls,
            ours,
            theirs,
            boss_called,
            privileged,
            archived,
            participants,
        } = summary;
        Self {
            title,
            counterpart,
            role,
            currency,
            phase,
            version,
            opened_at,
            changed_at,
            appearances,
            calls,
            ours,
            theirs,
            boss_called,
            privileged: privileged.map(Into::into),
            archived,
            participants,
        }
    }
}

impl From<summary::Privileged> for Privileged {
    fn from(privileged: summary::Privileged) -> Self {
        let summary::Privileged { due, questions, needed_by, plan, boss_now, impasse } = privileged;
        Self { due, questions, needed_by, plan, boss_now, impasse }
    }
}
