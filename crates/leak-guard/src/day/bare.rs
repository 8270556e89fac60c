//! Days as two numbers with nothing beside them: `2/12`, `2.12.`, `12-02`. They are days only where one of the days of the
//! negotiation is meant.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::{Mention, Named};
use crate::work::goes_through;

static BARE: LazyLock<Regex> = LazyLock::new(|| {
    // What stands before is a beginning or a small word: "drawing 2/12" is no day.
    Regex::new(r"(?m)(?:^|[,:(] ?|\b(?:is|was|be|on|by|before|until|till|for|the|to|than|from|and|or|at|latest|date|day|deadline|signature|am|der|dem|den|bis|zum|vor|ab|spatestens|au|le|du|avant|pour|el|al|del|para|es|antes de|termin|stichtag) )(?P<day>(?P<a>\d{1,2})(?:(?P<slash>[/-])|\.)(?P<b>\d{1,2})(?P<point>\.?))(?:[^\d/%]|$)")
        .expect("the crate's own patterns are sound")
});

/// Those of a folded text that name a day of these.
pub(super) fn mentions(text: &str, known: &[Date]) -> Vec<Mention> {
    if known.is_empty() {
        return Vec::new();
    }
    goes_through(text.len());
    let of = |found: regex::Captures<'_>| {
        let number = |name: &str| found.name(name)?.as_str().parse::<i16>().ok();
        let place = found.name("day")?.range();
        let (a, b) = (number("a")?, number("b")?);
        let (is_slash, is_pointed) = (found.name("slash").is_some(), !found.name("point")?.is_empty());
        let before = text[..place.start].trim_end();
        let is_due = ["bis", "zum", "vor", "am", "by", "before", "until", "till", "spatestens"];
        // "2.12" alone is a number; with another point, or where something is due, it is a day.
        let is_day = is_slash || is_pointed || is_due.iter().any(|word| before.ends_with(word));
        let days = [Named::of(None, b, a), Named::of(None, a, b).filter(|_| is_slash)];
        let days: Vec<Named> = days.into_iter().flatten().collect();
        let is_known = days.iter().any(|named| known.iter().any(|day| named.is(*day)));
        (is_day && is_known).then_some(Mention { place, days })
    };
    BARE.captures_iter(text).filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_numbers_are_a_day_where_that_day_is_known_and_nothing_else_is_counted() {
        let known = [jiff::civil::date(2026, 12, 2)];
        for text in ["2/12 is our date", "signature by 2/12", "it is 12/2", "bis 2.12", "am 2.12. dann", "by 02/12\n"] {
            assert_eq!(mentions(text, &known).len(), 1, "{text}");
        }
        for text in ["drawing 2/12 shows", "it is 3/12", "at 2.12 each", "2/12/3", "is 2/12%", "lot 2/12"] {
            assert_eq!(mentions(text, &known).len(), 0, "{text}");
        }
        assert_eq!(mentions("by 2/12", &[]).len(), 0);
    }
}
