//! Bytes as a case file: read or refused, never a panic; what is read gets an answer in finite numbers.

#![no_main]

use engine::Options;
use libfuzzer_sys::fuzz_target;

/// Longer negotiations only take longer.
const ROUNDS: u32 = 40;

fuzz_target!(|bytes: &[u8]| {
    match case_file::read(bytes) {
        Ok(case) => {
            if case.time.rounds_left.is_some_and(|rounds| rounds > ROUNDS) {
                return;
            }
            let options = Options::new(1, 1024);
            if let Ok(answer) = engine::first_answer(&case, &options) {
                for (plan, value, error) in answer.values {
                    assert!(value.is_finite() && error.is_finite(), "{plan}: {value} ± {error}");
                }
            }
        }
        Err(problems) => assert!(!problems.is_empty(), "refused without a reason"),
    }
});
