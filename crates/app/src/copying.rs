//! A negotiation as the template of another: what was prepared and the issue sheet, and nothing of what happened.

use jiff::Timestamp;
use negotiation::Command;
use negotiation::access::Act;
use negotiation::fact::{Opening, Preparation};

use crate::accounts::Principal;
use crate::acting::Wish;
use crate::desk::{Desk, Done};
use crate::error::Error;

impl Desk {
    /// Opens a negotiation prepared as another is: with its prices, assumptions and issues, without its days and rounds. Under the
    /// same title and with the same counterpart where no other is said.
    pub async fn copy(
        &self,
        who: &Principal,
        id: &str,
        title: Option<String>,
        counterpart: Option<String>,
        now: Timestamp,
    ) -> Result<Done, Error> {
        let template = self.allowed(who, id, Act::Negotiate).await?;
        self.log_view(who, id, "the preparation, copied", now).await?;
        let known = template.opening.ok_or(Error::NotFound)?;
        let opening = Opening {
            title: title.unwrap_or(known.title),
            counterpart: counterpart.unwrap_or(known.counterpart),
            ..known
        };
        let mut done = self.open(who, opening, now).await?;
        let preparation = Preparation { rounds_left: None, deadline: None, ..template.preparation };
        let prepare = Command::Prepare { preparation: Box::new(preparation) };
        let sheet = template.sheet.map(|sheet| Command::PrepareIssues { sheet: Box::new(sheet) });
        for command in std::iter::once(prepare).chain(sheet) {
            let after = self.act(who, &done.id, Wish { sure: true, ..Wish::new(&command, now) }).await?;
            done.entries.extend(after.entries);
            done.negotiation = after.negotiation;
        }
        Ok(done)
    }
}
