//! What orders what: atomics, fences and cells.

use loom::cell::{Cell, UnsafeCell};
use loom::sync::Arc;
use loom::sync::atomic::{AtomicBool, AtomicPtr, AtomicUsize, Ordering, Ordering::*, fence};
use loom::thread;

/// A value that is written, and then published with this ordering.
fn published(store: Ordering, fences: bool) {
    let both = Arc::new((UnsafeCell::new(0), AtomicBool::new(false)));
    let theirs = both.clone();
    thread::spawn(move || {
        // Safety: what the tests are about.
        theirs.0.with_mut(|value| unsafe { *value = 1 });
        if fences {
            fence(Release);
        }
        theirs.1.store(true, store);
    });
    if both.1.load(Acquire) {
        // Safety: as above.
        both.0.with(|value| unsafe { assert_eq!(*value, 1) });
    }
}

#[test]
fn a_release_publishes_and_a_relaxed_store_does_not() {
    loom::model(|| published(Release, false));
    loom::model(|| published(Relaxed, true));
    let text = super::fails(|| published(Relaxed, false));
    super::says(&text, "with Release for the write they would be in");
}

#[test]
fn old_values_are_read() {
    // Store buffering.
    let text = super::fails(|| {
        let both = Arc::new((AtomicUsize::new(0), AtomicUsize::new(0)));
        let theirs = both.clone();
        let other = thread::spawn(move || {
            theirs.0.store(1, Release);
            theirs.1.load(Acquire)
        });
        both.1.store(1, Release);
        let mine = both.0.load(Acquire);
        assert!(mine + other.join().unwrap() > 0, "both are old");
    });
    super::says(&text, "both are old");
    // loom reports it here too: tokio-rs/loom, issue 180.
    loom::model(|| {
        let both = Arc::new((AtomicUsize::new(0), AtomicUsize::new(0)));
        let theirs = both.clone();
        let other = thread::spawn(move || {
            theirs.0.store(1, SeqCst);
            theirs.1.load(SeqCst)
        });
        both.1.store(1, SeqCst);
        let mine = both.0.load(SeqCst);
        assert!(mine + other.join().unwrap() > 0, "both are old");
    });
}

#[test]
fn a_pointer_is_an_access_as_long_as_it_lives() {
    // The value is written after it was published: where the pointer ends it is written still.
    let text = super::fails(|| {
        let both = Arc::new((UnsafeCell::new(0), AtomicBool::new(false)));
        let theirs = both.clone();
        thread::spawn(move || {
            let pointer = theirs.0.get_mut();
            theirs.1.store(true, Release);
            // Safety: this is the mistake.
            pointer.with(|value| unsafe { *value = 1 });
        });
        if both.1.load(Acquire) {
            // Safety: as above.
            both.0.with(|value| unsafe { *value });
        }
    });
    super::says(&text, "DATA RACE");
    let text = super::fails(|| {
        let cell = UnsafeCell::new(0);
        AtomicUsize::new(0).store(1, Relaxed);
        let _reads = cell.get();
        drop(cell.get_mut());
    });
    super::says(&text, "this cell is used by a pointer of the same");
    loom::model(|| {
        let cell = UnsafeCell::new(1);
        // Safety: nobody else has it.
        unsafe { *cell.get_mut().deref() += 1 };
        // Safety: as above.
        assert_eq!(unsafe { *cell.get().deref() + *cell.get().deref() }, 4);
        assert_eq!(cell.into_inner(), 2);
    });
}

#[test]
fn a_cell_is_plain_memory() {
    let text = super::fails(|| {
        struct Shared(Cell<usize>);
        // Safety: this is the mistake.
        unsafe impl Sync for Shared {}
        let cell = Arc::new(Shared(Cell::new(0)));
        let theirs = cell.clone();
        thread::spawn(move || theirs.0.set(theirs.0.get() + 1));
        cell.0.replace(2);
    });
    super::says(&text, "DATA RACE");
    loom::model(|| {
        let (one, two) = (Cell::new(1), Cell::new(2));
        one.swap(&two);
        assert_eq!((one.take(), two.get(), one.get()), (2, 1, 0));
    });
}

#[test]
fn atomics_have_what_loom_gives_them() {
    loom::model(|| {
        let mut word = AtomicUsize::new(1);
        assert_eq!(word.compare_exchange(1, 2, AcqRel, Acquire), Ok(1));
        assert_eq!(word.compare_and_swap(1, 3, AcqRel), 2);
        assert_eq!(word.try_update(AcqRel, Acquire, |value| value.checked_sub(3)), Err(2));
        assert_eq!(word.update(AcqRel, Acquire, |value| value + 1), 2);
        assert_eq!(word.fetch_max(7, Relaxed), 3);
        word.with_mut(|value| *value += 1);
        // Safety: nobody else has it.
        assert_eq!(unsafe { word.unsync_load() }, 8);
        assert_eq!(word.into_inner(), 8);
        let mut value = 5;
        let pointer = AtomicPtr::new(&mut value);
        // Safety: it points at `value`.
        assert_eq!(unsafe { *pointer.load(Acquire) }, 5);
        assert!(AtomicPtr::<u8>::default().load(Relaxed).is_null());
    });
}

/// What a thread ends after its last event it ends as well where that is repeated and somebody joins
/// it.
#[test]
fn a_thread_that_is_joined_comes_to_its_end() {
    loom::model(|| {
        let word = Arc::new(AtomicUsize::new(0));
        let (theirs, others) = (word.clone(), word.clone());
        let first = thread::spawn(move || {
            let own = Box::new(AtomicUsize::new(1));
            theirs.store(own.load(Relaxed), Relaxed);
        });
        let second = thread::spawn(move || {
            let seen = others.load(Relaxed);
            assert!(others.load(Relaxed) >= seen);
        });
        first.join().unwrap();
        second.join().unwrap();
    });
}
