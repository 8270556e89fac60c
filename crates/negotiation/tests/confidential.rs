//! What those who look on see holds nothing of what is ours alone, whatever is recorded.

use bargain::sheet::Sheet;
use jiff::{SignedDuration, Timestamp};
use negotiation::command::Command;
use negotiation::disclosure::{gives_away, ours_alone};
use negotiation::fact::{Opening, Preparation, PriceShown};
use negotiation::guidance::{Answer, Point, Question};
use negotiation::mandate::{Allowed, Mandate, TermLimit};
use negotiation::offer::{Offer, Package, Term};
use negotiation::party::{Part, Participant, User};
use negotiation::precedent::hand_back_reply;
use negotiation::proposal::{NEUTRAL_WORDING, Outcome, filled};
use negotiation::view::{Sight, entries, sight};
use negotiation::{Fact, Negotiation, Rejection, decide, words};
use proptest::prelude::*;
use rust_decimal::prelude::ToPrimitive;
use terms::{Amount, Currency, Quantity, Role, Side};

/// Amounts that are ours alone carry these digits, and no others do.
const PRIVATE: i64 = 777_000;
const REASON: &str = "because-777-is-ours";

/// A wish: what kind, and a number to vary it by.
type Wish = (u8, i64);

/// The kinds that end a negotiation.
const ENDS: [u8; 2] = [17, 21];

/// A text for the counterpart as the program offers it.
fn plain() -> String {
    [filled(NEUTRAL_WORDING, "the renewal", "Northwind", 7), hand_back_reply("the renewal", "Nora")].concat()
}

/// One that names an amount, in one of the ways that people write.
fn naming(amount: i64, way: i64) -> String {
    let [thousands, rest] = [amount / 1000, amount % 1000];
    let amount = match way % 5 {
        0 => format!("${thousands},{rest:03}"),
        1 => format!("{thousands}.{rest:03} EUR"),
        2 => format!("{thousands} {rest:03}.00"),
        3 => amount.to_string(),
        _ => format!("0.{thousands}{rest:03} million"),
    };
    format!("We could not go beyond {amount}, as you know.")
}

/// An issue sheet whose every amount is ours alone.
fn sheet(private: i64) -> Sheet {
    let text = format!(
        "title = \"{REASON}\"\ncurrency = \"USD\"\nprice = \"price\"\nwalk_away = {private}\n\
         [[issues]]\nname = \"price\"\nfrom = {private}\nto = {}\nstep = 1000\nmandate = {private}\n\
         [[issues]]\nname = \"term\"\noptions = [\"one\", \"two\"]\nours = {{ worth = {private} }}\n",
        private + 9_000
    );
    bargain::sheet::text::read(&text).expect("a sheet")
}

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
                walk_away: Some(Quantity::Known(private.into())),
                our_alternative: Some(REASON.to_owned()),
                ..Preparation::default()
            }),
        },
        3 => Command::GrantMandate { mandate: mandate(private), told: false },
        4 => Command::Ask {
            question: Question {
                point: match number % 3 {
                    0 => Point::Price { to: private.into() },
                    1 => Point::Term { name: "volume".to_owned(), to: Term::Number(private.into()) },
                    _ => Point::Term { name: "volume".to_owned(), to: Term::Words(REASON.to_owned()) },
                },
                recommendation: REASON.to_owned(),
                options: vec![REASON.to_owned()],
                needed_by: soon,
                otherwise: REASON.to_owned(),
            },
        },
        5 => Command::Answer {
            request: last_request,
            answer: Answer::ApproveIf { conditions: REASON.to_owned() },
            until: None,
            told: false,
        },
        6 => Command::Answer {
            request: last_request,
            answer: Answer::ChangeLimit { mandate: mandate(private) },
            until: None,
            told: false,
        },
        7 => Command::NoteImpasse { how: REASON.to_owned() },
        8 => Command::Consent { until: None, told: false },
        9 => Command::Propose { wording: plain(), answer_by: soon, despite },
        10 => {
            let outcomes =
                [Outcome::Unlocked, Outcome::Accepted, Outcome::Declined, Outcome::Ignored, Outcome::Backlash];
            Command::ProposalAnswered { outcome: outcomes[(number % 5) as usize] }
        }
        11 => Command::BringBoss { price, despite },
        12 => Command::HandOver { price, despite },
        13 => Command::HandBack { reply: plain() },
        18 => Command::BossAskedFor { how: "by mail".to_owned() },
        19 => Command::Decline { reply: plain() },
        14 => Command::DebriefVisit { notes: REASON.to_owned() },
        15 => Command::CheckMessage { findings: vec![REASON.to_owned()] },
        16 => {
            let version = 1 + number.unsigned_abs() % negotiation.version.max(1);
            Command::Correct {
                version,
                instead: instead(negotiation, version, private, number),
                reason: REASON.to_owned(),
                despite: None,
            }
        }
        17 => Command::Agree { package: Package::at(at_table), despite },
        20 => Command::Review { notes: REASON.to_owned() },
        22 => Command::PrepareIssues { sheet: Box::new(sheet(private)) },
        21.. => Command::WalkAway { reason: REASON.to_owned() },
    }
}

