//! A question to the boss as a card: the decision first, by when, before and after, what yes and no are worth, and what is
//! recommended. The answers follow it.

use std::sync::Arc;

use engine::advice::Advice;
use jiff::Timestamp;
use maud::{Markup, html};
use negotiation::Negotiation;
use negotiation::brief::{Cell, Decision};
use negotiation::guidance::Point;
use report::facts::times_in_ten;
use report::phrases::capital;
use report::{leave, phrases};
use terms::{Amount, PlanId, Quantity, Role, Side};

use super::reader::Answers;
use super::words::{exact, number, plain, time_local};

/// A decision that waits, with what is known of it.
pub(super) struct Card<'a> {
    pub negotiation: &'a Negotiation,
    pub decision: &'a Decision,
    /// The whole advice, once it has been worked out.
    pub advice: Option<Arc<Advice>>,
    /// How whoever reads may answer, if they may.
    pub answers: Option<Answers>,
    pub now: Timestamp,
}

impl Card<'_> {
    /// Who asked: by their name, and what.
    pub fn ask(&self) -> String {
        let exact = exact(self.negotiation);
        let who = capital(&self.asker());
        match &self.decision.question.point {
            Point::Price { to } if self.negotiation.role() == Role::Buyer => {
                format!("May {who} pay up to {}?", exact(*to))
            }
            Point::Price { to } => format!("May {who} go down to {}?", exact(*to)),
            Point::Term { name, .. } => {
                format!("May {who} agree to {} {}?", plain(name), self.cell(&self.decision.row.after))
            }
        }
    }

    fn asker(&self) -> String {
        let asked = self.negotiation.requests.iter().find(|request| request.id == self.decision.request);
        asked.map_or_else(|| "the negotiator".to_owned(), |request| request.by.0.clone())
    }

    /// The card up to its answers; `is_title` where it is the title of the page.
    pub fn markup(&self, is_title: bool) -> Markup {
        let opening = self.negotiation.opening.as_ref();
        let (title, counterpart) = opening.map_or(("", ""), |opening| (&opening.title, &opening.counterpart));
        let question = &self.decision.question;
        let who = capital(&self.asker());
        let to = match self.answers {
            Some(Answers::AsBoss) => "asks you",
            _ => "asks the boss",
        };
        html! {
            p.kick { (who) " " (to) " · " (title) @if counterpart != title { ", " (counterpart) } }
            @if is_title { h1.verdict { (self.ask()) } } @else { h2.verdict { (self.ask()) } }
            p {
                @if self.decision.overdue { b.against { "Overdue since " (time_local(question.needed_by)) ". " } }
                @else { "Answer by " b.nb { (time_local(question.needed_by)) } ". " }
                "Without an answer: " (question.otherwise.trim_end_matches('.')) "; nothing is accepted."
            }
            (self.columns(&who))
            (self.worth())
            p { b { (who) " recommends: " } "“" (question.recommendation) "”" }
            @if !question.options.is_empty() { p { b { "Or: " } (question.options.join("; ")) "." } }
        }
    }

    fn cell(&self, cell: &Cell) -> String {
        match cell {
            Cell::Money(amount) => exact(self.negotiation)(*amount),
            Cell::Words(words) => words.clone(),
            Cell::Open => "no limit".to_owned(),
        }
    }

    /// The decision in columns: proposal, before, after.
    fn columns(&self, who: &str) -> Markup {
        let row = &self.decision.row;
        let exact = exact(self.negotiation);
        let boss_limit = self.negotiation.preparation.boss_limit.map(Quantity::likely);
        let left = |cell: &Cell| match (cell, boss_limit) {
            (Cell::Money(amount), Some(limit)) => exact(Amount((limit.0 - amount.0).abs())),
            _ => "–".to_owned(),
        };
        let is_price = matches!(self.decision.question.point, Point::Price { .. });
        let theirs = self.negotiation.standing(Side::Them).map(|recorded| recorded.offer.package.price);
        html! {
            table.ba {
                thead { tr { th scope="col" { "Proposal" } th scope="col" { "before" } th scope="col" { "after" } } }
                tbody {
                    tr {
                        th scope="row" { @if is_price { (who) " may sign, to" } @else { (capital(&plain(&row.what))) } }
                        td { (self.cell(&row.before)) } td { (self.cell(&row.after)) }
                    }
                    @if let Some(limit) = boss_limit.filter(|_| is_price) {
                        tr { th scope="row" { "Room you keep, to " (exact(limit)) } td { (left(&row.before)) } td { (left(&row.after)) } }
                    }
                    @if let Some(theirs) = theirs.filter(|_| is_price && boss_limit.is_none()) {
                        @let off = |cell: &Cell| match cell { Cell::Money(amount) => exact(Amount((theirs.0 - amount.0).abs())), _ => "–".to_owned() };
                        tr { th scope="row" { "Left to their " (exact(theirs)) } td { (off(&row.before)) } td { (off(&row.after)) } }
                    }
                }
            }
        }
    }

    /// What yes and no are worth, as the advice has it.
    fn worth(&self) -> Markup {
        let Point::Price { to } = &self.decision.question.point else { return html! {} };
        let Some(advice) = &self.advice else {
            return html! { p.quiet data-again { "What yes and no are worth is being worked out." } };
        };
        let money = phrases::money(advice).in_full();
        let rough = |value: f64| money.amount(money.roughly(value));
        let yes = leave::at(advice, number(*to));
        let no = advice.leave_curve.first().map(|point| (point.value, point.agreement_probability));
        let joins = advice.plans.iter().find(|plan| plan.id == PlanId::BossAtOutset && plan.available);
        let joins = joins.filter(|_| !advice.boss_in);
        let side = |class: &str, title: &str, (value, deal): (f64, f64), also: Option<String>| {
            html! {
                div class=(class) {
                    p.quiet { (title) }
                    p.big { "about " (rough(value)) }
                    ul { li { "a deal " (times_in_ten(deal)) } @if let Some(also) = also { li { (also) } } }
                }
            }
        };
        let also = joins.map(|plan| {
            format!("or {} with you in it, a deal {}", rough(plan.value.mean), times_in_ten(plan.agreement_probability))
        });
        html! {
            @if let (Some(yes), Some(no)) = (yes, no) {
                div.yn { (side("y", "Yes is worth", yes, None)) (side("", "No is worth", no, also)) }
            }
        }
    }

    /// What each limit buys, for whoever sets another.
    pub fn limits(&self) -> Markup {
        let Some(advice) = self.advice.as_ref().filter(|advice| advice.leave_curve.len() > 1) else { return html! {} };
        let money = phrases::money(advice).in_full();
        html! {
            table.limits {
                caption { "What each limit is worth, against no deal" }
                thead { tr { th scope="col" { "up to" } th scope="col" { "worth about" } th scope="col" { "a deal" } } }
                tbody { @for point in &advice.leave_curve { tr {
                    th scope="row" { (money.price(point.limit)) }
                    td { (money.amount(money.roughly(point.value))) }
                    td { (times_in_ten(point.agreement_probability)) }
                } } }
            }
        }
    }
}
