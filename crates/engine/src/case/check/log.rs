//! The log: entries in order, and nothing that could not have happened.

use jiff::civil::Date;
use terms::{Level, Role, Side};

use crate::case::{Act, ActKind, Answer, Case, MAX_ROUNDS, Offer};

use super::Fault;

/// The most offers, and the most acts, that are read.
const MOST_ENTRIES: usize = 500;

pub(super) fn check(case: &Case, faults: &mut Vec<Fault>) {
    if case.offers.len() > MOST_ENTRIES || case.acts.len() > MOST_ENTRIES {
        let path = if case.offers.len() > MOST_ENTRIES { "offers" } else { "acts" };
        faults.push(Fault::new(path, "has too many entries", "Up to 500 are read; leave out the oldest."));
        return;
    }
    let mut walk = Walk { role: case.role, faults, ours: None, theirs: None, room: Room::Without, date: None };
    let mut acts = case.acts.iter().enumerate().peekable();
    for index in 0..=case.offers.len() {
        while let Some((number, act)) = acts.next_if(|(_, act)| act.after_offers as usize <= index) {
            walk.act(number, act, number + 1 == case.acts.len());
        }
        if let Some(offer) = case.offers.get(index) {
            walk.offer(index, offer);
        }
    }
    for (number, _) in acts {
        let mend = "after_offers must not exceed the number of offers.";
        walk.faults.push(Fault::new(format!("acts[{number}]"), "comes after more offers than there are", mend));
    }
    let by = |party| case.offers.iter().filter(|offer| offer.by == party).count();
    let begun = by(Side::Us).max(by(Side::Them)) as u32;
    let left = case.time.rounds_left.unwrap_or(0);
    if left <= MAX_ROUNDS && begun + left > MAX_ROUNDS {
        let mend = format!("Rounds begun and left may come to {MAX_ROUNDS} together.");
        faults.push(Fault::new("time.rounds_left", "makes too many rounds", &mend));
    }
}

/// Who is in the room for us.
#[derive(Clone, Copy, PartialEq)]
enum Room {
    Without,
    WithBoss,
    HandedOver,
}

struct Walk<'a> {
    role: Role,
    faults: &'a mut Vec<Fault>,
    ours: Option<f64>,
    theirs: Option<f64>,
    room: Room,
    date: Option<Date>,
}

impl Walk<'_> {
    fn fault(&mut self, path: String, problem: &str, mend: &str) {
        self.faults.push(Fault::new(path, problem, mend));
    }

    fn in_order(&mut self, path: &str, date: Option<Date>) {
        if let (Some(date), Some(last)) = (date, self.date)
            && date < last
        {
            let mend = "Entries go from the oldest to the newest; check the date or move the entry.";
            self.fault(format!("{path}.date"), "is before that of an earlier entry", mend);
        }
        self.date = self.date.max(date);
    }

    fn offer(&mut self, index: usize, offer: &Offer) {
        let path = format!("offers[{index}]");
        self.in_order(&path, offer.date);
        if !offer.amount.is_finite() || offer.amount.abs() > 1e15 {
            self.fault(format!("{path}.amount"), "is not a finite, sensible number", "Give the price offered.");
            return;
        }
        if offer.by == Side::Us && offer.level == Level::Negotiator && self.room == Room::HandedOver {
            let mend = "Say level = \"boss\", or record boss_handed_back before it.";
            self.fault(format!("{path}.level"), "is ours although the boss has taken over", mend);
        }
        match offer.by {
            Side::Us => self.ours = Some(offer.amount),
            Side::Them => self.theirs = Some(offer.amount),
        }
        let met = match (self.ours, self.theirs, self.role) {
            (Some(ours), Some(theirs), Role::Seller) => theirs >= ours,
            (Some(ours), Some(theirs), Role::Buyer) => theirs <= ours,
            _ => false,
        };
        if met {
            let mend = "The sides have met, so this negotiation is over; leave out the offer that closed it, or check `by` and `amount`.";
            self.fault(path, "is at least as good as the other side asked", mend);
            self.ours = None;
        }
    }

    fn act(&mut self, number: usize, act: &Act, is_last: bool) {
        let path = format!("acts[{number}]");
        self.in_order(&path, act.date);
        self.answer(&path, act, is_last);
        let (room, wrong) = match (act.kind, self.room) {
            (ActKind::BossJoined, Room::WithBoss | Room::HandedOver) => (self.room, Some("but the boss is in already")),
            (ActKind::HandedOver, Room::HandedOver) => (self.room, Some("but the boss has taken over already")),
            (ActKind::BossHandedBack, Room::Without) => (self.room, Some("but the boss never joined")),
            (ActKind::BothBossesProposed, Room::WithBoss | Room::HandedOver) => {
                (self.room, Some("but the boss is in already"))
            }
            (ActKind::BothBossesProposed, Room::Without) if act.answer == Some(Answer::Accepted) => {
                (Room::WithBoss, None)
            }
            (ActKind::BossJoined, Room::Without) => (Room::WithBoss, None),
            (ActKind::HandedOver, _) => (Room::HandedOver, None),
            (ActKind::BossHandedBack, _) => (Room::Without, None),
            _ => (self.room, None),
        };
        self.room = room;
        if let Some(wrong) = wrong {
            let mend = "Check the order of the acts, or add the one that is missing.";
            self.fault(format!("{path}.kind"), &format!("is {}, {wrong}", act.kind), mend);
        }
    }

    fn answer(&mut self, path: &str, act: &Act, is_last: bool) {
        let of_guidance = |answer| matches!(answer, Answer::Granted | Answer::Refused);
        let fits = match (act.kind, act.answer) {
            (_, None) => true,
            (ActKind::BothBossesProposed, Some(answer)) => !of_guidance(answer),
            (ActKind::Guidance, Some(answer)) => of_guidance(answer),
            _ => false,
        };
        if !fits {
            let mend = "A proposal is unlocked, accepted, declined, ignored or backlash; guidance granted or refused; nothing else is answered.";
            self.fault(format!("{path}.answer"), "does not fit the act", mend);
        }
        if act.kind == ActKind::BothBossesProposed && act.answer.is_none() && !is_last {
            let mend = "Say what came of the proposal: unlocked, accepted, declined, ignored or backlash.";
            self.fault(format!("{path}.answer"), "is missing although more acts followed", mend);
        }
    }
}
