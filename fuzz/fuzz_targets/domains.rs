//! Domains, profiles, scenarios and issue sheets from damaged bytes: answered or refused, never a panic.

#![no_main]

use lab::format::{self, Format, genius, geniusweb, negolog};
use bargain::pareto::points::Convention;
use lab::scenario::Scenario;
use bargain::sheet::{Values, text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(told) = format::text(bytes) else { return };
    if let Ok(sheet) = text::read(&told) {
        Values::of(&sheet).expect("what is read is sound");
    }
    let _ = Scenario::read(&told);
    let _ = match format::detect(&told) {
        Some(Format::Genius) => genius::domain(&told)
            .and_then(|domain| genius::profile(&told, &domain, Convention::Genius))
            .map(drop),
        Some(Format::Geniusweb) => geniusweb::domain(&told).and_then(|d| geniusweb::profile(&told, &d)).map(drop),
        Some(Format::Negolog) => negolog::domain(&told).and_then(|d| negolog::profile(&told, &d)).map(drop),
        None => Ok(()),
    };
});
