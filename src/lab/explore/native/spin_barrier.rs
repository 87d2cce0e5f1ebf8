//! A reusable barrier that spins, and that holds nobody any more once a thread has panicked.

use super::backoff::{Backoff, Strategy};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::*};

/// A spinning barrier for a fixed number of threads.
pub(super) struct SpinBarrier {
    threads: usize,
    arrived: AtomicUsize,
    opened: AtomicUsize,
    aborted: AtomicBool,
}

impl SpinBarrier {
    pub(super) fn new(threads: usize) -> SpinBarrier {
        SpinBarrier {
            threads,
            arrived: AtomicUsize::new(0),
            opened: AtomicUsize::new(0),
            aborted: AtomicBool::new(false),
        }
    }

    /// Waits for all others; the last to arrive does `last` before any goes on. False: the barrier
    /// was aborted.
    #[must_use]
    pub(super) fn wait(&self, strategy: Strategy, last: impl FnOnce()) -> bool {
        let opened = self.opened.load(Relaxed);
        // Whoever is last has seen what all others did before they arrived.
        if self.arrived.fetch_add(1, AcqRel) + 1 == self.threads {
            last();
            self.arrived.store(0, Relaxed);
            // The others acquire it, and with it the 0 above.
            self.opened.store(opened.wrapping_add(1), Release);
        } else {
            let mut backoff = Backoff::new(strategy);
            while self.opened.load(Acquire) == opened {
                if self.aborted.load(Relaxed) {
                    return false;
                }
                backoff.wait();
            }
        }
        !self.aborted.load(Relaxed)
    }

    /// Lets all threads pass, those that wait and those to come: one of them panics.
    pub(super) fn abort(&self) {
        self.aborted.store(true, Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    const STRATEGY: Strategy = Strategy::AlwaysYield;

    #[test]
    fn nobody_passes_before_all_have_come() {
        let (barrier, passes) = (SpinBarrier::new(3), AtomicUsize::new(0));
        thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    for round in 0..100 {
                        assert!(barrier.wait(STRATEGY, || ()));
                        passes.fetch_add(1, Relaxed);
                        assert!(barrier.wait(STRATEGY, || ()));
                        assert_eq!(passes.load(Relaxed), (round + 1) * 3);
                    }
                });
            }
        });
    }

    #[test]
    fn the_last_to_arrive_acts_before_anybody_passes() {
        let (barrier, acts) = (SpinBarrier::new(2), AtomicUsize::new(0));
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    assert!(barrier.wait(STRATEGY, || {
                        acts.fetch_add(1, Relaxed);
                    }));
                    assert_eq!(acts.load(Relaxed), 1);
                });
            }
        });
    }

    #[test]
    fn a_aborted_gate_holds_nobody() {
        let barrier = SpinBarrier::new(2);
        barrier.abort();
        assert!(!barrier.wait(STRATEGY, || ()));
    }
}
