//! A function of three uncertain inputs whose shares of variance are known: Ishigami and Homma (1990) for the
//! function, Owen (2014) for Shapley values of variance.

use std::f64::consts::PI;

use super::shapley;

/// Nodes a dimension: the integrands are entire, so the rule is exact to rounding well before this many.
const NODES: usize = 32;

fn ishigami([first, second, third]: [f64; 3]) -> f64 {
    let (a, b) = (7.0, 0.1);
    first.sin() + a * second.sin().powi(2) + b * third.powi(4) * first.sin()
}

/// Value and slope of the Legendre polynomial of degree `degree` at `x`, by its three-term recurrence.
fn legendre(degree: usize, x: f64) -> (f64, f64) {
    let (mut before, mut now) = (1.0, x);
    for k in 1..degree {
        let k = k as f64;
        (before, now) = (now, ((2.0 * k + 1.0) * x * now - k * before) / (k + 1.0));
    }
    (now, degree as f64 * (x * now - before) / (x * x - 1.0))
}

/// Gauss-Legendre nodes on (-pi, pi) and weights that sum to 1: roots by Newton's method.
fn rule() -> Vec<(f64, f64)> {
    let node = |index: usize| {
        let mut x = (PI * (index as f64 + 0.75) / (NODES as f64 + 0.5)).cos();
        for _ in 0..20 {
            let (value, slope) = legendre(NODES, x);
            x -= value / slope;
        }
        let (_, slope) = legendre(NODES, x);
        (PI * x, 1.0 / ((1.0 - x * x) * slope * slope))
    };
    (0..NODES).map(node).collect()
}

/// Var E[Y | the inputs in `known`], a bit an input.
fn explained(rule: &[(f64, f64)], known: usize) -> f64 {
    // Means over the unknown inputs, one for each setting of the known ones.
    let mut means = vec![0.0; NODES.pow(3)];
    let mut chances = vec![0.0; NODES.pow(3)];
    for point in 0..NODES.pow(3) {
        let nodes = [point % NODES, point / NODES % NODES, point / NODES / NODES];
        let is_known = |input: usize| known >> input & 1 == 1;
        let product = |over_known| -> f64 {
            (0..3).filter(|input| is_known(*input) == over_known).map(|input| rule[nodes[input]].1).product()
        };
        let setting =
            (0..3).filter(|input| is_known(*input)).map(|input| nodes[input] * NODES.pow(input as u32)).sum::<usize>();
        means[setting] += product(false) * ishigami(nodes.map(|node| rule[node].0));
        chances[setting] = product(true);
    }
    let moment =
        |power: i32| -> f64 { means.iter().zip(&chances).map(|(mean, chance)| chance * mean.powi(power)).sum() };
    moment(2) - moment(1).powi(2)
}

#[test]
fn shares_of_variance() {
    let rule = rule();
    let values: Vec<f64> = (0..8).map(|known| explained(&rule, known)).collect();
    let variance = values[7];
    let closed_form = 0.5 + 49.0 / 8.0 + 0.1 * PI.powi(4) / 5.0 + 0.01 * PI.powi(8) / 18.0;
    assert!((variance - closed_form).abs() < 1e-9, "{variance} {closed_form}");

    let shares = shapley(&values);
    for (input, (first_order, total, effect)) in [
        (0.313_905_191_1, 0.557_588_855_2, 0.435_747_023_2),
        (0.442_411_144_8, 0.442_411_144_8, 0.442_411_144_8),
        (0.0, 0.243_683_664_1, 0.121_841_832_0),
    ]
    .into_iter()
    .enumerate()
    {
        let alone = 1 << input;
        for (found, truth) in [
            (values[alone] / variance, first_order),
            (1.0 - values[7 ^ alone] / variance, total),
            (shares[input] / variance, effect),
        ] {
            assert!((found - truth).abs() < 1e-9, "input {input}: found {found}, expected {truth}");
        }
    }
}
