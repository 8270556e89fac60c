//! Where the recommendation flips as one assumption moves and all else stays, and what each assumption moves most.
//!
//! A case in which the assumption is held at a value is asked like any other: weighed against the record, every plan tuned,
//! and the rule of the recommendation applied. First on few paths, at points across the range, each plan tuned from those
//! that came near in the search for the advice; then, where the answer seems to change, on all paths to either side, every
//! plan searched for anew, and what does not come out there is not told.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use terms::PlanId;

use crate::advice::{BreakEven, FlipStatus, TornadoBar};
use crate::assumption::{Name, Unit};
use crate::case::Case;
use crate::compare::{Comparison, Prepared};
use crate::plan::Repertoire;
use crate::prior::{points, shown};
use crate::{Flips, Options, Refusal};

mod answer;
mod range;

use answer::Answer;
use range::Range;

/// Paths on which a whole range is looked through.
const FEW_PATHS: u32 = 2048;
/// Where it is looked at, from one end of the range to the other.
const LOOKS: [f64; 3] = [0.0, 0.5, 1.0];
/// Where it is looked at besides, if that is not enough to rule a flip out.
const MORE_LOOKS: [f64; 2] = [0.25, 0.75];
/// How often a flip is looked for anew where its two sides did not come out.
const TRIES: usize = 3;
/// Answers on all paths that are given to find flips; what is left after them is not told.
const WHOLE_ANSWERS: usize = 24;
/// Halvings of a stretch between two points, which cost nothing.
const HALVINGS: u32 = 30;

/// Assumptions known as one number that people would still ask "what if" about.
const WHAT_IF: [Name; 24] = [
    Name::Authority,
    Name::BossLimit,
    Name::RoundsLeft,
    Name::DelayCostPerRound,
    Name::FullAuthorityChance,
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
    pub repertoire: &'a Repertoire,
    pub recommended: PlanId,
    pub compared_with: PlanId,
    /// The answer as it is.
    whole: Answer,
    /// Answers on all paths given so far.
    whole_answers: AtomicUsize,
}

/// What was found of one assumption.
struct Scan {
    range: Range,
    /// In the order of their positions.
    looks: Vec<Look>,
}

/// A position in a range, looked at on few paths.
struct Look {
    at: f64,
    /// What few paths say there.
    few: Answer,
    /// The same brought to the level of all paths.
    level: Answer,
}

/// Break-evens in the order of the table, and the tornado, widest first.
pub(crate) fn break_evens_and_tornado(probe: &Probe<'_>) -> Result<(Vec<BreakEven>, Vec<TornadoBar>), Refusal> {
    let few = probe.few_paths();
    let base = probe.ask(&probe.prepare(probe.case, &few)?, probe.repertoire);
    let names: Vec<Name> = Name::all().filter(|&name| probe.is_tried(name)).collect();
    let scans: Vec<Scan> = names.par_iter().map(|&name| probe.scan(name, &few, &base)).collect();
    // What a case has a key for is looked into first, so that it comes out alike whatever else is; then whatever moves the
    // answer most.
    let others = |index: usize| scans[index].range.name.spec().case_key.is_none();
    let swings: Vec<f64> = scans.iter().map(|scan| probe.swing(scan)).collect();
    let mut order: Vec<usize> = (0..scans.len()).collect();
    order.sort_by(|&a, &b| others(a).cmp(&others(b)).then(swings[b].total_cmp(&swings[a])).then(a.cmp(&b)));
    let mut found: Vec<Option<BreakEven>> = vec![None; scans.len()];
    for index in order {
        found[index] = Some(probe.flip(&scans[index], &few));
    }
    let mut bars: Vec<TornadoBar> = scans.iter().filter_map(|scan| probe.bar(scan)).collect();
    bars.sort_by(|a, b| (b.high - b.low).abs().total_cmp(&(a.high - a.low).abs()));
    Ok((found.into_iter().flatten().collect(), bars))
}

