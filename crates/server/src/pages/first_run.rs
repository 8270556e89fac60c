//! The first account, made by whoever sees the console.

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
use crate::context::Context;
use crate::cookie::cookie;
use crate::problem::{Code, Problem};
use crate::proxy::Way;

/// The one-time token of the console.
#[derive(serde::Deserialize)]
pub(super) struct Token {
    #[serde(default)]
    token: String,
}

pub(super) async fn show(State(context): State<Context>, Query(token): Query<Token>) -> Response {
    match allowed(&context, &token.token).await {
        Ok(true) => open_page("Welcome", form(&token.token, "", None)),
        Ok(false) => Redirect::to("/sign-in").into_response(),
        Err(error) => Failure::of(None, error).into_response(),
    }
}

/// The token is the console's, and there is still nobody.
async fn allowed(context: &Context, token: &str) -> Result<bool, app::Error> {
    let expected = context.welcome().is_some_and(|expected| expected == token);
    Ok(expected && !context.desk().accounts.any().await?)
}

fn form(token: &str, name: &str, wrong: Option<&str>) -> Markup {
    html! {
        section.narrow {
            h1 { "Welcome to Upstairs" }
            p { "Make the first account. It can make others for your team: your boss needs one to answer you." }
            @if let Some(wrong) = wrong { p.wrong role="alert" { (capital(wrong)) "." } }
            form method="post" action="/welcome" {
                input type="hidden" name="token" value=(token);
                label { "Name" small { "lower-case letters, digits, dots, dashes" }
                    input name="name" value=(name) autocomplete="username" autocapitalize="none" required autofocus; }
                label { "Password" small { "at least 12 characters" }
                    input type="password" name="password" autocomplete="new-password" minlength="12" required; }
                button type="submit" { "Make the account" }
            }
        }
    }
}

pub(super) async fn create(
    State(context): State<Context>,
    way: Way,
    jar: CookieJar,
    Form(fields): Form<Fields>,
) -> Response {
    let (token, name) = (fields.text("token"), fields.text("name"));
    let allowed = match allowed(&context, token).await {
        Ok(allowed) => allowed,
        Err(error) => return Failure::of(None, error).into_response(),
    };
    if !allowed {
        let problem = Problem::of(Code::Forbidden, "forbidden", "the first account is made; sign in");
        return Page {
            title: "Welcome",
            place: Place::Nowhere,
            who: None,
            content: form("", name, Some(&problem.message)),
        }
        .respond(StatusCode::FORBIDDEN);
    }
    let password = fields.0.get("password").map_or("", String::as_str);
    let accounts = &context.desk().accounts;
    let made = accounts.create_first(name, password, context.now()).await;
    let issued = match made {
        Ok(()) => context.sign_in_from(Some(way.address), name, password).await,
        Err(error) => Err(error),
    };
    match issued {
        Ok(issued) => (jar.add(cookie(&context, way, issued.secret)), Redirect::to("/")).into_response(),
        Err(error) => {
            let problem = Problem::from(error);
            let content = form(token, name, Some(&problem.message));
            Page { title: "Welcome", place: Place::Nowhere, who: None, content }.respond(problem.status())
        }
    }
}
