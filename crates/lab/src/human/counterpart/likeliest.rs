//! The constants under which what people did is likeliest: climbed to by scores and their outer product (Berndt, Hall, Hall
//! and Hausman 1974), which is also what the standard errors come from, negotiations that hang together taken as one.

use std::collections::BTreeMap;

use engine::assumption::Name;
use engine::experiment::{Dialogue, Dialogues};
use terms::{Quantity, Side};

use super::constants::{Constant, assumed};
use super::moments::{Reply, replies};
use super::pool::Told;
use super::read::People;
use crate::human::logit;

const DIM: usize = Constant::SEARCHED.len();
/// How far to either side the slope is taken.
const REACH: f64 = 0.04;
/// Most climbs, and the gain in log-likelihood that ends them.
const CLIMBS: usize = 18;
const ENOUGH: f64 = 0.3;

/// A movement smaller than this is none, and one back by more is taken for a price misread.
const NO_MOVEMENT: f64 = 0.01;
const MOST_BACK: f64 = 0.7;

type Point = [f64; DIM];
type Matrix = [Point; DIM];

/// What a set says of every constant.
#[derive(Clone, Debug)]
pub struct Found {
    values: Vec<(Constant, Told)>,
    /// Logarithm of the likelihood there.
    pub log_likelihood: f64,
}

impl Found {
    /// What it says of one.
    pub fn told(&self, constant: Constant) -> Told {
        let found = self.values.iter().find(|(one, _)| *one == constant);
        found.map_or(Told { value: constant.start().0, error: constant.start().1 }, |&(_, told)| told)
    }
}

/// Finds them for one set. `shown` hears how far it has come.
pub fn likeliest(people: &People, particles: usize, seed: u64, shown: &mut dyn FnMut(f64)) -> Found {
    let counted = counted(people);
    let fit = Fit::new(people, counted, particles, seed);
    let mut at = fit.look(&Constant::SEARCHED.map(|constant| constant.start().0));
    let mut bend = inverse(&at.information);
    for climb in 0..CLIMBS {
        shown(0.7 * climb as f64 / CLIMBS as f64);
        let step = times(&bend, &at.slope);
        let longest = step.iter().fold(1.0, |most: f64, part| most.max(part.abs()));
        let tried = |length: f64| {
            let point: Point = std::array::from_fn(|index| at.point[index] + length / longest * step[index]);
            (fit.height(&point), point)
        };
        let mut best = (at.height, at.point);
        for length in [1.0, 3.0, 0.3, 0.1] {
            let next = tried(length);
            if next.0 > best.0 {
                best = next;
            } else if best.0 > at.height {
                break;
            }
        }
        if best.0 - at.height < ENOUGH {
            break;
        }
        let next = fit.look(&best.1);
        updated(&mut bend, &at, &next);
        at = next;
    }
    let errors = fit.errors(&at);
    shown(1.0);
    let told = |index: usize| Told { value: at.point[index], error: errors[index] };
    let searched = Constant::SEARCHED.iter().enumerate().map(|(index, &constant)| (constant, told(index)));
    Found { values: searched.chain(counted).collect(), log_likelihood: at.height }
}

/// What is counted, and not searched for: middle and spread of their first offers, how often they take something back, and how
/// the odds of taking fall with the gap. The last can't be left to the likelihood, which would as well have limits that nobody
/// states explain it; but where people's own targets are known, taking hardly depends on those, and on the gap it does.
fn counted(people: &People) -> [(Constant, Told); 4] {
    let first = |dialogue: &Dialogue| dialogue.offers.iter().find(|(by, _)| *by == Side::Them).map(|offer| offer.1);
    let mut all: Vec<f64> = people.dialogues.iter().filter_map(first).collect();
    all.sort_by(f64::total_cmp);
    // By quartiles: a price misread is no opening.
    let at = |share: f64| all.get((share * all.len() as f64) as usize).copied().unwrap_or(0.0);
    let spread = ((at(0.75) - at(0.25)) / 1.349).max(1e-3);
    let root = (all.len() as f64).max(1.0).sqrt();
    let [back, moves] = people.dialogues.iter().map(backward).fold([0, 0], |[a, b], [c, d]| [a + c, b + d]);
    // Half a case more on either side keeps a count of none finite.
    let (back, forward) = (f64::from(back) + 0.5, f64::from(moves - back) + 0.5);
    [
        (Constant::Opening, Told { value: at(0.5), error: 1.253 * spread / root }),
        (Constant::OpeningSpread, Told { value: libm::log(spread), error: 1.17 / root }),
        (Constant::Retraction, Told { value: libm::log(back / forward), error: (1.0 / back + 1.0 / forward).sqrt() }),
        (Constant::Noise, noise(people)),
    ]
}

