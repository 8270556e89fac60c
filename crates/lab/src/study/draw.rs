//! One case of the study, drawn from a seed and an index.

use std::collections::BTreeMap;

use engine::Refusal;
use engine::assumption::Name;
use engine::case::{Boss, Case, Counterpart, Future, Horizon, Stakes};
use terms::{Currency, Quantity, Role};

use engine::experiment::{Course, Draws, chance_at_or_beyond, course};

use super::Parameters;

/// A drawn case: what was drawn, the case made of it, and the seed for its advice.
#[derive(Clone, Debug, PartialEq)]
pub struct StudyCase {
    /// Which of the cases it is.
    pub index: u64,
    /// Seed for the advice on it.
    pub seed: u64,
    /// What was drawn.
    pub parameters: Parameters,
    /// The case.
    pub case: Case,
}

/// The power of the early importance ratio that is left once an impasse is noted: the default's ln 1.2 / ln 2.5.
const IMPORTANCE_LEFT_LATE: f64 = 0.2;

impl StudyCase {
    /// Case `index` under `seed`: the same whatever else is drawn, in whatever order.
    pub fn draw(seed: u64, index: u64) -> Result<Self, Refusal> {
        let mut draw = Draw(Draws::new(seed, index));
        let (advice_seed, course_seed) = (draw.0.bits(), draw.0.bits());
        let mut parameters = draw.parameters();
        let mut case = case_of(&parameters, index);
        let Course { offers, stalled_rounds } = course(&case, parameters.rounds_on_record, course_seed)?;
        parameters.rounds_on_record = (offers.len() / 2) as u32;
        parameters.stalled_rounds = stalled_rounds;
        case.offers = offers;
        Ok(Self { index, seed: advice_seed, parameters, case })
    }

    /// The same case with these assumptions held, whatever was drawn or defaulted.
    pub fn assuming(mut self, held: &BTreeMap<Name, f64>) -> Self {
        self.case.assumptions.extend(held.iter().map(|(&name, &value)| (name, Quantity::Known(value))));
        self
    }
}

/// Draws in a fixed order; every draw takes the same count of random numbers whatever comes of it.
struct Draw(Draws);

impl Draw {
    fn parameters(&mut self) -> Parameters {
        let role = if self.comes_with(0.5) { Role::Seller } else { Role::Buyer };
        let scale = self.log_between(1e4, 1e7);
        let walk_away = self.between(3.0, 10.0);
        let authority_gap = self.zero_or(0.2, |draw| draw.between(0.0, 0.7));
        let boss_limit = authority_gap * self.zero_or(0.5, |draw| draw.between(0.0, 0.8));
        let counterpart_limit = 0.5 + 0.35 * self.0.normal();
        let counterpart_limit_below = self.between(0.1, 0.4);
        let counterpart_limit_above = self.between(0.1, 0.4);
        let escalation_cost = self.0.default_of(Name::EscalationCost);
        let rounds_left = self.whole(3, 16);
        let delay_cost = self.zero_or(0.4, |draw| draw.log_between(0.001, 0.02));
        let later_deals = self.zero_or(0.3, |draw| f64::from(draw.whole(1, 12))) as u32;
        let value_per_deal = self.log_between(0.1, 1.5);
        let call_rate = self.0.default_of(Name::CallRate);
        let boss_time_cost = self.0.default_of(Name::BossTimeCost);
        let boss_skill = self.0.default_of(Name::BossSkill);
        let importance_ratio = self.0.default_of(Name::ImportanceEarly);
        let already_expected = self.comes_with(0.1);
        let rounds_on_record = self.zero_or(0.2, |draw| f64::from(draw.whole(1, 5))) as u32;
        let mut parameters = Parameters {
            role,
            scale,
            walk_away,
            authority_gap,
            boss_limit,
            counterpart_limit,
            counterpart_limit_below,
            counterpart_limit_above,
            escalation_cost,
            rounds_left,
            delay_cost,
            later_deals,
            value_per_deal,
            call_rate,
            boss_time_cost,
            boss_skill,
            importance_ratio,
            already_expected,
            rounds_on_record,
            stalled_rounds: 0,
            chance_of_zopa: 0.0,
        };
        parameters.chance_of_zopa = chance_of_zopa(&parameters);
        parameters
    }

    fn comes_with(&mut self, chance: f64) -> bool {
        self.0.uniform() < chance
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.0.uniform()
    }

    fn log_between(&mut self, low: f64, high: f64) -> f64 {
        libm::exp(self.between(libm::log(low), libm::log(high)))
    }

    /// A whole number, both ends among those drawn.
    fn whole(&mut self, low: u32, high: u32) -> u32 {
        let count = f64::from(high - low + 1);
        low + (self.0.uniform() * count) as u32
    }

    fn zero_or(&mut self, chance_of_zero: f64, draw: impl Fn(&mut Self) -> f64) -> f64 {
        let zero = self.comes_with(chance_of_zero);
        let value = draw(self);
        if zero { 0.0 } else { value }
    }
}

/// What we think their limit is, in shares.
fn limit(parameters: &Parameters) -> Quantity<f64> {
    let likely = parameters.counterpart_limit;
    Quantity::Range {
        low: likely - parameters.counterpart_limit_below,
        likely,
        high: likely + parameters.counterpart_limit_above,
    }
}

