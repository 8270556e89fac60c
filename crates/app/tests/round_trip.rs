//! What goes out comes in again and goes out the same, byte for byte: whole records, offers as sheets, and cases.

use std::path::Path;

use app::{Desk, Given, Params, Portable, Principal};
use jiff::civil::Date;
use jiff::{SignedDuration, Span, Timestamp};
use negotiation::authority::{Extent, Stated};
use negotiation::fact::{Days, Opening, Preparation};
use negotiation::guidance::{Answer, Point, Question};
use negotiation::mandate::Mandate;
use negotiation::offer::{Channel, Offer, Package, Term};
use negotiation::party::User;
use negotiation::proposal::Outcome;
use negotiation::{Command, Negotiation, Stamp, Summary};
use rand_core::{Rng as _, SeedableRng as _};
use rand_xoshiro::Xoshiro256PlusPlus;
use store::{Location, Store};
use terms::{Amount, Currency, Level, Quantity, Role, Side};

const SEED: u64 = 20_261_128;
const RECORDS: usize = 1000;

fn now() -> Timestamp {
    "2026-11-28T12:00:00Z".parse().expect("a time")
}

async fn desk(folder: &tempfile::TempDir, name: &str) -> (Store, Desk, Principal) {
    let store = Store::open(&Location::File(folder.path().join(name))).await.expect("a scratch store opens");
    let desk = Desk::new(store.clone(), Params::new(8, 1, 1, None).expect("small parameters are sound"));
    let nora = desk.accounts.local("nora").await.expect("anybody is known locally");
    (store, desk, nora)
}

/// Negotiations of one person, as they may come on record: in any order, dated back or not, with slips struck out.
struct Generator(Xoshiro256PlusPlus);

impl Generator {
    fn below(&mut self, most: u64) -> u64 {
        self.0.next_u64() % most
    }