/// From a logistic regression of taking on the gap.
fn noise(people: &People) -> Told {
    let replies: Vec<Reply> = people.dialogues.iter().flat_map(replies).collect();
    let rows: Vec<Vec<f64>> = replies.iter().map(|reply| vec![reply.gap]).collect();
    let taken: Vec<bool> = replies.iter().map(Reply::took).collect();
    let model = logit::fit(&rows, &taken, None, 1e-3);
    // No fall at all would be an endless scale.
    let fall = (-model.coefficients[1]).max(0.1);
    Told { value: -libm::log(fall), error: model.errors[1] / fall }
}

/// How many of their offers took part of the one before back, but not more than they had opened with or a price misread would
/// make of it, and how many there were that could.
fn backward(dialogue: &Dialogue) -> [u32; 2] {
    let theirs: Vec<f64> = dialogue.offers.iter().filter(|(by, _)| *by == Side::Them).map(|offer| offer.1).collect();
    let back = theirs.windows(2).filter(|pair| pair[1] < pair[0] - NO_MOVEMENT && pair[1] > pair[0] - MOST_BACK);
    [back.count() as u32, theirs.len().saturating_sub(1) as u32]
}

struct Fit<'a> {
    people: &'a People,
    dialogues: Dialogues,
    counted: [(Name, Quantity<f64>); 4],
}

/// The log-likelihood about a point.
struct Look {
    point: Point,
    height: f64,
    slope: Point,
    /// What the scores say of how sharply it bends.
    information: Matrix,
}

impl<'a> Fit<'a> {
    fn new(people: &'a People, counted: [(Constant, Told); 4], particles: usize, seed: u64) -> Self {
        let case = super::read::case(people);
        let dialogues = Dialogues::new(&case, &people.dialogues, particles, seed);
        let [mean, spread, back, noise] = counted.map(|(constant, told)| Quantity::Known(constant.shown(told.value)));
        let counted = [
            (Name::OpeningMean, mean),
            (Name::OpeningSpread, spread),
            (Name::RetractionChance, back),
            (Name::AcceptanceNoise, noise),
        ];
        Self { people, dialogues, counted }
    }

    fn logs(&self, point: &Point) -> Vec<f64> {
        let mut all = assumed(point);
        all.extend(self.counted);
        self.dialogues.log_likelihoods(&all)
    }

    fn height(&self, point: &Point) -> f64 {
        self.logs(point).iter().sum::<f64>() + log_prior(point)
    }

    fn look(&self, point: &Point) -> Look {
        let mut scores = vec![[0.0; DIM]; self.dialogues.len()];
        for index in 0..DIM {
            let beside = |by: f64| {
                let mut beside = *point;
                beside[index] += by;
                self.logs(&beside)
            };
            for (score, (above, below)) in scores.iter_mut().zip(beside(REACH).iter().zip(beside(-REACH))) {
                score[index] = (above - below) / (2.0 * REACH);
            }
        }
        let mut groups: BTreeMap<u64, Point> = BTreeMap::new();
        for (group, score) in self.people.groups.iter().zip(&scores) {
            let sum = groups.entry(*group).or_insert([0.0; DIM]);
            sum.iter_mut().zip(score).for_each(|(sum, part)| *sum += part);
        }
        let mut look =
            Look { point: *point, height: self.height(point), slope: [0.0; DIM], information: [[0.0; DIM]; DIM] };
        for score in groups.values() {
            for i in 0..DIM {
                look.slope[i] += score[i];
                for j in 0..DIM {
                    look.information[i][j] += score[i] * score[j];
                }
            }
        }
        for (index, constant) in Constant::SEARCHED.iter().enumerate() {
            let (start, spread) = constant.start();
            look.slope[index] -= (point[index] - start) / (spread * spread);
            look.information[index][index] += 1.0 / (spread * spread);
        }
        look
    }

