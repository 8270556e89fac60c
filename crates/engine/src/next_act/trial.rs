//! What each next act comes to, tried on the same paths with the course advised to follow.
//!
//! After an offer the course goes on at its pace, or we hold there, or settle nothing subject to approval: whichever is worth
//! more, for that is chosen anew at every move.

use terms::Pace;

use crate::compare::TIE_SHARE;
use crate::evaluate::{Results, Taste};
use crate::plan::{Part, Policy};
use crate::simulate::{Rules, Stage};

use super::Chooser;
use super::asks::Ask;

/// Paths that each is tried on, the first of those reported.
pub(super) const PATHS: usize = 4096;

/// Means closer than this, in shares, are the same.
const RESOLUTION: f64 = 1e-9;

/// An offer that we might make next, and what it comes to.
pub(super) struct Tried {
    pub ask: Ask,
    /// How we concede from there on.
    pub pace: Pace,
    pub results: Results,
}

/// What was tried.
pub(super) struct Trial {
    taste: Taste,
    /// Offers that we might make, the first the one that stands unless another does better.
    pub asks: Vec<Tried>,
    /// Which of them is best.
    chosen: usize,
    /// Taking their offer at once.
    accepting: Option<Results>,
    /// The course as it is.
    course: Option<Results>,
    /// A rung is due: the course is what going on comes to, whatever we might offer instead.
    rung_due: bool,
    /// What accepting is worth beyond going on, with its standard error.
    lead: Option<(f64, f64)>,
}

/// A figure with its standard error, in shares.
pub(super) type Figure = (f64, f64);

impl Trial {
    pub fn of(chooser: &Chooser<'_>, policy: &Policy) -> Self {
        let prepared = chooser.prepared;
        let stage = &prepared.stage;
        let going_on = Policy { accept_now: false, ..*policy };
        let asks = if chooser.is_their_turn() { Vec::new() } else { chooser.asks(policy) };
        let mut follows = vec![going_on, Policy { pace: Pace::HoldFirm, ..going_on }];
        if going_on.has(Part::Approval) {
            follows.push(going_on.without(Part::Approval));
        }
        let after = |ask: &Ask| {
            let stage = stage.with_next_ask(ask.at);
            follows.iter().map(|policy| (stage.clone(), *policy)).collect::<Vec<_>>()
        };
        let mut courses: Vec<(Stage, Policy)> = asks.iter().flat_map(after).collect();
        courses.push((stage.clone(), going_on));
        let accepts = chooser.acceptable().is_some();
        if accepts {
            courses.push((stage.clone(), Policy { accept_now: true, spares_leave: false, ..*policy }));
        }
        let rules = Rules { diagnosis: Some(&chooser.comparison.diagnosis), ..Rules::ALL };
        let paths = PATHS.min(prepared.samples);
        let mut results = prepared.problem().evaluate_courses(&courses, paths, rules);
        let accepting = if accepts { results.pop() } else { None };
        let course = results.pop();
        let mut trial = Self {
            taste: chooser.comparison.taste,
            asks: best_follows(asks, &follows, results),
            chosen: 0,
            accepting,
            course,
            rung_due: chooser.rung_due(policy).is_some(),
            lead: None,
        };
        trial.chosen = trial.best_ask(chooser);
        trial.lead = trial.accepting.as_ref().zip(trial.going_on()).map(|(a, b)| trial.difference(chooser, a, b));
        trial
    }

    /// The first offer, unless the best is clearly better; then, of those that can't be told from the best, the one nearest
    /// to the first: so that it does not jump from seed to seed where little hangs on it.
    fn best_ask(&self, chooser: &Chooser<'_>) -> usize {
        let value = |index: usize| self.asks[index].results.mean();
        let best = (1..self.asks.len()).fold(0, |best, index| if value(index) > value(best) { index } else { best });
        let behind = |index: usize| self.difference(chooser, &self.asks[best].results, &self.asks[index].results);
        let (ahead, error) = if best == 0 { (0.0, 0.0) } else { behind(0) };
        if ahead <= (2.0 * error).max(TIE_SHARE) {
            return 0;
        }
        let as_good = (1..self.asks.len()).filter(|&index| {
            let (behind, error) = behind(index);
            behind <= 2.0 * error
        });
        let away = |index: &usize| (self.asks[*index].ask.at - self.asks[0].ask.at).abs();
        as_good.min_by(|a, b| away(a).total_cmp(&away(b))).unwrap_or(best)
    }

    /// The offer to make next, in shares.
    pub fn ask(&self) -> Option<f64> {
        self.chosen().map(|tried| tried.ask.at)
    }

    /// The offer to make next.
    pub fn chosen(&self) -> Option<&Tried> {
        self.asks.get(self.chosen)
    }

    /// The best that going on comes to: after the offer to make next, or as the course has it; the latter where a rung is due.
    pub fn going_on(&self) -> Option<&Results> {
        let offered = self.chosen().map(|tried| &tried.results).filter(|_| !self.rung_due);
        offered.into_iter().chain(&self.course).max_by(|a, b| a.mean().total_cmp(&b.mean()))
    }

    /// What accepting is worth beyond going on.
    pub fn lead_of_accepting(&self) -> Option<Figure> {
        self.lead
    }

    /// Whether to take their offer: where it is worth more than all that going on may bring, beyond noise; and where the
    /// course takes it, unless going on is clearly worth more.
    pub fn accepts(&self, course_does: bool) -> bool {
        self.lead.is_some_and(|(lead, error)| {
            if course_does { lead >= -(2.0 * error).max(TIE_SHARE) } else { lead > 2.0 * error && lead > 0.0 }
        })
    }

    /// Whether the offer to make next is worth more than taking theirs, beyond noise, though the rung that is due is worth less.
    pub fn offers_more(&self, chooser: &Chooser<'_>) -> bool {
        let offered = self.chosen().map(|tried| &tried.results).zip(self.accepting.as_ref());
        let ahead = offered.map(|(offered, accepting)| self.difference(chooser, offered, accepting));
        self.rung_due && ahead.is_some_and(|(ahead, error)| ahead > 2.0 * error)
    }

    /// What `a` is worth beyond `b`, path by path.
    pub fn difference(&self, chooser: &Chooser<'_>, a: &Results, b: &Results) -> Figure {
        let slopes = [a, b].map(|results| self.taste.slope(results.mean()));
        let [value_a, value_b] = [a, b].map(|results| self.taste.certain(results.mean()));
        let pairs = a.utilities.iter().zip(&b.utilities);
        let error = chooser.prepared.problem().error_over_paths(pairs.map(|(a, b)| a * slopes[0] - b * slopes[1]));
        (value_a - value_b, error)
    }
}

/// Each offer with the best of what follows it; the first stands unless another is better.
fn best_follows(asks: Vec<Ask>, follows: &[Policy], results: Vec<Results>) -> Vec<Tried> {
    let mut results = results.into_iter();
    let mut tried = Vec::new();
    for ask in asks {
        let mut best: Option<(Pace, Results)> = None;
        for (policy, results) in follows.iter().zip(results.by_ref()) {
            if best.as_ref().is_none_or(|(_, best)| results.mean() > best.mean() + RESOLUTION) {
                best = Some((policy.pace, results));
            }
        }
        let Some((pace, results)) = best else { break };
        tried.push(Tried { ask, pace, results });
    }
    tried
}
