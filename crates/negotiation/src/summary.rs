//! What is listed of a negotiation without reading its whole record.

use jiff::Timestamp;
use terms::{Amount, Currency, PlanId, Role, Side};

use crate::Version;
use crate::fact::Fact;
use crate::guidance::Request;
use crate::party::Participant;
use crate::precedent::Event;
use crate::state::{Negotiation, Phase};

/// A negotiation in a few fields: those known at the table, and what is ours alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// What it is called.
    pub title: String,
    /// With whom.
    pub counterpart: String,
    /// What we do.
    pub role: Role,
    /// ISO 4217 code.
    pub currency: Currency,
    /// How far it has come.
    pub phase: Phase,
    /// The last entry's version.
    pub version: Version,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When the last entry was recorded.
    pub changed_at: Timestamp,
    /// Times that our boss came in.
    pub appearances: u32,
    /// Times that they called for our boss.
    pub calls: u32,
    /// Our last price.
    pub ours: Option<Amount>,
    /// Theirs.
    pub theirs: Option<Amount>,
    /// They have called for our boss, and have no answer yet.
    pub boss_called: bool,
    /// What is ours alone; none of it is listed to those who only look on.
    pub privileged: Option<Privileged>,
    /// Put away: lists leave it out.
    pub archived: bool,
    /// Our people.
    pub participants: Vec<Participant>,
}

/// What is ours alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Privileged {
    /// When the boss is to be reminded next.
    pub due: Option<Timestamp>,
    /// Questions that wait for the boss.
    pub questions: u32,
    /// By when the most pressing needs its answer.
    pub needed_by: Option<Timestamp>,
    /// The plan that the last advice taken recommends.
    pub plan: Option<PlanId>,
    /// What bringing the boss in was worth in it against the best of the others, in money; negative where it costs.
    pub boss_now: Option<Amount>,
    /// How it is stuck.
    pub impasse: Option<String>,
}

impl Privileged {
    fn of(negotiation: &Negotiation) -> Self {
        let is_open = negotiation.phase == Phase::Open;
        let open = || negotiation.requests.iter().filter(|request| is_open && request.is_open());
        let advice = negotiation.advice.as_ref().map(|(_, advice)| advice);
        Self {
            due: open().filter_map(Request::reminder_due_at).min(),
            questions: open().count() as u32,
            needed_by: open().map(|request| request.question.needed_by).min(),
            plan: advice.map(|advice| advice.plan),
            boss_now: advice.and_then(|advice| advice.against_best(PlanId::BossAtOutset)),
            impasse: negotiation.impasse.clone(),
        }
    }
}

impl Summary {
    /// Of a negotiation that was opened; `None` of any other.
    pub fn of(negotiation: &Negotiation) -> Option<Self> {
        let opening = negotiation.opening.as_ref()?;
        let newest = negotiation.history.last()?;
        let opened = negotiation.in_order().into_iter().find(|one| matches!(one.says, Some(Fact::Opened(_))))?;
        let events = negotiation.events();
        let count = |which: fn(&Event) -> bool| events.iter().filter(|(.., event)| which(event)).count() as u32;
        let last = |side| negotiation.standing(side).map(|recorded| recorded.offer.package.price);
        Some(Self {
            title: opening.title.clone(),
            counterpart: opening.counterpart.clone(),
            role: opening.role,
            currency: opening.currency,
            phase: negotiation.phase,
            version: negotiation.version,
            opened_at: opened.moment,
            changed_at: newest.at,
            appearances: count(Event::is_appearance),
            calls: count(Event::is_call),
            ours: last(Side::Us),
            theirs: last(Side::Them),
            boss_called: negotiation.boss_called,
            privileged: Some(Privileged::of(negotiation)),
            archived: negotiation.archived,
            participants: negotiation.participants.values().cloned().collect(),
        })
    }

    /// When the boss is to be reminded next.
    pub fn due(&self) -> Option<Timestamp> {
        self.privileged.as_ref()?.due
    }

    /// What bringing the boss in was worth when advice was last taken, where it is open and that was worth anything.
    pub fn worth(&self) -> Option<Amount> {
        let worth = self.privileged.as_ref()?.boss_now?;
        (self.phase == Phase::Open && worth.0.is_sign_positive() && !worth.0.is_zero()).then_some(worth)
    }

    /// By when the most pressing question needs its answer.
    pub fn needed_by(&self) -> Option<Timestamp> {
        self.privileged.as_ref()?.needed_by
    }

    /// What names the counterpart however it is written.
    pub fn counterpart_key(&self) -> String {
        counterpart_key(&self.counterpart)
    }
}

/// A counterpart's name without regard to case and spacing.
pub fn counterpart_key(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
