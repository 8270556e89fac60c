//! A number of things with what each is worth: `6`, or `6, 3k each`.

use terms::{Currency, Quantity};

use super::amount::quantity;

/// Words that say nothing more.
const FILLERS: [&str; 16] = [
    "round", "rounds", "deal", "deals", "each", "a", "per", "of", "at", "for", "more", "later", "apiece", "about",
    "offers", "left",
];

/// How many, and what each is worth if that is said, in the currency of the deal.
#[derive(Clone, Debug, PartialEq)]
pub struct Count {
    /// How many.
    pub count: Quantity<f64>,
    /// What each is worth.
    pub each: Option<Quantity<f64>>,
}

/// Reads `6`, `6, 3k each`, `6 at 3k`, `3 4 6, 90k 150k 220k`.
pub fn count(line: &str, currency: Currency) -> Result<Count, String> {
    let line = line.to_lowercase();
    if ["week", "weeks", "month", "months", "day", "days"]
        .iter()
        .any(|unit| line.split_whitespace().any(|w| w == *unit))
    {
        return Err("Count it by the round: if a round takes two weeks, it costs what two weeks cost.".to_owned());
    }
    let (left, right) = halves(&line)?;
    let (many, worth) = (without_fillers(left), right.map(without_fillers));
    let (many, worth) = match (many.split_once(' '), worth) {
        (Some((many, worth)), None) if !worth.contains(' ') => (many.to_owned(), Some(worth.to_owned())),
        (_, worth) => (many, worth),
    };
    let (count, mark) = quantity(&many, None)?;
    let each = worth.map(|worth| quantity(&worth, Some(currency)).map(|(each, _)| each)).transpose()?;
    if mark.is_some() {
        return Err("First how many, then what each is worth, such as: 6, 3k each.".to_owned());
    }
    Ok(Count { count, each })
}

/// What stands before and behind the first comma, or the first `at` or `for`.
fn halves(line: &str) -> Result<(&str, Option<&str>), String> {
    let Some(cut) = line.find([',', ';']) else {
        let word = [" at ", " for "].iter().find_map(|word| line.find(word).map(|cut| (cut, word.len())));
        return Ok(word.map_or((line, None), |(cut, length)| (&line[..cut], Some(&line[cut + length..]))));
    };
    let (left, right) = (&line[..cut], &line[cut + 1..]);
    if right.starts_with(|c: char| c.is_ascii_digit()) {
        return Err("Put a space behind the comma, such as: 6, 300 each.".to_owned());
    }
    Ok((left, Some(right).filter(|right| !right.trim().is_empty())))
}

fn without_fillers(text: &str) -> String {
    text.split_whitespace().filter(|word| !FILLERS.contains(word)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_with_and_without_a_worth() {
        let known = |value| Quantity::Known(value);
        let range = |low, likely, high| Quantity::Range { low, likely, high };
        let table = [
            ("6", known(6.0), None),
            ("6 rounds", known(6.0), None),
            ("6,", known(6.0), None),
            ("6, 3k", known(6.0), Some(known(3_000.0))),
            ("6, 3k each", known(6.0), Some(known(3_000.0))),
            ("6 rounds, $3000 a round", known(6.0), Some(known(3_000.0))),
            ("6 3k", known(6.0), Some(known(3_000.0))),
            ("4 deals at 150k each", known(4.0), Some(known(150_000.0))),
            ("3 4 6", range(3.0, 4.0, 6.0), None),
            ("3 4 6, 90k 150k 220k", range(3.0, 4.0, 6.0), Some(range(90_000.0, 150_000.0, 220_000.0))),
        ];
        for (typed, many, each) in table {
            let read = count(typed, Currency::USD).unwrap_or_else(|why| panic!("{typed}: {why}"));
            assert_eq!((read.count, read.each), (many, each), "{typed}");
        }
    }

    #[test]
    fn what_is_no_count_is_refused() {
        let table = [
            ("6,300", "space behind the comma"),
            ("6,3k", "space behind the comma"),
            ("6, 3k a week", "by the round"),
            ("$6", "First how many"),
            ("many", "is not a number"),
            ("6, lots", "is not a number"),
            ("6, 3,000 each", "could be 3000 or 3"),
            ("1 2 3 4", "one number, or three"),
        ];
        for (typed, said) in table {
            let refusal = count(typed, Currency::USD).expect_err(typed);
            assert!(refusal.contains(said), "{typed}: {refusal}");
        }
    }
}
