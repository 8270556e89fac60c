//! Puts the whole advice together.

use std::collections::BTreeMap;

use terms::{Beyond, Cause, PlanId};

use crate::advice::{
    Advice, AssumptionReport, Fingerprints, GuidancePoint, InPrivate, Inputs, NextAct, PlanReport, Precedent,
    Recommendation, RecordFit, StuckCause, ValueReport, WorthRange,
};
use crate::assumption::Name;
use crate::belief::{cause_of, needed};
use crate::case::Case;
use crate::compare::{Comparison, Contender, Prepared};
use crate::forecast::{Continuations, fan};
use crate::future;
use crate::leave::{leave_curve, worth_asking_for};
use crate::ledger::{default_pair, ledger};
use crate::next_act::{Next, next_act};
use crate::plan::{Effort, When, choose, unavailable_because};
use crate::prior::points;
use crate::random::Purpose;
use crate::record::Event;
use crate::sensitivity::{
    Design, Probe, REGRESSION_PATHS, Robustness, break_evens_and_tornado, value_of_information, verdict,
};
use crate::stop::Stop;
use crate::words::Wording;
use crate::{Options, Progress, Refusal, VERSION};

/// Paths that what a precedent costs is averaged over.
const PRECEDENT_PATHS: usize = 4096;

/// The whole advice.
pub(crate) fn advise(case: &Case, options: &Options, progress: Progress<'_>, stop: &Stop) -> Result<Advice, Refusal> {
    let prepared = Prepared::new(case, options)?.until(stop);
    progress(0.15);
    let chosen = choose(&prepared.problem(), Effort::for_paths(prepared.samples));
    let repertoire = chosen.repertoire.clone();
    let comparison = Comparison::on(&prepared, chosen);
    progress(0.5);
    let recommended = comparison.recommended(&prepared);
    let against = compared_with(&comparison, recommended);
    let pair = options.ledger.or_else(|| against_the_boss(&comparison, recommended));
    let ledger = ledger(&prepared, &comparison, pair).map_err(Refusal::Options)?;
    progress(0.65);
    let design = Design::of(&prepared, REGRESSION_PATHS.min(prepared.samples));
    let robust = Robustness::of(&prepared, &comparison, &repertoire, recommended.plan);
    let value_of_information = value_of_information(&prepared, &comparison, &design);
    progress(0.75);
    let probe = Probe::new(case, options, (&prepared, &comparison, &repertoire), [recommended.plan, against.plan]);
    let (break_evens, tornado) = break_evens_and_tornado(&probe)?;
    progress(0.95);
    let desk = Desk { case, prepared: &prepared, comparison: &comparison, words: Wording::new(&prepared, case) };
    let (stuck_probability, stuck_because) = desk.stuck();
    let outlook = Continuations::of(&prepared, &comparison, recommended, case);
    let leave_curve = leave_curve(&prepared, &comparison, (&repertoire, recommended));
    let guidance_point = desk.guidance_point(worth_asking_for(&leave_curve));
    let next = next_act((case, &prepared), (&comparison, recommended), &desk.words, guidance_point.ask_for);
    let recommendation = desk.recommendation((recommended, against), &robust, (&outlook, &next));
    let advice = Advice {
        next_act: next.act,
        title: case.title.clone(),
        role: case.role,
        currency: case.currency,
        as_of: prepared.record.as_of,
        round: prepared.record.rounds_begun,
        rounds_total: prepared.record.rounds_total,
        boss_in: prepared.stage.boss_in,
        recommendation,
        plans: desk.plans(&robust),
        ledger,
        break_evens,
        tornado,
        value_of_information,
        stuck_probability,
        stuck_because,
        forecast: outlook.forecast(),
        option_value: desk.option_value(),
        precedent: precedent(case, &prepared),
        guidance_point,
        leave_curve,
        assumptions: desk.assumptions(),
        record_fit: desk.record_fit(),
        notes: desk.notes(),
        seed: options.seed,
        samples: options.samples,
        engine_version: VERSION.to_owned(),
        inputs: Inputs {
            case: case.clone(),
            as_of: options.as_of,
            ledger: options.ledger,
            flips: options.flips,
            fingerprints: Fingerprints::of(case, options.as_of, options.ledger, options.seed, options.samples),
        },
    };
    progress(1.0);
    Ok(advice)
}

