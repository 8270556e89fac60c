//! What documents and sources say of fits, held against the calibration file that is shipped. `UPSTAIRS_BLESS=1` writes the
//! table of docs/calibration.md anew; what is said in prose is for people to mend.

#![expect(clippy::unwrap_used, reason = "a test may stop at what should not happen")]

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use engine::assumption::Name;
use engine::calibration::{Calibration, Fit};

const OPEN: &str = "<!-- fits: written by `UPSTAIRS_BLESS=1 cargo test -p lab --test calibration_document` -->\n";
const CLOSE: &str = "<!-- end of fits -->";

fn document(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(name)
}

fn text(name: &str) -> String {
    fs::read_to_string(document(name)).unwrap().replace("\r\n", "\n")
}

/// A figure as documents write it: no nought before the point.
fn figure(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}").replace('-', "−");
    text.strip_prefix("0.").map_or_else(|| text.replacen("−0.", "−.", 1), |rest| format!(".{rest}"))
}

fn decimals(value: f64) -> usize {
    if value.abs() < 10.0 { 3 } else { 0 }
}

fn row(fit: &Fit) -> String {
    let Fit { key, what, value, interval: [low, high], n, contexts, .. } = fit;
    let show = |x: f64| figure(x, decimals(*value));
    let sets: Vec<&str> = contexts.iter().map(|context| context.set.as_str()).collect();
    format!("| `{key}` | {what} | {} | {} to {} | {n} | {} |\n", show(*value), show(*low), show(*high), sets.join(", "))
}

fn tables(calibration: &Calibration) -> String {
    let mut text = String::from("\n| set | what | source | n |\n|---|---|---|---|\n");
    for set in &calibration.sets {
        writeln!(text, "| `{}` | {} | {} | {} |", set.key, set.what, set.source, set.n).unwrap();
    }
    text += "\n| fit | what it says | value | 95 % | n | of |\n|---|---|---|---|---|---|\n";
    text.extend(calibration.fits.iter().map(row));
    text + "\n"
}

#[test]
fn the_table_of_fits_is_the_shipped_file() {
    let before = text("calibration.md");
    let (head, rest) = before.split_once(OPEN).unwrap();
    let (_, tail) = rest.split_once(CLOSE).unwrap();
    let now = format!("{head}{OPEN}{}{CLOSE}{tail}", tables(Calibration::shipped()));
    if std::env::var_os("UPSTAIRS_BLESS").is_some() {
        fs::write(document("calibration.md"), now).unwrap();
        return;
    }
    assert!(before == now, "`UPSTAIRS_BLESS=1 cargo test -p lab --test calibration_document` writes it");
}

/// A phrase with `{key}`, `{key:1}` (that many decimals, else two) or `{key:i}` (the interval) for fits called `evidence.key`, or
/// `{n:set}` for the size of a set; signs are left to the prose.
fn filled(phrase: &str) -> String {
    let mut text = String::new();
    let mut rest = phrase;
    while let Some((before, after)) = rest.split_once('{') {
        let (slot, after) = after.split_once('}').unwrap();
        text += before;
        text += &slot_filled(slot);
        rest = after;
    }
    text + rest
}

fn slot_filled(slot: &str) -> String {
    let shipped = Calibration::shipped();
    let (key, how) = slot.split_once(':').unwrap_or((slot, "2"));
    if key == "n" {
        let set = shipped.sets.iter().find(|set| set.key == how).unwrap();
        let n = set.n.to_string();
        return if n.len() > 3 { format!("{},{}", &n[..n.len() - 3], &n[n.len() - 3..]) } else { n };
    }
    let fit = shipped.fit(&format!("evidence.{key}")).unwrap_or_else(|| panic!("no fit is called evidence.{key}"));
    match how {
        "i" => format!("{} to {}", figure(fit.interval[0], 2), figure(fit.interval[1], 2)),
        decimals => figure(fit.value.abs(), decimals.parse().unwrap()),
    }
}

