//! Real negotiations: read, fitted, and forecast against how they ended.
//!
//! The data are not part of the product, for their licences don't allow it; what is fitted on them is
//! ([`engine::calibration`]). [`calibrate`] does all of it, from the text of the files.

use std::collections::BTreeMap;

use engine::calibration::{Calibration, Fit, Set};

pub mod counterpart;

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
    let parts = vec![counterpart::calibrate(folder, seed, shown)?];
    shown(1.0);
    let mut calibration = Calibration { code_version: engine::VERSION.to_owned(), seed, ..Calibration::default() };
    for part in parts {
        calibration.sets.extend(part.sets);
        calibration.fits.extend(part.fits);
    }
    Ok(calibration)
}
