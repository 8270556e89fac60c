//! `upstairs lab calibrate --own`: what one's own closed negotiations say of the defaults, and how forecasts held in them.

use std::process::ExitCode;

use engine::own::History;
use report::history::{self, Line};

use crate::commands::desk::{Whose, blocking};
use crate::commands::print;
use crate::error::Error;

use super::pretty;

/// One's own negotiations in place of a folder.
#[derive(Debug, clap::Args)]
pub struct Own {
    /// See what your own closed negotiations say of the defaults, and how good forecasts were in them.
    #[arg(long)]
    own: bool,
    #[command(flatten)]
    whose: Whose,
    /// Print JSON.
    #[arg(long, requires = "own")]
    json: bool,
}

/// Reads them, and prints what they say.
pub fn run(own: &Own) -> Result<ExitCode, Error> {
    let told = blocking(async {
        let session = own.whose.session(own.json).await?;
        let told = session.desk.history(&session.who, session.now).await;
        session.desk.close().await;
        Ok(told?)
    })?;
    print(&if own.json { json(&told)? } else { text(&told) })?;
    Ok(ExitCode::SUCCESS)
}

fn json(told: &History) -> Result<String, Error> {
    let value = serde_json::to_value(told);
    Ok(pretty(&value.map_err(|cause| Error::Ours(format!("one's own history has no JSON form: {cause}")))?))
}

fn text(told: &History) -> String {
    let mut text = String::new();
    let how_good = history::lines(told);
    if how_good.is_empty() {
        return "None of your negotiations is closed yet: once some are, this says how good forecasts were in them, and what they \
                make of the defaults.\n"
            .to_owned();
    }
    section(&mut text, "How good forecasts were, in your closed negotiations", &how_good);
    let pooled: Vec<Line> = told.pooled.iter().map(history::pooled).collect();
    if !pooled.is_empty() {
        section(&mut text, "What they make of the defaults", &pooled);
        text += "\nTo go by these in a negotiation: upstairs prepare ID --own-history\n";
    }
    text
}

fn section(text: &mut String, title: &str, lines: &[Line]) {
    *text += &format!("{}{title}\n", if text.is_empty() { "" } else { "\n" });
    for Line { what, figure, note } in lines {
        *text += &format!("  {what:<46} {figure}\n      {note}\n");
    }
}
