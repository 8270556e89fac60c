//! The distribution of every assumption for one case, in shares of the scale.

use std::ops::{Index, IndexMut};

use terms::{Quantity, Role};

use crate::assumption::{Default, Grade, Name, Unit};
use crate::case::Case;
use crate::distribution::{Distribution, Table};
use crate::scale::Scale;

/// What the counterpart hides and the record tells us something about, one coordinate each.
pub const HIDDEN: [Name; 16] = [
    Name::CounterpartLimit,
    Name::FullAuthorityChance,
    Name::ConcessionExponent,
    Name::KeptShare,
    Name::PerceivedWalkAway,
    Name::AuthorityCredence,
    Name::RangeWidening,
    Name::EscalationCost,
    Name::SplitChance,
    Name::OpeningMean,
    Name::ImportanceEarly,
    Name::ImportanceLate,
    Name::TroubleRatio,
    Name::BossReleases,
    Name::StallStart,
    Name::StallStay,
];

/// One value for every assumption, in shares of the scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Values([f64; Name::COUNT]);

impl Index<Name> for Values {
    type Output = f64;
    #[inline]
    fn index(&self, name: Name) -> &f64 {
        &self.0[name as usize]
    }
}

impl IndexMut<Name> for Values {
    #[inline]
    fn index_mut(&mut self, name: Name) -> &mut f64 {
        &mut self.0[name as usize]
    }
}

/// Our limits and our opening, in shares.
impl Values {
    /// The least that we may accept unasked.
    pub fn own_floor(&self) -> f64 {
        self[Name::Authority].max(self[Name::WalkAway])
    }

    /// The least that our boss would accept.
    pub fn boss_floor(&self) -> f64 {
        self[Name::BossLimit].max(self[Name::WalkAway])
    }

    /// What we open with.
    pub fn opening(&self) -> f64 {
        self[Name::OurOpening].max(self.own_floor() + 0.25)
    }
}

/// The distribution of every assumption for one case.
#[derive(Clone, Debug)]
pub struct Prior {
    distributions: [Distribution; Name::COUNT],
    given: [bool; Name::COUNT],
    role_fitted: bool,
    boss_expected: bool,
    medians: Values,
    /// The assumptions that are drawn on every path, for the record says nothing about them: those that would be by
    /// default, whatever the case says, then those that the case makes uncertain.
    free: Vec<Name>,
    /// The hidden coordinates by normal score.
    hidden: [Table; HIDDEN.len()],
}

impl Prior {
    /// What a checked case says, and the defaults for what it leaves out.
    pub fn of(case: &Case, scale: &Scale) -> Self {
        let mut distributions = [Distribution::fixed(0.0); Name::COUNT];
        let mut given = [false; Name::COUNT];
        for name in Name::all() {
            let said = case.said(name);
            given[name as usize] = said.is_some();
            distributions[name as usize] = match said {
                Some(quantity) => Distribution::of_quantity(to_shares(name, quantity, scale), name.spec().bounds),
                None => default_of(name, case),
            };
        }
        Self::from_parts(distributions, given, (case.role_priors, case.boss.already_expected))
    }

    fn from_parts(distributions: [Distribution; Name::COUNT], given: [bool; Name::COUNT], flags: (bool, bool)) -> Self {
        let (role_fitted, boss_expected) = flags;
        let medians = Values(distributions.map(|distribution| distribution.median()));
        let always = |name: &Name| !matches!(name.spec().default, Default::FromCase | Default::Fixed(_));
        let here = |name: &Name| !distributions[*name as usize].is_fixed();
        let names = || Name::all().filter(|name| !HIDDEN.contains(name));
        let free = names().filter(always).chain(names().filter(|name| !always(name) && here(name))).collect();
        let hidden = HIDDEN.map(|name| match name {
            Name::ImportanceEarly | Name::ImportanceLate => Table::of_logarithm(&distributions[name as usize]),
            _ => Table::of(&distributions[name as usize]),
        });
        Self { distributions, given, role_fitted, boss_expected, medians, free, hidden }
    }

    /// The same with assumptions held, in shares. The lists stay as they are, so that every other assumption is drawn from
    /// the same random numbers.
    pub fn holding(&self, held: &[(Name, f64)]) -> Self {
        let mut prior = self.clone();
        for &(name, value) in held {
            prior.distributions[name as usize] = Distribution::fixed(value);
            prior.medians[name] = value;
        }
        prior
    }

    /// The distribution of one assumption, in shares.
    pub fn distribution(&self, name: Name) -> &Distribution {
        &self.distributions[name as usize]
    }

    /// The median of every assumption, in shares.
    pub fn medians(&self) -> &Values {
        &self.medians
    }

    /// A hidden coordinate at normal score `z`; of the importance ratios their logarithms.
    #[inline]
    pub fn hidden_at(&self, index: usize, z: f64) -> f64 {
        self.hidden[index].at(z)
    }

    /// The assumptions that are drawn on every path, in that order; some of them may be fixed, and are drawn all the same,
    /// so that every other comes from the same random numbers whatever the case says.
    pub fn free(&self) -> &[Name] {
        &self.free
    }

    /// Everyone brings their boss: then ours signals nothing and sets no precedent.
    pub fn boss_expected(&self) -> bool {
        self.boss_expected
    }

