//! Ranges of a text that are looked up again and again: whether a place touches one of many costs the logarithm of how
//! many there are.

use std::ops::Range;

/// Ranges in order and apart.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ranges(Vec<Range<usize>>);

impl Ranges {
    /// Of any ranges; those that touch become one.
    pub fn of(mut all: Vec<Range<usize>>) -> Self {
        all.sort_by_key(|range| range.start);
        let mut apart: Vec<Range<usize>> = Vec::with_capacity(all.len());
        for range in all.into_iter().filter(|range| !range.is_empty()) {
            match apart.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => apart.push(range),
            }
        }
        Self(apart)
    }

    /// Whether a place has a byte in common with one of them.
    pub fn overlap(&self, place: &Range<usize>) -> bool {
        let next = self.0.partition_point(|range| range.end <= place.start);
        self.0.get(next).is_some_and(|range| range.start < place.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_overlaps_where_bytes_are_shared_and_not_where_ends_meet() {
        let ranges = Ranges::of(vec![10..12, 2..4, 4..6, 11..20, 30..30]);
        for (place, overlaps) in
            [(0..2, false), (0..3, true), (5..7, true), (6..10, false), (19..25, true), (29..31, false)]
        {
            assert_eq!(ranges.overlap(&place), overlaps, "{place:?}");
        }
    }
}
