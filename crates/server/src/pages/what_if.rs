//! What if: the assumptions that matter most, on sliders that answer at once. Nothing here is recorded.

use app::{First, Slider};
use axum::extract::{Path, Query, State};
use axum::response::{Html, Response};
use engine::assumption::{Name, Unit};
use maud::{Markup, html};
use negotiation::Negotiation;
use report::money::Money;
use report::names;
use report::page::View;
use report::phrases::capital;
use terms::PlanId;

use super::failure::{Failure, to};
use super::field::Fields;
use super::glance::glance;
use super::shell::{Place, page};
use super::visitor::Visitor;
use crate::context::Context;

pub(super) async fn show(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let now = context.now();
    let negotiation = glance(&context, &who, &id, "what if").await.map_err(to(&who))?;
    let sliders = context.desk().sliders(&negotiation, &id, now).await.map_err(to(&who))?;
    let first = context.desk().what_if(&negotiation, &id, &[], now).await.map_err(to(&who))?;
    let title = negotiation.opening.as_ref().map_or("", |opening| opening.title.as_str());
    let money = money(&negotiation, &first);
    let today = Today::of(&first);
    let tried = Tried { id: &id, negotiation: &negotiation, money: &money, today, values: &[], query: String::new() };
    let content = html! {
        p.facts { b { (title) } " · private to your side · nothing here is recorded" }
        h1 { "What if" }
        div #verdict.whatif role="status" { (tried.verdict(&first)) }
        div.pair {
            form #sliders method="get" hx-get={ "/negotiations/" (id) "/what-if/answer" } hx-trigger="input delay:30ms, reset delay:60ms"
                hx-target="#answer" hx-sync="this:replace" {
                p.quiet { "The assumptions that move the answer most. Each starts where the advice has it." }
                (today.hidden())
                @for slider in &sliders { (self::slider(slider, &money)) }
                button.quiet type="reset" { "Back to where the advice has them" }
            }
            div #answer { (tried.answered(&first)) }
        }
        p { a href={ "/negotiations/" (id) } { "Back to the negotiation" } }
    };
    Ok(page(&who, "What if", Place::Negotiations, content))
}

fn slider(slider: &Slider, money: &Money) -> Markup {
    let (name, now) = (slider.name, shown(slider.name, slider.value, money));
    html! {
        div.slider {
            label for=(name.key()) { (names::plain_words(name).map_or_else(|| capital(&slider.meaning), capital)) }
            output id={ "tried-" (name.key()) } for=(name.key()) { (now) }
            input type="hidden" name={ "today_" (name.key()) } value=(slider.value);
            input id=(name.key()) type="range" name=(name.key()) min=(slider.low) max=(slider.high) step="any" value=(slider.value);
            span.ends { span { (shown(name, slider.low, money)) } span { "today " (now) } span { (shown(name, slider.high, money)) } }
        }
    }
}

/// A value of an assumption: shares and chances all in per cents to one decimal, as sliders move them finely.
fn shown(name: Name, value: f64, money: &Money) -> String {
    let unit = name.spec().unit;
    let is_share =
        matches!(unit, Unit::ShareOfScale | Unit::ShareOfRemainingSurplus | Unit::ShareOfLaterDeal | Unit::Chance);
    if is_share || name == Name::KeptShare {
        format!("{:.1} %", value * 100.0).replace('-', "−")
    } else {
        names::value(name, value, money)
    }
}

pub(super) async fn answer(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Path(id): Path<String>,
    Query(fields): Query<Fields>,
) -> Result<Html<String>, Failure> {
    let now = context.now();
    let negotiation = glance(&context, &who, &id, "what if").await.map_err(to(&who))?;
    let moved = moved(&fields);
    let first = context.desk().what_if(&negotiation, &id, &moved, now).await.map_err(to(&who))?;
    let money = money(&negotiation, &first);
    let (today, query) = (Today::from(&fields).unwrap_or_else(|| Today::of(&first)), query(&moved));
    let tried = Tried { id: &id, negotiation: &negotiation, money: &money, today, values: &values(&fields), query };
    Ok(Html(tried.swapped(&first).into_string()))
}

/// The pros and cons under the assumptions that are tried: slower than the values, and so asked for once the sliders rest.
pub(super) async fn ledger(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Path(id): Path<String>,
    Query(fields): Query<Fields>,
) -> Result<Html<String>, Failure> {
    let negotiation = glance(&context, &who, &id, "what if").await.map_err(to(&who))?;
    let tried = moved(&fields);
    let advice = context.desk().what_if_in_full(&negotiation, &id, &tried, context.now()).await.map_err(to(&who))?;
    Ok(Html(View::beside_a_record(&advice).ledger().into_string()))
}

