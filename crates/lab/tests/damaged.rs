//! Readers of files from elsewhere hold out against damage: whatever is cut, doubled or changed, they answer or refuse. A short
//! version of `fuzz/fuzz_targets/domains.rs`.

#![expect(clippy::unwrap_used, reason = "tests")]

use bargain::pareto::points::Convention;
use bargain::sheet::{Values, text};
use bargain::{Domain, Issue, Scoring};
use lab::format::{self, Format, Profile};
use lab::scenario::Scenario;
use proptest::prelude::*;

const SHEET: &str = include_str!("../../../sheets/software-renewal.toml");

/// A file of every format.
fn files() -> Vec<String> {
    let domain =
        Domain::new("house", vec![Issue::named("paint", ["red", "white"]), Issue::named("days", ["1", "2"])]).unwrap();
    let scoring = Scoring::additive(&domain, vec![vec![0.0, 0.5], vec![0.5, 0.1]]).unwrap();
    let profile = Profile { name: "one".to_owned(), scoring };
    let mut files: Vec<String> = Format::ALL.iter().map(|format| format.write(&domain, &profile).unwrap()).collect();
    files.push(SHEET.to_owned());
    files.push(Scenario::write(&domain, &[profile.clone(), profile], 10, "linear").unwrap().to_string());
    files
}

/// Reads as far as it goes.
fn read(bytes: &[u8]) {
    let Ok(told) = format::text(bytes) else { return };
    if let Ok(sheet) = text::read(&told) {
        Values::of(&sheet).expect("what is read is sound");
        assert_eq!(text::read(&text::write(&sheet)).expect("what is written is read"), sheet);
    }
    if let Ok(scenario) = Scenario::read(&told) {
        assert!(scenario.parties.len() >= 2);
    }
    if let Some(format) = format::detect(&told) {
        let _ = format.domain(&told).and_then(|domain| format.profile(&told, &domain, Convention::Genius));
    }
}

#[test]
fn whole_files_are_read() {
    for file in files() {
        read(file.as_bytes());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn damaged_files_are_read_or_refused(
        file in 0..Format::ALL.len() + 2,
        cuts in prop::collection::vec((0.0..1.0_f64, 0.0..1.0_f64, any::<u8>(), 0..4_u8), 1..5),
    ) {
        let mut bytes = files().swap_remove(file).into_bytes();
        for (from, to, byte, how) in cuts {
            if bytes.is_empty() {
                break;
            }
            let at = |share: f64| ((bytes.len() as f64 * share) as usize).min(bytes.len() - 1);
            let (from, to) = (at(from).min(at(to)), at(from).max(at(to)));
            match how {
                0 => drop(bytes.drain(from..(from + 1 + (to - from) % 40).min(bytes.len()))),
                1 => bytes[from] = byte,
                2 => bytes.insert(from, byte),
                _ => {
                    let part = bytes[from..(from + (to - from) % 60)].to_vec();
                    bytes.splice(from..from, part);
                }
            }
        }
        read(&bytes);
    }
}
