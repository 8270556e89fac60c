//! Sets of interactions, by their numbers over all parties.

/// Numbers in a set at most.
pub const MOST: usize = 64 * WORDS;
const WORDS: usize = 8;

/// A set of interactions.
pub type Set = [u64; WORDS];

pub fn put(set: &mut Set, number: usize) {
    set[number / 64] |= 1 << (number % 64);
}

pub fn minus(a: &Set, b: &Set) -> Set {
    std::array::from_fn(|word| a[word] & !b[word])
}

pub fn both(a: &Set, b: &Set) -> Set {
    std::array::from_fn(|word| a[word] & b[word])
}

pub fn is_within(a: &Set, b: &Set) -> bool {
    a.iter().zip(b).all(|(a, b)| a & !b == 0)
}

pub fn members(set: &Set) -> impl Iterator<Item = usize> + '_ {
    set.iter().enumerate().flat_map(|(word, &bits)| {
        std::iter::successors((bits != 0).then_some(bits), |bits| {
            let rest = bits & (bits - 1);
            (rest != 0).then_some(rest)
        })
        .map(move |bits| word * 64 + bits.trailing_zeros() as usize)
    })
}
