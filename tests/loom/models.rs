//! Models, threads, and what they wait for.

use std::time::Duration;

use loom::future::{AtomicWaker, block_on};
use loom::model::Builder;
use loom::sync::atomic::{AtomicBool, AtomicUsize, Ordering::*};
use loom::sync::{Arc, Barrier, Condvar, Mutex, Notify, RwLock, mpsc};
use loom::{hint, thread};

/// So many threads count up, by a load and a store.
fn count(threads: usize) {
    let count = Arc::new(AtomicUsize::new(0));
    let add = |_| {
        let count = count.clone();
        thread::spawn(move || count.store(count.load(Acquire) + 1, Release))
    };
    let started: Vec<_> = (0..threads).map(add).collect();
    started.into_iter().for_each(|thread| thread.join().unwrap());
    assert_eq!(count.load(Relaxed), threads, "one is lost");
}

#[test]
fn a_lost_update_is_found() {
    super::says(&super::fails(|| count(2)), "one is lost");
}

#[test]
fn what_has_a_bound_may_be_cut_and_fails_all_the_same() {
    let mut builder = Builder::new();
    builder.max_permutations = Some(3);
    builder.max_duration = Some(Duration::from_secs(60));
    builder.checkpoint_file("nowhere").check(|| {
        let word = Arc::new(AtomicUsize::new(0));
        let add = |_| {
            let word = word.clone();
            thread::spawn(move || (0..3).map(|_| word.fetch_add(1, Relaxed)).sum::<usize>())
        };
        let started: Vec<_> = (0..3).map(add).collect();
        let sum: usize = started.into_iter().map(|thread| thread.join().unwrap()).sum();
        assert_eq!(sum, 36);
    });
    let mut builder = Builder::new();
    builder.preemption_bound = Some(2);
    let failed =
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| builder.check(|| count(2))));
    assert!(racelab::trial::is_child() || failed.is_err());
}

#[test]
fn a_panic_of_a_thread_fails_whoever_waits_for_it() {
    let text = super::fails(|| {
        let (sender, receiver) = mpsc::channel::<()>();
        let other = thread::spawn(move || {
            let _kept = std::mem::ManuallyDrop::new(sender);
            panic!("it is not to be");
        });
        // It waits for ever.
        receiver.recv().unwrap();
        other.join().unwrap();
    });
    super::says(&text, "thread 2 panicked: it is not to be");
}

#[test]
fn a_deadlock_is_found() {
    let text = super::fails(|| {
        let locks = Arc::new((Mutex::new(1), Mutex::new(2)));
        let theirs = locks.clone();
        thread::spawn(move || {
            let first = theirs.0.lock().unwrap();
            *theirs.1.lock().unwrap() += *first;
        });
        let second = locks.1.lock().unwrap();
        *locks.0.lock().unwrap() += *second;
    });
    super::says(&text, "DEADLOCK");
}

#[test]
fn threads_have_names_and_may_own_what_is_not_send() {
    loom::model(|| {
        let name = || thread::current().name().map(String::from);
        let builder = thread::Builder::new().name("worker".to_string());
        let other = builder.spawn(name).unwrap();
        assert_eq!(other.thread().name(), Some("worker"));
        assert_ne!(other.thread().id(), thread::current().id());
        assert_eq!(other.join().unwrap().as_deref(), Some("worker"));
        let own = std::rc::Rc::new(AtomicUsize::new(1));
        let other = thread::spawn(move || own.load(Relaxed));
        assert_eq!(other.join().unwrap(), 1);
    });
}

#[test]
fn who_parks_is_unparked() {
    loom::model(|| {
        let on = Arc::new(AtomicBool::new(false));
        let (theirs, main) = (on.clone(), thread::current());
        thread::spawn(move || {
            theirs.store(true, Release);
            main.unpark();
        });
        while !on.load(Acquire) {
            thread::park();
        }
    });
}

#[test]
fn who_waits_is_notified() {
    loom::model(|| {
        let both = Arc::new((Notify::new(), Mutex::new(false), Condvar::new()));
        let theirs = both.clone();
        thread::spawn(move || {
            theirs.0.wait();
            *theirs.1.lock().unwrap() = true;
            theirs.2.notify_one();
        });
        both.0.notify();
        let mut on = both.1.lock().unwrap();
        while !*on {
            on = both.2.wait(on).unwrap();
        }
    });
}

#[test]
fn readers_share_and_threads_meet() {
    loom::model(|| {
        let both = Arc::new((RwLock::new(0), Barrier::new(2)));
        let theirs = both.clone();
        let other = thread::spawn(move || {
            *theirs.0.write().unwrap() += 1;
            theirs.1.wait().is_leader()
        });
        let leads = both.1.wait().is_leader();
        assert_eq!(*both.0.read().unwrap(), 1);
        assert_ne!(leads, other.join().unwrap());
    });
}

#[test]
fn a_loop_that_yields_ends() {
    loom::model(|| {
        let on = Arc::new(AtomicBool::new(false));
        let theirs = on.clone();
        thread::spawn(move || theirs.store(true, Release));
        while !on.load(Acquire) {
            hint::spin_loop();
        }
    });
}

#[test]
fn a_future_is_polled_until_it_is_ready() {
    let ready = |wakes: bool| {
        move || {
            let both = Arc::new((AtomicBool::new(false), AtomicWaker::new()));
            let theirs = both.clone();
            thread::spawn(move || {
                theirs.0.store(true, Release);
                if wakes {
                    theirs.1.wake();
                }
            });
            block_on(std::future::poll_fn(|context| {
                both.1.register_by_ref(context.waker());
                match both.0.load(Acquire) {
                    true => std::task::Poll::Ready(()),
                    false => std::task::Poll::Pending,
                }
            }));
            drop(both.1.take_waker());
        }
    };
    loom::model(ready(true));
    super::says(&super::fails(ready(false)), "DEADLOCK");
}

/// As std's: what wants a guard that lives less long takes one that lives longer.
#[test]
fn guards_may_live_less_long() {
    use loom::sync::{MutexGuard, RwLockReadGuard, RwLockWriteGuard};
    fn either<'a>(one: MutexGuard<'a, u32>, _: &'a Mutex<u32>) -> MutexGuard<'a, u32> {
        one
    }
    type Both<'a> = (RwLockReadGuard<'a, u32>, RwLockWriteGuard<'a, u32>);
    fn shorter<'a>(both: Both<'static>, _: &'a ()) -> Both<'a> {
        both
    }
    let _ = shorter;
    loom::model(|| {
        let lock = Mutex::new(1);
        let inner = Mutex::new(2);
        assert_eq!(*either(lock.lock().unwrap(), &inner), 1);
        let both = RwLock::new(3);
        assert_eq!(*both.read().unwrap(), 3);
    });
}

#[test]
fn wakers_of_one_thread_are_the_same() {
    loom::model(|| {
        let ready = std::future::poll_fn(|context| {
            let (one, other) = (context.waker().clone(), context.waker().clone());
            assert!(one.will_wake(&other) && one.will_wake(context.waker()));
            std::task::Poll::Ready(1)
        });
        assert_eq!(loom::future::block_on(ready), 1);
        loom::sync::atomic::AtomicUsize::new(0).store(1, Relaxed);
    });
}
