//! A start in four lines: what and with whom, our prices, a guess of theirs, and by when. A first answer stands beside the form while
//! it is filled; what is wrong stands under its field, all at once, and nothing that was typed is lost.

use std::collections::BTreeMap;

use app::{Error, Start, counterpart_of, written as read};
use axum::Form;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use engine::advice::Advice;
use jiff::Timestamp;
use maud::{Markup, html};
use negotiation::authority::Stated;
use negotiation::doubt::Doubt;
use negotiation::fact::{Opening, Preparation};
use negotiation::{Rejection, stamp};
use report::page::View;
use report::phrases::capital;
use terms::{Amount, Currency, Misread, Quantity, Readings, Role, Settling};

use super::failure::{Failure, to};
use super::field::{Fields, written};
use super::shell::{Page, Place, page};
use super::visitor::Visitor;
use crate::context::Context;

/// What is wrong, by field.
type Wrong = BTreeMap<&'static str, String>;

pub(super) async fn show(Visitor(who): Visitor) -> Response {
    page(&who, "New negotiation", Place::Negotiations, form(&Fields::default(), &Wrong::new(), &[]))
}

/// The prices of the form: they are written alike, as the cells of a column are.
const PRICES: [&str; 5] = ["walk_away", "target", "low", "likely", "high"];

/// What settles how its prices are read: the currency, and what sets decimals apart in those that leave no doubt, or was chosen.
fn settling(fields: &Fields, currency: Option<Currency>) -> Settling {
    let chosen = fields.text("point").chars().next().filter(|point| matches!(point, '.' | ','));
    let told = || terms::point_of(PRICES.iter().map(|name| fields.text(name)));
    Settling { currency, point: chosen.or_else(told), ..Settling::default() }
}

/// Asks which of two amounts is meant where a price can be read as either; one answer is for all of them.
fn which(fields: &Fields) -> Markup {
    let currency = fields.text("currency").to_uppercase().parse::<Currency>().ok();
    let doubtful = |text: &&str| {
        let read = Readings::of(text).and_then(|readings| readings.settled(settling(&Fields::default(), currency)));
        matches!(read, Err(Misread::Either(..)))
    };
    let settled = terms::point_of(PRICES.iter().map(|name| fields.text(name))).is_some();
    let text = PRICES.iter().map(|name| fields.text(name)).find(doubtful).filter(|_| !settled);
    let choices = text.and_then(|text| {
        let mark = text.chars().find(|letter| matches!(letter, '.' | ','))?;
        let other = if mark == ',' { '.' } else { ',' };
        let read = |point| {
            let settling = Settling { currency, point: Some(point), ..Settling::default() };
            Readings::of(text).and_then(|readings| readings.settled(settling)).ok()
        };
        Some((text, [(other, read(other)?), (mark, read(mark)?)]))
    });
    html! {
        @if let Some((text, choices)) = choices {
            fieldset {
                legend { (text) " can mean two things. Which?" }
                @for (point, amount) in choices {
                    label.choice { input type="radio" name="point" value=(point) form="start" checked[fields.text("point") == point.to_string()];
                        (amount) }
                }
            }
        }
    }
}

