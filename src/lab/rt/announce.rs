//! The announcement: what a thread is about to do is set down before it does it.

use super::clocks::{changed, streamed};
use super::context::{Context, RECORD, with};
use super::op::Op;
use super::{record, unwinding};
use crate::report::Kind;

/// Switches threads, where a scheduler of ours runs them.
pub(crate) fn point() {
    if let Some(point) = with(|context| context.point.get()) {
        point();
    }
}

/// This execution has failed in this way, and what comes next must not be done: it ends here.
///
/// A thread that unwinds cannot stop. Where what comes next does no `harm` it goes on to its end,
/// alone, and nothing that it does is a step; elsewhere the process ends.
pub(crate) fn fail(kind: Kind, harm: bool) {
    if harm || !unwinding::now() || !unwinding::switches() {
        break_off(kind)
    }
    with(|context| {
        context.broken.set(Some(kind));
        context.stopping.set(true);
        context.goes_on_alone.set(true);
        context.active.set(false);
    });
}

/// So much does nobody who goes on alone, unless it waits for somebody.
const MUCH: usize = 1 << 20;

/// An operation of a thread that goes on alone after a failure: where it waits for others, which never
/// move again, the process ends.
fn alone(context: &Context) {
    context.steps.set(context.steps.get() + 1);
    if context.steps.get() > MUCH {
        let kind = context.broken.get().map_or("it has failed", Kind::words);
        eprintln!("racelab: {kind}, and then a thread that unwinds from a panic waits for others");
        std::process::abort();
    }
}

/// Ends this execution: it has failed in this way, and what comes next must not be done.
pub(crate) fn break_off(kind: Kind) -> ! {
    unwinding::end_at(kind.words());
    with(|context| context.broken.set(Some(kind)));
    assert!(with(|context| context.point.get()).is_some(), "racelab: {}", kind.words());
    loop {
        point();
    }
}

/// Announces `op`, performs it by `act` (which may switch threads on entry), and says afterwards
/// that this thread runs again. Returns what `act` returned.
#[inline]
pub(crate) fn perform<R>(op: Op, act: impl FnOnce() -> R) -> R {
    with(|context| {
        if context.deferred.get() {
            unwinding::release();
        }
        assert!(
            context.execution() != 0,
            "racelab: an operation of a checker's outside of an exploration"
        );
        if !context.active.get() {
            if context.goes_on_alone.get() {
                alone(context);
            }
            return act();
        }
        if context.quietly_dropping.get() {
            // A value's own drop does something: who drops it last matters.
            context.looks_at_counts.set(true);
        }
        context.does.set(context.does.get().and(op));
        if context.watching.get() & RECORD != 0 {
            record::settle();
        }
        if streamed::drains(op.kind) {
            streamed::drained();
        }
        let me = context.current.get();
        changed::look(me);
        context.pending[me].set(op);
        let result = act();
        changed::settle();
        context.current.set(me);
        context.steps.set(context.steps.get() + 1);
        if context.last.replace(me) != me {
            context.switches.set(context.switches.get() + 1);
        }
        context.pending[me].set(Op::LOCAL);
        result
    })
}

/// Corrects what the current thread's operation was: a compare-exchange that failed is a read.
#[inline]
pub(crate) fn turned_out(op: Op) {
    with(|context| context.performed[context.current.get()].set(op));
}

/// The current thread's read-modify-write wrote the value that was there. It releases and acquires
/// as any other, but a loop that waits must not take it for a change, or it would never end.
#[inline]
pub(crate) fn left_the_same() {
    with(|context| context.same.set(true));
}

/// Says that this execution did something that the engine at hand does not model.
pub(crate) fn unmodelled(why: &'static str) {
    with(|context| context.unmodelled.set(context.unmodelled.get().or(Some(why))));
}
