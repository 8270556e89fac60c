//! Packages: where offers stand on all issues, a package built with its value as one goes, trades to try, and the limit on
//! which guidance would pay most.

use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use bargain::findings::{Ask, Exchange, Findings, Valued};
use maud::{Markup, html};
use negotiation::offer::{Package, Term};
use negotiation::packages::Table;
use negotiation::{Negotiation, Phase};
use report::money::Money;
use report::phrases::capital;
use terms::{Currency, Quantity};

use super::failure::{Failure, to};
use super::field::{Fields, written};
use super::glance::glance;
use super::shell::{Place, page};
use super::visitor::Visitor;
use crate::context::Context;

mod picture;

pub(super) async fn show(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Path(id): Path<String>,
    Query(built): Query<Fields>,
) -> Result<Response, Failure> {
    let now = context.now();
    let negotiation = context.desk().look_privileged(&who, &id, "the packages", now).await.map_err(to(&who))?;
    let Some(table) = Table::of(&negotiation, now) else {
        return Ok(Redirect::to(&format!("/negotiations/{id}/sheet")).into_response());
    };
    let findings = context.desk().findings(&negotiation, &id, now).await.map_err(to(&who))?;
    let package = chosen(&table, negotiation.currency(), &built).unwrap_or_else(|| start(&table));
    let valued = context.desk().value(&negotiation, &id, &package, now).await.map_err(to(&who))?;
    let shown = PackagesPage::of(&id, &negotiation, &table, &findings);
    Ok(page(&who, "Packages", Place::Negotiations, shown.markup(&findings, &package, &valued)))
}

/// The value of the package being built, alone.
pub(super) async fn value(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Path(id): Path<String>,
    Query(built): Query<Fields>,
) -> Result<Html<String>, Failure> {
    let now = context.now();
    let negotiation = glance(&context, &who, &id, "a package's value").await.map_err(to(&who))?;
    let table = Table::of(&negotiation, now).ok_or(app::Error::NoSheet).map_err(to(&who))?;
    let package = chosen(&table, negotiation.currency(), &built).ok_or(app::Error::NoOption).map_err(to(&who))?;
    let valued = context.desk().value(&negotiation, &id, &package, now).await.map_err(to(&who))?;
    let findings = Findings::blank(&table.sheet);
    let shown = PackagesPage::of(&id, &negotiation, &table, &findings);
    Ok(Html(shown.answered(&package, &valued).into_string()))
}

/// The package that the builder's fields name: `i0` is the place of the first issue's option, `price` the price.
fn chosen(table: &Table, currency: Option<Currency>, fields: &Fields) -> Option<Package> {
    let sizes = table.values.domain.sizes();
    let choices: Option<Vec<u32>> = sizes
        .iter()
        .enumerate()
        .map(|(issue, &size)| match fields.text(&format!("i{issue}")) {
            "" if table.values.price_issue() == Some(issue) && !fields.text("price").is_empty() => Some(0),
            text => text.parse().ok().filter(|&option: &u32| (option as usize) < size),
        })
        .collect();
    let mut package = table.package(&choices?);
    if !fields.text("price").is_empty() {
        package.price = fields.amount("price", currency).ok()?;
    }
    Some(package)
}

/// Where the builder starts: our last offer, or everything as expected.
fn start(table: &Table) -> Package {
    match table.made.last() {
        Some(placed) => table.package_of(placed),
        None => table.package(&table.values.reference),
    }
}

/// The page's figures in the negotiation's words.
struct PackagesPage<'a> {
    id: &'a str,
    negotiation: &'a Negotiation,
    table: &'a Table,
    money: Option<Money>,
}

impl<'a> PackagesPage<'a> {
    fn of(id: &'a str, negotiation: &'a Negotiation, table: &'a Table, findings: &Findings) -> Self {
        let scale = findings.equivalent.first().map_or(10_000.0, |valued| valued.ours.mean.abs().max(1.0));
        let money = findings.currency.as_deref().map(|code| Money::new(Currency::of_word(code), scale).in_full());
        Self { id, negotiation, table, money }
    }

    fn amount(&self, value: f64) -> String {
        self.money.as_ref().map_or_else(|| format!("{value:.1} points"), |money| money.amount(value))
    }

