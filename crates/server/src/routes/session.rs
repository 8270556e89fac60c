//! Signing in and out.

use aide::OperationOutput;
use aide::axum::ApiRouter;
use aide::axum::routing::{get_with, post_with};
use aide::generate::GenContext;
use aide::openapi::{Operation, Response as Described, StatusCode};
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::{Cookie, CookieJar};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use terms::Scope;

use super::shared::Ended;
use crate::body::Json as Body;
use crate::caller::Caller;
use crate::context::Context;
use crate::cookie::cookie;
use crate::problem::Problem;
use crate::proxy::Way;

pub(crate) fn routes() -> ApiRouter<Context> {
    ApiRouter::new()
        .api_route(
            "/session",
            post_with(sign_in, |op| op.id("sign_in").summary("Sign in by password"))
                .delete_with(sign_out, |op| op.id("sign_out").summary("Sign out")),
        )
        .api_route("/me", get_with(me, |op| op.id("me").summary("Who is signed in, and how far they may go")))
}

/// A name and its password.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SignIn {
    /// The name of the account.
    name: String,
    /// Its password.
    password: String,
}

/// A session.
#[derive(Serialize, JsonSchema)]
struct Session {
    /// To be sent as `Authorization: Bearer`, where no cookie is kept.
    token: String,
    /// When it ends by itself.
    expires_at: Option<Timestamp>,
}

/// An answer that also sets or takes away the session's cookie.
struct Cookied<T> {
    cookie: Cookie<'static>,
    answer: T,
}

impl<T: Serialize> IntoResponse for Cookied<T> {
    fn into_response(self) -> Response {
        (CookieJar::new().add(self.cookie), Json(self.answer)).into_response()
    }
}

impl<T: JsonSchema> OperationOutput for Cookied<T> {
    type Inner = T;

    fn operation_response(context: &mut GenContext, operation: &mut Operation) -> Option<Described> {
        Json::<T>::operation_response(context, operation)
    }

    fn inferred_responses(context: &mut GenContext, operation: &mut Operation) -> Vec<(Option<StatusCode>, Described)> {
        Json::<T>::inferred_responses(context, operation)
    }
}

async fn sign_in(
    State(context): State<Context>,
    way: Way,
    Body(body): Body<SignIn>,
) -> Result<Cookied<Session>, Problem> {
    let issued = context.sign_in_from(Some(way.address), &body.name, &body.password).await?;
    let cookie = cookie(&context, way, issued.secret.clone());
    Ok(Cookied { cookie, answer: Session { token: issued.secret, expires_at: issued.expires_at } })
}

async fn sign_out(State(context): State<Context>, way: Way, Caller(who): Caller) -> Result<Cookied<Ended>, Problem> {
    context.desk().sign_out(&who, context.now()).await?;
    let mut gone = cookie(&context, way, String::new());
    gone.make_removal();
    Ok(Cookied { cookie: gone, answer: Ended { ended: true } })
}

/// Somebody signed in.
#[derive(Serialize, JsonSchema)]
struct Me {
    /// The name of the account.
    name: String,
    /// Whether it may manage accounts.
    admin: bool,
    /// How far what they came with reaches.
    scopes: Vec<Scope>,
}

async fn me(Caller(who): Caller) -> Result<Json<Me>, Problem> {
    Ok(Json(Me { name: who.user.0.clone(), admin: who.administers(), scopes: who.scopes }))
}
