//! One negotiation as its owner knows it: the input of an advice. Start here.
//!
//! A [`Case`] is plain data in the words and prices of the person who negotiates. It says nothing of
//! distributions or mechanisms; what it leaves out comes from the [assumptions](crate::assumption).
//! [`Case::check`] finds everything that is wrong with it, and names each fault by the path of its key.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use terms::{Currency, Level, Quantity, Role, Side};

use crate::assumption::Name;

mod check;

pub use check::{Fault, MAX_ROUNDS};

/// A negotiation over one amount, with the offers and acts so far.
///
/// Amounts are prices in `currency` as people write them: a buyer's walk-away is the most they would pay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What the negotiation is called.
    pub title: String,
    /// Which side we are on.
    pub role: Role,
    /// ISO 4217 code, such as "USD".
    #[serde(deserialize_with = "terms::recorded")]
    pub currency: Currency,
    /// What is at stake for us.
    pub value: Stakes,
    /// What we think of the other side.
    pub counterpart: Counterpart,
    /// How long there is, and what waiting costs.
    pub time: Horizon,
    /// What is still to come with this counterpart.
    pub future: Future,
    /// Our boss.
    pub boss: Boss,
    /// Offers so far, oldest first.
    pub offers: Vec<Offer>,
    /// Other acts so far, oldest first.
    pub acts: Vec<Act>,
    /// Defaults of the model that this case replaces.
    pub assumptions: BTreeMap<Name, Quantity<f64>>,
    /// Use the priors fitted by role in place of the role-neutral ones.
    pub role_priors: bool,
}

/// What is at stake for us, as prices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stakes {
    /// The worst price at which a deal is still as good to us as none.
    pub walk_away: Quantity<f64>,
    /// The price we aim for.
    pub target: Quantity<f64>,
    /// The worst price the negotiator may agree to unasked. Left out: the walk-away, that is full authority.
    pub authority: Option<Quantity<f64>>,
    /// The worst price the boss would agree to. Left out: the walk-away.
    pub boss_limit: Option<Quantity<f64>>,
    /// The price to which the boss has let us go since, in private. Nobody has seen it, so that it is for accepting and not
    /// for asking.
    pub leave: Option<f64>,
}

impl Stakes {
    /// The scale: how far it is from our walk-away to our target, in money.
    pub fn scale(&self) -> f64 {
        (self.target.likely() - self.walk_away.likely()).abs()
    }
}

/// What we think of the other side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Counterpart {
    /// The worst price that their organisation would rather accept than lose the deal.
    pub limit: Quantity<f64>,
    /// What going upstairs would cost their negotiator, in money to them.
    pub cost_of_escalating: Option<Quantity<f64>>,
}

/// How long there is, and what waiting costs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Horizon {
    /// Rounds left after the last entry in the case, a round being one offer by each side.
    pub rounds_left: Option<u32>,
    /// The day after which no deal is possible, in place of `rounds_left`.
    pub deadline: Option<Date>,
    /// The day from which the deadline counts. Left out: that of the last entry.
    pub counted_from: Option<Date>,
    /// How many days a round takes. Needed with `deadline` and with `cost_of_delay_per_week`.
    pub days_per_round: Option<f64>,
    /// What each further round costs us, in money.
    pub cost_of_delay_per_round: Option<Quantity<f64>>,
    /// The same, given by the week.
    pub cost_of_delay_per_week: Option<Quantity<f64>>,
}

/// What is still to come with this counterpart.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Future {
    /// How many deals with this counterpart we expect after this one.
    pub later_deals: Option<Quantity<f64>>,
    /// Our surplus on one such deal, in money.
    pub value_per_deal: Option<Quantity<f64>>,
    /// What a deal is worth now if it comes one deal later, as a factor from 0 to 1.
    pub discount: Option<Quantity<f64>>,
    /// How often our boss has already come in with this counterpart.
    pub past_boss_appearances: Option<Quantity<f64>>,
}

