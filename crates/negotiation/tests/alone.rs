//! One person alone, in the middle of something: what they may sign by their own word, what a boss without an account told
//! them, and everything on the day on which it happened.

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use negotiation::authority::{Extent, Stated};
use negotiation::command::Command;
use negotiation::fact::{Fact, Opening, Preparation};
use negotiation::guidance::{Answer, Point, Question};
use negotiation::mandate::{Mandate, Outside};
use negotiation::offer::{Offer, Package};
use negotiation::party::{Part, Participant, User};
use negotiation::proposal::{NEUTRAL_WORDING, Outcome};
use negotiation::view::{Sight, entries};
use negotiation::{Authority, Negotiation, Phase, Rejection, Stamp, Summary, decide};
use proptest::prelude::*;
use terms::{Currency, Quantity, Role, Side};

/// Nora sells, alone; it is noon on 28 November.
struct Alone {
    negotiation: Negotiation,
    now: Timestamp,
}

impl Alone {
    fn new() -> Self {
        let now = "2026-11-28T12:00:00Z".parse().expect("a time");
        let mut alone = Self { negotiation: Negotiation::default(), now };
        let opening = Opening {
            title: "Renewal".to_owned(),
            role: Role::Seller,
            currency: Currency::USD,
            counterpart: "Northwind".to_owned(),
        };
        alone.does(None, Command::Open { opening });
        alone
    }

    #[expect(clippy::needless_pass_by_value, reason = "a wish is made where it is wished")]
    fn wish(&self, on: Option<Date>, command: Command) -> Result<Vec<Fact>, Rejection> {
        decide(&self.negotiation, &command, Stamp::new(self.now, on), &User::from("nora"))
    }

    /// The version of the first entry that came of it.
    #[expect(clippy::needless_pass_by_value, reason = "a wish is made where it is wished")]
    fn does(&mut self, on: impl Into<Option<Date>>, command: Command) -> u64 {
        self.now += SignedDuration::from_secs(60);
        let first = self.negotiation.version + 1;
        let entries = self.negotiation.enact(&command, Stamp::new(self.now, on.into()), &User::from("nora"));
        entries.unwrap_or_else(|why| panic!("{command:?}: {why}"));
        first
    }

    fn states(&mut self, authority: Stated) {
        let preparation = Preparation { authority: Some(authority), ..Preparation::default() };
        self.does(None, Command::Prepare { preparation: Box::new(preparation) });
    }

    fn asks(&mut self, on: impl Into<Option<Date>>, to: i64) -> u64 {
        let question = Question {
            point: Point::Price { to: to.into() },
            recommendation: "it closes the gap".to_owned(),
            options: Vec::new(),
            needed_by: self.now + SignedDuration::from_hours(48),
            otherwise: "I hold".to_owned(),
        };
        self.does(on, Command::Ask { question })
    }

    fn outside(&self, price: i64) -> Vec<Outside> {
        self.negotiation.outside(&Package::at(price), self.now)
    }

    fn prices(&self) -> Vec<String> {
        self.negotiation.offers.iter().map(|one| one.offer.package.price.to_string()).collect()
    }
}

fn offer(by: Side, price: i64) -> Command {
    Command::Offer { offer: Offer::of(by, price), despite: None }
}

fn told(request: u64, answer: Answer) -> Command {
    Command::Answer { request, answer, until: None, told: true }
}

#[test]
fn what_may_be_signed_is_as_stated_until_a_mandate_takes_its_place() {
    let mut alone = Alone::new();
    assert_eq!(alone.negotiation.authority_at(alone.now), Authority::Unstated);
    assert!(alone.outside(1).is_empty(), "nobody has limited her");
    alone.states(Stated::Otherwise(Extent::None));
    assert_eq!(alone.outside(2_000_000), [Outside::NoMandate]);
    alone.states(Stated::Otherwise(Extent::Unlimited));
    assert!(alone.outside(1).is_empty());
    alone.states(Stated::To(Quantity::Known(1_180_000.into())));
    assert_eq!((alone.outside(1_180_000), alone.outside(1_179_999)), (Vec::new(), vec![Outside::Price]));
    alone.does(None, Command::GrantMandate { mandate: Mandate::to(1_150_000), told: true });
    assert!(alone.outside(1_150_000).is_empty() && !alone.outside(1_149_999).is_empty());
    // Once granted and cut, a limit is not widened by what anybody states.
    alone.does(None, Command::EndMandate { reason: "reorganised".to_owned() });
    alone.states(Stated::Otherwise(Extent::Unlimited));
    assert_eq!(alone.outside(2_000_000), [Outside::NoMandate]);
}

