//! What can be wrong with a case, each fault named by the path of its key.

use crate::case::Case;

mod amounts;
mod log;
mod time;

/// The longest negotiation the engine will simulate, in rounds.
pub const MAX_ROUNDS: u32 = 200;

/// Something wrong with a case. Texts never repeat an amount: a walk-away must not reach a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where: a path such as `value.walk_away` or `offers[2].date` (entries counted from 0).
    pub path: String,
    /// What is wrong, as a sentence without its subject: "lies beyond the target".
    pub problem: String,
    /// What was expected and how to mend it.
    pub mend: String,
}

impl Fault {
    fn new(path: impl Into<String>, problem: &str, mend: &str) -> Self {
        Self { path: path.into(), problem: problem.to_owned(), mend: mend.to_owned() }
    }
}

impl Case {
    /// Everything that is wrong with this case; empty when it can be advised on.
    pub fn check(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.title.trim().is_empty() || self.title.chars().count() > 200 {
            faults.push(Fault::new(
                "title",
                "is empty or too long",
                "Give the negotiation a name of up to 200 letters.",
            ));
        }
        amounts::check(self, &mut faults);
        time::check(self, &mut faults);
        log::check(self, &mut faults);
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Act, ActKind, Answer};
    use crate::test_cases::{in_turn, range, reference};
    use terms::{Quantity, Side};

    fn faults(change: impl Fn(&mut Case)) -> Vec<String> {
        let mut case = reference();
        change(&mut case);
        case.check().into_iter().map(|fault| fault.path).collect()
    }

    fn act(kind: ActKind, after_offers: u32) -> Act {
        Act { kind, date: None, answer: None, after_offers, note: None }
    }

    #[test]
    fn a_sound_case_has_no_faults() {
        assert_eq!(faults(|_| {}), [""; 0]);
        assert_eq!(faults(|case| case.offers = in_turn(&[120.0, 20.0, 110.0, 30.0])), [""; 0]);
        let beyond = range(-90.0, -60.0, -30.0);
        assert_eq!(faults(|case| case.counterpart.limit = beyond), [""; 0], "their limit wholly beyond our walk-away");
    }

    #[test]
    fn amounts_out_of_order_are_named() {
        assert_eq!(faults(|case| case.value.walk_away = Quantity::Known(130.0)), ["value.walk_away"]);
        assert_eq!(faults(|case| case.value.walk_away = Quantity::Known(100.0)), ["value.walk_away"]);
        assert_eq!(faults(|case| case.counterpart.limit = range(60.0, 25.0, 95.0)), ["counterpart.limit"]);
        assert_eq!(faults(|case| case.counterpart.limit = Quantity::Known(f64::NAN)), ["counterpart.limit"]);
        assert_eq!(faults(|case| case.value.boss_limit = Some(Quantity::Known(50.0))), ["value.boss_limit"]);
        assert_eq!(faults(|case| case.boss.time_cost = Some(Quantity::Known(-1.0))), ["boss.time_cost"]);
        assert_eq!(faults(|case| case.future.discount = Some(Quantity::Known(1.5))), ["future.discount"]);
    }

    #[test]
    fn time_that_can_not_be_is_named() {
        assert_eq!(faults(|case| case.time.rounds_left = Some(0)), ["time.rounds_left"]);
        assert_eq!(faults(|case| case.time.rounds_left = Some(100_000)), ["time.rounds_left"]);
        assert_eq!(faults(|case| case.time.rounds_left = None), ["time.rounds_left"]);
        let weekly = |case: &mut Case| case.time.cost_of_delay_per_week = Some(Quantity::Known(3.0));
        assert_eq!(faults(weekly), ["time.cost_of_delay_per_week"]);
    }

    #[test]
    fn an_impossible_log_is_named() {
        assert_eq!(faults(|case| case.offers = in_turn(&[50.0, 60.0])), ["offers[1]"], "already agreed");
        assert_eq!(faults(|case| case.acts = vec![act(ActKind::BossHandedBack, 0)]), ["acts[0].kind"]);
        let twice = vec![act(ActKind::BossJoined, 0), act(ActKind::BossJoined, 0)];
        assert_eq!(faults(|case| case.acts = twice.clone()), ["acts[1].kind"]);
        let answered = Act { answer: Some(Answer::Unlocked), ..act(ActKind::Visit, 0) };
        assert_eq!(faults(|case| case.acts = vec![answered.clone()]), ["acts[0].answer"]);
        assert_eq!(
            faults(|case| case.acts = vec![act(ActKind::Visit, 7)]),
            ["acts[0]"],
            "after offers that are not there"
        );
        let backwards = |case: &mut Case| {
            case.offers = in_turn(&[120.0, 20.0]);
            case.offers[0].date = "2026-03-02".parse().ok();
            case.offers[1].date = "2026-03-01".parse().ok();
        };
        assert_eq!(faults(backwards), ["offers[1].date"]);
        let over = |case: &mut Case| {
            case.acts = vec![act(ActKind::HandedOver, 0)];
            case.offers = in_turn(&[120.0]);
            assert_eq!(case.offers[0].by, Side::Us);
        };
        assert_eq!(faults(over), ["offers[0].level"]);
    }

    #[test]
    fn no_text_repeats_an_amount() {
        let mut case = reference();
        case.value.walk_away = Quantity::Known(731.25);
        case.offers = in_turn(&[41.5, 60.25]);
        for fault in case.check() {
            let text = format!("{} {}", fault.problem, fault.mend);
            assert!(!["731", "41.5", "60.25"].iter().any(|amount| text.contains(amount)), "{text}");
        }
    }
}
