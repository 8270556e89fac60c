//! What the engine's counterparts do beside what people did, reply by reply.
//!
//! Both are the same kind of record ([`Dialogue`]) and counted by the same rules, so that what differs is the behaviour. The
//! engine's are played with a set's own constants where it has been fitted, and with our side at its own level and pace,
//! which is no person: what it asks is not compared, only what is done about it.

use engine::Refusal;
use engine::experiment::{Dialogue, End, played};
use terms::Side;

use super::read::{People, case};
use crate::plot::bars::{Bar, BarChart};

/// Bounds of the gaps, in shares of the scale, by which replies are counted.
const GAPS: [f64; 5] = [0.15, 0.3, 0.6, 1.0, f64::INFINITY];
/// Bounds of the gaps over which first chances to take are set beside later ones.
const ALIKE: [f64; 2] = [0.15, 0.6];
/// A movement smaller than this is none, and a middle nearer than this the exact one.
const SAME: f64 = 0.01;

/// One figure, of people or of the engine's counterparts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// The figure.
    pub value: f64,
    /// Its interval at 95 %.
    pub interval: [f64; 2],
    /// Observations behind it.
    pub n: usize,
    /// It is a share of all of them, not a place on a scale.
    pub share: bool,
}

/// One row of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What is counted.
    pub what: String,
    /// In people.
    pub people: Figure,
    /// In the engine's counterparts.
    pub engine: Figure,
}

/// One of their replies to an offer of ours that left a gap.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reply {
    pub gap: f64,
    /// Our offer.
    pub ask: f64,
    /// Offers of ours that they have replied to, this one included.
    pub faced: usize,
    /// They had not moved the last time, either.
    stalled: bool,
    answer: Answer,
}

