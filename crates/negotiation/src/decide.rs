//! From a wish to facts, or to why not. Pure: when and who are arguments.

mod correct;
mod sound;

use jiff::Timestamp;
use terms::{Rung, Side};

use crate::Version;
use crate::access::Act;
use crate::command::Command;
use crate::fact::{Fact, Opening, Override, PriceShown};
use crate::guidance::{Answer, Question, Request};
use crate::ladder::gate;
use crate::mandate::Mandate;
use crate::offer::{Offer, Package};
use crate::party::{Part, Participant, User};
use crate::rejection::Rejection;
use crate::state::{Negotiation, Phase};

/// The facts that a wish leads to. Whether `by` may wish it at all is asked of [`access`](crate::access) before.
pub fn decide(negotiation: &Negotiation, command: &Command, at: Timestamp, by: &User) -> Result<Vec<Fact>, Rejection> {
    let desk = Desk { negotiation, at, by };
    let facts = desk.facts(command)?;
    facts.iter().try_for_each(|fact| desk.sound(fact))?;
    Ok(facts)
}

fn said(text: &str, what: &'static str) -> Result<(), Rejection> {
    if text.trim().is_empty() { Err(Rejection::Empty(what)) } else { Ok(()) }
}

struct Desk<'a> {
    negotiation: &'a Negotiation,
    at: Timestamp,
    by: &'a User,
}

