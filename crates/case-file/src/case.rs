//! The keys of a case file and what they become.

use std::collections::BTreeMap;

use engine::assumption::Name;
use engine::case::{Act, ActKind, Answer, Boss, Case, Counterpart, Future, Horizon, Offer, Stakes};
use jiff::civil::Date;
use terms::{Currency, Level, Quantity, Role, Side};
use toml::de::DeTable;

use crate::choices::nearest;
use crate::problem::quoted;
use crate::section::{Reader, Section};

/// The case, as far as every part that it needs could be read.
pub(crate) fn read(reader: &Reader<'_>, table: &DeTable<'_>) -> Option<Case> {
    let root = reader.root(table);
    root.only(&[
        "title",
        "role",
        "currency",
        "value",
        "counterpart",
        "time",
        "future",
        "boss",
        "offers",
        "acts",
        "assumptions",
    ]);
    let title = root.required("title", root.text("title"), "the negotiation a name, in quotes");
    let roles = [("seller", Role::Seller), ("buyer", Role::Buyer)];
    let role = root.required("role", root.word("role", &roles), "\"seller\" if we are paid, \"buyer\" if we pay");
    let currency = root.required("currency", currency(&root), "an ISO 4217 code, such as \"USD\"");
    let value = stakes(&root.section("value"), currency);
    let counterpart = counterpart(&root.section("counterpart"), currency);
    let time = horizon(&root.section("time"), currency);
    let future = future(&root.section("future"), currency);
    let boss = boss(&root.section("boss"), currency);
    let offers = root.sections("offers");
    let acts = root.sections("acts");
    let (offers, acts) = log(&offers, &acts, currency);
    let (assumptions, role_priors) = assumptions(&root);
    Some(Case {
        title: title?,
        role: role?,
        currency: currency?,
        value: value?,
        counterpart: counterpart?,
        time: time?,
        future,
        boss,
        offers: offers?,
        acts: acts?,
        assumptions,
        role_priors,
    })
}

fn currency(root: &Section<'_>) -> Option<Currency> {
    let code = root.text("currency")?;
    if let Ok(currency) = code.parse() {
        return Some(currency);
    }
    let upper = code.to_uppercase();
    let codes: Vec<&str> = Currency::codes().collect();
    let meant = nearest(&upper, codes).map_or(String::new(), |meant| format!("Did you mean \"{meant}\"? "));
    let problem = format!("is {}, which is no currency", quoted(&code));
    root.complain(
        "currency",
        problem,
        format!("{meant}Expected an ISO 4217 code in capitals, such as \"USD\" or \"EUR\"."),
    );
    None
}

fn stakes(section: &Section<'_>, currency: Option<Currency>) -> Option<Stakes> {
    section.only(&["walk_away", "target", "authority", "boss_limit", "leave"]);
    let walk_away = section.required(
        "walk_away",
        section.amounts("walk_away", currency),
        "the worst price at which a deal is still as good to you as none",
    );
    let target = section.required("target", section.amounts("target", currency), "the price you aim for");
    let (authority, boss_limit) = (section.amounts("authority", currency), section.amounts("boss_limit", currency));
    let leave = section.amount("leave", currency);
    Some(Stakes { walk_away: walk_away?, target: target?, authority, boss_limit, leave })
}

fn counterpart(section: &Section<'_>, currency: Option<Currency>) -> Option<Counterpart> {
    section.only(&["limit", "cost_of_escalating"]);
    let what = "the worst price that they would rather accept than lose the deal: { low = …, likely = …, high = … }";
    let limit = section.required("limit", section.amounts("limit", currency), what);
    let cost_of_escalating = section.amounts("cost_of_escalating", currency);
    Some(Counterpart { limit: limit?, cost_of_escalating })
}

fn horizon(section: &Section<'_>, currency: Option<Currency>) -> Option<Horizon> {
    section.only(&[
        "rounds_left",
        "deadline",
        "counted_from",
        "days_per_round",
        "cost_of_delay_per_round",
        "cost_of_delay_per_week",
    ]);
    let horizon = Horizon {
        rounds_left: section.count("rounds_left"),
        deadline: section.date("deadline"),
        counted_from: section.date("counted_from"),
        days_per_round: section.number("days_per_round"),
        cost_of_delay_per_round: section.amounts("cost_of_delay_per_round", currency),
        cost_of_delay_per_week: section.amounts("cost_of_delay_per_week", currency),
    };
    if !section.has("rounds_left") && !section.has("deadline") {
        let mend = "Give the rounds left, a round being one offer by each side, or deadline with days_per_round.";
        section.complain("rounds_left", "is missing", mend);
        return None;
    }
    Some(horizon)
}

fn future(section: &Section<'_>, currency: Option<Currency>) -> Future {
    section.only(&["later_deals", "value_per_deal", "discount", "past_boss_appearances"]);
    Future {
        later_deals: section.quantity("later_deals"),
        value_per_deal: section.amounts("value_per_deal", currency),
        discount: section.quantity("discount"),
        past_boss_appearances: section.quantity("past_boss_appearances"),
    }
}

