//! Columns, bars and colours.

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

/// The answer itself, and headings.
pub const STRONG: Style = Style::new().bold();
/// What is less important.
pub const QUIET: Style = Style::new().dimmed();
/// Money for.
pub const FOR: Style = AnsiColor::Green.on_default();
/// Money against.
pub const AGAINST: Style = AnsiColor::Red.on_default();

/// Text in a style.
pub fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// Text padded on the right to a width.
pub fn left(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// Text padded on the left to a width.
pub fn right(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(text.width())))
}

/// Two texts at the ends of a line; the second on a line of its own where they do not fit.
pub fn ends(start: &str, end: &str, width: usize) -> String {
    let gap = width.saturating_sub(start.width() + end.width());
    if gap < 2 { format!("{start}\n  {end}") } else { format!("{start}{}{end}", " ".repeat(gap)) }
}

/// A bar for `size` where `largest` is `width` wide.
pub fn bar(size: f64, largest: f64, width: usize) -> String {
    let cells = if largest > 0.0 { (size.abs() / largest * width as f64).round() as usize } else { 0 };
    "█".repeat(cells.clamp(usize::from(size != 0.0), width))
}

/// `├───■───┤` for the 10th, 50th and 90th percentile on an axis from `low` to `high`.
pub fn box_plot([p10, p50, p90]: [f64; 3], [low, high]: [f64; 2], width: usize) -> String {
    let last = width.saturating_sub(1);
    let span = (high - low).max(f64::MIN_POSITIVE);
    let cell = |value: f64| (((value - low) / span * last as f64).round() as usize).min(last);
    let (start, middle, end) = (cell(p10), cell(p50), cell(p90));
    let mark = |column: usize| match column {
        _ if column == middle => '■',
        _ if column == start => '├',
        _ if column == end => '┤',
        _ if column > start && column < end => '─',
        _ => ' ',
    };
    (0..width).map(mark).collect::<String>().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_plot_marks_its_three_points() {
        assert_eq!(box_plot([0.0, 5.0, 10.0], [0.0, 10.0], 11), "├────■────┤");
        assert_eq!(box_plot([5.0, 5.0, 5.0], [0.0, 10.0], 11), "     ■");
        assert_eq!(box_plot([0.0; 3], [0.0; 2], 11), "■");
    }

    #[test]
    fn bars_show_even_small_amounts() {
        assert_eq!(bar(-10.0, 10.0, 4), "████");
        assert_eq!(bar(0.1, 10.0, 4), "█");
        assert_eq!(bar(0.0, 10.0, 4), "");
    }
}
