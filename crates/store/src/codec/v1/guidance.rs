//! Questions to the boss and answers, as format 1 stores them.

use jiff::Timestamp;
use negotiation::guidance as domain;
use serde::{Deserialize, Serialize};
use terms::Amount;

use super::mandate::Mandate;
use super::offer::Term;

/// One point on which guidance is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    pub point: Point,
    pub recommendation: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    pub needed_by: Timestamp,
    pub otherwise: String,
}

/// The point itself: what is proposed, and what it was before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "on")]
pub enum Point {
    Price { to: Amount },
    Term { name: String, to: Term },
}

/// The boss's answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "answer")]
pub enum Answer {
    Approve,
    ApproveIf { conditions: String },
    ChangeLimit { mandate: Mandate },
    Refuse { reason: String },
    CallMe,
}

impl From<domain::Question> for Question {
    fn from(question: domain::Question) -> Self {
        let domain::Question { point, recommendation, options, needed_by, otherwise } = question;
        Self { point: point.into(), recommendation, options, needed_by, otherwise }
    }
}

impl From<Question> for domain::Question {
    fn from(question: Question) -> Self {
        let Question { point, recommendation, options, needed_by, otherwise } = question;
        Self { point: point.into(), recommendation, options, needed_by, otherwise }
    }
}

impl From<domain::Point> for Point {
    fn from(point: domain::Point) -> Self {
        match point {
            domain::Point::Price { to } => Self::Price { to },
            domain::Point::Term { name, to } => Self::Term { name, to: to.into() },
        }
    }
}

impl From<Point> for domain::Point {
    fn from(point: Point) -> Self {
        match point {
            Point::Price { to } => Self::Price { to },
            Point::Term { name, to } => Self::Term { name, to: to.into() },
        }
    }
}

impl From<domain::Answer> for Answer {
    fn from(answer: domain::Answer) -> Self {
        match answer {
            domain::Answer::Approve => Self::Approve,
            domain::Answer::ApproveIf { conditions } => Self::ApproveIf { conditions },
            domain::Answer::ChangeLimit { mandate } => Self::ChangeLimit { mandate: mandate.into() },
            domain::Answer::Refuse { reason } => Self::Refuse { reason },
            domain::Answer::CallMe => Self::CallMe,
        }
    }
}

impl From<Answer> for domain::Answer {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::Approve => Self::Approve,
            Answer::ApproveIf { conditions } => Self::ApproveIf { conditions },
            Answer::ChangeLimit { mandate } => Self::ChangeLimit { mandate: mandate.into() },
            Answer::Refuse { reason } => Self::Refuse { reason },
            Answer::CallMe => Self::CallMe,
        }
    }
}
