//! The issue sheet on record, and what it makes of the offers: where the record's packages and the sheet's meet.
//!
//! A term of an offer is an issue of the sheet by name, however it is written; the price is the issue that the sheet calls so. What
//! the sheet leaves open, our walk-away and theirs, is taken from what was prepared.

use bargain::domain::Package as Choices;
use bargain::findings::untried;
use bargain::sheet::check::SheetFault;
use bargain::sheet::{Choice, End, Placed, Sheet, Values};
use jiff::Timestamp;
use terms::{Amount, Currency, Quantity, Readings, Role, Settling, Side};

use crate::fact::Opening;
use crate::mandate::{Mandate, is_worse};
use crate::offer::{Package, Term, same};
use crate::state::Negotiation;

/// A sheet, what it says, and what we may agree to at a moment.
#[derive(Clone, Debug)]
pub struct Table {
    /// The sheet, with what was prepared elsewhere filled in.
    pub sheet: Sheet,
    /// What it says.
    pub values: Values,
    /// The options that the mandate allows, an issue a row.
    pub allowed: Vec<Vec<bool>>,
    /// Our offers, oldest first.
    pub made: Vec<Placed>,
    /// Theirs.
    pub heard: Vec<Placed>,
}

impl Table {
    /// The table of a negotiation at a moment; `None` without a sheet on record.
    pub fn of(negotiation: &Negotiation, now: Timestamp) -> Option<Self> {
        let mut sheet = negotiation.sheet.clone()?;
        let prepared = &negotiation.preparation;
        if sheet.price.is_some() {
            sheet.walk_away = sheet.walk_away.or(prepared.walk_away.map(|walk_away| walk_away.likely().to_f64()));
            sheet.their_walk_away =
                sheet.their_walk_away.or(prepared.counterpart_limit.map(Quantity::<Amount>::to_f64));
        }
        // A sheet is checked before it is recorded; prepared ranges are ordered.
        let values = Values::of(&sheet).ok()?;
        let limits = negotiation.authority_at(now).limits();
        let allowed =
            limits.map_or_else(|| values.mandate.clone(), |limits| allowed(&sheet, &values, negotiation, &limits));
        let placed = |side: Side| {
            let offers = negotiation.offers.iter().filter(|recorded| recorded.offer.by == side);
            offers.filter_map(|recorded| placed(&sheet, &values, &recorded.offer.package)).collect()
        };
        Some(Self { made: placed(Side::Us), heard: placed(Side::Them), sheet, values, allowed })
    }

    /// A package of the record on the sheet; `None` where a term is no issue of it, or no option.
    pub fn placed(&self, package: &Package) -> Option<Placed> {
        placed(&self.sheet, &self.values, package)
    }

    /// How many packages were not offered that cost us nothing against our last offer and are likely worth more to them.
    pub fn untried(&self) -> usize {
        let made: Vec<Choices> = self.made.iter().map(|placed| placed.package.clone()).collect();
        made.last().map_or(0, |last| untried(&self.values, &self.allowed, last, &made).len())
    }

    /// The price that is worth as much to us as a package, with everything else where the sheet expects it: a package on the
    /// scale of prices. The price itself where the sheet has none, or does not know a term.
    pub fn projected(&self, package: &Package) -> Amount {
        let placed = placed(&self.sheet, &self.values, package);
        let price = placed.and_then(|placed| self.values.as_price(self.values.ours_of(&placed)));
        price.and_then(|price| Amount::of_f64(price, 2)).unwrap_or(package.price)
    }

    /// A package of the record again, its price exact.
    pub fn package_of(&self, placed: &Placed) -> Package {
        let mut package = self.package(&placed.package);
        package.price.0 += Amount::of_f64(placed.over, 6).unwrap_or(Amount::ZERO).0;
        package
    }

    /// A package of the sheet as one of the record.
    pub fn package(&self, choices: &[u32]) -> Package {
        let price = self.values.price_issue();
        let mut package = Package::at(0);
        for (place, (issue, &option)) in self.values.domain.issues().iter().zip(choices).enumerate() {
            let number = issue.options.number(option as usize).and_then(|number| Amount::of_f64(number, 6));
            match number {
                Some(number) if price == Some(place) => package.price = number,
                Some(number) => drop(package.terms.insert(issue.name.clone(), Term::Number(number))),
                None => {
                    let words = Term::Words(issue.options.label(option as usize));
                    package.terms.insert(issue.name.clone(), words);
                }
            }
        }
        package
    }
}

