//! Everything about the execution that is running: which thread, what each is about to do, and what
//! the facade and its watchers keep of it.
//!
//! Both checkers run all threads of one execution on one operating-system thread, so one
//! `thread_local` is exactly the state of one execution. The current thread's number is set when a
//! thread starts and set again after each operation, for only an operation can switch threads.

mod objects;

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use super::allow::{Allow, Deeds, Met};
pub(crate) use super::announce::{
    break_off, fail, left_the_same, perform, point, turned_out, unmodelled,
};
use super::arc::Counts;
use super::blocking::Waiting;
use super::called::Calls;
use super::clocks::streamed::Streamed;
use super::clocks::{self, Clocks};
use super::ended;
use super::heap;
use super::keeps::Keeps;
use super::op::{MAX_THREADS, Object, Op};
use super::quarantine;
use super::record::Record;
pub(crate) use super::settings::{Finer, Harness, Settings, within};
use super::survey::Survey;
use super::values::{Touched, Values};
use super::weaken::{Change, Site};
use crate::outcome::Outcome;
use crate::report::Kind;

pub(crate) use objects::drop_quietly;

/// Something watches each performed operation: it records, keeps clocks, or looks for traps.
pub(crate) const RECORD: u8 = 1;
pub(crate) const CLOCKS: u8 = 2;
pub(crate) const SURVEY: u8 = 4;

pub(crate) struct Context {
    settings: RefCell<Settings>,
    /// As in the settings: asked for at each operation.
    pub(crate) watching: Cell<u8>,
    pub(crate) weakening: Cell<bool>,
    counting: Cell<bool>,
    pub(crate) finer: Cell<Finer>,
    /// What the program turned out to need of it.
    pub(crate) wants: Cell<Finer>,
    /// Something was written that is no operation: what a lock protects.
    pub(crate) moved: Cell<bool>,
    pub(crate) allow: Cell<Allow>,
    pub(super) point: Cell<Option<fn()>>,
    /// The number of the execution that runs here; 0 where none does.
    execution: Cell<u32>,
    /// The thread that runs now: 0 is the harness, the actors follow in their order.
    pub(crate) current: Cell<usize>,
    /// Threads whose panic was noted, a bit each, and that may unwind still.
    pub(crate) unwinds: Cell<u16>,
    /// Threads started so far in this execution.
    pub(crate) threads: Cell<usize>,
    /// Actors are running: making the memory and judging it are not announced.
    pub(crate) active: Cell<bool>,
    /// What each thread will do next.
    pub(crate) pending: [Cell<Op>; MAX_THREADS],
    /// What each thread's last operation turned out to be: a failed compare-exchange was only a
    /// read. Set by the scheduler when it lets the thread go on, and corrected afterwards.
    pub(crate) performed: [Cell<Op>; MAX_THREADS],
    /// The operation being performed left the value as it was: to threads that yield, it wrote
    /// nothing.
    pub(crate) same: Cell<bool>,
    /// The weak exchange being performed fails without a reason.
    pub(crate) fails: Cell<bool>,
    /// Which thread has met what happens without a reason.
    pub(crate) met: Cell<Met>,
    pub(crate) finished: [Cell<bool>; MAX_THREADS],
    next_object: [Cell<u32>; MAX_THREADS],
    /// The number of the static whose value is being made, and of the next object in it.
    making: Cell<Option<(usize, u32)>>,
    /// Guards dropped while unwinding wait here for the end of the unwinding.
    pub(crate) deferred: Cell<bool>,
    /// Operations announced in this execution.
    pub(crate) steps: Cell<usize>,
    /// Changes from one thread to another between operations.
    pub(crate) switches: Cell<usize>,
    /// The thread of the last operation.
    pub(super) last: Cell<usize>,
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
    /// It is to be given up: a thread that unwinds has found a failure, and comes to its end first.
    pub(crate) goes_on_alone: Cell<bool>,
    /// It has failed before its end, in this way: nobody moves any more.
    pub(crate) broken: Cell<Option<Kind>>,
    /// An `Arc` drops its value: what ends with it is no step of its own.
    pub(super) quietly_dropping: Cell<bool>,
    /// The program looks at the count of an `Arc`, or whether a thread has finished, which this
    /// exploration does not model.
    pub(crate) looks_at_counts: Cell<bool>,
    /// Whether any object has ended while actors ran.
    any_ended: Cell<bool>,
    /// What the threads did in all executions of this exploration.
    pub(crate) does: Cell<Deeds>,
    /// Whether a thread that yielded had used up its free yields, and was held up.
    pub(crate) held_up: Cell<bool>,