    fn signed(&self, value: f64) -> String {
        self.money.as_ref().map_or_else(|| format!("{value:+.1} points"), |money| money.signed(value))
    }

    /// An option as one says it.
    fn option(&self, issue: usize, option: &str) -> String {
        let line = &self.table.sheet.issues[issue];
        match (&self.money, option.parse::<f64>(), &line.unit) {
            (Some(money), Ok(number), _) if self.table.values.price_issue() == Some(issue) => money.exact(number),
            (_, Ok(_), Some(unit)) if line.options.is_empty() => format!("{option} {unit}"),
            _ => option.to_owned(),
        }
    }

    fn named(&self, issue: &str, option: &str) -> String {
        let place = self.table.sheet.issues.iter().position(|line| line.name == issue);
        place.map_or_else(|| option.to_owned(), |place| self.option(place, option))
    }

    fn markup(&self, findings: &Findings, package: &Package, valued: &Valued) -> Markup {
        let title = self.negotiation.opening.as_ref().map_or("", |opening| opening.title.as_str());
        let open = self.negotiation.phase == Phase::Open;
        html! {
            p.facts { b { (title) } " · " span.private { "private to your side" } }
            h1 { (lead(findings)) }
            p.lead {
                "Yours is what a package is worth above walking away. Theirs is a guess from the sheet and their offers: the range holds \
                 four times in five."
            }
            div.pair {
                section aria-labelledby="builder" {
                    h2 #builder { "Build a package" }
                    (self.builder(package))
                    div #value aria-live="polite" { (self.answered(package, valued)) }
                }
                section aria-labelledby="picture" {
                    h2 #picture { "What there is to be had" }
                    (picture::scatter(findings, &|value| self.amount(value)))
                }
            }
            (self.trades("Trades that cost you nothing", "From your last offer, within your mandate, and not offered yet.", &findings.untried))
            (self.trades("What to answer their offer with", "From their last offer: likely worth no less to them.", &findings.counters))
            @if !findings.equivalent.is_empty() {
                section aria-labelledby="meso" {
                    h2 #meso { "Offer these at once" }
                    p.quiet {
                        "To you they are worth the same"
                        @if findings.equivalent_within > 0.0 { " within " (self.amount(findings.equivalent_within)) }
                        ". Which of them they like best tells you what they care about."
                    }
                    (self.offers(&findings.equivalent))
                }
            }
            (self.limits(findings, open))
            (self.priorities(findings))
            @if !findings.plan.is_empty() {
                details.plan {
                    summary { "A plan for giving way, an offer a round" }
                    p.quiet { "In steps that shrink; the first is worth what your offer is, and no step leaves your mandate." }
                    (self.offers(&findings.plan))
                }
            }
            p.quiet {
                (count(findings.packages)) " packages searched; the best are "
                @if findings.gap > 0.0 { "exact to " (self.amount(findings.gap)) } @else { "exact" } "."
            }
            nav.more aria-label="More" {
                a href={ "/negotiations/" (self.id) } { "Back to the negotiation" }
                a href={ "/negotiations/" (self.id) "/sheet" } { "Change the issue sheet" }
            }
        }
    }

    fn builder(&self, package: &Package) -> Markup {
        let placed = self.table.placed(package);
        html! {
            form.builder hx-get={ "/negotiations/" (self.id) "/packages/value" } hx-trigger="input delay:30ms" hx-target="#value"
                hx-sync="this:replace" {
                @for (issue, line) in self.table.sheet.issues.iter().enumerate() {
                    @if self.table.values.price_issue() == Some(issue) {
                        label { (line.name) input name="price" inputmode="decimal" autocomplete="off"
                            value=(written(Some(Quantity::Known(package.price)))); }
                    } @else {
                        @let now = placed.as_ref().map(|placed| placed.package[issue]);
                        @let options = &self.table.values.domain.issues()[issue].options;
                        label { (line.name)
                            select name={ "i" (issue) } {
                                @for option in 0..options.len() {
                                    option value=(option) selected[now == Some(option as u32)] {
                                        (self.option(issue, &options.label(option)))
                                        @if !self.table.allowed[issue][option] { " · outside your mandate" }
                                    }
                                }
                            }
                        }
                    }
                }
                noscript { button type="submit" { "Work it out" } }
            }
        }
    }