/// What the form says, or all that is wrong with it.
fn start(fields: &Fields, now: Timestamp) -> Result<Start, Wrong> {
    let mut wrong = Wrong::new();
    let counterpart = fields.text("counterpart").to_owned();
    if counterpart.is_empty() {
        wrong.insert("counterpart", "say with whom".to_owned());
    }
    let currency = kept(&mut wrong, "currency", fields.text("currency").to_uppercase().parse::<Currency>());
    let role = kept(&mut wrong, "role", fields.text("role").parse::<Role>());
    let price = |wrong: &mut Wrong, name: &'static str| -> Option<Amount> {
        if fields.text(name).is_empty() {
            wrong.insert(name, "a price is needed; a rough one will do".to_owned());
            return None;
        }
        let settling = settling(fields, currency);
        kept(wrong, name, Readings::of(fields.text(name)).and_then(|readings| readings.settled(settling)))
    };
    let [walk_away, target, low, likely, high] = PRICES.map(|name| price(&mut wrong, name));
    let limit = match (low, likely, high) {
        (Some(low), Some(likely), Some(high)) if low <= likely && likely <= high => {
            Some(Quantity::Range { low, likely, high })
        }
        (Some(_), Some(_), Some(_)) => {
            wrong.insert("likely", "the three run the wrong way: low, likely, high".to_owned());
            None
        }
        _ => None,
    };
    let deadline = done_by(fields, now, &mut wrong);
    let authority = match fields.text("authority") {
        "" => None,
        text @ ("none" | "unlimited") => kept(&mut wrong, "authority", read::authority(text, currency)),
        text if text.contains("..") => kept(&mut wrong, "authority", read::authority(text, currency)),
        // A price like the others: what settles how they are read settles this one.
        _ => price(&mut wrong, "authority").map(|amount| Stated::To(Quantity::Known(amount))),
    };
    let known = (role, currency, walk_away, target, limit, deadline);
    let (Some(role), Some(currency), Some(walk_away), Some(target), Some(limit), Some(deadline)) = known else {
        return Err(wrong);
    };
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let title = fields.maybe("title").unwrap_or_else(|| counterpart.clone());
    Ok(Start {
        opening: Opening { title, role, currency, counterpart },
        preparation: Preparation {
            walk_away: Some(Quantity::Known(walk_away)),
            target: Some(Quantity::Known(target)),
            counterpart_limit: Some(limit),
            deadline: Some(deadline),
            authority,
            ..Preparation::default()
        },
    })
}

/// A value that was read, or what is wrong with its field.
fn kept<T, E: std::fmt::Display>(wrong: &mut Wrong, name: &'static str, read: Result<T, E>) -> Option<T> {
    read.map_err(|why| wrong.insert(name, why.to_string())).ok()
}

fn done_by(fields: &Fields, now: Timestamp, wrong: &mut Wrong) -> Option<jiff::civil::Date> {
    let problem = match read::day(fields.text("done_by")) {
        _ if fields.text("done_by").is_empty() => "say by when it must be done; a guess will do".to_owned(),
        Ok(day) if day <= stamp::day(now) => "that day is past; give a day ahead".to_owned(),
        Ok(day) => return Some(day),
        Err(why) => why,
    };
    wrong.insert("done_by", problem);
    None
}

/// Why it can't be recorded, at the field that it is about.
fn rejected(rejection: &Rejection) -> Wrong {
    let field = match rejection {
        Rejection::TargetNotBetter(_) => "target",
        Rejection::Empty(_) => "counterpart",
        Rejection::BossNarrower => "authority",
        _ => "title",
    };
    Wrong::from([(field, rejection.to_string())])
}

/// The answer while the form is being filled.
pub(super) async fn answer(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Form(fields): Form<Fields>,
) -> Result<Html<String>, Failure> {
    let now = context.now();
    // The name does not matter to the numbers yet.
    let mut known = fields.clone();
    if known.text("counterpart").is_empty() {
        known.0.insert("counterpart".to_owned(), "them".to_owned());
    }
    let told = match start(&known, now) {
        Ok(start) => match context.desk().draft(&who, &start, now).await {
            Ok(advice) => beside(&advice, &start.doubts(now)),
            Err(Error::Rejected(why)) => waiting(&[why.to_string()]),
            Err(error @ (Error::Missing(_) | Error::Faulty(_) | Error::Busy)) => waiting(&[error.to_string()]),
            Err(error) => return Err(to(&who)(error)),
        },
        // What is still empty is no fault yet.
        Err(wrong) => {
            let typed = |name: &str| !fields.text(name).is_empty();
            let faults: Vec<String> = wrong.into_iter().filter(|(name, _)| typed(name)).map(|(_, why)| why).collect();
            waiting(&faults)
        }
    };
    Ok(Html(html! { (which(&fields)) (told) }.into_string()))
}

fn beside(advice: &Advice, doubts: &[Doubt]) -> Markup {
    html! {
        @for doubt in doubts { p.notice { (capital(&doubt.to_string())) ". Is that meant?" } }
        (View::beside_a_record(advice).answer())
        p.quiet { "On rough figures, before any offer. With their last two offers the answer is sharper; your boss's own limit, \
            and what a week of delay costs you, may change it. All of that can be added later." }
    }
}

fn waiting(faults: &[String]) -> Markup {
    html! {
        p.lead { "The answer appears here." }
        @if faults.is_empty() { p.quiet { "It needs lines 2 to 4. Rough figures will do; each can be changed later." } }
        @for fault in faults { p.quiet { (capital(fault)) "." } }
    }
}

