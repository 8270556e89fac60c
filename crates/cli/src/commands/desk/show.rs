//! What the desk's commands print, for people; and the JSON of it for programs.

use app::{Done, Error as DeskError, Next, Seen, wire};
use jiff::Timestamp;
use negotiation::brief::Cell;
use negotiation::fact::PriceShown;
use negotiation::ladder::Gate;
use negotiation::precedent::Event;
use negotiation::view::{Sight, entries};
use negotiation::{Negotiation, Phase, stamp, undoable, words};
use serde::Serialize;

use super::Session;
use crate::commands::print;
use crate::error::Error;
use crate::render::{STRONG, paint, width, wrapped};
use report::money::Money;
use report::phrases::capital;
use terms::{Amount, Side};

/// Negotiations listed at a time.
const PAGE: u32 = 500;

/// Prints as JSON.
pub fn json(value: &impl Serialize) -> Result<(), Error> {
    let text = serde_json::to_string_pretty(value);
    print(&(text.map_err(|cause| Error::Ours(format!("an answer has no JSON form: {cause}")))? + "\n"))
}

/// Prints lines.
pub fn lines(lines: &[String]) -> Result<(), Error> {
    print(&lines.iter().fold(String::new(), |text, line| text + line + "\n"))
}

/// The id that begins so, of those one takes part in. A whole id is left as it is, for the desk to find.
pub async fn id(session: &Session, beginning: &str) -> Result<String, Error> {
    if beginning.len() >= 10 {
        return Ok(beginning.to_owned());
    }
    let mut cursor = None;
    let mut found = Vec::new();
    loop {
        let (listed, next) = session.desk.list(&session.who, cursor.as_ref(), PAGE).await?;
        found.extend(listed.into_iter().map(|one| one.id).filter(|id| id.starts_with(beginning)));
        match next {
            Some(next) if found.len() < 2 => cursor = Some(next),
            _ => break,
        }
    }
    match (found.pop(), found.is_empty()) {
        (Some(id), true) => Ok(id),
        (None, _) => Err(DeskError::NotFound.into()),
        (Some(_), false) => {
            let problem = "begins several negotiations".to_owned();
            Err(Error::Option(
                "ID".to_owned(),
                problem,
                "Give more of its letters; `upstairs list` has them.".to_owned(),
            ))
        }
    }
}

/// Writes amounts in the currency of a negotiation.
fn money(negotiation: &Negotiation) -> impl Fn(Amount) -> String {
    let code = negotiation.currency();
    let money = Money::new(code, 1.0);
    move |amount| money.exact(amount.to_f64())
}

/// What was recorded, and what the advice says now.
pub async fn done(session: &Session, done: &Done) -> Result<(), Error> {
    let money = money(&done.negotiation);
    let mut text = String::new();
    for entry in &done.entries {
        text += &format!("  {} {:>3}  {}\n", done.id, entry.version, words::line(&entry.fact, &money));
    }
    let undoes = done.entries.first().map(|entry| undoable(&done.negotiation, entry.version, &entry.by, session.now));
    if undoes.is_some_and(|undone| !undone.is_empty()) {
        text += &format!("  For ten minutes `upstairs undo {}` takes that back.\n", done.id);
    }
    print(&text)?;
    if done.negotiation.phase != Phase::Open {
        return Ok(());
    }
    match session.desk.first_answer_on(&done.negotiation, &done.id, session.now).await {
        Ok(first) => {
            let plan = report::names::plan(first.plan, done.negotiation.boss_in);
            print(&format!("  Advice now: {plan}. `upstairs advise --negotiation {}` says why.\n", done.id))
        }
        Err(DeskError::Missing(missing)) => {
            let first = missing.first().map(ToString::to_string).unwrap_or_default();
            print(&format!("  No advice yet: {first}.\n"))
        }
        Err(DeskError::Faulty(faults)) => {
            let first = faults.first().map(|fault| format!("{} {}. {}", fault.path, fault.problem, fault.mend));
            print(&format!("  No advice yet: {}\n", first.unwrap_or_default()))
        }
        Err(other) => Err(other.into()),
    }
}

