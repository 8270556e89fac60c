//! From a wish to facts, or to why not. Pure: when and who are arguments.

use bargain::sheet::{Sheet, Values};
use jiff::Timestamp;

use crate::access::Act;
use crate::amount::Estimate;
use crate::command::Command;
use crate::disclosure::gives_away;
use crate::fact::{Fact, Opening, Override, Preparation, PriceShown};
use crate::guidance::{Answer, Question, Request};
use crate::ladder::{Rung, gate};
use crate::mandate::Mandate;
use crate::offer::{Offer, Package};
use crate::packages;
use crate::party::{Level, Part, Participant, Side, User};
use crate::rejection::Rejection;
use crate::state::{Negotiation, Phase};

/// The facts that a wish leads to. Whether `by` may wish it at all is asked of [`access`](crate::access) before.
pub fn decide(negotiation: &Negotiation, command: &Command, at: Timestamp, by: &User) -> Result<Vec<Fact>, Rejection> {
    let desk = Desk { negotiation, at, by };
    match negotiation.phase {
        Phase::Unopened => match command {
            Command::Open { opening } => open(opening, by),
            _ => Err(Rejection::NotOpened),
        },
        Phase::Open => desk.while_open(command),
        Phase::Agreed | Phase::WalkedAway => match command {
            Command::Review { notes } => {
                said(notes, "the review").map(|()| vec![Fact::Reviewed { notes: notes.clone() }])
            }
            Command::Correct { version, instead, reason } => desk.correct(*version, instead.clone(), reason),
            _ if command.act() == Some(Act::Name) => desk.while_open(command),
            _ => Err(Rejection::Over),
        },
    }
}

fn open(opening: &Opening, by: &User) -> Result<Vec<Fact>, Rejection> {
    said(&opening.title, "the title")?;
    said(&opening.counterpart, "the counterpart's name")?;
    let has_control = |text: &str| text.chars().any(char::is_control);
    if has_control(&opening.title) || has_control(&opening.counterpart) {
        return Err(Rejection::Impossible("a title or name with control characters"));
    }
    let is_code = opening.currency.len() == 3 && opening.currency.bytes().all(|byte| byte.is_ascii_uppercase());
    if !is_code {
        return Err(Rejection::Impossible("the currency (three capital letters)"));
    }
    let opener = Participant { user: by.clone(), part: Part::Negotiator, privy: true };
    Ok(vec![Fact::Opened(opening.clone()), Fact::Joined(opener)])
}

fn said(text: &str, what: &'static str) -> Result<(), Rejection> {
    if text.trim().is_empty() { Err(Rejection::Empty(what)) } else { Ok(()) }
}

/// A wish that leads to one fact, once its words are there.
fn worded(text: &str, what: &'static str, fact: Fact) -> Result<Vec<Fact>, Rejection> {
    said(text, what).map(|()| vec![fact])
}

struct Desk<'a> {
    negotiation: &'a Negotiation,
    at: Timestamp,
    by: &'a User,
}

