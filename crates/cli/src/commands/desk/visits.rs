//! `upstairs visit`: whom the bosses could see on their trips, and what to leave alone there.

use std::path::PathBuf;
use std::process::ExitCode;

use app::book::Source;
use app::{NewVisit, written};
use calendar_source::Fetcher;
use jiff::civil::Date;
use visits::{Colleague, Counterpart, Person, State, Suggestion, Tie, Tier};

use super::{At, Session, show};
use crate::error::Error;
use crate::files;

/// What can be done about visits.
#[derive(Debug, clap::Subcommand)]
pub enum Visit {
    /// List the visits that your people's trips make possible, the best first.
    Suggest(At<Suggest>),
    /// List all visits, those to come first.
    List(At<List>),
    /// Plan a visit, terms off the table.
    Plan(At<Plan>),
    /// Show what the visitor reads: topics, ties, what not to discuss.
    Brief(At<Brief>),
    /// Record that a visit took place.
    Hold(At<Hold>),
    /// Record that it does not take place.
    CallOff(At<CallOff>),
    /// Write down what a visit brought.
    Debrief(At<Debrief>),
    /// Give your calendar: a file, or an address that is read again by a desk that serves.
    Calendar(At<Calendar>),
    /// Make the address of a calendar of your visits, to subscribe to.
    Feed(At<Feed>),
    /// Write or show what you know of a counterpart: towns, product lines, people and ties.
    Counterpart(At<Account>),
    /// Write how high one of your people stands and what they are in charge of.
    Colleague(At<OurPerson>),
}

/// Runs what is about visits.
pub fn run(visit: Visit) -> Result<ExitCode, Error> {
    match visit {
        Visit::Suggest(at) => at.run(suggest),
        Visit::List(at) => at.run(list),
        Visit::Plan(at) => at.run(plan),
        Visit::Brief(at) => at.run(brief),
        Visit::Hold(at) => at.run(hold),
        Visit::CallOff(at) => at.run(call_off),
        Visit::Debrief(at) => at.run(debrief),
        Visit::Calendar(at) => at.run(calendar),
        Visit::Feed(at) => at.run(feed),
        Visit::Counterpart(at) => at.run(account),
        Visit::Colleague(at) => at.run(colleague),
    }
}

/// Nothing more to say.
#[derive(Debug, clap::Args)]
pub struct Suggest {}

async fn suggest(session: &Session, _: Suggest) -> Result<(), Error> {
    let suggestions = session.desk.visit_suggestions(&session.who, session.now).await?;
    if session.json {
        return show::json(&suggestions);
    }
    if suggestions.is_empty() {
        return show::lines(&[
            "  Nobody's trip leads past a counterpart. `upstairs visit calendar` takes calendars, and".to_owned(),
            "  `upstairs visit counterpart` the towns of counterparts.".to_owned(),
        ]);
    }
    show::lines(&suggestions.iter().flat_map(told).collect::<Vec<_>>())
}

fn told(one: &Suggestion) -> Vec<String> {
    let trip = &one.trip;
    let mut lines =
        vec![format!("  {}, {} to {}: {} ({})", one.visitor, trip.from, trip.to, one.counterpart, trip.location)];
    if !one.in_charge_of.is_empty() {
        lines.push(format!("    in charge of {}", one.in_charge_of.join(", ")));
    }
    if !one.gaps.is_empty() {
        let tiers: Vec<&str> = one.gaps.iter().map(|tier| tier.words()).collect();
        lines.push(format!("    nobody of yours has met this year: their {}", tiers.join(", ")));
    }
    for warning in &one.warnings {
        let title = warning.title.as_deref().unwrap_or("not yours");
        lines.push(format!("    ! {title}: {}; ask {}", warning.risk.words(), warning.ask.join(", ")));
    }
    lines
}

/// Nothing more to say.
#[derive(Debug, clap::Args)]
pub struct List {}

async fn list(session: &Session, _: List) -> Result<(), Error> {
    let visits: Vec<visits::Visit> =
        session.desk.visits(&session.who).await?.into_iter().map(|seen| seen.visit).collect();
    if session.json {
        return show::json(&visits);
    }
    show::lines(&visits.iter().map(line).collect::<Vec<_>>())
}

fn line(visit: &visits::Visit) -> String {
    let state = match &visit.state {
        State::Planned => "to come",
        State::CalledOff => "called off",
        State::Held { .. } => "held",
        State::Debriefed { .. } => "debriefed",
    };
    format!("  {}  {}  {} to {}, {}: {state}", visit.id, visit.on, visit.visitor, visit.counterpart, visit.place)
}

fn done(session: &Session, visit: &visits::Visit) -> Result<(), Error> {
    if session.json { show::json(visit) } else { show::lines(&[line(visit)]) }
}