/// Where a sheet does not fit how the negotiation was opened.
pub(crate) fn misfits(sheet: &Sheet, opening: &Opening) -> Vec<SheetFault> {
    let fault = |at: String, what: String| SheetFault { at, what };
    let mut faults = Vec::new();
    if let Some(currency) = sheet.currency.as_ref().filter(|currency| **currency != opening.currency.code()) {
        let what = format!("the negotiation is in {} and the sheet in {currency}", opening.currency);
        faults.push(fault("currency".to_owned(), what));
    }
    let price = sheet.price.as_ref().and_then(|price| sheet.issues.iter().find(|line| line.name == *price));
    let (ours, word) = match opening.role {
        Role::Seller => (End::High, "high"),
        Role::Buyer => (End::Low, "low"),
    };
    if let Some(line) = price.filter(|line| line.ours.better.unwrap_or(End::High) != ours) {
        let what =
            format!("we are the {}: write `better = \"{word}\"`", if word == "low" { "buyer" } else { "seller" });
        faults.push(fault(format!("{}.ours", line.name), what));
    }
    faults
}

/// A package of the record on the sheet; `None` where a term is no issue of it, or no option.
fn placed(sheet: &Sheet, values: &Values, package: &Package) -> Option<Placed> {
    let number = |amount: Amount| Choice::Number(amount.to_f64());
    let price = sheet.price.as_deref().map(|name| (name, number(package.price)));
    let terms = package.terms.iter().map(|(name, term)| {
        let line = sheet.issues.iter().find(|line| same(&line.name, name))?;
        let choice = match term {
            Term::Number(amount) if line.options.is_empty() => number(*amount),
            // An option may be a number by name.
            Term::Number(amount) => Choice::Name(amount.to_string()),
            // What stands in words may be a number in the unit of the issue, such as 10 % where that is percent.
            Term::Words(words) if line.options.is_empty() => {
                let currency = sheet.currency.as_deref().and_then(Currency::of_word);
                let settling = Settling { is_percent: line.is_in_percent(), ..Settling::of_count(currency) };
                number(Readings::of(words).and_then(|readings| readings.settled(settling)).ok()?)
            }
            Term::Words(words) => {
                let option = line.options.iter().find(|option| same(option, words));
                Choice::Name(option.unwrap_or(words).clone())
            }
        };
        Some((line.name.as_str(), choice))
    });
    let choices = price.into_iter().map(Some).chain(terms).collect::<Option<Vec<_>>>()?;
    values.place(sheet, choices).ok()
}

/// The options that a mandate allows: within its limits where it has one, within the sheet's own where it has none.
fn allowed(sheet: &Sheet, values: &Values, negotiation: &Negotiation, mandate: &Mandate) -> Vec<Vec<bool>> {
    let role = negotiation.opening.as_ref().map_or(Role::Seller, |opening| opening.role);
    let mut allowed = values.mandate.clone();
    for (place, (line, row)) in sheet.issues.iter().zip(&mut allowed).enumerate() {
        let limit = mandate.terms.iter().find(|limit| same(&limit.term, &line.name));
        let is_price = values.price_issue() == Some(place);
        if limit.is_none() && !is_price {
            continue;
        }
        let options = &values.domain.issues()[place].options;
        let acceptable = &values.ours.parts()[place];
        for (option, may) in row.iter_mut().enumerate() {
            let number = options.number(option).and_then(|number| Amount::of_f64(number, 28));
            let inside = match (number, limit) {
                (Some(price), _) if is_price => !is_worse(price, mandate.price, role),
                (Some(number), Some(limit)) => limit.allowed.takes(&Term::Number(number)),
                (None, Some(limit)) => limit.allowed.takes(&Term::Words(options.label(option))),
                (_, None) => true,
            };
            *may = inside && acceptable[option].is_finite();
        }
    }
    allowed
}

/// Every amount on a sheet: it is ours alone.
pub(crate) fn amounts(sheet: &Sheet) -> Vec<Amount> {
    let mut numbers: Vec<f64> = sheet.walk_away.into_iter().collect();
    numbers.extend(sheet.their_walk_away.into_iter().flat_map(Quantity::given));
    for line in &sheet.issues {
        let marks = [&line.target, &line.realistic, &line.walk_away, &line.mandate];
        numbers.extend(marks.into_iter().flatten().filter_map(|choice| match choice {
            Choice::Number(number) => Some(*number),
            Choice::Name(_) => None,
        }));
        for side in [&line.ours, &line.theirs] {
            numbers.extend(side.worth.into_iter().flat_map(Quantity::given));
            numbers.extend(&side.values);
        }
    }
    numbers.extend(sheet.together.iter().flat_map(|together| [together.ours, together.theirs]));
    numbers.into_iter().filter_map(|number| Amount::of_f64(number, 28)).collect()
}