/// What to do next, without the rest of the advice.
pub(crate) fn next_act_alone(case: &Case, options: &Options, stop: &Stop) -> Result<NextAct, Refusal> {
    let prepared = Prepared::new(case, options)?.until(stop);
    let chosen = choose(&prepared.problem(), Effort::for_paths(prepared.samples));
    let repertoire = chosen.repertoire.clone();
    let comparison = Comparison::on(&prepared, chosen);
    let recommended = comparison.recommended(&prepared);
    let curve = leave_curve(&prepared, &comparison, (&repertoire, recommended));
    let words = Wording::new(&prepared, case);
    let ask_for = worth_asking_for(&curve).unwrap_or_else(|| boss_limit(&prepared));
    Ok(next_act((case, &prepared), (&comparison, recommended), &words, ask_for).act)
}

/// As far as our boss goes, as a price.
fn boss_limit(prepared: &Prepared) -> f64 {
    prepared.scale.price(prepared.prior.medians()[Name::BossLimit])
}

/// The boss now; or, where that is the advice, the better plan without the boss; else walking away.
fn compared_with<'a>(comparison: &'a Comparison, recommended: &Contender) -> &'a Contender {
    let [boss, without] = default_pair(comparison);
    let walk_away = &comparison.contenders[0];
    [boss, without]
        .into_iter()
        .find(|other| other.plan != recommended.plan && !brings_boss_too(recommended, other))
        .unwrap_or(walk_away)
}

/// The boss now against the course advised, where that goes on and is another.
fn against_the_boss(comparison: &Comparison, recommended: &Contender) -> Option<[PlanId; 2]> {
    let boss = comparison.get(PlanId::BossAtOutset)?;
    let goes_on = recommended.policy.is_some_and(|policy| !policy.accept_now);
    (goes_on && boss.plan != recommended.plan && !brings_boss_too(recommended, boss))
        .then_some([boss.plan, recommended.plan])
}

/// Handing over is no alternative to the boss joining, nor the other way round.
fn brings_boss_too(a: &Contender, b: &Contender) -> bool {
    let at_once = |contender: &Contender| contender.policy.is_some_and(|policy| policy.boss == When::Now);
    at_once(a) && at_once(b)
}

struct Desk<'a> {
    case: &'a Case,
    prepared: &'a Prepared,
    comparison: &'a Comparison,
    words: Wording<'a>,
}

