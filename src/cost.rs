//! A cost: variants of one structure that all work, and differ in time.

/// One variant of a [`Cost`]: the same work on another layout or design.
pub struct Variant<M: 'static> {
    /// `broken`, `fixed`, or the name of what it tries.
    pub name: &'static str,
    /// Makes the memory that the threads work on.
    pub memory: fn() -> M,
    /// One operation of the first thread.
    pub left: fn(&M),
    /// One operation of the second thread.
    pub right: fn(&M),
}
