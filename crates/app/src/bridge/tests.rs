//! Records made case by case, each against what the case should say.

use negotiation::fact::{Days, Opening, Preparation};
use negotiation::mandate::Mandate;
use negotiation::party::User;
use negotiation::{Command, offer};
use terms::{Currency, Side};

use super::*;

fn range(low: i64, likely: i64, high: i64) -> Quantity<Amount> {
    Quantity::Range { low: low.into(), likely: likely.into(), high: high.into() }
}

fn recorded(commands: Vec<Command>) -> Negotiation {
    let mut negotiation = Negotiation::default();
    let start: Timestamp = "2026-03-02T09:00:00Z".parse().unwrap();
    for (day, command) in (0_i64..).zip(commands) {
        let at = start + jiff::SignedDuration::from_hours(24 * day);
        negotiation.enact(&command, at, &User::from("nora")).unwrap();
    }
    negotiation
}

fn open() -> Command {
    Command::Open {
        opening: Opening {
            title: "Renewal".to_owned(),
            role: Role::Seller,
            currency: Currency::USD,
            counterpart: "Northwind".to_owned(),
        },
    }
}

fn prepare() -> Command {
    Command::Prepare {
        preparation: Box::new(Preparation {
            walk_away: Some(1_050_000.into()),
            target: Some(1_400_000.into()),
            boss_limit: Some(1_100_000.into()),
            counterpart_limit: Some(range(1_140_000, 1_230_000, 1_340_000)),
            rounds_left: Some(6),
            ..Preparation::default()
        }),
    }
}

fn offers(by: Side, amount: i64) -> Command {
    Command::Offer { offer: offer::Offer::of(by, amount), despite: None }
}

#[test]
fn a_record_says_what_it_lacks() {
    let now = Timestamp::UNIX_EPOCH;
    assert_eq!(case_of(&Negotiation::default(), now, 0).unwrap_err().len(), 5);
    let opened = recorded(vec![open()]);
    let missing = [Missing::WalkAway, Missing::Target, Missing::CounterpartLimit, Missing::Time];
    assert_eq!(case_of(&opened, now, 0).unwrap_err(), missing);
}

#[test]
fn a_record_and_the_same_case_by_hand_get_the_same_advice() {
    let negotiation = recorded(vec![
        open(),
        prepare(),
        Command::GrantMandate { mandate: Mandate::to(1_180_000), told: false },
        offers(Side::Us, 1_420_000),
        offers(Side::Them, 1_020_000),
        offers(Side::Us, 1_380_000),
        offers(Side::Them, 1_110_000),
        offers(Side::Us, 1_300_000),
        offers(Side::Them, 1_110_000),
        Command::NoteImpasse { how: "the same again".to_owned() },
    ]);
    let now = negotiation.history.last().unwrap().at;
    let case = case_of(&negotiation, now, 2).unwrap();
    assert_eq!(case.check(), []);
    assert_eq!((case.offers.len(), case.acts.len()), (6, 1));
    assert_eq!(case.acts[0].after_offers, 6);
    assert_eq!(case.offers[5].amount, 1_110_000.0);
    assert_eq!(case.value.authority, Some(Quantity::Known(1_180_000.0)));
    let options = engine::Options::new(3, 1024);
    let answer = engine::first_answer(&case, &options).unwrap();
    // The case goes through its own text and back: what is exported advises alike.
    let text = case_file::write(&case);
    let again = case_file::read(text.as_bytes()).unwrap();
    assert_eq!(engine::first_answer(&again, &options).unwrap(), answer);
}