#[test]
fn an_answer_is_leave_with_and_without_a_mandate_and_says_when_it_ended() {
    for authority in [Stated::To(Quantity::Known(1_180_000.into())), Stated::Otherwise(Extent::None)] {
        let mut alone = Alone::new();
        alone.states(authority);
        alone.does(None, offer(Side::Them, 1_110_000));
        let request = alone.asks(None, 1_110_000);
        alone.does(None, told(request, Answer::ApproveIf { conditions: "three years".to_owned() }));
        let settling = alone.negotiation.settling(&Package::at(1_110_000), alone.now);
        assert_eq!((settling.outside, settling.conditions), (Vec::new(), vec!["three years".to_owned()]));
        assert!(!alone.outside(1_109_999).is_empty());
        let agree = Command::Agree { package: Package::at(1_110_000), despite: None };
        assert!(alone.wish(None, agree.clone()).is_ok() && alone.wish(None, offer(Side::Us, 1_110_000)).is_ok());
        // Whoever may sign nothing may still offer what does not bind.
        let free = alone.wish(None, offer(Side::Us, 1_100_000)).is_ok();
        assert_eq!(free, authority == Stated::Otherwise(Extent::None));
        let binding = Offer { binding: true, ..Offer::of(Side::Us, 1_100_000) };
        assert!(alone.wish(None, Command::Offer { offer: binding, despite: None }).is_err());
        // Their next offer ends it, and the refusal says which leave, since when and why.
        alone.does(None, offer(Side::Them, 1_105_000));
        let refused = alone.wish(None, agree).expect_err("the leave has ended").to_string();
        for part in [&format!("question {request}"), "28 Nov 2026", "their offer has changed"] {
            assert!(refused.contains(part), "{refused}");
        }
    }
}

#[test]
fn leave_ends_on_its_date_and_with_the_mandate() {
    let mut alone = Alone::new();
    alone.states(Stated::To(Quantity::Known(1_180_000.into())));
    let request = alone.asks(None, 1_150_000);
    let until = Some(alone.now + SignedDuration::from_hours(24));
    let refuse = Answer::Refuse { reason: "no".to_owned() };
    assert!(
        alone.wish(None, Command::Answer { request, answer: refuse, until, told: true }).is_err(),
        "no leave, no end"
    );
    alone.does(None, Command::Answer { request, answer: Answer::Approve, until, told: true });
    assert!(alone.outside(1_150_000).is_empty());
    alone.now += SignedDuration::from_hours(25);
    let refused = alone.wish(None, offer(Side::Us, 1_150_000)).expect_err("over").to_string();
    assert!(refused.contains("its date has passed") && refused.contains("29 Nov 2026"), "{refused}");
    alone.does(None, Command::GrantMandate { mandate: Mandate::to(1_170_000), told: true });
    let request = alone.asks(None, 1_160_000);
    alone.does(None, told(request, Answer::Approve));
    alone.does(None, Command::EndMandate { reason: "reorganised".to_owned() });
    let refused = alone.wish(None, offer(Side::Us, 1_160_000)).expect_err("cut").to_string();
    assert!(refused.contains("the mandate has ended since"), "{refused}");
}

#[test]
fn nobody_answers_for_a_boss_who_takes_part() {
    let mut alone = Alone::new();
    let request = alone.asks(None, 1_150_000);
    let participant = Participant { user: User::from("bea"), part: Part::Boss, privy: true };
    alone.does(None, Command::Name { participant });
    let wishes = [
        told(request, Answer::Approve),
        Command::GrantMandate { mandate: Mandate::to(1), told: true },
        Command::Consent { until: None, told: true },
    ];
    for wish in wishes {
        assert!(matches!(alone.wish(None, wish), Err(Rejection::BossAlone(_))));
    }
}

