//! From a case to a record: what the case says, as facts that happened when it says. The way back is the [bridge](crate::bridge);
//! what the record has no place for is named, not dropped in silence.

use engine::case::{Act, ActKind, Answer, Case, Offer};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};
use negotiation::authority::{Extent, Stated};
use negotiation::fact::{Days, Opening, Preparation};
use negotiation::guidance::{self, Point, Question};
use negotiation::mandate::Mandate;
use negotiation::party::{Part, Participant, User};
use negotiation::proposal::{NEUTRAL_WORDING, Outcome, filled};
use negotiation::{Entry, Fact, Negotiation, Stamp, offer, stamp};
use store::Note;
use terms::{Amount, Quantity};

use crate::accounts::Principal;
use crate::bridge::UNSAID;
use crate::desk::{Desk, Done};
use crate::error::Error;
use crate::secret;

/// Days that an answer is waited for where a case doesn't say.
const DAYS_TO_ANSWER: i64 = 7;

/// A case taken in.
#[derive(Clone, Debug)]
pub struct TakenIn {
    /// What was recorded.
    pub done: Done,
    /// What the record has no place for, or holds otherwise, a sentence each.
    pub left_out: Vec<String>,
}

/// With whom a case is, as far as its title tells: what stands after "with", else all of it.
pub fn counterpart_of(title: &str) -> &str {
    title.rsplit_once(" with ").map_or(title, |(_, name)| name)
}

/// A fact, and the day on which it happened where the case says.
type Dated = (Option<Date>, Fact);

impl Desk {
    /// Makes a negotiation of `who`'s own of a case: recorded now, its offers and acts on their days.
    pub async fn take_in_case(
        &self,
        who: &Principal,
        case: &Case,
        counterpart: &str,
        now: Timestamp,
    ) -> Result<TakenIn, Error> {
        if !negotiation::access::within(&who.scopes, negotiation::access::Act::Negotiate) {
            return Err(Error::Forbidden);
        }
        let opening = Opening {
            title: case.title.clone(),
            role: case.role,
            currency: case.currency,
            counterpart: counterpart.to_owned(),
        };
        opening.sound()?;
        let on_record = f64::from(self.appearances_with(&opening.counterpart, None).await?);
        let mut case = case.clone();
        if let Some(stated) = &mut case.future.past_boss_appearances {
            // Those on record here are counted from the record.
            *stated = stated.map(|times| (times - on_record).max(0.0));
        }
        let (facts, left_out) = facts_of(&case, opening, &who.user, now);
        if let Some(ahead) = facts.iter().find(|(on, _)| Stamp::new(now, *on).is_ahead()) {
            let day = ahead.0.map(|day| day.to_string()).unwrap_or_default();
            return Err(Error::Import(format!("the case has an entry dated {day}, which lies ahead; check the date")));
        }
        let negotiation = recorded(facts, &who.user, now);
        let id = secret::id()?;
        self.append(who, &id, 0, &negotiation.history, &negotiation).await?;
        let what = who.logged("imported a case");
        let note = Note { at: now, who: &who.user.0, what: &what, negotiation: &id };
        self.store.log(&note).await?;
        let done = Done { id, entries: negotiation.history.clone(), negotiation };
        Ok(TakenIn { done, left_out })
    }
}

/// The record that facts make, all recorded by one person: a microsecond apart, so that what has no day of its own keeps its
/// order.
pub(crate) fn recorded(facts: Vec<Dated>, by: &User, now: Timestamp) -> Negotiation {
    let count = facts.len() as i64;
    let at = |version: u64| now - SignedDuration::from_micros(count - version as i64);
    let entries = (1..).zip(facts);
    Negotiation::of(entries.map(|(version, (on, fact))| Entry { version, at: at(version), on, by: by.clone(), fact }))
}

