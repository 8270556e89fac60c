//! What a sheet says of values, as calculations take it.

use terms::Quantity;

use super::check::SheetFault;
use super::{Choice, End, Line, Sheet, Side, Together};
use crate::domain::{Domain, Package};
use crate::prior::{Prior, Shape, Share, Weight, quantile, stretched};
use crate::scoring::{Interaction, Scoring};

/// What packages are worth to both sides, as far as a sheet tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Values {
    /// The issues.
    pub domain: Domain,
    /// Every issue where we realistically expect it.
    pub reference: Package,
    /// Our values, middle of ranges; our walk-away is their reservation.
    pub ours: Scoring,
    /// Theirs likewise.
    pub theirs: Scoring,
    /// The options of each issue that our mandate allows.
    pub mandate: Vec<Vec<bool>>,
    ours_prior: Prior,
    theirs_prior: Prior,
    together: [Vec<Interaction>; 2],
    walk_away: Option<f64>,
    their_walk_away: Option<Quantity<f64>>,
    price: Option<Price>,
}

/// The issue that is the price.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Price {
    issue: usize,
    from: f64,
    to: f64,
    /// Whether a high one is better for us.
    high: bool,
}

/// A package whose numbers need not be options.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The nearest package.
    pub package: Package,
    /// By how much the price exceeds that of the package.
    pub over: f64,
}

/// What an unknown issue is worth to them in money, as a share of what it is worth to us: as much, or a third, or thrice.
/// A judgement, and wide: money that one side gives up is often the other's, and trades live of the exceptions.
const LIKE_OURS: Quantity<f64> = Quantity::Range { low: 1.0 / 3.0, likely: 1.0, high: 3.0 };
/// What all points come to.
const POINTS: f64 = 100.0;

impl Values {
    /// What a sheet tells; or everything that is wrong with it.
    pub fn of(sheet: &Sheet) -> Result<Self, Vec<SheetFault>> {
        let faults = sheet.check();
        let fault = |what: String| vec![SheetFault { at: "issues".to_owned(), what }];
        if !faults.is_empty() {
            return Err(faults);
        }
        let domain = sheet.domain().map_err(|cause| fault(cause.to_string()))?;
        let ours: Vec<(Weight, Shape)> = sheet.issues.iter().map(|line| ours(sheet, line)).collect();
        let theirs = sheet.issues.iter().zip(&ours).map(|(line, (weight, _))| theirs(sheet, line, weight)).collect();
        let (ours_prior, theirs_prior) =
            (Prior { issues: ours, total: POINTS }, Prior { issues: theirs, total: POINTS });
        let together = [true, false].map(|us| sheet.together.iter().map(|t| interaction(sheet, t, us)).collect());
        let price = sheet.price.as_deref().and_then(|name| sheet.line(name)).and_then(|(issue, line)| {
            Some(Price { issue, from: line.from?, to: line.to?, high: line.ours.better != Some(End::Low) })
        });
        let mut values = Self {
            reference: sheet.issues.iter().map(reference).collect(),
            ours: Scoring::flat(&domain),
            theirs: Scoring::flat(&domain),
            mandate: sheet.issues.iter().map(|line| allowed(line, line.mandate.as_ref())).collect(),
            walk_away: sheet.walk_away,
            their_walk_away: sheet.their_walk_away,
            domain,
            ours_prior,
            theirs_prior,
            together,
            price,
        };
        let unfit = |cause: crate::scoring::ScoringFault| fault(cause.to_string());
        values.ours = values.our_scoring(values.ours_prior.likely()).map_err(unfit)?;
        values.theirs = values.their_scoring(values.theirs_prior.likely(), 0.5).map_err(unfit)?;
        Ok(values)
    }

    /// How many numbers between 0 and 1 a draw of our values takes.
    pub fn our_dimensions(&self) -> usize {
        self.ours_prior.dimensions()
    }

    /// How many a draw of theirs takes.
    pub fn their_dimensions(&self) -> usize {
        self.theirs_prior.dimensions() + 1
    }

    /// Our values at a point of the unit cube.
    pub fn our_draw(&self, point: &[f64]) -> Scoring {
        self.our_scoring(self.ours_prior.draw(point)).unwrap_or_else(|_| self.ours.clone())
    }

    /// Their values at a point of the unit cube.
    pub fn their_draw(&self, point: &[f64]) -> Scoring {
        let (last, point) = point.split_last().expect("there is one dimension at least");
        self.their_scoring(self.theirs_prior.draw(point), *last).unwrap_or_else(|_| self.theirs.clone())
    }

    /// What a package is worth to us above walking away, where that is known, else above the worst on the sheet.
    pub fn ours_of(&self, placed: &Placed) -> f64 {
        self.ours_under(&self.ours, placed)
    }

    /// The same under a draw of our values.
    pub fn ours_under(&self, ours: &Scoring, placed: &Placed) -> f64 {
        let zero = if ours.reservation.is_finite() { ours.reservation } else { 0.0 };
        ours.value(&placed.package) + self.beyond(ours, placed) - zero
    }

