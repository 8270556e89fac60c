//! The simulator set up as this very game agrees with it, and the plans found lose little of what can be had.

use terms::{Pace, PlanId, Quantity};

use super::{Approval, Band, Boss, Ladder, Leave, LessLeave, Move, Proposal, Sight, Up};
use crate::Options;
use crate::assumption::Name;
use crate::case::Case;
use crate::closed_form::Precedent;
use crate::compare::{Comparison, Prepared};
use crate::exact::decision::{Game, solve, value_of};
use crate::plan::{self, Observation, Policy, When};
use crate::random::Purpose;
use crate::simulate::Rules;
use crate::test_cases::reference;

mod next_act;
mod settings;
use settings::{SETTINGS, Setting, set};

const PATHS: usize = 65_536;
const OPTIONS: Options = Options::new(17, PATHS as u32);

/// A case in which the counterpart holds an opening of .3 and means to; all else is known.
fn still(setting: Setting) -> Case {
    let mut case = reference();
    case.counterpart.limit = Quantity::Known(100.0 * setting.limit);
    case.time.rounds_left = Some(setting.rounds);
    let known = [
        (Name::Authority, 40.0),
        (Name::BossLimit, 10.0),
        (Name::FullAuthorityChance, setting.full_authority),
        (Name::AuthorityShortfall, setting.shortfall),
        (Name::OpeningMean, 0.3),
        (Name::OpeningSpread, 0.0),
        (Name::OurOpening, 1.25),
        (Name::ConcessionExponent, 1.0),
        (Name::OurConcessionExponent, 1.0),
        (Name::KeptShare, 1.0),
        (Name::UnlockedKeptFactor, 1.0),
        (Name::PerceivedWalkAway, -1.0),
        (Name::AuthorityCredence, 0.0),
        (Name::RangeWidening, 0.0),
        (Name::SplitChance, 0.0),
        (Name::RetractionChance, 0.0),
        (Name::AcceptanceNoise, 0.1),
        (Name::NearAskTaken, 0.6),
        (Name::StallStart, 0.2),
        (Name::StallStay, 0.5),
        (Name::ImpasseDespiteZopa, 0.1),
        (Name::FreezeChance, 0.1),
        (Name::ThawChance, 0.3),
        (Name::GuidanceGranted, 0.8),
        (Name::GuidanceCost, 0.003),
        (Name::GuidanceDelay, 0.3),
        (Name::PartialLeaveGain, 0.5),
        (Name::ConditionalLeaveGain, 0.5),
        (Name::ConditionTaken, 0.5),
        (Name::ApprovalRatified, 0.85),
        (Name::RefusalFreezes, 0.2),
        (Name::ApprovalSignal, 0.4),
        (Name::ApprovalPrecedent, 0.2),
        (Name::EscalationCost, 8.0),
        (Name::UnlockBase, 1.2),
        (Name::UnlockGap, 6.0),
        (Name::UnlockCost, 2.0),
        (Name::BacklashLate, 0.15),
        (Name::ProposalAccepted, 0.35),
        (Name::ImportanceEarly, 2.5),
        (Name::ImportanceLate, 1.2),
        (Name::AbilityRatio, 1.5),
        (Name::TroubleRatio, 1.5),
        (Name::BossSkill, 0.1),
        (Name::Giveaway, 0.05),
        (Name::BossReleases, 0.7),
        (Name::BossThaws, 0.6),
        (Name::CrossDealGain, 0.0),
        (Name::SkillNeedsTime, 0.5),
        (Name::ClosingBonus, 0.1),
        (Name::JointGainsAtRisk, 0.05),
        (Name::BossTimeCost, 1.0),
        (Name::CallRate, 0.25),
        (Name::PrecedentFade, 0.3),
        (Name::LaterDeals, 0.0),
        (Name::ValuePerDeal, 50.0),
        (Name::DelayCostPerRound, 0.5),
    ];
    for &(name, value) in known.iter().chain(setting.changes) {
        set(&mut case, name, Quantity::Known(value));
    }
    case
}

/// Our asks, round by round, from the first to the floor: a straight line, twice as fast, or none; waiting for theirs is
/// the same as standing still, for they never move.
fn asks(pace: Pace, rounds: u32, [first, floor]: [f64; 2]) -> Vec<f64> {
    let mut ask = first;
    let step = |round: u32| {
        let share = 1.0 / f64::from(rounds - round);
        let share = match pace {
            Pace::AsPlanned => share,
            Pace::Faster => 1.0 - (1.0 - share) * (1.0 - share),
            Pace::WaitForTheirs | Pace::HoldFirm => 0.0,
        };
        ask += share * (floor - ask);
        ask
    };
    (0..rounds).map(step).collect()
}

