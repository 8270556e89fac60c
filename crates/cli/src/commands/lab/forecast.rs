//! `upstairs lab forecast`: where each negotiation of a file was heading, after every event.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use engine::calibration::Calibration;
use engine::people::{Forecaster, of_case};
use lab::human::forecast::{Line, file};

use super::calibrate;
use crate::commands::print;
use crate::error::Error;

/// Forecast every negotiation of a file: one line after every event and for each side that knows something of its own.
///
/// Reads chats over goods and bargaining over seed (JSON lines), demands under a threat (CSV), each also packed (.gz), and a case
/// (.toml), as `upstairs export --case` writes it. Nobody's boss is in the forecast: it is what two people do at their own level.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// File with the negotiations.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Print JSON, an object a line.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode, Error> {
    let lines = if args.file.extension().is_some_and(|ending| ending == "toml") {
        of_a_case(&args.file)?
    } else {
        let text = calibrate::text_of(&args.file)?;
        let name = args.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        file(&name, &text, Calibration::shipped()).map_err(|failure| super::wrong(&args.file, failure.to_string()))?
    };
    let mut text = String::new();
    for line in &lines {
        if args.json {
            let json = serde_json::to_string(line);
            text.push_str(&json.map_err(|cause| Error::Ours(format!("a forecast has no JSON form: {cause}")))?);
            text.push('\n');
        } else {
            text.push_str(&row(line));
        }
    }
    print(&text)?;
    Ok(ExitCode::SUCCESS)
}

fn of_a_case(path: &Path) -> Result<Vec<Line>, Error> {
    let case = crate::files::case(path)?;
    let manner = of_case::manner_of_cases().ok_or_else(|| Error::Ours("no calibration was built in".to_owned()))?;
    let Some(setting) = of_case::setting(&case) else {
        return Err(super::wrong(
            path,
            "value.target is value.walk_away; a target better than the walk-away is needed",
        ));
    };
    let mut forecaster = Forecaster::new(manner, setting);
    let id = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let lines = of_case::events(&case, None).enumerate().filter_map(|(at, event)| {
        forecaster.read(event);
        forecaster.outlook().map(|outlook| Line::of(&id, at, case.role, &outlook))
    });
    Ok(lines.collect())
}

fn row(line: &Line) -> String {
    let mut text =
        format!("{} {} {:?} deal {:.0} %", line.id, line.event, line.side, 100.0 * line.agreement_probability);
    if let Some(price) = &line.price {
        let at = |level: &str| price.quantiles.get(level).copied().unwrap_or(price.mean);
        let _ = write!(text, ", at {:.2} ({:.2} to {:.2})", at("0.50"), at("0.10"), at("0.90"));
    }
    if let Some(state) = &line.state {
        let _ = write!(text, ", {:?}", state.motion);
    }
    text.push('\n');
    text
}
