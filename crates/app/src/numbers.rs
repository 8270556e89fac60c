//! One's own numbers: what waits, how long answers take, how often it went upstairs and what came of it.

use std::collections::BTreeMap;

use engine::own::History;
use jiff::Timestamp;
use negotiation::guidance::{Answer, Point, Question};
use negotiation::mandate::{Mandate, is_worse};
use negotiation::offer::Package;
use negotiation::precedent::Event;
use negotiation::{Negotiation, Phase};
use terms::Role;

use crate::accounts::Principal;
use crate::desk::Desk;
use crate::error::Error;

/// Negotiations counted, the last changed first.
pub const COUNTED: u32 = 500;
/// Answers after which it is asked whether the limit is too tight.
const ENOUGH: u32 = 5;

/// Numbers over the negotiations of which somebody sees everything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Numbers {
    /// How many those are.
    pub negotiations: u32,
    /// How many of them are over.
    pub over: u32,
    /// Of those that are over: in how many our boss came in.
    pub went_up: u32,
    /// Questions that wait for an answer.
    pub waiting: u32,
    /// Of those: whose time is up.
    pub overdue: u32,
    /// Hours that answers took, in order.
    pub answer_hours: Vec<f64>,
    /// Both-bosses proposals that were answered or not in time.
    pub proposals: u32,
    /// Of those: that moved them without any boss.
    pub unlocked_alone: u32,
    /// By boss: how often they answered, and how often they let the negotiator go on as asked.
    pub answers: BTreeMap<String, Answers>,
}

/// How somebody answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Answers given, but for "call me".
    pub given: u32,
    /// Of those: approved, or given a limit that lets what was asked for pass.
    pub granted: u32,
}

impl Answers {
    /// Whether they grant so steadily that the limit may be too tight.
    pub fn suggests_a_wider_limit(self) -> bool {
        self.given >= ENOUGH && self.granted == self.given
    }
}

impl Numbers {
    /// The median of the hours that answers took.
    pub fn median_answer_hours(&self) -> Option<f64> {
        let hours = &self.answer_hours;
        let (low, high) = (hours.get(hours.len().checked_sub(1)? / 2)?, hours.get(hours.len() / 2)?);
        Some((low + high) / 2.0)
    }

    fn count(&mut self, negotiation: &Negotiation, now: Timestamp) {
        self.negotiations += 1;
        let is_over = matches!(negotiation.phase, Phase::Agreed | Phase::WalkedAway | Phase::Closed);
        let came = negotiation.events().iter().any(|(.., event)| Event::is_appearance(event));
        self.over += u32::from(is_over);
        self.went_up += u32::from(is_over && came);
        for request in &negotiation.requests {
            if request.is_open() && !is_over {
                self.waiting += 1;
                self.overdue += u32::from(request.question.needed_by <= now);
            }
            if let Some((answer, by, at)) = &request.answer {
                self.answer_hours.push(at.duration_since(request.at).as_secs_f64() / 3600.0);
                if !matches!(answer, Answer::CallMe) {
                    let answers = self.answers.entry(by.0.clone()).or_default();
                    answers.given += 1;
                    answers.granted += u32::from(grants(answer, &request.question, negotiation.role()));
                }
            }
        }
        let over = || negotiation.proposals.iter().filter(|proposal| proposal.is_over(now) || is_over);
        self.proposals += over().count() as u32;
        self.unlocked_alone += over().filter(|proposal| proposal.alone_unlocked()).count() as u32;
    }
}

/// Whether an answer lets the negotiator do what was asked. Another limit may be a tighter one.
pub(crate) fn grants(answer: &Answer, question: &Question, role: Role) -> bool {
    match answer {
        Answer::Approve | Answer::ApproveIf { .. } => true,
        Answer::ChangeLimit { mandate } => lets_pass(mandate, &question.point, role),
        Answer::Refuse { .. } | Answer::CallMe => false,
    }
}

fn lets_pass(mandate: &Mandate, point: &Point, role: Role) -> bool {
    match point {
        Point::Price { to } => !is_worse(*to, mandate.price, role),
        Point::Term { name, to } => {
            let terms = [(name.clone(), to.clone())].into_iter().collect();
            mandate.outside(&Package { terms, ..Package::at(mandate.price) }, role).is_empty()
        }
    }
}

