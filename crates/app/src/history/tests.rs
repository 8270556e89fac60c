//! What is counted of a record, and what isn't.

use jiff::SignedDuration;
use negotiation::Entry;
use negotiation::fact::{Opening, Preparation};
use negotiation::guidance::{Point, Question};
use negotiation::offer::{Offer, Package};
use negotiation::party::User;
use serde_json::json;

use super::*;

/// A negotiation of ours that goes by these facts, a day each.
fn negotiation(facts: Vec<Fact>) -> Negotiation {
    let opening: Opening = serde_json::from_value(json!({
        "title": "Renewal", "role": "seller", "currency": "EUR", "counterpart": "Northwind",
    }))
    .expect("an opening");
    let range = |low: i64, likely: i64, high: i64| {
        Some(Quantity::Range { low: low.into(), likely: likely.into(), high: high.into() })
    };
    let prepared = Preparation {
        walk_away: Some(Quantity::Known(1000.into())),
        target: Some(Quantity::Known(1200.into())),
        counterpart_limit: range(1050, 1100, 1150),
        rounds_left: Some(6),
        days_per_round: Some(negotiation::fact::Days::Whole(2)),
        ..Preparation::default()
    };
    let begun = [Fact::Opened(opening), Fact::Prepared(Box::new(prepared))];
    let entry = |(version, fact): (u64, Fact)| Entry {
        version,
        at: day(version as i64),
        on: None,
        by: User::from("nora"),
        fact,
    };
    Negotiation::of((1..).zip(begun.into_iter().chain(facts)).map(entry))
}

fn day(day: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * day)
}

fn offer(by: Side, price: i64) -> Fact {
    Fact::Offered(Offer::of(by, price))
}

fn agreed(price: i64) -> Fact {
    Fact::Agreed { package: Package::at(price) }
}

fn told(negotiations: &[Negotiation]) -> History {
    history(negotiations, day(400), &Stop::default())
}

fn came(history: &History, name: Name) -> Option<(u32, u32)> {
    history.pooled.iter().find(|one| one.seen.name == name).map(|one| (one.seen.came.came, one.seen.came.of))
}

#[test]
fn what_goes_on_says_nothing_yet() {
    let open = negotiation(vec![offer(Side::Us, 1250), offer(Side::Them, 1000)]);
    assert_eq!(told(&[open]), History::default());
}

#[test]
fn deals_and_forecasts_are_counted_against_what_came() {
    let offers =
        || vec![offer(Side::Us, 1250), offer(Side::Them, 1000), offer(Side::Us, 1200), offer(Side::Them, 1100)];
    let end = |fact| negotiation(offers().into_iter().chain([fact]).collect());
    let history = told(&[end(agreed(1150)), end(agreed(4000)), end(Fact::WalkedAway { reason: "no".to_owned() })]);
    assert_eq!(history.agreed, Came { came: 2, of: 3 });
    // Of two deals forecast alike, one came between the last offers and one far beyond all that was ever said.
    assert_eq!(history.late_ranges, Came { came: 1, of: 2 });
    assert_eq!(history.early_ranges.of, 2);
    assert_eq!(history.forecast_agreed, Came { came: 2, of: 3 });
    let chance = history.mean_chance.expect("three were forecast");
    assert!((0.0..=1.0).contains(&chance));
    // Both deals are at or beyond 1,150, one of them beyond the far end of what was thought to be their limit.
    assert_eq!(history.beyond_their_limit, Came { came: 1, of: 2 });
}

#[test]
fn a_forecast_is_made_of_what_was_known_then() {
    let before = vec![offer(Side::Us, 1250), offer(Side::Them, 1000)];
    let later = vec![offer(Side::Us, 1150), offer(Side::Them, 1140), agreed(1145)];
    let short = told(&[negotiation(before.iter().cloned().chain([agreed(1145)]).collect())]);
    let long = told(&[negotiation(before.into_iter().chain(later).collect())]);
    // The early forecast knows the first two offers alone, in both.
    assert_eq!(short.early_ranges, long.early_ranges);
    assert_ne!(short.mean_chance, long.mean_chance);
}

#[test]
fn moves_answers_and_proposals_speak_to_their_defaults() {
    let question = Question {
        point: Point::Price { to: 1090.into() },
        recommendation: String::new(),
        options: Vec::new(),
        needed_by: day(90),
        otherwise: String::new(),
    };
    let facts = vec![
        offer(Side::Us, 1250),
        offer(Side::Them, 1000),
        offer(Side::Them, 1050),
        offer(Side::Them, 1050),
        offer(Side::Them, 1150),
        offer(Side::Them, 1040),
        Fact::GuidanceAsked { question, about: None },
        Fact::GuidanceAnswered { request: 9, answer: Answer::Approve, until: None, told: false },
        Fact::BothBossesProposed { wording: "shall we".to_owned(), answer_by: day(30), overriding: None },
        Fact::BothBossesAnswered { outcome: Outcome::Declined },
        Fact::BossJoined { price: None, overriding: None },
        agreed(1100),
    ];
    let history = told(&[negotiation(facts)]);
    // Of four moves: forward, none, to the middle of 1,050 and 1,250, and back.
    assert_eq!(came(&history, Name::RetractionChance), Some((1, 4)));
    assert_eq!(came(&history, Name::StallStart), Some((1, 2)));
    assert_eq!(came(&history, Name::StallStay), Some((0, 1)));
    assert_eq!(came(&history, Name::SplitChance), Some((1, 4)));
    assert_eq!(came(&history, Name::GuidanceGranted), Some((1, 1)));
    // A day is less than a round of two.
    assert_eq!(came(&history, Name::GuidanceDelay), Some((0, 1)));
    assert_eq!(came(&history, Name::ProposalAccepted), Some((0, 1)));
    assert_eq!(history.unlocked_alone, Came { came: 0, of: 1 });
    assert_eq!(history.boss_came, Came { came: 1, of: 1 });
    // From 1,040 to 1,100, of the 200 from walk-away to target.
    assert!((history.won_after_boss.expect("an offer before") - 0.3).abs() < 1e-12);
}
