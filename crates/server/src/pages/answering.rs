//! How a boss answers a question: with a tap, or with another limit on the one point that was asked about. The rest of the
//! mandate stays as it is.

use axum::extract::{Path, Query, State};
use axum::response::Html;
use jiff::Timestamp;
use maud::{Markup, html};
use negotiation::Negotiation;
use negotiation::guidance::{Answer, Point};
use negotiation::mandate::{Allowed, Mandate, TermLimit};
use negotiation::offer::{Term, same};
use report::phrases::capital;
use terms::{Amount, Currency, Quantity};

use super::failure::{Failure, to};
use super::field::{Fields, written as shown};
use super::glance::glance;
use super::negotiation::told_field;
use super::question::Card;
use super::reader::Answers;
use super::visitor::Visitor;
use super::words::{exact, plain};
use crate::context::Context;

/// Where an answer leads to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Back {
    Inbox,
    Brief,
}

/// The answers to one question.
pub(super) struct Answering<'a> {
    pub id: &'a str,
    pub card: &'a Card<'a>,
    pub back: Back,
    pub answers: Answers,
}

impl Answering<'_> {
    pub fn form(&self) -> Markup {
        let name = match &self.card.decision.question.point {
            Point::Price { to } => format!("Approve up to {}", exact(self.card.negotiation)(*to)),
            Point::Term { name, .. } => format!("Approve {}", plain(name)),
        };
        html! {
            @if self.answers == Answers::AsTold { p.quiet { "Your boss takes no part here: record what they told you, and it is marked as told by you." } }
            form method="post" action=(self.action()) {
                (self.hidden())
                button.full type="submit" name="answer" value="approve" { (name) }
            }
            div.four {
                (self.worded("approve_if", "Approve if…", "Approve, if", "The conditions"))
                (self.another_limit())
                (self.worded("refuse", "No", "Say no", "Why not? They read this"))
                form method="post" action=(self.action()) {
                    (self.hidden())
                    button.quiet type="submit" name="answer" value="call_me" { "Call me" }
                }
            }
        }
    }

    fn action(&self) -> String {
        format!("/negotiations/{}/acts/answer", self.id)
    }

    fn hidden(&self) -> Markup {
        html! {
            input type="hidden" name="question" value=(self.card.decision.request);
            (told_field(self.answers == Answers::AsTold))
            @if self.back == Back::Brief { input type="hidden" name="back" value="brief"; }
        }
    }

    fn worded(&self, answer: &str, name: &str, button: &str, label: &str) -> Markup {
        html! {
            details.act name="answer" {
                summary { (name) }
                form method="post" action=(self.action()) {
                    (self.hidden())
                    input type="hidden" name="answer" value=(answer);
                    label { (label) input name="words" required autocomplete="off"; }
                    button type="submit" { (button) }
                }
            }
        }
    }

    fn another_limit(&self) -> Markup {
        let line = format!("limit-{}-{}", self.id, self.card.decision.request);
        let standing = standing(self.card.negotiation, self.card.now);
        html! {
            details.act name="answer" {
                summary { "Another limit" }
                form method="post" action=(self.action()) hx-get={ "/negotiations/" (self.id) "/limit" }
                    hx-trigger="input delay:150ms" hx-target={ "#" (line) } hx-sync="this:replace" {
                    (self.hidden())
                    input type="hidden" name="answer" value="change_limit";
                    @match &self.card.decision.question.point {
                        Point::Price { .. } => (price(standing.map(|mandate| mandate.price))),
                        Point::Term { name, to } => {
                            @if standing.is_none() { (price(None)) }
                            (term_limit(name, to, standing.and_then(|mandate| limit_on(mandate, name))))
                        }
                    }
                    p.result id=(line) role="status" { (told(standing, self.card.negotiation, "Now")) }
                    (self.card.limits())
                    p.quiet { "Only this point changes: what else the mandate limits stays, and so does its end." }
                    button type="submit" { "Set this limit" }
                }
            }
        }
    }
}

