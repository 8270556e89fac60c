//! What may stand beside the figures of an amount: a scale, a currency, a sign of percent.

use std::fmt;

use crate::currency::Currency;

/// A currency as named beside an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// By its code.
    Code(Currency),
    /// By a sign or a name that several share: their codes, the likeliest first.
    Shared(&'static str),
}

impl Mark {
    /// The currency that is meant where nothing else says so.
    pub fn currency(self) -> Currency {
        match self {
            Self::Code(currency) => currency,
            Self::Shared(codes) => codes.split(' ').find_map(Currency::of_word).unwrap_or(Currency::USD),
        }
    }

    /// Whether it may stand for this currency.
    pub fn fits(self, currency: Currency) -> bool {
        match self {
            Self::Code(named) => named == currency,
            Self::Shared(codes) => codes.split(' ').any(|code| code == currency.code()),
        }
    }

    /// What both this and another mark may stand for, if they may stand for one currency.
    pub(crate) fn and(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Shared(_), Self::Shared(_)) => (self == other).then_some(self),
            (Self::Code(currency), mark) | (mark, Self::Code(currency)) => {
                mark.fits(currency).then_some(Self::Code(currency))
            }
        }
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.currency().fmt(f)
    }
}

const DOLLARS: &str = "USD CAD AUD NZD SGD HKD TWD MXN BRL ARS CLP COP BBD BMD BND BSD BZD CUC CUP DOP FJD GYD JMD KYD \
     LRD MOP NAD NIO SBD SRD TOP TTD USN UYU WST XCD ZWL";
const POUNDS: &str = "GBP EGP FKP GIP LBP SDG SHP SSP SYP";
const YEN: &str = "JPY CNY";
const RUPEES: &str = "INR PKR LKR NPR MUR SCR";
const CROWNS: &str = "SEK NOK DKK ISK CZK";
const FRANCS: &str = "CHF XAF XOF XPF BIF CDF DJF GNF KMF RWF";

/// How currencies are written that are not written by their code, in small letters.
const NAMES: [(&str, &str); 78] = [
    ("$", DOLLARS),
    ("dollar", DOLLARS),
    ("dollars", DOLLARS),
    ("bucks", DOLLARS),
    ("us$", "USD"),
    ("usd$", "USD"),
    ("u$", "USD"),
    ("c$", "CAD NIO"),
    ("ca$", "CAD"),
    ("cad$", "CAD"),
    ("can$", "CAD"),
    ("a$", "AUD"),
    ("au$", "AUD"),
    ("aud$", "AUD"),
    ("nz$", "NZD"),
    ("s$", "SGD SBD"),
    ("sg$", "SGD"),
    ("hk$", "HKD"),
    ("nt$", "TWD"),
    ("r$", "BRL"),
    ("mx$", "MXN"),
    ("mex$", "MXN"),
    ("€", "EUR"),
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("£", POUNDS),
    ("pound", POUNDS),
    ("pounds", POUNDS),
    ("quid", "GBP"),
    ("stg", "GBP"),
    ("¥", YEN),
    ("yen", "JPY"),
    ("jp¥", "JPY"),
    ("円", "JPY"),
    ("cn¥", "CNY"),
    ("rmb", "CNY"),
    ("yuan", "CNY"),
    ("元", "CNY"),
    ("₹", "INR"),
    ("₨", RUPEES),
    ("rs", RUPEES),
    ("rupee", RUPEES),
    ("rupees", RUPEES),
    ("₩", "KRW KPW"),
    ("won", "KRW KPW"),
    ("kr", CROWNS),
    ("krone", CROWNS),
    ("kroner", CROWNS),
    ("krona", CROWNS),
    ("kronor", CROWNS),
    ("kč", "CZK"),
    ("fr", FRANCS),
    ("₣", FRANCS),
    ("franc", FRANCS),
    ("francs", FRANCS),
    ("sfr", "CHF"),
    ("franken", "CHF"),
    ("zł", "PLN"),
    ("zl", "PLN"),
    ("ft", "HUF"),
    ("rm", "MYR"),
    ("rp", "IDR"),
    ("₽", "RUB"),
    ("₺", "TRY"),
    ("₪", "ILS"),
    ("₫", "VND"),
    ("₱", "PHP CUP"),
    ("฿", "THB"),
    ("₦", "NGN"),
    ("₴", "UAH"),
    ("₸", "KZT"),
    ("₡", "CRC"),
    ("₲", "PYG"),
    ("₵", "GHS"),
    ("₼", "AZN"),
    ("₾", "GEL"),
    ("₭", "LAK"),
    ("₮", "MNT"),
];

