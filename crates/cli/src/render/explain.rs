//! One mechanism explained: what it is, what it is worth here, and what drives it.

use engine::advice::Advice;
use engine::assumption::Name;

use super::page::{QUIET, STRONG, left, paint};
use super::{View, wrapped};
use report::names::{doing, mechanism as plain, plan, value};
use report::phrases::{self, capital};
use terms::Mechanism;

/// The explanation of `mechanism` in this advice.
pub fn explain(advice: &Advice, mechanism: Mechanism, width: usize) -> String {
    let view = View { advice, money: phrases::money(advice), width };
    let (name, _) = plain(mechanism);
    let title = format!("  {} ({})\n", paint(STRONG, name), mechanism.key());
    let story = wrapped(story(mechanism), width - 2, "  ");
    let course = wrapped(&phrases::worth_in_figures(advice, &view.money), width - 2, "  ");
    format!("\n{title}{story}\n{}{course}\n{}\n", view.worth_here(mechanism), view.drivers(mechanism))
}

impl View<'_> {
    fn worth_here(&self, mechanism: Mechanism) -> String {
        let ledger = &self.advice.ledger;
        let [a, b] = ledger.between.map(|plan| doing(plan, self.advice.boss_in));
        let entry = ledger.entries.iter().find(|entry| entry.mechanism == mechanism);
        let amount = entry.map_or(0.0, |entry| entry.amount);
        let error = entry.map_or(0.0, |entry| entry.standard_error);
        let text = if amount == 0.0 {
            format!("Here it plays no part between {a} and {b}.")
        } else {
            let (amount, error) = (self.money.signed(amount), self.money.error(error));
            format!(
                "Here, {a} against {b}: {amount} (standard error {error}) of {} in all.",
                self.money.signed(ledger.difference)
            )
        };
        wrapped(&text, self.width - 2, "  ")
    }

    fn drivers(&self, mechanism: Mechanism) -> String {
        let names = drivers(mechanism);
        let rows =
            self.advice.assumptions.iter().filter(|assumption| names.contains(&assumption.name)).map(|assumption| {
                let show = |number| value(assumption.name, number, &self.money);
                let range = if assumption.low < assumption.high {
                    format!("{} ({} to {})", show(assumption.value), show(assumption.low), show(assumption.high))
                } else {
                    show(assumption.value)
                };
                let flip = self.advice.break_evens.iter().find(|flip| flip.assumption == assumption.name);
                let flip = match flip.and_then(|flip| Some((flip.value?, flip.flips_to?))) {
                    Some((at, to)) => {
                        format!("The advice flips to {} at {}. ", plan(to, self.advice.boss_in), show(at))
                    }
                    None => String::new(),
                };
                let head = format!("  {}{}  [{}]\n", left(assumption.name.key(), 34), range, assumption.grade.word());
                let note = format!("{}{}. Source: {}.", flip, capital(&assumption.meaning), assumption.source);
                let note: String =
                    wrapped(&note, self.width - 2, "    ").lines().map(|line| paint(QUIET, line) + "\n").collect();
                head + &note
            });
        format!("  What drives it\n{}", rows.collect::<String>())
    }
}

