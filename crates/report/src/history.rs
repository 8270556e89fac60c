//! One's own history in words: how good forecasts were, and what it makes of the defaults.

use engine::own::{Came, History, Pooled};

use crate::names::{percent, plain_words};

/// A line: what, the figure, and what it is counted over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What.
    pub what: &'static str,
    /// How much.
    pub figure: String,
    /// Of what.
    pub note: String,
}

/// How good forecasts and ranges were, and what came of going upstairs; of what never was, nothing.
pub fn lines(history: &History) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut line = |what, came: Came, note: String| {
        if came.of > 0 {
            lines.push(Line { what, figure: out_of(came), note });
        }
    };
    line("ended in a deal", history.agreed, "of those that are closed".to_owned());
    let held = "deals within the range that was to hold four in five";
    line("early forecasts of the price held", history.early_ranges, format!("{held}, once both had made an offer"));
    line("late forecasts of the price held", history.late_ranges, format!("{held}, after the last offer"));
    if let Some(chance) = history.mean_chance {
        let told = format!("where the forecast gave a deal {} on average", percent(chance));
        line("a deal that was forecast came", history.forecast_agreed, told);
    }
    line(
        "deals beyond their limit as you saw it",
        history.beyond_their_limit,
        "past the far end of your range; one in ten would be right".to_owned(),
    );
    line("unlocked by the proposal alone", history.unlocked_alone, "of both-bosses proposals".to_owned());
    let won = history.won_after_boss.map_or_else(String::new, |won| {
        let which = if won < 0.0 { "worse" } else { "better" };
        format!("; the price was {} of your range {which} than their last offer before", percent(won.abs()))
    });
    line("a deal after your boss came in", history.boss_came, format!("of those in which they came{won}"));
    lines
}

/// From what to what a default goes, and by how many.
pub fn pooled(pooled: &Pooled) -> Line {
    let Pooled { seen, from, counts_for, to, low, high } = *pooled;
    let (name, Came { came, of }) = (seen.name, seen.came);
    Line {
        what: plain_words(name).unwrap_or(name.spec().meaning),
        figure: format!("{} \u{2192} {}", percent(from), percent(to)),
        note: format!(
            "yours: {came} of {of}; the default counts for {counts_for:.0}; four in five between {} and {}",
            percent(low),
            percent(high)
        ),
    }
}

fn out_of(Came { came, of }: Came) -> String {
    format!("{came} of {of}")
}

#[cfg(test)]
mod tests {
    use engine::assumption::Name;
    use engine::own::Seen;

    use super::*;

    #[test]
    fn what_never_was_is_not_told() {
        assert!(lines(&History::default()).is_empty());
        let history = History { agreed: Came { came: 2, of: 3 }, mean_chance: Some(0.5), ..History::default() };
        let [line] = lines(&history).try_into().expect("one line");
        assert_eq!((line.what, line.figure.as_str()), ("ended in a deal", "2 of 3"));
    }

    #[test]
    fn a_default_is_told_from_what_to_what() {
        let seen = Seen { name: Name::GuidanceGranted, came: Came { came: 1, of: 4 } };
        let line = pooled(&Pooled::of(seen).expect("a chance"));
        assert!(line.figure.starts_with("80 %") || line.figure.starts_with("80%"), "{}", line.figure);
        assert!(line.note.starts_with("yours: 1 of 4; the default counts for 5;"), "{}", line.note);
    }
}
