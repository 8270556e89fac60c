//! Guidance: one point put to the boss in private, and a structured answer (P12).
//!
//! Silence never accepts: without an answer nothing changes. An answer was given for what was on the table then, and
//! is void once that has changed.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use terms::Amount;

use crate::Version;
use crate::mandate::Mandate;
use crate::offer::{Package, Term};
use crate::party::User;

/// One point on which guidance is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Question {
    /// The point.
    pub point: Point,
    /// What the negotiator recommends, and why.
    pub recommendation: String,
    /// What else could be done, in words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// When an answer is needed.
    pub needed_by: Timestamp,
    /// What happens without one. Never an acceptance.
    pub otherwise: String,
}

/// The point itself: what is proposed, and what it was before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "on")]
pub enum Point {
    /// To settle at a price as bad as this.
    Price {
        /// The price asked for.
        to: Amount,
    },
    /// To agree to a term.
    Term {
        /// The term.
        name: String,
        /// What it would be.
        to: Term,
    },
}

impl Point {
    /// Whether an offer of ours stays within what this point asks leave for, apart from the mandate.
    pub fn covers(&self, package: &Package, role: terms::Role) -> bool {
        match self {
            Self::Price { to } => !crate::mandate::is_worse(package.price, *to, role),
            Self::Term { name, to } => package.named(name).all(|offered| offered.is(to)),
        }
    }
}

/// The boss's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "answer")]
pub enum Answer {
    /// Go ahead.
    Approve,
    /// Go ahead if.
    ApproveIf {
        /// The conditions.
        conditions: String,
    },
    /// Here is another mandate.
    ChangeLimit {
        /// The mandate from now on.
        mandate: Mandate,
    },
    /// No.
    Refuse {
        /// Why.
        reason: String,
    },
    /// Let us talk first.
    CallMe,
}

impl Answer {
    /// Whether it lets the negotiator do what was asked.
    pub fn approves(&self) -> bool {
        matches!(self, Self::Approve | Self::ApproveIf { .. })
    }
}

/// A question on its way: asked, perhaps reminded of, answered, or void.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Request {
    /// The version of the entry that asked it; its name.
    pub id: Version,
    /// Who asked.
    pub by: User,
    /// When.
    pub at: Timestamp,
    /// What.
    pub question: Question,
    /// The counterpart's offer that stood then, by the version of its entry.
    pub about: Option<Version>,
    /// Reminders sent.
    pub reminders: u32,
    /// The answer, who recorded it and when it was given.
    pub answer: Option<(Answer, User, Timestamp)>,
    /// Until when an approval counts; `None` until something else ends it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// Who recorded the answer was told it by a boss who takes no part here.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub told: bool,
    /// Why it counts no more.
    pub void: Option<String>,
    /// Since when it counts no more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub void_since: Option<Timestamp>,
}

impl Request {
    /// Whether an answer is still waited for.
    pub fn is_open(&self) -> bool {
        self.answer.is_none() && self.void.is_none()
    }

    /// The point that the boss has let pass, whether that still counts or not.
    pub fn approved(&self) -> Option<&Point> {
        let approved = self.answer.as_ref().is_some_and(|(answer, ..)| answer.approves());
        approved.then_some(&self.question.point)
    }

    /// The point that the boss has let pass, where that counts at a moment.
    pub fn leave(&self, at: Timestamp) -> Option<&Point> {
        let counts = self.void.is_none() && self.until.is_none_or(|until| at < until);
        self.approved().filter(|_| counts)
    }

    /// On what the boss's leave depends.
    pub fn conditions(&self) -> Option<&str> {
        match &self.answer {
            Some((Answer::ApproveIf { conditions }, ..)) => Some(conditions),
            _ => None,
        }
    }

    /// When the next reminder is due, while an answer is waited for: as half of the time is gone, three quarters, and
    /// all of it. Then no more.
    pub fn reminder_due_at(&self) -> Option<Timestamp> {
        let time = self.question.needed_by.duration_since(self.at);
        let left = match self.reminders {
            0 => time / 2,
            1 => time / 4,
            2 => jiff::SignedDuration::ZERO,
            _ => return None,
        };
        self.is_open().then(|| self.question.needed_by - left)
    }

    /// Whether a reminder is due.
    pub fn reminder_due(&self, now: Timestamp) -> bool {
        self.reminder_due_at().is_some_and(|due| now >= due)
    }
}
