//! Where it stands, in one line: whose move, the gap, what may be signed, how long, and what is advised. Those who look on get
//! the first two, drawn to a scale of what is at the table.

use maud::{Markup, html};
use negotiation::Phase;
use negotiation::authority::{Authority, Extent, Stated};
use negotiation::guidance::Request;
use negotiation::view::Sight;
use report::facts;
use report::page::axis::{Axis, short};
use report::{next, phrases};
use terms::{Amount, Role, Side};

use super::super::words::{date, exact, number, weekday};
use super::shown::{Advised, NegotiationPage};

/// Days from which on a day is told with its year.
const FAR: i32 = 300;
/// Steps of the scale that short amounts are written to.
const TICKS: usize = 5;

impl NegotiationPage<'_> {
    pub(super) fn strip(&self, advised: &Advised) -> Markup {
        let all = self.sight == Sight::All;
        html! {
            div.strip.few[!all] { ul aria-label="Where it stands" {
                (self.mover(advised))
                (self.gap())
                @if all { (self.may_sign()) (self.time()) (self.advised_word(advised)) }
            } }
        }
    }

    /// Whose move it is, and since when.
    fn mover(&self, advised: &Advised) -> Markup {
        if self.negotiation.phase != Phase::Open {
            return html! { li { b { (super::super::words::phase(self.negotiation.phase)) } small { "no move is due" } } };
        }
        let asked = self.negotiation.requests.iter().find(|one| one.is_open()).filter(|_| self.sight == Sight::All);
        // A question does not keep the negotiator from what needs no leave.
        let meanwhile = !self.reader.is_boss() && advised.whole().is_some_and(app::acts_meanwhile);
        let asked = asked.filter(|_| !meanwhile);
        let last = self.negotiation.offers.last();
        let mine = if self.reader.is_boss() || self.sight != Sight::All { "Your side’s move" } else { "Your move" };
        html! {
            li {
                @match (last, asked) {
                    (_, Some(asked)) => {
                        b { @if self.reader.is_boss() { span.dot {} " Your answer" } @else { (self.boss_says("Your boss")) "’s answer" } }
                        small { "asked " (weekday(negotiation::stamp::day(asked.at))) }
                    }
                    (None, None) => { b { span.dot {} " " (mine) } small { "no offer yet" } }
                    (Some(last), None) => {
                        @if last.offer.by == Side::Us { b { "Their move" } } @else { b { span.dot {} " " (mine) } }
                        small { "since " (weekday(last.on)) }
                    }
                }
            }
        }
    }

    /// How far apart, drawn to a scale that ends where the offers do. What is ours alone sets no end of the scale.
    fn gap(&self) -> Markup {
        let exact = exact(self.negotiation);
        let of = |side: Side| {
            let offers = self.negotiation.offers.iter().filter(move |one| one.offer.by == side);
            offers.map(|one| one.offer.package.price).collect::<Vec<Amount>>()
        };
        let (ours, theirs) = (of(Side::Us), of(Side::Them));
        let (Some(&us), Some(&them)) = (ours.last(), theirs.last()) else {
            let words = match (ours.last(), theirs.last()) {
                (Some(us), None) => format!("you {}", exact(*us)),
                (None, Some(them)) => format!("they {}", exact(*them)),
                _ => "nothing at the table".to_owned(),
            };
            return html! { li { b { "No gap yet" } small { (words) } } };
        };
        let axis = Axis::around(ours.iter().chain(&theirs).map(|price| number(*price)));
        let ticks = axis.ticks(TICKS);
        let low_is_ours = number(us) <= number(them);
        let end = |side: &[Amount]| side.last().map_or(0.0, |price| axis.share(number(*price)));
        let bars = [("a", &ours, low_is_ours), ("z", &theirs, !low_is_ours)];
        let limit = self.limit_share(&axis);
        html! {
            li {
                b { "Gap " (exact(Amount((them.0 - us.0).abs()))) }
                svg.gap role="img" aria-label={ "You " (exact(us)) ", they " (exact(them)) } {
                    rect.track x="0" y="3" width="100%" height="6" rx="3" {}
                    @for (class, offers, from_left) in bars {
                        @let share = end(offers);
                        (if from_left { bar_to(class, 0.0, share) } else { bar_to(class, share, 1.0) })
                    }
                    @if let Some(limit) = limit { rect.limit x={ (short(100.0 * limit)) "%" } y="0" width="2" height="12" {} }
                }
                small { "you " (ticks.finer(number(us))) " · they " (ticks.finer(number(them))) }
            }
        }
    }

    /// Where what may be signed lies between the offers, for those who see it.
    fn limit_share(&self, axis: &Axis) -> Option<f64> {
        let limit = (self.sight == Sight::All).then(|| self.negotiation.authority_at(self.now).price()).flatten()?;
        let share = axis.share(number(limit));
        (share > 0.0 && share < 1.0).then_some(share)
    }

    fn may_sign(&self) -> Markup {
        let exact = exact(self.negotiation);
        let authority = self.negotiation.authority_at(self.now);
        let how_far = match authority {
            Authority::Mandate(_) | Authority::Stated(Stated::To(_)) => authority.price().map(&exact),
            Authority::Lapsed(_) | Authority::Stated(Stated::Otherwise(Extent::None)) => Some("nothing".to_owned()),
            Authority::Stated(Stated::Otherwise(Extent::Unlimited)) | Authority::Unstated => None,
        };
        let words = html! {
            @if self.reader.is_boss() { (self.reader.negotiators()) " may sign " }
            @else { span.wide-inline { "You may sign " } span.narrow-inline { "May sign " } }
            (how_far.as_deref().unwrap_or("anything"))
        };
        let theirs = self.negotiation.standing(Side::Them).map(|recorded| &recorded.offer.package);
        let beyond = if self.negotiation.role() == Role::Buyer { "over" } else { "short" };
        let note = match theirs {
            None => match authority {
                Authority::Unstated => "no limit on record".to_owned(),
                Authority::Lapsed(_) => "the mandate has ended".to_owned(),
                _ => "without asking".to_owned(),
            },
            Some(theirs) if self.negotiation.outside(theirs, self.now).is_empty() => "their offer is inside".to_owned(),
            Some(theirs) => match authority.price() {
                Some(limit) if limit != theirs.price => {
                    format!("they are {} {}", exact(Amount((theirs.price.0 - limit.0).abs())), beyond)
                }
                _ => "their offer is outside".to_owned(),
            },
        };
        html! { li { b { (words) } small { (note) } } }
    }

    fn time(&self) -> Markup {
        let Some(deadline) = self.negotiation.preparation.deadline else {
            let rounds = self.negotiation.preparation.rounds_left;
            return html! { li {
                b { @match rounds { Some(1) => "1 round left", Some(rounds) => { (rounds) " rounds left" }, None => "No deadline" } }
                small { "no day is set" }
            } };
        };
        let days = self.days_to(deadline);
        html! {
            li {
                b { @match days { ..0 => "Past its day", 0 => "Today", 1 => "1 day left", days => { (days) " days left" } } }
                small { (weekday(deadline)) @if days.abs() > FAR { " " (date(deadline)) } }
            }
        }
    }

    fn advised_word(&self, advised: &Advised) -> Markup {
        html! {
            li {
                @match advised {
                    Advised::Whole(advice) => {
                        @let money = phrases::money(advice);
                        b { "Advised: " (self.boss_says(&next::brief(advice, &money))) }
                        @let [boss, ..] = facts::three(advice, &money, self.reader.worded());
                        small { (self.boss_says(boss.question.trim_end_matches('?'))) ": " (boss.word.to_lowercase()) }
                    }
                    Advised::First(_) => { b { "Advice" } small { "is being worked out" } }
                    Advised::Lacks(_) => { b { "No advice yet" } small { "say what you know first" } }
                    Advised::NotHere => { b { "No advice is due" } small { "it has ended" } }
                }
            }
        }
    }

    /// Whether an answer of the boss's is waited for.
    pub(super) fn waits_for_boss(&self) -> bool {
        self.negotiation.requests.iter().any(Request::is_open)
    }
}

/// A part of the bar.
fn bar_to(class: &str, from: f64, to: f64) -> Markup {
    html! { rect class=(class) x={ (short(100.0 * from)) "%" } width={ (short(100.0 * (to - from).max(0.005))) "%" } y="3" height="6" rx="3" {} }
}