fn mandate(private: i64) -> Mandate {
    let volume = TermLimit { term: "volume".to_owned(), allowed: Allowed::AtLeast((private + 500).into()) };
    Mandate { terms: vec![volume], ..Mandate::to(private) }
}

/// What might be put in the place of an entry: harmless or not, or nothing.
fn instead(negotiation: &Negotiation, version: u64, private: i64, number: i64) -> Option<Box<Fact>> {
    let entry = negotiation.history.iter().find(|entry| entry.version == version)?;
    // An amount that is on record as ours; one that is not says nothing of us.
    let ours = ours_alone(negotiation).into_iter().next().and_then(|amount| amount.to_i64());
    let text = ours.filter(|_| number % 2 == 1).map_or_else(plain, |amount| naming(amount, number));
    Some(Box::new(match entry.fact.clone() {
        Fact::Offered(offer) => {
            Fact::Offered(Offer { package: Package::at(1_000_000 + 1000 * (number % 50)), ..offer })
        }
        Fact::Agreed { .. } => Fact::Agreed { package: Package::at(1_000_000 + 1000 * (number % 50)) },
        Fact::BothBossesProposed { answer_by, overriding, .. } => {
            Fact::BothBossesProposed { wording: text, answer_by, overriding }
        }
        Fact::BossDeclined { .. } => Fact::BossDeclined { reply: text },
        Fact::BossHandedBack { .. } => Fact::BossHandedBack { reply: text },
        Fact::Prepared(preparation) => Fact::Prepared(Box::new(Preparation {
            target: Some(Quantity::Known((private + 1).into())),
            ..*preparation
        })),
        Fact::ImpasseNoted { .. } => Fact::ImpasseNoted { how: REASON.to_owned() },
        _ => return None,
    }))
}

fn opened() -> Vec<Command> {
    let opening = Opening {
        title: "Renewal".to_owned(),
        role: Role::Seller,
        currency: Currency::USD,
        counterpart: "Northwind".to_owned(),
    };
    let looks_on = Participant { user: User::from("olaf"), part: Part::Observer, privy: false };
    vec![Command::Open { opening }, Command::Name { participant: looks_on }]
}

