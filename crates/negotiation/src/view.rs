//! What each audience sees: the table for those who look on, the privileged besides for those named, nothing for
//! anybody else.

use terms::Scope;

use crate::access::{Act, Denied, Standing, judged};
use crate::fact::{Entry, Fact};
use crate::happening::Happening;
use crate::party::User;
use crate::state::Negotiation;

/// How much somebody sees of a negotiation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sight {
    /// Not even that it exists.
    Nothing,
    /// What the counterpart saw or did too.
    Table,
    /// All of it.
    All,
}

/// How much `user` sees.
pub fn sight(negotiation: &Negotiation, user: &User) -> Sight {
    match judged(Standing::of(negotiation, user), Scope::ALL, Act::SeePrivileged) {
        Ok(()) => Sight::All,
        Err(Denied::Outside) => Sight::Nothing,
        Err(Denied::Part | Denied::Reach(_)) => Sight::Table,
    }
}

/// The entries that `sight` allows, stripped of what is privileged within them. Who looks on sees entries as they have
/// been corrected, for the corrections themselves are ours.
pub fn entries(negotiation: &Negotiation, sight: Sight) -> Vec<Entry> {
    match sight {
        Sight::Nothing => Vec::new(),
        Sight::All => negotiation.history.clone(),
        Sight::Table => {
            let corrected = negotiation.as_corrected();
            let seen = corrected.iter().filter(|placed| placed.says.is_some_and(Fact::is_at_the_table));
            seen.filter_map(Happening::of).map(|happening| at_the_table(happening.into())).collect()
        }
    }
}

/// Reasons, prices and notes that go with an act at the table are ours alone.
fn at_the_table(mut entry: Entry) -> Entry {
    match &mut entry.fact {
        Fact::Offered(offer) => offer.note = None,
        Fact::BothBossesProposed { overriding, .. } => *overriding = None,
        Fact::BossJoined { price, overriding } | Fact::HandedOver { price, overriding } => {
            (*price, *overriding) = (None, None);
        }
        // What was written down of a call may say more than they know.
        Fact::BossAskedFor { how } | Fact::BossContacted { how } => how.clear(),
        Fact::WalkedAway { reason } | Fact::Closed { reason } | Fact::Reopened { reason } => reason.clear(),
        Fact::Opened(_)
        | Fact::Joined(_)
        | Fact::Left { .. }
        | Fact::Prepared(_)
        | Fact::IssuesPrepared { .. }
        | Fact::MandateGranted { .. }
        | Fact::MandateEnded { .. }
        | Fact::MandateExceeded { .. }
        | Fact::GuidanceAsked { .. }
        | Fact::GuidanceReminded { .. }
        | Fact::GuidanceAnswered { .. }
        | Fact::GuidanceVoided { .. }
        | Fact::BriefSent { .. }
        | Fact::ImpasseNoted { .. }
        | Fact::ImpasseResolved
        | Fact::BossConsented { .. }
        | Fact::ConsentWithdrawn
        | Fact::BothBossesAnswered { .. }
        | Fact::BossDeclined { .. }
        | Fact::BossHandedBack { .. }
        | Fact::VisitPlanned { .. }
        | Fact::VisitHeld { .. }
        | Fact::VisitDebriefed { .. }
        | Fact::MessageChecked { .. }
        | Fact::AdviceTaken(_)
        | Fact::Agreed { .. }
        | Fact::Archived
        | Fact::Restored
        | Fact::Reviewed { .. }
        | Fact::Corrected { .. } => {}
    }
    entry
}
