//! The policy, reading by reading.

use super::*;
use crate::quantity::Quantity;

fn euros() -> Option<Currency> {
    Some(Currency::EUR)
}

#[test]
fn amounts_are_read_as_people_write_them() {
    let table = [
        ("1200000", "1200000"),
        ("1,200,000", "1200000"),
        ("1.200.000", "1200000"),
        ("1'200'000", "1200000"),
        ("1’200’000.50", "1200000.5"),
        ("1 200 000", "1200000"),
        ("1\u{a0}200\u{202f}000,50", "1200000.5"),
        ("1_200_000", "1200000"),
        ("12,00,000", "1200000"),
        ("1.145,00", "1145"),
        ("1,200.50", "1200.5"),
        ("12,5", "12.5"),
        ("1234.567", "1234.567"),
        ("0.125", "0.125"),
        ("33.20", "33.2"),
        (".5m", "500000"),
        ("1.2m", "1200000"),
        ("1,2 Mio", "1200000"),
        ("1,2 Mio.", "1200000"),
        ("1.2 million", "1200000"),
        ("1.2-million", "1200000"),
        ("1.1bn", "1100000000"),
        ("1,1 Mrd.", "1100000000"),
        ("450k", "450000"),
        ("85k EUR", "85000"),
        ("EUR 1'200'000", "1200000"),
        ("EUR1200", "1200"),
        ("412 TEUR", "412000"),
        ("kEUR 412", "412000"),
        ("412 k€", "412000"),
        ("1.2 MEUR", "1200000"),
        ("1mm", "1000000"),
        ("1e6", "1000000"),
        ("1.200e3", "1200"),
        ("11.5 lakh", "1150000"),
        ("1.2 crore", "12000000"),
        ("1200.-", "1200"),
        ("1200,– €", "1200"),
        ("-5", "-5"),
        ("−12'000", "-12000"),
        ("€ -5", "-5"),
        ("-€5", "-5"),
        ("+5", "5"),
        ("eur 1200", "1200"),
        ("1200 euros", "1200"),
    ];
    for (text, read) in table {
        assert_eq!(Amount::read(text, euros()).map(|amount| amount.0.to_string()), Ok(read.to_owned()), "{text}");
    }
}

#[test]
fn what_could_be_two_amounts_is_refused_with_both_named_unless_it_is_settled() {
    let table = [
        ("1.200", "1200 or 1.2"),
        ("1,200", "1200 or 1.2"),
        ("470.000", "470000 or 470"),
        ("-1.234", "-1234 or -1.2340"),
        ("1.200k", "1200000 or 1200"),
        ("1.057M", "1057000000 or 1057000"),
    ];
    for (text, both) in table {
        let told = Amount::read(text, euros()).expect_err(text).to_string();
        assert!(told.contains(&format!("could be {both}")) && told.contains("; write "), "{text}: {told}");
    }
    let yen = Some("JPY".parse().unwrap());
    assert_eq!(Amount::read("1,200", yen), Ok(1200.into()));
    assert_eq!(Amount::read("¥1,200", None), Ok(1200.into()));
    assert!(matches!(Amount::read("1.200k", yen), Err(Misread::Either(..))));
    // Years and rates have decimals in yen too.
    let count = |text: &str| Readings::of(text).unwrap().settled(Settling::of_count(yen));
    assert!(matches!(count("1.250"), Err(Misread::Either(..))));
    assert_eq!((count("1.25"), count("¥1,200")), (Ok("1.25".parse().unwrap()), Ok(1200.into())));
    assert!(matches!(count("$5"), Err(Misread::OtherCurrency { .. })));
    for range in ["1200..1300..1400k", "80..90..95k"] {
        assert_eq!(Quantity::<Amount>::read(range, None), Err(Misread::ScaleMissing), "{range}");
    }
    assert!(Quantity::<Amount>::read("950,000.00..1.1m..1.2m", None).is_ok());
    for (point, read) in [('.', 950_000), (',', 950)] {
        let settling = Settling { point: Some(point), ..Settling::default() };
        assert_eq!(Readings::of("950,000").unwrap().settled(settling), Ok(read.into()));
    }
    assert_eq!(point_of(["950,000", "$1,200,000", "7"].into_iter()), Some('.'));
    assert_eq!(point_of(["950,000", "1.200.000"].into_iter()), Some(','));
    assert_eq!(point_of(["950,000", "1'200'000", "soon"].into_iter()), None);
    assert_eq!(point_of(["1,200,000", "3,5"].into_iter()), None);
}

