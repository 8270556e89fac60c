//! The package to offer in the place of a price.

use super::{FRONTIER, Situation};
use crate::beliefs::Beliefs;
use crate::domain::Package;
use crate::pareto::{NoFrontier, Pareto};
use crate::sheet::Choice;
use crate::trades::best_for_them;

/// Of the packages within the mandate that are worth no less to us than `price` with every other issue where we expect it,
/// the one that is likely best for them; `None` where the sheet has no price, or no package is worth so much.
pub fn package_worth(situation: &Situation<'_>, price: f64) -> Result<Option<Package>, NoFrontier> {
    let Situation { sheet, values, allowed, heard, seed, .. } = *situation;
    let Some(name) = &sheet.price else { return Ok(None) };
    let Ok(placed) = values.place(sheet, [(name.as_str(), Choice::Number(price))]) else { return Ok(None) };
    let heard: Vec<Package> = heard.iter().map(|placed| placed.package.clone()).collect();
    let expected = Beliefs::of(values, &heard, super::DRAWS, seed).their_mean(values);
    let frontier = Pareto::with(&values.domain, &[&values.ours.restricted(allowed), &expected], FRONTIER)?;
    let worth = values.ours_of(&placed) + values.zero();
    Ok(best_for_them(&frontier, worth).map(|point| point.package.clone()))
}
