//! The twelve questions, and what each answer becomes.

use engine::assumption::{Default, Name};
use engine::case::{Case, Fault};

use super::sided::sided;
use super::{help, take};
use report::money::Money;
use report::names::percent;
use terms::{Quantity, Role};

/// One question.
pub struct Question {
    /// The question, in the words of whoever sells or buys.
    pub ask: fn(&Case) -> String,
    /// An example of an answer.
    pub hint: fn(&Case) -> &'static str,
    /// What Enter stands for; nothing where an answer is needed.
    pub default: fn(&Case) -> Option<String>,
    /// What is meant, at more length.
    pub help: fn(&Case) -> String,
    /// Puts an answer into the case; an empty one stands for the default.
    pub take: fn(&mut Case, &str) -> Result<(), String>,
    /// Why an answer that is sound may yet be a slip.
    pub doubt: fn(&Case) -> Option<String>,
}

const NO_DOUBT: fn(&Case) -> Option<String> = |_| None;
const NEEDED: fn(&Case) -> Option<String> = |_| None;

/// All of them, in the order in which they are asked.
pub const QUESTIONS: [Question; 12] = [
    Question {
        ask: |_| "What are you selling or buying?".to_owned(),
        hint: |_| "such as: selling the renewal to Northwind",
        default: NEEDED,
        help: |_| help::WHAT.to_owned(),
        take: take::what,
        doubt: NO_DOUBT,
    },
    Question {
        ask: |case| {
            format!(
                "What is {} rather than have no deal?",
                sided(case, "the least you would take", "the most you would pay")
            )
        },
        hint: |_| "such as: 1.05m; or with a currency: €350k, CHF 900k (otherwise USD)",
        default: NEEDED,
        help: help::walk_away,
        take: take::walk_away,
        doubt: NO_DOUBT,
    },
    Question {
        ask: |_| "What price do you hope for?".to_owned(),
        hint: |case| sided(case, "such as: 1.4m", "such as: 0.9m"),
        default: NEEDED,
        help: help::target,
        take: take::target,
        doubt: doubtful_target,
    },
    Question {
        ask: |case| {
            format!("How {} may you go without asking, and how {0} may your boss go?", sided(case, "low", "high"))
        },
        hint: |case| {
            sided(
                case,
                "yours, then your boss's, such as: 1.18m 1.1m; or yours alone",
                "yours, then your boss's, such as: 0.95m 1m; or yours alone",
            )
        },
        default: |_| Some("no limit".to_owned()),
        help: help::limits,
        take: take::limits,
        doubt: |case| far_off(case, [case.value.authority, case.value.boss_limit].into_iter().flatten()),
    },
    Question {
        ask: |case| {
            format!(
                "What is {} rather than have no deal? Guess.",
                sided(case, "the most they would pay", "the least they would take")
            )
        },
        hint: |case| {
            sided(
                case,
                "low, likely and high, such as: 1.14m 1.23m 1.34m; or one number if you know it",
                "low, likely and high, such as: 0.85m 0.92m 1m; or one number if you know it",
            )
        },
        default: NEEDED,
        help: help::their_limit,
        take: take::their_limit,
        doubt: |case| far_off(case, [case.counterpart.limit]),
    },
    Question {
        ask: |_| "How likely is it that the person you deal with can agree without asking anyone?".to_owned(),
        hint: |_| "such as: very likely, likely, about even, unlikely; or 60%",
        default: |_| {
            let Default::Fixed(assumed) = Name::FullAuthorityChance.spec().default else { return None };
            Some(format!("don't know: {} is assumed", percent(assumed)))
        },
        help: |_| help::sign(),
        take: take::can_sign,
        doubt: NO_DOUBT,
    },
    Question {
        ask: |_| "What has been offered so far, the oldest first?".to_owned(),
        hint: |case| sided(case, "such as: us 1.42m, them 1.02m, us 1.38m", "such as: us 0.8m, them 1.2m, us 0.85m"),
        default: |_| Some("nothing yet".to_owned()),
        help: |_| help::OFFERS.to_owned(),
        take: take::past_offers,
        doubt: |case| far_off(case, case.offers.iter().map(|offer| Quantity::Known(offer.amount))),
    },
    Question {
        ask: |_| "How many rounds of offers are left, and what does each cost you?".to_owned(),
        hint: |_| "an offer by each side is a round; such as: 6, 3k each; or 6 alone if waiting costs nothing",
        default: NEEDED,
        help: |_| help::ROUNDS.to_owned(),
        take: take::rounds,
        doubt: NO_DOUBT,
    },
    Question {
        ask: |_| "How many deals with them will follow this one, and what does each bring you?".to_owned(),
        hint: |_| "such as: 4, 150k each",
        default: |_| Some("none".to_owned()),
        help: |_| help::LATER_DEALS.to_owned(),
        take: take::later_deals,
        doubt: NO_DOUBT,
    },
    Question {
        ask: |_| "How well does your boss bargain, compared with you?".to_owned(),
        hint: |_| "worse, as well as me, a little better, better or much better",
        default: |_| {
            let Default::Range(low, likely, high) = Name::BossSkill.spec().default else { return None };
            let [low, likely, high] = [low, likely, high].map(percent);
            Some(format!("don't know: {likely} better is assumed, from {low} to {high}"))
        },
        help: |_| help::skill(),
        take: take::boss_skill,
        doubt: NO_DOUBT,
    },
    Question {
        ask: |_| "What would your boss's time cost here, all told?".to_owned(),
        hint: |_| "such as: 7k; or nothing",
        default: |case| {
            let Default::Range(low, likely, high) = Name::BossTimeCost.spec().default else { return None };
            let (scale, money) = (scale(case), money(case));
            let [low, likely, high] = [low, likely, high].map(|share| money.amount(share * scale));
            Some(format!("don't know: {likely} is assumed, from {low} to {high}"))
        },
        help: |_| help::BOSS_TIME.to_owned(),
        take: take::boss_time,
        doubt: NO_DOUBT,
    },
    Question {
        ask: |_| "Does everyone bring their boss to a deal like this?".to_owned(),
        hint: |_| "yes or no",
        default: |_| Some("no".to_owned()),
        help: |_| help::EXPECTED.to_owned(),
        take: take::expected,
        doubt: NO_DOUBT,
    },
];

