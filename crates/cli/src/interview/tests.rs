//! The interview from the first question to the last.

use super::*;
use engine::assumption::Name;
use terms::Side;

/// Answers to all twelve questions.
const SELLER: [&str; 12] = [
    "selling the renewal to Northwind",
    "1.05m",
    "1.4m",
    "1.18m 1.1m",
    "1.14m 1.23m 1.34m",
    "likely",
    "us 1.42m, them 1.02m, us 1.38m, them 1.075m",
    "6, 3k each",
    "4, 150k each",
    "a little better",
    "7k",
    "no",
];
const BUYER: [&str; 12] = ["Buying steel", "€900k", "700k", "", "650k 720k 800k", "", "", "6", "", "", "", ""];

fn answered(lines: &[&str]) -> Interview {
    let mut interview = Interview::new();
    for line in lines {
        assert_eq!(interview.answer(line), Reply::Next, "{line}");
    }
    interview
}

/// What is said when the last of `lines` can't be taken.
fn refused(lines: &[&str]) -> String {
    let (last, before) = lines.split_last().expect("a line");
    match answered(before).answer(last) {
        Reply::Again(why) => why,
        other => panic!("{last}: {other:?}"),
    }
}

#[test]
fn a_seller_is_understood() {
    let interview = answered(&SELLER);
    assert_eq!(interview.question(), None);
    let case = interview.case().expect("a case");
    assert_eq!(case.check(), vec![]);
    assert_eq!((case.title.as_str(), case.role), ("Selling the renewal to Northwind", Role::Seller));
    assert_eq!(case.currency.code(), "USD");
    assert_eq!(case.value.walk_away, Quantity::Known(1_050_000.0));
    assert_eq!(case.value.target, Quantity::Known(1_400_000.0));
    assert_eq!(case.value.authority, Some(Quantity::Known(1_180_000.0)));
    assert_eq!(case.value.boss_limit, Some(Quantity::Known(1_100_000.0)));
    let limit = Quantity::Range { low: 1_140_000.0, likely: 1_230_000.0, high: 1_340_000.0 };
    assert_eq!(case.counterpart.limit, limit);
    assert_eq!(case.assumptions[&Name::FullAuthorityChance].likely(), 0.70);
    assert_eq!(case.offers.len(), 4);
    assert_eq!((case.offers[3].by, case.offers[3].amount), (Side::Them, 1_075_000.0));
    assert_eq!(case.time.rounds_left, Some(6));
    assert_eq!(case.time.cost_of_delay_per_round, Some(Quantity::Known(3_000.0)));
    assert_eq!(case.future.later_deals, Some(Quantity::Known(4.0)));
    assert_eq!(case.future.value_per_deal, Some(Quantity::Known(150_000.0)));
    assert_eq!(case.boss.skill.map(Quantity::likely), Some(0.04));
    assert_eq!(case.boss.time_cost, Some(Quantity::Known(7_000.0)));
    assert!(!case.boss.already_expected);
}

#[test]
fn a_buyer_who_takes_every_default_leaves_the_rest_to_the_assumptions() {
    let interview = answered(&BUYER);
    let case = interview.case().expect("a case");
    assert_eq!((case.role, case.currency.code()), (Role::Buyer, "EUR"));
    assert_eq!((case.value.authority, case.value.boss_limit), (None, None));
    assert_eq!(case.boss, Boss::default());
    assert_eq!(case.future, Future::default());
    assert!(case.assumptions.is_empty() && case.offers.is_empty());
    assert_eq!(case.time.cost_of_delay_per_round, None);
}

#[test]
fn what_is_saved_reads_back_as_the_case_that_was_answered() {
    for lines in [SELLER, BUYER] {
        let interview = answered(&lines);
        let case = interview.case().expect("a case");
        assert_eq!(case_file::read(case_file::write(case).as_bytes()).as_ref(), Ok(case));
    }
}

#[test]
fn sellers_and_buyers_are_asked_in_their_own_words() {
    let text = |lines: &[&str]| answered(lines).question().expect("a question").text;
    assert!(text(&["selling x"]).contains("the least you would take"));
    assert!(text(&["buying x"]).contains("the most you would pay"));
    assert!(text(&SELLER[..3]).contains("How low"));
    assert!(text(&BUYER[..3]).contains("How high"));
    for lines in [SELLER, BUYER] {
        for asked in 0..12 {
            let mut interview = answered(&lines[..asked]);
            let question = interview.question().expect("a question");
            assert!(question.text.ends_with('?') || question.text.ends_with("Guess."), "{question:?}");
            assert!(!question.hint.is_empty());
            let Reply::Help(help) = interview.answer("?") else { panic!("no help with {}", question.text) };
            assert!(help.to_lowercase().contains("example") || help.contains("Say yes"), "{help}");
            assert_eq!(interview.question(), Some(question), "help leaves the question standing");
        }
    }
}

