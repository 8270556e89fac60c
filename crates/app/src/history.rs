//! One's own history: how ranges and forecasts held against what came, and what closed negotiations say of the defaults.
//!
//! Each forecast is made again from the record as it stood then, by people of a kind that nobody here belongs to: nothing of one's own
//! is in it. Nothing leaves the desk.

use std::collections::BTreeMap;

use engine::Stop;
use engine::assumption::Name;
use engine::own::{Came, History, Pooled, Seen};
use engine::people::of_case::{manner_of_cases, outlook};
use jiff::Timestamp;
use negotiation::fact::Fact;
use negotiation::guidance::Answer;
use negotiation::mandate::is_worse;
use negotiation::precedent::Event;
use negotiation::proposal::Outcome;
use negotiation::{Negotiation, Phase};
use terms::{Amount, Quantity, Role, Side};

use crate::accounts::Principal;
use crate::bridge::case_of;
use crate::desk::Desk;
use crate::error::Error;
use crate::intake::amount;
use crate::numbers::grants;

/// Negotiations with more offers are not forecast again: it would take too long, and nobody makes so many.
const MOST_OFFERS: usize = 200;
/// Of the gap between two offers, so much beside its middle is the middle: people round.
const MIDDLE: f64 = 0.02;

/// What has been counted so far.
#[derive(Default)]
struct Counting {
    history: History,
    /// Chances of a deal that were forecast, and what was won after the boss came.
    chances: Vec<f64>,
    won: Vec<f64>,
    /// In the order of [`SEEN`].
    seen: [Came; SEEN.len()],
}

/// The defaults that are counted.
const SEEN: [Name; 7] = [
    Name::GuidanceGranted,
    Name::GuidanceDelay,
    Name::ProposalAccepted,
    Name::StallStart,
    Name::StallStay,
    Name::RetractionChance,
    Name::SplitChance,
];

/// What closed negotiations say; those that aren't closed are passed over.
fn history<'a>(negotiations: impl IntoIterator<Item = &'a Negotiation>, now: Timestamp, stop: &Stop) -> History {
    let mut counting = Counting::default();
    for negotiation in negotiations {
        if stop.is_stopped() {
            break;
        }
        if matches!(negotiation.phase, Phase::Agreed | Phase::WalkedAway | Phase::Closed) {
            counting.count(negotiation, now);
        }
    }
    let Counting { mut history, chances, won, seen } = counting;
    history.mean_chance = mean(&chances);
    history.won_after_boss = mean(&won);
    let seen = SEEN.into_iter().zip(seen);
    history.pooled = seen.filter_map(|(name, came)| Pooled::of(Seen { name, came })).collect();
    history
}

impl Counting {
    fn count(&mut self, negotiation: &Negotiation, now: Timestamp) {
        let settled = negotiation.agreed.as_ref().map(|package| package.price);
        self.history.agreed.add(settled.is_some());
        if let (Some(price), Some(limit)) = (settled, first_limit(negotiation)) {
            self.history.beyond_their_limit.add(is_worse(limit, price, negotiation.role()));
        }
        let settled = settled.map(Amount::to_f64);
        self.forecasts(negotiation, settled);
        for proposal in negotiation.proposals.iter().filter(|proposal| proposal.is_over(now)) {
            self.history.unlocked_alone.add(proposal.alone_unlocked());
            if let Some((outcome @ (Outcome::Accepted | Outcome::Declined | Outcome::Ignored), _)) = proposal.outcome {
                self.saw(Name::ProposalAccepted, outcome == Outcome::Accepted);
            }
        }
        self.boss(negotiation, settled);
        self.answers(negotiation);
        self.moves(negotiation);
    }

    fn saw(&mut self, name: Name, came: bool) {
        if let Some(at) = SEEN.iter().position(|&one| one == name) {
            self.seen[at].add(came);
        }
    }

    /// The forecasts made again, once both had made an offer and after the last.
    fn forecasts(&mut self, negotiation: &Negotiation, settled: Option<f64>) {
        let Some(manner) = manner_of_cases() else { return };
        let offers = negotiation.history.iter().filter(|entry| matches!(entry.fact, Fact::Offered(_))).count();
        if offers > MOST_OFFERS {
            return;
        }
        let (mut so_far, mut early, mut late) = (Negotiation::default(), None, None);
        for entry in &negotiation.history {
            so_far.apply(entry.clone());
            let both = [Side::Us, Side::Them].iter().all(|&side| so_far.standing(side).is_some());
            if !both || !matches!(entry.fact, Fact::Offered(_)) {
                continue;
            }
            let case = case_of(&so_far, entry.at, 0).ok();
            early = early.or_else(|| case.clone());
            late = case.or(late);
        }
        let [early, late] = [early, late].map(|case| outlook(&case?, None, manner));
        if let (Some(price), Some(early), Some(late)) = (settled, &early, &late) {
            // The quantiles .1 and .9.
            let held = |quantiles: &[f64]| (quantiles[1]..=quantiles[17]).contains(&price);
            self.history.early_ranges.add(held(&early.quantiles));
            self.history.late_ranges.add(held(&late.quantiles));
        }
        if let Some(late) = late {
            self.chances.push(late.agreement_probability);
            self.history.forecast_agreed.add(settled.is_some());
        }
    }

