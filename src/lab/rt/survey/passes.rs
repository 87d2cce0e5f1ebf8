//! Load buffering: a load that is overtaken by a later store of its thread.
//!
//! C11 allows it round a circle of threads, each of which reads a word before it writes the next,
//! unless one write on that circle synchronises with the read of it: by a release and an acquire, of
//! the accesses themselves or of fences between the two of a thread.

use std::collections::BTreeSet;
use std::sync::atomic::Ordering::{self, AcqRel, Acquire, Release, SeqCst};

use crate::rt::observe::Seen;
use crate::rt::op::{Kind, MAX_THREADS, Memory, Object};

/// A thread reads a word, and later writes another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Pass {
    thread: usize,
    reads: Object,
    writes: Object,
    acquires: bool,
    releases: bool,
}

/// A read, and the fences since.
#[derive(Clone, Copy, Debug)]
struct Read {
    word: Object,
    acquires: bool,
    released: bool,
}

/// Which threads read one word and wrote another later, over all executions.
#[derive(Debug, Default)]
pub(super) struct Passes {
    all: BTreeSet<Pass>,
    reads: [Vec<Read>; MAX_THREADS],
}

fn acquires(order: Option<Ordering>) -> bool {
    matches!(order, Some(Acquire | AcqRel | SeqCst))
}

fn releases(order: Option<Ordering>) -> bool {
    matches!(order, Some(Release | AcqRel | SeqCst))
}

impl Passes {
    pub(super) fn begin(&mut self) {
        self.reads.iter_mut().for_each(Vec::clear);
    }

    pub(super) fn see(&mut self, thread: usize, seen: &Seen) {
        let (memory, word) = (seen.op.kind.memory(), seen.op.object);
        if seen.op.kind == Kind::Fence {
            for read in &mut self.reads[thread] {
                read.acquires |= acquires(seen.order);
                read.released |= releases(seen.order);
            }
        }
        if matches!(seen.op.kind, Kind::CellRead | Kind::CellWrite) {
            return;
        }
        if seen.wrote.is_some() && memory != Memory::Untouched {
            for read in self.reads[thread].iter().filter(|read| read.word != word) {
                self.all.insert(Pass {
                    thread,
                    reads: read.word,
                    writes: word,
                    acquires: read.acquires,
                    releases: read.released || releases(seen.order),
                });
            }
        }
        if seen.read.is_some() && matches!(memory, Memory::Reads | Memory::Updates) {
            let acquires = acquires(seen.order);
            self.reads[thread].push(Read { word, acquires, released: false });
        }
    }

    /// Whether there is such a circle.
    pub(super) fn circle(&self) -> bool {
        self.all.iter().any(|first| self.closes(first, first, 1 << first.thread))
    }

    /// Whether a circle that has come from `first` to `last`, through these threads, can be closed.
    fn closes(&self, first: &Pass, last: &Pass, through: u16) -> bool {
        let goes = |next: &Pass| next.reads == last.writes && !(last.releases && next.acquires);
        self.all.iter().any(|next| {
            goes(next)
                && match through >> next.thread & 1 {
                    0 => self.closes(first, next, through | 1 << next.thread),
                    _ => next == first && last.thread != first.thread,
                }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pass(thread: usize, reads: u32, writes: u32, acquires: bool, releases: bool) -> Pass {
        Pass { thread, reads: Object(reads), writes: Object(writes), acquires, releases }
    }

    fn circle(passes: &[Pass]) -> bool {
        Passes { all: passes.iter().copied().collect(), ..Passes::default() }.circle()
    }

    #[test]
    fn a_circle_of_threads_without_a_release_that_is_acquired() {
        let back = pass(2, 8, 7, false, false);
        assert!(circle(&[pass(1, 7, 8, false, false), back]));
        assert!(circle(&[pass(1, 7, 8, true, false), back]), "an acquire without a release");
        assert!(circle(&[pass(1, 7, 8, false, true), back]), "a release without an acquire");
        assert!(!circle(&[pass(1, 7, 8, true, true), pass(2, 8, 7, true, true)]));
        assert!(!circle(&[pass(1, 7, 8, false, true), pass(2, 8, 7, true, false)]));
        assert!(!circle(&[pass(1, 7, 8, false, false), pass(1, 8, 7, false, false)]));
        let three = [pass(1, 7, 8, false, false), pass(2, 8, 9, false, false)];
        assert!(!circle(&three));
        assert!(circle(&[three[0], three[1], pass(3, 9, 7, false, false)]));
    }
}