/// The negotiations one takes part in.
pub async fn list(session: &Session, archived: bool) -> Result<(), Error> {
    let mut cursor = None;
    let mut all = Vec::new();
    loop {
        let (listed, next) = session.desk.list(&session.who, cursor.as_ref(), PAGE).await?;
        all.extend(listed);
        match next {
            Some(next) => cursor = Some(next),
            None => break,
        }
    }
    all.retain(|one| archived || !one.summary.archived);
    if session.json {
        let listed = all.into_iter().map(|one| {
            let summary = wire::Summary::from(one.summary);
            serde_json::json!({ "id": one.id, "summary": summary })
        });
        return json(&listed.collect::<Vec<_>>());
    }
    if all.is_empty() {
        return print("  You take part in no negotiation yet. `upstairs open` opens one.\n");
    }
    let rows = all.iter().map(|one| {
        let day = one.summary.changed_at.to_string();
        let day = day.split('T').next().unwrap_or_default().to_owned();
        let phase = phase(one.summary.phase);
        format!("  {}  {day}  {phase:<11}  {}, with {}", one.id, one.summary.title, one.summary.counterpart)
    });
    lines(&rows.collect::<Vec<_>>())
}

fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Unopened => "unopened",
        Phase::Open => "open",
        Phase::Agreed => "agreed",
        Phase::WalkedAway => "walked away",
        Phase::Closed => "closed",
    }
}

/// What to do next, where one may see it and it can be told.
async fn next(session: &Session, id: &str, seen: &Seen) -> Result<Option<Next>, Error> {
    if seen.sight != Sight::All || seen.negotiation.phase != Phase::Open {
        return Ok(None);
    }
    match session.desk.next_act(&seen.negotiation, id, session.now).await {
        Ok(next) => Ok(Some(next)),
        Err(DeskError::Missing(_) | DeskError::Faulty(_)) => Ok(None),
        Err(other) => Err(other.into()),
    }
}

/// A negotiation with what to do next and its record, as far as one sees it.
pub async fn record(session: &Session, id: &str, seen: &Seen) -> Result<(), Error> {
    let next = next(session, id, seen).await?;
    if session.json {
        let shown = entries(&seen.negotiation, Sight::All);
        let shown: Vec<_> = shown.into_iter().map(wire::Entry::from).collect();
        return json(&serde_json::json!({ "id": id, "next_act": next, "entries": shown }));
    }
    let Some(opening) = &seen.negotiation.opening else { return Err(DeskError::NotFound.into()) };
    let money = money(&seen.negotiation);
    let mut text = format!("{}\n", paint(STRONG, &format!("  {} · {}", opening.title, phase(seen.negotiation.phase))));
    if let Some(Next { act, package }) = &next {
        let opens = !seen.negotiation.offers.iter().any(|recorded| recorded.offer.by == Side::Us);
        let scale = act.amount.map_or(1.0, f64::abs);
        let line = report::next::sentence(act, opens, &Money::new(seen.negotiation.currency(), scale));
        let package =
            package.as_ref().map(|package| format!(" As a package: {}.", words::package_words(package, &money)));
        let line = wrapped(&(line + &package.unwrap_or_default()), width(), "  ");
        text += &line.lines().map(|line| paint(STRONG, line) + "\n").collect::<String>();
        text += &wrapped(&act.why, width(), "  ");
    }
    for placed in seen.negotiation.in_order() {
        let entry = placed.entry;
        let (at, recorded) = if placed.is_dated_back() {
            (format!("{:<17}", placed.on), format!(", recorded {}", stamp::day(entry.at)))
        } else {
            (words::moment(entry.at), String::new())
        };
        let line =
            format!("{:>3}  {at}  {}{recorded}: {}", entry.version, entry.by.0, words::line(&entry.fact, &money));
        text += &hanging(&line, 24);
    }
    if seen.sight == Sight::Table {
        text += "  You look on: what is privileged is not shown.\n";
    }
    print(&text)
}

/// Text wrapped to the screen, its later lines set in.
fn hanging(text: &str, indent: usize) -> String {
    let later = " ".repeat(indent + 2);
    let options = textwrap::Options::new(width()).initial_indent("  ").subsequent_indent(&later);
    textwrap::fill(text, options) + "\n"
}