#[test]
fn what_was_told_can_be_struck_and_not_rewritten() {
    let mut alone = Alone::new();
    alone.states(Stated::Otherwise(Extent::None));
    let request = alone.asks(None, 1_150_000);
    let answered = alone.does(None, told(request, Answer::Approve));
    let granted = Fact::GuidanceAnswered { request, answer: Answer::Approve, until: None, told: false };
    let strike = |instead| Command::Correct { version: answered, instead, reason: "a slip".to_owned(), despite: None };
    assert!(alone.wish(None, strike(Some(Box::new(granted)))).is_err());
    alone.does(None, strike(None));
    assert!(!alone.outside(1_150_000).is_empty());
}

#[test]
fn offers_stand_in_the_order_in_which_they_were_made() {
    let mut alone = Alone::new();
    alone.does(None, offer(Side::Them, 1_110_000));
    alone.does(date(2026, 11, 3), offer(Side::Us, 1_420_000));
    alone.does(date(2026, 11, 10), offer(Side::Them, 1_075_000));
    alone.does(date(2026, 11, 5), offer(Side::Us, 1_400_000));
    assert_eq!(alone.prices(), ["1420000", "1400000", "1075000", "1110000"]);
    let days: Vec<Date> = alone.negotiation.offers.iter().map(|one| one.on).collect();
    assert_eq!(days, [date(2026, 11, 3), date(2026, 11, 5), date(2026, 11, 10), date(2026, 11, 28)]);
    let standing = alone.negotiation.standing(Side::Them).expect("an offer of theirs");
    assert_eq!(standing.offer.package, Package::at(1_110_000), "what was written down later is not what stands");
    // A look as of a past day knows what had happened by then; a look at what was recorded knows what was written down.
    let fifth = "2026-11-06T00:00:00Z".parse().expect("a time");
    assert_eq!(alone.negotiation.as_of(fifth).offers.len(), 2);
    assert!(alone.negotiation.as_recorded(fifth).offers.is_empty());
}

#[test]
fn nothing_is_dated_ahead() {
    let alone = Alone::new();
    assert_eq!(alone.wish(Some(date(2026, 11, 30)), offer(Side::Us, 1)), Err(Rejection::Ahead));
    // On the other side of the date line it is tomorrow.
    assert!(alone.wish(Some(date(2026, 11, 29)), offer(Side::Us, 1)).is_ok());
}

#[test]
fn authority_is_that_of_the_day() {
    let mut alone = Alone::new();
    let third = date(2026, 11, 3);
    alone.does(third, Command::GrantMandate { mandate: Mandate::to(1_300_000), told: true });
    alone.does(date(2026, 11, 12), Command::GrantMandate { mandate: Mandate::to(1_180_000), told: true });
    let price = |at: &str| alone.negotiation.authority_at(at.parse().expect("a time")).price().map(|at| at.to_string());
    assert_eq!(price("2026-11-03T12:00:00Z"), None, "the day it was granted is not over");
    assert_eq!(price("2026-11-08T12:00:00Z").as_deref(), Some("1300000"));
    assert_eq!(price("2026-11-13T00:00:00Z").as_deref(), Some("1180000"));
    // An offer is held against what was in force on its day.
    assert!(alone.wish(None, offer(Side::Us, 1_200_000)).is_ok());
    assert!(alone.wish(Some(date(2026, 11, 5)), offer(Side::Us, 1_200_000)).is_err());
    assert!(alone.wish(Some(third), offer(Side::Us, 1_300_000)).is_ok());
}

#[test]
fn no_day_that_an_agreement_is_put_on_goes_round_the_limits_of_now() {
    let mut alone = Alone::new();
    alone.does(date(2026, 11, 12), Command::GrantMandate { mandate: Mandate::to(1_180_000), told: true });
    let agree = |price: i64| Command::Agree { package: Package::at(price), despite: None };
    // Before the mandate nobody had limited her; what is recorded now as settled then is held against it all the same.
    assert!(matches!(alone.wish(Some(date(2026, 11, 5)), agree(900_000)), Err(Rejection::OutsideMandate { .. })));
    assert!(alone.wish(Some(date(2026, 11, 5)), agree(1_180_000)).is_ok());
    let agreed = alone.does(None, agree(1_200_000));
    let instead = Some(Box::new(Fact::Agreed { package: Package::at(900_000) }));
    let moved = Command::Correct {
        version: agreed,
        instead,
        reason: "a slip".to_owned(),
        despite: Some("so be it".to_owned()),
    };
    let facts = alone.wish(Some(date(2026, 11, 5)), moved).expect("a reason is given");
    assert!(facts.iter().any(|fact| matches!(fact, Fact::MandateExceeded { .. })), "{facts:?}");
}

