//! Waiting for another thread: spinning while it is about to come, and never in its way.

use std::hint::spin_loop;
use std::thread;

/// How many pauses, or looks, a thread spins. Without an end to it a hand-off between threads
/// on one CPU costs a slice of the scheduler, some milliseconds.
const SPINS: u32 = 3000;

/// How a thread waits, by whether the other needs its CPU.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strategy {
    /// With a CPU for each: spin, and yield to the operating system now and then.
    SpinThenYield,
    /// On a CPU that the other needs: yield at each look.
    AlwaysYield,
}

/// One wait of one thread.
pub(super) struct Backoff {
    spins: u32,
    left: u32,
}

impl Backoff {
    pub(super) fn new(strategy: Strategy) -> Backoff {
        let spins = match strategy {
            Strategy::SpinThenYield => SPINS,
            Strategy::AlwaysYield => 0,
        };
        Backoff { spins, left: spins }
    }

    /// Waits a little.
    #[inline]
    pub(super) fn wait(&mut self) {
        if !self.look() {
            spin_loop();
        }
    }

    /// Waits for no more than the next look, without a pause: one takes up to 140 cycles, too long
    /// where the time is taken. True if it took long after all.
    #[inline]
    pub(super) fn look(&mut self) -> bool {
        if self.left > 0 {
            self.left -= 1;
            return false;
        }
        self.left = self.spins;
        thread::yield_now();
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_spins_for_a_while_and_then_makes_way() {
        let mut backoff = Backoff::new(Strategy::SpinThenYield);
        let made_way: Vec<u32> = (0..=2 * SPINS + 1).filter(|_| backoff.look()).collect();
        assert_eq!(made_way, [SPINS, 2 * SPINS + 1]);
    }

    #[test]
    fn a_thread_that_shares_its_cpu_always_makes_way() {
        let mut backoff = Backoff::new(Strategy::AlwaysYield);
        assert!((0..10).all(|_| backoff.look()));
    }
}
