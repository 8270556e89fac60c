//! What is fitted on dialogues that the engine's own counterparts were played in is what they were played with: pace, stalls and
//! splits. How readily an ask is taken is not, and is only shown: its fall with the gap comes from a regression, in which an ask that
//! they may not take counts as one that they would not.

use engine::assumption::Name;
use engine::experiment::played;
use lab::human::counterpart::read::{People, case};
use lab::human::counterpart::{Constant, likeliest};
use terms::Quantity;

const SEED: u64 = 5;
/// Dialogues, about as many as the smallest set has.
const DIALOGUES: usize = 500;
/// With fewer the spread of the pace comes out too wide.
const PARTICLES: usize = 512;
/// Standard errors within which each has to lie: of five, chance alone fails one in some four hundred runs.
const WITHIN: f64 = 3.5;

/// With what they are played: constants as they are shown.
const TRUE: [(Constant, f64); 5] = [
    (Constant::Exponent, 2.0),
    (Constant::ExponentSpread, 0.4),
    (Constant::StallStart, 0.25),
    (Constant::StallStay, 0.6),
    (Constant::Split, 0.15),
];

#[test]
fn what_they_were_played_with_is_found_again() {
    let mut people = People {
        key: "played",
        what: "counterparts of the engine's own",
        source: "played",
        rounds: 6,
        dialogues: Vec::new(),
        groups: Vec::new(),
        wanted: Vec::new(),
    };
    let mut case = case(&people);
    let spread = 1.281_551_565_5 * 0.4;
    case.assumptions.extend([
        (Name::NearAskTaken, Quantity::Known(0.6)),
        (Name::AcceptanceNoise, Quantity::Known(0.45)),
        (
            Name::ConcessionExponent,
            Quantity::Range { low: 2.0 * libm::exp(-spread), likely: 2.0, high: 2.0 * libm::exp(spread) },
        ),
        (Name::StallStart, Quantity::Known(0.25)),
        (Name::StallStay, Quantity::Known(0.6)),
        (Name::SplitChance, Quantity::Known(0.15)),
        (Name::OpeningMean, Quantity::Known(-0.2)),
        (Name::OpeningSpread, Quantity::Known(0.2)),
        (Name::RetractionChance, Quantity::Known(0.03)),
    ]);
    people.dialogues = played(&case, DIALOGUES, SEED).unwrap();
    people.groups = (0..DIALOGUES as u64).collect();
    people.wanted = vec![None; DIALOGUES];
    let found = likeliest(&people, PARTICLES, SEED, &mut |_| {});
    for (constant, truth) in TRUE {
        let told = found.told(constant);
        let away = (told.value - constant.on_scale(truth)) / told.error;
        println!("{constant:?}: {:.3}, played with {truth}; {away:.1} standard errors", constant.shown(told.value));
    }
    for (constant, truth) in [(Constant::Near, 0.6), (Constant::Noise, 0.45)] {
        println!("{constant:?}: {:.3}, played with {truth}", constant.shown(found.told(constant).value));
    }
    for (constant, truth) in TRUE {
        let told = found.told(constant);
        let away = (told.value - constant.on_scale(truth)) / told.error;
        assert!(away.abs() < WITHIN, "{constant:?} is {away} standard errors off, seed {SEED}");
    }
}
