//! What is drawn for a case of the study, and from what.

use serde::{Deserialize, Serialize};

use terms::Role;

/// Version of the distribution: it changes whenever another case would be drawn from the same seed and index.
pub const DISTRIBUTION: u32 = 1;

/// What is drawn for one case. Amounts are shares of the scale (target less walk-away) unless they say otherwise,
/// counted from our walk-away.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parameters {
    /// Our side.
    pub role: Role,
    /// The scale, in money.
    pub scale: f64,
    /// Our walk-away, as a price in scales.
    pub walk_away: f64,
    /// How far our authority stops short of our walk-away.
    pub authority_gap: f64,
    /// How far the boss's limit stops short of our walk-away.
    pub boss_limit: f64,
    /// The middle of what we think their limit is.
    pub counterpart_limit: f64,
    /// From there down to the tenth percentile.
    pub counterpart_limit_below: f64,
    /// From there up to the ninetieth.
    pub counterpart_limit_above: f64,
    /// What their going up costs their negotiator.
    pub escalation_cost: f64,
    /// Rounds left.
    pub rounds_left: u32,
    /// What each of them costs us.
    pub delay_cost: f64,
    /// Later deals with them.
    pub later_deals: u32,
    /// Our surplus on one.
    pub value_per_deal: f64,
    /// Chance a later deal that they call for the boss, for one fresh appearance.
    pub call_rate: f64,
    /// What the boss's time costs.
    pub boss_time_cost: f64,
    /// Share of their remaining surplus that the boss wins beyond us.
    pub boss_skill: f64,
    /// How much likelier a boss in the room at the outset is if the deal matters greatly to us.
    pub importance_ratio: f64,
    /// Everyone brings their boss.
    pub already_expected: bool,
    /// Rounds of offers on record.
    pub rounds_on_record: u32,
    /// Follows: rounds in a row at the end of the record without movement of theirs.
    pub stalled_rounds: u32,
    /// Follows: chance, before any offer, that their limit is one that our boss could accept.
    pub chance_of_zopa: f64,
}

/// One row of the distribution.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Parameter {
    /// The name of the field.
    pub key: &'static str,
    /// What it is.
    pub meaning: &'static str,
    /// What it is drawn from.
    pub distribution: &'static str,
}

const fn row(key: &'static str, meaning: &'static str, distribution: &'static str) -> Parameter {
    Parameter { key, meaning, distribution }
}

/// The distribution of everything that is drawn; the rest of a case is left to the model's defaults.
pub const PARAMETERS: [Parameter; 19] = [
    row("role", "our side", "seller or buyer, even chances"),
    row("scale", "target less walk-away, in money", "log-uniform from 10,000 to 10,000,000"),
    row("walk_away", "our walk-away, as a price in scales", "uniform from 3 to 10"),
    row(
        "authority_gap",
        "how far our authority stops short of our walk-away",
        "0 with chance .2, else uniform from 0 to .7",
    ),
    row(
        "boss_limit",
        "how far the boss's limit stops short of our walk-away",
        "0 with chance .5, else the authority gap times a uniform from 0 to .8",
    ),
    row("counterpart_limit", "the middle of what we think their limit is", "normal, mean .5, standard deviation .35"),
    row("counterpart_limit_below", "from there down to the tenth percentile", "uniform from .1 to .4"),
    row("counterpart_limit_above", "from there up to the ninetieth", "uniform from .1 to .4"),
    row("escalation_cost", "what going up costs their negotiator", "the model's default range"),
    row("rounds_left", "rounds left", "whole, even from 3 to 16"),
    row("delay_cost", "what a round costs us", "0 with chance .4, else log-uniform from .001 to .02"),
    row("later_deals", "later deals with them", "0 with chance .3, else whole, even from 1 to 12"),
    row("value_per_deal", "our surplus on a later deal", "log-uniform from .1 to 1.5"),
    row("call_rate", "chance a later deal of a call for the boss", "the model's default range (0 with chance .3)"),
    row("boss_time_cost", "what the boss's time costs", "the model's default range"),
    row("boss_skill", "share of their surplus that the boss wins beyond us", "the model's default range"),
    row(
        "importance_ratio",
        "how strongly a boss at the outset says that the deal matters",
        "the model's default range; once an impasse is noted, its power .2",
    ),
    row("already_expected", "everyone brings their boss", "with chance .1"),
    row(
        "rounds_on_record",
        "rounds of offers so far",
        "0 with chance .2, else whole, even from 1 to 5, played by the model's own simulator at our own level and still open",
    ),
];
