//! Who must wait for what: the rule by which a scheduler knows which threads can move.
//!
//! Under shuttle the facade keeps locks, queues and tokens here, and every scheduler asks
//! [`enabled`] before it lets a thread go on. A deadlock is then simply that no thread can move:
//! an outcome of one execution, after which the exploration goes on.

use super::allow::Allow;
use super::context;
use super::meeting::Came;
use super::op::{Kind, MAX_THREADS, Object, Op, Until};
use super::slots::Slots;
use super::values;
use super::waitable::Waitable;
use super::yielding::{Go, Yields};

/// What the threads of one execution wait for.
#[derive(Default)]
pub(crate) struct Waiting {
    waitables: Slots<Waitable>,
    /// Those that the harness has acted on, as they were when the actors began.
    begun: Slots<Waitable>,
    ended: [bool; MAX_THREADS],
    yields: Yields,
    /// How often each thread's time was up.
    late: [u32; MAX_THREADS],
    /// A time was not up although others could move: it had been up too often.
    too_late: bool,
    /// Threads whose time is up although nothing has changed, since nobody else can move: a bit
    /// each.
    forced: u16,
}

/// So often the time of each thread may be up while others can move. Later ones come only when
/// nobody else can: a loop that waits for a time and looks again would never end.
pub(crate) const LATE: u32 = 2;

fn with<R>(f: impl FnOnce(&mut Waiting) -> R) -> R {
    context::with(|context| f(&mut context.waiting.borrow_mut()))
}

impl Waiting {
    /// Forgets everything: an execution begins.
    pub(crate) fn begin(&mut self, allow: Allow) {
        self.waitables.clear();
        self.begun.clear();
        self.ended = Default::default();
        self.yields.begin(allow.yields);
        self.late = Default::default();
        self.forced = 0;
        self.too_late = false;
    }
}

/// An object as it was when the actors of this execution began.
pub(crate) fn begun(object: Object) -> Waitable {
    with(|state| state.begun.get(object).cloned()).unwrap_or_default()
}

/// An object as it is, and as its last writer leaves it where somebody else has kept it.
pub(crate) fn state(object: Object) -> Waitable {
    with(|state| state.waitables.get(object).cloned()).unwrap_or_default()
}

/// Sets an object's state: whoever kept it has no more to do with it.
pub(crate) fn restore(object: Object, waitable: Waitable) {
    with(|state| *state.waitables.at(object) = waitable);
}

/// Whether `thread` could perform `op` now.
pub(crate) fn enabled(thread: usize, op: Op) -> bool {
    with(|state| match op.kind.until() {
        Until::Now => true,
        Until::Ended => state.ended[op.object.ended_thread()],
        Until::Changed => {
            let held_up = state.yields.go(thread) == Go::Not;
            if held_up && state.yields.free > 0 {
                context::with(|context| context.held_up.set(true));
            }
            !held_up
        }
        Until::Woken | Until::Late
            if context::with(|context| context.met.get().wakes_spuriously(thread)) =>
        {
            true
        }
        Until::Late => {
            let free = state.late[thread] < LATE || state.forced >> thread & 1 == 1;
            let go = free || state.waitables.at(op.object).ready(op, thread);
            state.too_late |= !go;
            go
        }
        Until::Woken | Until::Free | Until::Met => state.waitables.at(op.object).ready(op, thread),
    })
}

/// Whether a thread whose operation waits for a time needs nobody to let it go on.
pub(crate) fn may_be_late(thread: usize, op: Op) -> bool {
    op.kind.until() == Until::Late && with(|state| state.late[thread] < LATE)
}

/// Says that the time of these threads is up: nobody else can move.
pub(crate) fn force_late(threads: u16) {
    with(|state| state.forced = threads);
}

/// Counts a time that was up.
pub(crate) fn was_late(thread: usize) {
    with(|state| state.late[thread] += 1);
}

/// Says that a time which is up lets the others go first, for it was up too often.
pub(crate) fn hold_back() {
    with(|state| state.too_late = true);
}

/// Whether a time was not up in this execution although others could move.
pub(crate) fn held_back() -> bool {
    with(|state| state.too_late)
}

/// How often the time of a thread was up.
pub(crate) fn late(thread: usize) -> u32 {
    with(|state| state.late[thread])
}

/// What lets a thread go on that is about to yield.
pub(crate) fn go(thread: usize) -> Go {
    with(|state| state.yields.go(thread))
}

/// A thread begins another call of a structure.
pub(crate) fn call_begins(thread: usize) {
    if let Some(values) = values::deciding() {
        values.call_begins(thread);
    }
    with(|state| state.yields.call_begins(thread));
}

/// The thread that holds a lock for itself alone, if any.
pub(crate) fn holder(object: Object) -> Option<usize> {
    if let Some(values) = values::deciding() {
        return values.holder(object);
    }
    with(|state| state.waitables.at(object).holder())
}

/// Lets a thread that yielded go on although nothing has changed.
pub(crate) fn force(thread: usize) {
    with(|state| state.yields.force(thread));
}

/// Remembers what the operation performed in this step read and wrote, for threads that yield.
pub(crate) fn performed(thread: usize, op: Op, same: bool, step: usize) {
    with(|state| state.yields.performed(thread, op, same, step));
}

/// Performs an operation on a lock, a queue or a token; whether it took a lock.
pub(crate) fn perform(kind: Kind, object: Object, thread: usize) -> bool {
    if let Some(values) = values::deciding() {
        return values.meet(thread, Op::new(kind, object)) == Came::Yes;
    }
    with(|state| state.waitables.at(object).perform(kind, thread))
}

/// Performs an operation on what threads meet at, or one that waits for a time, and says what came
/// of it.
pub(crate) fn act(op: Op, thread: usize) -> Came {
    if let Some(values) = values::deciding() {
        return values.meet(thread, op);
    }
    let active = context::with(|context| context.active.get());
    let came = with(|state| {
        if !active {
            state.begun.at(op.object).act(op, thread);
        }
        state.waitables.at(op.object).act(op, thread)
    });
    if came == Came::No && op.kind.until() == Until::Late {
        was_late(thread);
    }
    came
}

/// As [`act`], if it is possible without waiting.
pub(crate) fn act_at_once(op: Op, thread: usize) -> Option<Came> {
    if let Some(values) = values::deciding() {
        return values.could(thread, op).then(|| values.meet(thread, op));
    }
    let ready = op.kind.until() == Until::Late
        || with(|state| state.waitables.at(op.object).ready(op, thread));
    ready.then(|| act(op, thread))
}

/// A thread has ended.
pub(crate) fn end(thread: usize) {
    with(|state| state.ended[thread] = true);
}