impl Desk<'_> {
    fn money(&self, share: f64) -> f64 {
        self.prepared.scale.money(share)
    }

    fn recommendation(
        &self,
        (recommended, against): (&Contender, &Contender),
        robust: &Robustness,
        (outlook, next): (&Continuations<'_>, &Next),
    ) -> Recommendation {
        let (worth, error) = self.comparison.difference(&self.prepared.problem(), recommended, against);
        let [low, high] = robust.range_of_lead(recommended.plan, against.plan).map(|share| self.money(share));
        let (verdict, rival) = verdict(self.prepared, self.comparison, recommended, robust);
        Recommendation {
            plan: recommended.plan,
            pace: recommended.policy.unwrap_or_default().pace,
            in_private: recommended.policy.map(|policy| self.words.in_private(&policy)).unwrap_or_default(),
            sentence: self.words.sentence_after(recommended, next.stance),
            verdict,
            rival,
            boss_expected: outlook.boss_expected(next.act.kind),
            compared_with: against.plan,
            worth: self.money(worth),
            worth_standard_error: self.money(error),
            worth_range: WorthRange { low, high },
            robustness: robust.stands(recommended.plan),
        }
    }

    fn plans(&self, robust: &Robustness) -> Vec<PlanReport> {
        let ids = PlanId::NAMED.into_iter().chain([PlanId::BestFound]);
        ids.map(|id| match self.comparison.contenders.iter().position(|contender| contender.plan == id) {
            Some(index) => self.plan(&self.comparison.contenders[index], robust),
            None => self.unavailable(id),
        })
        .collect()
    }

    fn plan(&self, contender: &Contender, robust: &Robustness) -> PlanReport {
        let results = &contender.results;
        let paths = results.utilities.len() as f64;
        let taste = self.comparison.taste;
        let error = self.comparison.error(&self.prepared.problem(), contender);
        let spread = fan(results.utilities.clone());
        let quantile = |of: fn(crate::advice::Fan) -> f64| spread.map_or(0.0, |fan| self.money(taste.certain(of(fan))));
        PlanReport {
            id: contender.plan,
            available: true,
            unavailable_because: None,
            pace: contender.policy.unwrap_or_default().pace,
            in_private: contender.policy.map(|policy| self.words.in_private(&policy)).unwrap_or_default(),
            words: self.words.sentence(contender),
            value: ValueReport {
                mean: self.money(self.comparison.value(contender)),
                standard_error: self.money(error),
                p10: quantile(|fan| fan.p10),
                p50: quantile(|fan| fan.p50),
                p90: quantile(|fan| fan.p90),
            },
            agreement_probability: results.deals as f64 / paths,
            boss_joins_probability: results.boss_in as f64 / paths,
            rounds: results.rounds as f64 / paths,
            best_probability: match contender.plan {
                PlanId::BestFound => 0.0,
                named => robust.best_probability(named),
            },
            expected_regret: match contender.plan {
                PlanId::BestFound => 0.0,
                named => self.money(robust.expected_regret(named)),
            },
        }
    }

    fn unavailable(&self, id: PlanId) -> PlanReport {
        let why = unavailable_because(id, &self.prepared.stage).unwrap_or("it can't be chosen");
        PlanReport {
            id,
            available: false,
            unavailable_because: Some(why.to_owned()),
            pace: terms::Pace::default(),
            in_private: InPrivate::default(),
            words: format!("No longer possible: {why}."),
            value: ValueReport::default(),
            agreement_probability: 0.0,
            boss_joins_probability: 0.0,
            rounds: 0.0,
            best_probability: 0.0,
            expected_regret: 0.0,
        }
    }

    /// The best plan that may still call the boss later, less the boss now.
    fn option_value(&self) -> f64 {
        let waits = |contender: &&Contender| {
            contender
                .policy
                .is_some_and(|policy| policy.may_bring_boss() && policy.boss != When::Now && !policy.accept_now)
        };
        let waiting = self.comparison.contenders.iter().filter(waits).map(|contender| self.comparison.value(contender));
        let best = waiting.fold(f64::NEG_INFINITY, f64::max);
        let now = self.comparison.get(PlanId::BossAtOutset).map(|contender| self.comparison.value(contender));
        now.filter(|_| best.is_finite()).map_or(0.0, |now| self.money(best - now))
    }

    /// Why they do not come to the least that we may accept now; asked only where something is stuck.
    fn stuck(&self) -> (f64, Vec<StuckCause>) {
        if !self.prepared.record.standing.is_stuck() {
            return (0.0, Vec::new());
        }
        let (medians, stage) = (self.prepared.prior.medians(), &self.prepared.stage);
        let opened = stage.boss_was_in || stage.guidance == crate::record::Guidance::Granted;
        let [now, boss] = [opened, true].map(|opened| needed(medians, opened, stage.ours));
        let particles = &self.prepared.belief.particles;
        let mut weights = BTreeMap::new();
        for particle in particles {
            for (frozen, weight) in [(true, particle.motion.frozen), (false, 1.0 - particle.motion.frozen)] {
                let cause = |needed| cause_of(&particle.counterpart, &particle.mind, frozen, needed);
                let Some(found) = cause(now).filter(|_| weight > 0.0) else { continue };
                let beyond = match found {
                    Cause::Relationship => None,
                    _ if opened || (boss < now && cause(boss) == Some(found)) => Some(Beyond::YourBoss),
                    _ => Some(Beyond::YourAuthority),
                };
                *weights.entry((found, beyond)).or_insert(0.0) += weight;
            }
        }
        let total: f64 = weights.values().sum();
        let share = total / particles.len() as f64;
        let cause = |((cause, beyond), weight)| StuckCause { cause, beyond, probability: weight / total };
        let mut causes: Vec<StuckCause> = weights.into_iter().map(cause).collect();
        causes.sort_by(|a, b| b.probability.total_cmp(&a.probability));
        (share, causes)
    }

    fn guidance_point(&self, worth_asking_for: Option<f64>) -> GuidancePoint {
        let medians = self.prepared.prior.medians();
        let price = |name: Name| self.prepared.scale.price(medians[name]);
        let (ask, own) = (self.comparison.get(PlanId::Guidance), self.comparison.get(PlanId::OwnLevel));
        let gain = ask.zip(own).map_or(0.0, |(ask, own)| self.comparison.value(ask) - self.comparison.value(own));
        GuidancePoint {
            gain: self.money(gain),
            limit: price(Name::Authority),
            ask_for: worth_asking_for.unwrap_or_else(|| boss_limit(self.prepared)),
        }
    }

    fn assumptions(&self) -> Vec<AssumptionReport> {
        Name::all().map(|name| self.assumption(name)).collect()
    }

    fn assumption(&self, name: Name) -> AssumptionReport {
        let prior = &self.prepared.prior;
        let (grade, source) = prior.evidence(name);
        let points = if name == Name::RoundsLeft {
            [f64::from(self.prepared.stage.rounds_left()); 3]
        } else {
            points(name, self.case, prior, &self.prepared.scale)
        };
        let spec = name.spec();
        AssumptionReport {
            name,
            meaning: spec.meaning.to_owned(),
            value: points[1],
            low: points[0].min(points[2]),
            high: points[0].max(points[2]),
            unit: spec.unit,
            grade,
            source: source.to_owned(),
        }
    }

    fn record_fit(&self) -> RecordFit {
        let belief = &self.prepared.belief;
        let surprise = |&index: &usize| {
            let made =
                self.prepared.record.events[..=index].iter().filter(|event| matches!(event, Event::Theirs { .. }));
            let count = made.count();
            match self.prepared.record.events[index] {
                Event::Theirs { .. } => {
                    format!("their offer number {count} is hard to explain by what you think of them")
                }
                Event::Proposal { .. } => "the answer to the proposal is hard to explain".to_owned(),
                Event::ImpasseNoted { .. } => "that somebody calls it stuck is hard to explain".to_owned(),
                _ => format!("their silence after their offer number {count} is hard to explain"),
            }
        };
        RecordFit {
            entries: belief.entries,
            effective_share: belief.effective_share,
            surprises: belief.surprises.iter().map(surprise).collect(),
        }
    }

    fn notes(&self) -> Vec<String> {
        let (prior, standing) = (&self.prepared.prior, &self.prepared.record.standing);
        let medians = prior.medians();
        let mut notes = Vec::new();
        if prior.distribution(Name::CounterpartLimit).is_two_piece() {
            notes.push("Your range of their limit is lopsided; it is drawn as two half normals.".to_owned());
        }
        for (name, what) in [(Name::Authority, "Your authority"), (Name::BossLimit, "Your boss's limit")] {
            if medians[name] < medians[Name::WalkAway] {
                notes.push(format!("{what} reaches beyond the walk-away; nobody is taken to settle beyond it."));
            }
        }
        if standing.calls_for_boss > 0 {
            let times = if standing.calls_for_boss == 1 {
                "once".to_owned()
            } else {
                format!("{} times", standing.calls_for_boss)
            };
            notes.push(format!("They have called for your boss {times}."));
        }
        notes
    }
}

