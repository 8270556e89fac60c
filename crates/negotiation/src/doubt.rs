//! Second thoughts: an entry that breaks the pattern is asked about once, before it counts. A slip of the finger turns a
//! strategy over; a true entry of this kind is rare. On 6,800 quotes of people over second-hand goods, retreats aside, these rules
//! ask about 2.4 in a hundred, many of them misread in the data; `crates/cli/tests/second_thoughts.rs` counts them.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;
use terms::{Amount, Quantity, Side};

use crate::authority::Stated;
use crate::command::Command;
use crate::fact::Preparation;
use crate::guidance::Point;
use crate::mandate::is_worse;
use crate::offer::Package;
use crate::stamp::Stamp;
use crate::state::Negotiation;

/// Share of a side's last offer beyond which another of theirs is asked about, unless it stays short of what the other side asks.
const STEP: f64 = 0.5;
/// Share of the other side's offer beyond which one that is even better for them is asked about.
const CROSSING: f64 = 0.75;
/// How many times beyond every price that is known a first one is asked about.
const FAR: f64 = 5.0;

/// An entry that is asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Doubt {
    /// What was entered, such as `price` or `walk_away`.
    pub what: &'static str,
    /// Why it is asked about.
    pub why: Why,
    /// What may have been meant.
    pub meant: Option<Amount>,
}

/// Why an entry is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// It takes back some of what that side had conceded.
    Retreat,
    /// It is more than half off what it was before, and not within what the other side has offered.
    FarFromLast,
    /// It gives more than the other side asks for.
    BeyondTheirs,
    /// It is worse than our own walk-away.
    PastWalkAway,
    /// It is many times, or a small part, of every other price that is known.
    FarFromAll,
    /// It is a cost, and more than lies between walk-away and target.
    BeyondScale,
}

impl fmt::Display for Doubt {
    /// Without any amount: this may reach a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.what {
            "price" => "the price".to_owned(),
            other => format!("the {}", other.replace('_', " ")),
        };
        match self.why {
            Why::Retreat => write!(f, "{what} takes back some of what that side had conceded"),
            Why::FarFromLast => write!(f, "{what} is more than half off what it was before"),
            Why::BeyondTheirs => write!(f, "{what} gives more than the other side asks for"),
            Why::PastWalkAway => write!(f, "{what} is worse than your own walk-away"),
            Why::FarFromAll => write!(f, "{what} is far from every other price that is known"),
            Why::BeyondScale => write!(f, "{what} is more than lies between walk-away and target"),
        }
    }
}

/// What to ask about before a wish counts; nothing where it keeps to the pattern.
pub fn doubts(negotiation: &Negotiation, command: &Command, stamp: impl Into<Stamp>) -> Vec<Doubt> {
    let stamp = stamp.into();
    let moment = stamp.happened(negotiation.version + 1);
    let then = negotiation.stood_at(moment, stamp.at);
    let known = Known { negotiation: &then };
    let price = |why: &dyn Fn(Amount) -> Option<Why>, price: Amount, near: Option<Amount>| {
        let doubt = |why_asked| Doubt { what: "price", why: why_asked, meant: meant(price, near, why) };
        why(price).map(doubt).into_iter().collect()
    };
    match command {
        Command::Offer { offer, .. } => {
            let why = |price| known.offer(offer.by, &Package { price, ..offer.package.clone() });
            price(&why, offer.package.price, known.near(offer.by))
        }
        Command::Agree { package, .. } => price(&|price| known.agreement(price), package.price, known.near(Side::Them)),
        Command::GrantMandate { mandate, .. } => {
            let before = negotiation.mandates.last().map(|granted| granted.mandate.price);
            price(&|price| known.one_of_ours(price, before), mandate.price, before.or_else(|| known.near(Side::Us)))
        }
        Command::Ask { question } => match &question.point {
            Point::Price { to } => price(&|price| known.one_of_ours(price, None), *to, known.near(Side::Us)),
            Point::Term { .. } => Vec::new(),
        },
        Command::Prepare { preparation } => known.prepared(preparation),
        // Nothing else that is entered is a price.
        _ => Vec::new(),
    }
}