#[test]
fn a_package_counts_in_the_case_as_the_price_worth_as_much() {
    let text = "title = \"x\"\ncurrency = \"USD\"\nprice = \"Price\"\n\
         [[issues]]\nname = \"Price\"\nfrom = 1000000\nto = 1400000\nstep = 10000\n\
         [[issues]]\nname = \"Payment\"\nfrom = 30\nto = 90\nstep = 30\nrealistic = 30\n\
         ours = { better = \"low\", worth = 20000 }\n";
    let sheet = Box::new(bargain::sheet::text::read(text).unwrap());
    let mut offer = offer::Offer::of(Side::Them, 1_100_000);
    offer.package.terms.insert("payment".to_owned(), offer::Term::Number(90.into()));
    let commands = vec![
        open(),
        prepare(),
        Command::PrepareIssues { sheet },
        Command::GrantMandate { mandate: Mandate::to(1_180_000), told: false },
    ];
    let plain = [commands.clone(), vec![offers(Side::Them, 1_100_000)]].concat();
    let packaged = [commands, vec![Command::Offer { offer, despite: None }]].concat();
    for (commands, amount) in [(plain, 1_100_000.0), (packaged, 1_080_000.0)] {
        let negotiation = recorded(commands);
        let case = case_of(&negotiation, negotiation.history.last().unwrap().at, 0).unwrap();
        assert_eq!(case.offers[0].amount, amount);
    }
}

#[test]
fn proposals_each_carry_what_came_of_them_and_one_that_waits_comes_last() {
    let propose = || Command::Propose {
        wording: "Shall we each ask upstairs?".to_owned(),
        answer_by: "2027-03-02T09:00:00Z".parse().unwrap(),
        despite: Some("a trial".to_owned()),
    };
    let answered = |outcome| Command::ProposalAnswered { outcome };
    let negotiation = recorded(vec![
        open(),
        prepare(),
        Command::GrantMandate { mandate: Mandate::to(1_180_000), told: false },
        Command::Consent { until: None, told: false },
        propose(),
        answered(Outcome::Declined),
        propose(),
        answered(Outcome::Ignored),
        propose(),
        Command::NoteImpasse { how: "nothing moves".to_owned() },
        offers(Side::Them, 1_020_000),
    ]);
    let case = case_of(&negotiation, negotiation.history.last().unwrap().at, 0).unwrap();
    assert_eq!(case.check(), []);
    let acts: Vec<_> = case.acts.iter().map(|act| (act.kind, act.answer)).collect();
    let proposed = ActKind::BothBossesProposed;
    let told = [
        (proposed, Some(Answer::Declined)),
        (proposed, Some(Answer::Ignored)),
        (ActKind::ImpasseNoted, None),
        (proposed, None),
    ];
    assert_eq!(acts, told);
}

#[test]
fn where_the_sides_have_met_the_agreement_is_missing() {
    let negotiation = recorded(vec![
        open(),
        prepare(),
        Command::GrantMandate { mandate: Mandate::to(1_180_000), told: false },
        offers(Side::Us, 1_200_000),
        offers(Side::Them, 1_200_000),
    ]);
    let now = negotiation.history.last().unwrap().at;
    assert_eq!(case_of(&negotiation, now, 0).unwrap_err(), [Missing::Agreement]);
}

#[test]
fn a_struck_offer_is_no_part_of_the_case() {
    let negotiation = recorded(vec![
        open(),
        prepare(),
        Command::GrantMandate { mandate: Mandate::to(1_180_000), told: false },
        offers(Side::Them, 1_020_000),
        offers(Side::Them, 1_900_000),
        Command::Correct { version: 6, instead: None, reason: "another deal's".to_owned(), despite: None },
    ]);
    let now = negotiation.history.last().unwrap().at;
    let case = case_of(&negotiation, now, 0).unwrap();
    assert_eq!(case.offers.iter().map(|offer| offer.amount).collect::<Vec<_>>(), [1_020_000.0]);
}

