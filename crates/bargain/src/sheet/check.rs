//! Everything that can be wrong with a sheet, all told at once. No fault repeats an amount: sheets are private.

use std::fmt;

use super::{Choice, Line, Sheet, Side};
use crate::domain::{Domain, Issue, Options};

/// What is wrong with a sheet, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{at}: {what}")]
pub struct SheetFault {
    /// The key, after the issue's name where it is one's.
    pub at: String,
    /// What is wrong, and how to mend it.
    pub what: String,
}

/// Issues on a sheet at most: far more than people can weigh.
const MOST_ISSUES: usize = 40;
/// Options on a sheet at most, all issues together: what a desk works through while somebody waits.
const MOST_OPTIONS: usize = 2_000;

/// How far a number may be from an option's to be it.
const NEAR: f64 = 1e-6;

pub(super) struct Faults(Vec<SheetFault>);

impl Faults {
    fn add(&mut self, at: impl fmt::Display, what: impl fmt::Display) {
        self.0.push(SheetFault { at: at.to_string(), what: what.to_string() });
    }
}

impl Sheet {
    /// All that is wrong; nothing where [`Values::of`](super::Values::of) takes it.
    pub fn check(&self) -> Vec<SheetFault> {
        let mut faults = Faults(Vec::new());
        if self.issues.len() > MOST_ISSUES {
            faults.add("issues", format!("at most {MOST_ISSUES}, please"));
            return faults.0;
        }
        if self.currency.as_ref().is_some_and(|c| c.len() != 3 || !c.bytes().all(|b| b.is_ascii_uppercase())) {
            faults.add("currency", "three capital letters are expected, such as \"USD\"");
        }
        let before = faults.0.len();
        for line in &self.issues {
            line.check(&mut faults);
        }
        if faults.0.len() == before {
            match self.domain() {
                Err(fault) => faults.add("issues", fault),
                Ok(domain) if domain.sizes().iter().sum::<usize>() > MOST_OPTIONS => {
                    faults.add("issues", format!("have more than {MOST_OPTIONS} options in all: take larger steps"));
                }
                Ok(_) => {}
            }
        }
        self.check_price(&mut faults);
        self.check_weights(&mut faults);
        self.check_together(&mut faults);
        faults.0
    }

    /// What is negotiated.
    pub(super) fn domain(&self) -> Result<Domain, crate::domain::DomainFault> {
        let issue = |line: &Line| Issue { name: line.name.clone(), options: line.choices(), unit: line.unit.clone() };
        Domain::new(self.title.clone(), self.issues.iter().map(issue).collect())
    }

    pub(super) fn line(&self, name: &str) -> Option<(usize, &Line)> {
        self.issues.iter().enumerate().find(|(_, line)| line.name == name)
    }

    fn check_price(&self, faults: &mut Faults) {
        match self.price.as_deref().map(|name| self.line(name)) {
            Some(None) => faults.add("price", "no issue has this name"),
            Some(Some((_, line))) if line.from.is_none() => {
                faults.add("price", "the price is an issue with numbers: give it `from` and `to`");
            }
            Some(_) if self.currency.is_none() => faults.add("currency", "a sheet with a price needs its currency"),
            Some(_) | None => {}
        }
        let in_terms_of_price = self.their_walk_away.is_some();
        if in_terms_of_price && self.price.is_none() {
            faults.add("their_walk_away", "is a price: name the issue that is the price with `price`");
        }
        if self.walk_away.is_some_and(|walk_away| !walk_away.is_finite()) {
            faults.add("walk_away", "expected a number");
        }
        if self.their_walk_away.is_some_and(|quantity| !quantity.is_sound()) {
            faults.add("their_walk_away", "low, likely and high must be numbers in this order");
        }
    }

    /// Whether shares can be turned into the unit of the values.
    fn check_weights(&self, faults: &mut Faults) {
        for (whose, side) in [("ours", true), ("theirs", false)] {
            let sides = self.issues.iter().map(|line| (line, if side { &line.ours } else { &line.theirs }));
            let is_price = |line: &Line| self.price.as_ref() == Some(&line.name);
            let (mut money, mut shares, mut both, mut points, mut ranks) = (0, 0, 0, 0, 0);
            for (line, side) in sides {
                let has_share = side.points.is_some() || side.rank.is_some();
                let has_worth = side.worth.is_some() || is_price(line) || (!side.values.is_empty() && !has_share);
                money += usize::from(has_worth);
                shares += usize::from(has_share);
                both += usize::from(has_share && has_worth);
                points += usize::from(side.points.is_some());
                ranks += usize::from(side.rank.is_some());
                if !has_share && !has_worth && whose == "ours" {
                    faults.add(
                        format!("{}.ours", line.name),
                        "say what it is worth to us: `worth`, `points`, `rank` or `values`",
                    );
                }
            }
            let given = |of_money: bool| -> Vec<f64> {
                let has_money = |line: &Line, side: &Side| side.worth.is_some() || is_price(line);
                let sides =
                    self.issues.iter().map(|line| (line, if whose == "ours" { &line.ours } else { &line.theirs }));
                sides
                    .filter(|(line, side)| !of_money || has_money(line, side))
                    .filter_map(|(_, side)| side.points)
                    .collect()
            };
            let all_nothing = |points: Vec<f64>| !points.is_empty() && points.iter().all(|points| *points == 0.0);
            if points > 0 && all_nothing(given(false)) {
                faults.add(
                    whose,
                    "every issue has 0 points, so that nothing is worth anything: give the issues that matter points",
                );
            } else if points > 0 && ranks == 0 && all_nothing(given(true)) {
                faults.add(whose, "the issues that have money have 0 points, so that a point can't be turned into money: give one of them points");
            } else if points > 0 && ranks > 0 {
                faults.add(whose, "some issues have points and some ranks: use one or the other");
            } else if shares > 0 && money > 0 && both == 0 {
                let one = if points > 0 { "points" } else { "a rank" };
                faults.add(whose, format!("some issues have money and some {one}: give {one} to one that has money, such as the price, so that the others can be turned into money"));
            } else if shares > 0 && money == 0 && self.currency.is_some() {
                faults.add(whose, "nothing says what a point or rank is worth in money: give one issue its `worth`");
            }
        }
    }

