//! Forecasts of negotiations in a file, a line after every event.

use std::collections::BTreeMap;

use engine::calibration::Calibration;
use engine::people::{Forecaster, Manner, Motion, Outlook, QUANTILES, Reason, level};
use rayon::prelude::*;
use serde::Serialize;
use terms::Role;

use super::dialogues::Dialogue;
use super::score::seats;
use super::{Unread, evidence, goods, seed};

/// One line: where a negotiation was heading after an event, as one side saw it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// Its name in the file.
    pub id: String,
    /// The event, counted from 0.
    pub event: usize,
    /// Who forecasts: each knows what they themselves aim for.
    pub side: Role,
    /// Chance of a deal.
    pub agreement_probability: f64,
    /// Price of a deal, in the file's money; `None` where there is no price in the file.
    pub price: Option<Price>,
    /// Whether it moves, stalls or is dead, and why; `None` where nothing is negotiated.
    pub state: Option<State>,
}

/// A price that is not known yet.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Price {
    /// Its mean.
    pub mean: f64,
    /// Its quantiles by level, from "0.05" to "0.95".
    pub quantiles: BTreeMap<String, f64>,
}

/// How it stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct State {
    /// How.
    pub motion: Motion,
    /// Why, by side.
    pub causes: Vec<Cause>,
}

/// Why it stands so.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cause {
    /// Why.
    pub cause: Reason,
    /// Whose doing it is, where it is somebody's.
    pub side: Option<Role>,
}

impl Line {
    /// Of an outlook.
    pub fn of(id: &str, event: usize, side: Role, outlook: &Outlook) -> Self {
        let quantiles = (0..QUANTILES).map(|at| (format!("{:.2}", level(at)), outlook.quantiles[at])).collect();
        let standing = &outlook.standing;
        let causes = standing.reasons.iter().map(|&(cause, side)| Cause { cause, side }).collect();
        Self {
            id: id.to_owned(),
            event,
            side,
            agreement_probability: outlook.agreement_probability,
            price: Some(Price { mean: outlook.mean, quantiles }),
            state: Some(State { motion: standing.motion, causes }),
        }
    }
}

/// Why a file has no forecasts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// A line of it can't be read.
    #[error(transparent)]
    Unread(#[from] Unread),
    /// Nothing was fitted on negotiations of its kind.
    #[error(
        "{0} is of no kind that forecasts are made for: a line is to have list_price and events, or ask0, asks and bids, or the columns of threat_commitment.csv"
    )]
    Unknown(String),
}

/// Forecasts of every negotiation in a file, by its content: chats over goods, bargaining over seed, or demands under a threat.
pub fn file(name: &str, text: &str, calibration: &Calibration) -> Result<Vec<Line>, Failure> {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let unknown = || Failure::Unknown(name.to_owned());
    if goods::one(first).is_ok() || first.contains("\"list_price\"") {
        let manner = calibration.manner(goods::SET).ok_or_else(unknown)?;
        return Ok(all(manner, &goods::read(name, text)?));
    }
    if seed::one(first).is_ok() || first.contains("\"ask0\"") {
        let manner = calibration.manner(seed::SET).ok_or_else(unknown)?;
        return Ok(all(manner, &seed::read(name, text)?));
    }
    if first.split(',').any(|column| column.trim() == "demand") {
        let model = evidence::threats::model(calibration).ok_or_else(unknown)?;
        let chances = evidence::threats::chances(name, text, &model)?;
        let line = |(id, agreement_probability)| Line {
            id,
            event: 0,
            side: Role::Buyer,
            agreement_probability,
            price: None,
            state: None,
        };
        return Ok(chances.into_iter().map(line).collect());
    }
    Err(unknown())
}

fn all(manner: &Manner, dialogues: &[Dialogue]) -> Vec<Line> {
    dialogues
        .par_iter()
        .flat_map_iter(|dialogue| seats(dialogue).flat_map(|seat| one(manner, dialogue, seat)))
        .collect()
}

/// Forecasts of one negotiation as `seat` saw it.
pub fn one(manner: &Manner, dialogue: &Dialogue, seat: Role) -> Vec<Line> {
    let mut forecaster = Forecaster::new(manner, dialogue.known_to(seat));
    let line = |(at, &event)| {
        forecaster.read(event);
        forecaster.outlook().map(|outlook| Line::of(&dialogue.id, at, seat, &outlook))
    };
    dialogue.events.iter().enumerate().filter_map(line).collect()
}
