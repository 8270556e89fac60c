//! Case files good and bad: what is read, and what is said of what is wrong.

use case_file::{Problem, read};
use engine::assumption::Name;
use engine::case::{ActKind, Answer};
use proptest::prelude::*;
use terms::{Level, Quantity, Role, Side};

/// A sound case with an amount that must never show up in a text.
const SOUND: &str = r#"
title = "Renewal"
role = "seller"
currency = "USD"

[value]
walk_away = 1_000_731
target = 1_400_731.5
authority = { low = 1_100_731, likely = 1_180_731, high = 1_200_731 }
boss_limit = 1_050_731

[counterpart]
limit = { low = 1_100_731, likely = 1_220_731, high = 1_400_731 }
cost_of_escalating = 20_731

[time]
rounds_left = 6
days_per_round = 7
cost_of_delay_per_week = 2_731

[future]
later_deals = 4
value_per_deal = 150_731
discount = 0.9
past_boss_appearances = 1

[boss]
time_cost = 7_731
skill = 0.04
already_expected = false

[[offers]]
by = "us"
amount = 1_500_731
date = "2026-02-02"

[[acts]]
kind = "guidance"
date = 2026-02-09
answer = "granted"

[[offers]]
by = "them"
amount = 900_731
date = 2026-02-09
level = "boss"
binding = true
note = "by letter"

[[acts]]
kind = "impasse_noted"

[assumptions]
role_priors = true
giveaway = 0.1
boss_call_rate = { low = 0, likely = 0.1, high = 0.2 }
"#;

fn problems(text: &str) -> Vec<Problem> {
    read(text.as_bytes()).expect_err("the case is faulty")
}

/// What is said of the sound case with one piece replaced.
fn with(piece: &str, replacement: &str) -> Vec<Problem> {
    assert!(SOUND.contains(piece), "{piece}");
    problems(&SOUND.replacen(piece, replacement, 1))
}

fn line_of(piece: &str) -> usize {
    1 + SOUND[..SOUND.find(piece).expect("a piece of the sound case")].matches('\n').count()
}

#[test]
fn a_sound_case_is_read_whole() {
    let case = read(SOUND.as_bytes()).unwrap();
    assert_eq!((case.title.as_str(), case.role, case.currency.code()), ("Renewal", Role::Seller, "USD"));
    assert_eq!(case.value.walk_away, Quantity::Known(1_000_731.0));
    assert_eq!(case.value.authority.unwrap().likely(), 1_180_731.0);
    assert_eq!(case.time.rounds_left, Some(6));
    assert_eq!(case.offers.len(), 2);
    assert_eq!((case.offers[1].by, case.offers[1].level, case.offers[1].binding), (Side::Them, Level::Boss, true));
    assert_eq!(case.offers[1].date, "2026-02-09".parse().ok());
    assert_eq!((case.acts[0].kind, case.acts[0].answer), (ActKind::Guidance, Some(Answer::Granted)));
    assert_eq!(case.acts[0].after_offers, 1, "on the same day the order is that of the file");
    assert_eq!(case.acts[1].after_offers, 2);
    assert!(case.role_priors);
    assert_eq!(case.assumptions[&Name::Giveaway], Quantity::Known(0.1));
}

#[test]
fn the_least_that_makes_a_case() {
    let least = "title = \"x\"\nrole = \"buyer\"\ncurrency = \"EUR\"\nvalue = { walk_away = 10, target = 5 }\n\
                 counterpart.limit = 7\ntime.rounds_left = 3\n";
    let case = read(least.as_bytes()).unwrap();
    assert_eq!(case.value.authority, None);
    assert!(case.offers.is_empty() && !case.boss.already_expected);
}