pub(super) async fn open(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Form(mut fields): Form<Fields>,
) -> Result<Response, Failure> {
    let now = context.now();
    // What was likely meant is taken over, and looked at anew.
    if let Some((name, meant)) =
        fields.text("meant").split_once('=').map(|(name, meant)| (name.to_owned(), meant.to_owned()))
    {
        fields.0.insert(name, meant);
    }
    let again = |wrong: &Wrong, doubts: &[Doubt]| {
        let content = form(&fields, wrong, doubts);
        let shown = Page { title: "New negotiation", place: Place::Negotiations, who: Some(&who), content };
        shown.respond(StatusCode::UNPROCESSABLE_ENTITY)
    };
    let start = match start(&fields, now) {
        Ok(start) => start,
        Err(wrong) => return Ok(again(&wrong, &[])),
    };
    let doubts = start.doubts(now);
    if !doubts.is_empty() && !fields.ticked("sure") {
        return Ok(again(&Wrong::new(), &doubts));
    }
    match context.desk().start(&who, &start, now).await {
        Ok(done) => Ok(Redirect::to(&format!("/negotiations/{}", done.id)).into_response()),
        Err(Error::Rejected(rejection)) => Ok(again(&rejected(&rejection), &[])),
        Err(error) => Err(to(&who)(error)),
    }
}

/// A negotiation of a case file.
pub(super) async fn case(
    State(context): State<Context>,
    Visitor(who): Visitor,
    mut given: Multipart,
) -> Result<Response, Failure> {
    let again = |why: &str| {
        let wrong = Wrong::from([("file", why.to_owned())]);
        let content = form(&Fields::default(), &wrong, &[]);
        let shown = Page { title: "New negotiation", place: Place::Negotiations, who: Some(&who), content };
        shown.respond(StatusCode::UNPROCESSABLE_ENTITY)
    };
    let Ok(Some(field)) = given.next_field().await else { return Ok(again("the file did not arrive; choose one")) };
    let Ok(bytes) = field.bytes().await else {
        return Ok(again("the file did not arrive; choose one of at most 1 MiB"));
    };
    let work = move |_: &_| case_file::read(&bytes);
    let case = match context.desk().computing().run(&who.user.0, work).await.map_err(to(&who))? {
        Ok(case) => case,
        Err(problems) => {
            let told =
                problems.iter().map(|one| format!("line {}: {} {}. {}", one.line, one.key, one.problem, one.mend));
            return Ok(again(&told.collect::<Vec<_>>().join(" ")));
        }
    };
    match context.desk().take_in_case(&who, &case, counterpart_of(&case.title), context.now()).await {
        Ok(taken) => Ok(Redirect::to(&format!("/negotiations/{}", taken.done.id)).into_response()),
        Err(error @ (Error::Rejected(_) | Error::Import(_))) => Ok(again(&error.to_string())),
        Err(error) => Err(to(&who)(error)),
    }
}