#[test]
fn an_answer_comes_after_its_question_and_an_end_after_everything() {
    let mut alone = Alone::new();
    let request = alone.asks(date(2026, 11, 10), 1_150_000);
    let answer = || told(request, Answer::Approve);
    assert_eq!(alone.wish(Some(date(2026, 11, 9)), answer()), Err(Rejection::NoSuchRequest(request)));
    alone.does(date(2026, 11, 12), answer());
    assert_eq!(alone.wish(Some(date(2026, 11, 11)), answer()), Err(Rejection::NoSuchRequest(request)));
    let offered = alone.does(date(2026, 11, 20), offer(Side::Them, 1_150_000));
    let end = || Command::WalkAway { reason: "no budget".to_owned() };
    let agree = || Command::Agree { package: Package::at(1_150_000), despite: None };
    for wish in [end(), agree()] {
        let early = alone.wish(Some(date(2026, 11, 19)), wish);
        assert_eq!(early, Err(Rejection::NotTheLast { version: offered, on: date(2026, 11, 20) }));
    }
    alone.does(date(2026, 11, 20), agree());
}

#[test]
fn a_proposal_of_last_week_is_held_against_last_week() {
    let mut alone = Alone::new();
    let propose = |alone: &Alone| Command::Propose {
        wording: NEUTRAL_WORDING.to_owned(),
        answer_by: alone.now + SignedDuration::from_hours(24),
        despite: Some("they asked for it".to_owned()),
    };
    alone.does(date(2026, 11, 20), Command::Consent { until: None, told: true });
    let wish = propose(&alone);
    assert_eq!(alone.wish(Some(date(2026, 11, 19)), wish), Err(Rejection::NoConsent));
    let wish = propose(&alone);
    alone.does(date(2026, 11, 21), wish);
    let answered = Command::ProposalAnswered { outcome: Outcome::Declined };
    assert_eq!(alone.wish(Some(date(2026, 11, 20)), answered.clone()), Err(Rejection::NoProposal));
    alone.does(date(2026, 11, 22), answered.clone());
    assert_eq!(alone.wish(None, answered), Err(Rejection::NoProposal));
}

#[test]
fn a_correction_moves_an_entry_to_its_day() {
    let mut alone = Alone::new();
    let slip = alone.does(date(2026, 11, 20), offer(Side::Us, 1_300_000));
    alone.does(date(2026, 11, 15), offer(Side::Us, 1_350_000));
    assert_eq!(alone.prices(), ["1350000", "1300000"]);
    let instead = Some(Box::new(Fact::Offered(Offer::of(Side::Us, 1_300_000))));
    alone.does(
        date(2026, 11, 10),
        Command::Correct { version: slip, instead, reason: "it was the 10th".to_owned(), despite: None },
    );
    assert_eq!(alone.prices(), ["1300000", "1350000"]);
    assert_eq!(alone.negotiation.day_of(slip), Some(date(2026, 11, 10)));
    let struck = Command::Correct { version: slip, instead: None, reason: "x".to_owned(), despite: None };
    assert!(alone.wish(Some(date(2026, 11, 10)), struck).is_err(), "what is struck out has no day");
}

#[test]
fn rounds_left_go_down_with_the_offers_made_since() {
    let mut alone = Alone::new();
    alone.does(date(2026, 11, 10), offer(Side::Us, 1_400_000));
    let preparation = Preparation { rounds_left: Some(3), ..Preparation::default() };
    alone.does(None, Command::Prepare { preparation: Box::new(preparation) });
    assert_eq!(alone.negotiation.rounds_left(), Some(3));
    alone.does(date(2026, 11, 11), offer(Side::Them, 1_000_000));
    assert_eq!(alone.negotiation.rounds_left(), Some(3), "that was before");
    alone.does(None, offer(Side::Us, 1_350_000));
    alone.does(None, offer(Side::Them, 1_050_000));
    assert_eq!(alone.negotiation.rounds_left(), Some(2));
    for price in [1_340_000, 1_330_000, 1_320_000] {
        alone.does(None, offer(Side::Us, price));
    }
    assert_eq!(alone.negotiation.rounds_left(), Some(1), "one is always left");
}

