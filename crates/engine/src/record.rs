//! The offers and acts so far, in one order, in shares of the scale, as of one day.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use terms::{Level, Side};

use crate::case::{ActKind, Answer, Case, Fault};
use crate::scale::Scale;

mod standing;

pub use standing::{Guidance, NO_MOVEMENT, Standing, share_left};

/// What has happened and where that leaves both sides.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// What the counterpart saw or did, oldest first.
    pub events: Vec<Event>,
    /// Where it leaves us.
    pub standing: Standing,
    /// Steps of concession done, each from one offer to the next.
    pub steps_done: u32,
    /// Steps in all: done and left.
    pub steps_total: u32,
    /// Rounds begun.
    pub rounds_begun: u32,
    /// Rounds in all: begun and left.
    pub rounds_total: u32,
    /// The day on which the record stands, where entries are dated.
    pub as_of: Option<Date>,
}

/// Something that the counterpart saw or did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Event {
    /// They made an offer at `step`, their first one at whatever step counts as their opening.
    Theirs {
        /// The step that this offer ends.
        step: u32,
        /// The offer, in shares.
        amount: f64,
        /// Their boss made it.
        by_boss: bool,
    },
    /// They let `step` pass without an offer.
    Silence {
        /// The step that passed.
        step: u32,
    },
    /// We made an offer.
    Ours {
        /// The offer, in shares.
        amount: f64,
    },
    /// Our boss came in, as an act or by making an offer.
    BossJoins {
        /// Our boss took the negotiation over.
        takes_over: bool,
        /// Exchanges so far.
        exchanges: u32,
        /// Share of the steps done.
        time: f64,
        /// Somebody had said that it was stuck, or it showed.
        impasse: bool,
    },
    /// Our proposal to take it to both bosses was answered.
    Proposal {
        /// What came of it; `None` while it is pending.
        answer: Option<Answer>,
        /// Share of the steps done.
        time: f64,
    },
    /// Our boss visited, with the terms off the table.
    Visit,
    /// Somebody said that it is stuck.
    ImpasseNoted {
        /// What our boss allows was ours by then.
        opened: bool,
    },
}

impl Event {
    /// Whether it tells anything of the counterpart, as against only changing what they have in mind.
    pub fn is_evidence(&self) -> bool {
        matches!(
            self,
            Self::Theirs { .. }
                | Self::Silence { .. }
                | Self::Proposal { answer: Some(_), .. }
                | Self::ImpasseNoted { .. }
        )
    }
}

impl Record {
    /// The record of a checked case as of a day; everything when none is given.
    pub fn of(case: &Case, scale: &Scale, as_of: Option<Date>) -> Result<Self, Fault> {
        let mut builder = Builder::default();
        let mut whole = Builder::default();
        let mut acts = case.acts.iter().peekable();
        let mut date = None;
        for index in 0..=case.offers.len() {
            while let Some(act) = acts.next_if(|act| act.after_offers as usize <= index) {
                date = act.date.or(date);
                if visible(date, as_of) {
                    builder.date = date;
                    builder.act(act.kind, act.answer);
                }
            }
            let Some(offer) = case.offers.get(index) else { break };
            date = offer.date.or(date);
            let amount = scale.share_of_price(offer.amount);
            whole.offer(offer.by, amount, offer.level, offer.binding);
            if visible(date, as_of) {
                builder.date = date;
                builder.offer(offer.by, amount, offer.level, offer.binding);
            }
        }
        builder.finish(case, whole.rounds, as_of.or(date.max(case.time.counted_from)))
    }
}

fn visible(date: Option<Date>, as_of: Option<Date>) -> bool {
    match (date, as_of) {
        (Some(date), Some(as_of)) => date <= as_of,
        _ => true,
    }
}

#[derive(Default)]
struct Builder {
    events: Vec<Event>,
    standing: Standing,
    date: Option<Date>,
    rounds: u32,
    ours_in_round: bool,
    theirs_in_round: bool,
}

impl Builder {
    fn offer(&mut self, by: Side, amount: f64, level: Level, binding: bool) {
        self.begin_round_for(by);
        match by {
            Side::Us => {
                if level == Level::Boss && !self.standing.boss_in {
                    self.boss_joins(false);
                }
                self.ours_in_round = true;
                self.standing.stood_still = self.standing.ours.is_some_and(|before| before - amount < NO_MOVEMENT);
                self.standing.ours = Some(amount);
                self.standing.our_first.get_or_insert(amount);
                self.standing.reply_pending = true;
                self.events.push(Event::Ours { amount });
            }
            Side::Them => {
                self.theirs_in_round = true;
                let moved = self.standing.theirs.map(|before| amount - before);
                let still = moved.is_some_and(|moved| moved < NO_MOVEMENT);
                self.standing.stalled_rounds = if still { self.standing.stalled_rounds + 1 } else { 0 };
                self.standing.last_concession = moved.unwrap_or(0.0);
                self.standing.theirs = Some(amount);
                self.standing.their_first.get_or_insert(amount);
                self.standing.impasse_stands &= still;
                self.standing.theirs_binding = binding;
                self.standing.reply_pending = false;
                self.events.push(Event::Theirs { step: self.step(), amount, by_boss: level == Level::Boss });
            }
        }
    }

