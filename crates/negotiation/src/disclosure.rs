//! Numbers that are ours alone, so that no text of ours that goes to the counterpart names one.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use terms::{Amount, Quantity};

use crate::authority::Stated;
use crate::fact::{Fact, Preparation};
use crate::guidance::{Answer, Point, Question};
use crate::mandate::{Allowed, Mandate};
use crate::offer::{Package, Term};
use crate::state::Negotiation;

/// Below this a number is a day, a round or a percentage as often as an amount, and is let through.
const LEAST: i64 = 100;
/// Groups of digits read as one number at most.
const GROUPS: usize = 6;
/// Whether `text` names an amount that is ours alone and has not been at the table. Amounts under 100 are not looked
/// for.
pub fn gives_away(negotiation: &Negotiation, text: &str) -> bool {
    let ours = ours_alone(negotiation);
    !ours.is_empty() && numbers(text).iter().any(|number| ours.contains(number))
}

/// Every amount of at least 100 that was ever on record as ours, less those that were offered by either side.
pub fn ours_alone(negotiation: &Negotiation) -> BTreeSet<Decimal> {
    let known = AmountsOnRecord::of(negotiation);
    let exchanged: BTreeSet<Decimal> = known.exchanged.iter().copied().collect();
    let ours = known.ours.into_iter().map(|(_, amount)| amount);
    ours.filter(|amount| *amount >= Decimal::from(LEAST) && !exchanged.contains(amount)).collect()
}

/// What an amount of ours is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OwnAmount {
    /// Our walk-away.
    WalkAway,
    /// Our target.
    Target,
    /// The worst that our boss would agree to.
    BossLimit,
    /// A limit of a mandate.
    Mandate,
    /// What guidance was asked on.
    Guidance,
    /// From an advice.
    Advice,
    /// In the words on our alternative.
    Alternative,
    /// Anything else that we reckon with.
    Other,
}

/// Amounts without sign, as they were ever on record, corrected or not.
#[derive(Clone, Debug, Default)]
pub struct AmountsOnRecord {
    /// Ours alone when they were recorded, and what each is.
    pub ours: BTreeSet<(OwnAmount, Decimal)>,
    /// Offered by either side, or agreed.
    pub exchanged: Vec<Decimal>,
}

impl AmountsOnRecord {
    /// Of a negotiation.
    pub fn of(negotiation: &Negotiation) -> Self {
        let mut known = Self::default();
        for placed in negotiation.as_corrected() {
            let recorded = &placed.entry.fact;
            known.collect(recorded);
            // What a correction says instead counts as much.
            if let Some(fact) = placed.says.filter(|fact| *fact != recorded) {
                known.collect(fact);
            }
        }
        known
    }

    fn collect(&mut self, fact: &Fact) {
        match fact {
            Fact::Prepared(preparation) => self.prepared(preparation),
            Fact::IssuesPrepared { sheet } => self.keep(OwnAmount::Other, crate::packages::amounts(sheet)),
            Fact::MandateGranted { mandate, .. }
            | Fact::GuidanceAnswered { answer: Answer::ChangeLimit { mandate }, .. } => self.mandate(mandate),
            Fact::GuidanceAnswered {
                answer: Answer::ApproveIf { conditions: words } | Answer::Refuse { reason: words },
                ..
            } => {
                self.words(OwnAmount::Other, words);
            }
            Fact::GuidanceAsked { question, .. } => self.question(question),
            Fact::AdviceTaken(advice) => {
                self.keep(OwnAmount::Advice, advice.values.values().copied().chain([advice.precedent]));
            }
            Fact::BossJoined { price, .. } | Fact::HandedOver { price, .. } => {
                self.keep(OwnAmount::Advice, price.iter().flat_map(|price| [price.against_best, price.precedent]));
            }
            Fact::Offered(offer) => self.exchange(&offer.package),
            Fact::Agreed { package } => self.exchange(package),
            // An approval and a call say nothing that the question did not.
            Fact::GuidanceAnswered { answer: Answer::Approve | Answer::CallMe, .. }
            | Fact::Opened(_)
            | Fact::Joined(_)
            | Fact::Left { .. }
            | Fact::MandateEnded { .. }
            | Fact::MandateExceeded { .. }
            | Fact::GuidanceReminded { .. }
            | Fact::GuidanceVoided { .. }
            | Fact::BriefSent { .. }
            | Fact::ImpasseNoted { .. }
            | Fact::ImpasseResolved
            | Fact::BossConsented { .. }
            | Fact::ConsentWithdrawn
            | Fact::BothBossesProposed { .. }
            | Fact::BothBossesAnswered { .. }
            | Fact::BossAskedFor { .. }
            | Fact::BossContacted { .. }
            | Fact::BossDeclined { .. }
            | Fact::BossHandedBack { .. }
            | Fact::VisitPlanned { .. }
            | Fact::VisitHeld { .. }
            | Fact::VisitDebriefed { .. }
            | Fact::MessageChecked { .. }
            | Fact::WalkedAway { .. }
            | Fact::Closed { .. }
            | Fact::Reopened { .. }
            | Fact::Archived
            | Fact::Restored
            | Fact::Reviewed { .. }
            | Fact::Corrected { .. } => {}
        }
    }

