//! What is answered beside routes and pages: whether the desk is ready, what the API is, and that there is nothing here.

use std::sync::Arc;

use aide::openapi::OpenApi;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};

use crate::caller::Caller;
use crate::context::Context;
use crate::pages;
use crate::problem::{Code, Problem};
use crate::request;

pub(crate) async fn openapi_json(Extension(api): Extension<Arc<OpenApi>>) -> Response {
    Json(&*api).into_response()
}

/// 200 when the database answers.
pub(crate) async fn healthz(State(context): State<Context>) -> Response {
    match context.desk().ping().await {
        Ok(()) => "ready\n".into_response(),
        Err(cause) => {
            cause.log("answering whether it is ready");
            let mut response = (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response();
            response.extensions_mut().insert(request::Complete);
            response
        }
    }
}

/// Whoever is not signed in is told so wherever they knock under the API: what is there is not theirs to know. Elsewhere
/// people look, who are answered with a page.
pub(crate) async fn nothing_here(caller: Result<Caller, Problem>, uri: Uri) -> Response {
    match caller {
        caller if !is_api(&uri) => pages::nothing_here(caller.ok().map(|caller| caller.0).as_ref()),
        Err(problem) if uri.path().starts_with("/api/v1") => problem.into_response(),
        _ => Problem::of(Code::NotFound, "nothing_here", "there is nothing here; /api/openapi.json tells what is")
            .into_response(),
    }
}

pub(crate) async fn not_so(caller: Result<Caller, Problem>, uri: Uri) -> Response {
    match caller {
        caller if !is_api(&uri) => pages::not_so(caller.ok().map(|caller| caller.0).as_ref()),
        Err(problem) => problem.into_response(),
        Ok(_) => {
            Problem::of(Code::Method, "method", "it can't be asked for so; /api/openapi.json tells how").into_response()
        }
    }
}

fn is_api(uri: &Uri) -> bool {
    uri.path() == "/api" || uri.path().starts_with("/api/")
}
