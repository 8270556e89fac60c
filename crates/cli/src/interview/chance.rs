//! Chances in words.
//!
//! The numbers are the 10th, 50th and 90th percentile of what 46 people made of each phrase in an open survey
//! (zonination/perceptions, 2015, on the model of Kent's at the CIA), "very likely" being its "highly likely" and
//! "very unlikely" its "highly unlikely". Those who answer such a survey are no sample of those who negotiate, so the
//! grade is analogy. Mosteller and Youtz 1990 found that the averages of 20 studies differ little between populations,
//! but for "possible", which means different things to different people: it is refused, and so are words like it.
//! "About even" is ours: nearly all said 50, and we leave it five points either way.

use terms::Quantity;

/// A phrase, other ways to say it, and its low, likely and high chance.
type Phrase = (&'static str, &'static [&'static str], [f64; 3]);

const PHRASES: [Phrase; 8] = [
    ("almost certain", &["almost certainly", "nearly certain", "certain", "sure", "certainly"], [0.85, 0.95, 0.985]),
    ("very likely", &["highly likely", "very probable", "very probably"], [0.80, 0.90, 0.955]),
    ("likely", &["probable", "probably", "quite likely"], [0.60, 0.70, 0.855]),
    ("better than even", &["more likely than not", "rather likely"], [0.51, 0.60, 0.66]),
    ("about even", &["even", "fifty-fifty", "fifty fifty", "50/50", "50-50", "half"], [0.45, 0.50, 0.55]),
    ("unlikely", &["not likely", "improbable", "quite unlikely"], [0.09, 0.20, 0.35]),
    ("very unlikely", &["highly unlikely", "very improbable"], [0.03, 0.05, 0.175]),
    ("almost no chance", &["almost impossible", "no chance", "impossible"], [0.01, 0.02, 0.085]),
];

/// The phrases with what they are taken to mean, for a help text.
pub fn listed() -> String {
    let one = |(phrase, _, [low, likely, high]): &Phrase| {
        format!("{phrase} ({:.0} %, from {:.0} to {:.0})", likely * 100.0, low * 100.0, high * 100.0)
    };
    PHRASES.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// The phrase nearest to a chance, for a summary.
pub fn phrase(chance: Quantity<f64>) -> Option<&'static str> {
    let points = [chance.low(), chance.likely(), chance.high()];
    PHRASES.iter().find(|(.., known)| *known == points).map(|(phrase, ..)| *phrase)
}

/// A chance in words, as a percentage, as `2 in 3`, or as three percentages.
pub fn chance(line: &str) -> Result<Quantity<f64>, String> {
    let words = line.to_lowercase();
    let words = words.trim().trim_end_matches('.');
    let means = |(phrase, others, _): &&Phrase| *phrase == words || others.contains(&words);
    if let Some((.., [low, likely, high])) = PHRASES.iter().find(means) {
        return Ok(Quantity::Range { low: *low, likely: *likely, high: *high });
    }
    if matches!(words, "possible" | "possibly" | "maybe" | "perhaps" | "may be") {
        return Err("That means too many things to different people. Try likely, about even or unlikely.".to_owned());
    }
    let known = || PHRASES.map(|(phrase, ..)| phrase).join(", ");
    let points = numbers(words).ok_or_else(|| format!("Try one of: {}; or a percentage, such as 60%.", known()))??;
    match points[..] {
        [chance] => Ok(Quantity::Known(chance)),
        [low, likely, high] if low <= likely && likely <= high => Ok(Quantity::Range { low, likely, high }),
        [_, _, _] => Err("Put the three in order: low, likely, high.".to_owned()),
        _ => Err("Give one chance, or three: low, likely and high.".to_owned()),
    }
}

/// The chances of a line in figures; `None` where it holds something else.
fn numbers(words: &str) -> Option<Result<Vec<f64>, String>> {
    let words = words.replace(" out of ", " in ").replace(" %", "%").replace(',', " ");
    if let Some((part, whole)) = words.split_once(" in ") {
        let (part, whole): (f64, f64) = (part.trim().parse().ok()?, whole.trim().parse().ok()?);
        let share = (whole > 0.0).then(|| part / whole).filter(|share| (0.0..=1.0).contains(share));
        return Some(
            share.map(|share| vec![share]).ok_or_else(|| "Such a chance is from 0 in 1 to 1 in 1.".to_owned()),
        );
    }
    let mut points = Vec::new();
    for word in words.split_whitespace() {
        let (figures, unit) = word.strip_suffix('%').map_or((word, 1.0), |figures| (figures, 100.0));
        let value: f64 = figures.parse().ok()?;
        let share = value / unit;
        if !(0.0..=1.0).contains(&share) {
            return Some(Err("A chance is from 0% to 100%; write the % sign, such as 60%.".to_owned()));
        }
        points.push(share);
    }
    (!points.is_empty()).then_some(Ok(points))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_in_order_and_each_in_its_own() {
        assert!(PHRASES.is_sorted_by(|a, b| a.2[1] > b.2[1]));
        for (phrase, others, [low, likely, high]) in PHRASES {
            assert!(0.0 < low && low < likely && likely < high && high < 1.0, "{phrase}");
            for other in others {
                assert_eq!(chance(other), chance(phrase), "{other}");
            }
        }
    }

    #[test]
    fn chances_are_read_in_words_and_figures() {
        let table = [
            ("Likely", Quantity::Range { low: 0.60, likely: 0.70, high: 0.855 }),
            ("very unlikely.", Quantity::Range { low: 0.03, likely: 0.05, high: 0.175 }),
            ("50/50", Quantity::Range { low: 0.45, likely: 0.50, high: 0.55 }),
            ("60%", Quantity::Known(0.6)),
            ("60 %", Quantity::Known(0.6)),
            ("0.6", Quantity::Known(0.6)),
            ("3 in 4", Quantity::Known(0.75)),
            ("3 out of 4", Quantity::Known(0.75)),
            ("40% 60% 75%", Quantity::Range { low: 0.4, likely: 0.6, high: 0.75 }),
        ];
        for (typed, meant) in table {
            assert_eq!(chance(typed), Ok(meant), "{typed}");
        }
    }

    #[test]
    fn what_is_no_chance_is_refused() {
        let table = [
            ("possible", "too many things"),
            ("60", "% sign"),
            ("-5%", "% sign"),
            ("4 in 3", "0 in 1"),
            ("1 in 0", "0 in 1"),
            ("50% 60%", "one chance, or three"),
            ("70% 60% 50%", "in order"),
            ("blue", "Try one of"),
            ("nan", "% sign"),
        ];
        for (typed, said) in table {
            let refusal = chance(typed).expect_err(typed);
            assert!(refusal.contains(said), "{typed}: {refusal}");
        }
    }
}
