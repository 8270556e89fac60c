//! Six negotiations told step by step, with what each audience sees after every step; golden in `stories/`.
//!
//! They double as tests of confidentiality: what an observer or an outsider sees is written out.

use jiff::ToSpan;
use negotiation::command::Command;
use negotiation::fact::{AdviceTaken, Opening, Preparation, PriceShown};
use negotiation::guidance::{Answer, Point, Question};
use negotiation::ladder::gate;
use negotiation::mandate::Mandate;
use negotiation::offer::Offer;
use negotiation::party::{Part, Participant, User};
use negotiation::precedent::{PrecedentLedger, hand_back_reply};
use negotiation::proposal::{NEUTRAL_WORDING, Outcome, filled};

mod story;

use story::Story;
use terms::{Amount, Currency, FirstStep, PlanId, Role, Rung, Side};

/// Nora negotiates, Bea is her boss, Olaf looks on, Zoe has no part in it.
fn opened(name: &str, what: &str) -> Story {
    let mut story = Story::new(name, what);
    story.does(
        "nora",
        &Command::Open {
            opening: Opening {
                title: "Renewal with Northwind".to_owned(),
                role: Role::Seller,
                currency: Currency::USD,
                counterpart: "Northwind".to_owned(),
            },
        },
    );
    story.does("nora", &Command::Name { participant: taking_part("bea", Part::Boss) });
    story.does("nora", &Command::Name { participant: taking_part("olaf", Part::Observer) });
    story.does(
        "nora",
        &Command::Prepare {
            preparation: Box::new(Preparation {
                walk_away: Some(1_050_000.into()),
                target: Some(1_400_000.into()),
                ..Preparation::default()
            }),
        },
    );
    story.does("bea", &Command::GrantMandate { mandate: Mandate::to(1_180_000), told: false });
    story
}

fn taking_part(name: &str, part: Part) -> Participant {
    Participant { user: User::from(name), part, privy: false }
}

fn offers(story: &mut Story, amounts: &[(Side, i64)]) {
    for &(by, amount) in amounts {
        story.does("nora", &Command::Offer { offer: Offer::of(by, amount), despite: None });
    }
}

fn ask(story: &mut Story, to: i64) -> u64 {
    let needed_by = story.now() + 48.hours();
    story.does(
        "nora",
        &Command::Ask {
            question: Question {
                point: Point::Price { to: to.into() },
                recommendation: "it closes the gap, and they have stood still for two rounds".to_owned(),
                options: vec!["hold".to_owned(), "trade payment days for price".to_owned()],
                needed_by,
                otherwise: "I hold at my mandate".to_owned(),
            },
        },
    )
}

fn stuck(story: &mut Story) {
    offers(
        story,
        &[
            (Side::Us, 1_380_000),
            (Side::Them, 1_075_000),
            (Side::Us, 1_315_000),
            (Side::Them, 1_110_000),
            (Side::Us, 1_300_000),
            (Side::Them, 1_110_000),
        ],
    );
    story.does("nora", &Command::NoteImpasse { how: "the same offer twice".to_owned() });
}

fn refused(story: &mut Story) {
    let request = ask(story, 1_120_000);
    story.does(
        "bea",
        &Command::Answer {
            request,
            answer: Answer::Refuse { reason: "the margin is gone there".to_owned() },
            until: None,
            told: false,
        },
    );
}

fn propose(story: &mut Story) {
    let wording = filled(NEUTRAL_WORDING, "the renewal", "Northwind", 7);
    let answer_by = story.now() + 168.hours();
    story.does("nora", &Command::Propose { wording, answer_by, despite: None });
}

#[test]
fn own_level_to_agreement() {
    let mut story = opened("own-level-to-agreement", "Settled at one's own level, nobody asked.");
    offers(
        &mut story,
        &[(Side::Us, 1_380_000), (Side::Them, 1_120_000), (Side::Us, 1_260_000), (Side::Them, 1_200_000)],
    );
    story.does("nora", &Command::Agree { package: Offer::of(Side::Us, 1_200_000).package, despite: None });
    story.does("nora", &Command::Review { notes: "the second concession did it".to_owned() });
    story.hold();
}

#[test]
fn guidance_unlocks() {
    let mut story = opened("guidance-unlocks", "One point put to the boss in private opens what the mandate did not.");
    stuck(&mut story);
    story.refused("nora", &Command::Offer { offer: Offer::of(Side::Us, 1_150_000), despite: None });
    let request = ask(&mut story, 1_140_000);
    story.does("bea", &Command::Answer { request, answer: Answer::Approve, until: None, told: false });
    offers(&mut story, &[(Side::Us, 1_150_000), (Side::Them, 1_145_000)]);
    story.refused("nora", &Command::Agree { package: Offer::of(Side::Us, 1_145_000).package, despite: None });
    let request = ask(&mut story, 1_145_000);
    story.does(
        "bea",
        &Command::Answer {
            request,
            answer: Answer::ChangeLimit { mandate: Mandate::to(1_145_000) },
            until: None,
            told: false,
        },
    );
    story.does("nora", &Command::Agree { package: Offer::of(Side::Us, 1_145_000).package, despite: None });
    story.hold();
}

