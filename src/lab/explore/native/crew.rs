//! Some threads, each kept on its own CPU where that is possible, that work together.

use super::cpu;
use super::gate::Gate;
use super::patience::{Manners, Patience};
use std::panic::resume_unwind;
use std::thread::{self, ScopedJoinHandle};

/// Where the threads of a crew run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Posts {
    pub(super) threads: usize,
    /// One for each thread, or all for all.
    pub(super) cpus: Vec<usize>,
    /// Whether each thread has a CPU of its own.
    pub(super) alone: bool,
}

impl Posts {
    /// The first of these CPUs, one for each thread, if there are enough; otherwise all.
    pub(super) fn new(threads: usize, cpus: &[usize]) -> Posts {
        let alone = threads <= cpus.len();
        let used = if alone { threads } else { cpus.len() };
        Posts { threads, cpus: cpus[..used].to_vec(), alone }
    }

    fn of(&self, thread: usize) -> &[usize] {
        if self.alone { &self.cpus[thread..=thread] } else { &self.cpus }
    }
}

/// One thread of a crew.
pub(super) struct Member<'g> {
    pub(super) number: usize,
    pub(super) pinned: bool,
    manners: Manners,
    gate: &'g Gate,
}

impl Member<'_> {
    /// Waits for all others. False: one of them is gone, and this thread has to go as well.
    #[must_use]
    pub(super) fn meet(&self) -> bool {
        self.gate.pass(self.manners, || ())
    }

    /// Like `meet`; the last to arrive does `last` before any goes on.
    #[must_use]
    pub(super) fn meet_then(&self, last: impl FnOnce()) -> bool {
        self.gate.pass(self.manners, last)
    }

    /// For a wait of another kind.
    pub(super) fn patience(&self) -> Patience {
        Patience::new(self.manners)
    }
}

/// Opens the gate for the others if its thread leaves by a panic.
struct Leaving<'g>(&'g Gate);

impl Drop for Leaving<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.break_open();
        }
    }
}

/// Runs `work` once on each post, and returns what each came to. The calling thread only waits: it
/// is never pinned. A panic of one is passed on once all have ended.
pub(super) fn run<T: Send>(posts: &Posts, work: impl Fn(Member) -> T + Sync) -> Vec<T> {
    let gate = Gate::new(posts.threads);
    let manners = match posts.alone {
        true => Manners::Alone,
        false => Manners::Sharing,
    };
    let (gate, work) = (&gate, &work);
    let work_as = move |number: usize| {
        let _leaving = Leaving(gate);
        work(Member { number, pinned: cpu::pin(posts.of(number)), manners, gate })
    };
    thread::scope(|scope| {
        // Should the system refuse a thread, the others must not wait for it.
        let _leaving = Leaving(gate);
        let threads: Vec<ScopedJoinHandle<T>> =
            (0..posts.threads).map(|number| scope.spawn(move || work_as(number))).collect();
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
        let posts = Posts::new(2, &[4, 2, 6]);
        assert_eq!((posts.of(0), posts.of(1)), (&[4][..], &[2][..]));
        assert_eq!((posts.cpus, posts.alone), (vec![4, 2], true));
    }

    #[test]
    fn too_many_threads_share_all_cpus() {
        let posts = Posts::new(3, &[4, 2]);
        assert!((0..3).all(|thread| posts.of(thread) == [4, 2]));
        assert!(!posts.alone);
    }

    #[test]
    fn everybody_works_once() {
        let posts = Posts::new(4, cpu::allowed());
        assert_eq!(run(&posts, |member| member.number), [0, 1, 2, 3]);
    }

    #[test]
    fn a_panic_frees_those_who_wait_and_is_passed_on() {
        let posts = Posts::new(2, cpu::allowed());
        let end = catch_unwind(|| {
            run(&posts, |member| {
                if member.number == 1 {
                    panics::quiet(true);
                    panic!("on purpose");
                }
                assert!(!member.meet());
            })
        });
        let panic = end.expect_err("the panic of thread 1");
        assert_eq!(panic.downcast_ref::<&str>(), Some(&"on purpose"));
    }
}
