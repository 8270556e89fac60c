//! The interview that makes a case: twelve questions, in plain words, about what people know.
//!
//! It knows nothing of terminals: [`Interview::question`] says what to ask, [`Interview::answer`] takes a line, until
//! there is a [`case`](Interview::case). Nobody is asked for a distribution or the price of precedent; what is not
//! asked is assumed, as `upstairs assumptions` lists it.

use engine::case::{Boss, Case, Counterpart, Future, Horizon, Stakes};

mod amount;
mod chance;
mod count;
mod help;
mod offers;
mod question;
mod sided;
mod skill;
mod summary;
mod take;
#[cfg(test)]
mod tests;

use question::QUESTIONS;
pub use summary::summary;
use terms::{Currency, Quantity, Role};

/// The longest answer that is looked at, in bytes.
pub const LONGEST_ANSWER: usize = 16 << 10;

/// A question with what is shown beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Which it is, from 1, and of how many.
    pub number: (usize, usize),
    /// The question.
    pub text: String,
    /// An example of an answer, and what else one line can say.
    pub hint: String,
    /// What Enter stands for, if it stands for anything.
    pub default: Option<String>,
}

/// What became of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// It was taken, or the question before this is asked again.
    Next,
    /// It can't be: why, and how to put it. The question stands.
    Again(String),
    /// It asked for help. The question stands.
    Help(String),
    /// Whoever answers wants to leave.
    Leave,
}

/// Questions and the answers so far.
pub struct Interview {
    /// The case as of each question answered, the newest last; the first is empty.
    drafts: Vec<Case>,
    /// Every answer last given, to be offered again after `back`.
    given: Vec<String>,
    /// An answer that looked like a slip: given again, it is meant.
    doubted: Option<String>,
}

impl Interview {
    /// Begins with nothing answered.
    pub fn new() -> Self {
        Self { drafts: vec![empty()], given: Vec::new(), doubted: None }
    }

    /// The question that stands; none when all are answered.
    pub fn question(&self) -> Option<Asked> {
        let index = self.drafts.len() - 1;
        let (question, draft) = (QUESTIONS.get(index)?, self.draft());
        let default = self.given.get(index).filter(|given| !given.is_empty()).cloned();
        Some(Asked {
            number: (index + 1, QUESTIONS.len()),
            text: (question.ask)(draft),
            hint: (question.hint)(draft).to_owned(),
            default: default.or_else(|| (question.default)(draft)),
        })
    }

    /// Takes a line as the answer to the question that stands.
    pub fn answer(&mut self, line: &str) -> Reply {
        let index = self.drafts.len() - 1;
        let Some(question) = QUESTIONS.get(index) else { return Reply::Next };
        let line = line.trim();
        if line.chars().any(char::is_control) {
            return Reply::Again("That holds keys that are no letters, such as arrows. Type it anew.".to_owned());
        }
        match line.to_lowercase().as_str() {
            "?" | "help" => return Reply::Help((question.help)(self.draft())),
            "quit" | "exit" => return Reply::Leave,
            "back" if index == 0 => return Reply::Again("This is the first question.".to_owned()),
            "back" => {
                self.drafts.pop();
                self.doubted = None;
                return Reply::Next;
            }
            _ => {}
        }
        let line = if line.is_empty() { self.given.get(index).cloned().unwrap_or_default() } else { line.to_owned() };
        match self.taken(question, &line) {
            Ok(draft) => {
                self.drafts.push(draft);
                if index < self.given.len() {
                    self.given[index] = line;
                } else {
                    self.given.push(line);
                }
                self.doubted = None;
                Reply::Next
            }
            Err(why) => Reply::Again(why),
        }
    }

    /// The case, once every question is answered.
    pub fn case(&self) -> Option<&Case> {
        (self.drafts.len() > QUESTIONS.len()).then(|| self.draft())
    }

    fn draft(&self) -> &Case {
        &self.drafts[self.drafts.len() - 1]
    }

    fn taken(&mut self, question: &question::Question, line: &str) -> Result<Case, String> {
        let mut draft = self.draft().clone();
        if line.is_empty() && (question.default)(&draft).is_none() {
            return Err("This one needs an answer. Type ? for what is meant and an example.".to_owned());
        }
        (question.take)(&mut draft, line)?;
        if let Some(fault) = draft.check().into_iter().next() {
            return Err(question::explain(&fault, draft.role));
        }
        if let Some(doubt) = (question.doubt)(&draft)
            && self.doubted.as_deref() != Some(line)
        {
            self.doubted = Some(line.to_owned());
            return Err(format!("{doubt} If you mean it, type it once more."));
        }
        Ok(draft)
    }
}

/// A case that says nothing yet, sound so far.
fn empty() -> Case {
    Case {
        title: "Negotiation".to_owned(),
        role: Role::Seller,
        currency: Currency::USD,
        value: Stakes {
            walk_away: Quantity::Known(0.0),
            target: Quantity::Known(1.0),
            authority: None,
            boss_limit: None,
            leave: None,
        },
        counterpart: Counterpart { limit: Quantity::Known(0.0), cost_of_escalating: None },
        time: Horizon {
            rounds_left: Some(1),
            deadline: None,
            counted_from: None,
            days_per_round: None,
            cost_of_delay_per_round: None,
            cost_of_delay_per_week: None,
        },
        future: Future::default(),
        boss: Boss::default(),
        offers: Vec::new(),
        acts: Vec::new(),
        assumptions: std::collections::BTreeMap::new(),
        role_priors: false,
    }
}
