//! The pros and cons in money.

use engine::advice::LedgerEntry;

use super::View;
use super::page::{AGAINST, FOR, QUIET, STRONG, bar, left, paint, right};
use report::names::{doing, mechanism};
use report::phrases::capital;
use unicode_width::UnicodeWidthStr;

/// Entries under this share of the largest are left to `--json`.
const NEGLIGIBLE: f64 = 0.01;
/// Lines that it has however little room there is: a head, three effects and the sum of the rest.
pub(super) const FEWEST: usize = 5;
const BAR: usize = 16;
/// Columns before the bar: margin, side, name and amount.
const SIDE: usize = 9;
const NAME: usize = 23;
/// At least; all take as much as the longest.
const AMOUNT: usize = 11;
/// Room for the longest reason: where one does not fit, none is shown.
const REASON: usize = 30;

impl View<'_> {
    /// In so many lines, or the fewest: effects for which there is no room are summed up.
    pub(super) fn ledger(&self, lines: usize) -> String {
        let ledger = &self.advice.ledger;
        let [a, b] = ledger.between;
        if a == b {
            return String::new();
        }
        let largest = ledger.entries.iter().map(|entry| entry.amount.abs()).fold(0.0, f64::max);
        let mut entries: Vec<LedgerEntry> = ledger.entries.clone();
        entries.retain(|entry| entry.amount.abs() > NEGLIGIBLE * largest && !self.money.is_nil(entry.amount));
        entries.sort_by(|a, b| b.amount.abs().total_cmp(&a.amount.abs()));
        let boss_in = self.advice.boss_in;
        let title = capital(&format!("{}, against {}:", doing(a, boss_in), doing(b, boss_in)));
        let difference = self.money.signed(ledger.difference).replace(' ', super::FIRM_SPACE);
        let head = super::wrapped(&format!("{title} {difference}"), self.width, "  ");
        let difference = difference.replace(super::FIRM_SPACE, " ");
        let head = match head.rsplit_once(&difference) {
            Some((title, end)) => format!("{title}{}{end}", paint(STRONG, &difference)),
            None => head,
        };
        let most = lines.max(FEWEST) - head.lines().count();
        let left_out = if entries.len() > most { entries.split_off(most - 1) } else { Vec::new() };
        let amounts = entries.iter().map(|entry| self.money.signed(entry.amount).width());
        let column = amounts.max().unwrap_or(0).max(AMOUNT);
        let rest = match left_out.len() {
            0 => String::new(),
            count => {
                let sum = left_out.iter().map(|entry| entry.amount).sum::<f64>();
                let row = format!("    {}{}", left("", SIDE), left(&format!("{count} smaller ones"), NAME));
                format!("{row}{}\n", right(&self.money.signed(sum), column))
            }
        };
        let side = |name: &str, pros: bool| -> String {
            let rows = entries.iter().filter(|entry| (entry.amount > 0.0) == pros).enumerate();
            rows.map(|(index, entry)| self.entry(if index == 0 { name } else { "" }, entry, largest, column)).collect()
        };
        head + &side("for", true) + &side("against", false) + &rest
    }

    fn entry(&self, side: &str, entry: &LedgerEntry, largest: f64, column: usize) -> String {
        let (name, why) = mechanism(entry.mechanism);
        let style = if entry.amount > 0.0 { FOR } else { AGAINST };
        let amount = right(&self.money.signed(entry.amount), column);
        let bar = left(&bar(entry.amount, largest, BAR), BAR);
        let row =
            format!("    {}{}{}  {}", left(side, SIDE), left(name, NAME), paint(style, &amount), paint(style, &bar));
        let room = self.width.saturating_sub(4 + SIDE + NAME + column + 2 + BAR + 2);
        if room >= REASON { format!("{row}  {}\n", paint(QUIET, why)) } else { row.trim_end().to_owned() + "\n" }
    }
}
