//! Waiting for another thread: awake if it is about to come, and never in its way.

use std::hint::spin_loop;
use std::thread;

/// How many pauses, or looks, a thread waits awake. Without an end to it a hand-off between threads
/// on one CPU costs a slice of the scheduler, some milliseconds.
const AWAKE: u32 = 3000;

/// What to do when the other does not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manners {
    /// With a CPU for each: now and then, let somebody else use it.
    Alone,
    /// On a CPU that the other needs: give it away at once, and always.
    Sharing,
}

/// One thread's waiting.
pub(super) struct Patience {
    awake: u32,
    left: u32,
}

impl Patience {
    pub(super) fn new(manners: Manners) -> Patience {
        let awake = match manners {
            Manners::Alone => AWAKE,
            Manners::Sharing => 0,
        };
        Patience { awake, left: awake }
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
        self.left = self.awake;
        thread::yield_now();
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_stays_awake_for_a_while_and_then_makes_way() {
        let mut patience = Patience::new(Manners::Alone);
        let made_way: Vec<u32> = (0..=2 * AWAKE + 1).filter(|_| patience.look()).collect();
        assert_eq!(made_way, [AWAKE, 2 * AWAKE + 1]);
    }

    #[test]
    fn a_thread_that_shares_its_cpu_always_makes_way() {
        let mut patience = Patience::new(Manners::Sharing);
        assert!((0..10).all(|_| patience.look()));
    }
}