#[test]
fn an_answer_is_needed_exactly_where_no_default_is_shown() {
    for asked in 0..12 {
        let mut interview = answered(&SELLER[..asked]);
        let has_default = interview.question().expect("a question").default.is_some();
        assert_eq!(interview.answer("") == Reply::Next, has_default, "question {}", asked + 1);
    }
}

#[test]
fn back_returns_and_keeps_what_was_said_as_the_default() {
    let mut interview = answered(&SELLER[..5]);
    for _ in 0..3 {
        assert_eq!(interview.answer("back"), Reply::Next);
    }
    let question = interview.question().expect("a question");
    assert_eq!((question.number.0, question.default.as_deref()), (3, Some("1.4m")));
    assert_eq!(interview.answer("1.5m"), Reply::Next);
    assert_eq!(interview.question().and_then(|asked| asked.default).as_deref(), Some("1.18m 1.1m"));
    for _ in 0..2 {
        assert_eq!(interview.answer(""), Reply::Next);
    }
    for line in &SELLER[5..] {
        assert_eq!(interview.answer(line), Reply::Next);
    }
    let case = interview.case().expect("a case");
    assert_eq!(case.value.target, Quantity::Known(1_500_000.0));
    assert_eq!(case.value.authority, Some(Quantity::Known(1_180_000.0)));
    assert!(matches!(Interview::new().answer("back"), Reply::Again(_)));
    assert_eq!(Interview::new().answer("Quit"), Reply::Leave);
}

#[test]
fn answers_that_do_not_go_together_are_asked_for_again() {
    let with = |count: usize, last: &'static str| {
        let mut lines = SELLER[..count].to_vec();
        lines.push(last);
        refused(&lines)
    };
    let table = [
        (0, "the renewal", "Begin with selling"),
        (1, "CHF", "Give the price as well"),
        (2, "900k", "has to be above"),
        (2, "1.05m", "has to be above"),
        (2, "1.05m 1.4m", "one number, or three"),
        (2, "€1.4m", "this deal is in USD"),
        (3, "1.1m 1.18m", "at least as far as you"),
        (3, "1m", "at least as far as you"),
        (3, "1m 2m 3m", "two numbers"),
        (4, "1.34m 1.23m 1.14m", "in order"),
        (5, "possible", "too many things"),
        (6, "us 1.42m, them 1.5m", "Offer 2 is at least as good"),
        (7, "0", "from 1 to 200"),
        (7, "6.5", "from 1 to 200"),
        (7, "900", "from 1 to 200"),
        (7, "4 6 8", "one number of rounds"),
        (7, "6, -3k each", "without a minus"),
        (8, "-4", "out of bounds"),
        (9, "good", "Say it in one of these"),
        (10, "-7k", "without a minus"),
        (11, "perhaps", "yes or no"),
    ];
    for (count, typed, said) in table {
        let why = with(count, typed);
        assert!(why.contains(said), "{typed}: {why}");
        let figures: Vec<&str> = typed.split_whitespace().filter(|word| word.len() > 3).collect();
        assert!(!figures.iter().any(|figure| why.contains(figure)), "{why} repeats an amount");
    }
    assert!(refused(&["buying x", "900k", "1m"]).contains("has to be below"));
}

#[test]
fn a_likely_slip_is_asked_about_once() {
    let mut interview = answered(&SELLER[..2]);
    let Reply::Again(doubt) = interview.answer("1.4bn") else { panic!("no doubt") };
    assert!(doubt.contains("is a k or an m missing"), "{doubt}");
    assert_eq!(interview.answer("1.4bn"), Reply::Next);
    let mut interview = answered(&SELLER[..4]);
    assert!(matches!(interview.answer("1.23"), Reply::Again(_)), "a limit without its m");
    assert!(matches!(interview.answer("123m"), Reply::Again(_)), "another slip is another doubt");
    assert_eq!(interview.answer("1.23m"), Reply::Next);
}

#[test]
fn keys_that_are_no_letters_are_refused() {
    assert!(matches!(Interview::new().answer("selling \u{1b}[A"), Reply::Again(_)));
}

proptest::proptest! {
    #[test]
    fn no_answer_does_harm(count in 0..12_usize, line in "\\PC{0,40}|[0-9kmus$€,. ]{0,30}") {
        let mut interview = answered(&SELLER[..count]);
        let _ = interview.answer(&line);
        proptest::prop_assert!(interview.draft().check().is_empty());
    }
}
