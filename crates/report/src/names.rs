//! Plain names for plans, mechanisms, causes and assumptions.

use engine::assumption::{Name, Unit};
use terms::{Beyond, Cause, Mechanism, PlanId};

use crate::money::Money;

/// A plan, as a row of a table; what it means where the boss is in the room already.
pub fn plan(plan: PlanId, boss_in: bool) -> &'static str {
    match plan {
        PlanId::WalkAway => "walk away",
        PlanId::OwnLevel if boss_in => "boss hands back",
        PlanId::OwnLevel => "own level",
        PlanId::Guidance => "guidance",
        PlanId::BothBosses => "both bosses at an impasse",
        PlanId::Ladder => "ladder, boss last",
        PlanId::BossAtImpasse => "boss at an impasse",
        PlanId::BossAtOutset if boss_in => "boss stays in",
        PlanId::BossAtOutset => "boss joins now",
        PlanId::HandOver => "hand over",
        PlanId::BestFound => "best found",
    }
}

/// A plan as something done: "bringing your boss in today".
pub fn doing(plan: PlanId, boss_in: bool) -> &'static str {
    match plan {
        PlanId::WalkAway => "walking away",
        PlanId::OwnLevel if boss_in => "having your boss hand back",
        PlanId::OwnLevel => "staying at your own level",
        PlanId::Guidance => "guidance alone",
        PlanId::BothBosses => "proposing both bosses at an impasse",
        PlanId::Ladder => "climbing the ladder with your boss last",
        PlanId::BossAtImpasse => "bringing your boss in at an impasse",
        PlanId::BossAtOutset if boss_in => "keeping your boss in",
        PlanId::BossAtOutset => "bringing your boss in today",
        PlanId::HandOver => "handing over to your boss",
        PlanId::BestFound => "the best plan found",
    }
}

/// What a plan begins with, while no more of the advice is known.
pub fn first_look(plan: PlanId, boss_in: bool) -> &'static str {
    match plan {
        PlanId::WalkAway => "Walk away.",
        PlanId::OwnLevel if boss_in => "Have your boss hand the channel back.",
        PlanId::OwnLevel => "Stay at your own level.",
        PlanId::Guidance => "Stay at your own level, and ask your boss where that pays.",
        PlanId::BothBosses => "Go on; propose both bosses if it gets stuck.",
        PlanId::Ladder | PlanId::BestFound => "Go on, one step at a time, your boss last.",
        PlanId::BossAtImpasse => "Go on; bring your boss in only if it gets stuck.",
        PlanId::BossAtOutset if boss_in => "Keep your boss in.",
        PlanId::BossAtOutset => "Bring your boss in.",
        PlanId::HandOver => "Hand over to your boss.",
    }
}

/// Whether the boss comes in, by a plan alone.
pub fn boss_word(plan: PlanId) -> &'static str {
    match plan {
        PlanId::WalkAway | PlanId::OwnLevel | PlanId::Guidance => "Not now",
        PlanId::BothBosses => "Only with theirs",
        PlanId::Ladder | PlanId::BestFound | PlanId::BossAtImpasse => "Not yet",
        PlanId::BossAtOutset | PlanId::HandOver => "Now",
    }
}

/// Whom an advice is worded for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Who negotiates: "your boss" is the boss.
    Negotiator,
    /// The boss, who is "you".
    Boss,
}

impl Reader {
    /// A plan as something done, after "more than" or "else".
    pub fn doing(self, plan: PlanId, boss_in: bool) -> &'static str {
        match self {
            Self::Negotiator => doing(plan, boss_in),
            Self::Boss => doing_to_the_boss(plan, boss_in),
        }
    }
}

