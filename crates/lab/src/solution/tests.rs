//! Closed forms, the axioms that single each solution out, and faulty input.

use proptest::prelude::*;

use super::{NoSolution, egalitarian, kalai_smorodinsky, nash};
use crate::frontier::{Curve, Frontier, Payoffs};

const ORIGIN: Payoffs = Payoffs { first: 0.0, second: 0.0 };
const INSIDE: Payoffs = Payoffs { first: 0.1, second: 0.3 };

fn parabola() -> impl Frontier {
    Curve::new(0.0..=1.0, |first| 1.0 - first * first, |first| -2.0 * first)
}

#[track_caller]
fn assert_near(found: f64, truth: f64) {
    assert!((found - truth).abs() < 1e-12, "found {found}, expected {truth}");
}

/// The figures of the literature carry ten digits.
#[track_caller]
fn assert_printed(found: f64, printed: f64) {
    assert!((found - printed).abs() < 1e-9, "found {found}, printed {printed}");
}

#[test]
fn nash_on_the_parabola() {
    // First-order condition at (d1, d2): 3 u^2 - 2 d1 u - (1 - d2) = 0.
    let root = |d: Payoffs| (d.first + (d.first * d.first + 3.0 * (1.0 - d.second)).sqrt()) / 3.0;
    for (disagreement, printed) in [(ORIGIN, 0.577_350_269_2), (INSIDE, 0.517_527_968_2)] {
        let found = nash(&parabola(), disagreement, [1.0, 1.0]).unwrap();
        assert_near(found.first, root(disagreement));
        assert_printed(found.first, printed);
    }
}

#[test]
fn weighted_nash_on_the_parabola() {
    // .7 (1 - u^2) = .6 u^2.
    let found = nash(&parabola(), ORIGIN, [0.7, 0.3]).unwrap();
    assert_near(found.first, (0.7_f64 / 1.3).sqrt());
    assert_printed(found.first, 0.733_799_385_7);
}

#[test]
fn kalai_smorodinsky_on_the_parabola() {
    // (u - d1) / (I1 - d1) = (1 - d2 - u^2) / (I2 - d2), a quadratic in u.
    let root = |d: Payoffs| {
        let slope = (1.0 - d.first * d.first - d.second) / ((1.0 - d.second).sqrt() - d.first);
        ((slope * slope + 4.0 * (1.0 - d.second + slope * d.first)).sqrt() - slope) / 2.0
    };
    for (disagreement, printed) in [(ORIGIN, 0.618_033_988_7), (INSIDE, 0.538_148_503_1)] {
        let found = kalai_smorodinsky(&parabola(), disagreement).unwrap();
        assert_near(found.first, root(disagreement));
        assert_printed(found.first, printed);
    }
}

#[test]
fn egalitarian_on_the_parabola() {
    // u - d1 = 1 - u^2 - d2.
    let root = |d: Payoffs| ((1.0 + 4.0 * (1.0 - d.second + d.first)).sqrt() - 1.0) / 2.0;
    for (disagreement, printed) in [(ORIGIN, 0.618_033_988_7), (INSIDE, 0.524_695_076_6)] {
        let found = egalitarian(&parabola(), disagreement).unwrap();
        assert_near(found.first, root(disagreement));
        assert_printed(found.first, printed);
    }
}

#[test]
fn all_power_takes_all() {
    let found = nash(&parabola(), INSIDE, [1.0, 0.0]).unwrap();
    assert_near(found.first, 0.7_f64.sqrt());
    let found = nash(&parabola(), INSIDE, [0.0, 1.0]).unwrap();
    assert_near(found.first, 0.1);
}

#[test]
fn the_end_of_a_cut_frontier_is_taken() {
    let cut = Curve::new(0.0..=0.2, |first| 1.0 - first * first, |first| -2.0 * first);
    assert_near(nash(&cut, ORIGIN, [1.0, 1.0]).unwrap().first, 0.2);
    assert_near(egalitarian(&cut, ORIGIN).unwrap().first, 0.2);
    let below = Payoffs { first: -5.0, second: 0.0 };
    assert_near(nash(&parabola(), below, [1.0, 1.0]).unwrap().first, (112_f64.sqrt() - 10.0) / 6.0);
    assert_near(egalitarian(&parabola(), below).unwrap().first, 0.0);
}

#[test]
fn a_kink_is_found() {
    // Two straight pieces that meet at (1, 2); the Nash point of the square below them is the corner.
    let kinked = Curve::new(
        0.0..=2.0,
        |first| if first < 1.0 { 2.1 - 0.1 * first } else { 4.0 - 2.0 * first },
        |first| if first < 1.0 { -0.1 } else { -2.0 },
    );
    assert_near(nash(&kinked, ORIGIN, [1.0, 1.0]).unwrap().first, 1.0);
}

