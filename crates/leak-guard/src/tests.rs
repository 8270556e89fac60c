//! That the guard's work is in proportion to its text, counted and not timed; and that what it says holds no secret.

use jiff::civil::date;
use terms::Amount;

use super::*;

fn context() -> Context {
    let amount = |amount: i64| Value::Amount(Amount::from(amount));
    Context {
        privileged: vec![
            Privileged { what: What::WalkAway, value: amount(1_057_000) },
            Privileged { what: What::Deadline, value: Value::Day(date(2026, 12, 2)) },
        ],
        exchanged: vec![amount(1_120_000), amount(1_330_000)],
        bosses: vec!["Marta Keller".to_owned()],
        today: Some(date(2026, 11, 23)),
    }
}

/// Texts that made the guard go over the same words again and again, or might.
fn hostile() -> Vec<(&'static str, String)> {
    let pieces = [
        ("no end of a sentence", "we must close by friday because our boss wants this "),
        ("digits", "1,057,000 "),
        ("one long number", "1"),
        ("separators", "1,1'1.1 1_1"),
        ("numbers in words", "one million and a half of "),
        ("german number words", "vierhundertzwolftausend und eine million "),
        ("days", "2/12, 2.12. and the last friday of january "),
        ("halfway", "halfway between 1,120,000 and 1,330,000 is the top. "),
        ("quotes", "> we must close by friday\n"),
        ("brackets", "))))((((\"\"\"\" "),
        ("a boss", "Marta Keller Marta Keller"),
        ("one word", "deadlnie"),
        ("addresses", "a@b.c@d.e/https://x.y "),
        ("another script", "мы должны подписать договор "),
        ("signs of many letters", "ﷺ"),
        ("empty lines", "\n\n \n"),
        ("invoice", "invoice no. #1-"),
        ("budget", "our budget stops at 1.05 and not one cent more, "),
    ];
    pieces.into_iter().map(|(name, piece)| (name, piece.to_owned())).collect()
}

/// What is gone through in checking a text of this many bytes.
fn work(piece: &str, bytes: usize) -> usize {
    let text = piece.repeat(bytes / piece.len() + 1);
    work::of(|| {
        check(&text, &context(), Rules::built_in());
    })
}

#[test]
fn four_times_the_text_is_four_times_the_work() {
    const SHORT: usize = 8 << 10;
    for (name, piece) in hostile() {
        let (short, long) = (work(&piece, SHORT), work(&piece, 4 * SHORT));
        // A part more for the ends of blocks and sentences, which do not fall alike.
        assert!(long <= short * 9 / 2, "{name}: {short}, then {long}");
        let passes = long / (4 * SHORT);
        assert!(passes <= MOST_PASSES, "{name}: each byte is gone through {passes} times");
    }
}

/// So often each byte of a text is gone through by one pattern or another, at most: a few times by each rule.
const MOST_PASSES: usize = 900;

#[test]
fn no_sentence_and_no_block_is_longer_than_its_bound() {
    for (name, piece) in hostile() {
        let text = piece.repeat((64 << 10) / piece.len());
        let folded = fold::Folded::of(&text, &spelling::Spelling::default(), &[]);
        let longest = folded.sentences().iter().map(ExactSizeIterator::len).max().unwrap_or(0);
        assert!(longest <= 2 * fold::LONGEST_SENTENCE + 1, "{name}: {longest}");
        let blocks = folded.blocks();
        assert_eq!(blocks.first().map_or(0, |block| block.start), 0);
        assert!(blocks.windows(2).all(|pair| pair[0].end == pair[1].start), "{name}: blocks leave nothing out");
        assert_eq!(blocks.last().map_or(0, |block| block.end), folded.text.len());
    }
}

#[test]
fn what_stands_beyond_the_bound_is_said_to_be_unread_and_findings_are_bounded() {
    let text = "We must close by Friday. ".repeat(MOST_FINDINGS + 30);
    let checked = check(&text, &context(), Rules::built_in());
    assert_eq!(checked.findings.len(), MOST_FINDINGS);
    assert!(checked.left_out >= 30);
    assert!(checked.reservations().iter().any(|sentence| sentence.contains("more findings")));
    let long = format!("{}We must close by Friday.", "\n".repeat(MOST_BYTES));
    let checked = check(&long, &context(), Rules::built_in());
    assert!(checked.findings.is_empty() && checked.unread.iter().any(|unread| unread.is_too_long));
}

#[test]
fn what_is_said_beside_the_words_holds_none_of_them_and_no_secret() {
    let text = "Sign by 2/12. 1,057,000 is our walk-away, halfway to 994,000. Wij moeten dit contract voor het einde van de \
                maand tekenen, anders verliezen we ons budget.";
    let checked = check(text, &context(), Rules::built_in());
    assert!(checked.findings.len() > 1 && checked.is_certain() && !checked.unread.is_empty());
    let debugged = format!("{checked:?} {:?}", context());
    let said: String =
        checked.findings.iter().map(|one| one.why.clone() + one.instead.as_deref().unwrap_or("")).collect();
    let said = said + &checked.reservations().concat() + &debugged;
    for secret in ["1,057", "1057000", "994", "2/12", "2026-12", "contract voor", "Marta", "walk-away, half"] {
        assert!(!said.contains(secret), "{secret} in {said}");
    }
}
