//! How long packages take: frontiers of many options and parties, and all that a sheet tells. `docs/bargaining.md` has figures.

use bargain::domain::{Domain, Issue, Package};
use bargain::findings::{Findings, Situation};
use bargain::pareto::Pareto;
use bargain::scoring::Scoring;
use bargain::sheet::{Placed, Values, text};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// Numbers from 0 to 1 at random.
fn uniform() -> impl FnMut() -> f64 {
    let mut state = 20_261_128_u64;
    move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// One issue of so many options, what each is worth to three parties at random.
fn scattered(options: usize) -> (Domain, Vec<Scoring>) {
    let mut uniform = uniform();
    let domain = Domain::new("d", vec![Issue::named("i", (0..options).map(|o| o.to_string()))]).expect("it is sound");
    let party = |_| Scoring::additive(&domain, vec![(0..options).map(|_| uniform()).collect()]).expect("it is sound");
    let parties = (0..3).map(party).collect();
    (domain, parties)
}

/// The same on a sphere, where every option is on the frontier.
fn on_a_sphere(options: usize) -> (Domain, Vec<Scoring>) {
    let (domain, parties) = scattered(options);
    let length =
        |at: usize| parties.iter().map(|party| party.parts()[0][at] * party.parts()[0][at]).sum::<f64>().sqrt();
    let party = |party: &Scoring| {
        let row = (0..options).map(|at| party.parts()[0][at] / length(at)).collect();
        Scoring::additive(&domain, vec![row]).expect("it is sound")
    };
    let parties = parties.iter().map(party).collect();
    (domain, parties)
}

#[divan::bench(args = [1_000, 100_000])]
fn frontier_of_three_scattered(bencher: Bencher, options: usize) {
    let (domain, parties) = scattered(options);
    let parties: Vec<&Scoring> = parties.iter().collect();
    bencher.bench_local(|| Pareto::of(black_box(&domain), &parties).expect("it is no longer than may be").points.len());
}

#[divan::bench(args = [1_000, 100_000])]
fn frontier_of_three_on_a_sphere(bencher: Bencher, options: usize) {
    let (domain, parties) = on_a_sphere(options);
    let parties: Vec<&Scoring> = parties.iter().collect();
    bencher.bench_local(|| Pareto::of(black_box(&domain), &parties).expect("it is no longer than may be").points.len());
}

/// All that the renewal of the sheets tells after an offer of either side.
#[divan::bench]
fn findings_of_the_renewal(bencher: Bencher) {
    findings(bencher, include_str!("../../../sheets/software-renewal.toml"));
}

/// The same of the largest sheet that is taken.
#[divan::bench(sample_count = 5)]
fn findings_of_the_largest_sheet(bencher: Bencher) {
    let mut largest = String::from("title = \"Largest\"\nwalk_away = 100\n");
    for issue in 0..40 {
        let worth = 10 + issue * 7 % 13;
        largest += &format!(
            "[[issues]]\nname = \"I{issue}\"\nfrom = 1\nto = 50\nmandate = 20\nours = {{ worth = {worth} }}\n"
        );
    }
    findings(bencher, &largest);
}

fn findings(bencher: Bencher, sheet: &str) {
    let sheet = text::read(sheet).expect("it is sound");
    let values = Values::of(&sheet).expect("it is sound");
    let placed = |package: Package| [Placed { package, over: 0.0 }];
    let last = values.domain.sizes().iter().map(|size| *size as u32 - 1).collect();
    let (made, heard) = (placed(last), placed(vec![0; values.domain.sizes().len()]));
    let situation = Situation {
        sheet: &sheet,
        values: &values,
        allowed: &values.mandate,
        made: &made,
        heard: &heard,
        rounds: 5,
        seed: 1,
    };
    bencher.bench_local(|| Findings::of(black_box(&situation)).expect("it can be searched").plan.len());
}
