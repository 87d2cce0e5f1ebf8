//! Structures as somebody writes them who has read the book's page on models, against
//! `racelab::model`: two that are right, and two that look so.

use racelab::rt::shuttle as rt;

use rt::cell::UnsafeCell;
use rt::sync::Arc;
use rt::sync::atomic::{AtomicBool, AtomicPtr, AtomicUsize, Ordering, Ordering::*, fence};
use rt::thread;

/// One message from one thread to another.
struct Slot {
    full: AtomicBool,
    value: UnsafeCell<Option<u32>>,
}

impl Slot {
    fn send(&self, value: u32, order: Ordering) {
        // Safety: nobody reads it before it is full.
        self.value.with_mut(|place| unsafe { *place = Some(value) });
        self.full.store(true, order);
    }

    fn try_receive(&self) -> Option<u32> {
        // Safety: it is full, and its sender is done.
        let take = || self.value.with_mut(|place| unsafe { (*place).take() });
        self.full.load(Acquire).then(take).flatten()
    }
}

fn a_message(order: Ordering) {
    let slot = Arc::new(Slot { full: AtomicBool::new(false), value: UnsafeCell::new(None) });
    let theirs = slot.clone();
    let sender = thread::spawn(move || theirs.send(7, order));
    assert!(matches!(slot.try_receive(), None | Some(7)));
    sender.join().unwrap();
}

#[test]
fn a_slot_for_one_message() {
    racelab::model(|| a_message(Release));
    let text = super::found(|| a_message(Relaxed));
    super::says(&text, "DATA RACE");
}

/// A pair that one thread writes, and others read whole or not at all.
#[derive(Default)]
struct Pair {
    version: AtomicUsize,
    words: [AtomicUsize; 2],
}

impl Pair {
    fn write(&self, value: usize) {
        let version = self.version.load(Relaxed);
        self.version.store(version + 1, Relaxed);
        fence(Release);
        self.words.iter().for_each(|word| word.store(value, Relaxed));
        self.version.store(version + 2, Release);
    }

    fn try_read(&self) -> Option<[usize; 2]> {
        let before = self.version.load(Acquire);
        let words = [self.words[0].load(Relaxed), self.words[1].load(Relaxed)];
        fence(Acquire);
        (before.is_multiple_of(2) && self.version.load(Relaxed) == before).then_some(words)
    }
}

#[test]
fn a_sequence_lock() {
    racelab::model(|| {
        let pair = Arc::new(Pair::default());
        let theirs = pair.clone();
        let writer = thread::spawn(move || theirs.write(1));
        assert!(pair.try_read().is_none_or(|[one, other]| one == other));
        writer.join().unwrap();
    });
}

struct Node {
    next: AtomicPtr<Node>,
    value: u32,
}

/// Treiber's stack, which frees what it takes at once: another may look into it still.
#[derive(Default)]
struct Stack(AtomicPtr<Node>);

impl Stack {
    fn push(&self, value: u32) {
        let node = Box::into_raw(Box::new(Node { next: AtomicPtr::default(), value }));
        loop {
            let top = self.0.load(Relaxed);
            // Safety: nobody else knows it yet.
            unsafe { &*node }.next.store(top, Relaxed);
            if self.0.compare_exchange(top, node, Release, Relaxed).is_ok() {
                return;
            }
        }
    }

    fn pop(&self) -> Option<u32> {
        loop {
            let top = self.0.load(Acquire);
            // Safety: this is the mistake.
            let next = unsafe { top.as_ref() }?.next.load(Relaxed);
            if self.0.compare_exchange(top, next, Acquire, Relaxed).is_ok() {
                // Safety: it is out of the stack, and ours.
                return Some(unsafe { Box::from_raw(top) }.value);
            }
        }
    }
}

#[test]
fn a_stack_that_frees_at_once() {
    let text = super::found(|| {
        let stack = Arc::new(Stack::default());
        stack.push(1);
        let theirs = stack.clone();
        let other = thread::spawn(move || theirs.pop());
        let mine = stack.pop();
        assert_ne!(mine, other.join().unwrap());
    });
    super::says(&text, "drops it");
}

/// A lock that serves in turn, whose owner gives it on by a Relaxed store.
#[derive(Default)]
struct Turns {
    next: AtomicUsize,
    serves: AtomicUsize,
    count: UnsafeCell<u32>,
}

impl Turns {
    fn add(&self, order: Ordering) {
        let mine = self.next.fetch_add(1, Relaxed);
        while self.serves.load(Acquire) != mine {
            thread::yield_now();
        }
        // Safety: it is our turn.
        self.count.with_mut(|count| unsafe { *count += 1 });
        self.serves.store(mine + 1, order);
    }
}

fn two_turns(order: Ordering) {
    let lock = Arc::new(Turns::default());
    let theirs = lock.clone();
    let other = thread::spawn(move || theirs.add(order));
    lock.add(order);
    other.join().unwrap();
    // Safety: nobody else is left.
    lock.count.with(|count| assert_eq!(unsafe { *count }, 2));
}

#[test]
fn a_lock_that_serves_in_turn() {
    racelab::model(|| two_turns(Release));
    let text = super::found(|| two_turns(Relaxed));
    super::says(&text, "DATA RACE");
}
