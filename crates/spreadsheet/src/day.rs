//! Days as people write them, here and there.

use jiff::civil::Date;

/// Which of two numbers is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    DayFirst,
    MonthFirst,
}

/// Why a text is not one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotADay {
    /// It is none.
    Not,
    /// It may be either of two.
    Either(Date, Date),
}

/// How months begin in English, German and French, without accents.
const MONTHS: [(&str, i8); 22] = [
    ("jan", 1),
    ("feb", 2),
    ("fev", 2),
    ("mar", 3),
    ("apr", 4),
    ("avr", 4),
    ("may", 5),
    ("mai", 5),
    ("jun", 6),
    ("juin", 6),
    ("jul", 7),
    ("juil", 7),
    ("aug", 8),
    ("aou", 8),
    ("sep", 9),
    ("oct", 10),
    ("okt", 10),
    ("nov", 11),
    ("dec", 12),
    ("dez", 12),
    ("maer", 3),
    ("mrz", 3),
];

/// A day as YYYY-MM-DD.
pub(crate) fn iso(text: &str) -> Option<Date> {
    let is_form = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    if is_form { text.parse().ok() } else { None }
}

/// Which number is the day in a column, where its texts say so and agree.
pub(crate) fn order_of<'a>(texts: impl Iterator<Item = &'a str>) -> Option<Order> {
    let mut order = None;
    for text in texts {
        let Some(Parts::Either(first, second, _)) = parts(text) else { continue };
        let told = match (first > 12, second > 12) {
            (true, false) => Order::DayFirst,
            (false, true) => Order::MonthFirst,
            _ => continue,
        };
        if order.is_some_and(|order| order != told) {
            return None;
        }
        order = Some(told);
    }
    order
}

/// The day that a text is, a time after it left out. Where its day and month may stand either way, `order` says which.
pub(crate) fn read(text: &str, order: Option<Order>) -> Result<Date, NotADay> {
    let day = |year, month, day| Date::new(year, month, day).ok();
    match parts(text).ok_or(NotADay::Not)? {
        Parts::Known(year, month, of_month) => day(year, month, of_month).ok_or(NotADay::Not),
        Parts::Either(first, second, year) => match (day(year, second, first), day(year, first, second), order) {
            (Some(day), _, Some(Order::DayFirst)) | (_, Some(day), Some(Order::MonthFirst)) => Ok(day),
            (Some(one), Some(other), _) if one != other => Err(NotADay::Either(one, other)),
            (Some(day), _, None) | (None, Some(day), None) => Ok(day),
            _ => Err(NotADay::Not),
        },
    }
}

/// The numbers of a day.
enum Parts {
    /// Year, month and day.
    Known(i16, i8, i8),
    /// Day and month or the other way round, and the year.
    Either(i8, i8, i16),
}

fn parts(text: &str) -> Option<Parts> {
    let text = without_time(text.trim());
    let apart = |c: char| c.is_whitespace() || ".,/-".contains(c);
    let words: Vec<&str> = text.split(apart).filter(|word| !word.is_empty()).collect();
    let [one, two, three] = words[..] else { return None };
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(month) = month(two) {
        // 31 March 2026, and 2026 March 31 as nobody writes it.
        return Some(Parts::Known(year(three)?, month, small(one)?));
    }
    if let Some(month) = month(one) {
        return Some(Parts::Known(year(three)?, month, small(two)?));
    }
    if ![one, two, three].into_iter().all(is_number) {
        return None;
    }
    if one.len() == 4 {
        return Some(Parts::Known(one.parse().ok()?, small(two)?, small(three)?));
    }
    let (first, second, year) = (small(one)?, small(two)?, year(three)?);
    // With points, it is the day that comes first wherever people write so.
    let has_points = text.contains('.') && !text.contains(['/', '-']);
    Some(if has_points { Parts::Known(year, second, first) } else { Parts::Either(first, second, year) })
}

/// The text before a time: `2026-03-31T14:00`, `31.03.2026 14:00`.
fn without_time(text: &str) -> &str {
    let Some(colon) = text.find(':') else { return text };
    let before = &text[..colon];
    before.rfind(|c: char| c == 'T' || c.is_whitespace()).map_or(text, |at| before[..at].trim_end())
}

fn small(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = &word[digits.len()..];
    let is_plain = ["", "st", "nd", "rd", "th", "er"].contains(&ending);
    if is_plain && (1..=2).contains(&digits.len()) { digits.parse().ok() } else { None }
}

/// A year; one of two digits is of this century.
fn year(word: &str) -> Option<i16> {
    let year: i16 = word.parse().ok().filter(|_| word.bytes().all(|byte| byte.is_ascii_digit()))?;
    match word.len() {
        4 => Some(year),
        2 => Some(2000 + year),
        _ => None,
    }
}

fn month(word: &str) -> Option<i8> {
    let letter = |c: char| match c {
        'ä' => "ae".to_owned(),
        'é' | 'è' => "e".to_owned(),
        'û' => "u".to_owned(),
        c => c.to_string(),
    };
    let plain: String = word.to_lowercase().chars().map(letter).collect();
    let is_name = plain.len() >= 3 && plain.bytes().all(|byte| byte.is_ascii_lowercase());
    let known = MONTHS.iter().filter(|(begins, _)| is_name && plain.starts_with(begins));
    known.max_by_key(|(begins, _)| begins.len()).map(|(_, month)| *month)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_is_read_as_it_is_written() {
        for text in [
            "2026-03-31",
            "2026/3/31",
            "31.03.2026",
            "31.3.26",
            " 31/03/2026 ",
            "3/31/2026",
            "31-03-2026",
            "31. März 2026",
            "31 mars 2026",
            "31 Mar 2026",
            "31-Mar-26",
            "March 31, 2026",
            "Mar 31st 2026",
            "2026-03-31T14:00:00",
            "31.03.2026 14:00",
        ] {
            assert_eq!(read(text, None), Ok(date(2026, 3, 31)), "{text}");
        }
        for (text, month) in
            [("1er février 2026", 2), ("1 août 2026", 8), ("1. Dezember 2026", 12), ("1 juillet 2026", 7)]
        {
            assert_eq!(read(text, None), Ok(date(2026, month, 1)), "{text}");
        }
        for text in
            ["", "soon", "2026", "31.03", "32.03.2026", "2026-02-30", "31/31/2026", "1 2 3 4", "46112", "31.03.026"]
        {
            assert_eq!(read(text, None), Err(NotADay::Not), "{text}");
        }
    }

    #[test]
    fn other_days_settle_which_is_the_month() {
        let either = Err(NotADay::Either(date(2026, 4, 3), date(2026, 3, 4)));
        assert_eq!(read("03/04/2026", None), either);
        assert_eq!(read("04/04/2026", None), Ok(date(2026, 4, 4)));
        let day_first = order_of(["03/04/2026", "31/03/2026"].into_iter());
        assert_eq!(read("03/04/2026", day_first), Ok(date(2026, 4, 3)));
        let month_first = order_of(["03/31/2026"].into_iter());
        assert_eq!(read("03/04/2026", month_first), Ok(date(2026, 3, 4)));
        assert_eq!(order_of(["31/03/2026", "03/31/2026"].into_iter()), None);
        assert_eq!(read("31/03/2026", month_first), Err(NotADay::Not));
    }
}
