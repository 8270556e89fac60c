//! Why they are stuck, and only where they are.

use proptest::prelude::*;
use terms::{Beyond, Cause};

use crate::advise;
use crate::assumption::Name;
use crate::case::{Act, ActKind, Answer, Case};
use crate::test_cases::{in_turn, reference};

use super::{OPTIONS, any_case, assume, prepared, settings};

fn act(kind: ActKind, answer: Option<Answer>, after_offers: u32) -> Act {
    Act { kind, date: None, answer, after_offers, note: None }
}

fn stuck(case: &Case) -> (f64, Vec<(Cause, Option<Beyond>, f64)>) {
    let advice = advise(case, &OPTIONS, &|_| {}).unwrap();
    let causes = advice.stuck_because.iter().map(|one| (one.cause, one.beyond, one.probability));
    (advice.stuck_probability, causes.collect())
}

/// They moved, and then they didn't.
fn stalled() -> Case {
    let mut case = reference();
    case.offers = in_turn(&[130.0, -20.0, 115.0, 5.0, 104.0, 5.0]);
    case
}

proptest! {
    #![proptest_config(settings())]

    #[test]
    fn who_moves_is_not_stuck(case in any_case()) {
        // The offers of these cases move each time, and the first ones can't have stopped yet.
        prop_assert!(!prepared(&case).record.standing.is_stuck());
    }
}

#[test]
fn who_has_stopped_is_and_each_cause_says_short_of_what() {
    let (chance, causes) = stuck(&stalled());
    assert!(chance > 0.2, "{chance}");
    assert!((causes.iter().map(|(.., chance)| chance).sum::<f64>() - 1.0).abs() < 1e-9);
    for (cause, beyond, _) in &causes {
        assert_eq!(beyond.is_none(), *cause == Cause::Relationship, "{cause:?}");
    }
    let limits = |beyond| causes.iter().any(|&(cause, found, _)| cause == Cause::AtTheirLimit && found == Some(beyond));
    assert!(limits(Beyond::YourAuthority), "a limit between our authority and our boss's: {causes:?}");
}

#[test]
fn with_our_boss_s_leave_every_cause_is_beyond_our_boss() {
    let mut case = stalled();
    case.acts = vec![act(ActKind::Guidance, Some(Answer::Granted), 6)];
    let (_, causes) = stuck(&case);
    assert!(causes.iter().all(|(_, beyond, _)| *beyond != Some(Beyond::YourAuthority)), "{causes:?}");
}

#[test]
fn what_is_said_to_be_stuck_is_the_likelier_so_the_more_that_tells() {
    let mut case = stalled();
    let silent = stuck(&case).0;
    case.acts = vec![act(ActKind::ImpasseNoted, None, 6)];
    let said = |ratio: f64| stuck(&assume(&case, &[(Name::ImpasseNotedRatio, ratio)])).0;
    let (nothing, some, much) = (said(1.0), said(4.0), said(20.0));
    assert!((nothing - silent).abs() < 0.02, "{nothing} against {silent}");
    // Bayes: the odds grow by the ratio.
    let odds = |chance: f64| chance / (1.0 - chance);
    assert!((odds(some) / odds(nothing) / 4.0 - 1.0).abs() < 0.15, "{some} against {nothing}");
    assert!(much > some);
}

#[test]
fn an_impasse_is_over_when_they_move() {
    let mut case = reference();
    case.offers = in_turn(&[130.0, -20.0, 115.0, -20.0, 104.0, 8.0]);
    case.acts = vec![act(ActKind::ImpasseNoted, None, 4)];
    assert_eq!(stuck(&case).0, 0.0);
    case.acts[0].after_offers = 6;
    assert!(stuck(&case).0 > 0.0);
}
