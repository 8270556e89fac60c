//! Facts as they are stored. What has been stored once must be read for ever: `goldens/` has one of each, and a test
//! holds that they are read and written back to the byte.

use negotiation::Fact;

use crate::error::{Error, Spot};

/// The form in which facts are written now.
pub(crate) const FORMAT: i64 = 1;

/// A fact in the present form.
pub(crate) fn encode(fact: &Fact) -> String {
    // Plain data always has a JSON form; were it not so, the empty text would be refused when read.
    serde_json::to_string(fact).unwrap_or_default()
}

/// A fact in any form that there has been.
pub(crate) fn decode(position: i64, format: i64, body: &str) -> Result<Fact, Error> {
    match format {
        1 => serde_json::from_str(body).map_err(|_| Error::Format { at: Spot::Entry(position) }),
        _ => Err(Error::Format { at: Spot::Entry(position) }),
    }
}

#[cfg(test)]
mod tests;
