//! No step of the plan for giving way, no point of a frontier and no offer made at once is worse for one side and no better for
//! the other than something else that may be offered: random sheets, held to a list of all their packages.
//!
//! Sheets whose worths are tenths or cents are judged in whole numbers, taken from the sheet and not from anything that was
//! computed; others within a thousand-millionth of what is at stake. `UPSTAIRS_SHEETS` says how many (10,000 take some minutes in
//! a release build), `UPSTAIRS_SEED` from which.

#![expect(clippy::unwrap_used, reason = "tests")]

use bargain::Scoring;
use bargain::beliefs::Beliefs;
use bargain::concession;
use bargain::domain::Package;
use bargain::findings::{Findings, Situation};
use bargain::sheet::{Choice, End, Line, Sheet, Side, Together, Values, text};
use bargain::space::Odometer;
use bargain::trades::{equivalent_offers, frontier};
use terms::Quantity;

/// Sheets in CI.
const SHEETS: u64 = 60;

fn setting(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |text| text.parse().unwrap_or_else(|_| panic!("{name} is a whole number")))
}

/// Numbers at random (splitmix64).
struct Luck(u64);

impl Luck {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (bits ^ (bits >> 31)) % most
    }

    fn is(&mut self, of: u64) -> bool {
        self.below(of) == 0
    }
}

/// A sheet, and where its worths are decimals what each option is worth to both, in whole units.
struct Drawn {
    sheet: Sheet,
    whole: Option<[Vec<Vec<i64>>; 2]>,
}

/// A sheet with a price and amounts in tenths or cents for both sides. Many are alike, so that packages are worth the same in
/// several ways.
fn in_decimals(luck: &mut Luck) -> Drawn {
    let per_unit = [1, 10, 10, 100, 100][luck.below(5) as usize];
    let coarse = [1, 7, 10, 25][luck.below(4) as usize];
    let options = 2 + luck.below(9) as i64;
    let step = 1 + luck.below(4) as i64;
    let mut sheet = Sheet {
        title: "drawn".into(),
        currency: Some("EUR".into()),
        price: Some("Price".into()),
        walk_away: Some((1_000 + step * luck.below(options as u64) as i64) as f64),
        their_walk_away: Some(Quantity::Known((1_000 + step * luck.below(options as u64) as i64) as f64)),
        issues: vec![Line {
            name: "Price".into(),
            from: Some(1_000.0),
            to: Some((1_000 + step * (options - 1)) as f64),
            step: Some(step as f64),
            ..Line::default()
        }],
        ..Sheet::default()
    };
    let price: Vec<i64> = (0..options).map(|option| option * step * per_unit).collect();
    let mut whole = [vec![price.clone()], vec![price.iter().rev().copied().collect()]];
    for issue in 0..1 + luck.below(4) {
        let options = 2 + luck.below(4);
        let mut side = |party: usize| {
            let row: Vec<i64> = (0..options).map(|_| luck.below(9) as i64 * coarse).collect();
            let values = row.iter().map(|value| *value as f64 / per_unit as f64).collect();
            whole[party].push(row);
            Side { values, ..Side::default() }
        };
        let (ours, theirs) = (side(0), side(1));
        let options = (0..options).map(|option| format!("o{option}")).collect();
        sheet.issues.push(Line { name: format!("I{issue}"), options, ours, theirs, ..Line::default() });
    }
    Drawn { sheet, whole: Some(whole) }
}

