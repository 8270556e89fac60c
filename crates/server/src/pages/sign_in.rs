//! Signing in and out at a browser.

use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::CookieJar;
use maud::{Markup, html};
use report::phrases::capital;

use super::failure::Failure;
use super::field::Fields;
use super::shell::{Page, Place, open_page};
use super::visitor::Visitor;
use crate::context::Context;
use crate::cookie::cookie;
use crate::problem::Problem;
use crate::proxy::Way;

/// Where to go afterwards.
#[derive(serde::Deserialize)]
pub(super) struct Next {
    next: Option<String>,
}

pub(super) async fn show(State(context): State<Context>, Query(next): Query<Next>) -> Response {
    match context.desk().accounts.any().await {
        Ok(true) => open_page("Sign in", form(next.next.as_deref().unwrap_or_default(), "", None)),
        Ok(false) => open_page("Welcome", nobody_yet()),
        Err(error) => Failure::of(None, error).into_response(),
    }
}

fn nobody_yet() -> Markup {
    html! {
        section.narrow {
            h1 { "Nobody has an account yet" }
            p { "The program has printed an address to the console where it was started: open that to make the first one." }
        }
    }
}

fn form(next: &str, name: &str, wrong: Option<&str>) -> Markup {
    html! {
        section.narrow {
            h1 { "Sign in" }
            @if let Some(wrong) = wrong { p.wrong role="alert" { (capital(wrong)) "." } }
            form method="post" action="/sign-in" {
                input type="hidden" name="next" value=(next);
                label { "Name" input name="name" value=(name) autocomplete="username" autocapitalize="none" required autofocus; }
                label { "Password" input type="password" name="password" autocomplete="current-password" required; }
                button type="submit" { "Sign in" }
            }
        }
    }
}

pub(super) async fn sign_in(
    State(context): State<Context>,
    way: Way,
    jar: CookieJar,
    Form(fields): Form<Fields>,
) -> Response {
    let (name, password, next) = (fields.text("name"), fields.0.get("password"), fields.text("next"));
    let signed_in = context.sign_in_from(Some(way.address), name, password.map_or("", String::as_str)).await;
    match signed_in {
        Ok(issued) => (jar.add(cookie(&context, way, issued.secret)), Redirect::to(within(next))).into_response(),
        Err(error) => {
            let problem = Problem::from(error);
            let content = form(next, name, Some(&problem.message));
            Page { title: "Sign in", place: Place::Nowhere, who: None, content }.respond(problem.status())
        }
    }
}

/// Only to pages of this desk.
fn within(next: &str) -> &str {
    let here = next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\r', '\n']);
    if here { next } else { "/" }
}

pub(super) async fn sign_out(
    State(context): State<Context>,
    way: Way,
    jar: CookieJar,
    Visitor(who): Visitor,
) -> Response {
    // Whatever becomes of the key, the browser forgets it.
    if let Err(error) = context.desk().sign_out(&who, context.now()).await {
        error.log("ending a session");
    }
    let mut gone = cookie(&context, way, String::new());
    gone.make_removal();
    (StatusCode::SEE_OTHER, jar.add(gone), [(axum::http::header::LOCATION, "/sign-in")]).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_elsewhere() {
        assert_eq!(within("/negotiations/abc"), "/negotiations/abc");
        for elsewhere in ["", "https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example"] {
            assert_eq!(within(elsewhere), "/", "{elsewhere}");
        }
    }
}