impl<'a> Probe<'a> {
    pub fn new(
        case: &'a Case,
        options: &'a Options,
        (prepared, comparison, repertoire): (&'a Prepared, &'a Comparison, &'a Repertoire),
        [recommended, compared_with]: [PlanId; 2],
    ) -> Self {
        let (whole, whole_answers) = (Answer::of(prepared, comparison), AtomicUsize::new(0));
        Self { whole, case, options, prepared, comparison, repertoire, recommended, compared_with, whole_answers }
    }

    fn few_paths(&self) -> Options {
        Options { samples: FEW_PATHS.min(self.options.samples), ledger: None, ..self.options.clone() }
    }

    fn is_tried(&self, name: Name) -> bool {
        let stage = &self.prepared.stage;
        let helps = match name {
            Name::Authority | Name::BossLimit => !stage.boss_in,
            Name::RoundsLeft => self.case.time.rounds_left.is_some(),
            Name::OpeningMean => !stage.theirs_on_table,
            _ => true,
        };
        let asked = match self.options.flips {
            Flips::All => true,
            Flips::Screen => name.spec().case_key.is_some(),
            Flips::None => false,
        };
        asked && helps && (WHAT_IF.contains(&name) || !self.prepared.prior.distribution(name).is_fixed())
    }

    fn range(&self, name: Name) -> Range {
        let (prior, scale) = (&self.prepared.prior, &self.prepared.scale);
        let uncertain = !prior.distribution(name).is_fixed();
        let [low, middle, high] = points(name, self.case, prior, scale);
        let (ends, now) = if uncertain {
            ([low, high], middle)
        } else {
            let rounds = f64::from(self.prepared.stage.rounds_left());
            let now = if name == Name::RoundsLeft { rounds } else { prior.medians()[name] };
            let (least, most) = name.spec().bounds;
            let ends = self.what_if(name, now).map(|end| shown(name, end.clamp(least, most), scale));
            (ends, if name == Name::RoundsLeft { rounds } else { middle })
        };
        Range { name, ends: [ends[0].min(ends[1]), ends[0].max(ends[1])], now, uncertain }
    }

    /// What is tried of an assumption that is known, in shares.
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

    fn prepare(&self, case: &Case, options: &Options) -> Result<Prepared, Refusal> {
        Ok(Prepared::new(case, options)?.until(&self.prepared.stop))
    }

    fn ask(&self, prepared: &Prepared, repertoire: &Repertoire) -> Answer {
        Answer::of(prepared, &Comparison::from_repertoire(prepared, repertoire, &self.comparison.diagnosis))
    }

    /// The case with the assumption held, made ready; `None` beyond what a case may say.
    fn prepare_at(&self, range: &Range, position: f64, options: &Options) -> Option<Prepared> {
        let mut value = range.at(position);
        if range.name == Name::RoundsLeft {
            let stage = &self.prepared.stage;
            let hidden = stage.rounds_left() - self.case.time.rounds_left?.min(stage.rounds_left());
            value = (value - f64::from(hidden)).max(1.0);
        }
        self.prepare(&self.case.with(range.name, value), options).ok()
    }

    fn ask_at(&self, range: &Range, position: f64, few: &Options) -> Option<Answer> {
        Some(self.ask(&self.prepare_at(range, position, few)?, self.repertoire))
    }

    /// The answer on all paths, its plans searched for as those of the advice were, while there are answers left to give:
    /// what anybody gets who asks the case so.
    fn ask_whole(&self, range: &Range, position: f64) -> Option<Answer> {
        if self.whole_answers.fetch_add(1, Ordering::Relaxed) >= WHOLE_ANSWERS {
            return None;
        }
        let prepared = self.prepare_at(range, position, self.options)?;
        Some(Answer::of(&prepared, &Comparison::of(&prepared)))
    }

    fn scan(&self, name: Name, few: &Options, base: &Answer) -> Scan {
        let range = self.range(name);
        let look = |&position: &f64| {
            let answer = self.ask_at(&range, position, few)?;
            Some(Look { at: position, level: self.whole.moved(&answer, base), few: answer })
        };
        if range.ends[1] <= range.ends[0] {
            return Scan { range, looks: Vec::new() };
        }
        let mut looks: Vec<_> = LOOKS.iter().filter_map(look).collect();
        if !looks.iter().all(|look| self.is_ruled_out(&look.level)) {
            looks.extend(MORE_LOOKS.iter().filter_map(look));
            looks.sort_by(|a, b| a.at.total_cmp(&b.at));
        }
        Scan { range, looks }
    }

    /// Whether the plan advised stands, whatever noise there is.
    fn is_ruled_out(&self, answer: &Answer) -> bool {
        answer.plan == self.recommended && answer.is_firm(&self.whole)
    }

    /// By how much the lead over what it is held against moves from one end to the other.
    fn swing(&self, scan: &Scan) -> f64 {
        match (scan.looks.first(), scan.looks.last()) {
            (Some(from), Some(to)) => (self.lead(&to.level) - self.lead(&from.level)).abs(),
            _ => 0.0,
        }
    }

    fn lead(&self, answer: &Answer) -> f64 {
        let value = |plan| answer.value(plan).unwrap_or(0.0);
        value(self.recommended) - value(self.compared_with)
    }

    fn bar(&self, scan: &Scan) -> Option<TornadoBar> {
        let [low, .., high] = &scan.looks[..] else { return None };
        let worth = |look: &Look| self.prepared.scale.money(self.lead(&look.level));
        let bar = TornadoBar { assumption: scan.range.name, low: worth(low), high: worth(high) };
        scan.range.uncertain.then_some(bar)
    }

    fn flip(&self, scan: &Scan, few: &Options) -> BreakEven {
        let found = self.find(scan, few);
        let range = &scan.range;
        let (value, flips_to, status) = match found {
            Found::At(position, plan) => (Some(range.at(position)), Some(plan), FlipStatus::Flips),
            Found::Never => (None, None, FlipStatus::Never),
            Found::Untold => (None, None, FlipStatus::Untold),
        };
        BreakEven {
            assumption: range.name,
            value,
            flips_to,
            from: range.ends[0],
            to: range.ends[1],
            now: range.now,
            status,
        }
    }

    fn find(&self, scan: &Scan, few: &Options) -> Found {
        if scan.looks.len() < 2 {
            return Found::Untold;
        }
        let mut stretches = self.stretches(scan);
        if stretches.is_empty() {
            let firm = scan.looks.iter().all(|look| self.is_ruled_out(&look.level));
            return if firm { Found::Never } else { Found::Untold };
        }
        let now = scan.range.now_at();
        stretches.sort_by(|a, b| (a[0].at - now).abs().total_cmp(&(b[0].at - now).abs()));
        let found = stretches.into_iter().find_map(|stretch| self.narrow(&scan.range, stretch, few));
        found.map_or(Found::Untold, |(position, plan)| Found::At(position, plan))
    }

    /// The stretches, nearest side first, over which the recommended plan gives way to another, going away from now.
    fn stretches<'s>(&self, scan: &'s Scan) -> Vec<[&'s Look; 2]> {
        let now = scan.range.now_at();
        let pairs = scan.looks.windows(2).map(|pair| {
            let away = 0.5 * (pair[0].at + pair[1].at) >= now;
            if away { [&pair[0], &pair[1]] } else { [&pair[1], &pair[0]] }
        });
        pairs.filter(|[near, far]| near.level.plan == self.recommended && far.level.plan != self.recommended).collect()
    }