impl Reply {
    /// They took it.
    pub fn took(&self) -> bool {
        self.answer == Answer::Took
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Answer {
    Took,
    BrokeOff,
    Moved(f64),
}

/// The table of one set.
pub fn table(people: &People, count: usize, seed: u64) -> Result<Vec<Row>, Refusal> {
    let theirs = figures(&people.dialogues);
    let mut case = case(people);
    case.assumptions.extend(engine::assumption::as_in(people.key));
    let engine = figures(&played(&case, count, seed)?);
    let row = |((what, people), (_, engine))| Row { what, people, engine };
    Ok(theirs.into_iter().zip(engine).map(row).collect())
}

/// The table in Markdown.
pub fn shown(people: &People, rows: &[Row]) -> String {
    let mut text = format!("\n{}\n\n| | people | 95 % | n | engine | n |\n|---|---|---|---|---|---|\n", people.what);
    for Row { what, people, engine } in rows {
        let [low, high] = people.interval;
        let line = format!(
            "| {} | {:.2} | {low:.2} to {high:.2} | {} | {:.2} | {} |\n",
            what.trim_start(),
            people.value,
            people.n,
            engine.value,
            engine.n
        );
        text.push_str(&line);
    }
    text
}

/// The rows that are shares as a picture: two bars each, people above.
pub fn chart(people: &People, rows: &[Row]) -> BarChart {
    let bars = rows.iter().filter(|row| row.people.share).flat_map(|Row { what, people, engine }| {
        let [low, high] = people.interval;
        let bar = |name: String, note: String, value: f64, lighter: f64| {
            let figure = format!("{:.0} %", 100.0 * value);
            Bar { name, note, value, lighter, figure }
        };
        let interval = format!("{:.0} to {:.0} %, n {}", 100.0 * low, 100.0 * high, people.n);
        [
            bar(what.trim_start().to_owned(), interval, people.value, 0.0),
            bar(String::new(), String::new(), engine.value, engine.value),
        ]
    });
    let notes =
        vec!["Dark: people, with the interval at 95 % in small letters. Light: the engine's counterparts.".to_owned()];
    BarChart { title: format!("What was done: {}", people.what), notes, bars: bars.collect() }
}

fn figures(dialogues: &[Dialogue]) -> Vec<(String, Figure)> {
    let replies: Vec<Reply> = dialogues.iter().flat_map(replies).collect();
    let mut rows = vec![("took our offer at once".to_owned(), share(replies.iter().map(Reply::took)))];
    let mut from = 0.0;
    for to in GAPS {
        let within = replies.iter().filter(|reply| reply.gap >= from && reply.gap < to);
        let name =
            if to.is_finite() { format!("  at a gap of {from:.2} to {to:.2}") } else { format!("  beyond {from:.2}") };
        rows.push((name, share(within.map(Reply::took))));
        from = to;
    }
    // Were some takers by nature, those who are asked again would take less at the same gap.
    for (name, least, most) in [("the first time", 1, 1), ("the second time", 2, 2), ("later", 3, usize::MAX)] {
        let alike = |reply: &&Reply| reply.gap >= ALIKE[0] && reply.gap < ALIKE[1];
        let then = replies.iter().filter(alike).filter(|reply| reply.faced >= least && reply.faced <= most);
        rows.push((format!("  at a gap of {:.2} to {:.2}, {name}", ALIKE[0], ALIKE[1]), share(then.map(Reply::took))));
    }
    let moves: Vec<(f64, f64, bool)> = replies
        .iter()
        .filter_map(|reply| match reply.answer {
            Answer::Moved(by) => Some((by, reply.gap, reply.stalled)),
            Answer::Took | Answer::BrokeOff => None,
        })
        .collect();
    let still = |moved: &(f64, f64, bool)| moved.0.abs() < SAME;
    let half = |moved: &(f64, f64, bool)| (moved.0 - 0.5 * moved.1).abs() < SAME;
    rows.push(("counter-offers without movement".to_owned(), share(moves.iter().map(still))));
    rows.push(("  after one without".to_owned(), share(moves.iter().filter(|moved| moved.2).map(still))));
    rows.push((
        "counter-offers that take something back".to_owned(),
        share(moves.iter().map(|moved| moved.0 <= -SAME)),
    ));
    let forward = || moves.iter().filter(|moved| moved.0 >= SAME);
    rows.push(("movements to the exact middle".to_owned(), share(forward().map(half))));
    for (name, at) in [
        ("a quarter of the movements: under", 0.25),
        ("half of the movements: under", 0.5),
        ("three quarters: under", 0.75),
    ] {
        rows.push((format!("{name}, as a share of the gap"), quantile(forward().map(|moved| moved.0 / moved.1), at)));
    }
    let first =
        |dialogue: &Dialogue| dialogue.offers.iter().find(|(by, _)| *by == Side::Them).map(|&(_, amount)| amount);
    for (name, at) in [
        ("a quarter of their openings: under", 0.25),
        ("half of their openings: under", 0.5),
        ("three quarters: under", 0.75),
    ] {
        rows.push((format!("{name}, in shares of the scale"), quantile(dialogues.iter().filter_map(first), at)));
    }
    let both = || {
        dialogues.iter().filter(|dialogue| {
            [Side::Us, Side::Them].iter().all(|side| dialogue.offers.iter().any(|offer| offer.0 == *side))
        })
    };
    rows.push((
        "agreed, both having made an offer".to_owned(),
        share(both().map(|dialogue| dialogue.agreed.is_some())),
    ));
    let agreed = || dialogues.iter().filter(|dialogue| dialogue.agreed.is_some());
    let on_quote = |dialogue: &Dialogue| {
        let price = dialogue.agreed.unwrap_or(f64::NAN);
        dialogue.offers.iter().any(|&(_, amount)| (amount - price).abs() < SAME)
    };
    rows.push(("deals at an offer that had been made".to_owned(), share(agreed().map(on_quote))));
    rows.push((
        "half of the deals: under, in shares of the scale".to_owned(),
        quantile(agreed().filter_map(|dialogue| dialogue.agreed), 0.5),
    ));
    rows.push((
        "offers of theirs, half of the dialogues: under".to_owned(),
        quantile(
            dialogues
                .iter()
                .map(|dialogue| dialogue.offers.iter().filter(|offer| offer.0 == Side::Them).count() as f64),
            0.5,
        ),
    ));
    rows
}

/// Their replies where both have made an offer, in one dialogue.
pub(super) fn replies(dialogue: &Dialogue) -> Vec<Reply> {
    let mut replies = Vec::new();
    let (mut theirs, mut ours, mut stalled) = (None, None, false);
    for &(by, amount) in &dialogue.offers {
        match by {
            Side::Us => ours = Some(amount),
            Side::Them => {
                if let (Some(before), Some(ask)) = (theirs, ours.take()) {
                    let moved: f64 = amount - before;
                    let faced = replies.len() + 1;
                    replies.push(Reply { gap: ask - before, ask, faced, stalled, answer: Answer::Moved(moved) });
                    stalled = moved.abs() < SAME;
                }
                theirs = Some(amount);
            }
        }
    }
    if let (Some(before), Some(ask)) = (theirs, ours) {
        let answer = match dialogue.end {
            End::TheyTook => Some(Answer::Took),
            End::TheyRefused => Some(Answer::BrokeOff),
            End::Open => None,
        };
        let faced = replies.len() + 1;
        replies.extend(answer.map(|answer| Reply { gap: ask - before, ask, faced, stalled, answer }));
    }
    replies.retain(|reply| reply.gap >= SAME);
    replies
}

/// A share of yes, with its interval (Wilson 1927).
fn share(all: impl Iterator<Item = bool>) -> Figure {
    let (mut yes, mut n) = (0_usize, 0_usize);
    for one in all {
        yes += usize::from(one);
        n += 1;
    }
    if n == 0 {
        return Figure { value: f64::NAN, interval: [0.0, 1.0], n, share: true };
    }
    let (count, z) = (n as f64, 1.96);
    let value = yes as f64 / count;
    let middle = (value + z * z / (2.0 * count)) / (1.0 + z * z / count);
    let away = z / (1.0 + z * z / count) * (value * (1.0 - value) / count + z * z / (4.0 * count * count)).sqrt();
    Figure { value, interval: [middle - away, middle + away], n, share: true }
}

/// A quantile, with the interval that order statistics give it.
fn quantile(all: impl Iterator<Item = f64>, at: f64) -> Figure {
    let mut sorted: Vec<f64> = all.collect();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len();
    if n == 0 {
        return Figure { value: f64::NAN, interval: [f64::NAN; 2], n, share: false };
    }
    let of = |share: f64| sorted[((share * n as f64) as usize).min(n - 1)];
    let away = 1.96 * (at * (1.0 - at) / n as f64).sqrt();
    Figure { value: of(at), interval: [of((at - away).max(0.0)), of((at + away).min(1.0))], n, share: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replies_are_what_was_done_about_our_offers() {
        let offers = vec![
            (Side::Them, 0.0),
            (Side::Us, 1.0),
            (Side::Them, 0.5),
            (Side::Us, 0.8),
            (Side::Them, 0.5),
            (Side::Us, 0.6),
        ];
        let dialogue = Dialogue { offers, end: End::TheyTook, agreed: Some(0.6) };
        let found = replies(&dialogue);
        let answers: Vec<Answer> = found.iter().map(|reply| reply.answer).collect();
        assert_eq!(answers, [Answer::Moved(0.5), Answer::Moved(0.0), Answer::Took]);
        assert_eq!(found.iter().map(|reply| reply.faced).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(found.iter().map(|reply| reply.stalled).collect::<Vec<_>>(), [false, false, true]);
        assert!((found[1].gap - 0.3).abs() < 1e-12);
        let rows = figures(&[dialogue]);
        let value = |what: &str| rows.iter().find(|row| row.0 == what).unwrap().1.value;
        assert!((value("took our offer at once") - 1.0 / 3.0).abs() < 1e-12);
        assert_eq!(value("movements to the exact middle"), 1.0);
        assert_eq!(value("deals at an offer that had been made"), 1.0);
    }
}