fn doing_to_the_boss(plan: PlanId, boss_in: bool) -> &'static str {
    match plan {
        PlanId::WalkAway => "walking away",
        PlanId::HandOver => "your taking over",
        PlanId::BossAtOutset if boss_in => "your staying in",
        PlanId::BossAtOutset => "your coming in today",
        PlanId::OwnLevel if boss_in => "your handing back",
        PlanId::OwnLevel => "going on without you",
        PlanId::Guidance => "your answers alone",
        PlanId::BothBosses => "proposing both bosses at an impasse",
        PlanId::BossAtImpasse => "your coming in at an impasse",
        PlanId::Ladder => "climbing the ladder with you last",
        PlanId::BestFound => "the best plan found",
    }
}

/// A mechanism in a few words, and why it works.
pub fn mechanism(mechanism: Mechanism) -> (&'static str, &'static str) {
    match mechanism {
        Mechanism::Authority => ("boss's authority", "may settle where you may not"),
        Mechanism::Unlock => ("their hands are freed", "their negotiator may go further"),
        Mechanism::Skill => ("boss's skill", "wins more of what is left"),
        Mechanism::CrossDeal => ("trades across deals", "which only the boss can make"),
        Mechanism::Thaw => ("breaks a freeze", "a new voice thaws it"),
        Mechanism::Importance => ("range they see widens", "they see how much it matters"),
        Mechanism::Ability => ("doubts about you", "they wait for the boss's word"),
        Mechanism::Trouble => ("looks like trouble", "more freezes, fewer joint gains"),
        Mechanism::Commitment => ("a shield given up", "limited authority protects you"),
        Mechanism::Giveaway => ("boss gives away", "to close"),
        Mechanism::TimeAndCost => ("time and cost", "the boss's time, asking, delay"),
        Mechanism::Precedent => ("precedent", "later deals call for your boss"),
        Mechanism::Approval => ("boss's approval", "of what you settle beyond your authority"),
        Mechanism::Pace => ("another pace", "no doing of the boss's"),
    }
}

/// A cause of being stuck, and whose limit it keeps them short of.
pub fn cause(cause: Cause, beyond: Option<Beyond>) -> String {
    let limit = match beyond {
        Some(Beyond::YourBoss) => "your boss may sign",
        Some(Beyond::YourAuthority) | None => "you may sign",
    };
    match cause {
        Cause::HoldingOut => format!("holding out beyond what {limit}"),
        Cause::OutOfAuthority => format!("their negotiator's authority ends beyond what {limit}"),
        Cause::AtTheirLimit => format!("at their real limit, beyond what {limit}"),
        Cause::Relationship => "frozen relationship".to_owned(),
    }
}

/// What one would ask to learn an assumption.
pub fn question(name: Name) -> String {
    let question = match name {
        Name::CounterpartLimit => "what their limit is",
        Name::FullAuthorityChance => "whether they can sign alone",
        Name::KeptShare => "how much they mean to keep",
        Name::ConcessionExponent => "whether they concede early or late",
        Name::PerceivedWalkAway => "what they think you would settle for",
        Name::AuthorityCredence => "whether they believe your limits",
        Name::RangeWidening => "what they would read into your boss's coming",
        Name::EscalationCost => "what going upstairs costs their negotiator",
        Name::SplitChance => "whether they split differences",
        Name::BossReleases => "whether your boss's coming would free their hands",
        Name::BossSkill => "how much better your boss bargains",
        Name::Giveaway => "how much your boss gives away to close",
        Name::CrossDealGain => "what your boss could trade across deals",
        Name::SkillNeedsTime => "whether your boss could still win something late",
        Name::CallRate => "whether they would call for your boss later",
        Name::PrecedentFade => "how soon a precedent fades",
        Name::TroubleRatio => "whether your boss's coming looks like trouble",
        Name::AbilityRatio => "whether your boss's coming casts doubt on you",
        Name::BossTimeCost => "what your boss's time costs",
        Name::ApprovalRatified => "whether your boss would approve what you settle",
        Name::PartialLeaveGain => "whether your boss would grant less more easily",
        Name::ConditionalLeaveGain => "whether your boss would give leave on a condition",
        Name::ConditionTaken => "whether they would take a condition of your boss's",
        _ => return plain_words(name).map_or_else(|| name.key().replace('_', " "), str::to_owned),
    };
    question.to_owned()
}

