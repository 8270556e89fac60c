//! One act after another on one table; and every reason is what a simulation of its own makes it.

use terms::{NextActKind, Pace, PlanId, Quantity, Side};

use super::trial::PATHS;
use super::{NextAct, next_act};
use crate::Options;
use crate::assumption::Name;
use crate::case::{Act, ActKind, Answer, Case};
use crate::compare::{Comparison, Contender, Prepared, TIE_SHARE};
use crate::evaluate::{Problem, Results};
use crate::plan::{Policy, When};
use crate::random::Purpose;
use crate::simulate::Rules;
use crate::test_cases::{in_turn, offer, range, reference};
use crate::words::Wording;

/// In thousands, so that amounts have figures to round.
fn table(offers: &[f64]) -> Case {
    let mut case = reference();
    let thousand = |share: f64| 1000.0 * share;
    case.value.target = Quantity::Known(thousand(100.0));
    case.value.authority = Some(Quantity::Known(thousand(40.0)));
    case.value.boss_limit = Some(Quantity::Known(thousand(10.0)));
    case.counterpart.limit = range(thousand(25.0), thousand(60.0), thousand(95.0));
    case.offers = in_turn(&offers.iter().map(|&share| thousand(share)).collect::<Vec<_>>());
    case
}

fn act(kind: ActKind, answer: Option<Answer>, after_offers: u32) -> Act {
    Act { kind, date: None, answer, after_offers, note: None }
}

/// The next act under a policy, whether or not it is the one that would be advised.
fn under(case: &Case, policy: Policy) -> (NextAct, Prepared, Comparison) {
    let prepared = Prepared::new(case, &Options::new(7, PATHS as u32)).unwrap();
    let comparison = Comparison::of(&prepared);
    let results = prepared.problem().evaluate(&[policy], Purpose::Report, PATHS, Rules::ALL).remove(0);
    let contender = Contender { plan: PlanId::BestFound, policy: Some(policy), search_error: 0.0, results };
    let words = Wording::new(&prepared, case);
    let next = next_act((case, &prepared), (&comparison, &contender), &words, 20_000.0).act;
    (next, prepared, comparison)
}

fn kind(case: &Case, policy: Policy) -> NextActKind {
    under(case, policy).0.kind
}

/// The better of the course as it is and holding after an offer, on a problem of its own and by the other way through the
/// simulator.
fn simulated(prepared: &Prepared, comparison: &Comparison, ask: Option<f64>, policy: Policy, paths: usize) -> Results {
    let stage = ask.map_or_else(|| prepared.stage.clone(), |ask| prepared.stage.with_next_ask(ask));
    let problem = Problem { stage: &stage, ..prepared.problem() };
    let rules = Rules { diagnosis: Some(&comparison.diagnosis), ..Rules::ALL };
    let policies = [policy, Policy { pace: Pace::HoldFirm, ..policy }];
    let results = problem.evaluate(&policies, Purpose::Report, paths, rules);
    results.into_iter().reduce(|a, b| if b.mean() > a.mean() { b } else { a }).unwrap()
}

#[test]
fn of_rungs_that_are_due_at_once_the_lowest_comes_first() {
    let all = Policy { guidance: When::Now, proposal: When::Now, boss: When::Now, ..Policy::default() };
    let mut case = table(&[130.0, -20.0, 115.0, 5.0]);
    let (next, ..) = under(&case, all);
    assert_eq!((next.kind, next.amount), (NextActKind::AskBoss, Some(20_000.0)));
    case.acts.push(act(ActKind::Guidance, Some(Answer::Refused), 4));
    assert_eq!(kind(&case, all), NextActKind::ProposeBothBosses);
    case.acts.push(act(ActKind::BothBossesProposed, Some(Answer::Declined), 4));
    assert_eq!(kind(&case, all), NextActKind::BringBoss);
    assert_eq!(kind(&case, Policy { takes_over: true, ..all }), NextActKind::HandOver);
    case.acts.push(act(ActKind::BossJoined, None, 4));
    assert_eq!(kind(&case, Policy { hand_back: true, ..Policy::default() }), NextActKind::HandBack);
    case.acts.push(act(ActKind::HandedOver, None, 4));
    let (next, ..) = under(&case, Policy::default());
    assert_eq!((next.kind, next.why.as_str()), (NextActKind::Wait, "Your boss has it."));
}

#[test]
fn whoever_owes_an_answer_is_waited_for() {
    let mut case = table(&[130.0, -20.0, 115.0]);
    let (next, ..) = under(&case, Policy::default());
    assert_eq!((next.kind, next.why.as_str()), (NextActKind::Wait, "They have yet to answer your USD 115,000."));
    case.offers.truncate(1);
    assert_eq!(kind(&case, Policy::default()), NextActKind::Wait, "our opening is on the table alone");
    let mut case = table(&[130.0, -20.0, 115.0, 5.0]);
    case.acts = vec![act(ActKind::BothBossesProposed, None, 4)];
    let (next, ..) = under(&case, Policy::default());
    assert_eq!((next.kind, next.why.as_str()), (NextActKind::Wait, "They have yet to answer your proposal."));
}

#[test]
fn the_first_offer_says_whether_it_is_the_target_what_the_case_says_or_better() {
    let mut case = table(&[]);
    let opens = |case: &Case, amount: f64, own: &str, other: &str| {
        let (next, ..) = under(case, Policy::default());
        let why = if next.amount == Some(amount) { own } else { other };
        assert!(next.kind == NextActKind::Offer && next.why.contains(why), "{next:?} says nothing of {why}");
    };
    opens(&case, 100_000.0, "It is your target", "more than opening at your target");
    case.assumptions.insert(Name::OurOpening, Quantity::Known(1.1));
    opens(&case, 110_000.0, "It is the opening that you gave", "more than the opening that you gave");
}

