//! What holds of every strategy: it never goes below its party's walk-away, nor beyond its mandate.
#![expect(clippy::unwrap_used, reason = "a test may stop at what should not happen")]

use bargain::domain::{Domain, Issue};
use bargain::scoring::{Interaction, Scoring};
use bargain::space::Odometer;
use lab::session::{Ending, Negotiator, play};
use lab::strategy::time_based::{Aspiration, Curve};
use lab::strategy::{Acceptance, Strategy as Play};
use proptest::prelude::*;

fn strategies() -> impl Strategy<Value = Play> {
    let curve = prop_oneof![
        (0.05..20.0).prop_map(Curve::Polynomial),
        (0.05..20.0).prop_map(Curve::Exponential),
        Just(Curve::HARDHEADED)
    ];
    let clock =
        (curve, 0.1..=1.0, 0.0..0.01, any::<bool>()).prop_map(|(curve, most, tolerance, next)| Play::TimeBased {
            aspiration: Aspiration { curve, most, tolerance },
            acceptance: if next { Acceptance::Next } else { Acceptance::Aspiration },
        });
    prop_oneof![4 => clock, 1 => (0.0..3.0).prop_map(|reciprocity| Play::InKind { reciprocity }), 1 => (-0.5..0.5).prop_map(|kindness| Play::TitForTat { kindness }), 1 => Just(Play::Micro)]
}

fn parties(count: usize) -> impl Strategy<Value = (Domain, Vec<(Scoring, Play)>)> {
    prop::collection::vec(1_usize..6, 1..4).prop_flat_map(move |sizes| {
        let rows: Vec<_> = sizes.iter().map(|&size| prop::collection::vec(0.0..1.0, size)).collect();
        prop::collection::vec((rows, -0.5..3.5, strategies()), count).prop_map(move |parties| {
            let issues =
                sizes.iter().enumerate().map(|(i, &n)| Issue::named(i.to_string(), (0..n).map(|o| o.to_string())));
            let domain = Domain::new("d", issues.collect()).unwrap();
            let seated = parties.into_iter().map(|(rows, reservation, play)| {
                (Scoring::additive(&domain, rows).unwrap().with_reservation(reservation), play)
            });
            let seated = seated.collect();
            (domain, seated)
        })
    })
}

fn check(domain: &Domain, seated: &[(Scoring, Play)], rounds: u32) -> Result<(), TestCaseError> {
    let mut seats: Vec<_> = seated.iter().map(|(scoring, play)| play.seat(domain, scoring).unwrap()).collect();
    let mut seats: Vec<&mut dyn Negotiator> = seats.iter_mut().map(|seat| &mut **seat as &mut dyn Negotiator).collect();
    let session = play(&mut seats, rounds);
    for offer in session.offers() {
        let (scoring, play) = &seated[offer.party];
        let value = scoring.value(offer.package);
        prop_assert!(value >= scoring.reservation, "{:?} offered {} below {}", play, value, scoring.reservation);
    }
    match &session.ending {
        Ending::Agreed(package) => {
            for (scoring, play) in seated {
                prop_assert!(scoring.value(package) >= scoring.reservation, "{:?} agreed below its walk-away", play);
            }
        }
        Ending::WalkedAway { party } => {
            let scoring = &seated[*party].0;
            prop_assert!(!has_something(domain, scoring), "party {} had something to offer", party);
        }
        Ending::TimedOut => prop_assert_eq!(session.rounds, rounds),
    }
    Ok(())
}

proptest! {
    #[test]
    fn two_never_go_below_their_walk_away((domain, seated) in parties(2), rounds in 1_u32..40) {
        check(&domain, &seated, rounds)?;
    }

    #[test]
    fn four_never_go_below_their_walk_away((domain, seated) in parties(4), rounds in 1_u32..20) {
        check(&domain, &seated, rounds)?;
    }
}

