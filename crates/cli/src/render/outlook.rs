//! What would change the answer, what to find out, why they are stuck, and where it is heading.

use engine::advice::BreakEven;

use super::{View, wrapped};
use crate::names::{cause, percent, phrase, plan, question, value};

/// Under this chance of being stuck the causes are left out.
const STUCK: f64 = 0.15;
/// Under this share of the recommended plan's value a thing is not worth finding out.
const WORTH_KNOWING: f64 = 0.005;
/// How many flips and how many things to find out are named.
const MOST: usize = 3;
const LABEL: usize = 19;

impl View<'_> {
    pub(super) fn outlook(&self) -> String {
        [
            self.row("It would flip if", &self.flips()),
            self.row("Find out first", &self.find_out()),
            self.row("They are stuck", &self.stuck()),
            self.row("Heading for", &self.heading()),
            self.row("Note", &self.notes()),
        ]
        .concat()
    }

    fn row(&self, label: &str, text: &str) -> String {
        if text.is_empty() {
            return String::new();
        }
        let body = wrapped(text, self.width - LABEL - 2, "");
        let lines = body.lines().enumerate().map(|(index, line)| {
            let label = if index == 0 { label } else { "" };
            format!("  {label:LABEL$}{line}\n")
        });
        lines.collect()
    }

    /// The nearest break-evens.
    fn flips(&self) -> String {
        let mut flips: Vec<(&BreakEven, f64, _)> =
            self.advice.break_evens.iter().filter_map(|flip| Some((flip, flip.value?, flip.flips_to?))).collect();
        let distance = |(flip, at, _): &(&BreakEven, f64, _)| (at - flip.now).abs() / (flip.to - flip.from).max(1e-300);
        flips.sort_by(|a, b| distance(a).total_cmp(&distance(b)));
        let words = flips.into_iter().take(MOST).map(|(flip, at, to)| {
            let over = if at > flip.now { "over" } else { "under" };
            let (name, money) = (flip.assumption, &self.money);
            let to = plan(to, self.advice.boss_in);
            format!(
                "{} were {over} {} (now {}): {to}",
                phrase(name),
                value(name, at, money),
                value(name, flip.now, money)
            )
        });
        let words: Vec<String> = words.collect();
        if words.is_empty() {
            "nothing we assume moves, alone and within its range".to_owned()
        } else {
            words.join(" · ")
        }
    }

    fn find_out(&self) -> String {
        let best = self.advice.plans.iter().map(|plan| plan.value.mean).fold(0.0, f64::max);
        let worth = self.advice.value_of_information.evppi.iter();
        let worth = worth.filter(|one| one.evppi > WORTH_KNOWING * best && one.evppi > 2.0 * one.standard_error);
        let words =
            worth.take(MOST).map(|one| format!("{}: worth {}", question(one.assumption), self.money.amount(one.evppi)));
        words.collect::<Vec<_>>().join(" · ")
    }

    fn stuck(&self) -> String {
        if self.advice.stuck_probability < STUCK {
            return String::new();
        }
        let causes = self.advice.stuck_because.iter().filter(|one| one.probability >= 0.01);
        let causes: Vec<String> =
            causes.map(|one| format!("{:.0} % {}", one.probability * 100.0, cause(one.cause))).collect();
        let chance = percent(self.advice.stuck_probability);
        format!("{chance} likely that something is in the way: {}", causes.join(" · "))
    }

    fn heading(&self) -> String {
        let forecast = &self.advice.forecast;
        let (Some(price), Some(rounds)) = (forecast.settlement, forecast.rounds) else {
            return "no deal".to_owned();
        };
        let prices = format!(
            "{} ({} to {})",
            self.money.price(price.p50),
            self.money.price(price.p10),
            self.money.price(price.p90)
        );
        let when = match forecast.dates {
            Some([_, middle, _]) => format!("about {}", middle.strftime("%-d %b %Y")),
            None => format!("in about {:.0} rounds", rounds.p50),
        };
        format!("{} chance of a deal, at {prices}, {when}", percent(forecast.agreement_probability))
    }

    fn notes(&self) -> String {
        let fit = &self.advice.record_fit;
        let surprises = fit.surprises.iter().map(|surprise| format!("The record surprises the model: {surprise}."));
        self.advice.notes.iter().cloned().chain(surprises).collect::<Vec<_>>().join(" ")
    }
}
