//! What `?` shows: what is meant, an example, and what an answer is turned into.

use engine::case::Case;
use terms::Role;

use super::sided::sided;
use super::{chance, skill};

pub const WHAT: &str = "Begin with selling if you are paid, or buying if you pay; then name it, so that you know it again. \
    Examples: selling the renewal to Northwind; buying steel for next year.";

pub const OFFERS: &str = "Each price with us or them before it, in the order in which they were made. \
    Example: us 1.42m, them 1.02m, us 1.38m, them 1.075m. Offers tell a great deal about the other side: give all that \
    you remember. Days and notes can be added to the case file later.";

pub const ROUNDS: &str = "A round is an offer by you and an offer by them. If there is a last day, count how often you can \
    still go back and forth before it. What a round costs you is what waiting costs: people's time, interest, a sale \
    that comes later. Examples: 6; or 6, 3k each; or 6, 2k 3k 5k each if you know it roughly.";

pub const BOSS_TIME: &str = "What it is worth to your firm that your boss spends the days this takes on something else, \
    with travel. Examples: 7k; or 4k 7k 15k if you know it roughly; or nothing.";

pub const EXPECTED: &str = "Say yes where custom, a court or the size of the deal has everyone bring theirs. Then your \
    boss's coming tells the other side nothing. Otherwise it signals that the deal matters and that you can't settle it \
    alone. Example: no.";

pub const LATER_DEALS: &str = "Deals with the same people after this one, and what one of them is worth to you beyond having none. It matters \
     because a boss who came once is called for again. Examples: 4, 150k each; 3 4 6, 90k 150k 220k if you know both \
     roughly; 4 alone, and each is taken to bring half of what lies between your two prices here.";

/// On the walk-away.
pub fn walk_away(case: &Case) -> String {
    let worst = sided(
        case,
        "Look at what you would do without this deal: sell to someone else, keep it, wait. The price that would leave you \
         no better off than that is the least you would take.",
        "Look at what you would do without this deal: buy elsewhere, make it, wait. The price that would leave you no \
         better off than that is the most you would pay.",
    );
    format!(
        "{worst} It stays on this machine. Examples: 1.05m; 1,050,000; 1_050_000; €350k; CHF 900k. If you know it \
         roughly, give low, likely and high: 1m 1.05m 1.1m."
    )
}

/// On the target.
pub fn target(case: &Case) -> String {
    let lies =
        sided(case, "above the least you would take. Example: 1.4m.", "below the most you would pay. Example: 0.9m.");
    format!("A good price that you could defend, not a dream; it lies {lies}")
}

/// On what the negotiator and the boss may agree to.
pub fn limits(case: &Case) -> String {
    let (may, beyond, walk_away, example) = match case.role {
        Role::Seller => ("lowest", "lower", "the least you would take", "1.18m 1.1m"),
        Role::Buyer => ("highest", "higher", "the most you would pay", "0.95m 1m"),
    };
    format!(
        "The {may} price that you may agree to on the spot, then the {may} that your boss may; your boss may go {beyond}. \
         Example: {example}. With one number it is yours, and your boss's is {walk_away}. Enter means that nobody needs \
         to be asked."
    )
}

/// On the other side's limit.
pub fn their_limit(case: &Case) -> String {
    let example = sided(case, "1.14m 1.23m 1.34m", "0.85m 0.92m 1m");
    let whose = sided(
        case,
        "What would they pay elsewhere, or lose without the deal? What is their budget?",
        "What could they get elsewhere, or what does it cost them?",
    );
    format!(
        "{whose} This is where they, and their bosses, would truly stop, not what they say. Give low, likely and high, so \
         that it is below low one time in ten, and above high one time in ten; rather too wide than too narrow. \
         Example: {example}."
    )
}

/// On the chance that they can sign.
pub fn sign() -> String {
    format!(
        "Whether the person across the table may go all the way to what their organisation would accept. Example: likely. \
         Words are taken as people mean them in a survey of 46 (zonination, 2015): {}. Or give 60%, or 2 in 3.",
        chance::listed()
    )
}

/// On how well the boss bargains.
pub fn skill() -> String {
    format!(
        "Think of who would get the better price from the same people. Example: a little better. The words stand for \
         the share that your boss would win beyond you of what they could still give: {}. No study was found that \
         measures this; the shares are our judgement.",
        skill::listed()
    )
}
