//! The clock: the only look at it, since everything below takes the time as an argument.

use jiff::Timestamp;

/// The moment that it is.
#[expect(clippy::disallowed_methods, reason = "the composition root is where the time comes from")]
pub fn now() -> Timestamp {
    let now = Timestamp::now();
    // Records keep microseconds: a moment reads back as it was written, on either database.
    Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
}
