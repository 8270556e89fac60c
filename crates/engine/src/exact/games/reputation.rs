//! A war of attrition between two who may be stubborn (Abreu and Gul 2000): each demands a share, and concedes at the
//! rate that leaves the other indifferent, until both are known to be stubborn.

/// One of the two.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Player {
    /// The share demanded, from 0 to 1.
    pub demand: f64,
    /// Discount rate, above 0.
    pub rate: f64,
    /// Chance of being stubborn, between 0 and 1.
    pub stubborn: f64,
}

/// How it goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct War {
    /// When it is over at the latest.
    pub end: f64,
    /// Chance that each concedes at once; one of them is 0.
    pub at_once: [f64; 2],
    /// What each expects who is not stubborn.
    pub payoffs: [f64; 2],
}

/// The war between two whose demands are incompatible, that is, sum to more than 1. `None` otherwise, or out of range.
pub fn abreu_gul(players: [Player; 2]) -> Option<War> {
    let [first, second] = players;
    let excess = first.demand + second.demand - 1.0;
    let sound = |player: Player| {
        (0.0..1.0).contains(&player.demand)
            && player.rate > 0.0
            && player.rate.is_finite()
            && player.stubborn > 0.0
            && player.stubborn < 1.0
    };
    if !(sound(first) && sound(second) && excess > 0.0) {
        return None;
    }
    // One concedes at the rate that makes the other's waiting just worth it.
    let rates = [second.rate * (1.0 - first.demand) / excess, first.rate * (1.0 - second.demand) / excess];
    let times: [f64; 2] = std::array::from_fn(|i| -libm::log(players[i].stubborn) / rates[i]);
    let end = times[0].min(times[1]);
    // Who would take longer to be known as stubborn makes up for it by conceding at once.
    let at_once: [f64; 2] =
        std::array::from_fn(
            |i| {
                if times[i] <= end { 0.0 } else { 1.0 - players[i].stubborn * libm::exp(rates[i] * end) }
            },
        );
    let payoffs = std::array::from_fn(|i| {
        let other = 1 - i;
        at_once[other] * players[i].demand + (1.0 - at_once[other]) * (1.0 - players[other].demand)
    });
    Some(War { end, at_once, payoffs })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn player(demand: f64, rate: f64, stubborn: f64) -> Player {
        Player { demand, rate, stubborn }
    }

    #[test]
    fn printed_values_are_met() {
        let war = abreu_gul([player(0.6, 0.05, 0.1), player(0.7, 0.1, 0.1)]).unwrap();
        let found = [war.end, war.at_once[1], war.payoffs[0], war.at_once[0]];
        for (found, want) in found.into_iter().zip([17.269_388_197, 0.762_862_629_4, 0.528_858_788_8, 0.0]) {
            assert!((found - want).abs() < 1e-9, "{found} for {want}");
        }
        assert_eq!(abreu_gul([player(0.4, 0.1, 0.1), player(0.5, 0.1, 0.1)]), None);
        assert_eq!(abreu_gul([player(0.6, 0.1, 0.0), player(0.7, 0.1, 0.1)]), None);
    }

    /// What `mine` expects of conceding at `time`, the other conceding at once with a chance, then at a steady hazard:
    /// Simpson's rule on the discounted wins.
    fn waiting_until(time: f64, mine: Player, other: Player, at_once: f64, hazard: f64) -> f64 {
        let win = |s: f64| mine.demand * (1.0 - at_once) * hazard * libm::exp(-(hazard + mine.rate) * s);
        let steps = 2000;
        let width = time / f64::from(steps);
        let weight = |step: i32| match step {
            _ if step == 0 || step == steps => 1.0,
            _ if step % 2 == 1 => 4.0,
            _ => 2.0,
        };
        let wins = (0..=steps).map(|step| weight(step) * win(f64::from(step) * width)).sum::<f64>() * width / 3.0;
        let concedes = (1.0 - at_once) * libm::exp(-(hazard + mine.rate) * time) * (1.0 - other.demand);
        at_once * mine.demand + wins + concedes
    }

    proptest! {
        /// Both are known to be stubborn at the same moment, and until then waiting a moment is worth just its cost.
        #[test]
        fn reputations_meet_and_waiting_is_worth_its_cost(
            demands in (0.51..0.95_f64, 0.51..0.95_f64),
            rates in (0.01..0.5_f64, 0.01..0.5_f64),
            stubborn in (0.01..0.5_f64, 0.01..0.5_f64),
        ) {
            let players = [player(demands.0, rates.0, stubborn.0), player(demands.1, rates.1, stubborn.1)];
            let war = abreu_gul(players).unwrap();
            for i in 0..2 {
                let j = 1 - i;
                let excess = players[0].demand + players[1].demand - 1.0;
                let hazard = players[j].rate * (1.0 - players[i].demand) / excess;
                // Whenever j plans to concede, j expects the same.
                for part in [0.1, 0.5, 0.9] {
                    let expects = waiting_until(part * war.end, players[j], players[i], war.at_once[i], hazard);
                    prop_assert!((expects - war.payoffs[j]).abs() < 1e-6, "{} for {}", expects, war.payoffs[j]);
                }
                let conceded = 1.0 - (1.0 - war.at_once[i]) * libm::exp(-hazard * war.end);
                prop_assert!((1.0 - conceded - players[i].stubborn).abs() < 1e-9);
            }
            prop_assert!(war.at_once[0] == 0.0 || war.at_once[1] == 0.0);
        }

        #[test]
        fn swapping_the_players_swaps_the_war(
            demands in (0.51..0.95_f64, 0.51..0.95_f64), rates in (0.01..0.5_f64, 0.01..0.5_f64),
        ) {
            let [a, b] = [player(demands.0, rates.0, 0.1), player(demands.1, rates.1, 0.2)];
            let (one, other) = (abreu_gul([a, b]).unwrap(), abreu_gul([b, a]).unwrap());
            prop_assert!((one.end - other.end).abs() < 1e-9);
            prop_assert!((one.payoffs[0] - other.payoffs[1]).abs() < 1e-12);
        }
    }
}
