//! Negotiations out of a store and into another, whole, as JSON: the entries as they were recorded.

use jiff::Timestamp;
use negotiation::access::Act;
use negotiation::{Entry, Negotiation, Phase, Summary};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::accounts::Principal;
use crate::desk::Desk;
use crate::error::Error;

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
    pub entries: Vec<Entry>,
}

impl Desk {
    /// One negotiation, whole.
    pub async fn export(&self, who: &Principal, id: &str, now: Timestamp) -> Result<Portable, Error> {
        let negotiation = self.look_privileged(who, id, "the whole record, exported", now).await?;
        let entries = negotiation.history;
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

    /// Takes in negotiations that are not here yet, entry by entry as they were recorded; gives how many. Each by
    /// itself: those before a faulty one stay.
    pub async fn import(&self, portable: &Portable) -> Result<usize, Error> {
        if portable.format != FORMAT {
            return Err(Error::Import(format!(
                "the form {} is not known here; expected {FORMAT}; export it again with this version",
                portable.format
            )));
        }
        for one in &portable.negotiations {
            let state = sound(one)?;
            let summary = Summary::of(&state).ok_or(Error::Ours("a record without an opening"))?;
            self.store.append(&one.id, 0, &one.entries, &summary).await?;
        }
        Ok(portable.negotiations.len())
    }
}

/// The state of a negotiation whose entries can have been recorded: numbered from 1, in time, opened first.
fn sound(one: &PortableNegotiation) -> Result<Negotiation, Error> {
    let wrong = |what: &str| Err(Error::Import(format!("the negotiation {} {what}; export it again", one.id)));
    if !(1..=32).contains(&one.id.len()) || !one.id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(Error::Import("an id is no id; export it again".to_owned()));
    }
    let numbered = (1..).zip(&one.entries).all(|(version, entry)| entry.version == version);
    let in_time = one.entries.windows(2).all(|pair| pair[0].at <= pair[1].at);
    if !numbered || !in_time {
        return wrong("has entries out of order");
    }
    if one.entries.iter().any(|entry| entry.by.0.chars().any(char::is_control)) {
        return wrong("has entries by nobody");
    }
    let state = Negotiation::of(one.entries.iter().cloned());
    if state.phase == Phase::Unopened || !state.participants.values().any(|one| negotiates(one.part)) {
        return wrong("was never opened");
    }
    Ok(state)
}

fn negotiates(part: negotiation::party::Part) -> bool {
    negotiation::access::allows(part, false, Act::Negotiate)
}
