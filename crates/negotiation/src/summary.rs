//! What is listed of a negotiation without reading its whole record.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Version;
use crate::guidance::Request;
use crate::party::{Participant, Role};
use crate::precedent::Event;
use crate::state::{Negotiation, Phase};

/// A negotiation in a few fields, all of them known at the table but for `due`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    /// What it is called.
    pub title: String,
    /// With whom.
    pub counterpart: String,
    /// What we do.
    pub role: Role,
    /// ISO 4217 code.
    pub currency: String,
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
    /// When the boss is to be reminded next.
    pub due: Option<Timestamp>,
    /// Our people.
    pub participants: Vec<Participant>,
}

impl Summary {
    /// Of a negotiation that was opened; `None` of any other.
    pub fn of(negotiation: &Negotiation) -> Option<Self> {
        let opening = negotiation.opening.as_ref()?;
        let (first, last) = (negotiation.history.first()?, negotiation.history.last()?);
        let events = negotiation.events();
        let count = |which: fn(&Event) -> bool| events.iter().filter(|(.., event)| which(event)).count() as u32;
        let open = negotiation.requests.iter().filter(|_| negotiation.phase == Phase::Open);
        Some(Self {
            title: opening.title.clone(),
            counterpart: opening.counterpart.clone(),
            role: opening.role,
            currency: opening.currency.clone(),
            phase: negotiation.phase,
            version: negotiation.version,
            opened_at: first.at,
            changed_at: last.at,
            appearances: count(Event::is_appearance),
            calls: count(Event::is_call),
            due: open.filter_map(Request::reminder_due_at).min(),
            participants: negotiation.participants.values().cloned().collect(),
        })
    }

    /// What names the counterpart however it is written.
    pub fn counterpart_key(&self) -> String {
        counterpart_key(&self.counterpart)
    }
}

/// A counterpart's name without regard to case and spacing.
pub fn counterpart_key(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
