//! The next act: a verb, an amount and a day.

use engine::advice::Advice;
use jiff::ToSpan;
use jiff::civil::Date;
use terms::{NextAct, PlanId, Side};

use crate::money::Money;

/// What to do next; `None` where the course says it all: it is to leave, or no more is known than that one goes on.
pub fn act(advice: &Advice, money: &Money) -> Option<String> {
    let price = advice.recommendation.next_price.filter(|&price| can_be_offered(advice, price));
    let ours = last_offer(advice, Some(Side::Us)).map(|(_, ours)| ours);
    let offer = || price.map(|price| offer(price, ours, next_day(advice), money));
    Some(match advice.recommendation.next_act {
        NextAct::WalkAway => return None,
        NextAct::Accept => {
            price.map_or_else(|| "Accept their offer.".to_owned(), |price| format!("Accept {}.", money.price(price)))
        }
        NextAct::AskGuidance => {
            let ask = money.price(advice.guidance_point.ask_for);
            let by = next_day(advice).map_or_else(String::new, |day| format!(" by {}", weekday(day)));
            let then = price.map_or_else(String::new, |price| format!(" Next offer: {}{by}.", money.price(price)));
            format!("Ask your boss whether you may go to {ask}.{then}")
        }
        NextAct::SettleSubjectToApproval => {
            let what = price.map_or_else(|| "their offer".to_owned(), |price| money.price(price));
            format!("Take {what}, subject to your boss's approval.")
        }
        NextAct::ProposeBothBosses => "Propose taking it to both bosses.".to_owned(),
        NextAct::BringBoss => "Bring your boss in.".to_owned(),
        NextAct::HandOver => "Hand over to your boss.".to_owned(),
        NextAct::Continue if advice.boss_in && advice.recommendation.plan == PlanId::OwnLevel => {
            "Have your boss hand the channel back.".to_owned()
        }
        NextAct::Continue => match offer() {
            Some(offer) => offer,
            None if last_offer(advice, None) == last_offer(advice, Some(Side::Us)) => {
                last_offer(advice, None)?;
                format!("Wait for their answer{}.", next_day(advice).map_or_else(String::new, until))
            }
            None => return None,
        },
    })
}

fn offer(price: f64, ours: Option<f64>, day: Option<Date>, money: &Money) -> String {
    let at = money.price(price);
    let by = day.map_or_else(String::new, |day| format!(" by {}", weekday(day)));
    match ours {
        None => format!("Open at {at}{by}."),
        Some(ours) if money.price(ours) == at => format!("Hold {at}{}.", day.map_or_else(String::new, until)),
        Some(_) => format!("Offer {at}{by}."),
    }
}

/// The number and amount of the last offer that was known, of one side or of either.
fn last_offer(advice: &Advice, side: Option<Side>) -> Option<(usize, f64)> {
    let known = |day: Option<Date>| !matches!((day, advice.inputs.as_of), (Some(day), Some(as_of)) if day > as_of);
    let offers = advice.inputs.case.offers.iter().enumerate();
    let mut offers = offers.filter(|(_, offer)| known(offer.date) && side.is_none_or(|side| side == offer.by));
    offers.next_back().map(|(index, offer)| (index, offer.amount))
}

/// The day by which a move is due as rounds have gone so far.
fn next_day(advice: &Advice) -> Option<Date> {
    let days = advice.inputs.case.time.days_per_round?.round().clamp(1.0, 3660.0);
    advice.as_of?.checked_add((days as i64).days()).ok()
}

fn until(day: Date) -> String {
    format!(" until {}", weekday(day))
}

fn weekday(day: Date) -> String {
    day.strftime("%a %-d %b").to_string()
}

/// Nobody offers less than nothing where no limit of theirs is.
fn can_be_offered(advice: &Advice, price: f64) -> bool {
    let stakes = &advice.inputs.case.value;
    price >= 0.0 || stakes.walk_away.likely() < 0.0 || stakes.target.likely() < 0.0
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use terms::Currency;

    use super::*;

    #[test]
    fn an_offer_is_opened_made_or_held() {
        let money = Money::new(Currency::EUR, 60_000.0);
        let day = Some(date(2026, 11, 30));
        assert_eq!(offer(425_000.0, None, day, &money), "Open at €425,000 by Mon 30 Nov.");
        assert_eq!(offer(425_000.0, Some(419_000.0), day, &money), "Offer €425,000 by Mon 30 Nov.");
        assert_eq!(offer(425_000.0, Some(425_000.0), day, &money), "Hold €425,000 until Mon 30 Nov.");
        assert_eq!(offer(425_000.0, Some(419_000.0), None, &money), "Offer €425,000.");
    }
}
