//! Why a wish was not granted. No amount is ever repeated: these texts may reach a log.

use std::fmt;

use bargain::sheet::check::SheetFault;
use jiff::civil::Date;
use terms::{Role, Scope};

use crate::Version;
use crate::authority::Lapse;
use crate::ladder::Gate;
use crate::mandate::Outside;

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// There is no such negotiation yet.
    NotOpened,
    /// It was opened before.
    AlreadyOpened,
    /// It is over.
    Over,
    /// It is not over yet.
    NotOver,
    /// A text that is needed is empty.
    Empty(&'static str),
    /// A text holds a character that nobody writes, such as NUL.
    Control,
    /// A range runs the wrong way.
    Unordered(&'static str),
    /// The target is no better than walking away.
    TargetNotBetter(Role),
    /// The boss's limit leaves less room than what the negotiator may sign.
    BossNarrower,
    /// An amount that can't be.
    Impossible(&'static str),
    /// An offer of ours, or an agreement, lies outside the mandate.
    OutsideMandate {
        /// In what ways.
        outside: Vec<Outside>,
        /// Leave that was given for it and counts no more.
        lapsed: Vec<Lapse>,
    },
    /// There is no such question, or it is closed.
    NoSuchRequest(Version),
    /// A time that should lie ahead is past.
    Past(&'static str),
    /// A day lies ahead, and the record holds what has happened.
    Ahead,
    /// It has no day but today.
    NoDay,
    /// An entry is moved to a day after it was recorded.
    AfterRecording,
    /// An end that is dated before something else at the table.
    NotTheLast {
        /// The entry that happened later.
        version: Version,
        /// When that was.
        on: Date,
    },
    /// Our boss has not consented to be named.
    NoConsent,
    /// A proposal is on its way already.
    ProposalPending,
    /// No proposal waits for an answer.
    NoProposal,
    /// Rungs below were not tried.
    Untried(Gate),
    /// Our boss is in the room already.
    BossIn,
    /// Our boss is not in the room.
    BossNotIn,
    /// Nobody has called for our boss.
    NotCalled,
    /// It is so already.
    NothingToDo,
    /// An entry that can't be undone any more.
    NotUndone(Version),
    /// There is no entry of that version, or it can't be corrected so.
    NoSuchEntry(Version),
    /// A negotiation keeps at least one negotiator.
    LastNegotiator,
    /// Nobody of that name takes part.
    NoSuchParticipant,
    /// One changes one's own part.
    OwnPart,
    /// There is no impasse to resolve.
    NoImpasse,
    /// The issue sheet can't be, for all these reasons.
    UnsoundSheet(Vec<SheetFault>),
    /// Only the boss may do so.
    BossAlone(&'static str),
    /// What whoever acts came in with does not reach so far, though their part would.
    OutOfReach {
        /// What they want to do.
        what: &'static str,
        /// How far it would have to reach.
        scope: Scope,
    },
    /// A text for the counterpart names an amount that is ours alone.
    GivesAway(&'static str),
}

impl Rejection {
    /// A word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotOpened => "not_opened",
            Self::AlreadyOpened => "already_opened",
            Self::Over => "over",
            Self::NotOver => "not_over",
            Self::Empty(_) => "empty",
            Self::Control => "control_character",
            Self::Unordered(_) => "unordered",
            Self::TargetNotBetter(_) => "target_not_better",
            Self::BossNarrower => "boss_narrower",
            Self::Impossible(_) => "impossible",
            Self::OutsideMandate { .. } => "outside_mandate",
            Self::NoSuchRequest(_) => "no_such_request",
            Self::Past(_) => "past",
            Self::Ahead => "ahead",
            Self::NoDay => "no_day",
            Self::AfterRecording => "after_recording",
            Self::NotTheLast { .. } => "not_the_last",
            Self::NoConsent => "no_consent",
            Self::ProposalPending => "proposal_pending",
            Self::NoProposal => "no_proposal",
            Self::Untried(_) => "untried",
            Self::BossIn => "boss_in",
            Self::BossNotIn => "boss_not_in",
            Self::NotCalled => "not_called",
            Self::NothingToDo => "nothing_to_do",
            Self::NotUndone(_) => "not_undone",
            Self::NoSuchEntry(_) => "no_such_entry",
            Self::LastNegotiator => "last_negotiator",
            Self::NoSuchParticipant => "no_such_participant",
            Self::OwnPart => "own_part",
            Self::NoImpasse => "no_impasse",
            Self::UnsoundSheet(_) => "unsound_sheet",
            Self::BossAlone(_) => "boss_alone",
            Self::OutOfReach { .. } => "out_of_reach",
            Self::GivesAway(_) => "gives_away",
        }
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOpened => write!(f, "there is no such negotiation; open it first"),
            Self::AlreadyOpened => write!(f, "the negotiation is open already"),
            Self::Over => write!(f, "the negotiation is over; correct its end if it was recorded by mistake"),
            Self::NotOver => write!(f, "the negotiation is not over; record how it ended first"),
            Self::Empty(what) => write!(f, "{what} is empty; put it in words"),
            Self::Unordered(what) => write!(f, "{what} runs the wrong way; give low, likely, high in that order"),
            Self::TargetNotBetter(Role::Seller) => {
                write!(
                    f,
                    "you sell, so the target must be above the walk-away; check both, and the side that you are on"
                )
            }
            Self::TargetNotBetter(Role::Buyer) => {
                write!(
                    f,
                    "you buy, so the target must be under the walk-away; check both, and the side that you are on"
                )
            }
            Self::BossNarrower => {
                write!(
                    f,
                    "the boss's limit leaves less room than what you may sign; a boss may go at least as far: check both"
                )
            }
            Self::Control => {
                write!(
                    f,
                    "a text holds a control character, such as NUL; take it out: only tabs and ends of lines may stand in one"
                )
            }
            Self::Impossible(what) => write!(f, "{what} can't be; check sign and order"),
            Self::OutsideMandate { outside, lapsed } => {
                let outside: Vec<String> = outside.iter().map(ToString::to_string).collect();
                write!(f, "{}; ", outside.join(", "))?;
                for lapse in lapsed {
                    write!(f, "{lapse}; ")?;
                }
                let again = if lapsed.is_empty() { "ask guidance" } else { "ask anew" };
                write!(f, "{again} on that point, have the boss record it, or say why you go on")
            }
            Self::NoSuchRequest(version) => write!(f, "no open question has number {version}"),
            Self::Past(what) => write!(f, "{what} is past; give a time ahead"),
            Self::Ahead => write!(f, "the day lies ahead; give the day on which it happened, today at the latest"),
            Self::NoDay => {
                write!(f, "who takes part, what is prepared and what is put away are as of today; leave the day out")
            }
            Self::AfterRecording => {
                write!(f, "nothing happens after it was recorded; strike the entry out, and record it anew on its day")
            }
            Self::NotTheLast { version, on } => write!(
                f,
                "entry {version} happened later, on {}; give a later day for the end, or correct that entry",
                on.strftime("%-d %b %Y")
            ),
            Self::NoConsent => {
                write!(f, "the boss has not consented to be named, so the proposal would be a bluff; ask for it")
            }
            Self::ProposalPending => write!(f, "a proposal waits for their answer; record that first"),
            Self::NoProposal => write!(f, "no proposal waits for an answer"),
            Self::Untried(gate) => {
                let untried: Vec<String> = gate
                    .below
                    .iter()
                    .filter(|trial| !trial.tried)
                    .map(|trial| format!("{} ({})", trial.rung, trial.evidence))
                    .collect();
                write!(f, "{} comes after: {}; or say why you go on", gate.rung, untried.join("; "))
            }
            Self::BossIn => write!(f, "the boss is in the room already"),
            Self::BossNotIn => write!(f, "the boss is not in the room"),
            Self::NotCalled => write!(f, "nobody has called for the boss; record that first"),
            Self::NothingToDo => write!(f, "it is so already"),
            Self::NotUndone(version) => write!(
                f,
                "entry {version} can't be undone: within ten minutes whoever recorded an entry may, unless it was acted upon; \
                 strike it out for a reason instead"
            ),
            Self::NoSuchEntry(version) => write!(
                f,
                "entry {version} is none that can be corrected so: what was granted, answered, named or advised stands, and a \
                 new entry follows it; give the number of another, or the same kind of fact instead"
            ),
            Self::LastNegotiator => write!(f, "a negotiation keeps at least one negotiator; name another first"),
            Self::NoSuchParticipant => write!(f, "nobody of that name takes part"),
            Self::OwnPart => write!(f, "nobody gives themselves another part; let somebody else do it"),
            Self::NoImpasse => write!(f, "no impasse is noted"),
            Self::UnsoundSheet(faults) => {
                let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
                write!(f, "the issue sheet can't be: {}", faults.join("; "))
            }
            Self::OutOfReach { what, scope } => write!(
                f,
                "{what} wants a token of scope `{}`; sign in yourself, or use a token that reaches so far",
                scope.key()
            ),
            Self::BossAlone(what) => write!(f, "{what} is the boss's alone; have the boss do it"),
            Self::GivesAway(what) => {
                write!(f, "{what} names an amount that is ours alone; the counterpart reads it, so take the amount out")
            }
        }
    }
}

impl std::error::Error for Rejection {}
