//! Who may do what in a negotiation: one table, looked up in one place.

use terms::Scope;

use crate::party::Part;

/// A kind of act, as far as permission goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Act {
    /// See what is at the table.
    See,
    /// See what is privileged. An observer must be named for it.
    SeePrivileged,
    /// Say who takes part.
    Name,
    /// Prepare, offer, note, propose, take advice: the negotiator's own work.
    Negotiate,
    /// Ask guidance.
    Ask,
    /// Answer guidance, and grant or end mandates.
    Authorize,
    /// Let oneself be named in a proposal, join, decline, hand back.
    ActAsBoss,
    /// Record that the boss came in, was called for, or handed back.
    RecordBoss,
}

impl Act {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::See,
        Self::SeePrivileged,
        Self::Name,
        Self::Negotiate,
        Self::Ask,
        Self::Authorize,
        Self::ActAsBoss,
        Self::RecordBoss,
    ];
}

/// Whether one who takes part as `part`, and is named to be `privy`, may do `act`. Nobody else may do anything.
pub fn allows(part: Part, privy: bool, act: Act) -> bool {
    match (part, act) {
        (Part::Observer, Act::SeePrivileged) => privy,
        (Part::Observer, act) => act == Act::See,
        (Part::Negotiator, Act::Authorize | Act::ActAsBoss) => false,
        (Part::Negotiator | Part::Boss, _) => true,
    }
}

/// Whether somebody who came with `scopes` may do `act`, as far as those go. A password brings all of them.
pub fn within(scopes: &[Scope], act: Act) -> bool {
    let least = match act {
        Act::See | Act::SeePrivileged => Scope::Read,
        Act::Name | Act::Negotiate | Act::Ask | Act::RecordBoss => Scope::Write,
        Act::Authorize | Act::ActAsBoss => Scope::Authorize,
    };
    scopes.iter().any(|&scope| scope != Scope::Admin && scope >= least)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_as_written() {
        use Part::{Boss, Negotiator, Observer};
        // See, privileged, name, negotiate, ask, authorize, act as boss, record the boss.
        let table = [
            (Negotiator, false, [true, true, true, true, true, false, false, true]),
            (Negotiator, true, [true, true, true, true, true, false, false, true]),
            (Boss, false, [true; 8]),
            (Boss, true, [true; 8]),
            (Observer, false, [true, false, false, false, false, false, false, false]),
            (Observer, true, [true, true, false, false, false, false, false, false]),
        ];
        for (part, privy, row) in table {
            for (act, want) in Act::ALL.into_iter().zip(row) {
                assert_eq!(allows(part, privy, act), want, "{part:?}, privy {privy}: {act:?}");
            }
        }
    }

    #[test]
    fn a_scope_reaches_as_far_as_written() {
        // See, privileged, name, negotiate, ask, authorize, act as boss, record the boss.
        let table = [
            (Scope::Read, [true, true, false, false, false, false, false, false]),
            (Scope::Write, [true, true, true, true, true, false, false, true]),
            (Scope::Authorize, [true; 8]),
            (Scope::Admin, [false; 8]),
        ];
        for (scope, row) in table {
            for (act, want) in Act::ALL.into_iter().zip(row) {
                assert_eq!(within(&[scope], act), want, "{scope:?}: {act:?}");
            }
        }
        assert!(!within(&[], Act::See));
        assert!(within(&[Scope::Admin, Scope::Read], Act::See));
    }
}