    /// Standard errors: what the bend of the log-likelihood says, corrected by the scores where the two disagree (Huber 1967).
    fn errors(&self, at: &Look) -> Point {
        let mut bend = [[0.0; DIM]; DIM];
        for i in 0..DIM {
            let mut beside = at.point;
            beside[i] += 2.0 * REACH;
            let slope = self.look(&beside).slope;
            for j in 0..DIM {
                bend[i][j] += 0.5 * (at.slope[j] - slope[j]) / (2.0 * REACH);
                bend[j][i] += 0.5 * (at.slope[j] - slope[j]) / (2.0 * REACH);
            }
        }
        let naive = inverse(&at.information);
        let inverse = inverse(&bend);
        std::array::from_fn(|i| {
            let row = times(&at.information, &inverse[i]);
            let sandwich: f64 = row.iter().zip(&inverse[i]).map(|(a, b)| a * b).sum();
            // Where it does not bend downwards, the scores alone have to do.
            if inverse[i][i] > 0.0 { sandwich.max(naive[i][i]).sqrt() } else { naive[i][i].max(0.0).sqrt() }
        })
    }
}

/// Logarithm of the weak prior's density, but for a constant.
fn log_prior(point: &Point) -> f64 {
    let away = |(constant, value): (&Constant, &f64)| {
        let (start, spread) = constant.start();
        let z = (value - start) / spread;
        -0.5 * z * z
    };
    Constant::SEARCHED.iter().zip(point).map(away).sum()
}

/// The inverse bend, corrected by what a step has shown (Broyden, Fletcher, Goldfarb and Shanno 1970).
fn updated(bend: &mut Matrix, before: &Look, after: &Look) {
    let step: Point = std::array::from_fn(|i| after.point[i] - before.point[i]);
    let fell: Point = std::array::from_fn(|i| before.slope[i] - after.slope[i]);
    let along = dot(&step, &fell);
    if along <= 1e-9 {
        return;
    }
    let turned = times(bend, &fell);
    let size = (1.0 + dot(&fell, &turned) / along) / along;
    for i in 0..DIM {
        for j in 0..DIM {
            bend[i][j] += size * step[i] * step[j] - (turned[i] * step[j] + step[i] * turned[j]) / along;
        }
    }
}

fn dot(a: &Point, b: &Point) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn times(matrix: &Matrix, point: &Point) -> Point {
    std::array::from_fn(|row| dot(&matrix[row], point))
}

/// The inverse of a matrix by elimination: unlike a factor of Cholesky's it tells where the likelihood does not bend downwards.
fn inverse(matrix: &Matrix) -> Matrix {
    let mut left = *matrix;
    let mut right = [[0.0; DIM]; DIM];
    for (index, row) in right.iter_mut().enumerate() {
        row[index] = 1.0;
    }
    for pivot in 0..DIM {
        let scale = 1.0 / left[pivot][pivot];
        left[pivot] = left[pivot].map(|value| value * scale);
        right[pivot] = right[pivot].map(|value| value * scale);
        let (own_left, own_right) = (left[pivot], right[pivot]);
        for row in (0..DIM).filter(|&row| row != pivot) {
            let factor = left[row][pivot];
            for column in 0..DIM {
                left[row][column] -= factor * own_left[column];
                right[row][column] -= factor * own_right[column];
            }
        }
    }
    right
}
