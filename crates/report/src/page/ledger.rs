//! The pros and cons as a waterfall from one plan's value to another's, in figures that add up as shown.

use engine::advice::LedgerEntry;
use maud::{Markup, html};
use terms::PlanId;

use super::axis::Axis;
use super::{View, side};
use crate::baseline;
use crate::money::Money;
use crate::names::{doing, mechanism};
use crate::phrases::capital;

const TICKS: usize = 6;

/// The figures of a waterfall, each rounded as it is shown.
struct Waterfall {
    /// Value of the plan that it starts from.
    start: f64,
    /// What each mechanism adds or takes, those for first, largest first.
    steps: Vec<(LedgerEntry, f64)>,
    /// What is too small to show, and rounding.
    rest: f64,
    /// Value of the plan that it ends at.
    end: f64,
}

impl Waterfall {
    fn new(entries: &[LedgerEntry], start: f64, end: f64, money: &Money) -> Self {
        let (start, end) = (money.nearest(start), money.nearest(end));
        let mut steps: Vec<(LedgerEntry, f64)> = entries
            .iter()
            .map(|&entry| (entry, money.nearest(entry.amount)))
            .filter(|&(_, step)| step != 0.0)
            .collect();
        steps.sort_by(|(_, a), (_, b)| (*b > 0.0).cmp(&(*a > 0.0)).then(b.abs().total_cmp(&a.abs())));
        let rest = money.nearest(end - start - steps.iter().map(|(_, step)| step).sum::<f64>());
        Self { start, steps, rest, end }
    }

    /// Heights before the first step and after each.
    fn levels(&self) -> Vec<f64> {
        let mut level = self.start;
        let steps = self.steps.iter().map(|&(_, step)| step).chain([self.rest]);
        std::iter::once(self.start)
            .chain(steps.map(|step| {
                level += step;
                level
            }))
            .collect()
    }
}