    fn one_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }

    fn price(&mut self) -> Amount {
        let whole = 1_000_000 + 1000 * self.below(400) as i64;
        if self.one_in(5) { format!("{whole}.25").parse().expect("an amount") } else { whole.into() }
    }

    fn quantity(&mut self, from: i64) -> Quantity<Amount> {
        let low = from + 1000 * self.below(50) as i64;
        if self.one_in(2) {
            return Quantity::Known(low.into());
        }
        let likely = low + 1000 * self.below(30) as i64;
        Quantity::Range { low: low.into(), likely: likely.into(), high: (likely + 20_000).into() }
    }

    fn on(&mut self) -> Option<Date> {
        let days = self.below(60) as i64;
        let today = negotiation::stamp::day(now());
        (!self.one_in(3)).then(|| today.checked_sub(Span::new().days(days)).expect("a day"))
    }

    fn preparation(&mut self) -> Preparation {
        let authority = match self.below(4) {
            0 => None,
            1 => Some(Stated::Otherwise(Extent::None)),
            2 => Some(Stated::Otherwise(Extent::Unlimited)),
            _ => Some(Stated::To(self.quantity(1_150_000))),
        };
        let has_rounds = self.one_in(2);
        Preparation {
            walk_away: Some(self.quantity(1_000_000)),
            target: Some(self.quantity(1_400_000)),
            authority,
            boss_limit: self.one_in(2).then(|| self.quantity(1_050_000)),
            counterpart_limit: Some(self.quantity(1_150_000)),
            our_alternative: self.one_in(3).then(|| "sell to Eastwind".to_owned()),
            rounds_left: has_rounds.then(|| 1 + self.below(6) as u32),
            deadline: (!has_rounds).then(|| "2027-01-20".parse().expect("a day")),
            days_per_round: self
                .one_in(2)
                .then(|| if self.one_in(2) { Days::Whole(7) } else { Days::of_f64(2.5).expect("days") }),
            cost_of_delay_per_round: self.one_in(3).then(|| Quantity::Known(500.into())),
            cost_of_escalating: self.one_in(2).then(|| self.quantity(10_000)),
            later_deals: self.one_in(2).then_some(Quantity::Known(3.into())),
            value_per_deal: self.one_in(2).then(|| self.quantity(50_000)),
            discount: self.one_in(3).then(|| Quantity::Known("0.85".parse().expect("a factor"))),
            past_boss_appearances: self.one_in(3).then_some(Quantity::Known(2.into())),
            boss_skill: self.one_in(4).then(|| Quantity::Known("0.05".parse().expect("a share"))),
            boss_expected: self.one_in(5),
            role_priors: self.one_in(5),
            ..Preparation::default()
        }
    }

    fn offer(&mut self) -> Offer {
        let by = if self.one_in(2) { Side::Us } else { Side::Them };
        let mut package = Package::at(self.price());
        if self.one_in(4) {
            package.terms.insert("payment_days".to_owned(), Term::Number(60.into()));
        }
        if self.one_in(6) {
            package.terms.insert("warranty".to_owned(), Term::Words("two years, \"at least\"".to_owned()));
        }
        Offer {
            package,
            level: if self.one_in(8) && by == Side::Them { Level::Boss } else { Level::Negotiator },
            channel: if self.one_in(3) { Channel::Call } else { Channel::Mail },
            binding: self.one_in(5),
            condition: self.one_in(6).then(|| "paid in advance".to_owned()),
            note: self.one_in(4).then(|| "Called final,\nby telephone".to_owned()),
            ..Offer::of(by, 0)
        }
    }

    fn command(&mut self, negotiation: &Negotiation) -> Command {
        let despite = Some("as agreed by telephone".to_owned());
        let reason = || "nothing moves".to_owned();
        match self.below(16) {
            0 => Command::Prepare { preparation: Box::new(self.preparation()) },
            1 => Command::NoteImpasse { how: reason() },
            2 => Command::ResolveImpasse,
            3 => {
                let question = Question {
                    point: Point::Price { to: self.price() },
                    recommendation: "it closes the gap".to_owned(),
                    options: vec!["hold".to_owned()],
                    needed_by: now() + SignedDuration::from_hours(72),
                    otherwise: "we hold".to_owned(),
                };
                Command::Ask { question }
            }
            4 => {
                let request = negotiation.requests.last().map_or(1, |request| request.id);
                let answer = if self.one_in(3) { Answer::Refuse { reason: reason() } } else { Answer::Approve };
                Command::Answer { request, answer, until: None, told: true }
            }
            5 => Command::Consent { until: None, told: true },
            6 => {
                let answer_by = now() + SignedDuration::from_hours(48);
                Command::Propose { wording: "Shall we each ask upstairs?".to_owned(), answer_by, despite }
            }
            7 => {
                let outcomes = [Outcome::Unlocked, Outcome::Declined, Outcome::Ignored, Outcome::Backlash];
                Command::ProposalAnswered { outcome: outcomes[self.below(4) as usize] }
            }
            8 => Command::BossAskedFor { how: "by mail".to_owned() },
            9 => Command::Decline { reply: "Please take it up there.".to_owned() },
            10 => Command::GrantMandate { mandate: Mandate::to(self.price()), told: true },
            11 => {
                let version = 1 + self.below(negotiation.version);
                Command::Correct { version, instead: None, reason: "typed twice".to_owned(), despite: None }
            }
            _ => Command::Offer { offer: self.offer(), despite },
        }
    }

    fn record(&mut self) -> Negotiation {
        let opening = Opening {
            title: "Renewal with Northwind".to_owned(),
            role: Role::Seller,
            currency: Currency::USD,
            counterpart: "Northwind".to_owned(),
        };
        let mut negotiation = Negotiation::default();
        let mut commands =
            vec![Command::Open { opening }, Command::Prepare { preparation: Box::new(self.preparation()) }];
        for number in 0..2 + self.below(24) {
            let command = if commands.is_empty() { self.command(&negotiation) } else { commands.remove(0) };
            let at = now() - SignedDuration::from_mins(60 - number as i64);
            let on = self.on().filter(|_| command.takes_a_day());
            // What is refused leaves no trace.
            negotiation.enact(&command, Stamp::new(at, on), &User::from("nora")).ok();
        }
        negotiation
    }
}

/// Two texts are the same, or the first line in which they differ is told.
#[track_caller]
fn same(text: &str, want: &str, what: &str) {
    let differing = text.lines().zip(want.lines()).find(|(line, wanted)| line != wanted);
    assert_eq!(differing, None, "{what}");
    assert_eq!(text, want, "{what}");
}

fn bytes(portable: &Portable) -> String {
    serde_json::to_string(portable).expect("JSON")
}

#[tokio::test]
async fn whole_records_go_out_and_come_in_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let (store, first, nora) = desk(&folder, "first.db").await;
    let mut generator = Generator(Xoshiro256PlusPlus::seed_from_u64(SEED));
    let mut dated_back = 0;
    for number in 0..RECORDS {
        let negotiation = generator.record();
        dated_back += negotiation.as_corrected().iter().filter(|one| one.is_dated_back()).count();
        let summary = Summary::of(&negotiation).expect("it was opened");
        store.append(&format!("r{number:04}"), 0, &negotiation.history, &summary).await.expect("it is recorded");
    }
    assert!(dated_back > 1000, "seed {SEED}: the records say little of days: {dated_back}");
    let out = first.export_all(&nora, now()).await.expect("it goes out");
    assert_eq!(out.negotiations.len(), RECORDS);
    let (second_store, second, there) = desk(&folder, "second.db").await;
    let imported = second.import(&there, out.clone(), now()).await.expect("it comes in");
    assert_eq!(imported.negotiations, RECORDS, "seed {SEED}");
    let again = second.export_all(&there, now()).await.expect("it goes out");
    let sorted = |mut portable: Portable| {
        portable.negotiations.sort_by(|a, b| a.id.cmp(&b.id));
        bytes(&portable)
    };
    assert!(sorted(again) == sorted(out), "seed {SEED}: a record changed on its way");
    drop(second_store);
}

