//! Power follows what somebody came in with as well as their part: a boss's token of a narrower scope is no boss.

use jiff::{SignedDuration, Timestamp};
use negotiation::access::Hand;
use negotiation::command::Command;
use negotiation::fact::{Fact, Opening};
use negotiation::mandate::Mandate;
use negotiation::offer::{Offer, Package};
use negotiation::party::{Part, Participant, User};
use negotiation::proposal::Outcome;
use negotiation::{Negotiation, Rejection, decide};
use terms::{Currency, Role, Scope, Side};

const BEYOND: i64 = 1_100_000;

fn named(name: &str, part: Part) -> Command {
    Command::Name { participant: Participant { user: User::from(name), part, privy: false } }
}

fn offer(price: i64) -> Command {
    Command::Offer { offer: Offer::of(Side::Us, price), despite: None }
}

/// Nora negotiates within 1,180,000; Bea and Ben are her bosses, where there are any. Entry 4 or so is the boss's offer beyond.
fn record(bosses: &[&str]) -> (Negotiation, Timestamp) {
    let mut now: Timestamp = "2026-03-02T09:00:00Z".parse().expect("a time");
    let mut negotiation = Negotiation::default();
    let opening = Opening {
        title: "Renewal".to_owned(),
        role: Role::Seller,
        currency: Currency::USD,
        counterpart: "Northwind".to_owned(),
    };
    let mut does = |who: &str, command: &Command| {
        now += SignedDuration::from_hours(1);
        negotiation.enact(command, now, &User::from(who)).unwrap_or_else(|why| panic!("{command:?}: {why}"));
    };
    does("nora", &Command::Open { opening });
    let mut by = "nora";
    for boss in bosses {
        does(by, &named(boss, Part::Boss));
        by = boss;
    }
    let mandate = Mandate::to(1_180_000);
    does(by, &Command::GrantMandate { mandate, told: bosses.is_empty() });
    does("nora", &Command::Offer { offer: Offer::of(Side::Them, 1_000_000), despite: None });
    (negotiation, now)
}

fn wishes() -> Vec<(&'static str, Command)> {
    let participant = |part| named("eve", part);
    vec![
        ("offer beyond", offer(BEYOND)),
        ("agree beyond", Command::Agree { package: Package::at(BEYOND), despite: None }),
        ("name another boss", participant(Part::Boss)),
        ("change a boss's part", named("ben", Part::Observer)),
        ("let a boss go", Command::Remove { user: User::from("ben") }),
    ]
}

#[test]
fn a_boss_token_of_a_narrow_scope_is_no_boss() {
    let (negotiation, now) = record(&["bea", "ben"]);
    let bea = User::from("bea");
    for (what, wish) in wishes() {
        for scopes in [&[Scope::Write][..], &[Scope::Read, Scope::Write], &[Scope::Write, Scope::Admin]] {
            let refused = decide(&negotiation, &wish, now, Hand { user: &bea, scopes }).expect_err(what);
            assert!(matches!(refused, Rejection::OutOfReach { scope: Scope::Authorize, .. }), "{what}: {refused:?}");
            assert!(refused.to_string().contains("`authorize`"), "{refused}");
        }
        for scopes in [&[Scope::Authorize][..], Scope::ALL] {
            let done = decide(&negotiation, &wish, now, Hand { user: &bea, scopes });
            assert!(done.is_ok(), "{what}: {done:?}");
        }
    }
}

#[test]
fn it_does_the_negotiators_work_as_a_negotiator_would() {
    let (negotiation, now) = record(&["bea"]);
    let bea = User::from("bea");
    let hand = Hand { user: &bea, scopes: &[Scope::Write] };
    assert!(decide(&negotiation, &offer(1_190_000), now, hand).is_ok());
    // For a reason it goes beyond as a negotiator does: on record as such.
    let despite = Command::Offer { offer: Offer::of(Side::Us, BEYOND), despite: Some("they leave".to_owned()) };
    let facts = decide(&negotiation, &despite, now, hand).expect("for a reason");
    assert!(facts.iter().any(|fact| matches!(fact, Fact::MandateExceeded { .. })), "{facts:?}");
}

#[test]
fn what_the_boss_is_said_to_have_said_is_the_negotiators_until_a_boss_takes_part() {
    let nora = User::from("nora");
    let hand = |scopes| Hand { user: &nora, scopes };
    let wider = Command::GrantMandate { mandate: Mandate::to(900_000), told: true };
    for (bosses, may) in [(&[][..], true), (&["bea"][..], false)] {
        let (negotiation, now) = record(bosses);
        let by = |scopes| decide(&negotiation, &wider, now, hand(scopes));
        assert_eq!(by(&[Scope::Write]).is_ok(), may, "{bosses:?}");
        assert_eq!(by(Scope::ALL).is_ok(), may, "{bosses:?}");
        assert!(by(&[Scope::Read]).is_err());
    }
}

#[test]
fn that_the_boss_came_in_is_corrected_by_no_narrow_token() {
    let (mut negotiation, now) = record(&["bea"]);
    let bea = User::from("bea");
    let asked = Command::Consent { until: None, told: false };
    negotiation.enact(&asked, now, &bea).expect("consented");
    let wording = negotiation::proposal::NEUTRAL_WORDING.to_owned();
    let answer_by = now + SignedDuration::from_hours(48);
    let despite = Some("they wait".to_owned());
    negotiation.enact(&Command::Propose { wording, answer_by, despite }, now, &bea).expect("proposed");
    let answered = Command::ProposalAnswered { outcome: Outcome::Accepted };
    let version = negotiation.enact(&answered, now, &bea).expect("answered")[0].version;
    let struck = Command::Correct { version, instead: None, reason: "a slip".to_owned(), despite: None };
    let by = |scopes| decide(&negotiation, &struck, now, Hand { user: &bea, scopes });
    assert!(matches!(by(&[Scope::Write]), Err(Rejection::OutOfReach { .. })));
    assert!(by(&[Scope::Authorize]).is_ok());
}

#[test]
fn a_correction_of_the_boss_offer_is_held_to_the_rules_of_an_offer() {
    let (mut negotiation, now) = record(&["bea"]);
    let (bea, nora) = (User::from("bea"), User::from("nora"));
    let version = negotiation.enact(&offer(BEYOND), now, &bea).expect("the boss may")[0].version;
    let corrected = |price: i64, despite: Option<&str>| Command::Correct {
        version,
        instead: Some(Box::new(Fact::Offered(Offer::of(Side::Us, price)))),
        reason: "a slip".to_owned(),
        despite: despite.map(str::to_owned),
    };
    let by = |who: &User, price, despite| decide(&negotiation, &corrected(price, despite), now, who);
    assert!(matches!(by(&nora, BEYOND - 1, None), Err(Rejection::OutsideMandate { .. })));
    assert!(matches!(by(&nora, BEYOND - 1, Some(" ")), Err(Rejection::OutsideMandate { .. })));
    let facts = by(&nora, BEYOND - 1, Some("they leave")).expect("for a reason");
    assert!(facts.iter().any(|fact| matches!(fact, Fact::MandateExceeded { .. })), "{facts:?}");
    assert!(by(&nora, 1_190_000, None).is_ok());
    assert!(by(&bea, BEYOND - 1, None).is_ok());
    let narrow = Hand { user: &bea, scopes: &[Scope::Write] };
    let refused = decide(&negotiation, &corrected(BEYOND - 1, None), now, narrow);
    assert!(matches!(refused, Err(Rejection::OutOfReach { .. })), "{refused:?}");
}