    /// What was called of a structure that a specification judges.
    pub(crate) calls: RefCell<Calls>,
    pub(crate) waiting: RefCell<Waiting>,
    pub(crate) clocks: RefCell<Clocks>,
    pub(crate) record: RefCell<Record>,
    pub(crate) survey: RefCell<Survey>,
    /// Guards of the checker's, kept until the unwinding is over.
    pub(crate) kept: RefCell<Vec<Box<dyn Any>>>,
    /// Stores past the caches that are not waited for yet.
    pub(crate) streamed: RefCell<Vec<Streamed>>,
    /// Where each lock lies that may be exchanged for another.
    pub(crate) locks: RefCell<Vec<(Object, *const ())>>,
    /// The counts of each `Arc` that is a raw pointer now.
    pub(crate) raw_arcs: RefCell<Vec<(usize, std::sync::Arc<Counts>)>>,
    /// What it keeps besides.
    pub(crate) keeps: RefCell<Keeps>,
    /// Atomics whose value was lent by `get_mut`, which a model does not see.
    lent: RefCell<Vec<Object>>,
    /// Whether somebody decides what reads return, and who.
    pub(super) decided: Cell<bool>,
    pub(super) values: RefCell<Option<Rc<dyn Values>>>,
    /// What the operation that is being performed read and wrote, where somebody decides that.
    pub(super) touched: RefCell<Vec<Touched>>,
    /// The newest value, where the operation being performed read an older one.
    pub(crate) newest: Cell<Option<u64>>,
}

thread_local! {
    static CONTEXT: Context = Context::new();
}

/// Numbers executions, over all threads of this process.
static EXECUTIONS: AtomicU32 = AtomicU32::new(1);

impl Context {
    fn new() -> Context {
        Context {
            settings: RefCell::default(),
            watching: Cell::new(0),
            weakening: Cell::new(false),
            counting: Cell::new(false),
            finer: Cell::default(),
            wants: Cell::default(),
            moved: Cell::new(false),
            allow: Cell::default(),
            point: Cell::new(None),
            execution: Cell::new(0),
            current: Cell::new(0),
            unwinds: Cell::new(0),
            threads: Cell::new(1),
            active: Cell::new(false),
            pending: [const { Cell::new(Op::LOCAL) }; MAX_THREADS],
            performed: [const { Cell::new(Op::LOCAL) }; MAX_THREADS],
            same: Cell::new(false),
            fails: Cell::new(false),
            met: Cell::default(),
            finished: [const { Cell::new(false) }; MAX_THREADS],
            next_object: [const { Cell::new(0) }; MAX_THREADS],
            making: Cell::new(None),
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
            goes_on_alone: Cell::new(false),
            broken: Cell::new(None),
            quietly_dropping: Cell::new(false),
            looks_at_counts: Cell::new(false),
            any_ended: Cell::new(false),
            does: Cell::default(),
            held_up: Cell::new(false),
            calls: RefCell::default(),
            waiting: RefCell::default(),
            clocks: RefCell::default(),
            record: RefCell::default(),
            survey: RefCell::default(),
            kept: RefCell::default(),
            streamed: RefCell::default(),
            locks: RefCell::default(),
            raw_arcs: RefCell::default(),
            keeps: RefCell::default(),
            lent: RefCell::default(),
            decided: Cell::new(false),
            values: RefCell::default(),
            touched: RefCell::default(),
            newest: Cell::new(None),
        }
    }

    /// Sets what the executions to come are like; returns what was set before.
    pub(crate) fn set(&self, settings: Settings) -> Settings {
        self.watching.set(settings.watching);
        self.weakening.set(!settings.changes.is_empty());
        self.counting.set(settings.counting);
        self.finer.set(settings.finer);
        self.allow.set(settings.allow);
        self.point.set(settings.point);
        self.settings.replace(settings)
    }

