//! The brief: one page for the boss, current, the decision first and an answer a tap away.

use std::sync::Arc;

use app::Principal;
use axum::extract::{Path, State};
use axum::response::Response;
use engine::advice::Advice;
use jiff::Timestamp;
use maud::{Markup, html};
use negotiation::access::Act;
use negotiation::brief::Brief;
use negotiation::party::{Part, Participant};
use negotiation::{Fact, Negotiation, Phase, Recorded, words};
use report::phrases::capital;

use super::answering::{Answering, Back};
use super::called::Call;
use super::failure::{Failure, to};
use super::glance::{Again, look};
use super::question::Card;
use super::reader::Reader;
use super::shell::{Place, page};
use super::visitor::Visitor;
use super::words::{exact, line, moment};
use crate::context::Context;

pub(super) async fn show(
    State(context): State<Context>,
    Visitor(who): Visitor,
    again: Again,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let now = context.now();
    let negotiation = privileged(&context, &who, &id, again).await.map_err(to(&who))?;
    let call = match negotiation.boss_called && negotiation.phase == Phase::Open {
        true => Some(Call::of(&context, &who, &id, negotiation.clone()).await.map_err(to(&who))?),
        false => None,
    };
    let shown = BriefPage { id: &id, reader: Reader::of(&negotiation, &who), negotiation: &negotiation, now };
    let brief = negotiation::brief::brief(&negotiation, now);
    let advice = match brief.decisions.is_empty() {
        true => None,
        // What can't be worked out is left out: the question stands all the same.
        false => context.desk().known(&negotiation, &id, now).await.ok().and_then(|known| known.whole),
    };
    let title = negotiation.opening.as_ref().map_or("", |opening| opening.title.as_str());
    let content = html! {
        section.narrow {
            p.facts { "Brief · private to your side" @if let Some(last) = negotiation.history.last() { " · as of " (moment(last.at)) } }
            h1 { (title) }
            @if let Some(call) = &call { (call.markup(&who)) }
            (shown.decisions(&brief, advice.as_ref()))
            (shown.changed())
            (shown.standing(&brief))
            (shown.tried(&brief))
            (shown.sent())
            p { a href={ "/negotiations/" (id) } { "The negotiation" } }
        }
    };
    Ok(page(&who, "Brief", Place::Guidance, content))
}

async fn privileged(context: &Context, who: &Principal, id: &str, again: Again) -> Result<Negotiation, app::Error> {
    let seen = look(context, who, id, "the brief", again).await?;
    if seen.sight == negotiation::view::Sight::All { Ok(seen.negotiation) } else { Err(app::Error::Forbidden) }
}

struct BriefPage<'a> {
    id: &'a str,
    reader: Reader,
    negotiation: &'a Negotiation,
    now: Timestamp,
}

impl BriefPage<'_> {
    fn decisions(&self, brief: &Brief, advice: Option<&Arc<Advice>>) -> Markup {
        let (id, negotiation, now) = (self.id, self.negotiation, self.now);
        let answers = self.reader.answers(negotiation);
        html! {
            @for decision in &brief.decisions {
                @let card = Card { negotiation, decision, advice: advice.cloned(), answers, now };
                article.card {
                    (card.markup(false))
                    @if let Some(answers) = answers { (Answering { id, card: &card, back: Back::Brief, answers }.form()) }
                }
            }
            @if brief.decisions.is_empty() && !brief.boss_called {
                p.lead { "Nothing is to be decided by " (if self.reader.is_boss() { "you" } else { "the boss" }) " now." }
            }
        }
    }

    /// What has come on record since the brief was last sent.
    fn changed(&self) -> Markup {
        let Some((place, entry)) = self.last_sent() else { return html! {} };
        let since = &self.negotiation.history[place + 1..];
        // What is sent to the boss is no news to the boss; every other kind is, also one that comes to be.
        let counts = |fact: &Fact| !matches!(fact, Fact::BriefSent { .. } | Fact::GuidanceReminded { .. });
        let facts = since.iter().map(|entry| &entry.fact).filter(|fact| counts(fact));
        let lines: Vec<String> = facts.map(|fact| line(self.negotiation, fact)).collect();
        html! {
            h2 { "What changed since it was sent, " (moment(entry.at)) }
            @if lines.is_empty() { p.quiet { "Nothing." } } @else {
                ul { @for line in lines { li { (line) } } }
            }
        }
    }

    fn last_sent(&self) -> Option<(usize, &negotiation::Entry)> {
        let known = self.negotiation.as_corrected();
        let place = known.iter().rposition(|placed| matches!(placed.says, Some(Fact::BriefSent { .. })))?;
        Some((place, known[place].entry))
    }

    fn standing(&self, brief: &Brief) -> Markup {
        let exact = exact(self.negotiation);
        let price = |recorded: &Option<Recorded>| {
            recorded.as_ref().map_or_else(|| "none yet".to_owned(), |recorded| exact(recorded.offer.package.price))
        };
        let mandate = brief.mandate.as_ref().map(|granted| words::limits(&granted.mandate, &exact));
        let outside: Vec<String> = brief.theirs_outside.iter().map(ToString::to_string).collect();
        html! {
            h2 { "Where it stands" }
            dl.facts {
                dt { "our last offer" } dd { (price(&brief.ours)) }
                dt { "their last offer" } dd { (price(&brief.theirs))
                    @if !outside.is_empty() { ", which can't be taken without leave: " (outside.join(", ")) } }
                dt { "mandate" } dd { (mandate.unwrap_or_else(|| "none in force".to_owned())) }
                @if let Some(how) = &brief.impasse { dt { "impasse" } dd { (how) } }
                @if let Some(advice) = &brief.advice { dt { "advice to the negotiator" } dd { (advice) } }
            }
        }
    }

    fn tried(&self, brief: &Brief) -> Markup {
        html! {
            h2 { "What has been tried" }
            ul { @for trial in &brief.ladder.below {
                li { b { (capital(&trial.rung.to_string())) } ": " (if trial.tried { "tried" } else { "untried" }) ", " (trial.evidence) }
            } }
        }
    }

    /// That it was sent, for whoever sends it.
    fn sent(&self) -> Markup {
        let bosses: Vec<&Participant> =
            self.negotiation.participants.values().filter(|one| one.part == Part::Boss).collect();
        let sends = self.reader.may(Act::Negotiate) && !self.reader.is_boss() && self.negotiation.phase == Phase::Open;
        html! {
            @if sends && !bosses.is_empty() {
                h2 { "Sending it" }
                p.quiet { "Send the address of this page: it shows the brief as it stands whenever it is opened. The record then tells when, and \
                    the brief what has changed since." }
                form method="post" action={ "/negotiations/" (self.id) "/acts/brief" } {
                    @if let [boss] = bosses[..] { input type="hidden" name="to" value=(boss.user.0); }
                    @else { label { "To" select name="to" { @for boss in &bosses { option { (boss.user.0) } } } } }
                    button type="submit" { "I sent the brief" @if let [boss] = bosses[..] { " to " (boss.user.0) } }
                }
            }
        }
    }
}
