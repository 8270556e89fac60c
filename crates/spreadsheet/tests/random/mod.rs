//! Random lines.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use negotiation::offer::{Channel, Offer, Package, Term};
use proptest::prelude::*;
use rust_decimal::Decimal;
use spreadsheet::Line;
use terms::{Amount, Level, Side};

fn text() -> impl Strategy<Value = String> {
    let nasty = [
        "",
        " ",
        "'",
        "''",
        "'=",
        "=1+1",
        "+5",
        "-5",
        "@x",
        "42",
        "'42",
        "1,200",
        "1.200",
        "0.5",
        "1 000",
        "\u{4}",
        "\u{feff}",
        "price",
        "'price",
        "Price",
        "_",
        "a_b",
        "A b",
        "\r",
        "\r\n",
        "\n",
        "\"",
        "a;b",
        "a\tb",
        "_x000D_",
        "_x005F_x000D_",
        "<r></r>",
        "<r><t>x</t></r>",
        "'<r></r>",
        "]]>",
        "&amp;",
        "\u{0}",
        "\u{ffff}",
        "x\u{a0}",
        "ß",
        "İ",
        "yes",
        "#REF!",
        "2026-03-31",
        "1e5",
        "NaN",
        "inf",
    ];
    prop_oneof![
        3 => "[a-z]{1,8}",
        2 => proptest::sample::select(nasty.map(str::to_owned).to_vec()),
        3 => "[ -~\n\r\t'\"=+@;,.0-9_xD<>&é€𝄞]{0,12}",
        1 => any::<String>(),
    ]
    .prop_map(|text: String| text.chars().filter(|letter| !terms::has_control(&letter.to_string())).collect())
}

fn amount() -> impl Strategy<Value = Amount> {
    let any = (-999_999_999_999_999_999_999_i128..=999_999_999_999_999_999_999, 6..=6_u32);
    let short = (-9_999_999_i128..=9_999_999, 0..=6_u32);
    prop_oneof![any, short].prop_map(|(digits, scale)| Amount(Decimal::from_i128_with_scale(digits, scale)))
}

fn day() -> impl Strategy<Value = Date> {
    let day = |days: i32| date(0, 1, 1).checked_add(days.days()).expect("within the calendar");
    prop_oneof![(0..3_652_424).prop_map(day), (693_900..694_100).prop_map(day), (730_000..750_000).prop_map(day)]
}

fn offer() -> impl Strategy<Value = Offer> {
    let side = prop_oneof![Just(Side::Us), Just(Side::Them)];
    let level = prop_oneof![Just(Level::Negotiator), Just(Level::Boss)];
    let channels = [Channel::Meeting, Channel::Call, Channel::Mail, Channel::Platform, Channel::Other];
    let term = prop_oneof![amount().prop_map(Term::Number), text().prop_map(Term::Words)];
    let package = (amount(), proptest::collection::btree_map(text(), term, 0..5))
        .prop_map(|(price, terms)| Package { price, terms });
    let words = || proptest::option::of(text());
    (side, package, level, proptest::sample::select(channels.to_vec()), any::<bool>(), words(), words()).prop_map(
        |(by, package, level, channel, binding, condition, note)| Offer {
            by,
            package,
            level,
            channel,
            binding,
            condition,
            note,
        },
    )
}

/// Lines of every kind, with terms and texts that are easily mistaken for something else.
pub fn lines() -> impl Strategy<Value = Vec<Line>> {
    let line = (proptest::option::of(day()), offer()).prop_map(|(on, offer)| Line { on, offer });
    proptest::collection::vec(line, 0..8)
}
