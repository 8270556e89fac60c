//! What there is to be had, as a picture: each package by what it is worth to both sides.

use bargain::findings::Findings;
use maud::{Markup, html};

const WIDTH: f64 = 520.0;
const HEIGHT: f64 = 312.0;
const LEFT: f64 = 12.0;
const BOTTOM: f64 = 8.0;
/// Room about the points, as a share of their range.
const ROOM: f64 = 0.08;

/// The frontier with the offers that stand.
pub(super) fn scatter(findings: &Findings, amount: &dyn Fn(f64) -> String) -> Markup {
    let at = |valued: &bargain::findings::Valued| [valued.theirs.mean, valued.ours.mean];
    let marks: Vec<(&str, &str, [f64; 2])> =
        [("your offer", "us", findings.our_offer.as_ref()), ("their offer", "them", findings.their_offer.as_ref())]
            .into_iter()
            .filter_map(|(name, class, valued)| Some((name, class, at(valued?))))
            .chain(findings.equivalent.iter().map(|valued| ("", "equal", at(valued))))
            .filter(|(.., point)| point.iter().all(|value| value.is_finite()))
            .collect();
    let frontier: Vec<[f64; 2]> = findings.frontier.iter().map(|point| [point[1], point[0]]).collect();
    let scale = Scale::of(frontier.iter().chain(marks.iter().map(|(.., point)| point)).chain([&[0.0, 0.0]]));
    let line: String =
        frontier.iter().map(|point| format!("{:.1},{:.1} ", scale.x(point[0]), scale.y(point[1]))).collect();
    let (zero_x, zero_y) = (scale.x(0.0), scale.y(0.0));
    let told = |(name, _, point): &(&str, &str, [f64; 2])| {
        (!name.is_empty()).then(|| format!("{name}: {} to you, {} to them", amount(point[1]), amount(point[0])))
    };
    let told: Vec<String> = marks.iter().filter_map(told).collect();
    html! {
        svg.scatter viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label={ "Packages by what they are worth to both. " (told.join("; ")) } {
            rect.both x=(zero_x) y="0" width=((WIDTH - zero_x).max(0.0)) height=(zero_y.max(0.0)) {}
            line.rule x1=(zero_x) x2=(zero_x) y1="0" y2=(HEIGHT - BOTTOM) {}
            line.rule x1=(LEFT) x2=(WIDTH) y1=(zero_y) y2=(zero_y) {}
            polyline.frontier points=(line.trim_end()) {}
            @for (name, class, point) in &marks {
                @let (x, y) = (scale.x(point[0]), scale.y(point[1]));
                circle class=(class) cx=(format!("{x:.1}")) cy=(format!("{y:.1}")) r=(if name.is_empty() { 4.0 } else { 6.0 }) {}
                @if !name.is_empty() {
                    @let right = x > WIDTH * 0.7;
                    text x=(format!("{:.1}", if right { x - 10.0 } else { x + 10.0 })) y=(format!("{:.1}", (y - 12.0).max(14.0)))
                        text-anchor=(if right { "end" } else { "start" }) { (name) }
                }
            }
        }
        p.quiet { "To the right: worth more to them. Up: worth more to you. The line: the best there is. Rings: offers to make at once." }
    }
}

/// From values to places.
struct Scale {
    low: [f64; 2],
    high: [f64; 2],
}

impl Scale {
    fn of<'a>(points: impl Iterator<Item = &'a [f64; 2]>) -> Self {
        let mut scale = Self { low: [f64::INFINITY; 2], high: [f64::NEG_INFINITY; 2] };
        for point in points {
            for (axis, &value) in point.iter().enumerate() {
                scale.low[axis] = scale.low[axis].min(value);
                scale.high[axis] = scale.high[axis].max(value);
            }
        }
        for axis in 0..2 {
            let room = ROOM * (scale.high[axis] - scale.low[axis]).max(1e-9);
            scale.low[axis] -= room;
            scale.high[axis] += room;
        }
        scale
    }

    fn x(&self, value: f64) -> f64 {
        LEFT + (value - self.low[0]) / (self.high[0] - self.low[0]) * (WIDTH - LEFT)
    }

    fn y(&self, value: f64) -> f64 {
        (self.high[1] - value) / (self.high[1] - self.low[1]) * (HEIGHT - BOTTOM)
    }
}
