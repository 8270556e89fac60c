//! What the forms of a negotiation do. Where the mandate or the ladder says no, the page says why and lets one go on
//! for a reason.

use app::{Done, Error, Principal, Wish, written};
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};
use negotiation::guidance::{Point, Question};
use negotiation::mandate::Mandate;
use negotiation::offer::{Channel, Offer, Package};
use negotiation::party::{Participant, User};
use negotiation::{Command, Rejection, Stamp};
use report::phrases::capital;
use terms::{Currency, Side};

use super::answering;
use super::failure::Failure;
use super::field::Fields;
use super::glance::glance;
use super::negotiation::{Entered, Faults, refused};
use super::second_thoughts::second_thoughts;
use super::shell::{Page, Place};
use super::visitor::Visitor;
use crate::context::Context;
use crate::problem::Problem;

pub(super) async fn act(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Path((id, act)): Path<(String, String)>,
    Form(mut fields): Form<Fields>,
) -> Response {
    let now = context.now();
    // What was likely meant is taken over, and looked at anew.
    if let Some((name, meant)) = fields.maybe("meant").as_deref().and_then(|meant| meant.split_once('=')) {
        fields.0.insert(name.to_owned(), meant.to_owned());
    }
    let command = if act == "answer" {
        match answer(&context, &who, &id, &fields).await {
            Ok(command) => Some(command),
            Err(error) => return Failure::of(Some(&who), error).into_response(),
        }
    } else {
        match context.desk().currency(&who, &id).await {
            Ok(currency) => command(&act, &fields, currency, now),
            Err(error) => return Failure::of(Some(&who), error).into_response(),
        }
    };
    let form = Sent { context: &context, who: &who, id: &id, act: &act, fields: &fields };
    let command = match command {
        Some(Ok(command)) => command,
        Some(Err(why)) => return form.refused(Faults::Wrong(&why), StatusCode::UNPROCESSABLE_ENTITY).await,
        None => return Failure::of(Some(&who), Error::NotFound).into_response(),
    };
    let on = match fields.read_maybe("on", written::day) {
        Ok(on) => on,
        Err(why) => return form.refused(Faults::Wrong(&why), StatusCode::UNPROCESSABLE_ENTITY).await,
    };
    let wish = Wish { sure: fields.ticked("sure"), ..Wish::new(&command, Stamp::new(now, on)) };
    match context.desk().act(&who, &id, wish).await {
        Err(Error::Doubtful(doubts)) => form.refused(Faults::Doubtful(&doubts), StatusCode::CONFLICT).await,
        Ok(done) => Redirect::to(&afterwards(&act, &fields, &done)).into_response(),
        Err(Error::Rejected(Rejection::NoSuchRequest(request))) => too_late(&context, &who, &id, request).await,
        Err(Error::Rejected(rejection)) => {
            let why = rejection.to_string();
            let faults = match rejection {
                Rejection::OutsideMandate { .. } => Faults::Beyond(&why),
                Rejection::Untried(_) => Faults::Untried(&why),
                _ => Faults::Wrong(&why),
            };
            form.refused(faults, StatusCode::CONFLICT).await
        }
        // What the desk itself finds wrong with what was entered is said there too.
        Err(error) => {
            let problem = Problem::from(error);
            // Whoever may not do it, or too much at once, is no matter of what was entered.
            if !matches!(problem.status(), StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY) {
                return Failure::told(Some(&who), problem).into_response();
            }
            form.refused(Faults::Wrong(&problem.message), problem.status()).await
        }
    }
}

/// A form as it was sent.
struct Sent<'a> {
    context: &'a Context,
    who: &'a Principal,
    id: &'a str,
    act: &'a str,
    fields: &'a Fields,
}

impl Sent<'_> {
    /// The page that it was sent from, with what was typed and why it was not recorded; where the form stands on a page of another
    /// kind, a page that says so.
    async fn refused(&self, faults: Faults<'_>, status: StatusCode) -> Response {
        let panel = self.fields.text("panel");
        if panel.is_empty() {
            return self.elsewhere(&faults, status);
        }
        let entered = Entered { panel, fields: self.fields, faults };
        let page = refused(self.context, self.who, self.id, &entered, status).await;
        page.unwrap_or_else(IntoResponse::into_response)
    }

    fn elsewhere(&self, faults: &Faults<'_>, status: StatusCode) -> Response {
        let (Self { who, id, act, fields, .. }, back) = (self, format!("/negotiations/{}", self.id));
        let why = match faults {
            Faults::Doubtful(doubts) => return second_thoughts(who, &format!("{back}/acts/{act}"), fields, doubts),
            Faults::Wrong(why) | Faults::Beyond(why) | Faults::Untried(why) => why,
        };
        let content = html! {
            section.narrow {
                h1 { "Not recorded" }
                p role="alert" { (capital(why)) "." }
                @if matches!(faults, Faults::Beyond(_) | Faults::Untried(_)) { (go_on(id, act, fields)) }
                @if *act == "answer" { p { a href="/guidance" { "Back to the questions" } } }
                @else { p { a href=(back) { "Back to the negotiation" } } }
            }
        };
        Page { title: "Not recorded", place: Place::Negotiations, who: Some(who), content }.respond(status)
    }
}