    fn check_together(&self, faults: &mut Faults) {
        for (place, together) in self.together.iter().enumerate() {
            let at = format!("together {}", place + 1);
            if together.when.is_empty() {
                faults.add(&at, "`when` names no issue");
            }
            if !together.ours.is_finite() || !together.theirs.is_finite() {
                faults.add(&at, "`ours` and `theirs` must be numbers");
            }
            for (name, choices) in &together.when {
                match self.line(name) {
                    None => faults.add(&at, format!("no issue is called `{name}`")),
                    Some((_, line)) => choices.iter().for_each(|choice| line.check_choice(&at, choice, faults)),
                }
            }
        }
    }
}

impl Line {
    /// Its options.
    pub(super) fn choices(&self) -> Options {
        match (self.from, self.to) {
            (Some(first), Some(last)) => Options::Reals { first, last, step: self.step.unwrap_or(1.0) },
            _ => Options::Named(self.options.clone()),
        }
    }

    /// The option nearest to a choice; `None` where the choice is a name of none, or beyond the issue's numbers.
    pub fn near(&self, choice: &Choice) -> Option<usize> {
        match (choice, self.from, self.to) {
            (Choice::Number(number), Some(from), Some(to)) if (from..=to).contains(number) => {
                self.choices().clamped(*number)
            }
            _ => self.place(choice),
        }
    }

    /// The place of a choice among its options; `None` where it is none of them.
    pub fn place(&self, choice: &Choice) -> Option<usize> {
        match choice {
            Choice::Number(number) => match self.choices().nearest(*number) {
                Some(option) => self.choices().number(option).filter(|at| (at - number).abs() < NEAR).map(|_| option),
                None => self.choices().find(&number.to_string()),
            },
            Choice::Name(name) => self.choices().find(name),
        }
    }

    fn check(&self, faults: &mut Faults) {
        let name = if self.name.trim().is_empty() { "an issue" } else { &self.name };
        if self.name.trim().is_empty() {
            faults.add(name, "give it a `name`");
        }
        let numbers = self.from.is_some() || self.to.is_some();
        if numbers && !self.options.is_empty() {
            faults.add(name, "give `options` or `from` and `to`, not both");
            return;
        }
        if numbers && (self.from.is_none() || self.to.is_none()) {
            faults.add(name, "needs both `from` and `to`");
            return;
        }
        let alone = Issue { name: name.to_owned(), options: self.choices(), unit: None };
        if let Err(fault) = Domain::new("", vec![alone]) {
            faults.add(name, fault);
            return;
        }
        let marks = [
            ("opening", &self.opening),
            ("target", &self.target),
            ("realistic", &self.realistic),
            ("walk_away", &self.walk_away),
            ("mandate", &self.mandate),
        ];
        for (key, choice) in marks {
            // Aims and limits may lie between options.
            if choice.as_ref().is_some_and(|choice| self.near(choice).is_none()) {
                faults.add(format!("{name}.{key}"), "lies outside the issue's options");
            }
        }
        self.check_side(&format!("{name}.ours"), &self.ours, faults);
        self.check_side(&format!("{name}.theirs"), &self.theirs, faults);
    }

    fn check_choice(&self, at: &str, choice: &Choice, faults: &mut Faults) {
        if self.place(choice).is_none() {
            faults.add(at, "is none of the issue's options");
        }
    }

    fn check_side(&self, at: &str, side: &Side, faults: &mut Faults) {
        if side.worth.is_some_and(|worth| !worth.is_sound() || worth.likely() < 0.0) {
            faults.add(format!("{at}.worth"), "expected 0 or more, or low, likely and high in this order");
        }
        if side.points.is_some_and(|points| !(0.0..=1e6).contains(&points)) {
            faults.add(format!("{at}.points"), "expected 0 or more");
        }
        if side.rank == Some(0) {
            faults.add(format!("{at}.rank"), "ranks count from 1");
        }
        let one_of = usize::from(side.points.is_some()) + usize::from(side.rank.is_some());
        if one_of > 1 {
            faults.add(at, "give `points` or a `rank`, not both");
        }
        if !side.values.is_empty() && side.values.len() != self.choices().len() {
            faults.add(format!("{at}.values"), "needs one value for each option");
        }
        if side.values.iter().any(|value| !value.is_finite()) {
            faults.add(format!("{at}.values"), "must be numbers");
        }
        side.never.iter().for_each(|choice| self.check_choice(&format!("{at}.never"), choice, faults));
        let all_barred =
            (0..self.choices().len()).all(|option| side.never.iter().any(|n| self.place(n) == Some(option)));
        if all_barred {
            faults.add(format!("{at}.never"), "leaves no option");
        }
    }
}
