//! A case as two people bargaining: its offers, read one by one.

use jiff::civil::Date;
use terms::Side;

use crate::calibration::Calibration;
use crate::case::{Case, Offer};

use super::forecaster::{Forecaster, Outlook, Setting};
use super::manner::Manner;
use super::table::{Event, index};

/// Most spans between two offers from which a case is forecast: of the first two over goods, 99 in 100 were closer.
const WIDEST: f64 = 2.5;
/// The kind of negotiation by which a case is forecast: nobody has fitted one that is nearer.
const LIKE: &str = "goods";

/// The manner by which cases are forecast; `None` in a build without calibration.
pub fn manner_of_cases() -> Option<&'static Manner> {
    Calibration::shipped().manner(LIKE)
}

/// What we know before the first offer: what we aim for, and how far that is from our walk-away; `None` where that is nothing.
pub fn setting(case: &Case) -> Option<Setting> {
    let span = case.value.scale();
    let mut targets = [None, None];
    targets[index(case.role)] = Some(case.value.target.likely());
    (span.is_finite() && span > 0.0).then_some(Setting { span, targets, stakes: 0.0 })
}

/// The offers made until `as_of` as events; all of them without a day.
pub fn events(case: &Case, as_of: Option<Date>) -> impl Iterator<Item = Event> + '_ {
    let made = move |offer: &&Offer| match (as_of, offer.date) {
        (Some(day), Some(date)) => date <= day,
        _ => true,
    };
    case.offers.iter().filter(made).map(|offer| {
        let by = match offer.by {
            Side::Us => case.role,
            Side::Them => case.role.other(),
        };
        Event::Quote { by, price: offer.amount, formal: offer.binding }
    })
}

/// Where two people with these offers would be heading, had neither a boss; `None` before the first offer, and where they were once farther
/// apart than any that it was fitted on.
pub fn outlook(case: &Case, as_of: Option<Date>, manner: &Manner) -> Option<Outlook> {
    let mut forecaster = Forecaster::new(manner, setting(case)?);
    for event in events(case, as_of) {
        forecaster.read(event);
        // Hardly anybody in the data was ever so far apart: what came of it there says nothing here.
        if forecaster.table().gap().is_some_and(|gap| gap.abs() > WIDEST) {
            return None;
        }
    }
    forecaster.table().last?;
    forecaster.outlook()
}
