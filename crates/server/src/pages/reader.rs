//! Who reads a page, so that it speaks to them: the boss is "you" to themselves, and "your boss" to everybody else.

use app::Principal;
use negotiation::Negotiation;
use negotiation::access::{Act, allows};
use negotiation::party::{Part, Participant};

/// Whoever reads a page of a negotiation.
#[derive(Clone)]
pub(super) struct Reader {
    participant: Option<Participant>,
    negotiators: String,
}

impl Reader {
    pub fn of(negotiation: &Negotiation, who: &Principal) -> Self {
        let negotiators = negotiation.participants.values().filter(|one| one.part == Part::Negotiator);
        let names: Vec<&str> = negotiators.map(|one| one.user.0.as_str()).collect();
        let participant = negotiation.participants.get(&who.user).cloned();
        Self { participant, negotiators: names.join(" and ") }
    }

    /// Whether they take part as a boss.
    pub fn is_boss(&self) -> bool {
        self.participant.as_ref().is_some_and(|one| one.part == Part::Boss)
    }

    /// Whether they may do an act here.
    pub fn may(&self, act: Act) -> bool {
        self.participant.as_ref().is_some_and(|one| allows(one.part, one.privy, act))
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