    /// The grade and source of one assumption as used.
    pub fn evidence(&self, name: Name) -> (Grade, &'static str) {
        let spec = name.spec();
        if self.given[name as usize] {
            (Grade::Yours, "the case")
        } else if self.role_fitted && name == Name::ConcessionExponent {
            (Grade::Measured, ROLE_FITTED_SOURCE)
        } else {
            (spec.grade, spec.source)
        }
    }
}

const ROLE_FITTED_SOURCE: &str =
    "CraigslistBargain, He et al. 2018 (people over second-hand goods): buyers concede t^.7 of the way, sellers t^1.25";

/// The default in shares. What has none of its own follows from the rest of the case.
fn default_of(name: Name, case: &Case) -> Distribution {
    let full_authority = Distribution::fixed(0.0);
    match name {
        Name::Authority | Name::BossLimit => full_authority,
        Name::ConcessionExponent if case.role_priors => {
            // Share t^p of the way by share t of the time is e = 1/p; their role is the other one than ours.
            let median = match case.role {
                Role::Seller => 1.0 / 0.7,
                Role::Buyer => 1.0 / 1.25,
            };
            Distribution::of_default(Default::LogNormal(median, 0.5), name.spec().bounds).unwrap_or(full_authority)
        }
        _ => Distribution::of_default(name.spec().default, name.spec().bounds).unwrap_or(full_authority),
    }
}

/// A quantity as given, in shares; a buyer's prices turn round.
fn to_shares(name: Name, quantity: Quantity<f64>, scale: &Scale) -> Quantity<f64> {
    quantity.map(|value| in_shares(name, value, scale))
}

/// A value in the unit in which an assumption is shown, in shares.
pub fn in_shares(name: Name, value: f64, scale: &Scale) -> f64 {
    match name.spec().unit {
        Unit::Price => scale.share_of_price(value),
        Unit::Money => scale.share_of_money(value),
        _ => value,
    }
}

/// A value in shares back in the unit in which the assumption is shown.
pub fn shown(name: Name, share: f64, scale: &Scale) -> f64 {
    match name.spec().unit {
        Unit::Price => scale.price(share),
        Unit::Money => scale.money(share),
        _ => share,
    }
}

/// The 10th, 50th and 90th percentile of an assumption in the unit in which it is shown, as given or as defaulted.
pub fn points(name: Name, case: &Case, prior: &Prior, scale: &Scale) -> [f64; 3] {
    if let Some(said) = case.said(name) {
        return [said.low(), said.likely(), said.high()];
    }
    let spec = name.spec();
    let role_fitted = case.role_priors && name == Name::ConcessionExponent;
    let shares = match spec.default.percentiles(spec.bounds) {
        Some(shares) if !role_fitted => shares,
        _ => prior.distribution(name).percentiles(),
    };
    shares.map(|share| shown(name, share, scale))
}

impl Case {
    /// What the case says of an assumption, at its own key or under `[assumptions]`, in its own unit.
    pub(crate) fn said(&self, name: Name) -> Option<Quantity<f64>> {
        let own = match name {
            Name::WalkAway => Some(self.value.walk_away),
            Name::Target => Some(self.value.target),
            Name::Authority => self.value.authority,
            Name::BossLimit => self.value.boss_limit,
            Name::CounterpartLimit => Some(self.counterpart.limit),
            Name::EscalationCost => self.counterpart.cost_of_escalating,
            Name::DelayCostPerRound => self.delay_cost_per_round(),
            Name::BossTimeCost => self.boss.time_cost,
            Name::BossSkill => self.boss.skill,
            Name::LaterDeals => self.future.later_deals,
            Name::ValuePerDeal => self.future.value_per_deal,
            Name::Discount => self.future.discount,
            Name::PastAppearances => self.future.past_boss_appearances,
            _ => None,
        };
        own.or_else(|| self.assumptions.get(&name).copied())
    }

    /// The same with an assumption held at a value, in its own unit.
    pub fn with(&self, name: Name, value: f64) -> Self {
        let mut case = self.clone();
        let known = Quantity::Known(value);
        match name {
            Name::WalkAway => case.value.walk_away = known,
            Name::Target => case.value.target = known,
            Name::Authority => case.value.authority = Some(known),
            Name::BossLimit => case.value.boss_limit = Some(known),
            Name::CounterpartLimit => case.counterpart.limit = known,
            Name::EscalationCost => case.counterpart.cost_of_escalating = Some(known),
            Name::RoundsLeft => case.time.rounds_left = Some(value.round().max(1.0) as u32),
            Name::DelayCostPerRound => {
                case.time.cost_of_delay_per_week = None;
                case.time.cost_of_delay_per_round = Some(known);
            }
            Name::BossTimeCost => case.boss.time_cost = Some(known),
            Name::BossSkill => case.boss.skill = Some(known),
            Name::LaterDeals => case.future.later_deals = Some(known),
            Name::ValuePerDeal => case.future.value_per_deal = Some(known),
            Name::Discount => case.future.discount = Some(known),
            Name::PastAppearances => case.future.past_boss_appearances = Some(known),
            other => drop(case.assumptions.insert(other, known)),
        }
        case
    }

    fn delay_cost_per_round(&self) -> Option<Quantity<f64>> {
        let weekly = || {
            let weeks = self.time.days_per_round? / 7.0;
            Some(self.time.cost_of_delay_per_week?.map(|cost| cost * weeks))
        };
        self.time.cost_of_delay_per_round.or_else(weekly)
    }
}
