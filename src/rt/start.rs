//! Starting threads: their results, their names, and what they do at their end.

use std::io;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex, PoisonError};

use super::engine::Engine;
use super::meeting::RawBaton;
use super::observe::{self, Seen};
use super::op::{Kind, Object, Op};
use super::thread::{self, JoinHandle, Thread};
use super::{context, deferred, local};

/// What a thread and its handle have in common.
pub(super) struct Shared<E: Engine, T> {
    result: Mutex<Option<std::thread::Result<T>>>,
    /// Given at its end, where somebody asks for that.
    pub(super) end: E::Baton,
}

// Safety: a result goes from the thread to who joins it. The baton is a checker's, and stays on the
// operating-system thread of its execution, as every thread and every handle of it does: one that
// is dropped elsewhere does nothing.
unsafe impl<E: Engine, T: Send> Send for Shared<E, T> {}
// Safety: as above.
unsafe impl<E: Engine, T: Send> Sync for Shared<E, T> {}

impl<E: Engine, T> Shared<E, T> {
    fn new() -> Self {
        Shared { result: Mutex::new(None), end: E::Baton::new() }
    }

    fn put(&self, result: std::thread::Result<T>) {
        *self.result.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
    }

    /// What became of it, once.
    pub(super) fn take(&self) -> Option<std::thread::Result<T>> {
        self.result.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Whether there is a result that nobody took.
    pub(super) fn ended(&self) -> bool {
        self.result.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }
}

/// Starts a thread. `ends` is called when all that `body` left is gone. Where only one thread runs,
/// an attached one runs at once.
///
/// # Safety
/// What `body`, its result and `ends` borrow lives until `ends` was called, or the thread never
/// runs again.
#[track_caller]
pub(super) unsafe fn start<E: Engine, T: Send>(
    name: Option<String>,
    attached: bool,
    body: impl FnOnce() -> T + Send,
    ends: impl FnOnce() + Send,
) -> JoinHandle<E, T> {
    let at = Location::caller();
    let shared: Arc<Shared<E, T>> = Arc::new(Shared::new());
    if attached && !context::with(|context| context.active.get()) {
        shared.put(catch_unwind(AssertUnwindSafe(body)));
        ends();
        return JoinHandle { thread: thread::current(), raw: None, shared };
    }
    let theirs = shared.clone();
    let given = name.clone();
    let run = move |number| {
        context::with(|context| {
            context.current.set(number);
            context.keeps.borrow_mut().name(number, given);
        });
        let ended = catch_unwind(AssertUnwindSafe(body));
        if attached && ended.is_err() && context::with(|context| context.keeps.borrow().failed) {
            // The checker's own, which has ended this execution.
            resume_unwind(Box::new("racelab: the checker has ended this execution"));
        }
        deferred::release();
        local::end();
        theirs.put(ended);
        finish(number, theirs);
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
    let (number, raw) = context::perform(op, || E::spawn(run, attached));
    if observe::watching() {
        observe::operation(Seen { wrote: Some(number as u64), ..Seen::new(op, "spawn", at) });
    }
    let thread = Thread { number, name: name.map(Arc::from), engine: PhantomData };
    JoinHandle { thread, raw: Some(raw), shared }
}

/// The end of a thread is a step where somebody asks for it; the result is the handle's now.
fn finish<E: Engine, T>(number: usize, shared: Arc<Shared<E, T>>) {
    if !context::with(|context| context.finer.get().ends && context.active.get()) {
        return;
    }
    let op = Op::new(Kind::Store, Object::end(number));
    context::perform(op, || {
        context::point();
        shared.end.give(Relaxed);
        context::with(|context| context.finished[number].set(true));
    });
    if observe::watching() {
        let at = super::place::Place::unknown();
        let (wrote, order) = (Some(1), Some(Relaxed));
        observe::operation(Seen { wrote, order, ..Seen::new(op, "end", at) });
    }
}

/// As [`std::thread::Builder`]: stacks are as large as the checker makes them.
#[derive(Debug)]
pub struct Builder<E> {
    pub(super) name: Option<String>,
    engine: PhantomData<fn() -> E>,
}

impl<E: Engine> Builder<E> {
    /// As [`std::thread::Builder::new`].
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Builder { name: None, engine: PhantomData }
    }

    /// As [`std::thread::Builder::name`].
    pub fn name(self, name: String) -> Self {
        Builder { name: Some(name), ..self }
    }

    /// As [`std::thread::Builder::stack_size`], which counts on real threads alone.
    pub fn stack_size(self, size: usize) -> Self {
        let _ = size;
        self
    }

    /// As [`std::thread::Builder::spawn`].
    ///
    /// # Errors
    /// None here: a thread of a checker can always be started.
    #[track_caller]
    pub fn spawn<F, T>(self, f: F) -> io::Result<JoinHandle<E, T>>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        // Safety: it borrows nothing.
        Ok(unsafe { start(self.name, false, f, || ()) })
    }
}
