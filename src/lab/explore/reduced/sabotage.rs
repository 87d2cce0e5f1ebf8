//! Ways to break the search on purpose: the tests must notice each. Compiled only for tests.

/// One step of the algorithm left out or done wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(test), allow(dead_code))]
pub(super) enum Sabotage {
    /// The search visits everything: no sabotage, but the oracle of the tests.
    Everything,
    /// Races between two takings of a lock are not reversed.
    NoLockRaces,
    /// Races between a read and a later write are not reversed.
    NoReadRaces,
    /// A thread that sleeps never wakes.
    NeverWake,
    /// A failed compare-exchange depends on nothing.
    FailedExchangeIndependent,
    /// Where a race is reversed, the later thread goes first whether it may or not.
    WrongInitial,
    /// Operations that a deadlock kept from running race with nothing.
    IgnoreNeverRun,
    /// Nor do those that could not run where an execution was given up.
    IgnoreWaiting,
    /// An attempt to take a lock races with nothing.
    NoTryRaces,
    /// Readers of a lock race with no writer.
    NoSharedLockRaces,
    /// A look at what threads meet at races with nothing.
    NoLookRaces,
    /// A time is never up before its turn.
    NeverLate,
    /// A later operation on a lock hides an earlier one although nobody could come before it.
    HiddenByTheImpossible,
    /// A read-modify-write that leaves the value as it was is a read.
    SameIsARead,
    /// A weak exchange that succeeds is not tried failing.
    NeverFails,
}

#[cfg(test)]
thread_local! {
    pub(super) static SABOTAGE: std::cell::Cell<Option<Sabotage>> =
        const { std::cell::Cell::new(None) };
}

/// Whether the search is being broken in this way.
#[cfg(test)]
pub(super) fn is(sabotage: Sabotage) -> bool {
    SABOTAGE.get() == Some(sabotage)
}

/// Whether the search is being broken in this way: never, outside tests.
#[cfg(not(test))]
#[inline(always)]
pub(super) fn is(_: Sabotage) -> bool {
    false
}
