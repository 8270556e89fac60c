//! The leak guard on a record: what a text would give away of this negotiation, before it goes out.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use leak_guard::{Checked, Context, LeakKind, Privileged, Rules, Severity, Value, What, check};
use negotiation::disclosure::{self, AmountsOnRecord};
use negotiation::offer::{Package, Term};
use negotiation::party::Part;
use negotiation::{Fact, Negotiation, Rejection};
use terms::Amount;

use crate::error::Error;

/// What a message gives away by itself, nothing being known of the negotiation.
pub fn check_words(message: &str) -> Checked {
    check(message, &Context::default(), Rules::built_in())
}

/// Kinds that no text for the counterpart may give away for certain. Whose leave is needed and that the boss takes part is what
/// a proposal to both bosses, and a boss's reply, are about.
const NEVER_OUTWARD: [LeakKind; 5] =
    [LeakKind::Importance, LeakKind::WalkAway, LeakKind::Deadline, LeakKind::Alternative, LeakKind::Number];

/// Refuses a text for the counterpart that names an amount of ours, or for certain gives away what is ours alone; `what` is
/// what it is called.
pub(crate) fn outward(negotiation: &Negotiation, text: &str, what: &'static str, now: Timestamp) -> Result<(), Error> {
    if disclosure::gives_away(negotiation, text) {
        return Err(Rejection::GivesAway(what).into());
    }
    let found = checked(negotiation, text, now).findings;
    let certain = found.iter().filter(|one| one.severity == Severity::Certain && NEVER_OUTWARD.contains(&one.kind));
    let mut kinds: Vec<&'static str> = certain.map(|one| one.kind.words()).collect();
    kinds.dedup();
    if kinds.is_empty() { Ok(()) } else { Err(Error::GivesAway { what, kinds }) }
}

/// A message with what it would give away of a negotiation.
pub(crate) fn checked(negotiation: &Negotiation, message: &str, now: Timestamp) -> Checked {
    check(message, &context(negotiation, now), Rules::built_in())
}

/// What must not be said of a negotiation, and what was said already.
fn context(negotiation: &Negotiation, now: Timestamp) -> Context {
    let ours = AmountsOnRecord::of(negotiation)
        .ours
        .into_iter()
        .map(|(kind, value)| Privileged { what: what(kind), value: Value::Amount(Amount(value)) });
    let (mut days, mut exchanged) = (BTreeSet::new(), Vec::new());
    for placed in negotiation.as_corrected() {
        match placed.says {
            Some(Fact::Offered(offer)) => exchange(&offer.package, &mut exchanged),
            Some(Fact::Prepared(preparation)) => days.extend(preparation.deadline),
            // Packages change hands in offers alone, and days that are ours stand in what is prepared alone.
            _ => {}
        }
    }
    let days = days.into_iter().map(|day| Privileged { what: What::Deadline, value: Value::Day(day) });
    let bosses = negotiation.participants.values().filter(|one| one.part == Part::Boss);
    Context {
        privileged: ours.chain(days).collect(),
        exchanged,
        bosses: bosses.map(|one| one.user.0.clone()).collect(),
        today: Some(now.to_zoned(TimeZone::UTC).date()),
    }
}

fn what(kind: disclosure::OwnAmount) -> What {
    match kind {
        disclosure::OwnAmount::WalkAway => What::WalkAway,
        disclosure::OwnAmount::Target => What::Target,
        disclosure::OwnAmount::BossLimit => What::BossLimit,
        disclosure::OwnAmount::Mandate => What::Limit,
        disclosure::OwnAmount::Guidance => What::Guidance,
        disclosure::OwnAmount::Advice => What::Advice,
        disclosure::OwnAmount::Alternative => What::Alternative,
        disclosure::OwnAmount::Other => What::Other,
    }
}

fn exchange(package: &Package, exchanged: &mut Vec<Value>) {
    exchanged.push(Value::Amount(package.price));
    exchanged.extend(package.terms.values().filter_map(|term| match term {
        Term::Number(number) => Some(Value::Number(*number)),
        Term::Words(_) => None,
    }));
}

#[cfg(test)]
mod tests {
    use negotiation::Entry;
    use negotiation::fact::Preparation;
    use negotiation::mandate::{Allowed, Mandate, TermLimit};
    use negotiation::party::User;
    use negotiation::precedent::hand_back_reply;
    use negotiation::proposal::{NEUTRAL_WORDING, filled};

    use super::*;

    fn prepared() -> Negotiation {
        let preparation = Preparation {
            walk_away: Some(1_057_001.into()),
            our_alternative: Some("Meridian's bid stands at 1,061,500".to_owned()),
            deadline: Some("2027-01-29".parse().unwrap()),
            ..Preparation::default()
        };
        let volume = TermLimit { term: "volume".to_owned(), allowed: Allowed::AtLeast(7_500.into()) };
        let mandate = Mandate { terms: vec![volume], ..Mandate::to(1_180_000) };
        let facts = [Fact::Prepared(Box::new(preparation)), Fact::MandateGranted { mandate, told: false }];
        let at: Timestamp = "2026-11-25T09:00:00Z".parse().unwrap();
        Negotiation::of((1..).zip(facts).map(|(version, fact)| Entry {
            version,
            at,
            on: None,
            by: User::from("nora"),
            fact,
        }))
    }

    fn goes_out(text: &str) -> bool {
        outward(&prepared(), text, "the text", "2026-11-26T09:00:00Z".parse().unwrap()).is_ok()
    }

    #[test]
    fn what_the_program_itself_writes_goes_out() {
        assert!(goes_out(&filled(NEUTRAL_WORDING, "the renewal", "Northwind", 7)));
        assert!(goes_out(&hand_back_reply("the renewal", "Nora")));
        assert!(goes_out("Thank you. Nora speaks for us in this, and will write to you by Friday."));
    }

    #[test]
    fn what_gives_away_for_certain_does_not() {
        for text in [
            "One million fifty-seven thousand and one is our walk-away.",
            "We must close by 29 January 2027.",
            "We hold a bid of 1,061,500.",
            "Below a volume of 7,500 we can't go.",
            "We are desperate to close this deal.",
        ] {
            assert!(!goes_out(text), "{text}");
        }
    }
}
