//! A case as two people bargaining: its offers, read one by one.

use jiff::civil::Date;
use terms::Side;

use crate::calibration::Calibration;
use crate::case::{Case, Offer};

use super::forecaster::{Forecaster, Outlook, Setting};
use super::manner::Manner;
use super::table::{Event, other};

/// The kind of negotiation by which a case is forecast: nobody has fitted one that is nearer.
const LIKE: &str = "goods";

/// The manner by which cases are forecast; `None` in a build without calibration.
pub fn manner_of_cases() -> Option<&'static Manner> {
    Calibration::shipped().manner(LIKE)
}

/// What we know before the first offer: what we aim for, and how far that is from our walk-away.
pub fn setting(case: &Case) -> Setting {
    let mut targets = [None, None];
    targets[super::table::index(case.role)] = Some(case.value.target.likely());
    Setting { span: case.value.scale(), targets, stakes: 0.0 }
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
            Side::Them => other(case.role),
        };
        Event::Quote { by, price: offer.amount, formal: offer.binding }
    })
}

/// Where two people with these offers would be heading, had neither a boss; `None` before the first offer.
pub fn outlook(case: &Case, as_of: Option<Date>, manner: &Manner) -> Option<Outlook> {
    let setting = setting(case);
    if !(setting.span.is_finite() && setting.span > 0.0) {
        return None;
    }
    let mut forecaster = Forecaster::new(manner, setting);
    events(case, as_of).for_each(|event| forecaster.read(event));
    forecaster.table().last?;
    forecaster.outlook()
}