#[test]
fn faulty_input_is_refused() {
    let curve = |low: f64, high: f64| Curve::new(low..=high, |first| 1.0 - first, |_| -1.0);
    let ask = |low, high, first, second| egalitarian(&curve(low, high), Payoffs { first, second });
    assert_eq!(ask(1.0, 0.0, 0.0, 0.0), Err(NoSolution::EmptyRange));
    assert_eq!(ask(0.5, 0.5, 0.0, 0.0), Err(NoSolution::EmptyRange));
    assert_eq!(ask(f64::NAN, 1.0, 0.0, 0.0), Err(NoSolution::NotFinite));
    assert_eq!(ask(0.0, f64::INFINITY, 0.0, 0.0), Err(NoSolution::NotFinite));
    assert_eq!(ask(0.0, 1.0, f64::NAN, 0.0), Err(NoSolution::NotFinite));
    assert_eq!(ask(0.0, 1.0, 1.0, 0.0), Err(NoSolution::NoGain));
    assert_eq!(ask(0.0, 1.0, 0.5, 0.5), Err(NoSolution::NoGain));
    assert_eq!(ask(0.0, 1.0, 0.0, 2.0), Err(NoSolution::NoGain));
    let nowhere = Curve::new(0.0..=1.0, |_| f64::NAN, |_| -1.0);
    assert_eq!(kalai_smorodinsky(&nowhere, ORIGIN), Err(NoSolution::NotFinite));
    let slopeless = Curve::new(0.0..=1.0, |first| 1.0 - first, |_| f64::NAN);
    assert_eq!(nash(&slopeless, ORIGIN, [1.0, 1.0]), Err(NoSolution::NotFinite));
    for weights in [[0.0, 0.0], [-1.0, 1.0], [f64::NAN, 1.0], [f64::INFINITY, 1.0]] {
        assert_eq!(nash(&parabola(), ORIGIN, weights), Err(NoSolution::Weights));
    }
}

/// `u2 = height (1 - (u1 / width)^power)`: bent between straight (1) and nearly square.
#[derive(Clone, Copy, Debug)]
struct Bend {
    width: f64,
    height: f64,
    power: f64,
}

impl Frontier for Bend {
    fn range(&self) -> std::ops::RangeInclusive<f64> {
        0.0..=self.width
    }

    fn second(&self, first: f64) -> f64 {
        self.height * (1.0 - libm::pow(first / self.width, self.power))
    }

    fn slope(&self, first: f64) -> f64 {
        -self.height * self.power / self.width * libm::pow(first / self.width, self.power - 1.0)
    }
}

impl Bend {
    /// The point at these shares of the width and the height.
    fn share(&self, [first, second]: [f64; 2]) -> Payoffs {
        Payoffs { first: first * self.width, second: second * self.height }
    }

    /// The same outcomes with the parties' names exchanged.
    fn swapped(self) -> impl Frontier {
        let Self { width, height, power } = self;
        Curve::new(
            0.0..=height,
            move |second| width * libm::pow(1.0 - second / height, 1.0 / power),
            move |second| -width / (power * height) * libm::pow(1.0 - second / height, 1.0 / power - 1.0),
        )
    }
}

/// A frontier, a disagreement point under it, and weights.
fn problem() -> impl Strategy<Value = (Bend, Payoffs, [f64; 2])> {
    let bend = (0.5..20.0, 0.5..20.0, 1.0..4.0).prop_map(|(width, height, power)| Bend { width, height, power });
    (bend, [-0.5..0.45, -0.5..0.45], 0.1..0.9)
        .prop_map(|(bend, shares, weight): (Bend, [f64; 2], f64)| (bend, bend.share(shares), [weight, 1.0 - weight]))
}

fn three(frontier: &impl Frontier, disagreement: Payoffs, weights: [f64; 2]) -> [Payoffs; 3] {
    [
        nash(frontier, disagreement, weights).unwrap(),
        kalai_smorodinsky(frontier, disagreement).unwrap(),
        egalitarian(frontier, disagreement).unwrap(),
    ]
}