struct Known<'a> {
    negotiation: &'a Negotiation,
}

impl Known<'_> {
    fn standing(&self, by: Side) -> Option<&Package> {
        self.negotiation.standing(by).map(|recorded| &recorded.offer.package)
    }

    /// A price that one of a side's is likely near to.
    fn near(&self, by: Side) -> Option<Amount> {
        let offered = self.standing(by).or(self.standing(by.other())).map(|package| package.price);
        let prepared = &self.negotiation.preparation;
        offered.or_else(|| prepared.target.or(prepared.walk_away).map(Quantity::likely))
    }

    fn offer(&self, by: Side, package: &Package) -> Option<Why> {
        let (price, role) = (package.price, self.negotiation.role());
        let better_for_us = |one: Amount, than: Amount| is_worse(than, one, role);
        // A price may go back where another term goes forward.
        let alone = |last: &&Package| package.terms.is_empty() && last.terms.is_empty();
        let theirs = self.standing(by.other()).map(|package| package.price);
        let crosses = theirs.is_some_and(|theirs| match by {
            Side::Us => is_worse(price, theirs, role),
            Side::Them => better_for_us(price, theirs),
        });
        if let Some(last) = self.standing(by).filter(alone) {
            let retreats = match by {
                Side::Us => better_for_us(price, last.price),
                Side::Them => is_worse(price, last.price, role),
            };
            if off(price, last.price) > STEP && (crosses || retreats || theirs.is_none()) {
                return Some(Why::FarFromLast);
            }
            if retreats {
                return Some(Why::Retreat);
            }
        }
        if crosses && theirs.is_some_and(|theirs| off(price, theirs) > CROSSING) {
            return Some(Why::BeyondTheirs);
        }
        let far = self.standing(by).is_none() && self.is_far(price, &self.negotiation.preparation, None);
        if far { Some(Why::FarFromAll) } else { self.past_walk_away(price).filter(|_| by == Side::Us) }
    }

    fn agreement(&self, price: Amount) -> Option<Why> {
        let offered = [Side::Us, Side::Them].into_iter().filter_map(|by| self.standing(by));
        let offered: Vec<Amount> = offered.map(|package| package.price).collect();
        let nearest = offered.iter().map(|&one| off(price, one)).fold(f64::INFINITY, f64::min);
        let between = offered.iter().min() <= Some(&price) && Some(&price) <= offered.iter().max();
        if !offered.is_empty() && nearest > CROSSING && !between {
            return Some(Why::FarFromLast);
        }
        self.past_walk_away(price)
    }

    /// A limit, or what leave is asked for.
    fn one_of_ours(&self, price: Amount, before: Option<Amount>) -> Option<Why> {
        if before.is_some_and(|before| off(price, before) > STEP) {
            return Some(Why::FarFromLast);
        }
        self.is_far(price, &self.negotiation.preparation, None).then_some(Why::FarFromAll)
    }

    fn past_walk_away(&self, price: Amount) -> Option<Why> {
        let walk_away = self.negotiation.preparation.walk_away?.likely();
        is_worse(price, walk_away, self.negotiation.role()).then_some(Why::PastWalkAway)
    }

    /// Whether a price is far from every other that is known, or that is prepared with it.
    fn is_far(&self, price: Amount, prepared: &Preparation, but: Option<&str>) -> bool {
        let others =
            prices(prepared).into_iter().filter(|(what, _)| Some(*what) != but).map(|(_, price)| price.likely());
        let offered = self.negotiation.offers.iter().map(|recorded| recorded.offer.package.price);
        let known: Vec<f64> = others.chain(offered).map(Amount::to_f64).filter(|known| *known > 0.0).collect();
        let price = price.to_f64();
        let (low, high) =
            known.iter().fold((f64::INFINITY, 0.0_f64), |(low, high), &one| (low.min(one), high.max(one)));
        !known.is_empty() && price > 0.0 && (price > FAR * high || price < low / FAR)
    }

    fn prepared(&self, new: &Preparation) -> Vec<Doubt> {
        let old = &self.negotiation.preparation;
        let before = |what: &str| prices(old).into_iter().find(|(name, _)| *name == what).map(|(_, price)| price);
        let mut doubts = Vec::new();
        for (what, price) in prices(new) {
            if before(what) == Some(price) {
                continue;
            }
            let was = before(what).map(Quantity::likely);
            let why = |price: Amount| match was {
                Some(was) if off(price, was) > STEP => Some(Why::FarFromLast),
                _ => self.is_far(price, new, Some(what)).then_some(Why::FarFromAll),
            };
            let near =
                was.or_else(|| prices(new).into_iter().find(|(name, _)| *name != what).map(|(_, one)| one.likely()));
            let ends = price.points().into_iter().find_map(|end| Some((end, why(end)?)));
            // Which end of a range was meant otherwise can't be put back into its field.
            let near = near.filter(|_| matches!(price, Quantity::Known(_)));
            doubts.extend(ends.map(|(end, why_asked)| Doubt { what, why: why_asked, meant: meant(end, near, &why) }));
        }
        let scale = new.walk_away.zip(new.target).map(|(low, high)| (high.likely().0 - low.likely().0).abs());
        let costs = [
            ("cost_of_delay_per_week", new.cost_of_delay_per_week, old.cost_of_delay_per_week),
            ("boss_time_cost", new.boss_time_cost, old.boss_time_cost),
        ];
        for (what, cost, known) in costs {
            let beyond = cost.zip(scale).is_some_and(|(cost, scale)| cost.likely().0 > scale);
            if beyond && cost != known {
                doubts.push(Doubt { what, why: Why::BeyondScale, meant: None });
            }
        }
        doubts
    }
}

