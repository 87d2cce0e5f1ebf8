//! What an execution keeps besides: its statics, what each thread has for itself, and their names.

use std::any::Any;
use std::sync::Arc;

use super::op::MAX_THREADS;

/// The value that a `thread_local!` has for one thread.
struct Local {
    /// Where the `thread_local!` lies.
    place: usize,
    thread: usize,
    /// None once it is dropped.
    value: Option<Box<dyn Any>>,
}

/// What one execution keeps.
#[derive(Default)]
pub(crate) struct Keeps {
    /// The values of statics, by where those lie.
    pub(crate) statics: Vec<(usize, usize)>,
    locals: Vec<Local>,
    names: [Option<Arc<str>>; MAX_THREADS],
    /// A scope was left by an engine's panic while threads of it had not ended: nothing may run.
    pub(crate) dead: bool,
    /// A checker has panicked: it has ended this execution.
    pub(crate) failed: bool,
}

impl Keeps {
    /// An execution begins. What the last one left because it was broken off is not dropped: its
    /// objects are of another execution.
    pub(crate) fn begin(&mut self) {
        self.statics.clear();
        self.locals.drain(..).for_each(std::mem::forget);
        self.names = Default::default();
        self.dead = false;
        self.failed = false;
    }

    /// The value of the static that lies here, if it was made.
    pub(crate) fn of_static(&self, place: usize) -> Option<usize> {
        self.statics.iter().find(|known| known.0 == place).map(|known| known.1)
    }

    /// The value of the `thread_local!` here for this thread, by where it lies, if one was made;
    /// nothing inside if it was dropped.
    pub(crate) fn local(&self, place: usize, thread: usize) -> Option<Option<*const dyn Any>> {
        let of = |local: &&Local| local.place == place && local.thread == thread;
        let value = self.locals.iter().find(of)?.value.as_deref();
        Some(value.map(|value| value as *const dyn Any))
    }

    /// Keeps a value that this thread has for itself.
    pub(crate) fn keep(&mut self, place: usize, thread: usize, value: Box<dyn Any>) {
        self.locals.push(Local { place, thread, value: Some(value) });
    }

    /// The next value to drop of a thread that ends, the newest first.
    pub(crate) fn next_to_drop(&mut self, thread: usize) -> Option<Box<dyn Any>> {
        let mine = |local: &&mut Local| local.thread == thread && local.value.is_some();
        self.locals.iter_mut().rev().find(mine)?.value.take()
    }

    /// Names a thread.
    pub(crate) fn name(&mut self, thread: usize, name: Option<String>) {
        self.names[thread] = name.map(Arc::from);
    }

    /// The name that a thread was given.
    pub(crate) fn name_of(&self, thread: usize) -> Option<Arc<str>> {
        self.names[thread].clone()
    }
}
