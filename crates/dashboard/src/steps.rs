//! Counts steps of work, so that tests can check that the work grows only as fast as the input.

use std::cell::Cell;

thread_local! {
    static DONE: Cell<usize> = const { Cell::new(0) };
}

/// Counts bytes that are parsed, characters that are checked, or images and tags that are read.
pub(crate) fn add(steps: usize) {
    DONE.set(DONE.get() + steps);
}

/// The number of steps that `act` takes.
pub(crate) fn of<T>(act: impl FnOnce() -> T) -> usize {
    let before = DONE.get();
    act();
    DONE.get() - before
}