/// Scales with the power of ten that each stands for, in small letters. What is a thousand in one tongue and a million in another,
/// such as `mil`, is none of them. A billion is a thousand millions in English and a million of them in German, French and most other
/// tongues: such words stand twice, first as in English.
const SCALES: [(&str, u32); 52] = [
    ("hundred", 2),
    ("k", 3),
    ("thousand", 3),
    ("thousands", 3),
    ("thou", 3),
    ("thsd", 3),
    ("tsd", 3),
    ("tausend", 3),
    ("grand", 3),
    ("lakh", 5),
    ("lakhs", 5),
    ("lac", 5),
    ("lacs", 5),
    ("m", 6),
    ("mm", 6),
    ("mn", 6),
    ("mln", 6),
    ("mio", 6),
    ("mill", 6),
    ("million", 6),
    ("millions", 6),
    ("millionen", 6),
    ("crore", 7),
    ("crores", 7),
    ("cr", 7),
    ("b", 9),
    ("bn", 9),
    ("bln", 9),
    ("billion", 9),
    ("billion", 12),
    ("billions", 9),
    ("billions", 12),
    ("billionen", 12),
    ("md", 9),
    ("mrd", 9),
    ("mia", 9),
    ("milliard", 9),
    ("milliards", 9),
    ("milliarde", 9),
    ("milliarden", 9),
    ("tn", 12),
    ("trn", 12),
    ("trillion", 12),
    ("trillion", 18),
    ("trillions", 12),
    ("trillions", 18),
    ("тыс", 3),
    ("млн", 6),
    ("млрд", 9),
    ("万", 4),
    ("億", 8),
    ("亿", 8),
];

/// What a word stands for as a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scale {
    /// The power of ten; in English, where another is meant elsewhere.
    pub power: u32,
    /// That other one.
    pub elsewhere: Option<u32>,
}

impl Scale {
    const THOUSAND: Self = Self { power: 3, elsewhere: None };

    /// What a word stands for; none where it is no scale. In small letters.
    fn of(word: &str) -> Option<Self> {
        let mut powers = SCALES.iter().filter(|(name, _)| *name == word).map(|&(_, power)| power);
        Some(Self { power: powers.next()?, elsewhere: powers.next() })
    }

    /// All powers of ten that may be meant.
    pub fn powers(self) -> impl Iterator<Item = u32> {
        [self.power].into_iter().chain(self.elsewhere)
    }
}

/// The power of ten that a word stands for as a scale, in English where it is another elsewhere; none where it is no scale. In
/// small letters.
pub fn scale_of(word: &str) -> Option<u32> {
    Scale::of(word).map(|scale| scale.power)
}

/// The currency that a word names. In small letters.
pub fn mark_of(word: &str) -> Option<Mark> {
    let shared = NAMES.iter().find(|(name, _)| *name == word).map(|&(_, codes)| match Currency::of_word(codes) {
        Some(currency) => Mark::Code(currency),
        None => Mark::Shared(codes),
    });
    shared.or_else(|| Currency::of_word(word).map(Mark::Code))
}

/// All words of scale, for those who look for amounts in running text, with the power of ten of each; with each where there are two.
pub fn scales() -> impl Iterator<Item = (&'static str, u32)> {
    SCALES.into_iter()
}

