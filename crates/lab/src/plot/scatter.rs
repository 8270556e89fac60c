//! Two parties' values against each other: the frontier, named points, and traces of offers.

use std::cmp::Ordering;

use super::svg::{self, AGAINST, Anchor, FOR, INK, QUIET};

/// A picture of what two parties can reach.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scatter {
    /// Over the picture.
    pub title: String,
    /// What each axis is.
    pub axes: [String; 2],
    /// The frontier, in any order.
    pub frontier: Vec<[f64; 2]>,
    /// Points with names.
    pub points: Vec<(String, [f64; 2])>,
    /// What each party offered, in order.
    pub traces: [Vec<[f64; 2]>; 2],
    /// The agreement.
    pub agreement: Option<[f64; 2]>,
}

const SIZE: f64 = 520.0;
const LEFT: f64 = 64.0;
const TOP: f64 = 48.0;

impl Scatter {
    /// The picture.
    pub fn svg(&self) -> String {
        let all = || {
            let named = self.points.iter().map(|(_, point)| point);
            self.frontier.iter().chain(named).chain(self.traces.iter().flatten()).chain(&self.agreement)
        };
        let range = |axis: usize| {
            let (low, high) = all()
                .map(|point| point[axis])
                .filter(|value| value.is_finite())
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
            match low.total_cmp(&high) {
                Ordering::Less => (low, high),
                Ordering::Equal => (low.min(0.0), low.max(0.0) + 1.0),
                Ordering::Greater => (0.0, 1.0), // nothing to draw
            }
        };
        let (across, up) = (range(0), range(1));
        let at = |point: &[f64; 2]| {
            let share = |value: f64, (low, high): (f64, f64)| (value - low) / (high - low);
            (LEFT + SIZE * share(point[0], across), TOP + SIZE * (1.0 - share(point[1], up)))
        };
        let mut body = svg::text(LEFT, 26.0, Anchor::Start, &svg::bold(INK), &self.title);
        body += &svg::line(LEFT, TOP + SIZE, LEFT + SIZE, TOP + SIZE, QUIET);
        body += &svg::line(LEFT, TOP, LEFT, TOP + SIZE, QUIET);
        for step in 0..=4 {
            let share = f64::from(step) / 4.0;
            let value = |(low, high): (f64, f64)| figure(low + share * (high - low));
            let (x, y) = (LEFT + SIZE * share, TOP + SIZE * (1.0 - share));
            body += &svg::text(x, TOP + SIZE + 18.0, Anchor::Middle, &svg::small(QUIET), &value(across));
            body += &svg::text(LEFT - 8.0, y + 4.0, Anchor::End, &svg::small(QUIET), &value(up));
        }
        body += &svg::text(LEFT + SIZE / 2.0, TOP + SIZE + 40.0, Anchor::Middle, &svg::ink(QUIET), &self.axes[0]);
        body += &svg::text(LEFT, TOP - 8.0, Anchor::Start, &svg::ink(QUIET), &self.axes[1]);
        let mut frontier = self.frontier.clone();
        frontier.sort_by(|a, b| a[0].total_cmp(&b[0]));
        let line: Vec<(f64, f64)> = frontier.iter().map(at).collect();
        body += &svg::polyline(&line, QUIET);
        for (x, y) in line.iter().take(2000) {
            body += &svg::circle(*x, *y, 2.5, QUIET);
        }
        for (trace, color) in self.traces.iter().zip([FOR, AGAINST]) {
            let line: Vec<(f64, f64)> = trace.iter().map(at).collect();
            body += &svg::polyline(&line, color);
            for (x, y) in line {
                body += &svg::circle(x, y, 3.0, color);
            }
        }
        for (name, point) in &self.points {
            let (x, y) = at(point);
            body += &svg::circle(x, y, 5.0, INK);
            body += &svg::text(x - 9.0, y + 14.0, Anchor::End, &svg::small(INK), name);
        }
        if let Some(agreement) = &self.agreement {
            let (x, y) = at(agreement);
            body += &svg::ring(x, y, 8.0, INK);
            body += &svg::text(x + 12.0, y - 8.0, Anchor::Start, &svg::head(INK), "agreed");
        }
        let described =
            format!("{} points on the frontier; axes {} and {}", frontier.len(), self.axes[0], self.axes[1]);
        svg::picture(LEFT + SIZE + 40.0, TOP + SIZE + 56.0, &self.title, &described, &body)
    }
}

/// A figure of an axis, with as many digits as tell its steps apart.
fn figure(value: f64) -> String {
    match value.abs() {
        large if large >= 1000.0 => format!("{value:.0}"),
        middling if middling >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_and_a_single_point_are_drawn() {
        let empty = Scatter::default().svg();
        assert!(empty.starts_with("<svg") && !empty.contains("NaN"), "{empty}");
        let single = Scatter { frontier: vec![[0.5, 0.5]], ..Scatter::default() }.svg();
        assert!(!single.contains("NaN") && !single.contains("inf"), "{single}");
    }
}
