//! Wishes as they are sent to the API.

use std::borrow::Cow;

use bargain::sheet::Sheet;
use jiff::Timestamp;
use jiff::civil::Date;
use negotiation::Version;
use negotiation::fact::{AdviceTaken, Opening, Preparation, PriceShown};
use negotiation::guidance::{Answer, Question};
use negotiation::mandate::Mandate;
use negotiation::offer::{Offer, Package};
use negotiation::party::{Participant, User};
use negotiation::proposal::Outcome;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value, json};

use super::fact::Fact;

/// A wish. `despite` is the reason for going on where a gate or the mandate says no; `told`, that the negotiator records what a boss
/// who takes no part here has said.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are those of the facts that they lead to")]
pub enum Command {
    /// Open a negotiation; whoever does becomes its negotiator.
    Open { opening: Opening },
    /// Name who takes part, and as what.
    Name { participant: Participant },
    /// Let somebody go.
    Remove { user: User },
    /// Write down what is known and wanted.
    Prepare { preparation: Box<Preparation> },
    /// Write down the issues, and what they are worth to either side.
    PrepareIssues { sheet: Box<Sheet> },
    /// Grant a mandate, or change it.
    GrantMandate {
        mandate: Mandate,
        #[serde(default)]
        told: bool,
    },
    /// End the mandate.
    EndMandate { reason: String },
    /// Record an offer, made or received.
    Offer { offer: Offer, despite: Option<String> },
    /// Ask guidance on one point.
    Ask { question: Question },
    /// Remind the boss.
    Remind { request: Version },
    /// Answer a question.
    Answer {
        request: Version,
        answer: Answer,
        until: Option<Timestamp>,
        #[serde(default)]
        told: bool,
    },
    /// Send the brief.
    SendBrief { to: User },
    /// Note that it is stuck.
    NoteImpasse { how: String },
    /// Note that it moves again.
    ResolveImpasse,
    /// Let oneself be named in a proposal.
    Consent {
        until: Option<Timestamp>,
        #[serde(default)]
        told: bool,
    },
    /// Take that back.
    WithdrawConsent,
    /// Propose to take it to both bosses.
    Propose { wording: String, answer_by: Timestamp, despite: Option<String> },
    /// Record what came of it.
    ProposalAnswered { outcome: Outcome },
    /// Record that they asked for the boss.
    BossAskedFor { how: String },
    /// Record that they went to the boss directly.
    BossContacted { how: String },
    /// The boss joins.
    BringBoss { price: Option<PriceShown>, despite: Option<String> },
    /// The boss declines to join.
    Decline { reply: String },
    /// The boss hands the channel back.
    HandBack { reply: String },
    /// Hand the negotiation over to the boss.
    HandOver { price: Option<PriceShown>, despite: Option<String> },
    /// Plan a visit, terms off the table.
    PlanVisit { on: Date, topics: Vec<String> },
    /// Record a visit.
    HoldVisit { on: Date, touched_terms: bool },
    /// Record what a visit brought.
    DebriefVisit { notes: String },
    /// Record that a message was checked.
    CheckMessage { findings: Vec<String> },
    /// Record an advice.
    TakeAdvice { advice: Box<AdviceTaken> },
    /// Agree.
    Agree { package: Package, despite: Option<String> },
    /// Give up.
    WalkAway { reason: String },
    /// Leave it without a result.
    Close { reason: String },
    /// Go on after an end.
    Reopen { reason: String },
    /// Put it away.
    Archive,
    /// Take it out again.
    Restore,
    /// Take back what was recorded within the last ten minutes, with all that came of it.
    Undo { version: Version },
    /// Look back.
    Review { notes: String },
    /// Correct an earlier entry.
    Correct { version: Version, instead: Option<Box<Fact>>, reason: String, despite: Option<String> },
}

/// A wish with the day on which it happened: `on` beside what is wished, today where it is left out. A visit has its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Act {
    /// What is wished.
    pub command: Command,
    /// When it happened.
    pub on: Option<Date>,
}

