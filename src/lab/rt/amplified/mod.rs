//! The facade on real threads that are made to take turns: each operation may yield first.
//!
//! For machines with one CPU, where two threads meet only at the end of a time slice. Its rows are
//! labelled, and no layout or cost is measured with it.

mod atomic;
mod engine;

use std::cell::Cell;

use super::op::{Kind, Lock};

pub use atomic::Of;
pub use engine::Amplified;

thread_local! {
    static RANDOM: Cell<u64> = const { Cell::new(0x9e37_79b9_7f4a_7c15) };
}

/// Gives this thread its own sequence of yields.
pub(crate) fn seed(seed: u64) {
    RANDOM.set(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
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
    RANDOM.with(|random| {
        let mut x = random.get();
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        random.set(x);
        if x & 3 == 0 {
            std::thread::yield_now();
        }
    });
}

super::face::face!(
    Amplified, words Of, owners [std::sync], statics [std::sync],
    unaligned crate::rt::unaligned::U64, meets std
);
