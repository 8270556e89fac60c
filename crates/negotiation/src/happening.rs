//! What happened, in its order: entries as corrected, each with the day and the moment at which it counts.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::fact::{Entry, Fact};
use crate::party::User;
use crate::stamp::day;
use crate::state::Negotiation;
use crate::{Stamp, Version};

/// A fact as the record counts it: as corrected, and when it happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Happening {
    /// The version of its entry.
    pub version: Version,
    /// When that was recorded.
    pub at: Timestamp,
    /// The day on which it happened.
    pub on: Date,
    /// The moment at which it counts as having happened.
    pub moment: Timestamp,
    /// Who recorded it.
    pub by: User,
    /// What.
    pub fact: Fact,
}

impl Happening {
    pub(crate) fn of(placed: &Placed<'_>) -> Option<Self> {
        let Entry { version, at, by, .. } = placed.entry;
        let fact = placed.says?.clone();
        Some(Self { version: *version, at: *at, on: placed.on, moment: placed.moment, by: by.clone(), fact })
    }
}

/// An entry with what it says now and when that happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed<'a> {
    /// The entry as it was recorded.
    pub entry: &'a Entry,
    /// What it says, corrections counted; `None` where it was struck out.
    pub says: Option<&'a Fact>,
    /// The day on which it happened.
    pub on: Date,
    /// The moment at which it counts as having happened.
    pub moment: Timestamp,
}

impl<'a> Placed<'a> {
    pub(crate) fn of(entry: &'a Entry, on: Option<Date>, says: Option<&'a Fact>) -> Self {
        let stamp = Stamp { on: on.or(entry.stamp().on), ..entry.stamp() };
        Self { entry, says, on: stamp.day(), moment: stamp.happened(entry.version) }
    }

    /// Whether it was recorded on another day than it happened.
    pub fn is_dated_back(&self) -> bool {
        self.on < day(self.entry.at)
    }
}

impl From<Happening> for Entry {
    fn from(happening: Happening) -> Self {
        let Happening { version, at, on, by, fact, .. } = happening;
        Self { version, at, on: (on != day(at)).then_some(on), by, fact }
    }
}

impl Negotiation {
    /// What happened, oldest first and as corrected; what was struck out is left out.
    pub fn happenings(&self) -> Vec<Happening> {
        self.in_order().iter().filter_map(Happening::of).collect()
    }

    /// The whole record in the order of what happened, corrections and what was struck out included. The opening comes first:
    /// what is known of before it belongs to this negotiation all the same.
    pub fn in_order(&self) -> Vec<Placed<'_>> {
        let mut placed = self.as_corrected();
        placed.sort_by_key(|one| (!matches!(one.entry.fact, Fact::Opened(_)), one.moment, one.entry.version));
        placed
    }

    /// The whole record in the order in which it was recorded.
    pub fn as_corrected(&self) -> Vec<Placed<'_>> {
        let mut corrections: BTreeMap<Version, (Option<&Fact>, Option<Date>)> = BTreeMap::new();
        for entry in &self.history {
            if let Fact::Corrected { version, instead, .. } = &entry.fact {
                let (says, on) = corrections.entry(*version).or_default();
                (*says, *on) = (instead.as_deref(), entry.on.or(*on));
            }
        }
        let mut placed = Vec::with_capacity(self.history.len());
        for entry in &self.history {
            let (says, on) = corrections.get(&entry.version).copied().unwrap_or((Some(&entry.fact), None));
            placed.push(Placed::of(entry, on, says));
        }
        placed
    }

    /// The day on which an entry happened, as corrected; `None` where it was struck out.
    pub fn day_of(&self, version: Version) -> Option<Date> {
        let placed = self.as_corrected().into_iter().find(|one| one.entry.version == version)?;
        placed.says.map(|_| placed.on)
    }
}
