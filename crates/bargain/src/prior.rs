//! What is known beforehand of what options are worth to a side: amounts, ranges, points or ranks.
//!
//! Every draw follows from as many numbers between 0 and 1 as the prior has unknowns, so that a chain that walks the unit
//! cube walks the prior.

use terms::Quantity;

/// The quantile of a quantity at `u`: straight lines through its three points, carried on beyond them.
pub fn quantile(quantity: Quantity<f64>, u: f64) -> f64 {
    match quantity {
        Quantity::Known(value) => value,
        Quantity::Range { low, likely, .. } if u < 0.5 => likely + (u - 0.5) / 0.4 * (likely - low),
        Quantity::Range { likely, high, .. } => likely + (u - 0.5) / 0.4 * (high - likely),
    }
}

/// What the best option of an issue is worth over the worst.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weight {
    /// In the unit of the values, never below 0.
    pub worth: Option<Quantity<f64>>,
    /// As a share.
    pub share: Option<Share>,
}

/// The weight of an issue among others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Share {
    /// Points: known.
    Points(f64),
    /// Its rank, 1 the weightiest; equal ranks may be either way round. Any weights in that order are as likely.
    Rank(u32),
    /// Nothing: any weights are as likely.
    Unknown,
}

/// How an issue's options lie between its worst, 0, and its best, 1.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// Known; minus infinity for a deal-breaker.
    Fixed(Vec<f64>),
    /// Unknown, for so many options: each anywhere, then stretched to reach from 0 to 1.
    Free(usize),
}

/// What is known of one side's values.
#[derive(Clone, Debug, PartialEq)]
pub struct Prior {
    /// Each issue's weight and shape.
    pub issues: Vec<(Weight, Shape)>,
    /// What shares come to in all, where no issue says what a share is worth.
    pub total: f64,
}

impl Prior {
    /// How many unknowns there are at most: one for each weight, one for each option of a free shape.
    pub fn dimensions(&self) -> usize {
        let free = |shape: &Shape| if let Shape::Free(options) = shape { *options } else { 0 };
        self.issues.iter().map(|(_, shape)| 1 + free(shape)).sum()
    }

    /// The values at a point of the unit cube: an issue a row, an option a number; minus infinity for a deal-breaker.
    pub fn draw(&self, point: &[f64]) -> Vec<Vec<f64>> {
        let (weights, shapes) = point.split_at(self.issues.len());
        self.rows(&self.worths(|place| weights[place], true), shapes)
    }

    /// The values in the middle: medians of ranges, and for ranks the mean of all weights in that order, the rank-order
    /// centroid (Barron and Barrett 1996).
    pub fn likely(&self) -> Vec<Vec<f64>> {
        let shapes = vec![0.5; self.dimensions() - self.issues.len()];
        self.rows(&self.worths(|_| 0.5, false), &shapes)
    }

    /// What each issue's best option is worth over its worst.
    fn worths(&self, at: impl Fn(usize) -> f64, drawn: bool) -> Vec<f64> {
        let given: Vec<Option<f64>> = self
            .issues
            .iter()
            .enumerate()
            .map(|(place, (weight, _))| weight.worth.map(|worth| quantile(worth, at(place)).max(0.0)))
            .collect();
        let shares = self.shares(at, drawn);
        let anchored = |place: usize| given[place].is_some() && shares[place].is_some();
        let sum = |values: &[Option<f64>]| -> f64 {
            (0..values.len()).filter(|&place| anchored(place)).filter_map(|place| values[place]).sum()
        };
        let (money, share) = (sum(&given), sum(&shares));
        let scale = if share > 0.0 { money / share } else { self.total / shares.iter().flatten().sum::<f64>() };
        given.into_iter().zip(shares).map(|(given, share)| given.or(share.map(|s| s * scale)).unwrap_or(0.0)).collect()
    }

