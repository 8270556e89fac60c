//! `upstairs verify`: proof of what is stored, by itself and against hashes that were kept elsewhere.

use std::process::ExitCode;

use app::{Dated, Held, KeptHash, Verified, kept_as};

use super::{Place, blocking};
use crate::commands::print;
use crate::error::{Error, Failure};
use crate::progress::Progress;

/// What to verify.
#[derive(Debug, clap::Args)]
pub struct Verify {
    /// A hash that was kept elsewhere, as this or `upstairs backup` printed it (HASH@MOMENT): tells whether all that stood here then
    /// is still there, and since when it differs. As often as needed; with several that time is told more closely.
    #[arg(long, value_name = "HASH")]
    against: Vec<KeptHash>,
    #[command(flatten)]
    place: Place,
}

/// Proves that nothing stored was altered; writes nothing.
pub fn verify(args: &Verify) -> Result<ExitCode, Error> {
    blocking(async {
        let records = args.place.custody().await?;
        let progress = Progress::begin("Verifying");
        let verified = records.verify_against(&args.against, &|share| progress.show(share)).await;
        drop(progress);
        records.close().await;
        let (verified, held) = verified?;
        print(&format!(
            "  Whole. Entries: {}; negotiations: {}; lines in the log: {}.\n  The last hash is {}.\n",
            verified.entries,
            verified.negotiations,
            verified.log_lines,
            kept_as(&verified.moment)
        ))?;
        if args.against.is_empty() {
            print(
                "  It covers everything that stands here. Kept elsewhere, it proves that later: `upstairs verify --against HASH`.\n",
            )?;
        }
        against(&args.against, &held, &verified)
    })
}

/// Says what became of what was kept. What differs is an error, after all of it was told.
fn against(kept: &[KeptHash], held: &[Held], verified: &Verified) -> Result<ExitCode, Error> {
    let when = |dated: &Dated| match dated.at {
        Some(at) => negotiation::words::moment(at),
        None => format!("moment {}", dated.moment.place),
    };
    let mut differs = None;
    for (kept, held) in kept.iter().zip(held) {
        let short = &kept.hash[..12];
        let line = match held {
            Held::Whole(dated) => format!(
                "{short}…: all that stood here then ({}) still does. Since then: {} entries, {} lines in the log.",
                when(dated),
                verified.entries - dated.moment.entries,
                verified.log_lines - dated.moment.lines
            ),
            Held::RecordAlone { entry } => format!(
                "{short}…: is that of entry {entry}, as earlier versions printed it. The record up to there still stands; of what is \
                 beside it that hash says nothing."
            ),
            Held::Differs { after, by } => {
                let since = match (after, by) {
                    (Some(after), Some(by)) => format!("since some time between {} and {}", when(after), when(by)),
                    (Some(after), None) => format!("since some time after {}", when(after)),
                    (None, Some(by)) => format!("since {} or before", when(by)),
                    (None, None) => "since before that hash was taken".to_owned(),
                };
                differs.get_or_insert_with(|| since.clone());
                format!("{short}…: what stood here then is not what stands here. It differs {since}.")
            }
        };
        print(&format!("  {line}\n"))?;
    }
    match differs {
        None => Ok(ExitCode::SUCCESS),
        Some(since) => Err(Failure::Differs(since).into()),
    }
}
