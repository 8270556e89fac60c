//! Bar charts with a figure at the end of every bar.

use super::svg::{self, Anchor, INK, QUIET};

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// What it is.
    pub name: String,
    /// What it means, in small letters; may be empty.
    pub note: String,
    /// Its length; negative to the left.
    pub value: f64,
    /// A lighter piece at its end, part of the length.
    pub lighter: f64,
    /// What is written at its end.
    pub figure: String,
}

/// A chart of bars from one line of nought.
#[derive(Clone, Debug, PartialEq)]
pub struct BarChart {
    /// What it shows.
    pub title: String,
    /// What to know to read it; lines.
    pub notes: Vec<String>,
    /// The bars, from above.
    pub bars: Vec<Bar>,
}

const WIDTH: f64 = 760.0;
const NAMES: f64 = 200.0;
/// Room for a name of more than so many letters.
const LONG_NAMES: f64 = 370.0;
const LONG: usize = 28;
const FIGURES: f64 = 110.0;
const ROW: f64 = 34.0;

impl BarChart {
    /// The picture.
    pub fn svg(&self) -> String {
        let lowest = self.bars.iter().map(|bar| bar.value).fold(0.0, f64::min);
        let highest = self.bars.iter().map(|bar| bar.value).fold(0.0, f64::max);
        let long = self.bars.iter().any(|bar| bar.name.chars().count() > LONG);
        let left = if long { LONG_NAMES } else { NAMES } + if lowest < 0.0 { FIGURES } else { 10.0 };
        let right = WIDTH - if highest > 0.0 { FIGURES } else { 10.0 };
        let per_unit = (right - left) / (highest - lowest).max(f64::MIN_POSITIVE);
        let nought = left - lowest * per_unit;
        let top = 34.0 + 18.0 * self.notes.len() as f64;
        let height = top + ROW * self.bars.len() as f64 + 14.0;
        let mut body = svg::text(16.0, 26.0, Anchor::Start, &svg::bold(INK), &self.title);
        for (index, note) in self.notes.iter().enumerate() {
            body += &svg::text(16.0, 46.0 + 18.0 * index as f64, Anchor::Start, &svg::small(QUIET), note);
        }
        for (index, bar) in self.bars.iter().enumerate() {
            body += &row(bar, top + ROW * index as f64, nought, per_unit);
        }
        body += &svg::line(nought, top, nought, height - 10.0, QUIET);
        let told: Vec<String> = self.bars.iter().map(|bar| format!("{}: {}", bar.name, bar.figure)).collect();
        svg::picture(WIDTH, height, &self.title, &(told.join("; ") + "."), &body)
    }
}

fn row(bar: &Bar, y: f64, nought: f64, per_unit: f64) -> String {
    let length = bar.value.abs() * per_unit;
    let lighter = bar.lighter.abs().min(bar.value.abs()) * per_unit;
    let (color, direction) = if bar.value < 0.0 { (svg::AGAINST, -1.0) } else { (svg::FOR, 1.0) };
    let piece = |from: f64, to: f64, fill: &str| {
        let (a, b) = (nought + direction * from, nought + direction * to);
        svg::rectangle(a.min(b), y + 6.0, (b - a).abs(), ROW - 14.0, fill)
    };
    let mut text = piece(0.0, length - lighter, color);
    if lighter > 0.0 {
        text += &piece(length - lighter, length, &svg::shade(direction * 0.5));
    }
    let base = if bar.note.is_empty() { y + 21.0 } else { y + 16.0 };
    text += &svg::text(16.0, base, Anchor::Start, &svg::ink(INK), &bar.name);
    if !bar.note.is_empty() {
        text += &svg::text(16.0, y + 29.0, Anchor::Start, "fill=\"#59636e\" font-size=\"10\"", &bar.note);
    }
    let anchor = if direction < 0.0 { Anchor::End } else { Anchor::Start };
    text + &svg::text(nought + direction * (length + 7.0), y + 21.0, anchor, &svg::ink(INK), &bar.figure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_stay_within_the_picture_and_are_told_in_words() {
        let bar = |name: &str, value: f64| Bar {
            name: name.to_owned(),
            note: String::new(),
            value,
            lighter: 0.0,
            figure: svg::signed_percent(value, 1),
        };
        let chart =
            BarChart { title: "Gains".to_owned(), notes: vec![], bars: vec![bar("up", 0.2), bar("down", -0.1)] };
        let picture = chart.svg();
        assert!(picture.contains("up: +20.0 %; down: −10.0 %."));
        for at in picture.match_indices("<rect x=\"").map(|(at, piece)| at + piece.len()) {
            let x: f64 = picture[at..].split('"').next().and_then(|x| x.parse().ok()).unwrap();
            assert!((0.0..WIDTH).contains(&x));
        }
    }
}