#[test]
fn whatever_is_wrong_is_named_by_line_and_key() {
    let table = [
        ("walk_away = 1_000_731", "walkaway = 1_000_731", "value.walkaway", "walk_away"),
        ("walk_away = 1_000_731", "walk_away = \"x1_000_731\"", "value.walk_away", "Write it like"),
        ("walk_away = 1_000_731", "walk_away = [1_000_731]", "value.walk_away", "Expected a number"),
        ("walk_away = 1_000_731", "walk_away = 470.000", "value.walk_away", "Write 470000 or 470."),
        ("walk_away = 1_000_731", "walk_away = nan", "value.walk_away", "finite"),
        ("walk_away = 1_000_731", "walk_away = inf", "value.walk_away", "finite"),
        ("walk_away = 1_000_731", "walk_away = 1_500_731", "value.walk_away", "target"),
        ("walk_away = 1_000_731", "walk_away = -4e99", "value.walk_away", "large"),
        ("limit = { low = 1_100_731", "limit = { low = 1_300_731", "counterpart.limit", "low <= likely <= high"),
        ("limit = { low = 1_100_731, ", "limit = { ", "counterpart.limit.low", "low, likely and high"),
        ("limit = { low", "limit = { lowest = 1, low", "counterpart.limit.lowest", "Known here: low"),
        ("currency = \"USD\"", "currency = \"USX\"", "currency", "Did you mean \"US"),
        ("currency = \"USD\"", "currency = \"usd\"", "currency", "Did you mean \"USD\""),
        ("role = \"seller\"", "role = \"vendor\"", "role", "seller"),
        ("role = \"seller\"", "role = 3", "role", "quotes"),
        ("rounds_left = 6", "rounds_left = -6", "time.rounds_left", "whole number"),
        ("rounds_left = 6", "rounds_left = 6.5", "time.rounds_left", "whole number"),
        ("rounds_left = 6", "rounds_left = 999999", "time.rounds_left", "from 1 to 200"),
        ("rounds_left = 6", "rounds_left = { low = 1, likely = 2, high = 3 }", "time.rounds_left", "a number"),
        ("date = \"2026-02-02\"", "date = \"2026-02-30\"", "offers[0].date", "YYYY-MM-DD"),
        ("date = \"2026-02-02\"", "date = \"2 Feb\"", "offers[0].date", "YYYY-MM-DD"),
        ("date = \"2026-02-02\"", "date = 2026-02-02T10:00:00", "offers[0].date", "YYYY-MM-DD"),
        ("date = \"2026-02-02\"", "date = \"2026-03-02\"", "offers[1].date", "oldest to the newest"),
        ("by = \"them\"", "by = \"then\"", "offers[1].by", "Did you mean 'them'"),
        ("amount = 900_731", "price = 900_731", "offers[1].price", "amount"),
        ("amount = 900_731", "amount = 1_600_731", "offers[1]", "met"),
        ("kind = \"guidance\"", "kind = \"guidence\"", "acts[0].kind", "Did you mean 'guidance'"),
        ("kind = \"guidance\"", "kind = \"boss_handed_back\"", "acts[0].kind", "never joined"),
        ("answer = \"granted\"", "answer = \"unlocked\"", "acts[0].answer", "does not fit"),
        ("giveaway = 0.1", "give_away = 0.1", "assumptions.give_away", "Did you mean 'giveaway'"),
        ("giveaway = 0.1", "giveaway = 1.5", "assumptions.giveaway", "from 0 to 1"),
        ("giveaway = 0.1", "boss_skill = 0.1", "assumptions.boss_skill", "boss.skill"),
        ("giveaway = 0.1", "walk_away = 0.1", "assumptions.walk_away", "value.walk_away"),
        ("role_priors = true", "role_priors = \"yes\"", "assumptions.role_priors", "true or false"),
        ("discount = 0.9", "discount = 9", "future.discount", "from 0 to 1"),
        ("[boss]", "[bosses]", "bosses", "Did you mean 'boss'"),
    ];
    for (piece, replacement, key, said) in table {
        let found = with(piece, replacement);
        let fits =
            |problem: &&Problem| problem.key == key && format!("{} {}", problem.problem, problem.mend).contains(said);
        let hit = found.iter().find(fits).unwrap_or_else(|| panic!("{replacement}: {found:?}"));
        let place = match (key, piece) {
            // Two entries that do not go together are told at the later one.
            ("offers[1].date", _) => "date = 2026-02-09\nlevel",
            ("offers[1]", _) => "[[offers]]\nby = \"them\"",
            _ => piece,
        };
        assert_eq!(hit.line, line_of(place), "{replacement}: {hit}");
    }
}

#[test]
fn a_missing_key_is_named_at_its_table() {
    let found = with("walk_away = 1_000_731\n", "");
    assert_eq!((found[0].key.as_str(), found[0].line), ("value.walk_away", line_of("[value]")));
    let found = problems("title = \"x\"\n");
    let keys: Vec<&str> = found.iter().map(|problem| problem.key.as_str()).collect();
    for key in ["role", "currency", "value.walk_away", "value.target", "counterpart.limit", "time.rounds_left"] {
        assert!(keys.contains(&key), "{key} in {keys:?}");
    }
}

#[test]
fn all_problems_are_told_at_once_by_line() {
    let text =
        SOUND.replace("\"seller\"", "\"vendor\"").replace("discount", "discont").replace("\"them\"", "\"theirs\"");
    let found = problems(&text);
    assert!(found.len() >= 3, "{found:?}");
    assert!(found.is_sorted_by_key(|problem| problem.line));
}

#[test]
fn what_is_no_case_at_all_is_told_apart() {
    assert!(problems("")[0].problem.contains("empty"));
    assert!(problems(" \n\t\n")[0].problem.contains("empty"));
    let bytes = [b"title = \"x\"\nrole = \"".as_slice(), &[0xff, 0xfe], b"\"\n"].concat();
    let found = read(&bytes).unwrap_err();
    assert!(found[0].problem.contains("UTF-8") && found[0].line == 2, "{found:?}");
    let large = vec![b'#'; 10 << 20];
    assert!(read(&large).unwrap_err()[0].problem.contains("too large"));
    let found = with("role = \"seller\"", "role = seller");
    assert_eq!((found[0].line, found[0].key.as_str()), (line_of("role"), "role"));
}

#[test]
fn deep_nesting_is_refused_without_harm() {
    for open in ["[", "{a="] {
        let text = format!("title = {}", open.repeat(200_000));
        assert!(!problems(&text).is_empty());
    }
    let dotted = format!("{} = 1", vec!["a"; 100_000].join("."));
    assert!(!problems(&dotted).is_empty());
}

/// Figures of the sound case that are nobody's business.
const SECRETS: [&str; 3] = ["731", "1000", "1400"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes);
    }

    #[test]
    fn a_damaged_case_gives_no_amount_away(start in 0..SOUND.len(), length in 0..40_usize, put in "[ -~\n]{0,12}") {
        let end = (start + length).min(SOUND.len());
        let text = format!("{}{put}{}", &SOUND[..start], &SOUND[end..]);
        if let Err(found) = read(text.as_bytes()) {
            for problem in found {
                let said = format!("{} {}", problem.problem, problem.mend);
                for secret in SECRETS.into_iter().filter(|secret| !put.contains(*secret)) {
                    prop_assert!(!said.contains(secret), "{said}");
                }
            }
        }
    }
}

#[test]
fn every_example_is_a_sound_case() {
    let examples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut seen = 0;
    let mut folders = vec![examples];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "toml") {
                let found = read(&std::fs::read(&path).unwrap());
                assert!(found.is_ok(), "{}: {:?}", path.display(), found.unwrap_err());
                seen += 1;
            }
        }
    }
    assert!(seen >= 13, "only {seen} examples");
}