/// The facts of a case, and what they leave out. What is known comes last: rounds left are counted from there.
pub(crate) fn facts_of(case: &Case, opening: Opening, me: &User, now: Timestamp) -> (Vec<Dated>, Vec<String>) {
    let mut intake = Intake { case, now, facts: Vec::new(), left_out: Vec::new(), day: None, last: None };
    let first = case.offers.iter().map(|offer| offer.date).chain(case.acts.iter().map(|act| act.date)).flatten().min();
    // What comes before every day that is known is put on the first.
    intake.day = first;
    intake.facts.push((first, Fact::Opened(opening)));
    let me = Participant { user: me.clone(), part: Part::Negotiator, privy: true };
    intake.facts.push((first, Fact::Joined(me)));
    intake.widened(first);
    let mut acts = case.acts.iter().peekable();
    for index in 0..=case.offers.len() {
        while let Some(act) = acts.next_if(|act| act.after_offers as usize <= index) {
            intake.act(act);
        }
        if let Some(offer) = case.offers.get(index) {
            intake.offer(offer);
        }
    }
    let widened = intake.last.take().map(|fact| (None, fact));
    intake.facts.extend(widened);
    let prepared = intake.preparation();
    intake.facts.push((None, Fact::Prepared(Box::new(prepared))));
    (intake.facts, intake.left_out)
}

struct Intake<'a> {
    case: &'a Case,
    now: Timestamp,
    facts: Vec<Dated>,
    left_out: Vec<String>,
    /// The day of the last entry that has one.
    day: Option<Date>,
    /// What happened after everything that has a day.
    last: Option<Fact>,
}

