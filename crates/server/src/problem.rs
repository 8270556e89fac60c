//! What is answered where something is not done: a word for programs, and a sentence for people.

use aide::OperationOutput;
use aide::generate::GenContext;
use aide::openapi::{Operation, Response as Described};
use app::Error;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use negotiation::Rejection;
use schemars::JsonSchema;
use serde::Serialize;

/// Why something was not done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Problem {
    /// A word for programs.
    pub code: String,
    /// What is wrong and how to mend it.
    pub message: String,
    #[serde(skip)]
    status: Code,
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

    pub fn of(status: Code, code: &str, message: &str) -> Self {
        Self { code: code.to_owned(), message: message.to_owned(), status }
    }

    /// A fault of the program. What it is stays with us.
    pub fn ours() -> Self {
        Self::of(Code::Ours, "fault", "a fault of ours; nothing was recorded unless you were told so")
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let status = match &error {
            Error::NotFound | Error::Store(store::Error::Unknown) => Code::NotFound,
            Error::Forbidden | Error::Rejected(Rejection::BossAlone(_)) => Code::Forbidden,
            Error::TooOften => Code::TooOften,
            Error::Unknown | Error::SignIn => Code::Unknown,
            Error::Name(_)
            | Error::NoAccount
            | Error::ShortPassword
            | Error::Import(_)
            | Error::Calendar(_)
            | Error::Page(_)
            | Error::NoOption
            | Error::Visit(visits::Refused::Empty | visits::Refused::Ahead) => Code::Unfit,
            Error::Rejected(
                Rejection::Empty(_)
                | Rejection::Unordered(_)
                | Rejection::Impossible(_)
                | Rejection::Past(_)
                | Rejection::UnsoundSheet(_),
            ) => Code::Unfit,
            Error::Rejected(_)
            | Error::GivesAway { .. }
            | Error::PriceNotShown
            | Error::Conflict { .. }
            | Error::Missing(_)
            | Error::Faulty(_)
            | Error::NoAdvice
            | Error::NoSheet
            | Error::Search(_)
            | Error::Visit(_)
            | Error::Store(store::Error::Taken) => Code::Conflict,
            Error::Store(store::Error::Full) => Code::Full,
            Error::Store(store::Error::Database(_)) => Code::Unavailable,
            Error::Store(_) | Error::Ours(_) => Code::Ours,
        };
        Self { code: error.code().to_owned(), message: error.to_string(), status }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status.status();
        let mut response = (status, Json(self)).into_response();
        if status == StatusCode::UNAUTHORIZED {
            let bearer = axum::http::HeaderValue::from_static("Bearer");
            response.headers_mut().insert(axum::http::header::WWW_AUTHENTICATE, bearer);
        }
        response
    }
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