fn record(wishes: &[Wish]) -> Negotiation {
    let mut negotiation = Negotiation::default();
    let mut now: Timestamp = "2026-03-02T09:00:00Z".parse().expect("a time");
    let nora = User::from("nora");
    // What is refused leaves no trace.
    let act = |negotiation: &mut Negotiation, command: &Command, now: Timestamp| {
        negotiation.enact(command, now, &nora).ok();
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
    fn a_text_for_the_counterpart_names_no_amount_of_ours(
        wishes in prop::collection::vec((0..23_u8, 0..10_000_i64), 0..40),
        pick in 0..1000_usize,
        way in 0..5_i64,
    ) {
        // Last something is prepared, the boss lets herself be named, and is asked for: then a reply may go out.
        let going_on = wishes.into_iter().filter(|(kind, _)| !ENDS.contains(kind)).collect();
        let negotiation = record(&[going_on, vec![(2, way), (8, 0), (18, 0)]].concat());
        prop_assert_eq!(negotiation.phase, negotiation::Phase::Open);
        let now: Timestamp = "2027-03-02T09:00:00Z".parse().expect("a time");
        let ours: Vec<i64> = ours_alone(&negotiation).into_iter().filter_map(|amount| amount.to_i64()).collect();
        let text = naming(ours[pick % ours.len()], way);
        let decline = |reply| Command::Decline { reply };
        let hand_back = |reply| Command::HandBack { reply };
        let propose = |wording| {
            let answer_by = now + SignedDuration::from_hours(1);
            Command::Propose { wording, answer_by, despite: Some(REASON.to_owned()) }
        };
        let goes_out = |wish| decide(&negotiation, &wish, now, &User::from("bea"));
        prop_assert!(goes_out(decline(plain())).is_ok());
        for texts in [[decline(plain()), decline(text.clone())], [hand_back(plain()), hand_back(text.clone())], [propose(plain()), propose(text.clone())]] {
            let [harmless, leaking] = texts.map(goes_out);
            prop_assert!(leaking.is_err(), "{} went out", text);
            if harmless.is_ok() {
                prop_assert!(matches!(leaking, Err(Rejection::GivesAway(_))), "{:?}", leaking);
            }
        }
        // What the program itself proposes to write names none.
        prop_assert!(!gives_away(&negotiation, &plain()));
    }

    #[test]
    fn who_looks_on_sees_nothing_of_ours(wishes in prop::collection::vec((0..23_u8, 0..10_000_i64), 0..40)) {
        let negotiation = record(&wishes);
        let all = format!("{:?}", entries(&negotiation, Sight::All));
        prop_assert_eq!(sight(&negotiation, &User::from("olaf")), Sight::Table);
        prop_assert_eq!(sight(&negotiation, &User::from("zoe")), Sight::Nothing);
        prop_assert!(entries(&negotiation, Sight::Nothing).is_empty());
        let seen = entries(&negotiation, Sight::Table);
        let told: String = seen.iter().map(|entry| words::line(&entry.fact, &|Amount(amount)| amount.to_string())).collect();
        let all_seen = format!("{seen:?}");
        for text in [&told, &all_seen] {
            prop_assert!(!text.contains("777"), "{}", text);
        }
        // The test would be void if nothing private were ever on record.
        let wished = wishes.iter().any(|(kind, _)| *kind == 2);
        prop_assert!(!wished || all.contains("777") || negotiation.phase != negotiation::Phase::Open);
    }

    #[test]
    fn folding_a_record_anew_gives_the_same(wishes in prop::collection::vec((0..23_u8, 0..10_000_i64), 0..40)) {
        let negotiation = record(&wishes);
        prop_assert_eq!(Negotiation::of(negotiation.history.clone()), negotiation);
    }

    #[test]
    fn a_refusal_repeats_no_amount(wishes in prop::collection::vec((0..23_u8, 0..10_000_i64), 0..20), wish in (0..23_u8, 0..10_000_i64)) {
        let negotiation = record(&wishes);
        let now: Timestamp = "2027-03-02T09:00:00Z".parse().expect("a time");
        if let Err(refused) = decide(&negotiation, &command(&negotiation, now, wish), now, &User::from("nora")) {
            prop_assert!(!refused.to_string().contains("777"), "{}", refused);
        }
    }
}
