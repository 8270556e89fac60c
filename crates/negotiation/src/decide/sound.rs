//! What holds of every fact, whether it is recorded now or in place of an earlier one: words where they are needed, ranges in
//! order, and nothing of ours in what the counterpart reads.

use bargain::sheet::{Sheet, Values};
use jiff::Timestamp;
use terms::{Amount, Level, Quantity, Side};

use super::{Desk, said};
use crate::authority::Stated;
use crate::disclosure::gives_away;
use crate::fact::{Fact, Opening, Preparation};
use crate::guidance::Answer;
use crate::mandate::{Mandate, is_worse};
use crate::offer::Offer;
use crate::packages;
use crate::rejection::Rejection;

impl Desk<'_> {
    pub(super) fn sound(&self, fact: &Fact) -> Result<(), Rejection> {
        match fact {
            Fact::Opened(opening) => opened(opening),
            Fact::Joined(participant) => said(&participant.user.0, "the user's name"),
            Fact::Prepared(preparation) => self.prepared(preparation),
            Fact::IssuesPrepared { sheet } => self.sheet(sheet),
            Fact::MandateGranted { mandate, .. } => self.mandate(mandate),
            Fact::MandateEnded { reason }
            | Fact::WalkedAway { reason }
            | Fact::Closed { reason }
            | Fact::Reopened { reason } => said(reason, "the reason"),
            Fact::Offered(offer) => self.offered(offer),
            Fact::GuidanceAsked { question, .. } => {
                said(&question.recommendation, "the recommendation")?;
                said(&question.otherwise, "what happens without an answer")
            }
            Fact::GuidanceAnswered { answer, .. } => self.answered(answer),
            Fact::ImpasseNoted { how } => said(how, "how it shows"),
            Fact::BothBossesProposed { wording, .. } => self.outward(wording, "the wording"),
            Fact::BossAskedFor { how } | Fact::BossContacted { how } => said(how, "how"),
            Fact::BossDeclined { reply } | Fact::BossHandedBack { reply } => self.outward(reply, "the reply"),
            Fact::VisitDebriefed { notes } => said(notes, "the notes"),
            Fact::Reviewed { notes } => said(notes, "the review"),
            Fact::Left { .. }
            | Fact::MandateExceeded { .. }
            | Fact::GuidanceReminded { .. }
            | Fact::GuidanceVoided { .. }
            | Fact::BriefSent { .. }
            | Fact::ImpasseResolved
            | Fact::BossConsented { .. }
            | Fact::ConsentWithdrawn
            | Fact::BothBossesAnswered { .. }
            | Fact::BossJoined { .. }
            | Fact::HandedOver { .. }
            | Fact::Archived
            | Fact::Restored
            | Fact::VisitPlanned { .. }
            | Fact::VisitHeld { .. }
            | Fact::MessageChecked { .. }
            | Fact::AdviceTaken(_)
            | Fact::Agreed { .. }
            | Fact::Corrected { .. } => Ok(()),
        }
    }

    /// What is known makes sense: no range runs the wrong way, and the target is better than walking away.
    fn prepared(&self, preparation: &Preparation) -> Result<(), Rejection> {
        ranges(preparation)?;
        let role = self.record.role();
        match preparation.walk_away.zip(preparation.target) {
            Some((walk_away, target)) if !is_worse(walk_away.likely(), target.likely(), role) => {
                return Err(Rejection::TargetNotBetter(role));
            }
            _ => {}
        }
        match preparation.authority.and_then(Stated::price).zip(preparation.boss_limit) {
            Some((own, boss)) if is_worse(own.likely(), boss.likely(), role) => Err(Rejection::BossNarrower),
            _ => Ok(()),
        }
    }

    /// A sheet is sound and fits the negotiation, or it is not recorded.
    fn sheet(&self, sheet: &Sheet) -> Result<(), Rejection> {
        let mut faults = Values::of(sheet).err().unwrap_or_default();
        if let Some(opening) = &self.negotiation.opening {
            faults.extend(packages::misfits(sheet, opening));
        }
        if faults.is_empty() { Ok(()) } else { Err(Rejection::UnsoundSheet(faults)) }
    }

    fn mandate(&self, mandate: &Mandate) -> Result<(), Rejection> {
        self.ahead(mandate.until, "the end of the mandate")?;
        mandate.terms.iter().try_for_each(|limit| said(&limit.term, "a term's name"))
    }

    /// Ours come from the boss's level only while the boss is in the room.
    fn offered(&self, offer: &Offer) -> Result<(), Rejection> {
        let from_boss = offer.by == Side::Us && offer.level == Level::Boss;
        if from_boss && !self.negotiation.boss_in { Err(Rejection::BossNotIn) } else { Ok(()) }
    }

    fn answered(&self, answer: &Answer) -> Result<(), Rejection> {
        match answer {
            Answer::ApproveIf { conditions } => said(conditions, "the conditions"),
            Answer::Refuse { reason } => said(reason, "the reason"),
            Answer::ChangeLimit { mandate } => self.mandate(mandate),
            Answer::Approve | Answer::CallMe => Ok(()),
        }
    }

    /// A text that the counterpart reads says something, and names no amount that is ours alone.
    fn outward(&self, text: &str, what: &'static str) -> Result<(), Rejection> {
        said(text, what)?;
        if gives_away(self.negotiation, text) { Err(Rejection::GivesAway(what)) } else { Ok(()) }
    }

    pub(super) fn ahead(&self, time: Option<Timestamp>, what: &'static str) -> Result<(), Rejection> {
        if time.is_some_and(|time| time <= self.at) { Err(Rejection::Past(what)) } else { Ok(()) }
    }
}

