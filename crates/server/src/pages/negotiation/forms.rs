//! The fields of each act.

use jiff::civil::Date;
use maud::{Markup, html};
use negotiation::mandate::Outside;
use negotiation::offer::Package;
use negotiation::party::Part;
use negotiation::proposal::{NEUTRAL_WORDING, filled};
use negotiation::stamp;
use terms::{Amount, Quantity, Side};

use super::super::field::written;
use super::super::words::exact;
use super::panel::Panel;
use super::shown::NegotiationPage;

/// Days that a both-bosses proposal gives by default.
const DAYS: u32 = 7;
/// Days that a question gives by default.
const ANSWER_DAYS: i64 = 2;

impl NegotiationPage<'_> {
    /// The last day on which anything can have happened, wherever one is.
    pub(super) fn last_day(&self) -> Date {
        let today = stamp::day(self.now);
        today.tomorrow().unwrap_or(today)
    }

    /// An offer: of whom, how much, when.
    pub(super) fn offer_fields(&self, panel: &Panel<'_>, by: Side, price: Option<Amount>) -> Markup {
        html! {
            fieldset {
                legend { "Whose offer" }
                span.seg {
                    label { input type="radio" name="by" value="them" checked[panel.takes("by", "them", by == Side::Them)]; "They offer" }
                    label { input type="radio" name="by" value="us" checked[panel.takes("by", "us", by == Side::Us)]; "We offer" }
                }
            }
            div.row { (self.price(panel, "Amount", price)) (self.on(panel)) }
            details.tried {
                summary { "Conditions, note" }
                (panel.line("terms", "Other terms", "such as payment_days=60; warranty=two years", "text", ""))
                (panel.line("note", "Note", "private", "text", ""))
                label.choice { input type="checkbox" name="binding" value="yes" checked[panel.takes("binding", "yes", false)]; "it binds" }
            }
        }
    }

    pub(super) fn price(&self, panel: &Panel<'_>, label: &str, standing: Option<Amount>) -> Markup {
        let hint = self.negotiation.currency().map(|code| code.to_string()).unwrap_or_default();
        panel.line("price", &format!("{label}, {hint}"), "", "decimal", &amount(standing))
    }

    /// The day on which it happened.
    pub(super) fn on(&self, panel: &Panel<'_>) -> Markup {
        html! {
            label { "Day" small { "empty: today" } input type="date" name="on" max=(self.last_day()) value=(panel.value("on", "")); }
        }
    }

    /// One point, in private.
    pub(super) fn ask_fields(&self, panel: &Panel<'_>, price: Option<Amount>, why: &str, by: Option<Date>) -> Markup {
        let standing = self.negotiation.standing(Side::Them).map(|recorded| recorded.offer.package.price);
        let beyond = |price: &Amount| {
            self.negotiation.outside(&Package::at(*price), self.now).iter().any(|one| *one != Outside::NoMandate)
        };
        let asked = self.opened.price.as_deref().and_then(|text| Amount::read(text, self.negotiation.currency()).ok());
        let price = asked.or(price).or_else(|| standing.filter(beyond));
        let today = stamp::day(self.now);
        let by = by.filter(|day| *day > today).or_else(|| today.checked_add(jiff::Span::new().days(ANSWER_DAYS)).ok());
        let by = by.map_or_else(|| "2d".to_owned(), |day| day.to_string());
        html! {
            div.row {
                (self.price(panel, "May you go to", price))
                (panel.line("needed_by", "Answer by", "", "date", &by))
            }
            (panel.line("recommendation", "Why", "", "text", why))
            p.quiet { "They never see it. Until it is answered nothing changes." }
            details.tried {
                summary { "A term instead, other options, what holds meanwhile" }
                (panel.line("term", "A term in place of the price", "such as payment_days=60", "text", ""))
                (panel.area("options", "Other options", "one a line", ""))
                (panel.line("otherwise", "Without an answer", "", "text", "We stay within the present limits."))
                (self.on(panel))
            }
        }
    }

    pub(super) fn propose_fields(&self, panel: &Panel<'_>) -> Markup {
        let (title, counterpart) =
            self.negotiation.opening.as_ref().map_or(("", ""), |opening| (&opening.title, &opening.counterpart));
        let words = filled(NEUTRAL_WORDING, title, counterpart, i64::from(DAYS));
        let consents = self.negotiation.consent.is_some_and(|consent| consent.holds(self.now));
        html! {
            @if !consents {
                p.notice {
                    @if self.reader.is_boss() { "You have not consented to be named yet." }
                    @else { (self.boss_says("Your boss")) " has not consented to be named yet." }
                    " Without that the proposal would be a bluff, and is not recorded."
                }
            }
            (panel.area("wording", "What you write to them", "", &words))
            div.row { (panel.line("days", "Days for an answer", "", "decimal", &DAYS.to_string())) (self.on(panel)) }
        }
    }

    pub(super) fn limit_fields(&self, panel: &Panel<'_>, told: bool) -> Markup {
        let exact = exact(self.negotiation);
        html! {
            @if let Some(granted) = self.negotiation.mandate_at(self.now) {
                p.quiet { "In force: " (exact(granted.mandate.price)) }
            }
            (told_field(told))
            div.row { (self.price(panel, "Up to", None)) (panel.line("until", "Until", "empty: without end", "date", "")) }
            (panel.line("limits", "Limits on terms", "payment_days<=60; exclusivity=never", "text", ""))
            (self.on(panel))
        }
    }

    /// The three lines that hand the channel back.
    pub(in super::super) fn reply(&self) -> String {
        let title = self.negotiation.opening.as_ref().map_or("", |opening| opening.title.as_str());
        let negotiators = self.negotiation.participants.values().filter(|one| one.part == Part::Negotiator);
        let names: Vec<&str> = negotiators.map(|one| one.user.0.as_str()).collect();
        negotiation::precedent::hand_back_reply(title, &names.join(" and "))
    }

    pub(super) fn people_fields(&self, panel: &Panel<'_>) -> Markup {
        html! {
            ul.plain {
                @for one in self.negotiation.participants.values() {
                    li { (one.user.0) ", " (part(one.part)) @if one.privy && one.part == Part::Observer { ", sees what is private" } }
                }
            }
            (panel.line("user", "Name of the account", "", "text", ""))
            fieldset {
                legend { "Takes part as" }
                span.seg {
                    @for (key, name) in [("boss", "boss"), ("negotiator", "negotiator"), ("observer", "observer")] {
                        label { input type="radio" name="part" value=(key) checked[panel.takes("part", key, key == "boss")]; (name) }
                    }
                }
            }
            label.choice { input type="checkbox" name="privy" value="yes" checked[panel.takes("privy", "yes", false)];
                "an observer who sees what is private" }
        }
    }
}

