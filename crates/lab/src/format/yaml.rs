//! YAML as values of JSON, as far as scenario folders go: keys are texts, and an infinite number is the text `inf` or `-inf`.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::{Map, Number, Value};

use super::FormatFault;

/// Levels of lists and objects within each other at most.
const DEEPEST: usize = 64;
/// Values at most, each time that one is pointed at counted.
const MOST_VALUES: usize = 2_000_000;

/// Reads the first document of a text.
pub(super) fn read(text: &str) -> Result<Value, FormatFault> {
    let mut open: Vec<Open> = Vec::new();
    let mut anchors: HashMap<usize, (Value, usize)> = HashMap::new();
    let mut count = 0;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|fault| {
            let why = format!("not YAML: {}", fault.info());
            FormatFault::Form { place: format!("line {}", fault.marker().line()), why }
        })?;
        let fault = |why: &str| FormatFault::Form { place: format!("line {}", span.start.line()), why: why.to_owned() };
        let done = match event {
            Event::SequenceStart(anchor, _) => {
                open.push(Open { anchor, from: count, inside: Inside::List(Vec::new()) });
                None
            }
            Event::MappingStart(anchor, _) => {
                open.push(Open { anchor, from: count, inside: Inside::Object(Map::new(), None) });
                None
            }
            Event::SequenceEnd | Event::MappingEnd => open.pop().map(|ended| {
                let value = match ended.inside {
                    Inside::List(list) => Value::Array(list),
                    Inside::Object(object, _) => Value::Object(object),
                };
                (value, ended.anchor, count - ended.from)
            }),
            Event::Scalar(text, style, anchor, _) => {
                let value = if style == ScalarStyle::Plain { plain(&text) } else { Value::String(text.into_owned()) };
                Some((value, anchor, 0))
            }
            Event::Alias(anchor) => {
                let (value, size) = anchors.get(&anchor).cloned().ok_or_else(|| fault("an alias to nothing"))?;
                count += size;
                Some((value, 0, size))
            }
            _ => None,
        };
        count += 1;
        if open.len() > DEEPEST {
            return Err(fault("lists within lists go too deep"));
        }
        if count > MOST_VALUES {
            return Err(fault("too many values: that is no negotiation"));
        }
        let Some((value, anchor, size)) = done else { continue };
        if anchor > 0 {
            anchors.insert(anchor, (value.clone(), size + 1));
        }
        match open.last_mut().map(|open| &mut open.inside) {
            None => return Ok(value),
            Some(Inside::List(list)) => list.push(value),
            Some(Inside::Object(object, key)) => match key.take() {
                None => *key = Some(label(&value)),
                Some(key) => {
                    object.insert(key, value);
                }
            },
        }
    }
    Err(FormatFault::Form { place: "the file".to_owned(), why: "there is nothing in it".to_owned() })
}

/// A list or an object that has not ended.
struct Open {
    anchor: usize,
    /// Values before it.
    from: usize,
    inside: Inside,
}

enum Inside {
    List(Vec<Value>),
    /// With the key whose value comes next.
    Object(Map<String, Value>, Option<String>),
}

/// A value as a name.
pub(super) fn label(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A word without quotes, as Python's reader takes it.
fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        ".inf" | "+.inf" | ".Inf" | ".INF" => return Value::String("inf".to_owned()),
        "-.inf" | "-.Inf" | "-.INF" => return Value::String("-inf".to_owned()),
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    let is_number = text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
    let whole = is_number.then(|| text.parse::<i64>().ok()).flatten().map(Number::from);
    let number = whole.or_else(|| is_number.then(|| text.parse().ok()).flatten().and_then(Number::from_f64));
    number.map_or_else(|| Value::String(text.to_owned()), Value::Number)
}

/// Writes values as YAML that Python reads: a line an entry, texts in quotes.
pub(super) fn write(value: &Value) -> String {
    let mut text = String::new();
    put(value, 0, &mut text);
    text
}

fn put(value: &Value, depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(object) if !object.is_empty() => {
            for (key, value) in object {
                text.push_str(&format!("{indent}{}:", Value::from(key.as_str())));
                within(value, depth, text);
            }
        }
        Value::Array(list) if !list.is_empty() => {
            for value in list {
                text.push_str(&format!("{indent}-"));
                within(value, depth, text);
            }
        }
        other => text.push_str(&format!("{indent}{}\n", scalar(other))),
    }
}

fn within(value: &Value, depth: usize, text: &mut String) {
    let is_block = match value {
        Value::Object(object) => !object.is_empty(),
        Value::Array(list) => !list.is_empty(),
        _ => false,
    };
    if is_block {
        text.push('\n');
        put(value, depth + 1, text);
    } else {
        text.push_str(&format!(" {}\n", scalar(value)));
    }
}

fn scalar(value: &Value) -> String {
    match value {
        // Python takes a power of ten for a number only with a point and a sign.
        Value::Number(number) => {
            let text = number.to_string();
            match text.split_once('e') {
                None => text,
                Some((digits, power)) => {
                    let point = if digits.contains('.') { "" } else { ".0" };
                    let sign = if power.starts_with('-') || power.starts_with('+') { "" } else { "+" };
                    format!("{digits}{point}e{sign}{power}")
                }
            }
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_pythons_writer_writes_is_read() {
        let text = "a: &one\n- 1\n- 0.5\n- -.inf\nb: *one\n'1': {x: null, 2: \"yes\"}\n? - p\n  - q\n: 1.0e-07\n";
        let read = read(text).unwrap();
        assert_eq!(read["a"], json!([1, 0.5, "-inf"]));
        assert_eq!(read["b"], read["a"]);
        assert_eq!(read["1"], json!({"x": null, "2": "yes"}));
        assert_eq!(read["[\"p\",\"q\"]"], json!(1e-7));
    }

    #[test]
    fn what_is_written_reads_back() {
        let value = json!({"a": [1, 1e-7, 3e300, "yes: no", []], "b": {"c": {"d": "line\nbreak", "e": {}}}, "f": [[1], [{"g": true}]]});
        let text = write(&value);
        assert_eq!(read(&text).unwrap(), value, "{text}");
        assert!(text.contains("1.0e-7") && text.contains("3.0e+300"), "{text}");
    }

    #[test]
    fn what_grows_without_end_is_refused() {
        let mut text = "a: &x0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n".to_owned();
        for level in 1..12 {
            let times = vec![format!("*x{}", level - 1); 10].join(", ");
            text += &format!("b{level}: &x{level} [{times}]\n");
        }
        assert!(read(&text).unwrap_err().to_string().contains("too many values"));
        assert!(read(&"[".repeat(1_000)).is_err());
        assert!(read("").is_err());
    }
}
