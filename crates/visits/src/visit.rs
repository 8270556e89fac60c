//! A visit from its plan to its debrief.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A visit of one of our people to a counterpart, terms off the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Visit {
    /// Its id.
    pub id: String,
    /// Who goes, by account.
    pub visitor: String,
    /// To whom.
    pub counterpart: String,
    /// When.
    pub on: Date,
    /// Where.
    pub place: String,
    /// What to talk about.
    pub topics: Vec<String>,
    /// How far it has come.
    pub state: State,
    /// Who planned it.
    pub planned_by: String,
}

/// How far a visit has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// It is to come.
    Planned,
    /// It was called off.
    CalledOff,
    /// It took place.
    Held {
        /// When.
        on: Date,
        /// Terms came up all the same.
        touched_terms: bool,
    },
    /// It took place, and what it brought is written down.
    Debriefed {
        /// When it was held.
        on: Date,
        /// Terms came up all the same.
        touched_terms: bool,
        /// Whom of theirs the visitor met.
        met: Vec<String>,
        /// What it brought.
        notes: String,
    },
}

/// Why a visit can't go on so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It was held or called off already.
    #[error("the visit was held or called off already; plan another")]
    NotPlanned,
    /// It was not held yet, or was called off.
    #[error("the visit was not held; record that it was, first")]
    NotHeld,
    /// There is nothing to say.
    #[error("there is nothing in it; write what the visit brought, or whom you met")]
    Empty,
    /// It can't have been held on a day to come.
    #[error("that day is still to come; give the day on which the visit was held")]
    Ahead,
}

impl Visit {
    /// Whether it is to come.
    pub fn is_planned(&self) -> bool {
        self.state == State::Planned
    }

    /// It took place, at the latest on `today`.
    pub fn hold(&mut self, on: Date, touched_terms: bool, today: Date) -> Result<(), Refused> {
        if !self.is_planned() {
            return Err(Refused::NotPlanned);
        }
        if on > today {
            return Err(Refused::Ahead);
        }
        self.state = State::Held { on, touched_terms };
        Ok(())
    }

    /// It does not take place.
    pub fn call_off(&mut self) -> Result<(), Refused> {
        if !self.is_planned() {
            return Err(Refused::NotPlanned);
        }
        self.state = State::CalledOff;
        Ok(())
    }

    /// What it brought; may be written again.
    pub fn debrief(&mut self, met: Vec<String>, notes: String) -> Result<(), Refused> {
        let (State::Held { on, touched_terms } | State::Debriefed { on, touched_terms, .. }) = self.state else {
            return Err(Refused::NotHeld);
        };
        if met.is_empty() && notes.trim().is_empty() {
            return Err(Refused::Empty);
        }
        self.state = State::Debriefed { on, touched_terms, met, notes };
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn planned() -> Visit {
        Visit {
            id: "v".to_owned(),
            visitor: "carla".to_owned(),
            counterpart: "Meridian".to_owned(),
            on: date(2026, 12, 1),
            place: "Munich".to_owned(),
            topics: vec!["the new plant".to_owned()],
            state: State::Planned,
            planned_by: "anna".to_owned(),
        }
    }

    #[test]
    fn a_visit_is_held_once_and_debriefed_after() {
        let mut visit = planned();
        assert_eq!(visit.debrief(vec![], "went well".to_owned()), Err(Refused::NotHeld));
        assert_eq!(visit.hold(date(2026, 12, 2), false, date(2026, 12, 1)), Err(Refused::Ahead));
        visit.hold(date(2026, 12, 2), false, date(2026, 12, 2)).unwrap();
        assert_eq!(visit.hold(date(2026, 12, 3), false, date(2026, 12, 3)), Err(Refused::NotPlanned));
        assert_eq!(visit.call_off(), Err(Refused::NotPlanned));
        assert_eq!(visit.debrief(vec![], " ".to_owned()), Err(Refused::Empty));
        visit.debrief(vec!["Dr Weiss".to_owned()], String::new()).unwrap();
        visit.debrief(vec![], "went well".to_owned()).unwrap();
        let State::Debriefed { on, .. } = visit.state else { panic!("debriefed") };
        assert_eq!(on, date(2026, 12, 2), "the day that it was held stays");
    }

    #[test]
    fn what_was_called_off_is_not_held() {
        let mut visit = planned();
        visit.call_off().unwrap();
        assert_eq!(visit.hold(date(2026, 12, 2), false, date(2026, 12, 3)), Err(Refused::NotPlanned));
        assert_eq!(visit.debrief(vec![], "nothing".to_owned()), Err(Refused::NotHeld));
    }
}
