//! What those who look on see holds nothing of what is ours alone, whatever is recorded.

use jiff::{SignedDuration, Timestamp};
use negotiation::amount::{Amount, Estimate};
use negotiation::command::Command;
use negotiation::fact::{Opening, Preparation, PriceShown};
use negotiation::guidance::{Answer, Point, Question};
use negotiation::mandate::Mandate;
use negotiation::offer::{Offer, Package};
use negotiation::party::{Part, Participant, Role, Side, User};
use negotiation::proposal::{NEUTRAL_WORDING, Outcome, filled};
use negotiation::view::{Sight, entries, sight};
use negotiation::{Entry, Negotiation, decide, words};
use proptest::prelude::*;

/// Amounts that are ours alone carry these digits, and no others do.
const PRIVATE: i64 = 777_000;
const REASON: &str = "because-777-is-ours";

/// A wish: what kind, and a number to vary it by.
type Wish = (u8, i64);

fn command(negotiation: &Negotiation, now: Timestamp, (kind, number): Wish) -> Command {
    let private = PRIVATE + number % 1000;
    let soon = now + SignedDuration::from_hours(48);
    let last_request = negotiation.requests.last().map_or(1, |request| request.id);
    let despite = Some(REASON.to_owned());
    let by = if number % 2 == 0 { Side::Us } else { Side::Them };
    let at_table = 1_000_000 + 1000 * (number % 50);
    let price = Some(PriceShown { against_best: private.into(), precedent: private.into(), advice: 1 });
    match kind {
        0 | 1 => {
            let offer = Offer { note: Some(REASON.to_owned()), ..Offer::of(by, at_table) };
            Command::Offer { offer, despite }
        }
        2 => Command::Prepare {
            preparation: Box::new(Preparation {
                walk_away: Some(Estimate::Known(private.into())),
                our_alternative: Some(REASON.to_owned()),
                ..Preparation::default()
            }),
        },
        3 => Command::GrantMandate { mandate: Mandate::to(private) },
        4 => Command::Ask {
            question: Question {
                point: Point::Price { to: private.into() },
                recommendation: REASON.to_owned(),
                options: vec![REASON.to_owned()],
                needed_by: soon,
                otherwise: REASON.to_owned(),
            },
        },
        5 => Command::Answer { request: last_request, answer: Answer::ApproveIf { conditions: REASON.to_owned() } },
        6 => Command::Answer { request: last_request, answer: Answer::ChangeLimit { mandate: Mandate::to(private) } },
        7 => Command::NoteImpasse { how: REASON.to_owned() },
        8 => Command::Consent { until: None },
        9 => Command::Propose {
            wording: filled(NEUTRAL_WORDING, "the renewal", "Northwind", 7),
            answer_by: soon,
            despite,
        },
        10 => {
            let outcomes =
                [Outcome::Unlocked, Outcome::Accepted, Outcome::Declined, Outcome::Ignored, Outcome::Backlash];
            Command::ProposalAnswered { outcome: outcomes[(number % 5) as usize] }
        }
        11 => Command::BringBoss { price, despite },
        12 => Command::HandOver { price, despite },
        13 => Command::HandBack { reply: "Nora speaks for us.".to_owned() },
        14 => Command::DebriefVisit { notes: REASON.to_owned() },
        15 => Command::CheckMessage { findings: vec![REASON.to_owned()] },
        16 => Command::Correct {
            version: 1 + number.unsigned_abs() % negotiation.version.max(1),
            instead: None,
            reason: REASON.to_owned(),
        },
        17 => Command::Agree { package: Package::at(at_table), despite },
        18 => Command::Review { notes: REASON.to_owned() },
        _ => Command::WalkAway { reason: REASON.to_owned() },
    }
}

fn opened() -> Vec<Command> {
    let opening = Opening {
        title: "Renewal".to_owned(),
        role: Role::Seller,
        currency: "USD".to_owned(),
        counterpart: "Northwind".to_owned(),
    };
    let looks_on = Participant { user: User::from("olaf"), part: Part::Observer, privy: false };
    vec![Command::Open { opening }, Command::Name { participant: looks_on }]
}

fn record(wishes: &[Wish]) -> Negotiation {
    let mut negotiation = Negotiation::default();
    let mut now: Timestamp = "2026-03-02T09:00:00Z".parse().expect("a time");
    let nora = User::from("nora");
    let act = |negotiation: &mut Negotiation, command: &Command, now: Timestamp| {
        // What is refused leaves no trace.
        for fact in decide(negotiation, command, now, &nora).unwrap_or_default() {
            let version = negotiation.version + 1;
            negotiation.apply(Entry { version, at: now, by: nora.clone(), fact });
        }
    };
    for command in opened() {
        act(&mut negotiation, &command, now);
    }
    for &wish in wishes {
        now += SignedDuration::from_hours(30);
        let command = command(&negotiation, now, wish);
        act(&mut negotiation, &command, now);
    }
    negotiation
}

proptest! {
    #[test]
    fn who_looks_on_sees_nothing_of_ours(wishes in prop::collection::vec((0..20_u8, 0..10_000_i64), 0..40)) {
        let negotiation = record(&wishes);
        let all = serde_json::to_string(&entries(&negotiation, Sight::All)).expect("plain data");
        prop_assert_eq!(sight(&negotiation, &User::from("olaf")), Sight::Table);
        prop_assert_eq!(sight(&negotiation, &User::from("zoe")), Sight::Nothing);
        prop_assert!(entries(&negotiation, Sight::Nothing).is_empty());
        let seen = entries(&negotiation, Sight::Table);
        let told: String = seen.iter().map(|entry| words::line(&entry.fact, &|Amount(amount)| amount.to_string())).collect();
        let json = serde_json::to_string(&seen).expect("plain data");
        for text in [&told, &json] {
            prop_assert!(!text.contains("777"), "{}", text);
        }
        // The test would be void if nothing private were ever on record.
        let wished = wishes.iter().any(|(kind, _)| *kind == 2);
        prop_assert!(!wished || all.contains("777") || negotiation.phase != negotiation::Phase::Open);
    }

    #[test]
    fn folding_a_record_anew_gives_the_same(wishes in prop::collection::vec((0..20_u8, 0..10_000_i64), 0..40)) {
        let negotiation = record(&wishes);
        prop_assert_eq!(Negotiation::of(negotiation.history.clone()), negotiation);
    }

    #[test]
    fn a_refusal_repeats_no_amount(wishes in prop::collection::vec((0..20_u8, 0..10_000_i64), 0..20), wish in (0..20_u8, 0..10_000_i64)) {
        let negotiation = record(&wishes);
        let now: Timestamp = "2027-03-02T09:00:00Z".parse().expect("a time");
        if let Err(refused) = decide(&negotiation, &command(&negotiation, now, wish), now, &User::from("nora")) {
            prop_assert!(!refused.to_string().contains("777"), "{}", refused);
        }
    }
}
