//! What threads meet at under loom: our own state, behind one of loom's atomics.
//!
//! loom has no `Once`, no barrier, no channel with room and no wait that ends with a time. Here each
//! operation first adds to an atomic without an ordering: that is the step which loom tries in every
//! order with the others on the same object, and it orders nothing. No thread switches until the next
//! of loom's operations, so the state is changed in the same step. A thread that cannot go on waits
//! at a channel of loom's, so loom knows a deadlock; who makes it able to go on sends it a message.
//! What comes before what is said by batons alone: release and acquire on atomics of their own.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::atomic::Ordering::{self, Acquire, Relaxed};

use loom::sync::atomic::AtomicUsize;
use loom::sync::mpsc::{Sender, channel};

use super::Loom;
use crate::rt::blocking;
use crate::rt::context::{self, Context};
use crate::rt::meeting::{Came, Checked, RawBaton, RawMeeting};
use crate::rt::op::{Kind, Object, Op, Until};
use crate::rt::settings::Finer;
use crate::rt::waitable::Waitable;

#[doc(hidden)]
pub struct Meeting {
    order: AtomicUsize,
    state: RefCell<Waitable>,
    waiting: RefCell<Vec<(usize, Op, Sender<()>)>>,
}

impl RawMeeting for Meeting {
    fn new(_: Object) -> Self {
        let order = AtomicUsize::new(0);
        Meeting { order, state: RefCell::default(), waiting: RefCell::default() }
    }

    fn perform(&self, op: Op, commit: &mut dyn FnMut(Came)) -> Came {
        let me = context::with(|context| context.current.get());
        loop {
            if op.kind.until() == Until::Late && blocking::late(me) >= blocking::LATE {
                blocking::hold_back();
                // The others go first, or a loop that looks again and again would never end.
                loom::thread::yield_now();
            }
            self.order.fetch_add(1, Relaxed);
            context::with(|context| context.current.set(me));
            if op.kind.until() == Until::Late || self.state.borrow().ready(op, me) {
                return self.act(op, me, commit, true);
            }
            let (sender, receiver) = channel();
            self.waiting.borrow_mut().push((me, op, sender));
            receiver.recv().expect("whoever wakes it has sent a message");
        }
    }

    fn perform_unwinding(&self, op: Op, commit: &mut dyn FnMut(Came)) -> Option<Came> {
        let me = context::with(|context| context.current.get());
        let ready = op.kind.until() == Until::Late || self.state.borrow().ready(op, me);
        // loom cannot wake anybody without a switch: who waits is woken by the next who comes.
        ready.then(|| self.act(op, me, commit, false))
    }
}

impl Meeting {
    /// Performs it, and wakes whoever can go on now.
    fn act(&self, op: Op, me: usize, commit: &mut dyn FnMut(Came), wakes: bool) -> Came {
        let came = self.state.borrow_mut().act(op, me);
        if came == Came::No && op.kind.until() == Until::Late {
            blocking::was_late(me);
        }
        commit(came);
        if wakes {
            let state = self.state.borrow();
            let able = |waiting: &mut (usize, Op, Sender<()>)| state.ready(waiting.1, waiting.0);
            let woken: Vec<_> = self.waiting.borrow_mut().extract_if(.., able).collect();
            drop(state);
            for (_, _, sender) in woken {
                sender.send(()).expect("who waits has its end");
            }
        }
        came
    }
}

/// Whether condition variables and tokens are ours.
pub(super) fn times() -> bool {
    context::with(|context| context.finer.get().times)
}

/// The program waits for a time: its executions are run again if loom's own were used.
pub(super) fn want_times(context: &Context) {
    context.wants.set(context.wants.get().and(Finer { times: true, ..Finer::default() }));
}

impl Checked for Loom {
    type Meeting = Meeting;
    type Baton = Baton;
}

thread_local! {
    /// Threads, and what tells of their end: made by who starts them.
    static ENDS: RefCell<Vec<(usize, Rc<Baton>)>> = const { RefCell::new(Vec::new()) };
}

/// Makes what tells of a thread's end, before it starts.
pub(super) fn prepare_end(thread: usize) {
    if context::with(|context| context.finer.get().ends) {
        let baton = Rc::new(Baton::new());
        ENDS.with(|ends| ends.borrow_mut().push((thread, baton)));
    }
}

fn of_end(thread: usize) -> Option<Rc<Baton>> {
    ENDS.with(|ends| Some(ends.borrow().iter().find(|end| end.0 == thread)?.1.clone()))
}

/// A thread ends.
pub(super) fn end(thread: usize) {
    if let Some(baton) = of_end(thread) {
        baton.give(Relaxed);
    }
}

/// Whether a thread has ended, as far as this one sees.
pub(super) fn has_ended(thread: usize) -> bool {
    of_end(thread).is_some_and(|baton| baton.look(Relaxed, || false))
}

/// More than loom has threads.
const THREADS: usize = 8;

thread_local! {
    static TOKENS: RefCell<Vec<Rc<Meeting>>> = const { RefCell::new(Vec::new()) };
}

/// Makes the tokens of an execution, before its threads are started: loom wants all that touches
/// one of its objects to come after its making.
pub(crate) fn prepare() {
    let count = if times() { THREADS } else { 0 };
    let tokens = (0..count).map(|thread| Rc::new(Meeting::new(Object::token(thread))));
    let tokens: Vec<_> = tokens.collect();
    TOKENS.with(|place| place.replace(tokens));
    ENDS.with(|ends| ends.borrow_mut().clear());
}

/// An operation of thread `me` on the token of a thread. Nothing where there are none: those
/// executions count for nothing.
pub(super) fn token(thread: usize, kind: Kind, me: usize) -> Came {
    let Some(token) = TOKENS.with(|tokens| tokens.borrow().get(thread).cloned()) else {
        return Came::No;
    };
    context::with(|context| context.current.set(me));
    token.perform(Op::new(kind, Object::token(thread)), &mut |_| ())
}

#[doc(hidden)]
pub struct Baton(AtomicUsize);

impl RawBaton for Baton {
    fn new() -> Self {
        Baton(AtomicUsize::new(0))
    }
    fn give(&self, order: Ordering) {
        let me = context::with(|context| context.current.get());
        self.0.fetch_add(1, order);
        context::with(|context| context.current.set(me));
    }
    fn take(&self) {
        let me = context::with(|context| context.current.get());
        // It is the newest that is taken, whatever this thread has seen of it.
        self.0.fetch_add(0, Acquire);
        context::with(|context| context.current.set(me));
    }
    fn look(&self, order: Ordering, _: impl FnOnce() -> bool) -> bool {
        self.0.load(order) > 0
    }
}
