//! What is written reads back as exactly the same case.

use std::path::Path;

use case_file::{read, write};
use engine::assumption::{Name, Unit};
use engine::case::{Act, ActKind, Answer, Boss, Case, Counterpart, Future, Horizon, Offer, Stakes};
use jiff::civil::Date;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use terms::{Level, Quantity, Role, Side};

/// Numbers of all sizes, round ones and crooked ones.
fn amount() -> impl Strategy<Value = f64> {
    prop_oneof![
        (-2_000_000..2_000_000_i64).prop_map(|whole| whole as f64),
        -1e6..1e6_f64,
        -1e13..1e13_f64,
        -1e-9..1e-9_f64,
    ]
}

/// A number or a range within bounds.
fn within(low: f64, high: f64) -> impl Strategy<Value = Quantity<f64>> {
    (low..=high, low..=high, low..=high, any::<bool>()).prop_map(|(a, b, c, known)| {
        let mut points = [a, b, c];
        points.sort_by(f64::total_cmp);
        let [low, likely, high] = points;
        if known { Quantity::Known(a) } else { Quantity::Range { low, likely, high } }
    })
}

fn money() -> impl Strategy<Value = Quantity<f64>> {
    prop_oneof![within(0.0, 1e6), (0..1_000_000_u32).prop_map(|whole| Quantity::Known(f64::from(whole)))]
}

fn note() -> impl Strategy<Value = Option<String>> {
    option::of(prop_oneof!["[ -~]{0,30}", any::<String>()])
}

/// Titles that are not blank.
fn title() -> impl Strategy<Value = String> {
    prop_oneof!["[ -~]{1,40}", vec(any::<char>(), 1..40).prop_map(String::from_iter)].prop_map(|title| title + "x")
}

fn stakes() -> impl Strategy<Value = (Role, Stakes)> {
    let shares = (option::of(0.0..1.0_f64), option::of(0.0..1.0_f64));
    (any::<bool>(), amount(), 0.01..1e6_f64, shares, any::<bool>()).prop_map(
        |(sells, walk_away, distance, (own, boss), leave)| {
            let (role, sign) = if sells { (Role::Seller, 1.0) } else { (Role::Buyer, -1.0) };
            let distance = distance.max(walk_away.abs() * 1e-3);
            let at = |share: f64| Quantity::Known(walk_away + sign * share * distance);
            let boss_limit = boss.map(|share| at(share * own.unwrap_or(0.0) - 0.1));
            let leave = leave.then(|| at(0.0).likely());
            let stakes = Stakes { walk_away: at(0.0), target: at(1.0), authority: own.map(at), boss_limit, leave };
            (role, stakes)
        },
    )
}

fn horizon() -> impl Strategy<Value = Horizon> {
    (1..150_u32, 0.1..100.0_f64, money(), 0..4_u8, any::<bool>()).prop_map(|(rounds, days, cost, delay, dated)| {
        Horizon {
            rounds_left: (!dated).then_some(rounds),
            deadline: dated.then(|| Date::constant(2031, 12, 31)),
            counted_from: None,
            days_per_round: (dated || delay > 0).then_some(days),
            cost_of_delay_per_round: (delay == 1).then_some(cost),
            cost_of_delay_per_week: (delay == 2).then_some(cost),
        }
    })
}

/// An offer or act before it has its place: by us or them, an act's kind or none, dated or not, a note.
type Entry = (bool, Option<ActKind>, bool, Option<String>);

/// A log that could have happened: offers that never meet, and acts that need nothing before them.
fn log(entries: Vec<Entry>, role: Role, middle: f64) -> (Vec<Offer>, Vec<Act>) {
    let (mut offers, mut acts) = (Vec::new(), Vec::new());
    for (index, (ours, kind, dated, note)) in entries.into_iter().enumerate() {
        let date = dated.then(|| Date::constant(2026, 1, 1).saturating_add(jiff::Span::new().days(index as i64 / 2)));
        if let Some(kind) = kind {
            let answer = (kind == ActKind::Guidance && ours).then_some(Answer::Granted);
            acts.push(Act { kind, date, answer, after_offers: offers.len() as u32, note });
        } else {
            let apart = (1.0 + middle.abs()) * if ours == (role == Role::Seller) { 1.0 } else { -1.0 };
            let by = if ours { Side::Us } else { Side::Them };
            let level = if dated { Level::Boss } else { Level::Negotiator };
            offers.push(Offer { by, amount: middle + apart / (index + 1) as f64, date, level, binding: !dated, note });
        }
    }
    (offers, acts)
}

