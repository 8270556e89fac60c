//! The precedent ledger of one counterpart (P5, P6): every appearance of our boss, every call for one, and what they
//! cost.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use terms::Amount;

use crate::Version;
use crate::fact::Fact;
use crate::proposal::Outcome;
use crate::state::Negotiation;

/// A line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    /// The negotiation, by its id.
    pub negotiation: String,
    /// The entry.
    pub version: Version,
    /// When.
    pub at: Timestamp,
    /// What.
    pub event: Event,
}

/// What a line tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Event {
    /// Our boss came in alone; what the precedent was said to cost.
    Appeared {
        /// Said beforehand, where an advice was at hand.
        cost: Option<Amount>,
    },
    /// Both bosses came in.
    BothAppeared,
    /// They asked for our boss.
    AskedFor,
    /// They went to our boss directly.
    Contacted,
    /// Our boss was called for and declined.
    Declined,
    /// Our boss handed the channel back.
    HandedBack,
}

/// The ledger of a counterpart, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PrecedentLedger {
    /// Its lines.
    pub lines: Vec<Line>,
}

impl PrecedentLedger {
    /// From the records of all negotiations with one counterpart.
    pub fn of<'a>(records: impl IntoIterator<Item = (&'a str, &'a Negotiation)>) -> Self {
        let line = |id: &str, (version, at, event)| Line { negotiation: id.to_owned(), version, at, event };
        let mut lines: Vec<Line> = records
            .into_iter()
            .flat_map(|(id, negotiation)| negotiation.events().into_iter().map(move |event| line(id, event)))
            .collect();
        lines.sort_by(|a, b| (a.at, &a.negotiation, a.version).cmp(&(b.at, &b.negotiation, b.version)));
        Self { lines }
    }

    /// Times that our boss came in, alone or with theirs.
    pub fn appearances(&self) -> usize {
        self.lines.iter().filter(|line| line.event.is_appearance()).count()
    }

    /// Times that they called for our boss, by asking or by going round the negotiator.
    pub fn calls(&self) -> usize {
        self.lines.iter().filter(|line| line.event.is_call()).count()
    }
}

impl Event {
    /// Our boss came in, alone or with theirs.
    pub fn is_appearance(&self) -> bool {
        matches!(self, Self::Appeared { .. } | Self::BothAppeared)
    }

    /// They called for our boss, by asking or by going round the negotiator.
    pub fn is_call(&self) -> bool {
        matches!(self, Self::AskedFor | Self::Contacted)
    }

    fn of(fact: &Fact) -> Option<Self> {
        Some(match fact {
            Fact::BossJoined { price, .. } | Fact::HandedOver { price, .. } => {
                Self::Appeared { cost: price.as_ref().map(|price| price.precedent) }
            }
            Fact::BothBossesAnswered { outcome: Outcome::Accepted } => Self::BothAppeared,
            Fact::BossAskedFor { .. } => Self::AskedFor,
            Fact::BossContacted { .. } => Self::Contacted,
            Fact::BossDeclined { .. } => Self::Declined,
            Fact::BossHandedBack { .. } => Self::HandedBack,
            Fact::BothBossesAnswered {
                outcome: Outcome::Unlocked | Outcome::Declined | Outcome::Ignored | Outcome::Backlash,
            }
            | Fact::Opened(_)
            | Fact::Joined(_)
            | Fact::Left { .. }
            | Fact::Prepared(_)
            | Fact::IssuesPrepared { .. }
            | Fact::MandateGranted { .. }
            | Fact::MandateEnded { .. }
            | Fact::Offered(_)
            | Fact::MandateExceeded { .. }
            | Fact::GuidanceAsked { .. }
            | Fact::GuidanceReminded { .. }
            | Fact::GuidanceAnswered { .. }
            | Fact::GuidanceVoided { .. }
            | Fact::BriefSent { .. }
            | Fact::ImpasseNoted { .. }
            | Fact::ImpasseResolved
            | Fact::BossConsented { .. }
            | Fact::ConsentWithdrawn
            | Fact::BothBossesProposed { .. }
            | Fact::VisitPlanned { .. }
            | Fact::VisitHeld { .. }
            | Fact::VisitDebriefed { .. }
            | Fact::MessageChecked { .. }
            | Fact::AdviceTaken(_)
            | Fact::Agreed { .. }
            | Fact::WalkedAway { .. }
            | Fact::Closed { .. }
            | Fact::Reopened { .. }
            | Fact::Archived
            | Fact::Restored
            | Fact::Reviewed { .. }
            | Fact::Corrected { .. } => return None,
        })
    }
}

impl Negotiation {
    /// The lines that this negotiation gives to the precedent ledger, as corrected.
    pub fn events(&self) -> Vec<(Version, Timestamp, Event)> {
        let placed = self.in_order().into_iter();
        placed.filter_map(|one| Some((one.entry.version, one.moment, Event::of(one.says?)?))).collect()
    }
}

/// Three lines that hand the channel back, to be edited.
pub fn hand_back_reply(title: &str, negotiator: &str) -> String {
    format!(
        "Thank you for writing to me about {title}.\n\
         {negotiator} has my full confidence and speaks for us in this.\n\
         I have passed your note on; please take it up there."
    )
}
