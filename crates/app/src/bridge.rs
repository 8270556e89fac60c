//! From a record to the case that the engine advises on.

use std::collections::BTreeMap;
use std::fmt;

use engine::assumption::Name;
use engine::case::{Act, ActKind, Answer, Boss, Case, Counterpart, Future, Horizon, MAX_ROUNDS, Offer, Stakes};
use jiff::Timestamp;
use jiff::civil::Date;
use negotiation::authority::{Authority, Extent, Stated};
use negotiation::fact::Fact;
use negotiation::guidance::{Point, Question};
use negotiation::mandate::is_worse;
use negotiation::packages::Table;
use negotiation::proposal::Outcome;
use negotiation::{Happening, Negotiation, guidance, stamp};
use terms::{Amount, Quantity, Role, Side};

/// Words that stand where a case has none: they are no note.
pub(crate) const UNSAID: &str = "nothing was written down of it";

/// What an advice can't do without, and the record does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    /// How it was opened.
    Opening,
    /// Our walk-away.
    WalkAway,
    /// Our target.
    Target,
    /// What we think their limit is.
    CounterpartLimit,
    /// The rounds left, or a deadline.
    Time,
    /// That the sides have met is on record, and not that they agreed.
    Agreement,
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Opening => "the negotiation is not opened; open it first",
            Self::WalkAway => "your walk-away is not prepared; give the price at which no deal is as good",
            Self::Target => "your target is not prepared; give the price that you aim for",
            Self::CounterpartLimit => "their limit is not prepared; give your guess of it, low, likely and high",
            Self::Agreement => {
                "the last offers of both sides meet; record what was agreed, or strike out the offer that is wrong"
            }
            Self::Time => "the time is not prepared; give the day when it must be done, or the rounds left",
        })
    }
}

/// The case of a record as of its last entry, our boss having come in with this counterpart `appearances` times
/// before; or all that is missing.
pub fn case_of(negotiation: &Negotiation, now: Timestamp, appearances: u32) -> Result<Case, Vec<Missing>> {
    let prepared = &negotiation.preparation;
    let has_time = prepared.rounds_left.is_some() || prepared.deadline.is_some();
    let (Some(opening), Some(walk_away), Some(target), Some(limit), true) =
        (&negotiation.opening, prepared.walk_away, prepared.target, prepared.counterpart_limit, has_time)
    else {
        let needs = [
            (negotiation.opening.is_none(), Missing::Opening),
            (prepared.walk_away.is_none(), Missing::WalkAway),
            (prepared.target.is_none(), Missing::Target),
            (prepared.counterpart_limit.is_none(), Missing::CounterpartLimit),
            (!has_time, Missing::Time),
        ];
        return Err(needs.into_iter().filter(|(is_missing, _)| *is_missing).map(|(_, what)| what).collect());
    };
    let Limits { authority, boss_limit, leave } = limits(negotiation, target, now);
    let (offers, acts) = entries(negotiation, Table::of(negotiation, now).as_ref());
    if have_met(&offers, opening.role) {
        return Err(vec![Missing::Agreement]);
    }
    Ok(Case {
        title: opening.title.clone(),
        role: opening.role,
        currency: opening.currency,
        value: Stakes { walk_away: walk_away.to_f64(), target: target.to_f64(), authority, boss_limit, leave },
        counterpart: Counterpart {
            limit: limit.to_f64(),
            cost_of_escalating: prepared.cost_of_escalating.map(Quantity::<Amount>::to_f64),
        },
        time: Horizon {
            rounds_left: negotiation.rounds_left(),
            deadline: prepared.deadline.filter(|_| prepared.rounds_left.is_none()),
            counted_from: Some(stamp::day(now))
                .filter(|today| last_day(&offers, &acts).is_none_or(|last| last < *today)),
            days_per_round: days_per_round(negotiation, now),
            cost_of_delay_per_round: prepared.cost_of_delay_per_round.map(Quantity::<Amount>::to_f64),
            cost_of_delay_per_week: prepared.cost_of_delay_per_week.map(Quantity::<Amount>::to_f64),
        },
        future: Future {
            later_deals: prepared.later_deals.map(Quantity::<Amount>::to_f64),
            value_per_deal: prepared.value_per_deal.map(Quantity::<Amount>::to_f64),
            discount: prepared.discount.map(Quantity::<Amount>::to_f64),
            past_boss_appearances: Some(past_appearances(prepared.past_boss_appearances, appearances)),
        },
        boss: Boss {
            time_cost: prepared.boss_time_cost.map(Quantity::<Amount>::to_f64),
            skill: prepared.boss_skill.map(Quantity::<Amount>::to_f64),
            already_expected: prepared.boss_expected,
        },
        offers,
        acts,
        assumptions: assumptions(&prepared.assumptions),
        role_priors: prepared.role_priors,
    })
}

