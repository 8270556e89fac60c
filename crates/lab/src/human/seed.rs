//! Bargaining over maize seed in Uganda: the seller concedes by a fixed rule, the buyer is somebody, and all ends in a deal.

use engine::people::{Event, Setting};
use serde::Deserialize;
use terms::Role;

use super::Unread;
use super::dialogues::{Dialogue, lines};

/// The file's name.
pub const FILE: &str = "seed_bargain.jsonl";
/// The set's name.
pub const SET: &str = "seed";
/// A span as a share of the first ask.
pub const SPAN: f64 = 0.3;

#[derive(Deserialize)]
struct Line {
    id: serde_json::Value,
    ask0: f64,
    asks: Vec<f64>,
    bids: Vec<f64>,
    #[serde(rename = "final")]
    price: Option<f64>,
}

/// The negotiations of a file, an object a line.
pub fn read(file: &str, text: &str) -> Result<Vec<Dialogue>, Unread> {
    lines(file, text, one)
}

/// One negotiation: ask, bid, ask, bid, to the deal.
pub fn one(line: &str) -> Result<Dialogue, String> {
    let line: Line = serde_json::from_str(line).map_err(|cause| cause.to_string())?;
    if !(line.ask0.is_finite() && line.ask0 > 0.0) {
        return Err("ask0 is not a price above 0".to_owned());
    }
    let quote = |by, price| Event::Quote { by, price, formal: false };
    let turns = line.asks.len().max(line.bids.len());
    let mut events = Vec::with_capacity(2 * turns + 1);
    for turn in 0..turns {
        events.extend(line.asks.get(turn).map(|&ask| quote(Role::Seller, ask)));
        events.extend(line.bids.get(turn).map(|&bid| quote(Role::Buyer, bid)));
    }
    events.extend(line.price.map(|_| Event::Take));
    let id = line.id.as_str().map_or_else(|| line.id.to_string(), str::to_owned);
    Ok(Dialogue {
        group: id.clone(),
        id,
        setting: Setting { span: SPAN * line.ask0, targets: [None, Some(line.ask0)], stakes: 0.0 },
        private: [true, false],
        finished: line.price.is_some(),
        events,
        price: line.price,
        unit: line.ask0,
    })
}
