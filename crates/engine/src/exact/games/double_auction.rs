//! Sealed bids on both sides (Chatterjee and Samuelson 1983): a buyer with a value, a seller with a cost, each known to
//! its owner alone and evenly spread; they trade at the midpoint if the bid is not below the ask.

/// From where to where values and costs may lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranges {
    /// The buyer's value: lowest and highest.
    pub value: [f64; 2],
    /// The seller's cost: lowest and highest.
    pub cost: [f64; 2],
}

/// The equilibrium in straight lines.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Equilibrium {
    ranges: Ranges,
}

impl Equilibrium {
    /// The equilibrium; `None` where these lines are none, which is where the ranges overlap too little or an interval
    /// is empty.
    pub fn of(ranges: Ranges) -> Option<Self> {
        let ([v_low, v_high], [c_low, c_high]) = (ranges.value, ranges.cost);
        let finite = [v_low, v_high, c_low, c_high].iter().all(|end| end.is_finite());
        let spread = finite && v_low < v_high && c_low < c_high;
        let holds = v_high + 3.0 * c_low >= 4.0 * v_low && 3.0 * v_high + c_low <= 4.0 * c_high;
        (spread && holds && c_low < v_high).then_some(Self { ranges })
    }

    /// What a buyer bids who values it so.
    pub fn bid(&self, value: f64) -> f64 {
        2.0 / 3.0 * value + self.ranges.cost[0] / 4.0 + self.ranges.value[1] / 12.0
    }

    /// What a seller asks whom it costs so.
    pub fn ask(&self, cost: f64) -> f64 {
        2.0 / 3.0 * cost + self.ranges.value[1] / 4.0 + self.ranges.cost[0] / 12.0
    }

    /// The largest gain that there may be, and the part of it by which a gain must exceed nothing to be had: they
    /// trade where value less cost is at least a quarter of it.
    fn triangle(&self) -> (f64, f64, f64) {
        let ([v_low, v_high], [c_low, c_high]) = (self.ranges.value, self.ranges.cost);
        let most = v_high - c_low;
        (most, 0.75 * most, (v_high - v_low) * (c_high - c_low))
    }

    /// Chance that they trade.
    pub fn trade_chance(&self) -> f64 {
        let (_, leg, area) = self.triangle();
        0.5 * leg * leg / area
    }

    /// Expected gains from trade.
    pub fn gains(&self) -> f64 {
        let (most, leg, area) = self.triangle();
        (0.5 * most * leg * leg - leg * leg * leg / 3.0) / area
    }

    /// These as a share of the gains that full knowledge would bring.
    pub fn efficiency(&self) -> f64 {
        let ([v_low, v_high], [c_low, c_high]) = (self.ranges.value, self.ranges.cost);
        let cube = |gain: f64| gain.max(0.0) * gain.max(0.0) * gain.max(0.0);
        let all = cube(v_high - c_low) - cube(v_high - c_high) - cube(v_low - c_low) + cube(v_low - c_high);
        self.gains() / (all / (6.0 * (v_high - v_low) * (c_high - c_low)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn unit(v_high: f64) -> Equilibrium {
        Equilibrium::of(Ranges { value: [0.0, v_high], cost: [0.0, 1.0] }).unwrap()
    }

    #[test]
    fn printed_values_are_met() {
        let found = [unit(1.0).trade_chance(), unit(1.0).gains(), unit(1.0).efficiency()];
        for (found, want) in found.into_iter().zip([9.0 / 32.0, 9.0 / 64.0, 27.0 / 32.0]) {
            assert!((found - want).abs() < 1e-9, "{found} for {want}");
        }
        assert!((unit(1.0).ask(0.3) - 0.45).abs() < 1e-9);
        assert!((unit(1.2).ask(0.3) - 0.5).abs() < 1e-9, "a wider range seen moves the ask");
        assert_eq!(Equilibrium::of(Ranges { value: [0.0, 1.4], cost: [0.0, 1.0] }), None);
        assert_eq!(Equilibrium::of(Ranges { value: [0.0, f64::NAN], cost: [0.0, 1.0] }), None);
    }

    /// What a buyer of this value expects of a bid, the seller asking as in equilibrium.
    fn buyer_expects(equilibrium: &Equilibrium, value: f64, bid: f64) -> f64 {
        let [low, high] = equilibrium.ranges.cost;
        let steps = 4000;
        let cost = |step: i32| low + (high - low) * (f64::from(step) + 0.5) / f64::from(steps);
        let asks = (0..steps).map(|step| equilibrium.ask(cost(step)));
        asks.filter(|ask| *ask <= bid).map(|ask| value - 0.5 * (bid + ask)).sum::<f64>() / f64::from(steps)
    }

    /// What a seller of this cost expects of an ask, the buyer bidding as in equilibrium.
    fn seller_expects(equilibrium: &Equilibrium, cost: f64, ask: f64) -> f64 {
        let [low, high] = equilibrium.ranges.value;
        let steps = 4000;
        let value = |step: i32| low + (high - low) * (f64::from(step) + 0.5) / f64::from(steps);
        let bids = (0..steps).map(|step| equilibrium.bid(value(step)));
        bids.filter(|bid| *bid >= ask).map(|bid| 0.5 * (bid + ask) - cost).sum::<f64>() / f64::from(steps)
    }

    proptest! {
        #[test]
        fn no_other_ask_does_better(v_low in -0.3..0.2_f64, v_high in 0.6..1.3_f64, cost in 0.0..1.0_f64, ask in 0.0..1.3_f64) {
            let found = Equilibrium::of(Ranges { value: [v_low, v_high], cost: [0.0, 1.0] });
            prop_assume!(found.is_some());
            let equilibrium = found.unwrap();
            let mine = seller_expects(&equilibrium, cost, equilibrium.ask(cost));
            prop_assert!(seller_expects(&equilibrium, cost, ask) <= mine + 1e-3);
        }

        /// Against the other's line no bid does better; up to the grid, whose error is under 1e-3.
        #[test]
        fn no_other_bid_does_better(v_high in 0.6..1.3_f64, value in 0.0..1.0_f64, bid in 0.0..1.3_f64) {
            let equilibrium = unit(v_high);
            let value = value * v_high;
            let mine = buyer_expects(&equilibrium, value, equilibrium.bid(value));
            prop_assert!(buyer_expects(&equilibrium, value, bid) <= mine + 1e-3);
        }

        /// Summed over a grid of 400 by 400, whose error is under a hundredth.
        #[test]
        fn chance_and_gains_are_those_of_the_lines(v_low in -0.3..0.2_f64, v_high in 0.6..1.3_f64) {
            let found = Equilibrium::of(Ranges { value: [v_low, v_high], cost: [0.0, 1.0] });
            prop_assume!(found.is_some());
            let equilibrium = found.unwrap();
            let (mut trades, mut gains, mut possible) = (0.0, 0.0, 0.0);
            for i in 0..400 {
                for j in 0..400 {
                    let value = v_low + (v_high - v_low) * (f64::from(i) + 0.5) / 400.0;
                    let cost = (f64::from(j) + 0.5) / 400.0;
                    possible += (value - cost).max(0.0) / 160_000.0;
                    if equilibrium.bid(value) >= equilibrium.ask(cost) {
                        trades += 1.0 / 160_000.0;
                        gains += (value - cost) / 160_000.0;
                    }
                }
            }
            prop_assert!((trades - equilibrium.trade_chance()).abs() < 0.01);
            prop_assert!((gains - equilibrium.gains()).abs() < 0.01);
            prop_assert!((gains / possible - equilibrium.efficiency()).abs() < 0.02);
        }
    }
}
