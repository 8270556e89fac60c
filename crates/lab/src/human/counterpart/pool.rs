//! Sets beside each other: partial pooling, normal within and between (DerSimonian and Laird 1986).

/// What one set says of a constant, on the scale on which it is fitted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Told {
    /// The likeliest value.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
}

/// What all of them say together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pooled {
    /// The middle of the kinds of negotiation.
    pub middle: f64,
    /// Standard error of that.
    pub error: f64,
    /// Standard deviation from one kind to another.
    pub between: f64,
}

/// Pools them; at least one.
pub fn pool(told: &[Told]) -> Pooled {
    let weighted = |extra: f64| {
        let weight = |one: &Told| 1.0 / (one.error * one.error + extra);
        let sum: f64 = told.iter().map(weight).sum();
        let middle = told.iter().map(|one| weight(one) * one.value).sum::<f64>() / sum;
        let squares = told.iter().map(|one| weight(one) * weight(one)).sum::<f64>();
        (sum, middle, squares)
    };
    let (sum, middle, squares) = weighted(0.0);
    let spread: f64 =
        told.iter().map(|one| (one.value - middle) * (one.value - middle) / (one.error * one.error)).sum();
    let room = sum - squares / sum;
    let between = if told.len() > 1 { ((spread - (told.len() - 1) as f64) / room).max(0.0) } else { 0.0 };
    let (sum, middle, _) = weighted(between);
    Pooled { middle, error: (1.0 / sum).sqrt(), between: between.sqrt() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_that_agree_are_pooled_in_full_and_sets_that_differ_count_alike() {
        let told = |value: f64, error: f64| Told { value, error };
        let alike = pool(&[told(1.0, 0.2), told(1.1, 0.1), told(1.05, 0.2)]);
        assert_eq!(alike.between, 0.0);
        assert!((alike.middle - 1.075).abs() < 1e-12 && (alike.error - (1.0_f64 / 150.0).sqrt()).abs() < 1e-12);
        let apart = pool(&[told(0.0, 0.01), told(1.0, 0.02), told(2.0, 0.01)]);
        assert!((apart.middle - 1.0).abs() < 1e-3 && (apart.between - 1.0).abs() < 0.3, "{apart:?}");
        assert_eq!(pool(&[told(3.0, 0.5)]), Pooled { middle: 3.0, error: 0.5, between: 0.0 });
    }
}
