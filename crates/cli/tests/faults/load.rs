//! People who record offers as fast as they are answered, and remember what was acknowledged.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

use crate::desk::Running;

/// A small generator, for moments and no more.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        // Splitmix64 (Steele, Lea and Flood 2014).
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

/// Why an offer was not recorded.
#[derive(Clone, Debug)]
pub struct Refused {
    /// 0 where no answer came at all.
    pub status: u16,
    pub code: String,
    pub message: String,
}

/// One who writes to one negotiation.
struct Writer {
    id: String,
    /// The price offered next; each is offered once.
    next: u64,
    /// Version and price of every offer that was acknowledged.
    acknowledged: Vec<(u64, u64)>,
    refusals: Vec<(u16, String)>,
}

/// Those who write.
pub struct Load {
    writers: Vec<Writer>,
    agent: ureq::Agent,
}

impl Load {
    /// A negotiation for each of `count` writers.
    pub fn open(running: &Running, count: usize) -> Self {
        let config =
            ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(Duration::from_secs(15)));
        let agent: ureq::Agent = config.max_idle_connections(0).build().into();
        let opening = json!({ "title": "Load", "role": "seller", "currency": "USD", "counterpart": "Northwind" });
        let open = |_| {
            let opened = send(&agent, running, "/api/v1/negotiations", Some(&opening)).expect("it opens");
            let id = opened["id"].as_str().expect("an id").to_owned();
            Writer { id, next: 1, acknowledged: Vec::new(), refusals: Vec::new() }
        };
        Self { writers: (0..count).map(open).collect(), agent: agent.clone() }
    }

    /// All write while something happens, and a little beyond.
    pub fn write_while(&mut self, running: &Running, happening: impl FnOnce(&Running)) {
        let over = AtomicBool::new(false);
        let agent = &self.agent;
        std::thread::scope(|scope| {
            for writer in &mut self.writers {
                let over = &over;
                scope.spawn(move || {
                    while !over.load(Ordering::Relaxed) {
                        if let Err(refused) = writer.write(agent, running) {
                            if refused.status != 0 {
                                writer.refusals.push((refused.status, refused.code));
                            }
                            std::thread::sleep(Duration::from_millis(2));
                        }
                    }
                });
            }
            happening(running);
            over.store(true, Ordering::Relaxed);
        });
    }

    /// The first writer writes until it is refused.
    pub fn write_until_refused(&mut self, running: &Running, most: usize) -> Refused {
        for _ in 0..most {
            if let Err(refused) = self.write_once(running) {
                return refused;
            }
        }
        panic!("{most} offers were recorded, and none was refused");
    }

    /// The first writer writes one offer.
    pub fn write_once(&mut self, running: &Running) -> Result<(), Refused> {
        self.writers[0].write(&self.agent, running)
    }

    /// The record that a writer writes to.
    pub fn read(&self, running: &Running, writer: usize) -> Result<Value, Refused> {
        let path = format!("/api/v1/negotiations/{}/entries", self.writers[writer].id);
        send(&self.agent, running, &path, None)
    }

    /// Every acknowledged offer is there, once, where it was said to be; and all that is there was sent, in order.
    pub fn check(&self, running: &Running) {
        for (index, writer) in self.writers.iter().enumerate() {
            let entries = self.read(running, index).expect("the record can be read");
            let entries = entries.as_array().expect("entries");
            let offered = entries.iter().filter(|entry| entry["fact"]["fact"] == "offered");
            let stored: Vec<(u64, u64)> = offered
                .map(|entry| {
                    let price = entry["fact"]["package"]["price"].as_str().expect("a price").parse().expect("a number");
                    (entry["version"].as_u64().expect("a version"), price)
                })
                .collect();
            assert!(stored.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1), "{stored:?}");
            assert!(stored.iter().all(|(_, price)| *price < writer.next), "it has what nobody sent");
            for acknowledged in &writer.acknowledged {
                assert!(stored.binary_search(acknowledged).is_ok(), "{acknowledged:?} was acknowledged and is lost");
            }
        }
    }

    /// How many offers were acknowledged.
    pub fn acknowledged(&self) -> u64 {
        self.writers.iter().map(|writer| writer.acknowledged.len() as u64).sum()
    }

    /// What was answered while writing, where it was no success.
    pub fn refusals(&self) -> Vec<(u16, String)> {
        self.writers.iter().flat_map(|writer| writer.refusals.clone()).collect()
    }
}

impl Writer {
    fn write(&mut self, agent: &ureq::Agent, running: &Running) -> Result<(), Refused> {
        let price = self.next;
        self.next += 1;
        // Long enough that a small disk is soon full.
        let note = "they said that they would have to see ".repeat(20);
        let package = json!({ "price": price.to_string() });
        let offer = json!({ "do": "offer", "offer": { "by": "them", "package": package, "note": note } });
        let recorded = send(agent, running, &format!("/api/v1/negotiations/{}/acts", self.id), Some(&offer))?;
        self.acknowledged.push((recorded["version"].as_u64().expect("a version"), price));
        Ok(())
    }
}

/// The body of a good answer, or why there is none.
fn send(agent: &ureq::Agent, running: &Running, path: &str, body: Option<&Value>) -> Result<Value, Refused> {
    let method = if body.is_some() { "POST" } else { "GET" };
    let request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", running.address));
    let request = request.header("authorization", format!("Bearer {}", running.token));
    let request = request.header("content-type", "application/json");
    let request = request.body(body.map(Value::to_string).unwrap_or_default()).expect("a request");
    let unheard = |error: ureq::Error| Refused { status: 0, code: String::new(), message: error.to_string() };
    let mut response = agent.run(request).map_err(unheard)?;
    let status = response.status().as_u16();
    let text = response.body_mut().read_to_string().map_err(unheard)?;
    let value: Value = serde_json::from_str(&text).unwrap_or_default();
    if status == 200 {
        return Ok(value);
    }
    let word = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
    Err(Refused { status, code: word("code"), message: word("message") })
}
