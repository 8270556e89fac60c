//! scratch
use engine::case::*;
use std::time::Instant;
fn main() {
    let q = Quantity::Known;
    let o = |by, amount| Offer { by, amount, date: None, level: Level::Negotiator, binding: false, note: None };
    let case = Case {
        title: "t".into(),
        role: Role::Seller,
        currency: "USD".into(),
        value: Stakes {
            walk_away: q(1.0e6),
            target: q(1.4e6),
            authority: Some(q(1.18e6)),
            boss_limit: Some(q(1.05e6)),
        },
        counterpart: Counterpart {
            limit: Quantity::Range { low: 1.05e6, likely: 1.22e6, high: 1.4e6 },
            cost_of_escalating: None,
        },
        time: Horizon {
            rounds_left: Some(6),
            deadline: None,
            days_per_round: None,
            cost_of_delay_per_round: Some(q(2000.0)),
            cost_of_delay_per_week: None,
        },
        future: Future {
            later_deals: Some(q(4.0)),
            value_per_deal: Some(q(150e3)),
            discount: None,
            past_boss_appearances: None,
        },
        boss: Boss { time_cost: Some(q(7300.0)), skill: None, already_expected: false },
        offers: vec![
            o(Party::Us, 1.5e6),
            o(Party::Them, 0.9e6),
            o(Party::Us, 1.45e6),
            o(Party::Them, 1.0e6),
            o(Party::Us, 1.4e6),
            o(Party::Them, 1.08e6),
            o(Party::Us, 1.35e6),
            o(Party::Them, 1.12e6),
            o(Party::Us, 1.30e6),
            o(Party::Them, 1.12e6),
        ],
        acts: vec![],
        assumptions: Default::default(),
        role_priors: false,
    };
    let samples: u32 = std::env::args().nth(1).unwrap().parse().unwrap();
    let n: u32 = std::env::args().nth(2).unwrap().parse().unwrap();
    let t = Instant::now();
    for _ in 0..n {
        engine::first_answer(&case, &engine::Options { seed: 1, samples, as_of: None, ledger: None }).unwrap();
    }
    println!("{samples}: {:?} each", t.elapsed() / n);
}
