//! Records under a code that is none of ISO 4217: codes were recorded unchecked once, and some are withdrawn.

use app::{Desk, Error, Params, Principal, Wish};
use jiff::Timestamp;
use negotiation::fact::{Fact, Opening, Preparation};
use negotiation::party::{Part, Participant};
use negotiation::{Command, Entry, Negotiation, Rejection, Summary};
use serde_json::json;
use store::{Location, Store};
use terms::{Amount, Quantity};

const ID: &str = "a1";

fn at() -> Timestamp {
    "2026-03-02T09:00:00Z".parse().expect("it is a moment")
}

/// An opening as a record has it.
fn opening(currency: &str, title: &str) -> Opening {
    let opening = json!({ "title": title, "role": "seller", "currency": currency, "counterpart": "Northwind" });
    serde_json::from_value(opening).expect("an opening")
}

async fn store(folder: &tempfile::TempDir) -> Store {
    Store::open(&Location::File(folder.path().join("upstairs.db"))).await.expect("a scratch store opens")
}

async fn desk(store: Store) -> (Desk, Principal) {
    let desk = Desk::new(store, Params::new(8, 1, 1, None).expect("small parameters are sound"));
    let nora = desk.accounts.local("nora").await.expect("anybody is known locally");
    (desk, nora)
}

/// A desk with a negotiation that an earlier version opened under a code that nobody checked.
async fn opened_once(folder: &tempfile::TempDir) -> (Desk, Principal) {
    let store = store(folder).await;
    let nora = Participant { user: "nora".into(), part: Part::Negotiator, privy: true };
    let facts = [Fact::Opened(opening("ZZZ", "Renewal")), Fact::Joined(nora)];
    let entries =
        (1..).zip(facts).map(|(version, fact)| Entry { version, at: at(), on: None, by: "nora".into(), fact });
    let entries: Vec<Entry> = entries.collect();
    let summary = Summary::of(&Negotiation::of(entries.iter().cloned())).expect("it was opened");
    store.append(ID, 0, &entries, &summary).await.expect("it is recorded");
    desk(store).await
}

#[tokio::test]
async fn what_was_recorded_once_is_advised_on_and_carried_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let (desk, nora) = opened_once(&folder).await;
    let amount = |whole: i64| Quantity::Known(Amount::from(whole));
    let preparation = Preparation {
        walk_away: Some(amount(1_050_000)),
        target: Some(amount(1_400_000)),
        counterpart_limit: Some(amount(1_230_000)),
        rounds_left: Some(6),
        ..Preparation::default()
    };
    let prepare = Command::Prepare { preparation: Box::new(preparation) };
    desk.act(&nora, ID, Wish::new(&prepare, at())).await.expect("it is prepared");
    let taken = desk.take_advice(&nora, ID, 7, 1024, at()).await.expect("it is advised on");
    assert_eq!(taken.advice.currency.code(), "ZZZ");

    let exported = serde_json::to_vec(&desk.export_all(&nora, at()).await.expect("it is exported")).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let (other, nora) = self::desk(store(&elsewhere).await).await;
    let imported = other.import(&nora, serde_json::from_slice(&exported).unwrap(), at()).await.expect("it is imported");
    assert_eq!(imported.negotiations, 1);
    let again = serde_json::to_vec(&other.export_all(&nora, at()).await.expect("it is exported")).unwrap();
    assert_eq!(again, exported);
    let advice = other.take_advice(&nora, ID, 7, 1024, at()).await.expect("it is advised on there");
    assert_eq!(advice.advice.recommendation, taken.advice.recommendation);
}

#[tokio::test]
async fn nothing_new_is_opened_under_a_code_that_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let (desk, nora) = opened_once(&folder).await;
    let refused = desk.open(&nora, opening("ZZZ", "Another"), at()).await.expect_err("it is no code");
    assert!(
        matches!(refused, Error::Rejected(Rejection::Impossible(what)) if what.contains("ISO 4217")),
        "{refused:?}"
    );
    assert!(desk.open(&nora, opening("CHF", "Another"), at()).await.is_ok());
}

#[test]
fn a_sheet_of_offers_may_name_the_code_on_record() {
    let sheet = |code: &str| format!("by,price,currency\nthem,1200,{code}\n");
    let on_record = Some(opening("ZZZ", "Renewal").currency);
    assert_eq!(spreadsheet::read_csv(sheet("ZZZ").as_bytes(), on_record).map(|lines| lines.len()), Ok(1));
    assert!(spreadsheet::read_csv(sheet("EUR").as_bytes(), on_record).is_err());
}
