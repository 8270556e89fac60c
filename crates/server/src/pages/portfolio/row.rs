//! A negotiation in the list: its next act, the boss, the offers drawn small, whose move it is, and how long there is.

use app::{InList, Known, Listed, Principal, is_boss_of};
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use negotiation::guidance::Request;
use negotiation::view::Sight;
use negotiation::{Phase, stamp};
use report::names::Reader as WordedFor;
use report::page::axis::{Axis, short};
use report::{facts, names, next, phrases};
use terms::{Role, Side};

use super::super::words::{exact, number, phase, short_day, weekday};

/// Days within which a deadline is near.
const NEAR: i32 = 14;
/// How large the drawing of the offers is, and its margin.
const SPARK: [f64; 2] = [132.0, 34.0];
const MARGIN: f64 = 5.0;

/// Which negotiations are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Filter {
    /// All of them.
    #[default]
    All,
    /// Where it is the move of whoever looks.
    Mine,
    /// Where the boss is waited for.
    Boss,
    /// Where the other side is waited for.
    Theirs,
    /// Where the deadline is near.
    Due,
    /// Those that have ended.
    Closed,
}

impl Filter {
    pub const ALL: [Self; 6] = [Self::All, Self::Mine, Self::Boss, Self::Theirs, Self::Due, Self::Closed];

    pub fn name(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::Mine => "Your move",
            Self::Boss => "Waiting for the boss",
            Self::Theirs => "Their move",
            Self::Due => "Due in 14 days",
            Self::Closed => "Closed",
        }
    }

    pub fn address(self) -> &'static str {
        match self {
            Self::All => "/",
            Self::Mine => "/?show=mine",
            Self::Boss => "/?show=boss",
            Self::Theirs => "/?show=theirs",
            Self::Due => "/?show=due",
            Self::Closed => "/?show=closed",
        }
    }

    /// Whether one may be among them, by what is listed alone.
    pub fn may_hold(self, one: &Listed) -> bool {
        match self {
            Self::All => true,
            Self::Closed => one.summary.phase != Phase::Open,
            Self::Mine | Self::Boss | Self::Theirs | Self::Due => one.summary.phase == Phase::Open,
        }
    }

    /// Whether one is among them.
    pub fn holds(self, row: &Row<'_>) -> bool {
        match self {
            Self::All | Self::Closed => true,
            Self::Mine => row.is_mine(),
            Self::Boss => row.is_boss() || (row.reads_as_boss && row.is_mine()),
            Self::Theirs => row.mover == Mover::They,
            Self::Due => row.days().is_some_and(|days| days <= NEAR),
        }
    }
}

/// Who is to move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mover {
    Me,
    Boss,
    Us,
    They,
    Nobody,
}

/// A row, for whoever looks.
pub(super) struct Row<'a> {
    pub one: &'a InList,
    mover: Mover,
    reads_as_boss: bool,
    now: Timestamp,
}

impl<'a> Row<'a> {
    pub fn of(one: &'a InList, who: &Principal, now: Timestamp) -> Self {
        let negotiation = &one.negotiation;
        let reads_as_boss = is_boss_of(&one.listed, who);
        let all = one.sight == Sight::All;
        let asked = all && (negotiation.boss_called || negotiation.requests.iter().any(Request::is_open));
        let mover = match negotiation.offers.last().map(|last| last.offer.by) {
            _ if negotiation.phase != Phase::Open => Mover::Nobody,
            _ if asked && reads_as_boss => Mover::Me,
            // A question does not keep the negotiator from what needs no leave.
            _ if asked && !one.advice.acts_meanwhile() => Mover::Boss,
            Some(Side::Us) => Mover::They,
            Some(Side::Them) | None if reads_as_boss || !all => Mover::Us,
            Some(Side::Them) | None => Mover::Me,
        };
        Self { one, mover, reads_as_boss, now }
    }

    /// Whether it waits for whoever looks.
    pub fn is_mine(&self) -> bool {
        self.mover == Mover::Me
    }

    /// Whether it waits for the boss, who is somebody else.
    pub fn is_boss(&self) -> bool {
        self.mover == Mover::Boss
    }

    /// Its place: what waits for whoever looks first, then the nearest deadline.
    pub fn place(&self) -> (bool, bool, Option<Date>) {
        let deadline = self.deadline();
        (!self.is_mine(), deadline.is_none(), deadline)
    }

    fn deadline(&self) -> Option<Date> {
        let open = self.one.negotiation.phase == Phase::Open;
        self.one.negotiation.preparation.deadline.filter(|_| open && self.one.sight == Sight::All)
    }

    fn days(&self) -> Option<i32> {
        let today = stamp::day(self.now);
        self.deadline().and_then(|day| today.until(day).ok()).map(|span| span.get_days())
    }