    fn boss(&mut self, negotiation: &Negotiation, settled: Option<f64>) {
        let Some((entry, ..)) = negotiation.events().into_iter().find(|(.., event)| Event::is_appearance(event)) else {
            return;
        };
        self.history.boss_came.add(settled.is_some());
        let before = negotiation.offers.iter().rev().find(|one| one.version < entry && one.offer.by == Side::Them);
        let (Some(price), Some(before), Some(scale)) = (settled, before, scale(negotiation)) else { return };
        let gained = price - before.offer.package.price.to_f64();
        self.won.push(if negotiation.role() == Role::Seller { gained } else { -gained } / scale);
    }

    fn answers(&mut self, negotiation: &Negotiation) {
        let round_hours = negotiation.preparation.days_per_round.map(|days| days.to_f64() * 24.0);
        for request in &negotiation.requests {
            let Some((answer, _, at)) = &request.answer else { continue };
            if !matches!(answer, Answer::CallMe) {
                self.saw(Name::GuidanceGranted, grants(answer, &request.question, negotiation.role()));
            }
            if let Some(round) = round_hours {
                let hours = at.duration_since(request.at).as_secs_f64() / 3600.0;
                self.saw(Name::GuidanceDelay, hours > round);
            }
        }
    }

    /// How they moved, offer by offer.
    fn moves(&mut self, negotiation: &Negotiation) {
        let (mut ours, mut theirs, mut moved) = (None, None, None);
        for one in &negotiation.offers {
            let price = one.offer.package.price.to_f64();
            if one.offer.by == Side::Us {
                ours = Some(price);
                continue;
            }
            if let Some(before) = theirs {
                let given = if negotiation.role() == Role::Seller { price - before } else { before - price };
                self.saw(Name::RetractionChance, given < 0.0);
                match moved {
                    Some(true) => self.saw(Name::StallStart, given == 0.0),
                    Some(false) => self.saw(Name::StallStay, given == 0.0),
                    None => {}
                }
                moved = Some(given != 0.0);
                if let Some(ours) = ours {
                    let (middle, gap): (f64, f64) = (0.5 * (ours + before), ours - before);
                    self.saw(Name::SplitChance, (price - middle).abs() <= MIDDLE * gap.abs());
                }
            }
            theirs = Some(price);
        }
    }
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// The far end of what was first written down as their limit, where that was a range.
fn first_limit(negotiation: &Negotiation) -> Option<Amount> {
    let limit = negotiation.history.iter().find_map(|entry| match &entry.fact {
        Fact::Prepared(prepared) => prepared.counterpart_limit,
        _ => None,
    })?;
    match limit {
        Quantity::Known(_) => None,
        Quantity::Range { low, high, .. } => Some(if negotiation.role() == Role::Seller { high } else { low }),
    }
}

/// The way from walk-away to target.
fn scale(negotiation: &Negotiation) -> Option<f64> {
    let prepared = &negotiation.preparation;
    let [walk_away, target] = [prepared.walk_away, prepared.target].map(|one| Some(one?.to_f64().likely()));
    Some((target? - walk_away?).abs()).filter(|&scale| scale > 0.0)
}

/// Assumptions as they are recorded in a preparation.
pub fn to_record(assumed: impl IntoIterator<Item = (Name, Quantity<f64>)>) -> BTreeMap<String, Quantity<Amount>> {
    assumed.into_iter().map(|(name, quantity)| (name.key().to_owned(), quantity.map(amount))).collect()
}

impl Desk {
    /// What the closed negotiations of `who` make of the defaults, as a preparation takes it in their place.
    pub async fn own_assumptions(
        &self,
        who: &Principal,
        now: Timestamp,
    ) -> Result<BTreeMap<String, Quantity<Amount>>, Error> {
        let own = self.history(who, now).await?.pooled;
        Ok(to_record(own.iter().map(|one| (one.seen.name, one.quantity()))))
    }

    /// What the closed negotiations of `who` say, over those that are [counted](crate::numbers::COUNTED). It comes of what is privileged, and so the look is
    /// logged.
    pub async fn history(&self, who: &Principal, now: Timestamp) -> Result<History, Error> {
        let negotiations = self.counted(who).await?;
        self.history_of(who, negotiations, now).await
    }

    pub(crate) async fn history_of(
        &self,
        who: &Principal,
        negotiations: Vec<Negotiation>,
        now: Timestamp,
    ) -> Result<History, Error> {
        self.log_view(who, "", "how good their forecasts were", now).await?;
        self.computing.run(&who.user.0, move |stop| history(&negotiations, now, stop)).await
    }
}

#[cfg(test)]
mod tests;
