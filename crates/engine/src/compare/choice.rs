//! The rule by which a course is recommended: one for the first answer, the whole advice and the break-evens.
//!
//! Of the named plans that are as good as the best, the simplest. What can't be undone never wins such a tie: walking
//! away is advised only where every other course is worth less than nothing beyond noise, or nothing at all; and our
//! boss's coming only where no course that leaves it open is as good.

/// What a course begins with, the easiest to take back first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Beginning {
    /// Whatever is open now stays open.
    Open,
    /// Our boss leaves the room.
    HandsBack,
    /// Our boss comes in at our next move.
    BringsBoss,
    /// We leave.
    Leaves,
}

/// What the rule goes by, besides what each course is worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Course {
    /// What it begins with.
    pub beginning: Beginning,
    /// It is one of the named plans.
    pub named: bool,
    /// How far it may be behind the best and still count as good, in shares.
    pub tie: f64,
    /// How far what it is worth may be off by noise, in shares.
    pub noise: f64,
}

/// Which of `courses`, simplest first, to recommend where each is worth what `values` says, in shares; the first where
/// there are none to choose from.
pub(crate) fn choose(courses: &[Course], values: &[f64]) -> usize {
    let goes_on = |course: &Course| course.beginning != Beginning::Leaves;
    // Leaving is worth exactly nothing, and what may be worth more can always be left later.
    let counts = |course: &Course, value: f64| goes_on(course) && value + course.noise > 0.0;
    let going_on = courses.iter().zip(values).enumerate().filter(|&(_, (course, &value))| counts(course, value));
    let highest = going_on.clone().map(|(_, (_, &value))| value).fold(f64::NEG_INFINITY, f64::max);
    let found = going_on.filter(|&(_, (course, &value))| highest - value <= course.tie);
    let simplest = found.min_by_key(|(index, (course, _))| {
        // The best found stands after the named plans that can be undone as well as it, before those that can't.
        let beginning = if course.named { course.beginning } else { course.beginning.max(Beginning::HandsBack) };
        (beginning, !course.named, *index)
    });
    let leaves = || courses.iter().position(|course| !goes_on(course));
    simplest.map(|(index, _)| index).or_else(leaves).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TIE: f64 = 0.005;
    const NOISE: f64 = 0.002;

    /// Walking away, the six named plans that stay, then the best found.
    fn courses(found: Beginning) -> Vec<Course> {
        let course = |beginning, named| Course { beginning, named, tie: TIE, noise: NOISE };
        let mut courses = vec![course(Beginning::Leaves, true)];
        courses.extend([Beginning::Open; 4].map(|beginning| course(beginning, true)));
        courses.extend([Beginning::BringsBoss; 2].map(|beginning| course(beginning, true)));
        courses.push(course(found, false));
        courses
    }

    #[test]
    fn the_simplest_of_equals_is_taken() {
        let values = [0.0, 0.496, 0.5, 0.2, 0.5, 0.3, 0.3, 0.5005];
        assert_eq!(choose(&courses(Beginning::Open), &values), 1);
        let values = [0.0, 0.4, 0.4, 0.4, 0.4, 0.5, 0.499, 0.5];
        assert_eq!(choose(&courses(Beginning::BringsBoss), &values), 5, "the boss where nothing else comes near");
        let values = [0.0, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.5];
        assert_eq!(choose(&courses(Beginning::BringsBoss), &values), 7);
    }

    #[test]
    fn a_free_chance_is_not_left_and_a_dear_one_is() {
        let cheap = [0.0, 0.004, 0.003, 0.003, 0.003, -0.01, -0.01, 0.004];
        assert_eq!(choose(&courses(Beginning::Open), &cheap), 1);
        let dear = [0.0, -0.003, -0.003, -0.003, -0.003, -0.01, -0.01, 0.0];
        assert_eq!(choose(&courses(Beginning::Leaves), &dear), 0);
        let untold = [0.0, -0.001, -0.003, -0.003, -0.003, -0.01, -0.01, 0.0];
        assert_eq!(choose(&courses(Beginning::Leaves), &untold), 1, "noise is no reason to leave");
        let nothing = courses(Beginning::Leaves).into_iter().map(|course| Course { noise: 0.0, ..course });
        assert_eq!(choose(&nothing.collect::<Vec<_>>(), &[0.0; 8]), 0, "nor is a hope of nothing one to stay");
    }

    #[test]
    fn the_boss_does_not_come_where_the_best_found_leaves_it_open() {
        let values = [0.0, 0.4, 0.4, 0.4, 0.4, 0.498, 0.49, 0.5];
        assert_eq!(choose(&courses(Beginning::Open), &values), 7);
    }

    proptest! {
        #[test]
        fn what_cant_be_undone_wins_no_tie(
            mut values in prop::collection::vec(-0.02..0.02_f64, 8),
            found in prop::sample::select(vec![Beginning::Open, Beginning::BringsBoss]),
        ) {
            values[0] = 0.0;
            let courses = courses(found);
            let chosen = choose(&courses, &values);
            let highest = values[1..].iter().copied().fold(f64::NEG_INFINITY, f64::max);
            match courses[chosen].beginning {
                Beginning::Leaves => prop_assert!(highest + NOISE <= 0.0),
                _ => prop_assert!(highest - values[chosen] <= TIE && values[chosen] + NOISE > 0.0),
            }
            match courses[chosen].beginning {
                Beginning::BringsBoss => {
                    let open = |(course, value): (&Course, &f64)| {
                        course.beginning == Beginning::Open && highest - value <= TIE && value + NOISE > 0.0
                    };
                    prop_assert!(!courses.iter().zip(&values).any(open));
                }
                Beginning::Leaves | Beginning::Open | Beginning::HandsBack => {}
            }
        }
    }
}
