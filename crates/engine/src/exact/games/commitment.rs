//! Commitment that can be revoked at a cost (Muthoo 1996): what being dearly bound is worth.

/// Player 1's share of a pie of 1, where giving up a unit of what one had committed to costs `own` to player 1 and
/// `other` to player 2, both at or above 0. `None` out of range.
pub fn muthoo(own: f64, other: f64) -> Option<f64> {
    let sound = |cost: f64| cost.is_finite() && cost >= 0.0;
    (sound(own) && sound(other)).then(|| (1.0 + own) / (2.0 + own + other))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn printed_values_are_met() {
        for (own, other, want) in [(1.0, 1.0, 0.5), (0.0, 1.0, 1.0 / 3.0), (3.0, 1.0, 2.0 / 3.0)] {
            assert!((muthoo(own, other).unwrap() - want).abs() < 1e-9);
        }
        assert_eq!([muthoo(-1.0, 0.0), muthoo(f64::NAN, 0.0)], [None; 2]);
    }

    proptest! {
        /// Linear costs make the solution Nash's with bargaining powers 1 + cost: no share has a larger product.
        #[test]
        fn no_share_has_a_larger_product(own in 0.0..5.0_f64, other in 0.0..5.0_f64, rival in 0.001..0.999_f64) {
            let product = |share: f64| (1.0 + own) * libm::log(share) + (1.0 + other) * libm::log1p(-share);
            prop_assert!(product(muthoo(own, other).unwrap()) >= product(rival) - 1e-12);
        }

        #[test]
        fn being_bound_more_dearly_brings_more(own in 0.0..5.0_f64, other in 0.0..5.0_f64, more in 0.01..5.0_f64) {
            prop_assert!(muthoo(own + more, other) > muthoo(own, other));
        }
    }
}
