//! Who decides what a read reads and where a write stands, where not all of it is explored: chance, or
//! a hand.

/// Decides in place of the search; then nothing is left to other runs.
pub(super) enum Decides {
    Chance(fastrand::Rng),
    Hand(Wanted),
}

/// What is wanted of the operation that comes next.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wanted {
    /// It reads a store so much older than the newest, or stands so many places before the last.
    pub(super) older: usize,
    /// What std allows without a reason happens in it.
    pub(super) whim: bool,
    /// How many there are to choose from, when it was performed.
    pub(super) offered: usize,
}