    /// What a package is likely worth to them above the worst on the sheet.
    pub fn theirs_of(&self, placed: &Placed) -> f64 {
        self.theirs_under(&self.theirs, placed)
    }

    /// The same under a draw of their values.
    pub fn theirs_under(&self, theirs: &Scoring, placed: &Placed) -> f64 {
        theirs.value(&placed.package) + self.beyond(theirs, placed)
    }

    /// What the part of a price is worth that lies over the option nearest to it.
    fn beyond(&self, scoring: &Scoring, placed: &Placed) -> f64 {
        self.price.map_or(0.0, |price| rate(scoring, price) * placed.over)
    }

    /// What counts as nothing in our values.
    pub fn zero(&self) -> f64 {
        if self.ours.reservation.is_finite() { self.ours.reservation } else { 0.0 }
    }

    /// The price that is worth as much to us, with every other issue at the reference, as a value of ours over
    /// [`zero`](Self::zero). `None` without a price, and of a deal-breaker.
    pub fn as_price(&self, value: f64) -> Option<f64> {
        let price = self.price?;
        let row = &self.ours.parts()[price.issue];
        let others = self.ours.value(&self.reference) - row[self.reference[price.issue] as usize];
        let worth = value + self.zero() - others;
        let slope = rate(&self.ours, price);
        (slope != 0.0 && value.is_finite())
            .then(|| price.from + (worth - row_at(&self.ours, price, price.from)) / slope)
    }

    /// The package of choices by issue; issues left out are at the reference. `Err` names the issue whose choice is none.
    pub fn place<'a>(
        &self,
        sheet: &Sheet,
        choices: impl IntoIterator<Item = (&'a str, Choice)>,
    ) -> Result<Placed, String> {
        let mut placed = Placed { package: self.reference.clone(), over: 0.0 };
        for (name, choice) in choices {
            let (issue, line) = sheet.line(name).ok_or_else(|| name.to_owned())?;
            let option = match (&choice, line.choices()) {
                (Choice::Number(number), options) if options.number(0).is_some() => {
                    let option = options.clamped(*number).ok_or_else(|| name.to_owned())?;
                    if self.price.is_some_and(|price| price.issue == issue) {
                        placed.over = number - options.number(option).unwrap_or(*number);
                    }
                    option
                }
                (choice, _) => line.place(choice).ok_or_else(|| name.to_owned())?,
            };
            placed.package[issue] = option as u32;
        }
        Ok(placed)
    }

    /// The issue that is the price.
    pub fn price_issue(&self) -> Option<usize> {
        self.price.map(|price| price.issue)
    }

    fn our_scoring(&self, parts: Vec<Vec<f64>>) -> Result<Scoring, crate::scoring::ScoringFault> {
        let scoring = Scoring::additive(&self.domain, parts)?.with_interactions(self.together[0].clone())?;
        let reservation = match (self.walk_away, self.price) {
            (None, _) => f64::NEG_INFINITY,
            (Some(points), None) => points,
            (Some(amount), Some(price)) => self.worth_of_price(&scoring, price, amount),
        };
        Ok(scoring.with_reservation(reservation))
    }

    fn their_scoring(&self, parts: Vec<Vec<f64>>, u: f64) -> Result<Scoring, crate::scoring::ScoringFault> {
        let scoring = Scoring::additive(&self.domain, parts)?.with_interactions(self.together[1].clone())?;
        let reservation = match (self.their_walk_away, self.price) {
            (Some(quantity), Some(price)) => self.worth_of_price(&scoring, price, quantile(quantity, u)),
            // Where nothing is known: anything between their worst and the reference is as likely.
            _ => u * scoring.value(&self.reference).max(0.0),
        };
        Ok(scoring.with_reservation(reservation))
    }

    /// What a package at a price and the reference otherwise is worth.
    fn worth_of_price(&self, scoring: &Scoring, price: Price, amount: f64) -> f64 {
        let at = self.reference[price.issue] as usize;
        scoring.value(&self.reference) - scoring.parts()[price.issue][at] + row_at(scoring, price, amount)
    }
}

/// What one more unit of the price is worth: the straight line between its ends.
fn rate(scoring: &Scoring, price: Price) -> f64 {
    let (low, high) = ends(scoring, price);
    (high - low) / (price.to - price.from).max(f64::MIN_POSITIVE)
}

/// What a price is worth, on the line between the ends and beyond.
fn row_at(scoring: &Scoring, price: Price, amount: f64) -> f64 {
    ends(scoring, price).0 + rate(scoring, price) * (amount - price.from)
}

