//! The next act: a verb, an amount and a day.

use engine::advice::{Advice, NextAct};
use jiff::civil::Date;
use terms::{NextActKind, Side};

use crate::money::Money;

/// What to do next, in a sentence.
pub fn act(advice: &Advice, money: &Money) -> String {
    sentence(&advice.next_act, opens(advice), money)
}

/// Whether we have made no offer yet.
fn opens(advice: &Advice) -> bool {
    !advice.inputs.case.offers.iter().any(|offer| offer.by == Side::Us && was_known(advice, offer.date))
}

/// The next act as a headline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headline {
    /// When: "Next, by Mon 30 Nov".
    pub when: String,
    /// What: "Offer €425,000."
    pub act: String,
}

/// The next act as a headline: the day by which it is done stands above it, the day until which it holds within it.
pub fn headline(advice: &Advice, money: &Money) -> Headline {
    let next = &advice.next_act;
    if matches!(next.kind, NextActKind::Hold | NextActKind::Wait) {
        return Headline { when: "Next".to_owned(), act: act(advice, money) };
    }
    let when = match next.by {
        Some(day) if Some(day) == advice.as_of => "Next, today".to_owned(),
        Some(day) => format!("Next, by {}", weekday(day)),
        None => "Next".to_owned(),
    };
    Headline { when, act: sentence(&NextAct { by: None, ..next.clone() }, opens(advice), money) }
}

/// The next act in two or three words, after "advised:".
pub fn brief(advice: &Advice, money: &Money) -> String {
    let amount = advice.next_act.amount.map(|amount| money.price(amount));
    let with = |words: &str| amount.as_ref().map_or_else(|| words.to_owned(), |amount| format!("{words} {amount}"));
    match advice.next_act.kind {
        NextActKind::Accept => with("accept"),
        NextActKind::Offer if opens(advice) => with("open at"),
        NextActKind::Offer => with("offer"),
        NextActKind::Hold => with("hold"),
        NextActKind::AskBoss => "ask your boss".to_owned(),
        NextActKind::ProposeBothBosses => "both bosses".to_owned(),
        NextActKind::BringBoss => "your boss comes in".to_owned(),
        NextActKind::HandOver => "hand over".to_owned(),
        NextActKind::HandBack => "your boss hands back".to_owned(),
        NextActKind::Wait => "wait".to_owned(),
        NextActKind::WalkAway => "walk away".to_owned(),
    }
}

/// The next act as a button says it: a verb, and its amount.
pub fn button(advice: &Advice, money: &Money) -> String {
    let amount = advice.next_act.amount.map(|amount| money.price(amount));
    let with = |words: &str| amount.as_ref().map_or_else(|| words.to_owned(), |amount| format!("{words} {amount}"));
    let of = |words: &str| amount.as_ref().map_or_else(|| words.to_owned(), |amount| format!("{words} of {amount}"));
    match advice.next_act.kind {
        NextActKind::Accept => with("Accept"),
        NextActKind::Offer => of("Record your offer"),
        NextActKind::Hold | NextActKind::Wait => "Record their answer".to_owned(),
        NextActKind::AskBoss => with("Ask your boss about"),
        NextActKind::ProposeBothBosses => "Propose both bosses".to_owned(),
        NextActKind::BringBoss | NextActKind::HandOver => "Bring your boss in: see the price".to_owned(),
        NextActKind::HandBack => "Hand the channel back".to_owned(),
        NextActKind::WalkAway => "Walk away".to_owned(),
    }
}

/// The course that the next act begins, in words; `None` where the act is the end of it.
pub fn course(advice: &Advice) -> Option<&str> {
    let ends = matches!(advice.next_act.kind, NextActKind::WalkAway | NextActKind::Accept);
    (!ends).then_some(advice.recommendation.sentence.as_str())
}

