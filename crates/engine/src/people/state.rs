//! Whether a negotiation moves, stalls or is dead, and why.

use serde::Serialize;
use terms::Role;

use super::table::{STILL, Table, index};

/// How it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Motion {
    /// Somebody has moved in the last quotes, or it has just begun.
    Moving,
    /// Neither has moved in their last quotes.
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
            reasons.push((Reason::Standstill, table.last.map(super::table::other)));
        }
        if table.formal && table.last.is_some() {
            reasons.push((Reason::LastWord, table.last));
        }
        if table.gap().is_some_and(|gap| gap > 1.0) {
            reasons.push((Reason::WideGap, None));
        }
        let both_still = still(Role::Buyer) && still(Role::Seller);
        let motion = if over.is_none() && chance < DEAD_UNDER {
            Motion::Dead
        } else if over.is_none() && (both_still || table.standstill.iter().any(|&quotes| quotes >= 2)) {
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
