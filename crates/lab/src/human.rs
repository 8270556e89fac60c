//! Real negotiations: read, fitted, and forecast against how they ended.
//!
//! The data are not part of the product, for their licences don't allow it; what is fitted on them is
//! ([`engine::calibration`]). [`calibrate`] does all of it, from the text of the files.

mod bending;
mod boosting;
mod cholesky;
pub mod counterpart;
pub mod dialogues;
pub mod evidence;
pub mod forecast;
pub mod goods;
pub mod logit;
mod multinomial;
pub mod people;
pub mod score;
pub mod seed;

use std::collections::BTreeMap;

use engine::calibration::{Calibration, Fit, Set};
use engine::people::Manner;
use terms::Role;

use dialogues::Dialogue;
use people::Kind;
use score::Score;

/// The files of a folder by name, unpacked.
#[derive(Clone, Debug, Default)]
pub struct Folder(pub BTreeMap<String, String>);

impl Folder {
    /// The text of a file; `None` where the folder has none of that name.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

/// A file that can't be read as what its name says.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}: {what}")]
pub struct Unread {
    /// Its name.
    pub file: String,
    /// The line, from 1.
    pub line: u64,
    /// What is wrong.
    pub what: String,
}

/// What fitting one kind of negotiation brings.
#[derive(Clone, Debug, Default)]
pub struct Fitted {
    /// What it was fitted on.
    pub sets: Vec<Set>,
    /// What was fitted.
    pub fits: Vec<Fit>,
}

/// Everything fitted that the folder has files for. `shown` hears how far it has come, from 0 to 1.
pub fn calibrate(folder: &Folder, seed: u64, shown: &mut dyn FnMut(f64)) -> Result<Calibration, Unread> {
    let mut calibration = Calibration { code_version: engine::VERSION.to_owned(), seed, ..Calibration::default() };
    for (manner, set, _) in manners(folder, &mut |share| shown(0.2 * share))? {
        calibration.sets.push(set);
        calibration.manners.push(manner);
    }
    let fitted = counterpart::calibrate(folder, seed, &mut |share| shown(0.2 + 0.7 * share))?;
    let counted = evidence::of(folder, seed)?;
    shown(1.0);
    for part in std::iter::once(fitted).chain(counted) {
        calibration.sets.extend(part.sets);
        calibration.fits.extend(part.fits);
    }
    Ok(calibration)
}

/// How good forecasts are, of everything that the folder has files for: cross-validated, or, where a calibration is given, by it.
pub fn score(folder: &Folder, by: Option<&Calibration>, shown: &mut dyn FnMut(f64)) -> Result<Vec<Score>, Unread> {
    let mut scores = Vec::new();
    match by {
        None => scores.extend(manners(folder, shown)?.into_iter().flat_map(|(_, _, scores)| scores)),
        Some(calibration) => {
            for people in &PEOPLE {
                let (text, manner) = (folder.text(people.file), calibration.manner(people.kind.set));
                let (Some(text), Some(manner)) = (text, manner) else { continue };
                scores.extend(score::score(people.kind, manner, &(people.read)(people.file, text)?));
            }
        }
    }
    if let Some(text) = folder.text(evidence::threats::FILE) {
        let threats = match by.map(evidence::threats::model) {
            None => evidence::threats::score(text)?,
            Some(Some(model)) => evidence::threats::score_with(text, &model)?,
            Some(None) => None,
        };
        scores.extend(threats.map(|score| Score::of_chances("threats", &score)));
    }
    Ok(scores)
}

/// Real negotiations of two people over a price.
struct People {
    kind: Kind,
    file: &'static str,
    read: fn(&str, &str) -> Result<Vec<Dialogue>, Unread>,
    /// Who bargained over what.
    what: &'static str,
    source: &'static str,
}

const PEOPLE: [People; 2] = [
    People {
        kind: Kind { set: goods::SET, chat: true, counted: None },
        file: goods::FILE,
        read: goods::read,
        what: "chats of two over second-hand goods, for points",
        source: "CraigslistBargain: He, Chen, Balakrishnan and Liang 2018",
    },
    People {
        kind: Kind { set: seed::SET, chat: false, counted: Some(Role::Buyer) },
        file: seed::FILE,
        read: seed::read,
        what: "farmers buying maize seed in a shop, with real money, from a seller who concedes by rule",
        source: "bjvca/bargaining_for_seed",
    },
];

fn manners(folder: &Folder, shown: &mut dyn FnMut(f64)) -> Result<Vec<(Manner, Set, Vec<Score>)>, Unread> {
    let mut found = Vec::new();
    for (at, people) in PEOPLE.iter().enumerate() {
        let Some(text) = folder.text(people.file) else { continue };
        let dialogues = (people.read)(people.file, text)?;
        if dialogues.is_empty() {
            continue;
        }
        let before = at as f64;
        let (manner, scores) =
            score::cross_validate(people.kind, &dialogues, &mut |share| shown((before + share) / PEOPLE.len() as f64));
        let set = Set {
            key: people.kind.set.to_owned(),
            what: people.what.to_owned(),
            source: people.source.to_owned(),
            n: dialogues.len() as u64,
        };
        found.push((manner, set, scores));
    }
    Ok(found)
}
