//! The proposal to take it to both bosses (P13): neutral words, our boss's consent, a clock, and what came of it.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Version;

/// Words that both sides can stand behind. `{title}`, `{days}` and `{counterpart}` are filled in.
pub const NEUTRAL_WORDING: &str = "We have gone as far with {title} as the two of us can. I suggest that we each bring it \
to the person we report to, with the same short note on where we agree and where we do not, and meet again within \
{days} days. Would you be comfortable with that?";

/// Our boss's consent to be named in a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Consent {
    /// When it was given.
    pub given: Timestamp,
    /// Until when it holds; `None` until it is taken back.
    pub until: Option<Timestamp>,
}

impl Consent {
    /// Whether it holds at a moment.
    pub fn holds(&self, at: Timestamp) -> bool {
        at >= self.given && self.until.is_none_or(|until| at < until)
    }
}

/// What came of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// They moved, and no boss was needed.
    Unlocked,
    /// Both bosses meet.
    Accepted,
    /// They said no.
    Declined,
    /// They said nothing.
    Ignored,
    /// They took it as a threat.
    Backlash,
}

/// A proposal made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Proposed {
    /// The version of the entry that made it.
    pub id: Version,
    /// When.
    pub at: Timestamp,
    /// The words sent.
    pub wording: String,
    /// When an answer is due.
    pub answer_by: Timestamp,
    /// What came of it.
    pub outcome: Option<(Outcome, Timestamp)>,
    /// Our boss had to come in after it all the same.
    pub boss_came_after: bool,
}

impl Proposed {
    /// Answered, or not in time. One that still waits counts neither way.
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.outcome.is_some() || self.answer_by <= now
    }

    /// Whether the proposal alone unlocked it: they moved, and our boss never had to come.
    pub fn alone_unlocked(&self) -> bool {
        matches!(self.outcome, Some((Outcome::Unlocked, _))) && !self.boss_came_after
    }
}

/// The wording with its blanks filled in.
pub fn filled(template: &str, title: &str, counterpart: &str, days: i64) -> String {
    let days = days.to_string();
    template.replace("{title}", title).replace("{counterpart}", counterpart).replace("{days}", &days)
}
