//! The file that a study grows in, line by line, and is resumed from.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use engine::assumption::Name;
use engine::experiment::PlanValue;
use lab::study::{CaseAnswer, DISTRIBUTION, SAMPLES, Setting, StudyCase, answer};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::files;

/// What the lines of a folder were made by; lines of another origin don't mix with them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    seed: u64,
    engine_version: String,
    distribution: u32,
    samples: u32,
    /// Assumptions held in every case.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    assumed: BTreeMap<Name, f64>,
    /// What the first case is answered with: it tells two states of the engine apart that bear the same version.
    first_case: Vec<PlanValue>,
}

impl Origin {
    /// This engine's, under `seed`, with assumptions `held`.
    pub fn now(seed: u64, held: &BTreeMap<Name, f64>) -> Result<Self, Error> {
        let first = StudyCase::draw(seed, 0).and_then(|drawn| answer(&drawn.assuming(held), false));
        let first = first.map_err(|_| Error::Ours("a drawn case is not sound".to_owned()))?;
        Ok(Self {
            seed,
            engine_version: engine::VERSION.to_owned(),
            distribution: DISTRIBUTION,
            samples: SAMPLES,
            assumed: held.clone(),
            first_case: first.plans,
        })
    }

    /// What differs from `other`, in words.
    fn differences(&self, other: &Self) -> Vec<String> {
        let pairs = [
            ("seed", self.seed.to_string(), other.seed.to_string()),
            ("engine version", self.engine_version.clone(), other.engine_version.clone()),
            ("distribution", self.distribution.to_string(), other.distribution.to_string()),
            ("samples", self.samples.to_string(), other.samples.to_string()),
            ("assumed", assumptions(&self.assumed), assumptions(&other.assumed)),
        ];
        let differ = pairs.into_iter().filter(|(_, mine, theirs)| mine != theirs);
        let mut differences: Vec<String> =
            differ.map(|(what, mine, theirs)| format!("{what} {theirs}, not {mine}")).collect();
        if differences.is_empty() && self.first_case != other.first_case {
            differences.push("its engine answers the first case otherwise".to_owned());
        }
        differences
    }
}

/// Assumptions in words.
fn assumptions(held: &BTreeMap<Name, f64>) -> String {
    let all: Vec<String> = held.iter().map(|(name, value)| format!("{name}={value}")).collect();
    if all.is_empty() { "nothing".to_owned() } else { all.join(", ") }
}

/// The results so far, and the file that more are appended to.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
    lines: BTreeMap<u64, CaseAnswer>,
}

/// Largest file that is read, in bytes.
const MOST_BYTES: u64 = 16 << 30;

impl Journal {
    /// Opens the journal in `folder`, or begins one. A last line that was cut short is dropped.
    pub fn open(folder: &Path, origin: &Origin) -> Result<Self, Error> {
        std::fs::create_dir_all(folder).map_err(Error::Write)?;
        check_origin(folder, origin)?;
        let path = folder.join("cases.jsonl");
        let (lines, whole) = if path.exists() { read(&path)? } else { (BTreeMap::new(), 0) };
        let file = OpenOptions::new().create(true).append(true).open(&path).map_err(Error::Write)?;
        file.set_len(whole).map_err(Error::Write)?;
        Ok(Self { path, file, lines })
    }

    /// The results that `setting` asks for, as far as they are there, in the order of their indices.
    pub fn answers(&self, setting: &Setting) -> BTreeMap<u64, CaseAnswer> {
        let asked = |(index, answer): &(&u64, &CaseAnswer)| {
            **index < setting.cases && (**index >= setting.ledgers || !answer.ledgers.is_empty())
        };
        self.lines.iter().filter(asked).map(|(&index, answer)| (index, answer.clone())).collect()
    }

    /// Appends results to the file, and takes them back as the file has them.
    pub fn append(&mut self, answers: Vec<CaseAnswer>) -> Result<(), Error> {
        let mut text = String::new();
        for answer in answers {
            let line = serde_json::to_string(&answer);
            text += &line.map_err(|cause| Error::Ours(format!("a result has no JSON form: {cause}")))?;
            text.push('\n');
            self.lines.insert(answer.index, answer);
        }
        self.file.write_all(text.as_bytes()).map_err(|cause| {
            // A line cut short by a full disk is dropped when the study is resumed.
            Error::Write(std::io::Error::new(cause.kind(), format!("{}: {cause}", self.path.display())))
        })
    }
}

/// Refuses a folder of another origin; marks a new one as ours.
fn check_origin(folder: &Path, origin: &Origin) -> Result<(), Error> {
    let path = folder.join("study.json");
    let mend = "Name another folder with --out, or run the study that this one was begun with.";
    if !path.exists() {
        if folder.join("cases.jsonl").exists() {
            return Err(refusal(folder, "holds results without a study.json that says what made them", mend));
        }
        let json = serde_json::to_string_pretty(origin);
        let json = json.map_err(|cause| Error::Ours(format!("the study has no JSON form: {cause}")))?;
        return files::write(&path, (json + "\n").as_bytes());
    }
    let bytes = files::read(&path, 1 << 20)?;
    let found: Origin = serde_json::from_slice(&bytes)
        .map_err(|_| refusal(folder, "holds a study.json that isn't one of ours", mend))?;
    let differences = origin.differences(&found);
    if differences.is_empty() {
        return Ok(());
    }
    Err(refusal(folder, &format!("holds another study: {}", differences.join("; ")), mend))
}

fn refusal(folder: &Path, problem: &str, mend: &str) -> Error {
    Error::Option("--out".to_owned(), format!("{} {problem}", folder.display()), mend.to_owned())
}

/// The lines of a file, a later one for the same case in place of an earlier; and how many bytes are whole lines.
fn read(path: &Path) -> Result<(BTreeMap<u64, CaseAnswer>, u64), Error> {
    let bytes = files::read(path, MOST_BYTES)?;
    let whole = bytes.iter().rposition(|&byte| byte == b'\n').map_or(0, |last| last + 1);
    let mut lines = BTreeMap::new();
    for (number, line) in bytes[..whole].split_inclusive(|&byte| byte == b'\n').enumerate() {
        let answer: CaseAnswer = serde_json::from_slice(line).map_err(|cause| {
            let problem = format!("line {}: is no result of a study ({cause})", number + 1);
            Error::Advice(path.to_owned(), problem, "Delete that line: its case is computed again.".to_owned())
        })?;
        lines.insert(answer.index, answer);
    }
    Ok((lines, whole as u64))
}
