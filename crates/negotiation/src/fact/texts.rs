//! Every text of a fact, for what holds of all of them. Written out field by field, so that a new one is not forgotten.

use bargain::sheet::{self, Choice, Sheet, Together};

use super::{AdviceTaken, Fact, Opening, Override, Preparation};
use crate::guidance::{Answer, Point, Question};
use crate::mandate::{Allowed, Mandate, Outside, TermLimit};
use crate::offer::{Offer, Package, Term};
use crate::party::{Participant, User};

impl Fact {
    /// Whether a text anywhere in it holds a character that nobody writes: NUL, and other control characters but tabs and ends of
    /// lines.
    pub fn holds_control(&self) -> bool {
        let mut holds = false;
        self.texts(&mut |text| holds |= terms::has_control(text));
        holds
    }

    fn texts(&self, each: &mut dyn FnMut(&str)) {
        match self {
            Self::Opened(Opening { title, role: _, currency, counterpart }) => {
                [title, currency.code(), counterpart].into_iter().for_each(each);
            }
            Self::Joined(Participant { user: User(user), part: _, privy: _ })
            | Self::Left { user: User(user) }
            | Self::BriefSent { to: User(user) } => each(user),
            Self::Prepared(preparation) => of_preparation(preparation, each),
            Self::IssuesPrepared { sheet } => of_sheet(sheet, each),
            Self::MandateGranted { mandate, told: _ } => of_mandate(mandate, each),
            Self::Offered(offer) => of_offer(offer, each),
            Self::MandateExceeded { entry: _, outside, reason } => {
                each(reason);
                for outside in outside {
                    match outside {
                        Outside::Term(term) => each(term),
                        Outside::NoMandate | Outside::Price => {}
                    }
                }
            }
            Self::GuidanceAsked { question, about: _ } => of_question(question, each),
            Self::GuidanceAnswered { request: _, answer, until: _, told: _ } => of_answer(answer, each),
            Self::BothBossesProposed { wording, answer_by: _, overriding } => {
                each(wording);
                of_override(overriding.as_ref(), each);
            }
            Self::BossJoined { price: _, overriding } | Self::HandedOver { price: _, overriding } => {
                of_override(overriding.as_ref(), each);
            }
            Self::MandateEnded { reason: text }
            | Self::GuidanceVoided { request: _, reason: text }
            | Self::ImpasseNoted { how: text }
            | Self::BossAskedFor { how: text }
            | Self::BossContacted { how: text }
            | Self::BossDeclined { reply: text }
            | Self::BossHandedBack { reply: text }
            | Self::VisitDebriefed { notes: text }
            | Self::WalkedAway { reason: text }
            | Self::Closed { reason: text }
            | Self::Reopened { reason: text }
            | Self::Reviewed { notes: text } => each(text),
            Self::VisitPlanned { on: _, topics: texts } | Self::MessageChecked { findings: texts } => {
                texts.iter().for_each(|text| each(text));
            }
            Self::AdviceTaken(advice) => of_advice(advice, each),
            Self::Agreed { package } => of_package(package, each),
            Self::Corrected { version: _, instead, reason } => {
                each(reason);
                if let Some(instead) = instead {
                    instead.texts(each);
                }
            }
            Self::GuidanceReminded { .. }
            | Self::ImpasseResolved
            | Self::BossConsented { .. }
            | Self::ConsentWithdrawn
            | Self::BothBossesAnswered { .. }
            | Self::VisitHeld { .. }
            | Self::Archived
            | Self::Restored => {}
        }
    }
}

/// Of what is known, all else is numbers and days.
fn of_preparation(preparation: &Preparation, each: &mut dyn FnMut(&str)) {
    let Preparation { our_alternative, their_alternative, issues, assumptions, .. } = preparation;
    our_alternative.iter().chain(their_alternative).for_each(|text| each(text));
    issues.iter().flat_map(|(name, worth)| [name, worth]).for_each(|text| each(text));
    assumptions.keys().for_each(|name| each(name));
}

fn of_sheet(sheet: &Sheet, each: &mut dyn FnMut(&str)) {
    let Sheet { title, currency, price, walk_away: _, their_walk_away: _, issues, together } = sheet;
    each(title);
    currency.iter().chain(price).for_each(|text| each(text));
    for line in issues {
        let sheet::Line { name, unit, options, from: _, to: _, step: _, .. } = line;
        let sheet::Line { opening, target, realistic, walk_away, mandate, ours, theirs, .. } = line;
        each(name);
        unit.iter().chain(options).for_each(|text| each(text));
        of_choices([opening, target, realistic, walk_away, mandate].into_iter().flatten(), each);
        of_choices(ours.never.iter().chain(&theirs.never), each);
    }
    for Together { when, ours: _, theirs: _ } in together {
        for (issue, options) in when {
            each(issue);
            of_choices(options.iter(), each);
        }
    }
}

fn of_choices<'a>(choices: impl Iterator<Item = &'a Choice>, each: &mut dyn FnMut(&str)) {
    for choice in choices {
        match choice {
            Choice::Name(name) => each(name),
            Choice::Number(_) => {}
        }
    }
}

fn of_mandate(mandate: &Mandate, each: &mut dyn FnMut(&str)) {
    let Mandate { price: _, terms, until: _ } = mandate;
    for TermLimit { term, allowed } in terms {
        each(term);
        match allowed {
            Allowed::OneOf(options) => options.iter().for_each(|option| each(option)),
            Allowed::AtMost(_) | Allowed::AtLeast(_) | Allowed::Nothing => {}
        }
    }
}

fn of_offer(offer: &Offer, each: &mut dyn FnMut(&str)) {
    let Offer { by: _, package, level: _, channel: _, binding: _, condition, note } = offer;
    of_package(package, each);
    condition.iter().chain(note).for_each(|text| each(text));
}

fn of_package(package: &Package, each: &mut dyn FnMut(&str)) {
    let Package { price: _, terms } = package;
    for (name, term) in terms {
        each(name);
        of_term(term, each);
    }
}

fn of_term(term: &Term, each: &mut dyn FnMut(&str)) {
    match term {
        Term::Words(words) => each(words),
        Term::Number(_) => {}
    }
}

fn of_question(question: &Question, each: &mut dyn FnMut(&str)) {
    let Question { point, recommendation, options, needed_by: _, otherwise } = question;
    match point {
        Point::Term { name, to } => {
            each(name);
            of_term(to, each);
        }
        Point::Price { to: _ } => {}
    }
    [recommendation, otherwise].into_iter().chain(options).for_each(|text| each(text));
}

fn of_answer(answer: &Answer, each: &mut dyn FnMut(&str)) {
    match answer {
        Answer::ApproveIf { conditions: text } | Answer::Refuse { reason: text } => each(text),
        Answer::ChangeLimit { mandate } => of_mandate(mandate, each),
        Answer::Approve | Answer::CallMe => {}
    }
}

fn of_override(overriding: Option<&Override>, each: &mut dyn FnMut(&str)) {
    if let Some(Override { reason, untried: _ }) = overriding {
        each(reason);
    }
}

/// Of an advice, all else is numbers and keys.
fn of_advice(advice: &AdviceTaken, each: &mut dyn FnMut(&str)) {
    let AdviceTaken { sentence, engine_version, case_fingerprint, .. } = advice;
    [sentence, engine_version, case_fingerprint].into_iter().for_each(|text| each(text));
}
