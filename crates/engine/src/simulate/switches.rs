//! Which mechanisms are in force: all of them, but for the coalitions of a ledger.

use terms::Mechanism;

/// A set of mechanisms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Switches(u16);

impl Switches {
    /// Every mechanism in force.
    pub const ALL: Self = Self((1 << Mechanism::ALL.len()) - 1);

    /// The set whose bit `i` says whether `Mechanism::ALL[i]` is in force.
    pub const fn from_bits(bits: u16) -> Self {
        Self(bits)
    }

    /// Whether `mechanism` is in force.
    #[inline]
    pub const fn contains(self, mechanism: Mechanism) -> bool {
        self.0 & (1 << mechanism as u16) != 0
    }
}
