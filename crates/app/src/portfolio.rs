//! The portfolio: each negotiation of a list with what is known of it at the moment. Nothing is waited for: a first answer that is
//! not at hand is computed behind, for whoever looks next.

use std::sync::Arc;

use engine::advice::Advice;
use jiff::Timestamp;
use negotiation::view::Sight;
use negotiation::{Negotiation, Phase};
use store::Listed;
use terms::NextActKind;

use crate::accounts::Principal;
use crate::answers::First;
use crate::desk::{Desk, Seen};
use crate::error::Error;
use crate::latest::key_of;

/// A negotiation in a list.
#[derive(Clone, Debug)]
pub struct InList {
    /// As it is listed.
    pub listed: Listed,
    /// How much of it is seen.
    pub sight: Sight,
    /// As far as it is seen.
    pub negotiation: Negotiation,
    /// The advice on it, as far as that is known.
    pub advice: Known,
}

/// How far the advice on a negotiation in a list is known.
#[derive(Clone, Debug)]
pub enum Known {
    /// None is due, or none is for whoever looks.
    NotHere,
    /// Too little is on record for one.
    Lacks,
    /// It is being computed.
    Working,
    /// The first answer.
    First(First),
    /// All of it.
    Whole(Arc<Advice>),
}

impl Known {
    /// Whether there is something to do while the boss is waited for.
    pub fn acts_meanwhile(&self) -> bool {
        matches!(self, Self::Whole(advice) if acts_meanwhile(advice))
    }
}

/// Whether an advice has something to do while the boss is waited for.
pub fn acts_meanwhile(advice: &Advice) -> bool {
    !matches!(advice.next_act.kind, NextActKind::Wait | NextActKind::AskBoss | NextActKind::Hold)
}

impl Desk {
    /// What is known of negotiations that were listed for `who`.
    pub async fn in_list(&self, who: &Principal, listed: Vec<Listed>, now: Timestamp) -> Result<Vec<InList>, Error> {
        let mut rows = Vec::with_capacity(listed.len());
        let mut wanted = Vec::new();
        for listed in listed {
            let negotiation = self.read(&listed.id).await?;
            let Some(Seen { sight, negotiation }) = Seen::of(negotiation, &who.user) else { continue };
            let mut advice = Known::NotHere;
            if sight == Sight::All && negotiation.phase == Phase::Open {
                advice = match self.case(&negotiation, &listed.id, now).await {
                    Ok(case) => match self.latest.at_hand(&listed.id, &case).await {
                        (_, Some(whole)) => Known::Whole(whole),
                        (Some(first), None) => Known::First(first),
                        (None, None) => {
                            wanted.push((key_of(&listed.id, &case), negotiation.version, case));
                            Known::Working
                        }
                    },
                    Err(Error::Missing(_) | Error::Faulty(_)) => Known::Lacks,
                    Err(error) => return Err(error),
                };
            }
            rows.push(InList { listed, sight, negotiation, advice });
        }
        self.latest.look_into(wanted);
        Ok(rows)
    }
}