    /// Shares that come to no particular sum: points as they are; else weights drawn evenly from all that are in order.
    fn shares(&self, at: impl Fn(usize) -> f64, drawn: bool) -> Vec<Option<f64>> {
        let ranked = self.issues.iter().enumerate().filter_map(|(place, (weight, _))| match weight.share {
            // Of equal ranks the larger draw comes first, so that each is as often the weightier.
            Some(Share::Rank(rank)) => Some((rank, if drawn { -libm::log(at(place)) } else { 0.0 }, place)),
            _ => None,
        });
        let mut ordered: Vec<(u32, f64, usize)> = ranked.collect();
        ordered.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(&b.2)));
        let mut shares: Vec<Option<f64>> = vec![None; self.issues.len()];
        if drawn {
            let mut steps: Vec<f64> = ordered.iter().map(|&(_, step, _)| step).collect();
            steps.sort_unstable_by(|a, b| b.total_cmp(a));
            ordered.iter().zip(steps).for_each(|(&(_, _, place), step)| shares[place] = Some(step));
        } else {
            let count = ordered.len();
            let centroid = |k: usize| (k..count).map(|later| 1.0 / (later + 1) as f64).sum::<f64>();
            let mut from = 0;
            for equal in ordered.chunk_by(|a, b| a.0 == b.0) {
                let mean = (from..from + equal.len()).map(centroid).sum::<f64>() / equal.len() as f64;
                equal.iter().for_each(|&(_, _, place)| shares[place] = Some(mean));
                from += equal.len();
            }
        }
        for (place, (weight, _)) in self.issues.iter().enumerate() {
            match weight.share {
                Some(Share::Points(points)) => shares[place] = Some(points),
                Some(Share::Unknown) => shares[place] = Some(if drawn { -libm::log(at(place)) } else { 1.0 }),
                Some(Share::Rank(_)) | None => {}
            }
        }
        shares
    }

    fn rows(&self, worths: &[f64], mut free: &[f64]) -> Vec<Vec<f64>> {
        let scaled = |shape: &[f64], worth: f64| shape.iter().map(|share| share * worth).collect::<Vec<f64>>();
        let mut rows = Vec::with_capacity(self.issues.len());
        for ((_, shape), &worth) in self.issues.iter().zip(worths) {
            rows.push(match shape {
                // A worth of nothing must not make a number of a deal-breaker.
                Shape::Fixed(shape) => {
                    shape.iter().map(|&share| if share == f64::NEG_INFINITY { share } else { share * worth }).collect()
                }
                Shape::Free(options) => {
                    let (row, rest) = free.split_at(*options);
                    free = rest;
                    scaled(&stretched(row), worth)
                }
            });
        }
        rows
    }
}

/// The same in order, from 0 to 1; all 0 where they are equal.
pub fn stretched(values: &[f64]) -> Vec<f64> {
    let finite = || values.iter().copied().filter(|value| value.is_finite());
    let (low, high) = (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
    let span = high - low;
    values
        .iter()
        .map(|value| match value {
            value if !value.is_finite() => f64::NEG_INFINITY,
            value if span > 0.0 => (value - low) / span,
            _ => 0.0,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn issue(worth: Option<f64>, share: Option<Share>) -> (Weight, Shape) {
        (Weight { worth: worth.map(Quantity::Known), share }, Shape::Fixed(vec![0.0, 1.0]))
    }

    fn best(rows: &[Vec<f64>]) -> Vec<f64> {
        rows.iter().map(|row| row[1]).collect()
    }

    #[test]
    fn ranks_are_weighed_by_their_centroid() {
        let ranks = [2, 1, 3].map(|rank| issue(None, Some(Share::Rank(rank)))).to_vec();
        let rows = Prior { issues: ranks, total: 18.0 }.likely();
        // 1/3 (1 + 1/2 + 1/3), 1/3 (1/2 + 1/3), 1/9.
        for (found, expected) in best(&rows).iter().zip([5.0, 11.0, 2.0]) {
            assert!((found - expected).abs() < 1e-12, "{found} for {expected}");
        }
    }

    #[test]
    fn one_issue_worth_money_prices_the_others() {
        let issues = vec![
            issue(Some(300.0), Some(Share::Points(60.0))),
            issue(None, Some(Share::Points(40.0))),
            issue(Some(7.0), None),
        ];
        assert_eq!(best(&Prior { issues, total: 100.0 }.likely()), [300.0, 200.0, 7.0]);
    }

    #[test]
    fn every_draw_keeps_the_ranks() {
        let ranks = [3, 1, 2, 2].map(|rank| issue(None, Some(Share::Rank(rank)))).to_vec();
        let prior = Prior { issues: ranks, total: 1.0 };
        for step in 1..50_u32 {
            let point: Vec<f64> = (1..=4).map(|k| (f64::from(step * k) * 0.618).fract().max(1e-9)).collect();
            let weights = best(&prior.draw(&point));
            assert!(
                weights[1] >= weights[2].max(weights[3]) && weights[0] <= weights[2].min(weights[3]),
                "{weights:?}"
            );
            assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn a_range_has_its_percentiles() {
        let range = Quantity::Range { low: 1.0, likely: 2.0, high: 6.0 };
        for (u, expected) in [(0.1, 1.0), (0.5, 2.0), (0.9, 6.0)] {
            assert!((quantile(range, u) - expected).abs() < 1e-12);
        }
    }

    #[test]
    fn deal_breakers_stay_so_where_an_issue_is_worth_nothing() {
        let weight = Weight { worth: Some(Quantity::Known(0.0)), share: None };
        let prior = Prior { issues: vec![(weight, Shape::Fixed(vec![f64::NEG_INFINITY, 1.0]))], total: 1.0 };
        assert_eq!(prior.likely(), [[f64::NEG_INFINITY, 0.0]]);
    }
}
