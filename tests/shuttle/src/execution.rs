//! What one execution has besides: numbers for its threads, and for what they take by chance.

use std::cell::Cell;

// All threads of an execution run on one thread of the system.
std::thread_local! {
    static THREADS: Cell<usize> = const { Cell::new(0) };
}

loom::thread_local! {
    static NUMBER: Cell<usize> = Cell::new(0);
}

/// An execution begins, with the thread 0.
pub(crate) fn begins() {
    THREADS.set(0);
}

/// Another thread is started, and this is its number.
pub(crate) fn starts() -> usize {
    THREADS.set(THREADS.get() + 1);
    THREADS.get()
}

/// The thread that runs is the one of this number.
pub(crate) fn is(number: usize) {
    NUMBER.with(|own| own.set(number));
}

/// The number of the thread that runs.
pub(crate) fn number() -> usize {
    NUMBER.with(Cell::get)
}
