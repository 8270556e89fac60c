//! One's own password, sessions and tokens; and for admins, the accounts.

use app::{Account, AccountRole, Error, Key, KeyKind, NewToken, Principal};
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::SignedDuration;
use maud::{Markup, html};
use report::phrases::capital;

use super::failure::{Failure, to};
use super::field::Fields;
use super::shell::{Page, Place};
use super::visitor::Visitor;
use super::words::{day, moment};
use crate::context::Context;
use crate::problem::Problem;

/// Something to say above the settings.
enum Said {
    Nothing,
    /// A token, shown this once.
    Token(String),
    Done(&'static str),
    Wrong(Problem),
}

pub(super) async fn show(State(context): State<Context>, Visitor(who): Visitor) -> Result<Response, Failure> {
    settings(&context, &who, Said::Nothing).await
}

async fn settings(context: &Context, who: &Principal, said: Said) -> Result<Response, Failure> {
    let desk = context.desk();
    let keys = desk.own_keys(who, context.now()).await.map_err(to(who))?;
    let all = if who.administers() { desk.people(who).await.map_err(to(who))? } else { Vec::new() };
    let status = if let Said::Wrong(problem) = &said { problem.status() } else { StatusCode::OK };
    let content = html! {
        section.narrow {
            h1 { "Settings" }
            @match &said {
                Said::Nothing => {},
                Said::Done(what) => p.notice role="status" { (what) "." },
                Said::Wrong(problem) => p.wrong role="alert" { (capital(&problem.message)) "." },
                Said::Token(token) => div.notice role="status" {
                    p { "Your token, shown this once:" } pre tabindex="0" { code { (token) } }
                },
            }
            (keys_of(&keys, who))
            (password())
            @if who.administers() { (people(&all, who)) }
        }
    };
    Ok(Page { title: "Settings", place: Place::Settings, who: Some(who), content }.respond(status))
}

fn keys_of(keys: &[Key], who: &Principal) -> Markup {
    html! {
        h2 { "Sessions and tokens" }
        table.stacked {
            thead { tr { th scope="col" { "what" } th scope="col" { "reaches" } th scope="col" { "since" } th scope="col" { "until" } th scope="col" { span.hidden { "end it" } } } }
            tbody { @for key in keys {
                @let this = who.key.as_deref() == Some(key.id.as_str());
                tr {
                    th scope="row" { (key.kind.key())
                        small { @if this { strong { "this one" } } @else { (key.label) } } }
                    td data-label="reaches" { @if key.kind == KeyKind::Feed { "its visits alone" } @else { (key.scopes.iter().map(|scope| scope.key()).collect::<Vec<_>>().join(", ")) } }
                    td data-label="since" { (moment(key.created_at)) }
                    td data-label="until" { (key.expires_at.map_or_else(|| "it is ended".to_owned(), moment)) }
                    td { form method="post" action={ "/settings/keys/" (key.id) "/end" } { button.quiet type="submit" aria-label={ "End " (key.label) " of " (moment(key.created_at)) } { "End" } } }
                }
            } }
        }
        p.quiet { "What browser a session is at, and when it was last used, is not kept: go by when it began. End what you do not know." }
        details.act {
            summary { "Make a token" }
            form method="post" action="/settings/keys" {
                label { "What it is for" input name="label" maxlength="64" required; }
                fieldset {
                    legend { "How far it reaches" }
                    label.choice { input type="radio" name="scope" value="read"; "read: see what I see" }
                    label.choice { input type="radio" name="scope" value="write" checked; "write: the negotiator's own work, for an agent under a mandate" }
                    label.choice { input type="radio" name="scope" value="authorize"; "authorize: what a boss alone may do" }
                }
                label { "Days until it ends" input name="days" inputmode="numeric" value="30" required; }
                button type="submit" { "Make it" }
            }
        }
    }
}

fn password() -> Markup {
    html! {
        h2 { "Password" }
        details.act {
            summary { "Change my password" }
            form method="post" action="/settings/password" {
                label { "The present one" input type="password" name="present" autocomplete="current-password" required; }
                label { "A new one" small { "at least 12 characters" } input type="password" name="new" autocomplete="new-password" minlength="12" required; }
                button type="submit" { "Change it, and end all sessions" }
            }
        }
    }
}

fn people(accounts: &[Account], who: &Principal) -> Markup {
    html! {
        h2 { "People" }
        table.stacked {
            thead { tr { th scope="col" { "name" } th scope="col" { span.hidden { "role" } } th scope="col" { "since" } th scope="col" { span.hidden { "close it" } } } }
            tbody { @for account in accounts {
                tr {
                    th scope="row" { (account.name) }
                    td data-label="is" { (account.role.key()) }
                    td data-label="since" { (day(account.created_at)) }
                    td {
                        @if account.closed_at.is_some() { "closed" }
                        @else if account.name != who.user.0 {
                            form method="post" action={ "/settings/people/" (account.name) "/close" } {
                                button.quiet type="submit" aria-label={ "Close the account of " (account.name) ": they are signed out and can't come in again" } { "Close" }
                            }
                        }
                    }
                }
            } }
        }
        details.act {
            summary { "Make an account" }
            form method="post" action="/settings/people" {
                label { "Name" small { "lower-case letters, digits, dots, dashes" } input name="name" autocapitalize="none" autocomplete="off" required; }
                label { "First password" small { "at least 12 characters; they can change it" } input type="password" name="password" autocomplete="new-password" minlength="12" required; }
                label.choice { input type="checkbox" name="admin" value="yes"; "may make accounts too" }
                button type="submit" { "Make the account" }
            }
        }
    }
}

/// The settings again, with what became of it.
async fn done(context: &Context, who: &Principal, result: Result<Said, Error>) -> Result<Response, Failure> {
    let said = result.unwrap_or_else(|error| Said::Wrong(error.into()));
    settings(context, who, said).await
}

pub(super) async fn make_token(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let made = token(&context, &who, &fields).await;
    done(&context, &who, made.map(Said::Token)).await
}

async fn token(context: &Context, who: &Principal, fields: &Fields) -> Result<String, Error> {
    let scope = fields.text("scope").parse().map_err(|_| Error::Forbidden)?;
    let days = fields.text("days").parse::<i64>().ok().filter(|days| (1..=3650).contains(days));
    let lasts = SignedDuration::from_hours(24 * days.ok_or(Error::Name("the days"))?);
    let label = fields.text("label").to_owned();
    let new = NewToken { owner: None, label, scopes: vec![scope], lasts: Some(lasts) };
    Ok(context.desk().make_token(who, new, context.now()).await?.secret)
}

pub(super) async fn end_key(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    context.desk().end_key(&who, &id, context.now()).await.map_err(to(&who))?;
    Ok(Redirect::to("/settings").into_response())
}

pub(super) async fn change_password(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let secret = |name: &str| fields.0.get(name).map_or("", String::as_str);
    match context.set_password(&who, &who.user.0, Some(secret("present")), secret("new")).await {
        Ok(()) => Ok(Redirect::to("/sign-in").into_response()),
        Err(error) => done(&context, &who, Err(error)).await,
    }
}

pub(super) async fn make_account(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let role = if fields.ticked("admin") { AccountRole::Admin } else { AccountRole::Member };
    let password = fields.0.get("password").map_or("", String::as_str);
    let made = context.desk().make_account(&who, fields.text("name"), role, password, context.now()).await;
    let made = match made {
        Err(error @ Error::Forbidden) => return Err(to(&who)(error)),
        made => made,
    };
    done(&context, &who, made.map(|()| Said::Done("The account is made; its owner can sign in"))).await
}

pub(super) async fn close_account(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Path(name): Path<String>,
) -> Result<Response, Failure> {
    let closed = match context.desk().close_account(&who, &name, context.now()).await {
        // That it is not theirs to do is said on a page of its own.
        Err(error @ Error::Forbidden) => return Err(to(&who)(error)),
        closed => closed,
    };
    done(&context, &who, closed.map(|()| Said::Done("The account is closed"))).await
}
