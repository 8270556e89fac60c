//! The header, the answer, and the ladder.

use engine::advice::{NextAct, PlanId, PlanReport};
use engine::case::Role;

use super::page::{AGAINST, FOR, QUIET, STRONG, ends, paint};
use super::{View, wrapped};
use crate::names::{doing, percent};

impl View<'_> {
    pub(super) fn header(&self) -> String {
        let advice = self.advice;
        let role = match advice.role {
            Role::Seller => "seller",
            Role::Buyer => "buyer",
        };
        let day = advice.as_of.map_or(String::new(), |day| format!(" · {}", day.strftime("%-d %b %Y")));
        let round = match advice.round {
            0 => format!("not begun · {} rounds", advice.rounds_total),
            round => format!("round {round} of {}", advice.rounds_total),
        };
        let facts = format!("{role} · {}{day} · {round}", advice.currency);
        format!("{}\n", ends(&format!("  {}", advice.title), &facts, self.width))
    }

    pub(super) fn answer(&self) -> String {
        let advice = self.advice.recommendation.clone();
        let sentence = wrapped(&advice.sentence, self.width - 2, "  ");
        let boss_in = self.advice.boss_in;
        let worth = self.money.estimate(advice.worth.abs(), advice.worth_standard_error);
        let than = doing(advice.compared_with, boss_in);
        let error = self.money.amount(advice.worth_standard_error);
        let compared = if self.money.is_nil(advice.worth) {
            format!("That is worth as much as {than}, give or take {error}, and is simpler.")
        } else if advice.worth < 0.0 {
            format!("It is worth {worth} less than {than} (standard error {error}): a tie, and the simpler course.")
        } else {
            format!("That is worth {worth} more than {than} (standard error {error}).")
        };
        let robust = format!(
            "It is the best course, or within a hair of it, in {} of the ways our assumptions could be wrong.",
            percent(advice.robustness)
        );
        let strong: String = sentence.lines().map(|line| paint(STRONG, line) + "\n").collect();
        strong + &wrapped(&format!("{compared} {robust}"), self.width - 2, "  ")
    }

    /// What each rung is worth today, against staying at our own level.
    pub(super) fn ladder(&self) -> String {
        let advice = self.advice;
        let find = |id| advice.plans.iter().find(|plan| plan.id == id);
        let Some(own) = find(PlanId::OwnLevel).filter(|own| own.available && !advice.boss_in) else {
            return String::new();
        };
        let worth = |plan: &PlanReport| {
            let gain = plan.value.mean - own.value.mean;
            paint(if gain < 0.0 { AGAINST } else { FOR }, &self.money.signed(gain))
        };
        let next = self.next_rung();
        let rungs = [
            (PlanId::Guidance, "guidance", ""),
            (PlanId::BothBosses, "both bosses", ""),
            (PlanId::BossAtOutset, "boss joins", " today"),
        ];
        let rung = |(id, name, when): (PlanId, &str, &str)| match find(id) {
            Some(plan) if plan.available => {
                let mark = if next == Some(id) { "◐" } else { "○" };
                Some(format!("{mark} {name} {}{when}", worth(plan)))
            }
            Some(_) => Some(format!("✓ {name} {}", paint(QUIET, "done"))),
            None => None,
        };
        let start = if next.is_none() { "● own level (stay)" } else { "● own level" };
        let line: Vec<String> = std::iter::once(start.to_owned()).chain(rungs.into_iter().filter_map(rung)).collect();
        let line = line.join(" ── ");
        format!("  {line}\n")
    }

    /// The rung that the advice takes next, now or when its time comes.
    fn next_rung(&self) -> Option<PlanId> {
        let available = |id: PlanId| self.advice.plans.iter().any(|plan| plan.id == id && plan.available);
        let asks = self.advice.guidance_point.limit != self.advice.guidance_point.ask_for;
        match (self.advice.recommendation.next_act, self.advice.recommendation.plan) {
            (NextAct::AskGuidance, _) => Some(PlanId::Guidance),
            (NextAct::ProposeBothBosses, _) => Some(PlanId::BothBosses),
            (NextAct::BringBoss | NextAct::HandOver, _) => Some(PlanId::BossAtOutset),
            (NextAct::WalkAway | NextAct::Accept, _) | (_, PlanId::OwnLevel) => None,
            (_, PlanId::BothBosses | PlanId::Ladder | PlanId::BossAtImpasse | PlanId::Guidance | PlanId::BestFound)
                if asks && available(PlanId::Guidance) =>
            {
                Some(PlanId::Guidance)
            }
            (_, PlanId::BothBosses | PlanId::Ladder) if available(PlanId::BothBosses) => Some(PlanId::BothBosses),
            (_, PlanId::BossAtImpasse | PlanId::Ladder) => Some(PlanId::BossAtOutset),
            _ => None,
        }
    }

    pub(super) fn footer(&self) -> String {
        let advice = self.advice;
        let paths = advice.samples / 1024;
        let text = format!(
            "seed {} · {paths}k paths · engine {} · --explain importance for a mechanism, --json for everything",
            advice.seed, advice.engine_version
        );
        wrapped(&text, self.width - 2, "  ").lines().map(|line| paint(QUIET, line) + "\n").collect()
    }
}
