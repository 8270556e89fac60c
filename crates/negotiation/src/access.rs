//! Who may do what in a negotiation: one table, looked up in one place.
//!
//! Power follows the part *and* what somebody came in with: a boss's token that was made for the negotiator's own work does no
//! more than that. [`judged`] is the one place where both are asked.

use terms::Scope;

use crate::party::{Part, Participant, User};
use crate::state::Negotiation;

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
    /// Write down, or take back, what a boss said who takes no part; once one does, it is theirs.
    Tell,
    /// Name a boss, or change the part of one. The first is named by whoever negotiates.
    NameBoss,
    /// Settle what the mandate does not cover, with no reason given.
    Exceed,
    /// Correct that the boss came in.
    CorrectBoss,
}

impl Act {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::See,
        Self::SeePrivileged,
        Self::Name,
        Self::Negotiate,
        Self::Ask,
        Self::Authorize,
        Self::ActAsBoss,
        Self::RecordBoss,
        Self::Tell,
        Self::NameBoss,
        Self::Exceed,
        Self::CorrectBoss,
    ];
}

/// Whoever acts: who they are, and how far what they came in with reaches.
#[derive(Clone, Copy, Debug)]
pub struct Hand<'a> {
    /// Who.
    pub user: &'a User,
    /// How far.
    pub scopes: &'a [Scope],
}

impl<'a> From<&'a User> for Hand<'a> {
    /// In person, as by a password: as far as their part goes.
    fn from(user: &'a User) -> Self {
        Self { user, scopes: Scope::ALL }
    }
}

/// Somebody in a negotiation, as far as permission is judged by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// As what they take part; `None` for those who don't.
    pub part: Option<Part>,
    /// Whether they are named to see what is privileged.
    pub privy: bool,
    /// Whether a boss takes part.
    pub has_boss: bool,
}

impl Standing {
    /// How somebody stands in a negotiation.
    pub fn of(negotiation: &Negotiation, user: &User) -> Self {
        let participant = negotiation.participants.get(user);
        Self {
            part: participant.map(|one| one.part),
            privy: participant.is_some_and(|one: &Participant| one.privy),
            has_boss: negotiation.has_boss(),
        }
    }
}

/// Why somebody may not do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denied {
    /// They take no part.
    Outside,
    /// Their part does not let them.
    Part,
    /// What they came in with does not reach so far: it would have to reach as far as this.
    Reach(Scope),
}

/// Whether one who stands so, and came in with `scopes`, may do `act`. Everybody who asks, asks here.
pub fn judged(standing: Standing, scopes: &[Scope], act: Act) -> Result<(), Denied> {
    let part = standing.part.ok_or(Denied::Outside)?;
    if !allows(part, standing.privy, standing.has_boss, act) {
        return Err(Denied::Part);
    }
    let least = least(standing.has_boss, act);
    if reaches(scopes, least) { Ok(()) } else { Err(Denied::Reach(least)) }
}

/// Whether one who takes part as `part`, and is named to be `privy`, may do `act` in a negotiation with or without a boss. Nobody
/// else may do anything.
fn allows(part: Part, privy: bool, has_boss: bool, act: Act) -> bool {
    match (part, act) {
        (Part::Observer, Act::SeePrivileged) => privy,
        (Part::Observer, act) => act == Act::See,
        (Part::Negotiator, Act::Authorize | Act::ActAsBoss | Act::Exceed | Act::CorrectBoss) => false,
        (Part::Negotiator, Act::Tell | Act::NameBoss) => !has_boss,
        (Part::Negotiator | Part::Boss, _) => true,
    }
}

/// How far one must have come in, at least, to do `act`.
fn least(has_boss: bool, act: Act) -> Scope {
    match act {
        Act::See | Act::SeePrivileged => Scope::Read,
        // What a boss said who takes no part is written down by whoever negotiates, with any key of theirs: it is marked as told.
        Act::Name | Act::Negotiate | Act::Ask | Act::RecordBoss | Act::Tell => Scope::Write,
        Act::Authorize | Act::ActAsBoss | Act::Exceed | Act::CorrectBoss => Scope::Authorize,
        Act::NameBoss if has_boss => Scope::Authorize,
        Act::NameBoss => Scope::Write,
    }
}

/// Whether somebody who came with `scopes` may do `act`, as far as those go, in a negotiation that is none yet or none in
/// particular. A password brings all of them.
pub fn within(scopes: &[Scope], act: Act) -> bool {
    reaches(scopes, least(true, act))
}

fn reaches(scopes: &[Scope], least: Scope) -> bool {
    scopes.iter().any(|&scope| scope != Scope::Admin && scope >= least)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCOPES: [Scope; 4] = [Scope::Read, Scope::Write, Scope::Authorize, Scope::Admin];

    /// Part, privy, and whether a boss takes part; then for each act the least scope, or `-` for never:
    /// see, privileged, name, negotiate, ask, authorize, act as boss, record the boss, tell, name a boss, exceed, correct the boss.
    const TABLE: [(Option<Part>, bool, bool, &str); 10] = [
        (Some(Part::Negotiator), false, false, "r r w w w - - w w w - -"),
        (Some(Part::Negotiator), true, false, "r r w w w - - w w w - -"),
        (Some(Part::Negotiator), false, true, "r r w w w - - w - - - -"),
        (Some(Part::Negotiator), true, true, "r r w w w - - w - - - -"),
        (Some(Part::Boss), false, true, "r r w w w a a w w a a a"),
        (Some(Part::Boss), true, true, "r r w w w a a w w a a a"),
        (Some(Part::Observer), false, true, "r - - - - - - - - - - -"),
        (Some(Part::Observer), true, false, "r r - - - - - - - - - -"),
        (Some(Part::Observer), true, true, "r r - - - - - - - - - -"),
        (None, true, true, "- - - - - - - - - - - -"),
    ];

    #[test]
    fn the_table_of_part_scope_act_and_state_is_as_written() {
        for (part, privy, has_boss, row) in TABLE {
            let standing = Standing { part, privy, has_boss };
            let row: Vec<&str> = row.split(' ').collect();
            assert_eq!(row.len(), Act::ALL.len());
            for (act, want) in Act::ALL.into_iter().zip(row) {
                let want = ["r", "w", "a"].iter().position(|&letter| letter == want).map(|index| SCOPES[index]);
                assert!(judged(standing, &[], act).is_err(), "without a scope: {standing:?}, {act:?}");
                for scope in SCOPES {
                    let may = want.is_some_and(|least| scope != Scope::Admin && scope >= least);
                    let judged = judged(standing, &[scope], act);
                    assert_eq!(judged.is_ok(), may, "{standing:?}, {scope:?}: {act:?} is {judged:?}");
                    let reason = match (part, want) {
                        (None, _) => Some(Denied::Outside),
                        (_, None) => Some(Denied::Part),
                        (_, Some(least)) => (!may).then_some(Denied::Reach(least)),
                    };
                    assert_eq!(judged.err(), reason, "{standing:?}, {scope:?}: {act:?}");
                }
            }
        }
    }

    #[test]
    fn a_scope_adds_to_another_and_admin_adds_nothing() {
        assert!(!within(&[], Act::See));
        assert!(!within(&[Scope::Admin], Act::See));
        assert!(within(&[Scope::Admin, Scope::Read], Act::See));
        assert!(within(&[Scope::Read, Scope::Authorize], Act::Negotiate));
    }
}