proptest! {
    #[test]
    fn outcomes_are_efficient_and_individually_rational((bend, disagreement, weights) in problem()) {
        for found in three(&bend, disagreement, weights) {
            prop_assert_eq!(found.second, bend.second(found.first));
            prop_assert!((0.0..=bend.width).contains(&found.first));
            prop_assert!(found.first >= disagreement.first && found.second >= disagreement.second);
        }
    }

    #[test]
    fn nash_beats_every_other_outcome((bend, disagreement, weights) in problem(), at in 0.0..1.0) {
        let product = |at: Payoffs| {
            libm::pow(at.first - disagreement.first, weights[0]) * libm::pow(at.second - disagreement.second, weights[1])
        };
        let first = at * bend.width;
        let other = Payoffs { first, second: bend.second(first) };
        let best = product(nash(&bend, disagreement, weights).unwrap());
        prop_assume!(other.first > disagreement.first && other.second > disagreement.second);
        prop_assert!(product(other) <= best * (1.0 + 1e-12));
    }

    #[test]
    fn exchanging_the_names_exchanges_the_payoffs((bend, disagreement, weights) in problem()) {
        let turned = Payoffs { first: disagreement.second, second: disagreement.first };
        let there = three(&bend, disagreement, weights);
        let back = three(&bend.swapped(), turned, [weights[1], weights[0]]);
        for (there, back) in there.iter().zip(back) {
            // Where the frontier is flat, a last bit of `second` is many of `first`, and the turned one is told `second`.
            let last_bits = 16.0 * f64::EPSILON * bend.height / bend.slope(there.first).abs();
            prop_assert!((there.first - back.second).abs() < 1e-9 * bend.width + last_bits, "{there:?} {back:?}");
            prop_assert!((there.second - back.first).abs() < 1e-9 * bend.height, "{there:?} {back:?}");
        }
    }

    #[test]
    fn nash_and_kalai_smorodinsky_ignore_units(
        (bend, disagreement, weights) in problem(),
        (scale_first, scale_second) in (0.01..100.0, 0.01..100.0),
        (shift_first, shift_second) in (-10.0..10.0, -10.0..10.0),
    ) {
        let change = |at: Payoffs| Payoffs {
            first: scale_first * at.first + shift_first,
            second: scale_second * at.second + shift_second,
        };
        let back = |first: f64| -> f64 { (first - shift_first) / scale_first };
        let changed = Curve::new(
            shift_first..=scale_first * bend.width + shift_first,
            |first| scale_second * bend.second(back(first).max(0.0)) + shift_second,
            |first| scale_second / scale_first * bend.slope(back(first).max(0.0)),
        );
        let before = three(&bend, disagreement, weights);
        let after = three(&changed, change(disagreement), weights);
        for (before, after) in before.into_iter().map(change).zip(after).take(2) {
            prop_assert!((before.first - after.first).abs() < 1e-9 * (1.0 + scale_first * bend.width));
            prop_assert!((before.second - after.second).abs() < 1e-9 * (1.0 + scale_second * bend.height));
        }
    }

    #[test]
    fn more_to_share_harms_nobody_under_kalai_smorodinsky((bend, _, _) in problem(), more in 0.0..3.0) {
        // Same ideals, every outcome of the old frontier still within reach.
        let wider = Bend { power: bend.power + more, ..bend };
        let before = kalai_smorodinsky(&bend, ORIGIN).unwrap();
        let after = kalai_smorodinsky(&wider, ORIGIN).unwrap();
        prop_assert!(after.first >= before.first - 1e-9 && after.second >= before.second - 1e-9);
    }

    #[test]
    fn a_higher_ideal_does_not_harm_its_owner_under_kalai_smorodinsky((bend, _, _) in problem(), more in 1.0..3.0) {
        let higher = Bend { height: bend.height * more, ..bend };
        let before = kalai_smorodinsky(&bend, ORIGIN).unwrap();
        let after = kalai_smorodinsky(&higher, ORIGIN).unwrap();
        prop_assert!(after.second >= before.second - 1e-9);
    }

    #[test]
    fn more_to_share_harms_nobody_under_the_egalitarian_rule((bend, disagreement, _) in problem(), more in 0.0..3.0) {
        let wider = Bend { power: bend.power + more, ..bend };
        let before = egalitarian(&bend, disagreement).unwrap();
        let after = egalitarian(&wider, disagreement).unwrap();
        prop_assert!(after.first >= before.first - 1e-9 && after.second >= before.second - 1e-9);
    }

    #[test]
    fn more_weight_never_means_less((bend, disagreement, weights) in problem(), more in 0.0..5.0) {
        let before = nash(&bend, disagreement, weights).unwrap();
        let after = nash(&bend, disagreement, [weights[0] + more, weights[1]]).unwrap();
        prop_assert!(after.first >= before.first - 1e-9);
    }
}
