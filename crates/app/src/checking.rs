//! A message to the counterpart, checked before it goes out.

use jiff::Timestamp;
use leak_guard::Checked;
use negotiation::Command;
use negotiation::access::Act;

use crate::accounts::Principal;
use crate::desk::Desk;
use crate::error::Error;
use crate::guard;

impl Desk {
    /// What a message would give away, and what of it is not read. That it was checked is recorded with the rules that found
    /// something, not with the words.
    pub async fn check_message(
        &self,
        who: &Principal,
        id: &str,
        message: &str,
        now: Timestamp,
    ) -> Result<Checked, Error> {
        let negotiation = self.allowed(who, id, Act::Negotiate).await?;
        let message = message.to_owned();
        let found = self.computing.run(id, move |_| guard::checked(&negotiation, &message, now)).await?;
        let mut findings: Vec<String> = found.findings.iter().map(|finding| finding.rule.clone()).collect();
        findings.sort();
        findings.dedup();
        self.record_after(who, id, &Command::CheckMessage { findings }, now).await?;
        Ok(found)
    }
}
