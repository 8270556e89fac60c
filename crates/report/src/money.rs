//! Amounts as people write them.

use num_format::{Locale, ToFormattedString};
use terms::Currency;

/// Where this share of what is at stake is less than the smallest coin, amounts are written finer than coins: in steps of about
/// the other share of it.
const OF_A_COIN: f64 = 0.05;
const FINEST: f64 = 0.03;

/// Writes amounts of one currency, as finely as one negotiation needs.
#[derive(Clone, Debug)]
pub struct Money {
    sign: String,
    /// What amounts are rounded to.
    unit: f64,
    /// What ranges are rounded to: nobody acts on finer figures.
    step: f64,
    /// The currency's smallest coin.
    coin: f64,
    /// Whether prices are written out where they run to millions.
    in_full: bool,
}

impl Money {
    /// For a currency and a negotiation in which about `scale` is at stake: amounts are shown to some four figures
    /// of it, and never finer than the currency's smallest coin.
    pub fn new(currency: impl Into<Option<Currency>>, scale: f64) -> Self {
        let currency = currency.into();
        let sign = currency.map_or_else(String::new, |currency| match currency.sign() {
            Some(sign) => sign.to_owned(),
            None => format!("{currency} "),
        });
        let decimals = currency.and_then(|currency| currency.decimals());
        let coin = decimals.map_or(0.01, |digits| 10_f64.powi(-i32::from(digits)));
        // Unit prices are told apart below the smallest coin, where less than a few of those is at stake.
        let unit = if scale > 0.0 && scale * OF_A_COIN < coin {
            power_of_ten_below(scale * FINEST)
        } else {
            power_of_ten_below(scale * 1e-3).max(coin)
        };
        Self { sign, unit, step: one_two_or_five_below(scale * 0.01).max(unit), coin, in_full: false }
    }

    /// The same, with prices of millions written out: `$1,180,000` in place of `$1.18M`.
    pub fn in_full(self) -> Self {
        Self { in_full: true, ..self }
    }

    /// An amount, such as `$41,200` or `−$300`.
    pub fn amount(&self, amount: f64) -> String {
        self.rounded(amount, self.unit)
    }

    /// An amount with its sign always shown, such as `+$41,200`.
    pub fn signed(&self, amount: f64) -> String {
        let text = self.amount(amount);
        if self.is_nil(amount) || text.starts_with('−') { text } else { format!("+{text}") }
    }

    /// An amount no finer than its standard error warrants.
    pub fn estimate(&self, amount: f64, standard_error: f64) -> String {
        self.rounded(amount, power_of_ten_below(standard_error).max(self.unit))
    }

    /// A standard error, such as `$600`, or `under $100` where it rounds to nothing.
    pub fn error(&self, standard_error: f64) -> String {
        if self.is_nil(standard_error) && standard_error > 0.0 {
            format!("under {}", self.amount(self.unit))
        } else {
            self.amount(standard_error)
        }
    }

    /// A price, in millions where it runs to them: `$1.18M`, `$547,000`, `$33.20`.
    pub fn price(&self, price: f64) -> String {
        if price.abs() >= 1e6 && self.unit >= 100.0 && !self.in_full {
            let digits = (6.0 - self.unit.max(1000.0).log10()).clamp(0.0, 3.0) as usize;
            let text = format!("{:.digits$}", price.abs() / 1e6);
            let text = if digits > 2 { text.strip_suffix('0').unwrap_or(&text) } else { &text };
            format!("{}{}{text}M", minus(price), self.sign)
        } else {
            self.rounded(price, self.unit)
        }
    }

    /// An amount with all its figures, however much is at stake, such as `$1,185,250` or `$33.20`.
    pub fn exact(&self, amount: f64) -> String {
        let mut unit = if amount.fract() == 0.0 { 1.0 } else { self.coin };
        let left_over = |unit: f64| (amount / unit - (amount / unit).round()).abs() > 1e-6;
        while left_over(unit) && unit > 1e-6 {
            unit /= 10.0;
        }
        self.rounded(amount, unit)
    }

