//! Who may settle what: no wish of a negotiator's, nor any correction, widens the negotiator's own limits unseen.

use jiff::{SignedDuration, Timestamp};
use negotiation::command::Command;
use negotiation::fact::{Fact, Opening, Preparation};
use negotiation::guidance::{Answer, Point, Question};
use negotiation::mandate::{Allowed, Mandate, Outside, TermLimit};
use negotiation::offer::{Offer, Package, Term};
use negotiation::party::{Part, Participant, User};
use negotiation::proposal::{NEUTRAL_WORDING, Outcome};
use negotiation::view::{Sight, entries};
use negotiation::{Negotiation, Rejection, decide};
use terms::{Currency, Level, Quantity, Role, Side};

/// Nora negotiates within 1,180,000, Bea is her boss.
struct Desk {
    negotiation: Negotiation,
    now: Timestamp,
}

impl Desk {
    fn new() -> Self {
        let mut desk =
            Self { negotiation: Negotiation::default(), now: "2026-03-02T09:00:00Z".parse().expect("a time") };
        let opening = Opening {
            title: "Renewal".to_owned(),
            role: Role::Seller,
            currency: Currency::USD,
            counterpart: "Northwind".to_owned(),
        };
        desk.does("nora", Command::Open { opening });
        desk.does("nora", Command::Name { participant: part("bea", Part::Boss) });
        desk.does("bea", Command::GrantMandate { mandate: Mandate::to(1_180_000), told: false });
        desk
    }

    fn wish(&self, who: &str, command: &Command) -> Result<Vec<Fact>, Rejection> {
        decide(&self.negotiation, command, self.now, &User::from(who))
    }

    /// The version of the first entry that came of it.
    #[expect(clippy::needless_pass_by_value, reason = "a wish is made where it is wished")]
    fn does(&mut self, who: &str, command: Command) -> u64 {
        self.now += SignedDuration::from_hours(1);
        let first = self.negotiation.version + 1;
        let entries = self.negotiation.enact(&command, self.now, &User::from(who));
        entries.unwrap_or_else(|why| panic!("{command:?}: {why}"));
        first
    }

    #[expect(clippy::needless_pass_by_value, reason = "a wish is made where it is wished")]
    fn refused(&self, who: &str, command: Command) -> Rejection {
        self.wish(who, &command).expect_err("refused")
    }

    fn ask(&mut self, to: i64) -> u64 {
        let question = Question {
            point: Point::Price { to: to.into() },
            recommendation: "it closes the gap".to_owned(),
            options: Vec::new(),
            needed_by: self.now + SignedDuration::from_hours(48),
            otherwise: "I hold".to_owned(),
        };
        self.does("nora", Command::Ask { question })
    }

    fn approved(&mut self, to: i64) -> u64 {
        let request = self.ask(to);
        self.does("bea", Command::Answer { request, answer: Answer::Approve, until: None, told: false });
        request
    }

    fn inside(&self, price: i64) -> bool {
        self.negotiation.outside(&Package::at(price), self.now).is_empty()
    }
}

fn part(name: &str, part: Part) -> Participant {
    Participant { user: User::from(name), part, privy: false }
}

fn offer(by: Side, price: i64) -> Command {
    Command::Offer { offer: Offer::of(by, price), despite: None }
}

fn instead(version: u64, fact: Fact) -> Command {
    Command::Correct { version, instead: Some(Box::new(fact)), reason: "a slip".to_owned(), despite: None }
}

fn struck(version: u64) -> Command {
    Command::Correct { version, instead: None, reason: "a slip".to_owned(), despite: None }
}

#[test]
fn a_question_once_asked_is_not_rewritten() {
    let mut desk = Desk::new();
    let request = desk.approved(1_150_000);
    assert!(desk.inside(1_150_000) && !desk.inside(1_149_999));
    let Fact::GuidanceAsked { mut question, about } =
        desk.negotiation.as_corrected()[request as usize - 1].says.cloned().expect("asked")
    else {
        panic!("entry {request} asks nothing");
    };
    question.point = Point::Price { to: 900_000.into() };
    let rewritten = instead(request, Fact::GuidanceAsked { question, about });
    assert_eq!(desk.refused("nora", rewritten), Rejection::NoSuchEntry(request));
    // Struck, it takes the leave with it.
    desk.does("nora", struck(request));
    assert!(!desk.inside(1_150_000));
}

