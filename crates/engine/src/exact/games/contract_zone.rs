//! The zone in which both sides would rather settle than have an arbitrator award (Farber and Katz 1979).

/// What one side expects of the award, and how it takes it. Money.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expectation {
    /// Mean of the award.
    pub mean: f64,
    /// Absolute risk aversion, per unit of money.
    pub risk_aversion: f64,
    /// Cost of going to arbitration.
    pub cost: f64,
}

/// The settlements that both prefer, lowest and highest, when the award is normal with this standard deviation, the
/// seller receives it and the buyer pays it. `None` where there are none, or a number is out of range.
pub fn farber_katz(deviation: f64, seller: Expectation, buyer: Expectation) -> Option<[f64; 2]> {
    let premium = |side: Expectation| 0.5 * side.risk_aversion * deviation * deviation + side.cost;
    let sound = |side: Expectation| side.mean.is_finite() && side.risk_aversion >= 0.0 && side.cost >= 0.0;
    let zone = [seller.mean - premium(seller), buyer.mean + premium(buyer)];
    let finite = zone.iter().all(|end| end.is_finite());
    (sound(seller) && sound(buyer) && deviation >= 0.0 && finite && zone[0] <= zone[1]).then_some(zone)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn side(mean: f64, risk_aversion: f64, cost: f64) -> Expectation {
        Expectation { mean, risk_aversion, cost }
    }

    #[test]
    fn printed_values_are_met() {
        let [low, high] = farber_katz(10.0, side(52.0, 0.02, 1.0), side(50.0, 0.01, 1.0)).unwrap();
        assert!((low - 50.0).abs() < 1e-9 && (high - 51.5).abs() < 1e-9);
        assert_eq!(farber_katz(0.0, side(52.0, 0.0, 0.0), side(50.0, 0.0, 0.0)), None);
        assert_eq!(farber_katz(f64::INFINITY, side(52.0, 0.1, 0.0), side(50.0, 0.1, 0.0)), None);
    }

    /// The sure amount as good as a normal award less a cost, under constant absolute risk aversion, by summing over
    /// a grid to twelve deviations.
    fn certain(mean: f64, deviation: f64, risk_aversion: f64) -> f64 {
        let points = (-2400..=2400).map(|point| f64::from(point) / 200.0);
        let (mut sum, mut weights) = (0.0, 0.0);
        for z in points {
            let weight = libm::exp(-0.5 * z * z);
            sum += weight * libm::exp(-risk_aversion * (mean + deviation * z));
            weights += weight;
        }
        -libm::log(sum / weights) / risk_aversion
    }

    proptest! {
        #[test]
        fn the_ends_of_the_zone_are_as_good_as_the_award(
            deviation in 0.1..20.0_f64, mean in -50.0..50.0_f64, aversion in 0.001..0.1_f64, cost in 0.0..5.0_f64,
        ) {
            let same = side(mean, aversion, cost);
            let [low, high] = farber_katz(deviation, same, same).unwrap();
            prop_assert!((low - (certain(mean, deviation, aversion) - cost)).abs() < 1e-6);
            // Paying is receiving the negative.
            prop_assert!((high - (-certain(-mean, deviation, aversion) + cost)).abs() < 1e-6);
        }
    }
}
