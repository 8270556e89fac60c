//! Facts in a line of plain words each.

use jiff::Timestamp;
use terms::{Amount, Level, Role, Side};

use crate::authority::{Authority, Extent, Stated};
use crate::fact::{Fact, Override, PriceShown};
use crate::guidance::{Answer, Point};
use crate::mandate::{Allowed, Mandate};
use crate::offer::{Offer, Package, Term};
use crate::party::Part;
use crate::proposal::Outcome;

/// A fact in words; `money` writes amounts.
pub fn line(fact: &Fact, money: &dyn Fn(Amount) -> String) -> String {
    match fact {
        Fact::Opened(opening) => {
            let doing = if opening.role == Role::Seller { "selling to" } else { "buying from" };
            format!("opened: {}, {doing} {}, in {}", opening.title, opening.counterpart, opening.currency)
        }
        Fact::Joined(one) => {
            let privy = if one.part == Part::Observer && one.privy { ", named to see what is privileged" } else { "" };
            format!("{} takes part as {}{privy}", one.user.0, part(one.part))
        }
        Fact::Left { user } => format!("{} takes part no more", user.0),
        Fact::Prepared(_) => "prepared: ranges, alternatives and what is known".to_owned(),
        Fact::IssuesPrepared { sheet } => format!("issue sheet: {} issues", sheet.issues.len()),
        Fact::MandateGranted { mandate, told } => format!("mandate{}: {}", by_word(*told), limits(mandate, money)),
        Fact::MandateEnded { reason } => format!("mandate ended: {reason}"),
        Fact::Offered(offer) => offered(offer, money),
        Fact::GuidanceAsked { question, .. } => {
            format!(
                "asks the boss for {} by {}: {}",
                point(&question.point, money),
                moment(question.needed_by),
                question.recommendation
            )
        }
        Fact::GuidanceReminded { request } => format!("reminds of question {request}"),
        Fact::GuidanceAnswered { request, answer, until, told } => {
            let until = until.map(|until| format!(", until {}", moment(until))).unwrap_or_default();
            let who = if *told { "the boss, by word, answers" } else { "answers" };
            format!("{who} question {request}: {}{until}", answer_words(answer, money))
        }
        Fact::MandateExceeded { entry, outside, reason } => {
            let outside: Vec<String> = outside.iter().map(ToString::to_string).collect();
            format!("entry {entry} all the same: {}; because: {reason}", outside.join(", "))
        }
        Fact::GuidanceVoided { request, reason } => format!("question {request} is void: {reason}"),
        Fact::BriefSent { to } => format!("sends the brief to {}", to.0),
        Fact::ImpasseNoted { how } => format!("notes an impasse: {how}"),
        Fact::ImpasseResolved => "notes that it moves again".to_owned(),
        Fact::BossConsented { until, told } => {
            let until = until.map(|until| format!(" until {}", moment(until))).unwrap_or_default();
            let who = if *told { "the boss, by word, consents" } else { "consents" };
            format!("{who} to be named in a proposal{until}")
        }
        Fact::ConsentWithdrawn => "takes the consent back".to_owned(),
        Fact::BothBossesProposed { answer_by, overriding, .. } => {
            let by = moment(*answer_by);
            format!("proposes to take it to both bosses, answer by {by}{}", despite(overriding.as_ref()))
        }
        Fact::BothBossesAnswered { outcome } => format!("the proposal: {}", outcome_words(*outcome)),
        Fact::BossAskedFor { how } if how.is_empty() => "they ask for our boss".to_owned(),
        Fact::BossContacted { how } if how.is_empty() => "they go to our boss directly".to_owned(),
        Fact::BossAskedFor { how } => format!("they ask for our boss: {how}"),
        Fact::BossContacted { how } => format!("they go to our boss directly: {how}"),
        Fact::BossJoined { price, overriding } => {
            format!("our boss joins{}{}", shown(price.as_ref(), money), despite(overriding.as_ref()))
        }
        Fact::BossDeclined { .. } => "our boss declines to join, and hands the channel back".to_owned(),
        Fact::BossHandedBack { .. } => "our boss hands the channel back".to_owned(),
        Fact::HandedOver { price, overriding } => {
            format!("handed over to our boss{}{}", shown(price.as_ref(), money), despite(overriding.as_ref()))
        }
        Fact::VisitPlanned { on, topics } => format!("a visit on {on}: {}", topics.join(", ")),
        Fact::VisitHeld { on, touched_terms } => {
            let terms = if *touched_terms { ", and terms came up" } else { "" };
            format!("visited on {on}{terms}")
        }
        Fact::VisitDebriefed { notes } => format!("debriefs the visit: {notes}"),
        Fact::MessageChecked { findings } if findings.is_empty() => "checks a message: nothing given away".to_owned(),
        Fact::MessageChecked { findings } => format!("checks a message: {}", findings.join(", ")),
        Fact::AdviceTaken(advice) => format!("takes advice: {}", advice.sentence),
        Fact::Agreed { package } => format!("agreed at {}", package_words(package, money)),
        Fact::WalkedAway { reason } if reason.is_empty() => "walked away".to_owned(),
        Fact::WalkedAway { reason } => format!("walked away: {reason}"),
        Fact::Closed { reason } if reason.is_empty() => "closed without a result".to_owned(),
        Fact::Closed { reason } => format!("closed without a result: {reason}"),
        Fact::Reopened { reason } if reason.is_empty() => "reopened".to_owned(),
        Fact::Reopened { reason } => format!("reopened: {reason}"),
        Fact::Archived => "archived".to_owned(),
        Fact::Restored => "taken out of the archive".to_owned(),
        Fact::Reviewed { notes } => format!("looks back: {notes}"),
        Fact::Corrected { version, instead: None, reason } => format!("strikes out entry {version}: {reason}"),
        Fact::Corrected { version, instead: Some(instead), reason } => {
            format!("corrects entry {version} to \"{}\": {reason}", line(instead, money))
        }
    }
}