/// Chance that their limit lies at or beyond our boss's.
fn chance_of_zopa(parameters: &Parameters) -> f64 {
    chance_at_or_beyond(limit(parameters), parameters.boss_limit)
}

/// The case without its offers.
fn case_of(parameters: &Parameters, index: u64) -> Case {
    let scale = parameters.scale;
    let span = match parameters.role {
        Role::Seller => scale,
        Role::Buyer => -scale,
    };
    let price = |share: f64| parameters.walk_away * scale + share * span;
    let known = |share: f64| Some(Quantity::Known(share));
    let late = libm::pow(parameters.importance_ratio, IMPORTANCE_LEFT_LATE);
    let assumptions = [
        (Name::CallRate, parameters.call_rate),
        (Name::ImportanceEarly, parameters.importance_ratio),
        (Name::ImportanceLate, late),
    ];
    Case {
        title: format!("Case {index} of the study"),
        role: parameters.role,
        currency: Currency::USD,
        value: Stakes {
            walk_away: Quantity::Known(price(0.0)),
            target: Quantity::Known(price(1.0)),
            authority: known(price(parameters.authority_gap)),
            boss_limit: known(price(parameters.boss_limit)),
            leave: None,
        },
        counterpart: Counterpart {
            limit: limit(parameters).map(price),
            cost_of_escalating: known(parameters.escalation_cost * scale),
        },
        time: Horizon {
            rounds_left: Some(parameters.rounds_left),
            deadline: None,
            counted_from: None,
            days_per_round: None,
            cost_of_delay_per_round: known(parameters.delay_cost * scale),
            cost_of_delay_per_week: None,
        },
        future: Future {
            later_deals: known(f64::from(parameters.later_deals)),
            value_per_deal: known(parameters.value_per_deal * scale),
            ..Future::default()
        },
        boss: Boss {
            time_cost: known(parameters.boss_time_cost * scale),
            skill: known(parameters.boss_skill),
            already_expected: parameters.already_expected,
        },
        offers: Vec::new(),
        acts: Vec::new(),
        assumptions: assumptions
            .into_iter()
            .map(|(name, value)| (name, Quantity::Known(value)))
            .collect::<BTreeMap<_, _>>(),
        role_priors: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::PARAMETERS;

    #[test]
    fn every_case_drawn_is_sound_and_follows_from_seed_and_index() {
        for index in 0..300 {
            let drawn = StudyCase::draw(1, index).unwrap();
            assert_eq!(drawn.case.check(), [], "case {index}");
            assert_eq!(drawn, StudyCase::draw(1, index).unwrap());
        }
        assert_ne!(StudyCase::draw(1, 0).unwrap(), StudyCase::draw(2, 0).unwrap());
    }

    #[test]
    fn every_parameter_is_stated() {
        let drawn = StudyCase::draw(1, 0).unwrap();
        let fields = serde_json::to_value(drawn.parameters).unwrap();
        let follows = ["stalled_rounds", "chance_of_zopa"];
        let mut drawn: Vec<&str> = fields.as_object().unwrap().keys().map(String::as_str).collect();
        drawn.retain(|key| !follows.contains(key));
        let mut stated = PARAMETERS.map(|parameter| parameter.key);
        drawn.sort_unstable();
        stated.sort_unstable();
        assert_eq!(drawn, stated);
    }

    #[test]
    fn draws_have_the_shares_and_means_stated() {
        let count = 20_000;
        let drawn: Vec<Parameters> = (0..count).map(|index| Draw(Draws::new(9, index)).parameters()).collect();
        let share = |of: fn(&Parameters) -> f64| drawn.iter().map(of).sum::<f64>() / count as f64;
        let close = |found: f64, wanted: f64, sd: f64| {
            assert!((found - wanted).abs() < 4.5 * sd / (count as f64).sqrt(), "{found} is not {wanted}");
        };
        close(share(|p| f64::from(u8::from(p.authority_gap == 0.0))), 0.2, 0.4);
        close(share(|p| p.authority_gap), 0.8 * 0.35, 0.24);
        close(share(|p| p.counterpart_limit), 0.5, 0.35);
        close(share(|p| f64::from(p.rounds_left)), 9.5, 4.03);
        close(share(|p| f64::from(p.later_deals)), 0.7 * 6.5, 4.1);
        close(share(|p| f64::from(p.rounds_on_record)), 2.4, 1.75);
        close(share(|p| f64::from(u8::from(p.boss_skill > 0.04))), 0.5, 0.5);
        close(share(|p| f64::from(u8::from(p.already_expected))), 0.1, 0.3);
    }

    #[test]
    fn the_chance_of_a_zopa_is_that_of_the_range() {
        let mut parameters = Draw(Draws::new(9, 0)).parameters();
        parameters.boss_limit = parameters.counterpart_limit;
        assert!((chance_of_zopa(&parameters) - 0.5).abs() < 1e-4);
        parameters.boss_limit = parameters.counterpart_limit - parameters.counterpart_limit_below;
        assert!((chance_of_zopa(&parameters) - 0.9).abs() < 1e-4);
    }
}
