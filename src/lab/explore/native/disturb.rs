//! Noise on purpose: a thread that wakes at random, and preempts those that run on its CPUs.

use super::cpu;
use super::random::Random;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

/// The longest sleep, in nanoseconds. On one CPU it made a race fail within half a second in 97 of 100
/// runs, and in 7 without; how much it helps depends on the machine code.
const LONGEST_NAP: u64 = 200_000;
/// The stream of random numbers beside those of the threads and their leader.
const STREAM: usize = usize::MAX - 2;

/// Ends the thread, whichever way the work ends.
struct Ending<'a>(&'a AtomicBool);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.store(true, Relaxed);
    }
}

/// Does `work` while such a thread disturbs it on these CPUs.
pub(super) fn disturb<T>(cpus: &[usize], seed: u64, work: impl FnOnce() -> T) -> T {
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            // Where it cannot be pinned it disturbs whichever thread it meets.
            let _ = cpu::pin(cpus);
            let mut random = Random::new(seed, STREAM);
            while !over.load(Relaxed) {
                thread::sleep(Duration::from_nanos(random.below(LONGEST_NAP)));
            }
        });
        let _ending = Ending(&over);
        work()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_ends_when_the_work_does() {
        assert_eq!(disturb(cpu::allowed(), 0, || 7), 7);
    }

    #[test]
    #[should_panic(expected = "on purpose")]
    fn it_ends_when_the_work_panics() {
        disturb(cpu::allowed(), 0, || {
            crate::explore::panics::quiet(true);
            panic!("on purpose")
        })
    }
}
