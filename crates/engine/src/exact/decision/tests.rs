//! The solver against printed figures, and against trying every plan.

use proptest::prelude::*;

use super::{Branch, Game, by_enumeration, solve};

/// The tiger (Kaelbling, Littman and Cassandra 1998): behind one of two doors; listening costs and may mislead.
/// After a door is opened the tiger is placed anew, and the clock goes on.
struct Tiger {
    right: f64,
    listen: f64,
    treasure: f64,
    mauled: f64,
    discount: f64,
}

#[derive(Clone, Copy)]
enum Do {
    Listen,
    Open(usize),
}

impl Game for Tiger {
    /// Decisions left, and the side last heard.
    type Seen = (u32, Option<usize>);
    type Act = Do;

    fn acts(&self, &(left, _): &Self::Seen) -> Vec<Do> {
        if left == 0 { Vec::new() } else { vec![Do::Listen, Do::Open(0), Do::Open(1)] }
    }

    fn branches(&self, &(left, _): &Self::Seen, tiger: usize, act: Do) -> Vec<Branch<Self::Seen>> {
        match act {
            Do::Listen => [(tiger, self.right), (1 - tiger, 1.0 - self.right)]
                .map(|(heard, chance)| Branch {
                    chance,
                    reward: self.listen,
                    next: Some(((left - 1, Some(heard)), tiger)),
                })
                .to_vec(),
            Do::Open(door) => [0, 1]
                .map(|placed| Branch {
                    chance: 0.5,
                    reward: if door == tiger { self.mauled } else { self.treasure },
                    next: Some(((left - 1, None), placed)),
                })
                .to_vec(),
        }
    }

    fn discount(&self) -> f64 {
        self.discount
    }
}

const TIGER: Tiger = Tiger { right: 0.85, listen: -1.0, treasure: 10.0, mauled: -100.0, discount: 0.95 };

#[test]
fn the_tiger_is_solved_for_six_horizons() {
    let want = [-1.0, -1.95, 2.3098, 1.795_544_218_75, 2.763_096_193_125, 4.428_531_315_018];
    for (decisions, want) in (1..).zip(want) {
        let found = solve(&TIGER, &(decisions, None), &[0.5, 0.5]).value;
        assert!((found - want).abs() < 1e-9, "{decisions} decisions: {found} for {want}");
    }
}

proptest! {
    #[test]
    fn the_tiger_is_worth_what_its_best_plan_is(
        right in 0.5..1.0_f64,
        listen in -3.0..0.0_f64,
        treasure in 0.0..20.0_f64,
        mauled in -100.0..0.0_f64,
        discount in 0.1..1.0_f64,
        belief in 0.0..1.0_f64,
        decisions in 1..4_u32,
    ) {
        let tiger = Tiger { right, listen, treasure, mauled, discount };
        let belief = [belief, 1.0 - belief];
        let tried = by_enumeration(&tiger, &(decisions, None), &belief, 100_000).unwrap();
        let solved = solve(&tiger, &(decisions, None), &belief).value;
        prop_assert!((tried - solved).abs() < 1e-9 * (1.0 + solved.abs()), "{} against {}", tried, solved);
    }
}

#[test]
fn too_many_plans_are_not_tried() {
    assert_eq!(by_enumeration(&TIGER, &(4, None), &[0.5, 0.5], 1000), None);
}
