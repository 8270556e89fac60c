//! What a party holds a package to be worth: a sum over the issues, and what some options bring together.
//!
//! A deal-breaker is worth minus infinity, alone or in company, so that no sum can make up for it.

use crate::domain::Domain;

/// What packages are worth to one party, in units of its own: money, points or utility.
#[derive(Clone, Debug, PartialEq)]
pub struct Scoring {
    base: f64,
    /// What each option brings, an issue a row.
    parts: Vec<Vec<f64>>,
    interactions: Vec<Interaction>,
    divisor: f64,
    cap: f64,
    /// What no deal is worth: the walk-away. Minus infinity where anything is better than nothing.
    pub reservation: f64,
    /// What is left of a value after the whole time, from 0 to 1; 1 where time costs nothing.
    pub discount: f64,
}

/// Options that bring something together: a box in the space of packages.
#[derive(Clone, Debug, PartialEq)]
pub struct Interaction {
    /// For each issue that it is about, by its place, which of its options are in.
    pub within: Vec<(usize, Vec<bool>)>,
    /// What a package brings whose options are all in.
    pub amount: f64,
}

impl Interaction {
    /// Whether the package is in.
    pub fn holds(&self, package: &[u32]) -> bool {
        self.within.iter().all(|(issue, options)| options[package[*issue] as usize])
    }
}

/// Why a scoring doesn't fit its domain.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScoringFault {
    /// An issue's options and their values differ in number, or an issue is missing.
    #[error("issue {} needs one value for each of its options", issue + 1)]
    Shape {
        /// The issue's place, from 0.
        issue: usize,
    },
    /// An interaction is about an issue twice.
    #[error("what options bring together names an issue twice: name it once")]
    IssueTwice,
    /// A value is no number, or plus infinity; or the reservation or the discount is no number.
    #[error("every value, reservation and discount must be a number")]
    NotANumber,
    /// No package is worth more than minus infinity.
    #[error("an issue has no acceptable option: every one is a deal-breaker")]
    NothingAcceptable,
}

impl Scoring {
    /// A sum over the issues: `parts` has a row an issue, a value an option, weights already in.
    pub fn additive(domain: &Domain, parts: Vec<Vec<f64>>) -> Result<Self, ScoringFault> {
        let sizes = domain.sizes();
        if let Some(issue) =
            (0..sizes.len().max(parts.len())).find(|&issue| sizes.get(issue).copied() != parts.get(issue).map(Vec::len))
        {
            return Err(ScoringFault::Shape { issue });
        }
        if parts.iter().flatten().any(|value| value.is_nan() || *value == f64::INFINITY) {
            return Err(ScoringFault::NotANumber);
        }
        if parts.iter().any(|row| row.iter().all(|value| *value == f64::NEG_INFINITY)) {
            return Err(ScoringFault::NothingAcceptable);
        }
        Ok(Self {
            base: 0.0,
            parts,
            interactions: Vec::new(),
            divisor: 1.0,
            cap: f64::INFINITY,
            reservation: f64::NEG_INFINITY,
            discount: 1.0,
        })
    }

    /// Nothing but interactions.
    pub fn flat(domain: &Domain) -> Self {
        Self::additive(domain, domain.sizes().into_iter().map(|size| vec![0.0; size]).collect())
            .expect("zeros are numbers")
    }

    /// The same with `base` before the first issue.
    pub fn with_base(mut self, base: f64) -> Self {
        self.base = base;
        self
    }

    /// The same with interactions.
    pub fn with_interactions(mut self, interactions: Vec<Interaction>) -> Result<Self, ScoringFault> {
        for interaction in &interactions {
            if interaction.amount.is_nan() || interaction.amount == f64::INFINITY {
                return Err(ScoringFault::NotANumber);
            }
            for (issue, options) in &interaction.within {
                if self.parts.get(*issue).is_none_or(|row| row.len() != options.len()) {
                    return Err(ScoringFault::Shape { issue: *issue });
                }
            }
            let issues = interaction.within.iter().map(|(issue, _)| issue).collect::<std::collections::HashSet<_>>();
            if issues.len() < interaction.within.len() {
                return Err(ScoringFault::IssueTwice);
            }
        }
        self.interactions = interactions;
        Ok(self)
    }

    /// The same with the sum divided, and nothing above `cap`.
    pub fn scaled(mut self, divisor: f64, cap: f64) -> Self {
        self.divisor = divisor;
        self.cap = cap;
        self
    }

    /// The same with a walk-away.
    pub fn with_reservation(mut self, reservation: f64) -> Self {
        self.reservation = reservation;
        self
    }

    /// The same with a discount.
    pub fn with_discount(mut self, discount: f64) -> Self {
        self.discount = discount;
        self
    }

    /// What a package is worth. The issues are summed in their order, so that the last bit is the same everywhere.
    pub fn value(&self, package: &[u32]) -> f64 {
        let mut sum = self.base;
        for (row, &option) in self.parts.iter().zip(package) {
            sum += row[option as usize];
        }
        for interaction in &self.interactions {
            if interaction.holds(package) {
                sum += interaction.amount;
            }
        }
        self.finish(sum)
    }

    /// What a part of the sum counts for in the value.
    pub fn scaled_down(&self, part: f64) -> f64 {
        part / self.divisor
    }

    /// A sum over the issues and interactions as a value.
    pub fn finish(&self, sum: f64) -> f64 {
        (sum / self.divisor).min(self.cap)
    }

