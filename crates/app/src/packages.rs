//! Packages on the record: what the issue sheet and the offers say of trades, of several offers at once, and of the limit on
//! which guidance would pay most. Nothing of it is recorded.

use bargain::beliefs::Beliefs;
use bargain::findings::{Findings, Situation, Valued, appraise};
use engine::Stop;
use jiff::Timestamp;
use negotiation::Negotiation;
use negotiation::offer::Package;
use negotiation::packages::Table;

use crate::answers::SEED;
use crate::desk::Desk;
use crate::error::Error;

/// Rounds planned where it isn't prepared how many are left.
const ROUNDS: u32 = 5;
/// Draws for the value of one package.
const DRAWS: usize = 200;

impl Desk {
    /// What there is to say of packages.
    pub async fn findings(&self, negotiation: &Negotiation, id: &str, now: Timestamp) -> Result<Findings, Error> {
        let table = Table::of(negotiation, now).ok_or(Error::NoSheet)?;
        let rounds = negotiation.preparation.rounds_left.unwrap_or(ROUNDS);
        let search = move |_: &Stop| {
            let Table { sheet, values, allowed, made, heard } = &table;
            Findings::of(&Situation { sheet, values, allowed, made, heard, rounds, seed: SEED }).map_err(Error::Search)
        };
        self.computing.run(id, search).await?
    }

    /// What one package is worth, and whether we may agree to it.
    pub async fn value(
        &self,
        negotiation: &Negotiation,
        id: &str,
        package: &Package,
        now: Timestamp,
    ) -> Result<Valued, Error> {
        let table = Table::of(negotiation, now).ok_or(Error::NoSheet)?;
        let placed = table.placed(package).ok_or(Error::NoOption)?;
        let search = move |_: &Stop| {
            let heard: Vec<_> = table.heard.iter().map(|placed| placed.package.clone()).collect();
            let beliefs = Beliefs::of(&table.values, &heard, DRAWS, SEED);
            Ok(appraise(&table.values, &beliefs, &table.allowed, &placed))
        };
        self.computing.run(id, search).await?
    }
}
