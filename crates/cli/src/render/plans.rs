//! The plans compared.

use engine::advice::PlanReport;

use super::View;
use super::page::{QUIET, STRONG, box_plot, left, paint, right};
use report::baseline::{self, Against};
use report::{names, phrases};
use terms::PlanId;
use unicode_width::UnicodeWidthStr;

/// What the plot shows.
const AXIS: &str = "10 % … ■ half … 90 % of outcomes";
const NAME: usize = 26;
/// What a value takes at least; all take as much as the longest.
const VALUE: usize = 14;
const CHANCE: usize = 8;

impl View<'_> {
    pub(super) fn plans(&self) -> String {
        let mut open = baseline::open(self.advice);
        // A wider search that found nothing better is no course of its own.
        open.retain(|plan| {
            plan.id != PlanId::BestFound || baseline::against(self.advice, &self.money, plan.id) != Against::Tie
        });
        // What walking away falls short by is what the course advised is worth, as its own line says.
        open.retain(|plan| {
            plan.id != PlanId::WalkAway || baseline::against(self.advice, &self.money, plan.id) == Against::Advised
        });
        let low = open.iter().map(|plan| plan.value.p10).fold(0.0, f64::min);
        let high = open.iter().map(|plan| plan.value.p90).fold(0.0, f64::max);
        let value = open.iter().map(|plan| self.worth(plan).width()).max().unwrap_or(0).max(VALUE);
        let room = self.width.saturating_sub(6 + NAME + value + 2 * CHANCE);
        let axis = if room >= AXIS.width() { format!("   {AXIS}") } else { String::new() };
        let head = format!(
            "  {}{}{}{}{axis}\n",
            left("Against the course advised", NAME),
            right("", value),
            right("deal", CHANCE),
            right("boss in", CHANCE + 1)
        );
        let rows: String = open.into_iter().map(|plan| self.plan(plan, [low, high], [value, room])).collect();
        head + &rows + &self.closed()
    }

    /// What a plan is worth, as it is told.
    fn worth(&self, plan: &PlanReport) -> String {
        match baseline::against(self.advice, &self.money, plan.id) {
            Against::Advised => format!("worth {}", self.money.amount(plan.value.mean)),
            other => other.words(&self.money),
        }
    }

    fn plan(&self, plan: &PlanReport, axis: [f64; 2], [column, room]: [usize; 2]) -> String {
        let chance = |share: f64| right(&format!("{:.0} %", share * 100.0), CHANCE);
        let value = &plan.value;
        let plot = if room >= 12 { box_plot([value.p10, value.p50, value.p90], axis, room) } else { String::new() };
        let mark = if plan.id == self.advice.recommendation.plan { "▸ " } else { "  " };
        let row = format!(
            "{mark}{}{}{}{}   {plot}",
            left(names::plan(plan.id, self.advice.boss_in), NAME),
            right(&self.worth(plan), column),
            chance(plan.agreement_probability),
            right(&chance(plan.boss_joins_probability), CHANCE + 1),
        );
        let row = row.trim_end();
        let row = if plan.id == self.advice.recommendation.plan { paint(STRONG, row) } else { row.to_owned() };
        row + "\n"
    }

    /// Plans that can no longer be chosen, with why, those of one reason together.
    fn closed(&self) -> String {
        let line = |(why, plans): (&str, Vec<PlanId>)| {
            let plans: Vec<&str> = plans.into_iter().map(|plan| names::plan(plan, self.advice.boss_in)).collect();
            let text = super::wrapped(&format!("no longer: {} ({why})", plans.join(", ")), self.width - 2, "  ");
            text.lines().map(|line| paint(QUIET, line) + "\n").collect::<String>()
        };
        phrases::unavailable(self.advice).into_iter().map(line).collect()
    }
}
