//! A form in its place on the page: what was typed stays, what is wrong stands under its field, and what breaks the pattern is
//! asked about with its own mend.

use maud::{Markup, html};
use negotiation::doubt::Doubt;
use report::phrases::capital;
use terms::Quantity;

use super::super::field::{Fields, written};

/// What was sent and not recorded, with why.
pub(in super::super) struct Entered<'a> {
    /// The form that it was entered in.
    pub panel: &'a str,
    pub fields: &'a Fields,
    pub faults: Faults<'a>,
}

/// Why something was not recorded.
pub(in super::super) enum Faults<'a> {
    /// A fault, in words.
    Wrong(&'a str),
    /// It breaks the pattern: is it meant?
    Doubtful(&'a [Doubt]),
    /// It lies beyond the mandate.
    Beyond(&'a str),
    /// Rungs below are untried.
    Untried(&'a str),
}

/// A form as it is shown.
pub(super) struct Panel<'a> {
    /// The negotiation.
    pub id: &'a str,
    /// What names the form on its page.
    pub key: &'a str,
    /// What it does.
    pub act: &'a str,
    /// What was entered in it, where something was.
    pub entered: Option<&'a Entered<'a>>,
    /// Whether it is the one advised.
    pub advised: bool,
    /// Whether it is to be open.
    pub open: bool,
}

impl Panel<'_> {
    /// The form with its name and a note on the button that opens it.
    pub fn show(&self, name: &str, note: &str, fields: &Markup, button: &str) -> Markup {
        html! {
            details.act.go[self.advised] id={ "act-" (self.key) } name="act" open[self.open || self.entered.is_some()] {
                summary { (name) @if !note.is_empty() { small { (note) } } }
                form method="post" action={ "/negotiations/" (self.id) "/acts/" (self.act) } novalidate[self.entered.is_some()] {
                    input type="hidden" name="panel" value=(self.key);
                    (self.above())
                    (fields)
                    (self.send(button))
                }
            }
        }
    }

    /// What a field holds: as entered, else as it stands.
    pub fn value(&self, name: &str, standing: &str) -> String {
        match self.entered {
            Some(entered) => entered.fields.0.get(name).cloned().unwrap_or_default(),
            None => standing.to_owned(),
        }
    }

    /// Whether a choice is taken: as entered, else as it stands.
    pub fn takes(&self, name: &str, value: &str, standing: bool) -> bool {
        self.entered.map_or(standing, |entered| entered.fields.text(name) == value)
    }

    /// A field of one line. `kind` is `decimal` of an amount, `date` of a day, else `text`.
    pub fn line(&self, name: &str, label: &str, hint: &str, kind: &str, standing: &str) -> Markup {
        let told = self.told(name).is_some();
        html! {
            label { (label) @if !hint.is_empty() { small { (hint) } }
                input name=(name) type=(if kind == "date" { "date" } else { "text" }) inputmode=[(kind == "decimal").then_some("decimal")]
                    value=(self.value(name, standing)) autocomplete="off" aria-invalid=[told.then_some("true")]
                    aria-describedby=[told.then(|| self.id_of(name))]; }
            (self.under(name))
        }
    }

    /// A field of several lines.
    pub fn area(&self, name: &str, label: &str, hint: &str, standing: &str) -> Markup {
        let told = self.told(name).is_some();
        html! {
            label { (label) @if !hint.is_empty() { small { (hint) } }
                textarea name=(name) rows="4" aria-invalid=[told.then_some("true")] aria-describedby=[told.then(|| self.id_of(name))] {
                    (self.value(name, standing)) } }
            (self.under(name))
        }
    }

    fn id_of(&self, name: &str) -> String {
        format!("{}-{name}-fault", self.key)
    }

    /// What is wrong with a field. Faults name their field before a colon.
    fn told(&self, name: &str) -> Option<String> {
        let Faults::Wrong(why) = self.entered?.faults else { return None };
        let (field, rest) = why.split_once(": ")?;
        (field.replace(' ', "_") == name).then(|| rest.to_owned())
    }

    fn under(&self, name: &str) -> Markup {
        html! { @if let Some(why) = self.told(name) { span.fault id=(self.id_of(name)) { (capital(&why)) "." } } }
    }

    /// What is wrong with the whole, above its fields.
    fn above(&self) -> Markup {
        let Some(entered) = self.entered else { return html! {} };
        let names_field = |why: &str| {
            why.split_once(": ").is_some_and(|(field, _)| entered.fields.0.contains_key(&field.replace(' ', "_")))
        };
        html! {
            @if let Faults::Wrong(why) = entered.faults {
                @if names_field(why) { p.hidden role="alert" { "Not recorded: one thing to put right." } }
                @else { p.wrong role="alert" { (capital(why)) "." } }
            }
        }
    }

    /// The buttons, with what is asked before it counts.
    fn send(&self, button: &str) -> Markup {
        let Some(entered) = self.entered else { return html! { button type="submit" { (button) } } };
        let meant = |doubt: &Doubt| doubt.meant.map(|meant| written(Some(Quantity::Known(meant))));
        html! {
            @match entered.faults {
                Faults::Wrong(_) => button type="submit" { (button) },
                Faults::Doubtful(doubts) => div.warn role="alert" {
                    @for doubt in doubts {
                        p { b { (capital(&doubt.to_string())) ": " (entered.fields.text(doubt.what)) ". Is that meant?" } }
                    }
                    div.acts {
                        @if let [doubt] = doubts && let Some(meant) = meant(doubt) {
                            button type="submit" name="meant" value={ (doubt.what) "=" (meant) } { "I meant " (meant) }
                        }
                        button.quiet type="submit" name="sure" value="yes" { "It is right: record it" }
                    }
                },
                Faults::Beyond(why) => div.warn role="alert" {
                    p { b { (capital(why)) "." } }
                    div.acts {
                        a.button href={ "/negotiations/" (self.id) "?act=ask&price=" (plain(entered.fields.text("price"))) "#act-ask" } {
                            "Ask your boss about " (entered.fields.text("price")) }
                    }
                    (self.despite("Record it all the same"))
                },
                Faults::Untried(why) => div.warn role="alert" { p { b { (capital(why)) "." } } (self.despite("Go on all the same")) },
            }
        }
    }

    fn despite(&self, button: &str) -> Markup {
        html! {
            label { "Or go on, because" small { "kept on record" } input name="despite" value=(self.value("despite", "")) autocomplete="off"; }
            button.quiet type="submit" { (button) }
        }
    }
}

/// An amount as an address can hold it.
fn plain(text: &str) -> String {
    text.chars().filter(|letter| letter.is_ascii_digit() || matches!(letter, '.' | ',' | '-')).collect()
}
