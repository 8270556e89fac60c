//! Rows whose default comes out of the calibration file: value, range, grade and source follow from the fit, and so change
//! when it is made anew.

use std::sync::LazyLock;

use terms::Quantity;

use super::{Default, Grade, Name, Spec, defaults};
use crate::calibration::{Calibration, Context, Fit, Set};

/// From a 10th to a 90th percentile, in standard deviations.
const FROM_P10_TO_P90: f64 = 2.563_103_131_1;

static TABLE: LazyLock<Vec<Spec>> =
    LazyLock::new(|| defaults::TABLE.iter().map(|spec| resolved(spec, Calibration::shipped())).collect());

impl Name {
    /// The row of this assumption.
    pub fn spec(self) -> &'static Spec {
        &TABLE[self as usize]
    }
}

/// The kinds of negotiation that defaults were fitted on: each may stand alone for one that is like it ([`as_in`]).
pub fn kinds() -> impl Iterator<Item = &'static Set> {
    let calibration = Calibration::shipped();
    calibration.sets.iter().filter(|set| fitted_rows().any(|(_, fit)| context(fit, &set.key).is_some()))
}

/// What one kind of negotiation, by the key of its set, says by itself of the defaults that were fitted on several; nothing where
/// there is no such kind. Of one value as it is, of a range 10th to 90th percentile.
pub fn as_in(kind: &str) -> Vec<(Name, Quantity<f64>)> {
    let of = |(spec, fit): (&'static Spec, &'static Fit)| Some((spec.name, quantity(spec, context(fit, kind)?)));
    fitted_rows().filter_map(of).collect()
}

fn fitted_rows() -> impl Iterator<Item = (&'static Spec, &'static Fit)> {
    let fitted = defaults::TABLE.iter().filter(|spec| matches!(spec.default, Default::Fitted(_)));
    fitted.filter_map(|spec| Some((spec.name.spec(), Calibration::shipped().fit(spec.key)?)))
}

fn context<'a>(fit: &'a Fit, kind: &str) -> Option<&'a Context> {
    fit.contexts.iter().find(|context| context.set == kind)
}

/// A kind's own value in the shape of the row: how far counterparts lie apart stays the row's, how sure the value is comes from
/// its standard error.
fn quantity(spec: &Spec, context: &Context) -> Quantity<f64> {
    let around = |low: f64, high: f64| {
        let within = |value: f64| value.clamp(spec.bounds.0, spec.bounds.1);
        Quantity::Range { low: within(low), likely: within(context.value), high: within(high) }
    };
    let away = 0.5 * FROM_P10_TO_P90;
    match spec.default {
        Default::LogNormal(_, spread) => {
            around(context.value * libm::exp(-away * spread), context.value * libm::exp(away * spread))
        }
        Default::Normal(_, spread) => around(context.value - away * spread, context.value + away * spread),
        Default::Range(..) => around(context.value - away * context.error, context.value + away * context.error),
        _ => Quantity::Known(context.value),
    }
}

/// A row as it stands under a calibration: measured where it waits for a fit and there is one; as written where there is none.
fn resolved(spec: &Spec, calibration: &Calibration) -> Spec {
    let Default::Fitted(written) = spec.default else { return *spec };
    match calibration.fit(spec.key) {
        Some(fit) => Spec {
            default: as_fitted(*written, fit),
            grade: Grade::Measured,
            // Once for the whole run of the program.
            source: Box::leak(source(fit, calibration).into_boxed_str()),
            ..*spec
        },
        None => Spec { default: *written, ..*spec },
    }
}

/// The fit in the shape that the row is written in: one that is written as one value stays so, whatever the range.
fn as_fitted(written: Default, fit: &Fit) -> Default {
    let Some([low, high]) = fit.range else { return Default::Fixed(fit.value) };
    match written {
        Default::Normal(..) => Default::Normal(fit.value, (high - low) / FROM_P10_TO_P90),
        Default::LogNormal(..) => Default::LogNormal(fit.value, (libm::log(high) - libm::log(low)) / FROM_P10_TO_P90),
        Default::Range(..) => Default::Range(low, fit.value, high),
        _ => Default::Fixed(fit.value),
    }
}

/// Where a fit comes from, with what each set says by itself.
fn source(fit: &Fit, calibration: &Calibration) -> String {
    let said = fit.contexts.iter().map(|context| {
        let set = calibration.sets.iter().find(|set| set.key == context.set);
        let what = set.map_or(context.set.as_str(), |set| set.what.as_str());
        format!("{what} {:.2} (± {:.2}, n {})", context.value, context.error, context.n)
    });
    format!("our fit, the middle of: {}", said.collect::<Vec<_>>().join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calibration::Context;

    fn fit() -> Fit {
        Fit {
            key: Name::StallStart.key().to_owned(),
            what: String::new(),
            value: 0.3,
            interval: [0.2, 0.4],
            range: Some([0.1, 0.6]),
            n: 7,
            contexts: vec![Context { set: "one".to_owned(), value: 0.3, error: 0.05, n: 7 }],
        }
    }

    #[test]
    fn a_row_that_waits_for_a_fit_is_measured_exactly_where_there_is_one() {
        let fitted = Calibration { fits: vec![fit()], ..Calibration::default() };
        for spec in defaults::TABLE {
            let (with, without) = (resolved(spec, &fitted), resolved(spec, &Calibration::default()));
            if let Default::Fitted(written) = spec.default {
                assert_eq!((without.default, without.grade), (*written, spec.grade));
                assert_eq!(with.grade == Grade::Measured, spec.name == Name::StallStart, "{}", spec.key);
                assert_ne!(spec.grade, Grade::Measured, "{}: as written nothing stands behind it", spec.key);
            } else {
                assert_eq!(with.default, spec.default);
            }
        }
        let row = resolved(&defaults::TABLE[Name::StallStart as usize], &fitted);
        assert_eq!(row.default, Default::Range(0.1, 0.3, 0.6));
        assert!(row.source.contains("0.30 (± 0.05, n 7)"), "{}", row.source);
    }

    #[test]
    fn a_kind_says_of_every_fitted_row_what_it_says_by_itself() {
        let all: Vec<&str> = kinds().map(|set| set.key.as_str()).collect();
        assert!(all.len() > 1, "{all:?}");
        assert!(as_in("no such kind").is_empty());
        for kind in all {
            for (name, quantity) in as_in(kind) {
                let fit = Calibration::shipped().fit(name.key()).unwrap();
                let own = context(fit, kind).unwrap().value;
                let (least, most) = name.spec().bounds;
                assert_eq!(quantity.likely(), own.clamp(least, most), "{kind}: {}", name.key());
                assert!(least <= quantity.low() && quantity.low() <= quantity.high() && quantity.high() <= most);
            }
        }
    }

    #[test]
    fn a_fit_takes_the_shape_that_the_row_is_written_in() {
        let fit = fit();
        assert_eq!(as_fitted(Default::Fixed(1.0), &fit), Default::Fixed(0.3));
        let Default::LogNormal(median, sd) = as_fitted(Default::LogNormal(1.0, 0.5), &fit) else { panic!() };
        assert!(median == 0.3 && (sd - libm::log(6.0) / FROM_P10_TO_P90).abs() < 1e-12);
        let Default::Normal(mean, sd) = as_fitted(Default::Normal(0.0, 1.0), &fit) else { panic!() };
        assert!(mean == 0.3 && (sd - 0.5 / FROM_P10_TO_P90).abs() < 1e-12);
    }
}
