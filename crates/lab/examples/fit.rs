//! Scratch.
use std::io::Read;
fn main() {
    let mut files = std::collections::BTreeMap::new();
    let mut text = String::new();
    let out = std::process::Command::new("zcat").arg("/work/shared/data/craigslist_offers.jsonl.gz").output().unwrap();
    out.stdout.as_slice().read_to_string(&mut text).unwrap();
    files.insert("craigslist_offers.jsonl".to_owned(), text);
    files.insert(
        "seed_bargain.jsonl".to_owned(),
        std::fs::read_to_string("/work/shared/data/seed_bargain.jsonl").unwrap(),
    );
    let folder = lab::human::Folder(files);
    let mut sets = lab::human::counterpart::read::all(&folder).unwrap();
    let rounds: u32 = std::env::args().nth(1).unwrap().parse().unwrap();
    let particles: usize = std::env::args().nth(2).unwrap().parse().unwrap();
    let which = std::env::args().nth(3).unwrap();
    for people in &mut sets {
        if !people.key.contains(&which) {
            continue;
        }
        if people.key != "seed_buyers" {
            people.rounds = rounds;
        }
        let start = std::time::Instant::now();
        let found = lab::human::counterpart::likeliest(people, particles, 1, &mut |_| {});
        println!(
            "{} rounds {} n {} ll {:.2} in {:?}",
            people.key,
            people.rounds,
            people.dialogues.len(),
            found.log_likelihood,
            start.elapsed()
        );
        use lab::human::counterpart::Constant as C;
        for c in C::SEARCHED.into_iter().chain([C::Opening, C::OpeningSpread]) {
            let told = found.told(c);
            println!("   {c:?}: {:.4} ± {:.4}", c.shown(told.value), c.slope(told.value) * told.error);
        }
    }
}
