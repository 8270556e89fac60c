//! The issue sheet on record: packages projected to a price, what the mandate allows of them, and the gate that counts those
//! untried.

#![expect(clippy::unwrap_used, reason = "tests")]

use bargain::sheet::text;
use jiff::{SignedDuration, Timestamp};
use negotiation::fact::Opening;
use negotiation::ladder::gate;
use negotiation::mandate::{Allowed, Mandate, TermLimit};
use negotiation::offer::{Offer, Package, Term};
use negotiation::packages::Table;
use negotiation::party::User;
use negotiation::{Command, Negotiation, Rejection, decide};
use terms::{Amount, Role, Rung, Side};

/// They would pay for days of payment four times what these cost us.
const SHEET: &str = r#"
    title = "Bolts"
    currency = "EUR"
    price = "Price"
    walk_away = 100_000
    [[issues]]
    name = "Price"
    from = 90_000
    to = 140_000
    step = 1_000
    realistic = 110_000
    [[issues]]
    name = "Payment"
    unit = "days"
    from = 30
    to = 90
    step = 30
    realistic = 30
    ours = { better = "low", worth = 2_000 }
    theirs = { worth = 8_000 }
"#;

fn start() -> Timestamp {
    "2026-03-02T09:00:00Z".parse().unwrap()
}

fn record(commands: Vec<Command>) -> (Negotiation, Timestamp) {
    let mut negotiation = Negotiation::default();
    let mut at = start();
    for command in commands {
        at += SignedDuration::from_hours(24);
        negotiation.enact(&command, at, &User::from("nora")).unwrap();
    }
    (negotiation, at)
}

fn open(role: Role, currency: &str) -> Command {
    let (title, counterpart) = ("Bolts".to_owned(), "Smith".to_owned());
    Command::Open { opening: Opening { title, role, currency: currency.parse().expect("a currency"), counterpart } }
}

fn prepare() -> Command {
    Command::PrepareIssues { sheet: Box::new(text::read(SHEET).unwrap()) }
}

fn offer(by: Side, price: i64, days: i64) -> Command {
    let mut offer = Offer::of(by, price);
    offer.package.terms.insert("payment".to_owned(), Term::Number(days.into()));
    Command::Offer { offer, despite: Some("a test".to_owned()) }
}

#[test]
fn a_package_counts_as_the_price_that_is_worth_as_much() {
    let (negotiation, now) = record(vec![open(Role::Seller, "EUR"), prepare()]);
    let table = Table::of(&negotiation, now).unwrap();
    let mut package = Package::at(112_345);
    assert_eq!(table.projected(&package), Amount::from(112_345));
    package.terms.insert("Payment".to_owned(), Term::Number(60.into()));
    // 30 days cost us 1,000 of the 2,000 that 60 days would.
    assert_eq!(table.projected(&package), Amount::from(111_345));
    // A term that the sheet does not know leaves the price as it is.
    package.terms.insert("colour".to_owned(), Term::Words("red".to_owned()));
    assert_eq!(table.projected(&package), Amount::from(112_345));
    let choices = table.placed(&Package::at(112_000)).unwrap();
    assert_eq!(table.package_of(&choices).price, Amount::from(112_000));
}

#[test]
fn the_gate_counts_packages_that_would_cost_us_nothing() {
    let offers = [(Side::Us, 130_000, 30), (Side::Them, 100_000, 90), (Side::Us, 125_000, 30)];
    let mut commands = vec![open(Role::Seller, "EUR"), prepare()];
    commands.extend(offers.map(|(by, price, days)| offer(by, price, days)));
    commands.push(Command::NoteImpasse { how: "nobody moves".to_owned() });
    let (stuck, now) = record(commands.clone());
    let trial = &gate(&stuck, Rung::Guidance, now).below[0];
    assert!(!trial.tried && trial.evidence.contains("untried"), "{}", trial.evidence);
    // 60 days more for 2,000 or more on the price: once that is offered, nothing is left that costs us nothing.
    commands.insert(commands.len() - 1, offer(Side::Us, 127_000, 90));
    let (tried, now) = record(commands);
    let trial = &gate(&tried, Rung::Guidance, now).below[0];
    assert!(trial.tried, "{}", trial.evidence);
    // A negotiation without a sheet is gated by its offers alone.
    assert_eq!(Table::of(&record(vec![open(Role::Seller, "EUR")]).0, now).map(|table| table.untried()), None);
}

#[test]
fn a_term_in_another_currency_is_no_option_of_the_sheet() {
    let sheet = SHEET.replace("Payment", "Rebate").replace("\"days\"", "\"EUR\"");
    let prepared = Command::PrepareIssues { sheet: Box::new(text::read(&sheet).unwrap()) };
    let (negotiation, at) = record(vec![open(Role::Seller, "EUR"), prepared]);
    let table = Table::of(&negotiation, at).unwrap();
    let package = |rebate: &str| Package {
        price: 110_000.into(),
        terms: [("Rebate".to_owned(), Term::Words(rebate.to_owned()))].into(),
    };
    assert!(table.placed(&package("EUR 60")).is_some());
    assert!(table.placed(&package("$60")).is_none());
}

#[test]
fn what_the_mandate_allows_goes_before_the_sheet() {
    let limit = TermLimit { term: "payment".to_owned(), allowed: Allowed::AtMost(60.into()) };
    let mandate = Mandate { terms: vec![limit], ..Mandate::to(120_000) };
    let (negotiation, now) = record(vec![
        open(Role::Seller, "EUR"),
        prepare(),
        Command::GrantMandate { mandate: mandate.clone(), told: false },
    ]);
    let table = Table::of(&negotiation, now).unwrap();
    let payment = &table.allowed[1];
    assert_eq!(payment, &[true, true, false]);
    let prices = table.allowed[0].iter().filter(|allowed| **allowed).count();
    assert_eq!(prices, 21);
    // Whatever the sheet allows, the mandate of the record allows too.
    for (option, allowed) in payment.iter().enumerate() {
        let package = table.package(&[45, option as u32]);
        assert_eq!(mandate.outside(&renamed(package), Role::Seller).is_empty(), *allowed);
    }
}

/// The record's mandate names terms as they were offered.
fn renamed(mut package: Package) -> Package {
    package.terms = package.terms.into_iter().map(|(name, term)| (name.to_lowercase(), term)).collect();
    package
}

#[test]
fn a_sheet_that_does_not_fit_is_not_recorded() {
    for (role, currency, wrong) in [(Role::Seller, "USD", "currency"), (Role::Buyer, "EUR", "Price.ours")] {
        let (negotiation, now) = record(vec![open(role, currency)]);
        let refused = decide(&negotiation, &prepare(), now, &User::from("nora")).unwrap_err();
        let Rejection::UnsoundSheet(faults) = &refused else { panic!("{refused:?}") };
        assert_eq!(faults.iter().map(|fault| fault.at.as_str()).collect::<Vec<_>>(), [wrong]);
    }
}