    /// What the package built is worth, and the way to put it on record.
    fn answered(&self, package: &Package, valued: &Valued) -> Markup {
        let finite = valued.ours.mean.is_finite();
        html! {
            dl.worth {
                div { dt { "to you" } dd { @if finite { (self.signed(valued.ours.mean)) } @else { "a deal-breaker" }
                    @if finite && valued.ours.low < valued.ours.high { small { (self.amount(valued.ours.low)) " to " (self.amount(valued.ours.high)) } } } }
                div { dt { "likely to them" } dd { @if valued.theirs.mean.is_finite() { (self.signed(valued.theirs.mean)) } @else { "a deal-breaker" }
                    small { (self.amount(valued.theirs.low)) " to " (self.amount(valued.theirs.high)) } } }
                div { dt { "they would rather have it than no deal" } dd { (format!("{:.0} %", 100.0 * valued.they_gain)) } }
                @if let (Some(price), Some(money), true) = (valued.as_price, &self.money, finite) {
                    div { dt { "as a price, the rest as you expect it" } dd { (money.price(price)) } }
                }
                div { dt { "your mandate" } dd { @if valued.inside_mandate { "inside" } @else { span.against { "outside" } } } }
            }
            @if self.negotiation.phase == Phase::Open {
                form method="post" action={ "/negotiations/" (self.id) "/acts/offer" } {
                    input type="hidden" name="by" value="us";
                    input type="hidden" name="price" value=(package.price);
                    input type="hidden" name="terms" value=(terms(package));
                    button.quiet type="submit" { "Record it as your offer" }
                }
            }
        }
    }

    /// A link that puts a package into the builder.
    fn link(&self, valued: &Valued) -> String {
        let mut fields = Vec::new();
        for (issue, option) in valued.options.iter().enumerate() {
            if self.table.values.price_issue() == Some(issue) {
                fields.push(format!("price={option}"));
            } else if let Some(place) = self.table.values.domain.issues()[issue].options.find(option) {
                fields.push(format!("i{issue}={place}"));
            }
        }
        format!("/negotiations/{}/packages?{}#builder", self.id, fields.join("&"))
    }

    fn trades(&self, title: &str, told: &str, exchanges: &[Exchange]) -> Markup {
        html! {
            @if !exchanges.is_empty() {
                section {
                    h2 { (title) }
                    p.quiet { (told) }
                    ol.trades {
                        @for exchange in exchanges {
                            li {
                                span { (capital(&exchange.sentence(|issue, option| self.named(issue, option)))) }
                                span { b { (self.signed(exchange.ours)) } " to you, likely " b { (self.signed(exchange.theirs)) } " to them · "
                                    @if !exchange.package.inside_mandate { span.against { "outside your mandate: ask" } " · " }
                                    a href=(self.link(&exchange.package)) { "Look at it" } }
                            }
                        }
                    }
                }
            }
        }
    }

    fn offers(&self, offers: &[Valued]) -> Markup {
        html! {
            table.stacked.packages {
                thead { tr {
                    th scope="col" { "offer" }
                    @for line in &self.table.sheet.issues { th scope="col" { (line.name) } }
                    th scope="col" { "to you" } th scope="col" { "likely to them" }
                } }
                tbody { @for (number, offer) in offers.iter().enumerate() { tr {
                    th scope="row" { a href=(self.link(offer)) { "Offer " (number + 1) } @if !offer.inside_mandate { small.against { "outside your mandate" } } }
                    @for (issue, option) in offer.options.iter().enumerate() {
                        td data-label=(self.table.sheet.issues[issue].name) { (self.option(issue, option)) }
                    }
                    td data-label="to you" { (self.amount(offer.ours.mean)) }
                    td data-label="to them" { (self.amount(offer.theirs.low)) " to " (self.amount(offer.theirs.high)) }
                } } }
            }
        }
    }

