//! How much is done for what was pushed or read, for tests that it grows as the input does and no faster.

use std::cell::Cell;

thread_local! {
    static DONE: Cell<usize> = const { Cell::new(0) };
}

/// Counts bytes that are parsed, characters that are looked at, or images and tags that are read.
pub(crate) fn add(steps: usize) {
    DONE.set(DONE.get() + steps);
}

/// The steps that `act` takes.
pub(crate) fn steps<T>(act: impl FnOnce() -> T) -> usize {
    let before = DONE.get();
    act();
    DONE.get() - before
}