    /// Where in a stretch it flips, and to what: shown by the answers on all paths beside it, or not at all.
    fn narrow(&self, range: &Range, [near, far]: [&Look; 2], few: &Options) -> Option<(f64, PlanId)> {
        let (mut low, mut high) = (near.at, far.at);
        let away = (high - low).signum();
        // What few paths say, at points in order away from now, and what all of them have said beside.
        let mut known: Vec<(f64, Answer)> = vec![(near.at, near.few.clone()), (far.at, far.few.clone())];
        let mut level: (Answer, Answer) = (near.level.clone(), near.few.clone());
        for _ in 0..TRIES {
            let guess = self.crossing(&known, &level, [low, high])?;
            let middle = self.ask_at(range, guess, few)?;
            known.push((guess, middle));
            known.sort_by(|a, b| (away * a.0).total_cmp(&(away * b.0)));
            let guess = self.crossing(&known, &level, [low, high]).unwrap_or(guess);
            let [before, beyond] = range.beside(guess, away)?;
            let after = self.ask_whole(range, beyond)?;
            if after.plan == self.recommended {
                low = beyond;
                level = (after, self.ask_at(range, beyond, few)?);
                continue;
            }
            let ahead = self.ask_whole(range, before)?;
            if ahead.plan == self.recommended {
                return Some((if range.name == Name::RoundsLeft { beyond } else { guess }, after.plan));
            }
            high = before;
            level = (ahead, self.ask_at(range, before, few)?);
        }
        None
    }

    /// Where between two positions the answer gives way, straight between the points known, on the level of an answer on
    /// all paths and the one on few at the same place.
    fn crossing(&self, known: &[(f64, Answer)], (whole, few): &(Answer, Answer), [low, high]: [f64; 2]) -> Option<f64> {
        let at = |position: f64| {
            let pair = known.windows(2).find(|pair| {
                let [from, to] = [pair[0].0, pair[1].0];
                (position - from) * (position - to) <= 0.0
            })?;
            let share = (position - pair[0].0) / (pair[1].0 - pair[0].0);
            let mut between = pair[if share < 0.5 { 0 } else { 1 }].1.clone();
            for (plan, value) in between.plans.iter().zip(&mut between.values) {
                let [from, to] = [pair[0].1.value(*plan)?, pair[1].1.value(*plan)?];
                *value = from + share * (to - from);
            }
            Some(whole.moved(&between, few).plan == self.recommended)
        };
        let (mut near, mut far) = (low, high);
        if !at(near)? || at(far)? {
            // The level has moved so that it gives way nowhere between them, or everywhere: try the middle.
            return Some(0.5 * (near + far));
        }
        for _ in 0..HALVINGS {
            let middle = 0.5 * (near + far);
            if at(middle)? { near = middle } else { far = middle }
        }
        Some(far)
    }
}

/// What was found of one assumption.
enum Found {
    /// It flips at this position, to this plan.
    At(f64, PlanId),
    Never,
    Untold,
}