/// How far the negotiator and the boss may go.
struct Limits {
    authority: Option<Quantity<f64>>,
    boss_limit: Option<Quantity<f64>>,
    leave: Option<f64>,
}

/// What the negotiator may do unasked, as the counterpart has met it, and how far the boss has let them go since, in private:
/// by a wider mandate, or by leave on the price. A mandate in force when we made our first offer is what our asks have been
/// heading for; one that is narrower now counts at once. Whom nobody has limited needs no boss for the price, and who may settle
/// nothing may settle the target alone.
fn limits(negotiation: &Negotiation, target: Quantity<Amount>, now: Timestamp) -> Limits {
    let role = negotiation.role();
    let boss_limit = negotiation.preparation.boss_limit.map(Quantity::<Amount>::to_f64);
    let wider = |a: Amount, b: Amount| if is_worse(b, a, role) { b } else { a };
    let price = |at| negotiation.authority_at(at).price();
    let (authority, in_force) = match negotiation.authority_at(now) {
        Authority::Unstated | Authority::Stated(Stated::Otherwise(Extent::Unlimited)) => {
            return Limits { authority: None, boss_limit: None, leave: None };
        }
        Authority::Stated(Stated::Otherwise(Extent::None)) | Authority::Lapsed(_) => (target, target.likely()),
        Authority::Stated(Stated::To(stated)) => (stated, stated.likely()),
        Authority::Mandate(granted) => {
            let in_force = granted.mandate.price;
            let ours = negotiation.happenings().into_iter().find(|one| one.fact.is_offer_of(Side::Us));
            let met = ours.and_then(|one| price(one.moment)).unwrap_or(in_force);
            (Quantity::Known(if is_worse(met, in_force, role) { in_force } else { met }), in_force)
        }
    };
    let on_price = negotiation.requests.iter().filter_map(|request| match request.leave(now) {
        Some(Point::Price { to }) => Some(*to),
        _ => None,
    });
    let leave = on_price.fold(in_force, wider);
    let leave = is_worse(leave, authority.likely(), role).then(|| leave.to_f64());
    Limits { authority: Some(authority.to_f64()), boss_limit, leave }
}

/// Times that our boss came in before: those stated, and those on record in other negotiations.
fn past_appearances(stated: Option<Quantity<Amount>>, on_record: u32) -> Quantity<f64> {
    let on_record = f64::from(on_record);
    stated.map_or(Quantity::Known(on_record), |stated| stated.to_f64().map(|stated| stated + on_record))
}

/// The last day on which anything happened.
fn last_day(offers: &[Offer], acts: &[Act]) -> Option<Date> {
    offers.iter().map(|offer| offer.date).chain(acts.iter().map(|act| act.date)).flatten().max()
}

