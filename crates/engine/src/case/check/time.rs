//! Time: enough of it, not too much, and told in one way.

use crate::case::{Case, MAX_ROUNDS};

use super::Fault;

pub(super) fn check(case: &Case, faults: &mut Vec<Fault>) {
    let time = &case.time;
    let mut fault = |path: &str, problem: &str, mend: &str| faults.push(Fault::new(path, problem, mend));
    match (time.rounds_left, time.deadline) {
        (None, None) => {
            let mend = "Give the rounds left, a round being one offer by each side, or deadline with days_per_round.";
            fault("time.rounds_left", "is missing", mend);
        }
        (Some(_), Some(_)) => {
            fault("time.deadline", "is given beside rounds_left", "Leave out one of the two.");
        }
        (Some(rounds), None) if rounds == 0 || rounds > MAX_ROUNDS => {
            let mend =
                format!("Expected a whole number from 1 to {MAX_ROUNDS}, counted from the last entry in the file.");
            fault("time.rounds_left", "is not a number of rounds that can be advised on", &mend);
        }
        (None, Some(_)) if time.days_per_round.is_none() => {
            fault("time.deadline", "needs the length of a round", "Give days_per_round too, such as 7.");
        }
        _ => {}
    }
    if time.days_per_round.is_some_and(|days| !(days > 0.0 && days <= 3650.0)) {
        fault("time.days_per_round", "is out of bounds", "Expected days from above 0 to 3650.");
    }
    if time.cost_of_delay_per_week.is_some() {
        if time.cost_of_delay_per_round.is_some() {
            fault(
                "time.cost_of_delay_per_week",
                "is given beside cost_of_delay_per_round",
                "Leave out one of the two.",
            );
        } else if time.days_per_round.is_none() {
            fault("time.cost_of_delay_per_week", "needs the length of a round", "Give days_per_round too, such as 7.");
        }
    }
    let last = case.offers.iter().map(|offer| offer.date).chain(case.acts.iter().map(|act| act.date)).flatten().max();
    if let (Some(deadline), Some(last)) = (time.deadline, last)
        && deadline < last
    {
        fault(
            "time.deadline",
            "is over before the last entry",
            "Give a later deadline, or check the dates of the entries.",
        );
    }
}
