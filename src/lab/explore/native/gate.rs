//! A gate that opens when all threads stand before it, and for good when one of them panics.

use super::patience::{Manners, Patience};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::*};

/// A spinning barrier for a fixed number of threads.
pub(super) struct Gate {
    threads: usize,
    arrived: AtomicUsize,
    opened: AtomicUsize,
    broken: AtomicBool,
}

impl Gate {
    pub(super) fn new(threads: usize) -> Gate {
        Gate {
            threads,
            arrived: AtomicUsize::new(0),
            opened: AtomicUsize::new(0),
            broken: AtomicBool::new(false),
        }
    }

    /// Waits for all others; the last to arrive does `last` before it opens the gate. False: the
    /// gate is broken.
    #[must_use]
    pub(super) fn pass(&self, manners: Manners, last: impl FnOnce()) -> bool {
        let opened = self.opened.load(Relaxed);
        // Whoever is last has seen what all others did before they arrived.
        if self.arrived.fetch_add(1, AcqRel) + 1 == self.threads {
            last();
            self.arrived.store(0, Relaxed);
            // The others acquire it, and with it the 0 above.
            self.opened.store(opened.wrapping_add(1), Release);
        } else {
            let mut patience = Patience::new(manners);
            while self.opened.load(Acquire) == opened {
                if self.broken.load(Relaxed) {
                    return false;
                }
                patience.wait();
            }
        }
        !self.broken.load(Relaxed)
    }

    /// Lets everybody go, now and from now on.
    pub(super) fn break_open(&self) {
        self.broken.store(true, Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    const MANNERS: Manners = Manners::Sharing;

    #[test]
    fn nobody_passes_before_all_have_come() {
        let (gate, passes) = (Gate::new(3), AtomicUsize::new(0));
        thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    for round in 0..100 {
                        assert!(gate.pass(MANNERS, || ()));
                        passes.fetch_add(1, Relaxed);
                        assert!(gate.pass(MANNERS, || ()));
                        assert_eq!(passes.load(Relaxed), (round + 1) * 3);
                    }
                });
            }
        });
    }

    #[test]
    fn the_last_to_arrive_acts_before_anybody_passes() {
        let (gate, acts) = (Gate::new(2), AtomicUsize::new(0));
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    assert!(gate.pass(MANNERS, || {
                        acts.fetch_add(1, Relaxed);
                    }));
                    assert_eq!(acts.load(Relaxed), 1);
                });
            }
        });
    }

    #[test]
    fn a_broken_gate_holds_nobody() {
        let gate = Gate::new(2);
        gate.break_open();
        assert!(!gate.pass(MANNERS, || ()));
    }
}
