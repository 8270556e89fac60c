//! The counterpart's constants, fitted on people who bargain over goods and over seed.
//!
//! Each negotiation is read from the seats of both ([`read`]), and weighed by the engine's own filter, hidden types integrated
//! over ([`engine::experiment::Dialogues`]). [`likeliest`] finds the constants under which what people did is likeliest,
//! [`pool`] sets the sets beside each other: their middle is the default, how far they lie apart its range. [`moments`] holds
//! what the engine's counterparts do beside what people did.

use engine::calibration::{Context, Fit, Set};

use super::{Fitted, Folder, Unread};

mod constants;
mod likeliest;
pub mod moments;
pub mod pool;
pub mod read;
mod taking;

pub use constants::{Constant, Kind};
pub use likeliest::{Found, likeliest};
use read::People;

/// Particles that a dialogue is weighed on.
const PARTICLES: usize = 96;

/// Fits the counterpart on what the folder holds of negotiations by offers; nothing where it holds none.
pub fn calibrate(folder: &Folder, seed: u64, shown: &mut dyn FnMut(f64)) -> Result<Fitted, Unread> {
    let sets = read::all(folder)?;
    let mut found = Vec::new();
    for (index, people) in sets.iter().enumerate() {
        found.push(likeliest(people, PARTICLES, seed, &mut |share| {
            shown((index as f64 + share) / sets.len() as f64);
        }));
    }
    Ok(fitted(&sets, &found))
}

fn fitted(sets: &[People], found: &[Found]) -> Fitted {
    if sets.is_empty() {
        return Fitted::default();
    }
    let kinds = Kind::ALL.iter().map(|&kind| fit(kind, sets, found));
    let fits = kinds.chain(taking::fits(sets)).collect();
    Fitted { sets: sets.iter().map(Set::from).collect(), fits }
}

/// One constant over all sets.
fn fit(kind: Kind, sets: &[People], found: &[Found]) -> Fit {
    let told: Vec<pool::Told> = found.iter().map(|found| found.told(kind.middle())).collect();
    let pooled = pool::pool(&told);
    // How far one counterpart lies from another, where that is fitted; else only how far one set lies from another.
    let persons = kind.spread().map_or(0.0, |spread| {
        let told: Vec<pool::Told> = found.iter().map(|found| found.told(spread)).collect();
        libm::exp(pool::pool(&told).middle)
    });
    let away =
        1.281_551_565_5 * (persons * persons + pooled.between * pooled.between + pooled.error * pooled.error).sqrt();
    let shown = |value: f64| kind.middle().shown(value);
    let contexts = sets.iter().zip(&told).map(|(people, told)| Context {
        set: people.key.to_owned(),
        value: shown(told.value),
        error: kind.middle().slope(told.value) * told.error,
        n: people.dialogues.len() as u64,
    });
    Fit {
        key: kind.key().to_owned(),
        what: kind.what().to_owned(),
        value: shown(pooled.middle),
        interval: [shown(pooled.middle - 1.96 * pooled.error), shown(pooled.middle + 1.96 * pooled.error)],
        range: Some([shown(pooled.middle - away), shown(pooled.middle + away)]),
        n: sets.iter().map(|people| people.dialogues.len() as u64).sum(),
        contexts: contexts.collect(),
    }
}