/// Days that a round takes: as prepared; else as the offers so far have come, where there were two rounds; else, before a
/// deadline, a week, or a quarter of the time where that is less (our judgement; no study was found). No more rounds are looked
/// ahead than the engine can.
pub fn days_per_round(negotiation: &Negotiation, now: Timestamp) -> Option<f64> {
    if let Some(prepared) = negotiation.preparation.days_per_round {
        return Some(prepared.to_f64());
    }
    let days = |by| {
        let offers = negotiation.offers.iter().filter(|recorded| recorded.offer.by == by);
        let days: Vec<Date> = offers.map(|recorded| recorded.on).collect();
        let (first, last) = (days.first()?, days.last()?);
        let rounds = u32::try_from(days.len()).ok()?.checked_sub(1).filter(|rounds| *rounds > 0)?;
        Some(f64::from((*last - *first).get_days()) / f64::from(rounds))
    };
    let paces: Vec<f64> = [Side::Us, Side::Them].into_iter().filter_map(days).filter(|days| *days > 0.0).collect();
    let so_far = (!paces.is_empty()).then(|| paces.iter().sum::<f64>() / paces.len() as f64);
    let deadline = negotiation.preparation.deadline.filter(|_| negotiation.preparation.rounds_left.is_none());
    let left = deadline.map(|deadline| f64::from((deadline - stamp::day(now)).get_days()));
    let days = so_far.or(left.map(|left| (left / 4.0).min(7.0)))?;
    Some(days.max(left.unwrap_or(0.0) / f64::from(MAX_ROUNDS / 2)).max(1.0).round())
}

/// Assumptions by their names; the engine's own check tells of values out of range.
fn assumptions(given: &BTreeMap<String, Quantity<Amount>>) -> BTreeMap<Name, Quantity<f64>> {
    let named = |key: &str| Name::all().find(|name| name.key() == key);
    given.iter().filter_map(|(key, &estimate)| Some((named(key)?, estimate.to_f64()))).collect()
}

/// Offers and acts in the order of the record, as corrected. With an issue sheet a package counts as the price that is worth
/// as much to us with everything else as expected: the engine knows of one amount.
fn entries(negotiation: &Negotiation, table: Option<&Table>) -> (Vec<Offer>, Vec<Act>) {
    let (mut offers, mut acts, mut pending) = (Vec::new(), Vec::new(), None);
    for happening in negotiation.happenings() {
        if let Fact::Offered(offered) = &happening.fact {
            offers.push(Offer {
                by: offered.by,
                amount: table.map_or(offered.package.price, |table| table.projected(&offered.package)).to_f64(),
                date: Some(happening.on),
                level: offered.level,
                binding: offered.binding,
                note: offered.note.clone(),
            });
        } else if let Some((kind, answer)) = act(negotiation, &happening) {
            let after_offers = u32::try_from(offers.len()).unwrap_or(u32::MAX);
            let note = note(&happening.fact);
            let act = Act { kind, date: Some(happening.on), answer, after_offers, note };
            let waits = kind == ActKind::BothBossesProposed && answer.is_none();
            if waits { pending = Some(act) } else { acts.push(act) }
        }
    }
    // A proposal that waits for its answer is the last thing that the model knows of, whatever was noted meanwhile.
    acts.extend(pending.map(|act| Act {
        date: acts.last().and_then(|last: &Act| last.date).max(offers.last().and_then(|last| last.date)).max(act.date),
        after_offers: u32::try_from(offers.len()).unwrap_or(u32::MAX),
        ..act
    }));
    (offers, acts)
}

/// Whether the last offers of both sides leave nothing between them.
fn have_met(offers: &[Offer], role: Role) -> bool {
    let last = |by: Side| offers.iter().rev().find(|offer| offer.by == by).map(|offer| offer.amount);
    match (last(Side::Us), last(Side::Them), role) {
        (Some(ours), Some(theirs), Role::Seller) => theirs >= ours,
        (Some(ours), Some(theirs), Role::Buyer) => theirs <= ours,
        _ => false,
    }
}