impl View<'_> {
    /// The pros and cons as a waterfall.
    pub fn ledger(&self) -> Markup {
        let [a, b] = self.advice.ledger.between;
        let value = |id: PlanId| self.plan(id).map(|plan| plan.value.mean);
        let (Some(end), Some(start)) = (value(a), value(b)) else { return html! {} };
        let waterfall = Waterfall::new(&self.advice.ledger.entries, start, end, &self.money);
        let levels = waterfall.levels();
        let advised = self.advice.recommendation.plan;
        let boss_in = self.advice.boss_in;
        // One baseline: where neither end is the course advised, the way there from it comes first.
        let course =
            (a != advised && b != advised).then(|| value(advised)).flatten().map(|course| self.money.nearest(course));
        let axis = Axis::around(levels.iter().copied().chain(course));
        let name = |plan: PlanId| if plan == advised { "the course advised" } else { doing(plan, boss_in) };
        html! {
            section aria-labelledby="ledger" {
                h2 #ledger { (self.difference(a, b)) }
                table.waterfall {
                    caption { "From " (name(if course.is_some() { advised } else { b })) " to " (doing(a, boss_in))
                        ", effect by effect. The figures add up from the first line to the last." }
                    thead { tr {
                        th scope="col" { "effect" }
                        th scope="col" { "worth" }
                        th.plot scope="col" { span.hidden { "where that leaves it" } (axis.head(TICKS)) }
                    } }
                    tbody {
                        @if let Some(course) = course {
                            (self.total("the course advised", course, &axis, [false, true]))
                            tr {
                                th scope="row" { (doing(b, boss_in)) small { "in place of the course" } }
                                (self.step(waterfall.start - course, course, waterfall.start, &axis))
                            }
                        } @else { (self.total(name(b), waterfall.start, &axis, [false, true])) }
                        @for (index, (entry, step)) in waterfall.steps.iter().enumerate() {
                            @let (name, why) = mechanism(entry.mechanism);
                            tr {
                                th scope="row" {
                                    (name)
                                    small { (why) }
                                }
                                (self.step(*step, levels[index], levels[index + 1], &axis))
                            }
                        }
                        @if waterfall.rest != 0.0 {
                            @let index = waterfall.steps.len();
                            tr {
                                th scope="row" { "the rest, and rounding" }
                                (self.step(waterfall.rest, levels[index], levels[index + 1], &axis))
                            }
                        }
                        (self.total(name(a), waterfall.end, &axis, [true, false]))
                    }
                }
            }
        }
    }

    /// What one course is worth against the course advised; where it is that course, against the other.
    fn difference(&self, a: PlanId, b: PlanId) -> String {
        let (advised, boss_in) = (self.advice.recommendation.plan, self.advice.boss_in);
        let (one, than) = if a == advised { (a, b) } else { (a, advised) };
        let value = |plan| baseline::value(self.advice, &self.money, plan);
        let more = value(one) - value(than);
        let than = if than == advised { "the course advised" } else { doing(than, boss_in) };
        let how = match more {
            _ if self.money.is_nil(more) => format!("as good as {than}"),
            less if less < 0.0 => format!("{} worse than {than}", self.money.amount(-less)),
            more => format!("{} better than {than}", self.money.amount(more)),
        };
        format!("{}: {how}", capital(doing(one, boss_in)))
    }

    fn total(&self, name: &str, value: f64, axis: &Axis, [above, below]: [bool; 2]) -> Markup {
        let x = axis.percent(value);
        html! {
            tr.total {
                th scope="row" { (name) }
                td { (self.money.amount(value)) }
                td.plot {
                    svg role="img" aria-label=(self.money.amount(value)) {
                        (axis.lines(TICKS))
                        @if above { line.link x1=(x) x2=(x) y1="0" y2="50%" {} }
                        @if below { line.link x1=(x) x2=(x) y1="50%" y2="100%" {} }
                        rect.middle x=(x) y="50%" width="4" height="18" transform="translate(-2 -9)" {}
                    }
                }
            }
        }
    }

    fn step(&self, step: f64, before: f64, after: f64, axis: &Axis) -> Markup {
        let words = format!("from {} to {}", self.money.amount(before), self.money.amount(after));
        let (x1, x2) = (axis.percent(before), axis.percent(after));
        html! {
            td { (self.signed(step)) }
            td.plot {
                svg role="img" aria-label=(words) {
                    (axis.lines(TICKS))
                    line.link x1=(x1) x2=(x1) y1="0" y2="50%" {}
                    line.link x1=(x2) x2=(x2) y1="50%" y2="100%" {}
                    rect class={ "bar " (side(step, &self.money)) } x=(axis.percent(before.min(after))) y="50%"
                        width=(axis.width(before, after)) height="12" rx="2" transform="translate(0 -6)" {}
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use terms::Mechanism;

    use super::*;

    #[test]
    fn figures_add_up_as_shown() {
        let money = Money::new(terms::Currency::USD, 350_000.0);
        let amounts = [9_249.0, 149.0, 149.0, 30.0, -6_651.0, -5_748.0];
        let entry = |(&mechanism, &amount)| LedgerEntry { mechanism, amount, standard_error: 10.0 };
        let entries: Vec<LedgerEntry> = Mechanism::ALL.iter().zip(&amounts).map(entry).collect();
        let start = 107_649.0;
        let waterfall = Waterfall::new(&entries, start, start + amounts.iter().sum::<f64>(), &money);
        let steps: Vec<f64> = waterfall.steps.iter().map(|&(_, step)| step).collect();
        assert_eq!(steps, [9_200.0, 100.0, 100.0, -6_700.0, -5_700.0]);
        assert_eq!((waterfall.start, waterfall.end, waterfall.rest), (107_600.0, 104_800.0, 200.0));
        assert_eq!(waterfall.levels().last(), Some(&waterfall.end));
    }
}
