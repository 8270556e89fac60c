//! What all enums share whose variants are known by a key.

use std::fmt;

/// A text that is none of the keys it might have been.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoSuchKey {
    keys: Vec<&'static str>,
}

impl NoSuchKey {
    pub(crate) fn of(keys: impl Iterator<Item = &'static str>) -> Self {
        Self { keys: keys.collect() }
    }
}

impl fmt::Display for NoSuchKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected one of {}", self.keys.join(", "))
    }
}

impl std::error::Error for NoSuchKey {}

/// All variants in order, the key of each, and the variant of a key.
macro_rules! keyed {
    ($($name:ident),+) => { $(
        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

            /// The word for it in JSON, on record and on the command line.
            pub fn key(self) -> &'static str {
                self.into()
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::key::NoSuchKey;

            fn from_str(key: &str) -> Result<Self, Self::Err> {
                let found = Self::ALL.iter().copied().find(|one| one.key() == key);
                found.ok_or_else(|| crate::key::NoSuchKey::of(Self::ALL.iter().map(|one| one.key())))
            }
        }
    )+ };
}

pub(crate) use keyed;
