//! What can be done, a form each; only those that whoever looks may use now.

use jiff::civil::Date;
use maud::{Markup, html};
use negotiation::access::Act;
use negotiation::offer::Package;
use negotiation::party::Part;
use negotiation::proposal::{NEUTRAL_WORDING, filled};
use negotiation::{Phase, stamp};
use terms::Side;

use super::super::field::written;
use super::super::words::exact;
use super::shown::NegotiationPage;

/// Days that a both-bosses proposal gives by default.
const DAYS: u32 = 7;

impl NegotiationPage<'_> {
    pub(super) fn acts(&self) -> Markup {
        let (open, negotiates) = (self.negotiation.phase == Phase::Open, self.reader.may(Act::Negotiate));
        let boss = self.reader.is_boss();
        let proposal = self.negotiation.proposal();
        let pending = proposal.is_some_and(|proposal| proposal.outcome.is_none());
        html! {
            section.acts aria-label="Acts" {
                @if open && negotiates {
                    (self.form("offer", "Record an offer", &self.offer(), "Record the offer"))
                    @if self.reader.may(Act::Ask) && !boss { (self.form("ask", "Ask your boss", &self.ask(), "Ask")) }
                    (self.impasse())
                    @if pending { (self.form("outcome", "Their answer to the proposal", &outcome(), "Record it")) }
                    @else if !self.negotiation.boss_in { (self.form("propose", "Propose both bosses", &self.propose(), "Record that it was proposed")) }
                    (self.form("called", if boss { "They called for me" } else { "They called for the boss" }, &called(boss), "Record it"))
                    @if !self.negotiation.boss_in {
                        form.act method="post" action={ "/negotiations/" (self.id) "/price" } {
                            button.quiet type="submit" { (if boss { "Come in: see the price" } else { "Bring the boss in: see the price" }) }
                        }
                    }
                    (self.form("agree", "Agreed", &agree(), "Record the agreement"))
                    (self.form("close", "Close without a result", &ends("Why: another has it now, it went to sleep"), "Close it"))
                    (self.form("walk-away", "Walk away", &ends("Why"), "Walk away"))
                }
                @if open && self.reader.may(Act::Authorize) { (self.boss(false)) }
                @else if open && negotiates && !self.negotiation.has_boss() { (self.boss(true)) }
                @if open && self.negotiation.boss_in { (self.form("hand-back", "Hand the channel back", &self.hand_back(), "Record that the channel is handed back")) }
                @if self.reader.may(Act::Name) { (self.folded("name", "Who takes part", &self.people())) }
                @if !open && negotiates { (self.form("reopen", "Reopen", &reason("reason", "Why it goes on"), "Reopen it")) }
                @if negotiates { (self.archive()) }
                @if !open && negotiates { (self.form("review", "Look back", &reason("notes", "What was learnt"), "Record")) }
            }
        }
    }

    /// A form that records what happened on a day.
    fn form(&self, act: &str, name: &str, fields: &Markup, button: &str) -> Markup {
        self.folded(
            act,
            name,
            &html! {
                (fields)
                label { "When" small { "today where left empty" } input type="date" name="on" max=(self.last_day()); }
                button type="submit" { (button) }
            },
        )
    }

    /// A form that stands folded until it is wanted.
    fn folded(&self, act: &str, name: &str, fields: &Markup) -> Markup {
        html! {
            details.act name="act" open[self.opened.act == act] {
                summary { (name) }
                form method="post" action={ "/negotiations/" (self.id) "/acts/" (act) } { (fields) }
            }
        }
    }

    /// The last day on which anything can have happened, wherever one is.
    fn last_day(&self) -> Date {
        let today = stamp::day(self.now);
        today.tomorrow().unwrap_or(today)
    }

    fn offer(&self) -> Markup {
        html! {
            fieldset {
                legend { "Whose offer" }
                label.choice { input type="radio" name="by" value="them" checked; "theirs" }
                label.choice { input type="radio" name="by" value="us"; "ours" }
            }
            (price())
            label { "Other terms" small { "such as payment_days=60; warranty=two years" } input name="terms"; }
            label { "Note" small { "private" } input name="note"; }
            label.choice { input type="checkbox" name="binding" value="yes"; "it binds" }
        }
    }

    fn ask(&self) -> Markup {
        let standing = self.negotiation.standing(Side::Them).map(|recorded| recorded.offer.package.price);
        let suggested = standing.filter(|&price| !self.negotiation.outside(&Package::at(price), self.now).is_empty());
        html! {
            p.quiet { "One point, in private. They never see it, and it moves nothing until your boss has answered." }
            label { "Leave to settle at" input name="price" inputmode="decimal" autocomplete="off"
                value=(suggested.map_or(String::new(), |price| written(Some(terms::Quantity::Known(price))))); }
            label { "Or to agree to a term" small { "such as payment_days=60" } input name="term"; }
            label { "What you recommend, and why" input name="recommendation" required; }
            label { "Other options" small { "one a line" } textarea name="options" rows="2" {} }
            label { "Answer needed by" small { "2d, 36h, or a day such as 2026-12-01" } input name="needed_by" value="2d" required; }
            label { "Without an answer" input name="otherwise" value="We stay within the present limits." required; }
        }
    }

    fn impasse(&self) -> Markup {
        html! {
            @if self.negotiation.impasse.is_some() {
                form.act method="post" action={ "/negotiations/" (self.id) "/acts/moves" } {
                    button.quiet type="submit" { "It moves again" }
                }
            } @else { (self.form("impasse", "Note an impasse", &reason("how", "How it shows"), "Note it")) }
        }
    }

    fn propose(&self) -> Markup {
        let (title, counterpart) =
            self.negotiation.opening.as_ref().map_or(("", ""), |opening| (&opening.title, &opening.counterpart));
        let words = filled(NEUTRAL_WORDING, title, counterpart, i64::from(DAYS));
        let consents = self.negotiation.consent.is_some_and(|consent| consent.holds(self.now));
        html! {
            @if !consents {
                p.notice {
                    @if self.reader.is_boss() { "You have not consented to be named yet." } @else { "Your boss has not consented to be named yet." }
                    " Without that the proposal would be a bluff, and is not recorded."
                }
            }
            label { "What you write to them" textarea name="wording" rows="5" required { (words) } }
            label { "Days for an answer" input name="days" inputmode="numeric" value=(DAYS) required; }
        }
    }

    /// What the boss does, or says: where no boss takes part, the negotiator writes down what they were told.
    fn boss(&self, told: bool) -> Markup {
        html! {
            (self.form("mandate", if told { "Your boss set a limit" } else { "Grant a mandate" }, &self.limit(told),
                if told { "Record it" } else { "Grant" }))
            @if self.negotiation.consent.is_some() {
                @if !told {
                    form.act method="post" action={ "/negotiations/" (self.id) "/acts/withdraw-consent" } {
                        button.quiet type="submit" { "Take back that I may be named" }
                    }
                }
            } @else {
                (self.form("consent", if told { "Your boss lets themselves be named" } else { "Let myself be named" }, &html! {
                    p.quiet { "In a proposal to take it to both bosses. Nothing is proposed by this." }
                    (told_field(told))
                    label { "Until" small { "a day, or empty" } input name="until"; }
                }, if told { "Record it" } else { "I may be named" }))
            }
        }
    }

    fn limit(&self, told: bool) -> Markup {
        let exact = exact(self.negotiation);
        html! {
            @if let Some(granted) = self.negotiation.mandate_at(self.now) {
                p.quiet { "In force: " (exact(granted.mandate.price)) }
            }
            (told_field(told))
            (price())
            label { "Limits on terms" small { "payment_days<=60; exclusivity=never" } input name="limits"; }
            label { "Until" small { "a day, or empty" } input name="until"; }
        }
    }

    /// Put away, or taken out again.
    fn archive(&self) -> Markup {
        let (act, name) =
            if self.negotiation.archived { ("restore", "Take out of the archive") } else { ("archive", "Archive") };
        html! {
            form.act method="post" action={ "/negotiations/" (self.id) "/acts/" (act) } {
                button.quiet type="submit" { (name) }
            }
        }
    }

    fn hand_back(&self) -> Markup {
        html! {
            label { "What you write to them" textarea name="reply" rows="4" required { (self.reply()) } }
        }
    }

    /// The three lines that hand the channel back.
    pub(in super::super) fn reply(&self) -> String {
        let title = self.negotiation.opening.as_ref().map_or("", |opening| opening.title.as_str());
        let negotiators = self.negotiation.participants.values().filter(|one| one.part == Part::Negotiator);
        let names: Vec<&str> = negotiators.map(|one| one.user.0.as_str()).collect();
        negotiation::precedent::hand_back_reply(title, &names.join(" and "))
    }

    fn people(&self) -> Markup {
        html! {
            ul.plain {
                @for one in self.negotiation.participants.values() {
                    li { (one.user.0) ", " (part(one.part)) @if one.privy && one.part == Part::Observer { ", sees what is private" } }
                }
            }
            label { "Name of the account" input name="user" autocapitalize="none" required; }
            fieldset {
                legend { "Takes part as" }
                label.choice { input type="radio" name="part" value="boss" checked; "boss" }
                label.choice { input type="radio" name="part" value="negotiator"; "negotiator" }
                label.choice { input type="radio" name="part" value="observer"; "observer" }
            }
            label.choice { input type="checkbox" name="privy" value="yes"; "an observer who sees what is private" }
            button type="submit" { "Name" }
        }
    }
}

