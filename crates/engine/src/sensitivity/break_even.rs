//! Where the recommendation flips as one assumption moves, and what each assumption moves most.
//!
//! What the record tells nothing about is held at a value and simulated again on the same random numbers. What the
//! counterpart hides can't be set without contradicting the record: there the values given it are read off the
//! paths by regression.

use rayon::prelude::*;
use terms::{PlanId, Quantity};

use crate::advice::{BreakEven, TornadoBar};
use crate::assumption::{Name, Unit};
use crate::case::Case;
use crate::compare::{Comparison, Course, Prepared, choose_course};
use crate::evaluate::Problem;
use crate::plan::Policy;
use crate::prior::{HIDDEN, in_shares, points, shown};
use crate::random::Purpose;
use crate::simulate::Rules;
use crate::{Options, Refusal};

use super::design::Design;
use super::information::cubic;
use super::least_squares::{Moments, predict};

/// Paths that a value is tried on.
const PATHS: usize = 2048;
/// Paths asked for where the record itself has to be weighed again.
const SMALL_SAMPLES: u32 = 4096;
/// Halvings of the interval in which a flip lies, where each costs a simulation and where it costs nothing.
const HALVINGS: (u32, u32) = (6, 30);

/// Assumptions known as one number that people would still ask "what if" about.
const WHAT_IF: [Name; 23] = [
    Name::Authority,
    Name::BossLimit,
    Name::RoundsLeft,
    Name::DelayCostPerRound,
    Name::GuidanceGranted,
    Name::GuidanceCost,
    Name::UnlockBase,
    Name::UnlockGap,
    Name::BacklashEarly,
    Name::BacklashLate,
    Name::ProposalAccepted,
    Name::UnlockedKeptFactor,
    Name::ProposalPrecedent,
    Name::BossSkill,
    Name::BossReleases,
    Name::BossThaws,
    Name::BossTimeCost,
    Name::LaterDeals,
    Name::ValuePerDeal,
    Name::Discount,
    Name::ErosionShare,
    Name::InsultShare,
    Name::FreezeChance,
];

/// What break-evens are taken of.
pub(crate) struct Probe<'a> {
    pub case: &'a Case,
    pub options: &'a Options,
    pub prepared: &'a Prepared,
    pub comparison: &'a Comparison,
    pub design: &'a Design,
    pub recommended: PlanId,
    pub compared_with: PlanId,
    /// By which a flip is told: the rule of the recommendation itself.
    pub courses: Vec<Course>,
}

/// Values of all contenders as functions of one assumption.
struct Curve<'a> {
    name: Name,
    /// The ends tried and the value in use, in shares.
    ends: [f64; 2],
    now: f64,
    halvings: u32,
    /// Values of the contenders, in shares, at a position from 0 to 1 between the ends.
    values: Box<dyn Fn(f64) -> Vec<f64> + Sync + 'a>,
    /// The assumption at a position, in shares.
    place: Box<dyn Fn(f64) -> f64 + Sync + 'a>,
    /// The position of the value in use.
    start: f64,
    uncertain: bool,
}

/// Break-evens in the order of the table, and the tornado, widest first.
pub(crate) fn break_evens_and_tornado(probe: &Probe<'_>) -> Result<(Vec<BreakEven>, Vec<TornadoBar>), Refusal> {
    let base = Base::of(probe)?;
    let names: Vec<Name> = Name::all().filter(|&name| probe.is_tried(name)).collect();
    let tried: Vec<(BreakEven, Option<TornadoBar>)> = names
        .par_iter()
        .map(|&name| {
            let curve = probe.curve(name, &base);
            probe.follow(&curve)
        })
        .collect();
    let mut bars: Vec<TornadoBar> = tried.iter().filter_map(|(_, bar)| *bar).collect();
    bars.sort_by(|a, b| (b.high - b.low).abs().total_cmp(&(a.high - a.low).abs()));
    Ok((tried.into_iter().map(|(break_even, _)| break_even).collect(), bars))
}

/// Values at the assumptions in use, on the paths on which others are tried.
struct Base {
    full: Vec<f64>,
    on_paths: Vec<f64>,
    small: Vec<f64>,
}

impl Base {
    fn of(probe: &Probe<'_>) -> Result<Self, Refusal> {
        let comparison = probe.comparison;
        Ok(Self {
            full: comparison.contenders.iter().map(|contender| comparison.value(contender)).collect(),
            on_paths: probe.simulate(&probe.prepared.problem()),
            small: probe.simulate(&probe.small(probe.case)?.problem()),
        })
    }
}