/// The mandate at a moment.
pub async fn mandate(session: &Session, beginning: &str, at: Timestamp, known: Option<Timestamp>) -> Result<(), Error> {
    let id = id(session, beginning).await?;
    let negotiation = session.desk.look_privileged(&session.who, &id, "the mandate", session.now).await?;
    let negotiation = known.map_or_else(|| negotiation.clone(), |known| negotiation.as_recorded(known));
    if session.json {
        return json(&negotiation.mandate_at(at));
    }
    let money = money(&negotiation);
    print(&format!("  {}.\n", capital(&words::authority(negotiation.authority_at(at), &money))))
}

/// The price of bringing the boss in, or why it can't be told; `doing` once it is wished.
pub async fn price(session: &Session, id: &str, price: Result<&PriceShown, &String>, doing: bool) -> Result<(), Error> {
    if session.json {
        return json(&price.ok());
    }
    let price = match price {
        Ok(price) => price,
        Err(why) => {
            let hint = if doing { "" } else { " Add --yes to do it unpriced." };
            return print(&wrapped(&format!("What it costs can't be told: {why}.{hint}"), width(), "  "));
        }
    };
    let negotiation = session.desk.look_privileged(&session.who, id, "the price", session.now).await?;
    let code = negotiation.currency();
    let number = |amount: Amount| amount.to_f64();
    let (against, precedent) = (number(price.against_best), number(price.precedent));
    let money = Money::new(code, 10.0 * (against.abs() + precedent.abs()));
    let worth = if against < 0.0 { "costs" } else { "is worth" };
    let text = format!(
        "Bringing the boss in now {worth} {} against the best plan without; of what it costs, the precedent alone is {} \
         over later deals. It can't be undone.{}",
        money.amount(against.abs()),
        money.amount(precedent),
        if doing { "" } else { " Add --yes to do it." },
    );
    print(&wrapped(&text, width(), "  "))
}

/// The brief.
pub async fn brief(session: &Session, id: &str) -> Result<(), Error> {
    let negotiation = session.desk.look_privileged(&session.who, id, "the brief", session.now).await?;
    let brief = negotiation::brief::brief(&negotiation, session.now);
    if session.json {
        return json(&brief);
    }
    let money = money(&negotiation);
    let title = negotiation.opening.as_ref().map_or("", |opening| opening.title.as_str());
    let mut text = format!("{}\n", paint(STRONG, &format!("  Brief: {title}")));
    for decision in &brief.decisions {
        let row = &decision.row;
        let by = words::moment(decision.question.needed_by);
        let overdue = if decision.overdue { ", overdue" } else { "" };
        text += &format!("\n  Question {}, to be answered by {by}{overdue}\n", decision.request);
        text += &format!("  {:<16}{:<20}{:<20}{}\n", "", "proposal", "before", "after");
        let cell = |cell: &Cell| match cell {
            Cell::Money(amount) => money(*amount),
            Cell::Words(words) => words.clone(),
            Cell::Open => "no limit".to_owned(),
        };
        let (proposal, before, after) = (cell(&row.proposal), cell(&row.before), cell(&row.after));
        text += &format!("  {:<16}{proposal:<20}{before:<20}{after}\n", row.what);
        text += &wrapped(&format!("Recommended: {}", decision.question.recommendation), width(), "  ");
        for option in &decision.question.options {
            text += &wrapped(&format!("Or: {option}"), width(), "  ");
        }
        text += &wrapped(&format!("Without an answer: {}", decision.question.otherwise), width(), "  ");
    }
    if brief.decisions.is_empty() {
        text += "  Nothing waits for your decision.\n";
    }
    text += "\n";
    let mut state = |what: &str, said: String| text += &wrapped(&format!("{what}: {said}"), width(), "  ");
    let offer = |recorded: &Option<negotiation::Recorded>| {
        recorded.as_ref().map_or_else(|| "none yet".to_owned(), |recorded| money(recorded.offer.package.price))
    };
    state("Our last offer", offer(&brief.ours));
    state("Theirs", offer(&brief.theirs));
    if let Some(granted) = &brief.mandate {
        state("Mandate", words::limits(&granted.mandate, &money));
    }
    if !brief.theirs_outside.is_empty() {
        let reasons: Vec<String> = brief.theirs_outside.iter().map(ToString::to_string).collect();
        state("Their offer can't be taken unasked", reasons.join("; "));
    }
    if let Some(how) = &brief.impasse {
        state("Impasse", how.clone());
    }
    if brief.boss_called {
        state("They have called for you", "`upstairs precedent` says what coming and declining cost".to_owned());
    }
    if let Some(sentence) = &brief.advice {
        state("Advice", sentence.clone());
    }
    print(&text)
}