fn story(mechanism: Mechanism) -> &'static str {
    match mechanism {
        Mechanism::Authority => {
            "Your boss may settle where you may not (P11). Worth something only where the deal lies beyond your own \
             authority; asking in private opens as much of it without being seen."
        }
        Mechanism::Unlock => {
            "Their negotiator is freed to go to their organisation's limit, or gives up part of what they meant to \
             keep: because taking it to both bosses was proposed (P13), or because your boss came."
        }
        Mechanism::Skill => {
            "Your boss wins more of what they could still give than you would; part of it only by coming while there is \
             much to bargain over."
        }
        Mechanism::CrossDeal => {
            "Your boss can trade this deal against others with the same counterpart, as far as those are worth anything; \
             part of it only by coming while there is much to bargain over."
        }
        Mechanism::Thaw => "A frozen relationship may thaw when a new voice enters.",
        Mechanism::Importance => {
            "Your boss's coming tells them how much the deal matters to you (P8). The range of prices that they think \
             you would take widens, downward for you; against that, a deal that matters is likelier to close."
        }
        Mechanism::Ability => {
            "Your boss's coming tells them that you lack ability or authority (P3). They hold back moves and wait for \
             the boss's word. Settling subject to approval tells them part of it."
        }
        Mechanism::Trouble => {
            "Your boss's coming tells them that the relationship is in trouble (P4): more freezes, fewer joint gains. A \
             proposal taken as a threat freezes things too, and so may your boss's refusal of what you had settled."
        }
        Mechanism::Commitment => {
            "Limited authority protects you: what you may not give, they stop asking for (Schelling). Once your boss is \
             in the room the limit is gone."
        }
        Mechanism::Giveaway => "Bosses want the deal closed, and give something away to close it.",
        Mechanism::TimeAndCost => "Your boss's time, the cost of asking, and what delay costs.",
        Mechanism::Precedent => {
            "Having had your boss once, they call for your boss again (P5); each call costs the smaller of joining and \
             insulting them (P6). It fades slowly, and can't be undone (P7)."
        }
        Mechanism::Approval => {
            "You settle beyond your authority, subject to your boss's approval: what your boss approves is a deal where you \
             might have had none, without anybody coming in; a refusal leaves you where you were."
        }
        Mechanism::Pace => {
            "What the two plans differ by though nobody goes upstairs: each concedes at the pace that suits it, and takes \
             the offers that suit it."
        }
    }
}

fn drivers(mechanism: Mechanism) -> &'static [Name] {
    use Name as N;
    match mechanism {
        Mechanism::Authority => &[
            N::Authority,
            N::BossLimit,
            N::GuidanceGranted,
            N::PartialLeaveGain,
            N::ConditionalLeaveGain,
            N::ConditionTaken,
        ],
        Mechanism::Unlock => &[
            N::FullAuthorityChance,
            N::AuthorityShortfall,
            N::BossReleases,
            N::UnlockBase,
            N::UnlockGap,
            N::UnlockCost,
            N::UnlockedKeptFactor,
            N::EscalationCost,
        ],
        Mechanism::Skill => &[N::BossSkill, N::SkillNeedsTime],
        Mechanism::CrossDeal => &[N::CrossDealGain, N::LaterDeals, N::ValuePerDeal, N::SkillNeedsTime],
        Mechanism::Thaw => &[N::FreezeChance, N::ThawChance, N::BossThaws],
        Mechanism::Importance => {
            &[N::HighStakesChance, N::ImportanceEarly, N::ImportanceLate, N::RangeWidening, N::ClosingBonus]
        }
        Mechanism::Ability => &[N::LowAuthorityChance, N::AbilityRatio, N::ApprovalSignal],
        Mechanism::Trouble => &[
            N::TroubleChance,
            N::TroubleRatio,
            N::JointGainsAtRisk,
            N::BacklashEarly,
            N::BacklashLate,
            N::RefusalFreezes,
        ],
        Mechanism::Commitment => &[N::AuthorityCredence, N::Authority, N::PerceivedWalkAway],
        Mechanism::Giveaway => &[N::Giveaway],
        Mechanism::TimeAndCost => &[N::BossTimeCost, N::GuidanceCost, N::DelayCostPerRound],
        Mechanism::Precedent => &[
            N::CallRate,
            N::PrecedentFade,
            N::LaterDeals,
            N::ValuePerDeal,
            N::Discount,
            N::ErosionShare,
            N::InsultShare,
            N::ProposalPrecedent,
            N::ApprovalPrecedent,
        ],
        Mechanism::Approval => &[N::ApprovalRatified, N::Authority, N::BossLimit],
        Mechanism::Pace => &[N::OurConcessionExponent, N::StandstillMatched],
    }
}
