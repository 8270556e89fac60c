//! What has been measured of bringing the boss in, in the one wording that people read wherever an advice is shown.
//!
//! docs/model.md, "What has been measured", says it at length, with the figures.

/// What was measured near it, and that none of it is causal for one negotiation.
pub const MEASURED: &str = "What was measured lies near bringing the boss in, not on it: asks fell by more after somebody \
    above was invoked (ransom negotiations in writing), small gaps were the ones that went to a panel (salary arbitration), \
    a threat works by how little it demands (laboratory), and salespeople who were given more authority over the price sold \
    more and at a higher profit (two car dealers). None of it says what bringing the boss in causes in one negotiation.";

#[cfg(test)]
mod tests {
    use engine::calibration::Calibration;

    /// The directions that the sentence states are those of the fits.
    #[test]
    fn says_nothing_that_the_fits_dont() {
        let value = |key: &str| Calibration::shipped().fit(&format!("evidence.{key}")).unwrap().value;
        assert!(value("extortion_fall_after_invoking") > value("extortion_fall"));
        assert!(value("arbitration_panel_small_gap") > value("arbitration_panel_large_gap"));
        assert!(value("threat_met_under_0_4") > value("threat_met_over_2"));
    }
}
