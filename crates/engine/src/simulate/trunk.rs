//! What policies share until one of them acts: a course remembered look by look, for others to branch off from.

use crate::assumption::Name;
use crate::plan::{Observation, Part, Policy, When};

use super::{Luck, Outcome, Path, Rules, Stage, State, World, start};

/// One path, on which policies are tried.
pub(crate) struct Scene<'a, 'b> {
    pub stage: &'a Stage,
    pub world: &'b World,
    pub luck: &'b mut Luck,
    pub rules: Rules<'a>,
}

/// A course under one policy, remembered look by look.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trunk<'a> {
    looks: Vec<(State, Observation<'a>)>,
    end: Option<Outcome>,
}

impl<'a> Trunk<'a> {
    /// Grows it from where the record leaves the path, keeping the memory of the last.
    pub fn grow(&mut self, scene: &mut Scene<'a, '_>, policy: &Policy) {
        self.looks.clear();
        self.end = None;
        let mut path = Path { stage: scene.stage, world: scene.world, rules: scene.rules, state: scene.state() };
        match start(&mut path, policy) {
            Some(end) => self.end = Some(end),
            None => self.go_on(scene, path.state, scene.stage.first_step(), policy),
        }
    }

    /// Grows it as `parent` does until `look`, and from there under `policy`.
    pub fn fork(&mut self, parent: &Self, look: usize, scene: &mut Scene<'a, '_>, policy: &Policy) {
        self.looks.clear();
        self.looks.extend_from_slice(&parent.looks[..look]);
        let (state, seen) = parent.looks[look];
        self.go_on(scene, state, scene.stage.steps_total - seen.rounds_left, policy);
    }

    fn go_on(&mut self, scene: &mut Scene<'a, '_>, state: State, step: u32, policy: &Policy) {
        let (looks, diagnosis) = (&mut self.looks, scene.rules.diagnosis);
        let note = |state: &State, seen: &Observation<'_>| looks.push((*state, Observation { diagnosis, ..*seen }));
        let path = Path { stage: scene.stage, world: scene.world, rules: scene.rules, state };
        self.end = Some(path.play(step, policy, scene.luck, note));
    }

    /// How it ends.
    pub fn end(&self, scene: &Scene<'_, '_>) -> Outcome {
        self.end.unwrap_or_else(|| Outcome::none(&scene.state()))
    }

    /// How many looks there are.
    pub fn looks(&self) -> usize {
        self.looks.len()
    }

    /// How `policy` ends, which goes as this course does until `look`.
    pub fn branch(&self, look: usize, scene: &mut Scene<'_, '_>, policy: &Policy) -> Outcome {
        let (state, seen) = self.looks[look];
        let path = Path { stage: scene.stage, world: scene.world, rules: scene.rules, state };
        path.play(scene.stage.steps_total - seen.rounds_left, policy, scene.luck, |_, _| {})
    }

    /// The look at which `policy`, which is the policy of this course with one more `part`, leaves it; `None` where it
    /// never does. By a rung, what it does from there on is the same for all that leave at that look by that rung.
    pub fn leaves(&self, part: Part, policy: &Policy, scene: &Scene<'_, '_>) -> Option<usize> {
        match part {
            Part::Guidance => self.first(|state, seen| scene.may_ask(state) && policy.guidance.has_come(seen)),
            Part::Approval => self.first(|state, seen| scene.would_settle_subject(policy, state, seen)),
            Part::Proposal => self.first(|state, seen| state.may_propose() && policy.proposal.has_come(seen)),
            Part::Boss => {
                let proposes = |state: &State, seen: &Observation<'_>| {
                    policy.proposal != When::Never && state.may_propose() && policy.proposal.has_come(seen)
                };
                self.first(|state, seen| {
                    !state.boss_in
                        && (state.proposed || !policy.boss_last)
                        && policy.boss.has_come(seen)
                        && !proposes(state, seen)
                })
            }
            Part::Acceptance => {
                let enough = policy.accept_at?;
                let (world, delay) = (scene.world, scene.world.values[Name::DelayCostPerRound]);
                // By the least that could be in force once this look's rungs are taken: leaving early costs time only.
                let floor = world.boss_floor.min(world.floor).max(world.walk_away);
                self.first(|state, _| state.theirs >= floor && state.theirs + delay >= enough)
            }
        }
    }

    fn first(&self, leaves: impl Fn(&State, &Observation<'_>) -> bool) -> Option<usize> {
        self.looks.iter().position(|(state, seen)| leaves(state, seen))
    }
}

impl Scene<'_, '_> {
    fn state(&self) -> State {
        State::at(self.stage, self.world, self.luck)
    }

    fn may_ask(&self, state: &State) -> bool {
        Path { stage: self.stage, world: self.world, rules: self.rules, state: *state }.may_ask()
    }

    /// Whether `policy` takes their offer subject to approval at a look, once what it does there before is done.
    fn would_settle_subject(&self, policy: &Policy, state: &State, seen: &Observation<'_>) -> bool {
        let (stage, world, rules) = (self.stage, self.world, self.rules);
        // Most looks are told by this alone: acting opens our floor, and does not move their offer.
        let short = state.theirs < state.floor && state.theirs >= world.walk_away;
        if !short || state.approval_asked || !policy.approval.has_come(seen) {
            return false;
        }
        let mut path = Path { stage, world, rules, state: *state };
        let step = stage.steps_total - seen.rounds_left;
        !path.act(policy, self.luck, step, seen) && path.settles_subject(policy, seen)
    }
}
