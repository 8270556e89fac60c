//! Our boss in private: leave, and approval of what has been settled.

use crate::exact::decision::Branch;

use super::{Asked, Course, Ladder, Sight, ending};

/// What asking our boss for less brings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LessLeave {
    /// Share of the chance of a refusal that goes with the share of the way not asked for.
    pub part: f64,
    /// Share of it that goes with a condition.
    pub condition: f64,
    /// Chance that they take the condition.
    pub taken: f64,
}

/// Settling subject to our boss's approval. It costs and may take a round as guidance does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Approval {
    /// Chance of it where our boss may.
    pub ratified: f64,
    /// Chance that a refusal freezes the relationship.
    pub freezes: f64,
    /// Share of what the boss says of our ability.
    pub signal: f64,
    /// Weight of the precedent.
    pub precedent: f64,
}

/// What our boss is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Leave {
    /// All the way to our boss's limit.
    Whole,
    /// Half of it.
    Half,
    /// All the way, on a condition.
    OnCondition,
}

impl Ladder {
    pub(super) fn ask_boss(&self, course: Course, leave: Leave) -> Vec<Course> {
        let [cost, _, late] = self.guidance;
        let course = Course { reward: course.reward - cost, ..course };
        let [later, now] = course.split(late, |course| course.sight.asked = Asked::Waiting(leave));
        std::iter::once(later).chain(self.answer(now, leave)).collect()
    }

    /// Leave on a condition is of use only where they take it.
    pub(super) fn answer(&self, course: Course, leave: Leave) -> [Course; 2] {
        let [_, whole, _] = self.guidance;
        let refused = 1.0 - whole;
        let granted = match leave {
            Leave::Whole => whole,
            Leave::Half => 1.0 - refused * (1.0 - 0.5 * self.less.part),
            Leave::OnCondition => self.less.taken * (1.0 - refused * (1.0 - self.less.condition)),
        };
        let course = Course { sight: Sight { asked: Asked::Refused, ..course.sight }, ..course };
        course.split(granted, |course| course.sight.asked = Asked::Granted(leave))
    }

    /// Whether their offer could be taken subject to approval.
    pub(super) fn may_settle(&self, sight: &Sight) -> bool {
        let in_room = sight.boss.is_some() || sight.both;
        let open = matches!(sight.asked, Asked::No | Asked::Granted(_)) && !sight.settled;
        open && !in_room && self.boss_floor < self.floor(sight) && (0.0..self.floor(sight)).contains(&self.offer)
    }

    /// We take their offer subject to approval, and our boss approves or not; the rest of the round where that leaves any.
    pub(super) fn settle(&self, course: Course) -> Vec<Branch<Sight>> {
        let [cost, _, late] = self.guidance;
        let shown = self.approval.precedent * self.precedent;
        let sight = Sight { settled: true, ..course.sight };
        let course = Course { sight, reward: course.reward - cost - shown, ..course };
        let [waits, at_once] = course.split(late, |course| {
            course.sight.round += 1;
            course.reward -= self.delay;
        });
        let mut branches = Vec::new();
        if waits.sight.round == self.rounds() {
            branches.extend(self.last_word(waits, self.ask_before(waits.sight.round)));
        } else {
            let (deal, refused) = self.verdict(waits);
            branches.push(ending(deal));
            branches.extend(
                refused.map(|course| Branch { next: Some((course.sight, self.hidden(&course))), ..ending(course) }),
            );
        }
        let (deal, refused) = self.verdict(at_once);
        branches.push(ending(deal));
        branches.extend(refused.into_iter().flat_map(|course| self.their_half(course)));
        branches
    }

    /// Our boss's word on a deal at their offer: the deal, and a refusal that may freeze the relationship.
    fn verdict(&self, course: Course) -> (Course, [Course; 2]) {
        let ratified = if self.offer >= self.boss_floor { self.approval.ratified } else { 0.0 };
        let [deal, refused] = course.split(ratified, |course| course.reward += self.deal(self.offer, course));
        let asked = if refused.sight.asked == Asked::No { Asked::Refused } else { refused.sight.asked };
        let refused = Course { sight: Sight { asked, ..refused.sight }, ..refused };
        (deal, refused.split(self.approval.freezes, |course| course.frozen = true))
    }
}