/// A fault that an answer brought in, in words that need no case file.
pub fn explain(fault: &Fault, role: Role) -> String {
    let (above, least) = match role {
        Role::Seller => ("above", "the least you would take"),
        Role::Buyer => ("below", "the most you would pay"),
    };
    match fault.path.as_str() {
        "value.walk_away" => format!("What you hope for has to be {above} {least}. Mend it here, or type back."),
        "value.target" => {
            format!("That is all but {least}, so nothing is left to negotiate. Mend it here, or type back.")
        }
        "value.authority" | "value.boss_limit" => format!(
            "Your boss can go at least as far as you. Give your limit first, then your boss's; left out, your boss's is \
             {least}."
        ),
        "time.rounds_left" => "Give a whole number from 1 to 200, the rounds so far counted in.".to_owned(),
        "title" => "That is too long a name; say it in up to 200 letters.".to_owned(),
        path if path.starts_with("offers[") => {
            let index: usize = path.trim_start_matches("offers[").trim_end_matches(']').parse().unwrap_or(0);
            format!(
                "Offer {} is at least as good as what the other side asked, so you would have a deal. Check who said what.",
                index + 1
            )
        }
        _ => format!("That {}. {}", fault.problem, fault.mend),
    }
}

/// The distance from walk-away to target.
pub fn scale(case: &Case) -> f64 {
    case.value.scale()
}

/// How amounts of a case are written.
pub fn money(case: &Case) -> Money {
    Money::new(case.currency, scale(case))
}

/// How many times over two prices of one deal may differ before it looks like a slip.
const FAR: f64 = 20.0;

fn doubtful_target(case: &Case) -> Option<String> {
    let far = times_apart(case.value.walk_away.likely(), case.value.target.likely()) > FAR;
    far.then(|| "That is more than twenty times away from your last answer: is a k or an m missing?".to_owned())
}

fn far_off(case: &Case, prices: impl IntoIterator<Item = Quantity<f64>>) -> Option<String> {
    let (walk_away, scale) = (case.value.walk_away.likely(), scale(case));
    let mut points = prices.into_iter().flat_map(|price| [price.low(), price.likely(), price.high()]);
    let far = points.any(|point| times_apart(point, walk_away) > FAR || (point - walk_away).abs() > FAR * scale);
    far.then(|| "That is very far from the prices above: is a k or an m missing, or one too many?".to_owned())
}

/// How many times the larger of two prices is the smaller; once where one is nothing.
fn times_apart(a: f64, b: f64) -> f64 {
    if a == 0.0 || b == 0.0 { 1.0 } else { (a / b).abs().max((b / a).abs()) }
}
