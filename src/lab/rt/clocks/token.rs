//! What orders threads without an operation: the counts of an `Arc`, and messages.

use std::sync::atomic::Ordering::{Acquire, Release};

use super::{Clock, join, quietly};
use crate::rt::op::Object;

/// The current thread releases an object without an operation: what the count of an `Arc` orders.
pub(crate) fn release_quietly(object: Object) {
    quietly(|clocks, thread| clocks.release(thread, object, Release, true));
}

/// As [`release_quietly`]: the current thread takes over what others released.
pub(crate) fn acquire_quietly(object: Object) {
    quietly(|clocks, thread| clocks.acquire(thread, object, Acquire));
}

/// What the current thread takes over in `act` it does not keep: of owners that come and go without an
/// operation nobody knows which was the last, so nothing after that may rest on it.
pub(crate) fn apart(act: impl FnOnce()) {
    let mut before = None;
    quietly(|clocks, thread| before = Some(Box::new(clocks.now[thread])));
    act();
    quietly(|clocks, thread| {
        if let Some(mut before) = before {
            before[thread] = clocks.now[thread][thread];
            clocks.now[thread] = *before;
        }
    });
}

/// The current thread is the last owner of what std's `Arc` owns: it comes after what the others did to
/// this object.
pub(crate) fn owners_have_ended(object: Object) {
    quietly(|clocks, thread| {
        let known = clocks.known(object);
        let used: Vec<_> =
            known.write.iter().chain(&known.reads).chain(&known.uses).copied().collect();
        for access in used {
            let time = &mut clocks.now[thread][access.thread];
            *time = (*time).max(access.time);
        }
    });
}

/// What a thread had done when it sent something: whoever takes that comes after it.
#[derive(Debug, Default)]
pub(crate) struct Token(Option<Box<Clock>>);

impl Token {
    /// All that the current thread has done; nothing, where no clocks run.
    pub(crate) fn new() -> Token {
        let mut token = Token(None);
        quietly(|clocks, thread| {
            token.0 = Some(Box::new(clocks.now[thread]));
            clocks.now[thread][thread] += 1;
        });
        token
    }

    /// The current thread goes on after all that was done before this.
    pub(crate) fn take(&self) {
        if let Some(clock) = &self.0 {
            quietly(|clocks, thread| join(&mut clocks.now[thread], clock));
        }
    }
}
