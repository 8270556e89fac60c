//! Scratch.
fn main() {
    let mut files = std::collections::BTreeMap::new();
    let out = std::process::Command::new("zcat").arg("/work/shared/data/craigslist_offers.jsonl.gz").output().unwrap();
    files.insert("craigslist_offers.jsonl".to_owned(), String::from_utf8(out.stdout).unwrap());
    files.insert(
        "seed_bargain.jsonl".to_owned(),
        std::fs::read_to_string("/work/shared/data/seed_bargain.jsonl").unwrap(),
    );
    let folder = lab::human::Folder(files);
    let cal = lab::human::calibrate(&folder, 1, &mut |_| {}).unwrap();
    println!("{}", serde_json::to_string_pretty(&cal).unwrap());
}