/// What a fact is to the model, if anything. Guidance and proposals carry what came of them.
fn act(negotiation: &Negotiation, happening: &Happening) -> Option<(ActKind, Option<Answer>)> {
    Some(match &happening.fact {
        Fact::GuidanceAsked { .. } => (ActKind::Guidance, guidance_answer(negotiation, happening.version)),
        Fact::BothBossesProposed { .. } => {
            let proposal = negotiation.proposals.iter().find(|proposal| proposal.id == happening.version);
            let outcome = proposal.and_then(|proposal| proposal.outcome).map(|(outcome, _)| outcome);
            (ActKind::BothBossesProposed, outcome.map(proposal_answer))
        }
        Fact::ImpasseNoted { .. } => (ActKind::ImpasseNoted, None),
        Fact::BossAskedFor { .. } => (ActKind::BossAskedFor, None),
        Fact::BossContacted { .. } => (ActKind::BossContactedDirectly, None),
        Fact::BossJoined { .. } => (ActKind::BossJoined, None),
        Fact::BossDeclined { .. } => (ActKind::BossDeclined, None),
        Fact::BossHandedBack { .. } => (ActKind::BossHandedBack, None),
        Fact::HandedOver { .. } => (ActKind::HandedOver, None),
        Fact::VisitHeld { touched_terms: false, .. } => (ActKind::Visit, None),
        // An offer is none of the acts; the rest is what the model knows nothing of.
        Fact::VisitHeld { touched_terms: true, .. }
        | Fact::Opened(_)
        | Fact::Joined(_)
        | Fact::Left { .. }
        | Fact::Prepared(_)
        | Fact::IssuesPrepared { .. }
        | Fact::MandateGranted { .. }
        | Fact::MandateEnded { .. }
        | Fact::Offered(_)
        | Fact::MandateExceeded { .. }
        | Fact::GuidanceReminded { .. }
        | Fact::GuidanceAnswered { .. }
        | Fact::GuidanceVoided { .. }
        | Fact::BriefSent { .. }
        | Fact::ImpasseResolved
        | Fact::BossConsented { .. }
        | Fact::ConsentWithdrawn
        | Fact::BothBossesAnswered { .. }
        | Fact::VisitPlanned { .. }
        | Fact::VisitDebriefed { .. }
        | Fact::MessageChecked { .. }
        | Fact::AdviceTaken(_)
        | Fact::Agreed { .. }
        | Fact::WalkedAway { .. }
        | Fact::Closed { .. }
        | Fact::Reopened { .. }
        | Fact::Archived
        | Fact::Restored
        | Fact::Reviewed { .. }
        | Fact::Corrected { .. } => return None,
    })
}

fn guidance_answer(negotiation: &Negotiation, request: u64) -> Option<Answer> {
    let request = negotiation.requests.iter().find(|one| one.id == request)?;
    match &request.answer.as_ref()?.0 {
        guidance::Answer::Approve | guidance::Answer::ApproveIf { .. } | guidance::Answer::ChangeLimit { .. } => {
            Some(Answer::Granted)
        }
        guidance::Answer::Refuse { .. } => Some(Answer::Refused),
        guidance::Answer::CallMe => None,
    }
}

fn proposal_answer(outcome: Outcome) -> Answer {
    match outcome {
        Outcome::Unlocked => Answer::Unlocked,
        Outcome::Accepted => Answer::Accepted,
        Outcome::Declined => Answer::Declined,
        Outcome::Ignored => Answer::Ignored,
        Outcome::Backlash => Answer::Backlash,
    }
}

/// What was written down of an act.
fn note(fact: &Fact) -> Option<String> {
    let (Fact::ImpasseNoted { how: text }
    | Fact::BossAskedFor { how: text }
    | Fact::BossContacted { how: text }
    | Fact::GuidanceAsked { question: Question { recommendation: text, .. }, .. }) = fact
    else {
        return None;
    };
    Some(text.clone()).filter(|text| text != UNSAID)
}

#[cfg(test)]
mod tests;