/// The ladder up to a rung.
pub fn ladder(gate: &Gate) -> Result<(), Error> {
    let mut text = String::new();
    for trial in &gate.below {
        let mark = if trial.tried { "tried  " } else { "untried" };
        text += &hanging(&format!("{mark}  {}: {}", trial.rung, trial.evidence), 9);
    }
    let last = if gate.is_open() { "open" } else { "closed; `--despite REASON` overrides, and is recorded" };
    text += &format!("  {}: {last}\n", gate.rung);
    print(&text)
}

/// The precedent ledger.
pub async fn precedent(session: &Session, id: &str) -> Result<(), Error> {
    let precedent = session.desk.precedent(&session.who, id, session.now).await?;
    if session.json {
        return json(&precedent);
    }
    let scale = precedent.this_time.as_ref().map_or(1.0, |costs| costs.joining + costs.joining_later + costs.declining);
    let money = Money::new(precedent.currency, 10.0 * scale);
    let estimate = |value: f64| money.amount(value);
    let times = |count: usize| match count {
        1 => "once".to_owned(),
        more => format!("{more} times"),
    };
    let (came, called) = (times(precedent.appearances), times(precedent.calls));
    let title = format!("  {}: our boss came in {came}; they called for our boss {called}", precedent.counterpart);
    let mut text = format!("{}\n", paint(STRONG, &title));
    for line in &precedent.lines {
        let what = match &line.event {
            Event::Appeared { cost: Some(cost) } => {
                format!("our boss came in; precedent {}", estimate(cost.to_f64()))
            }
            Event::Appeared { cost: None } => "our boss came in".to_owned(),
            Event::BothAppeared => "both bosses came in".to_owned(),
            Event::AskedFor => "they asked for our boss".to_owned(),
            Event::Contacted => "they went to our boss directly".to_owned(),
            Event::Declined => "our boss declined".to_owned(),
            Event::HandedBack => "our boss handed the channel back".to_owned(),
        };
        let which = line.negotiation.as_deref().unwrap_or("another");
        text += &format!("  {}  {which:<10}  {what}\n", line.at.to_string().get(..10).unwrap_or_default());
    }
    if let Some(this_time) = &precedent.this_time {
        text += &wrapped(
            &format!(
                "To come when called costs {} now and sets a precedent of {}; to decline costs {}.",
                estimate(this_time.joining),
                estimate(this_time.joining_later),
                estimate(this_time.declining)
            ),
            width(),
            "  ",
        );
    }
    text += "\n  To hand the channel back:\n";
    for (number, step) in (1..).zip(&precedent.hand_back_plan) {
        text += &hanging(&format!("{number}. {step}"), 3);
    }
    text += "\n  A reply, to be edited:\n";
    for line in precedent.hand_back_reply.lines() {
        text += &format!("  | {line}\n");
    }
    print(&text)
}

/// What changed since the last advice.
pub async fn changes(session: &Session, id: &str) -> Result<(), Error> {
    let changes = session.desk.changes(&session.who, id, session.now).await?;
    if session.json {
        return json(&changes);
    }
    let known = session.desk.look_privileged(&session.who, id, "what changed", session.now).await?;
    let exact = money(&known);
    let scale = changes.steps.iter().map(|step| step.value.abs()).fold(1.0, f64::max);
    let money = Money::new(changes.currency, scale);
    let mut text = String::new();
    let mut last: Option<&app::Standing> = None;
    for step in &changes.steps {
        let plan = report::names::plan(step.plan, false);
        let change = match last {
            None => format!("When the advice was taken: {plan}, worth {}", money.amount(step.value)),
            Some(last) => {
                let moved = money.signed(step.value - last.value);
                let switched = if last.plan == step.plan { "still" } else { "now" };
                let entry = known.history.iter().find(|entry| entry.version == step.version);
                let fact = entry.map_or_else(String::new, |entry| words::line(&entry.fact, &exact));
                format!("{:>3}  {fact}: {moved}; {switched} {plan}", step.version)
            }
        };
        text += &hanging(&change, 5);
        last = Some(step);
    }
    if changes.steps.len() < 2 {
        text += "  Nothing that the advice depends on has changed since.\n";
    }
    print(&text)
}
