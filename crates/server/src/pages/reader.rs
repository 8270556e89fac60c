//! Who reads a page, so that it speaks to them: the boss is "you" to themselves, and "your boss" to everybody else.

use app::{Principal, Rights};
use negotiation::Negotiation;
use negotiation::access::Act;
use negotiation::party::Part;

/// Whoever reads a page of a negotiation.
#[derive(Clone)]
pub(super) struct Reader {
    rights: Rights,
    negotiators: String,
}

impl Reader {
    pub fn of(negotiation: &Negotiation, who: &Principal) -> Self {
        let negotiators = negotiation.participants.values().filter(|one| one.part == Part::Negotiator);
        let names: Vec<&str> = negotiators.map(|one| one.user.0.as_str()).collect();
        Self { rights: Rights::of(negotiation, who), negotiators: names.join(" and ") }
    }

    /// Whether they take part as a boss.
    pub fn is_boss(&self) -> bool {
        self.rights.is_boss()
    }

    /// Whether they may do an act here.
    pub fn may(&self, act: Act) -> bool {
        self.rights.may(act)
    }

    /// Who negotiates, by name.
    pub fn negotiators(&self) -> &str {
        &self.negotiators
    }

    /// The boss, after "for" or "to".
    pub fn boss(&self) -> &'static str {
        if self.is_boss() { "you" } else { "your boss" }
    }

    /// The boss declines, after "that".
    pub fn boss_declines(&self) -> &'static str {
        if self.is_boss() { "you decline" } else { "the boss declines" }
    }
}
