//! Ways to break the clocks on purpose.

/// A way to break them: the tests must notice each. Compiled only for tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(test), allow(dead_code))]
pub(crate) enum Sabotage {
    /// Every load acquires.
    EveryLoadAcquires,
    /// Fences order nothing.
    NoFences,
    /// Giving a lock back releases nothing.
    NoUnlock,
    /// What is done to one part of a lock is told with the last alone.
    LastPartOnly,
    /// Reads are forgotten: only a write can be raced.
    ForgetReads,
    /// A read-modify-write ends a release sequence, as a plain store does.
    BrokenSequence,
    /// A plain store continues a release sequence, as C++11 had it for the thread that began it.
    StoresContinue,
    /// The end of an object races with nothing, and the end of what lies behind a pointer neither.
    EndsFreely,
    /// The end of what lies behind a pointer races with nothing.
    FreesFreely,
    /// Whoever makes an object has made it for all, and whoever publishes it too.
    MadeForAll,
    /// Whoever stores a pointer has published for all what lies behind it.
    PublishedForAll,
    /// A change of what lies behind a pointer races with nothing.
    ChangesFreely,
}

#[cfg(test)]
thread_local! {
    pub(crate) static SABOTAGE: std::cell::Cell<Option<Sabotage>> =
        const { std::cell::Cell::new(None) };
}

#[cfg(test)]
pub(super) fn is(sabotage: Sabotage) -> bool {
    SABOTAGE.get() == Some(sabotage)
}

#[cfg(not(test))]
#[inline(always)]
pub(super) fn is(_: Sabotage) -> bool {
    false
}