/// The same as a game at one pace, from the numbers of the case alone.
fn game(case: &Case, setting: Setting, pace: Pace) -> Ladder {
    let known = |name: Name| case.said(name).map_or(f64::NAN, Quantity::likely);
    let share = |name: Name| known(name) / 100.0;
    let default = |name: Name| match (case.said(name), name.spec().default) {
        (None, crate::assumption::Default::Fixed(value)) => value,
        _ => known(name),
    };
    let (rounds, first_ask, floor) = (setting.rounds, known(Name::OurOpening), share(Name::Authority));
    let asks = asks(pace, rounds, [first_ask, floor]);
    let offer = known(Name::OpeningMean);
    let per_deal = share(Name::ValuePerDeal);
    let call =
        (share(Name::BossTimeCost) + default(Name::ErosionShare) * per_deal).min(default(Name::InsultShare) * per_deal);
    let precedent = Precedent {
        weight: 1.0,
        call_rate: known(Name::CallRate),
        cost_of_call: call,
        discount: default(Name::Discount),
        fade: known(Name::PrecedentFade),
    };
    let cost = known(Name::UnlockCost) * share(Name::EscalationCost);
    Ladder {
        bands: bands(setting, offer, &asks),
        first_ask,
        asks,
        offer,
        limit: setting.limit,
        floor,
        boss_floor: share(Name::BossLimit),
        noise: known(Name::AcceptanceNoise),
        near_odds: crate::people::log_odds(known(Name::NearAskTaken)),
        stretch: 1.0 - known(Name::ImpasseDespiteZopa) / crate::simulate::UNSETTLED_AT_LAST,
        closing_bonus: known(Name::ClosingBonus),
        freeze: [known(Name::FreezeChance), known(Name::ThawChance)],
        delay: share(Name::DelayCostPerRound),
        guidance: [known(Name::GuidanceCost), known(Name::GuidanceGranted), known(Name::GuidanceDelay)],
        less: LessLeave {
            part: known(Name::PartialLeaveGain),
            condition: known(Name::ConditionalLeaveGain),
            taken: known(Name::ConditionTaken),
        },
        approval: Approval {
            ratified: known(Name::ApprovalRatified),
            freezes: known(Name::RefusalFreezes),
            signal: known(Name::ApprovalSignal),
            precedent: known(Name::ApprovalPrecedent),
        },
        proposal: Proposal {
            base: default(Name::UnlockBase) + cost,
            gap: default(Name::UnlockGap),
            backlash: [default(Name::BacklashEarly), default(Name::BacklashLate)],
            accepted: default(Name::ProposalAccepted),
            precedent: default(Name::ProposalPrecedent),
        },
        boss: Boss {
            time: share(Name::BossTimeCost),
            wins: known(Name::BossSkill),
            gives: known(Name::Giveaway),
            cross_deal: known(Name::CrossDealGain) * (known(Name::LaterDeals) * per_deal).min(1.0),
            needs_time: known(Name::SkillNeedsTime),
            releases: known(Name::BossReleases),
            thaws: known(Name::BossThaws),
            importance: [known(Name::ImportanceEarly), known(Name::ImportanceLate)],
            ability: known(Name::AbilityRatio),
            trouble: known(Name::TroubleRatio),
            credences: [Name::HighStakesChance, Name::LowAuthorityChance, Name::TroubleChance].map(default),
            gains_at_risk: known(Name::JointGainsAtRisk),
        },
        precedent: precedent.loss(known(Name::LaterDeals)),
    }
}

/// Full authority; or evenly spread below the limit, cut where an ask lies.
fn bands(setting: Setting, offer: f64, asks: &[f64]) -> Vec<Band> {
    let Setting { limit, full_authority, shortfall, .. } = setting;
    let low = limit - shortfall * (limit - offer);
    let mut cuts: Vec<f64> = asks.iter().copied().filter(|&ask| ask > low && ask < limit).collect();
    cuts.extend([low, limit]);
    cuts.sort_by(f64::total_cmp);
    let part = |pair: &[f64]| {
        let chance = (1.0 - full_authority) * (pair[1] - pair[0]) / (limit - low);
        Band { chance, low: pair[0], high: pair[1] }
    };
    let mut bands = vec![Band { chance: full_authority, low: limit, high: limit }];
    if full_authority < 1.0 {
        bands.extend(cuts.windows(2).map(part));
    }
    bands
}

fn at(round: u32, rounds: u32) -> When {
    When::AtImpasse(plan::Impasse {
        stalled_rounds: u32::MAX,
        last_rounds: rounds - round,
        gap_at_most: f64::INFINITY,
        only_if_short: false,
    })
}