impl Intake<'_> {
    /// The day of an entry; one without a date has that of the entry before it, and the first of them says so.
    fn on(&mut self, date: Option<Date>) -> Option<Date> {
        if date.is_none() {
            let said = "Entries without a date are recorded on the day of the entry before them, the first ones on the first day that is known.";
            self.say(said);
        }
        self.day = date.or(self.day);
        self.day
    }

    fn say(&mut self, sentence: &str) {
        if !self.left_out.iter().any(|said| said == sentence) {
            self.left_out.push(sentence.to_owned());
        }
    }

    /// Leave that no answer gave: a limit that was widened in private.
    fn widened(&mut self, first: Option<Date>) {
        let stakes = &self.case.value;
        let asked = self.case.acts.iter().any(|act| act.answer == Some(Answer::Granted));
        let (Some(authority), Some(leave), false) = (stakes.authority, stakes.leave, asked) else { return };
        let granted = |price| Fact::MandateGranted { mandate: Mandate::to(amount(price)), told: true };
        self.facts.push((first, granted(authority.likely())));
        self.last = Some(granted(leave));
    }

    fn offer(&mut self, made: &Offer) {
        let on = self.on(made.date);
        let offer = offer::Offer {
            level: made.level,
            binding: made.binding,
            note: made.note.clone(),
            ..offer::Offer::of(made.by, amount(made.amount))
        };
        self.facts.push((on, Fact::Offered(offer)));
    }

    fn act(&mut self, act: &Act) {
        let on = self.on(act.date);
        let version = self.facts.len() as u64 + 1;
        let said = act.note.clone().unwrap_or_else(|| UNSAID.to_owned());
        let day = on.unwrap_or(stamp::day(self.now));
        let facts = match act.kind {
            ActKind::Guidance => self.guidance(act, version, said),
            ActKind::BothBossesProposed => self.proposal(act, day),
            ActKind::BossAskedFor => vec![Fact::BossAskedFor { how: said }],
            ActKind::BossContactedDirectly => vec![Fact::BossContacted { how: said }],
            ActKind::ImpasseNoted => vec![Fact::ImpasseNoted { how: said }],
            ActKind::Visit => vec![Fact::VisitHeld { on: day, touched_terms: false }],
            ActKind::BossJoined => vec![Fact::BossJoined { price: None, overriding: None }],
            ActKind::HandedOver => vec![Fact::HandedOver { price: None, overriding: None }],
            ActKind::BossDeclined => vec![Fact::BossDeclined { reply: UNSAID.to_owned() }],
            ActKind::BossHandedBack => vec![Fact::BossHandedBack { reply: UNSAID.to_owned() }],
        };
        let keeps_note = matches!(
            act.kind,
            ActKind::Guidance | ActKind::BossAskedFor | ActKind::BossContactedDirectly | ActKind::ImpasseNoted
        );
        if act.note.is_some() && !keeps_note {
            self.say("Notes on proposals, visits and the boss's coming and going are left out.");
        }
        self.facts.extend(facts.into_iter().map(|fact| (on, fact)));
    }

    fn guidance(&mut self, act: &Act, request: u64, recommendation: String) -> Vec<Fact> {
        let stakes = &self.case.value;
        // What was asked for is not in a case; what it has led to is.
        let to = stakes.leave.unwrap_or(stakes.authority.unwrap_or(stakes.walk_away).likely());
        let question = Question {
            point: Point::Price { to: amount(to) },
            recommendation,
            options: Vec::new(),
            needed_by: ahead(self.now),
            otherwise: UNSAID.to_owned(),
        };
        let answer = match act.answer {
            Some(Answer::Granted) => Some(guidance::Answer::Approve),
            Some(Answer::Refused) => Some(guidance::Answer::Refuse { reason: UNSAID.to_owned() }),
            _ => None,
        };
        let asked = Fact::GuidanceAsked { question, about: None };
        let answered = answer.map(|answer| Fact::GuidanceAnswered { request, answer, until: None, told: true });
        std::iter::once(asked).chain(answered).collect()
    }

    fn proposal(&self, act: &Act, day: Date) -> Vec<Fact> {
        let due = day.to_zoned(TimeZone::UTC).ok().map(|midnight| ahead(midnight.timestamp()));
        let proposed = Fact::BothBossesProposed {
            wording: filled(NEUTRAL_WORDING, &self.case.title, "you", DAYS_TO_ANSWER),
            answer_by: due.unwrap_or(self.now),
            overriding: None,
        };
        let outcome = match act.answer {
            Some(Answer::Unlocked) => Some(Outcome::Unlocked),
            Some(Answer::Accepted) => Some(Outcome::Accepted),
            Some(Answer::Declined) => Some(Outcome::Declined),
            Some(Answer::Ignored) => Some(Outcome::Ignored),
            Some(Answer::Backlash) => Some(Outcome::Backlash),
            Some(Answer::Granted | Answer::Refused) | None => None,
        };
        let consented = Fact::BossConsented { until: None, told: true };
        let answered = outcome.map(|outcome| Fact::BothBossesAnswered { outcome });
        [consented, proposed].into_iter().chain(answered).collect()
    }

    fn preparation(&self) -> Preparation {
        let case = self.case;
        let authority =
            case.value.authority.map_or(Stated::Otherwise(Extent::Unlimited), |to| Stated::To(estimate(to)));
        Preparation {
            walk_away: Some(estimate(case.value.walk_away)),
            target: Some(estimate(case.value.target)),
            authority: Some(authority),
            boss_limit: case.value.boss_limit.map(estimate),
            counterpart_limit: Some(estimate(case.counterpart.limit)),
            rounds_left: case.time.rounds_left,
            deadline: case.time.deadline,
            days_per_round: case.time.days_per_round.and_then(Days::of_f64),
            cost_of_delay_per_week: case.time.cost_of_delay_per_week.map(estimate),
            cost_of_delay_per_round: case.time.cost_of_delay_per_round.map(estimate),
            cost_of_escalating: case.counterpart.cost_of_escalating.map(estimate),
            later_deals: case.future.later_deals.map(estimate),
            value_per_deal: case.future.value_per_deal.map(estimate),
            discount: case.future.discount.map(estimate),
            past_boss_appearances: case.future.past_boss_appearances.map(estimate),
            boss_time_cost: case.boss.time_cost.map(estimate),
            boss_skill: case.boss.skill.map(estimate),
            boss_expected: case.boss.already_expected,
            assumptions: case
                .assumptions
                .iter()
                .map(|(name, &value)| (name.key().to_owned(), estimate(value)))
                .collect(),
            role_priors: case.role_priors,
            ..Preparation::default()
        }
    }
}

fn ahead(from: Timestamp) -> Timestamp {
    from.checked_add(Span::new().hours(24 * DAYS_TO_ANSWER)).unwrap_or(from)
}

fn estimate(quantity: Quantity<f64>) -> Quantity<Amount> {
    quantity.map(amount)
}

pub(crate) fn amount(value: f64) -> Amount {
    Amount::of_f64(value, 6).unwrap_or(Amount::ZERO)
}
