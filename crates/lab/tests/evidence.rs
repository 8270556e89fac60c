//! Real negotiations, counted. They lie beside the project and are no part of it: where they are missing these tests say so
//! and skip.

#![expect(clippy::unwrap_used, reason = "a test may stop at what should not happen")]

use std::fs;
use std::io::Read;
use std::path::PathBuf;

use engine::calibration::{Calibration, Fit};
use lab::human::evidence::{self, threats};
use lab::human::{Folder, calibrate};

/// The folder with the data; `None`, said aloud, where it is missing.
fn data() -> Option<Folder> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    if !folder.is_dir() {
        eprintln!("SKIPPED: the data aren't beside this checkout");
        return None;
    }
    let mut files = Folder::default();
    for name in [
        evidence::extortion::FILE,
        evidence::arbitration::FILE,
        evidence::stoppages::FILE,
        evidence::strikes::FILE,
        evidence::sanctions::FILE,
        evidence::infringements::FILE,
        evidence::deadlines::FILE,
        threats::FILE,
    ] {
        let (plain, packed) = (folder.join(name), folder.join(format!("{name}.gz")));
        let mut text = String::new();
        if plain.is_file() {
            text = fs::read_to_string(plain).unwrap();
        } else if packed.is_file() {
            flate2::read::MultiGzDecoder::new(fs::File::open(packed).unwrap()).read_to_string(&mut text).unwrap();
        } else {
            eprintln!("SKIPPED: {name} isn't beside this checkout");
            return None;
        }
        files.0.insert(name.to_owned(), text);
    }
    Some(files)
}

/// What counting again comes to; a part of some sets is held out here, so published figures are met within what that may do.
#[test]
fn counts_what_was_counted_before() {
    let Some(folder) = data() else { return };
    let calibration = calibrate(&folder, 1, &mut |_| {}).unwrap();
    for (key, published, within) in [
        ("evidence.extortion_fall", 0.28, 0.02),
        ("evidence.extortion_fall_after_invoking", 0.43, 0.03),
        ("evidence.extortion_fall_difference", 0.12, 0.05),
        ("evidence.extortion_still", 0.33, 0.01),
        ("evidence.extortion_still_after_invoking", 0.17, 0.02),
        ("evidence.arbitration_settled_at", 0.496, 0.015),
        ("evidence.arbitration_exact_midpoint", 0.23, 0.03),
        ("evidence.arbitration_panel_small_gap", 0.75, 0.05),
        ("evidence.arbitration_panel_large_gap", 0.09, 0.02),
        ("evidence.stoppage_hazard_first_week", 0.23, 0.01),
        ("evidence.stoppage_hazard_after_24_weeks", 0.05, 0.005),
        ("evidence.sanction_settled_on_threat", 0.325, 0.0005),
        ("evidence.sanction_faded", 0.258, 0.0005),
        ("evidence.sanction_imposed", 0.418, 0.0005),
        ("evidence.infringement_ended_at_letter", 0.680, 0.0005),
        ("evidence.infringement_ended_at_opinion", 0.707, 0.0005),
        ("evidence.infringement_ended_at_court", 0.855, 0.0005),
        ("evidence.infringement_days_at_letter", 202.0, 0.5),
        ("evidence.infringement_days_at_opinion", 266.0, 0.5),
        ("evidence.infringement_days_at_court", 561.0, 0.5),
        ("evidence.deadline_rise", 2.0, 0.1),
    ] {
        let found = calibration.fit(key).unwrap().value;
        assert!((found - published).abs() <= within, "{key}: {found}, not {published}");
    }
}

#[test]
fn the_threat_model_tells_who_gives_in_in_a_session_that_it_has_not_seen() {
    let Some(folder) = data() else { return };
    let text = folder.text(threats::FILE).unwrap();
    let score = threats::score(text).unwrap().unwrap();
    eprintln!("threats, a session left out at a time: {score:?}");
    assert!(score.brier <= 0.171, "{score:?}");
    assert!((0.8..1.25).contains(&score.slope), "{score:?}");
    let shipped = threats::score_with(text, &threats::model(Calibration::shipped()).unwrap()).unwrap().unwrap();
    assert!(shipped.brier <= score.brier, "{shipped:?}");
}

/// The shipped file is what this program finds on these files.
#[test]
fn what_is_shipped_is_what_is_found() {
    let Some(folder) = data() else { return };
    let found = calibrate(&folder, Calibration::shipped().seed, &mut |_| {}).unwrap();
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * (1.0 + a.abs());
    for Fit { key, value, interval, n, .. } in &found.fits {
        let shipped = Calibration::shipped().fit(key).unwrap_or_else(|| panic!("{key} isn't shipped"));
        assert!(near(*value, shipped.value) && near(interval[0], shipped.interval[0]), "{key}: {value}");
        assert!(near(interval[1], shipped.interval[1]) && *n == shipped.n, "{key}");
    }
}
