//! The book beside the record: whom we deal with and who of theirs we know, what our people are in charge of, and where
//! they travel. Everybody with an account reads it; every change is logged.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use negotiation::access::{Act, within};
use negotiation::summary::counterpart_key;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use store::{Note, Page, Shelf};
use visits::{Calendar, Colleague, Counterpart};

use crate::accounts::Principal;
use crate::desk::Desk;
use crate::error::Error;

/// Days ahead that a calendar is read for.
const DAYS_AHEAD: i32 = 365;
/// How long a calendar at an address is good before it is read again.
const GOOD_FOR: SignedDuration = SignedDuration::from_hours(6);
/// The most of anything on a page.
const MOST: usize = 200;
/// The longest name or place.
const LETTERS: usize = 200;

/// A page with the revision that a change must follow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Kept<T> {
    /// How often it was written.
    pub revision: u64,
    /// What it says.
    #[serde(flatten)]
    pub page: T,
}

/// Where a calendar came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A file, once.
    File,
    /// An address, again and again. Whoever knows it reads the calendar: it is shown to nobody.
    Address(String),
}

/// Somebody's calendar: where they travel, and nothing else of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarKept {
    /// Where it came from.
    pub source: Source,
    /// When it was last read.
    pub read_at: Timestamp,
    /// Why it could not be read the last time that it was tried, if so; the trips are then as they were before.
    pub trouble: Option<String>,
    /// When it was last tried.
    pub tried_at: Timestamp,
    /// What was read.
    pub calendar: Calendar,
}

/// How somebody's calendar does, without anything that it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarState {
    /// Whose it is.
    pub owner: String,
    /// Whether it is read from an address, again and again.
    pub is_fetched: bool,
    /// Why it could not be read the last time that it was tried, if so.
    pub trouble: Option<String>,
}

/// The day by which everything about visits is reckoned.
pub(crate) fn today(now: Timestamp) -> Date {
    now.to_zoned(TimeZone::UTC).date()
}

impl Desk {
    /// One's own calendar.
    pub async fn calendar(&self, who: &Principal) -> Result<Option<CalendarKept>, Error> {
        reads(who)?;
        Ok(self.kept(Shelf::Calendars, &who.user.0).await?.map(|kept| kept.page))
    }

    /// Keeps where one travels, out of a calendar's text.
    pub async fn keep_calendar(
        &self,
        who: &Principal,
        source: Source,
        text: &str,
        now: Timestamp,
    ) -> Result<CalendarKept, Error> {
        writes(who)?;
        let kept = CalendarKept {
            source,
            read_at: now,
            trouble: None,
            tried_at: now,
            calendar: self.read_calendar(&who.user.0, text, now).await?,
        };
        let held: Option<Kept<CalendarKept>> = self.kept(Shelf::Calendars, &who.user.0).await?;
        let revision = held.map_or(0, |held| held.revision);
        self.keep(who, Shelf::Calendars, &who.user.0, revision, &kept, now).await?;
        Ok(kept)
    }

    /// Forgets where one travels.
    pub async fn forget_calendar(&self, who: &Principal, now: Timestamp) -> Result<(), Error> {
        writes(who)?;
        let what = who.logged("took their calendar away");
        let note = Note { at: now, who: &who.user.0, what: &what, negotiation: "" };
        Ok(self.store.remove_page(Shelf::Calendars, &who.user.0, &note).await?)
    }

    /// Calendars at an address that are due to be read again: whose, and where.
    pub async fn calendars_due(&self, now: Timestamp) -> Result<Vec<(String, String)>, Error> {
        let all = self.all_kept::<CalendarKept>(Shelf::Calendars).await?;
        let due = all.into_iter().filter_map(|(name, kept)| match kept.page.source {
            Source::Address(address) if now.duration_since(kept.page.tried_at) >= GOOD_FOR => Some((name, address)),
            _ => None,
        });
        Ok(due.collect())
    }

