//! `upstairs lab calibrate`: what real negotiations say of the numbers that the engine assumes.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use flate2::read::MultiGzDecoder;
use lab::human::{Folder, calibrate};
use serde_json::Value;

use super::pretty;
use crate::commands::print;
use crate::error::Error;
use crate::files;
use crate::progress::Progress;

/// Most that a file of a folder may have, packed or unpacked.
const LARGEST_BYTES: u64 = 256 << 20;

/// Fit the model on a folder of real negotiations, and print the calibration file; or see what your own closed ones say.
///
/// Files whose names it doesn't know are left alone; docs/calibration.md lists those that it does.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder with the negotiations.
    #[arg(value_name = "DIR", required_unless_present = "own", conflicts_with = "own")]
    folder: Option<PathBuf>,
    /// Seed of what chance there is in fitting.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[cfg(feature = "desk")]
    #[command(flatten)]
    own: super::own::Own,
    #[cfg(not(feature = "desk"))]
    #[arg(long, hide = true)]
    own: bool,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode, Error> {
    let Some(path) = &args.folder else { return own(args) };
    let folder = read(path)?;
    let progress = Progress::begin("Fitting");
    let calibration = calibrate(&folder, args.seed, &mut |share| progress.show(share));
    drop(progress);
    let mut calibration = calibration.map_err(|unread| super::wrong(path, unread.to_string()))?;
    calibration.written = Some(crate::clock::now().to_zoned(jiff::tz::TimeZone::UTC).date());
    let json = serde_json::to_value(&calibration);
    print(&by_line(&json.map_err(|cause| Error::Ours(format!("the calibration has no JSON form: {cause}")))?))?;
    Ok(ExitCode::SUCCESS)
}

/// JSON with a line for every key, and for every element where that is a list: what changed shows, and thousands of numbers stay short.
fn by_line(value: &Value) -> String {
    let Value::Object(keys) = value else { return pretty(value) };
    let of = |(key, value): (&String, &Value)| match value {
        Value::Array(all) if !all.is_empty() => {
            let all: Vec<String> = all.iter().map(|one| format!("    {one}")).collect();
            format!("  \"{key}\": [\n{}\n  ]", all.join(",\n"))
        }
        _ => format!("  \"{key}\": {value}"),
    };
    format!("{{\n{}\n}}\n", keys.iter().map(of).collect::<Vec<_>>().join(",\n"))
}

#[cfg(feature = "desk")]
fn own(args: &Args) -> Result<ExitCode, Error> {
    super::own::run(&args.own)
}

#[cfg(not(feature = "desk"))]
fn own(_: &Args) -> Result<ExitCode, Error> {
    Err(Error::Option(
        "--own".to_owned(),
        "needs records, and this build keeps none".to_owned(),
        "Use a build with the desk.".to_owned(),
    ))
}

/// The data files of a folder, unpacked where they are packed.
pub fn read(folder: &Path) -> Result<Folder, Error> {
    let mut files = BTreeMap::new();
    let entries = std::fs::read_dir(folder).map_err(|cause| Error::Read(folder.to_owned(), cause))?;
    for entry in entries {
        let path = entry.map_err(|cause| Error::Read(folder.to_owned(), cause))?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()).map(str::to_owned) else { continue };
        let plain = name.strip_suffix(".gz").unwrap_or(&name).to_owned();
        if path.is_file() && [".jsonl", ".csv"].iter().any(|ending| plain.ends_with(ending)) {
            files.insert(plain, text(&path, name.ends_with(".gz"))?);
        }
    }
    Ok(Folder(files))
}

/// The text of a file, unpacked where its name says that it is packed.
pub fn text_of(path: &Path) -> Result<String, Error> {
    text(path, path.extension().is_some_and(|ending| ending == "gz"))
}

fn text(path: &Path, packed: bool) -> Result<String, Error> {
    let bytes = files::read(path, LARGEST_BYTES)?;
    if !packed {
        return String::from_utf8(bytes).map_err(|_| super::wrong(path, "is not UTF-8 text"));
    }
    let mut text = String::new();
    let mut unpacked = MultiGzDecoder::new(bytes.as_slice()).take(LARGEST_BYTES + 1);
    let read = unpacked.read_to_string(&mut text).map_err(|cause| Error::Read(path.to_owned(), cause))?;
    if read as u64 > LARGEST_BYTES { Err(Error::TooLarge(path.to_owned(), LARGEST_BYTES)) } else { Ok(text) }
}
