//! Scratch.
fn main() {
    let mut files = std::collections::BTreeMap::new();
    files.insert(
        "seed_bargain.jsonl".to_owned(),
        std::fs::read_to_string("/work/shared/data/seed_bargain.jsonl").unwrap(),
    );
    let sets = lab::human::counterpart::read::all(&lab::human::Folder(files)).unwrap();
    let case = lab::human::counterpart::read::case(&sets[0]);
    let d = engine::experiment::Dialogues::new(&case, &sets[0].dialogues, 16, 1);
    let logs = d.log_likelihoods(&[]);
    let bad: Vec<usize> = (0..logs.len()).filter(|&i| !logs[i].is_finite()).collect();
    println!("{} bad of {}", bad.len(), logs.len());
    for &i in bad.iter().take(2) {
        println!("{i} {} {:?}", logs[i], sets[0].dialogues[i]);
    }
}