impl<'a> Probe<'a> {
    fn is_tried(&self, name: Name) -> bool {
        let stage = &self.prepared.stage;
        let helps = match name {
            Name::Authority | Name::BossLimit => !stage.boss_in,
            Name::RoundsLeft => self.case.time.rounds_left.is_some(),
            // Drawn as what they may do, not as a chance that could be varied.
            Name::FullAuthorityChance => false,
            _ => true,
        };
        helps && (self.design.names.contains(&name) || WHAT_IF.contains(&name))
    }

    fn curve<'b>(&'b self, name: Name, base: &'b Base) -> Curve<'b> {
        if let Some(index) = self.design.names.iter().position(|&n| n == name && HIDDEN.contains(&n))
            && name != Name::BossReleases
        {
            return self.fitted(name, index);
        }
        let prior = &self.prepared.prior;
        let uncertain = !prior.distribution(name).is_fixed();
        let now =
            if name == Name::RoundsLeft { f64::from(self.prepared.stage.rounds_left()) } else { prior.medians()[name] };
        let [low, _, high] = points(name, self.case, prior, &self.prepared.scale);
        let ends = if uncertain {
            let [low, high] = [low, high].map(|shown| in_shares(name, shown, &self.prepared.scale));
            [low.min(high), low.max(high)]
        } else {
            let (least, most) = name.spec().bounds;
            self.what_if(name, now).map(|end| end.clamp(least, most))
        };
        let [from, to] = ends;
        let place = move |position: f64| from + position * (to - from);
        let start = if to > from { ((now - from) / (to - from)).clamp(0.0, 1.0) } else { 0.5 };
        Curve {
            name,
            ends,
            now,
            halvings: HALVINGS.0,
            values: Box::new(move |position| self.values_at(name, place(position), base)),
            place: Box::new(place),
            start,
            uncertain,
        }
    }

    /// What is tried of an assumption that is known.
    fn what_if(&self, name: Name, now: f64) -> [f64; 2] {
        let medians = self.prepared.prior.medians();
        match name {
            Name::Authority => [medians[Name::BossLimit].max(0.0).min(now), now.max(1.0)],
            Name::BossLimit => [0.0_f64.min(now), medians[Name::Authority].max(now)],
            Name::RoundsLeft => [1.0, (2.0 * now).clamp(4.0, 100.0)],
            Name::BossSkill => [(-0.05_f64).min(now), 0.25_f64.max(now)],
            Name::LaterDeals => [0.0, (2.0 * now).max(6.0)],
            Name::ValuePerDeal => [0.0, (3.0 * now).max(1.0)],
            Name::BossTimeCost => [0.0, (4.0 * now).max(0.1)],
            Name::DelayCostPerRound => [0.0, (4.0 * now).max(0.05)],
            Name::UnlockBase => [now - 3.0, now + 3.0],
            _ if name.spec().unit == Unit::Chance => [0.0, 1.0],
            _ => [0.0, 2.0 * now],
        }
    }

    /// Values of the contenders with one assumption held at `value`.
    fn values_at(&self, name: Name, value: f64, base: &Base) -> Vec<f64> {
        let (there, here) = match name {
            Name::Authority | Name::RoundsLeft => match self.small(&self.altered(name, value)) {
                Ok(prepared) => (self.simulate(&prepared.problem()), &base.small),
                // Beyond what a case may say nothing changes.
                Err(_) => (base.small.clone(), &base.small),
            },
            _ => {
                let prior = self.prepared.prior.with(name, value);
                (self.simulate(&Problem { prior: &prior, ..self.prepared.problem() }), &base.on_paths)
            }
        };
        there.iter().zip(here).zip(&base.full).map(|((there, here), full)| full + there - here).collect()
    }

    fn altered(&self, name: Name, value: f64) -> Case {
        let mut case = self.case.clone();
        if name == Name::RoundsLeft {
            let hidden = self.prepared.stage.rounds_left()
                - case.time.rounds_left.unwrap_or(0).min(self.prepared.stage.rounds_left());
            case.time.rounds_left = Some((value.round() as u32).saturating_sub(hidden).max(1));
        } else {
            case.value.authority = Some(Quantity::Known(self.prepared.scale.price(value)));
        }
        case
    }

    fn small(&self, case: &Case) -> Result<Prepared, Refusal> {
        let options = Options { samples: SMALL_SAMPLES, ledger: None, ..self.options.clone() };
        Ok(Prepared::new(case, &options)?.until(&self.prepared.stop))
    }

    /// Values of the contenders on the first paths.
    fn simulate(&self, problem: &Problem<'_>) -> Vec<f64> {
        let comparison = self.comparison;
        let policies: Vec<Policy> = comparison.contenders.iter().filter_map(|contender| contender.policy).collect();
        let rules = Rules { diagnosis: Some(&comparison.chosen.diagnosis), ..Rules::ALL };
        let paths = PATHS.min(self.prepared.samples);
        let mut results = problem.evaluate(&policies, Purpose::Report, paths, rules).into_iter();
        let value = |contender: &crate::compare::Contender| match contender.policy {
            Some(_) => results.next().map_or(0.0, |results| comparison.taste.certain(results.mean())),
            None => 0.0,
        };
        comparison.contenders.iter().map(value).collect()
    }

