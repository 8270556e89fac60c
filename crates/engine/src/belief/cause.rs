//! Why they do not come to where we need them.

use terms::Cause;

use crate::assumption::Name;
use crate::counterpart::{Counterpart, Mind};
use crate::prior::Values;

/// The least that we may accept, at the middle of what is known: what our boss allows where that is `opened` to us, else
/// what we may do unasked; and never more than we have `asked` for.
pub fn needed(medians: &Values, opened: bool, asked: Option<f64>) -> f64 {
    let least = medians[Name::WalkAway];
    let own = medians[Name::Authority].max(least);
    let needed = if opened { medians[Name::BossLimit].max(least).min(own) } else { own };
    asked.map_or(needed, |asked| needed.min(asked))
}

/// Why a counterpart does not come to `needed`, our floor; `None` when nothing is in the way.
pub fn cause_of(counterpart: &Counterpart, mind: &Mind, frozen: bool, needed: f64) -> Option<Cause> {
    if counterpart.limit < needed {
        Some(Cause::AtTheirLimit)
    } else if frozen {
        Some(Cause::Relationship)
    } else if mind.authority < needed {
        Some(Cause::OutOfAuthority)
    } else if mind.aim(counterpart) < needed {
        Some(Cause::HoldingOut)
    } else {
        None
    }
}
