//! Domains, profiles, scenarios and issue sheets from damaged bytes: answered or refused, never a panic.

#![no_main]

use lab::format;
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
    if let Some(format) = format::detect(&told) {
        let _ = format.domain(&told).and_then(|domain| format.profile(&told, &domain, Convention::Genius));
    }
});
