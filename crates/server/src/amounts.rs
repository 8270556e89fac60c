//! Amounts in a JSON body: read as people write them, by the schema of what the body is to become.
//!
//! The domain's own form of an amount is that of the record, digits and a point. What callers send is read first by the reader that
//! every front asks, and put in that form; so that "1.200" is refused here as it is everywhere.

use negotiation::offer::Term;
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value};
use terms::{Amount, Currency, Settling};

/// Puts every amount of a body in the form of the record; or says where and why one can't be read.
pub(crate) fn spell_out(body: &mut Value, schema: &Schema, currency: Option<Currency>) -> Result<(), String> {
    let defs = schema.get("$defs").and_then(Value::as_object);
    Walk { defs, settling: Settling::of(currency) }.walk(body, schema.as_value(), "")
}

struct Walk<'a> {
    defs: Option<&'a Map<String, Value>>,
    settling: Settling,
}

impl<'a> Walk<'a> {
    fn walk(&self, value: &mut Value, schema: &'a Value, at: &str) -> Result<(), String> {
        match self.named(schema) {
            Some((name, _)) if name == Amount::schema_name() => return self.amount(value, at),
            Some((name, _)) if name == Term::schema_name() => return self.term(value, at),
            Some((_, named)) => self.walk(value, named, at)?,
            None => {}
        }
        for key in ["oneOf", "anyOf", "allOf"] {
            let branches = schema.get(key).and_then(Value::as_array).into_iter().flatten();
            if branches.clone().any(|branch| self.is_word_of(value, branch)) {
                return Ok(());
            }
            for branch in branches {
                if self.fits(value, branch) {
                    self.walk(value, branch, at)?;
                }
            }
        }
        match value {
            Value::Object(members) => {
                let known = schema.get("properties").and_then(Value::as_object);
                let others = schema.get("additionalProperties").filter(|others| others.is_object());
                for (name, member) in members {
                    let place = if at.is_empty() { name.clone() } else { format!("{at}.{name}") };
                    if let Some(schema) = known.and_then(|known| known.get(name)).or(others) {
                        self.walk(member, schema, &place)?;
                    }
                }
                Ok(())
            }
            Value::Array(items) => {
                let Some(schema) = schema.get("items") else { return Ok(()) };
                items
                    .iter_mut()
                    .enumerate()
                    .try_for_each(|(index, item)| self.walk(item, schema, &format!("{at}[{index}]")))
            }
            _ => Ok(()),
        }
    }

    /// The schema that another refers to, with its name.
    fn named(&self, schema: &'a Value) -> Option<(&'a str, &'a Value)> {
        let name = schema.get("$ref")?.as_str()?.rsplit('/').next()?;
        Some((name, self.defs?.get(name)?))
    }

    /// Whether a value may be meant by one branch of several: where the branch has a fixed word, the value has it too.
    fn fits(&self, value: &Value, branch: &'a Value) -> bool {
        let branch = self.named(branch).map_or(branch, |(_, named)| named);
        let known = branch.get("properties").and_then(Value::as_object);
        known.into_iter().flatten().all(|(name, schema)| match schema.get("const") {
            Some(word) => value.get(name) == Some(word),
            None => true,
        })
    }

    /// Whether a value is one of the fixed words of a branch, and so no amount of another.
    fn is_word_of(&self, value: &Value, branch: &'a Value) -> bool {
        let branch = self.named(branch).map_or(branch, |(_, named)| named);
        let words = branch.get("oneOf").and_then(Value::as_array).into_iter().flatten();
        let listed = branch.get("enum").and_then(Value::as_array).into_iter().flatten();
        words.filter_map(|word| word.get("const")).chain(listed).any(|word| word == value)
    }

    fn amount(&self, value: &mut Value, at: &str) -> Result<(), String> {
        let Value::String(text) = value else { return Ok(()) };
        let amount = Amount::read(text, self.settling.currency).map_err(|misread| format!("{at} {misread}"))?;
        *text = amount.0.to_string();
        Ok(())
    }

    fn term(&self, value: &mut Value, at: &str) -> Result<(), String> {
        let Value::String(text) = value else { return Ok(()) };
        match Term::read(text, Settling { is_count: true, ..self.settling })
            .map_err(|misread| format!("{at} {misread}"))?
        {
            Term::Number(number) => *text = number.0.to_string(),
            Term::Words(_) => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use app::wire::Command;
    use serde_json::json;

    use super::*;

    fn read(mut body: Value) -> Result<Value, String> {
        spell_out(&mut body, &schemars::schema_for!(Command), Some(Currency::EUR)).map(|()| body)
    }

    #[test]
    fn amounts_are_read_wherever_they_stand_and_nothing_else_is_touched() {
        let offer = json!({"do": "offer", "despite": "1.2m", "offer": {
            "by": "them", "package": {"price": "1.2m", "terms": {"days": "6e1", "place": "Ulm", "fee": "CHF 5"}},
            "note": "1.200"}});
        let read_offer = read(offer).expect("it is sound");
        assert_eq!(read_offer["offer"]["package"]["price"], "1200000");
        assert_eq!(read_offer["offer"]["package"]["terms"], json!({"days": "60", "place": "Ulm", "fee": "CHF 5"}));
        assert_eq!((&read_offer["despite"], &read_offer["offer"]["note"]), (&json!("1.2m"), &json!("1.200")));
        let prepared = json!({"do": "prepare", "preparation": {
            "walk_away": "412 TEUR", "target": {"low": "450k", "likely": "460k", "high": "470k"}}});
        let prepared = read(prepared).expect("it is sound");
        assert_eq!(prepared["preparation"]["walk_away"], "412000");
        assert_eq!(prepared["preparation"]["target"]["high"], "470000");
        for (authority, want) in [("none", "none"), ("unlimited", "unlimited"), ("1.2m", "1200000")] {
            let stated = read(json!({"do": "prepare", "preparation": {"authority": authority}}));
            assert_eq!(stated.expect("it is sound")["preparation"]["authority"], want);
        }
    }

    #[test]
    fn what_can_be_read_in_two_ways_or_is_in_another_currency_is_refused_where_it_stands() {
        let price = |price: &str| json!({"do": "agree", "package": {"price": price}});
        let told = read(price("1.200")).expect_err("two readings");
        assert!(told.starts_with("package.price could be 1200 or 1.2"), "{told}");
        assert!(read(price("£5")).expect_err("pounds").contains("is in GBP"));
        assert!(read(price("1250000.50")).is_ok());
    }
}
