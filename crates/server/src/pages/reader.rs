//! Who reads a page, so that it speaks to them: the boss is "you" to themselves, and "your boss" to everybody else.

use app::{Principal, Rights};
use negotiation::Negotiation;
use negotiation::access::Act;
use negotiation::party::{Part, User};
use report::names;

/// How somebody may answer questions to the boss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answers {
    /// They are the boss.
    AsBoss,
    /// The boss takes no part, and they write down what they were told.
    AsTold,
}

/// Whoever reads a page of a negotiation.
#[derive(Clone)]
pub(super) struct Reader {
    rights: Rights,
    user: User,
    negotiators: String,
}

impl Reader {
    pub fn of(negotiation: &Negotiation, who: &Principal) -> Self {
        let negotiators = negotiation.participants.values().filter(|one| one.part == Part::Negotiator);
        let names: Vec<&str> = negotiators.map(|one| one.user.0.as_str()).collect();
        Self { rights: Rights::of(negotiation, who), user: who.user.clone(), negotiators: names.join(" and ") }
    }

    /// Who they are.
    pub fn user(&self) -> &User {
        &self.user
    }

    /// Whether they take part as a boss.
    pub fn is_boss(&self) -> bool {
        self.rights.is_boss()
    }

    /// How what an advice says of the boss is worded for them.
    pub fn worded(&self) -> names::Reader {
        if self.is_boss() { names::Reader::Boss } else { names::Reader::Negotiator }
    }

    /// Whether they may do an act here.
    pub fn may(&self, act: Act) -> bool {
        self.rights.may(act)
    }

    /// How they may answer questions to the boss: as the boss, or as told where no boss takes part.
    pub fn answers(&self, negotiation: &Negotiation) -> Option<Answers> {
        if self.may(Act::Authorize) {
            return Some(Answers::AsBoss);
        }
        (self.may(Act::Negotiate) && !negotiation.has_boss()).then_some(Answers::AsTold)
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
