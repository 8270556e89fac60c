//! What to do next on a record; where an issue sheet is on it, with the package that goes with the amount.

use bargain::findings::{Situation, package_worth};
use engine::Stop;
use engine::advice::NextAct;
use jiff::Timestamp;
use negotiation::Negotiation;
use negotiation::offer::Package;
use negotiation::packages::Table;
use serde::Serialize;
use terms::{NextActKind, Side};

use crate::answers::{self, SAMPLES, SEED};
use crate::desk::Desk;
use crate::error::Error;

/// What to do next.
#[derive(Clone, Debug, Serialize)]
pub struct Next {
    /// The act.
    #[serde(flatten)]
    pub act: NextAct,
    /// The package to accept, to offer or to stay at; null without an issue sheet, or where none goes with the act.
    pub package: Option<Package>,
}

impl Desk {
    /// What to do next on a record that was read already, by all that is on it.
    pub async fn next_act(&self, negotiation: &Negotiation, id: &str, now: Timestamp) -> Result<Next, Error> {
        let case = self.case(negotiation, id, now).await?;
        let act = answers::next_act(&self.computing, id, case, SEED, SAMPLES).await?;
        let last = |side: Side| {
            let offers = negotiation.offers.iter().rev();
            offers.map(|recorded| &recorded.offer).find(|offer| offer.by == side).map(|offer| offer.package.clone())
        };
        let package = match (Table::of(negotiation, now), act.kind, act.amount) {
            (Some(_), NextActKind::Accept, _) => last(Side::Them),
            (Some(_), NextActKind::Hold, _) => last(Side::Us),
            (Some(table), NextActKind::Offer, Some(amount)) => self.package_worth(id, table, amount).await?,
            _ => None,
        };
        Ok(Next { act, package })
    }

    /// The package likely best for them of those within the mandate that are worth no less to us than a price.
    async fn package_worth(&self, id: &str, table: Table, amount: f64) -> Result<Option<Package>, Error> {
        let search = move |_: &Stop| {
            let Table { sheet, values, allowed, made, heard } = &table;
            let situation = Situation { sheet, values, allowed, made, heard, rounds: 1, seed: SEED };
            let found = package_worth(&situation, amount).map_err(Error::Search)?;
            Ok(found.map(|choices| table.package(&choices)))
        };
        self.computing.run(id, search).await?
    }
}
