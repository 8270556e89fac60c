//! What was assumed on each path, as regressors between -1 and 1.

use rayon::prelude::*;

use crate::assumption::Name;
use crate::compare::Prepared;
use crate::distribution::normal_cdf;
use crate::prior::HIDDEN;
use crate::random::{Purpose, Stream};

/// The uncertain assumptions of the first paths, each by its probability, turned to run from -1 to 1.
#[derive(Clone, Debug)]
pub(crate) struct Design {
    /// Which assumptions, those that the record may tell something about first.
    pub names: Vec<Name>,
    columns: Vec<f64>,
    /// Paths.
    pub paths: usize,
}

impl Design {
    /// Recovers what was drawn on the first `paths` reported paths.
    pub fn of(prepared: &Prepared, paths: usize) -> Self {
        let hidden: Vec<usize> = (0..HIDDEN.len()).filter(|&index| varies(prepared, HIDDEN[index])).collect();
        let free = prepared.prior.free();
        let uncertain = |name: &Name| !prepared.prior.distribution(*name).is_fixed();
        let drawn = free.iter().copied().filter(uncertain);
        let names: Vec<Name> = hidden.iter().map(|&index| HIDDEN[index]).chain(drawn).collect();
        let width = names.len();
        let mut columns = vec![0.0; width * paths];
        columns.par_chunks_mut(width.max(1)).enumerate().for_each(|(path, row)| {
            let particle = prepared.belief.particle(path);
            let mut stream = Stream::new(prepared.seed, Purpose::Report, path as u64);
            for (cell, &index) in row.iter_mut().zip(&hidden) {
                *cell = 2.0 * normal_cdf(particle.scores[index]) - 1.0;
            }
            let mut cells = row[hidden.len()..].iter_mut();
            for name in free {
                let u = stream.uniform();
                if uncertain(name)
                    && let Some(cell) = cells.next()
                {
                    *cell = 2.0 * u - 1.0;
                }
            }
        });
        Self { names, columns, paths }
    }

    /// The assumptions of one path.
    pub fn row(&self, path: usize) -> &[f64] {
        let width = self.names.len();
        &self.columns[path * width..][..width]
    }

    /// One assumption over all paths.
    pub fn column(&self, index: usize) -> impl Iterator<Item = f64> + Clone + '_ {
        let width = self.names.len();
        (0..self.paths).map(move |path| self.columns[path * width + index])
    }
}

/// Whether a hidden coordinate makes any difference.
fn varies(prepared: &Prepared, name: Name) -> bool {
    let prior = &prepared.prior;
    match name {
        Name::FullAuthorityChance | Name::BossReleases => {
            let chance = prior.medians()[name];
            chance > 0.0 && chance < 1.0
        }
        Name::OpeningMean => prepared.record.standing.theirs.is_none(),
        _ => !prior.distribution(name).is_fixed(),
    }
}

/// Legendre polynomials of degree 1 to 3.
pub(crate) fn legendre(x: f64) -> [f64; 3] {
    [x, 0.5 * (3.0 * x * x - 1.0), 0.5 * x * (5.0 * x * x - 3.0)]
}