impl Opening {
    /// What holds of every opening, also of one that was recorded elsewhere or long ago: whom it is with, and what it is called.
    pub fn sound(&self) -> Result<(), Rejection> {
        said(&self.title, "the title")?;
        said(&self.counterpart, "the counterpart's name")?;
        let has_control = |text: &str| text.chars().any(char::is_control);
        if has_control(&self.title) || has_control(&self.counterpart) {
            return Err(Rejection::Impossible("a title or name with control characters"));
        }
        Ok(())
    }
}

/// A negotiation is opened under a code of ISO 4217. What was recorded once is read for ever, whatever its code.
fn opened(opening: &Opening) -> Result<(), Rejection> {
    opening.sound()?;
    if opening.currency.is_listed() {
        Ok(())
    } else {
        Err(Rejection::Impossible("the currency (an ISO 4217 code, such as EUR)"))
    }
}

fn ranges(preparation: &Preparation) -> Result<(), Rejection> {
    let authority = preparation.authority.and_then(Stated::price);
    let ranges: [(&'static str, Option<Quantity<Amount>>); 14] = [
        ("the walk-away", preparation.walk_away),
        ("the target", preparation.target),
        ("the authority", authority),
        ("the boss's limit", preparation.boss_limit),
        ("the counterpart's limit", preparation.counterpart_limit),
        ("the cost of delay", preparation.cost_of_delay_per_week),
        ("the cost of escalating", preparation.cost_of_escalating),
        ("the later deals", preparation.later_deals),
        ("the value of a later deal", preparation.value_per_deal),
        ("the cost of the boss's time", preparation.boss_time_cost),
        ("the cost of a round", preparation.cost_of_delay_per_round),
        ("the discount", preparation.discount),
        ("the boss's appearances", preparation.past_boss_appearances),
        ("the boss's skill", preparation.boss_skill),
    ];
    let unordered = |range: Option<Quantity<Amount>>| range.is_some_and(|range| !range.is_ordered());
    if let Some((what, _)) = ranges.into_iter().find(|(_, range)| unordered(*range)) {
        return Err(Rejection::Unordered(what));
    }
    if preparation.assumptions.values().any(|range| !range.is_ordered()) {
        return Err(Rejection::Unordered("an assumption"));
    }
    Ok(())
}
