//! Domains and profiles from files of any format known.

use std::path::{Path, PathBuf};

use bargain::domain::Domain;
use bargain::pareto::points::Convention;
use bargain::sheet::Values;
use bargain::sheet::check::SheetFault;
use clap::ValueEnum;
use lab::format::{self, Format, FormatFault, Profile};
use lab::scenario::{Scenario, discounts};

use crate::commands::packages::read;
use crate::error::Error;
use crate::files;

/// Says what the files have and nothing here uses, so that nobody takes it for counted.
pub fn warn_of_ignored(profiles: &[Profile]) {
    for told in discounts(profiles.iter().map(|profile| (profile.name.as_str(), &profile.scoring))) {
        anstream::eprintln!("note: {told}");
    }
}

/// Whose names and rules are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// GENIUS: an option counts as a share of the best on its issue.
    Genius,
    /// NegMAS, and the theory.
    Negmas,
    /// NegoLog: walk-aways don't count.
    Negolog,
}

impl From<By> for Convention {
    fn from(by: By) -> Self {
        match by {
            By::Genius => Self::Genius,
            By::Negmas => Self::Negmas,
            By::Negolog => Self::Negolog,
        }
    }
}

/// A domain with the parties' values.
#[derive(Debug)]
pub struct Loaded {
    /// What is negotiated.
    pub domain: Domain,
    /// Each party's name and values.
    pub profiles: Vec<Profile>,
    /// Whose rules were meant.
    pub convention: Convention,
}

/// Reads a domain and profiles. NegoLog's profiles are their own domain, so that its folder, or its profiles alone, do.
/// Without a convention, that of the format.
/// A scenario as `upstairs lab session` takes it does too, alone; and so does an issue sheet, with our values and our guess of
/// theirs.
pub fn load(domain: &Path, profiles: &[PathBuf], by: Option<By>) -> Result<Loaded, Error> {
    if profiles.is_empty()
        && let Some(scenario) = scenario(domain)?
    {
        let profiles = scenario.parties.into_iter().map(|party| Profile { name: party.name, scoring: party.scoring });
        let convention = by.map_or(Convention::Negmas, Convention::from);
        return Ok(Loaded { domain: scenario.domain, profiles: profiles.collect(), convention });
    }
    if profiles.is_empty() && is_sheet(domain) {
        let sheet = read(domain)?;
        let faults =
            |faults: Vec<SheetFault>| Error::Sheet(domain.to_owned(), faults.iter().map(ToString::to_string).collect());
        let values = Values::of(&sheet).map_err(faults)?;
        let profiles = [("ours", values.ours), ("theirs", values.theirs)];
        let profiles = profiles.map(|(name, scoring)| Profile { name: name.to_owned(), scoring }).to_vec();
        return Ok(Loaded {
            domain: values.domain,
            profiles,
            convention: by.map_or(Convention::Negmas, Convention::from),
        });
    }
    let named = domain;
    let (domain, profiles) =
        if named.is_dir() { folder(named, profiles)? } else { (Some(named.to_owned()), profiles.to_vec()) };
    let domain = domain.as_deref();
    let read = |path: &Path| Ok::<_, Error>((path.to_owned(), text(path)?));
    let mut texts = profiles.iter().map(|path| read(path)).collect::<Result<Vec<_>, _>>()?;
    let first = match domain {
        Some(path) => read(path)?,
        None => texts.first().cloned().ok_or_else(|| nothing(named))?,
    };
    let format = format::detect(&first.1).ok_or_else(|| unknown(&first.0))?;
    let convention = by.map_or(
        match format {
            Format::Genius => Convention::Genius,
            Format::Geniusweb | Format::Negmas => Convention::Negmas,
            Format::Negolog => Convention::Negolog,
        },
        Convention::from,
    );
    let is_profile = |text: &str| text.contains("\"issueWeights\"") && text.contains("\"issues\"");
    // A profile of NegoLog named in place of a domain is a party as well, where one is missing.
    if format == Format::Negolog && domain.is_some() && is_profile(&first.1) && texts.len() < 2 {
        texts.insert(0, first.clone());
    }
    let source = match format {
        Format::Negolog if !is_profile(&first.1) => texts.first().ok_or_else(|| nothing(&first.0))?,
        _ => &first,
    };
    let fault = |path: &Path| {
        let path = path.to_owned();
        move |fault: FormatFault| Error::Sheet(path, vec![fault.to_string()])
    };
    let domain = format.domain(&source.1).map_err(fault(&source.0))?;
    let profiles = texts.iter().map(|(path, text)| {
        let profile = format.profile(text, &domain, convention);
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        profile.map(|profile| Profile { name: stem, ..profile }).map_err(fault(path))
    });
    let profiles = profiles.collect::<Result<Vec<_>, _>>()?;
    if profiles.len() < 2 {
        return Err(nothing(&first.0));
    }
    Ok(Loaded { domain, profiles, convention })
}

