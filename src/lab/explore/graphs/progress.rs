//! What a thread has done since it last yielded: whether a loop that waits goes round once more.
//!
//! A thread that yields and has written nothing since it last did waits there for good: what would
//! let it go on is read by the reads that it has made, in another run. So a loop that waits costs one
//! read. It goes round further where nobody else can go on ([`super::stopped`]), and where its yields
//! are free.

use crate::rt::blocking::LATE;
use crate::rt::context;
use crate::rt::op::{Kind, Lock, MAX_THREADS, Object, Op};

/// So many yields of each thread hold nobody up who has written since the last. Then they do, or a
/// loop that writes in each round would have no end.
pub(super) const ROUNDS: u32 = 3;

/// What the threads of one run have done.
#[derive(Default)]
pub(super) struct Progress {
    /// Whether it has written, and looked, since it last yielded.
    wrote: [bool; MAX_THREADS],
    looked: [bool; MAX_THREADS],
    /// Locks that it has taken since then, and has not given back: to wait with them is to have come
    /// further than before them.
    took: [u32; MAX_THREADS],
    /// From which of its events on.
    pub(super) since: [usize; MAX_THREADS],
    /// Plain memory that it has looked at since then, and when.
    pub(super) cells: [Vec<(Object, usize)>; MAX_THREADS],
    /// The last write to plain memory, by object: by whom, and when.
    written: Vec<(Object, usize, usize)>,
    steps: usize,
    rounds: [u32; MAX_THREADS],
    free: [u32; MAX_THREADS],
    /// How often a thread's time was up, and whether it is.
    late: [u32; MAX_THREADS],
    is_late: [bool; MAX_THREADS],
    /// A loop was held up that writes in each round, or a time was not up though it could have been.
    pub(super) held_up: bool,
    pub(super) too_late: bool,
}

impl Progress {
    /// Begins a run; what was ever cut off stays known.
    pub(super) fn begin(&mut self) {
        let (held_up, too_late) = (self.held_up, self.too_late);
        *self = Progress { held_up, too_late, ..Progress::default() };
    }

    /// A thread has written a word; `changes` says that its value is another now.
    pub(super) fn wrote(&mut self, thread: usize, changes: bool) {
        self.wrote[thread] |= changes;
    }

    /// A thread has performed an operation on what threads wait for.
    pub(super) fn met(&mut self, thread: usize, op: Op) {
        self.wrote[thread] |= op.kind.moves();
        match op.kind.lock() {
            Lock::Takes => self.took[thread] += 1,
            Lock::Gives => self.took[thread] = self.took[thread].saturating_sub(1),
            Lock::Tries | Lock::Apart => {}
        }
    }

    /// A thread is about to perform an operation that has no place in the graph.
    pub(super) fn step(&mut self, thread: usize, op: Op) {
        self.steps += 1;
        match op.kind {
            Kind::CellRead => {
                self.cells[thread].push((op.object, self.steps));
                self.looked[thread] = true;
            }
            Kind::CellWrite => {
                self.written.retain(|written| written.0 != op.object);
                self.written.push((op.object, thread, self.steps));
            }
            _ => {}
        }
    }

    /// A thread has looked at something.
    pub(super) fn looked(&mut self, thread: usize) {
        self.looked[thread] = true;
    }

    /// A thread begins another call: whatever it yields in is no loop that it was in before.
    pub(super) fn call_begins(&mut self, thread: usize) {
        (self.wrote[thread], self.looked[thread]) = (false, false);
        self.cells[thread].clear();
    }

    /// Whether a thread that is about to yield may go on.
    pub(super) fn goes_on(&mut self, thread: usize) -> bool {
        if !self.looked[thread] {
            return true;
        }
        let moved = self.moved(thread);
        let more = moved && self.rounds[thread] < ROUNDS;
        self.held_up |= moved && !more;
        more
    }

    /// Whether a thread has come further since it last yielded.
    fn moved(&self, thread: usize) -> bool {
        self.wrote[thread] || self.took[thread] > 0
    }

    /// How many of a thread's yields were free.
    pub(super) fn free(&self, thread: usize) -> u32 {
        self.free[thread]
    }

    /// A thread yields and goes on, for nothing if `free`; it has made so many events.
    pub(super) fn yields(&mut self, thread: usize, free: bool, events: usize) {
        self.free[thread] += free as u32;
        self.rounds[thread] += (self.moved(thread) && !free) as u32;
        (self.wrote[thread], self.looked[thread], self.took[thread]) = (false, false, 0);
        self.since[thread] = events;
        self.cells[thread].clear();
    }

    /// Whether plain memory that a thread has looked at was written since by another.
    pub(super) fn cell_changed(&self, thread: usize) -> bool {
        self.cells[thread].iter().any(|&(object, when)| {
            let later = |&&(of, by, at): &&(Object, usize, usize)| {
                of == object && by != thread && at > when
            };
            self.written.iter().find(later).is_some()
        })
    }

    /// Whether a thread that waits wakes without a reason.
    pub(super) fn wakes(&self, thread: usize) -> bool {
        context::with(|context| context.met.get().wakes_spuriously(thread))
    }

    /// Whether the time of a thread may be up now.
    pub(super) fn may_be_late(&mut self, thread: usize) -> bool {
        let may = self.late[thread] < LATE;
        self.too_late |= !may;
        may
    }

    /// Says whether the time of a thread is up in what it does next.
    pub(super) fn set_late(&mut self, thread: usize, is_late: bool) {
        self.is_late[thread] = is_late;
    }

    /// A thread goes on because its time is up.
    pub(super) fn late(&mut self, thread: usize) {
        self.late[thread] += 1;
    }

    pub(super) fn is_late(&self, thread: usize) -> bool {
        self.is_late[thread]
    }
}
