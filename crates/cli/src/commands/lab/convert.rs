//! `upstairs lab convert`: a domain from one program's format to another's.

use std::path::PathBuf;
use std::process::ExitCode;

use bargain::sheet::{Sheet, text};
use clap::ValueEnum;
use lab::format::{FormatFault, Profile, genius, geniusweb, negmas, negolog};
use lab::scenario::Scenario;
use spreadsheet::issues;

use super::domains::{self, By, Loaded};
use super::wrong;
use crate::commands::print;
use crate::error::Error;
use crate::files;

/// Convert a domain with its profiles to another format.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The domain, as `upstairs lab analyse` takes it.
    domain: PathBuf,
    /// The values of each party.
    profiles: Vec<PathBuf>,
    /// The format to write.
    #[arg(long, value_enum)]
    to: To,
    /// The folder to write to; made if it isn't there.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Whose rules files are read by; without it, those of their format.
    #[arg(long, value_enum)]
    convention: Option<By>,
}

/// A format to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum To {
    /// An issue sheet in TOML: the first party's values as ours, the second's as theirs.
    Sheet,
    /// An issue sheet as a table.
    Csv,
    /// An issue sheet as a workbook.
    Xlsx,
    /// GENIUS XML.
    Genius,
    /// GeniusWeb JSON.
    Geniusweb,
    /// NegoLog JSON.
    Negolog,
    /// A scenario folder of NegMAS in YAML.
    Negmas,
    /// The same in JSON.
    NegmasJson,
    /// A scenario of `upstairs lab session`, both playing Boulware over 100 rounds.
    Scenario,
}

/// Rounds of a scenario written.
const ROUNDS: u32 = 100;

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode, Error> {
    let loaded = domains::load(&args.domain, &args.profiles, args.convention)?;
    // GENIUS's own files alone have a place for it.
    if args.to != To::Genius {
        domains::warn_of_ignored(&loaded.profiles);
    }
    let written = written(args, &loaded)?;
    std::fs::create_dir_all(&args.out).map_err(|cause| Error::WriteFile(args.out.clone(), cause))?;
    for (name, text) in written {
        let path = args.out.join(name);
        files::write(&path, &text)?;
        print(&format!("{}\n", path.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The files by name.
fn written(args: &Args, loaded: &Loaded) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let Loaded { domain, profiles, .. } = loaded;
    let unfit = |fault: FormatFault| wrong(&args.domain, fault.to_string());
    let each = |extension: &str, write: &dyn Fn(&Profile) -> Result<String, FormatFault>| {
        let file =
            |profile: &Profile| Ok((format!("{}.{extension}", file_name(&profile.name)), write(profile)?.into_bytes()));
        profiles.iter().map(file).collect::<Result<Vec<_>, FormatFault>>().map_err(unfit)
    };
    let sheet = || -> Sheet {
        let mut sheet = text::of_profiles(domain, &profiles[0].scoring, &profiles[1].scoring);
        if sheet.title.is_empty() {
            sheet.title = args.domain.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        }
        sheet
    };
    let table = || {
        let sheet = sheet();
        let lost = issues::left_out(&sheet);
        if !lost.is_empty() {
            let told =
                format!("a table has no place for {}: write an issue sheet in TOML with --to sheet", lost.join(", "));
            return Err(wrong(&args.domain, told));
        }
        Ok(sheet)
    };
    Ok(match args.to {
        To::Sheet => vec![("sheet.toml".to_owned(), text::write(&sheet()).into_bytes())],
        To::Csv => vec![("sheet.csv".to_owned(), issues::write_csv(&table()?).into_bytes())],
        To::Xlsx => {
            let workbook = issues::write_xlsx(&table()?);
            vec![("sheet.xlsx".to_owned(), workbook.map_err(|problem| wrong(&args.domain, problem.to_string()))?)]
        }
        To::Genius => {
            let template = ("domain.xml".to_owned(), genius::write(domain, None).map_err(unfit)?.into_bytes());
            [vec![template], each("xml", &|profile| genius::write(domain, Some(&profile.scoring)))?].concat()
        }
        To::Geniusweb => {
            let template = ("domain.json".to_owned(), geniusweb::write_domain(domain).into_bytes());
            [vec![template], each("json", &|profile| geniusweb::write_profile(domain, profile))?].concat()
        }
        To::Negolog => each("json", &|profile| negolog::write(domain, &profile.scoring))?,
        To::Negmas | To::NegmasJson => {
            let (extension, text) =
                if args.to == To::Negmas { ("yml", negmas::Text::Yaml) } else { ("json", negmas::Text::Json) };
            let space = (format!("domain.{extension}"), negmas::write_domain(domain, text).into_bytes());
            [vec![space], each(extension, &|profile| negmas::write_profile(domain, profile, text))?].concat()
        }
        To::Scenario => {
            let scenario = Scenario::write(domain, profiles, ROUNDS, "boulware");
            let scenario = scenario.ok_or_else(|| {
                wrong(
                    &args.domain,
                    "a scenario has no place for interactions, scales and deal-breakers: leave them out",
                )
            })?;
            vec![("scenario.json".to_owned(), format!("{scenario:#}\n").into_bytes())]
        }
    })
}

/// A party's name as a file can have it.
fn file_name(name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_alphanumeric() || "-_".contains(c) { c } else { '_' }).collect();
    if plain.is_empty() || plain == "domain" { format!("party_{plain}") } else { plain }
}
