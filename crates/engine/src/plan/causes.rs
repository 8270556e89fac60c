//! Why they are stuck, to go by what can be seen: fitted once per case on simulated negotiations.

use terms::Cause;

use crate::belief::{CAUSES, cause_of};
use crate::evaluate::Problem;
use crate::random::Purpose;
use crate::simulate::{Rules, run};

use super::Observation;
use super::options::at_hand;

const STALLS: usize = 4;
const GAPS: usize = 4;
const RATES: usize = 3;
const TIMES: usize = 3;
const CELLS: usize = STALLS * GAPS * RATES * TIMES;
/// Observations' worth of weight that the overall shares carry in each cell.
const PRIOR_WEIGHT: f64 = 8.0;

/// Shares of the causes by length of stall, gap, rate of concession and time.
#[derive(Clone, Debug)]
pub(crate) struct Diagnosis {
    shares: Vec<[f64; CAUSES.len()]>,
}

/// Counts from which a [`Diagnosis`] is fitted.
#[derive(Clone, Debug)]
pub(crate) struct Tally {
    counts: Vec<[f64; CAUSES.len() + 1]>,
}

impl Tally {
    pub fn new() -> Self {
        Self { counts: vec![[0.0; CAUSES.len() + 1]; CELLS] }
    }

    /// Counts one sight with the cause behind it, `None` when nothing was in the way.
    pub fn add(&mut self, seen: &Observation<'_>, cause: Option<Cause>) {
        let kind = cause.and_then(|cause| CAUSES.iter().position(|&c| c == cause)).unwrap_or(CAUSES.len());
        self.counts[cell(seen)][kind] += 1.0;
    }

    pub fn merge(mut self, other: &Self) -> Self {
        for (mine, theirs) in self.counts.iter_mut().zip(&other.counts) {
            for (mine, theirs) in mine.iter_mut().zip(theirs) {
                *mine += theirs;
            }
        }
        self
    }

    pub fn fit(&self) -> Diagnosis {
        let mut overall = [0.0; CAUSES.len()];
        let mut total = 0.0;
        for counts in &self.counts {
            total += counts.iter().sum::<f64>();
            for (sum, count) in overall.iter_mut().zip(counts) {
                *sum += count;
            }
        }
        let overall = overall.map(|sum| if total > 0.0 { sum / total } else { 0.0 });
        let shares = self.counts.iter().map(|counts| {
            let weight = counts.iter().sum::<f64>() + PRIOR_WEIGHT;
            std::array::from_fn(|kind| (counts[kind] + PRIOR_WEIGHT * overall[kind]) / weight)
        });
        Diagnosis { shares: shares.collect() }
    }
}

impl Diagnosis {
    pub fn chance_of(&self, cause: Cause, seen: &Observation<'_>) -> f64 {
        let kind = CAUSES.iter().position(|&c| c == cause);
        kind.map_or(0.0, |kind| self.shares[cell(seen)][kind])
    }
}

/// Matches what is seen with what is the cause, on simulated negotiations at our own level.
pub(crate) fn diagnose(problem: &Problem<'_>, paths: usize) -> Diagnosis {
    let own_level = at_hand(problem.stage);
    let tallies = problem.chunks(Purpose::Search, paths, |mut chunk| {
        let mut tally = Tally::new();
        while let Some((world, luck)) = chunk.next_path() {
            run(problem.stage, world, luck, &own_level, Rules::ALL, |state, seen| {
                let cause = cause_of(&world.counterpart, &state.mind, state.frozen, state.floor);
                tally.add(seen, cause);
            });
        }
        tally
    });
    tallies.iter().fold(Tally::new(), Tally::merge).fit()
}

fn cell(seen: &Observation<'_>) -> usize {
    let stall = (seen.stalled_rounds as usize).min(STALLS - 1);
    let gap = [0.25, 0.5, 0.75].iter().filter(|&&edge| seen.gap > edge).count();
    let rate = [0.01, 0.05].iter().filter(|&&edge| seen.last_concession > edge).count();
    let time = [0.34, 0.67].iter().filter(|&&edge| seen.time > edge).count();
    ((stall * GAPS + gap) * RATES + rate) * TIMES + time
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sight(stalled_rounds: u32, gap: f64) -> Observation<'static> {
        Observation {
            rounds_left: 5,
            stalled_rounds,
            gap,
            acceptable: false,
            last_concession: 0.0,
            time: 0.5,
            diagnosis: None,
        }
    }

    #[test]
    fn a_diagnosis_learns_what_was_seen_and_shrinks_what_was_not() {
        let mut tally = Tally::new();
        for _ in 0..92 {
            tally.add(&sight(2, 0.3), Some(Cause::OutOfAuthority));
        }
        for _ in 0..92 {
            tally.add(&sight(0, 0.9), None);
        }
        let diagnosis = tally.fit();
        assert!((diagnosis.chance_of(Cause::OutOfAuthority, &sight(2, 0.3)) - 96.0 / 100.0).abs() < 1e-12);
        assert!((diagnosis.chance_of(Cause::OutOfAuthority, &sight(3, 0.1)) - 0.5).abs() < 1e-12);
        assert!(diagnosis.chance_of(Cause::HoldingOut, &sight(2, 0.3)) < 1e-12);
    }
}
