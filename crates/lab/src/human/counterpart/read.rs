//! Negotiations by offers, read from the seat of each side, in shares of a scale that the data themselves give.
//!
//! Nobody asked these people for their walk-aways. So one rule for all sets: from the least to the most that nine in ten
//! of the deals in a set are closed at, as a share of the first price, is the scale; the seat's walk-away is its bad end.

use std::collections::BTreeMap;

use engine::calibration::Set;
use engine::case::{Boss, Case, Counterpart, Future, Horizon, Stakes};
use engine::experiment::{Dialogue, End};
use serde::Deserialize;
use terms::{Currency, Quantity, Role, Side};

use crate::human::{Folder, Unread};

/// People of one role in one set, as their counterparts saw them.
#[derive(Clone, Debug)]
pub struct People {
    /// Its key.
    pub key: &'static str,
    /// Who bargained over what.
    pub what: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// Rounds that people there reckon with.
    pub rounds: u32,
    /// The negotiations.
    pub dialogues: Vec<Dialogue>,
    /// Which of them hang together, such as those over one post.
    pub groups: Vec<u64>,
    /// What each wanted, in shares of the scale, where that is known.
    pub wanted: Vec<Option<f64>>,
}

/// The sets of a folder.
pub fn all(folder: &Folder) -> Result<Vec<People>, Unread> {
    let mut sets = Vec::new();
    if let Some(text) = folder.text(GOODS_FILE) {
        sets.extend(goods(text)?);
    }
    if let Some(text) = folder.text(SEED_FILE) {
        sets.push(seed(text)?);
    }
    Ok(sets)
}

const GOODS_FILE: &str = "craigslist_offers.jsonl";
const SEED_FILE: &str = "seed_bargain.jsonl";

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Speaker {
    Buyer,
    Seller,
}

impl Speaker {
    fn other(self) -> Self {
        match self {
            Self::Buyer => Self::Seller,
            Self::Seller => Self::Buyer,
        }
    }
}

#[derive(Debug, Deserialize)]
struct Chat {
    post_id: serde_json::Value,
    list_price: f64,
    buyer_target: Option<f64>,
    seller_target: Option<f64>,
    agreed: bool,
    final_price: Option<f64>,
    events: Vec<Said>,
    end: String,
}

#[derive(Debug, Deserialize)]
struct Said {
    role: Speaker,
    act: String,
    price: Option<f64>,
    #[serde(default)]
    echo: bool,
}

#[derive(Debug, Deserialize)]
struct Haggle {
    ask0: f64,
    asks: Vec<f64>,
    bids: Vec<f64>,
    ended_by: Speaker,
    #[serde(rename = "final")]
    price: f64,
}

/// Prices as a share of the first, in turn, and how it ended.
#[derive(Clone, Debug, Default)]
struct Quotes {
    said: Vec<(Speaker, f64)>,
    agreed: Option<f64>,
    /// Who took the other's last quote.
    taker: Option<Speaker>,
    /// Who broke off.
    left: Option<Speaker>,
    /// What buyer and seller wanted.
    wanted: [Option<f64>; 2],
    group: u64,
}

/// Prices nearer than this are the same.
const SAME: f64 = 1e-3;

fn lines<T: serde::de::DeserializeOwned>(file: &str, text: &str) -> Result<Vec<T>, Unread> {
    let read = |(index, line): (usize, &str)| {
        serde_json::from_str(line).map_err(|cause| Unread {
            file: file.to_owned(),
            line: index as u64 + 1,
            what: cause.to_string(),
        })
    };
    text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(read).collect()
}

/// Second-hand goods: messages with a new price and formal offers at one are the quotes.
fn goods(text: &str) -> Result<[People; 2], Unread> {
    let chats: Vec<Chat> = lines(GOODS_FILE, text)?;
    let quotes: Vec<Quotes> = chats.iter().filter_map(Chat::quotes).collect();
    let source = "CraigslistBargain, He et al. 2018";
    let people = |key, what, role| People { key, what, source, rounds: 4, ..seen(&quotes, role) };
    Ok([
        people("goods_buyers", "buyers of second-hand goods, in a chat", Speaker::Buyer),
        people("goods_sellers", "sellers of second-hand goods, in a chat", Speaker::Seller),
    ])
}

impl Chat {
    fn quotes(&self) -> Option<Quotes> {
        let mut last = [None, None];
        let wanted = [self.buyer_target, self.seller_target].map(|price| price.map(|price| price / self.list_price));
        let mut quotes = Quotes { group: group(&self.post_id), wanted, ..Quotes::default() };
        for said in &self.events {
            let Some(price) = said.price.map(|price| price / self.list_price) else { continue };
            let known = last.iter().flatten().any(|other: &f64| (other - price).abs() < SAME);
            let new = match said.act.as_str() {
                "message" => !said.echo,
                "offer" => !known,
                _ => false,
            };
            if new {
                quotes.said.push((said.role, price));
                last[said.role as usize] = Some(price);
            }
        }
        if self.agreed {
            let price = self.final_price? / self.list_price;
            quotes.close(price);
        } else if self.end != "unfinished" {
            quotes.left = self.events.last().map(|said| said.role);
        }
        (!quotes.said.is_empty() && self.list_price > 0.0).then_some(quotes)
    }
}

