//! What happened so far, the last first; an entry that was recorded by mistake can be struck out, for a reason.

use maud::{Markup, html};
use negotiation::access::Act;
use negotiation::view::Sight;
use negotiation::{Placed, Version, stamp};

use super::super::words::{date, line, moment};
use super::shown::NegotiationPage;

/// Entries on a page.
const ENTRIES: usize = 100;

impl NegotiationPage<'_> {
    pub(super) fn so_far(&self) -> Markup {
        let placed = self.negotiation.in_order();
        let skipped = self.opened.older.unwrap_or(0).min(placed.len());
        let later = skipped.saturating_sub(ENTRIES);
        html! {
            section aria-labelledby="so-far" {
                h2 #so-far { "So far" }
                @if let Some(imported) = &self.imported { p.quiet { "Imported by " (imported.who) ", " (moment(imported.at)) "." } }
                ol.timeline {
                    @for placed in placed.iter().rev().skip(skipped).take(ENTRIES) { (self.entry(placed)) }
                }
                @if placed.len() > ENTRIES {
                    p {
                        (placed.len()) " entries. "
                        @if skipped > 0 { a href={ "/negotiations/" (self.id) "?older=" (later) "#so-far" } { "Later ones" } " " }
                        @if skipped + ENTRIES < placed.len() {
                            a href={ "/negotiations/" (self.id) "?older=" (skipped + ENTRIES) "#so-far" } { "Earlier ones" }
                        }
                    }
                }
            }
        }
    }

    /// Whether an entry was recorded elsewhere, and brought here by whoever imported it.
    fn was_imported(&self, version: Version) -> bool {
        let last = self.imported.as_ref().and_then(|line| line.what.strip_prefix("imported entries 1 to "));
        let last = last.and_then(|last| last.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok());
        last.is_some_and(|last: Version| version <= last)
    }

    /// An entry as recorded, with when it happened.
    fn entry(&self, placed: &Placed<'_>) -> Markup {
        let Placed { entry, says, on, .. } = *placed;
        let line = line(self.negotiation, &entry.fact);
        let strikes = self.sight == Sight::All && self.reader.may(Act::Negotiate);
        html! {
            // To those who look on, numbers with gaps would count what goes on behind.
            li id=[(self.sight == Sight::All).then(|| format!("entry-{}", entry.version))] {
                @if placed.is_dated_back() { time datetime=(on) { (date(on)) } }
                @else { time datetime=(entry.at) { (moment(entry.at)) } }
                span {
                    @if says.is_none() { s { (line) } " " span.tag { "struck out" } } @else { (line) }
                    small {
                        (entry.by.0)
                        @if self.was_imported(entry.version) { @if let Some(imported) = &self.imported { ", imported by " (imported.who) } }
                        @if placed.is_dated_back() { ", recorded " (date(stamp::day(entry.at))) }
                        @if self.sight == Sight::All && !entry.fact.is_at_the_table() { " " span.private { "private" } }
                        @if strikes && says.is_some() && entry.fact.can_be_struck() && (!entry.fact.brings_boss() || self.reader.is_boss()) && self.opened.strike != Some(entry.version) {
                            " " a href={ "/negotiations/" (self.id) "?strike=" (entry.version) "#entry-" (entry.version) }
                                aria-label={ "Strike out: " (line) } { "strike out" }
                        }
                    }
                    @if strikes && says.is_some() && self.opened.strike == Some(entry.version) { (self.strike(entry.version)) }
                }
            }
        }
    }

    fn strike(&self, version: Version) -> Markup {
        html! {
            form.strike data-open method="post" action={ "/negotiations/" (self.id) "/acts/strike" } {
                input type="hidden" name="entry" value=(version);
                label { "Why it should not be there" small { "it stays to be read, struck out, with your reason" } input name="reason" required; }
                button type="submit" { "Strike it out" }
                a.button.quiet href={ "/negotiations/" (self.id) "#entry-" (version) } { "Leave it" }
            }
        }
    }
}
