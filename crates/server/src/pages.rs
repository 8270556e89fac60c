//! The pages of the desk: written on the server, with a script for what is live, for acts in place, tabs and keys. This is the
//! table of their addresses; a file or folder here for each page, and what pages share.
//!
//! A page reads the desk as the API does, and nothing here decides who may do what.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use app::Principal;
use axum::response::Response;

use crate::context::Context;

mod account;
mod acts;
mod answering;
mod asset;
mod brief;
mod called;
mod counterpart;
mod failure;
mod field;
mod first_run;
mod glance;
mod guidance;
mod issue_sheet;
mod live;
mod message;
mod negotiation;
mod numbers;
mod owed;
mod packages;
mod portfolio;
mod prepare;
mod question;
mod reader;
mod receipt;
mod samples;
mod second_thoughts;
mod settings;
mod shell;
mod sign_in;
mod start;
mod step_up;
mod ties;
mod views;
mod visit;
mod visitor;
mod visits;
mod warnings;
mod what_if;
mod words;

/// The largest calendar file taken.
const CALENDAR_BYTES: usize = 4 * 1024 * 1024;

pub(crate) fn routes() -> Router<Context> {
    Router::new()
        .route("/", get(portfolio::show))
        .route("/welcome", get(first_run::show).post(first_run::create))
        .route("/sign-in", get(sign_in::show).post(sign_in::sign_in))
        .route("/open", get(start::show).post(start::open))
        .route("/open/answer", post(start::answer))
        .route("/open/case", post(start::case))
        .route("/samples", post(samples::take_in))
        .route("/samples/away", post(samples::put_away))
        .route("/guidance", get(guidance::show))
        .route("/numbers", get(numbers::show))
        .route("/counterparts", get(counterpart::list))
        .route("/counterpart", get(counterpart::find))
        .route("/counterparts/{name}", get(account::show).post(account::write))
        .route("/visits", get(visits::show).post(visits::plan))
        .route("/visits/calendar/address", post(visits::address))
        .route("/visits/calendar/file", post(visits::file).layer(DefaultBodyLimit::max(CALENDAR_BYTES)))
        .route("/visits/calendar/forget", post(visits::forget))
        .route("/visits/colleagues", post(visits::colleague))
        .route("/visits/feed", post(visits::make_feed))
        .route("/visits/{id}", get(visit::show))
        .route("/visits/{id}/hold", post(visit::hold))
        .route("/visits/{id}/call-off", post(visit::call_off))
        .route("/visits/{id}/debrief", post(visit::debrief))
        .route("/negotiations/{id}", get(negotiation::show))
        .route("/negotiations/{id}/advice", post(negotiation::put_on_record))
        .route("/negotiations/{id}/prepare", get(prepare::show).post(prepare::prepare))
        .route("/negotiations/{id}/sheet", get(issue_sheet::show).post(issue_sheet::keep))
        .route("/negotiations/{id}/sheet/file", post(issue_sheet::file))
        .route("/negotiations/{id}/packages", get(packages::show))
        .route("/negotiations/{id}/brief", get(brief::show))
        .route("/negotiations/{id}/message", get(message::show).post(message::check))
        .route("/negotiations/{id}/what-if", get(what_if::show))
        .route("/negotiations/{id}/counterpart", get(counterpart::show))
        .route("/negotiations/{id}/views", get(views::show))
        .route("/negotiations/{id}/join", get(step_up::show).post(step_up::join))
        .route("/negotiations/{id}/price", get(step_up::show).post(step_up::price))
        .route("/negotiations/{id}/acts/{act}", post(acts::act))
        .route("/settings", get(settings::show))
        .route("/settings/keys", post(settings::make_token))
        .route("/settings/keys/{id}/end", post(settings::end_key))
        .route("/settings/password", post(settings::change_password))
        .route("/settings/people", post(settings::make_account))
        .route("/settings/people/{name}/close", post(settings::close_account))
        .layer(axum::middleware::from_fn(owed::scope))
        .merge(pieces())
}

/// What is no page of its own, and so has no head in which to tell how much waits: pieces of a page, streams, what pages load.
fn pieces() -> Router<Context> {
    Router::new()
        .route("/sign-out", post(sign_in::sign_out))
        .route("/events", get(live::all_events))
        .route("/feeds/{secret}/visits.ics", get(visit::feed))
        .route("/negotiations/{id}/events", get(live::events))
        .route("/negotiations/{id}/limit", get(answering::limit))
        .route("/negotiations/{id}/packages/value", get(packages::value))
        .route("/negotiations/{id}/what-if/answer", get(what_if::answer))
        .route("/negotiations/{id}/what-if/ledger", get(what_if::ledger))
        .route("/assets/{name}", get(asset::show))
}

/// What is answered where there is no page.
pub(crate) fn nothing_here(who: Option<&Principal>) -> Response {
    failure::nothing_here(who)
}

/// What is answered where a page can't be asked for so.
pub(crate) fn not_so(who: Option<&Principal>) -> Response {
    failure::not_so(who)
}