    fn limits(&self, findings: &Findings, open: bool) -> Markup {
        let asked = findings.limits.iter().find(|ask| ask.question.is_some());
        html! {
            @if !findings.limits.is_empty() {
                section aria-labelledby="limits" {
                    h2 #limits { "Which limit to ask your boss about" }
                    table.stacked {
                        thead { tr { th scope="col" { "limit on" } th scope="col" { "now" } th scope="col" { "relaxed to" }
                            th scope="col" { "worth to you" } th scope="col" { "room for a deal" } } }
                        tbody { @for ask in &findings.limits { tr {
                            th scope="row" { (ask.issue) }
                            td data-label="now" { (ask.limit) }
                            td data-label="relaxed to" { (ask.to) }
                            td data-label="worth to you" { (self.gain(ask)) }
                            td data-label="room for a deal" { (format!("{:.0} → {:.0} %", 100.0 * ask.chance_before, 100.0 * ask.chance_after)) }
                        } } }
                    }
                    @if let Some(ask) = asked { @if open { (self.question(ask)) } }
                    @else { p.quiet { "No limit costs you anything to speak of: nothing to ask." } }
                }
            }
        }
    }

    fn gain(&self, ask: &Ask) -> String {
        if ask.question.is_none() {
            return "nothing to speak of".to_owned();
        }
        match &self.money {
            Some(money) => money.estimate(ask.gain, ask.standard_error),
            None => format!("{:.1} points", ask.gain),
        }
    }

    /// The question, ready to be sent.
    fn question(&self, ask: &Ask) -> Markup {
        let line = self.table.sheet.issues.iter().position(|line| line.name == ask.issue);
        let is_price = line.is_some() && line == self.table.values.price_issue();
        html! {
            form.act method="post" action={ "/negotiations/" (self.id) "/acts/ask" } {
                h3 { "Ask about " (ask.issue) }
                @if is_price { input type="hidden" name="price" value=(ask.to_option); }
                @else { input type="hidden" name="term" value={ (ask.issue) "=" (ask.to_option) }; }
                label { "What you recommend, and why" textarea name="recommendation" rows="3" required { (ask.question.as_deref().unwrap_or("")) } }
                label { "Answer needed by" small { "2d, 36h, or a day such as 2026-12-01" } input name="needed_by" value="2d" required; }
                label { "Without an answer" input name="otherwise" value="We stay within the present limits." required; }
                button type="submit" { "Ask your boss, in private" }
            }
        }
    }

    fn priorities(&self, findings: &Findings) -> Markup {
        let percent = |share: f64| format!("{:.0} %", 100.0 * share);
        html! {
            section aria-labelledby="priorities" {
                h2 #priorities { "What they seem to care about" }
                @if findings.their_offer.is_none() { p.quiet { "Your guess; their first offers will tell more." } }
                table.values {
                    thead { tr { th scope="col" { "issue" } th scope="col" { "as you guessed" } th scope="col" { "after their offers" } th scope="col" { span.hidden { "bar" } } } }
                    tbody { @for weighs in &findings.priorities { tr {
                        th scope="row" { (weighs.issue) }
                        td { (percent(weighs.before)) }
                        td { (percent(weighs.after.low)) " to " (percent(weighs.after.high)) }
                        td.plot { svg height="10" aria-hidden="true" {
                            rect.plain x="0" y="0" height="10" width=(format!("{:.1}%", 100.0 * weighs.after.mean)) {}
                        } }
                    } } }
                }
            }
        }
    }
}

/// The page's one sentence.
fn lead(findings: &Findings) -> String {
    let untried = findings.untried.len();
    if untried > 0 {
        let trades = if untried == 1 { "1 trade is".to_owned() } else { format!("{untried} trades are") };
        return format!("{trades} untried that would cost you nothing and likely bring them something.");
    }
    match findings.limits.iter().find(|ask| ask.question.is_some()) {
        Some(ask) => format!("If you ask your boss about anything, ask about {}.", ask.issue),
        None if findings.our_offer.is_none() => "No offer yet: build the first.".to_owned(),
        None => "No trade is left that costs you nothing: what you give now, they gain.".to_owned(),
    }
}

/// Terms as the form of an offer takes them.
fn terms(package: &Package) -> String {
    let value = |term: &Term| match term {
        Term::Number(number) => number.to_string(),
        Term::Words(words) => words.clone(),
    };
    package.terms.iter().map(|(name, term)| format!("{name}={}", value(term))).collect::<Vec<_>>().join("; ")
}

fn count(packages: f64) -> String {
    if packages < 1e9 { written(Some(Quantity::Known((packages as i64).into()))) } else { format!("{packages:.1e}") }
}
