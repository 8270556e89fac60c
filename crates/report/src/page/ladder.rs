//! The ladder, with what each rung is worth today.

use engine::advice::InPrivate;
use maud::{Markup, html};
use terms::{LeaveAsked, NextActKind, PlanId};

use super::{View, chance};
use crate::{baseline, names, phrases};

/// One rung.
struct Rung {
    name: &'static str,
    standing: Standing,
    worth: Markup,
    note: String,
}

#[derive(Clone, Copy, PartialEq)]
enum Standing {
    Here,
    Next,
    Later,
    Done,
}

impl Standing {
    /// Class, mark and words.
    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Here => ("here", "●", "you are here"),
            Self::Next => ("next", "◐", "next"),
            Self::Later => ("later", "○", ""),
            Self::Done => ("done", "✓", "done"),
        }
    }
}

impl View<'_> {
    /// The ladder, with what each rung is worth.
    pub fn ladder(&self) -> Markup {
        let rungs = if self.advice.boss_in { self.rungs_with_boss() } else { self.rungs() };
        let chosen = self.advice.recommendation.plan;
        html! {
            section aria-labelledby="ladder" {
                h2 #ladder { "The ladder, each step against the course advised" }
                p.quiet {
                    "The course advised is " b { (names::plan(chosen, self.advice.boss_in)) } ": on average "
                    (self.money.amount(baseline::value(self.advice, &self.money, chosen)))
                    " better than no deal, costs included. A minus is what going so far and no further would lose."
                }
                ol.ladder {
                    @for rung in rungs.into_iter().flatten() {
                        @let (class, mark, words) = rung.standing.words();
                        li class=(class) {
                            span.rung {
                                b { span.mark aria-hidden="true" { (mark) } " " (rung.name) }
                                @if !words.is_empty() { " " span.tag { (words) } }
                            }
                            span.worth { (rung.worth) }
                            small { (rung.note) }
                        }
                    }
                }
            }
        }
    }

    /// What the lowest rung is here.
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

    fn rungs(&self) -> Vec<Option<Rung>> {
        let next = phrases::next_rung(self.advice);
        let act = self.advice.next_act.kind;
        let rung = |id: PlanId, name: &'static str, note: String| {
            let plan = self.plan(id)?;
            if !plan.available {
                let why = plan.unavailable_because.clone().unwrap_or_default();
                return Some(Rung { name, standing: Standing::Done, worth: html! {}, note: why });
            }
            let standing = if next == Some(id) { Standing::Next } else { Standing::Later };
            Some(Rung { name, standing, worth: self.against(id), note })
        };
        let stays = match act {
            NextActKind::WalkAway => "nothing here is likely to beat leaving".to_owned(),
            NextActKind::Accept => "their offer is good enough to take".to_owned(),
            _ => format!("{} chance of a deal", chance(self.agreement(PlanId::OwnLevel))),
        };
        vec![
            Some(Rung {
                name: "own level",
                standing: Standing::Here,
                worth: self.against(PlanId::OwnLevel),
                note: stays,
            }),
            rung(PlanId::Guidance, "guidance", self.in_private().to_owned()),
            rung(
                PlanId::BothBosses,
                "both bosses",
                format!("propose it once stuck; {} that your boss is drawn in", chance(self.joins(PlanId::BothBosses))),
            ),
            rung(PlanId::BossAtOutset, "boss joins", "today; it can't be undone".to_owned()),
        ]
    }

    fn rungs_with_boss(&self) -> Vec<Option<Rung>> {
        let chosen = self.advice.recommendation.plan;
        let rung = |id: PlanId, note: &str| {
            let plan = self.plan(id).filter(|plan| plan.available)?;
            let standing = match id {
                PlanId::BossAtOutset => Standing::Here,
                _ if id == chosen => Standing::Next,
                _ => Standing::Later,
            };
            let note = format!("{note}; {} chance of a deal", chance(plan.agreement_probability));
            Some(Rung { name: names::plan(id, true), standing, worth: self.against(id), note })
        };
        vec![
            rung(PlanId::OwnLevel, "you go on at your own level"),
            rung(PlanId::BossAtOutset, "your boss is in the room"),
            rung(PlanId::HandOver, "your boss goes on without you"),
        ]
    }

    fn agreement(&self, id: PlanId) -> f64 {
        self.plan(id).map_or(0.0, |plan| plan.agreement_probability)
    }

    fn joins(&self, id: PlanId) -> f64 {
        self.plan(id).map_or(0.0, |plan| plan.boss_joins_probability)
    }
}
