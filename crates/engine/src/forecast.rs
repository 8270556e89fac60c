//! Where a negotiation is heading under the recommended plan.

use jiff::civil::Date;
use terms::NextActKind;

use crate::advice::{BossExpected, BossWhen, Fan, Forecast, ForecastRound, PeopleForecast};
use crate::case::Case;
use crate::compare::{Comparison, Contender, Prepared};
use crate::counterpart::importance_ratio;
use crate::people::of_case::{manner_of_cases, outlook};
use crate::plan::{Part, Policy};
use crate::random::Purpose;
use crate::record::day_after;
use crate::simulate::{Rules, Switches, run};

/// Paths that a forecast is read off, the first of those reported.
const PATHS: usize = 4096;
/// Under this chance the boss is not expected.
const EXPECTED: f64 = 0.05;
/// Fewest paths still open for a round's fan to be drawn.
const FEWEST: usize = 40;

/// What the continuations under one course come to.
pub(crate) struct Continuations<'a> {
    prepared: &'a Prepared,
    contender: &'a Contender,
    /// The course that the forecast follows.
    followed: &'a Contender,
    case: &'a Case,
    ends: Ends,
}

impl<'a> Continuations<'a> {
    /// Under `contender`'s policy; where that is to walk away, under the best of going on, which is what people would do.
    pub fn of(prepared: &'a Prepared, comparison: &'a Comparison, contender: &'a Contender, case: &'a Case) -> Self {
        let going_on = || comparison.going_on().unwrap_or(contender);
        let followed = if contender.policy.is_some() { contender } else { going_on() };
        let ends = followed.policy.map_or_else(Ends::default, |policy| Ends::of(prepared, comparison, &policy));
        Self { prepared, contender, followed, case, ends }
    }

    fn share_of_paths(&self, count: u64) -> f64 {
        count as f64 / self.followed.results.utilities.len() as f64
    }

    /// Where it is heading.
    pub fn forecast(&self) -> Forecast {
        let (prepared, ends) = (self.prepared, &self.ends);
        let rounds = fan(ends.rounds.clone());
        let price = |share: f64| prepared.scale.price(share);
        Forecast {
            follows: self.followed.plan,
            agreement_probability: self.share_of_paths(self.followed.results.deals),
            settlement: fan(ends.settlements.iter().map(|&share| price(share)).collect()),
            dates: rounds.and_then(|rounds| dates(prepared.record.as_of?, rounds, self.case.time.days_per_round?)),
            rounds,
            path: ends.path(prepared),
            perceived_walk_away: prepared.perceived(false),
            perceived_walk_away_with_boss: prepared.perceived(true),
            counterpart_limit: prepared.fan_of(|particle| particle.counterpart.limit),
            people: people(self.case, prepared.record.as_of),
        }
    }

    /// Whether our boss will be needed, when, and how likely, where `next` is what to do first.
    pub fn boss_expected(&self, next: NextActKind) -> BossExpected {
        let prepared = self.prepared;
        let never = BossExpected { when: BossWhen::Not, date: None, probability: 0.0 };
        let Some(policy) = self.contender.policy.filter(|policy| !policy.accept_now && next != NextActKind::Accept)
        else {
            return never;
        };
        let comes = prepared.boss_is_due(&policy) || matches!(next, NextActKind::BringBoss | NextActKind::HandOver);
        if prepared.stage.boss_in || comes {
            let stays = !policy.hand_back;
            return if stays { BossExpected { when: BossWhen::Now, probability: 1.0, ..never } } else { never };
        }
        let probability = self.share_of_paths(self.contender.results.boss_in);
        if probability < EXPECTED {
            return BossExpected { probability, ..never };
        }
        let rounds = fan(self.ends.boss_came_after.clone());
        let date =
            rounds.and_then(|rounds| day_after(prepared.record.as_of?, rounds.p50, self.case.time.days_per_round?));
        let alone = policy.has(Part::Boss);
        BossExpected { when: if alone { BossWhen::Later } else { BossWhen::OnlyWithTheirs }, date, probability }
    }
}

/// Where people with the offers made until `as_of` came out.
fn people(case: &Case, as_of: Option<Date>) -> Option<PeopleForecast> {
    let manner = manner_of_cases()?;
    let outlook = outlook(case, as_of, manner)?;
    let [p10, p50, p90] = [1, 9, 17].map(|level| outlook.quantiles[level]);
    Some(PeopleForecast {
        agreement_probability: outlook.agreement_probability,
        settlement: Fan { p10, p50, p90 },
        motion: outlook.standing.motion,
        set: manner.set.clone(),
        negotiations: manner.n,
    })
}

fn dates(from: Date, rounds: Fan, days_per_round: f64) -> Option<[Date; 3]> {
    let day = |rounds| day_after(from, rounds, days_per_round);
    Some([day(rounds.p10)?, day(rounds.p50)?, day(rounds.p90)?])
}