impl Desk {
    /// The numbers of `who` and what their closed negotiations say, over their last [`COUNTED`]. They come of what is privileged,
    /// and so the look is logged.
    pub async fn numbers(&self, who: &Principal, now: Timestamp) -> Result<(Numbers, History), Error> {
        self.log_view(who, "", "their numbers", now).await?;
        let negotiations = self.counted(who).await?;
        let mut numbers = Numbers::default();
        negotiations.iter().for_each(|negotiation| numbers.count(negotiation, now));
        numbers.answer_hours.sort_by(f64::total_cmp);
        Ok((numbers, self.history_of(who, negotiations, now).await?))
    }

    /// The last [`COUNTED`] negotiations of `who`, those of which they see everything.
    pub(crate) async fn counted(&self, who: &Principal) -> Result<Vec<Negotiation>, Error> {
        let (listed, _) = self.list(who, None, COUNTED).await?;
        let mut negotiations = Vec::new();
        for one in listed.iter().filter(|one| one.summary.privileged.is_some()) {
            negotiations.push(Negotiation::of(self.store.read(&one.id).await?));
        }
        Ok(negotiations)
    }
}

#[cfg(test)]
mod tests {
    use negotiation::mandate::{Allowed, TermLimit};
    use negotiation::offer::Term;
    use negotiation::party::User;
    use negotiation::proposal::Outcome;
    use negotiation::{Entry, Fact};

    use super::*;

    fn told(facts: &[Fact]) -> Negotiation {
        let at = Timestamp::UNIX_EPOCH;
        let entry =
            |(version, fact): (u64, &Fact)| Entry { version, at, on: None, by: User::from("nora"), fact: fact.clone() };
        Negotiation::of((1..).zip(facts).map(entry))
    }

    #[test]
    fn every_proposal_counts_once_it_is_over() {
        let day = |day: i64| Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(24 * day);
        let proposed = |until| Fact::BothBossesProposed {
            wording: "shall we".to_owned(),
            answer_by: day(until),
            overriding: None,
        };
        let answered = |outcome| Fact::BothBossesAnswered { outcome };
        let facts = [proposed(3), answered(Outcome::Unlocked), proposed(9)];
        let mut numbers = Numbers::default();
        numbers.count(&told(&facts), day(5));
        assert_eq!((numbers.proposals, numbers.unlocked_alone), (1, 1));
        let mut numbers = Numbers::default();
        numbers.count(&told(&facts), day(10));
        assert_eq!((numbers.proposals, numbers.unlocked_alone), (2, 1));
    }

    #[test]
    fn a_tighter_limit_grants_nothing() {
        let question = |point| Question {
            point,
            recommendation: String::new(),
            options: Vec::new(),
            needed_by: Timestamp::UNIX_EPOCH,
            otherwise: String::new(),
        };
        let price = question(Point::Price { to: 1150.into() });
        let limit = |mandate| Answer::ChangeLimit { mandate };
        assert!(grants(&limit(Mandate::to(1145)), &price, Role::Seller));
        assert!(!grants(&limit(Mandate::to(1190)), &price, Role::Seller));
        assert!(grants(&limit(Mandate::to(1190)), &price, Role::Buyer));
        let payment = question(Point::Term { name: "payment".to_owned(), to: Term::Number(75.into()) });
        let days = |most: i64| Mandate {
            terms: vec![TermLimit { term: "payment".to_owned(), allowed: Allowed::AtMost(most.into()) }],
            ..Mandate::to(1190)
        };
        assert!(grants(&limit(days(90)), &payment, Role::Seller));
        assert!(!grants(&limit(days(45)), &payment, Role::Seller));
    }

    #[test]
    fn the_median_is_the_middle() {
        let of = |hours: &[f64]| Numbers { answer_hours: hours.to_vec(), ..Numbers::default() }.median_answer_hours();
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[3.0]), Some(3.0));
        assert_eq!(of(&[1.0, 2.0]), Some(1.5));
        assert_eq!(of(&[1.0, 2.0, 9.0]), Some(2.0));
    }

    #[test]
    fn a_wider_limit_is_suggested_to_who_always_grants() {
        assert!(Answers { given: 14, granted: 14 }.suggests_a_wider_limit());
        assert!(!Answers { given: 14, granted: 13 }.suggests_a_wider_limit());
        assert!(!Answers { given: 4, granted: 4 }.suggests_a_wider_limit());
    }
}
