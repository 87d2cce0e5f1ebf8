//! Starting threads: their names, and what they do at their end.

use std::io;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex};

use super::engine::{Engine, RawThread, Start};
use super::observe::Seen;
use super::op::{Kind, Object, Op};
use super::spot::Spot;
use super::thread::{self, JoinHandle, Slot, Thread};
use super::unpoisoned::Unpoisoned;
use super::watch::Watch;
use super::{context, local, unwinding};

/// Starts a thread. `ends` is called when all that `body` left is gone. Under a checker, where only
/// one thread runs, an attached one runs at once.
///
/// # Safety
/// What `body`, its result and `ends` borrow lives until `ends` was called, or the thread never
/// runs again.
#[track_caller]
pub(super) unsafe fn start<E: Engine, T: Send>(
    how: Start,
    body: impl FnOnce() -> T + Send,
    ends: impl FnOnce() + Send,
) -> JoinHandle<E, T> {
    let at = Location::caller();
    let result: Slot<T> = Arc::new(Mutex::new(None));
    let attached = how.attached;
    if E::Watch::CHECKED && attached && !context::with(|context| context.active.get()) {
        *result.lock().unpoisoned() = Some(catch_unwind(AssertUnwindSafe(body)));
        ends();
        return JoinHandle { thread: thread::current(), raw: None, result };
    }
    let slot = result.clone();
    let name = how.name.clone();
    let run = move |number| {
        if !E::Watch::CHECKED {
            let ended = catch_unwind(AssertUnwindSafe(body));
            *slot.lock().unpoisoned() = Some(ended);
            drop(slot);
            return ends();
        }
        context::with(|context| {
            context.current.set(number);
            context.keeps.borrow_mut().name(number, name);
        });
        let ended = catch_unwind(AssertUnwindSafe(body));
        if attached && ended.is_err() && context::with(|context| context.keeps.borrow().failed) {
            // The checker's own, which has ended this execution.
            resume_unwind(Box::new("racelab: the checker has ended this execution"));
        }
        unwinding::ends(number);
        if ended.is_err() && !attached {
            context::with(|context| context.keeps.borrow_mut().panicked(number));
        }
        *slot.lock().unpoisoned() = Some(ended);
        // From here on the result is the handle's; without one it is dropped now.
        drop(slot);
        // What the thread has for itself ends after that, as in std.
        local::end();
        finish::<E>(number);
        ends();
        thread::end(number);
    };
    let run: Box<dyn FnOnce(usize) + Send + '_> = Box::new(run);
    // Safety: the caller's promise. The box holds what is borrowed, and is consumed by the call.
    let run = unsafe {
        std::mem::transmute::<
            Box<dyn FnOnce(usize) + Send + '_>,
            Box<dyn FnOnce(usize) + Send + 'static>,
        >(run)
    };
    let op = Op::new(Kind::Spawn, Object::SPAWN_ORDER);
    let name = how.name.clone();
    let (thread, raw) = E::Watch::perform(op, || E::spawn(run, how));
    let wrote = Some(thread.number() as u64);
    E::Watch::tell(|| Seen { wrote, ..Seen::new(op, "spawn", at) });
    let thread = Thread(thread.named(name));
    JoinHandle { thread, raw: Some(raw), result }
}

/// The end of a thread is a step where somebody asks for it.
fn finish<E: Engine>(number: usize) {
    if !context::with(|context| context.finer.get().ends && context.active.get()) {
        return;
    }
    let op = Op::new(Kind::Store, Object::end(number));
    context::perform(op, || E::finish(number));
    let (wrote, order) = (Some(1), Some(Relaxed));
    E::Watch::tell(|| Seen { wrote, order, ..Seen::new(op, "end", Spot::unknown()) });
}

/// As [`std::thread::Builder`]: under a checker, stacks are as large as the checker makes them.
#[derive(Debug)]
pub struct Builder<E> {
    pub(super) start: Start,
    engine: PhantomData<fn() -> E>,
}

impl<E: Engine> Builder<E> {
    /// As [`std::thread::Builder::new`].
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Builder { start: Start::default(), engine: PhantomData }
    }

    /// As [`std::thread::Builder::name`].
    pub fn name(self, name: String) -> Self {
        Builder { start: Start { name: Some(name), ..self.start }, ..self }
    }

    /// As [`std::thread::Builder::stack_size`].
    pub fn stack_size(self, size: usize) -> Self {
        Builder { start: Start { stack_size: Some(size), ..self.start }, ..self }
    }

    /// As [`std::thread::Builder::spawn`].
    ///
    /// # Errors
    /// None here: a thread can always be started, or the process ends.
    #[track_caller]
    pub fn spawn<F, T>(self, f: F) -> io::Result<JoinHandle<E, T>>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        // Safety: it borrows nothing.
        Ok(unsafe { start(self.start, f, || ()) })
    }
}