    /// Values read off the reported paths by a cubic in the probability of a hidden coordinate.
    fn fitted<'b>(&'b self, name: Name, index: usize) -> Curve<'b> {
        let (design, comparison) = (self.design, self.comparison);
        let column: Vec<f64> = design.column(index).collect();
        let plans = comparison.contenders.len();
        let moments = Moments::over(design.paths, [4, plans], |path, x, y| {
            x.copy_from_slice(&cubic(column[path]));
            for (y, contender) in y.iter_mut().zip(&comparison.contenders) {
                *y = contender.results.utilities[path];
            }
        });
        let beta = moments.solve();
        let mut sorted = column;
        sorted.sort_unstable_by(f64::total_cmp);
        let quantile = move |share: f64| sorted[((sorted.len() - 1) as f64 * share) as usize];
        let [low, middle, high] = [quantile(0.1), quantile(0.5), quantile(0.9)];
        let probability = move |position: f64| low + position * (high - low);
        let distribution = self.prepared.prior.distribution(name);
        let place = move |position: f64| distribution.at_probability(0.5 * (probability(position) + 1.0));
        Curve {
            name,
            ends: [place(0.0), place(1.0)],
            now: distribution.at_probability(0.5 * (middle + 1.0)),
            halvings: HALVINGS.1,
            values: Box::new(move |position| {
                let mut y = vec![0.0; plans];
                predict(&beta, &cubic(probability(position)), &mut y);
                y.into_iter().map(|utility| comparison.taste.certain(utility)).collect()
            }),
            place: Box::new(place),
            start: if high > low { (middle - low) / (high - low) } else { 0.5 },
            uncertain: true,
        }
    }

    fn follow(&self, curve: &Curve<'_>) -> (BreakEven, Option<TornadoBar>) {
        let scale = &self.prepared.scale;
        let ends = [(curve.values)(0.0), (curve.values)(1.0)];
        let mut flips: Vec<(f64, PlanId)> = [0.0, 1.0]
            .into_iter()
            .zip(&ends)
            .filter_map(|(end, values)| self.flipped(values).map(|plan| self.narrow(curve, end, plan)))
            .collect();
        flips.sort_by(|a, b| (a.0 - curve.start).abs().total_cmp(&(b.0 - curve.start).abs()));
        let flip = flips.first();
        let in_unit = |share| shown(curve.name, share, scale);
        let bounds = curve.ends.map(in_unit);
        let [_, middle, _] = points(curve.name, self.case, &self.prepared.prior, scale);
        let is_known = !curve.uncertain && curve.name != Name::RoundsLeft;
        let break_even = BreakEven {
            assumption: curve.name,
            value: flip.map(|&(position, _)| whole(curve.name, in_unit((curve.place)(position)))),
            flips_to: flip.map(|&(_, plan)| plan),
            from: bounds[0].min(bounds[1]),
            to: bounds[0].max(bounds[1]),
            now: if is_known { middle } else { in_unit(curve.now) },
        };
        let bar = curve.uncertain.then(|| {
            let [low, high] = ends.map(|values| scale.money(self.worth(&values)));
            TornadoBar { assumption: curve.name, low, high }
        });
        (break_even, bar)
    }

    /// The plan advised in place of the recommended one where the contenders are worth `values`.
    fn flipped(&self, values: &[f64]) -> Option<PlanId> {
        let chosen = self.comparison.contenders[choose_course(&self.courses, values)].plan;
        (chosen != self.recommended).then_some(chosen)
    }

    /// Narrows down where between the start and `end` the recommendation flips.
    fn narrow(&self, curve: &Curve<'_>, end: f64, plan: PlanId) -> (f64, PlanId) {
        let (mut near, mut far, mut to) = (curve.start, end, plan);
        for _ in 0..curve.halvings {
            let middle = 0.5 * (near + far);
            match self.flipped(&(curve.values)(middle)) {
                Some(plan) => (far, to) = (middle, plan),
                None => near = middle,
            }
        }
        (far, to)
    }

    fn value_of(&self, plan: PlanId, values: &[f64]) -> f64 {
        let index = self.comparison.contenders.iter().position(|contender| contender.plan == plan);
        index.map_or(0.0, |index| values[index])
    }

    fn worth(&self, values: &[f64]) -> f64 {
        self.value_of(self.recommended, values) - self.value_of(self.compared_with, values)
    }
}

/// Rounds come whole.
fn whole(name: Name, value: f64) -> f64 {
    if name == Name::RoundsLeft { value.round() } else { value }
}