    fn keep(&mut self, kind: OwnAmount, amounts: impl IntoIterator<Item = Amount>) {
        self.ours.extend(amounts.into_iter().map(|amount| (kind, amount.0.abs().normalize())));
    }

    fn prepared(&mut self, preparation: &Preparation) {
        let known = [
            (OwnAmount::WalkAway, preparation.walk_away),
            (OwnAmount::Target, preparation.target),
            (OwnAmount::Mandate, preparation.authority.and_then(Stated::price)),
            (OwnAmount::BossLimit, preparation.boss_limit),
            (OwnAmount::Other, preparation.counterpart_limit),
            (OwnAmount::Other, preparation.cost_of_delay_per_week),
            (OwnAmount::Other, preparation.cost_of_delay_per_round),
            (OwnAmount::Other, preparation.cost_of_escalating),
            (OwnAmount::Other, preparation.value_per_deal),
            (OwnAmount::Other, preparation.boss_time_cost),
        ];
        for (kind, estimate) in known {
            self.keep(kind, estimate.into_iter().flat_map(Quantity::points));
        }
        for words in preparation.our_alternative.iter().chain(&preparation.their_alternative) {
            self.words(OwnAmount::Alternative, words);
        }
    }

    fn mandate(&mut self, mandate: &Mandate) {
        self.keep(OwnAmount::Mandate, [mandate.price]);
        self.keep(
            OwnAmount::Mandate,
            mandate.terms.iter().filter_map(|limit| match limit.allowed {
                Allowed::AtMost(number) | Allowed::AtLeast(number) => Some(number),
                Allowed::OneOf(_) | Allowed::Nothing => None,
            }),
        );
    }

    fn question(&mut self, question: &Question) {
        match &question.point {
            Point::Price { to } | Point::Term { to: Term::Number(to), .. } => self.keep(OwnAmount::Guidance, [*to]),
            Point::Term { to: Term::Words(words), .. } => self.words(OwnAmount::Other, words),
        }
        for words in question.options.iter().chain([&question.recommendation, &question.otherwise]) {
            self.words(OwnAmount::Other, words);
        }
    }

    /// What is ours alone in words may name amounts. Years are none.
    fn words(&mut self, kind: OwnAmount, words: &str) {
        let years = Decimal::from(1900)..Decimal::from(2100);
        let named = whole_numbers(words).into_iter().filter(|number| !years.contains(number));
        self.keep(kind, named.map(Amount));
    }

    fn exchange(&mut self, package: &Package) {
        self.exchanged.push(package.price.0.abs().normalize());
        self.exchanged.extend(package.terms.values().filter_map(|term| match term {
            Term::Number(number) => Some(number.0.abs().normalize()),
            Term::Words(_) => None,
        }));
    }
}