/// The kinds of leave, in the simulator and in the game.
const KINDS: [(plan::Leave, Leave); 3] = [
    (plan::Leave::Whole, Leave::Whole),
    (plan::Leave::Part(0.5), Leave::Half),
    (plan::Leave::OnCondition, Leave::OnCondition),
];

/// A plan by the clock: guidance, proposal, boss and approval at these rounds. In the simulator and in the game.
fn clockwork(
    rounds: u32,
    [ask, propose, boss, settle]: [Option<u32>; 4],
    (leave, asked): (plan::Leave, Leave),
) -> (Policy, impl Fn(&Sight) -> Option<Move>) {
    let when = |round: Option<u32>| round.map_or(When::Never, |round| at(round, rounds));
    let policy = Policy {
        guidance: when(ask),
        proposal: when(propose),
        boss: when(boss),
        approval: when(settle),
        leave,
        ..Policy::default()
    };
    let due = |round: Option<u32>, sight: &Sight| round.is_some_and(|round| sight.round >= round);
    let act = move |sight: &Sight| {
        let in_room = sight.boss.is_some() || sight.both;
        let up = if due(propose, sight) && !sight.proposed && !in_room {
            Up::Propose
        } else if due(boss, sight) && !in_room {
            Up::Boss
        } else {
            Up::Stay
        };
        let asks = due(ask, sight) && sight.asked == super::Asked::No && !in_room;
        Some(Move { ask: asks.then_some(asked), up, settle: up == Up::Stay && due(settle, sight) })
    };
    (policy, act)
}

#[test]
fn the_simulator_agrees_with_the_game_plan_by_plan() {
    for setting in SETTINGS {
        let case = still(setting);
        let prepared = Prepared::new(&case, &OPTIONS).unwrap();
        let [whole, half, condition] = KINDS;
        let plans = [
            ([None, None, None, None], whole),
            ([Some(0), None, None, None], whole),
            ([Some(1), Some(2), None, None], whole),
            ([None, None, Some(0), None], whole),
            ([Some(2), None, Some(3), None], whole),
            ([Some(0), Some(1), Some(3), None], whole),
            ([Some(1), None, None, None], half),
            ([Some(0), None, Some(3), None], condition),
            ([None, None, None, Some(1)], whole),
            ([None, None, None, Some(setting.rounds - 1)], whole),
            ([Some(0), None, None, Some(2)], half),
            ([None, Some(1), Some(3), Some(0)], whole),
        ];
        for ((plan, kind), &pace) in plans.into_iter().flat_map(|plan| Pace::ALL.iter().map(move |pace| (plan, pace))) {
            let ladder = game(&case, setting, pace);
            let guidance_helps = ladder.boss_floor < ladder.floor;
            let plan = if guidance_helps { plan } else { [None, plan[1], plan[2], None] };
            let (policy, act) = clockwork(setting.rounds, plan, kind);
            let exact = value_of(&ladder, &Sight::default(), &ladder.belief(), &act);
            let problem = prepared.problem();
            let policy = Policy { pace, ..policy };
            let results = problem.evaluate(&[policy], Purpose::Report, PATHS, Rules::ALL).remove(0);
            let error = problem.error_over_paths(results.utilities.iter().copied());
            let away = (results.mean() - exact).abs() / error.max(1e-12);
            println!(
                "{}, {pace}: {plan:?} {:.5} simulated, {exact:.5} exact, {away:.1} errors",
                setting.name,
                results.mean()
            );
            // 432 comparisons: at three errors chance alone would fail one in every few runs.
            assert!(away < 4.0, "{}, {pace}: {plan:?}: {away} standard errors, seed {}", setting.name, OPTIONS.seed);
        }
    }
}

/// What a plan of the engine does in the game, where all it sees is known.
fn followed<'a>(
    ladder: &'a Ladder,
    policy: Policy,
    comparison: &'a Comparison,
) -> impl Fn(&Sight) -> Option<Move> + 'a {
    let rounds = ladder.asks.len() as u32;
    move |sight| {
        let seen = Observation {
            rounds_left: rounds - sight.round,
            stalled_rounds: sight.round,
            gap: ladder.ask_before(sight.round) - ladder.offer,
            acceptable: ladder.offer >= ladder.floor(sight),
            last_concession: 0.0,
            time: f64::from(sight.round) / f64::from(rounds),
            diagnosis: Some(&comparison.diagnosis),
        };
        let moves = ladder.acts(sight);
        let open = |act: Move| moves.contains(&act);
        let kind = KINDS.iter().find(|(leave, _)| *leave == policy.leave).map(|(_, kind)| *kind);
        let asks = open(Move { ask: kind, ..Move::default() }) && policy.guidance.has_come(&seen);
        let in_turn = sight.proposed || !policy.boss_last;
        let up = if open(Move { up: Up::Propose, ..Move::default() }) && policy.proposal.has_come(&seen) {
            Up::Propose
        } else if open(Move { up: Up::Boss, ..Move::default() }) && in_turn && policy.boss.has_come(&seen) {
            Up::Boss
        } else {
            Up::Stay
        };
        let settle = up == Up::Stay && policy.approval.has_come(&seen);
        Some(Move { ask: kind.filter(|_| asks), up, settle })
    }
}