/// A sheet with even options, ranges, ranks, points, things worth something together, or nothing said of the other side.
fn in_the_rough(luck: &mut Luck) -> Drawn {
    let kind = luck.below(3);
    let issues = 2 + luck.below(4);
    let line = |issue: u64| {
        let mut side = |ours: bool| {
            let worth = (10 + luck.below(90)) as f64;
            let quantity = match luck.below(3) {
                0 => Quantity::Range { low: worth * 0.5, likely: worth, high: worth * 1.7 },
                _ => Quantity::Known(worth),
            };
            let mut side =
                Side { better: ours.then_some([End::High, End::Low][luck.below(2) as usize]), ..Side::default() };
            match kind {
                _ if !ours && luck.is(4) => {}
                0 => side.worth = Some(quantity),
                1 => side.points = Some((1 + luck.below(40)) as f64),
                _ => side.rank = Some(1 + luck.below(issues) as u32),
            }
            side
        };
        let (ours, theirs) = (side(true), side(false));
        let options = (0..2 + luck.below(5)).map(|option| format!("o{option}")).collect();
        Line { name: format!("I{issue}"), options, ours, theirs, ..Line::default() }
    };
    let issues: Vec<Line> = (0..issues).map(line).collect();
    let mut sheet = Sheet { title: "drawn".into(), issues, ..Sheet::default() };
    if luck.is(2) {
        sheet.walk_away = Some(luck.below(60) as f64);
    }
    if luck.is(3) {
        let when = sheet.issues[..2].iter().map(|line| (line.name.clone(), vec![Choice::Name("o1".into())])).collect();
        sheet.together.push(Together {
            when,
            ours: luck.below(30) as f64 - 10.0,
            theirs: luck.below(30) as f64 - 10.0,
        });
    }
    Drawn { sheet, whole: None }
}

/// What each package is worth to some parties, and how values are compared: the nearest that two may be and differ.
struct Listed {
    packages: Vec<(Package, Vec<f64>)>,
    apart: Vec<f64>,
}

impl Listed {
    /// All packages under scorings, but for those that somebody never accepts.
    fn of(values: &Values, parties: &[&Scoring], whole: Option<&[Vec<Vec<i64>>; 2]>) -> Self {
        let mut packages = Vec::new();
        let mut odometer = Odometer::new(&values.domain.sizes());
        while let Some(package) = odometer.next() {
            let worth: Vec<f64> = match whole {
                Some(rows) => rows.iter().map(|rows| in_units(rows, package) as f64).collect(),
                None => parties.iter().map(|party| party.value(package)).collect(),
            };
            if worth.iter().all(|worth| worth.is_finite()) {
                packages.push((package.to_vec(), worth));
            }
        }
        let most = |party: usize| packages.iter().map(|(_, worth)| worth[party].abs()).fold(0.0, f64::max);
        let columns = packages.first().map_or(0, |(_, worth)| worth.len());
        let apart = (0..columns).map(|party| if whole.is_some() { 0.0 } else { 3e-9 * most(party) }).collect();
        Self { packages, apart }
    }

    fn worth(&self, package: &[u32]) -> &[f64] {
        &self.packages.iter().find(|(other, _)| other == package).unwrap().1
    }

    fn dominates(&self, a: &[f64], b: &[f64]) -> bool {
        let each = || a.iter().zip(b).zip(&self.apart);
        each().all(|((a, b), apart)| *a >= b - apart) && each().any(|((a, b), apart)| *a > b + apart)
    }

    fn dominator(&self, package: &[u32]) -> Option<&Package> {
        let worth = self.worth(package);
        self.packages.iter().find(|(_, other)| self.dominates(other, worth)).map(|(package, _)| package)
    }
}

fn in_units(rows: &[Vec<i64>], package: &[u32]) -> i64 {
    rows.iter().zip(package).map(|(row, &option)| row[option as usize]).sum()
}