impl Desk<'_> {
    fn facts(&self, command: &Command) -> Result<Vec<Fact>, Rejection> {
        match self.negotiation.phase {
            Phase::Unopened => match command {
                Command::Open { opening } => Ok(self.open(opening)),
                _ => Err(Rejection::NotOpened),
            },
            Phase::Open => self.while_open(command),
            Phase::Agreed | Phase::WalkedAway => match command {
                Command::Review { notes } => Ok(vec![Fact::Reviewed { notes: notes.clone() }]),
                Command::Correct { version, instead, reason } => self.correct(*version, instead.clone(), reason),
                _ if command.act() == Some(Act::Name) => self.while_open(command),
                _ => Err(Rejection::Over),
            },
        }
    }

    fn open(&self, opening: &Opening) -> Vec<Fact> {
        let opener = Participant { user: self.by.clone(), part: Part::Negotiator, privy: true };
        vec![Fact::Opened(opening.clone()), Fact::Joined(opener)]
    }

    fn while_open(&self, command: &Command) -> Result<Vec<Fact>, Rejection> {
        match command.clone() {
            Command::Open { .. } => Err(Rejection::AlreadyOpened),
            Command::Name { participant } => self.name(participant),
            Command::Remove { user } => self.remove(user),
            Command::Prepare { preparation } => Ok(vec![Fact::Prepared(preparation)]),
            Command::PrepareIssues { sheet } => Ok(vec![Fact::IssuesPrepared { sheet }]),
            Command::GrantMandate { mandate } => Ok(self.grant(mandate)),
            Command::EndMandate { reason } => Ok(vec![Fact::MandateEnded { reason }]),
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
            Command::NoteImpasse { how } => Ok(vec![Fact::ImpasseNoted { how }]),
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
            Command::BossAskedFor { how } => Ok(vec![Fact::BossAskedFor { how }]),
            Command::BossContacted { how } => Ok(vec![Fact::BossContacted { how }]),
            Command::BringBoss { price, despite } => self.bring_boss(price, despite, false),
            Command::HandOver { price, despite } => self.bring_boss(price, despite, true),
            Command::Decline { .. } if !self.negotiation.boss_called => Err(Rejection::NotCalled),
            Command::Decline { reply } => Ok(vec![Fact::BossDeclined { reply }]),
            Command::HandBack { .. } if !self.negotiation.boss_in => Err(Rejection::BossNotIn),
            Command::HandBack { reply } => Ok(vec![Fact::BossHandedBack { reply }]),
            Command::PlanVisit { on, topics } => Ok(vec![Fact::VisitPlanned { on, topics }]),
            Command::HoldVisit { on, touched_terms } => Ok(vec![Fact::VisitHeld { on, touched_terms }]),
            Command::DebriefVisit { notes } => Ok(vec![Fact::VisitDebriefed { notes }]),
            Command::CheckMessage { findings } => Ok(vec![Fact::MessageChecked { findings }]),
            Command::TakeAdvice { advice } => Ok(vec![Fact::AdviceTaken(advice)]),
            Command::Agree { package, despite } => self.agree(package, despite),
            Command::WalkAway { reason } => Ok(vec![Fact::WalkedAway { reason }]),
            Command::Review { .. } => Err(Rejection::NotOver),
            Command::Correct { version, instead, reason } => self.correct(version, instead, &reason),
        }
    }

    fn name(&self, participant: Participant) -> Result<Vec<Fact>, Rejection> {
        // Else a negotiator could approve their own question.
        if participant.user == *self.by {
            return Err(Rejection::OwnPart);
        }
        if participant.part == Part::Boss {
            self.boss_makes_bosses()?;
        }
        self.boss_lets_bosses_go(&participant.user)?;
        if participant.part != Part::Negotiator {
            self.other_negotiator(&participant.user)?;
        }
        Ok(vec![Fact::Joined(participant)])
    }

    fn remove(&self, user: User) -> Result<Vec<Fact>, Rejection> {
        if !self.negotiation.participants.contains_key(&user) {
            return Err(Rejection::NoSuchParticipant);
        }
        self.boss_lets_bosses_go(&user)?;
        self.other_negotiator(&user)?;
        Ok(vec![Fact::Left { user }])
    }

    /// The first boss is named by whoever opens a negotiation. From then on a boss names others: else a negotiator could
    /// find one who grants more.
    fn boss_makes_bosses(&self) -> Result<(), Rejection> {
        let has_boss = self.negotiation.participants.values().any(|participant| participant.part == Part::Boss);
        if has_boss && !self.negotiation.is_boss(self.by) {
            Err(Rejection::BossAlone("naming another boss"))
        } else {
            Ok(())
        }
    }

    fn boss_lets_bosses_go(&self, user: &User) -> Result<(), Rejection> {
        if self.negotiation.is_boss(user) && !self.negotiation.is_boss(self.by) {
            return Err(Rejection::BossAlone("changing a boss's part"));
        }
        Ok(())
    }

    /// Somebody negotiates besides `user`, or `user` does not.
    fn other_negotiator(&self, user: &User) -> Result<(), Rejection> {
        let negotiates = |participant: &&Participant| participant.part == Part::Negotiator;
        let mut negotiators = self.negotiation.participants.values().filter(negotiates);
        let others = negotiators.any(|participant| participant.user != *user);
        if others { Ok(()) } else { Err(Rejection::LastNegotiator) }
    }

    /// New limits replace what the boss let pass before.
    fn grant(&self, mandate: Mandate) -> Vec<Fact> {
        let left = self.negotiation.requests.iter().filter(|request| request.leave().is_some());
        let voided = left.map(|request| voided(request, "the mandate has changed since"));
        std::iter::once(Fact::MandateGranted { mandate }).chain(voided).collect()
    }

    fn offer(&self, offer: Offer, despite: Option<String>) -> Result<Vec<Fact>, Rejection> {
        let voided = match offer.by {
            Side::Us => Vec::new(),
            Side::Them => self.void_unless_still(Some(&offer.package)),
        };
        let beyond = match offer.by {
            Side::Us => self.beyond_mandate(self.next(), &offer.package, self.at, despite)?,
            Side::Them => None,
        };
        Ok(std::iter::once(Fact::Offered(offer)).chain(beyond).chain(voided).collect())
    }

    /// The version of the first entry that comes of this wish.
    fn next(&self) -> Version {
        self.negotiation.version + 1
    }

    /// Guidance was given for what was on the table then: it is void unless `theirs` is still what they offer. What was asked
    /// before they offered anything was asked on the point alone.
    fn void_unless_still(&self, theirs: Option<&Package>) -> Vec<Fact> {
        if self.negotiation.standing(Side::Them).map(|recorded| &recorded.offer.package) == theirs {
            return Vec::new();
        }
        let counts = |request: &&Request| request.about.is_some() && (request.is_open() || request.leave().is_some());
        let tied = self.negotiation.requests.iter().filter(counts);
        tied.map(|request| voided(request, "their offer has changed since it was asked")).collect()
    }

    /// What to record of a package at a moment besides: nothing where the negotiator may settle it or the boss records it, and
    /// the reason where it goes beyond.
    fn beyond_mandate(
        &self,
        entry: Version,
        package: &Package,
        at: Timestamp,
        despite: Option<String>,
    ) -> Result<Option<Fact>, Rejection> {
        let outside = self.negotiation.outside(package, at);
        if outside.is_empty() || self.negotiation.is_boss(self.by) {
            return Ok(None);
        }
        match despite.filter(|reason| !reason.trim().is_empty()) {
            Some(reason) => Ok(Some(Fact::MandateExceeded { entry, outside, reason })),
            None => Err(Rejection::OutsideMandate(outside)),
        }
    }

    fn ask(&self, question: Question) -> Result<Vec<Fact>, Rejection> {
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
        let granted = match &answer {
            Answer::ChangeLimit { mandate } => self.grant(mandate.clone()),
            _ => Vec::new(),
        };
        Ok(std::iter::once(Fact::GuidanceAnswered { request: id, answer }).chain(granted).collect())
    }

    fn propose(&self, wording: String, answer_by: Timestamp, despite: Option<String>) -> Result<Vec<Fact>, Rejection> {
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

    fn pending_proposal(&self) -> Option<()> {
        self.negotiation.proposal().filter(|proposal| proposal.outcome.is_none()).map(|_| ())
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
        let beyond = self.beyond_mandate(self.next(), &package, self.at, despite)?;
        Ok(std::iter::once(Fact::Agreed { package }).chain(beyond).collect())
    }
}

fn voided(request: &Request, reason: &str) -> Fact {
    Fact::GuidanceVoided { request: request.id, reason: reason.to_owned() }
}
