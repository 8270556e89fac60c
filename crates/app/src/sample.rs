//! A worked case as a record, for somebody who wants to look around first.

use bargain::sheet::Sheet;
use engine::case::Case;
use jiff::civil::Date;
use jiff::{Span, Timestamp};
use negotiation::fact::Opening;
use negotiation::mandate::Mandate;
use negotiation::party::{Part, Participant, User};
use negotiation::{Command, Entry, Fact, Negotiation, stamp};
use store::Listed;

use crate::accounts::Principal;
use crate::acting::Wish;
use crate::desk::Desk;
use crate::error::Error;
use crate::intake::facts_of;
use crate::secret;

/// Who grants the mandate of a sample: nobody signs in as them.
pub const SAMPLE_BOSS: &str = "sample.boss";

/// Negotiations looked through for samples.
const LOOKED_THROUGH: u32 = 2_000;

/// A worked case to look around in.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The case.
    pub case: Case,
    /// Its issue sheet, where it has one.
    pub sheet: Option<Sheet>,
    /// With whom: each sample's own, so that no precedent of one counts in another.
    pub counterpart: &'static str,
}

impl Desk {
    /// Puts a sample on the desk of `who`, as their own negotiation with its offers, the last of them today.
    pub async fn take_in_sample(&self, who: &Principal, sample: Sample, now: Timestamp) -> Result<(), Error> {
        let negotiation = record(sample, &who.user, now);
        self.append(who, &secret::id()?, 0, &negotiation.history, &negotiation).await
    }
}

impl Desk {
    /// Puts all samples of `who`'s away; how many that were.
    pub async fn put_samples_away(&self, who: &Principal, now: Timestamp) -> Result<usize, Error> {
        let is_sample = |one: &Listed| {
            let summary = &one.summary;
            !summary.archived && summary.participants.iter().any(|participant| participant.user.0 == SAMPLE_BOSS)
        };
        let (listed, _) = self.list(who, None, LOOKED_THROUGH).await?;
        let samples: Vec<Listed> = listed.into_iter().filter(is_sample).collect();
        for sample in &samples {
            self.act(who, &sample.id, Wish::new(&Command::Archive, now)).await?;
        }
        Ok(samples.len())
    }
}

/// The record of a sample: its case moved to these days, under the mandate of a boss.
fn record(sample: Sample, negotiator: &User, now: Timestamp) -> Negotiation {
    let case = moved(sample.case, stamp::day(now));
    let opening = Opening {
        title: format!("Sample: {}", case.title),
        role: case.role,
        currency: case.currency,
        counterpart: sample.counterpart.to_owned(),
    };
    let (mut facts, _) = facts_of(&case, opening, negotiator, now);
    let boss = User::from(SAMPLE_BOSS);
    let first = facts.first().and_then(|(on, _)| *on);
    let joins = Fact::Joined(Participant { user: boss.clone(), part: Part::Boss, privy: true });
    let limit = facts.iter().find_map(|(_, fact)| match fact {
        Fact::Prepared(prepared) => prepared.authority?.price(),
        _ => None,
    });
    let mandate = limit.map(|limit| Fact::MandateGranted { mandate: Mandate::to(limit.likely()), told: false });
    facts.splice(2..2, std::iter::once(joins).chain(mandate).map(|fact| (first, fact)));
    facts.extend(sample.sheet.map(|sheet| (None, Fact::IssuesPrepared { sheet: Box::new(sheet) })));
    let entry = |(version, (on, fact)): (u64, (Option<Date>, Fact))| {
        let by = if matches!(fact, Fact::MandateGranted { .. }) { boss.clone() } else { negotiator.clone() };
        Entry { version, at: now, on, by, fact }
    };
    Negotiation::of((1..).zip(facts).map(entry))
}

/// The case with all its days moved so that its last entry is today's.
fn moved(mut case: Case, today: Date) -> Case {
    let last = case.offers.iter().map(|offer| offer.date).chain(case.acts.iter().map(|act| act.date)).flatten().max();
    let days = last.and_then(|last| today.since(last).ok()).map_or(0, |span| span.get_days());
    let move_on = |date: &mut Option<Date>| {
        *date = date.and_then(|date| date.checked_add(Span::new().days(days)).ok());
    };
    case.offers.iter_mut().for_each(|offer| move_on(&mut offer.date));
    case.acts.iter_mut().for_each(|act| move_on(&mut act.date));
    move_on(&mut case.time.deadline);
    move_on(&mut case.time.counted_from);
    case
}