/// The page that an act leads to.
fn afterwards(act: &str, fields: &Fields, done: &Done) -> String {
    let id = &done.id;
    match (act, fields.text("back")) {
        ("brief", _) | ("answer", "brief") => format!("/negotiations/{id}/brief"),
        ("answer", _) => match done.entries.first() {
            Some(entry) => format!("/guidance?answered={id}&entry={}", entry.version),
            None => "/guidance".to_owned(),
        },
        ("undo", "guidance") => "/guidance".to_owned(),
        ("undo", _) => format!("/negotiations/{id}"),
        // The page says what was recorded, and how to take it back.
        _ => match done.entries.first() {
            Some(entry) => format!("/negotiations/{id}?recorded={}", entry.version),
            None => format!("/negotiations/{id}"),
        },
    }
}

/// An answer, which may change one point of the mandate that is in force; what is wrong with the form is said within.
async fn answer(
    context: &Context,
    who: &Principal,
    id: &str,
    fields: &Fields,
) -> Result<Result<Command, String>, Error> {
    let negotiation = glance(context, who, id, "the mandate").await?;
    Ok(answering::question(fields).and_then(|request| {
        let answer = answering::answer(fields, &negotiation, context.now())?;
        let until = until(fields, context.now())?;
        Ok(Command::Answer { request, answer, until, told: fields.ticked("told") })
    }))
}

/// Says what became of a question that can't be answered any more.
async fn too_late(context: &Context, who: &Principal, id: &str, request: u64) -> Response {
    let negotiation = match glance(context, who, id, "the mandate").await {
        Ok(negotiation) => negotiation,
        Err(error) => return Failure::of(Some(who), error).into_response(),
    };
    let asked = negotiation.requests.iter().find(|asked| asked.id == request);
    let why = match asked.map(|asked| (&asked.void, &asked.answer)) {
        Some((Some(void), _)) => format!("this question counts no more: {void}"),
        Some((None, Some((_, by, _)))) => format!("this question was answered already, by {}", by.0),
        _ => "this question is not on record any more".to_owned(),
    };
    let content = html! {
        section.narrow {
            h1 { "Too late" }
            p role="alert" { (capital(&why)) "." }
            p { a.button href="/guidance" { "What waits for an answer now" } }
            p { a href={ "/negotiations/" (id) } { "The negotiation" } }
        }
    };
    Page { title: "Too late", place: Place::Guidance, who: Some(who), content }.respond(StatusCode::CONFLICT)
}

/// The wish that a form makes; `None` where there is no such form.
fn command(act: &str, fields: &Fields, currency: Option<Currency>, now: Timestamp) -> Option<Result<Command, String>> {
    Some(match act {
        "offer" => offer(fields, currency),
        "ask" => ask(fields, currency, now),
        "brief" => Ok(Command::SendBrief { to: User(fields.text("to").to_owned()) }),
        "mandate" => {
            mandate(fields, currency, now).map(|mandate| Command::GrantMandate { mandate, told: fields.ticked("told") })
        }
        "end-mandate" => Ok(Command::EndMandate { reason: fields.text("reason").to_owned() }),
        "impasse" => Ok(Command::NoteImpasse { how: fields.text("how").to_owned() }),
        "moves" => Ok(Command::ResolveImpasse),
        "consent" => until(fields, now).map(|until| Command::Consent { until, told: fields.ticked("told") }),
        "withdraw-consent" => Ok(Command::WithdrawConsent),
        "propose" => propose(fields, now),
        "outcome" => fields.read("outcome", written::outcome).map(|outcome| Command::ProposalAnswered { outcome }),
        "called" => Ok(called(fields)),
        "decline" => Ok(Command::Decline { reply: fields.text("reply").to_owned() }),
        "hand-back" => Ok(Command::HandBack { reply: fields.text("reply").to_owned() }),
        "agree" => {
            package(fields, currency).map(|package| Command::Agree { package, despite: fields.maybe("despite") })
        }
        "walk-away" => Ok(Command::WalkAway { reason: fields.text("reason").to_owned() }),
        "close" => Ok(Command::Close { reason: fields.text("reason").to_owned() }),
        "reopen" => Ok(Command::Reopen { reason: fields.text("reason").to_owned() }),
        "archive" => Ok(Command::Archive),
        "restore" => Ok(Command::Restore),
        "undo" => fields.read("entry", str::parse::<u64>).map(|version| Command::Undo { version }),
        "review" => Ok(Command::Review { notes: fields.text("notes").to_owned() }),
        "name" => name(fields),
        "remove" => Ok(Command::Remove { user: User(fields.text("user").to_owned()) }),
        "strike" => strike(fields),
        _ => return None,
    })
}