/// A walk-away in billions would be off by a thousand to those for whom a billion is a million millions.
#[test]
fn a_word_that_is_another_power_of_ten_elsewhere_is_refused_with_both_named() {
    let table = [
        ("1.1 billion", "could be 1100000000 or 1100000000000: a billion"),
        ("1,1 Billion", "could be 1100000000 or 1100000000000: a billion"),
        ("2 billions", "could be 2000000000 or 2000000000000: a billion"),
        ("EURbillion 3", "could be 3000000000 or 3000000000000: a billion"),
        ("2 trillion", "could be 2000000000000 or more than is kept: a billion"),
        ("0.0001 trillion", "could be 100000000 or 100000000000000: a billion"),
        ("1.200 billion", "could be 1200000000000 or 1200000000: its one point"),
    ];
    for (text, said) in table {
        let told = Amount::read(text, euros()).expect_err(text).to_string();
        assert!(told.contains(said) && told.contains("; write "), "{text}: {told}");
    }
    let settled = [
        ("1.1bn", "1100000000"),
        ("1,1 Mrd.", "1100000000"),
        ("1,1 Milliarden", "1100000000"),
        ("1 Milliarde", "1000000000"),
        ("1,1 milliard", "1100000000"),
        ("2 milliards €", "2000000000"),
        ("1,1 Billionen", "1100000000000"),
        ("2 tn", "2000000000000"),
    ];
    for (text, read) in settled {
        assert_eq!(Amount::read(text, euros()).map(|amount| amount.0.to_string()), Ok(read.to_owned()), "{text}");
    }
    let range = Quantity::<Amount>::read("0.9 billion to 1 billion to 1.1 billion", None).map(drop);
    assert!(matches!(range, Err(Misread::Either(.., Doubt::Scale))), "{range:?}");
    // It tells how decimals are set apart all the same.
    assert_eq!(point_of(["950,000", "1.1 billion"].into_iter()), Some('.'));
}

#[test]
fn a_reading_that_is_too_long_leaves_no_other_to_be_taken() {
    let told = Amount::read("900.000tn", euros()).expect_err("it may be 900 tn").to_string();
    assert!(told.contains("could be 900000000000000 or more than is kept: its one point"), "{told}");
    for (point, read) in [('.', Ok(900_000_000_000_000_i64.into())), (',', Err(Misread::TooLong))] {
        let settling = Settling { point: Some(point), ..Settling::default() };
        assert_eq!(Readings::of("900.000tn").unwrap().settled(settling), read, "{point}");
    }
}

#[test]
fn what_is_no_amount_is_refused() {
    let table = [
        "",
        "-",
        "abc",
        "a lot",
        "--5",
        "-$-5",
        "$$5",
        "(5)",
        "5-",
        "1,20,00",
        "1,2000,000",
        "1.200'000",
        "1..2",
        "1.",
        "12,",
        ",5",
        "30.06.2026",
        "1/2",
        "٣",
        "x5",
        "€",
        "5 apples",
        "$5 EUR",
        "12x",
        "007",
        "1 2",
        "12 34",
        "5 %%",
        "1.2 million k",
        "1e6k",
        "5 T",
        "1-2",
        "NaN",
        "inf",
        "0x10",
        "5\n6",
    ];
    for text in table {
        assert_eq!(Readings::of(text).err(), Some(Misread::NotAnAmount), "{text}");
    }
    for text in ["1234567890123456", "0.1234567", "9999999bn", "1e20", "1e-9", "9999999999999999999999999999999999"] {
        assert_eq!(Readings::of(text).err(), Some(Misread::TooLong), "{text}");
    }
    assert_eq!(Amount::read("10%", None), Err(Misread::Share));
    let percent = Settling { is_percent: true, ..Settling::default() };
    assert_eq!(Readings::of("10 %").unwrap().settled(percent), Ok(10.into()));
    assert_eq!(Readings::of(&"1 ".repeat(1000)).err(), Some(Misread::NotAnAmount));
}

