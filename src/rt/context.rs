//! What is known of the execution that is running: which thread, and what each is about to do.
//!
//! Both checkers run all threads of one execution on one operating-system thread, so a
//! `thread_local` is exactly the state of one execution. The current thread's number is set when a
//! thread starts and set again after each operation, for only an operation can switch threads.

use std::cell::Cell;

use super::op::{MAX_THREADS, Object, Op};
use crate::race::Outcome;

/// Something watches each performed operation: it records, keeps clocks, or looks for traps.
pub(crate) const RECORD: u8 = 1;
pub(crate) const CLOCKS: u8 = 2;
pub(crate) const SURVEY: u8 = 4;

/// What the harness does, as the driver of an exploration on shuttle must know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Harness {
    /// It makes the memory or judges it: it goes first.
    Working,
    /// It waits until these threads have ended, a bit each.
    Waiting(u16),
    /// It asks for another execution.
    Asking,
}

pub(crate) struct Context {
    /// The thread that runs now: 0 is the harness, the actors follow in their order.
    pub(crate) current: Cell<usize>,
    /// Threads started so far in this execution.
    pub(crate) threads: Cell<usize>,
    /// Actors are running: making the memory and judging it are not announced.
    pub(crate) active: Cell<bool>,
    /// What each thread will do next.
    pub(crate) pending: [Cell<Op>; MAX_THREADS],
    /// What each thread's last operation turned out to be: a failed compare-exchange was only a
    /// read. Set by the scheduler when it lets the thread go on, and corrected afterwards.
    pub(crate) performed: [Cell<Op>; MAX_THREADS],
    pub(crate) finished: [Cell<bool>; MAX_THREADS],
    next_object: [Cell<u32>; MAX_THREADS],
    /// Which observers are on, as bits.
    pub(crate) watching: Cell<u8>,
    /// An ordering or a lock is being weakened.
    pub(crate) weakening: Cell<bool>,
    /// Guards dropped while unwinding wait here for the end of the unwinding.
    pub(crate) deferred: Cell<bool>,
    /// Operations announced in this execution.
    pub(crate) steps: Cell<usize>,
    /// Changes from one thread to another between operations.
    pub(crate) switches: Cell<usize>,
    /// The thread of the last operation.
    last: Cell<usize>,
    /// Reads that returned an older value than the newest.
    pub(crate) stale: Cell<usize>,
    /// Why this execution was not modelled faithfully, if so.
    pub(crate) unmodelled: Cell<Option<&'static str>>,
    /// What the execution amounted to, once it was judged.
    pub(crate) outcome: Cell<Option<Outcome>>,
    /// The index of an actor that panicked where none may.
    pub(crate) panicked: Cell<Option<usize>>,
    pub(crate) harness: Cell<Harness>,
    /// Whether there is another execution, where the harness asked for one.
    pub(crate) another: Cell<bool>,
    /// The scheduler has given this execution up: its threads are being taken down.
    pub(crate) stopping: Cell<bool>,
}

thread_local! {
    static CONTEXT: Context = const { Context::new() };
}

impl Context {
    const fn new() -> Context {
        Context {
            current: Cell::new(0),
            threads: Cell::new(1),
            active: Cell::new(false),
            pending: [const { Cell::new(Op::LOCAL) }; MAX_THREADS],
            performed: [const { Cell::new(Op::LOCAL) }; MAX_THREADS],
            finished: [const { Cell::new(false) }; MAX_THREADS],
            next_object: [const { Cell::new(0) }; MAX_THREADS],
            watching: Cell::new(0),
            weakening: Cell::new(false),
            deferred: Cell::new(false),
            steps: Cell::new(0),
            switches: Cell::new(0),
            last: Cell::new(0),
            stale: Cell::new(0),
            unmodelled: Cell::new(None),
            outcome: Cell::new(None),
            panicked: Cell::new(None),
            harness: Cell::new(Harness::Working),
            another: Cell::new(false),
            stopping: Cell::new(false),
        }
    }

    /// Begins an execution: everything about the last one is forgotten.
    pub(crate) fn begin(&self) {
        self.current.set(0);
        self.threads.set(1);
        self.active.set(false);
        for thread in 0..MAX_THREADS {
            self.pending[thread].set(Op::LOCAL);
            self.performed[thread].set(Op::LOCAL);
            self.finished[thread].set(false);
            self.next_object[thread].set(0);
        }
        self.steps.set(0);
        self.switches.set(0);
        self.last.set(0);
        self.stale.set(0);
        self.unmodelled.set(None);
        self.outcome.set(None);
        self.panicked.set(None);
        self.stopping.set(false);
    }

    /// The number of a new thread.
    ///
    /// # Panics
    /// When there are more than [`MAX_THREADS`]; the exploration reports it.
    pub(crate) fn new_thread(&self) -> usize {
        let thread = self.threads.get();
        assert!(thread < MAX_THREADS, "racelab: more than {MAX_THREADS} threads in one execution");
        self.threads.set(thread + 1);
        thread
    }

    /// The identity of an object made now by the current thread.
    pub(crate) fn new_object(&self) -> Object {
        let thread = self.current.get();
        let number = self.next_object[thread].get() + 1;
        self.next_object[thread].set(number);
        Object::numbered(thread, number)
    }
}

/// Reaches the context of the execution on this operating-system thread.
#[inline]
pub(crate) fn with<R>(f: impl FnOnce(&Context) -> R) -> R {
    CONTEXT.with(f)
}

/// Announces `op`, performs it by `act` (which may switch threads on entry), and says afterwards
/// that this thread runs again. Returns what `act` returned.
#[inline]
pub(crate) fn perform<R>(op: Op, act: impl FnOnce() -> R) -> R {
    with(|context| {
        if context.deferred.get() {
            super::deferred::release();
        }
        if !context.active.get() {
            return act();
        }
        if context.watching.get() & RECORD != 0 {
            super::record::settle();
        }
        let me = context.current.get();
        context.pending[me].set(op);
        let result = act();
        context.current.set(me);
        context.steps.set(context.steps.get() + 1);
        if context.last.replace(me) != me {
            context.switches.set(context.switches.get() + 1);
        }
        context.pending[me].set(Op::LOCAL);
        result
    })
}

/// Corrects what the current thread's operation was: a read-modify-write that changed nothing is
/// a read, or waiting loops on it would never end.
#[inline]
pub(crate) fn turned_out(op: Op) {
    with(|context| context.performed[context.current.get()].set(op));
}

/// Says that this execution did something that the engine at hand does not model.
pub(crate) fn unmodelled(why: &'static str) {
    with(|context| context.unmodelled.set(context.unmodelled.get().or(Some(why))));
}
