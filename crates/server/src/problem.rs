//! What is answered where something is not done: a word for programs, and a sentence for people.

use aide::OperationOutput;
use aide::generate::GenContext;
use aide::openapi::{Operation, Response as Described};
use app::{Error, ErrorClass};
use axum::Json;
use axum::body::HttpBody as _;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use negotiation::doubt::Doubt;
use schemars::JsonSchema;
use serde::Serialize;

use crate::request;

/// Seconds after which what was too much may be asked for again.
const SOON: u32 = 2;

/// Why something was not done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Problem {
    /// A word for programs.
    pub code: String,
    /// What is wrong and how to mend it.
    pub message: String,
    /// Where it is a fault of ours: what the request is called in the log, to tell whoever runs the desk.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
    /// What is asked about before it counts, where an entry breaks the pattern: send it again with `sure=true` where it is meant.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<Doubt>,
    #[serde(skip)]
    status: Code,
    /// After how many seconds it may be tried again, where that is known.
    #[serde(skip)]
    again: Option<u32>,
}

/// The statuses that a problem can have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Code {
    Malformed,
    Unknown,
    Forbidden,
    NotFound,
    Method,
    Conflict,
    TooLarge,
    MediaType,
    Unfit,
    #[default]
    Ours,
    Unavailable,
    Full,
    TooOften,
}

impl Code {
    fn status(self) -> StatusCode {
        match self {
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::Unknown => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Conflict => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Unfit => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Ours => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Full => StatusCode::INSUFFICIENT_STORAGE,
            Self::TooOften => StatusCode::TOO_MANY_REQUESTS,
        }
    }
}

impl Problem {
    /// The status it is answered with.
    pub fn status(&self) -> StatusCode {
        self.status.status()
    }

    /// After how many seconds it may be tried again, where that is known.
    pub fn again(&self) -> Option<u32> {
        self.again
    }

    pub fn of(status: Code, code: &str, message: &str) -> Self {
        Self {
            code: code.to_owned(),
            message: message.to_owned(),
            request: None,
            doubts: Vec::new(),
            status,
            again: None,
        }
    }

    /// No answer came in time. Whether it is done all the same is not known.
    fn late() -> Self {
        Self::of(Code::Unavailable, "slow", "no answer came in time; look whether it was done, and try again")
    }

    /// A fault of the program that was logged where it happened. What it is stays with us.
    pub fn ours() -> Self {
        Self::of(Code::Ours, "fault", "a fault of ours; nothing was recorded unless you were told so")
    }
}

/// Every failure that a caller is told of comes by here once, and so is logged here where it is a fault of ours.
impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let status = match error.class() {
            ErrorClass::Unknown => Code::Unknown,
            ErrorClass::Forbidden => Code::Forbidden,
            ErrorClass::NotFound => Code::NotFound,
            ErrorClass::Unfit => Code::Unfit,
            ErrorClass::Conflict => Code::Conflict,
            ErrorClass::TooOften | ErrorClass::Busy => Code::TooOften,
            ErrorClass::Full => Code::Full,
            ErrorClass::Unavailable => Code::Unavailable,
            ErrorClass::Ours => Code::Ours,
        };
        let again = (error.class() == ErrorClass::Busy).then_some(SOON);
        error.log("answering");
        let (code, message) = (error.code().to_owned(), error.to_string());
        let doubts = if let Error::Doubtful(doubts) = error { doubts } else { Vec::new() };
        Self { code, message, request: None, doubts, status, again }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status.status();
        let again = self.again;
        let mut response = request::with_id(move |id| {
            let request = id.map(str::to_owned);
            (status, Json(Self { request, ..self.clone() })).into_response()
        });
        if let Some(seconds) = again {
            response.headers_mut().insert(axum::http::header::RETRY_AFTER, seconds.into());
        }
        if status == StatusCode::UNAUTHORIZED {
            let bearer = axum::http::HeaderValue::from_static("Bearer");
            response.headers_mut().insert(axum::http::header::WWW_AUTHENTICATE, bearer);
        }
        response
    }
}

/// Says in words what the layer that waits for answers says with an empty one of status 503.
pub(crate) async fn in_time(response: Response) -> Response {
    if response.status() == StatusCode::SERVICE_UNAVAILABLE && response.body().size_hint().exact() == Some(0) {
        tracing::error!(cause = "no answer came in time", "a request was given up");
        return Problem::late().into_response();
    }
    response
}

/// Every operation may answer with any of these.
impl OperationOutput for Problem {
    type Inner = Self;

    fn operation_response(context: &mut GenContext, operation: &mut Operation) -> Option<Described> {
        Json::<Self>::operation_response(context, operation)
    }

    fn inferred_responses(
        context: &mut GenContext,
        operation: &mut Operation,
    ) -> Vec<(Option<aide::openapi::StatusCode>, Described)> {
        let Some(described) = Json::<Self>::operation_response(context, operation) else { return Vec::new() };
        let statuses = [
            Code::Malformed,
            Code::Unknown,
            Code::Forbidden,
            Code::NotFound,
            Code::Conflict,
            Code::TooLarge,
            Code::MediaType,
            Code::Unfit,
            Code::Ours,
            Code::Unavailable,
            Code::Full,
            Code::TooOften,
        ];
        let numbered = statuses.map(|code| {
            let mut described = described.clone();
            described.description = code.status().canonical_reason().unwrap_or("a problem").to_owned();
            (Some(aide::openapi::StatusCode::Code(code.status().as_u16())), described)
        });
        numbered.into_iter().collect()
    }
}
