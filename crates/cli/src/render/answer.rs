//! The header, the next act with three facts about it and the course it begins, and the ladder.

use super::page::{AGAINST, QUIET, STRONG, ends, left, paint};
use super::{FIRM_SPACE, View, wrapped};
use report::baseline::{Against, against};
use report::facts::{self, Fact};
use report::names::Reader;
use report::{next, phrases};
use terms::{NextActKind, PlanId};

/// Columns of a question: the longest, and two blanks.
const QUESTION: usize = 27;

impl View<'_> {
    pub(super) fn header(&self) -> String {
        format!("{}\n", ends(&format!("  {}", self.advice.title), &phrases::facts(self.advice), self.width))
    }

    pub(super) fn answer(&self) -> String {
        let text = |text: &str| wrapped(text, self.width - 2, "  ");
        let act = text(&next::act(self.advice, &self.money));
        let act: String = act.lines().map(|line| paint(STRONG, line) + "\n").collect();
        let facts = facts::three(self.advice, &self.money, Reader::Negotiator);
        let facts: String = facts.iter().map(|fact| self.fact(fact)).collect();
        let course = next::course(self.advice).map_or_else(String::new, |course| "\n".to_owned() + &text(course));
        act + &text(&self.advice.next_act.why) + &facts + &course
    }

    fn fact(&self, fact: &Fact) -> String {
        let body = wrapped(&fact.line(), self.width - QUESTION - 2, "");
        let lines = body.lines().enumerate().map(|(index, line)| {
            let question = if index == 0 { fact.question } else { "" };
            let line = match line.strip_prefix(fact.word.as_str()) {
                Some(rest) if index == 0 => paint(STRONG, &fact.word) + rest,
                _ => line.to_owned(),
            };
            format!("  {}{line}\n", left(question, QUESTION))
        });
        lines.collect()
    }

    /// What going to each rung and no further is worth, against the course advised.
    pub(super) fn ladder(&self) -> String {
        let advice = self.advice;
        let find = |id| advice.plans.iter().find(|plan| plan.id == id);
        if advice.boss_in || find(PlanId::OwnLevel).is_none_or(|own| !own.available) {
            return String::new();
        }
        let worth = |id: PlanId| {
            let against = against(advice, &self.money, id);
            let words = against.words(&self.money);
            if matches!(against, Against::Less(_)) { paint(AGAINST, &words) } else { words }
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
                Some(format!("{mark} {name} {}{when}", worth(id)))
            }
            Some(_) => Some(format!("✓ {name} {}", paint(QUIET, "done"))),
            None => None,
        };
        let stays = next.is_none() && stays_at_own_level(self.advice.next_act.kind);
        let start = format!("● own level {}{}", worth(PlanId::OwnLevel), if stays { " (stay)" } else { "" });
        let line: Vec<String> = std::iter::once(start).chain(rungs.into_iter().filter_map(rung)).collect();
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

/// Whether the next act leaves everything at our own level, and goes on.
fn stays_at_own_level(act: NextActKind) -> bool {
    matches!(act, NextActKind::Offer | NextActKind::Hold | NextActKind::Wait)
}
