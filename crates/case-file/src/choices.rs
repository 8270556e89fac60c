//! Words that stand for a choice, and the nearest one to a word that does not.

use std::cmp::Reverse;

/// The word of `known` nearest to `word`, if it is near enough to be meant.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let distance = |other: &str| strsim::damerau_levenshtein(word, other);
    let shared = |other: &str| word.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let near = known.into_iter().map(|other| (distance(other), other));
    let near = near.min_by_key(|&(distance, other)| (distance, Reverse(shared(other))))?;
    let enough = 1 + word.chars().count() / 4;
    (near.0 <= enough).then_some(near.1)
}

/// A hint at what is known: the nearest word first.
pub(crate) fn hint(word: &str, known: &[&str]) -> String {
    let all = known.join(", ");
    match nearest(word, known.iter().copied()) {
        Some(meant) => format!("Did you mean '{meant}'? Known here: {all}."),
        None => format!("Known here: {all}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_met_with_what_was_meant() {
        assert_eq!(nearest("walkaway", ["walk_away", "target"]), Some("walk_away"));
        assert_eq!(nearest("price", ["walk_away", "target"]), None);
    }
}
