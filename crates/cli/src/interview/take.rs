//! What each answer becomes. An empty one stands for the default of its question.

use engine::assumption::Name;
use engine::case::Case;
use terms::{Currency, Mark, Misread, Quantity, Role};

use super::amount::{self, told};
use super::{chance, count, offers, skill};

/// The role and the title.
pub fn what(case: &mut Case, line: &str) -> Result<(), String> {
    let word = line.split_whitespace().next().unwrap_or_default().to_lowercase();
    case.role = match word.trim_end_matches([',', ':']) {
        "selling" | "sell" | "seller" | "sale" => Role::Seller,
        "buying" | "buy" | "buyer" | "purchase" | "purchasing" => Role::Buyer,
        _ => return Err("Begin with selling if you are paid, or buying if you pay.".to_owned()),
    };
    let mut letters = line.chars();
    let first = letters.next().map(char::to_uppercase);
    case.title = first.into_iter().flatten().chain(letters).collect();
    put_target_aside(case);
    Ok(())
}

/// A target that fits the walk-away, until it is asked for.
fn put_target_aside(case: &mut Case) {
    let walk_away = case.value.walk_away.likely();
    let step = walk_away.abs().max(1.0);
    case.value.target = Quantity::Known(match case.role {
        Role::Seller => walk_away + step,
        Role::Buyer => walk_away - step,
    });
}

/// The walk-away and the currency.
pub fn walk_away(case: &mut Case, line: &str) -> Result<(), String> {
    let alone = line.split_whitespace().next().filter(|word| *word == line).and_then(Currency::of_word);
    if alone.is_some() {
        return Err("Give the price as well, such as CHF 900k.".to_owned());
    }
    let (walk_away, mark) = amount::quantity(line, None)?;
    case.value.walk_away = walk_away;
    case.currency = mark.map_or(Currency::USD, Mark::currency);
    put_target_aside(case);
    Ok(())
}

/// The target.
pub fn target(case: &mut Case, line: &str) -> Result<(), String> {
    case.value.target = price(case, line)?;
    Ok(())
}

/// The other side's limit.
pub fn their_limit(case: &mut Case, line: &str) -> Result<(), String> {
    case.counterpart.limit = price(case, line)?;
    Ok(())
}

fn price(case: &Case, line: &str) -> Result<Quantity<f64>, String> {
    amount::quantity(line, Some(case.currency)).map(|(quantity, _)| quantity)
}

/// Money that is spent: not below nothing.
fn cost(case: &Case, line: &str) -> Result<Quantity<f64>, String> {
    if nothing(line) { Ok(Quantity::Known(0.0)) } else { not_below_nothing(price(case, line)?) }
}

fn not_below_nothing(cost: Quantity<f64>) -> Result<Quantity<f64>, String> {
    if cost.low() < 0.0 { Err("A cost is given without a minus.".to_owned()) } else { Ok(cost) }
}

/// The negotiator's limit and the boss's.
pub fn limits(case: &mut Case, line: &str) -> Result<(), String> {
    (case.value.authority, case.value.boss_limit) = (None, None);
    if nothing(line) || matches!(line.to_lowercase().as_str(), "no limit" | "no limits" | "unlimited") {
        return Ok(());
    }
    let (own, boss) = match amount::several(line, Some(case.currency), 2).map(|(limits, _)| limits)?[..] {
        [own] => (own, None),
        [own, boss] => (own, Some(boss)),
        _ => return Err(told(&Misread::Count(2))),
    };
    case.value.authority = Some(Quantity::Known(own));
    case.value.boss_limit = boss.map(Quantity::Known);
    Ok(())
}

/// The chance that they can agree alone.
pub fn can_sign(case: &mut Case, line: &str) -> Result<(), String> {
    case.assumptions.remove(&Name::FullAuthorityChance);
    if !unknown(line) {
        case.assumptions.insert(Name::FullAuthorityChance, chance::chance(line)?);
    }
    Ok(())
}

/// The offers so far.
pub fn past_offers(case: &mut Case, line: &str) -> Result<(), String> {
    case.offers.clear();
    if nothing(line) || matches!(line.to_lowercase().as_str(), "nothing yet" | "none yet") {
        return Ok(());
    }
    case.offers = offers::offers(line, case.currency)?;
    Ok(())
}

/// The rounds left, and what each costs.
pub fn rounds(case: &mut Case, line: &str) -> Result<(), String> {
    let said = count::count(line, case.currency)?;
    let Quantity::Known(rounds) = said.count else {
        return Err("Give one number of rounds: the most likely.".to_owned());
    };
    let whole = rounds.fract() == 0.0 && (1.0..=200.0).contains(&rounds);
    case.time.rounds_left = Some(if whole { rounds as u32 } else { 0 });
    case.time.cost_of_delay_per_round = said.each.map(not_below_nothing).transpose()?;
    Ok(())
}

/// Later deals, and what each brings.
pub fn later_deals(case: &mut Case, line: &str) -> Result<(), String> {
    (case.future.later_deals, case.future.value_per_deal) = (None, None);
    if nothing(line) {
        return Ok(());
    }
    let said = count::count(line, case.currency)?;
    case.future.later_deals = Some(said.count);
    case.future.value_per_deal = said.each;
    Ok(())
}

/// How well the boss bargains.
pub fn boss_skill(case: &mut Case, line: &str) -> Result<(), String> {
    case.boss.skill = if unknown(line) { None } else { Some(skill::skill(line)?) };
    Ok(())
}

/// What the boss's time costs.
pub fn boss_time(case: &mut Case, line: &str) -> Result<(), String> {
    case.boss.time_cost = if unknown(line) { None } else { Some(cost(case, line)?) };
    Ok(())
}

/// Whether everyone brings their boss.
pub fn expected(case: &mut Case, line: &str) -> Result<(), String> {
    case.boss.already_expected = match line.to_lowercase().as_str() {
        "y" | "yes" => true,
        "" | "n" | "no" => false,
        _ => return Err("Answer yes or no.".to_owned()),
    };
    Ok(())
}

fn nothing(line: &str) -> bool {
    matches!(line.to_lowercase().as_str(), "" | "none" | "nothing" | "no" | "0")
}

fn unknown(line: &str) -> bool {
    let words = line.to_lowercase().replace('’', "'");
    let words = words.trim_start_matches("i ").trim_end_matches('.');
    matches!(words, "" | "don't know" | "dont know" | "dunno" | "no idea" | "not sure" | "not known" | "unknown")
}
