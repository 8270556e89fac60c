//! `upstairs check-message`: what a message would give away before it goes out.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use leak_guard::Finding;

use super::{Whose, blocking, show};
use crate::commands::print;
use crate::error::Error;
use crate::files;
use crate::render::{width, wrapped};

/// Which message.
#[derive(Debug, clap::Args)]
pub struct CheckMessage {
    /// The message, a text file; - for standard input.
    file: PathBuf,
    /// The negotiation that it belongs to: its numbers are looked for too.
    #[arg(long, value_name = "ID")]
    negotiation: Option<String>,
    #[command(flatten)]
    whose: Whose,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Checks it.
pub fn run(args: &CheckMessage) -> Result<ExitCode, Error> {
    let message = read(&args.file)?;
    let found = match &args.negotiation {
        None => app::check_words(&message),
        Some(id) => blocking(async {
            let session = args.whose.session(args.json).await?;
            let id = show::id(&session, id).await?;
            Ok(session.desk.check_message(&session.who, &id, &message, session.now).await?)
        })?,
    };
    if args.json {
        show::json(&serde_json::json!({ "findings": found }))?;
    } else {
        print(&told(&found))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// As much of a message as is read.
const MOST_BYTES: u64 = 1024 * 1024;

fn read(file: &Path) -> Result<String, Error> {
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        let failed = |cause| Error::Read(file.to_owned(), cause);
        std::io::stdin().take(MOST_BYTES).read_to_end(&mut bytes).map_err(failed)?;
    } else {
        bytes = files::read(file, MOST_BYTES)?;
    }
    // A mail in an older encoding is still looked through, word by word.
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn told(found: &[Finding]) -> String {
    if found.is_empty() {
        return "  Nothing found. That is no proof that nothing is there.\n".to_owned();
    }
    let mut text = String::new();
    for finding in found {
        let head = format!("{} ({}): “{}”", finding.kind.words(), finding.severity.key(), finding.excerpt);
        let instead = finding.instead.as_ref().map_or_else(String::new, |instead| format!(" Perhaps: {instead}"));
        text += &wrapped(&head, width(), "  ");
        text += &wrapped(&format!("{}{instead}", finding.why), width(), "    ");
    }
    text
}
