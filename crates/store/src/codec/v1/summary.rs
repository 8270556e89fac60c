//! What is listed of a negotiation, as it is stored. It follows from the entries, and is held against them to the letter.

use jiff::Timestamp;
use negotiation::summary as domain;
use serde::{Deserialize, Serialize};
use terms::{Amount, Currency, PlanId, Role};

use super::people::Participant;

/// A negotiation in a few fields: those known at the table, and what is ours alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    pub title: String,
    pub counterpart: String,
    pub role: Role,
    #[serde(deserialize_with = "terms::recorded")]
    pub currency: Currency,
    pub phase: Phase,
    pub version: u64,
    pub opened_at: Timestamp,
    pub changed_at: Timestamp,
    pub appearances: u32,
    pub calls: u32,
    pub ours: Option<Amount>,
    pub theirs: Option<Amount>,
    pub boss_called: bool,
    pub privileged: Option<Privileged>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub archived: bool,
    pub participants: Vec<Participant>,
}

/// What is ours alone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Privileged {
    pub due: Option<Timestamp>,
    pub questions: u32,
    pub needed_by: Option<Timestamp>,
    pub plan: Option<PlanId>,
    pub boss_now: Option<Amount>,
    pub impasse: Option<String>,
}

/// How far a negotiation has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    #[default]
    Unopened,
    Open,
    Agreed,
    WalkedAway,
    Closed,
}

impl From<domain::Summary> for Summary {
    fn from(summary: domain::Summary) -> Self {
        let domain::Summary {
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
            phase: phase.into(),
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
            participants: participants.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Summary> for domain::Summary {
    fn from(summary: Summary) -> Self {
        let Summary {
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
            phase: phase.into(),
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
            participants: participants.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<domain::Privileged> for Privileged {
    fn from(privileged: domain::Privileged) -> Self {
        let domain::Privileged { due, questions, needed_by, plan, boss_now, impasse } = privileged;
        Self { due, questions, needed_by, plan, boss_now, impasse }
    }
}

impl From<Privileged> for domain::Privileged {
    fn from(privileged: Privileged) -> Self {
        let Privileged { due, questions, needed_by, plan, boss_now, impasse } = privileged;
        Self { due, questions, needed_by, plan, boss_now, impasse }
    }
}

impl From<negotiation::Phase> for Phase {
    fn from(phase: negotiation::Phase) -> Self {
        match phase {
            negotiation::Phase::Unopened => Self::Unopened,
            negotiation::Phase::Open => Self::Open,
            negotiation::Phase::Agreed => Self::Agreed,
            negotiation::Phase::WalkedAway => Self::WalkedAway,
            negotiation::Phase::Closed => Self::Closed,
        }
    }
}

impl From<Phase> for negotiation::Phase {
    fn from(phase: Phase) -> Self {
        match phase {
            Phase::Unopened => Self::Unopened,
            Phase::Open => Self::Open,
            Phase::Agreed => Self::Agreed,
            Phase::WalkedAway => Self::WalkedAway,
            Phase::Closed => Self::Closed,
        }
    }
}
