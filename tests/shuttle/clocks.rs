//! What shuttle's tests of behaviour take from its tests of clocks.

/// The number of the thread that runs.
pub fn me() -> usize {
    shuttle::current::me().into()
}

/// Vector clocks are shuttle's own, and nobody asks here what is in them.
pub fn check_clock(_holds: impl Fn(usize, u32) -> bool) {}