/// A visit to be planned.
#[derive(Debug, clap::Args)]
pub struct Plan {
    /// Who goes.
    visitor: String,
    /// To whom.
    counterpart: String,
    /// When.
    #[arg(long, value_parser = written::day)]
    on: Date,
    /// Where.
    #[arg(long, default_value = "")]
    place: String,
    /// What to talk about; no terms. As often as needed.
    #[arg(long = "topic")]
    topics: Vec<String>,
}

async fn plan(session: &Session, plan: Plan) -> Result<(), Error> {
    let Plan { visitor, counterpart, on, place, topics } = plan;
    let new = NewVisit { visitor, counterpart, on, place, topics };
    done(session, &session.desk.plan_visit(&session.who, new, session.now).await?)
}

/// Which visit.
#[derive(Debug, clap::Args)]
pub struct Brief {
    /// Its id, as `upstairs visit list` gives it.
    id: String,
}

async fn brief(session: &Session, Brief { id }: Brief) -> Result<(), Error> {
    let brief = session.desk.visit_brief(&session.who, &id, session.now).await?;
    if session.json {
        return show::json(&brief);
    }
    let mut lines = vec![line(&brief.visit)];
    let mut list = |title: &str, items: Vec<String>| {
        if !items.is_empty() {
            lines.push(format!("\n  {title}"));
            lines.extend(items.into_iter().map(|item| format!("    {item}")));
        }
    };
    list(
        "Take care",
        brief.warnings.iter().map(|one| format!("{}; ask {}", one.risk.words(), one.ask.join(", "))).collect(),
    );
    list("Talk about", brief.visit.topics.clone());
    list("Do not discuss", brief.do_not_discuss.iter().map(|one| format!("{}: {}", one.what, one.why)).collect());
    if !brief.do_not_discuss.is_empty() {
        list("If terms come up", vec![brief.if_terms_come_up]);
    }
    let gaps = brief.gaps.iter().map(|tier| tier.words().to_owned()).collect();
    list("Nobody of yours has met this year", gaps);
    list("An agenda that you may send", brief.agenda.lines().map(str::to_owned).collect());
    show::lines(&lines)
}

/// A visit that took place.
#[derive(Debug, clap::Args)]
pub struct Hold {
    /// Its id.
    id: String,
    /// When.
    #[arg(long, value_parser = written::day)]
    on: Date,
    /// Terms came up all the same.
    #[arg(long)]
    touched_terms: bool,
}

async fn hold(session: &Session, hold: Hold) -> Result<(), Error> {
    done(session, &session.desk.hold_visit(&session.who, &hold.id, hold.on, hold.touched_terms, session.now).await?)
}

/// A visit that does not take place.
#[derive(Debug, clap::Args)]
pub struct CallOff {
    /// Its id.
    id: String,
}

async fn call_off(session: &Session, CallOff { id }: CallOff) -> Result<(), Error> {
    done(session, &session.desk.call_visit_off(&session.who, &id, session.now).await?)
}

/// What a visit brought.
#[derive(Debug, clap::Args)]
pub struct Debrief {
    /// Its id.
    id: String,
    /// In words.
    #[arg(default_value = "")]
    notes: String,
    /// Whom of theirs the visitor met. As often as needed.
    #[arg(long = "met", value_name = "NAME")]
    met: Vec<String>,
}

async fn debrief(session: &Session, said: Debrief) -> Result<(), Error> {
    done(session, &session.desk.debrief_visit(&session.who, &said.id, said.met, said.notes, session.now).await?)
}

/// A calendar.
#[derive(Debug, clap::Args)]
pub struct Calendar {
    /// An .ics file.
    #[arg(required_unless_present_any = ["address", "forget"], conflicts_with_all = ["address", "forget"])]
    file: Option<PathBuf>,
    /// Its private address instead: https:// or webcal://.
    #[arg(long, value_name = "URL")]
    address: Option<String>,
    /// Take the calendar away.
    #[arg(long, conflicts_with = "address")]
    forget: bool,
}

/// As much of a calendar as is read.
const MOST_BYTES: u64 = 4 * 1024 * 1024;

async fn calendar(session: &Session, wish: Calendar) -> Result<(), Error> {
    let (source, text) = match (wish.file, wish.address) {
        (Some(file), _) => {
            let bytes = files::read(&file, MOST_BYTES)?;
            let text = terms::text_of(&bytes).map_err(|fault| {
                let what = format!("is no text from line {} on", fault.line);
                Error::Option(file.display().to_string(), what, "Export the calendar again, as .ics.".to_owned())
            })?;
            (Source::File, text.into_owned())
        }
        (None, Some(address)) => {
            let text = Fetcher::default().fetch(&address).map_err(|refused| {
                Error::Option("--address".to_owned(), "was not read".to_owned(), format!("{refused}."))
            })?;
            (Source::Address(address), text)
        }
        (None, None) => {
            session.desk.forget_calendar(&session.who, session.now).await?;
            return show::lines(&["  Forgotten.".to_owned()]);
        }
    };
    let kept = session.desk.keep_calendar(&session.who, source, &text, session.now).await?;
    if session.json {
        return show::json(&kept.calendar);
    }
    let mut lines: Vec<String> =
        kept.calendar.trips.iter().map(|trip| format!("  {} to {}  {}", trip.from, trip.to, trip.location)).collect();
    lines.push(format!(
        "  Trips in the year ahead: {}; events without a place: {}; events that could not be read, or not to their end: {}.",
        kept.calendar.trips.len(),
        kept.calendar.without_location,
        kept.calendar.unread
    ));
    for one in &kept.calendar.not_read {
        let from = one.from.map(|from| format!(", {from}")).unwrap_or_default();
        let place = if one.location.is_empty() { String::new() } else { format!(", {}", one.location) };
        lines.push(format!("    line {}{place}{from}: {}", one.line, one.why));
    }
    show::lines(&lines)
}

