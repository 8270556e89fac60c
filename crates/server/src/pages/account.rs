//! What we know of one counterpart beside the negotiations with it: where it is, who is there, and who of ours knows them.

use app::Kept;
use app::written;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use negotiation::summary::counterpart_key;
use report::phrases::capital;
use visits::{Colleague, Counterpart, Person, Tie, Visit};

use super::failure::{Failure, to};
use super::field::Fields;
use super::shell::{Place, page};
use super::ties;
use super::visitor::Visitor;
use super::words::{LOOKED_THROUGH, counterpart_address, phase};
use crate::context::Context;
use crate::problem::Problem;

pub(super) async fn show(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Path(name): Path<String>,
) -> Result<Response, Failure> {
    let kept = context.desk().counterpart(&who, &name).await.map_err(to(&who))?;
    account(&context, &who, &kept, None).await
}

async fn account(
    context: &Context,
    who: &app::Principal,
    kept: &Kept<Counterpart>,
    wrong: Option<(&str, &Fields)>,
) -> Result<Response, Failure> {
    let (desk, now) = (context.desk(), context.now());
    let colleagues = desk.colleagues(who).await.map_err(to(who))?;
    let colleagues: Vec<Colleague> = colleagues.into_iter().map(|kept| kept.page).collect();
    let (listed, _) = desk.list(who, None, LOOKED_THROUGH).await.map_err(to(who))?;
    let key = counterpart_key(&kept.page.name);
    let negotiations: Vec<_> = listed.into_iter().filter(|one| one.summary.counterpart_key() == key).collect();
    let visits = desk.visits(who).await.map_err(to(who))?;
    let visits = visits.into_iter().filter(|seen| counterpart_key(&seen.visit.counterpart) == key);
    let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let counterpart = &kept.page;
    let content = html! {
        section.narrow {
            p.facts { "Counterpart · " span.private { "private to your side" } }
            h1 { (counterpart.name) }
            @if let Some((why, _)) = wrong { p.wrong role="alert" { (capital(why)) "." } }
            @if kept.revision > 0 {
                p {
                    @if !counterpart.places.is_empty() { "In " (counterpart.places.join("; ")) ". " }
                    @if !counterpart.product_lines.is_empty() { "Between you: " (counterpart.product_lines.join(", ")) "." }
                }
            }
            h2 { "Who knows whom" }
            (ties::map(&visits::tie_map(counterpart, &colleagues, today)))
            (all_visits(&visits.map(|seen| (seen.visit, seen.own)).collect::<Vec<_>>()))
            @if !negotiations.is_empty() {
                h2 { "Negotiations with them" }
                ul.plain { @for one in &negotiations { li {
                    a href={ "/negotiations/" (one.id) } { (one.summary.title) } " · " (phase(one.summary.phase))
                    @if one.summary.privileged.is_some() { " · " a href={ "/negotiations/" (one.id) "/counterpart" } { "precedent" } }
                } } }
            }
            (form(kept, wrong.map(|(_, fields)| fields)))
        }
    };
    Ok(page(who, &counterpart.name, Place::Counterparts, content))
}

fn all_visits(visits: &[(Visit, bool)]) -> Markup {
    html! {
        @if !visits.is_empty() {
            h2 { "Visits" }
            ul.plain { @for (visit, own) in visits { li {
                @if *own { a href={ "/visits/" (visit.id) } { (visit.visitor) ", " (visit.on.strftime("%-d %b %Y")) } }
                @else { (visit.visitor) ", " (visit.on.strftime("%-d %b %Y")) }
            } } }
        }
    }
}

fn form(kept: &Kept<Counterpart>, written: Option<&Fields>) -> Markup {
    let counterpart = &kept.page;
    let people: Vec<String> =
        counterpart.people.iter().map(|one| format!("{}; {}; {}", one.name, one.title, one.tier.key())).collect();
    let ties: Vec<String> = counterpart.ties.iter().map(tie_line).collect();
    let held = [
        ("places", counterpart.places.join("\n")),
        ("product_lines", counterpart.product_lines.join("\n")),
        ("people", people.join("\n")),
        ("ties", ties.join("\n")),
    ];
    let value = |name: &str| match written {
        Some(fields) => fields.text(name).to_owned(),
        None => held.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone()).unwrap_or_default(),
    };
    let revision = written.and_then(|fields| fields.maybe("revision")).unwrap_or_else(|| kept.revision.to_string());
    html! {
        details.act open[kept.revision == 0 || written.is_some()] {
            summary { "Write what you know of them" }
            form method="post" action=(counterpart_address(&counterpart.name)) {
                input type="hidden" name="revision" value=(revision);
                label { "Towns, a line each" small { "as your calendars write them" } textarea name="places" rows="2" { (value("places")) } }
                label { "Product lines between you, a line each" textarea name="product_lines" rows="2" { (value("product_lines")) } }
                label { "Their people, a line each" small { "name; title; board, director, head or working" }
                    textarea name="people" rows="4" placeholder="Ida Weiss; chief buyer; director" { (value("people")) } }
                label { "Who of yours knows whom, a line each" small { "account; their name; knows or trusts; the day that they last met" }
                    textarea name="ties" rows="4" placeholder="carla; Ida Weiss; trusts; 2026-05-04" { (value("ties")) } }
                button type="submit" { "Write it down" }
            }
        }
    }
}

fn tie_line(tie: &Tie) -> String {
    let met = tie.last_met.map_or(String::new(), |met| format!("; {met}"));
    format!("{}; {}; {}{met}", tie.ours, tie.theirs, tie.strength.key())
}

pub(super) async fn write(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Path(name): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let wrong = match written_down(&name, &fields) {
        Ok((counterpart, revision)) => {
            match context.desk().keep_counterpart(&who, &counterpart, revision, context.now()).await {
                Ok(_) => return Ok(Redirect::to(&counterpart_address(&name)).into_response()),
                Err(error) => Problem::from(error).message,
            }
        }
        Err(why) => why,
    };
    let kept = context.desk().counterpart(&who, &name).await.map_err(to(&who))?;
    account(&context, &who, &kept, Some((&wrong, &fields))).await
}

fn written_down(name: &str, fields: &Fields) -> Result<(Counterpart, u64), String> {
    let people: Result<Vec<Person>, String> = fields
        .lines("people")
        .iter()
        .map(|line| written::person(line).map_err(|why| format!("people: {why}")))
        .collect();
    let ties: Result<Vec<Tie>, String> =
        fields.lines("ties").iter().map(|line| written::tie(line).map_err(|why| format!("ties: {why}"))).collect();
    let revision = fields.text("revision").parse().map_err(|_| "revision: expected a number".to_owned())?;
    let counterpart = Counterpart {
        name: name.to_owned(),
        places: fields.lines("places"),
        product_lines: fields.lines("product_lines"),
        people: people?,
        ties: ties?,
    };
    Ok((counterpart, revision))
}
