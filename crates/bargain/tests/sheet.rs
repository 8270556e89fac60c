//! The sheets that come with the product, and what follows from them.

#![expect(clippy::unwrap_used, reason = "tests")]

use bargain::beliefs::Beliefs;
use bargain::concession;
use bargain::findings::{Findings, Situation};
use bargain::limits::reliefs;
use bargain::sheet::{Choice, Sheet, Values, text};
use bargain::trades::{best_for_them, frontier};

const RENEWAL: &str = include_str!("../../../sheets/software-renewal.toml");

fn renewal() -> (Sheet, Values) {
    let sheet = text::read(RENEWAL).unwrap();
    let values = Values::of(&sheet).unwrap();
    (sheet, values)
}

fn number(value: f64) -> Choice {
    Choice::Number(value)
}

fn name(text: &str) -> Choice {
    Choice::Name(text.to_owned())
}

#[test]
fn a_sheet_reads_back_as_it_was_written() {
    let (sheet, _) = renewal();
    assert_eq!(text::read(&text::write(&sheet)).unwrap(), sheet);
}

#[test]
fn packages_are_worth_what_the_sheet_says() {
    let (sheet, values) = renewal();
    let worth = |choices: &[(&'static str, Choice)]| values.ours_of(&values.place(&sheet, choices.to_vec()).unwrap());
    // The walk-away is a price with the rest at the reference.
    assert_eq!(worth(&[("Price", number(1_050_000.0))]), 0.0);
    assert_eq!(worth(&[("Price", number(1_110_000.0))]), 60_000.0);
    // Off the grid, and beyond its ends.
    assert_eq!(worth(&[("Price", number(1_113_500.0))]), 63_500.0);
    assert_eq!(worth(&[("Price", number(900_000.0))]), -150_000.0);
    // 35,000 for a third year; 15 days cost 14,000 / 4.
    let longer = [("Price", number(1_110_000.0)), ("Term", name("3 years")), ("Payment", number(75.0))];
    assert_eq!(worth(&longer), 60_000.0 + 35_000.0 - 3_500.0);
    // Two days of training more cost 3,000, and with a third year bring 4,000 together.
    let trained = [("Price", number(1_110_000.0)), ("Term", name("3 years")), ("Training", number(6.0))];
    assert_eq!(worth(&trained), 60_000.0 + 35_000.0 - 3_000.0 + 4_000.0);
    assert_eq!(values.as_price(worth(&trained)), Some(1_146_000.0));
}

#[test]
fn what_they_keep_weighs_more_after_their_offers() {
    let (sheet, values) = renewal();
    let offer = |price: f64, days: f64| {
        let choices = [
            ("Price", number(price)),
            ("Term", name("1 year")),
            ("Payment", number(days)),
            ("Training", number(10.0)),
            ("Support", name("round the clock")),
        ];
        values.place(&sheet, choices).unwrap().package
    };
    // They give on payment and on nothing else.
    let heard = [offer(1_000_000.0, 90.0), offer(1_000_000.0, 60.0), offer(1_000_000.0, 30.0)];
    let beliefs = Beliefs::of(&values, &heard, 400, 3);
    let priorities = beliefs.priorities();
    assert!(priorities[2].after.mean < 0.8 * priorities[2].before, "{:?}", priorities[2]);
    assert_eq!(beliefs, Beliefs::of(&values, &heard, 400, 3));
}

#[test]
fn the_limit_that_bars_a_deal_is_the_one_to_ask_about() {
    let text = r#"
        title = "Two limits"
        currency = "EUR"
        price = "price"
        walk_away = 100
        their_walk_away = 100
        [[issues]]
        name = "price"
        from = 0
        to = 200
        step = 10
        realistic = 100
        mandate = 100
        [[issues]]
        name = "days"
        options = ["30", "60"]
        realistic = "30"
        mandate = "30"
        ours = { better = "first", worth = 20 }
        theirs = { worth = 120 }
        [[issues]]
        name = "colour"
        options = ["red", "blue"]
        realistic = "red"
        mandate = "red"
        ours = { better = "first", worth = 5 }
        theirs = { worth = 1 }
    "#;
    let values = Values::of(&text::read(text).unwrap()).unwrap();
    let beliefs = Beliefs::of(&values, &[], 8, 1);
    let found = reliefs(&values, &beliefs, &values.mandate, 1_000_000).unwrap();
    // Within the limits both just keep what they have. With 60 days there are 100 to share, 50 each, at a price of 170; the
    // colour is worth more to us than to them, and a lower price only moves money.
    assert_eq!((found[0].issue, found[0].to, found[0].gain, found[0].standard_error), (1, 1, 50.0, 0.0));
    assert_eq!(found[0].package, Some(vec![17, 1, 0]));
    assert!(found[1..].iter().all(|relief| relief.gain.abs() < 1e-9), "{found:?}");
}

#[test]
fn a_limit_between_two_options_allows_none_beyond_it() {
    let days = |better: &str, mandate: f64| {
        let text = format!(
            "title = \"x\"\n[[issues]]\nname = \"days\"\nfrom = 30\nto = 90\nstep = 15\nmandate = {mandate}\n\
             ours = {{ better = \"{better}\", points = 100 }}\n"
        );
        Values::of(&text::read(&text).unwrap()).unwrap().mandate[0].clone()
    };
    assert_eq!(days("low", 59.0), [true, true, false, false, false]);
    assert_eq!(days("low", 60.0), [true, true, true, false, false]);
    assert_eq!(days("high", 61.0), [false, false, false, true, true]);
}

#[test]
fn a_plan_gives_way_in_shrinking_steps_and_stays_within_the_mandate() {
    let (_, values) = renewal();
    let frontier = frontier(&values.domain, &values.ours, &values.theirs, &values.mandate).unwrap();
    let zero = values.zero();
    let plan = concession::plan(&frontier, zero + 250_000.0, zero + 100_000.0, 5);
    assert_eq!(plan.len(), 5);
    for pair in plan.windows(2) {
        assert!(pair[1].ours <= pair[0].ours && pair[1].theirs >= pair[0].theirs);
    }
    for step in &plan {
        assert!(step.package.iter().zip(&values.mandate).all(|(&option, row)| row[option as usize]));
        assert_eq!(best_for_them(&frontier, step.ours).unwrap().values[1], step.theirs);
    }
    assert!(plan[4].ours >= zero + 100_000.0);
}

#[test]
fn faults_are_told_all_at_once_and_without_amounts() {
    let text = r#"
        title = "Broken"
        currency = "usd"
        price = "Prize"
        walk_away = 123456789
        [[issues]]
        name = "Price"
        from = 10
        to = 5
        [[issues]]
        name = "Days"
        options = ["30", "60"]
        target = 987654321
        ours = { rank = 1, points = 3 }
    "#;
    let faults = text::read(text).unwrap_err();
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    for at in ["currency:", "price:", "Price:", "Days.target:", "Days.ours:"] {
        assert!(told.iter().any(|fault| fault.starts_with(at)), "{at} in {told:?}");
    }
    assert!(!told.concat().contains("123456789") && !told.concat().contains("987654321"));
    let unknown = text::read("title = \"x\"\nissues = []\nprise = 3\n").unwrap_err();
    assert_eq!(unknown[0].at, "line 3");
    let mistyped = text::read("title = 424242\nissues = []\n").unwrap_err();
    assert!(!mistyped[0].what.contains("424242") && mistyped[0].what.contains("expected a string"), "{mistyped:?}");
    let years = |from: &str| {
        text::read(&format!(
            "title = \"x\"\ncurrency = \"JPY\"\n[[issues]]\nname = \"Term\"\nunit = \"years\"\nfrom = \"{from}\"\nto = 2\nstep = 0.25\nours = {{ worth = 5 }}\ntheirs = {{ worth = 5 }}\n"
        ))
    };
    assert!(years("1.250").unwrap_err()[0].what.contains("could be"));
    assert_eq!(years("1.25").unwrap().issues[0].from, Some(1.25));
    let worthless = "title = \"x\"\nwalk_away = 1\ntheir_walk_away = \"424242\"\nissues = []\n";
    assert!(!text::read(worthless).unwrap_err()[0].what.contains("424242"));
}

/// The largest sheet that is taken, 40 issues of 50 options with 30 things that are worth something together, is answered within
/// a budget of steps: where that ends a search, the gap says so. How long that takes the benchmark `packages` tells.
#[test]
fn the_largest_sheet_is_answered_within_its_budget() {
    let mut text = String::from("title = \"Largest\"\nwalk_away = 100\n");
    for issue in 0..40 {
        text += &format!(
            "[[issues]]\nname = \"I{issue}\"\nfrom = 1\nto = 50\nmandate = 20\nours = {{ worth = {} }}\n",
            10 + issue * 7 % 13
        );
    }
    for pair in 0..30 {
        let (a, b) = (pair % 40, (pair * 7 + 3) % 40);
        let options = |from: usize| (from..from + 9).map(|o| o.to_string()).collect::<Vec<_>>().join(", ");
        text += &format!(
            "[[together]]\nwhen = {{ I{a} = [{}], I{b} = [{}] }}\nours = {}\ntheirs = {}\n",
            options(1 + pair),
            options(31 - pair),
            pair % 7,
            5 - pair as i32 % 4
        );
    }
    let sheet = text::read(&text).unwrap();
    let values = Values::of(&sheet).unwrap();
    let offer = values.place(&sheet, Vec::<(&str, Choice)>::new()).unwrap();
    let situation = Situation {
        sheet: &sheet,
        values: &values,
        allowed: &values.mandate,
        made: std::slice::from_ref(&offer),
        heard: std::slice::from_ref(&offer),
        rounds: 5,
        seed: 1,
    };
    let findings = Findings::of(&situation).unwrap();
    assert!(findings.gap > 0.0 && findings.gap.is_finite(), "{}", findings.gap);
    assert!(!findings.untried.is_empty() && findings.untried_search.gap.is_finite());
    assert!(!findings.plan.is_empty() && findings.limits.len() == 40);
}

/// A trade from an offer outside the mandate goes no further out on any issue, and one from a deal-breaker leaves it.
#[test]
fn counters_never_go_further_outside_the_mandate() {
    let text = r#"
        title = "Outside"
        walk_away = 0
        [[issues]]
        name = "a"
        from = 0
        to = 10
        mandate = 5
        ours = { worth = 10 }
        theirs = { worth = 100 }
        [[issues]]
        name = "b"
        from = 0
        to = 10
        mandate = 4
        ours = { worth = 50 }
        theirs = { worth = 1 }
        [[issues]]
        name = "c"
        options = ["never", "fine"]
        ours = { worth = 1, never = ["never"] }
        theirs = { better = "first", worth = 1 }
    "#;
    let sheet = text::read(text).unwrap();
    let values = Values::of(&sheet).unwrap();
    let counters = |a: f64, c: &str| {
        let theirs = values.place(&sheet, [("a", number(a)), ("b", number(2.0)), ("c", name(c))]).unwrap();
        let situation = Situation {
            sheet: &sheet,
            values: &values,
            allowed: &values.mandate,
            made: &[],
            heard: &[theirs],
            rounds: 5,
            seed: 1,
        };
        Findings::of(&situation).unwrap()
    };
    for (a, least) in [(4.0, 4.0), (7.0, 5.0)] {
        for counter in &counters(a, "fine").counters {
            let option = |issue: usize| counter.package.options[issue].parse::<f64>().unwrap();
            assert!(option(0) >= least && option(1) >= 2.0, "from {a}: {:?}", counter.package.options);
        }
    }
    assert!(!counters(7.0, "fine").counters.is_empty());
    let refused = counters(6.0, "never");
    let offer = refused.their_offer.as_ref().unwrap();
    assert_eq!(offer.never, ["you never accept never on c"]);
    assert!(refused.counters.iter().all(|counter| counter.package.options[2] == "fine" && counter.ours.is_finite()));
    assert!(!refused.counters.is_empty());
}

/// Points come to nothing where all are 0, and turn into no money where those that have money are 0.
#[test]
fn points_of_nothing_are_refused_for_what_they_are() {
    let sheet = |first: f64, second: f64, money: &str| {
        text::read(&format!(
            "title = \"x\"\nwalk_away = 1\n{money}[[issues]]\nname = \"a\"\noptions = [\"x\", \"y\"]\nours = {{ points = {first} }}\n\
             [[issues]]\nname = \"b\"\noptions = [\"x\", \"y\"]\nours = {{ points = {second}{} }}\n",
            if money.is_empty() { "" } else { ", worth = 50" }
        ))
    };
    let fault = |read: Result<Sheet, Vec<bargain::sheet::check::SheetFault>>| read.unwrap_err()[0].to_string();
    assert!(fault(sheet(0.0, 0.0, "")).starts_with("ours: every issue has 0 points"));
    assert!(
        fault(sheet(5.0, 0.0, "currency = \"EUR\"\n")).starts_with("ours: the issues that have money have 0 points")
    );
    assert!(sheet(0.0, 5.0, "").is_ok());
    assert!(sheet(0.0, 5.0, "currency = \"EUR\"\n").is_ok());
}
