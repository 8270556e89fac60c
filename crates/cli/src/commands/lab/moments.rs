//! `upstairs lab moments`: what the engine's counterparts do beside what people did.

use std::path::PathBuf;
use std::process::ExitCode;

use lab::human::counterpart::{moments, read};

use crate::commands::print;
use crate::error::Error;

/// Set what the engine's counterparts do beside what people did, reply by reply.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder with the negotiations.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Negotiations that the engine plays for each set.
    #[arg(long, default_value_t = 4000)]
    count: usize,
    /// Seed of what chance there is in them.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Folder for a picture of each set, as SVG.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode, Error> {
    let folder = super::calibrate::read(&args.folder)?;
    let sets = read::all(&folder).map_err(|unread| super::wrong(&args.folder, unread.to_string()))?;
    for people in &sets {
        let rows = moments::table(people, args.count, args.seed)
            .map_err(|refusal| Error::Ours(format!("a set can't be played: {refusal:?}")))?;
        print(&moments::shown(people, &rows))?;
        if let Some(out) = &args.out {
            let path = out.join(format!("moments-{}.svg", people.key));
            crate::files::write(&path, moments::chart(people, &rows).svg().as_bytes())?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
