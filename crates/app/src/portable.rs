//! Negotiations out of a store and into another, whole, as JSON: the entries as they were recorded.

use std::collections::BTreeSet;

use jiff::Timestamp;
use negotiation::{Entry, Summary};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Note, StoredEntry};

use crate::accounts::Principal;
use crate::desk::Desk;
use crate::error::Error;
use crate::wire;

mod offers;
mod soundness;

pub use offers::{Given, NotRecorded};

/// The form written now.
const FORMAT: u32 = 1;

/// Negotiations to carry elsewhere. Privileged throughout.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Portable {
    /// The form: 1.
    #[schemars(range(min = 1, max = 1))]
    pub format: u32,
    /// The negotiations.
    pub negotiations: Vec<PortableNegotiation>,
}

/// A negotiation with all its entries.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PortableNegotiation {
    /// Its id.
    #[schemars(regex(pattern = r"^[0-9a-z]{1,32}$"))]
    pub id: String,
    /// Its entries, oldest first.
    // In the stored form, by which a file is read for ever; so far that looks as what is sent does, which a test holds.
    #[schemars(with = "Vec<wire::Entry>")]
    pub entries: Vec<StoredEntry>,
}

/// A negotiation that is carried in, as the record has it.
#[derive(Clone, Debug)]
struct Carried {
    id: String,
    entries: Vec<Entry>,
}

impl From<PortableNegotiation> for Carried {
    fn from(one: PortableNegotiation) -> Self {
        Self { id: one.id, entries: one.entries.into_iter().map(Entry::from).collect() }
    }
}

/// What came of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Imported {
    /// How many negotiations were taken in.
    pub negotiations: usize,
    /// How many were here already with the same entries, and were left as they are. The record here may have gone on since.
    pub already_here: usize,
    /// The ids of those that are here with other entries: nothing of them was taken in.
    pub differing: BTreeSet<String>,
}

impl Desk {
    /// One negotiation, whole.
    pub async fn export(&self, who: &Principal, id: &str, now: Timestamp) -> Result<Portable, Error> {
        let negotiation = self.look_privileged(who, id, "the whole record, exported", now).await?;
        let entries = negotiation.history.into_iter().map(StoredEntry::from).collect();
        Ok(Portable { format: FORMAT, negotiations: vec![PortableNegotiation { id: id.to_owned(), entries }] })
    }

    /// All negotiations of which `who` sees everything.
    pub async fn export_all(&self, who: &Principal, now: Timestamp) -> Result<Portable, Error> {
        let mut negotiations = Vec::new();
        let mut cursor = None;
        loop {
            let (listed, next) = self.list(who, cursor.as_ref(), 500).await?;
            for one in listed {
                match self.export(who, &one.id, now).await {
                    Ok(portable) => negotiations.extend(portable.negotiations),
                    Err(Error::Forbidden) => {}
                    Err(other) => return Err(other),
                }
            }
            match next {
                Some(next) => cursor = Some(next),
                None => return Ok(Portable { format: FORMAT, negotiations }),
            }
        }
    }

    /// Takes in negotiations, entry by entry as they were recorded, and logs each with who did it. Nothing is taken of a file
    /// in which anything is wrong; of one that is right each negotiation is taken by itself, unless it is here already.
    pub async fn import(&self, who: &Principal, portable: Portable, now: Timestamp) -> Result<Imported, Error> {
        if portable.format != FORMAT {
            return Err(Error::Import(format!(
                "the form {} is not known here; expected {FORMAT}; export it again with this version",
                portable.format
            )));
        }
        let negotiations = portable.negotiations;
        let sound = self.computing.run(&who.user.0, move |_| summarised(negotiations)).await??;
        let mut imported = Imported::default();
        for (one, summary) in &sound {
            self.take_in(who, one, summary, now, &mut imported).await?;
        }
        Ok(imported)
    }

    async fn take_in(
        &self,
        who: &Principal,
        one: &Carried,
        summary: &Summary,
        now: Timestamp,
        imported: &mut Imported,
    ) -> Result<(), Error> {
        let what = who.logged(&format!("imported entries 1 to {}", one.entries.len()));
        let note = Note { at: now, who: &who.user.0, what: &what, negotiation: &one.id };
        match self.store.take_in(&one.id, &one.entries, summary, &note).await {
            Ok(()) => {
                imported.negotiations += 1;
                self.bell.recorded();
            }
            Err(store::Error::Conflict { .. }) => {
                let here = self.store.read(&one.id).await?;
                if here.starts_with(&one.entries) {
                    imported.already_here += 1;
                } else {
                    imported.differing.insert(one.id.clone());
                }
            }
            Err(other) => return Err(other.into()),
        }
        Ok(())
    }
}

/// Negotiations as the record has them, with their summaries, where each could have been recorded here.
fn summarised(negotiations: Vec<PortableNegotiation>) -> Result<Vec<(Carried, Summary)>, Error> {
    let summarised = negotiations.into_iter().map(|one| {
        let one = Carried::from(one);
        let summary = Summary::of(&soundness::sound(&one)?).ok_or(Error::Ours("a record without an opening"))?;
        Ok((one, summary))
    });
    summarised.collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// What is promised of a file and of the API is one schema, as long as every fact looks alike stored and sent.
    #[test]
    fn every_fact_is_sent_as_it_is_carried() {
        let goldens = Path::new(env!("CARGO_MANIFEST_DIR")).join("../store/goldens/format-1.jsonl");
        for fact in std::fs::read_to_string(goldens).unwrap().lines() {
            let line =
                format!(r#"{{"version":3,"at":"2026-03-02T09:00:00Z","on":"2026-02-20","by":"nora","fact":{fact}}}"#);
            let carried: StoredEntry = serde_json::from_str(&line).unwrap();
            assert_eq!(serde_json::to_string(&carried).unwrap(), line);
            let sent = wire::Entry::from(Entry::from(carried));
            assert_eq!(serde_json::to_string(&sent).unwrap(), line);
            let read: wire::Fact = serde_json::from_str(fact).unwrap();
            assert_eq!(read, sent.fact);
        }
    }
}
