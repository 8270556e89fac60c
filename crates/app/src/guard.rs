//! The leak guard on a record: what a message would give away of this negotiation, before it goes out.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use leak_guard::{Context, Finding, Privileged, Rules, Value, What, check};
use negotiation::access::Act;
use negotiation::amount::{Amount, Estimate};
use negotiation::fact::Preparation;
use negotiation::guidance::Point;
use negotiation::offer::{Package, Term};
use negotiation::party::Part;
use negotiation::{Command, Fact, Negotiation};

use crate::accounts::Principal;
use crate::desk::Desk;
use crate::error::Error;

/// What a message gives away by itself, nothing being known of the negotiation.
pub fn check_words(message: &str) -> Vec<Finding> {
    check(message, &Context::default(), Rules::built_in())
}

impl Desk {
    /// What a message would give away. That it was checked is recorded with the rules that found something, not with
    /// the words.
    pub async fn check_message(
        &self,
        who: &Principal,
        id: &str,
        message: &str,
        now: Timestamp,
    ) -> Result<Vec<Finding>, Error> {
        let negotiation = self.allowed(who, id, Act::Negotiate).await?;
        let found = check(message, &context(&negotiation, now), Rules::built_in());
        let mut findings: Vec<String> = found.iter().map(|finding| finding.rule.clone()).collect();
        findings.sort();
        findings.dedup();
        if negotiation.phase == negotiation::Phase::Open {
            self.record(who, id, negotiation, &Command::CheckMessage { findings }, now).await?;
        }
        Ok(found)
    }
}

/// What must not be said of a negotiation, and what was said already.
fn context(negotiation: &Negotiation, now: Timestamp) -> Context {
    let (mut privileged, mut exchanged) = (Vec::new(), Vec::new());
    prepared(&negotiation.preparation, &mut privileged);
    for index in 0..negotiation.history.len() {
        match negotiation.says(index) {
            Some(Fact::Offered(offer)) => exchange(&offer.package, &mut exchanged),
            Some(Fact::MandateGranted { mandate }) => privileged.push(amount(What::Limit, mandate.price)),
            Some(Fact::GuidanceAsked { question, .. }) => {
                if let Point::Price { to } = question.point {
                    privileged.push(amount(What::Guidance, to));
                }
            }
            Some(Fact::AdviceTaken(advice)) => {
                privileged.extend(advice.values.values().map(|&value| amount(What::Advice, value)));
            }
            _ => {}
        }
    }
    let bosses = negotiation.participants.values().filter(|one| one.part == Part::Boss);
    Context {
        privileged,
        exchanged,
        bosses: bosses.map(|one| one.user.0.clone()).collect(),
        today: Some(now.to_zoned(TimeZone::UTC).date()),
    }
}

fn prepared(prepared: &Preparation, privileged: &mut Vec<Privileged>) {
    let known: [(What, Option<Estimate>); 7] = [
        (What::WalkAway, prepared.walk_away),
        (What::Target, prepared.target),
        (What::BossLimit, prepared.boss_limit),
        (What::Other, prepared.counterpart_limit),
        (What::Other, prepared.cost_of_delay_per_week),
        (What::Other, prepared.value_per_deal),
        (What::Other, prepared.boss_time_cost),
    ];
    for (what, estimate) in known {
        let mut points = estimate.map_or_else(Vec::new, |estimate| estimate.points().to_vec());
        points.dedup();
        privileged.extend(points.into_iter().map(|point| amount(what, point)));
    }
    privileged.extend(prepared.deadline.map(|day| Privileged { what: What::Deadline, value: Value::Day(day) }));
}

fn amount(what: What, amount: Amount) -> Privileged {
    Privileged { what, value: Value::Amount(amount) }
}

fn exchange(package: &Package, exchanged: &mut Vec<Value>) {
    exchanged.push(Value::Amount(package.price));
    exchanged.extend(package.terms.values().filter_map(|term| match term {
        Term::Number(number) => Some(Value::Number(*number)),
        Term::Words(_) => None,
    }));
}
