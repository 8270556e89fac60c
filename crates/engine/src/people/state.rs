//! Whether a negotiation moves, stalls or is dead, and why.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use terms::Role;

use super::table::{STILL, Table, index};

/// How it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Motion {
    /// Somebody has moved in the last quotes, or it has just begun.
    Moving,
    /// Somebody stands still, and nobody has conceded anything in their last quote.
    Stalled,
    /// A deal is no longer to be expected.
    Dead,
}

/// Why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Who does not move.
    Standstill,
    /// Somebody took an offer back.
    TakenBack,
    /// The gap is wide for how long they have talked.
    WideGap,
    /// A last word was given and not taken.
    LastWord,
    /// It has ended.
    Ended,
}

/// How it stands and why, by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// How.
    pub motion: Motion,
    /// Why, and whose doing it is, where it is somebody's.
    pub reasons: Vec<(Reason, Option<Role>)>,
}

/// A negotiation in which a deal is less likely than this is dead.
pub const DEAD_UNDER: f64 = 0.3;

impl Standing {
    /// Of a table on which a deal has `chance`; `over` once it has ended.
    pub(super) fn of(table: &Table, over: Option<Option<f64>>, chance: f64) -> Self {
        if over == Some(None) {
            return Self { motion: Motion::Dead, reasons: vec![(Reason::Ended, None)] };
        }
        let still = |role: Role| table.moves[index(role)].is_some_and(|moved| moved.abs() < STILL);
        let back = |role: Role| table.moves[index(role)].is_some_and(|moved| moved <= -STILL);
        let mut reasons = Vec::new();
        for role in [Role::Buyer, Role::Seller] {
            if still(role) {
                reasons.push((Reason::Standstill, Some(role)));
            }
            if back(role) {
                reasons.push((Reason::TakenBack, Some(role)));
            }
        }
        if table.insisted[0] {
            reasons.push((Reason::Standstill, table.last.map(Role::other)));
        }
        if table.formal && table.last.is_some() {
            reasons.push((Reason::LastWord, table.last));
        }
        if table.gap().is_some_and(|gap| gap > 1.0) {
            reasons.push((Reason::WideGap, None));
        }
        // A side that stands still stalls nothing while the other concedes.
        let concedes = |role: Role| table.moves[index(role)].is_some_and(|moved| moved >= STILL);
        let conceding = [Role::Buyer, Role::Seller].into_iter().any(concedes);
        let standing = still(Role::Buyer) || still(Role::Seller) || table.insisted[0];
        let motion = if over.is_none() && chance < DEAD_UNDER {
            Motion::Dead
        } else if over.is_none() && standing && !conceding {
            Motion::Stalled
        } else {
            Motion::Moving
        };
        if motion == Motion::Moving {
            reasons.clear();
        }
        Self { motion, reasons }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(quotes: &[(Role, f64)]) -> Table {
        let mut table = Table::new([Some(1.0), Some(3.0)], 0.0);
        quotes.iter().for_each(|&(by, price)| table.quote(by, price, false));
        table
    }

    #[test]
    fn a_stall_is_none_while_the_other_concedes() {
        let (buyer, seller) = (Role::Buyer, Role::Seller);
        let conceding = table(&[(seller, 3.0), (buyer, 1.0), (seller, 2.8), (buyer, 1.0), (seller, 2.6), (buyer, 1.0)]);
        assert_eq!(Standing::of(&conceding, None, 0.8).motion, Motion::Moving);
        let standing = table(&[(seller, 3.0), (buyer, 1.0), (seller, 3.0), (buyer, 1.0)]);
        let told = Standing::of(&standing, None, 0.8);
        assert_eq!(told.motion, Motion::Stalled);
        assert!(told.reasons.contains(&(Reason::Standstill, Some(buyer))));
        assert!(told.reasons.contains(&(Reason::Standstill, Some(seller))));
        assert_eq!(Standing::of(&standing, None, 0.1).motion, Motion::Dead);
        assert_eq!(Standing::of(&standing, Some(None), 0.0).motion, Motion::Dead);
    }

    #[test]
    fn what_is_taken_back_is_said_where_nothing_moves() {
        let told = Standing::of(
            &table(&[(Role::Seller, 3.0), (Role::Buyer, 1.5), (Role::Seller, 3.0), (Role::Buyer, 1.2)]),
            None,
            0.5,
        );
        assert_eq!(told.motion, Motion::Stalled);
        assert!(told.reasons.contains(&(Reason::TakenBack, Some(Role::Buyer))));
    }
}
