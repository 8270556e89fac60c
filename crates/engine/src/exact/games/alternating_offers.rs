//! Offers in turn over a pie of 1: without end (Rubinstein 1982), with a last offer (Stahl 1972), and where the
//! responder may leave for something better (Binmore, Shaked and Sutton 1989).

/// Share of the player who offers first, without end; discount factors from 0 to below 1. `None` out of range.
pub fn rubinstein(first: f64, second: f64) -> Option<f64> {
    let sound = |factor: f64| (0.0..1.0).contains(&factor);
    (sound(first) && sound(second)).then(|| (1.0 - second) / (1.0 - first * second))
}

/// Share of the player who offers first where there are `periods` offers and the last one takes all: backwards from
/// the end, whoever offers leaves the other what waiting is worth. Factors from 0 to 1; `None` out of range.
pub fn stahl(first: f64, second: f64, periods: u32) -> Option<f64> {
    let sound = |factor: f64| (0.0..=1.0).contains(&factor);
    if !sound(first) || !sound(second) || periods == 0 {
        return None;
    }
    let responder = |period: u32| if period.is_multiple_of(2) { first } else { second };
    Some((1..periods).rev().fold(1.0, |share, period| 1.0 - responder(period) * share))
}

/// Share of the responder, who may leave for `outside` whenever answering, undiscounted; one factor for both, from 0 to
/// below 1, and `outside` from 0 to 1. What lies below the share without it changes nothing. `None` out of range.
pub fn with_outside_option(factor: f64, outside: f64) -> Option<f64> {
    let sound = (0.0..1.0).contains(&factor) && (0.0..=1.0).contains(&outside);
    sound.then(|| (factor / (1.0 + factor)).max(outside))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn is(found: Option<f64>, want: f64) {
        let found = found.unwrap();
        assert!((found - want).abs() < 1e-9, "{found} for {want}");
    }

    #[test]
    fn printed_values_are_met() {
        is(rubinstein(0.9, 0.8), 0.714_285_714_3);
        is(rubinstein(0.9, 0.9), 0.526_315_789_5);
        for (periods, want) in (1..).zip([1.0, 0.1, 0.91, 0.181, 0.8371, 0.24661]) {
            is(stahl(0.9, 0.9, periods), want);
        }
        is(stahl(0.9, 0.8, 4), 0.344);
        is(stahl(0.9, 0.8, 5), 0.8624);
        is(with_outside_option(0.9, 0.4), 0.473_684_210_5);
        is(with_outside_option(0.9, 0.6), 0.6);
    }

    #[test]
    fn what_is_out_of_range_has_no_solution() {
        assert_eq!([rubinstein(1.0, 0.5), rubinstein(f64::NAN, 0.5), stahl(0.5, 0.5, 0)], [None; 3]);
        assert_eq!([stahl(1.5, 0.5, 3), with_outside_option(0.5, 2.0)], [None; 2]);
    }

    proptest! {
        #[test]
        fn a_long_game_with_an_end_is_one_without(first in 0.0..0.97_f64, second in 0.0..0.97_f64) {
            let long = stahl(first, second, 2001).unwrap();
            prop_assert!((long - rubinstein(first, second).unwrap()).abs() < 1e-9);
        }

        #[test]
        fn the_closed_form_is_the_recursion(factor in 0.0..1.0_f64, periods in 1..40_u32) {
            let closed = (1.0 - (-factor).powi(periods as i32)) / (1.0 + factor);
            prop_assert!((closed - stahl(factor, factor, periods).unwrap()).abs() < 1e-12);
        }

        #[test]
        fn an_outside_option_is_what_backward_induction_makes_of_it(factor in 0.0..0.97_f64, outside in 0.0..1.0_f64) {
            // What the one who may leave gets when answering; when offering, the other is left what waiting is worth.
            let mut answering = outside;
            for _ in 0..2000 {
                let offering = 1.0 - factor * (1.0 - answering);
                answering = outside.max(factor * offering);
            }
            prop_assert!((answering - with_outside_option(factor, outside).unwrap()).abs() < 1e-9);
        }
    }
}
