//! The guard as its callers meet it: the rules' own examples, privileged numbers however they are written, and any text.

mod corpus_files;

use leak_guard::{BUILT_IN, Context, LeakKind, Privileged, Rules, Value, What, check};
use proptest::prelude::*;
use terms::Amount;

fn context() -> Context {
    let amount = |amount: i64| Value::Amount(Amount::from(amount));
    Context {
        privileged: vec![Privileged { what: What::WalkAway, value: amount(1_057_000) }],
        exchanged: vec![amount(1_120_000), amount(1_330_000)],
        bosses: vec!["Marta Keller".to_owned()],
        today: None,
    }
}

#[test]
fn the_rules_find_their_own_examples_and_nothing_else_of_theirs() {
    match Rules::parse(&BUILT_IN) {
        Ok(rules) => assert!(rules.ids().count() > 15),
        Err(errors) => panic!("{}", errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")),
    }
}

#[test]
fn a_privileged_number_is_found_however_it_is_written_and_one_exchanged_is_not() {
    let found = |text: &str| {
        check(text, &context(), Rules::built_in()).findings.iter().any(|finding| finding.kind == LeakKind::Number)
    };
    for text in
        ["We could do $1,057,000.", "about 1.057M then", "1 057 000 EUR", "1057k", "USD 1.057 million", "1.057.000"]
    {
        assert!(found(text), "{text}");
    }
    for text in
        ["We could do $1,120,000.", "Invoice 4711 is attached.", "Call me on +49 89 1057 000.", "Let us meet at 10:57."]
    {
        assert!(!found(text), "{text}");
    }
}

#[test]
fn what_is_found_is_said_with_its_words() {
    let text = "Frankly, this is our biggest account and we must close by Friday. I can go up to 1.2M.";
    let found = check(text, &context(), Rules::built_in()).findings;
    for kind in [LeakKind::Importance, LeakKind::Deadline, LeakKind::Authority] {
        let finding = found.iter().find(|finding| finding.kind == kind).unwrap_or_else(|| panic!("{kind:?}"));
        assert_eq!(&text[finding.bytes.clone()], finding.excerpt);
        assert!(!finding.why.is_empty());
    }
    let harmless = "Thank you for the call. We propose $1,120,000 with net 45 days. What is your deadline?";
    assert_eq!(check(harmless, &context(), Rules::built_in()).findings, []);
}

#[test]
fn what_is_not_read_is_said_and_what_is_read_is_not_said_to_be_unread() {
    let unread = |text: &str| check(text, &context(), Rules::built_in()).unread;
    for text in [
        "Dit is onze grootste klant en we moeten voor vrijdag tekenen.",
        "Questo è il nostro cliente più importante e dobbiamo firmare entro venerdì.",
        "To nasz największy klient i musimy podpisać umowę do piątku.",
        "Это наш самый важный клиент.",
        "Budjetti loppuu helmikuussa.",
        "Firmiamo domani mattina, sicuramente.",
        "これは私たちの最大の顧客です。",
        "Thanks for the call. Dit is onze grootste klant en we moeten voor vrijdag tekenen, anders verliezen we geld.",
    ] {
        assert!(!unread(text).is_empty(), "{text}");
    }
    let messages = corpus_files::PARTS.iter().flat_map(|(.., part)| corpus_files::messages(part));
    let grown = corpus_files::grown(corpus_files::HALVES[0]).into_iter().map(|grown| grown.message);
    let all: Vec<_> = messages.chain(grown).collect();
    let doubted = all.iter().filter(|message| !unread(&message.text).is_empty()).count();
    assert!(doubted * 100 <= all.len(), "{doubted} of {} that are read are said to be unread", all.len());
}

/// Pieces of what is read specially: numbers, shares and days in words, names, and signs that join or break them.
fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "one ",
        "point ",
        "zero ",
        "sixty-",
        "million ",
        "hundred and ",
        "a third of ",
        "two thirds off ",
        "half of ",
        "three quarters ",
        "the last Friday of January ",
        "the thirty-first of February ",
        "last day of the quarter ",
        "second Tuesday of next month ",
        "Marta Keller ",
        "Marta Keller Lindqvist ",
        "MARTA KELLER",
        "items 14 to 22 ",
        "1,057,000 ",
        "13.9 % ",
        "off our offer ",
        "we would rather ",
        "nobody else ",
        "\n",
        "> ",
        ". ",
        "; ",
        "é",
        "€",
        "½",
        "\u{200b}",
        "\"",
        "'",
        "not my call ",
        "if you sign by then we ",
        "I can only recommend ",
        "(",
        "- ",
        "0.",
        "9",
    ])
}

proptest! {
    #[test]
    fn any_row_of_pieces_can_be_checked(pieces in prop::collection::vec(piece(), 0..80)) {
        let text = pieces.concat();
        let context = Context { today: Some(jiff::civil::date(2028, 2, 29)), ..context() };
        for finding in check(&text, &context, Rules::built_in()).findings {
            prop_assert_eq!(text.get(finding.bytes.clone()), Some(finding.excerpt.as_str()));
        }
    }

    #[test]
    fn any_text_can_be_checked(text in "(?s).{0,300}") {
        let mut began = 0;
        for finding in check(&text, &context(), Rules::built_in()).findings {
            prop_assert_eq!(text.get(finding.bytes.clone()), Some(finding.excerpt.as_str()));
            prop_assert!(finding.bytes.start >= began, "out of order");
            began = finding.bytes.start;
        }
    }
}