fn standing(negotiation: &Negotiation, now: Timestamp) -> Option<&Mandate> {
    negotiation.mandate_at(now).map(|granted| &granted.mandate)
}

fn limit_on<'a>(mandate: &'a Mandate, term: &str) -> Option<&'a Allowed> {
    mandate.terms.iter().find(|limit| same(&limit.term, term)).map(|limit| &limit.allowed)
}

fn price(present: Option<Amount>) -> Markup {
    let value = present.map(|price| shown(Some(Quantity::Known(price)))).unwrap_or_default();
    html! { label { "They may settle at" input name="price" value=(value) inputmode="decimal" required autocomplete="off"; } }
}

/// The limit on a term, of the kind that it is; where there is none yet, of the kind that the question is about.
fn term_limit(name: &str, asked: &Term, present: Option<&Allowed>) -> Markup {
    let (kind, value) = match (present, asked) {
        (Some(Allowed::AtMost(most)), _) => ("at_most", most.to_string()),
        (Some(Allowed::AtLeast(least)), _) => ("at_least", least.to_string()),
        (Some(Allowed::OneOf(choices)), _) => ("one_of", choices.join(" | ")),
        (Some(Allowed::Nothing), _) => ("never", String::new()),
        (None, Term::Number(number)) => ("at_most", number.to_string()),
        (None, Term::Words(words)) => ("one_of", words.clone()),
    };
    let kinds = [("at_most", "at most"), ("at_least", "at least"), ("one_of", "one of"), ("never", "never")];
    html! {
        label { (capital(&plain(name)))
            select name="kind" {
                @for (key, words) in kinds { option value=(key) selected[key == kind] { (words) } }
            }
        }
        label { "The limit" small { "a number; for \"one of\" the choices, with | between; for \"never\" nothing" }
            input name="limit" value=(value) autocomplete="off"; }
    }
}

/// The mandate in words.
fn told(mandate: Option<&Mandate>, negotiation: &Negotiation, when: &str) -> Markup {
    let exact = exact(negotiation);
    html! {
        @match mandate {
            None => { "No mandate is in force." },
            Some(mandate) => { (when) ": " strong { (negotiation::words::limits(mandate, &exact)) } "." },
        }
    }
}

/// The mandate as it would be, while the limit is being written.
pub(super) async fn limit(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Path(id): Path<String>,
    Query(fields): Query<Fields>,
) -> Result<Html<String>, Failure> {
    let negotiation = glance(&context, &who, &id, "the mandate").await.map_err(to(&who))?;
    let line = match changed(&fields, &negotiation, context.now()) {
        Ok(mandate) => told(Some(&mandate), &negotiation, "Then"),
        Err(why) => html! { (capital(&why)) "." },
    };
    Ok(Html(line.into_string()))
}

/// The answer that a form holds.
pub(super) fn answer(fields: &Fields, negotiation: &Negotiation, now: Timestamp) -> Result<Answer, String> {
    Ok(match fields.text("answer") {
        "approve" => Answer::Approve,
        "approve_if" => Answer::ApproveIf { conditions: fields.text("words").to_owned() },
        "change_limit" => Answer::ChangeLimit { mandate: changed(fields, negotiation, now)? },
        "refuse" => Answer::Refuse { reason: fields.text("words").to_owned() },
        "call_me" => Answer::CallMe,
        _ => return Err("answer: choose one".to_owned()),
    })
}

/// Which question a form answers.
pub(super) fn question(fields: &Fields) -> Result<u64, String> {
    fields.text("question").parse().map_err(|_| "question: expected its number".to_owned())
}

