//! A negotiation on record, named where a command otherwise takes a case.

use engine::case::Case;

use super::{Whose, blocking, show};
use crate::error::Error;

/// Which negotiation on record, and as whom.
#[derive(Debug, clap::Args)]
pub struct OnRecord {
    /// Advise on a negotiation on record instead of a file.
    #[arg(long, value_name = "ID", conflicts_with_all = ["case", "ask", "save"])]
    negotiation: Option<String>,
    /// Take the advice: record it in the negotiation, with its seed and inputs.
    #[arg(long, requires = "negotiation", conflicts_with_all = ["as_of", "ledger"])]
    take: bool,
    #[command(flatten)]
    whose: Whose,
}

impl OnRecord {
    /// The case that the negotiation makes, with its id, where one is named. If it is to be taken, the advice with such a
    /// seed and so many samples is put on the record too.
    pub fn case(&self, seed: u64, samples: u32) -> Result<Option<(String, Case)>, Error> {
        let Some(beginning) = &self.negotiation else { return Ok(None) };
        blocking(async {
            let session = self.whose.session(false).await?;
            let id = show::id(&session, beginning).await?;
            let case = session.desk.export_case(&session.who, &id, session.now).await?;
            if self.take {
                session.desk.take_advice(&session.who, &id, seed, samples, session.now).await?;
            }
            session.desk.close().await;
            Ok(Some((id, case)))
        })
    }
}
