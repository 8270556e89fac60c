//! The next act in any case: within leave, by the deadline, and taking what is worth more than going on.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use terms::{NextActKind, Pace, Quantity, Side};

use crate::Options;
use crate::advice::NextAct;
use crate::case::{Act, ActKind, Answer, Case};
use crate::compare::{Comparison, Prepared, TIE_SHARE};
use crate::evaluate::Results;
use crate::next_act::next_act;
use crate::plan::Policy;
use crate::simulate::Rules;
use crate::test_cases::in_turn;
use crate::words::Wording;

use super::{OPTIONS, any_case, prepared, settings};

/// Cases with a last pair of offers anywhere, and leave of one kind or another.
fn any_table() -> impl Strategy<Value = Case> {
    let table = (0.0..90.0_f64, 0.5..60.0_f64, any::<bool>(), 0..4_u8, 0.0..1.0_f64);
    (any_case(), table).prop_map(|(mut case, (theirs, gap, reply, leave, share))| {
        let offers = [130.0, -20.0, theirs + gap, theirs];
        case.offers = in_turn(if reply { &offers[..3] } else { &offers });
        let authority = case.value.authority.map_or(0.0, Quantity::likely);
        let boss = case.value.boss_limit.map_or(0.0, Quantity::likely);
        if leave == 1 {
            case.value.leave = Some(authority + share * (boss - authority));
        }
        if leave > 1 {
            let answer = Some(if leave == 2 { Answer::Granted } else { Answer::Refused });
            let after = case.offers.len() as u32;
            case.acts = vec![Act { kind: ActKind::Guidance, date: None, answer, after_offers: after, note: None }];
        }
        case
    })
}

/// The least that the case lets us settle for, by its own words.
fn least(case: &Case) -> f64 {
    let authority = case.value.authority.map_or(0.0, Quantity::likely);
    let boss = case.value.boss_limit.map_or(0.0, Quantity::likely);
    let granted = case.acts.iter().any(|act| act.answer == Some(Answer::Granted));
    case.value.leave.unwrap_or(if granted { boss } else { authority }).min(authority).max(0.0)
}

fn advised(case: &Case, prepared: &Prepared) -> (NextAct, Comparison) {
    let comparison = Comparison::of(prepared);
    let words = Wording::new(prepared, case);
    let boss = case.value.boss_limit.map_or(0.0, Quantity::likely);
    let next = next_act((case, prepared), (&comparison, comparison.recommended(prepared)), &words, boss).act;
    (next, comparison)
}

fn dated(mut case: Case, days: f64, until: i64) -> (Case, Date) {
    let today = date(2026, 3, 2);
    for offer in &mut case.offers {
        offer.date = Some(today);
    }
    case.time.days_per_round = Some(days);
    case.time.deadline = Some(today + until.days());
    case.time.rounds_left = None;
    (case, today)
}

proptest! {
    #![proptest_config(settings())]

    #[test]
    fn it_is_never_outside_leave(case in any_table()) {
        let (next, _) = advised(&case, &prepared(&case));
        let (least, offers) = (least(&case), &case.offers);
        let [ours, theirs] = [0, 1].map(|side| offers.iter().skip(side).step_by(2).next_back().map(|offer| offer.amount));
        match (next.kind, next.amount) {
            (NextActKind::Accept, Some(amount)) => {
                prop_assert!(amount >= least && Some(amount) == theirs, "{next:?} below {least}");
            }
            (NextActKind::Offer, Some(amount)) => {
                prop_assert!(amount >= least && Some(amount) < ours && Some(amount) > theirs, "{next:?} below {least}");
            }
            (NextActKind::Hold, amount) => prop_assert_eq!(amount, ours),
            (NextActKind::AskBoss, Some(amount)) => prop_assert!(amount <= least, "{next:?}, {least}"),
            (NextActKind::Accept | NextActKind::Offer | NextActKind::AskBoss, None) => prop_assert!(false, "{next:?}"),
            (_, amount) => prop_assert_eq!(amount, None),
        }
        prop_assert_eq!(next.by, None, "no days are known");
    }

    #[test]
    fn their_offer_is_taken_where_it_is_worth_more_than_going_on_and_not_where_it_is_worth_less(case in any_table()) {
        // An offer beyond all that they are said to have in them refutes the case: what going on is worth hangs on a few paths then.
        let offered = case.offers.iter().rfind(|offer| offer.by == Side::Them).map(|offer| offer.amount);
        prop_assume!(offered.is_none_or(|offered| offered <= case.counterpart.limit.high()));
        let (next, comparison) = advised(&case, &prepared(&case));
        // Judged on other paths than those that it was chosen on.
        let other = Prepared::new(&case, &Options { seed: OPTIONS.seed + 1, samples: 8192, ..OPTIONS }).unwrap();
        let advised = comparison.recommended(&other).policy;
        let theirs = other.record.standing.theirs.filter(|&theirs| theirs >= other.least_now());
        if let Some((policy, _)) = advised.zip(theirs) {
            let stage = &other.stage;
            let going_on = Policy { accept_now: false, ..policy };
            let ask = match (next.kind, next.amount) {
                (NextActKind::Offer | NextActKind::Hold, Some(ask)) => stage.with_next_ask(ask / 100.0),
                _ => stage.clone(),
            };
            let accept = Policy { accept_now: true, spares_leave: false, ..policy };
            let rules = Rules { diagnosis: Some(&comparison.diagnosis), ..Rules::ALL };
            let holds = Policy { pace: Pace::HoldFirm, ..going_on };
            let courses = [(stage.clone(), accept), (ask.clone(), going_on), (ask, holds)];
            let results = other.problem().evaluate_courses(&courses, 8192, rules);
            let [taken, paced, held]: [Results; 3] = results.try_into().unwrap();
            let on = if held.mean() > paced.mean() && stage.next_ask.is_some() { held } else { paced };
            let leads = taken.utilities.iter().zip(&on.utilities).map(|(a, b)| a - b);
            let error = other.problem().error_over_paths(leads);
            let lead = taken.mean() - on.mean();
            if lead > 6.0 * error + 1e-9 {
                prop_assert_eq!(next.kind, NextActKind::Accept, "{} ± {} better than going on", lead, error);
            }
            if next.kind == NextActKind::Accept {
                prop_assert!(lead > -TIE_SHARE - 6.0 * error, "{lead} ± {error} worse than going on: {next:?}");
            }
        }
    }

    #[test]
    fn its_day_is_a_round_from_now_and_never_beyond_the_deadline(case in any_table(), days in 1.0..20.0_f64, until in 0..60_i64) {
        let (case, today) = dated(case, days, until);
        let (next, _) = advised(&case, &prepared(&case));
        let round = today + (days.round() as i64).days();
        let expected = (next.kind != NextActKind::WalkAway).then_some(round.min(today + until.days()));
        prop_assert_eq!(next.by, expected);
    }
}