    /// How all calendars do, for whoever runs the desk.
    pub async fn calendar_states(&self) -> Result<Vec<CalendarState>, Error> {
        let all = self.all_kept::<CalendarKept>(Shelf::Calendars).await?;
        let state = |(owner, Kept { page, .. }): (String, Kept<CalendarKept>)| {
            let is_fetched = matches!(page.source, Source::Address(_));
            CalendarState { owner, is_fetched, trouble: page.trouble }
        };
        Ok(all.into_iter().map(state).collect())
    }

    /// Takes in what a calendar at an address says now, or why it could not be read.
    pub async fn reread_calendar(
        &self,
        owner: &str,
        text: Result<String, String>,
        now: Timestamp,
    ) -> Result<(), Error> {
        let Some(Kept { revision, page: mut kept }) = self.kept::<CalendarKept>(Shelf::Calendars, owner).await? else {
            return Ok(());
        };
        kept.tried_at = now;
        let calendar = match text {
            Ok(text) => self.read_calendar(owner, &text, now).await.map_err(|why| why.to_string()),
            Err(why) => Err(why),
        };
        match calendar {
            Ok(calendar) => (kept.calendar, kept.read_at, kept.trouble) = (calendar, now, None),
            Err(why) => kept.trouble = Some(why),
        }
        let body = body(&kept)?;
        let page = page(Shelf::Calendars, owner, revision + 1, owner, body, now);
        let note = Note { at: now, who: owner, what: "calendar read again", negotiation: "" };
        Ok(self.store.write_page(&page, &note).await?)
    }

    /// Whom we deal with, by name.
    pub async fn counterparts(&self, who: &Principal) -> Result<Vec<Kept<Counterpart>>, Error> {
        reads(who)?;
        Ok(self.all_kept(Shelf::Counterparts).await?.into_iter().map(|(_, kept)| kept).collect())
    }

    /// One of those, by name; revision 0 and the name alone where nothing is written of it yet.
    pub async fn counterpart(&self, who: &Principal, name: &str) -> Result<Kept<Counterpart>, Error> {
        reads(who)?;
        let unwritten = || Kept { revision: 0, page: Counterpart { name: name.to_owned(), ..Counterpart::default() } };
        Ok(self.kept(Shelf::Counterparts, &counterpart_key(name)).await?.unwrap_or_else(unwritten))
    }

    /// Writes what we know of a counterpart, after a revision.
    pub async fn keep_counterpart(
        &self,
        who: &Principal,
        counterpart: &Counterpart,
        revision: u64,
        now: Timestamp,
    ) -> Result<Kept<Counterpart>, Error> {
        writes(who)?;
        sound_counterpart(counterpart)?;
        self.keep(who, Shelf::Counterparts, &counterpart_key(&counterpart.name), revision, counterpart, now).await?;
        Ok(Kept { revision: revision + 1, page: counterpart.clone() })
    }

    /// Our people, by name.
    pub async fn colleagues(&self, who: &Principal) -> Result<Vec<Kept<Colleague>>, Error> {
        reads(who)?;
        Ok(self.all_kept(Shelf::Colleagues).await?.into_iter().map(|(_, kept)| kept).collect())
    }

    /// Writes how high one of our people stands and what they are in charge of; whatever was written of them before.
    pub async fn keep_colleague(&self, who: &Principal, colleague: &Colleague, now: Timestamp) -> Result<(), Error> {
        writes(who)?;
        self.accounts.can_be_named(&colleague.user).await?;
        sound(&colleague.product_lines)?;
        let held: Option<Kept<Colleague>> = self.kept(Shelf::Colleagues, &colleague.user).await?;
        let revision = held.map_or(0, |held| held.revision);
        self.keep(who, Shelf::Colleagues, &colleague.user, revision, colleague, now).await
    }

    /// Reads a calendar in its turn: a large one takes its time.
    async fn read_calendar(&self, whose: &str, text: &str, now: Timestamp) -> Result<Calendar, Error> {
        let from = today(now);
        let until = from.checked_add(DAYS_AHEAD.days()).map_err(|_| Error::Ours("the end of time"))?;
        let text = text.to_owned();
        Ok(self.computing.run(whose, move |_| visits::read(&text, from, until)).await??)
    }