/// The prices of a preparation by their names.
fn prices(prepared: &Preparation) -> Vec<(&'static str, Quantity<Amount>)> {
    let prices = [
        ("walk_away", prepared.walk_away),
        ("target", prepared.target),
        ("authority", prepared.authority.and_then(Stated::price)),
        ("boss_limit", prepared.boss_limit),
        ("counterpart_limit", prepared.counterpart_limit),
    ];
    prices.into_iter().filter_map(|(what, price)| Some((what, price?))).collect()
}

/// How far a price is off another, as a share of that; none where there is nothing to compare.
fn off(price: Amount, from: Amount) -> f64 {
    let (price, from) = (price.to_f64(), from.to_f64());
    if from == 0.0 { 0.0 } else { ((price - from) / from).abs() }
}

/// What may have been meant: the entry with a digit or a unit put right, nearest to what one would expect, where it is not
/// asked about itself.
fn meant(price: Amount, near: Option<Amount>, why: &dyn Fn(Amount) -> Option<Why>) -> Option<Amount> {
    let near = near?.to_f64();
    let apart = |one: &Amount| {
        let ratio = one.to_f64() / near;
        ratio.max(1.0 / ratio)
    };
    let right = slips(price).into_iter().filter(|one| why(*one).is_none() && one.to_f64() / near > 0.0);
    right.min_by(|a, b| apart(a).total_cmp(&apart(b)))
}

/// Figures that slip into this one: powers of ten left out or put in, a digit doubled, two digits swapped.
fn slips(price: Amount) -> Vec<Amount> {
    let text = price.to_string();
    let scaled = [1e-6, 1e-3, 1e-2, 1e-1, 1e1, 1e2, 1e3, 1e6].map(|factor| Amount::of_f64(price.to_f64() * factor, 6));
    let digits: Vec<char> = text.chars().collect();
    let mut found: Vec<Amount> = scaled.into_iter().flatten().collect();
    for place in 0..digits.len().saturating_sub(1) {
        let mut other = digits.clone();
        if digits[place] == digits[place + 1] {
            other.remove(place);
        } else {
            other.swap(place, place + 1);
        }
        found.extend(other.iter().collect::<String>().parse::<Amount>().ok());
    }
    found
}
