//! The offers and acts that the advice knows of, each in its round.

use engine::advice::Advice;
use engine::case::{Act, Offer};
use jiff::civil::Date;
use terms::Side;

/// One entry of the record.
#[derive(Clone, Copy)]
pub struct Line<'a> {
    /// The round it falls in, from 1; 0 before the first offer.
    pub round: u32,
    /// When it was made.
    pub date: Option<Date>,
    /// What was made or done.
    pub entry: Entry<'a>,
}

/// An offer or another act.
#[derive(Clone, Copy)]
pub enum Entry<'a> {
    /// An offer.
    Offer(&'a Offer),
    /// Something else.
    Act(&'a Act),
}

/// What was known on the day of the advice, oldest first. A side that has already spoken in a round begins the next
/// by speaking again.
pub fn lines(advice: &Advice) -> Vec<Line<'_>> {
    let (case, as_of) = (&advice.inputs.case, advice.inputs.as_of);
    let mut acts = case.acts.iter().peekable();
    let mut lines = Vec::new();
    let mut last_day = None;
    let (mut round, mut spoken) = (0, [false; 2]);
    let mut known = |date: Option<Date>| {
        last_day = date.or(last_day);
        !matches!((last_day, as_of), (Some(day), Some(as_of)) if day > as_of)
    };
    for index in 0..=case.offers.len() {
        while let Some(act) = acts.next_if(|act| act.after_offers as usize <= index) {
            if known(act.date) {
                lines.push(Line { round, date: act.date, entry: Entry::Act(act) });
            }
        }
        let Some(offer) = case.offers.get(index).filter(|offer| known(offer.date)) else { continue };
        let side = usize::from(offer.by == Side::Them);
        if round == 0 || spoken[side] {
            round += 1;
            spoken = [false; 2];
        }
        spoken[side] = true;
        lines.push(Line { round, date: offer.date, entry: Entry::Offer(offer) });
    }
    lines
}

/// The offers of one side, as round and price.
pub fn offers(lines: &[Line<'_>], party: Side) -> Vec<(f64, f64)> {
    let offer = |line: &Line<'_>| match line.entry {
        Entry::Offer(offer) if offer.by == party => Some((f64::from(line.round), offer.amount)),
        _ => None,
    };
    lines.iter().filter_map(offer).collect()
}