/// All that stands beside the figures of one amount.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Beside {
    /// The scale, where one stands there.
    pub scale: Option<Scale>,
    /// The currency.
    pub mark: Option<Mark>,
    /// A sign of percent.
    pub is_share: bool,
}

impl Beside {
    /// What the words before and after the figures say; none where they say anything else, or anything twice.
    pub fn of(before: &str, after: &str) -> Option<Self> {
        let mut beside = Self::default();
        for side in [before, after] {
            let side = side.to_lowercase().replace("per cent", "percent");
            for word in side.split([' ', '-']).filter(|word| !word.is_empty()) {
                beside.take(word)?;
            }
        }
        Some(beside)
    }

    fn take(&mut self, word: &str) -> Option<()> {
        let bare = word.strip_suffix('.').unwrap_or(word);
        let (scale, mark) = match bare {
            "%" | "percent" | "pct" | "prozent" if !self.is_share => {
                self.is_share = true;
                (None, None)
            }
            _ => glued(bare)?,
        };
        let twice = (scale.is_some() && self.scale.is_some()) || (mark.is_some() && self.mark.is_some());
        self.scale = self.scale.or(scale);
        self.mark = self.mark.or(mark);
        (!twice).then_some(())
    }
}

/// A scale, a currency, or one right behind the other: `TEUR`, `k€`, `$m`, `EURbn`.
fn glued(word: &str) -> Option<(Option<Scale>, Option<Mark>)> {
    if let Some(mark) = mark_of(word) {
        return Some((None, Some(mark)));
    }
    if let Some(scale) = Scale::of(word) {
        return Some((Some(scale), None));
    }
    // T for thousand stands only before a currency: alone it is as often a trillion.
    if let Some(mark) = word.strip_prefix('t').and_then(mark_of) {
        return Some((Some(Scale::THOUSAND), Some(mark)));
    }
    word.char_indices().skip(1).find_map(|(at, _)| {
        let (left, right) = word.split_at(at);
        let scale_first = Scale::of(left).zip(mark_of(right));
        let found = scale_first.or_else(|| Scale::of(right).zip(mark_of(left)))?;
        Some((Some(found.0), Some(found.1)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_and_currencies_are_known_apart_and_together() {
        let table: [(&str, &str, u32, Option<&str>); 14] = [
            ("", "m", 6, None),
            ("", " Mio.", 6, None),
            ("", " TEUR", 3, Some("EUR")),
            ("kEUR ", "", 3, Some("EUR")),
            ("", "k€", 3, Some("EUR")),
            ("$", "M", 6, Some("USD")),
            ("US$ ", "", 0, Some("USD")),
            ("Rs. ", " lakh", 5, Some("INR")),
            ("", " crores", 7, None),
            ("EURbn ", "", 9, Some("EUR")),
            ("Mio. CHF ", "", 6, Some("CHF")),
            ("", " million dollars", 6, Some("USD")),
            ("", " kr", 0, Some("SEK")),
            ("", "mm", 6, None),
        ];
        for (before, after, power, code) in table {
            let beside = Beside::of(before, after).unwrap_or_else(|| panic!("{before}#{after}"));
            assert_eq!(beside.scale.map_or(0, |scale| scale.power), power, "{before}#{after}");
            assert_eq!(beside.mark.map(Mark::currency), code.and_then(Currency::of_word), "{before}#{after}");
        }
        for (before, after) in [("$", " EUR"), ("", " million k"), ("x", ""), ("", " apples"), ("$$", ""), ("", " T")] {
            assert_eq!(Beside::of(before, after), None, "{before}#{after}");
        }
    }

    #[test]
    fn a_sign_that_several_share_fits_each_of_them() {
        let dollar = mark_of("$").unwrap();
        let [cad, eur] = ["CAD", "EUR"].map(|code| code.parse().unwrap());
        assert!(dollar.fits(Currency::USD) && dollar.fits(cad) && !dollar.fits(eur));
        assert_eq!(dollar.and(Mark::Code(cad)), Some(Mark::Code(cad)));
        assert_eq!(dollar.and(Mark::Code(eur)), None);
    }
}
