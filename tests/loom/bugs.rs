//! Bugs of a published crate, in small: each is in tests of its own that loom passes.

use loom::cell::UnsafeCell;
use loom::hint;
use loom::sync::atomic::{AtomicU8, Ordering::*};
use loom::thread;

const RECEIVING: u8 = 0;
const UNPARKING: u8 = 1;
const DISCONNECTED: u8 = 2;
const MESSAGE: u8 = 4;

/// What both ends of a channel have, and the last of them frees.
struct Channel {
    state: AtomicU8,
    waker: UnsafeCell<u32>,
}

/// One end of it.
#[derive(Clone, Copy)]
struct End(*const Channel);

// Safety: what the tests are about.
unsafe impl Send for End {}

impl End {
    fn new() -> End {
        let (state, waker) = (AtomicU8::new(RECEIVING), UnsafeCell::new(7));
        End(Box::into_raw(Box::new(Channel { state, waker })))
    }

    fn get<'a>(self) -> &'a Channel {
        // Safety: whether it lives still is what the tests are about.
        unsafe { &*self.0 }
    }

    fn free(self) {
        // Safety: as above.
        drop(unsafe { Box::from_raw(self.0.cast_mut()) });
    }

    /// Sends: takes the waker, says that the message is there, and lets the other end free.
    fn send(self) {
        if self.get().state.fetch_add(1, Release) == RECEIVING {
            loom::sync::atomic::fence(Acquire);
            // Safety: as above.
            self.get().waker.with(|waker| unsafe { assert_eq!(*waker, 7) });
            if self.get().state.swap(MESSAGE, AcqRel) == DISCONNECTED {
                self.free();
            }
        } else {
            self.free();
        }
    }

    /// Waits until the sender is done with the waker.
    fn wait(self, order: std::sync::atomic::Ordering) {
        loop {
            hint::spin_loop();
            if self.get().state.load(order) == MESSAGE {
                break;
            }
        }
    }
}

/// faern/oneshot, 0.1.11: RUSTSEC-2026-0005. The receiver drops its waker although the sender may be
/// taking it.
#[test]
fn the_receiver_drops_a_waker_that_the_sender_takes() {
    let text = super::fails(|| {
        let channel = End::new();
        let sender = thread::spawn(move || channel.send());
        match channel.get().state.swap(DISCONNECTED, Acquire) {
            // Safety: this is the mistake.
            RECEIVING | UNPARKING => channel.get().waker.with_mut(|waker| unsafe { *waker = 0 }),
            _ => channel.free(),
        }
        sender.join().unwrap();
    });
    super::says(&text, "DATA RACE");
}

/// faern/oneshot, 0.2.1: issue 87. The receiver takes its own word for the sender's, and frees.
#[test]
fn the_receiver_reads_its_own_word_and_frees() {
    let text = super::fails(|| {
        let channel = End::new();
        let sender = thread::spawn(move || channel.send());
        match channel.get().state.swap(DISCONNECTED, Acquire) {
            UNPARKING => {
                loop {
                    hint::spin_loop();
                    match channel.get().state.load(Relaxed) {
                        UNPARKING => {}
                        _ => break,
                    }
                }
                channel.free();
            }
            MESSAGE => channel.free(),
            _ => {}
        }
        sender.join().unwrap();
    });
    super::says(&text, "drops it");
}

/// faern/oneshot, 0.1.11, where 0.2.1 has a fence: polled again while the sender takes the waker, the receiver sees
/// the message by a Relaxed load, stores its own word over it, and frees. Nothing orders what the
/// sender did before that; with Acquire it would be in order.
#[test]
fn the_receiver_frees_after_a_relaxed_look() {
    let receive = |order| {
        move || {
            let channel = End::new();
            let sender = thread::spawn(move || channel.send());
            if channel.get().state.load(Acquire) == UNPARKING {
                channel.wait(order);
                channel.get().state.store(DISCONNECTED, Relaxed);
                if channel.get().state.swap(DISCONNECTED, Acquire) == DISCONNECTED {
                    channel.free();
                }
                sender.join().unwrap();
            } else {
                sender.join().unwrap();
                channel.free();
            }
        }
    };
    let text = super::fails(receive(Relaxed));
    super::says(&text, "nothing orders two accesses");
    loom::model(receive(Acquire));
}

/// The same, where the receiver drops an owner of something last: whether it is the last depends on
/// nothing that anybody orders.
#[test]
fn who_drops_an_owner_last_is_not_ordered_by_that() {
    let text = super::fails(|| {
        let channel = End::new();
        let owner = loom::sync::Arc::new(());
        let theirs = owner.clone();
        let sender = thread::spawn(move || {
            channel.send();
            drop(theirs);
        });
        if channel.get().state.load(Acquire) == UNPARKING {
            channel.wait(Relaxed);
            drop(owner);
            channel.get().state.store(DISCONNECTED, Relaxed);
            channel.free();
            sender.join().unwrap();
        } else {
            sender.join().unwrap();
            channel.free();
        }
    });
    super::says(&text, "nothing orders two accesses");
}