#[tokio::test]
async fn offers_go_out_as_sheets_and_come_in_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let (store, desk, nora) = desk(&folder, "desk.db").await;
    let mut generator = Generator(Xoshiro256PlusPlus::seed_from_u64(SEED));
    let mut offers = 0;
    for number in 0..100 {
        let negotiation = generator.record();
        let (id, copy) = (format!("r{number:04}"), format!("c{number:04}"));
        let summary = Summary::of(&negotiation).expect("it was opened");
        store.append(&id, 0, &negotiation.history, &summary).await.expect("it is recorded");
        // The copy has an opening and nothing else.
        let opened = Negotiation::of(negotiation.history.iter().take(2).cloned());
        let summary = Summary::of(&opened).expect("it was opened");
        store.append(&copy, 0, &opened.history, &summary).await.expect("it is recorded");
        let lines = desk.export_offers(&nora, &id, now()).await.expect("they go out");
        offers += lines.len();
        let csv = spreadsheet::write_csv(&lines);
        let xlsx = spreadsheet::write_xlsx(&lines).expect("it is written");
        let read = spreadsheet::read_csv(csv.as_bytes(), Some(Currency::USD)).expect("it is read");
        assert_eq!(spreadsheet::read_xlsx(&xlsx, Some(Currency::USD)).expect("it is read"), read, "seed {SEED}");
        let given = Given { despite: Some("a copy"), sure: true };
        // Offers from a boss's level come with the boss.
        desk.import_offers(&nora, &copy, &read, given, now())
            .await
            .unwrap_or_else(|why| panic!("seed {SEED}: {why:?}"));
        let again = desk.export_offers(&nora, &copy, now()).await.expect("they go out");
        assert_eq!(spreadsheet::write_csv(&again), csv, "seed {SEED}, record {number}");
    }
    assert!(offers > 200, "seed {SEED}: {offers}");
}

#[tokio::test]
async fn cases_go_out_and_come_in_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let (store, desk, nora) = desk(&folder, "desk.db").await;
    let mut generator = Generator(Xoshiro256PlusPlus::seed_from_u64(SEED));
    let mut cases = 0;
    for number in 0..RECORDS {
        let negotiation = generator.record();
        let Ok(case) = app::case_of(&negotiation, now(), 0) else { continue };
        let first = case_file::write(&case);
        let taken = desk.take_in_case(&nora, &case, "Northwind", now()).await.expect("it comes in");
        let again = app::case_of(&taken.done.negotiation, now(), 0).expect("it makes a case");
        same(&case_file::write(&again), &first, &format!("seed {SEED}, record {number}: {:?}", taken.left_out));
        cases += 1;
    }
    assert!(cases > RECORDS / 2, "seed {SEED}: {cases}");
    drop(store);
}

#[tokio::test]
async fn the_examples_go_out_as_the_case_that_came_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_store, desk, nora) = desk(&folder, "desk.db").await;
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut tried = 0;
    for file in std::fs::read_dir(examples).expect("the examples") {
        let path = file.expect("a file").path();
        if path.extension().is_none_or(|end| end != "toml") {
            continue;
        }
        let case = case_file::read(&std::fs::read(&path).expect("it is read")).expect("it is a case");
        // Each with somebody else: what one of them has seen of our boss would count in the next.
        let once = format!("{}, once", case.title);
        let taken = desk.take_in_case(&nora, &case, &once, now()).await.expect("it comes in");
        let out = desk.export_case(&nora, &taken.done.id, now()).await.expect("it goes out");
        let first = case_file::write(&out);
        let read = case_file::read(first.as_bytes()).expect("it is a case");
        let taken =
            desk.take_in_case(&nora, &read, &format!("{}, twice", case.title), now()).await.expect("it comes in");
        let again = desk.export_case(&nora, &taken.done.id, now()).await.expect("it goes out");
        same(&case_file::write(&again), &first, &path.display().to_string());
        tried += 1;
    }
    assert!(tried > 10);
}
