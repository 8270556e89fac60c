//! Why this act: what it is worth against the next best thing, from the paths that it was chosen on.

use terms::NextActKind;

use crate::plan::Policy;
use crate::words::Wording;

use super::asks::Origin;
use super::trial::{Figure, Trial, Tried};
use super::{Chooser, Contender};

/// Puts reasons into words.
pub(super) struct Reasons<'a> {
    pub chooser: &'a Chooser<'a>,
    pub words: &'a Wording<'a>,
}

impl Reasons<'_> {
    /// Walking away: what the best of the other courses is worth.
    pub fn leaving(&self) -> String {
        let comparison = self.chooser.comparison;
        let others = comparison.contenders.iter().filter(|contender| contender.policy.is_some());
        let best = others.map(|contender| comparison.value(contender)).fold(f64::NEG_INFINITY, f64::max);
        if best.is_finite() && best < -LEAST {
            format!("The best of the other courses is worth about {} less than no deal.", self.money(-best))
        } else {
            "No course is worth more than no deal.".to_owned()
        }
    }

    /// Taking what only our boss may take.
    pub fn subject_to_approval(&self) -> String {
        "Their offer is beyond what you may sign: say that you take it subject to your boss's approval, and have it approved."
            .to_owned()
    }

    /// What waiting would be worth, against the risk.
    pub fn accepting(&self, trial: &Trial) -> String {
        let (Some(figure), Some(waiting)) = (trial.lead_of_accepting(), trial.going_on()) else {
            return "It is within what you may take, and going on is not likely to better it.".to_owned();
        };
        let none = 100.0 * (1.0 - waiting.deals as f64 / waiting.utilities.len().max(1) as f64);
        let risk = if none < 0.5 { "hardly a chance".to_owned() } else { format!("a {none:.0} % chance") };
        let worth = self.beyond(figure, ["less", "more"]).unwrap_or_else(|| "about as much".to_owned());
        format!("Waiting is worth {worth}, with {risk} of no deal.")
    }

    /// What the offer is worth beyond staying where we are, or where it comes from.
    pub fn offering(&self, trial: &Trial) -> String {
        let Some(Tried { ask, results, .. }) = trial.chosen() else { return String::new() };
        let against = |other, what| self.against(trial.difference(self.chooser, results, other), what);
        let ours = self.chooser.prepared.stage.ours;
        let holding = trial.asks.iter().find(|tried| Some(tried.ask.at) == ours).map(|tried| &tried.results);
        match (ask.origin, holding, trial.asks.first()) {
            (Origin::Said, ..) => "It is the opening that you gave.".to_owned(),
            (Origin::Target, ..) => {
                "It is your target, and no other opening that was tried is clearly better.".to_owned()
            }
            (Origin::Pace, Some(holding), _) => {
                format!("It is the pace of this course, worth {}.", against(holding, "holding"))
            }
            (_, Some(holding), _) => {
                format!("Of the offers that were tried it does best, worth {}.", against(holding, "holding"))
            }
            (_, None, Some(Tried { ask: lead, results: first, .. })) if lead.at != ask.at => {
                let lead =
                    if lead.origin == Origin::Said { "the opening that you gave" } else { "opening at your target" };
                format!("Of the openings that were tried it does best, worth {}.", against(first, lead))
            }
            _ => "It is the pace of this course.".to_owned(),
        }
    }

    /// What moving would bring.
    pub fn holding(&self, trial: &Trial) -> String {
        let Some(Tried { ask, results: holding, .. }) = trial.chosen() else { return self.beyond_leave() };
        let others = trial.asks.iter().filter(|other| other.ask.at != ask.at);
        let best = others.max_by(|a, b| a.results.mean().total_cmp(&b.results.mean()));
        let Some(Tried { ask: other, results: moved, .. }) = best else {
            return "It is as far as you may go.".to_owned();
        };
        let other = self.words.price(other.at);
        let (ahead, error) = trial.difference(self.chooser, holding, moved);
        match self.beyond((ahead, error), ["less", "more"]) {
            Some(worth) if ahead > 0.0 => format!("The best other offer that was tried, {other}, is worth {worth}."),
            Some(worth) => format!("The best other offer that was tried, {other}, would bring only {worth}."),
            None => format!("The best other offer that was tried, {other}, is worth about as much."),
        }
    }

    /// What we have offered is more than we may settle for.
    pub fn beyond_leave(&self) -> String {
        let least = self.words.price(self.chooser.prepared.least_now());
        format!("What you have offered is beyond {least}, which is as far as you may go.")
    }

    /// Whom we wait for.
    pub fn waiting(&self) -> String {
        let stage = &self.chooser.prepared.stage;
        if stage.handed_over {
            return "Your boss has it.".to_owned();
        }
        if self.chooser.proposal_is_pending() {
            return "They have yet to answer your proposal.".to_owned();
        }
        let ours =
            stage.ours.map_or_else(|| "your offer".to_owned(), |ours| format!("your {}", self.words.price(ours)));
        format!("They have yet to answer {ours}.")
    }

    /// What the course is worth beyond the best that leaves this rung alone for now, and the offer that goes with it.
    pub fn rung(&self, kind: NextActKind, ask: Option<f64>) -> String {
        let comparison = self.chooser.comparison;
        let otherwise = |contender: &&Contender| contender.policy.is_none_or(|policy| !self.takes(kind, &policy));
        let others = comparison.contenders.iter().filter(otherwise);
        let best = others.max_by(|a, b| comparison.value(a).total_cmp(&comparison.value(b)));
        let figure =
            best.map(|best| comparison.difference(&self.chooser.prepared.problem(), self.chooser.advised, best));
        let worth = figure.and_then(|figure| self.beyond(figure, ["less", "more"]));
        let worth = worth.unwrap_or_else(|| "about as much".to_owned());
        let why = format!("The best course {} is worth {worth}.", without(kind));
        let offer = ask.map_or_else(String::new, |ask| format!(" Your next offer: {}.", self.words.price(ask)));
        why + &offer
    }

    /// Whether a policy takes that rung at our next move.
    fn takes(&self, kind: NextActKind, policy: &Policy) -> bool {
        let is_boss = |rung| matches!(rung, NextActKind::BringBoss | NextActKind::HandOver);
        match kind {
            NextActKind::HandBack => policy.hand_back,
            _ if policy.accept_now => false,
            _ => self.chooser.rungs_due(policy).any(|rung| rung == kind || (is_boss(rung) && is_boss(kind))),
        }
    }

    fn against(&self, figure: Figure, what: &str) -> String {
        match self.beyond(figure, ["more", "less"]) {
            Some(worth) => format!("{worth} than {what}"),
            None => format!("about as much as {what}"),
        }
    }

    /// "about USD 3,100 more" or "less", by the sign of the figure; `None` where it may be noise.
    fn beyond(&self, (share, error): Figure, [positive, negative]: [&str; 2]) -> Option<String> {
        let word = if share > 0.0 { positive } else { negative };
        (share.abs() > 2.0 * error && share.abs() > LEAST).then(|| format!("about {} {word}", self.money(share.abs())))
    }

    fn money(&self, share: f64) -> String {
        self.words.roughly(self.chooser.prepared.scale.money(share))
    }
}

/// Differences under this share of the scale are not told.
const LEAST: f64 = 1e-3;

fn without(kind: NextActKind) -> &'static str {
    match kind {
        NextActKind::AskBoss => "that does not ask now",
        NextActKind::ProposeBothBosses => "that does not propose it now",
        NextActKind::HandBack => "that keeps your boss in",
        _ => "that leaves your boss out for now",
    }
}
