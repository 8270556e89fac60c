//! Numbers in scenarios.

use serde_json::Value;

/// A number as JSON or Python writes it.
pub(crate) fn number(value: &Value) -> Option<f64> {
    match value {
        // What Rust reads as numbers has "inf", "Infinity" and "nan" among them, capitals or not.
        Value::String(text) => text.trim().parse().ok(),
        other => other.as_f64(),
    }
}
