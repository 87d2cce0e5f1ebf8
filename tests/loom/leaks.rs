//! What an execution leaves behind, and what it makes anew.

use std::sync::atomic::{AtomicUsize as Plain, Ordering::SeqCst};

use loom::alloc::{Layout, Track, alloc, dealloc};
use loom::sync::Arc;
use loom::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use loom::thread;

#[test]
fn an_arc_that_nobody_drops_leaks() {
    let text = super::fails(|| {
        let word = Arc::new(AtomicUsize::new(0));
        let theirs = word.clone();
        thread::spawn(move || {
            theirs.store(1, Relaxed);
            std::mem::forget(theirs);
        })
        .join()
        .unwrap();
    });
    super::says(&text, "Arc leaked");
    loom::model(|| {
        let word = Arc::new(AtomicUsize::new(0));
        let theirs = word.clone();
        // Nobody joins it: it ends all the same.
        thread::spawn(move || theirs.store(1, Relaxed));
        let raw = Arc::into_raw(word);
        // Safety: it comes from `into_raw`, once more each.
        unsafe {
            Arc::increment_strong_count(raw);
            Arc::decrement_strong_count(raw);
            drop(Arc::from_raw(raw));
        }
    });
}

#[test]
fn an_arc_says_who_is_alone() {
    loom::model(|| {
        let mut word = Arc::new(AtomicUsize::new(0));
        let theirs = word.clone();
        assert!(Arc::get_mut(&mut word).is_none());
        let other = thread::spawn(move || theirs.fetch_add(1, Relaxed));
        other.join().unwrap();
        assert_eq!(Arc::strong_count(&word), 1);
        assert_eq!(Arc::get_mut(&mut word).unwrap().with_mut(|word| *word), 1);
        assert_eq!(Arc::try_unwrap(word).unwrap().into_inner(), 1);
        let made = std::sync::Arc::new(AtomicUsize::new(3));
        assert_eq!(Arc::from_std(made).load(Relaxed), 3);
    });
}

#[test]
fn what_is_tracked_has_to_be_dropped() {
    let text = super::fails(|| {
        let word = AtomicUsize::new(1);
        word.store(2, Relaxed);
        std::mem::forget(Track::new(3));
    });
    super::says(&text, "a Track leaked");
    let layout = Layout::new::<u64>();
    let text = super::fails(move || {
        AtomicUsize::new(1).store(2, Relaxed);
        // Safety: the layout is of eight bytes.
        unsafe { alloc(layout) };
    });
    super::says(&text, "an allocation leaked");
    loom::model(move || {
        AtomicUsize::new(1).store(2, Relaxed);
        assert_eq!(*Track::new(3).get_ref(), 3);
        // Safety: it is given back as it was taken.
        unsafe { dealloc(alloc(layout), layout) };
    });
}

static DROPPED: Plain = Plain::new(0);

struct Noted(Arc<AtomicUsize>);

impl Drop for Noted {
    fn drop(&mut self) {
        DROPPED.fetch_add(1, SeqCst);
    }
}

loom::lazy_static! {
    static ref NOTED: Noted = Noted(Arc::new(AtomicUsize::new(5)));
    pub(crate) static ref COUNT: AtomicUsize = AtomicUsize::new(0);
}

loom::thread_local! {
    static MINE: Arc<AtomicUsize> = Arc::new(AtomicUsize::new(0));
}

#[test]
fn statics_are_made_and_dropped_in_each_execution() {
    loom::model(|| {
        let other = thread::spawn(|| COUNT.fetch_add(NOTED.0.load(Relaxed), Relaxed));
        let mine = COUNT.fetch_add(NOTED.0.load(Relaxed), Relaxed);
        assert_eq!(mine + other.join().unwrap(), 5);
        assert_eq!(COUNT.load(Relaxed), 10);
    });
}

#[test]
fn each_thread_has_its_own() {
    loom::model(|| {
        let add = || MINE.with(|mine| mine.fetch_add(1, Relaxed));
        let other = thread::spawn(move || add() + add());
        assert_eq!((add(), add(), add()), (0, 1, 2));
        assert_eq!(other.join().unwrap(), 1);
    });
}

/// Tests for loom share by std's own `Arc`, whose last owner is whoever it is.
#[test]
fn what_an_arc_of_std_owns_ends_in_order() {
    loom::model(|| {
        let word = std::sync::Arc::new((AtomicUsize::new(0), loom::cell::UnsafeCell::new(0)));
        let theirs = word.clone();
        thread::spawn(move || {
            theirs.0.store(1, Relaxed);
            // Safety: nobody else uses it.
            theirs.1.with_mut(|value| unsafe { *value = 1 });
        });
        word.0.load(Relaxed);
    });
    // What is freed otherwise is watched as ever.
    let text = super::fails(|| {
        let word: *mut AtomicUsize = Box::into_raw(Box::new(AtomicUsize::new(0)));
        let theirs = word as usize;
        // Safety: it may be gone: this is the mistake.
        thread::spawn(move || unsafe { (*(theirs as *const AtomicUsize)).store(1, Relaxed) });
        // Safety: it was made above.
        drop(unsafe { Box::from_raw(word) });
    });
    super::says(&text, "drops it");
}

#[test]
fn threads_that_share_nothing_pass() {
    loom::model(|| {
        let other = thread::spawn(|| 1);
        assert_eq!(other.join().unwrap(), 1);
    });
}
