//! What a page says where something is not done.

use app::{Error, Principal};
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse, Response};
use maud::html;
use report::phrases::capital;

use super::shell::{Page, Place};
use crate::problem::{Code, Problem};

/// Why a page is not shown, and to whom.
pub(super) struct Failure {
    who: Option<Principal>,
    problem: Problem,
}

impl Failure {
    pub fn of(who: Option<&Principal>, error: Error) -> Self {
        Self::told(who, error.into())
    }

    /// Of what is known already as it is told.
    pub fn told(who: Option<&Principal>, problem: Problem) -> Self {
        Self { who: who.cloned(), problem }
    }
}

/// A page for an address at which there is nothing.
pub(super) fn nothing_here(who: Option<&Principal>) -> Response {
    of_problem(who, Problem::of(Code::NotFound, "nothing_here", "there is no such page; check the address"))
}

/// A page for an address that can't be asked for so.
pub(super) fn not_so(who: Option<&Principal>) -> Response {
    let what = "this address takes forms and is no page to open, or the other way about; start from your negotiations";
    of_problem(who, Problem::of(Code::Method, "method", what))
}

fn of_problem(who: Option<&Principal>, problem: Problem) -> Response {
    Failure { who: who.cloned(), problem }.into_response()
}

/// Turns an error of the desk into a page for `who`.
pub(super) fn to(who: &Principal) -> impl Fn(Error) -> Failure + '_ {
    |error| Failure::of(Some(who), error)
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = self.problem.status();
        let title = match status {
            StatusCode::METHOD_NOT_ALLOWED => "Not so",
            StatusCode::NOT_FOUND => "Not found",
            StatusCode::TOO_MANY_REQUESTS => "Not just now",
            StatusCode::FORBIDDEN => "Not yours to do",
            _ if status.is_server_error() => "Something failed",
            _ => "Not done",
        };
        let content = html! {
            section.narrow {
                h1 { (title) }
                p role="alert" { (capital(&self.problem.message)) "." }
                p { a href="/" { "To your negotiations" } }
            }
        };
        let mut response = Page { title, place: Place::Nowhere, who: self.who.as_ref(), content }.respond(status);
        if let Some(seconds) = self.problem.again() {
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        response
    }
}
