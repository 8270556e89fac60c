//! A worked case as a record, for somebody who wants to look around first.

use bargain::sheet::Sheet;
use engine::case::{ActKind, Case};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use negotiation::fact::{Opening, Preparation};
use negotiation::mandate::Mandate;
use negotiation::offer::Offer;
use negotiation::party::{Part, Participant, User};
use negotiation::{Entry, Fact, Negotiation};
use terms::{Amount, Quantity};

use crate::accounts::Principal;
use crate::desk::Desk;
use crate::error::Error;
use crate::secret;

/// Who grants the mandate of a sample: nobody signs in as them.
const BOSS: &str = "sample.boss";

/// A worked case to look around in.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The case.
    pub case: Case,
    /// Its issue sheet, where it has one.
    pub sheet: Option<Sheet>,
    /// With whom: each sample's own, so that no precedent of one counts in another.
    pub counterpart: &'static str,
}

impl Desk {
    /// Puts a sample on the desk of `who`, as their own negotiation with its offers, the last of them now.
    pub async fn take_in_sample(&self, who: &Principal, sample: Sample, now: Timestamp) -> Result<(), Error> {
        let mut facts = facts(&sample, &who.user);
        if let Some(sheet) = sample.sheet {
            let prepared = facts.iter().position(|(_, fact)| matches!(fact, Fact::Prepared(_))).unwrap_or(0);
            let fact = Fact::IssuesPrepared { sheet: Box::new(sheet) };
            facts.insert(prepared + 1, (who.user.clone(), fact));
        }
        let mut at = now - SignedDuration::from_hours(24 * facts.len() as i64);
        let mut negotiation = Negotiation::default();
        for (by, fact) in facts {
            at += SignedDuration::from_hours(24);
            let version = negotiation.version + 1;
            negotiation.apply(Entry { version, at, by, fact });
        }
        self.append(&secret::id()?, 0, &negotiation.history, &negotiation).await
    }
}

/// The facts of a case, with who recorded each.
fn facts(sample: &Sample, negotiator: &User) -> Vec<(User, Fact)> {
    let case = &sample.case;
    let boss = User::from(BOSS);
    let opening = Opening {
        title: format!("Sample: {}", case.title),
        role: case.role,
        currency: case.currency,
        counterpart: sample.counterpart.to_owned(),
    };
    let joins = |user: &User, part| Fact::Joined(Participant { user: user.clone(), part, privy: true });
    let mut facts = vec![
        (negotiator.clone(), Fact::Opened(opening)),
        (negotiator.clone(), joins(negotiator, Part::Negotiator)),
        (negotiator.clone(), joins(&boss, Part::Boss)),
        (negotiator.clone(), Fact::Prepared(Box::new(preparation(case)))),
    ];
    if let Some(authority) = case.value.authority {
        facts.push((boss, Fact::MandateGranted { mandate: Mandate::to(middle(authority)) }));
    }
    let mut acts = case.acts.iter().peekable();
    for (index, offer) in (0..).zip(&case.offers) {
        while acts.next_if(|act| act.after_offers <= index && act.kind == ActKind::ImpasseNoted).is_some() {
            facts.push((negotiator.clone(), Fact::ImpasseNoted { how: "neither side moves".to_owned() }));
        }
        let made =
            Offer { binding: offer.binding, note: offer.note.clone(), ..Offer::of(offer.by, amount(offer.amount)) };
        facts.push((negotiator.clone(), Fact::Offered(made)));
    }
    facts
}

fn preparation(case: &Case) -> Preparation {
    Preparation {
        walk_away: Some(estimate(case.value.walk_away)),
        target: Some(estimate(case.value.target)),
        boss_limit: case.value.boss_limit.map(estimate),
        counterpart_limit: Some(estimate(case.counterpart.limit)),
        rounds_left: case.time.rounds_left.or_else(|| rounds(case)),
        days_per_round: case.time.days_per_round.map(|days| days.round() as u32),
        cost_of_delay_per_week: case.time.cost_of_delay_per_week.map(estimate),
        cost_of_escalating: case.counterpart.cost_of_escalating.map(estimate),
        later_deals: case.future.later_deals.map(estimate),
        value_per_deal: case.future.value_per_deal.map(estimate),
        boss_time_cost: case.boss.time_cost.map(estimate),
        boss_expected: case.boss.already_expected,
        ..Preparation::default()
    }
}

/// Rounds from the last offer to the deadline.
fn rounds(case: &Case) -> Option<u32> {
    let last: Date = case.offers.iter().filter_map(|offer| offer.date).max()?;
    let midnight = |day: Date| day.to_zoned(TimeZone::UTC).ok();
    let left = midnight(case.time.deadline?)?.duration_since(&midnight(last)?).as_hours() as f64 / 24.0;
    Some((left / case.time.days_per_round?).floor().max(1.0) as u32)
}

fn middle(quantity: Quantity<f64>) -> Amount {
    estimate(quantity).points()[1]
}

fn estimate(quantity: Quantity<f64>) -> Quantity<Amount> {
    quantity.map(amount)
}

fn amount(value: f64) -> Amount {
    Amount::of_f64(value, 6).unwrap_or(Amount::ZERO)
}
