//! The ladder as stairs: what each step loses against the course advised, and when the course takes it.

use engine::advice::{BossWhen, InPrivate};
use maud::{Markup, html};
use terms::{LeaveAsked, NextActKind, PlanId};

use super::View;
use crate::baseline::{self, Against};
use crate::{days, names, phrases};

/// One step.
struct Step {
    name: &'static str,
    standing: Standing,
    /// Where it stands, in a few words.
    words: String,
    /// What the figure is of, and the plan that it is of; `None` where the step can't be taken any more.
    figure: Option<(&'static str, PlanId)>,
}

#[derive(Clone, Copy, PartialEq)]
enum Standing {
    Here,
    Next,
    Later,
    Out,
}

impl Standing {
    fn class(self) -> &'static str {
        match self {
            Self::Here => "here",
            Self::Next => "next",
            Self::Later => "later",
            Self::Out => "out",
        }
    }
}

impl View<'_> {
    /// The ladder under its title.
    pub fn ladder(&self) -> Markup {
        html! { section aria-labelledby="ladder" { h2 #ladder { "The ladder" } (self.stairs()) } }
    }

    /// The ladder, with what going so far and no further loses.
    pub fn stairs(&self) -> Markup {
        let steps: Vec<Step> = if self.advice.boss_in { self.with_boss() } else { self.steps() };
        let chosen = self.advice.recommendation.plan;
        html! {
            ol.stairs.of3[steps.len() < 4] {
                @for step in steps {
                    li class=(step.standing.class()) {
                        b { (step.name) }
                        em { (step.words) }
                        @if let Some((what, plan)) = step.figure { small { (what) " " (self.against(plan)) } }
                    }
                }
            }
            p.quiet.base.wide-only {
                "Every figure is against the course advised, " (names::plan(chosen, self.advice.boss_in)) ", which brings "
                (self.money.amount(baseline::value(self.advice, &self.money, chosen))) " beyond no deal, costs included. Guidance: "
                (self.in_private()) "."
            }
        }
    }

    /// What guidance is here.
    fn in_private(&self) -> &'static str {
        let InPrivate { leave, subject_to_approval, .. } =
            self.plan(PlanId::Guidance).map(|plan| plan.in_private).unwrap_or_default();
        match (leave, subject_to_approval) {
            (None, true) => "settle subject to your boss's approval; they see that you need it, not your boss",
            (Some(_), true) => "ask your boss in private, and settle subject to approval what is still short",
            (Some(LeaveAsked::InPart), false) => "ask your boss in private for part of the way; they never see it",
            (Some(LeaveAsked::OnCondition), false) => "ask your boss in private for leave on a condition",
            (Some(LeaveAsked::Whole) | None, false) => "ask your boss in private; they never see it",
        }
    }

    fn steps(&self) -> Vec<Step> {
        let recommendation = &self.advice.recommendation;
        let step = |name, plan: PlanId, (standing, words): (Standing, String), what| match self
            .plan(plan)
            .filter(|report| !report.available)
        {
            Some(report) => {
                let words = report.unavailable_because.clone().unwrap_or_else(|| "no longer".to_owned());
                Step { name, standing: Standing::Out, words, figure: None }
            }
            None => Step { name, standing, words, figure: Some((what, plan)) },
        };
        let asks = self.plan(recommendation.plan).is_some_and(|plan| plan.in_private.leave.is_some());
        let proposes = matches!(recommendation.plan, PlanId::BothBosses | PlanId::Ladder);
        let joins = match recommendation.boss_expected.when {
            BossWhen::Now => (Standing::Next, "now".to_owned()),
            BossWhen::Later => (Standing::Later, self.about("perhaps later")),
            BossWhen::OnlyWithTheirs => (Standing::Later, "only with theirs".to_owned()),
            BossWhen::Not => left_out(),
        };
        vec![
            Step {
                name: "Own level",
                standing: Standing::Here,
                words: "you are here".to_owned(),
                figure: Some(("stop here:", PlanId::OwnLevel)),
            },
            step("Guidance", PlanId::Guidance, self.taken(PlanId::Guidance, asks, "perhaps later"), "stop here:"),
            step("Both bosses", PlanId::BothBosses, self.taken(PlanId::BothBosses, proposes, "if stuck"), "stop here:"),
            step("Boss joins", PlanId::BossAtOutset, joins, "today:"),
        ]
    }

    /// When the course takes a step, or that it leaves it out.
    fn taken(&self, plan: PlanId, in_course: bool, later: &str) -> (Standing, String) {
        let acts = match self.advice.next_act.kind {
            NextActKind::AskBoss => plan == PlanId::Guidance,
            NextActKind::ProposeBothBosses => plan == PlanId::BothBosses,
            _ => false,
        };
        if acts {
            let day = self.advice.next_act.by.map(days::short);
            return (Standing::Next, day.map_or_else(|| "next".to_owned(), |day| format!("next, by {day}")));
        }
        match (phrases::next_rung(self.advice) == Some(plan), in_course) {
            (true, _) => (Standing::Next, "next, in its time".to_owned()),
            (false, true) => (Standing::Later, later.to_owned()),
            (false, false) => left_out(),
        }
    }

    /// About when the boss would come in.
    fn about(&self, unknown: &str) -> String {
        let date = self.advice.recommendation.boss_expected.date;
        date.map_or_else(|| unknown.to_owned(), |date| format!("about {}, if stuck", days::short(date)))
    }

    fn with_boss(&self) -> Vec<Step> {
        let chosen = self.advice.recommendation.plan;
        let step = |plan: PlanId, name: &'static str| {
            self.plan(plan).filter(|report| report.available)?;
            let (standing, words) = match plan {
                PlanId::BossAtOutset => (Standing::Here, "you are here".to_owned()),
                _ if plan == chosen => (Standing::Next, "next".to_owned()),
                _ => left_out(),
            };
            Some(Step { name, standing, words, figure: Some(("worth:", plan)) })
        };
        let steps = [
            step(PlanId::OwnLevel, "Boss hands back"),
            step(PlanId::BossAtOutset, "Boss in the room"),
            step(PlanId::HandOver, "Hand over"),
        ];
        steps.into_iter().flatten().collect()
    }

    /// What a plan is worth against the course advised.
    pub(super) fn against(&self, plan: PlanId) -> Markup {
        match baseline::against(self.advice, &self.money, plan) {
            Against::Less(amount) => self.signed(amount),
            other => html! { span.tag { (other.words(&self.money)) } },
        }
    }
}

fn left_out() -> (Standing, String) {
    (Standing::Out, "left out".to_owned())
}
