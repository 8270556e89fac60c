//! A seller without cost offers, period after period, to a buyer whose value is evenly spread from 0 to 1 and private;
//! the seller can't commit to a price (Stokey 1981; Sobel and Takahashi 1983).

/// The course of the two-period game.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TwoPeriods {
    /// Buyers from this value on take the first price.
    pub cutoff: f64,
    /// The two prices.
    pub prices: [f64; 2],
    /// What the seller expects.
    pub seller: f64,
}

/// Two periods, a discount factor from 0 to 1 for both. `None` out of range.
pub fn two_periods(factor: f64) -> Option<TwoPeriods> {
    (0.0..=1.0).contains(&factor).then(|| {
        let cutoff = (2.0 - factor) / (4.0 - 3.0 * factor);
        let prices = [cutoff * (1.0 - 0.5 * factor), 0.5 * cutoff];
        let seller = prices[0] * (1.0 - cutoff) + factor * prices[1] * (cutoff - prices[1]);
        TwoPeriods { cutoff, prices, seller }
    })
}

/// What the seller expects without end, in the stationary equilibrium in which price and next cutoff are shares of the
/// highest value left; a factor from 0 to below 1. `None` out of range.
///
/// The next cutoff's share `rho` solves `factor rho^2 - 2 rho + 1 = 0`, the price's is `rho sqrt(1 - factor)`, and the
/// seller expects half of it.
pub fn without_end(factor: f64) -> Option<f64> {
    (0.0..1.0).contains(&factor).then(|| 0.5 * price_share(factor))
}

fn cutoff_share(factor: f64) -> f64 {
    // (1 - sqrt(1 - factor)) / factor, written so that it holds at 0 too.
    1.0 / (1.0 + (1.0 - factor).sqrt())
}

fn price_share(factor: f64) -> f64 {
    cutoff_share(factor) * (1.0 - factor).sqrt()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn printed_values_are_met() {
        let two = two_periods(0.9).unwrap();
        let found = [two.cutoff, two.prices[0], two.prices[1], two.seller, without_end(0.9).unwrap()];
        let want = [0.846_153_846_2, 0.465_384_615_4, 0.423_076_923_1, 0.232_692_307_7, 0.120_126_536_7];
        for (found, want) in found.into_iter().zip(want) {
            assert!((found - want).abs() < 1e-9, "{found} for {want}");
        }
        assert_eq!(without_end(1.0), None);
        assert_eq!(two_periods(f64::NAN), None);
    }

    proptest! {
        /// The buyer at the cutoff is indifferent, and no other first price earns the seller more, the second being
        /// half of the highest value left, as it then pays to set it.
        #[test]
        fn two_periods_are_an_equilibrium(factor in 0.0..1.0_f64, rival in 0.0..1.0_f64) {
            let two = two_periods(factor).unwrap();
            let waits = factor * (two.cutoff - two.prices[1]);
            prop_assert!((two.cutoff - two.prices[0] - waits).abs() < 1e-12);
            // A buyer waits whose gain now is below the discounted gain at half of the cutoff.
            let cutoff = (rival / (1.0 - 0.5 * factor)).min(1.0);
            let seller = rival * (1.0 - cutoff) + factor * 0.25 * cutoff * cutoff;
            prop_assert!(seller <= two.seller + 1e-12);
        }

        /// The stationary equilibrium: the buyer at the cutoff is indifferent, and no single deviation in price pays.
        #[test]
        fn without_end_no_single_deviation_pays(factor in 0.0..0.99_f64, rival in 0.0..1.0_f64) {
            let (price, cutoff) = (price_share(factor), cutoff_share(factor));
            let next_price = price * cutoff;
            prop_assert!((cutoff - price - factor * (cutoff - next_price)).abs() < 1e-9);
            // At any price, buyers from `rival / price * cutoff` on take it; the value left grows with its square.
            let value = without_end(factor).unwrap();
            let left = (rival / price * cutoff).min(1.0);
            let seller = rival * (1.0 - left) + factor * value * left * left;
            prop_assert!(seller <= value + 1e-9, "{} against {}", seller, value);
        }
    }
}