#[test]
fn what_may_be_signed_goes_out_in_no_text() {
    let mut alone = Alone::new();
    alone.states(Stated::To(Quantity::Known(1_183_000.into())));
    alone.does(None, Command::BossAskedFor { how: "by mail".to_owned() });
    let reply = |text: &str| Command::Decline { reply: text.to_owned() };
    assert!(alone.wish(None, reply("Please take it up there.")).is_ok());
    let refused = alone.wish(None, reply("She may go to 1,183,000."));
    assert!(matches!(refused, Err(Rejection::GivesAway(_))), "{refused:?}");
}

#[test]
fn a_negotiation_can_be_left_and_come_back_to() {
    let mut alone = Alone::new();
    let reason = || "another has it".to_owned();
    assert_eq!(alone.wish(None, Command::Reopen { reason: reason() }), Err(Rejection::NotOver));
    alone.does(None, Command::Close { reason: reason() });
    assert_eq!(alone.negotiation.phase, Phase::Closed);
    assert_eq!(alone.wish(None, offer(Side::Us, 1)), Err(Rejection::Over));
    alone.does(None, Command::Archive);
    assert_eq!(alone.wish(None, Command::Archive), Err(Rejection::NothingToDo));
    assert!(Summary::of(&alone.negotiation).expect("it is open").archived);
    alone.does(None, Command::Restore);
    alone.does(None, Command::Reopen { reason: reason() });
    alone.does(None, offer(Side::Us, 1_400_000));
    alone.does(None, Command::Agree { package: Package::at(1_300_000), despite: None });
    alone.does(None, Command::Reopen { reason: "they came back".to_owned() });
    assert_eq!((alone.negotiation.phase, &alone.negotiation.agreed), (Phase::Open, &None));
}

#[test]
fn a_slip_is_undone_with_all_that_came_of_it() {
    let mut alone = Alone::new();
    alone.states(Stated::Otherwise(Extent::None));
    alone.does(None, offer(Side::Them, 1_110_000));
    let request = alone.asks(None, 1_110_000);
    alone.does(None, told(request, Answer::Approve));
    assert!(alone.outside(1_110_000).is_empty());
    // A slip of an offer has ended the leave; undone, it stands again.
    let slip = alone.does(None, offer(Side::Them, 111_000));
    assert!(!alone.outside(1_110_000).is_empty());
    alone.does(None, Command::Undo { version: slip });
    assert!(alone.outside(1_110_000).is_empty());
    assert_eq!(alone.prices(), ["1110000"]);
    assert_eq!(alone.wish(None, Command::Undo { version: slip }), Err(Rejection::NotUndone(slip)), "once");
    // Within ten minutes, and by whoever recorded it.
    let late = alone.does(None, offer(Side::Them, 1_111_000));
    let undo = Command::Undo { version: late };
    let at = alone.now;
    let by = |at: Timestamp, who: &str| decide(&alone.negotiation, &undo, at, &User::from(who));
    assert!(by(at + SignedDuration::from_mins(10), "nora").is_ok());
    assert_eq!(by(at + SignedDuration::from_mins(11), "nora"), Err(Rejection::NotUndone(late)));
    assert_eq!(by(at, "zoe"), Err(Rejection::NotUndone(late)));
    assert_eq!(alone.wish(None, Command::Undo { version: 1 }), Err(Rejection::NotUndone(1)), "an opening stands");
}

#[test]
fn leave_that_was_acted_upon_is_not_undone() {
    let mut alone = Alone::new();
    alone.states(Stated::Otherwise(Extent::None));
    let request = alone.asks(None, 1_150_000);
    let answered = alone.does(None, told(request, Answer::Approve));
    alone.does(None, offer(Side::Us, 1_150_000));
    assert_eq!(alone.wish(None, Command::Undo { version: answered }), Err(Rejection::NotUndone(answered)));
}

