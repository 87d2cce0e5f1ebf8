//! The facade on real threads that are made to take turns: each operation may yield first.
//!
//! For machines with one CPU, where two threads meet only at the end of a time slice. Its rows are
//! labelled, and no layout or cost is measured with it.

mod atomic;
mod engine;

use super::op::{Kind, Lock};

pub use atomic::Of;
pub use engine::Amplified;

/// Gives this thread its own sequence of yields.
pub(crate) fn seed(seed: u64) {
    fastrand::seed(seed);
}

/// Yields before one operation in four. What is held is given back at once, and who yields needs
/// no yield before it.
#[inline]
pub(crate) fn before(kind: Kind) {
    if kind.lock() != Lock::Gives && kind != Kind::Yield {
        perhaps_yield();
    }
}

#[inline]
fn perhaps_yield() {
    if fastrand::u8(..) < 64 {
        std::thread::yield_now();
    }
}

super::face::face!(
    Amplified, words Of, owners [std::sync], statics [std::sync],
    unaligned crate::rt::unaligned::U64, meets std
);