fn part(part: Part) -> &'static str {
    match part {
        Part::Negotiator => "negotiator",
        Part::Boss => "boss",
        Part::Observer => "observer",
    }
}

/// That the boss said it, and the negotiator writes it down.
pub(in super::super) fn told_field(told: bool) -> Markup {
    html! { @if told { input type="hidden" name="told" value="yes"; } }
}

fn price() -> Markup {
    html! { label { "Price" input name="price" inputmode="decimal" autocomplete="off" required; } }
}

fn agree() -> Markup {
    html! {
        p.quiet { "It ends the negotiation: no offer or question is recorded after it. Undo it within ten minutes, or reopen it later." }
        (price())
        label { "Other terms" small { "such as payment_days=60; warranty=two years" } input name="terms"; }
    }
}

/// An end, and what it does.
fn ends(label: &str) -> Markup {
    html! {
        p.quiet { "It ends the negotiation: what waits for your boss counts no more. It can be reopened." }
        (reason("reason", label))
    }
}

fn reason(name: &str, label: &str) -> Markup {
    html! { label { (label) input name=(name) required; } }
}

fn called(boss: bool) -> Markup {
    let (asked, directly) = if boss {
        ("they asked the negotiator for me", "they went to me directly")
    } else {
        ("they asked you for the boss", "they went to the boss directly")
    };
    html! {
        fieldset {
            legend { "How" }
            label.choice { input type="radio" name="directly" value="no" checked; (asked) }
            label.choice { input type="radio" name="directly" value="yes"; (directly) }
        }
        label { "In their words" input name="how" required; }
    }
}

fn outcome() -> Markup {
    let outcomes = [
        ("unlocked", "they moved, and no boss was needed"),
        ("accepted", "accepted: both bosses meet"),
        ("declined", "declined"),
        ("ignored", "no answer"),
        ("backlash", "they took it as a threat"),
    ];
    html! {
        fieldset {
            legend { "What came of it" }
            @for (value, name) in outcomes {
                label.choice { input type="radio" name="outcome" value=(value) required; (name) }
            }
        }
    }
}
