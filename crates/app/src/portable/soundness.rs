//! What is imported is held to the rules that acts are held to: it could have been recorded here, now or by an earlier version.

use negotiation::access::{Act, Standing, judged};
use negotiation::fact::Opening;
use negotiation::{Fact, Negotiation, Phase, Stamp};
use serde_json::Value;
use store::StoredEntry;
use terms::Scope;

use super::Carried;
use crate::accounts::is_name;
use crate::error::Error;

/// The state of a negotiation whose entries can have been recorded: numbered from 1, in time, opened first and once, by and
/// with people whose names can be names, and in letters that every store keeps.
pub(super) fn sound(one: &Carried) -> Result<Negotiation, Error> {
    let entries = &one.entries;
    if !(1..=32).contains(&one.id.len()) || !one.id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(Error::Import("an id is no id; export it again".to_owned()));
    }
    let wrong = |what: &str| Err(Error::Import(format!("the negotiation {} {what}; export it again", one.id)));
    if entries.iter().any(|entry| Stamp::new(entry.at, entry.on).is_ahead()) {
        return wrong("has an entry that happened after it was recorded");
    }
    let numbered = (1..).zip(entries).all(|(version, entry)| entry.version == version);
    let in_time = entries.windows(2).all(|pair| pair[0].at <= pair[1].at);
    if !numbered || !in_time {
        return wrong("has entries out of order");
    }
    let Some(first) = entries.first() else { return wrong("was never opened") };
    for entry in entries {
        let place = |what: &str| format!("has {what} at entry {}", entry.version);
        if !is_name(&entry.by.0) || entry.fact.names().is_some_and(|user| !is_name(&user.0)) {
            return wrong(&place("somebody whose name can be no name"));
        }
        if holds_nul(
            &serde_json::to_value(StoredEntry::from(entry.clone()))
                .map_err(|_| Error::Ours("a fact can't be written"))?,
        ) {
            return wrong(&place("the character NUL"));
        }
        if entry.fact.holds_control() {
            return wrong(&place("a control character"));
        }
        if let Some(Err(why)) = entry.fact.opening().map(Opening::sound) {
            return wrong(&format!("was opened as it can't be, at entry {} ({why})", entry.version));
        }
    }
    let again = entries.iter().filter(|entry| matches!(entry.fact, Fact::Opened(_))).count() != 1;
    if again || !matches!(first.fact, Fact::Opened(_)) {
        return wrong("was not opened first, and once");
    }
    let state = Negotiation::of(entries.iter().cloned());
    let negotiated =
        state.participants.keys().any(|user| judged(Standing::of(&state, user), Scope::ALL, Act::Negotiate).is_ok());
    if state.phase == Phase::Unopened || !negotiated {
        return wrong("was never opened");
    }
    Ok(state)
}

/// Whether a text anywhere in it has a character that PostgreSQL keeps in none.
fn holds_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(values) => values.iter().any(holds_nul),
        Value::Object(fields) => fields.iter().any(|(name, value)| name.contains('\0') || holds_nul(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use negotiation::Entry;
    use negotiation::party::{Part, Participant};
    use terms::{Currency, Role};

    use super::*;

    fn record(title: &str, counterpart: &str, by: &str, note: &str) -> Carried {
        let at = "2026-03-02T09:00:00Z".parse().unwrap();
        let opening = Opening {
            title: title.to_owned(),
            role: Role::Seller,
            currency: Currency::USD,
            counterpart: counterpart.to_owned(),
        };
        let joined = Participant { user: by.into(), part: Part::Negotiator, privy: true };
        let facts = [Fact::Opened(opening), Fact::Joined(joined), Fact::ImpasseNoted { how: note.to_owned() }];
        let entries = (1..).zip(facts).map(|(version, fact)| Entry { version, at, on: None, by: by.into(), fact });
        Carried { id: "a1".to_owned(), entries: entries.collect() }
    }

    #[test]
    fn what_could_not_be_recorded_here_is_not_imported() {
        assert!(sound(&record("Renewal", "Northwind", "nora", "they wait\nand wait, with a literal \\u0000")).is_ok());
        let wrong = [
            record("", "Northwind", "nora", "they wait"),
            record(" ", "Northwind", "nora", "they wait"),
            record("Rene\u{1b}wal", "Northwind", "nora", "they wait"),
            record("Rene\0wal", "Northwind", "nora", "they wait"),
            record("Renewal", "", "nora", "they wait"),
            record("Renewal", "North\nwind", "nora", "they wait"),
            record("Renewal", "Northwind", "", "they wait"),
            record("Renewal", "Northwind", "No\u{7}ra", "they wait"),
            record("Renewal", "Northwind", "nora", "they\0wait"),
            record("Renewal", "Northwind", "nora", "they\u{1b}[2Jwait"),
        ];
        for one in wrong {
            assert!(matches!(sound(&one), Err(Error::Import(_))), "{one:?}");
        }
        let mut twice = record("Renewal", "Northwind", "nora", "they wait");
        twice.entries[2].fact = twice.entries[0].fact.clone();
        assert!(sound(&twice).is_err());
        let mut corrected = record("Renewal", "Northwind", "nora", "they wait");
        let mut opening = corrected.entries[0].fact.clone();
        if let Fact::Opened(opening) = &mut opening {
            opening.title.clear();
        }
        corrected.entries[2].fact =
            Fact::Corrected { version: 1, instead: Some(Box::new(opening)), reason: "x".to_owned() };
        assert!(sound(&corrected).is_err());
    }
}