    /// The same with every option that isn't allowed made a deal-breaker; `allowed` has a row an issue.
    #[must_use]
    pub fn restricted(&self, allowed: &[Vec<bool>]) -> Self {
        let mut restricted = self.clone();
        for (row, allowed) in restricted.parts.iter_mut().zip(allowed) {
            for (value, allowed) in row.iter_mut().zip(allowed) {
                if !allowed {
                    *value = f64::NEG_INFINITY;
                }
            }
        }
        restricted
    }

    /// Changes what an option brings.
    pub(crate) fn set_part(&mut self, issue: usize, option: usize, value: f64) {
        self.parts[issue][option] = value;
    }

    /// The same preferences the other way round, neither scaled nor capped. Deal-breakers stay what they are.
    pub(crate) fn reversed(&self) -> Self {
        let reverse = |value: f64| if value == f64::NEG_INFINITY { value } else { -value };
        let mut reversed = self.clone();
        reversed.base = -self.base;
        reversed.parts.iter_mut().flatten().for_each(|value| *value = reverse(*value));
        reversed.interactions.iter_mut().for_each(|interaction| interaction.amount = reverse(interaction.amount));
        reversed.scaled(1.0, f64::INFINITY)
    }

    /// Whether issues count by themselves, unscaled and uncapped, so that values are sums of parts.
    pub fn is_additive(&self) -> bool {
        self.interactions.is_empty() && self.divisor == 1.0 && self.cap == f64::INFINITY
    }

    /// The least value that is acceptable: the reservation, and never a deal-breaker.
    pub fn floor(&self) -> f64 {
        self.reservation.max(f64::MIN)
    }

    /// Everything that a sum may be made of: what is there before the first issue, options and interactions, deal-breakers left out.
    pub fn numbers(&self) -> impl Iterator<Item = f64> {
        let amounts = self.interactions.iter().map(|interaction| interaction.amount);
        let numbers = std::iter::once(self.base).chain(self.parts.iter().flatten().copied()).chain(amounts);
        numbers.filter(|number| number.is_finite())
    }

    /// No sum, before it is divided, is further from nothing than this.
    pub fn reach(&self) -> f64 {
        let largest =
            |row: &Vec<f64>| row.iter().filter(|value| value.is_finite()).fold(0.0_f64, |most, v| most.max(v.abs()));
        let amounts = self.interactions.iter().map(|one| one.amount.abs()).filter(|amount| amount.is_finite());
        self.base.abs() + self.parts.iter().map(largest).sum::<f64>() + amounts.sum::<f64>()
    }

    /// No value is above this.
    pub fn cap(&self) -> f64 {
        self.cap
    }

    /// What sums are divided by.
    pub fn divisor(&self) -> f64 {
        self.divisor
    }

    /// What is there before the first issue.
    pub fn base(&self) -> f64 {
        self.base
    }

    /// What each option brings, an issue a row.
    pub fn parts(&self) -> &[Vec<f64>] {
        &self.parts
    }

    /// What options bring together.
    pub fn interactions(&self) -> &[Interaction] {
        &self.interactions
    }

    /// The best and the worst value, where issues count by themselves: each issue at its best or worst. Deal-breakers are
    /// left out of the worst.
    pub fn extremes(&self) -> Option<(f64, f64)> {
        self.is_additive().then(|| {
            self.parts.iter().fold((self.base, self.base), |(best, worst), row| {
                let finite = row.iter().copied().filter(|value| *value > f64::NEG_INFINITY);
                let (high, low) = finite
                    .fold((f64::NEG_INFINITY, f64::INFINITY), |(high, low), value| (high.max(value), low.min(value)));
                (best + high, worst + low)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Issue;

    fn two_by_two() -> Domain {
        Domain::new("d", vec![Issue::named("a", ["x", "y"]), Issue::named("b", ["x", "y"])]).unwrap()
    }

    #[test]
    fn sums_issues_and_what_they_bring_together() {
        let scoring = Scoring::additive(&two_by_two(), vec![vec![0.0, 1.0], vec![0.0, 2.0]])
            .unwrap()
            .with_interactions(vec![Interaction {
                within: vec![(0, vec![false, true]), (1, vec![false, true])],
                amount: 4.0,
            }])
            .unwrap();
        assert_eq!(scoring.value(&[1, 0]), 1.0);
        assert_eq!(scoring.value(&[1, 1]), 7.0);
        assert_eq!(scoring.clone().scaled(10.0, 0.5).value(&[1, 1]), 0.5);
    }

    #[test]
    fn a_deal_breaker_cannot_be_made_up_for() {
        let scoring = Scoring::additive(&two_by_two(), vec![vec![f64::NEG_INFINITY, 1.0], vec![0.0, 1e300]]).unwrap();
        assert_eq!(scoring.value(&[0, 1]), f64::NEG_INFINITY);
        assert_eq!(scoring.extremes(), Some((1.0 + 1e300, 1.0)));
    }

    #[test]
    fn refuses_what_does_not_fit() {
        let domain = two_by_two();
        assert_eq!(Scoring::additive(&domain, vec![vec![0.0, 0.0]]), Err(ScoringFault::Shape { issue: 1 }));
        assert_eq!(
            Scoring::additive(&domain, vec![vec![0.0, f64::NAN], vec![0.0, 0.0]]),
            Err(ScoringFault::NotANumber)
        );
        assert_eq!(
            Scoring::additive(&domain, vec![vec![f64::NEG_INFINITY; 2], vec![0.0; 2]]),
            Err(ScoringFault::NothingAcceptable)
        );
    }
}
