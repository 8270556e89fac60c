//! How well the boss bargains, in words.
//!
//! A word stands for a share of what the other side could still give, won beyond what the negotiator would win: low,
//! likely and high. No study was found that measures it; the shares are our judgement, set within the range that is
//! assumed where nothing is said ([`boss_skill`](engine::assumption::Name::BossSkill)), "worse" apart.

use terms::Quantity;

/// A phrase, other ways to say it, and its low, likely and high share.
type Phrase = (&'static str, &'static [&'static str], [f64; 3]);

const PHRASES: [Phrase; 5] = [
    ("worse", &["worse than me", "less well"], [-0.10, -0.05, 0.0]),
    ("as well as me", &["as well", "the same", "same", "equally well", "equal", "like me"], [-0.03, 0.0, 0.03]),
    ("a little better", &["little better", "slightly better", "a bit better"], [0.0, 0.04, 0.08]),
    ("better", &["better than me"], [0.04, 0.10, 0.16]),
    ("much better", &["a lot better", "far better"], [0.10, 0.18, 0.25]),
];

/// The phrases with what they are taken to mean, for a help text.
pub fn listed() -> String {
    let one = |(phrase, _, [low, likely, high]): &Phrase| {
        format!("{phrase} ({:.0} %, from {:.0} to {:.0})", likely * 100.0, low * 100.0, high * 100.0).replace('-', "−")
    };
    PHRASES.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// The phrase for a share, for a summary.
pub fn phrase(skill: Quantity<f64>) -> Option<&'static str> {
    let points = [skill.low(), skill.likely(), skill.high()];
    PHRASES.iter().find(|(.., known)| *known == points).map(|(phrase, ..)| *phrase)
}

/// The share that a phrase stands for.
pub fn skill(line: &str) -> Result<Quantity<f64>, String> {
    let words = line.to_lowercase();
    let words = words.trim().trim_end_matches('.');
    let means = |(phrase, others, _): &&Phrase| *phrase == words || others.contains(&words);
    let found = PHRASES.iter().find(means);
    let known = || PHRASES.map(|(phrase, ..)| phrase).join(", ");
    let (.., [low, likely, high]) = found.ok_or_else(|| format!("Say it in one of these: {}.", known()))?;
    Ok(Quantity::Range { low: *low, likely: *likely, high: *high })
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::assumption::{Default, Name};

    #[test]
    fn phrases_rise_and_keep_within_what_is_assumed() {
        assert!(PHRASES.is_sorted_by(|a, b| a.2[1] < b.2[1]));
        let Default::Range(.., most) = Name::BossSkill.spec().default else { panic!("a range is assumed") };
        for (phrase, others, [low, likely, high]) in PHRASES {
            assert!(low <= likely && likely <= high && high <= most, "{phrase}");
            for other in others {
                assert_eq!(skill(other), skill(phrase), "{other}");
            }
        }
    }

    #[test]
    fn words_good_and_bad() {
        assert_eq!(skill("Much better."), Ok(Quantity::Range { low: 0.10, likely: 0.18, high: 0.25 }));
        for typed in ["", "good", "5", "10%"] {
            assert!(skill(typed).expect_err(typed).contains("a little better"));
        }
    }
}
