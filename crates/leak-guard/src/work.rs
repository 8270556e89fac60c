//! How much of a text is gone through, counted in tests alone: that the guard's work grows as its text is asserted by
//! this, not by a clock.

#[cfg(test)]
use std::cell::Cell;

#[cfg(test)]
thread_local! {
    static BYTES: Cell<usize> = const { Cell::new(0) };
}

/// So many bytes are about to be gone through by one pattern, or compared.
#[inline]
pub(crate) fn goes_through(bytes: usize) {
    #[cfg(test)]
    BYTES.set(BYTES.get() + bytes);
    #[cfg(not(test))]
    let _ = bytes;
}

/// What was gone through on this thread while something ran.
#[cfg(test)]
pub(crate) fn of(run: impl FnOnce()) -> usize {
    let before = BYTES.get();
    run();
    BYTES.get() - before
}
