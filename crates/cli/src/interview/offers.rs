//! Offers in one line: `us 1.42m, them 1.02m, us 1.38m`.

use engine::case::Offer;
use terms::{Amount, Currency, Level, Misread, Readings, Settling, Side};

use super::amount::told;

/// The offers of a line, in its order.
pub fn offers(line: &str, currency: Currency) -> Result<Vec<Offer>, String> {
    let mut entries: Vec<(Side, Vec<&str>)> = Vec::new();
    for word in line.split_whitespace() {
        match (party(word), entries.last_mut()) {
            (Some(by), _) => entries.push((by, Vec::new())),
            (None, Some((_, words))) if !matches!(word, "then" | "and" | "offered" | "asked") => words.push(word),
            (None, Some(_)) => {}
            (None, None) => return Err("Say whose each offer is, such as: us 1.42m, them 1.02m.".to_owned()),
        }
    }
    let entries: Vec<(Side, String)> = entries.into_iter().map(|(by, words)| (by, words.join(" "))).collect();
    let prices = || entries.iter().map(|(_, words)| words.trim_end_matches([',', ';']));
    // The prices of a line settle one another as those of a column do.
    let settling = Settling { currency: Some(currency), point: terms::point_of(prices()), ..Settling::default() };
    let mut offers = Vec::new();
    for (index, (&(by, _), words)) in entries.iter().zip(prices()).enumerate() {
        let wrong = |why: &str| format!("Offer {}: {why}", index + 1);
        let one_wanted = || wrong("one price is wanted behind each us or them.");
        let are_two = || Amount::read_several(words, None, 2).is_ok_and(|(amounts, _)| amounts.len() == 2);
        let amount = match Readings::of(words).and_then(|readings| readings.settled(settling)) {
            _ if words.is_empty() => return Err(one_wanted()),
            Ok(amount) => amount.to_f64(),
            Err(Misread::NotAnAmount) if are_two() => return Err(one_wanted()),
            Err(misread) => return Err(wrong(&told(&misread))),
        };
        offers.push(Offer { by, amount, date: None, level: Level::Negotiator, binding: false, note: None });
    }
    if offers.is_empty() { Err("Give offers such as: us 1.42m, them 1.02m.".to_owned()) } else { Ok(offers) }
}

fn party(word: &str) -> Option<Side> {
    match word.to_lowercase().trim_end_matches([':', ',']) {
        "us" | "we" | "me" | "i" | "our" | "ours" | "mine" => Some(Side::Us),
        "them" | "they" | "their" | "theirs" => Some(Side::Them),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Vec<(Side, f64)>, String> {
        offers(line, Currency::USD).map(|offers| offers.into_iter().map(|offer| (offer.by, offer.amount)).collect())
    }

    #[test]
    fn offers_are_read_in_order() {
        let expected = vec![(Side::Us, 1_420_000.0), (Side::Them, 1_020_000.0), (Side::Us, 1_380_000.0)];
        for line in [
            "us 1.42m, them 1.02m, us 1.38m",
            "us 1.42m them 1.02m us 1.38m",
            "Us: 1,420,000; them: 1,020,000; us: 1,380,000",
            "we asked $1.42m, they offered 1.02 million, then we 1.38m",
        ] {
            assert_eq!(read(line), Ok(expected.clone()), "{line}");
        }
    }

    #[test]
    fn what_is_no_offer_is_refused_by_its_number() {
        let table = [
            ("1.42m, 1.02m", "whose each offer is"),
            ("us 1.42m, them", "Offer 2: one price"),
            ("us 1.42m 1.02m", "Offer 1: one price"),
            ("us 1.42m, them plenty", "Offer 2: That is not a number"),
            ("us 1m, them 1,020", "Offer 2: That could be 1020 or 1.02"),
            ("us 1.42m, them €1.02m", "Offer 2: That is in EUR"),
            ("", "such as"),
        ];
        for (typed, said) in table {
            let refusal = read(typed).expect_err(typed);
            assert!(refusal.contains(said), "{typed}: {refusal}");
        }
    }
}