    /// An amount as it is shown, as a number: such figures add up as a reader adds them.
    pub fn nearest(&self, amount: f64) -> f64 {
        (amount / self.unit).round() * self.unit
    }

    /// An end of a range, in steps that one can act on.
    pub fn roughly(&self, amount: f64) -> f64 {
        (amount / self.step).round() * self.step
    }

    /// Whether an amount rounds to nothing.
    pub fn is_nil(&self, amount: f64) -> bool {
        amount.abs() < 0.5 * self.unit
    }

    fn rounded(&self, amount: f64, unit: f64) -> String {
        let steps = (amount.abs() / unit).round();
        let value = steps * unit;
        // Where there are coins at all, as many figures as coins have: nobody writes $8.3.
        let finest = if unit < 1.0 { unit.min(self.coin) } else { 1.0 };
        let digits = (-finest.log10()).ceil().max(0.0) as usize;
        let text = format!("{value:.digits$}");
        let (whole, cents) = text.split_once('.').unwrap_or((&text, ""));
        let whole =
            whole.parse::<i128>().map_or_else(|_| whole.to_owned(), |whole| whole.to_formatted_string(&Locale::en));
        let cents = if cents.is_empty() { String::new() } else { format!(".{cents}") };
        format!("{}{}{whole}{cents}", if steps == 0.0 { "" } else { minus(amount) }, self.sign)
    }
}

fn minus(amount: f64) -> &'static str {
    if amount < 0.0 { "−" } else { "" }
}

/// The highest of 1, 2 and 5 times a power of ten at or below a positive number.
fn one_two_or_five_below(number: f64) -> f64 {
    let ten = power_of_ten_below(number);
    [5.0, 2.0].into_iter().map(|times| times * ten).find(|&step| step <= number).unwrap_or(ten)
}

/// The power of ten at or below a positive number.
fn power_of_ten_below(number: f64) -> f64 {
    if number > 0.0 { 10_f64.powi(number.log10().floor() as i32) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(code: &str, scale: f64) -> Money {
        Money::new(code.parse::<Currency>().unwrap(), scale)
    }

    #[test]
    fn amounts_are_written_as_people_write_them() {
        let dollars = money("USD", 400_000.0);
        assert_eq!(dollars.amount(41_234.5), "$41,200");
        assert_eq!(dollars.amount(-30_149.0), "−$30,100");
        assert_eq!(dollars.signed(9_400.0), "+$9,400");
        assert_eq!(dollars.signed(20.0), "$0");
        assert_eq!(dollars.price(1_180_000.0), "$1.18M");
        assert_eq!(dollars.price(1_185_000.0), "$1.185M");
        assert_eq!(dollars.clone().in_full().price(1_185_000.0), "$1,185,000");
        assert_eq!(dollars.price(547_000.0), "$547,000");
        assert_eq!(dollars.exact(1_185_250.0), "$1,185,250");
        assert_eq!(dollars.exact(33.2), "$33.20");
        assert_eq!(dollars.exact(0.0345), "$0.0345");
        assert_eq!(dollars.estimate(41_234.0, 2_100.0), "$41,000");
        assert_eq!(dollars.amount(dollars.roughly(41_234.0)), "$42,000");
    }

    #[test]
    fn small_scales_keep_their_cents_and_large_ones_do_not() {
        assert_eq!(money("USD", 6.0).price(33.2), "$33.20");
        assert_eq!(money("USD", 100.0).amount(8.31), "$8.30");
        assert_eq!(money("JPY", 50.0).price(1_234.0), "¥1,234");
        assert_eq!(money("USD", 0.0045).price(0.0325), "$0.0325");
        assert_eq!(money("CHF", 100_000.0).amount(12_345.0), "CHF 12,300");
        assert_eq!(money("EUR", 2e8).price(162_500_000.0), "€162.5M");
    }
}
