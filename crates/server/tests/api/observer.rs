//! What those who look on, and those who take no part, are shown: nothing that depends on what is ours alone. Two desks are alike
//! at the table and unlike behind it; every page is the same on both, to the letter, scales of drawings and counts included.

use serde_json::json;

use crate::OURS;
use crate::desk::{Served, offer};
use crate::pages::{addresses, session};

/// Marks within which a page may differ: when something was recorded, what a list begins with, and one's own keys.
const MOMENTS: [(&str, char); 3] = [("datetime=\"", '"'), ("newest=", '"'), ("/settings/keys/", '/')];

/// A page without what differs between any two records.
fn plain(page: &str, id: &str) -> String {
    let mut text = page.replace(id, "ID");
    for (mark, end) in MOMENTS {
        let mut rest = text.as_str();
        let mut kept = String::new();
        while let Some(place) = rest.find(mark) {
            let (before, after) = rest.split_at(place + mark.len());
            kept += before;
            rest = after.find(end).map_or("", |end| &after[end..]);
        }
        text = kept + rest;
    }
    // Hours and minutes of the record: `09:14 UTC`.
    let letters: Vec<char> = text.chars().collect();
    let is_time = |at: usize| {
        letters[at..].len() > 4
            && letters[at + 2] == ':'
            && [0, 1, 3, 4].iter().all(|&n| letters[at + n].is_ascii_digit())
    };
    let mut at = 0;
    let mut kept = String::new();
    while at < letters.len() {
        if is_time(at) {
            at += 5;
        } else {
            kept.push(letters[at]);
            at += 1;
        }
    }
    kept
}

/// A negotiation with olga looking on: the table is always the same, and what lies behind goes by `seed`.
fn negotiation(served: &Served, seed: u32) -> String {
    let opening = json!({ "title": "Renewal", "role": "seller", "currency": "USD", "counterpart": "Northwind" });
    let id = served.post("nora", "/negotiations", &opening).good()["id"].as_str().expect("an id").to_owned();
    let act = |who: &str, command: serde_json::Value| served.act(who, &id, &command).good();
    for (user, part) in [("bea", "boss"), ("olga", "observer")] {
        act("nora", json!({ "do": "name", "participant": { "user": user, "part": part, "privy": false } }));
    }
    if seed > 0 {
        let prices = [1_057_001 - 40_000 * seed, 1_397_002 + 50_000 * seed, 1_117_003 - 30_000 * seed]
            .map(|price| price.to_string());
        let preparation = json!({
            "walk_away": prices[0], "target": prices[1], "boss_limit": prices[2], "deadline": "2026-05-01", "days_per_round": 4,
            "counterpart_limit": { "low": "1077004", "likely": "1187005", "high": "1297006" },
        });
        act("nora", json!({ "do": "prepare", "preparation": preparation }));
        act("bea", json!({ "do": "grant_mandate", "mandate": { "price": "1187012" } }));
    }
    for (by, price) in [("us", "1380000"), ("them", "1050000"), ("us", "1330000"), ("them", "1080000")] {
        act("nora", offer(by, price));
        if seed > 1 {
            act("nora", json!({ "do": "note_impasse", "how": "they will not move" }));
            act("nora", json!({ "do": "resolve_impasse" }));
        }
    }
    if seed > 0 {
        let question = json!({
            "point": { "on": "price", "to": "1150013" }, "recommendation": "it closes the gap",
            "needed_by": served.ahead(48), "otherwise": "we stand",
        });
        act("nora", json!({ "do": "ask", "question": question }));
    }
    id
}

/// Every page as somebody is shown it, with its address.
fn pages(served: &Served, who: &str, id: &str) -> Vec<(String, u16, String)> {
    let (cookie, _) = session(served, who);
    let shown = |address: String| {
        let answered = served.raw("GET", &address, &[("cookie", &cookie)], None);
        (address.replace(id, "ID"), answered.status, plain(answered.body.as_str().unwrap_or_default(), id))
    };
    addresses(id).into_iter().map(shown).collect()
}

#[test]
fn no_page_of_an_observer_or_a_stranger_depends_on_what_is_ours_alone() {
    let desks: Vec<(Served, String)> = (0..3)
        .map(|seed| {
            let served = Served::start();
            let id = negotiation(&served, seed);
            (served, id)
        })
        .collect();
    for who in ["olga", "zoe"] {
        let [bare, others @ ..] = &desks.iter().map(|(served, id)| pages(served, who, id)).collect::<Vec<_>>()[..]
        else {
            panic!("a desk");
        };
        for other in others {
            for (shown, same) in bare.iter().zip(other) {
                assert_eq!(shown, same, "{who}");
                let figures = same.2.replace(',', "");
                assert!(
                    OURS.iter().all(|ours| !same.2.contains(ours) && !figures.contains(ours)),
                    "{who} at {}",
                    same.0
                );
            }
        }
    }
}
