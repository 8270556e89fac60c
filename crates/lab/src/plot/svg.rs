//! Pieces of SVG: pure functions from figures to text. Pictures have a white ground of their own, so that they read
//! the same on a light and on a dark page.

/// The colour of writing.
pub const INK: &str = "#1f2328";
/// The colour of lesser writing and of lines.
pub const QUIET: &str = "#59636e";
/// For, and more.
pub const FOR: &str = "#0969a2";
/// Against, and less.
pub const AGAINST: &str = "#b3541e";

/// Where writing stands to its point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Anchor {
    /// It begins there.
    Start,
    /// It is centred there.
    Middle,
    /// It ends there.
    End,
}

/// A whole picture, with a title and a description for those who don't see it.
pub fn picture(width: f64, height: f64, title: &str, description: &str, body: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\" role=\"img\" \
         aria-labelledby=\"title description\" font-family=\"system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif\" font-size=\"13\">\n\
         <title id=\"title\">{}</title>\n<desc id=\"description\">{}</desc>\n\
         <rect width=\"{w}\" height=\"{h}\" fill=\"#ffffff\"/>\n{body}</svg>\n",
        escaped(title),
        escaped(description),
        w = number(width),
        h = number(height),
    )
}

/// Writing at a point, on its base line.
pub fn text(x: f64, y: f64, anchor: Anchor, style: &str, words: &str) -> String {
    let anchor = match anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    let (x, y, words) = (number(x), number(y), escaped(words));
    format!("<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" {style}>{words}</text>\n")
}

/// A filled rectangle.
pub fn rectangle(x: f64, y: f64, width: f64, height: f64, fill: &str) -> String {
    let [x, y, width, height] = [x, y, width, height].map(number);
    format!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\"/>\n")
}

/// A straight line.
pub fn line(x1: f64, y1: f64, x2: f64, y2: f64, color: &str) -> String {
    let [x1, y1, x2, y2] = [x1, y1, x2, y2].map(number);
    format!("<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" stroke=\"{color}\"/>\n")
}

/// A line through points.
pub fn polyline(points: &[(f64, f64)], color: &str) -> String {
    let points: Vec<String> = points.iter().map(|(x, y)| format!("{},{}", number(*x), number(*y))).collect();
    format!("<polyline points=\"{}\" fill=\"none\" stroke=\"{color}\"/>\n", points.join(" "))
}

/// A filled circle.
pub fn circle(x: f64, y: f64, radius: f64, fill: &str) -> String {
    let [x, y, radius] = [x, y, radius].map(number);
    format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"{fill}\"/>\n")
}

/// A circle that is not filled.
pub fn ring(x: f64, y: f64, radius: f64, color: &str) -> String {
    let [x, y, radius] = [x, y, radius].map(number);
    format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2\"/>\n")
}

/// Writing of this colour.
pub fn ink(color: &str) -> String {
    format!("fill=\"{color}\"")
}

/// Bold writing of this colour.
pub fn bold(color: &str) -> String {
    format!("fill=\"{color}\" font-weight=\"600\"")
}

/// Bold writing of this colour, a little smaller.
pub fn head(color: &str) -> String {
    format!("fill=\"{color}\" font-weight=\"600\" font-size=\"12\"")
}

/// Small writing of this colour.
pub fn small(color: &str) -> String {
    format!("fill=\"{color}\" font-size=\"11\"")
}

/// A colour between white (0) and the colour for (+1) or against (-1).
pub fn shade(share: f64) -> String {
    let full = if share >= 0.0 { [0x09, 0x69, 0xa2] } else { [0xb3, 0x54, 0x1e] };
    let depth = share.abs().min(1.0);
    let [r, g, b] = full.map(|channel: i32| (255.0 + (f64::from(channel) - 255.0) * depth).round() as u8);
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// Writing that reads on such a shade.
pub fn ink_on(share: f64) -> &'static str {
    if share.abs() > 0.6 { "#ffffff" } else { INK }
}

fn number(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A share in per cent with its sign and so many digits after the point, such as "+1.2 %".
pub fn signed_percent(share: f64, digits: usize) -> String {
    let percent = format!("{:.digits$}", (100.0 * share).abs());
    let sign = match share {
        _ if percent.bytes().all(|byte| !(b'1'..=b'9').contains(&byte)) => "",
        share if share < 0.0 => "−",
        _ => "+",
    };
    format!("{sign}{percent} %")
}

/// A share in whole per cent, such as "12 %".
pub fn percent(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_short_and_words_are_safe() {
        assert_eq!((number(3.0), number(3.56)), ("3".to_owned(), "3.6".to_owned()));
        assert_eq!(signed_percent(-0.0123, 1), "−1.2 %");
        assert_eq!(signed_percent(-0.0001, 1), "0.0 %");
        assert!(text(0.0, 0.0, Anchor::Start, "", "a < b & c").contains("a &lt; b &amp; c"));
    }

    #[test]
    fn shades_run_from_white_to_the_two_colours() {
        assert_eq!(shade(0.0), "#ffffff");
        assert_eq!(shade(1.0), FOR);
        assert_eq!(shade(-2.0), AGAINST);
    }
}
