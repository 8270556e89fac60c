//! The header, the answer, and the ladder.

use engine::advice::PlanReport;

use super::page::{AGAINST, FOR, QUIET, STRONG, ends, paint};
use super::{FIRM_SPACE, View, wrapped};
use report::phrases;
use terms::{NextAct, PlanId};

impl View<'_> {
    pub(super) fn header(&self) -> String {
        format!("{}\n", ends(&format!("  {}", self.advice.title), &phrases::facts(self.advice), self.width))
    }

    pub(super) fn answer(&self) -> String {
        let sentence = wrapped(&self.advice.recommendation.sentence, self.width - 2, "  ");
        let strong: String = sentence.lines().map(|line| paint(STRONG, line) + "\n").collect();
        let worth = phrases::worth(self.advice, &self.money);
        let robust = phrases::robustness(self.advice);
        strong + &wrapped(&format!("{worth} {robust}"), self.width - 2, "  ")
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
        let next = phrases::next_rung(advice);
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
        let stays = next.is_none() && self.advice.recommendation.next_act == NextAct::Continue;
        let start = if stays { "● own level (stay)" } else { "● own level" };
        let line: Vec<String> = std::iter::once(start.to_owned()).chain(rungs.into_iter().filter_map(rung)).collect();
        let line = line.into_iter().map(|rung| rung.replace(' ', FIRM_SPACE)).collect::<Vec<_>>().join(" ── ");
        wrapped(&line, self.width, "  ")
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
