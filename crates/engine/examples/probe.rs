//! scratch
use std::io::Read;
fn main() {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).unwrap();
    let case: engine::case::Case = serde_json::from_str(&text).unwrap();
    let as_of = std::env::args().nth(1).map(|d| d.parse().unwrap());
    let a = engine::advise(&case, &engine::Options { seed: 1, samples: 65536, as_of, ledger: None }, &|_| {}).unwrap();
    println!("{} | round {}/{} as of {:?}", a.title, a.round, a.rounds_total, a.as_of);
    println!("  {:?} {:?}: {}", a.recommendation.plan, a.recommendation.next_act, a.recommendation.sentence);
    println!(
        "  worth {:.4} +- {:.4} vs {:?}, robust {:.2} | stuck {:.2} {:?}",
        a.recommendation.worth,
        a.recommendation.worth_standard_error,
        a.recommendation.compared_with,
        a.recommendation.robustness,
        a.stuck_probability,
        a.stuck_because.iter().map(|c| (c.cause, (c.probability * 100.0).round())).collect::<Vec<_>>()
    );
    let s: Vec<String> = a
        .plans
        .iter()
        .map(|p| {
            format!(
                "{}={:.4}({:.0}%,{:.0}%)",
                p.id,
                p.value.mean,
                p.agreement_probability * 100.,
                p.boss_joins_probability * 100.
            )
        })
        .collect();
    println!("  {}", s.join(" "));
    let s: Vec<String> = a.ledger.entries.iter().map(|e| format!("{}={:.4}", e.mechanism, e.amount)).collect();
    println!("  ledger {:?} {:.4}: {}", a.ledger.between, a.ledger.difference, s.join(" "));
    println!(
        "  settle {:?} limit {:?} fit {:?} {:?}",
        a.forecast.settlement, a.forecast.counterpart_limit, a.record_fit.effective_share, a.record_fit.surprises
    );
}