impl Desk<'_> {
    fn while_open(&self, command: &Command) -> Result<Vec<Fact>, Rejection> {
        match command.clone() {
            Command::Open { .. } => Err(Rejection::AlreadyOpened),
            Command::Name { participant } => self.name(participant),
            Command::Remove { user } => self.remove(user),
            Command::Prepare { preparation } => self.prepare(preparation),
            Command::PrepareIssues { sheet } => self.prepare_issues(sheet),
            Command::GrantMandate { mandate } => self.grant(mandate),
            Command::EndMandate { reason } => worded(&reason.clone(), "the reason", Fact::MandateEnded { reason }),
            Command::Offer { offer, despite } => self.offer(offer, despite),
            Command::Ask { question } => self.ask(question),
            Command::Remind { request } => {
                self.open_request(request).map(|request| vec![Fact::GuidanceReminded { request: request.id }])
            }
            Command::Answer { request, answer } => self.answer(request, answer),
            Command::SendBrief { to } => {
                let known = self.negotiation.participants.get(&to).is_some_and(Participant::sees_privileged);
                if known { Ok(vec![Fact::BriefSent { to }]) } else { Err(Rejection::NoSuchParticipant) }
            }
            Command::NoteImpasse { how } => worded(&how.clone(), "how it shows", Fact::ImpasseNoted { how }),
            Command::ResolveImpasse if self.negotiation.impasse.is_none() => Err(Rejection::NoImpasse),
            Command::ResolveImpasse => Ok(vec![Fact::ImpasseResolved]),
            Command::Consent { until } => {
                self.ahead(until, "the end of the consent").map(|()| vec![Fact::BossConsented { until }])
            }
            Command::WithdrawConsent if self.negotiation.consent.is_none() => Err(Rejection::NoConsent),
            Command::WithdrawConsent => Ok(vec![Fact::ConsentWithdrawn]),
            Command::Propose { wording, answer_by, despite } => self.propose(wording, answer_by, despite),
            Command::ProposalAnswered { outcome } => self
                .pending_proposal()
                .map_or(Err(Rejection::NoProposal), |()| Ok(vec![Fact::BothBossesAnswered { outcome }])),
            Command::BossAskedFor { how } => worded(&how.clone(), "how", Fact::BossAskedFor { how }),
            Command::BossContacted { how } => worded(&how.clone(), "how", Fact::BossContacted { how }),
            Command::BringBoss { price, despite } => self.bring_boss(price, despite, false),
            Command::HandOver { price, despite } => self.bring_boss(price, despite, true),
            Command::Decline { .. } if !self.negotiation.boss_called => Err(Rejection::NotCalled),
            Command::Decline { reply } => {
                self.outward(&reply, "the reply").map(|()| vec![Fact::BossDeclined { reply }])
            }
            Command::HandBack { .. } if !self.negotiation.boss_in => Err(Rejection::BossNotIn),
            Command::HandBack { reply } => {
                self.outward(&reply, "the reply").map(|()| vec![Fact::BossHandedBack { reply }])
            }
            Command::PlanVisit { on, topics } => Ok(vec![Fact::VisitPlanned { on, topics }]),
            Command::HoldVisit { on, touched_terms } => Ok(vec![Fact::VisitHeld { on, touched_terms }]),
            Command::DebriefVisit { notes } => worded(&notes.clone(), "the notes", Fact::VisitDebriefed { notes }),
            Command::CheckMessage { findings } => Ok(vec![Fact::MessageChecked { findings }]),
            Command::TakeAdvice { advice } => Ok(vec![Fact::AdviceTaken(advice)]),
            Command::Agree { package, despite } => self.agree(package, despite),
            Command::WalkAway { reason } => worded(&reason.clone(), "the reason", Fact::WalkedAway { reason }),
            Command::Review { .. } => Err(Rejection::NotOver),
            Command::Correct { version, instead, reason } => self.correct(version, instead, &reason),
        }
    }

    fn name(&self, participant: Participant) -> Result<Vec<Fact>, Rejection> {
        said(&participant.user.0, "the user's name")?;
        // Else a negotiator could approve their own question.
        if participant.user == *self.by {
            return Err(Rejection::OwnPart);
        }
        if participant.part != Part::Negotiator {
            self.other_negotiator(&participant.user)?;
        }
        Ok(vec![Fact::Joined(participant)])
    }

    fn remove(&self, user: User) -> Result<Vec<Fact>, Rejection> {
        if !self.negotiation.participants.contains_key(&user) {
            return Err(Rejection::NoSuchParticipant);
        }
        self.other_negotiator(&user)?;
        Ok(vec![Fact::Left { user }])
    }

    /// Somebody negotiates besides `user`, or `user` does not.
    fn other_negotiator(&self, user: &User) -> Result<(), Rejection> {
        let negotiates = |participant: &&Participant| participant.part == Part::Negotiator;
        let mut negotiators = self.negotiation.participants.values().filter(negotiates);
        let others = negotiators.any(|participant| participant.user != *user);
        if others { Ok(()) } else { Err(Rejection::LastNegotiator) }
    }

    fn prepare(&self, preparation: Box<Preparation>) -> Result<Vec<Fact>, Rejection> {
        let ranges: [(&'static str, Option<Estimate>); 8] = [
            ("the walk-away", preparation.walk_away),
            ("the target", preparation.target),
            ("the boss's limit", preparation.boss_limit),
            ("the counterpart's limit", preparation.counterpart_limit),
            ("the cost of delay", preparation.cost_of_delay_per_week),
            ("the cost of escalating", preparation.cost_of_escalating),
            ("the later deals", preparation.later_deals),
            ("the value of a later deal", preparation.value_per_deal),
        ];
        for (what, range) in ranges {
            if range.is_some_and(|range| !range.is_ordered()) {
                return Err(Rejection::Unordered(what));
            }
        }
        if preparation.assumptions.values().any(|range| !range.is_ordered()) {
            return Err(Rejection::Unordered("an assumption"));
        }
        Ok(vec![Fact::Prepared(preparation)])
    }

    /// A sheet is sound and fits the negotiation, or it is not recorded.
    fn prepare_issues(&self, sheet: Box<Sheet>) -> Result<Vec<Fact>, Rejection> {
        let mut faults = Values::of(&sheet).err().unwrap_or_default();
        if let Some(opening) = &self.negotiation.opening {
            faults.extend(packages::misfits(&sheet, opening));
        }
        if faults.is_empty() { Ok(vec![Fact::IssuesPrepared { sheet }]) } else { Err(Rejection::UnsoundSheet(faults)) }
    }

    fn grant(&self, mandate: Mandate) -> Result<Vec<Fact>, Rejection> {
        self.ahead(mandate.until, "the end of the mandate")?;
        Ok(vec![Fact::MandateGranted { mandate }])
    }

    fn offer(&self, offer: Offer, despite: Option<String>) -> Result<Vec<Fact>, Rejection> {
        let by = offer.by;
        if by == Side::Us && offer.level == Level::Negotiator {
            self.within_mandate(&offer.package, despite)?;
        }
        let mut facts = vec![Fact::Offered(offer)];
        if by == Side::Them {
            facts.extend(self.void_what_they_changed());
        }
        Ok(facts)
    }

    /// Guidance was given for what was on the table then.
    fn void_what_they_changed(&self) -> impl Iterator<Item = Fact> {
        let counts = |request: &&Request| request.about.is_some() && (request.is_open() || request.leave().is_some());
        let tied = self.negotiation.requests.iter().filter(counts);
        tied.map(|request| Fact::GuidanceVoided {
            request: request.id,
            reason: "their offer has changed since it was asked".to_owned(),
        })
    }

    fn within_mandate(&self, package: &Package, despite: Option<String>) -> Result<(), Rejection> {
        let outside = self.negotiation.outside(package, self.at);
        if outside.is_empty() || despite.is_some_and(|reason| !reason.trim().is_empty()) {
            return Ok(());
        }
        Err(Rejection::OutsideMandate(outside))
    }

    fn ask(&self, question: Question) -> Result<Vec<Fact>, Rejection> {
        said(&question.recommendation, "the recommendation")?;
        said(&question.otherwise, "what happens without an answer")?;
        self.ahead(Some(question.needed_by), "the time by which an answer is needed")?;
        let about = self.negotiation.standing(Side::Them).map(|recorded| recorded.version);
        Ok(vec![Fact::GuidanceAsked { question, about }])
    }

    fn open_request(&self, id: u64) -> Result<&Request, Rejection> {
        let found = self.negotiation.requests.iter().find(|request| request.id == id && request.is_open());
        found.ok_or(Rejection::NoSuchRequest(id))
    }

    fn answer(&self, id: u64, answer: Answer) -> Result<Vec<Fact>, Rejection> {
        self.open_request(id)?;
        match &answer {
            Answer::ApproveIf { conditions } => said(conditions, "the conditions")?,
            Answer::Refuse { reason } => said(reason, "the reason")?,
            Answer::ChangeLimit { mandate } => self.ahead(mandate.until, "the end of the mandate")?,
            Answer::Approve | Answer::CallMe => {}
        }
        let granted = match &answer {
            Answer::ChangeLimit { mandate } => Some(Fact::MandateGranted { mandate: mandate.clone() }),
            _ => None,
        };
        Ok(std::iter::once(Fact::GuidanceAnswered { request: id, answer }).chain(granted).collect())
    }

    fn propose(&self, wording: String, answer_by: Timestamp, despite: Option<String>) -> Result<Vec<Fact>, Rejection> {
        self.outward(&wording, "the wording")?;
        self.ahead(Some(answer_by), "the time by which an answer is due")?;
        if self.negotiation.boss_in {
            return Err(Rejection::BossIn);
        }
        if self.pending_proposal().is_some() {
            return Err(Rejection::ProposalPending);
        }
        // No reason overrides this one: without the boss's consent the proposal would be a bluff.
        if !self.negotiation.consent.is_some_and(|consent| consent.holds(self.at)) {
            return Err(Rejection::NoConsent);
        }
        let overriding = self.pass(Rung::BothBosses, despite)?;
        Ok(vec![Fact::BothBossesProposed { wording, answer_by, overriding }])
    }

    /// A text that the counterpart reads says something, and names no amount that is ours alone.
    fn outward(&self, text: &str, what: &'static str) -> Result<(), Rejection> {
        said(text, what)?;
        if gives_away(self.negotiation, text) { Err(Rejection::GivesAway(what)) } else { Ok(()) }
    }

    fn pending_proposal(&self) -> Option<()> {
        self.negotiation.proposal.as_ref().filter(|proposal| proposal.outcome.is_none()).map(|_| ())
    }

    fn bring_boss(
        &self,
        price: Option<PriceShown>,
        despite: Option<String>,
        takes_over: bool,
    ) -> Result<Vec<Fact>, Rejection> {
        let standing = self.negotiation;
        let nothing_new = standing.handed_over || !takes_over;
        if standing.boss_in && nothing_new {
            return Err(Rejection::BossIn);
        }
        let overriding = if standing.boss_in { None } else { self.pass(Rung::Boss, despite)? };
        Ok(vec![if takes_over {
            Fact::HandedOver { price, overriding }
        } else {
            Fact::BossJoined { price, overriding }
        }])
    }

    /// Through the gate before a rung: by the evidence, or by a reason.
    fn pass(&self, rung: Rung, despite: Option<String>) -> Result<Option<Override>, Rejection> {
        let gate = gate(self.negotiation, rung, self.at);
        if gate.is_open() {
            return Ok(None);
        }
        match despite.filter(|reason| !reason.trim().is_empty()) {
            Some(reason) => Ok(Some(Override { reason, untried: gate.untried() })),
            None => Err(Rejection::Untried(gate)),
        }
    }

    fn agree(&self, package: Package, despite: Option<String>) -> Result<Vec<Fact>, Rejection> {
        self.within_mandate(&package, despite)?;
        Ok(vec![Fact::Agreed { package }])
    }

    fn correct(&self, version: u64, instead: Option<Box<Fact>>, reason: &str) -> Result<Vec<Fact>, Rejection> {
        said(reason, "the reason")?;
        let found = self.negotiation.history.iter().find(|entry| entry.version == version);
        let same_kind = |fact: &Fact| {
            let kinds = instead.as_deref().map(std::mem::discriminant);
            kinds.is_none_or(|kind| kind == std::mem::discriminant(fact))
        };
        // Who granted what, who answered what, and the opening stand as they are: a new one follows, none is rewritten.
        let may = |fact: &Fact| {
            !matches!(
                fact,
                Fact::Opened(_)
                    | Fact::Joined(_)
                    | Fact::Left { .. }
                    | Fact::MandateGranted { .. }
                    | Fact::MandateEnded { .. }
                    | Fact::GuidanceAnswered { .. }
                    | Fact::GuidanceVoided { .. }
                    | Fact::BossConsented { .. }
                    | Fact::ConsentWithdrawn
                    | Fact::AdviceTaken(_)
                    | Fact::Corrected { .. }
            )
        };
        match found {
            Some(entry) if may(&entry.fact) && same_kind(&entry.fact) => {
                Ok(vec![Fact::Corrected { version, instead, reason: reason.to_owned() }])
            }
            _ => Err(Rejection::NoSuchEntry(version)),
        }
    }

    fn ahead(&self, time: Option<Timestamp>, what: &'static str) -> Result<(), Rejection> {
        if time.is_some_and(|time| time <= self.at) { Err(Rejection::Past(what)) } else { Ok(()) }
    }
}
