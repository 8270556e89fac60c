//! Hashes that were kept elsewhere, held against the records: whether what stood there then is still there, and where it is not,
//! since when.

use std::str::FromStr;

use jiff::Timestamp;
use store::{Moment, Verified};

use crate::custody::{Custody, Progress};
use crate::error::Error;

/// Letters of a hash.
const LETTERS: usize = 64;

/// A hash as it was printed when it was kept: `HASH@MOMENT`, or the hash alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptHash {
    /// The hash.
    pub hash: String,
    /// The place of its moment, where that was kept too.
    pub place: Option<i64>,
}

impl FromStr for KeptHash {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (hash, place) =
            text.trim().split_once('@').map_or((text.trim(), None), |(hash, place)| (hash, Some(place)));
        let place = place.map(|place| place.parse::<i64>().ok().filter(|place| *place > 0));
        let is_hash =
            hash.len() == LETTERS && hash.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        if !is_hash || place == Some(None) {
            return Err("expected what `upstairs verify` or `upstairs backup` printed: HASH@MOMENT, or the hash alone"
                .to_owned());
        }
        Ok(Self { hash: hash.to_owned(), place: place.flatten() })
    }
}

/// What is printed of a moment, to be kept elsewhere.
pub fn kept_as(moment: &Moment) -> String {
    format!("{}@{}", moment.hash, moment.place)
}

/// A moment, and when it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The moment.
    pub moment: Moment,
    /// When it was, as far as the record and the log tell.
    pub at: Option<Timestamp>,
}

/// What became of what stood there when a hash was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// It is all still there: what was written since came after it.
    Whole(Dated),
    /// The hash is that of an entry, as earlier versions printed it: it proves the record up to there, and nothing beside it.
    RecordAlone {
        /// The entry.
        entry: i64,
    },
    /// What stood there then is not what stands here.
    Differs {
        /// The last of the other hashes before it that is whole: until then nothing was altered.
        after: Option<Dated>,
        /// What is in its place, where that was kept: it was altered then or before.
        by: Option<Dated>,
    },
}

impl Custody {
    /// Proves that nothing stored was altered, and holds hashes against it that were kept elsewhere, in any order.
    pub async fn verify_against(
        &self,
        kept: &[KeptHash],
        progress: Progress<'_>,
    ) -> Result<(Verified, Vec<Held>), Error> {
        let hashes: Vec<String> = kept.iter().map(|one| one.hash.clone()).collect();
        let verified = self.store.verify_against(&hashes, progress).await?;
        let mut held = Vec::new();
        for one in kept {
            held.push(self.held(one, &verified).await?);
        }
        Ok((verified, held))
    }

    async fn held(&self, kept: &KeptHash, verified: &Verified) -> Result<Held, Error> {
        let named = |moment: &&Moment| moment.hash == kept.hash && kept.place.is_none_or(|place| place == moment.place);
        if let Some(moment) = verified.known.iter().find(named) {
            return Ok(Held::Whole(self.dated(moment.clone()).await?));
        }
        if let Some(entry) = self.store.entry_with(&kept.hash).await? {
            return Ok(Held::RecordAlone { entry });
        }
        let before = |moment: &&Moment| kept.place.is_none_or(|place| moment.place < place);
        let after = match verified.known.iter().filter(before).max_by_key(|moment| moment.place) {
            Some(moment) => Some(self.dated(moment.clone()).await?),
            None => None,
        };
        let by = match kept.place {
            Some(place) => self.store.moment(place).await?,
            None => None,
        };
        let by = match by {
            Some(moment) => Some(self.dated(moment).await?),
            None => None,
        };
        Ok(Held::Differs { after, by })
    }

    async fn dated(&self, moment: Moment) -> Result<Dated, Error> {
        let at = self.store.moment_at(&moment).await?;
        Ok(Dated { moment, at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_read_as_it_was_printed() {
        let hash = "0a".repeat(32);
        let alone: KeptHash = hash.parse().unwrap();
        assert_eq!(alone, KeptHash { hash: hash.clone(), place: None });
        let placed: KeptHash = format!(" {hash}@12\n").parse().unwrap();
        assert_eq!(placed, KeptHash { hash: hash.clone(), place: Some(12) });
        for wrong in [
            "",
            "12",
            &hash[1..],
            &hash.to_uppercase(),
            &format!("{hash}@"),
            &format!("{hash}@0"),
            &format!("{hash}@x"),
        ] {
            assert!(wrong.parse::<KeptHash>().is_err(), "{wrong}");
        }
    }
}