/// A next act in a sentence; `opens` where we have made no offer yet.
pub fn sentence(next: &NextAct, opens: bool, money: &Money) -> String {
    let verb = verb(next.kind, opens);
    let by = next.by.map(weekday);
    match (next.kind, next.amount.map(|amount| money.price(amount))) {
        (NextActKind::WalkAway, _) => format!("{verb}."),
        (NextActKind::Wait, _) => format!("{verb}{}.", by.map_or_else(String::new, |day| format!(" until {day}"))),
        (NextActKind::Hold, Some(at)) => {
            format!("{verb} {at}{}.", by.map_or_else(String::new, |day| format!(" until {day}")))
        }
        (NextActKind::AskBoss, Some(limit)) => {
            format!("{verb}{} whether you may go to {limit}.", by.map_or_else(String::new, |day| format!(" by {day}")))
        }
        (_, amount) => {
            let amount = amount.map_or_else(String::new, |amount| format!(" {amount}"));
            let by = by.map_or_else(String::new, |day| format!(" by {day}"));
            format!("{verb}{amount}{by}.")
        }
    }
}

/// What is done, without its amount.
fn verb(kind: NextActKind, opens: bool) -> &'static str {
    match kind {
        NextActKind::Accept => "Accept",
        NextActKind::Offer if opens => "Open at",
        NextActKind::Offer => "Offer",
        NextActKind::Hold => "Hold",
        NextActKind::AskBoss => "Ask your boss",
        NextActKind::ProposeBothBosses => "Propose taking it to both bosses",
        NextActKind::BringBoss => "Bring your boss in",
        NextActKind::HandOver => "Hand over to your boss",
        NextActKind::HandBack => "Have your boss hand the channel back",
        NextActKind::Wait => "Wait for an answer",
        NextActKind::WalkAway => "Walk away",
    }
}

fn was_known(advice: &Advice, day: Option<Date>) -> bool {
    !matches!((day, advice.inputs.as_of), (Some(day), Some(as_of)) if day > as_of)
}

fn weekday(day: Date) -> String {
    day.strftime("%a %-d %b").to_string()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use terms::Currency;

    use super::*;

    fn said(kind: NextActKind, amount: Option<f64>, by: Option<Date>) -> String {
        let next = NextAct { kind, amount, by, why: String::new() };
        sentence(&next, false, &Money::new(Currency::EUR, 60_000.0))
    }

    #[test]
    fn every_act_is_a_verb_with_its_amount_and_its_day() {
        let (price, day) = (Some(425_000.0), Some(date(2026, 11, 30)));
        let lines = [
            (NextActKind::Accept, price, "Accept €425,000 by Mon 30 Nov."),
            (NextActKind::Offer, price, "Offer €425,000 by Mon 30 Nov."),
            (NextActKind::Hold, price, "Hold €425,000 until Mon 30 Nov."),
            (NextActKind::AskBoss, price, "Ask your boss by Mon 30 Nov whether you may go to €425,000."),
            (NextActKind::ProposeBothBosses, None, "Propose taking it to both bosses by Mon 30 Nov."),
            (NextActKind::BringBoss, None, "Bring your boss in by Mon 30 Nov."),
            (NextActKind::HandOver, None, "Hand over to your boss by Mon 30 Nov."),
            (NextActKind::HandBack, None, "Have your boss hand the channel back by Mon 30 Nov."),
            (NextActKind::Wait, None, "Wait for an answer until Mon 30 Nov."),
            (NextActKind::WalkAway, None, "Walk away."),
        ];
        for (kind, amount, line) in lines {
            assert_eq!(said(kind, amount, day), line);
        }
        assert_eq!(said(NextActKind::Offer, price, None), "Offer €425,000.");
    }

    #[test]
    fn the_first_offer_opens() {
        let next = NextAct { kind: NextActKind::Offer, amount: Some(425_000.0), by: None, why: String::new() };
        assert_eq!(sentence(&next, true, &Money::new(Currency::EUR, 60_000.0)), "Open at €425,000.");
    }
}
