//! Simulation-based calibration (Talts et al. 2018): counterparts drawn from the prior bargain in the simulator, the
//! filter reads the offers that they made, and the truth must rank among its particles like one of them.
//!
//! Held to a chi-square test of uniform ranks for every hidden coordinate that the offers tell of.

use special::Gamma;
use terms::Side;

use crate::Options;
use crate::case::Case;
use crate::compare::Prepared;
use crate::counterpart::{Counterpart, OPENS_BELOW};
use crate::plan::Policy;
use crate::random::{Purpose, Stream};
use crate::record::Record;
use crate::scale::Scale;
use crate::simulate::{Luck, Rules, run};
use crate::test_cases::{offer, reference};

use super::{Belief, Particle};

const REPLICATES: usize = 2000;
/// Rounds of offers put on record, of those that there are.
const ROUNDS: usize = 5;
const PARTICLES: usize = 2048;
/// Particles that the truth is ranked among, so that ranks run from 0 to this.
const DRAWS: usize = 15;
const SEED: u64 = 11;
/// Level of the test on each of the coordinates.
const LEVEL: f64 = 0.001;

type Coordinate = (&'static str, fn(&Counterpart) -> f64);

const COORDINATES: [Coordinate; 10] = [
    ("limit", |c| c.limit),
    ("authority", |c| c.authority),
    ("pace", |c| c.inverse_exponent),
    ("kept share", |c| c.kept),
    ("perceived walk-away", |c| c.perceived_walk_away),
    ("credence", |c| c.credence_weight),
    ("split chance", |c| c.split_chance),
    ("stops moving", |c| c.stall_start),
    ("stays where they are", |c| c.stall_stay),
    ("aim", |c| c.authority - c.kept * (c.authority - c.perceived_walk_away)),
];

/// Their and our offers on one simulated path at our own level, while it lasts.
fn played(prepared: &Prepared, index: usize) -> (Counterpart, Vec<(Side, f64)>) {
    let mut luck = Luck::new();
    let world = prepared.problem().set_up(Purpose::Report, index, &mut luck);
    let mut sights = Vec::new();
    run(&prepared.stage, &world, &mut luck, &Policy::default(), Rules::ALL, |state, _| {
        sights.push((state.ours, state.theirs));
    });
    let mut offers = Vec::new();
    for (round, &(ours, theirs)) in sights.iter().enumerate() {
        if round > 0 {
            offers.push((Side::Us, ours));
        }
        offers.push((Side::Them, theirs));
    }
    (world.counterpart, offers)
}

fn on_record(case: &Case, scale: &Scale, offers: &[(Side, f64)]) -> Case {
    let rounds = offers.len() / 2;
    let mut case = case.clone();
    case.time.rounds_left = case.time.rounds_left.map(|left| left - rounds as u32);
    case.offers = offers.iter().map(|&(by, share)| offer(by, scale.price(share))).collect();
    case
}

fn rank(particles: &[Particle], truth: f64, of: fn(&Counterpart) -> f64, stream: &mut Stream) -> usize {
    let mut rank = 0;
    // Priors that are cut off at a bound have ties there, and what is so or not has little else: all of equal value stand in an
    // order of their own, the truth among them.
    let place = stream.uniform();
    for _ in 0..DRAWS {
        let drawn = of(&particles[(stream.bits() % particles.len() as u64) as usize].counterpart);
        rank += usize::from(drawn < truth || (drawn == truth && stream.uniform() < place));
    }
    rank
}

/// Chance of a chi-square as large, with one degree of freedom fewer than there are ranks.
fn p_value(counts: &[u32]) -> f64 {
    let total: u32 = counts.iter().sum();
    let expected = f64::from(total) / counts.len() as f64;
    let chi_square: f64 = counts.iter().map(|&count| (f64::from(count) - expected).powi(2) / expected).sum();
    1.0 - (0.5 * chi_square).inc_gamma(0.5 * (counts.len() - 1) as f64)
}

#[test]
fn the_truth_ranks_among_the_particles_like_one_of_them() {
    let case = reference();
    let options = Options::new(SEED, 65_536);
    let prepared = Prepared::new(&case, &options).unwrap();
    let scale = Scale::of(&case);
    let mut counts = [[0_u32; DRAWS + 1]; COORDINATES.len()];
    let mut replicates = 0;
    for index in 0.. {
        if replicates == REPLICATES {
            break;
        }
        let (truth, offers) = played(&prepared, index);
        // An opening cut off at their limit would give the limit away, if only anybody were known to open there: on record that
        // is not read out of one, and rightly so for all that are not cut off.
        let cut_off = truth.limit - truth.opening < OPENS_BELOW + 1e-9;
        if cut_off || offers.len() < 2 * ROUNDS + 1 {
            continue;
        }
        replicates += 1;
        let told = on_record(&case, &scale, &offers[..2 * ROUNDS + 1]);
        let record = Record::of(&told, &scale, None).unwrap();
        let belief = Belief::after(&record, &prepared.prior, PARTICLES, index as u64);
        let mut stream = Stream::new(SEED, Purpose::Search, index as u64);
        for (counts, (_, of)) in counts.iter_mut().zip(COORDINATES) {
            counts[rank(&belief.particles, of(&truth), of, &mut stream)] += 1;
        }
    }
    let p_values = counts.map(|counts| p_value(&counts));
    for ((name, _), (counts, p)) in COORDINATES.iter().zip(counts.iter().zip(p_values)) {
        println!("{name}: p {p:.4} {counts:?}");
    }
    for ((name, _), p) in COORDINATES.iter().zip(p_values) {
        assert!(p > LEVEL, "{name}: p = {p}, seed {SEED}");
    }
}
