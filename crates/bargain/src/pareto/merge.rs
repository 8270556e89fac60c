//! The frontier of sums, issue by issue.

use super::{NoFrontier, Pareto, Point, dominates};
use crate::domain::Domain;
use crate::scoring::Scoring;

/// Combinations of two parties' values kept at most before they are thinned.
pub const LONGEST: usize = 400_000;
/// Combinations of more parties' values kept at most: comparing them takes the square of their number.
const LONGEST_OF_MANY: usize = 60_000;

/// Sums over the issues so far that nothing dominates.
struct Layer {
    /// The sums, one party after the other.
    values: Vec<f64>,
    /// Where each came from in the layer before, and by which option.
    from: Vec<(u32, u32)>,
}

/// A sum and where it came from.
struct Sum {
    first: f64,
    second: f64,
    from: (u32, u32),
}

pub fn frontier(domain: &Domain, parties: &[&Scoring], longest: usize) -> Result<Pareto, NoFrontier> {
    let count = parties.len();
    let mut layers = vec![Layer { values: parties.iter().map(|party| party.base()).collect(), from: vec![(0, 0)] }];
    let mut gap = 0.0;
    for (issue, size) in domain.sizes().into_iter().enumerate() {
        let options: Vec<u32> = (0..size as u32)
            .filter(|&option| parties.iter().all(|party| party.parts()[issue][option as usize] > f64::NEG_INFINITY))
            .collect();
        let last = layers.last().expect("there is a first layer");
        let next = if count == 2 {
            let (layer, lost) = two(last, &options, &parties[0].parts()[issue], &parties[1].parts()[issue], longest);
            gap += lost;
            layer
        } else {
            let rows: Vec<&[f64]> = parties.iter().map(|party| &party.parts()[issue][..]).collect();
            many(last, &options, &rows)?
        };
        layers.push(next);
    }
    let last = layers.last().expect("there is a first layer");
    let points = (0..last.from.len())
        .map(|at| Point { values: last.values[at * count..(at + 1) * count].to_vec(), package: trace(&layers, at) });
    Ok(Pareto { points: points.collect(), gap })
}

/// The options that led to an entry of the last layer.
fn trace(layers: &[Layer], mut at: usize) -> Vec<u32> {
    let mut package = Vec::with_capacity(layers.len() - 1);
    for layer in layers[1..].iter().rev() {
        let (before, option) = layer.from[at];
        package.push(option);
        at = before as usize;
    }
    package.reverse();
    package
}

/// Two parties: sorted by the first one's value, what is kept rises in the second's.
fn two(last: &Layer, options: &[u32], first: &[f64], second: &[f64], longest: usize) -> (Layer, f64) {
    let mut sums = Vec::with_capacity(last.from.len() * options.len());
    // An option at a time: each makes a list that is sorted already, and a stable sort merges such lists.
    for &option in options {
        let place = option as usize;
        for (at, values) in last.values.chunks_exact(2).enumerate() {
            sums.push(Sum {
                first: values[0] + first[place],
                second: values[1] + second[place],
                from: (at as u32, option),
            });
        }
    }
    sums.sort_by(|a, b| b.first.total_cmp(&a.first).then(b.second.total_cmp(&a.second)).then(a.from.cmp(&b.from)));
    let mut best = f64::NEG_INFINITY;
    sums.retain(|sum| {
        let kept = sum.second > best;
        best = best.max(sum.second);
        kept
    });
    let lost = thin(&mut sums, longest);
    let values = sums.iter().flat_map(|sum| [sum.first, sum.second]).collect();
    (Layer { values, from: sums.iter().map(|sum| sum.from).collect() }, lost)
}

/// Where there are too many, keeps of each narrow band of the first party's values the one that is best for the second, and
/// says how wide the bands are. The last of a band is the best for the second: the list rises in it.
fn thin(sums: &mut Vec<Sum>, longest: usize) -> f64 {
    if sums.len() <= longest {
        return 0.0;
    }
    let (high, low) = (sums[0].first, sums[sums.len() - 1].first);
    let width = (high - low) / (longest / 2).max(1) as f64;
    let band = |sum: &Sum| ((high - sum.first) / width) as usize;
    let bands: Vec<usize> = sums.iter().map(band).collect();
    let mut at = 0;
    sums.retain(|_| {
        at += 1;
        at == 1 || bands.get(at) != Some(&bands[at - 1])
    });
    width
}

/// Any number of parties: by falling sum, nothing later can dominate what came before.
fn many(last: &Layer, options: &[u32], rows: &[&[f64]]) -> Result<Layer, NoFrontier> {
    let count = rows.len();
    let mut sums: Vec<(f64, Vec<f64>, (u32, u32))> = Vec::with_capacity(last.from.len() * options.len());
    for (at, values) in last.values.chunks_exact(count).enumerate() {
        for &option in options {
            let sum: Vec<f64> = values.iter().zip(rows).map(|(value, row)| value + row[option as usize]).collect();
            sums.push((sum.iter().sum(), sum, (at as u32, option)));
        }
    }
    sums.sort_unstable_by(|a, b| {
        let falling = |a: &[f64], b: &[f64]| b.iter().zip(a).map(|(b, a)| b.total_cmp(a)).find(|order| order.is_ne());
        b.0.total_cmp(&a.0).then_with(|| falling(&a.1, &b.1).unwrap_or(std::cmp::Ordering::Equal)).then(a.2.cmp(&b.2))
    });
    let mut layer = Layer { values: Vec::new(), from: Vec::new() };
    for (_, values, from) in sums {
        if !layer.values.chunks_exact(count).any(|kept| dominates(kept, &values)) {
            layer.values.extend_from_slice(&values);
            layer.from.push(from);
            if layer.from.len() > LONGEST_OF_MANY {
                return Err(NoFrontier::TooLong { limit: LONGEST_OF_MANY });
            }
        }
    }
    Ok(layer)
}
