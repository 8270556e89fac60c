//! Opening a negotiation, and the samples that a new desk offers.

use app::Sample;
use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use negotiation::fact::Opening;
use report::phrases::capital;
use terms::{Currency, Role};

use super::failure::{Failure, to};
use super::field::Fields;
use super::shell::{Place, page};
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

pub(super) async fn show(Visitor(who): Visitor) -> Response {
    page(&who, "Open a negotiation", Place::Negotiations, form(&Fields::default(), None))
}

fn form(fields: &Fields, wrong: Option<&str>) -> Markup {
    let buys = fields.text("role") == "buyer";
    html! {
        section.narrow {
            h1 { "Open a negotiation" }
            @if let Some(wrong) = wrong { p.wrong role="alert" { (capital(wrong)) "." } }
            form method="post" action="/open" {
                label { "What it is called" input name="title" value=(fields.text("title")) required autofocus; }
                label { "With whom" input name="counterpart" value=(fields.text("counterpart")) required; }
                fieldset {
                    legend { "You" }
                    label.choice { input type="radio" name="role" value="seller" checked[!buys]; "sell: more is better" }
                    label.choice { input type="radio" name="role" value="buyer" checked[buys]; "buy: less is better" }
                }
                label { "Currency" small { "three letters, such as USD" }
                    input name="currency" value=(fields.maybe("currency").unwrap_or_else(|| "USD".to_owned())) maxlength="3" required; }
                button type="submit" { "Open it" }
            }
        }
    }
}

pub(super) async fn open(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let currency = |text: &str| text.to_uppercase().parse::<Currency>();
    let read = (fields.read("role", str::parse::<Role>), fields.read("currency", currency));
    let (role, currency) = match read {
        (Ok(role), Ok(currency)) => (role, currency),
        (Err(why), _) | (_, Err(why)) => {
            return Ok(page(&who, "Open a negotiation", Place::Negotiations, form(&fields, Some(&why))));
        }
    };
    let opening = Opening {
        title: fields.text("title").to_owned(),
        role,
        currency,
        counterpart: fields.text("counterpart").to_owned(),
    };
    match context.desk().open(&who, opening, context.now()).await {
        Ok(done) => Ok(Redirect::to(&format!("/negotiations/{}/prepare", done.id)).into_response()),
        Err(error @ app::Error::Rejected(_)) => {
            let content = form(&fields, Some(&error.to_string()));
            Ok(page(&who, "Open a negotiation", Place::Negotiations, content))
        }
        Err(error) => Err(to(&who)(error)),
    }
}

pub(super) async fn samples(State(context): State<Context>, Visitor(who): Visitor) -> Result<Response, Failure> {
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