/// The numbers that `text` names in their likeliest reading: all groups of digits that stand together are one.
fn whole_numbers(text: &str) -> Vec<Decimal> {
    let mut found = Vec::new();
    let plain = plain_digits(text);
    let groups = groups(&plain);
    let mut first = 0;
    while first < groups.len() {
        let length = 1 + groups[first + 1..].iter().take_while(|group| group.continues).count();
        let run = &groups[first..first + length];
        let thousands = run[1..].iter().all(|group| group.digits.len() == 3);
        let last = &run[length - 1];
        let digits = |run: &[Group<'_>]| run.iter().map(|group| group.digits).collect::<String>();
        let written = if thousands { digits(run) } else { format!("{}.{}", digits(&run[..length - 1]), last.digits) };
        // Of "million" and "m" the longer is meant, and a billion as in English.
        let likelier = |(word, times): &(&str, Decimal)| (word.len(), std::cmp::Reverse(*times));
        let times = multiples(&last.after).max_by_key(likelier).map_or(Decimal::ONE, |(_, times)| times);
        let number = written.parse::<Decimal>().ok().and_then(|number| number.checked_mul(times));
        found.extend(number);
        first += length;
    }
    found
}

/// The scales with which what follows a number may begin, each with what it multiplies by.
fn multiples(after: &str) -> impl Iterator<Item = (&'static str, Decimal)> {
    let scales = [("e3", 3), ("e6", 6), ("e9", 9)].into_iter().chain(terms::scales());
    let fits = scales.filter(move |(word, _)| after.starts_with(word));
    fits.map(|(word, power)| (word, Decimal::from(10_u64.pow(power))))
}

/// Digits of other scripts and widths as plain ones.
fn plain_digits(text: &str) -> String {
    let plain = |letter: char| match letter {
        '\u{ff10}'..='\u{ff19}' => char::from_digit(u32::from(letter) - 0xff10, 10).unwrap_or(letter),
        '\u{ff0c}' => ',',
        '\u{ff0e}' => '.',
        other => other,
    };
    text.chars().map(plain).collect()
}

/// Every number that `text` may be read as naming, however its digits are grouped. A reading too many costs the writer
/// another wording, one too few a secret.
fn numbers(text: &str) -> BTreeSet<Decimal> {
    let mut found = BTreeSet::new();
    let plain = plain_digits(text);
    let groups = groups(&plain);
    for first in 0..groups.len() {
        let mut digits = String::new();
        for (nth, group) in groups[first..].iter().take(GROUPS).enumerate() {
            if nth > 0 && !group.continues {
                break;
            }
            let decimal = (nth > 0).then(|| format!("{digits}.{}", group.digits));
            digits.push_str(group.digits);
            for reading in decimal.iter().chain([&digits]) {
                let Ok(number) = reading.parse::<Decimal>() else { continue };
                found.insert(number.normalize());
                let multiplied = multiples(&group.after).filter_map(|(_, times)| number.checked_mul(times));
                found.extend(multiplied.map(|number| number.normalize()));
            }
        }
    }
    found
}

/// A run of digits.
struct Group<'a> {
    digits: &'a str,
    /// One separator and nothing else stands between it and the run before.
    continues: bool,
    /// What follows, in lower case, without blanks and hyphens before it.
    after: String,
}

fn groups(text: &str) -> Vec<Group<'_>> {
    let mut groups = Vec::new();
    let mut rest = text;
    let mut continues = false;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let from = &rest[start..];
        let end = from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len());
        let after = from[end..].trim_start_matches(|c: char| c.is_whitespace() || c == '-');
        let after: String = after.chars().take(8).flat_map(char::to_lowercase).collect();
        groups.push(Group { digits: &from[..end], continues, after });
        rest = &from[end..];
        let mut next = rest.chars();
        let separated = next.next().is_some_and(|c| c.is_whitespace() || ".,'’_·".contains(c));
        continues = separated && next.next().is_some_and(|c| c.is_ascii_digit());
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_however_it_is_written() {
        let wanted = Decimal::from(1_050_000);
        for text in [
            "1050000",
            "at $1,050,000.",
            "1.050.000 EUR",
            "1 050 000",
            "1’050’000.00",
            "1.05M",
            "1,05 Mio",
            "USD 1.05 million",
            "1.05-million",
            "1050k",
            "1 050 thousand",
            "in 2026, 1,050,000 or so",
            "1.05e6",
            "10.5 lakh",
            "0.00105 Mrd.",
            "１，０５０，０００",
        ] {
            assert!(numbers(text).contains(&wanted), "{text}");
        }
        for text in ["1,050,001", "105000", "10.5k", "", "meet within 7 days"] {
            assert!(!numbers(text).contains(&wanted), "{text}");
        }
    }

    #[test]
    fn words_of_ours_name_whole_numbers() {
        let read = |text: &str| whole_numbers(text).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(
            read("Meridian's bid stands at 1,061,500, some 1.05 million less 4"),
            ["1061500", "1050000.00", "4"]
        );
        assert_eq!(read("from 2026 on, 12.50 a unit"), ["2026", "12.50"]);
        assert_eq!(read("none"), [""; 0]);
    }
}
