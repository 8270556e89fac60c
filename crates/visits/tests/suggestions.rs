//! Which visits are suggested, in which order, with which warnings, and what their briefs say.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use negotiation::fact::{Opening, Preparation};
use negotiation::offer::Offer;
use negotiation::party::{Part, Participant, User};
use negotiation::{Entry, Fact, Negotiation};
use terms::{Currency, Role, Side};
use visits::{
    Bearings, Colleague, Counterpart, OpenNegotiation, Person, Risk, State, Strength, Tie, Tier, Trip, Visit, brief,
    suggest,
};

const TODAY: Date = date(2026, 11, 23);

fn colleague(user: &str, tier: Tier, lines: &[&str]) -> Colleague {
    Colleague { user: user.to_owned(), tier, product_lines: strings(lines) }
}

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

fn counterpart(name: &str, place: &str, lines: &[&str]) -> Counterpart {
    Counterpart {
        name: name.to_owned(),
        places: strings(&[place]),
        product_lines: strings(lines),
        people: vec![
            Person { name: format!("director of {name}"), title: String::new(), tier: Tier::Director },
            Person { name: format!("buyer of {name}"), title: String::new(), tier: Tier::Working },
        ],
        ties: vec![],
    }
}

fn trip(day: i8, location: &str) -> Trip {
    Trip { from: date(2026, 12, day), to: date(2026, 12, day + 1), location: location.to_owned() }
}

fn visit(visitor: &str, counterpart: &str, on: Date, state: State) -> Visit {
    Visit {
        id: "v".to_owned(),
        visitor: visitor.to_owned(),
        counterpart: counterpart.to_owned(),
        on,
        place: "Munich".to_owned(),
        topics: strings(&["the new plant"]),
        state,
        planned_by: "anna".to_owned(),
    }
}

/// A negotiation of anna's with carla as the boss, an offer of ours and all kinds of things that are ours alone.
fn negotiation(last_offer: Date, deadline: Option<Date>) -> Negotiation {
    let at = |day: Date| -> Timestamp { format!("{day}T09:00:00Z").parse().expect("fits") };
    let opening = Opening {
        title: "Renewal".to_owned(),
        role: Role::Seller,
        currency: Currency::EUR,
        counterpart: "Alpha".to_owned(),
    };
    let part = |user: &str, part| Participant { user: user.into(), part, privy: false };
    let prepared = Preparation {
        walk_away: Some(terms::Quantity::Known(1_111_111.into())),
        issues: BTreeMap::from([("payment_days".to_owned(), "ours alone".to_owned())]),
        deadline,
        ..Preparation::default()
    };
    let facts = [
        Fact::Opened(opening),
        Fact::Joined(part("anna", Part::Negotiator)),
        Fact::Joined(part("carla", Part::Boss)),
        Fact::Joined(part("otto", Part::Observer)),
        Fact::Prepared(Box::new(prepared)),
        Fact::Offered(Offer::of(Side::Us, 1_900_000)),
    ];
    Negotiation::of((1..).zip(facts).map(|(version, fact)| Entry {
        on: None,
        version,
        at: at(last_offer),
        by: "anna".into(),
        fact,
    }))
}

fn seen_by(user: &str, negotiation: &Negotiation) -> OpenNegotiation {
    OpenNegotiation::of("n1", negotiation, &User(user.to_owned())).expect("fits")
}

#[test]
fn trips_meet_counterparts_by_place_and_the_best_come_first() {
    let mut longest = counterpart("Longest", "Bern", &["pumps"]);
    longest.ties = vec![Tie {
        ours: "carla".to_owned(),
        theirs: "director of Longest".to_owned(),
        strength: Strength::Trusts,
        last_met: Some(date(2026, 9, 1)),
    }];
    let known = Bearings {
        trips: BTreeMap::from([
            ("carla".to_owned(), vec![trip(1, "Bern, Switzerland"), trip(8, "Messe, Munich"), trip(20, "Oslo")]),
            ("dirk".to_owned(), vec![trip(3, "Munich")]),
        ]),
        colleagues: vec![colleague("carla", Tier::Director, &["Pumps"]), colleague("dirk", Tier::Board, &["valves"])],
        counterparts: vec![
            longest,
            counterpart("Alpha", "Munich", &["pumps", "valves"]),
            counterpart("Beta", "Munich", &["seals"]),
        ],
        visits: vec![visit(
            "dirk",
            "beta",
            date(2026, 10, 1),
            State::Held { on: date(2026, 10, 1), touched_terms: false },
        )],
        open: BTreeMap::new(),
    };
    let found = suggest(&known, TODAY);
    let order: Vec<(&str, &str)> = found.iter().map(|one| (one.visitor.as_str(), one.counterpart.as_str())).collect();
    let want = [
        // In charge, and nobody knows their director.
        ("carla", "Alpha"),
        // In charge; his tier is no gap, for they have nobody on the board that we list. The sooner of two.
        ("carla", "Longest"),
        ("dirk", "Alpha"),
        // In charge of nothing that they buy; hers would fill a gap.
        ("carla", "Beta"),
        ("dirk", "Beta"),
    ];
    assert_eq!(order, want);
    assert_eq!(found[0].fills_gap, Some(Tier::Director));
    assert_eq!(found[0].in_charge_of, ["pumps"]);
    assert_eq!(found[3].last_visit, Some(date(2026, 10, 1)));
    let mut again = known;
    again.visits.push(visit(
        "nora",
        "Alpha",
        date(2026, 11, 1),
        State::Held { on: date(2026, 11, 1), touched_terms: false },
    ));
    let first = &suggest(&again, TODAY)[0];
    assert_eq!(first.counterpart, "Longest", "whoever was visited of late can wait");
}

