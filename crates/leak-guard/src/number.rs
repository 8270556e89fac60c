//! Numbers in running text as people write them: `1.15M`, `€1,150k`, `1'150'000.-`, `1,15 mio`, `5 %`, `11.5 lakh`, and
//! in words. What only looks like a number (telephones, times, invoice numbers) is left out.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::ranges::Ranges;
use crate::spoken;
use crate::work::goes_through;

/// What a number counts, as far as its surroundings tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// Money: a currency stands beside it, or thousands or millions are spelled out.
    Money,
    /// Percent.
    Percent,
    /// Nothing tells.
    Plain,
    /// A count of something that is no money: "45 days".
    Count,
}

/// A number of a text.
#[derive(Clone, Debug)]
pub(crate) struct Number {
    /// Where it stands, with its currency and scale.
    pub place: Range<usize>,
    /// What it may mean: "1,150" is two numbers.
    pub readings: Vec<f64>,
    /// What it counts.
    pub style: Style,
    /// Thousand, million and so on, as spelled out; 1 without.
    pub scale: f64,
    /// Half a unit of its last digit that isn't zero: how far rounding may have moved it.
    pub rounding: f64,
    /// A small number in words, such as "two", which is rarely one that matters.
    pub is_lone_word: bool,
}

/// How currencies are spoken of in messages, in the folded text.
const CODES: &str =
    "usd|eur|gbp|chf|us|sek|nok|dkk|jpy|cad|aud|inr|cny|rmb|sgd|hkd|pln|czk|zar|brl|aed|rs|fr|sfr|kr|ca|au";

/// Scales that are written beside figures in running text and are none of the reader's of amounts. "Mil" is a million in
/// English and a thousand in Spanish: [`of_digits`] knows.
const MORE_SCALES: [(&str, f64); 5] = [("mil", 1e6), ("mille", 1e3), ("millones", 1e6), ("millon", 1e6), ("mios", 1e6)];

/// All scales that amounts are written with, the longest first, so that none is cut short.
static SCALES: LazyLock<String> = LazyLock::new(|| {
    let mut words: Vec<&str> = terms::scales().map(|(word, _)| word).filter(|word| word.is_ascii()).collect();
    words.extend(MORE_SCALES.map(|(word, _)| word));
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.join("|")
});

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the crate's own patterns are sound")
}

static DIGITS: LazyLock<Regex> = LazyLock::new(|| {
    let scales = &*SCALES;
    pattern(&format!(
        r"(?:\b(?P<before>[ktm])?(?P<code>{CODES}) ?|(?P<kilo>k|m|t)?(?:\b[a-z]{{1,3}})?(?P<sign>\$) ?)?(?P<digits>\b\d{{1,3}}(?:[ '_]\d{{3}})+\b(?:[.,]\d{{1,2}}\b)?|\d+(?:[.,'_]\d+)*|\.\d+)(?P<exponent>e\+?\d{{1,2}}\b)?(?:[.,]-+)?(?P<scales>(?: ?-?(?:{scales})\b\.?){{0,2}})(?P<after> ?(?:(?P<marked>[ktm])?\$|(?P<behind>[ktm])?(?:{CODES}|dollars?|euros?|pounds?|francs?|quid|bucks|kroner|kronor|yen|rupees|euro|franken)\b))?(?P<percent> ?-?(?:%|percent\b|per cent\b|pct\b|percentage points?\b|pp\b)| ?(?:bps|basis points?)\b)?"
    ))
});

static UNIT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?: |-| (?:more|extra|additional|further|new|full|business|working|calendar|named|concurrent|square) )?(?:units?|pcs|pieces|seats?|users?|licen[sc]es?|people|persons?|employees|engineers|staff|heads?|days?|weeks?|months?|years?|hours?|hrs?|minutes?|mins?|tons?|tonnes?|kg|km|miles?|m2|sqm|sq|square|feet|ft|shares?|items?|containers?|pallets?|sites?|stores?|rooms?|bedrooms?|beds?|copies|pages?|slides?|calls?|times|options?|rounds?|working|business|calendar|gb|tb|mb|kwh?|mwh?|litres?|liters?|barrels?|boxes|packs?|trucks?|vehicles|machines?|instal+ments?|payments?|of us|of you|of them|parts?|per day)\b",
    )
});

