//! What all plans of a path share until one of them acts.

use crate::plan::{Observation, Policy};

use super::{Luck, Open, Outcome, Path, Rules, Stage, State, World, run};

/// The continuation in which we take no rung, remembered look by look, for plans to branch off from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trunk<'a> {
    looks: Vec<(State, Observation<'a>)>,
    /// Which rungs are open to us; the same at every look, for none is taken.
    open: Open,
    end: Option<Outcome>,
}

impl<'a> Trunk<'a> {
    /// Grows the trunk of one path, keeping the memory of the last.
    pub fn grow(&mut self, stage: &Stage, world: &World, luck: &mut Luck, rules: Rules<'a>) {
        self.looks.clear();
        let looks = &mut self.looks;
        let note = |state: &State, seen: &Observation<'_>| {
            looks.push((*state, Observation { diagnosis: rules.diagnosis, ..*seen }));
        };
        self.end = Some(run(stage, world, luck, &Policy::default(), rules, note));
        let path = Path { stage, world, rules, state: State::at(stage, world, luck) };
        self.open = path.open();
    }

    /// The same as [`run`] under `policy`: the trunk up to where the plan first acts, then on by itself.
    pub fn branch(&self, stage: &Stage, world: &World, luck: &mut Luck, policy: &Policy, rules: Rules<'_>) -> Outcome {
        let ignore = |_: &State, _: &Observation<'_>| {};
        let (Some(end), false) = (self.end, policy.accept_now || policy.hand_back) else {
            return run(stage, world, luck, policy, rules, ignore);
        };
        let Open { guidance, proposal, boss } = self.open;
        let boss = boss && (!policy.boss_last || stage.proposed);
        let acts = |seen: &Observation<'_>| {
            (guidance && policy.guidance.has_come(seen))
                || (proposal && policy.proposal.has_come(seen))
                || (boss && policy.boss.has_come(seen))
        };
        match self.looks.iter().find(|(_, seen)| acts(seen)) {
            Some(&(state, seen)) => {
                let step = stage.steps_total - seen.rounds_left;
                Path { stage, world, rules, state }.play(step, policy, luck, ignore)
            }
            None => end,
        }
    }
}