fn check(drawn: &Drawn, luck: &mut Luck) {
    let sheet =
        &text::read(&text::write(&drawn.sheet)).unwrap_or_else(|faults| panic!("{faults:?}\n{:?}", drawn.sheet));
    let values = Values::of(sheet).unwrap();
    let mut offer = || {
        let package: Package = values.domain.sizes().iter().map(|&size| luck.below(size as u64) as u32).collect();
        bargain::sheet::Placed { package, over: 0.0 }
    };
    let (made, heard) = (vec![offer()], vec![offer()]);
    let rounds = 2 + luck.below(11) as u32;
    let packages =
        |placed: &[bargain::sheet::Placed]| placed.iter().map(|placed| placed.package.clone()).collect::<Vec<_>>();
    let beliefs = Beliefs::of(&values, &packages(&heard), 60, 1);
    let (ours, theirs) = (beliefs.our_mean(&values), beliefs.their_mean(&values));
    let everything = &values.mandate;
    let listed = Listed::of(&values, &[&ours, &theirs], drawn.whole.as_ref());

    let found = frontier(&values.domain, &ours, &theirs, everything).unwrap();
    for point in &found.points {
        assert_eq!(listed.dominator(&point.package), None, "a frontier point, in\n{}", text::write(sheet));
    }
    let from = ours.value(&made[0].package);
    let plan = concession::plan(&found, from, from.min(ours.value(&heard[0].package)), rounds);
    for (place, step) in plan.iter().enumerate() {
        for other in &plan {
            let is_worse = listed.dominates(listed.worth(&other.package), listed.worth(&step.package));
            assert!(!is_worse, "step {} of the plan, in\n{}", place + 1, text::write(sheet));
        }
    }
    // Of what may be offered at once nobody knows which they like best; under all of the values that they may have none is worse.
    let draws = &beliefs.theirs[..12];
    let at_once = equivalent_offers(&values.domain, &ours, draws, everything, (from, 1.0), 3, 200_000).unwrap();
    let parties: Vec<&Scoring> = std::iter::once(&ours).chain(draws).collect();
    let listed = match drawn.whole {
        Some(_) => listed,
        None => Listed::of(&values, &parties, None),
    };
    for package in &at_once.packages {
        assert_eq!(listed.dominator(package), None, "an offer made at once, in\n{}", text::write(sheet));
    }
}

#[test]
fn rounding_decides_no_dominance() {
    let (first, count) = (setting("UPSTAIRS_SEED", 16), setting("UPSTAIRS_SHEETS", SHEETS));
    println!("seeds {first} to {}", first + count - 1);
    for seed in first..first + count {
        println!("seed {seed}");
        let mut luck = Luck(seed);
        let drawn = if luck.is(3) { in_the_rough(&mut luck) } else { in_decimals(&mut luck) };
        check(&drawn, &mut luck);
    }
}

/// As a screen shows it: a step that costs us 60 must bring them something.
#[test]
fn no_step_gives_away_for_nothing() {
    let sheet = text::read(
        r#"
        title = "Thirds and halves"
        currency = "EUR"
        price = "Price"
        walk_away = 1000
        their_walk_away = 1160
        [[issues]]
        name = "Price"
        from = 1000
        to = 1200
        step = 20
        [[issues]]
        name = "Term"
        options = ["one", "two", "three"]
        ours = { worth = 40 }
        theirs = { worth = 60 }
        [[issues]]
        name = "Place"
        options = ["here", "there"]
        ours = { worth = 80 }
        theirs = { worth = 20 }
        "#,
    )
    .unwrap();
    let values = Values::of(&sheet).unwrap();
    let placed = |price: f64, term: &str, place: &str| {
        let choices = [
            ("Price", Choice::Number(price)),
            ("Term", Choice::Name(term.into())),
            ("Place", Choice::Name(place.into())),
        ];
        values.place(&sheet, choices).unwrap()
    };
    let (made, heard) = ([placed(1200.0, "three", "there")], [placed(1000.0, "one", "here")]);
    for rounds in 2..=12 {
        let situation = Situation {
            sheet: &sheet,
            values: &values,
            allowed: &values.mandate,
            made: &made,
            heard: &heard,
            rounds,
            seed: 1,
        };
        let findings = Findings::of(&situation).unwrap();
        for pair in findings.plan.windows(2) {
            let gives = pair[1].ours.mean < pair[0].ours.mean - 1e-9;
            assert!(
                pair[1].options == pair[0].options || (gives && pair[1].theirs.mean > pair[0].theirs.mean + 1e-9),
                "{pair:?}"
            );
        }
        assert_eq!(findings.plan.len(), rounds as usize);
    }
}