/// What holds digits and is no amount.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?m)https?://\S+|www\.\S+|\S+@\S+\.[a-z]+",
        r"|\b\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.?m\b)?|\b\d{1,2}(?:[.:]\d{2})? ?(?:am|pm|a\.m|p\.m|o'?clock)\b|\b\d{1,2}h\d{2}\b",
        r"|\+\d[\d ()./-]{6,}\d|\(0?\d{2,4}\) ?\d[\d /-]{4,}\d|\b0\d{1,4}[ /-]\d[\d /-]{4,}\d|\b\d{3}[-. ]\d{3}[-. ]\d{4}\b",
        r"|\b(?:tel|telephone|phone|mobile|cell|fax|whatsapp|ext|extension|dial|dial in|pin)\b[ .:]*[\d+(][\d ()./-]{1,}\d",
        r"|^\d{1,2}[.)] |\b\d+(?:st|nd|rd|th)\b|\b\d+x\d+\b|\b20\d\d[/-]\d{2,4}\b",
    ))
});

/// Numbers that name a thing, unless they look like an amount all the same.
static LABELLED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?:\b(?:invoice|inv|serial|machine|type|model|lot|batch|drawing|sheet|order|ref|reference|ticket|po|purchase order|rfp|rfq|docket|sku|article|art|clause|section|sec|appendix|annex|exhibit|schedule|page|version|room|suite|floor|building|gate|flight|iban|zip|postcode|booking|tracking|items?|lines?|pages|clauses|sections|positions?|pos|questions?|rows?|columns?|tables?|chapters?|interrogator(?:y|ies))\b[ .:]*(?:(?:no|number|nr|id|num)\b[ .:]*)?#? ?",
        r"|\b(?:no|number|nr|id|num)\b[.:]* ?#? ?|#)[a-z]{0,4}[-/]?\d[\d/.-]*(?: (?:to|and|through|or) \d{1,3}\b)?",
        r"|\b[a-z]+[-_/]?\d[a-z\d/_-]*",
    ))
});

static AMOUNT_GOES_ON: LazyLock<Regex> = LazyLock::new(|| {
    let scales = &*SCALES;
    pattern(&format!(
        r"^(?:[.,']\d| \d{{3}}\b|[%$]| ?(?:{scales}|{CODES}|percent|dollars|euros|pounds|francs)\b| [%$])"
    ))
});
static CODE_GLUED: LazyLock<Regex> = LazyLock::new(|| {
    let scales = &*SCALES;
    pattern(&format!(r"^[ktm]?(?:{CODES})\d+(?:{scales})?$"))
});

/// Places that hold digits but no amounts.
pub(crate) fn not_amounts(text: &str) -> Vec<Range<usize>> {
    goes_through(2 * text.len());
    let labelled = LABELLED
        .find_iter(text)
        .filter(|found| !AMOUNT_GOES_ON.is_match(&text[found.end()..]) && !CODE_GLUED.is_match(found.as_str()));
    OTHER.find_iter(text).chain(labelled).map(|found| found.range()).collect()
}

/// The numbers of a folded text in order, apart from each other and from the places left out.
pub(crate) fn numbers(text: &str, left_out: &[Range<usize>]) -> Vec<Number> {
    goes_through(text.len());
    let mut numbers: Vec<Number> = DIGITS.captures_iter(text).filter_map(|found| of_digits(text, &found)).collect();
    let left = Ranges::of(left_out.to_vec());
    numbers.retain(|number| !left.overlap(&number.place));
    let taken = |numbers: &[Number]| {
        let all = numbers.iter().map(|number| number.place.clone()).chain(left_out.iter().cloned());
        Ranges::of(all.collect())
    };
    let out = taken(&numbers);
    let shares = spoken::shares(text).into_iter().filter(|(place, _)| !out.overlap(place));
    numbers.extend(shares.map(|(place, share)| of_share(place, share)));
    let out = taken(&numbers);
    let runs = spoken::runs(text).into_iter().filter(|run| !out.overlap(&run.place));
    numbers.extend(runs.map(|run| of_words(text, run)));
    // "Un million" is one in English already as far as its million; the longer reading is meant.
    for run in spoken::foreign::runs(text).into_iter().filter(|run| !left.overlap(&run.place)) {
        let overlaps = |number: &Number| number.place.start < run.place.end && run.place.start < number.place.end;
        let near = numbers.iter().filter(|number| overlaps(number));
        if near.clone().all(|number| number.place.len() < run.place.len()) {
            numbers.retain(|number| !overlaps(number));
            numbers.push(of_words(text, run));
        }
    }
    numbers.sort_by_key(|number| number.place.start);
    share_scales(text, &mut numbers);
    join(text, numbers)
}

