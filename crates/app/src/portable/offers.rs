//! The offers of one negotiation out to a sheet, and in from one.

use jiff::Timestamp;
use negotiation::access::Act;
use negotiation::{Command, Stamp};
use spreadsheet::{Known, Line};
use terms::Side;

use crate::accounts::Principal;
use crate::acting::Wish;
use crate::desk::{Desk, Done, again};
use crate::error::Error;

/// What whoever imports offers says to them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Given<'a> {
    /// Why offers of ours are recorded even where they lie outside the mandate.
    pub despite: Option<&'a str>,
    /// Those that break the pattern are meant.
    pub sure: bool,
}

/// Why the offers of a sheet were not recorded: none of them was.
#[derive(Debug)]
pub struct NotRecorded {
    /// The first offer that can't be, counted from 1, where it is one of them.
    pub offer: Option<usize>,
    /// Why not.
    pub why: Error,
}

impl From<Error> for NotRecorded {
    fn from(why: Error) -> Self {
        Self { offer: None, why }
    }
}

impl Desk {
    /// The offers on record, as lines of a sheet.
    pub async fn export_offers(&self, who: &Principal, id: &str, now: Timestamp) -> Result<Vec<Line>, Error> {
        let negotiation = self.look_privileged(who, id, "the offers, exported", now).await?;
        let lines =
            negotiation.offers.iter().map(|recorded| Line { on: Some(recorded.on), offer: recorded.offer.clone() });
        Ok(lines.collect())
    }

    /// What a sheet of offers is read by: the currency, and the names of terms that the negotiation knows, from its issues and from
    /// what is on the table. `terms` are such as somebody says are terms besides.
    pub async fn known_in_sheets(&self, who: &Principal, id: &str, terms: &[String]) -> Result<Known, Error> {
        let negotiation = self.allowed(who, id, Act::Negotiate).await?;
        let issues = negotiation.sheet.iter().flat_map(|sheet| &sheet.issues).map(|issue| &issue.name);
        let offered = negotiation.offers.iter().flat_map(|recorded| recorded.offer.package.terms.keys());
        let terms = offered.chain(issues).chain(terms).cloned().collect();
        Ok(Known { currency: negotiation.currency(), terms })
    }

    /// Records the offers of a sheet, each on its day and those without one as of now, in their order, all or none. Offers of
    /// ours that lie outside the mandate need a reason.
    pub async fn import_offers(
        &self,
        who: &Principal,
        id: &str,
        lines: &[Line],
        given: Given<'_>,
        now: Timestamp,
    ) -> Result<Done, NotRecorded> {
        let mut tries = 0;
        loop {
            tries += 1;
            match self.try_offers(who, id, lines, given, now).await {
                Err(NotRecorded { why: Error::Conflict { .. }, .. }) if again(tries).await => {}
                done => return done,
            }
        }
    }

    async fn try_offers(
        &self,
        who: &Principal,
        id: &str,
        lines: &[Line],
        given: Given<'_>,
        now: Timestamp,
    ) -> Result<Done, NotRecorded> {
        let mut negotiation = self.allowed(who, id, Act::Negotiate).await?;
        let (expected, mut entries) = (negotiation.version, Vec::new());
        for (number, line) in (1..).zip(lines) {
            let ours = line.offer.by == Side::Us;
            let despite = given.despite.filter(|_| ours).map(str::to_owned);
            let command = Command::Offer { offer: line.offer.clone(), despite };
            let stamp = Stamp::new(now, line.on);
            let wish = Wish { sure: given.sure, ..Wish::new(&command, stamp) };
            let refused = |why| NotRecorded { offer: Some(number), why };
            wish.is_meant(&negotiation).map_err(refused)?;
            entries.extend(negotiation.enact(&command, stamp, who.hand()).map_err(|why| refused(why.into()))?);
        }
        if !entries.is_empty() {
            self.append(who, id, expected, &entries, &negotiation).await?;
        }
        Ok(Done { id: id.to_owned(), entries, negotiation })
    }
}