/// What the simulated continuations came to.
#[derive(Default)]
struct Ends {
    settlements: Vec<f64>,
    rounds: Vec<f64>,
    paths: usize,
    /// Rounds played when our boss came in, where that happened.
    boss_came_after: Vec<f64>,
    /// Our and their offers at the end of each round to come, while open.
    tables: Vec<[Vec<f64>; 2]>,
}

impl Ends {
    fn of(prepared: &Prepared, comparison: &Comparison, policy: &Policy) -> Self {
        let problem = prepared.problem();
        let left = prepared.stage.rounds_left() as usize;
        let rules = Rules { diagnosis: Some(&comparison.diagnosis), ..Rules::ALL };
        let paths = PATHS.min(prepared.samples);
        let parts = problem.chunks(Purpose::Report, paths, |mut chunk| {
            let mut ends = Self { tables: vec![Default::default(); left], ..Self::default() };
            while let Some((world, luck)) = chunk.next_path() {
                ends.paths += 1;
                let tables = &mut ends.tables;
                let outcome = run(&prepared.stage, world, luck, policy, rules, |state, _| {
                    if let Some(round) = (state.rounds as usize).checked_sub(1) {
                        tables[round][0].push(state.ours);
                        tables[round][1].push(state.theirs);
                    }
                });
                ends.boss_came_after.extend(outcome.boss_came_after.map(f64::from));
                if let Some(settlement) = outcome.settlement(world, Switches::ALL) {
                    ends.settlements.push(settlement);
                    ends.rounds.push(f64::from(outcome.rounds + 1).min(left as f64));
                }
            }
            ends
        });
        parts.into_iter().fold(Self { tables: vec![Default::default(); left], ..Self::default() }, Self::plus)
    }

    fn plus(mut self, other: Self) -> Self {
        self.settlements.extend(other.settlements);
        self.rounds.extend(other.rounds);
        self.boss_came_after.extend(other.boss_came_after);
        self.paths += other.paths;
        for (mine, theirs) in self.tables.iter_mut().zip(other.tables) {
            for (mine, theirs) in mine.iter_mut().zip(theirs) {
                mine.extend(theirs);
            }
        }
        self
    }

    fn path(&self, prepared: &Prepared) -> Vec<ForecastRound> {
        let price = |shares: &[f64]| {
            let prices = shares.iter().map(|&share| prepared.scale.price(share)).collect();
            if shares.len() < FEWEST { None } else { fan(prices) }
        };
        let rounds = self.tables.iter().enumerate().map(|(index, [ours, theirs])| {
            let done = self.rounds.iter().filter(|&&round| round <= index as f64 + 1.0).count();
            ForecastRound {
                round: prepared.record.rounds_begun + index as u32 + 1,
                ours: price(ours),
                theirs: price(theirs),
                agreed_by: done as f64 / self.paths as f64,
            }
        });
        rounds.collect()
    }
}

impl Prepared {
    /// What they think we would settle for, now or if our boss joined at our next move; as prices.
    fn perceived(&self, with_boss: bool) -> Fan {
        let stage = &self.stage;
        let step = stage.steps_done;
        self.fan_of(|particle| {
            let mut mind = particle.mind;
            if with_boss && !stage.boss_in {
                mind.shield = 0.0;
                if !self.prior.boss_expected() {
                    let impasse = stage.impasse_noted || stage.stalled_rounds >= 2;
                    let ratio = importance_ratio(
                        particle.counterpart.log_importance,
                        stage.exchanges(step),
                        stage.time(step),
                        impasse,
                    );
                    mind.importance.update(ratio);
                }
            }
            mind.perceived_walk_away(&particle.counterpart)
        })
    }

    fn fan_of(&self, share: impl Fn(&crate::belief::Particle) -> f64) -> Fan {
        let prices = self.belief.particles.iter().map(|particle| self.scale.price(share(particle))).collect();
        fan(prices).unwrap_or(Fan { p10: 0.0, p50: 0.0, p90: 0.0 })
    }
}

/// The 10th, 50th and 90th percentile; `None` of nothing.
pub(crate) fn fan(mut values: Vec<f64>) -> Option<Fan> {
    if values.is_empty() {
        return None;
    }
    let last = values.len() - 1;
    let mut at = |share: f64| {
        let rank = (share * last as f64).round() as usize;
        *values.select_nth_unstable_by(rank, f64::total_cmp).1
    };
    Some(Fan { p10: at(0.1), p50: at(0.5), p90: at(0.9) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fan_has_the_percentiles() {
        let values = (0..=100).rev().map(f64::from).collect();
        assert_eq!(fan(values), Some(Fan { p10: 10.0, p50: 50.0, p90: 90.0 }));
        assert_eq!(fan(Vec::new()), None);
    }
}
