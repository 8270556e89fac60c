//! The samples that a new desk offers, and any desk at any time.

use app::Sample;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

use super::failure::{Failure, to};
use super::visitor::Visitor;
use crate::context::Context;

/// Worked cases of the program's own, with their offers: with whom, the case, and its issue sheet. The names are none that a
/// real counterpart has, for whose precedents they would count.
const SAMPLES: [(&str, &str, Option<&str>); 3] = [
    (
        "Northwind (sample)",
        include_str!("../../../../examples/software-renewal.toml"),
        Some(include_str!("../../../../sheets/software-renewal.toml")),
    ),
    ("Castings supplier (sample)", include_str!("../../../../examples/supply-contract.toml"), None),
    ("Claimant's counsel (sample)", include_str!("../../../../examples/injury-claim.toml"), None),
];

pub(super) async fn take_in(State(context): State<Context>, Visitor(who): Visitor) -> Result<Response, Failure> {
    for (counterpart, case, sheet) in SAMPLES {
        let unreadable = || to(&who)(app::Error::Ours("a sample that can't be read"));
        let case = case_file::read(case.as_bytes()).map_err(|_| unreadable())?;
        let sheet = sheet.map(bargain::sheet::text::read).transpose().map_err(|_| unreadable())?;
        context
            .desk()
            .take_in_sample(&who, Sample { case, sheet, counterpart }, context.now())
            .await
            .map_err(to(&who))?;
    }
    Ok(Redirect::to("/").into_response())
}

pub(super) async fn put_away(State(context): State<Context>, Visitor(who): Visitor) -> Result<Response, Failure> {
    context.desk().put_samples_away(&who, context.now()).await.map_err(to(&who))?;
    Ok(Redirect::to("/").into_response())
}