#[test]
fn what_is_corrected_beyond_the_mandate_is_on_record_as_such() {
    let mut desk = Desk::new();
    let offered = desk.does("nora", offer(Side::Us, 1_300_000));
    // Why it is corrected is no reason to go beyond.
    let lower = |despite: Option<&str>| Command::Correct {
        version: offered,
        instead: Some(Box::new(Fact::Offered(Offer::of(Side::Us, 500_000)))),
        reason: "a slip".to_owned(),
        despite: despite.map(str::to_owned),
    };
    assert!(matches!(desk.refused("nora", lower(None)), Rejection::OutsideMandate { .. }));
    desk.does("nora", lower(Some("they leave")));
    let beyond =
        Fact::MandateExceeded { entry: offered, outside: vec![Outside::Price], reason: "they leave".to_owned() };
    assert_eq!(desk.negotiation.history.last().expect("an entry").fact, beyond);
    let agreed = desk.does("nora", Command::Agree { package: Package::at(1_200_000), despite: None });
    let beyond = desk.refused("nora", instead(agreed, Fact::Agreed { package: Package::at(900_000) }));
    assert!(matches!(beyond, Rejection::OutsideMandate { .. }));
}

#[test]
fn a_correction_is_held_to_what_any_fact_is() {
    let mut desk = Desk::new();
    let walk_away = Preparation { walk_away: Some(1_050_000.into()), ..Preparation::default() };
    let prepared = desk.does("nora", Command::Prepare { preparation: Box::new(walk_away) });
    let target = Quantity::Range { low: 3.into(), likely: 2.into(), high: 1.into() };
    let unordered = Fact::Prepared(Box::new(Preparation { target: Some(target), ..Preparation::default() }));
    assert_eq!(desk.refused("nora", instead(prepared, unordered)), Rejection::Unordered("the target"));
    desk.does("bea", Command::Consent { until: None, told: false });
    let answer_by = desk.now + SignedDuration::from_hours(48);
    let propose = |wording: &str| Command::Propose {
        wording: wording.to_owned(),
        answer_by,
        despite: Some("a trial".to_owned()),
    };
    let proposed = desk.does("nora", propose(NEUTRAL_WORDING));
    let leak = "Our walk-away is 1,050,000.".to_owned();
    let leaking = Fact::BothBossesProposed { wording: leak, answer_by, overriding: None };
    assert_eq!(desk.refused("nora", instead(proposed, leaking)), Rejection::GivesAway("the wording"));
}

#[test]
fn only_the_boss_strikes_out_that_the_boss_came() {
    let mut desk = Desk::new();
    let joined = desk.does("nora", Command::BringBoss { price: None, despite: Some("they insist".to_owned()) });
    assert!(matches!(desk.refused("nora", struck(joined)), Rejection::BossAlone(_)));
    desk.does("bea", struck(joined));
    assert!(!desk.negotiation.boss_in);
}

#[test]
fn the_boss_in_the_room_widens_nothing_for_the_negotiator() {
    let mut desk = Desk::new();
    let from_boss =
        |price| Command::Offer { offer: Offer { level: Level::Boss, ..Offer::of(Side::Us, price) }, despite: None };
    assert_eq!(desk.refused("nora", from_boss(1_200_000)), Rejection::BossNotIn);
    desk.does("nora", Command::BringBoss { price: None, despite: Some("they insist".to_owned()) });
    assert!(!desk.inside(1_100_000));
    let beyond = Rejection::OutsideMandate { outside: vec![Outside::Price], lapsed: Vec::new() };
    assert_eq!(desk.refused("nora", from_boss(1_100_000)), beyond);
    assert_eq!(desk.refused("nora", Command::Agree { package: Package::at(1_100_000), despite: None }), beyond);
    desk.does("bea", from_boss(1_100_000));
    let agreed = desk.does("bea", Command::Agree { package: Package::at(1_100_000), despite: None });
    assert_eq!(desk.negotiation.version, agreed, "what the boss settles exceeds nothing");
}

#[test]
fn an_accepted_proposal_widens_nothing_for_the_negotiator() {
    let mut desk = Desk::new();
    desk.does("bea", Command::Consent { until: None, told: false });
    let answer_by = desk.now + SignedDuration::from_hours(48);
    let wording = NEUTRAL_WORDING.to_owned();
    desk.does("nora", Command::Propose { wording, answer_by, despite: Some("a trial".to_owned()) });
    desk.does("nora", Command::ProposalAnswered { outcome: Outcome::Accepted });
    assert!(desk.negotiation.boss_in && !desk.inside(1_100_000));
}