#[test]
fn once_a_boss_takes_part_what_they_said_is_theirs_to_take_back() {
    let mut alone = Alone::new();
    let granted = alone.does(None, Command::GrantMandate { mandate: Mandate::to(1_180_000), told: true });
    let participant = Participant { user: User::from("bea"), part: Part::Boss, privy: true };
    alone.does(None, Command::Name { participant });
    let struck = Command::Correct { version: granted, instead: None, reason: "a slip".to_owned(), despite: None };
    for wish in [struck, Command::Undo { version: granted }] {
        assert!(matches!(alone.wish(None, wish), Err(Rejection::BossAlone(_))));
    }
    assert!(!alone.outside(1_000_000).is_empty());
}

#[test]
fn who_takes_part_and_what_is_known_is_as_of_today() {
    let alone = Alone::new();
    let participant = Participant { user: User::from("olga"), part: Part::Observer, privy: false };
    let wishes = [
        Command::Name { participant },
        Command::Remove { user: User::from("olga") },
        Command::Prepare { preparation: Box::default() },
        Command::Archive,
    ];
    for wish in wishes {
        assert_eq!(alone.wish(Some(date(2026, 11, 20)), wish), Err(Rejection::NoDay));
    }
}

#[test]
fn their_new_offer_ends_leave_whatever_day_it_is_put_on() {
    let mut alone = Alone::new();
    alone.states(Stated::Otherwise(Extent::None));
    alone.does(date(2026, 11, 3), offer(Side::Them, 1_100_000));
    let request = alone.asks(None, 1_100_000);
    alone.does(None, told(request, Answer::Approve));
    // One that was made before the last that is known changes nothing on the table.
    alone.does(date(2026, 11, 2), offer(Side::Them, 1_050_000));
    assert!(alone.outside(1_100_000).is_empty());
    alone.does(date(2026, 11, 27), offer(Side::Them, 1_120_000));
    assert!(!alone.outside(1_100_000).is_empty(), "asked on another offer");
}

#[test]
fn nothing_is_moved_to_where_it_can_not_have_been() {
    let mut alone = Alone::new();
    alone.does(date(2026, 11, 10), Command::Close { reason: "asleep".to_owned() });
    let reopen = || Command::Reopen { reason: "awake".to_owned() };
    assert_eq!(alone.wish(Some(date(2026, 11, 5)), reopen()), Err(Rejection::NotOver));
    alone.does(None, reopen());
    let offered = alone.does(date(2026, 11, 20), offer(Side::Us, 1_400_000));
    let agreed = alone.does(None, Command::Agree { package: Package::at(1_400_000), despite: None });
    let moved = |version, fact: Fact| Command::Correct {
        version,
        instead: Some(Box::new(fact)),
        reason: "a slip".to_owned(),
        despite: None,
    };
    let earlier = moved(agreed, Fact::Agreed { package: Package::at(1_400_000) });
    let refused = alone.wish(Some(date(2026, 11, 15)), earlier);
    assert!(matches!(refused, Err(Rejection::NotTheLast { .. })), "{refused:?}");
    alone.now += SignedDuration::from_hours(24 * 20);
    let later = moved(offered, Fact::Offered(Offer::of(Side::Us, 1_400_000)));
    assert_eq!(alone.wish(Some(date(2026, 12, 10)), later), Err(Rejection::AfterRecording));
}

proptest! {
    /// However the same offers come on record, the same negotiation stands: who looks on sees it so, too.
    #[test]
    fn the_order_of_writing_changes_nothing(order in Just((0..8_u8).collect::<Vec<_>>()).prop_shuffle()) {
        let mut alone = Alone::new();
        for &day in &order {
            let side = if day % 2 == 0 { Side::Us } else { Side::Them };
            alone.does(date(2026, 11, 1 + day as i8), offer(side, 1_000 + i64::from(day)));
        }
        let want: Vec<String> = (1_000..1_008).map(|price| price.to_string()).collect();
        prop_assert_eq!(alone.prices(), want);
        let again = Negotiation::of(alone.negotiation.history.clone());
        prop_assert_eq!(&again, &alone.negotiation);
        let seen = Negotiation::of(entries(&alone.negotiation, Sight::Table));
        prop_assert_eq!(seen.offers, alone.negotiation.offers);
    }
}
