//! Control characters are refused wherever a text can be put on record.

use std::collections::BTreeMap;

use negotiation::fact::{Opening, Preparation};
use negotiation::guidance::{Answer, Point, Question};
use negotiation::mandate::{Allowed, Mandate, TermLimit};
use negotiation::offer::{Offer, Package, Term};
use negotiation::party::{Part, Participant, User};
use negotiation::{Command, Fact, Negotiation, Rejection};
use terms::{Amount, Currency, Role, Side};

fn opened() -> Negotiation {
    let opening = Opening {
        title: "Renewal".to_owned(),
        role: Role::Seller,
        currency: Currency::EUR,
        counterpart: "Northwind".to_owned(),
    };
    let mut negotiation = Negotiation::default();
    let at: jiff::Timestamp = "2026-03-02T09:00:00Z".parse().expect("a time");
    negotiation.enact(&Command::Open { opening }, at, &User("nora".to_owned())).expect("opened");
    let stuck = Command::NoteImpasse { how: "they wait".to_owned() };
    negotiation.enact(&stuck, at, &User("nora".to_owned())).expect("noted");
    negotiation
}

/// Wishes that put a text where `text` can stand, by the place.
fn wishes(text: &str) -> Vec<(&'static str, Command)> {
    let text = || text.to_owned();
    let offer = |change: &dyn Fn(&mut Offer)| {
        let mut offer = Offer::of(Side::Them, 5);
        change(&mut offer);
        Command::Offer { offer, despite: None }
    };
    let package = |name: String, words: String| Package {
        price: Amount::from(5),
        terms: BTreeMap::from([(name, Term::Words(words))]),
    };
    let limit = |term: String, option: String| Mandate {
        price: Amount::from(5),
        terms: vec![TermLimit { term, allowed: Allowed::OneOf(vec![option]) }],
        until: None,
    };
    let prepare = |change: &dyn Fn(&mut Preparation)| {
        let mut preparation = Preparation::default();
        change(&mut preparation);
        Command::Prepare { preparation: Box::new(preparation) }
    };
    let correct = |fact: Fact| Command::Correct {
        version: 3,
        instead: Some(Box::new(fact)),
        reason: "typo".to_owned(),
        despite: None,
    };
    let participant = |user: String| Participant { user: User(user), part: Part::Boss, privy: true };
    vec![
        ("note", offer(&|offer| offer.note = Some(text()))),
        ("condition", offer(&|offer| offer.condition = Some(text()))),
        ("term", offer(&|offer| offer.package = package("delivery".to_owned(), text()))),
        ("name of a term", offer(&|offer| offer.package = package(text(), "soon".to_owned()))),
        ("agreed term", Command::Agree { package: package(text(), "soon".to_owned()), despite: None }),
        ("mandate's term", Command::GrantMandate { mandate: limit(text(), "a".to_owned()), told: true }),
        ("mandate's option", Command::GrantMandate { mandate: limit("a".to_owned(), text()), told: true }),
        ("alternative", prepare(&|known| known.our_alternative = Some(text()))),
        ("their alternative", prepare(&|known| known.their_alternative = Some(text()))),
        ("issue", prepare(&|known| drop(known.issues.insert(text(), "much".to_owned())))),
        ("worth of an issue", prepare(&|known| drop(known.issues.insert("delivery".to_owned(), text())))),
        ("impasse", Command::NoteImpasse { how: text() }),
        ("boss asked for", Command::BossAskedFor { how: text() }),
        ("boss contacted", Command::BossContacted { how: text() }),
        ("walking away", Command::WalkAway { reason: text() }),
        ("closing", Command::Close { reason: text() }),
        ("topic", Command::PlanVisit { on: "2026-03-02".parse().expect("a day"), topics: vec![text()] }),
        ("finding", Command::CheckMessage { findings: vec![text()] }),
        ("participant", Command::Name { participant: participant(text()) }),
        ("correction", correct(Fact::ImpasseNoted { how: text() })),
    ]
}

#[test]
fn no_control_character_comes_on_record() {
    let now: jiff::Timestamp = "2026-03-02T10:00:00Z".parse().expect("a time");
    let nora = User("nora".to_owned());
    for (place, wish) in wishes("fine,\tand on\ntwo lines") {
        let refused = negotiation::decide(&opened(), &wish, now, &nora).err();
        assert_ne!(refused, Some(Rejection::Control), "{place}");
    }
    for letter in ['\0', '\u{1b}', '\u{7f}', '\u{9b}'] {
        for (place, wish) in wishes(&format!("a{letter}b")) {
            let refused = negotiation::decide(&opened(), &wish, now, &nora);
            assert_eq!(refused, Err(Rejection::Control), "{place}");
        }
    }
}

#[test]
fn questions_and_answers_are_held_to_it_too() {
    let question = |point: Point, text: &str| Fact::GuidanceAsked {
        question: Question {
            point,
            recommendation: "yes".to_owned(),
            options: vec![text.to_owned()],
            needed_by: "2026-03-03T09:00:00Z".parse().expect("a time"),
            otherwise: "we wait".to_owned(),
        },
        about: None,
    };
    let price = || Point::Price { to: Amount::from(5) };
    let term = Point::Term { name: "a\0".to_owned(), to: Term::Number(Amount::from(1)) };
    let answer = |answer| Fact::GuidanceAnswered { request: 3, answer, until: None, told: false };
    assert!(!question(price(), "a").holds_control());
    for fact in [
        question(price(), "a\0"),
        question(term, "a"),
        answer(Answer::ApproveIf { conditions: "\u{1b}[2J".to_owned() }),
        answer(Answer::Refuse { reason: "no\u{7}".to_owned() }),
    ] {
        assert!(fact.holds_control(), "{fact:?}");
    }
}