impl Quotes {
    /// A deal at a price: the last quote at it is the one that was taken; one that lies back was held, and is said again.
    fn close(&mut self, price: f64) {
        self.agreed = Some(price);
        let near = |said: &&(Speaker, f64)| (said.1 - price).abs() < 2.0 * SAME;
        let Some(&(by, at)) = self.said.iter().rev().find(near) else { return };
        if self.said.last().is_some_and(|last| last.0 != by) {
            self.said.push((by, at));
        }
        self.taker = Some(by.other());
    }
}

fn group(id: &serde_json::Value) -> u64 {
    let text = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
    // FNV-1a: all that matters is that one post is one number.
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Seed in a shop: the seller goes down by a rule; the buyer is a person.
fn seed(text: &str) -> Result<People, Unread> {
    let haggles: Vec<Haggle> = lines(SEED_FILE, text)?;
    let quotes: Vec<Quotes> = haggles.iter().enumerate().map(|(index, haggle)| haggle.quotes(index as u64)).collect();
    Ok(People {
        key: "seed_buyers",
        what: "farmers buying maize seed from a seller who comes down by a rule",
        source: "bjvca/bargaining_for_seed, Uganda",
        rounds: 10,
        ..seen(&quotes, Speaker::Buyer)
    })
}

impl Haggle {
    fn quotes(&self, group: u64) -> Quotes {
        let mut quotes = Quotes { group, agreed: Some(self.price / self.ask0), ..Quotes::default() };
        for (round, &ask) in self.asks.iter().enumerate() {
            quotes.said.push((Speaker::Seller, ask / self.ask0));
            quotes.said.extend(self.bids.get(round).map(|&bid| (Speaker::Buyer, bid / self.ask0)));
        }
        quotes.taker = Some(self.ended_by);
        quotes
    }
}

/// The negotiations from the seat of whoever faces `role`.
fn seen(quotes: &[Quotes], role: Speaker) -> People {
    let [low, high] = nine_in_ten(quotes);
    let share = |price: f64| match role {
        Speaker::Buyer => (price - low) / (high - low),
        Speaker::Seller => (high - price) / (high - low),
    };
    let dialogue = |quotes: &Quotes| {
        let side = |by: Speaker| if by == role { Side::Them } else { Side::Us };
        let last = quotes.said.last().map(|said| said.0);
        let end = if last == Some(role) {
            End::Open
        } else if quotes.taker == Some(role) {
            End::TheyTook
        } else if quotes.left == Some(role) {
            End::TheyRefused
        } else {
            End::Open
        };
        Dialogue {
            offers: quotes.said.iter().map(|&(by, price)| (side(by), share(price))).collect(),
            end,
            agreed: quotes.agreed.map(share),
        }
    };
    People {
        key: "",
        what: "",
        source: "",
        rounds: 1,
        dialogues: quotes.iter().map(dialogue).collect(),
        groups: quotes.iter().map(|quotes| quotes.group).collect(),
        wanted: quotes.iter().map(|quotes| quotes.wanted[role as usize].map(share)).collect(),
    }
}

/// Between which shares of the first price all but the lowest and the highest tenth of the deals were closed.
fn nine_in_ten(quotes: &[Quotes]) -> [f64; 2] {
    let mut prices: Vec<f64> = quotes.iter().filter_map(|quotes| quotes.agreed).collect();
    prices.sort_by(f64::total_cmp);
    let at = |share: f64| prices.get((share * prices.len() as f64) as usize).copied();
    match (at(0.1), at(0.9)) {
        (Some(low), Some(high)) if low < high => [low, high],
        _ => [0.0, 1.0],
    }
}

/// The negotiation of a set before the first word, in shares: our walk-away 0, our target 1.
pub fn case(people: &People) -> Case {
    Case {
        title: people.key.to_owned(),
        role: Role::Seller,
        currency: Currency::USD,
        value: Stakes {
            walk_away: Quantity::Known(0.0),
            target: Quantity::Known(1.0),
            authority: None,
            boss_limit: None,
            leave: None,
        },
        counterpart: Counterpart {
            limit: Quantity::Range { low: 0.4, likely: 1.0, high: 1.6 },
            cost_of_escalating: None,
        },
        time: Horizon {
            rounds_left: Some(people.rounds),
            deadline: None,
            counted_from: None,
            days_per_round: None,
            cost_of_delay_per_round: None,
            cost_of_delay_per_week: None,
        },
        future: Future::default(),
        boss: Boss::default(),
        offers: Vec::new(),
        acts: Vec::new(),
        assumptions: BTreeMap::new(),
        role_priors: false,
    }
}

/// The set as a calibration names it.
impl From<&People> for Set {
    fn from(people: &People) -> Self {
        Self {
            key: people.key.to_owned(),
            what: people.what.to_owned(),
            source: people.source.to_owned(),
            n: people.dialogues.len() as u64,
        }
    }
}