    pub fn markup(&self) -> Markup {
        let summary = &self.one.listed.summary;
        let doing = match summary.role {
            Role::Buyer => "you buy from",
            Role::Seller => "you sell to",
        };
        html! {
            tr {
                th scope="row" {
                    a href={ "/negotiations/" (self.one.listed.id) } { (summary.title) }
                    small { (doing) " " (summary.counterpart) }
                }
                td.next { (self.next()) }
                td.boss { (self.boss()) }
                td.offers { (self.offers()) }
                td.move { (self.whose()) }
                td.due { (self.due()) }
            }
        }
    }

    fn next(&self) -> Markup {
        html! {
            @match &self.one.advice {
                Known::Whole(advice) => {
                    @let money = phrases::money(advice).in_full();
                    (next::act(advice, &money).trim_end_matches('.'))
                },
                Known::First(first) => (names::first_look(first.plan, self.one.negotiation.boss_in).trim_end_matches('.')),
                Known::Working => span.quiet data-again { "being worked out" },
                Known::Lacks => a href={ "/negotiations/" (self.one.listed.id) "/prepare" } { "Say what you know" },
                Known::NotHere => span.quiet { (phase(self.one.negotiation.phase)) },
            }
        }
    }

    fn boss(&self) -> Markup {
        html! {
            @match &self.one.advice {
                Known::Whole(advice) => {
                    @let reader = if self.reads_as_boss { WordedFor::Boss } else { WordedFor::Negotiator };
                    @let [boss, sure, _] = facts::three(advice, &phrases::money(advice), reader);
                    @if boss.word == "Now" { span.tag.amb { "Now" } } @else { b { (boss.word) } }
                    small { @if !boss.rest.is_empty() { (boss.rest) " · " } (sure.word.to_lowercase()) }
                },
                Known::First(first) => { b { (names::boss_word(first.plan)) } small { "a first look" } },
                Known::Working | Known::Lacks | Known::NotHere => span.quiet { "–" },
            }
        }
    }

    /// The offers of both sides, drawn small, and the last of each.
    fn offers(&self) -> Markup {
        let exact = exact(&self.one.negotiation);
        let offers = &self.one.negotiation.offers;
        let last = |side: Side| offers.iter().rev().find(|one| one.offer.by == side).map(|one| one.offer.package.price);
        let said = [last(Side::Us), last(Side::Them)].map(|price| price.map_or_else(|| "–".to_owned(), &exact));
        let axis = Axis::around(offers.iter().map(|one| number(one.offer.package.price)));
        let [width, height] = SPARK;
        let step = (width - 2.0 * MARGIN) / offers.len().saturating_sub(1).max(1) as f64;
        let points = |side: Side| -> Vec<(f64, f64)> {
            let of = offers.iter().enumerate().filter(|(_, one)| one.offer.by == side);
            of.map(|(nth, one)| {
                let y = height - MARGIN - (height - 2.0 * MARGIN) * axis.share(number(one.offer.package.price));
                (MARGIN + step * nth as f64, y)
            })
            .collect()
        };
        let line = |points: &[(f64, f64)]| {
            points.iter().map(|&(x, y)| format!("{},{}", short(x), short(y))).collect::<Vec<_>>().join(" ")
        };
        let (ours, theirs) = (points(Side::Us), points(Side::Them));
        html! {
            @if !offers.is_empty() {
                svg.spark viewBox={ "0 0 " (width) " " (height) } aria-hidden="true" {
                    polyline.theirs points=(line(&theirs)) {}
                    polyline.ours points=(line(&ours)) {}
                    @if let Some(&(x, y)) = theirs.last() { rect x=(short(x - 3.0)) y=(short(y - 3.0)) width="6" height="6" {} }
                    @if let Some(&(x, y)) = ours.last() { circle cx=(short(x)) cy=(short(y)) r="3.5" {} }
                }
                small { span.hidden { "you " } (said[0]) " · " span.hidden { "they " } (said[1]) }
            } @else { span.quiet { "none yet" } }
        }
    }

    fn whose(&self) -> Markup {
        let since = self.one.negotiation.offers.last().map(|last| weekday(last.on));
        html! {
            @match self.mover {
                Mover::Me => b { span.dot {} " You" },
                Mover::Boss => b { "Your boss" },
                Mover::Us => "Your side",
                Mover::They => "They",
                Mover::Nobody => span.quiet { (phase(self.one.negotiation.phase)) },
            }
            @if let Some(since) = since.filter(|_| self.mover != Mover::Nobody) { small { "since " (since) } }
        }
    }

    fn due(&self) -> Markup {
        html! {
            @match self.days().zip(self.deadline()) {
                Some((days, day)) => {
                    @match days { ..0 => "past", 0 => b { "today" }, 1 => { b { "1" } " day" }, days => { b { (days) } " days" } }
                    small { (short_day(day)) }
                }
                None => span.quiet { "–" },
            }
        }
    }
}