fn of_digits(text: &str, found: &regex::Captures<'_>) -> Option<Number> {
    let whole = found.get(0)?;
    let mut end = whole.end();
    let digits = found.name("digits")?;
    let scales = found.name("scales").map_or("", |scales| scales.as_str());
    // K and T stand for thousand before a currency, M for a million.
    let glued = ["kilo", "before", "behind", "marked"]
        .iter()
        .find_map(|name| found.name(name))
        .map_or(1.0, |letter| if letter.as_str() == "m" { 1e6 } else { 1e3 });
    let exponent = found.name("exponent").and_then(|power| power.as_str()[1..].parse::<i32>().ok());
    let words = scales.split([' ', '-']).map(|word| word.trim_end_matches('.')).filter(|word| !word.is_empty());
    let scale = words.map(scale_of).product::<f64>() * glued * exponent.map_or(1.0, |power| 10f64.powi(power));
    // A point that ends a sentence is none of the number's.
    let is_bare = digits.as_str().starts_with('.');
    let ends_a_word = is_bare && text[..digits.start()].ends_with(|c: char| c.is_alphanumeric());
    let figures = if ends_a_word { &digits.as_str()[1..] } else { digits.as_str() };
    let (mut readings, last_digit) = readings(figures)?;
    let percent = found.name("percent").map(|percent| percent.as_str());
    if percent.is_some_and(|percent| percent.contains("bps") || percent.contains("basis")) {
        readings.iter_mut().for_each(|reading| *reading /= 100.0);
    }
    readings.iter_mut().for_each(|reading| *reading *= scale);
    if scales.split([' ', '-']).any(|word| word == "mil") {
        let in_spanish: Vec<f64> = readings.iter().map(|reading| reading / 1e3).collect();
        readings.extend(in_spanish);
    }
    let has_currency = ["code", "sign", "after"].iter().any(|name| found.name(name).is_some());
    let style = match percent {
        Some(_) => Style::Percent,
        None if has_currency => Style::Money,
        None if UNIT.is_match(&text[end..]) => Style::Count,
        None if scale > 1.0 => Style::Money,
        None => Style::Plain,
    };
    // A letter right behind belongs to a word or a code: "4x4", "12in".
    if text[end..].starts_with(|c: char| c.is_ascii_alphanumeric()) && percent.is_none() {
        end = digits.end();
        if text[end..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
    }
    let place = whole.start()..end;
    Some(Number { place, readings, style, scale, rounding: last_digit * scale / 2.0, is_lone_word: false })
}

fn of_share(place: Range<usize>, share: f64) -> Number {
    Number { place, readings: vec![share], style: Style::Percent, scale: 1.0, rounding: 0.0, is_lone_word: false }
}

fn of_words(text: &str, run: spoken::Run) -> Number {
    let spoken::Run { place, value, scale, decimals } = run;
    static PERCENT: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[ -](?:percent|per cent|pct|percentage points?)\b"));
    static MONEY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(r"^ (?:{CODES}|dollars?|euros?|pounds?|francs?|quid|bucks|kroner|kronor|yen)\b"))
    });
    let rest = &text[place.end..];
    let (style, end) = if let Some(percent) = PERCENT.find(rest) {
        (Style::Percent, place.end + percent.end())
    } else if let Some(money) = MONEY.find(rest) {
        (Style::Money, place.end + money.end())
    } else if UNIT.is_match(rest) {
        (Style::Count, place.end)
    } else if scale > 1.0 {
        (Style::Money, place.end)
    } else {
        (Style::Plain, place.end)
    };
    let is_lone_word = value < 20.0 && decimals == 0 && matches!(style, Style::Plain | Style::Count);
    let rounding = if decimals > 0 { 0.1f64.powi(decimals) * scale / 2.0 } else { 0.0 };
    let mut readings = vec![value];
    // "Thirty-three twenty" is as often 33.20 as 3,320.
    let is_pair = (1000.0..10_000.0).contains(&value) && scale == 1.0 && !text[place.clone()].contains("hundred");
    readings.extend(is_pair.then_some(value / 100.0));
    let place = place.start..end;
    Number { place, readings, style, scale, rounding, is_lone_word }
}

/// What a scale stands for, most likely.
fn scale_of(word: &str) -> f64 {
    match word {
        word if MORE_SCALES.iter().any(|(scale, _)| *scale == word) => {
            MORE_SCALES.iter().find(|(scale, _)| *scale == word).map_or(1.0, |&(_, value)| value)
        }
        word => 10f64.powi(terms::scale_of(word).and_then(|power| i32::try_from(power).ok()).unwrap_or(0)),
    }
}

/// What digits with separators may mean, by the reader of amounts; and the unit of the last digit that isn't zero.
fn readings(digits: &str) -> Option<(Vec<f64>, f64)> {
    let bare = digits.trim_start_matches('0');
    let figures = if bare.starts_with(|c: char| c.is_ascii_digit()) { bare } else { digits };
    let texts = terms::readings_of_figures(figures);
    let last_digit = texts.first().map_or(1.0, |text| match text.split_once('.') {
        Some((_, decimals)) => 0.1f64.powi(i32::try_from(decimals.len()).unwrap_or(9)),
        None => 10f64.powi(i32::try_from(text.len() - text.trim_end_matches('0').len()).unwrap_or(0)),
    });
    let readings: Vec<f64> = texts.iter().filter_map(|text| text.parse().ok()).collect();
    if readings.is_empty() { None } else { Some((readings, last_digit)) }
}