/// Values below zero, options that bring something together, a scale and a cap, for each of so many parties.
fn uneven_parties(count: usize) -> impl Strategy<Value = (Domain, Vec<(Scoring, Play)>)> {
    prop::collection::vec(1_usize..5, 1..4).prop_flat_map(move |sizes| {
        let rows: Vec<_> = sizes.iter().map(|&size| prop::collection::vec(-1.0..1.0, size)).collect();
        let boxes = prop::collection::vec((any::<[u8; 3]>(), -1.0..1.5), 0..4);
        let scale = prop_oneof![Just(None), (0.5..3.0, -0.5..1.0).prop_map(Some)];
        prop::collection::vec((rows, boxes, scale, -2.0..2.0, strategies()), count).prop_map(move |parties| {
            let issues =
                sizes.iter().enumerate().map(|(i, &n)| Issue::named(i.to_string(), (0..n).map(|o| o.to_string())));
            let domain = Domain::new("d", issues.collect()).unwrap();
            let a_box = |(bits, amount): ([u8; 3], f64)| Interaction {
                within: sizes
                    .iter()
                    .enumerate()
                    .map(|(i, &n)| (i, (0..n).map(|option| bits[i] >> option & 1 == 1).collect()))
                    .collect(),
                amount,
            };
            let seated = parties.into_iter().map(|(rows, boxes, scale, reservation, play)| {
                let scoring = Scoring::additive(&domain, rows).unwrap();
                let scoring = scoring.with_interactions(boxes.into_iter().map(a_box).collect()).unwrap();
                let (divisor, cap) = scale.unwrap_or((1.0, f64::INFINITY));
                (scoring.scaled(divisor, cap).with_reservation(reservation), play)
            });
            let seated = seated.collect();
            (domain, seated)
        })
    })
}

/// Whether some package is worth at least the reservation to a party.
fn has_something(domain: &Domain, scoring: &Scoring) -> bool {
    let mut odometer = Odometer::new(&domain.sizes());
    while let Some(package) = odometer.next() {
        if scoring.value(package) >= scoring.reservation {
            return true;
        }
    }
    false
}

/// A mandate from the bits of a number: the options that each issue allows, perhaps none.
fn mandate(domain: &Domain, bits: u64) -> Vec<Vec<bool>> {
    let mut place = 0;
    let mut allowed = || {
        place += 1;
        bits.rotate_left(place) & 3 != 0
    };
    domain.sizes().into_iter().map(|size| (0..size).map(|_| allowed()).collect()).collect()
}

proptest! {
    #[test]
    fn nobody_goes_below_their_walk_away_whatever_values_are_like((domain, seated) in uneven_parties(2), rounds in 1_u32..40) {
        check(&domain, &seated, rounds)?;
    }

    #[test]
    fn nor_do_three((domain, seated) in uneven_parties(3), rounds in 1_u32..20) {
        check(&domain, &seated, rounds)?;
    }

    #[test]
    fn two_never_go_beyond_their_mandate((domain, seated) in parties(2), bits in any::<[u64; 2]>(), free in any::<bool>(), rounds in 1_u32..40) {
        check_mandate(&domain, &seated, &bits, free, rounds)?;
    }

    #[test]
    fn three_of_uneven_values_never_go_beyond_their_mandate((domain, seated) in uneven_parties(3), bits in any::<[u64; 3]>(), free in any::<bool>(), rounds in 1_u32..20) {
        check_mandate(&domain, &seated, &bits, free, rounds)?;
    }
}

fn check_mandate(
    domain: &Domain,
    seated: &[(Scoring, Play)],
    bits: &[u64],
    free: bool,
    rounds: u32,
) -> Result<(), TestCaseError> {
    let mandates: Vec<_> = bits.iter().map(|&bits| mandate(domain, bits)).collect();
    let limit = |((scoring, play), mandate): (&(Scoring, Play), &Vec<Vec<bool>>)| {
        let reservation = if free { f64::NEG_INFINITY } else { scoring.reservation };
        (scoring.restricted(mandate).with_reservation(reservation), *play)
    };
    let limited: Vec<(Scoring, Play)> = seated.iter().zip(&mandates).map(limit).collect();
    let mut seats: Vec<_> = limited.iter().map(|(scoring, play)| play.seat(domain, scoring).unwrap()).collect();
    let mut seats: Vec<&mut dyn Negotiator> = seats.iter_mut().map(|seat| &mut **seat as &mut dyn Negotiator).collect();
    let session = play(&mut seats, rounds);
    let within =
        |package: &[u32], party: usize| package.iter().zip(&mandates[party]).all(|(&option, row)| row[option as usize]);
    for offer in session.offers() {
        prop_assert!(within(offer.package, offer.party), "{:?} offered beyond its mandate", limited[offer.party].1);
    }
    if let Some(package) = session.agreement() {
        for (party, (_, play)) in limited.iter().enumerate() {
            prop_assert!(within(package, party), "{:?} agreed beyond its mandate", play);
        }
    }
    Ok(())
}