pub(super) fn amount(amount: Option<Amount>) -> String {
    amount.map_or(String::new(), |amount| written(Some(Quantity::Known(amount))))
}

pub(super) fn part(part: Part) -> &'static str {
    match part {
        Part::Negotiator => "negotiates",
        Part::Boss => "boss",
        Part::Observer => "looks on",
    }
}

/// That the boss said it, and the negotiator writes it down.
pub(in super::super) fn told_field(told: bool) -> Markup {
    html! { @if told { input type="hidden" name="told" value="yes"; } }
}

pub(super) fn called_fields(panel: &Panel<'_>, boss: bool) -> Markup {
    let (asked, directly) = if boss {
        ("they asked the negotiator for me", "they went to me directly")
    } else {
        ("they asked you for the boss", "they went to the boss directly")
    };
    html! {
        fieldset {
            legend { "How" }
            label.choice { input type="radio" name="directly" value="no" checked[panel.takes("directly", "no", true)]; (asked) }
            label.choice { input type="radio" name="directly" value="yes" checked[panel.takes("directly", "yes", false)]; (directly) }
        }
        (panel.line("how", "In their words", "", "text", ""))
    }
}

pub(super) fn outcome_fields(panel: &Panel<'_>) -> Markup {
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
                label.choice { input type="radio" name="outcome" value=(value) checked[panel.takes("outcome", value, false)]; (name) }
            }
        }
    }
}