/// Whether a file is an issue sheet, by its name.
fn is_sheet(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or("");
    ["toml", "csv", "xlsx"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// The scenario in a file; `None` where it has something else.
fn scenario(path: &Path) -> Result<Option<Scenario>, Error> {
    if !path.is_file() {
        return Ok(None);
    }
    let text = text(path)?;
    if !text.contains("\"n_steps\"") {
        return Ok(None);
    }
    let fault = |fault: String| Error::Sheet(path.to_owned(), vec![fault]);
    Scenario::read(&text).map(Some).map_err(|cause| fault(cause.to_string()))
}

/// The domain in a folder, where it is a file by itself, and its profiles, or those named. They are told apart by what is in
/// them; other files are passed over.
fn folder(folder: &Path, named: &[PathBuf]) -> Result<(Option<PathBuf>, Vec<PathBuf>), Error> {
    let fail = |cause| Error::Read(folder.to_owned(), cause);
    let (mut domain, mut profiles) = (None, Vec::new());
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(fail)? {
        files.push(entry.map_err(fail)?.path());
    }
    files.sort();
    for path in files {
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or("").to_ascii_lowercase();
        let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if is_hidden || !["xml", "json", "yml", "yaml"].contains(&extension.as_str()) {
            continue;
        }
        match kind(&text(&path)?) {
            Some(ForeignFile::Domain) => domain = domain.or(Some(path)),
            Some(ForeignFile::Profile) => profiles.push(path),
            None => {}
        }
    }
    Ok((domain, if named.is_empty() { profiles } else { named.to_vec() }))
}

/// What a file of another program is.
enum ForeignFile {
    Domain,
    Profile,
}

fn kind(text: &str) -> Option<ForeignFile> {
    match format::detect(text)? {
        Format::Genius if !text.contains("<issue") => None,
        Format::Genius if ["evaluation=", "<evaluator", "<weight", "<ufun"].iter().any(|part| text.contains(part)) => {
            Some(ForeignFile::Profile)
        }
        Format::Geniusweb if text.contains("\"LinearAdditiveUtilitySpace\"") => Some(ForeignFile::Profile),
        Format::Negmas if format::negmas::is_profile(text) => Some(ForeignFile::Profile),
        Format::Genius | Format::Geniusweb | Format::Negmas => Some(ForeignFile::Domain),
        Format::Negolog => text.contains("\"issueWeights\"").then_some(ForeignFile::Profile),
    }
}

fn text(path: &Path) -> Result<String, Error> {
    let bytes = files::read(path, format::MOST_BYTES as u64)?;
    format::text(&bytes).map_err(|fault| Error::Sheet(path.to_owned(), vec![fault.to_string()]))
}

fn unknown(path: &Path) -> Error {
    let formats: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
    let formats = formats.join(", ");
    let known = format!("not a domain of a known format: {formats}, a scenario or an issue sheet is expected");
    Error::Sheet(path.to_owned(), vec![known])
}

fn nothing(path: &Path) -> Error {
    let told = "name the profiles of two parties at least after the domain";
    Error::Sheet(path.to_owned(), vec![told.to_owned()])
}
