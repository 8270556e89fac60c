//! Who knows whom, tier by tier, and where nobody does.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use crate::book::{Colleague, Counterpart, Person, Tie, Tier, same};

/// The ties with one counterpart by tier, from the top.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TieMap {
    /// A row for each tier at which either side has anybody.
    pub rows: Vec<Row>,
    /// The day that it is of.
    pub on: Date,
}

/// One tier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Row {
    /// Which.
    pub tier: Tier,
    /// Their people there.
    pub theirs: Vec<Person>,
    /// Our people there who could be met with: by account.
    pub ours: Vec<String>,
    /// Ties that reach their people there, from whichever tier of ours.
    pub ties: Vec<Tie>,
    /// Nobody of ours has met with any of them within a year.
    pub gap: bool,
}

impl TieMap {
    /// Whether a tie was used within a year.
    pub fn is_warm(&self, tie: &Tie) -> bool {
        tie.is_warm(self.on)
    }

    /// The tiers at which they have somebody and we have no warm tie.
    pub fn gaps(&self) -> Vec<Tier> {
        self.rows.iter().filter(|row| row.gap).map(|row| row.tier).collect()
    }
}

/// The map of a counterpart on a day.
pub fn tie_map(counterpart: &Counterpart, colleagues: &[Colleague], today: Date) -> TieMap {
    let rows = Tier::ALL.into_iter().filter_map(|tier| {
        let theirs: Vec<Person> = counterpart.people.iter().filter(|person| person.tier == tier).cloned().collect();
        let ours: Vec<String> = colleagues.iter().filter(|one| one.tier == tier).map(|one| one.user.clone()).collect();
        let reaches = |tie: &&Tie| theirs.iter().any(|person| same(&person.name, &tie.theirs));
        let ties: Vec<Tie> = counterpart.ties.iter().filter(reaches).cloned().collect();
        let gap = !theirs.is_empty() && !ties.iter().any(|tie| tie.is_warm(today));
        let anybody = !theirs.is_empty() || !ours.is_empty();
        anybody.then_some(Row { tier, theirs, ours, ties, gap })
    });
    TieMap { rows: rows.collect(), on: today }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Strength;
    use jiff::civil::date;

    fn person(name: &str, tier: Tier) -> Person {
        Person { name: name.to_owned(), title: String::new(), tier }
    }

    fn tie(ours: &str, theirs: &str, last_met: Option<Date>) -> Tie {
        Tie { ours: ours.to_owned(), theirs: theirs.to_owned(), strength: Strength::Knows, last_met }
    }

    #[test]
    fn a_gap_is_a_tier_of_theirs_that_nobody_has_met_within_a_year() {
        let counterpart = Counterpart {
            name: "Meridian".to_owned(),
            people: vec![person("Weiss", Tier::Board), person("Rossi", Tier::Director), person("Blanc", Tier::Working)],
            ties: vec![
                tie("carla", "rossi ", Some(date(2025, 6, 1))),
                tie("anna", "Blanc", Some(date(2026, 10, 1))),
                tie("anna", "nobody there", Some(date(2026, 10, 1))),
            ],
            ..Counterpart::default()
        };
        let ours = [Colleague { user: "carla".to_owned(), tier: Tier::Head, product_lines: vec![] }];
        let map = tie_map(&counterpart, &ours, date(2026, 11, 23));
        assert_eq!(map.gaps(), [Tier::Board, Tier::Director], "never met, and met too long ago");
        let tiers: Vec<Tier> = map.rows.iter().map(|row| row.tier).collect();
        assert_eq!(tiers, Tier::ALL, "ours alone at the heads, which is no gap");
        let earlier = tie_map(&counterpart, &ours, date(2026, 6, 1));
        assert_eq!(earlier.gaps(), [Tier::Board], "a year to the day is warm");
    }
}