fn form(fields: &Fields, wrong: &Wrong, doubts: &[Doubt]) -> Markup {
    let asks = Asks { fields, wrong, doubts };
    let buys = fields.text("role") == "buyer";
    html! {
        div.pair.start {
            div {
            form #start method="post" action="/open" hx-post="/open/answer" hx-target="#answer" hx-sync="this:replace" novalidate
                hx-trigger="load, input delay:400ms, input from:#answer delay:50ms" {
                h1 { "New negotiation" }
                p.quiet { "Four lines for a first answer. Private to your side." }
                (asks.summary())
                fieldset {
                    legend { "1. What, with whom" }
                    (asks.field("counterpart", "With whom", "", "text"))
                    (asks.field("title", "What", "may be left empty", "text"))
                    label.choice { input type="radio" name="role" value="seller" checked[!buys]; "I sell: more is better" }
                    label.choice { input type="radio" name="role" value="buyer" checked[buys]; "I buy: less is better" }
                    label { "Currency" small { "three letters, such as USD" }
                        input name="currency" maxlength="3" value=(fields.maybe("currency").unwrap_or_else(|| "USD".to_owned())); }
                    (asks.told("currency"))
                }
                fieldset {
                    legend { "2. Your prices" }
                    (asks.field("walk_away", "Walk-away", "the price at which no deal is as good", "decimal"))
                    (asks.field("target", "Target", "what you aim for", "decimal"))
                }
                fieldset {
                    legend { "3. Their limit, your guess" small { "the most they would give, or the least they would take" } }
                    (asks.field("low", "Low", "1 in 10 it is lower", "decimal"))
                    (asks.field("likely", "Likely", "even chances", "decimal"))
                    (asks.field("high", "High", "1 in 10 it is higher", "decimal"))
                }
                fieldset {
                    legend { "4. By when, and what you may sign yourself" }
                    label { "Done by" input type="date" name="done_by" value=(fields.text("done_by")) aria-invalid[wrong.contains_key("done_by")]; }
                    (asks.told("done_by"))
                    (asks.field("authority", "You may sign up to", "empty: anything; or none", "text"))
                }
                @if doubts.is_empty() { button type="submit" { "Keep it and go on" } }
                @else { button.quiet type="submit" name="sure" value="yes" { "It is meant: keep it and go on" } }
                " " a href="/" { "Cancel" }
                p.quiet { "You can change all of it later." }
            }
                (from_case(&asks))
                (samples())
            }
            section #answer aria-live="polite" aria-label="First answer" { (which(fields)) (waiting(&[])) }
        }
    }
}

/// A case file in place of the form.
fn from_case(asks: &Asks<'_>) -> Markup {
    html! {
        details.act open[asks.wrong.contains_key("file")] {
            summary { "Or take in a case file" }
            form method="post" action="/open/case" enctype="multipart/form-data" {
                label { "A case" small { "the TOML that the command line saves; its offers and acts come with it, each on its day" }
                    input type="file" name="file" accept=".toml" required; }
                (asks.told("file"))
                button type="submit" { "Take it in" }
            }
        }
    }
}

/// Samples to look around in, and away with them.
fn samples() -> Markup {
    html! {
        details.act {
            summary { "Or look around first" }
            p.quiet { "Three worked negotiations, as your own: the advice, the ladder and the record of each." }
            form method="post" action="/samples" { button.quiet type="submit" { "Put the samples on my desk" } }
            form method="post" action="/samples/away" { button.quiet type="submit" { "Put them away again" } }
        }
    }
}

/// The fields of the form, with what is wrong or doubtful under each.
struct Asks<'a> {
    fields: &'a Fields,
    wrong: &'a Wrong,
    doubts: &'a [Doubt],
}

impl Asks<'_> {
    fn field(&self, name: &'static str, label: &str, hint: &str, mode: &str) -> Markup {
        let is_wrong = self.wrong.contains_key(name);
        html! {
            label { (label) @if !hint.is_empty() { small { (hint) } }
                input id=(name) name=(name) value=(self.fields.text(name)) inputmode=(mode) autocomplete="off"
                    aria-invalid[is_wrong] aria-describedby=[is_wrong.then(|| format!("{name}-wrong"))]; }
            (self.told(name))
        }
    }

    fn told(&self, name: &'static str) -> Markup {
        html! {
            @if let Some(why) = self.wrong.get(name) { p.wrong id={ (name) "-wrong" } { (capital(why)) "." } }
            @for doubt in self.doubts.iter().filter(|doubt| field_of(doubt) == name) {
                p.notice { (capital(&doubt.to_string())) ". Is that meant?" }
                @if let Some(meant) = doubt.meant {
                    @let meant = written(Some(Quantity::Known(meant)));
                    p { button.quiet type="submit" name="meant" value={ (name) "=" (meant) } { "I meant " (meant) } }
                }
            }
        }
    }

    fn summary(&self) -> Markup {
        let things = |count: usize| if count == 1 { "One thing".to_owned() } else { format!("{count} things") };
        html! {
            @if !self.wrong.is_empty() {
                p.wrong role="alert" { (things(self.wrong.len())) " to put right. All that you typed is kept." }
            }
            @if !self.doubts.is_empty() { p.notice role="alert" { (things(self.doubts.len())) " that may be a slip. Nothing is recorded yet." } }
        }
    }
}

/// The field of the form that a doubt is about.
fn field_of(doubt: &Doubt) -> &'static str {
    if doubt.what == "counterpart_limit" { "likely" } else { doubt.what }
}