#[test]
fn a_negotiator_neither_finds_another_boss_nor_lets_one_go() {
    let mut desk = Desk::new();
    let zed = || Command::Name { participant: part("zed", Part::Boss) };
    let demoted = Command::Name { participant: part("bea", Part::Observer) };
    for wish in [zed(), demoted, Command::Remove { user: User::from("bea") }] {
        assert!(matches!(desk.refused("nora", wish), Rejection::BossAlone(_)));
    }
    desk.does("bea", zed());
}

#[test]
fn a_reason_for_going_beyond_is_kept_and_is_ours_alone() {
    let mut desk = Desk::new();
    assert!(matches!(desk.refused("nora", offer(Side::Us, 1_100_000)), Rejection::OutsideMandate { .. }));
    let despite = Some("their plant closes tomorrow".to_owned());
    let offered = desk.does("nora", Command::Offer { offer: Offer::of(Side::Us, 1_100_000), despite });
    let kept = desk.negotiation.history.last().expect("an entry");
    assert_eq!(
        (kept.version, &kept.fact),
        (
            offered + 1,
            &Fact::MandateExceeded {
                entry: offered,
                outside: vec![Outside::Price],
                reason: "their plant closes tomorrow".to_owned(),
            }
        )
    );
    let seen = entries(&desk.negotiation, Sight::Table);
    assert!(seen.iter().all(|entry| !matches!(entry.fact, Fact::MandateExceeded { .. })));
}

#[test]
fn a_term_is_held_to_its_limit_however_it_is_written() {
    let limit = |term: &str, allowed| TermLimit { term: term.to_owned(), allowed };
    let mandate = Mandate {
        terms: vec![
            limit("payment_days", Allowed::AtMost(30.into())),
            limit("warranty", Allowed::OneOf(vec!["one year".to_owned()])),
        ],
        ..Mandate::to(1_000_000)
    };
    let outside = |name: &str, term: Term| {
        let mut package = Package::at(1_100_000);
        package.terms.insert(name.to_owned(), term);
        mandate.outside(&package, Role::Seller)
    };
    for name in ["payment_days", "Payment_Days", "payment days", "Payment-Days"] {
        assert_eq!(outside(name, Term::Number(90.into())), [Outside::Term("payment_days".to_owned())], "{name}");
        assert_eq!(outside(name, Term::Number(30.into())), [], "{name}");
    }
    assert_eq!(outside("Warranty", Term::Words("One Year".to_owned())), []);
    assert_eq!(outside("Warranty", Term::Words("two years".to_owned())).len(), 1);
}

#[test]
fn leave_ends_when_their_offer_changes_in_whatever_way() {
    let mut desk = Desk::new();
    let heard = desk.does("nora", offer(Side::Them, 1_050_000));
    desk.approved(1_150_000);
    // The same again changes nothing.
    desk.does("nora", offer(Side::Them, 1_050_000));
    assert!(desk.inside(1_150_000));
    // Neither does a correction of an offer that no longer stands.
    desk.does("nora", instead(heard, Fact::Offered(Offer::of(Side::Them, 1_000_000))));
    assert!(desk.inside(1_150_000));
    desk.does("nora", instead(heard + 3, Fact::Offered(Offer::of(Side::Them, 800_000))));
    assert!(!desk.inside(1_150_000));
}

#[test]
fn another_mandate_ends_what_was_let_pass_before() {
    let mut desk = Desk::new();
    desk.approved(1_150_000);
    desk.does("bea", Command::GrantMandate { mandate: Mandate::to(1_300_000), told: false });
    assert!(!desk.inside(1_150_000));
}

#[test]
fn leave_on_a_condition_says_so() {
    let mut desk = Desk::new();
    let request = desk.ask(1_150_000);
    let conditions = "only if prepaid".to_owned();
    desk.does(
        "bea",
        Command::Answer {
            request,
            answer: Answer::ApproveIf { conditions: conditions.clone() },
            until: None,
            told: false,
        },
    );
    let settling = |price| desk.negotiation.settling(&Package::at(price), desk.now);
    assert_eq!((settling(1_150_000).outside, settling(1_150_000).conditions), (vec![], vec![conditions]));
    assert_eq!(settling(1_200_000).conditions, [""; 0], "inside the mandate it takes no leave");
}
