//! Some threads, each kept on its own CPU where that is possible, that work together.

use super::backoff::{Backoff, Strategy};
use super::cpu;
use super::spin_barrier::SpinBarrier;
use std::panic::resume_unwind;
use std::thread::{self, ScopedJoinHandle};

/// The CPU affinity of some threads that work together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// How many threads.
    pub threads: usize,
    /// One for each thread, or all for all.
    pub cpus: Vec<usize>,
    /// Whether each thread has a CPU of its own.
    pub alone: bool,
}

impl Placement {
    /// The first of these CPUs, one for each thread, if there are enough; otherwise all.
    pub fn new(threads: usize, cpus: &[usize]) -> Placement {
        let alone = threads <= cpus.len();
        let used = if alone { threads } else { cpus.len() };
        Placement { threads, cpus: cpus[..used].to_vec(), alone }
    }

    fn of(&self, thread: usize) -> &[usize] {
        if self.alone { &self.cpus[thread..=thread] } else { &self.cpus }
    }
}

/// What a thread knows of itself, and how it meets the others.
pub struct Worker<'g> {
    /// Which of the threads this is, from 0.
    pub number: usize,
    /// Whether it is kept on its CPU.
    pub pinned: bool,
    strategy: Strategy,
    barrier: &'g SpinBarrier,
}

impl Worker<'_> {
    /// Waits for all others. False: one of them is gone, and this thread has to go as well.
    #[must_use]
    pub fn meet(&self) -> bool {
        self.barrier.wait(self.strategy, || ())
    }

    /// Like `meet`; the last to arrive does `last` before any goes on.
    #[must_use]
    pub fn meet_then(&self, last: impl FnOnce()) -> bool {
        self.barrier.wait(self.strategy, last)
    }

    /// For a wait of another kind.
    pub(super) fn backoff(&self) -> Backoff {
        Backoff::new(self.strategy)
    }
}

/// Lets the others pass the barrier if its thread leaves by a panic.
struct Leaving<'g>(&'g SpinBarrier);

impl Drop for Leaving<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.abort();
        }
    }
}

/// Runs `work` once on each thread, and returns what each came to. The calling thread only waits: it
/// is never pinned. A panic of one is passed on once all have ended.
pub fn run<T: Send>(placement: &Placement, work: impl Fn(Worker) -> T + Sync) -> Vec<T> {
    let barrier = SpinBarrier::new(placement.threads);
    let strategy = match placement.alone {
        true => Strategy::SpinThenYield,
        false => Strategy::AlwaysYield,
    };
    let (barrier, work) = (&barrier, &work);
    let work_as = move |number: usize| {
        let _leaving = Leaving(barrier);
        work(Worker { number, pinned: cpu::pin(placement.of(number)), strategy, barrier })
    };
    thread::scope(|scope| {
        // Should the system refuse a thread, the others must not wait for it.
        let _leaving = Leaving(barrier);
        let threads: Vec<ScopedJoinHandle<T>> =
            (0..placement.threads).map(|number| scope.spawn(move || work_as(number))).collect();
        let ends: Vec<_> = threads.into_iter().map(ScopedJoinHandle::join).collect();
        ends.into_iter().map(|end| end.unwrap_or_else(|panic| resume_unwind(panic))).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::panics;
    use std::panic::catch_unwind;

    #[test]
    fn each_thread_has_its_own_cpu_if_there_are_enough() {
        let placement = Placement::new(2, &[4, 2, 6]);
        assert_eq!((placement.of(0), placement.of(1)), (&[4][..], &[2][..]));
        assert_eq!((placement.cpus, placement.alone), (vec![4, 2], true));
    }

    #[test]
    fn too_many_threads_share_all_cpus() {
        let placement = Placement::new(3, &[4, 2]);
        assert!((0..3).all(|thread| placement.of(thread) == [4, 2]));
        assert!(!placement.alone);
    }

    #[test]
    fn everybody_works_once() {
        let placement = Placement::new(4, cpu::allowed());
        assert_eq!(run(&placement, |worker| worker.number), [0, 1, 2, 3]);
    }

    #[test]
    fn a_panic_frees_those_who_wait_and_is_passed_on() {
        let placement = Placement::new(2, cpu::allowed());
        let end = catch_unwind(|| {
            run(&placement, |worker| {
                if worker.number == 1 {
                    panics::quiet(true);
                    panic!("on purpose");
                }
                assert!(!worker.meet());
            })
        });
        let panic = end.expect_err("the panic of thread 1");
        assert_eq!(panic.downcast_ref::<&str>(), Some(&"on purpose"));
    }
}
