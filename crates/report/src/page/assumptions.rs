//! Every number that went in, with its evidence.

use engine::advice::AssumptionReport;
use engine::assumption::Grade;
use maud::{Markup, html};

use super::View;
use crate::evidence::MEASURED;
use crate::names::value;
use crate::phrases::capital;

impl View<'_> {
    /// What is assumed, with grades.
    pub fn assumptions(&self) -> Markup {
        let (yours, ours): (Vec<&AssumptionReport>, Vec<_>) =
            self.advice.assumptions.iter().partition(|assumption| assumption.grade == Grade::Yours);
        html! {
            section aria-labelledby="assumptions" {
                h2 #assumptions { "Every number that went in" }
                p.quiet {
                    "Replace any of them in the case. Grades, best first: yours, measured, literature, analogy, \
                    judgement. Most of the model's own numbers are judgements. " (MEASURED)
                }
                (self.group("From your case", &yours))
                (self.group("The model's own", &ours))
            }
        }
    }

    fn group(&self, title: &str, rows: &[&AssumptionReport]) -> Markup {
        html! {
            details {
                summary { (title) " (" (rows.len()) ")" }
                table.assumptions role="table" {
                    thead role="rowgroup" { tr role="row" {
                        th role="columnheader" scope="col" { "what it says" }
                        th role="columnheader" scope="col" { "value" }
                        th role="columnheader" scope="col" { "10 % to 90 %" }
                        th role="columnheader" scope="col" { "unit" }
                        th role="columnheader" scope="col" { "grade" }
                        th role="columnheader" scope="col" { "source" }
                    } }
                    tbody role="rowgroup" { @for row in rows { (self.assumption(row)) } }
                }
            }
        }
    }

    fn assumption(&self, row: &AssumptionReport) -> Markup {
        let show = |number| value(row.name, number, &self.money);
        let range =
            if row.low < row.high { format!("{} to {}", show(row.low), show(row.high)) } else { "fixed".to_owned() };
        let unit = row.unit.words().split(" (").next().unwrap_or_default();
        html! {
            tr role="row" {
                th role="rowheader" scope="row" { (capital(&row.meaning)) " " (self.technical(row.name.key())) }
                td role="cell" data-label="value" { (show(row.value)) }
                td role="cell" data-label="10 % to 90 %" { (range) }
                td role="cell" data-label="unit" { (unit) }
                td role="cell" data-label="grade" { (row.grade.word()) }
                td role="cell" data-label="source" { (row.source) }
            }
        }
    }
}