fn package(fields: &Fields, currency: Option<Currency>) -> Result<Package, String> {
    let price = fields.amount("price", currency)?;
    let terms = fields.text("terms").split([';', '\n']).map(str::trim).filter(|term| !term.is_empty());
    let terms: Result<_, String> =
        terms.map(|term| written::term(term, currency).map_err(|why| format!("terms: {why}"))).collect();
    Ok(Package { price, terms: terms? })
}

fn offer(fields: &Fields, currency: Option<Currency>) -> Result<Command, String> {
    let by = fields.read("by", str::parse::<Side>)?;
    let offer = Offer {
        package: package(fields, currency)?,
        level: fields.read_maybe("level", str::parse)?.unwrap_or_default(),
        channel: Channel::default(),
        binding: fields.ticked("binding"),
        note: fields.maybe("note"),
        ..Offer::of(by, 0)
    };
    // A reason is for what we do: theirs is theirs.
    let despite = fields.maybe("despite").filter(|_| by == Side::Us);
    Ok(Command::Offer { offer, despite })
}

fn ask(fields: &Fields, currency: Option<Currency>, now: Timestamp) -> Result<Command, String> {
    let point = match fields.maybe("term") {
        Some(term) => {
            let (name, to) = written::term(&term, currency).map_err(|why| format!("term: {why}"))?;
            Point::Term { name, to }
        }
        None => Point::Price { to: fields.amount("price", currency)? },
    };
    Ok(Command::Ask {
        question: Question {
            point,
            recommendation: fields.text("recommendation").to_owned(),
            options: fields
                .text("options")
                .lines()
                .map(str::trim)
                .filter(|o| !o.is_empty())
                .map(str::to_owned)
                .collect(),
            needed_by: fields.read("needed_by", written::when)?.from(now),
            otherwise: fields.text("otherwise").to_owned(),
        },
    })
}

fn until(fields: &Fields, now: Timestamp) -> Result<Option<Timestamp>, String> {
    Ok(fields.read_maybe("until", written::when)?.map(|when| when.from(now)))
}

fn mandate(fields: &Fields, currency: Option<Currency>, now: Timestamp) -> Result<Mandate, String> {
    let limits = fields.text("limits").split([';', '\n']).map(str::trim).filter(|limit| !limit.is_empty());
    let terms: Result<_, String> =
        limits.map(|limit| written::limit(limit, currency).map_err(|why| format!("limits: {why}"))).collect();
    Ok(Mandate { price: fields.amount("price", currency)?, terms: terms?, until: until(fields, now)? })
}

fn propose(fields: &Fields, now: Timestamp) -> Result<Command, String> {
    let days = |text: &str| {
        text.parse::<u16>().ok().filter(|days| *days > 0).ok_or_else(|| "expected a number of days".to_owned())
    };
    let days = i64::from(fields.read("days", days)?);
    let answer_by = now.checked_add(SignedDuration::from_hours(24 * days)).map_err(|_| "days: too many".to_owned())?;
    Ok(Command::Propose { wording: fields.text("wording").to_owned(), answer_by, despite: fields.maybe("despite") })
}

fn called(fields: &Fields) -> Command {
    let how = fields.text("how").to_owned();
    if fields.text("directly") == "yes" { Command::BossContacted { how } } else { Command::BossAskedFor { how } }
}

fn name(fields: &Fields) -> Result<Command, String> {
    let participant = Participant {
        user: User(fields.text("user").to_owned()),
        part: fields.read("part", written::part)?,
        privy: fields.ticked("privy"),
    };
    Ok(Command::Name { participant })
}

fn strike(fields: &Fields) -> Result<Command, String> {
    let version = fields.text("entry").parse().map_err(|_| "entry: expected its number".to_owned())?;
    Ok(Command::Correct { version, instead: None, reason: fields.text("reason").to_owned(), despite: None })
}

fn go_on(id: &str, act: &str, fields: &Fields) -> Markup {
    html! {
        form method="post" action={ "/negotiations/" (id) "/acts/" (act) } {
            @for (name, value) in fields.0.iter().filter(|(name, _)| *name != "despite") {
                input type="hidden" name=(name) value=(value);
            }
            label { "Or go on, for a reason that is recorded" input name="despite" required; }
            button.quiet type="submit" { "Record it all the same" }
        }
    }
}
