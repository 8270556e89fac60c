//! How long an advice takes, from one continuation to the whole. `docs/performance.md` has figures and bounds.

use divan::{Bencher, black_box};
use engine::calibration::Calibration;
use engine::case::Case;
use engine::experiment::Workload;
use engine::people::{Event, Forecaster, Setting};
use engine::{Options, advise, first_answer};
use terms::{PlanId, Role};

fn main() {
    divan::main();
}

/// The software renewal of the examples: five rounds on record, six to go.
fn case() -> Case {
    let text = include_bytes!("../../../examples/software-renewal.toml");
    case_file::read(text).expect("the example is sound")
}

fn options(samples: u32) -> Options {
    Options::new(1, samples)
}

const ONE_BY_ONE: usize = 4096;

/// 4,096 continuations, everything drawn afresh for each.
#[divan::bench(args = [PlanId::OwnLevel, PlanId::Guidance, PlanId::BothBosses, PlanId::Ladder, PlanId::BossAtImpasse, PlanId::BossAtOutset, PlanId::HandOver])]
fn continuations_4096(bencher: Bencher, plan: PlanId) {
    let mut work = Workload::new(&case(), &options(65_536)).expect("the example is sound");
    bencher
        .counter(ONE_BY_ONE)
        .bench_local(|| (0..ONE_BY_ONE).map(|index| work.continuation(plan, black_box(index)).0).sum::<f64>());
}

/// The random numbers and powers of the same 4,096 continuations, and nothing else: their lower bound.
#[divan::bench(args = [PlanId::OwnLevel, PlanId::BossAtOutset])]
fn lower_bound_4096(bencher: Bencher, plan: PlanId) {
    let mut work = Workload::new(&case(), &options(65_536)).expect("the example is sound");
    let rounds: Vec<usize> = (0..ONE_BY_ONE).map(|index| work.continuation(plan, index).1).collect();
    bencher
        .counter(ONE_BY_ONE)
        .bench_local(|| (0..ONE_BY_ONE).map(|index| work.lower_bound(black_box(index), rounds[index])).sum::<f64>());
}

/// All plans' values and the recommendation: 2,048 paths is what follows a fact on the record, 4,096 the first answer on a
/// case, 65,536 the full one.
#[divan::bench(args = [2048, 4096, 65_536])]
fn plans_and_recommendation(samples: u32) {
    first_answer(black_box(&case()), &options(samples)).expect("the example is sound");
}

/// Everything: ledger, search, break-evens, tornado, value of information, forecast.
#[divan::bench(args = [4096, 65_536])]
fn whole_advice(samples: u32) {
    advise(black_box(&case()), &options(samples), &|_| {}).expect("the example is sound");
}

/// One event read and the forecast told after it, in a talk of eight quotes over goods: a buyer's forecast, who knows both aims, and a
/// seller's, who does not know the buyer's.
#[divan::bench(args = [false, true])]
fn forecast_eight_quotes(bencher: Bencher, hidden: bool) {
    let manner = Calibration::shipped().manner("goods").expect("the engine ships how people bargain over goods");
    let setting = Setting { span: 30.0, targets: [(!hidden).then_some(70.0), Some(100.0)], stakes: 0.0 };
    let prices = [60.0, 100.0, 68.0, 95.0, 74.0, 90.0, 78.0, 86.0];
    bencher.counter(prices.len()).bench_local(|| {
        let mut forecaster = Forecaster::new(manner, setting);
        for (at, price) in prices.into_iter().enumerate() {
            let by = if at % 2 == 0 { Role::Buyer } else { Role::Seller };
            forecaster.read(Event::Quote { by, price: black_box(price), formal: false });
            black_box(forecaster.outlook());
        }
    });
}