/// What the lowest and the highest price are worth. Deal-breakers lie on the line through the others.
fn ends(scoring: &Scoring, price: Price) -> (f64, f64) {
    let row = &scoring.parts()[price.issue];
    let mut finite = row.iter().enumerate().filter(|(_, value)| value.is_finite());
    let (Some((first, low)), last) = (finite.next(), finite.next_back()) else { return (0.0, 0.0) };
    let Some((last, high)) = last else { return (*low, *low) };
    let slope = (high - low) / (last - first) as f64;
    (low - slope * first as f64, high + slope * (row.len() - 1 - last) as f64)
}

fn ours(sheet: &Sheet, line: &Line) -> (Weight, Shape) {
    let mut shape = shape(line, &line.ours, line.ours.better.unwrap_or(End::High));
    for (option, allowed) in allowed(line, line.walk_away.as_ref()).into_iter().enumerate() {
        if !allowed {
            shape[option] = f64::NEG_INFINITY;
        }
    }
    (weight(sheet, line, &line.ours), Shape::Fixed(shape))
}

fn theirs(sheet: &Sheet, line: &Line, ours: &Weight) -> (Weight, Shape) {
    let other = match line.ours.better.unwrap_or(End::High) {
        End::High => End::Low,
        End::Low => End::High,
    };
    let side = &line.theirs;
    let shape = if side.values.is_empty() && side.better.is_none() && !line.ours.values.is_empty() {
        let reversed: Vec<f64> = line.ours.values.iter().map(|value| -value).collect();
        barred(line, side, stretched(&reversed))
    } else {
        shape(line, side, side.better.unwrap_or(other))
    };
    let mut weight = weight(sheet, line, side);
    if weight.worth.is_none() && weight.share.is_none() {
        let like_ours = ours.worth.map(|worth| {
            let [low, likely, high] = [0.1, 0.5, 0.9].map(|u| quantile(LIKE_OURS, u) * worth.likely());
            Quantity::Range { low, likely, high }
        });
        weight = Weight { worth: like_ours, share: like_ours.is_none().then_some(Share::Unknown) };
    }
    (weight, Shape::Fixed(shape))
}

fn weight(sheet: &Sheet, line: &Line, side: &Side) -> Weight {
    let share = side.points.map(Share::Points).or(side.rank.map(Share::Rank));
    let is_price = sheet.price.as_ref() == Some(&line.name);
    let span = |values: &[f64]| {
        values.iter().copied().fold(f64::NEG_INFINITY, f64::max) - values.iter().copied().fold(f64::INFINITY, f64::min)
    };
    let implied = match (line.from, line.to) {
        _ if !side.values.is_empty() && share.is_none() => Some(span(&side.values)),
        (Some(from), Some(to)) if is_price => Some(to - from),
        _ => None,
    };
    Weight { worth: side.worth.or(implied.map(Quantity::Known)), share }
}

/// How the options lie between the worst and the best for a side.
fn shape(line: &Line, side: &Side, better: End) -> Vec<f64> {
    let count = line.choices().len();
    let even = |option: usize| {
        let share = if count > 1 { option as f64 / (count - 1) as f64 } else { 0.0 };
        if better == End::High { share } else { 1.0 - share }
    };
    let shape = if side.values.is_empty() { (0..count).map(even).collect() } else { stretched(&side.values) };
    barred(line, side, shape)
}

fn barred(line: &Line, side: &Side, mut shape: Vec<f64>) -> Vec<f64> {
    for option in side.never.iter().filter_map(|choice| line.place(choice)) {
        shape[option] = f64::NEG_INFINITY;
    }
    shape
}

/// The options that are no worse for us than `worst`, deal-breakers left out.
fn allowed(line: &Line, worst: Option<&Choice>) -> Vec<bool> {
    let shape = shape(line, &line.ours, line.ours.better.unwrap_or(End::High));
    let least = worst.and_then(|choice| line.place(choice)).map_or(f64::NEG_INFINITY, |option| shape[option]);
    let options = line.choices();
    let rises = shape.last() >= shape.first();
    // A limit between two options allows the one on its better side.
    let beyond = |option: usize| match (worst, options.number(option)) {
        (Some(Choice::Number(limit)), Some(number)) if line.place(&Choice::Number(*limit)).is_none() => {
            if rises {
                number < *limit
            } else {
                number > *limit
            }
        }
        _ => false,
    };
    shape.iter().enumerate().map(|(option, share)| *share >= least && share.is_finite() && !beyond(option)).collect()
}

/// Where we realistically expect an issue; the middle option where that isn't said.
fn reference(line: &Line) -> u32 {
    let middle = (line.choices().len() - 1) / 2;
    line.realistic.as_ref().and_then(|choice| line.near(choice)).unwrap_or(middle) as u32
}

fn interaction(sheet: &Sheet, together: &Together, us: bool) -> Interaction {
    let within = together.when.iter().filter_map(|(name, choices)| {
        let (issue, line) = sheet.line(name)?;
        let mut options = vec![false; line.choices().len()];
        choices.iter().filter_map(|choice| line.place(choice)).for_each(|option| options[option] = true);
        Some((issue, options))
    });
    Interaction { within: within.collect(), amount: if us { together.ours } else { together.theirs } }
}
