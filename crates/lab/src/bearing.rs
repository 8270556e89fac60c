//! Whether an answer bears the weight that is put on it: over seeds, and where it says that it would flip.

mod flips;
mod seeds;

pub use flips::{CaseFlips, FlipTrial, Flips, Outcome, try_flips};
pub use seeds::{PlanSpread, SeedTrial, Seeds, try_seeds};

#[cfg(test)]
mod tests {
    use super::*;

    /// A small version of `upstairs lab bearing`: few paths, few cases.
    const PATHS: u32 = 4096;
    const ROOT: u64 = 1;

    #[test]
    fn flips_come_out_when_they_are_asked_again() {
        let cases: Vec<CaseFlips> = (0..5).map(|index| try_flips(ROOT, index, 2, PATHS).unwrap()).collect();
        let told = Flips::of(&cases);
        println!("{told:?}");
        let [flips, held] = told.flips;
        assert!(flips >= 5 && 20 * held >= 19 * flips, "{held} of {flips} flips, root {ROOT}: {cases:?}");
        let [nevers, held] = told.nevers;
        assert!(nevers >= 5 && 50 * held >= 49 * nevers, "{held} of {nevers} ruled out, root {ROOT}: {cases:?}");
    }

    #[test]
    fn stated_errors_cover_what_seeds_change() {
        let trials: Vec<SeedTrial> = (0..4).map(|index| try_seeds(ROOT, index, 8, PATHS).unwrap()).collect();
        let told = Seeds::of(&trials);
        println!("{told:?}");
        assert_eq!(told.of_one_mind, trials.len(), "root {ROOT}: {trials:?}");
        // Of eight seeds the spread itself is uncertain by a quarter.
        assert!(told.pooled < 1.4, "{} times what is stated, root {ROOT}", told.pooled);
    }
}
