//! The frontier of sums, issue by issue.

use super::maxima::undominated;
use super::{NoFrontier, Point, Searched};
use crate::domain::Domain;
use crate::scoring::Scoring;

/// Combinations of two or three parties' values kept at most; those of two are thinned beyond.
pub const LONGEST: usize = 400_000;
/// Combinations of more parties' values kept at most: comparing them takes the square of their number.
const LONGEST_OF_MANY: usize = 60_000;
/// Combinations formed at once at most: some 500 MB of two parties, and of more.
const MOST_SUMS: usize = 20_000_000;
const MOST_SUMS_OF_MANY: usize = 8_000_000;

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

pub fn frontier(domain: &Domain, parties: &[&Scoring], longest: usize) -> Result<Searched, NoFrontier> {
    let count = parties.len();
    let options: Vec<Vec<u32>> = (0..domain.issues().len()).map(|issue| worthwhile(parties, issue)).collect();
    let mut layers = vec![Layer { values: parties.iter().map(|party| party.base()).collect(), from: vec![(0, 0)] }];
    let mut gap = 0.0;
    for (issue, here) in options.iter().enumerate() {
        let last = layers.last().expect("there is a first layer");
        let next = if count == 2 {
            // So few that all sums with the next issue's options can be formed.
            let room = MOST_SUMS / options.get(issue + 1).map_or(1, Vec::len).max(1);
            let rows = [&parties[0].parts()[issue][..], &parties[1].parts()[issue][..]];
            let (layer, lost) = two(last, here, rows, longest.min(room.max(2)));
            gap += lost;
            layer
        } else {
            let rows: Vec<&[f64]> = parties.iter().map(|party| &party.parts()[issue][..]).collect();
            many(last, here, &rows)?
        };
        layers.push(next);
    }
    let last = layers.last().expect("there is a first layer");
    let points = (0..last.from.len())
        .map(|at| Point { values: last.values[at * count..(at + 1) * count].to_vec(), package: trace(&layers, at) });
    Ok(Searched { points: points.collect(), gap })
}

/// The options on an issue that are no deal-breaker to anybody and that no other one covers, in their order.
fn worthwhile(parties: &[&Scoring], issue: usize) -> Vec<u32> {
    let rows: Vec<&[f64]> = parties.iter().map(|party| &party.parts()[issue][..]).collect();
    let possible: Vec<u32> = (0..rows[0].len() as u32)
        .filter(|&option| rows.iter().all(|row| row[option as usize] > f64::NEG_INFINITY))
        .collect();
    let values: Vec<f64> =
        possible.iter().flat_map(|&option| rows.iter().map(move |row| row[option as usize])).collect();
    let most = if rows.len() < 4 { usize::MAX } else { LONGEST_OF_MANY };
    match undominated(&values, rows.len(), most) {
        Some(mut kept) => {
            kept.sort_unstable();
            kept.into_iter().map(|at| possible[at as usize]).collect()
        }
        None => possible,
    }
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
fn two(last: &Layer, options: &[u32], rows: [&[f64]; 2], longest: usize) -> (Layer, f64) {
    let mut sums = Vec::with_capacity(last.from.len() * options.len());
    // An option at a time: each makes a list that is sorted already, and a stable sort merges such lists.
    for &option in options {
        let place = option as usize;
        for (at, values) in last.values.chunks_exact(2).enumerate() {
            sums.push(Sum {
                first: values[0] + rows[0][place],
                second: values[1] + rows[1][place],
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

/// Any number of parties.
fn many(last: &Layer, options: &[u32], rows: &[&[f64]]) -> Result<Layer, NoFrontier> {
    let count = rows.len();
    let formed = last.from.len().saturating_mul(options.len());
    if formed > MOST_SUMS_OF_MANY {
        return Err(NoFrontier::TooLong { limit: MOST_SUMS_OF_MANY });
    }
    let mut values = Vec::with_capacity(formed * count);
    for before in last.values.chunks_exact(count) {
        for &option in options {
            values.extend(before.iter().zip(rows).map(|(value, row)| value + row[option as usize]));
        }
    }
    let most = if count == 3 { LONGEST } else { LONGEST_OF_MANY };
    let kept = undominated(&values, count, most).ok_or(NoFrontier::TooLong { limit: most })?;
    let from = |at: u32| (at / options.len() as u32, options[at as usize % options.len()]);
    Ok(Layer {
        values: kept.iter().flat_map(|&at| &values[at as usize * count..(at as usize + 1) * count]).copied().collect(),
        from: kept.iter().map(|&at| from(at)).collect(),
    })
}
