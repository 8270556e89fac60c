//! What was counted on neighbours of bringing the boss in: threats, offers to go to somebody above, hearings, strikes,
//! deadlines. A file a data set.
//!
//! These are rates of people who chose what they did, not effects: none is causal for one negotiation.

pub mod arbitration;
pub mod deadlines;
mod estimate;
pub mod extortion;
pub mod infringements;
pub mod sanctions;
pub mod score;
mod spells;
pub mod stoppages;
pub mod strikes;
mod table;
pub mod threats;

use super::{Fitted, Folder, Unread};

type Read = fn(&str, u64) -> Result<Fitted, Unread>;

const READERS: [(&str, Read); 8] = [
    (extortion::FILE, extortion::fitted),
    (arbitration::FILE, arbitration::fitted),
    (stoppages::FILE, stoppages::fitted),
    (strikes::FILE, strikes::fitted),
    (sanctions::FILE, sanctions::fitted),
    (infringements::FILE, infringements::fitted),
    (deadlines::FILE, deadlines::fitted),
    (threats::FILE, threats::fitted),
];

/// What the files of a folder say; one that is missing is left out.
pub fn of(folder: &Folder, seed: u64) -> Result<Vec<Fitted>, Unread> {
    let there = READERS.iter().filter_map(|(name, read)| folder.text(name).map(|text| read(text, seed)));
    there.collect()
}