/// The mandate in force with the one point changed that was asked about. All else of it stays.
fn changed(fields: &Fields, negotiation: &Negotiation, now: Timestamp) -> Result<Mandate, String> {
    let (asked, currency) = (question(fields)?, negotiation.currency());
    let request = negotiation.requests.iter().find(|request| request.id == asked);
    let request = request.ok_or_else(|| "question: there is none of that number".to_owned())?;
    let standing = standing(negotiation, now).cloned();
    match &request.question.point {
        Point::Price { .. } => {
            let price = fields.amount("price", currency)?;
            Ok(Mandate { price, ..standing.unwrap_or_else(|| Mandate::to(price)) })
        }
        Point::Term { name, .. } => {
            let mut mandate = match standing {
                Some(standing) => standing,
                None => Mandate::to(fields.amount("price", currency)?),
            };
            let allowed = allowed(fields, currency)?;
            match mandate.terms.iter_mut().find(|limit| same(&limit.term, name)) {
                Some(limit) => limit.allowed = allowed,
                None => mandate.terms.push(TermLimit { term: name.clone(), allowed }),
            }
            Ok(mandate)
        }
    }
}

fn allowed(fields: &Fields, currency: Option<Currency>) -> Result<Allowed, String> {
    Ok(match fields.text("kind") {
        "at_most" => Allowed::AtMost(fields.amount("limit", currency)?),
        "at_least" => Allowed::AtLeast(fields.amount("limit", currency)?),
        "one_of" => {
            let choices = fields.text("limit").split('|').map(str::trim).filter(|choice| !choice.is_empty());
            let choices: Vec<String> = choices.map(str::to_owned).collect();
            if choices.is_empty() {
                return Err("limit: expected at least one choice".to_owned());
            }
            Allowed::OneOf(choices)
        }
        "never" => Allowed::Nothing,
        _ => return Err("limit: choose at most, at least, one of or never".to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use negotiation::guidance::Question;
    use negotiation::party::User;
    use negotiation::{Entry, Fact};

    use super::*;

    fn asked(mandate: Mandate, point: Point) -> Negotiation {
        let question = Question {
            point,
            recommendation: "it closes the gap".to_owned(),
            options: Vec::new(),
            needed_by: Timestamp::MAX,
            otherwise: "we stand".to_owned(),
        };
        let facts = [Fact::MandateGranted { mandate, told: false }, Fact::GuidanceAsked { question, about: None }];
        let entry =
            |(version, fact)| Entry { version, at: Timestamp::UNIX_EPOCH, on: None, by: User::from("bea"), fact };
        Negotiation::of((1..).zip(facts).map(entry))
    }

    fn fields(fields: &[(&str, &str)]) -> Fields {
        Fields(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    fn mandate() -> Mandate {
        let limit = |term: &str, allowed| TermLimit { term: term.to_owned(), allowed };
        let terms = vec![limit("payment", Allowed::AtMost(60.into())), limit("exclusivity", Allowed::Nothing)];
        Mandate { terms, until: Some(Timestamp::MAX), ..Mandate::to(1_187_012) }
    }

    #[test]
    fn another_price_keeps_the_limits_on_terms_and_the_end() {
        let negotiation = asked(mandate(), Point::Price { to: 1_150_000.into() });
        let form = fields(&[("question", "2"), ("answer", "change_limit"), ("price", "1,145,000")]);
        let now = Timestamp::UNIX_EPOCH;
        let want = Mandate { price: 1_145_000.into(), ..mandate() };
        assert_eq!(answer(&form, &negotiation, now), Ok(Answer::ChangeLimit { mandate: want }));
    }

    #[test]
    fn another_limit_on_a_term_changes_that_term_alone() {
        let to = Term::Number(90.into());
        let negotiation = asked(mandate(), Point::Term { name: "payment".to_owned(), to });
        let form = |kind, limit| fields(&[("question", "2"), ("kind", kind), ("limit", limit)]);
        let now = Timestamp::UNIX_EPOCH;
        let mut want = mandate();
        want.terms[0].allowed = Allowed::AtMost(75.into());
        assert_eq!(changed(&form("at_most", "75"), &negotiation, now), Ok(want.clone()));
        want.terms[0].allowed = Allowed::OneOf(vec!["30".to_owned(), "45".to_owned()]);
        assert_eq!(changed(&form("one_of", "30 | 45"), &negotiation, now), Ok(want));
        assert!(changed(&form("at_most", "soon"), &negotiation, now).is_err());
        assert!(changed(&form("one_of", " | "), &negotiation, now).is_err());
    }
}
