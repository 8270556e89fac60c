//! Later deals count by what they are worth.

use proptest::prelude::*;
use terms::Quantity;

use crate::assumption::Name;

use super::{any_case, assume, boss_late, boss_now, results, settings};

proptest! {
    #![proptest_config(settings())]

    #[test]
    fn a_later_deal_worth_next_to_nothing_moves_next_to_nothing(case in any_case(), deals in 1..12_u32) {
        let deals = f64::from(deals);
        let worth = |money: f64, deals: f64| {
            let mut case = assume(&case, &[(Name::LaterDeals, deals), (Name::CrossDealGain, 0.1)]);
            case.future.value_per_deal = Some(Quantity::Known(money));
            [boss_now(), boss_late()].map(|policy| results(&case, policy).mean())
        };
        let (none, little) = (worth(0.0, deals), worth(0.001, deals));
        // Of all that the later deals are worth, no plan can win or lose more than the whole.
        let whole = 0.001 / 100.0 * deals;
        for (none, little) in none.iter().zip(little) {
            prop_assert!((none - little).abs() <= whole, "{none} became {little}");
        }
        prop_assert_eq!(none, worth(50.0, 0.0));
    }
}