#[test]
fn the_proposal_alone_unlocks() {
    let mut story =
        opened("proposal-alone-unlocks", "The proposal to take it to both bosses moves them; no boss comes.");
    stuck(&mut story);
    refused(&mut story);
    story.refused(
        "nora",
        &Command::Propose {
            wording: filled(NEUTRAL_WORDING, "the renewal", "Northwind", 7),
            answer_by: story.now() + 168.hours(),
            despite: Some("they are in a hurry".to_owned()),
        },
    );
    story.does("bea", &Command::Consent { until: None, told: false });
    propose(&mut story);
    story.does("nora", &Command::ProposalAnswered { outcome: Outcome::Unlocked });
    offers(&mut story, &[(Side::Them, 1_190_000)]);
    story.does("nora", &Command::Agree { package: Offer::of(Side::Us, 1_190_000).package, despite: None });
    assert!(story.negotiation.proposal().unwrap().alone_unlocked());
    story.hold();
}

#[test]
fn the_proposal_is_accepted() {
    let mut story = opened("proposal-accepted", "Both bosses meet, on the proposal of both negotiators.");
    stuck(&mut story);
    refused(&mut story);
    story.does("bea", &Command::Consent { until: None, told: false });
    propose(&mut story);
    story.does("nora", &Command::ProposalAnswered { outcome: Outcome::Accepted });
    let mut offer = Offer::of(Side::Us, 1_160_000);
    offer.level = terms::Level::Boss;
    story.does("bea", &Command::Offer { offer, despite: None });
    story.does("bea", &Command::Agree { package: Offer::of(Side::Us, 1_160_000).package, despite: None });
    assert!(!story.negotiation.proposal().unwrap().alone_unlocked());
    story.hold();
}

#[test]
fn the_boss_joins_after_all_else_and_hands_back() {
    let mut story =
        opened("boss-joins-last", "The boss comes in after all else, closes the gap, and hands the channel back.");
    stuck(&mut story);
    story.refused("nora", &Command::BringBoss { price: None, despite: None });
    refused(&mut story);
    story.does("bea", &Command::Consent { until: None, told: false });
    propose(&mut story);
    story.does("nora", &Command::ProposalAnswered { outcome: Outcome::Declined });
    assert!(gate(&story.negotiation, Rung::Boss, story.now()).is_open());
    let price = advice(&mut story);
    story.does("nora", &Command::BringBoss { price: Some(price), despite: None });
    story.does("bea", &Command::HandBack { reply: hand_back_reply("the renewal", "Nora") });
    story.does("nora", &Command::BossAskedFor { how: "in their next mail".to_owned() });
    story.does("bea", &Command::Decline { reply: hand_back_reply("the renewal", "Nora") });
    offers(&mut story, &[(Side::Them, 1_185_000)]);
    story.does("nora", &Command::Agree { package: Offer::of(Side::Us, 1_185_000).package, despite: None });
    let ledger = PrecedentLedger::of([("renewal", &story.negotiation)]);
    assert_eq!((ledger.appearances(), ledger.calls(), ledger.lines.len()), (1, 1, 4));
    story.hold();
}

fn advice(story: &mut Story) -> PriceShown {
    let knew = story.negotiation.version;
    let advice = story.does(
        "nora",
        &Command::TakeAdvice {
            advice: Box::new(AdviceTaken {
                plan: PlanId::BossAtImpasse,
                next_act: FirstStep::BringBoss,
                sentence: "Bring your boss in at your next move.".to_owned(),
                values: [(PlanId::BossAtOutset, Amount::from(108_000)), (PlanId::Guidance, Amount::from(96_000))]
                    .into(),
                precedent: 5_800.into(),
                seed: 1,
                samples: 65_536,
                engine_version: "0.1.0".to_owned(),
                case_fingerprint: "0".repeat(64),
                knew,
            }),
        },
    );
    PriceShown { against_best: 12_000.into(), precedent: 5_800.into(), advice }
}

#[test]
fn an_override_and_its_price() {
    let mut story = opened(
        "override-and-its-price",
        "The boss comes in early, against the ladder, with the reason and the price on record.",
    );
    offers(&mut story, &[(Side::Us, 1_380_000), (Side::Them, 1_020_000)]);
    story.refused("nora", &Command::BringBoss { price: None, despite: Some("  ".to_owned()) });
    let price = advice(&mut story);
    let price = PriceShown { against_best: Amount::from(-30_100), ..price };
    let despite = Some("their chairman sits on our board, and asked".to_owned());
    story.does("nora", &Command::BringBoss { price: Some(price), despite });
    story.does("nora", &Command::WalkAway { reason: "they would not leave one million".to_owned() });
    story.hold();
}