/// A moment to the minute, such as `2026-11-25 19:06Z`.
pub fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%MZ").to_string()
}

/// That a boss said it, and the negotiator wrote it down.
fn by_word(told: bool) -> &'static str {
    if told { ", by the boss's word" } else { "" }
}

/// What the negotiator may settle, in words: by whose word, and since when.
pub fn authority(authority: Authority<'_>, money: &dyn Fn(Amount) -> String) -> String {
    match authority {
        Authority::Mandate(granted) => {
            let by = if granted.told { "as told by" } else { "granted by" };
            let limits = limits(&granted.mandate, money);
            format!("mandate {}: {limits}, {by} {} on {}", granted.number, granted.by.0, moment(granted.from))
        }
        Authority::Lapsed(granted) => {
            let end = granted.ended.or(granted.mandate.until).map(|end| format!(" on {}", moment(end)));
            format!(
                "no mandate is in force: the last ended{}, and nothing may be settled unasked",
                end.unwrap_or_default()
            )
        }
        Authority::Stated(Stated::To(price)) => {
            format!(
                "{} may be settled unasked, as the negotiator states; nobody has confirmed it",
                money(price.likely())
            )
        }
        Authority::Stated(Stated::Otherwise(Extent::None)) => {
            "nothing may be settled unasked, as the negotiator states".to_owned()
        }
        Authority::Stated(Stated::Otherwise(Extent::Unlimited)) => {
            "anything may be settled unasked, as the negotiator states; nobody has confirmed it".to_owned()
        }
        Authority::Unstated => {
            "nobody has limited the negotiator: no mandate was granted, and no authority stated".to_owned()
        }
    }
}

fn part(part: Part) -> &'static str {
    match part {
        Part::Negotiator => "negotiator",
        Part::Boss => "boss",
        Part::Observer => "observer",
    }
}

fn offered(offer: &Offer, money: &dyn Fn(Amount) -> String) -> String {
    let who = match (offer.by, offer.level) {
        (Side::Us, Level::Negotiator) => "we offer",
        (Side::Us, Level::Boss) => "our boss offers",
        (Side::Them, Level::Negotiator) => "they offer",
        (Side::Them, Level::Boss) => "their boss offers",
    };
    let condition = offer.condition.as_ref().map(|condition| format!(", if {condition}")).unwrap_or_default();
    let binding = if offer.binding { ", binding" } else { "" };
    let note = offer.note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
    format!("{who} {}{condition}{binding}{note}", package_words(&offer.package, money))
}

/// A package: its price, then its terms.
pub fn package_words(package: &Package, money: &dyn Fn(Amount) -> String) -> String {
    let term = |(name, term): (&String, &Term)| match term {
        Term::Number(number) => format!(", {name} {number}"),
        Term::Words(words) => format!(", {name} {words}"),
    };
    let terms: String = package.terms.iter().map(term).collect();
    format!("{}{terms}", money(package.price))
}

/// A mandate's limits, in words.
pub fn limits(mandate: &Mandate, money: &dyn Fn(Amount) -> String) -> String {
    let terms = mandate.terms.iter().map(|limit| format!(", {} {}", limit.term, allowed(&limit.allowed)));
    let until = mandate.until.map(|until| format!(", until {}", moment(until))).unwrap_or_default();
    format!("to {}{}{until}", money(mandate.price), terms.collect::<String>())
}

/// What is allowed of a term, in words.
pub fn allowed(allowed: &Allowed) -> String {
    match allowed {
        Allowed::AtMost(most) => format!("at most {most}"),
        Allowed::AtLeast(least) => format!("at least {least}"),
        Allowed::OneOf(choices) => choices.join(" or "),
        Allowed::Nothing => "not to be offered".to_owned(),
    }
}

fn point(point: &Point, money: &dyn Fn(Amount) -> String) -> String {
    match point {
        Point::Price { to } => format!("leave to settle at {}", money(*to)),
        Point::Term { name, to: Term::Number(number) } => format!("{name} of {number}"),
        Point::Term { name, to: Term::Words(words) } => format!("{name}: {words}"),
    }
}

fn answer_words(answer: &Answer, money: &dyn Fn(Amount) -> String) -> String {
    match answer {
        Answer::Approve => "approved".to_owned(),
        Answer::ApproveIf { conditions } => format!("approved, if {conditions}"),
        Answer::ChangeLimit { mandate } => format!("another limit, {}", limits(mandate, money)),
        Answer::Refuse { reason } => format!("refused: {reason}"),
        Answer::CallMe => "call me".to_owned(),
    }
}

/// What came of a proposal, in words.
pub fn outcome_words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Unlocked => "they moved; no boss was needed",
        Outcome::Accepted => "accepted; both bosses meet",
        Outcome::Declined => "declined",
        Outcome::Ignored => "not answered",
        Outcome::Backlash => "taken as a threat",
    }
}

fn shown(price: Option<&PriceShown>, money: &dyn Fn(Amount) -> String) -> String {
    price.map_or_else(String::new, |price| {
        format!(
            ", at {} against the best plan without, precedent {}",
            money(price.against_best),
            money(price.precedent)
        )
    })
}

fn despite(overriding: Option<&Override>) -> String {
    overriding.map_or_else(String::new, |overriding| {
        let untried: Vec<String> = overriding.untried.iter().map(ToString::to_string).collect();
        format!("; untried: {}; because: {}", untried.join(", "), overriding.reason)
    })
}
