//! The mandate: what may be settled unasked, and how far the last offers are from it.

use maud::{Markup, html};
use terms::Side;

use super::super::words::{day, exact, number};
use super::shown::NegotiationPage;

impl NegotiationPage<'_> {
    pub(super) fn mandate(&self) -> Markup {
        let negotiation = self.negotiation;
        let exact = exact(negotiation);
        let granted = negotiation.mandate_at(self.now);
        let ours = negotiation.standing(Side::Us).map(|recorded| recorded.offer.package.price);
        let theirs = negotiation.standing(Side::Them).map(|recorded| &recorded.offer.package);
        let boss = self.reader.is_boss();
        let they = if boss { self.reader.negotiators() } else { "You" };
        html! {
            section aria-labelledby="mandate" {
                h2 #mandate { (if boss { "The mandate" } else { "Your mandate" }) }
                @match granted {
                    None if boss => p.quiet { "None is in force: grant one, and " (they) " settles unasked within it." },
                    None => p.quiet { "None is in force: your boss grants one, and you settle unasked within it." },
                    Some(granted) => {
                        p { (they) " may settle at " strong { (exact(granted.mandate.price)) } " unasked; granted by " (granted.by.0)
                            ", " (day(granted.from)) "." }
                        @if !granted.mandate.terms.is_empty() || granted.mandate.until.is_some() {
                            p { "In full: " (negotiation::words::limits(&granted.mandate, &exact)) "." }
                        }
                        @if let (Some(ours), Some(theirs)) = (ours, theirs) {
                            @let (from, to) = (number(theirs.price), number(ours));
                            @let limit = number(granted.mandate.price);
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
                            @let outside = negotiation.outside(theirs, self.now);
                            @if outside.is_empty() { p { "Their offer is inside it" @if !boss { ": you may take it" } "." } }
                            @else {
                                p.quiet { "Their offer is outside it: "
                                    (outside.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")) "." }
                            }
                        }
                    }
                }
            }
        }
    }
}
