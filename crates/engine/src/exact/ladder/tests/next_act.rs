//! The act advised first loses little of what can be had, offers of every size among it.

use terms::{NextActKind, Pace, Quantity, Side};

use super::settings::{SETTINGS, Setting};
use super::{OPTIONS, bands, game, set, still};
use crate::advice::NextAct;
use crate::assumption::Name;
use crate::case::Case;
use crate::compare::{Comparison, Prepared};
use crate::exact::decision::values_of_acts;
use crate::exact::ladder::{Ladder, Move, Sight, Up};
use crate::next_act::next_act;
use crate::test_cases::offer;
use crate::words::Wording;

/// Openings tried for the optimum, from the first ask to the floor.
const GRID: u32 = 16;

fn advised(case: &Case) -> NextAct {
    let prepared = Prepared::new(case, &OPTIONS).unwrap();
    let comparison = Comparison::of(&prepared);
    let words = Wording::new(&prepared, case);
    next_act((case, &prepared), (&comparison, comparison.recommended(&prepared)), &words, 10.0).act
}

/// The asks from `first` on, round by round, at a pace.
fn from(first: f64, pace: Pace, rounds: u32, floor: f64) -> Vec<f64> {
    let mut asks = vec![first];
    for round in 1..rounds {
        let share = 1.0 / f64::from(rounds - round);
        let share = match pace {
            Pace::AsPlanned => share,
            Pace::Faster => 1.0 - (1.0 - share) * (1.0 - share),
            Pace::WaitForTheirs | Pace::HoldFirm => 0.0,
        };
        let ask = asks[asks.len() - 1];
        asks.push(ask + share * (floor - ask));
    }
    asks
}

fn with_asks(ladder: &Ladder, setting: Setting, asks: Vec<f64>) -> Ladder {
    Ladder { bands: bands(setting, ladder.offer, &asks), asks, ..ladder.clone() }
}

fn grid([first, floor]: [f64; 2]) -> Vec<f64> {
    (0..=GRID).map(|step| first + f64::from(step) / f64::from(GRID) * (floor - first)).collect()
}

/// Whether a first move of the game is the act that is advised; an offer is a move that stays.
fn is(kind: NextActKind, act: Move) -> bool {
    match kind {
        // They have made no offer in these cases: whether theirs is then taken subject to approval is the course's to say.
        NextActKind::Offer | NextActKind::Hold => act.ask.is_none() && act.up == Up::Stay,
        // Leave is asked, or their offer taken subject to approval.
        NextActKind::AskBoss => act.ask.is_some() || (act.settle && act.up == Up::Stay),
        NextActKind::ProposeBothBosses => act.ask.is_none() && act.up == Up::Propose,
        NextActKind::BringBoss => act.ask.is_none() && act.up == Up::Boss,
        _ => panic!("the game has no such act: {kind}"),
    }
}

#[test]
fn the_act_advised_loses_at_most_two_per_cent_of_the_exact_optimum() {
    for setting in SETTINGS {
        let case = still(setting);
        let ladder = game(&case, setting, Pace::HoldFirm);
        let next = advised(&case);
        let offered = next.amount.filter(|_| next.kind == NextActKind::Offer).map(|price| price / 100.0);
        let mut firsts = grid([ladder.first_ask, ladder.floor]);
        firsts.extend(offered);
        let (mut optimum, mut found) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
        for first in firsts {
            for pace in [Pace::AsPlanned, Pace::Faster, Pace::HoldFirm] {
                let ladder = with_asks(&ladder, setting, from(first, pace, setting.rounds, ladder.floor));
                for (act, value) in values_of_acts(&ladder, &Sight::default(), &ladder.belief()) {
                    optimum = optimum.max(value);
                    if is(next.kind, act) && offered.is_none_or(|offered| offered == first) {
                        found = found.max(value);
                    }
                }
            }
        }
        let lost = 1.0 - found / optimum;
        println!("{}: {} {offered:?}: {found:.6} found, {optimum:.6} at best", setting.name, next.kind);
        assert!((-1e-12..0.02).contains(&lost), "{}: {lost} lost by {next:?}, seed {}", setting.name, OPTIONS.seed);
    }
}

/// A counterpart whose standing offer of .3 we may take, and who may yet take what we ask; nobody else helps.
fn standing(delay: f64) -> (Case, Setting) {
    let setting = SETTINGS[0];
    let mut case = still(setting);
    let changes = [
        (Name::Authority, 20.0),
        (Name::BossLimit, 20.0),
        (Name::BossTimeCost, 60.0),
        (Name::UnlockBase, -40.0),
        (Name::ProposalAccepted, 0.0),
        (Name::DelayCostPerRound, delay),
    ];
    for (name, value) in changes {
        set(&mut case, name, Quantity::Known(value));
    }
    case.offers = vec![offer(Side::Them, 30.0)];
    (case, setting)
}

/// What going on for so many rounds and taking their offer then is worth.
fn going_on(ladder: &Ladder, setting: Setting, asks: &[f64], rounds: usize) -> f64 {
    let ladder = with_asks(ladder, setting, asks[..rounds].to_vec());
    let values = values_of_acts(&ladder, &Sight::default(), &ladder.belief());
    values.into_iter().find(|(act, _)| *act == Move::default()).map_or(f64::NEG_INFINITY, |(_, value)| value)
}

#[test]
fn their_standing_offer_is_taken_where_going_on_is_worth_less() {
    let mut kinds = Vec::new();
    for delay in [0.0, 0.5, 2.0, 4.0, 8.0, 12.0] {
        let (case, setting) = standing(delay);
        let ladder = game(&case, setting, Pace::HoldFirm);
        let next = advised(&case);
        let offered = next.amount.filter(|_| next.kind != NextActKind::Accept).map(|price| price / 100.0);
        let mut firsts = grid([ladder.first_ask, ladder.offer + 0.01]);
        firsts.extend(offered);
        let (mut best, mut from_offer) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
        for first in firsts {
            for pace in [Pace::AsPlanned, Pace::Faster, Pace::HoldFirm] {
                let asks = from(first, pace, setting.rounds, ladder.offer + 0.01);
                for rounds in 1..=asks.len() {
                    let value = going_on(&ladder, setting, &asks, rounds);
                    best = best.max(value);
                    if offered == Some(first) {
                        from_offer = from_offer.max(value);
                    }
                }
            }
        }
        let optimum = best.max(ladder.offer);
        let found = match next.kind {
            NextActKind::Accept => ladder.offer,
            NextActKind::Offer => from_offer,
            other => panic!("{other} at a delay of {delay}"),
        };
        println!("delay {delay}: {} {offered:?}: {found:.5} found, {optimum:.5} at best; {}", next.kind, next.why);
        assert!(found > 0.98 * optimum, "delay {delay}: {found} of {optimum} by {next:?}, seed {}", OPTIONS.seed);
        kinds.push(next.kind);
    }
    assert_eq!((kinds[0], kinds[kinds.len() - 1]), (NextActKind::Offer, NextActKind::Accept), "{kinds:?}");
}