    pub(crate) async fn kept<T: DeserializeOwned>(&self, shelf: Shelf, name: &str) -> Result<Option<Kept<T>>, Error> {
        if name.chars().any(char::is_control) {
            return Ok(None);
        }
        let page = self.store.page(shelf, name).await?;
        page.map(|page| Ok(Kept { revision: page.revision, page: parsed(&page)? })).transpose()
    }

    pub(crate) async fn all_kept<T: DeserializeOwned>(&self, shelf: Shelf) -> Result<Vec<(String, Kept<T>)>, Error> {
        let pages = self.store.pages(shelf).await?;
        let kept = pages.into_iter().map(|page| {
            let parsed = parsed(&page)?;
            Ok((page.name, Kept { revision: page.revision, page: parsed }))
        });
        kept.collect()
    }

    pub(crate) async fn keep<T: Serialize>(
        &self,
        who: &Principal,
        shelf: Shelf,
        name: &str,
        revision: u64,
        what: &T,
        now: Timestamp,
    ) -> Result<(), Error> {
        let next = revision.checked_add(1).ok_or(Error::Conflict { expected: revision, found: 0 })?;
        let page = page(shelf, name, next, &who.user.0, body(what)?, now);
        let words = match shelf {
            Shelf::Calendars => "kept their calendar",
            Shelf::Counterparts => "wrote of a counterpart",
            Shelf::Colleagues => "wrote of a colleague",
            Shelf::Visits => "wrote of a visit",
        };
        let what = who.logged(words);
        Ok(self.store.write_page(&page, &Note { at: now, who: &who.user.0, what: &what, negotiation: "" }).await?)
    }
}

/// Whoever sees anything reads the book.
pub(crate) fn reads(who: &Principal) -> Result<(), Error> {
    if within(&who.scopes, Act::See) { Ok(()) } else { Err(Error::Forbidden) }
}

/// Whoever may do a negotiator's work writes in it.
pub fn writes(who: &Principal) -> Result<(), Error> {
    if within(&who.scopes, Act::Negotiate) { Ok(()) } else { Err(Error::Forbidden) }
}

fn page(shelf: Shelf, name: &str, revision: u64, by: &str, body: String, now: Timestamp) -> Page {
    Page { shelf, name: name.to_owned(), revision, changed_at: now, changed_by: by.to_owned(), body }
}

fn body<T: Serialize>(what: &T) -> Result<String, Error> {
    serde_json::to_string(what).map_err(|_| Error::Ours("a page can't be written"))
}

fn parsed<T: DeserializeOwned>(page: &Page) -> Result<T, Error> {
    serde_json::from_str(&page.body).map_err(|cause| {
        // Its text would quote the page.
        tracing::error!(shelf = ?page.shelf, line = cause.line(), column = cause.column(), "a page of the book can't be read");
        Error::Ours("a page of the book can't be read; the log says which kind")
    })
}

fn sound_counterpart(counterpart: &Counterpart) -> Result<(), Error> {
    named(&counterpart.name)?;
    sound(&counterpart.places)?;
    sound(&counterpart.product_lines)?;
    if counterpart.people.len() > MOST || counterpart.ties.len() > MOST {
        return Err(Error::Page("there are too many people or ties; keep at most 200 of each"));
    }
    for person in &counterpart.people {
        named(&person.name)?;
        sound(std::slice::from_ref(&person.title))?;
    }
    counterpart.ties.iter().try_for_each(|tie| named(&tie.ours).and_then(|()| named(&tie.theirs)))
}

/// That somebody or something has a name.
pub(crate) fn named(name: &str) -> Result<(), Error> {
    if name.is_empty() || name.trim() != name {
        return Err(Error::Page("somebody has no name, or one with space around it; give one of 1 to 200 letters"));
    }
    sound(&[name.to_owned()])
}

/// Lists that are neither too long nor hold what is not text.
pub(crate) fn sound(texts: &[String]) -> Result<(), Error> {
    let fits = |text: &String| text.chars().count() <= LETTERS && !text.chars().any(char::is_control);
    if texts.len() <= MOST && texts.iter().all(fits) {
        Ok(())
    } else {
        Err(Error::Page("a list is too long, or a line of it; keep at most 200 lines of 200 letters, each on one line"))
    }
}