/// What one appearance and one call cost, by the prior and the record.
pub(crate) fn precedent(case: &Case, prepared: &Prepared) -> Precedent {
    let paths = PRECEDENT_PATHS.min(prepared.samples);
    let problem = prepared.problem();
    let parts = problem.chunks(Purpose::Report, paths, |mut chunk| {
        let mut sums = [0.0; 6];
        while let Some((world, _)) = chunk.next_path() {
            let values = &world.values;
            let calls = future::calls(values);
            let past = calls * values[Name::PastAppearances];
            let [joining, declining] = future::costs_of_answers(values);
            let terms = [future::precedent_loss(values), joining.min(declining), calls, past, joining, declining];
            for (sum, term) in sums.iter_mut().zip(terms) {
                *sum += term;
            }
        }
        sums
    });
    let mean = |index: usize| parts.iter().map(|sums| sums[index]).sum::<f64>() / paths as f64;
    let money = |index: usize| prepared.scale.money(mean(index));
    let none = case.boss.already_expected;
    Precedent {
        cost_per_appearance: if none { 0.0 } else { money(0) },
        cost_per_call: money(1),
        calls_expected: if none { 0.0 } else { mean(2) },
        calls_from_the_past: mean(3),
        cost_of_joining_a_call: money(4),
        cost_of_declining_a_call: money(5),
    }
}