/// Nothing more to say.
#[derive(Debug, clap::Args)]
pub struct Feed {}

async fn feed(session: &Session, _: Feed) -> Result<(), Error> {
    let issued = session.desk.accounts.issue_feed(&session.who.user.0, session.now).await?;
    let path = format!("/feeds/{}/visits.ics", issued.secret);
    if session.json {
        return show::json(&serde_json::json!({ "id": issued.id, "path": path }));
    }
    let end = format!("  Shown this once. `upstairs token end {} --user {}` ends it.", issued.id, session.who.user.0);
    show::lines(&[format!("  {path} at the address where the desk serves"), end])
}

/// What is known of a counterpart.
#[derive(Debug, clap::Args)]
pub struct Account {
    /// What it is called.
    counterpart: String,
    /// A town where it is, as your calendars write it. As often as needed.
    #[arg(long = "place")]
    places: Vec<String>,
    /// A product line between you. As often as needed.
    #[arg(long = "line")]
    lines: Vec<String>,
    /// One of their people: "NAME; TITLE; board|director|head|working". As often as needed.
    #[arg(long = "person", value_parser = written::person)]
    people: Vec<Person>,
    /// Who of yours knows whom: "OURS; THEIRS; knows|trusts; YYYY-MM-DD". As often as needed.
    #[arg(long = "tie", value_parser = written::tie)]
    ties: Vec<Tie>,
}

/// Adds what is given to what is known, and shows all of it.
async fn account(session: &Session, given: Account) -> Result<(), Error> {
    let kept = session.desk.counterpart(&session.who, &given.counterpart).await?;
    let mut counterpart = kept.page.clone();
    let add = |list: &mut Vec<String>, more: Vec<String>| {
        for one in more {
            if !list.contains(&one) {
                list.push(one);
            }
        }
    };
    add(&mut counterpart.places, given.places);
    add(&mut counterpart.product_lines, given.lines);
    counterpart.people.retain(|known| given.people.iter().all(|new| new.name != known.name));
    counterpart.people.extend(given.people);
    counterpart
        .ties
        .retain(|known| given.ties.iter().all(|new| (&new.ours, &new.theirs) != (&known.ours, &known.theirs)));
    counterpart.ties.extend(given.ties);
    if counterpart != kept.page {
        session.desk.keep_counterpart(&session.who, &counterpart, kept.revision, session.now).await?;
    }
    if session.json { show::json(&counterpart) } else { show::lines(&known(&counterpart)) }
}

fn known(counterpart: &Counterpart) -> Vec<String> {
    let mut lines = vec![format!("  {}", counterpart.name)];
    lines.push(format!(
        "  in {}; between you: {}",
        counterpart.places.join(", "),
        counterpart.product_lines.join(", ")
    ));
    lines.extend(counterpart.people.iter().map(|one| format!("    {}; {}; {}", one.name, one.title, one.tier.key())));
    lines.extend(counterpart.ties.iter().map(|tie| {
        let met = tie.last_met.map_or(String::new(), |met| format!(", met {met}"));
        format!("    {} {} {}{met}", tie.ours, tie.strength.key(), tie.theirs)
    }));
    lines
}

/// One of our people.
#[derive(Debug, clap::Args)]
pub struct OurPerson {
    /// Who, by account.
    user: String,
    /// How high they stand: board, director, head or working.
    #[arg(long, value_parser = written::tier)]
    tier: Tier,
    /// A product line that they are in charge of. As often as needed.
    #[arg(long = "line")]
    lines: Vec<String>,
}

async fn colleague(session: &Session, one: OurPerson) -> Result<(), Error> {
    let colleague = Colleague { user: one.user, tier: one.tier, product_lines: one.lines };
    session.desk.keep_colleague(&session.who, &colleague, session.now).await?;
    if session.json {
        return show::json(&colleague);
    }
    let lines = colleague.product_lines.join(", ");
    show::lines(&[format!("  {} stands with the {}, in charge of {lines}", colleague.user, colleague.tier.words())])
}
