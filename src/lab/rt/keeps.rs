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
    /// The threads that each has joined, a bit each.
    joined: [u16; MAX_THREADS],
    /// Threads that have panicked, a bit each, until somebody has taken what they ended with.
    unheard: u16,
    /// `Arc`s that have owners.
    pub(crate) owned: usize,
    /// A closure runs, and not a scenario.
    pub(crate) whole: bool,
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
        self.joined = Default::default();
        self.unheard = 0;
        self.owned = 0;
        self.whole = false;
    }

    /// A thread joins another.
    pub(crate) fn joins(&mut self, by: usize, thread: usize) {
        self.joined[by] |= 1 << thread;
    }

    /// Whether a thread has joined another.
    pub(crate) fn joined(&self, by: usize, thread: usize) -> bool {
        self.joined[by] >> thread & 1 == 1
    }

    /// A thread that nobody has to join has panicked.
    pub(crate) fn panicked(&mut self, thread: usize) {
        self.unheard |= 1 << thread;
    }

    /// Somebody has taken what a thread ended with.
    pub(crate) fn heard(&mut self, thread: usize) {
        self.unheard &= !(1 << thread);
    }

    /// A thread whose panic nobody has heard of.
    pub(crate) fn unheard(&self) -> Option<usize> {
        (self.unheard != 0).then(|| self.unheard.trailing_zeros() as usize)
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
