//! `upstairs assumptions`: every number that the model assumes.

use std::process::ExitCode;

use engine::assumption::{self, Default, Name, Spec};
use serde::Serialize;
use terms::Quantity;

use crate::error::Error;
use crate::render;
use report::evidence::MEASURED;
use report::phrases::capital;

use super::print;

/// List every number that the model assumes, with its source and grade.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Print them as JSON.
    #[arg(long)]
    json: bool,
    /// Print what one kind of negotiation says by itself of the defaults that were fitted on several, ready for a case: such as
    /// `goods_buyers`.
    #[arg(long, value_name = "KIND", conflicts_with = "json")]
    like: Option<String>,
}

/// One row of the list.
#[derive(Serialize)]
struct Row {
    name: &'static str,
    meaning: &'static str,
    unit: &'static str,
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    key: String,
    grade: &'static str,
    source: &'static str,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode, Error> {
    if let Some(kind) = &args.like {
        print(&section(kind, &like(kind)?))?;
        return Ok(ExitCode::SUCCESS);
    }
    let rows: Vec<Row> = Name::all().map(|name| row(name.spec())).collect();
    let text = if args.json {
        let json = serde_json::to_string_pretty(&rows);
        json.map(|json| json + "\n").map_err(|cause| Error::Ours(format!("the list has no JSON form: {cause}")))?
    } else {
        table(&rows, render::width())
    };
    print(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// What a kind of negotiation says by itself; an error that lists the kinds where there is none of the name.
pub fn like(kind: &str) -> Result<Vec<(Name, Quantity<f64>)>, Error> {
    let said = assumption::as_in(kind);
    if said.is_empty() {
        let known: Vec<String> = assumption::kinds().map(|set| format!("{} ({})", set.key, set.what)).collect();
        let mend = format!("Name one of: {}.", known.join("; "));
        return Err(Error::Option(
            "--like".to_owned(),
            "names no kind of negotiation that was fitted by itself".to_owned(),
            mend,
        ));
    }
    Ok(said)
}

fn section(kind: &str, said: &[(Name, Quantity<f64>)]) -> String {
    let set = assumption::kinds().find(|set| set.key == kind);
    let mut text =
        set.map_or_else(String::new, |set| format!("# As {}: {}, {} negotiations.\n", set.what, set.source, set.n));
    text += "[assumptions]\n";
    for (name, quantity) in said {
        let value = match quantity {
            Quantity::Known(value) => format!("{value:.4}"),
            Quantity::Range { low, likely, high } => {
                format!("{{ low = {low:.4}, likely = {likely:.4}, high = {high:.4} }}")
            }
        };
        text += &format!("{} = {value}\n", name.key());
    }
    text
}

fn row(spec: &Spec) -> Row {
    let points = spec.default.percentiles(spec.bounds);
    let only_in_case = matches!(spec.default, Default::FromCase);
    Row {
        name: spec.key,
        meaning: spec.meaning,
        unit: spec.unit.words(),
        value: points.map(|[_, likely, _]| likely),
        low: points.map(|[low, ..]| low),
        high: points.map(|[.., high]| high),
        key: spec.case_key.map_or_else(|| format!("assumptions.{}", spec.key), str::to_owned),
        grade: if only_in_case && spec.grade != assumption::Grade::Judgement { "yours" } else { spec.grade.word() },
        source: spec.source,
    }
}

fn table(rows: &[Row], width: usize) -> String {
    let mut text = String::from(
        "Every number that the model assumes: middle (10th to 90th percentile), unit, grade; then what it says, and \
         its source.\nReplace any under [assumptions] of a case, or at its own key.\n",
    );
    text += "\n";
    text += &render::wrapped(MEASURED, width, "");
    for row in rows {
        let value = match (row.value, row.low, row.high) {
            (Some(value), Some(low), Some(high)) if low < high => {
                format!("{} ({} to {})", short(value), short(low), short(high))
            }
            (Some(value), ..) => short(value),
            _ => "from the case".to_owned(),
        };
        let head = format!("\n{}  {value}  {}  [{}]\n", row.name, row.unit, row.grade);
        text += &head;
        let note = format!("{}. Source: {}. Key: {}.", capital(row.meaning), row.source, row.key);
        text += &render::wrapped(&note, width, "  ");
    }
    text
}

fn short(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').replace('-', "−")
}
