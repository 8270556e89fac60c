//! The offers of a negotiation as people keep them: as CSV and XLSX, out and in.

use std::marker::PhantomData;

use aide::axum::ApiRouter;
use aide::axum::routing::{ApiMethodRouter, get_with};
use aide::generate::GenContext;
use aide::openapi::{MediaType, Operation, ReferenceOr, RequestBody, Response as Described};
use aide::{OperationInput, OperationOutput};
use app::{Given, NotRecorded};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, Request, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use negotiation::Version;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use spreadsheet::{Kind, Line};

use super::shared::Id;
use crate::body::{Path, Query};
use crate::caller::Caller;
use crate::context::Context;
use crate::problem::{Code, Problem};

/// Most problems of a sheet that are told at once.
const TOLD: usize = 5;

pub(crate) fn routes() -> ApiRouter<Context> {
    ApiRouter::new()
        .api_route("/negotiations/{id}/offers.csv", of::<Csv>("export_offers_csv", "import_offers_csv"))
        .api_route("/negotiations/{id}/offers.xlsx", of::<Xlsx>("export_offers_xlsx", "import_offers_xlsx"))
}

fn of<K: FileForm>(export_id: &'static str, import_id: &'static str) -> ApiMethodRouter<Context> {
    get_with(export::<K>, |op| op.id(export_id).summary(&format!("Its offers, as {}", K::NAME)))
        .post_with(import::<K>, |op| {
            op.id(import_id).summary(&format!("Record the offers of a sheet as of now, as {}; all or none", K::NAME))
        })
        .layer(DefaultBodyLimit::max(spreadsheet::MAX_BYTES))
}

/// A kind of sheet.
trait FileForm: Send + 'static {
    const NAME: &'static str;
    const MEDIA: &'static str;
    /// What a browser saves it as.
    const ATTACHED: &'static str;
    /// What tells it from plain text in the description of the API, if anything does.
    const FORMAT: &'static str;

    const KIND: Kind;

    fn write(lines: &[Line]) -> Result<Vec<u8>, spreadsheet::Problem>;
}

struct Csv;
struct Xlsx;

impl FileForm for Csv {
    const NAME: &'static str = "CSV";
    const MEDIA: &'static str = "text/csv";
    const ATTACHED: &'static str = "attachment; filename=\"offers.csv\"";
    const FORMAT: &'static str = "";
    const KIND: Kind = Kind::Csv;

    fn write(lines: &[Line]) -> Result<Vec<u8>, spreadsheet::Problem> {
        Ok(spreadsheet::write_csv(lines).into_bytes())
    }
}

impl FileForm for Xlsx {
    const NAME: &'static str = "XLSX";
    const MEDIA: &'static str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    const ATTACHED: &'static str = "attachment; filename=\"offers.xlsx\"";
    const FORMAT: &'static str = "binary";
    const KIND: Kind = Kind::Xlsx;

    fn write(lines: &[Line]) -> Result<Vec<u8>, spreadsheet::Problem> {
        spreadsheet::write_xlsx(lines)
    }
}

async fn export<K: FileForm>(
    State(context): State<Context>,
    Caller(who): Caller,
    Path(Id { id }): Path<Id>,
) -> Result<Written<K>, Problem> {
    let lines = context.desk().export_offers(&who, &id, context.now()).await?;
    let written = K::write(&lines).map_err(|problem| Problem::of(Code::Conflict, "bad_sheet", &problem.to_string()))?;
    Ok(Written(written, PhantomData))
}

/// With what reason.
#[derive(Deserialize, JsonSchema)]
struct Despite {
    /// Why offers of ours are recorded even where they lie outside the mandate.
    despite: Option<String>,
    /// The offers are meant, though some break the pattern.
    #[serde(default)]
    sure: bool,
    /// Columns that are terms of the package, with commas between: `warranty,delivery`. Those of the negotiation's issues and of
    /// its offers so far are known; what any other holds goes into the note.
    terms: Option<String>,
}

/// What was recorded.
#[derive(Serialize, JsonSchema)]
struct Recorded {
    /// How many offers.
    offers: usize,
    /// The negotiation's last version now.
    version: Version,
    /// What of the sheet was kept in the notes or not read, in sentences.
    aside: Vec<String>,
}

