//! A message before it goes out: what it would give away, with the words and why.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use leak_guard::{Checked, Finding, Severity};
use maud::{Markup, html};
use report::phrases::capital;

use super::failure::{Failure, to};
use super::field::Fields;
use super::shell::{Place, page};
use super::visitor::Visitor;
use crate::context::Context;

pub(super) async fn show(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    context.desk().look_privileged(&who, &id, "the leak guard", context.now()).await.map_err(to(&who))?;
    Ok(page(&who, "Check a message", Place::Negotiations, content(&id, "", None)))
}

pub(super) async fn check(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let message = fields.0.get("message").map_or("", String::as_str).replace("\r\n", "\n");
    let found = context.desk().check_message(&who, &id, &message, context.now()).await.map_err(to(&who))?;
    Ok(page(&who, "Check a message", Place::Negotiations, content(&id, &message, Some(&found))))
}

fn content(id: &str, message: &str, checked: Option<&Checked>) -> Markup {
    html! {
        section.narrow {
            h1 { "Check a message before it goes out" }
            @match checked {
                None => p.lead { "It is looked through for what gives away how much this matters to you, how far you may go, your limits, \
                    your deadlines and numbers of yours. It is not kept, nor sent." },
                Some(checked) => {
                    @if checked.findings.is_empty() && checked.unread.is_empty() {
                        p.notice role="status" { "Nothing found. That is no proof that nothing is there." }
                    }
                    @for sentence in checked.reservations() { p.notice role="status" { (sentence) } }
                    @if !checked.findings.is_empty() { (marked(message, &checked.findings)) (findings(&checked.findings)) }
                }
            }
            form method="post" action={ "/negotiations/" (id) "/message" } {
                label { "The message" textarea name="message" rows="12" required { (message) } }
                button type="submit" { "Check it" }
                a href={ "/negotiations/" (id) } { "Back to the negotiation" }
            }
        }
    }
}

/// The message with the words that give something away marked; where two findings overlap, the earlier is.
fn marked(message: &str, found: &[Finding]) -> Markup {
    let mut pieces = Vec::new();
    let mut after = 0;
    for finding in found {
        let bytes = &finding.bytes;
        if let (true, Some(before), Some(words)) =
            (bytes.start >= after, message.get(after..bytes.start.max(after)), message.get(bytes.clone()))
        {
            pieces.push(html! { (before) mark.(class(finding.severity)) { (words) } });
            after = bytes.end;
        }
    }
    html! { p.message { @for piece in pieces { (piece) } (message.get(after..).unwrap_or_default()) } }
}

fn findings(found: &[Finding]) -> Markup {
    html! {
        ol.findings { @for finding in found {
            li {
                b { (capital(finding.kind.words())) } ", " (sure(finding.severity)) ": “" (finding.excerpt) "”"
                p { "Leave out: “" (finding.leave_out.words) "”" }
                p { (finding.why) @if let Some(instead) = &finding.instead { " Perhaps: " (instead) } }
            }
        } }
    }
}

fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Certain => "certain",
        Severity::Likely => "likely",
        Severity::Look => "look",
    }
}

fn sure(severity: Severity) -> &'static str {
    match severity {
        Severity::Certain => "certain",
        Severity::Likely => "likely",
        Severity::Look => "worth a look",
    }
}
