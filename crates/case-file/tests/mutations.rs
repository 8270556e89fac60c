//! A short fuzzing of the reader for every run: the worked cases, damaged at random. `fuzz/` has the long one.

use std::path::PathBuf;

use engine::Options;

const SEED: u64 = 20_261_123;
const DAMAGED: usize = 1500;
/// Longer negotiations only take longer.
const ROUNDS: u32 = 40;

/// Values that have broken readers before.
const NASTY: [&str; 14] = [
    "nan",
    "-inf",
    "1e308",
    "-0.0",
    "1e-320",
    "0",
    "-1",
    "9223372036854775807",
    "18446744073709551616",
    "\"\"",
    "{ low = 3, likely = 2, high = 1 }",
    "9999-12-31",
    "[[[[[[[[1]]]]]]]]",
    "{ low = 0, likely = 0, high = 1e300 }",
];

/// xorshift64*: enough to damage files with.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % sides.max(1)
    }
}

fn worked_cases() -> Vec<String> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let folders = [root.clone(), root.join("when")];
    let entries = folders.iter().flat_map(|folder| std::fs::read_dir(folder).expect("examples are there"));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    paths.iter().map(|path| std::fs::read_to_string(path).expect("readable")).collect()
}

fn damage(text: &str, dice: &mut Dice) -> Vec<u8> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..=dice.roll(3) {
        let line = dice.roll(lines.len());
        match dice.roll(6) {
            0 => drop(lines.remove(line)),
            1 => lines.insert(line, lines[line].clone()),
            2 => lines[line] = lines[line].chars().rev().collect(),
            3 => lines.swap(line, 0),
            _ => {
                if let Some((key, _)) = lines[line].split_once('=') {
                    lines[line] = format!("{key}= {}", NASTY[dice.roll(NASTY.len())]);
                }
            }
        }
        if lines.is_empty() {
            break;
        }
    }
    let mut bytes = lines.join("\n").into_bytes();
    if dice.roll(3) == 0 && !bytes.is_empty() {
        let at = dice.roll(bytes.len());
        match dice.roll(3) {
            0 => bytes[at] ^= 1 << dice.roll(8),
            1 => bytes.truncate(at),
            _ => bytes.insert(at, dice.roll(256) as u8),
        }
    }
    bytes
}

#[test]
fn damaged_cases_are_refused_or_answered_but_never_a_panic() {
    println!("seed {SEED}");
    let (cases, mut dice) = (worked_cases(), Dice(SEED));
    let options = Options::new(1, 1024);
    let (mut read, mut refused) = (0, 0);
    for _ in 0..DAMAGED {
        let bytes = damage(&cases[dice.roll(cases.len())], &mut dice);
        match case_file::read(&bytes) {
            Ok(case) => {
                read += 1;
                if read % 8 > 0 || case.time.rounds_left.is_some_and(|rounds| rounds > ROUNDS) {
                    continue;
                }
                if let Ok(answer) = engine::first_answer(&case, &options) {
                    let text = String::from_utf8_lossy(&bytes);
                    let finite = answer.values.iter().all(|(_, value, error)| value.is_finite() && error.is_finite());
                    assert!(finite, "seed {SEED}: {:?} of\n{text}", answer.values);
                }
            }
            Err(problems) => {
                refused += 1;
                assert!(!problems.is_empty(), "refused without a reason");
            }
        }
    }
    assert!(read > DAMAGED / 20 && refused > DAMAGED / 20, "{read} read, {refused} refused: the dice are loaded");
}
