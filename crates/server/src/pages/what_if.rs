//! What if: the assumptions that matter most, on sliders that answer at once.

use app::{First, Slider};
use axum::extract::{Path, Query, State};
use axum::response::{Html, Response};
use maud::{Markup, html};
use negotiation::Negotiation;
use report::money::Money;
use report::names;
use report::phrases::capital;

use super::failure::{Failure, to};
use super::field::Fields;
use super::shell::{Place, page};
use super::visitor::Visitor;
use crate::Context;

pub(super) async fn show(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let now = context.now();
    let negotiation = context.desk().look_privileged(&who, &id, "what if", now).await.map_err(to(&who))?;
    let sliders = context.desk().sliders(&negotiation, &id, now).await.map_err(to(&who))?;
    let first = context.desk().what_if(&negotiation, &id, &[], now).await.map_err(to(&who))?;
    let title = negotiation.opening.as_ref().map_or("", |opening| opening.title.as_str());
    let money = money(&negotiation, &first);
    let content = html! {
        p.facts { b { (title) } " · private to your side · nothing here is recorded" }
        h1 { "What if" }
        div.pair {
            form #sliders hx-get={ "/negotiations/" (id) "/what-if/answer" } hx-trigger="input delay:30ms" hx-target="#answer"
                hx-sync="this:replace" {
                p.quiet { "The assumptions that move the answer most. Each starts where the advice has it." }
                @for slider in &sliders { (self::slider(slider, &money)) }
                noscript { button type="submit" { "Work it out" } }
            }
            div #answer aria-live="polite" { (answered(&first, &money, negotiation.boss_in)) }
        }
        p { a href={ "/negotiations/" (id) } { "Back to the negotiation" } }
    };
    Ok(page(&who, "What if", Place::Negotiations, content))
}

fn slider(slider: &Slider, money: &Money) -> Markup {
    let name = slider.name;
    let shown = |value: f64| names::value(name, value, money);
    html! {
        label.slider {
            (names::plain_words(name).map_or_else(|| capital(&slider.meaning), capital))
            input type="range" name=(name.key()) min=(slider.low) max=(slider.high) step=((slider.high - slider.low) / 50.0)
                value=(slider.value);
            span.ends { span { (shown(slider.low)) } span { "now " (shown(slider.value)) } span { (shown(slider.high)) } }
        }
    }
}

pub(super) async fn answer(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Path(id): Path<String>,
    Query(fields): Query<Fields>,
) -> Result<Html<String>, Failure> {
    let now = context.now();
    let negotiation = context.desk().look_privileged(&who, &id, "what if", now).await.map_err(to(&who))?;
    let values = fields.0.iter().filter_map(|(name, value)| {
        let known = engine::assumption::Name::all().find(|known| known.key() == name)?;
        Some((known, value.parse().ok()?))
    });
    let values: Vec<(engine::assumption::Name, f64)> = values.collect();
    let first = context.desk().what_if(&negotiation, &id, &values, now).await.map_err(to(&who))?;
    let money = money(&negotiation, &first);
    Ok(Html(answered(&first, &money, negotiation.boss_in).into_string()))
}

fn money(negotiation: &Negotiation, first: &First) -> Money {
    let code = negotiation.opening.as_ref().map_or("", |opening| opening.currency.as_str());
    Money::new(code, first.values.iter().map(|plan| plan.value.abs()).fold(1.0, f64::max))
}

fn answered(first: &First, money: &Money, boss_in: bool) -> Markup {
    let best = first.values.iter().map(|plan| plan.value).fold(1.0, f64::max);
    html! {
        h2 { (capital(names::plan(first.plan, boss_in))) }
        table.values {
            thead { tr { th scope="col" { "plan" } th scope="col" { "value" } th scope="col" { span.hidden { "bar" } } } }
            tbody { @for plan in &first.values {
                tr.chosen[plan.plan == first.plan] {
                    th scope="row" { (names::plan(plan.plan, boss_in)) }
                    td { (money.amount(plan.value)) }
                    td.plot { svg height="10" aria-hidden="true" {
                        rect.plain x="0" y="0" height="10" width=(format!("{:.1}%", (plan.value / best * 100.0).clamp(0.0, 100.0))) {}
                    } }
                }
            } }
        }
        p.quiet { "From " (first.samples) " paths; a first look, within " (money.amount(2.0 * error(first))) " or so." }
    }
}

fn error(first: &First) -> f64 {
    first.values.iter().map(|plan| plan.standard_error).fold(0.0, f64::max)
}
