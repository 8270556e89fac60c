//! Bodies, queries and path parts, refused in our own words where they are wrong.

use std::marker::PhantomData;
use std::sync::LazyLock;

use aide::OperationInput;
use aide::generate::GenContext;
use aide::openapi::Operation;
use app::wire::Act;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use negotiation::offer::Package;
use schemars::{JsonSchema, Schema, schema_for};
use serde::de::DeserializeOwned;
use serde_json::Value;
use terms::Currency;

use crate::amounts;
use crate::problem::{Code, Problem};

/// A JSON body.
pub(crate) struct Json<T>(pub T);
/// A JSON body that waits for the currency of its negotiation: until then its amounts can't be read.
pub(crate) struct Unread<T> {
    body: Value,
    of: PhantomData<T>,
}

/// What a body may be read as, with its schema at hand.
pub(crate) trait Shaped: DeserializeOwned {
    /// Its schema.
    fn schema() -> &'static Schema;
}

impl Shaped for Act {
    fn schema() -> &'static Schema {
        static SCHEMA: LazyLock<Schema> = LazyLock::new(|| schema_for!(Act));
        &SCHEMA
    }
}

impl Shaped for Package {
    fn schema() -> &'static Schema {
        static SCHEMA: LazyLock<Schema> = LazyLock::new(|| schema_for!(Package));
        &SCHEMA
    }
}

impl<T: Shaped> Unread<T> {
    /// Reads it, its amounts in a currency.
    pub fn read(mut self, currency: Option<Currency>) -> Result<T, Problem> {
        amounts::spell_out(&mut self.body, T::schema(), currency)
            .map_err(|why| Problem::of(Code::Unfit, "unfit", &why))?;
        serde_json::from_value(self.body).map_err(|fault| unfit(&fault.to_string()))
    }
}

impl<T: Send, S: Send + Sync> FromRequest<S> for Unread<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let Json(body) = Json::<Value>::from_request(request, state).await?;
        Ok(Self { body, of: PhantomData })
    }
}

impl<T: JsonSchema> OperationInput for Unread<T> {
    fn operation_input(context: &mut GenContext, operation: &mut Operation) {
        axum::Json::<T>::operation_input(context, operation);
    }
}

/// A query.
pub(crate) struct Query<T>(pub T);
/// Parts of the path.
pub(crate) struct Path<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        match axum::Json::<T>::from_request(request, state).await {
            Ok(axum::Json(body)) => Ok(Self(body)),
            Err(JsonRejection::MissingJsonContentType(_)) => {
                Err(Problem::of(Code::MediaType, "media_type", "the body is not JSON; send it as application/json"))
            }
            Err(JsonRejection::JsonSyntaxError(_)) => {
                Err(Problem::of(Code::Malformed, "malformed", "the body is no JSON; send one JSON value"))
            }
            Err(JsonRejection::JsonDataError(fault)) => Err(unfit(&fault.body_text())),
            Err(other) if other.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE => {
                Err(Problem::of(Code::TooLarge, "too_large", "the body is too large; send less at a time"))
            }
            Err(_) => Err(Problem::of(Code::Malformed, "malformed", "the body broke off; send it again")),
        }
    }
}

/// What serde says, short of the values that it quotes: those may be privileged.
fn unfit(said: &str) -> Problem {
    let said = said.strip_prefix("Failed to deserialize the JSON body into the target type: ").unwrap_or(said);
    let place = said.split(':').next().filter(|_| said.contains(": ")).unwrap_or("body");
    let place = if place.len() < 80 && !place.contains(['"', '`']) { place } else { "body" };
    let message = format!("the body is not what is expected here, at {place}; /api/openapi.json has its form");
    Problem::of(Code::Unfit, "unfit", &message)
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let query = axum::extract::Query::<T>::from_request_parts(parts, state).await;
        query.map(|axum::extract::Query(query)| Self(query)).map_err(|_: QueryRejection| {
            Problem::of(Code::Malformed, "query", "the query is wrong; /api/openapi.json has its form")
        })
    }
}

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        path.map(|axum::extract::Path(path)| Self(path)).map_err(|_: PathRejection| {
            Problem::of(
                Code::NotFound,
                "not_found",
                "there is no such thing, or you take no part in it; check the name",
            )
        })
    }
}

impl<T: JsonSchema> OperationInput for Json<T> {
    fn operation_input(context: &mut GenContext, operation: &mut Operation) {
        axum::Json::<T>::operation_input(context, operation);
    }
}

impl<T: JsonSchema> OperationInput for Query<T> {
    fn operation_input(context: &mut GenContext, operation: &mut Operation) {
        axum::extract::Query::<T>::operation_input(context, operation);
    }
}

impl<T: JsonSchema> OperationInput for Path<T> {
    fn operation_input(context: &mut GenContext, operation: &mut Operation) {
        axum::extract::Path::<T>::operation_input(context, operation);
    }
}