fn entries() -> impl Strategy<Value = Vec<Entry>> {
    let kinds = vec![
        ActKind::Guidance,
        ActKind::Visit,
        ActKind::BossAskedFor,
        ActKind::BossContactedDirectly,
        ActKind::BossDeclined,
        ActKind::ImpasseNoted,
    ];
    vec((any::<bool>(), option::weighted(0.3, select(kinds)), any::<bool>(), note()), 0..12)
}

fn assumptions() -> impl Strategy<Value = Vec<(Name, Quantity<f64>)>> {
    let free = |name: &Name| name.spec().case_key.is_none() && name.spec().unit != Unit::Price;
    let names: Vec<Name> = Name::all().filter(free).collect();
    let assumed = select(names).prop_flat_map(|name| {
        let (low, high) = name.spec().bounds;
        within(low.max(-1e3), high.min(1e3)).prop_map(move |quantity| (name, quantity))
    });
    vec(assumed, 0..8)
}

fn any_case() -> impl Strategy<Value = Case> {
    let future =
        (option::of(within(0.0, 50.0)), option::of(money()), option::of(within(0.0, 1.0)), option::of(0..9_u8));
    let boss = (option::of(money()), option::of(within(-1.0, 1.0)), any::<bool>());
    let counterpart = (within(-1e6, 1e6), option::of(money()));
    let currency = select(vec!["USD", "EUR", "JPY", "CHF", "KWD"]);
    let parts = (title(), currency, stakes(), counterpart, horizon(), future);
    (parts, boss, entries(), assumptions(), any::<bool>()).prop_map(
        |(parts, boss, entries, assumptions, role_priors)| {
            let (title, currency, (role, value), (limit, cost_of_escalating), time, future) = parts;
            let (later_deals, value_per_deal, discount, past) = future;
            let (time_cost, skill, already_expected) = boss;
            let past_boss_appearances = past.map(|past| Quantity::Known(f64::from(past)));
            let (offers, acts) = log(entries, role, value.walk_away.likely());
            Case {
                title,
                role,
                currency: currency.parse().expect("a currency"),
                value,
                counterpart: Counterpart { limit, cost_of_escalating },
                time,
                future: Future { later_deals, value_per_deal, discount, past_boss_appearances },
                boss: Boss { time_cost, skill, already_expected },
                offers,
                acts,
                assumptions: assumptions.into_iter().collect(),
                role_priors,
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_sound_case_reads_back_as_itself(case in any_case()) {
        prop_assert_eq!(case.check(), vec![], "the generator makes sound cases");
        let text = write(&case);
        let back = read(text.as_bytes());
        prop_assert_eq!(back, Ok(case), "{}", text);
    }
}

#[test]
fn every_example_reads_back_as_itself() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut seen = 0;
    for folder in [examples.clone(), examples.join("when")] {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                let case = read(&std::fs::read(&path).unwrap()).unwrap();
                assert_eq!(read(write(&case).as_bytes()), Ok(case), "{}", path.display());
                seen += 1;
            }
        }
    }
    assert!(seen >= 13, "only {seen} examples");
}

#[test]
fn acts_of_every_kind_and_answer_read_back() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/software-renewal.toml");
    let sound = read(&std::fs::read(examples).unwrap()).unwrap();
    let act = |kind, answer, after_offers| Act { kind, date: None, answer, after_offers, note: None };
    let proposed = ActKind::BothBossesProposed;
    let begins = [
        act(ActKind::BossJoined, None, 4),
        act(ActKind::HandedOver, None, 4),
        act(proposed, Some(Answer::Accepted), 4),
    ];
    let mut courses: Vec<Vec<Act>> = begins.map(|begin| vec![begin, act(ActKind::BossHandedBack, None, 4)]).to_vec();
    let came = [Answer::Unlocked, Answer::Declined, Answer::Ignored, Answer::Backlash];
    courses.extend(came.map(|answer| vec![act(proposed, Some(answer), 10), act(ActKind::Visit, None, 10)]));
    courses.push(vec![act(ActKind::Guidance, Some(Answer::Refused), 0), act(proposed, None, 10)]);
    for acts in courses {
        let case = Case { acts, ..sound.clone() };
        assert_eq!(case.check(), vec![]);
        assert_eq!(read(write(&case).as_bytes()), Ok(case));
    }
}
