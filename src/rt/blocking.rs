//! Who must wait for what: the rule by which a scheduler knows which threads can move.
//!
//! Under shuttle the facade keeps locks, queues and tokens here, and every scheduler asks
//! [`enabled`] before it lets a thread go on. A deadlock is then simply that no thread can move:
//! an outcome of one execution, after which the exploration goes on.

use std::cell::RefCell;

use super::op::{Kind, MAX_THREADS, Object, Op};

#[derive(Clone, Copy, Default)]
struct Lock {
    object: Object,
    writer: Option<usize>,
    readers: u16,
}

#[derive(Default)]
struct Queue {
    object: Object,
    /// Waiting threads, each with the notifications that may wake it.
    waiting: Vec<(usize, Vec<u32>)>,
    notifications: u32,
}

#[derive(Default)]
struct State {
    locks: Vec<Lock>,
    queues: Vec<Queue>,
    tokens: [bool; MAX_THREADS],
    ended: [bool; MAX_THREADS],
    /// How often each object was written.
    versions: Vec<(Object, u32)>,
    /// What each thread read since it last let the others go first.
    read: [Vec<(Object, u32)>; MAX_THREADS],
    /// This thread goes on although nothing it read has changed.
    forced: Option<usize>,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::new(State::default());
}

fn with<R>(f: impl FnOnce(&mut State) -> R) -> R {
    STATE.with(|state| f(&mut state.borrow_mut()))
}

impl State {
    fn lock(&mut self, object: Object) -> &mut Lock {
        let index = match self.locks.iter().position(|lock| lock.object == object) {
            Some(index) => index,
            None => {
                self.locks.push(Lock { object, ..Lock::default() });
                self.locks.len() - 1
            }
        };
        &mut self.locks[index]
    }

    fn queue(&mut self, object: Object) -> &mut Queue {
        let index = match self.queues.iter().position(|queue| queue.object == object) {
            Some(index) => index,
            None => {
                self.queues.push(Queue { object, ..Queue::default() });
                self.queues.len() - 1
            }
        };
        &mut self.queues[index]
    }

    /// A thread does not wait for what it writes itself.
    fn written(&mut self, thread: usize, object: Object) {
        *self.version(object) += 1;
        for read in self.read[thread].iter_mut().filter(|read| read.0 == object) {
            read.1 += 1;
        }
    }

    fn version(&mut self, object: Object) -> &mut u32 {
        let index = match self.versions.iter().position(|version| version.0 == object) {
            Some(index) => index,
            None => {
                self.versions.push((object, 0));
                self.versions.len() - 1
            }
        };
        &mut self.versions[index].1
    }
}

/// Forgets everything: an execution begins.
pub(crate) fn begin() {
    with(|state| {
        state.locks.clear();
        state.queues.clear();
        state.tokens = Default::default();
        state.ended = Default::default();
        state.versions.clear();
        state.read.iter_mut().for_each(Vec::clear);
        state.forced = None;
    });
}

/// Whether `thread` could perform `op` now.
pub(crate) fn enabled(thread: usize, op: Op) -> bool {
    match op.kind {
        Kind::Lock => with(|state| {
            let lock = state.lock(op.object);
            lock.writer.is_none() && lock.readers == 0
        }),
        Kind::ReadLock => with(|state| state.lock(op.object).writer.is_none()),
        Kind::Wake => with(|state| {
            let queue = state.queue(op.object);
            queue.waiting.iter().any(|(waiter, woken)| *waiter == thread && !woken.is_empty())
        }),
        Kind::Park => with(|state| state.tokens[thread]),
        Kind::Join => with(|state| state.ended[op.object.ended_thread()]),
        Kind::Yield => with(|state| {
            let read = std::mem::take(&mut state.read[thread]);
            let changed = read.iter().any(|&(object, seen)| *state.version(object) > seen);
            let go = read.is_empty() || changed || state.forced == Some(thread);
            state.read[thread] = read;
            go
        }),
        _ => true,
    }
}

/// The thread that holds a lock for itself alone, if any.
pub(crate) fn holder(object: Object) -> Option<usize> {
    with(|state| state.lock(object).writer)
}

/// Lets a thread that yielded go on although nothing has changed.
pub(crate) fn force(thread: usize) {
    with(|state| state.forced = Some(thread));
}

/// Remembers what a performed operation read and wrote, for threads that yield.
pub(crate) fn performed(thread: usize, op: Op) {
    match op.kind {
        Kind::Load | Kind::CellRead | Kind::TryLock | Kind::TryReadLock => with(|state| {
            let version = *state.version(op.object);
            state.read[thread].push((op.object, version));
        }),
        Kind::Rmw => with(|state| {
            state.written(thread, op.object);
            let version = *state.version(op.object);
            state.read[thread].push((op.object, version));
        }),
        // Taking a lock changes nothing that a thread could wait for: giving it back does.
        Kind::Store | Kind::CellWrite | Kind::Unlock | Kind::ReadUnlock => {
            with(|state| state.written(thread, op.object));
        }
        Kind::Wait => with(|state| state.written(thread, op.other)),
        Kind::Yield => with(|state| {
            state.read[thread].clear();
            if state.forced == Some(thread) {
                state.forced = None;
            }
        }),
        _ => {}
    }
}

pub(crate) fn try_lock(object: Object, thread: usize) -> bool {
    with(|state| {
        let lock = state.lock(object);
        let free = lock.writer.is_none() && lock.readers == 0;
        if free {
            lock.writer = Some(thread);
        }
        free
    })
}

pub(crate) fn unlock(object: Object) {
    with(|state| state.lock(object).writer = None);
}

pub(crate) fn try_read(object: Object) -> bool {
    with(|state| {
        let lock = state.lock(object);
        let free = lock.writer.is_none();
        if free {
            lock.readers += 1;
        }
        free
    })
}

pub(crate) fn unlock_read(object: Object) {
    with(|state| state.lock(object).readers -= 1);
}

pub(crate) fn wait(object: Object, thread: usize) {
    with(|state| state.queue(object).waiting.push((thread, Vec::new())));
}

/// The thread leaves the queue and uses up the notification that woke it.
pub(crate) fn wake(object: Object, thread: usize) {
    with(|state| {
        let queue = state.queue(object);
        let Some(index) = queue.waiting.iter().position(|waiter| waiter.0 == thread) else {
            return;
        };
        let (_, woken) = queue.waiting.remove(index);
        if let Some(&used) = woken.first() {
            for (_, others) in &mut queue.waiting {
                others.retain(|notification| *notification != used);
            }
        }
    });
}

pub(crate) fn notify(object: Object, all: bool) {
    with(|state| {
        let queue = state.queue(object);
        queue.notifications += 1;
        let mut notification = queue.notifications;
        for (_, woken) in &mut queue.waiting {
            woken.push(notification);
            if all {
                // A notification of one's own cannot be used up by another.
                queue.notifications += 1;
                notification = queue.notifications;
            }
        }
    });
}

pub(crate) fn take_token(thread: usize) {
    with(|state| state.tokens[thread] = false);
}

pub(crate) fn give_token(thread: usize) {
    with(|state| state.tokens[thread] = true);
}

pub(crate) fn end(thread: usize) {
    with(|state| state.ended[thread] = true);
}
