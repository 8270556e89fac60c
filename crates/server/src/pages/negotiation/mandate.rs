//! The mandate: what may be settled unasked, and how far the last offers are from it.

use maud::{Markup, html};
use negotiation::Authority;
use negotiation::authority::{Extent, Stated};
use negotiation::offer::Package;
use terms::Side;

use super::super::words::{day, exact, number};
use super::shown::NegotiationPage;

impl NegotiationPage<'_> {
    pub(super) fn mandate(&self) -> Markup {
        let negotiation = self.negotiation;
        let exact = exact(negotiation);
        let authority = negotiation.authority_at(self.now);
        let limit = authority.price();
        let ours = negotiation.standing(Side::Us).map(|recorded| recorded.offer.package.price);
        let theirs = negotiation.standing(Side::Them).map(|recorded| &recorded.offer.package);
        let boss = self.reader.is_boss();
        let they = if boss { self.reader.negotiators() } else { "You" };
        html! {
            section aria-labelledby="mandate" {
                h2 #mandate { (if boss { "The mandate" } else { "Your mandate" }) }
                (self.authority(authority, they))
                @if authority.is_none() {} @else {
                        @if let (Some(ours), Some(theirs), Some(limit)) = (ours, theirs, limit) {
                            @let (from, to) = (number(theirs.price), number(ours));
                            @let limit = number(limit);
                            @if from != to {
                                @let share = ((limit - from) / (to - from)).clamp(0.0, 1.0);
                                svg.meter role="img" height="34" aria-label={ "Between their offer and yours, the mandate reaches "
                                    (format!("{:.0}", (1.0 - share) * 100.0)) " % of the way" } {
                                    rect.track x="0" y="6" width="100%" height="8" rx="4" {}
                                    rect.inside x=(format!("{:.1}%", share * 100.0)) y="6" width=(format!("{:.1}%", (1.0 - share) * 100.0)) height="8" rx="4" {}
                                    text x="0" y="30" { "they " (exact(theirs.price)) }
                                    text x="100%" y="30" text-anchor="end" { "you " (exact(ours)) }
                                }
                            }
                        }
                        @if let Some(theirs) = theirs {
                            (self.theirs(theirs))
                        }
                }
            }
        }
    }

    /// By whose word, and how far.
    fn authority(&self, authority: Authority<'_>, they: &str) -> Markup {
        let exact = exact(self.negotiation);
        html! {
            @match authority {
                Authority::Mandate(granted) => {
                    p { (they) " may settle at " strong { (exact(granted.mandate.price)) } " unasked; "
                        (if granted.told { "by the boss's word, as told by " } else { "granted by " }) (granted.by.0)
                        ", " (day(granted.from)) "." }
                    @if !granted.mandate.terms.is_empty() || granted.mandate.until.is_some() {
                        p { "In full: " (negotiation::words::limits(&granted.mandate, &exact)) "." }
                    }
                }
                Authority::Lapsed(_) => p { "None is in force, and nothing may be settled unasked: the last has ended. A new one, or an answer to a question, gives leave." },
                Authority::Stated(Stated::To(price)) => p { (they) " may settle at " strong { (exact(price.likely())) }
                    " unasked, as stated under Prepare; a mandate that the boss grants takes its place." },
                Authority::Stated(Stated::Otherwise(Extent::None)) => p { "Nothing may be settled unasked, as stated under Prepare." },
                Authority::Stated(Stated::Otherwise(Extent::Unlimited)) => p { "Anything may be settled unasked, as stated under Prepare." },
                Authority::Unstated => p { "No limit is on record, so that anything may be settled unasked. If there is one, "
                    a href={ "/negotiations/" (self.id) "/prepare" } { "say what may be signed" } "." },
            }
        }
    }

    /// Whether their offer may be taken, and if not why.
    fn theirs(&self, theirs: &Package) -> Markup {
        let settling = self.negotiation.settling(theirs, self.now);
        let because =
            settling.outside.iter().map(ToString::to_string).chain(settling.lapsed.iter().map(ToString::to_string));
        html! {
            @if settling.outside.is_empty() {
                p { "Their offer is inside it" @if !self.reader.is_boss() { ": you may take it" }
                    @if !settling.conditions.is_empty() { ", if " (settling.conditions.join("; ")) } "." }
            } @else {
                p.quiet { "Their offer is outside it: " (because.collect::<Vec<_>>().join("; ")) "." }
            }
        }
    }
}