async fn import<K: FileForm>(
    State(context): State<Context>,
    Caller(who): Caller,
    Path(Id { id }): Path<Id>,
    Query(wish): Query<Despite>,
    Sent(bytes, _): Sent<K>,
) -> Result<Json<Recorded>, Problem> {
    let now = context.now();
    let terms: Vec<String> =
        wish.terms.iter().flat_map(|terms| terms.split(',')).map(|name| name.trim().to_owned()).collect();
    let known = context.desk().known_in_sheets(&who, &id, &terms).await?;
    let read = move |_: &_| spreadsheet::read(K::KIND, &bytes, &known);
    let sheet = context.desk().computing().run(&who.user.0, read).await?.map_err(|problems| wrong(&problems))?;
    let given = Given { despite: wish.despite.as_deref(), sure: wish.sure };
    let done = context.desk().import_offers(&who, &id, &sheet.lines, given, now).await.map_err(told)?;
    let recorded = Recorded { offers: sheet.lines.len(), version: done.negotiation.version, aside: sheet.aside };
    Ok(Json(recorded))
}

/// What is wrong with a sheet.
fn wrong(problems: &[spreadsheet::Problem]) -> Problem {
    let problems: Vec<String> = problems.iter().take(TOLD).map(ToString::to_string).collect();
    Problem::of(Code::Unfit, "bad_sheet", &problems.join(" "))
}

fn told(refused: NotRecorded) -> Problem {
    let mut problem = Problem::from(refused.why);
    if let Some(number) = refused.offer {
        problem.message = format!("offer {number}: {}; none of them is recorded", problem.message);
    }
    problem
}

/// A sheet in an answer.
struct Written<K>(Vec<u8>, PhantomData<K>);

impl<K: FileForm> IntoResponse for Written<K> {
    fn into_response(self) -> Response {
        ([(CONTENT_TYPE, K::MEDIA), (CONTENT_DISPOSITION, K::ATTACHED)], self.0).into_response()
    }
}

impl<K: FileForm> OperationOutput for Written<K> {
    type Inner = Self;

    fn operation_response(_: &mut GenContext, _: &mut Operation) -> Option<Described> {
        let content = [(K::MEDIA.to_owned(), media::<K>())].into_iter().collect();
        Some(Described { description: format!("The offers, as {}", K::NAME), content, ..Described::default() })
    }

    fn inferred_responses(
        context: &mut GenContext,
        operation: &mut Operation,
    ) -> Vec<(Option<aide::openapi::StatusCode>, Described)> {
        let described = Self::operation_response(context, operation);
        described.map(|described| (Some(aide::openapi::StatusCode::Code(200)), described)).into_iter().collect()
    }
}

fn media<K: FileForm>() -> MediaType {
    let schema = match K::FORMAT {
        "" => schemars::json_schema!({ "type": "string" }),
        format => schemars::json_schema!({ "type": "string", "format": format }),
    };
    let schema = aide::openapi::SchemaObject { json_schema: schema, external_docs: None, example: None };
    MediaType { schema: Some(schema), ..MediaType::default() }
}

/// A sheet in a request, read once it is known for which negotiation.
struct Sent<K>(Bytes, PhantomData<K>);

impl<K: FileForm, S: Send + Sync> FromRequest<S> for Sent<K> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let media = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let media = media.split(';').next().unwrap_or_default().trim();
        if !media.eq_ignore_ascii_case(K::MEDIA) {
            let message = format!("the body is not {}; send it as {}", K::NAME, K::MEDIA);
            return Err(Problem::of(Code::MediaType, "media_type", &message));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => {
                Problem::of(Code::TooLarge, "too_large", "the sheet is too large; send less at a time")
            }
            _ => Problem::of(Code::Malformed, "malformed", "the body broke off; send it again"),
        })?;
        Ok(Self(bytes, PhantomData))
    }
}

impl<K: FileForm> OperationInput for Sent<K> {
    fn operation_input(_: &mut GenContext, operation: &mut Operation) {
        let content = [(K::MEDIA.to_owned(), media::<K>())].into_iter().collect();
        let body = RequestBody { content, required: true, ..RequestBody::default() };
        operation.request_body = Some(ReferenceOr::Item(body));
    }
}