#[test]
fn an_amount_in_another_currency_is_refused() {
    for text in ["CHF 1200.-", "US$ 1200", "$1.05M", "£431000", "5 dollars", "1200 zł"] {
        assert!(matches!(Amount::read(text, euros()), Err(Misread::OtherCurrency { .. })), "{text}");
        assert!(Amount::read(text, None).is_ok(), "{text}");
    }
    let cad = Some("CAD".parse().unwrap());
    assert_eq!(Amount::read("$5", cad), Ok(5.into()));
    assert!(Amount::read("US$5", cad).is_err());
}

#[test]
fn ranges_are_three_amounts_in_order() {
    let range = |text: &str| Quantity::read(text, None).map(|range| range.points().map(|amount| amount.to_string()));
    let million = ["1140000", "1230000", "1340000"].map(str::to_owned);
    for text in [
        "1.14m..1.23m..1.34m",
        "1.14m 1.23m 1.34m",
        "1.14m, 1.23m, 1.34m",
        "1.14m to 1.23m to 1.34m",
        "$1.14m to 1,230,000 to 1.34 million",
        "1 140 000..1 230 000..1 340 000",
        "$ 1.14m $ 1.23m $ 1.34m",
    ] {
        assert_eq!(range(text), Ok(million.clone()), "{text}");
    }
    assert_eq!(range("100 120 160"), Ok(["100", "120", "160"].map(str::to_owned)));
    assert_eq!(range("0 5k 9k"), Ok(["0", "5000", "9000"].map(str::to_owned)));
    assert_eq!(range("1 200 000"), Ok(["1200000"; 3].map(str::to_owned)));
    let table = [
        ("100 200 300", "could be 100200300, or 100, 200 and 300"),
        ("3 2 1", "is not in order"),
        ("1..2", "neither one amount nor three"),
        ("1 2", "neither one amount nor three"),
        ("$5 €6 €7", "in two currencies"),
        ("1.14 1.23 1.34m", "put it behind every number"),
        ("a..b..c", "is not a number"),
        ("1..2..1234567890123456", "has too many digits"),
        ("1.200..1.300..1.400", "could be 1200 or 1.2"),
    ];
    for (text, said) in table {
        let told = Quantity::read(text, None).expect_err(text).to_string();
        assert!(told.contains(said), "{text}: {told}");
    }
    assert_eq!(Amount::read_several("1.18m 1.1m", None, 2).map(|(all, _)| all.len()), Ok(2));
}

#[test]
fn what_is_written_is_read_again_the_same() {
    for text in ["1.125", "-1.125", "0.125", "1200", "1200.5", "999999999999999", "0.000001", "123.456", "1234.567"] {
        let amount: Amount = text.parse().unwrap();
        assert_eq!(Amount::read(&amount.to_string(), euros()), Ok(amount), "{text} as {amount}");
        assert_eq!(amount.to_string().parse(), Ok(amount), "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn every_amount_is_read_again_as_it_is_written(digits in -900_000_000_000_000_i64..900_000_000_000_000, scale in 0..=6_u32) {
        let amount = Amount(Decimal::new(digits, scale).normalize());
        proptest::prop_assert_eq!(Amount::read(&amount.to_string(), euros()), Ok(amount));
        let stored = serde_json::to_string(&amount).expect("plain data");
        proptest::prop_assert_eq!(serde_json::from_str::<Amount>(&stored).ok(), Some(amount));
    }

    #[test]
    fn no_text_does_harm_and_what_is_settled_is_a_reading(text in "\\PC{0,30}|[-0-9., '_kmEUR€%e]{0,20}") {
        let _ = Quantity::read(&text, None);
        if let Ok(readings) = Readings::of(&text)
            && let Ok(amount) = readings.settled(Settling::of(euros()))
        {
            proptest::prop_assert!(readings.amounts().any(|one| one == amount));
        }
    }
}
