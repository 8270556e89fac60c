//! The plans compared: a table with the spread of outcomes drawn beside it.

use engine::advice::PlanReport;
use maud::{Markup, html};
use terms::PlanId;

use super::axis::Axis;
use super::{View, chance};
use crate::baseline::{self, Against};
use crate::{days, names, phrases};

/// Most labels on the axis.
const TICKS: usize = 6;

impl View<'_> {
    /// The plans, with how their outcomes spread.
    pub fn plans(&self) -> Markup {
        let open = baseline::open(self.advice);
        let ends = open.iter().flat_map(|plan| [plan.value.p10, plan.value.p90, plan.value.mean]);
        let axis = Axis::around(ends.chain([0.0]));
        html! {
            section aria-labelledby="plans" {
                h2 #plans { "The plans, against the one advised" }
                table.plans role="table" {
                    caption {
                        "The first line has what the course advised brings beyond walking away, in " (self.advice.currency) "; the \
                        others what they fall short of it. A tie is as good. The line holds 8 in 10 outcomes; the square is the middle one."
                    }
                    thead role="rowgroup" { tr role="row" {
                        th role="columnheader" scope="col" { "plan" }
                        th role="columnheader" scope="col" { "against it" }
                        th role="columnheader" scope="col" { "deal" }
                        th role="columnheader" scope="col" { "boss in" }
                        th.plot role="columnheader" scope="col" { span.hidden { "outcomes" } (axis.head(TICKS)) }
                    } }
                    tbody role="rowgroup" { @for plan in &open { (self.plan_row(plan, &axis)) } }
                }
                @for (why, plans) in phrases::unavailable(self.advice) {
                    p.quiet { "No longer: " (self.listed(&plans)) " (" (why) ")." }
                }
                (self.plans_in_full(&open))
            }
        }
    }

    fn plan_row(&self, plan: &PlanReport, axis: &Axis) -> Markup {
        let value = &plan.value;
        let chosen = plan.id == self.advice.recommendation.plan;
        let spread = format!(
            "one in ten under {}, half under {}, one in ten over {}",
            self.money.amount(value.p10),
            self.money.amount(value.p50),
            self.money.amount(value.p90)
        );
        html! {
            tr.chosen[chosen] role="row" {
                th role="rowheader" scope="row" {
                    (names::plan(plan.id, self.advice.boss_in))
                    @if chosen { " " span.tag { "advised" } }
                }
                td role="cell" { (self.worth(plan)) }
                td role="cell" { (chance(plan.agreement_probability)) }
                td role="cell" { (chance(plan.boss_joins_probability)) }
                td.plot role="cell" {
                    svg role="img" aria-label=(spread) {
                        (axis.lines(TICKS))
                        line.zero x1=(axis.percent(0.0)) x2=(axis.percent(0.0)) y1="0" y2="100%" {}
                        line.spread x1=(axis.percent(value.p10)) x2=(axis.percent(value.p90)) y1="50%" y2="50%" {}
                        rect.middle x=(axis.percent(value.p50)) y="50%" width="9" height="9"
                            transform="translate(-4.5 -4.5)" {}
                    }
                }
            }
        }
    }

    /// The value of the course advised; of another, what it is worth against that.
    fn worth(&self, plan: &PlanReport) -> Markup {
        match baseline::against(self.advice, &self.money, plan.id) {
            Against::Advised => html! { (self.money.amount(plan.value.mean)) },
            Against::Tie | Against::Less(_) => self.against(plan.id),
        }
    }

    fn listed(&self, plans: &[PlanId]) -> String {
        let names: Vec<&str> = plans.iter().map(|&plan| names::plan(plan, self.advice.boss_in)).collect();
        names.join(", ")
    }

    fn plans_in_full(&self, open: &[&PlanReport]) -> Markup {
        html! {
            details {
                summary { "Each plan in words and numbers" }
                p.quiet { (phrases::worth_in_figures(self.advice, &self.money)) }
                dl.full {
                    @for plan in open {
                        dt { (names::plan(plan.id, self.advice.boss_in)) }
                        dd {
                            p { (plan.words) }
                            p.quiet {
                                "Value " (self.money.amount(plan.value.mean))
                                " (standard error " (self.money.error(plan.value.standard_error)) "); one in ten under "
                                (self.money.amount(plan.value.p10)) ", half under " (self.money.amount(plan.value.p50))
                                ", one in ten over " (self.money.amount(plan.value.p90)) ". "
                                (days::span(self.advice, plan.rounds, 1)) " to the end on average."
                                @if plan.id != PlanId::BestFound {
                                    " Best of the named plans in " (chance(plan.best_probability))
                                    " of the ways our assumptions could be wrong; loses "
                                    (self.money.amount(plan.expected_regret)) " against the best on average."
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