/// Nora's record of a case, a day after its last entry.
fn intaken(case: &Case) -> (Negotiation, Timestamp) {
    let last = last_day(&case.offers, &case.acts).or(case.time.counted_from).unwrap_or(jiff::civil::date(2026, 3, 1));
    let now = last.at(9, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp();
    let opening = Opening {
        title: case.title.clone(),
        role: case.role,
        currency: case.currency,
        counterpart: "Northwind".to_owned(),
    };
    let nora = User::from("nora");
    let (facts, _) = crate::intake::facts_of(case, opening, &nora, now);
    (crate::intake::recorded(facts, &nora, now), now)
}

#[test]
fn a_case_becomes_a_record_and_comes_back() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut tried = 0;
    for path in files.filter(|path| path.extension().is_some_and(|end| end == "toml")) {
        let case = case_file::read(&std::fs::read(&path).unwrap()).unwrap();
        let (negotiation, now) = intaken(&case);
        let again = case_of(&negotiation, now, 0).unwrap_or_else(|why| panic!("{}: {why:?}", path.display()));
        assert_eq!(again.check(), [], "{}", path.display());
        // What the record has no place for: notes on some acts, which it says. What it adds: that the boss never came before,
        // and how long a round has taken.
        let mut want = case.clone();
        want.time.days_per_round = want.time.days_per_round.or(again.time.days_per_round);
        want.future.past_boss_appearances.get_or_insert(Quantity::Known(0.0));
        for (act, kept) in want.acts.iter_mut().zip(&again.acts) {
            act.note.clone_from(&kept.note);
        }
        assert_eq!(again, want, "{}", path.display());
        let text = case_file::write(&again);
        let (negotiation, now) = intaken(&case_file::read(text.as_bytes()).unwrap());
        assert_eq!(case_file::write(&case_of(&negotiation, now, 0).unwrap()), text, "{}", path.display());
        tried += 1;
    }
    assert!(tried > 10);
}

#[test]
fn a_deadline_counts_from_today_and_rounds_take_as_long_as_they_took() {
    let deadline = |days_per_round: Option<u32>| {
        let mut prepared = prepare();
        if let Command::Prepare { preparation } = &mut prepared {
            preparation.rounds_left = None;
            preparation.deadline = Some(jiff::civil::date(2026, 5, 1));
            preparation.days_per_round = days_per_round.map(Days::Whole);
        }
        prepared
    };
    let now: Timestamp = "2026-03-30T09:00:00Z".parse().unwrap();
    let case = |commands| case_of(&recorded(commands), now, 0).unwrap();
    // No offer at all: 32 days, a round a week.
    let begun = case(vec![open(), deadline(None)]);
    assert_eq!(begun.time.counted_from, Some(jiff::civil::date(2026, 3, 30)));
    assert_eq!(begun.time.days_per_round, Some(7.0));
    engine::first_answer(&begun, &engine::Options::new(1, 1024)).unwrap();
    // Theirs came on 4 and 6 March, two days apart.
    let offers = vec![
        open(),
        deadline(None),
        offers(Side::Them, 1_000_000),
        offers(Side::Us, 1_400_000),
        offers(Side::Them, 1_010_000),
    ];
    assert_eq!(case(offers).time.days_per_round, Some(2.0));
    assert_eq!(case(vec![open(), deadline(Some(5))]).time.days_per_round, Some(5.0));
}

#[test]
fn authority_is_stated_granted_or_not_limited() {
    let prepared = |authority| {
        let mut prepared = prepare();
        if let Command::Prepare { preparation } = &mut prepared {
            preparation.authority = authority;
        }
        prepared
    };
    let stakes = |commands| {
        let negotiation = recorded(commands);
        case_of(&negotiation, negotiation.history.last().unwrap().at, 0).unwrap().value
    };
    let stated = |extent| Some(Stated::Otherwise(extent));
    for authority in [None, stated(Extent::Unlimited)] {
        let free = stakes(vec![open(), prepared(authority)]);
        assert_eq!((free.authority, free.boss_limit), (None, None), "there is nothing to ask a boss for");
    }
    let nothing = stakes(vec![open(), prepared(stated(Extent::None))]);
    assert_eq!(nothing.authority, Some(nothing.target), "the target alone needs no leave");
    let some = vec![open(), prepared(Some(Stated::To(Quantity::Known(1_180_000.into()))))];
    assert_eq!(stakes(some.clone()).authority, Some(Quantity::Known(1_180_000.0)));
    let granted = Command::GrantMandate { mandate: Mandate::to(1_200_000), told: true };
    assert_eq!(stakes([some, vec![granted]].concat()).authority, Some(Quantity::Known(1_200_000.0)));
}