/// Our boss.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Boss {
    /// What the boss's time costs us, in money, once per negotiation entered.
    pub time_cost: Option<Quantity<f64>>,
    /// Share of the counterpart's remaining surplus that the boss would win beyond what the negotiator wins.
    pub skill: Option<Quantity<f64>>,
    /// Protocol, a court or the size of the deal makes everyone bring theirs: then joining signals nothing.
    pub already_expected: bool,
}

/// An offer on the table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// Whose offer it is.
    pub by: Side,
    /// The price offered.
    pub amount: f64,
    /// When it was made.
    pub date: Option<Date>,
    /// Who made it.
    pub level: Level,
    /// Whether it binds whoever made it, so that no part of it is taken back.
    pub binding: bool,
    /// Anything worth remembering.
    pub note: Option<String>,
}

/// Something other than an offer that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Act {
    /// What happened.
    pub kind: ActKind,
    /// When it happened.
    pub date: Option<Date>,
    /// What came of it: of a both-bosses proposal, or of guidance asked.
    pub answer: Option<Answer>,
    /// How many of the offers came before it.
    pub after_offers: u32,
    /// Anything worth remembering.
    pub note: Option<String>,
}

/// The kinds of act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActKind {
    /// We asked our boss, in private.
    Guidance,
    /// Our boss paid a visit, with the terms off the table.
    Visit,
    /// We proposed to take it to both bosses.
    BothBossesProposed,
    /// The counterpart asked for our boss.
    BossAskedFor,
    /// The counterpart went to our boss directly.
    BossContactedDirectly,
    /// Our boss came into the negotiation.
    BossJoined,
    /// Our boss declined to come in.
    BossDeclined,
    /// Our boss left and handed the channel back to the negotiator.
    BossHandedBack,
    /// Our boss took the negotiation over.
    HandedOver,
    /// Somebody said that it is stuck.
    ImpasseNoted,
}

impl ActKind {
    /// Every kind, in the order in which they are documented.
    pub const ALL: [Self; 10] = [
        Self::Guidance,
        Self::Visit,
        Self::BothBossesProposed,
        Self::BossAskedFor,
        Self::BossContactedDirectly,
        Self::BossJoined,
        Self::BossDeclined,
        Self::BossHandedBack,
        Self::HandedOver,
        Self::ImpasseNoted,
    ];

    /// The word for it in a case file.
    pub fn key(self) -> &'static str {
        match self {
            Self::Guidance => "guidance",
            Self::Visit => "visit",
            Self::BothBossesProposed => "both_bosses_proposed",
            Self::BossAskedFor => "boss_asked_for",
            Self::BossContactedDirectly => "boss_contacted_directly",
            Self::BossJoined => "boss_joined",
            Self::BossDeclined => "boss_declined",
            Self::BossHandedBack => "boss_handed_back",
            Self::HandedOver => "handed_over",
            Self::ImpasseNoted => "impasse_noted",
        }
    }
}

impl fmt::Display for ActKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

/// What came of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// The proposal alone got them moving.
    Unlocked,
    /// Both bosses met.
    Accepted,
    /// They said no.
    Declined,
    /// They said nothing.
    Ignored,
    /// They took it as a threat.
    Backlash,
    /// Our boss granted what was asked (of guidance).
    Granted,
    /// Our boss refused what was asked (of guidance).
    Refused,
}

impl Answer {
    /// Every answer, those of a proposal first.
    pub const ALL: [Self; 7] =
        [Self::Unlocked, Self::Accepted, Self::Declined, Self::Ignored, Self::Backlash, Self::Granted, Self::Refused];

    /// The word for it in a case file.
    pub fn key(self) -> &'static str {
        match self {
            Self::Unlocked => "unlocked",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Ignored => "ignored",
            Self::Backlash => "backlash",
            Self::Granted => "granted",
            Self::Refused => "refused",
        }
    }
}
