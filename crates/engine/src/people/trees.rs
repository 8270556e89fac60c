//! A sum of small trees: what is added to a forecast by what is seen.

use serde::{Deserialize, Serialize};

/// Trees whose leaves are added up; of none, nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Trees(pub Vec<Tree>);

impl Trees {
    /// What they add by what is `seen`.
    pub fn sum(&self, seen: &[f64]) -> f64 {
        self.0.iter().map(|tree| tree.leaf(seen)).sum()
    }
}

/// Three questions in a row, and what is added by their answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tree {
    /// The questions: after the one at a place comes that at twice the place and one where the answer is no, two where it is yes.
    pub questions: [Question; Tree::QUESTIONS],
    /// What is added, by the answers from all no to all yes.
    pub leaves: [f64; Tree::LEAVES],
}

/// Whether what is seen at a place is at least so much.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question(pub usize, pub f64);

impl Question {
    /// A question that nothing is answered yes to.
    pub const NONE: Self = Self(0, f64::MAX);

    fn is_yes(self, seen: &[f64]) -> bool {
        seen.get(self.0).is_some_and(|&value| value >= self.1)
    }
}

impl Tree {
    /// Questions in a row.
    pub const DEPTH: usize = 3;
    /// Questions in all.
    pub const QUESTIONS: usize = (1 << Self::DEPTH) - 1;
    /// Ways in which they can be answered.
    pub const LEAVES: usize = 1 << Self::DEPTH;

    /// The leaf of what is `seen`, by its place.
    pub fn place(&self, seen: &[f64]) -> usize {
        let mut at = 0;
        for _ in 0..Self::DEPTH {
            at = 2 * at + 1 + usize::from(self.questions[at].is_yes(seen));
        }
        at - Self::QUESTIONS
    }

    fn leaf(&self, seen: &[f64]) -> f64 {
        self.leaves[self.place(seen)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_lead_to_their_leaf() {
        let ask = |at| Question(at, 1.0);
        let tree = Tree {
            questions: [ask(0), ask(1), ask(1), ask(2), ask(2), ask(2), Question::NONE],
            leaves: [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0],
        };
        let trees = Trees(vec![tree.clone(), tree]);
        assert_eq!(trees.sum(&[0.0, 0.0, 0.0]), 0.0);
        assert_eq!(trees.sum(&[0.0, 1.0, 0.0]), 4.0);
        assert_eq!(trees.sum(&[1.0, 0.0, 2.0]), 10.0);
        assert_eq!(trees.sum(&[1.0, 1.0, 2.0]), 12.0);
        // What is not seen is answered no.
        assert_eq!(trees.sum(&[]), 0.0);
        assert_eq!(Trees::default().sum(&[1.0]), 0.0);
    }
}