/// Every phrase of the model's document that gives a figure of ours.
const SAID: [&str; 17] = [
    "| {threat_met_under_0_4} met | {threat_met_0_6_to_0_8} | {threat_met_0_9_to_1} | {threat_met_1_to_1_1} | {threat_met_1_25_to_1_5} | {threat_met_over_2} |",
    "are {threat_log_odds_intercept:1}, less {threat_log_odds_demand:1} times the demand,\nand {threat_log_odds_threat:1} times the threat",
    "a Brier score of {threat_brier:3}",
    "fell by {extortion_fall_after_invoking} ({extortion_fall_after_invoking:i}), else by {extortion_fall} ({extortion_fall:i})",
    "the difference is {extortion_fall_difference} ({extortion_fall_difference:i})",
    "{extortion_still_after_invoking} did not fall against {extortion_still}",
    "settled at {arbitration_settled_at} of the gap, {arbitration_exact_midpoint} at its exact midpoint",
    "decided {arbitration_panel_small_gap} of gaps under 15 % of the midpoint, {arbitration_panel_large_gap} of those",
    "{sanction_settled_on_threat} settle on the threat, {sanction_faded} come to nothing, {sanction_imposed} are imposed",
    "{infringement_ended_at_letter} end at the letter, {infringement_ended_at_opinion} of the rest at the opinion, {infringement_ended_at_court} of the rest",
    "after {infringement_days_at_letter:0}, {infringement_days_at_opinion:0} and {infringement_days_at_court:0} days",
    "{stoppage_hazard_first_week} of stoppages end in their first week, {stoppage_hazard_after_24_weeks} a week after 24",
    "strikes {strike_hazard_first_four_weeks} a week in the first four, {strike_hazard_after_8_weeks} after eight",
    "{deadline_last_sixth} of last acceptances fall in the last sixth, {deadline_sixth_before} in the one before",
    "by −{taking_by_gap} ({taking_by_gap:i}) for each scale of gap, by −{taking_by_own_aim} ({taking_by_own_aim:i}) for each scale by\nwhich the ask lies beyond what they want, and by +{taking_first_time} ({taking_first_time:i}) the first time that they can take",
    "{n:extortion} chats",
    "{n:arbitration} cases with figures",
];

#[test]
fn the_model_says_what_was_found() {
    let model = text("model.md");
    for phrase in SAID {
        let phrase = filled(phrase);
        assert!(model.contains(&phrase), "docs/model.md doesn't say: {phrase}");
    }
}

/// What sources of assumptions say of fits.
const SOURCES: [(Name, &str); 8] = [
    (Name::UnlockBase, "is {threat_log_odds_intercept:1} "),
    (Name::UnlockBase, "{threat_met_under_0_4} of demands were met"),
    (Name::UnlockBase, "{sanction_settled_on_threat} of threatened sanctions settle on the threat alone"),
    (Name::UnlockBase, "{infringement_ended_at_letter} of cases"),
    (Name::UnlockGap, "fall by {threat_log_odds_demand:1}"),
    (Name::UnlockCost, "rise by {threat_log_odds_threat:1}"),
    (
        Name::BacklashLate,
        "{extortion_still_after_invoking} of the asks did not fall after the payer invoked somebody above, {extortion_still} of",
    ),
    (
        Name::UnlockedKeptFactor,
        "fell by {extortion_fall_after_invoking} after the payer invoked somebody above, by {extortion_fall} otherwise",
    ),
];

#[test]
fn assumptions_say_what_was_found() {
    for (name, phrase) in SOURCES {
        let phrase = filled(phrase);
        assert!(name.spec().source.contains(&phrase), "{name} doesn't say: {phrase}");
    }
    let panel = filled(
        "decided {arbitration_panel_small_gap} of the cases with a gap under 15 % of the midpoint and {arbitration_panel_large_gap} of",
    );
    assert!(Name::ProposalAccepted.spec().source.contains(&panel), "{panel}");
}
