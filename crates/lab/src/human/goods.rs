//! Chats over second-hand goods (CraigslistBargain, He and others 2018): list price, both sides' targets, messages with prices.

use engine::people::{Event, Setting};
use serde::Deserialize;
use terms::Role;

use super::Unread;
use super::dialogues::{Dialogue, lines};

/// The file's name.
pub const FILE: &str = "craigslist_offers.jsonl";
/// The set's name.
pub const SET: &str = "goods";
/// A span as a share of the list price: about the distance from what buyers aim for to the list price.
pub const SPAN: f64 = 0.3;
/// The usual list price, in dollars.
const USUAL: f64 = 400.0;
/// A price outside these shares of the list price is a misreading, or of something else.
const PLAUSIBLE: [f64; 2] = [0.1, 2.5];

#[derive(Deserialize)]
struct Line {
    id: String,
    post_id: String,
    list_price: f64,
    buyer_target: Option<f64>,
    final_price: Option<f64>,
    events: Vec<Said>,
    #[serde(default)]
    end: Option<String>,
}

#[derive(Deserialize)]
struct Said {
    role: String,
    act: String,
    #[serde(default)]
    price: Option<f64>,
}

/// The negotiations of a file, an object a line.
pub fn read(file: &str, text: &str) -> Result<Vec<Dialogue>, Unread> {
    lines(file, text, one)
}

/// One negotiation.
pub fn one(line: &str) -> Result<Dialogue, String> {
    let line: Line = serde_json::from_str(line).map_err(|cause| cause.to_string())?;
    if !(line.list_price.is_finite() && line.list_price > 0.0) {
        return Err("list_price is not a price above 0".to_owned());
    }
    let events = line.events.iter().map(|said| event(said, line.list_price)).collect::<Result<Vec<_>, _>>()?;
    let ended = events.iter().any(|event| matches!(event, Event::Take | Event::End));
    Ok(Dialogue {
        setting: Setting {
            span: SPAN * line.list_price,
            targets: [line.buyer_target.filter(|target| target.is_finite()), Some(line.list_price)],
            stakes: (libm::log(line.list_price / USUAL) / 2.0).clamp(-2.0, 2.0),
        },
        private: [true, false],
        events,
        price: line.final_price,
        finished: line.end.map_or(ended, |end| end != "unfinished"),
        unit: line.list_price,
        id: line.id,
        group: line.post_id,
    })
}

fn event(said: &Said, list: f64) -> Result<Event, String> {
    let by = match said.role.as_str() {
        "buyer" => Role::Buyer,
        "seller" => Role::Seller,
        other => return Err(format!("role '{other}' is neither buyer nor seller")),
    };
    let price = said.price.filter(|price| (PLAUSIBLE[0] * list..=PLAUSIBLE[1] * list).contains(price));
    Ok(match (said.act.as_str(), price) {
        ("accept", _) => Event::Take,
        ("reject" | "quit", _) => Event::End,
        ("message" | "offer", Some(price)) => Event::Quote { by, price, formal: said.act == "offer" },
        ("message" | "offer", None) => Event::Talk { by },
        (other, _) => return Err(format!("act '{other}' is none of message, offer, accept, reject and quit")),
    })
}