/// The assumptions that a form sets.
fn values(fields: &Fields) -> Vec<(Name, f64)> {
    let known = |key: &str| Name::all().find(|known| known.key() == key);
    fields.0.iter().filter_map(|(key, value)| Some((known(key)?, value.parse().ok()?))).collect()
}

/// Those of them that are not as today: an assumption that is left alone stays as uncertain as it is.
fn moved(fields: &Fields) -> Vec<(Name, f64)> {
    let mut values = values(fields);
    values.retain(|(name, value)| {
        let today = fields.text(&format!("today_{}", name.key())).parse::<f64>();
        today.is_err() || today.is_ok_and(|today| (value - today).abs() > 1e-9 * today.abs().max(1.0))
    });
    values
}

fn query(values: &[(Name, f64)]) -> String {
    values.iter().map(|(name, value)| format!("{}={value}", name.key())).collect::<Vec<_>>().join("&")
}

fn money(negotiation: &Negotiation, first: &First) -> Money {
    let code = negotiation.currency();
    Money::new(code, first.values.iter().map(|plan| plan.value.abs()).fold(1.0, f64::max)).in_full()
}

/// What is advised today, that what is tried is held against.
#[derive(Clone, Copy)]
struct Today {
    plan: PlanId,
    value: f64,
}

impl Today {
    fn of(first: &First) -> Self {
        Self { plan: first.plan, value: value_of(first, first.plan) }
    }

    /// As the form sends it back, so that it need not be computed for every answer.
    fn from(fields: &Fields) -> Option<Self> {
        let plan = PlanId::NAMED.into_iter().find(|plan| plan.key() == fields.text("today_plan"))?;
        Some(Self { plan, value: fields.text("today_value").parse().ok()? })
    }

    fn hidden(self) -> Markup {
        html! {
            input type="hidden" name="today_plan" value=(self.plan.key());
            input type="hidden" name="today_value" value=(self.value);
        }
    }
}

fn value_of(first: &First, plan: PlanId) -> f64 {
    first.values.iter().find(|one| one.plan == plan).map_or(0.0, |one| one.value)
}

/// What is tried.
struct Tried<'a> {
    id: &'a str,
    negotiation: &'a Negotiation,
    money: &'a Money,
    today: Today,
    values: &'a [(Name, f64)],
    query: String,
}

impl Tried<'_> {
    /// The answer with what is swapped elsewhere on the page: the headline, and what each slider tries.
    fn swapped(&self, first: &First) -> Markup {
        html! {
            (self.answered(first))
            div #verdict.whatif role="status" hx-swap-oob="true" { (self.verdict(first)) }
            @for &(name, value) in self.values {
                output id={ "tried-" (name.key()) } for=(name.key()) hx-swap-oob="true" { (shown(name, value, self.money)) }
            }
        }
    }

    /// The headline: what would be advised, and how that differs from today.
    fn verdict(&self, first: &First) -> Markup {
        let boss_in = self.negotiation.boss_in;
        let difference = self.money.nearest(value_of(first, first.plan)) - self.money.nearest(self.today.value);
        html! {
            strong { "A first look: " (names::plan(first.plan, boss_in)) ", " (self.money.amount(value_of(first, first.plan))) }
            span.quiet {
                @if first.plan != self.today.plan { "today: " (names::plan(self.today.plan, boss_in)) " · " }
                @else { "as today · " }
                @if difference == 0.0 { "worth the same" }
                @else { (self.money.signed(difference)) " against today's " (self.money.amount(self.today.value)) }
            }
        }
    }

    fn answered(&self, first: &First) -> Markup {
        let boss_in = self.negotiation.boss_in;
        let best = first.values.iter().map(|plan| plan.value).fold(1.0, f64::max);
        html! {
            table.values {
                caption { "What each plan would be worth, at a first look" }
                thead { tr { th scope="col" { "plan" } th scope="col" { "value" } th scope="col" { span.hidden { "bar" } } } }
                tbody { @for plan in &first.values {
                    tr.chosen[plan.plan == first.plan] {
                        th scope="row" { (names::plan(plan.plan, boss_in)) }
                        td { (self.money.amount(plan.value)) }
                        td.plot { svg height="10" aria-hidden="true" {
                            rect.plain x="0" y="0" height="10" width=(format!("{:.1}%", (plan.value / best * 100.0).clamp(0.0, 100.0))) {}
                        } }
                    }
                } }
            }
            p.quiet { "From " (first.samples) " paths; a first look, within " (self.money.amount(2.0 * error(first))) " or so." }
            div.beneath hx-get={ "/negotiations/" (self.id) "/what-if/ledger?" (self.query) } hx-trigger="load delay:400ms" {
                p.quiet { "The pros and cons follow when the sliders rest." }
            }
        }
    }
}

fn error(first: &First) -> f64 {
    first.values.iter().map(|plan| plan.standard_error).fold(0.0, f64::max)
}