fn pie() -> (Domain, Scoring, Scoring) {
    let domain = Domain::new("pie", vec![Issue::named("mine", (0..=10).map(|n| n.to_string()))]).unwrap();
    let mine = Scoring::additive(&domain, vec![(0..=10).map(f64::from).collect()]).unwrap();
    let yours = Scoring::additive(&domain, vec![(0..=10).map(|n| f64::from(10 - n)).collect()]).unwrap();
    (domain, mine, yours)
}

fn agreement(first: Play, second: Play, (mine, yours): (f64, f64), rounds: u32) -> Option<u32> {
    let (domain, a, b) = pie();
    let (a, b) = (a.with_reservation(mine), b.with_reservation(yours));
    let (mut a, mut b) = (first.seat(&domain, &a).unwrap(), second.seat(&domain, &b).unwrap());
    play(&mut [&mut *a, &mut *b], rounds).agreement().map(|package| package[0])
}

#[test]
fn two_micros_meet_in_the_middle_of_a_pie() {
    assert_eq!(agreement(Play::Micro, Play::Micro, (0.0, 0.0), 50), Some(5));
}

#[test]
fn one_who_concedes_in_kind_gives_nothing_to_one_who_gives_nothing() {
    let in_kind = Play::InKind { reciprocity: 1.0 };
    assert_eq!(agreement(in_kind, Play::time_based(Curve::HARDHEADED), (0.0, 0.0), 50), None);
    assert_eq!(agreement(in_kind, in_kind, (0.0, 0.0), 50), None);
    let met = agreement(in_kind, Play::time_based(Curve::LINEAR), (0.0, 0.0), 50).unwrap();
    assert!((4..=6).contains(&met), "{met}");
}

/// As NegMAS 0.16.0 plays it offer for offer: each begins with its best, comes down a step, and then goes back, as it is offered
/// nothing.
#[test]
fn a_tit_for_tat_concedes_on_its_second_turn() {
    let domain = Domain::new("d", vec![Issue::named("i", ["a", "b", "c", "d", "e"])]).unwrap();
    let party = |row: [f64; 5]| Scoring::additive(&domain, vec![row.to_vec()]).unwrap().with_reservation(0.0);
    let (a, b) = (party([1.0, 0.8, 0.5, 0.2, 0.0]), party([0.0, 0.2, 0.5, 0.8, 1.0]));
    let tit_for_tat = Play::TitForTat { kindness: 0.0 };
    let (mut a, mut b) = (tit_for_tat.seat(&domain, &a).unwrap(), tit_for_tat.seat(&domain, &b).unwrap());
    let session = play(&mut [&mut *a, &mut *b], 5);
    let offered: Vec<u32> = session.offers().map(|offer| offer.package[0]).collect();
    assert_eq!(offered, [0, 4, 1, 3, 0, 4, 0, 4, 0, 4]);
    assert_eq!(session.ending, Ending::TimedOut);
}

/// NegMAS plays on where a walk-away is above everything by the last digit, and so does this.
#[test]
fn a_walk_away_that_rounding_puts_out_of_reach_is_played() {
    let (domain, a, b) = pie();
    for play_as in [
        Play::time_based(Curve::LINEAR),
        Play::TimeBased { aspiration: Aspiration::new(Curve::BOULWARE), acceptance: Acceptance::Next },
        Play::InKind { reciprocity: 1.0 },
        Play::TitForTat { kindness: 0.0 },
        Play::Micro,
    ] {
        let ends = |reservation: f64| {
            let (a, b) = (a.clone().with_reservation(reservation), b.clone().with_reservation(0.0));
            let (mut a, mut b) = (play_as.seat(&domain, &a).unwrap(), play_as.seat(&domain, &b).unwrap());
            play(&mut [&mut *a, &mut *b], 20).ending
        };
        assert!(!matches!(ends(10.0_f64.next_up()), Ending::WalkedAway { .. }), "{play_as:?}");
        assert_eq!(ends(10.001), Ending::WalkedAway { party: 0 }, "{play_as:?}");
    }
}

#[test]
fn accepting_what_beats_the_next_offer_never_waits_for_less() {
    let next = Play::TimeBased { aspiration: Aspiration::new(Curve::LINEAR), acceptance: Acceptance::Next };
    assert_eq!(agreement(next, next, (0.0, 0.0), 100), Some(5));
}

#[test]
fn no_room_no_deal() {
    let linear = Play::time_based(Curve::LINEAR);
    assert_eq!(agreement(linear, linear, (6.0, 6.0), 50), None);
    assert_eq!(agreement(linear, linear, (11.0, 0.0), 50), None, "more than there is");
}
