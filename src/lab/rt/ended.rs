//! Objects that were made or have ended while actors ran: what touches one that has ended is stopped
//! before it does.

use std::backtrace::Backtrace;

use super::clocks::{Access, DataRace, Does, quietly, with};
use super::context;
use super::op::Object;
use super::quarantine::{self, Freed};
use super::spot::Spot;
use super::unwinding;
use crate::report;

/// An object that has ended while actors ran.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dead {
    object: Object,
    /// Where its [`Tracked`](super::tracked::Tracked) lay.
    address: usize,
    access: Access,
}

/// The current thread has made an object while others run.
pub(crate) fn made(object: Object) {
    quietly(|clocks, thread| {
        let shown = context::with(|context| context.recording());
        let at = shown.then(Spot::of_the_stack).flatten().unwrap_or(Spot::unknown());
        let access = clocks.by(thread, Does::Makes, at);
        clocks.made(object, access);
    });
}

/// An object ends without a step of its own.
pub(crate) fn end_quietly(object: Object, address: usize) {
    let at = Spot::unknown();
    quietly(|clocks, thread| {
        let access = clocks.by(thread, Does::Drops, at);
        clocks.end(object, address, access);
    });
    ended(object, address, at);
}

/// An object has ended: what touches it from now on is stopped by [`alive`].
pub(crate) fn ended(object: Object, address: usize, at: Spot) {
    let thread = context::with(|context| {
        context.has_ended();
        context.current.get()
    });
    with(|clocks| {
        let access = clocks.by(thread, Does::Drops, at);
        // The end released nothing, and what the thread does next must not look like a part of it.
        clocks.dead.push(Dead { object, address, access });
    });
}

/// Whether an object that has ended lies here.
pub(crate) fn dead_within(place: std::ops::Range<usize>) -> bool {
    with(|clocks| clocks.dead.iter().any(|dead| place.contains(&dead.address)))
}

/// Makes sure that the object at this address, which is about to be touched, has not ended: if it
/// has, the execution ends here, with a race, or with a use after its end that nothing mends. Who
/// unwinds goes on where the heap has kept what lay there.
///
/// `lies_there` looks for what is there now, if it is an object of this execution: one that was made
/// since, or was moved there.
#[cold]
pub(crate) fn alive(address: usize, lies_there: impl FnOnce() -> Option<Object>, at: Spot) {
    let thread = context::with(|context| context.current.get());
    if context::with(|context| context.stopping.get()) {
        return;
    }
    let kind = with(|clocks| {
        clocks.dead.iter().find(|dead| dead.address == address)?;
        if let Some(there) = lies_there() {
            clocks.dead.retain(|dead| dead.address != address || dead.object == there);
        }
        let dead = *clocks.dead.iter().rfind(|dead| dead.address == address)?;
        let second = clocks.by(thread, Does::Uses, at);
        let first = dead.access;
        let apart = first.thread != thread && clocks.unordered(&first, thread);
        clocks.races.push(DataRace { first, second, address, object: dead.object });
        Some(if apart { report::Kind::DataRace } else { report::Kind::UseAfterFree })
    });
    let Some(kind) = kind else { return };
    let keeps = quarantine::keeps(address);
    if !keeps && unwinding::now() && unwinding::switches() {
        eprintln!(
            "racelab: of what lay on the heap there is a report in the place of this, where \
             rt::quarantine::Quarantine is the #[global_allocator]"
        );
    }
    context::fail(kind, !keeps);
}

/// A block of the heap was freed. Where it cannot be, the execution has failed, and ends at its next
/// step: from within the heap nobody unwinds.
pub(super) fn freed(place: usize, how: Freed) {
    context::try_with(|context| {
        let over = context.stopping.get() || context.broken.get().is_some();
        let Ok(mut clocks) = context.clocks.try_borrow_mut() else { return };
        if over || !context.active.get() {
            return;
        }
        let stack = context.recording().then(Backtrace::force_capture);
        let thread = context.current.get();
        let kind = match how {
            Freed::Once => {
                clocks.freed.extend(stack.map(|stack| (place, thread, stack)));
                return;
            }
            Freed::Again => report::Kind::DoubleFree,
            Freed::Never => report::Kind::InvalidFree,
        };
        context.broken.set(Some(kind));
        let at = |stack: &Backtrace| Spot::of(stack).unwrap_or(Spot::unknown());
        let here = stack.as_ref().map_or(Spot::unknown(), at);
        let second = clocks.by(thread, Does::Frees, here);
        let first = clocks.freed.iter().rfind(|freed| freed.0 == place);
        let first = first.map(|(_, thread, stack)| clocks.by(*thread, Does::Frees, at(stack)));
        let (first, object) = (first.unwrap_or(second), Object::NONE);
        clocks.races.push(DataRace { first, second, address: 0, object });
    });
}