/// In "1.1-1.2M" and "between 900 and 950k" the first number is meant in the second's scale.
fn share_scales(text: &str, numbers: &mut [Number]) {
    for index in 1..numbers.len() {
        let (before, rest) = numbers.split_at_mut(index);
        let (first, second) = (&mut before[index - 1], &rest[0]);
        let between = &text[first.place.end..second.place.start];
        let is_range = matches!(between, "-" | " - " | " to " | " and " | " or " | "/" | " / " | " or even ");
        if is_range && first.scale == 1.0 && second.scale > 1.0 && first.style != Style::Percent {
            let scaled =
                first.readings.iter().filter(|reading| **reading < 1000.0).map(|reading| reading * second.scale);
            let scaled: Vec<f64> = scaled.collect();
            first.readings.extend(scaled);
        }
        if is_range && second.style == Style::Percent && first.style == Style::Plain {
            first.style = Style::Percent;
        }
    }
}

/// "1 million 150 thousand" is one number.
fn join(text: &str, numbers: Vec<Number>) -> Vec<Number> {
    let mut joined: Vec<Number> = Vec::with_capacity(numbers.len());
    for number in numbers {
        if let Some(last) = joined.last_mut() {
            let between = &text[last.place.end..number.place.start];
            let is_part = matches!(between, " " | " and " | ", ")
                && number.scale > 1.0
                && last.scale > number.scale
                && number.style == Style::Money
                && between != ", ";
            if is_part {
                last.readings = vec![last.readings[0] + number.readings[0]];
                last.place.end = number.place.end;
                last.scale = number.scale;
                last.rounding = number.rounding;
                continue;
            }
        }
        joined.push(number);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<f64> {
        let text = format!("{text}\n");
        numbers(&text, &not_amounts(&text)).iter().flat_map(|number| number.readings.clone()).collect()
    }

    fn holds(text: &str, value: f64) -> bool {
        read(text).iter().any(|reading| (reading - value).abs() <= 1e-9 * value)
    }

    #[test]
    fn an_amount_is_found_however_it_is_written() {
        let writings = [
            "1150000",
            "1,150,000",
            "1.150.000",
            "1'150'000",
            "1 150 000",
            "1_150_000",
            "1,150,000.00",
            "1.150.000,00",
            "1'150'000.-",
            "11,50,000",
            "1.15m",
            "1.15 m",
            "$1.15m",
            "1.15mn",
            "1.15 mio",
            "1,15 mio",
            "1.15 million",
            "1150k",
            "$1150k",
            "1,150k",
            "1.150k $",
            "eur 1150k",
            "usd1.15m",
            "1150 thousand",
            "1.15-million",
            "11.5 lakh",
            "0.115 crore",
            "1 million 150 thousand",
            "1m 150k",
            "one million one hundred fifty thousand",
            "one million one hundred and fifty thousand",
            "one point one five million",
            "1150 grand",
            "us$ 1.15 million",
            "between 1.15 and 1.2m",
            "k$1150",
            "eleven hundred and fifty thousand",
            "1150 k$",
            "1150 teur",
            "keur 1150",
            "1150 t$",
            "t$ 1150",
            "1150 k$",
            "1150 mille $",
            "1150 mil euros",
            "1,15 millones de euros",
            "1.150.000,-- eur",
            "1.15 meur",
            "1.15e6",
            ".00115 bn",
        ];
        for writing in writings {
            assert!(holds(&format!("we say {writing} now"), 1_150_000.0), "{writing}: {:?}", read(writing));
        }
        assert!(holds("half a million", 500_000.0));
        assert!(holds("five percent", 5.0) && holds("5 %", 5.0) && holds("500 bps", 5.0));
        assert!(holds("eleven fifty", 1150.0));
        assert!(holds("a million and a half", 1.5e6) && holds("one and a half million", 1.5e6));
    }

    #[test]
    fn what_is_no_amount_is_left_out() {
        for text in [
            "call +41 44 123 45 67",
            "at 14:30",
            "at 3 pm",
            "invoice 1150000",
            "ref. no. 1150000",
            "inv-2026-1150",
            "tel: 044 123 45 67",
            "555-123-4567",
            "clause 14.2",
            "q3",
            "3rd",
            "see https://x.io/1150000",
            "version 1.2.3",
            "room 850",
            "po #4711",
            "a4",
            "covid-19",
            "items 14 to 22",
            "questions 7 and 12",
        ] {
            assert!(read(text).is_empty(), "{text}: {:?}", read(text));
        }
        assert!(holds("invoice 1,150,000", 1_150_000.0));
    }
}
