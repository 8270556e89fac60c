//! `upstairs check-message`: what a message would give away before it goes out.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use leak_guard::Checked;

use super::{Whose, blocking, show};
use crate::commands::print;
use crate::error::{Error, GIVES_AWAY};
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

/// Checks it; the exit code tells whether something is given away for certain.
pub fn run(args: &CheckMessage) -> Result<ExitCode, Error> {
    let message = read(&args.file)?;
    let checked = match &args.negotiation {
        None => app::check_words(&message),
        Some(id) => blocking(async {
            let session = args.whose.session(args.json).await?;
            let id = show::id(&session, id).await?;
            Ok(session.desk.check_message(&session.who, &id, &message, session.now).await?)
        })?,
    };
    if args.json {
        show::json(&checked)?;
    } else {
        print(&told(&checked))?;
    }
    Ok(if checked.is_certain() { ExitCode::from(GIVES_AWAY) } else { ExitCode::SUCCESS })
}

/// As much of a message as is read. What a longer one has beyond that is said to be unread.
const MOST_BYTES: u64 = leak_guard::MOST_BYTES as u64;

fn read(file: &Path) -> Result<String, Error> {
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        let failed = |cause| Error::Read(file.to_owned(), cause);
        std::io::stdin().take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
    } else {
        bytes = files::read(file, MOST_BYTES)?;
    }
    // A mail in an older encoding is still looked through, word by word.
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn told(checked: &Checked) -> String {
    let mut text = String::new();
    for sentence in checked.reservations() {
        text += &wrapped(&sentence, width(), "  ");
    }
    if checked.findings.is_empty() {
        let nothing = match checked.unread.is_empty() {
            true => "Nothing found. That is no proof that nothing is there.",
            false => "In the rest nothing was found. That is no proof that nothing is there.",
        };
        return text + &wrapped(nothing, width(), "  ");
    }
    for finding in &checked.findings {
        let head = format!("{} ({}): “{}”", finding.kind.words(), finding.severity.key(), finding.excerpt);
        let instead = finding.instead.as_ref().map_or_else(String::new, |instead| format!(" Perhaps: {instead}"));
        text += &wrapped(&head, width(), "  ");
        text += &wrapped(&format!("{}{instead}", finding.why), width(), "    ");
        if finding.leave_out.words != finding.excerpt {
            text += &wrapped(&format!("Leave out: “{}”", finding.leave_out.words), width(), "    ");
        }
    }
    text
}
