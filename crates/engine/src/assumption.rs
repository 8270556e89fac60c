//! Every number that the model assumes: its name, unit, default, range, source and grade.
//!
//! [`Name::ALL`] is the one table of them. A case may replace any; what the case itself says (a walk-away, a
//! boss's time) stands in the same table, so that break-evens and the value of information treat all alike.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

mod defaults;
mod fitted;

pub use defaults::Name;
pub use fitted::{as_in, kinds};

/// What an assumption is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A price in the currency of the case.
    Price,
    /// Money in the currency of the case. Its default is a share of the scale.
    Money,
    /// Share of the scale: the distance from our walk-away to our target.
    ShareOfScale,
    /// Share of the counterpart's remaining surplus.
    ShareOfRemainingSurplus,
    /// Share of our surplus on a later deal.
    ShareOfLaterDeal,
    /// A probability from 0 to 1.
    Chance,
    /// A likelihood ratio; 1 tells nothing.
    LikelihoodRatio,
    /// A plain factor or exponent.
    Factor,
    /// A count, such as rounds or deals.
    Count,
}

impl Unit {
    /// The unit in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Price => "price",
            Self::Money => "money (default as share of target less walk-away)",
            Self::ShareOfScale => "share of target less walk-away",
            Self::ShareOfRemainingSurplus => "share of their remaining surplus",
            Self::ShareOfLaterDeal => "share of a later deal's surplus",
            Self::Chance => "chance",
            Self::LikelihoodRatio => "likelihood ratio",
            Self::Factor => "factor",
            Self::Count => "count",
        }
    }
}

/// How good the evidence for a value is, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Given by the person who asks.
    Yours,
    /// Fitted on data about people.
    Measured,
    /// Found in a study of the very thing.
    Literature,
    /// Carried over from a study of something alike.
    Analogy,
    /// Our judgement.
    Judgement,
}

impl Grade {
    /// The grade in one word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Yours => "yours",
            Self::Measured => "measured",
            Self::Literature => "literature",
            Self::Analogy => "analogy",
            Self::Judgement => "judgement",
        }
    }
}

/// The default of an assumption, before a case replaces it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Default {
    /// The case must say it, or it follows from something else in the case.
    FromCase,
    /// One value.
    Fixed(f64),
    /// 10th, 50th and 90th percentile.
    Range(f64, f64, f64),
    /// Normal with this mean and standard deviation.
    Normal(f64, f64),
    /// Log-normal with this median and standard deviation of the logarithm.
    LogNormal(f64, f64),
    /// Beta with these two shape parameters.
    Beta(f64, f64),
    /// Zero with the chance given first; else rising through this median and 90th percentile.
    ZeroOr(f64, f64, f64),
    /// What the calibration file has under the key of the assumption, in the shape of the one written here, which stands where
    /// it has nothing. No row shows it: [`Name::spec`] is what came of it.
    Fitted(&'static Default),
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// Which assumption.
    pub name: Name,
    /// The word for it in a case file and everywhere else.
    pub key: &'static str,
    /// What it says, for people.
    pub meaning: &'static str,
    /// What it is counted in.
    pub unit: Unit,
    /// Its default.
    pub default: Default,
    /// The values that make sense; draws beyond are pulled back to the bound.
    pub bounds: (f64, f64),
    /// The key of the case file that gives it, if it has one of its own.
    pub case_key: Option<&'static str>,
    /// How good the evidence for the default is.
    pub grade: Grade,
    /// Where the default comes from.
    pub source: &'static str,
}

impl Name {
    /// The word for it in a case file and everywhere else.
    pub fn key(self) -> &'static str {
        self.spec().key
    }

    /// How many assumptions there are.
    pub const COUNT: usize = defaults::TABLE.len();

    /// Every assumption, in the order of the table.
    pub fn all() -> impl Iterator<Item = Self> {
        defaults::TABLE.iter().map(|spec| spec.name)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

/// No assumption has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no assumption is called '{0}'; `upstairs assumptions` lists them")]
pub struct UnknownName(pub String);

impl FromStr for Name {
    type Err = UnknownName;

    fn from_str(key: &str) -> Result<Self, UnknownName> {
        Self::all().find(|name| name.key() == key).ok_or_else(|| UnknownName(key.to_owned()))
    }
}

impl Serialize for Name {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let key = String::deserialize(deserializer)?;
        key.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Name {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "AssumptionName".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let keys: Vec<&str> = Self::all().map(Self::key).collect();
        schemars::json_schema!({ "type": "string", "enum": keys })
    }
}