fn boss(section: &Section<'_>, currency: Option<Currency>) -> Boss {
    section.only(&["time_cost", "skill", "already_expected"]);
    Boss {
        time_cost: section.amounts("time_cost", currency),
        skill: section.quantity("skill"),
        already_expected: section.flag("already_expected").unwrap_or(false),
    }
}

/// Offers and acts, each act placed among the offers by date, and on equal or missing dates by where it stands in
/// the file.
fn log(
    offers: &[Section<'_>],
    acts: &[Section<'_>],
    currency: Option<Currency>,
) -> (Option<Vec<Offer>>, Option<Vec<Act>>) {
    let offers_read: Option<Vec<Offer>> = offers.iter().map(|section| offer(section, currency)).collect();
    let acts_read: Option<Vec<Act>> = acts.iter().map(act).collect();
    let (Some(offers_read), Some(mut acts_read)) = (offers_read, acts_read) else { return (None, None) };
    let mut entries: Vec<(usize, Option<Date>, Option<usize>)> = Vec::new();
    entries.extend(offers.iter().zip(&offers_read).map(|(section, offer)| (section.offset, offer.date, None)));
    let numbered = acts.iter().zip(&acts_read).enumerate();
    entries.extend(numbered.map(|(index, (section, act))| (section.offset, act.date, Some(index))));
    entries.sort_by_key(|&(offset, ..)| offset);
    let mut date = None;
    for entry in &mut entries {
        date = entry.1.or(date);
        entry.1 = date;
    }
    entries.sort_by_key(|&(_, date, _)| date);
    let mut before = 0;
    for (_, _, act) in entries {
        match act {
            Some(index) => acts_read[index].after_offers = before,
            None => before += 1,
        }
    }
    (Some(offers_read), Some(acts_read))
}

fn offer(section: &Section<'_>, currency: Option<Currency>) -> Option<Offer> {
    section.only(&["by", "amount", "date", "level", "binding", "note"]);
    let by = section.word("by", &[("us", Side::Us), ("them", Side::Them)]);
    let by = section.required("by", by, "\"us\" or \"them\"");
    let amount = section.required("amount", section.amount("amount", currency), "the price offered");
    let levels = [("negotiator", Level::Negotiator), ("boss", Level::Boss)];
    let offer = Offer {
        by: by.unwrap_or(Side::Us),
        amount: amount.unwrap_or(0.0),
        date: section.date("date"),
        level: section.word("level", &levels).unwrap_or_default(),
        binding: section.flag("binding").unwrap_or(false),
        note: section.text("note"),
    };
    by.and(amount).map(|_| offer)
}

fn act(section: &Section<'_>) -> Option<Act> {
    section.only(&["kind", "date", "answer", "note"]);
    let kinds = ActKind::ALL.map(|kind| (kind.key(), kind));
    let kind = section.required("kind", section.word("kind", &kinds), "what happened, such as \"guidance\"");
    let act = Act {
        kind: kind.unwrap_or(ActKind::ImpasseNoted),
        date: section.date("date"),
        answer: section.word("answer", &Answer::ALL.map(|answer| (answer.key(), answer))),
        after_offers: 0,
        note: section.text("note"),
    };
    kind.map(|_| act)
}

/// What `[assumptions]` says; names that the case has keys of its own for may stand in one place only.
fn assumptions(root: &Section<'_>) -> (BTreeMap<Name, Quantity<f64>>, bool) {
    let section = root.section("assumptions");
    let names: Vec<&str> = Name::all().filter(|&name| may_stand_here(name)).map(Name::key).collect();
    let mut assumptions = BTreeMap::new();
    for (key, _) in section.keys() {
        if key == "role_priors" {
            continue;
        }
        let named = key.parse::<Name>().ok();
        let own_place = named.and_then(|name| name.spec().case_key);
        match (named, own_place) {
            (Some(name), Some(place)) if !may_stand_here(name) => {
                section.complain(&key, "has a place of its own", format!("Give it as {place}."));
            }
            (Some(_), Some(place)) if has(root, place) => {
                section.complain(&key, format!("is given twice, here and as {place}"), "Leave out one of the two.");
            }
            (Some(name), _) => {
                assumptions.extend(section.quantity(&key).map(|quantity| (name, quantity)));
            }
            (None, _) => {
                let meant = nearest(&key, names.iter().copied());
                let meant = meant.map_or(String::new(), |meant| format!("Did you mean '{meant}'? "));
                let mend = format!("{meant}`upstairs assumptions` lists the names.");
                section.complain(&key, "is not the name of an assumption", mend);
            }
        }
    }
    (assumptions, section.flag("role_priors").unwrap_or(false))
}

/// Prices and rounds are part of the case, not assumptions that could replace a default.
fn may_stand_here(name: Name) -> bool {
    let part_of_the_case =
        [Name::WalkAway, Name::Target, Name::Authority, Name::BossLimit, Name::CounterpartLimit, Name::RoundsLeft];
    !part_of_the_case.contains(&name)
}

fn has(root: &Section<'_>, path: &str) -> bool {
    path.split_once('.').is_some_and(|(table, key)| root.has(table) && root.section(table).has(key))
}
