//! Why they do not come to where we need them.

use terms::Cause;

use crate::counterpart::{Counterpart, Mind};

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