    /// A side that has already spoken in this round begins the next by speaking again.
    fn begin_round_for(&mut self, by: Side) {
        let spoken = match by {
            Side::Us => self.ours_in_round,
            Side::Them => self.theirs_in_round,
        };
        if self.rounds > 0 && !spoken {
            return;
        }
        if self.rounds > 0 && !self.theirs_in_round && self.standing.theirs.is_some() {
            self.events.push(Event::Silence { step: self.step() });
            self.standing.stalled_rounds += 1;
            self.standing.last_concession = 0.0;
        }
        self.rounds += 1;
        self.ours_in_round = false;
        self.theirs_in_round = false;
    }

    fn act(&mut self, kind: ActKind, answer: Option<Answer>) {
        let standing = &mut self.standing;
        match kind {
            ActKind::Guidance => {
                standing.guidance = match answer {
                    Some(Answer::Granted) => Guidance::Granted,
                    Some(Answer::Refused) => Guidance::Refused,
                    _ => Guidance::Asked,
                };
            }
            ActKind::Visit => self.events.push(Event::Visit),
            ActKind::BothBossesProposed => {
                standing.proposed = true;
                if answer == Some(Answer::Accepted) {
                    standing.boss_in = true;
                    standing.both_in = true;
                    standing.boss_was_in = true;
                }
                let time = self.time_so_far();
                self.events.push(Event::Proposal { answer, time });
            }
            ActKind::BossAskedFor | ActKind::BossContactedDirectly => standing.calls_for_boss += 1,
            ActKind::BossJoined => self.boss_joins(false),
            ActKind::BossDeclined => {}
            ActKind::BossHandedBack => {
                standing.boss_in = false;
                standing.both_in = false;
                standing.handed_over = false;
            }
            ActKind::HandedOver => self.boss_joins(true),
            ActKind::ImpasseNoted => {
                standing.impasse_noted = true;
                standing.impasse_stands = true;
                let opened = standing.boss_was_in || standing.guidance == Guidance::Granted;
                self.events.push(Event::ImpasseNoted { opened });
            }
        }
    }

    fn boss_joins(&mut self, takes_over: bool) {
        self.standing.boss_in = true;
        self.standing.boss_was_in = true;
        self.standing.left_when_boss_came = self.standing.share_left();
        self.standing.handed_over |= takes_over;
        self.events.push(Event::BossJoins {
            takes_over,
            exchanges: self.rounds,
            time: self.time_so_far(),
            impasse: self.standing.impasse_noted || self.standing.stalled_rounds >= 2,
        });
    }

    fn step(&self) -> u32 {
        self.rounds.saturating_sub(1)
    }

    /// Steps so far; divided by the steps in all once those are known.
    fn time_so_far(&self) -> f64 {
        f64::from(self.step())
    }

    fn finish(mut self, case: &Case, rounds_in_file: u32, as_of: Option<Date>) -> Result<Record, Fault> {
        let left = rounds_left(case, as_of.or(self.date), rounds_in_file - self.rounds)?;
        let steps_done = self.step();
        let steps_total = steps_done + left;
        for event in &mut self.events {
            if let Event::BossJoins { time, .. } | Event::Proposal { time, .. } = event {
                *time /= f64::from(steps_total);
            }
        }
        self.standing.reply_pending &= self.standing.theirs.is_some() && self.rounds > 1;
        Ok(Record {
            events: self.events,
            standing: self.standing,
            steps_done,
            steps_total,
            rounds_begun: self.rounds,
            rounds_total: self.rounds + left,
            as_of: as_of.or(self.date),
        })
    }
}

/// Rounds left, hidden ones added back, or as many as fit before the deadline.
fn rounds_left(case: &Case, today: Option<Date>, hidden: u32) -> Result<u32, Fault> {
    if let Some(rounds) = case.time.rounds_left {
        return Ok(rounds + hidden);
    }
    let deadline_needs = |problem: &str, mend: &str| Fault {
        path: "time.deadline".to_owned(),
        problem: problem.to_owned(),
        mend: mend.to_owned(),
    };
    let (Some(deadline), Some(days)) = (case.time.deadline, case.time.days_per_round) else {
        return Err(deadline_needs(
            "is missing, and so are the rounds left",
            "Give time.rounds_left, or time.deadline with time.days_per_round.",
        ));
    };
    let Some(today) = today else {
        return Err(deadline_needs(
            "has no day to count from",
            "Date an offer or an act, or ask with --as-of DATE; today's date is never used, so that an advice can be repeated.",
        ));
    };
    let span = (deadline - today).get_days();
    if span < 0 {
        return Err(deadline_needs(
            "is over on the day asked for",
            "Ask for an earlier day with --as-of, or give a later deadline.",
        ));
    }
    let rounds = (f64::from(span) / days).floor();
    if rounds > f64::from(crate::case::MAX_ROUNDS) {
        return Err(deadline_needs(
            "leaves more rounds than can be looked ahead",
            "Give longer rounds in time.days_per_round.",
        ));
    }
    Ok((rounds as u32).max(1))
}

/// The day `rounds` rounds after `from`, where it can be told.
pub fn day_after(from: Date, rounds: f64, days_per_round: f64) -> Option<Date> {
    let days: Span = ((rounds * days_per_round).round() as i64).days();
    from.checked_add(days).ok()
}