#[test]
fn the_best_found_loses_at_most_one_per_cent_of_the_exact_optimum() {
    for setting in SETTINGS {
        let case = still(setting);
        let solved = |&pace: &Pace| {
            let ladder = game(&case, setting, pace);
            solve(&ladder, &Sight::default(), &ladder.belief()).value
        };
        let optimum = Pace::ALL.iter().map(solved).fold(f64::NEG_INFINITY, f64::max);
        let prepared = Prepared::new(&case, &OPTIONS).unwrap();
        let comparison = Comparison::of(&prepared);
        let best = comparison.get(PlanId::BestFound).unwrap().policy.unwrap();
        assert!(!best.takes_over && !best.accept_now, "the game has no such acts");
        let ladder = game(&case, setting, best.pace);
        let act = followed(&ladder, best, &comparison);
        let found = value_of(&ladder, &Sight::default(), &ladder.belief(), &act);
        let lost = 1.0 - found / optimum;
        println!("{}: {found:.6} found, {optimum:.6} at best, {:.2} % lost", setting.name, 100.0 * lost);
        assert!((-1e-12..0.01).contains(&lost), "{}: {lost} lost by {best:?}", setting.name);
    }
}

#[test]
fn the_worth_of_knowing_the_boss_s_trades_is_what_exact_values_make_it() {
    let mut case = still(SETTINGS[5]);
    let gains = Quantity::Range { low: 0.0, likely: 0.04, high: 0.12 };
    let at = |gain: f64, pace: Pace| {
        let mut ladder = game(&still(SETTINGS[5]), SETTINGS[5], pace);
        ladder.boss.cross_deal = gain;
        ladder
    };
    // Dear enough that without trades the boss had better stay away.
    let dear = Quantity::Known(7.0);
    set(&mut case, Name::CrossDealGain, gains);
    set(&mut case, Name::BossTimeCost, dear);
    let dear_at = |gain: f64, pace: Pace| {
        let ladder = at(gain, pace);
        let call = (0.07_f64 + 0.05 * 0.5).min(0.08 * 0.5);
        let precedent =
            Precedent { weight: 1.0, call_rate: 0.25, cost_of_call: call, discount: 0.9, fade: 0.3 }.loss(4.0);
        Ladder { boss: Boss { time: 0.07, ..ladder.boss }, precedent, ..ladder }
    };
    let prepared = Prepared::new(&case, &OPTIONS).unwrap();
    let comparison = Comparison::of(&prepared);
    let policies: Vec<Policy> = comparison.named().filter_map(|contender| contender.policy).collect();
    let exactly = |gain: f64, policy: Policy| {
        let ladder = dear_at(gain, policy.pace);
        let act = followed(&ladder, policy, &comparison);
        value_of(&ladder, &Sight::default(), &ladder.belief(), &act)
    };
    // Values are lines in the gain, and walking away is worth 0.
    let lines: Vec<[f64; 2]> = policies
        .iter()
        .filter(|policy| !policy.takes_over)
        .map(|&policy| [exactly(0.0, policy), exactly(1.0, policy) - exactly(0.0, policy)])
        .collect();
    let best = |gain: f64| lines.iter().map(|[start, slope]| start + slope * gain).fold(0.0, f64::max);
    let points = 20_000;
    let distribution = prepared.prior.distribution(Name::CrossDealGain);
    let draws: Vec<f64> =
        (0..points).map(|point| distribution.at_probability((f64::from(point) + 0.5) / f64::from(points))).collect();
    let mean = draws.iter().sum::<f64>() / f64::from(points);
    let exact = draws.iter().map(|&gain| best(gain)).sum::<f64>() / f64::from(points) - best(mean);
    let advice = crate::advise(&case, &OPTIONS, &|_| {}).unwrap();
    let found = advice.value_of_information.evppi.iter().find(|one| one.assumption == Name::CrossDealGain).unwrap();
    let (found, error) = (found.evppi / 100.0, found.standard_error / 100.0);
    println!("{found:.6} ± {error:.6} found, {exact:.6} exact");
    assert!(exact > 0.002, "the case must be one in which knowing matters");
    assert!((found - exact).abs() < 3.0 * error, "{found} ± {error} for {exact}");
}