#[test]
fn what_is_planned_or_over_is_not_suggested() {
    let mut known = Bearings {
        trips: BTreeMap::from([("carla".to_owned(), vec![trip(1, "Munich")])]),
        counterparts: vec![counterpart("Alpha", "Munich", &[])],
        ..Bearings::default()
    };
    assert_eq!(suggest(&known, TODAY).len(), 1);
    assert_eq!(suggest(&known, date(2026, 12, 2)).len(), 1, "the last day of the trip");
    assert_eq!(suggest(&known, date(2026, 12, 3)).len(), 0);
    known.visits = vec![visit("carla", "ALPHA", date(2026, 12, 2), State::Planned)];
    assert_eq!(suggest(&known, TODAY).len(), 0);
    known.visits[0].state = State::CalledOff;
    assert_eq!(suggest(&known, TODAY).len(), 1);
}

#[test]
fn live_terms_put_a_visit_last_with_the_reason() {
    let known = |negotiation: &Negotiation, user: &str| Bearings {
        trips: BTreeMap::from([("carla".to_owned(), vec![trip(1, "Munich")])]),
        counterparts: vec![counterpart("Alpha", "Munich", &[]), counterpart("Omega", "Munich", &[])],
        open: BTreeMap::from([("Alpha".to_owned(), vec![seen_by(user, negotiation)])]),
        ..Bearings::default()
    };
    let risk = |negotiation: &Negotiation, user: &str| {
        let found = suggest(&known(negotiation, user), TODAY);
        let alpha = found.iter().position(|one| one.counterpart == "Alpha").expect("fits");
        (found[alpha].warnings[0].risk, alpha)
    };
    let quiet = negotiation(date(2026, 9, 1), None);
    assert_eq!(risk(&quiet, "anna"), (Risk::Open, 0));
    let live = negotiation(date(2026, 11, 20), None);
    assert_eq!(risk(&live, "anna"), (Risk::OffersLive, 1));
    let pressing = negotiation(date(2026, 9, 1), Some(date(2026, 12, 31)));
    assert_eq!(risk(&pressing, "carla"), (Risk::DeadlineNear, 1));
    assert_eq!(risk(&pressing, "otto"), (Risk::Open, 0), "a deadline is ours alone, and otto only looks on");
    assert_eq!(risk(&pressing, "eve"), (Risk::NotYours, 0), "she learns whom to ask, and no more");
    let mut called = live;
    called.boss_called = true;
    assert_eq!(risk(&called, "anna"), (Risk::BossCalled, 1));
    let found = suggest(&known(&called, "anna"), TODAY);
    assert!(found[1].warnings[0].visitor_is_its_boss);
}

#[test]
fn who_takes_no_part_learns_only_whom_to_ask() {
    let negotiation = negotiation(date(2026, 11, 20), Some(date(2026, 12, 31)));
    let known = seen_by("eve", &negotiation);
    assert_eq!(known.negotiators, ["anna"]);
    assert_eq!((known.id, known.title, known.last_offer, known.deadline), (None, None, None, None));
    assert!(known.points.is_empty() && known.bosses.is_empty() && known.boss_now.is_none());
    let looking_on = seen_by("otto", &negotiation);
    assert!(looking_on.title.is_some() && looking_on.deadline.is_none() && looking_on.points.is_empty());
}

#[test]
fn a_brief_says_what_to_leave_alone_and_the_agenda_nothing_of_it() {
    let negotiation = negotiation(date(2026, 11, 20), None);
    let planned = visit("carla", "Alpha", date(2026, 12, 1), State::Planned);
    let alpha = counterpart("Alpha", "Munich", &["pumps"]);
    let ours = [colleague("carla", Tier::Director, &["pumps"])];
    let brief = brief(&planned, &alpha, &ours, &[seen_by("carla", &negotiation)], TODAY);
    let left_alone: Vec<&str> = brief.do_not_discuss.iter().map(|one| one.what.as_str()).collect();
    assert!(left_alone[0].contains("Renewal") && left_alone[1].contains("payment days"), "{left_alone:?}");
    assert!(left_alone.iter().any(|what| what.contains("how far the negotiator may go")));
    assert!(brief.if_terms_come_up.contains("anna"));
    assert_eq!(brief.gaps, [Tier::Director, Tier::Working]);
    assert_eq!(brief.agenda, "Visit on 1 December 2026, Munich\n- the new plant");
}

#[test]
fn with_nothing_open_nothing_is_forbidden() {
    let planned = visit("carla", "Alpha", date(2026, 12, 1), State::Planned);
    let brief = brief(&planned, &counterpart("Alpha", "Munich", &[]), &[], &[], TODAY);
    assert!(brief.do_not_discuss.is_empty() && brief.warnings.is_empty());
}
