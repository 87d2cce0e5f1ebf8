//! One message, handed from one thread to another.

use super::rt::cell::UnsafeCell;
use super::rt::sync::atomic::AtomicBool;
use super::rt::sync::atomic::Ordering::{Acquire, Release};

pub struct Handoff {
    message: UnsafeCell<u64>,
    ready: AtomicBool,
}

racelab::fields!(Handoff { message: sender -> receiver, ready: sender -> receiver });

impl Handoff {
    pub fn new() -> Handoff {
        Handoff { message: UnsafeCell::new(0), ready: AtomicBool::new(false) }
    }

    /// Sends the one message.
    pub fn send(&self, message: u64) {
        // Safety: the receiver looks only after `ready`.
        self.message.with_mut(|place| unsafe { *place = message });
        self.ready.store(true, Release);
    }

    /// The message, if it has come.
    pub fn receive(&self) -> Option<u64> {
        // Safety: it is not written again after `ready`.
        self.ready.load(Acquire).then(|| self.message.with(|place| unsafe { *place }))
    }
}