/// An assumption in words that need no model, as in "your authority were over $1.2M"; `None` for what only the
/// model knows.
pub fn plain_words(name: Name) -> Option<&'static str> {
    Some(match name {
        Name::WalkAway => "your walk-away",
        Name::Target => "your target",
        Name::Authority => "your authority",
        Name::BossLimit => "your boss's limit",
        Name::CounterpartLimit => "their limit",
        Name::RoundsLeft => "the rounds left",
        Name::DelayCostPerRound => "the cost of a round's delay",
        Name::FullAuthorityChance => "the chance that they can sign alone",
        Name::KeptShare => "the share they mean to keep",
        Name::EscalationCost => "what going upstairs costs their negotiator",
        Name::HighStakesChance => "the chance they give that it matters greatly to you",
        Name::RangeWidening => "what they read into its mattering to you",
        Name::SplitChance => "the chance that they split the difference",
        Name::ImpasseDespiteZopa => "the chance of missing a good deal",
        Name::GuidanceGranted => "the chance that your boss grants what you ask",
        Name::GuidanceCost => "what asking your boss costs",
        Name::GuidanceDelay => "the chance that your boss's answer takes a round",
        Name::ProposalAccepted => "the chance that they agree to go to both bosses",
        Name::BossSkill => "the share your boss wins beyond you",
        Name::Giveaway => "the share your boss gives away",
        Name::BossReleases => "the chance that your boss's coming frees their hands",
        Name::BossThaws => "the chance that your boss breaks a freeze",
        Name::CrossDealGain => "the gain from trading across deals",
        Name::SkillNeedsTime => "the part of what your boss wins that needs an early coming",
        Name::BossTimeCost => "your boss's time",
        Name::LaterDeals => "the later deals",
        Name::ValuePerDeal => "what a later deal brings you",
        Name::PastAppearances => "your boss's past appearances",
        Name::CallRate => "the chance that they call for your boss later",
        Name::PrecedentFade => "the share of a precedent forgotten a deal",
        Name::InsultShare => "what declining a later call costs",
        Name::JointGainsAtRisk => "the joint gains at risk in a troubled relationship",
        Name::TroubleRatio => "how much your boss's coming looks like trouble",
        Name::AbilityRatio => "how much your boss's coming casts doubt on you",
        Name::ImportanceEarly | Name::ImportanceLate => "how much your boss's coming says that it matters",
        Name::AuthorityCredence => "how firmly they believe your limits",
        Name::PartialLeaveGain => "how much more easily your boss grants less",
        Name::ConditionalLeaveGain => "how much more easily your boss gives leave on a condition",
        Name::ConditionTaken => "the chance that they take your boss's condition",
        Name::ApprovalRatified => "the chance that your boss approves what you settle",
        Name::RefusalFreezes => "the chance that your boss's refusal of a settlement freezes things",
        Name::ApprovalSignal => "how much settling subject to approval casts doubt on you",
        Name::ApprovalPrecedent => "how much of a precedent settling subject to approval sets",
        _ => return None,
    })
}

/// A value of an assumption in its unit.
pub fn value(name: Name, value: f64, money: &Money) -> String {
    match name.spec().unit {
        Unit::Price => money.price(value),
        Unit::Money => money.amount(value),
        Unit::ShareOfScale | Unit::ShareOfRemainingSurplus | Unit::ShareOfLaterDeal | Unit::Chance => percent(value),
        Unit::LikelihoodRatio | Unit::Factor => plain(value),
        Unit::Count => format!("{}", (value * 10.0).round() / 10.0),
    }
}

/// A share as a percentage.
pub fn percent(share: f64) -> String {
    let percent = share * 100.0;
    let text = if percent.abs() >= 10.0 || percent == 0.0 || percent.fract().abs() < 0.005 {
        format!("{percent:.0} %")
    } else {
        format!("{percent:.1} %")
    };
    text.replace('-', "−")
}

/// A number without needless decimals.
fn plain(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    text.replace('-', "−")
}
