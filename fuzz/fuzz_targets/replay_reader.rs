//! Bytes as a saved advice: what `upstairs replay` does with them, up to the engine's first answer.

#![no_main]

use engine::Options;
use engine::advice::{Advice, Fingerprints};
use libfuzzer_sys::fuzz_target;

/// Longer negotiations only take longer.
const ROUNDS: u32 = 40;

fuzz_target!(|bytes: &[u8]| {
    let Ok(saved) = serde_json::from_slice::<Advice>(bytes) else { return };
    let inputs = &saved.inputs;
    let prints = Fingerprints::of(&inputs.case, inputs.as_of, inputs.ledger, saved.seed, saved.samples);
    assert_eq!(prints.case.len(), 64);
    if inputs.case.time.rounds_left.is_some_and(|rounds| rounds > ROUNDS) {
        return;
    }
    let options = Options { as_of: inputs.as_of, ..Options::new(saved.seed, 1024) };
    if let Ok(answer) = engine::first_answer(&inputs.case, &options) {
        for (plan, value, error) in answer.values {
            assert!(value.is_finite() && error.is_finite(), "{plan}: {value} ± {error}");
        }
    }
});