    /// What is set.
    pub(crate) fn settings(&self) -> Settings {
        self.settings.borrow().clone()
    }

    /// The changes that are made, if there are any.
    pub(crate) fn change(&self, site: Site) -> Option<Change> {
        let settings = self.settings.borrow();
        settings.changes.iter().find(|change| change.0 == site).map(|change| change.1)
    }

    /// Begins an execution: everything about the last one is forgotten.
    pub(crate) fn begin(&self) {
        self.active.set(false);
        self.keeps.borrow_mut().begin();
        self.calls.borrow_mut().begin();
        self.execution.set(EXECUTIONS.fetch_add(1, Relaxed).max(1));
        let follows = self.settings.borrow().unfollowed.iter().all(|place| place.1 > 0);
        let made = (follows && self.watching.get() & CLOCKS != 0).then_some(clocks::made as _);
        heap::tell(Some(clocks::freed), made);
        quarantine::begin(Some(ended::freed));
        self.current.set(0);
        self.unwinds.set(0);
        self.streamed.borrow_mut().clear();
        self.threads.set(1);
        for thread in 0..MAX_THREADS {
            self.pending[thread].set(Op::LOCAL);
            self.performed[thread].set(Op::LOCAL);
            self.finished[thread].set(false);
            self.next_object[thread].set(0);
        }
        self.met.set(Met::default());
        self.fails.set(false);
        self.making.set(None);
        self.steps.set(0);
        self.switches.set(0);
        self.last.set(0);
        self.stale.set(0);
        self.unmodelled.set(None);
        self.outcome.set(None);
        self.panicked.set(None);
        self.stopping.set(false);
        self.goes_on_alone.set(false);
        self.broken.set(None);
        self.any_ended.set(false);
        self.quietly_dropping.set(false);
        self.waiting.borrow_mut().begin(self.allow.get());
        self.locks.borrow_mut().clear();
        self.raw_arcs.borrow_mut().clear();
        self.lent.borrow_mut().clear();
        self.touched.borrow_mut().clear();
        self.newest.set(None);
        match self.watching.get() & CLOCKS {
            0 => self.clocks.borrow_mut().forget(),
            _ => self.clocks.borrow_mut().begin(),
        }
        if self.watching.get() & SURVEY != 0 {
            self.survey.borrow_mut().begin();
        }
    }

    /// Ends the execution: what it made can no longer be touched.
    pub(crate) fn end(&self) {
        self.active.set(false);
        self.execution.set(0);
        heap::tell(None, None);
        quarantine::runs_no_more();
    }

    /// The number of the execution that runs; 0 where none does.
    #[inline]
    pub(crate) fn execution(&self) -> u32 {
        self.execution.get()
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

    /// Whether a scheduler of ours runs the threads.
    pub(crate) fn scheduled(&self) -> bool {
        self.point.get().is_some()
    }

    /// Whether the end of an object is an operation here: under a scheduler of ours, while actors
    /// run.
    pub(crate) fn ends(&self) -> bool {
        self.scheduled() && self.active.get()
    }

    /// Whether the counts of an `Arc`, and the ends of threads, are operations.
    pub(crate) fn counting(&self) -> bool {
        self.counting.get() && self.active.get()
    }

    /// The program looks at a count, or whether a thread has finished: it must be one where these
    /// are operations.
    pub(crate) fn looks_at_a_count(&self) {
        if self.active.get() && !self.counting() {
            self.looks_at_counts.set(true);
        }
    }

    pub(crate) fn recording(&self) -> bool {
        self.watching.get() & RECORD != 0
    }
}

/// Reaches the context of the execution on this operating-system thread.
#[inline]
pub(crate) fn with<R>(f: impl FnOnce(&Context) -> R) -> R {
    CONTEXT.with(f)
}

/// As [`with`], and the default where this operating-system thread has ended.
pub(crate) fn try_with<R: Default>(f: impl FnOnce(&Context) -> R) -> R {
    CONTEXT.try_with(f).unwrap_or_default()
}