/// Wishes whose `on` is their own.
const VISITS: [&str; 2] = ["plan_visit", "hold_visit"];

impl<'de> Deserialize<'de> for Act {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut body = Map::deserialize(deserializer)?;
        let is_visit = body.get("do").and_then(Value::as_str).is_some_and(|what| VISITS.contains(&what));
        let on = if is_visit { None } else { body.remove("on") };
        let on = on.map_or(Ok(None), serde_json::from_value).map_err(|_| D::Error::custom("on: no day"))?;
        let command = serde_json::from_value(Value::Object(body)).map_err(D::Error::custom)?;
        Ok(Self { command, on })
    }
}

impl JsonSchema for Act {
    fn schema_name() -> Cow<'static, str> {
        "Act".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = Command::json_schema(generator);
        let on = json!({ "description": "The day on which it happened; today where left out.", "type": ["string", "null"], "format": "date" });
        for wish in schema.get_mut("oneOf").and_then(Value::as_array_mut).into_iter().flatten() {
            if let Some(fields) = wish.get_mut("properties").and_then(Value::as_object_mut) {
                fields.entry("on").or_insert_with(|| on.clone());
            }
        }
        schema
    }
}

impl From<Command> for negotiation::Command {
    fn from(command: Command) -> Self {
        match command {
            Command::Open { opening } => Self::Open { opening },
            Command::Name { participant } => Self::Name { participant },
            Command::Remove { user } => Self::Remove { user },
            Command::Prepare { preparation } => Self::Prepare { preparation },
            Command::PrepareIssues { sheet } => Self::PrepareIssues { sheet },
            Command::GrantMandate { mandate, told } => Self::GrantMandate { mandate, told },
            Command::EndMandate { reason } => Self::EndMandate { reason },
            Command::Offer { offer, despite } => Self::Offer { offer, despite },
            Command::Ask { question } => Self::Ask { question },
            Command::Remind { request } => Self::Remind { request },
            Command::Answer { request, answer, until, told } => Self::Answer { request, answer, until, told },
            Command::SendBrief { to } => Self::SendBrief { to },
            Command::NoteImpasse { how } => Self::NoteImpasse { how },
            Command::ResolveImpasse => Self::ResolveImpasse,
            Command::Consent { until, told } => Self::Consent { until, told },
            Command::WithdrawConsent => Self::WithdrawConsent,
            Command::Propose { wording, answer_by, despite } => Self::Propose { wording, answer_by, despite },
            Command::ProposalAnswered { outcome } => Self::ProposalAnswered { outcome },
            Command::BossAskedFor { how } => Self::BossAskedFor { how },
            Command::BossContacted { how } => Self::BossContacted { how },
            Command::BringBoss { price, despite } => Self::BringBoss { price, despite },
            Command::Decline { reply } => Self::Decline { reply },
            Command::HandBack { reply } => Self::HandBack { reply },
            Command::HandOver { price, despite } => Self::HandOver { price, despite },
            Command::PlanVisit { on, topics } => Self::PlanVisit { on, topics },
            Command::HoldVisit { on, touched_terms } => Self::HoldVisit { on, touched_terms },
            Command::DebriefVisit { notes } => Self::DebriefVisit { notes },
            Command::CheckMessage { findings } => Self::CheckMessage { findings },
            Command::TakeAdvice { advice } => Self::TakeAdvice { advice },
            Command::Agree { package, despite } => Self::Agree { package, despite },
            Command::WalkAway { reason } => Self::WalkAway { reason },
            Command::Close { reason } => Self::Close { reason },
            Command::Reopen { reason } => Self::Reopen { reason },
            Command::Archive => Self::Archive,
            Command::Restore => Self::Restore,
            Command::Undo { version } => Self::Undo { version },
            Command::Review { notes } => Self::Review { notes },
            Command::Correct { version, instead, reason, despite } => {
                Self::Correct { version, instead: instead.map(|one| Box::new((*one).into())), reason, despite }
            }
        }
    }
}
