//! From numbers to places: axes, round ticks, and short labels.

use maud::{Markup, html};

/// An axis from a low number to a higher one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    low: f64,
    high: f64,
}

impl Axis {
    /// The axis from `low` to `high`; widened where they are one.
    pub fn new(low: f64, high: f64) -> Self {
        let (low, high) = (low.min(high), low.max(high));
        let room = if high > low { 0.0 } else { (0.05 * high.abs()).max(1.0) };
        Self { low: low - room, high: high + room }
    }

    /// The axis that all of these fit on, with a little room at the ends. Of nothing: 0 to 1.
    pub fn around(values: impl IntoIterator<Item = f64>) -> Self {
        let mut ends: Option<(f64, f64)> = None;
        for value in values.into_iter().filter(|value| value.is_finite()) {
            ends = Some(ends.map_or((value, value), |(low, high)| (low.min(value), high.max(value))));
        }
        let (low, high) = ends.unwrap_or((0.0, 1.0));
        let whole = Self::new(low, high);
        let room = 0.04 * (whole.high - whole.low);
        Self { low: whole.low - room, high: whole.high + room }
    }

    /// Where a number is, from 0 at the low end to 1 at the high end; what lies beyond is at the end.
    pub fn share(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    /// Where a number is, in percent of the length.
    pub fn percent(&self, value: f64) -> String {
        percent(self.share(value))
    }

    /// How far apart two numbers are, in percent of the length.
    pub fn width(&self, one: f64, other: f64) -> String {
        percent((self.share(one) - self.share(other)).abs())
    }

    /// Round numbers on the axis, at most `most` of them, a step of 1, 2 or 5 apart.
    pub fn ticks(&self, most: usize) -> Ticks {
        let rough = (self.high - self.low) / most.max(1) as f64;
        let power = 10_f64.powi(rough.log10().floor() as i32);
        let fits = |step: f64| (self.high / step).floor() - (self.low / step).ceil() + 1.0 <= most.max(1) as f64;
        let steps = [1.0, 2.0, 5.0, 10.0, 20.0].map(|factor| factor * power);
        let step = steps.into_iter().find(|&step| step >= 0.999 * rough && fits(step)).unwrap_or(20.0 * power);
        let (first, last) = ((self.low / step).ceil() as i64, (self.high / step).floor() as i64);
        Ticks { values: (first..=last).map(|index| index as f64 * step).collect(), step }
    }

    /// Faint lines down a row of a chart, at the ticks.
    pub fn lines(&self, most: usize) -> Markup {
        html! {
            @for tick in self.ticks(most).values {
                @let x = self.percent(tick);
                line.grid x1=(x) x2=(x) y1="0" y2="100%" {}
            }
        }
    }

    /// The labels of the ticks, for the head of a column of rows.
    pub fn head(&self, most: usize) -> Markup {
        let ticks = self.ticks(most);
        html! {
            svg.axis aria-hidden="true" {
                @for (index, &tick) in ticks.values.iter().enumerate() {
                    text.every-other[index % 2 == 1] x=(self.percent(tick)) y="12" text-anchor="middle" { (ticks.label(tick)) }
                }
            }
        }
    }
}

/// Round numbers on an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Ticks {
    /// The numbers, rising.
    pub values: Vec<f64>,
    step: f64,
}

impl Ticks {
    /// A number among the ticks, to a tenth or so of their step: `424.5k`, `1.187M`.
    pub fn finer(&self, number: f64) -> String {
        let text = self.written(number, self.step / 100.0);
        let end = text.find(|letter: char| letter.is_ascii_alphabetic()).unwrap_or(text.len());
        let (figures, unit) = text.split_at(end);
        let figures = if figures.contains('.') { figures.trim_end_matches('0').trim_end_matches('.') } else { figures };
        format!("{figures}{unit}")
    }

    /// A tick in few letters: `50k`, `1.15M`, `−0.2`.
    pub fn label(&self, tick: f64) -> String {
        self.written(tick, self.step)
    }

    fn written(&self, tick: f64, step: f64) -> String {
        let largest = self.values.iter().fold(0.0, |largest: f64, value| largest.max(value.abs()));
        let (unit, letter) = match largest {
            _ if largest >= 1e9 => (1e9, "bn"),
            _ if largest >= 1e6 => (1e6, "M"),
            _ if largest >= 1e4 => (1e3, "k"),
            _ => (1.0, ""),
        };
        let digits = (-(step / unit * 1.000_001).log10().floor()).clamp(0.0, 6.0) as usize;
        let text = format!("{:.digits$}", tick.abs() / unit);
        let minus = if tick < 0.0 { "−" } else { "" };
        if tick == 0.0 { "0".to_owned() } else { format!("{minus}{text}{letter}") }
    }
}

