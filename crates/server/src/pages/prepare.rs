//! What is known and wanted, privately: ranges, both sides' alternatives, the time, what comes later.

use app::{Wish, written as read};
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use negotiation::Command;
use negotiation::authority::{Extent, Stated};
use negotiation::fact::{Days, Preparation};
use report::phrases::capital;
use terms::Currency;

use super::failure::{Failure, to};
use super::field::{Fields, written};
use super::second_thoughts::second_thoughts;
use super::shell::{Place, page};
use super::visitor::Visitor;
use crate::context::Context;

pub(super) async fn show(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let now = context.now();
    let negotiation = context.desk().look_privileged(&who, &id, "what is prepared", now).await.map_err(to(&who))?;
    let title = negotiation.opening.as_ref().map_or("", |opening| opening.title.as_str());
    Ok(page(
        &who,
        "Prepare",
        Place::Negotiations,
        form(&id, title, &shown(&negotiation.preparation, negotiation.rounds_left()), None),
    ))
}

/// The fields as what was prepared fills them.
fn shown(prepared: &Preparation, rounds_left: Option<u32>) -> Fields {
    let number = |number: Option<u32>| number.map_or(String::new(), |number| number.to_string());
    let words = |words: &Option<String>| words.clone().unwrap_or_default();
    let issues = prepared.issues.iter().map(|(issue, worth)| format!("{issue}: {worth}")).collect::<Vec<_>>();
    let mut fields: std::collections::BTreeMap<String, String> = [
        ("walk_away", written(prepared.walk_away)),
        ("target", written(prepared.target)),
        ("authority", authority(prepared.authority)),
        ("boss_limit", written(prepared.boss_limit)),
        ("counterpart_limit", written(prepared.counterpart_limit)),
        ("rounds_left", number(rounds_left)),
        ("deadline", prepared.deadline.map_or(String::new(), |day| day.to_string())),
        ("days_per_round", prepared.days_per_round.map_or(String::new(), |days| days.to_string())),
        ("cost_of_delay_per_week", written(prepared.cost_of_delay_per_week)),
        ("cost_of_escalating", written(prepared.cost_of_escalating)),
        ("later_deals", written(prepared.later_deals)),
        ("value_per_deal", written(prepared.value_per_deal)),
        ("boss_time_cost", written(prepared.boss_time_cost)),
        ("our_alternative", words(&prepared.our_alternative)),
        ("their_alternative", words(&prepared.their_alternative)),
        ("issues", issues.join("\n")),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect();
    if prepared.boss_expected {
        fields.insert("boss_expected".to_owned(), "yes".to_owned());
    }
    Fields(fields)
}

/// What the negotiator states, as its field shows it.
fn authority(stated: Option<Stated>) -> String {
    match stated {
        None => String::new(),
        Some(Stated::To(price)) => written(Some(price)),
        Some(Stated::Otherwise(Extent::None)) => "none".to_owned(),
        Some(Stated::Otherwise(Extent::Unlimited)) => "unlimited".to_owned(),
    }
}

fn form(id: &str, title: &str, fields: &Fields, wrong: Option<&str>) -> Markup {
    let amount = |name: &str, label: &str, hint: &str| {
        html! { label { (label) @if !hint.is_empty() { small { (hint) } }
        input name=(name) value=(fields.text(name)) inputmode="text" autocomplete="off"; } }
    };
    let words =
        |name: &str, label: &str| html! { label { (label) textarea name=(name) rows="2" { (fields.text(name)) } } };
    html! {
        section.narrow {
            h1 { "Prepare: " (title) }
            p.lead { "Private to your side. Any number may be a range, low..likely..high; what you leave out is assumed." }
            @if let Some(wrong) = wrong { p.wrong role="alert" { (capital(wrong)) "." } }
            form method="post" action={ "/negotiations/" (id) "/prepare" } {
                h2 { "Prices" }
                (amount("walk_away", "Walk-away", "the price at which no deal is as good"))
                (amount("target", "Target", "the price that you aim for"))
                (amount("counterpart_limit", "Their limit", "your guess, such as 1,140,000..1,230,000..1,340,000"))
                (amount("authority", "What you may sign unasked", "a price, none, or unlimited; a mandate that your boss grants takes its place"))
                (amount("boss_limit", "Your boss's limit", "the worst price that your boss would agree to; empty if you can sign anything"))
                h2 { "Alternatives" }
                (words("our_alternative", "Yours, without a deal"))
                (words("their_alternative", "Theirs"))
                (words("issues", "Other points, one a line, such as payment term: worth 0.4 % a month to us, little to them"))
                h2 { "Time" }
                (amount("rounds_left", "Rounds of offers left", "an offer by each side is a round"))
                (amount("deadline", "Or a deadline", "a day such as 2026-12-18"))
                (amount("days_per_round", "Days that a round takes", ""))
                (amount("cost_of_delay_per_week", "What a week of delay costs you", ""))
                h2 { "Later, and upstairs" }
                (amount("later_deals", "Later deals expected with them", ""))
                (amount("value_per_deal", "What one of them brings you", ""))
                (amount("boss_time_cost", "What your boss's time costs, once", ""))
                (amount("cost_of_escalating", "What going upstairs costs their negotiator", ""))
                label.choice { input type="checkbox" name="boss_expected" value="yes" checked[fields.ticked("boss_expected")];
                    "everybody brings their boss here" }
                label.choice { input type="checkbox" name="own_history" value="yes" checked[fields.ticked("own_history")];
                    "use what my closed negotiations make of the assumptions" small { a href="/numbers" { "what that is" } } }
                button type="submit" { "Keep" }
                a href={ "/negotiations/" (id) } { "Back without keeping" }
            }
        }
    }
}

pub(super) async fn prepare(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let now = context.now();
    let known = context.desk().look_privileged(&who, &id, "what is prepared", now).await.map_err(to(&who))?;
    let title = known.opening.as_ref().map_or("", |opening| opening.title.as_str());
    let again = |why: &str| page(&who, "Prepare", Place::Negotiations, form(&id, title, &fields, Some(why)));
    let preparation = match preparation(&fields, &known.preparation, known.currency()) {
        Ok(preparation) => preparation,
        Err(why) => return Ok(again(&why)),
    };
    let mut preparation = Box::new(preparation);
    if fields.ticked("own_history") {
        preparation.assumptions.extend(context.desk().own_assumptions(&who, now).await.map_err(to(&who))?);
    }
    let command = Command::Prepare { preparation };
    let wish = Wish { sure: fields.ticked("sure"), ..Wish::new(&command, now) };
    match context.desk().act(&who, &id, wish).await {
        Err(app::Error::Doubtful(doubts)) => {
            Ok(second_thoughts(&who, &format!("/negotiations/{id}/prepare"), &fields, &doubts))
        }
        Ok(_) => Ok(Redirect::to(&format!("/negotiations/{id}")).into_response()),
        Err(error @ app::Error::Rejected(_)) => Ok(again(&error.to_string())),
        Err(error) => Err(to(&who)(error)),
    }
}

/// What the form says; assumptions that were replaced elsewhere stay.
fn preparation(fields: &Fields, known: &Preparation, currency: Option<Currency>) -> Result<Preparation, String> {
    let number = |text: &str| text.parse::<u32>().map_err(|_| "expected a whole number".to_owned());
    let issue = |line: &str| {
        let (issue, worth) = line.split_once(':').unwrap_or((line, ""));
        (issue.trim().to_owned(), worth.trim().to_owned())
    };
    let lines = fields.text("issues").lines().map(str::trim).filter(|line| !line.is_empty());
    Ok(Preparation {
        walk_away: fields.quantity("walk_away", currency)?,
        target: fields.quantity("target", currency)?,
        authority: fields.read_maybe("authority", |text| read::authority(text, currency))?,
        boss_limit: fields.quantity("boss_limit", currency)?,
        counterpart_limit: fields.quantity("counterpart_limit", currency)?,
        our_alternative: fields.maybe("our_alternative"),
        their_alternative: fields.maybe("their_alternative"),
        issues: lines.map(issue).collect(),
        rounds_left: fields.read_maybe("rounds_left", number)?,
        deadline: fields.read_maybe("deadline", read::day)?,
        days_per_round: fields.read_maybe("days_per_round", str::parse::<Days>)?,
        cost_of_delay_per_week: fields.quantity("cost_of_delay_per_week", currency)?,
        cost_of_escalating: fields.quantity("cost_of_escalating", currency)?,
        later_deals: fields.quantity("later_deals", currency)?,
        value_per_deal: fields.quantity("value_per_deal", currency)?,
        boss_time_cost: fields.quantity("boss_time_cost", currency)?,
        boss_expected: fields.ticked("boss_expected"),
        ..known.clone()
    })
}