#[test]
fn an_offer_of_ours_beyond_leave_is_asked_about() {
    // We have offered 30 where our authority ends at 40.
    let mut case = table(&[130.0, -20.0, 30.0, 5.0]);
    let (next, ..) = under(&case, Policy::default());
    assert_eq!((next.kind, next.amount), (NextActKind::AskBoss, Some(30_000.0)), "{}", next.why);
    case.acts = vec![act(ActKind::Guidance, Some(Answer::Refused), 4)];
    let (next, ..) = under(&case, Policy::default());
    assert_eq!((next.kind, next.amount), (NextActKind::Hold, Some(30_000.0)), "{}", next.why);
}

#[test]
fn what_waiting_is_said_to_be_worth_is_what_a_simulation_makes_it() {
    // They offer what few deals would better.
    let mut case = table(&[130.0, 40.0, 115.0, 80.0]);
    case.counterpart.limit = Quantity::Known(82_000.0);
    case.time.cost_of_delay_per_round = Some(Quantity::Known(1000.0));
    let policy = Policy::default();
    let (next, prepared, comparison) = under(&case, policy);
    assert_eq!((next.kind, next.amount), (NextActKind::Accept, Some(80_000.0)), "{}", next.why);
    // The best of going on: the lead stands unless another is better; here it is enough that one of them is meant.
    let taken = simulated(&prepared, &comparison, None, Policy { accept_now: true, ..policy }, PATHS);
    let words = Wording::new(&prepared, &case);
    let said = |ask: f64| {
        let waits = simulated(&prepared, &comparison, Some(ask), policy, PATHS);
        let worth = words.roughly(prepared.scale.money(taken.mean() - waits.mean()));
        let none = 100.0 * (1.0 - waits.deals as f64 / PATHS as f64);
        let risk = if none < 0.5 { "hardly a chance".to_owned() } else { format!("a {none:.0} % chance") };
        format!("Waiting is worth about {worth} less, with {risk} of no deal.")
    };
    // A deal is at the ask that is taken, so that one little above their offer may be the best of going on.
    let asks: Vec<f64> = (800..=1150).map(|thousandths| f64::from(thousandths) / 1000.0).collect();
    let found = asks.iter().map(|&ask| said(ask)).find(|said| *said == next.why);
    assert!(found.is_some(), "{}, and at {}", next.why, said(1.15));
}

#[test]
fn what_an_offer_is_said_to_be_worth_is_what_a_simulation_makes_it() {
    let mut case = table(&[130.0, -20.0, 115.0, 5.0]);
    case.time.rounds_left = Some(1);
    let policy = Policy::default();
    let (next, prepared, comparison) = under(&case, policy);
    let (NextActKind::Offer, Some(amount)) = (next.kind, next.amount) else { panic!("{next:?}") };
    let moved = simulated(&prepared, &comparison, Some(prepared.scale.share_of_price(amount)), policy, PATHS);
    let held = simulated(&prepared, &comparison, Some(1.15), policy, PATHS);
    let worth = prepared.scale.money(moved.mean() - held.mean());
    let worth = Wording::new(&prepared, &case).roughly(worth);
    assert!(next.why.contains(&format!("worth about {worth} more than holding")), "{}, not {worth}", next.why);
}

#[test]
fn an_offer_stays_where_it_is_under_other_seeds_unless_little_hangs_on_it() {
    let case = table(&[130.0, -20.0, 115.0, 5.0]);
    let prepared = |seed: u64, paths: usize| Prepared::new(&case, &Options::new(seed, paths as u32)).unwrap();
    let at = |seed: u64| {
        let prepared = prepared(seed, PATHS);
        let comparison = Comparison::of(&prepared);
        let words = Wording::new(&prepared, &case);
        let policy = Some(Policy::default());
        let results = Results { utilities: vec![0.0; PATHS], ..Results::default() };
        let contender = Contender { plan: PlanId::OwnLevel, policy, search_error: 0.0, results };
        next_act((&case, &prepared), (&comparison, &contender), &words, 20_000.0).act.amount.unwrap()
    };
    let asks: Vec<f64> = (1..8).map(at).collect();
    // On many more paths, and on other luck.
    let judge = prepared(99, 16 * PATHS);
    let comparison = Comparison::of(&judge);
    let worth = |ask: &f64| {
        let ask = Some(judge.scale.share_of_price(*ask));
        simulated(&judge, &comparison, ask, Policy::default(), 16 * PATHS).mean()
    };
    let worths: Vec<f64> = asks.iter().map(worth).collect();
    let (least, most) = worths.iter().fold((f64::MAX, f64::MIN), |(low, high), &one| (low.min(one), high.max(one)));
    assert!(most - least <= TIE_SHARE, "{asks:?} are worth {worths:?}");
}

#[test]
fn nothing_is_offered_below_nothing_where_no_limit_is() {
    let mut case = table(&[]);
    case.role = terms::Role::Buyer;
    case.value.walk_away = Quantity::Known(50_000.0);
    case.value.target = Quantity::Known(500.0);
    case.value.authority = Some(Quantity::Known(500.0));
    case.value.boss_limit = Some(Quantity::Known(38_000.0));
    case.counterpart.limit = range(10_000.0, 30_000.0, 60_000.0);
    let (next, ..) = under(&case, Policy::default());
    assert_eq!((next.kind, next.amount), (NextActKind::Offer, Some(500.0)), "{}", next.why);
    case.offers = vec![offer(Side::Them, 90_000.0)];
    assert_eq!(under(&case, Policy::default()).0.amount, Some(500.0));
}