/// A share as SVG and CSS write it.
pub fn percent(share: f64) -> String {
    format!("{}%", short(share * 100.0))
}

/// A coordinate with no more digits than a screen shows.
pub fn short(number: f64) -> String {
    let text = format!("{number:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Heights for labels at `wanted`, moved as little as may be so that none is nearer than `gap` to the next.
pub fn spread(wanted: &[f64], gap: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]));
    // Groups of labels that touch: the members, and the height of the first.
    let mut groups: Vec<(Vec<usize>, f64)> = Vec::new();
    for index in order {
        groups.push((vec![index], wanted[index]));
        while let [.., (above, top), (below, next)] = &groups[..]
            && top + above.len() as f64 * gap > *next
        {
            let members: Vec<usize> = above.iter().chain(below).copied().collect();
            let offset = |(place, &member): (usize, &usize)| wanted[member] - place as f64 * gap;
            let top = members.iter().enumerate().map(offset).sum::<f64>() / members.len() as f64;
            groups.truncate(groups.len() - 2);
            groups.push((members, top));
        }
    }
    let mut placed = vec![0.0; wanted.len()];
    for (members, top) in groups {
        for (place, member) in members.into_iter().enumerate() {
            placed[member] = top + place as f64 * gap;
        }
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_run_from_end_to_end() {
        let axis = Axis::new(10.0, 20.0);
        assert_eq!(axis.percent(10.0), "0%");
        assert_eq!(axis.percent(12.5), "25%");
        assert_eq!(axis.percent(99.0), "100%");
        assert_eq!(axis.width(15.0, 12.5), "25%");
        assert_eq!(Axis::new(20.0, 10.0), axis);
    }

    #[test]
    fn an_axis_needs_no_spread_and_no_values() {
        assert_eq!(Axis::new(3.0, 3.0).percent(3.0), "50%");
        assert!(Axis::around([]).share(0.5) > 0.0);
        assert!(Axis::around([f64::NAN, 2.0, f64::INFINITY]).share(2.0).is_finite());
    }

    #[test]
    fn ticks_are_round_and_few() {
        for (low, high) in [(0.0, 163_000.0), (-3.2, 8.9), (1.02e6, 1.42e6), (86.0, 110.0), (-1e-3, 1e-3), (0.0, 1.0)] {
            for most in 2..9 {
                let ticks = Axis::new(low, high).ticks(most);
                assert!(ticks.values.len() <= most, "{low} {high} {most}: {ticks:?}");
                assert!(ticks.values.iter().all(|tick| (low..=high).contains(tick)), "{ticks:?}");
                let step = ticks.step / 10_f64.powi(ticks.step.log10().floor() as i32);
                assert!([1.0, 2.0, 5.0, 10.0].iter().any(|round| (step - round).abs() < 1e-6), "{ticks:?}");
            }
        }
        assert_eq!(Axis::new(0.0, 163_000.0).ticks(4).values, [0.0, 50_000.0, 100_000.0, 150_000.0]);
    }

    #[test]
    fn labels_are_short() {
        let labels = |low, high, most| -> Vec<String> {
            let ticks = Axis::new(low, high).ticks(most);
            ticks.values.iter().map(|&tick| ticks.label(tick)).collect()
        };
        assert_eq!(labels(-20_000.0, 30_000.0, 3), ["−20k", "0", "20k"]);
        assert_eq!(labels(1.1e6, 1.3e6, 3), ["1.1M", "1.2M", "1.3M"]);
        assert_eq!(labels(0.0, 0.5, 3), ["0", "0.2", "0.4"]);
        assert_eq!(labels(86.0, 110.0, 3), ["90", "100", "110"]);
        let ticks = Axis::new(400_000.0, 500_000.0).ticks(6);
        assert_eq!([420_000.0, 424_500.0, 1_000.0].map(|price| ticks.finer(price)), ["420k", "424.5k", "1k"]);
        assert_eq!(Axis::new(0.03, 0.04).ticks(5).finer(0.0325), "0.0325");
    }

    #[test]
    fn labels_keep_their_distance_and_their_order() {
        let placed = spread(&[10.0, 12.0, 80.0, 11.0], 14.0);
        assert_eq!(placed, [-3.0, 25.0, 80.0, 11.0]);
        assert_eq!(spread(&[], 14.0), [0.0; 0]);
    }
}
