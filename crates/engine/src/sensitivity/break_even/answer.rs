//! What a case is answered where an assumption is held, as far as a flip turns on it.

use terms::PlanId;

use crate::compare::{Comparison, Course, Prepared, choose_course};

/// What few paths say of a change may be off by this share of it, and by this much at least and at most, in shares. A flip
/// is not ruled out where a rival comes so near to turning the answer over.
const OFF: (f64, f64, f64) = (0.4, 0.001, 0.005);

/// What a case comes to where an assumption is held.
#[derive(Clone)]
pub(super) struct Answer {
    /// What is advised.
    pub plan: PlanId,
    pub plans: Vec<PlanId>,
    /// What each plan is worth, in shares.
    pub values: Vec<f64>,
    courses: Vec<Course>,
}

impl Answer {
    pub fn of(prepared: &Prepared, comparison: &Comparison) -> Self {
        Self {
            plan: comparison.recommended(prepared).plan,
            plans: comparison.contenders.iter().map(|contender| contender.plan).collect(),
            values: comparison.contenders.iter().map(|contender| comparison.value(contender)).collect(),
            courses: comparison.courses(prepared),
        }
    }

    /// The same with other values.
    fn choose(&self, values: &[f64]) -> PlanId {
        self.plans[choose_course(&self.courses, values)]
    }

    pub fn value(&self, plan: PlanId) -> Option<f64> {
        self.plans.iter().position(|&known| known == plan).map(|index| self.values[index])
    }

    /// With another answer's values less those of a third, plan by plan: what few paths say has changed, on top of what
    /// all of them say.
    pub fn moved(&self, to: &Self, from: &Self) -> Self {
        let change = |&plan: &PlanId| to.value(plan).zip(from.value(plan)).map_or(0.0, |(to, from)| to - from);
        let values: Vec<f64> = self.plans.iter().zip(&self.values).map(|(plan, value)| value + change(plan)).collect();
        let courses = self.courses.iter().zip(&self.plans);
        let beginning =
            |plan: PlanId| to.plans.iter().position(|&known| known == plan).map(|index| to.courses[index].beginning);
        let courses: Vec<Course> = courses
            .map(|(course, &plan)| Course { beginning: beginning(plan).unwrap_or(course.beginning), ..*course })
            .collect();
        let moved = Self { plan: self.plan, plans: self.plans.clone(), values, courses };
        Self { plan: moved.choose(&moved.values), ..moved }
    }

    /// Whether no rival turns it over by as much as it may be off, having moved from `whole`.
    pub fn is_firm(&self, whole: &Self) -> bool {
        let changes = self.values.iter().zip(&whole.values).map(|(there, here)| (there - here).abs());
        let (share, least, most) = OFF;
        let off = (share * changes.fold(0.0, f64::max) + least).min(most);
        (0..self.values.len()).all(|index| {
            let mut values = self.values.clone();
            values[index] += off;
            self.choose(&values) == self.plan
        })
    }
}
