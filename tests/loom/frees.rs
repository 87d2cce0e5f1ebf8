//! Memory that is given back to the heap twice, or never came from it: a failure with its places,
//! where loom's process dies or goes on with what it has spoilt.

use loom::alloc::{Layout, alloc, dealloc};
use loom::sync::Arc;
use loom::sync::atomic::{AtomicUsize, Ordering::*};
use loom::thread;

/// Frees what was made as a `Box<T>`, once more perhaps.
fn free<T>(place: usize) {
    // Safety: whether it is there still is what the tests are about.
    drop(unsafe { Box::from_raw(place as *mut T) });
}

fn made<T>(value: T) -> usize {
    Box::into_raw(Box::new(value)) as usize
}

/// Who frees, each with a place of this file.
fn says_both(text: &str) {
    // Lines are broken anywhere.
    let text = &text.split_whitespace().collect::<Vec<_>>().join(" ");
    super::says(text, "DOUBLE FREE");
    super::says(text, "memory is freed twice: main frees it at frees.rs:");
    super::says(text, ", thread 2 frees it at frees.rs:");
}

#[test]
fn plain_memory_is_freed_by_two() {
    let text = super::fails(|| {
        let (place, gone) = (made([7u64; 4]), Arc::new(AtomicUsize::new(0)));
        let theirs = gone.clone();
        let other = thread::spawn(move || {
            if theirs.swap(1, AcqRel) == 0 {
                free::<[u64; 4]>(place);
            }
        });
        // The mistake: it looks, and takes nothing.
        if gone.load(Acquire) == 0 {
            free::<[u64; 4]>(place);
        }
        other.join().unwrap();
    });
    says_both(&text);
}

#[test]
fn plain_memory_is_freed_twice_in_order() {
    let text = super::fails(|| {
        let place = made(String::from("once").into_bytes());
        AtomicUsize::new(0).store(1, Relaxed);
        free::<Vec<u8>>(place);
        let other = thread::spawn(move || free::<Vec<u8>>(place));
        other.join().unwrap();
    });
    super::says(&text, "DOUBLE FREE: memory is freed twice");
}

/// What was freed is not made again before the execution is over: else the second would free what is
/// another's.
#[test]
fn what_is_made_between_is_something_else() {
    let text = super::fails(|| {
        let place = made(7u64);
        AtomicUsize::new(0).store(1, Relaxed);
        free::<u64>(place);
        let another = Box::new(8u64);
        assert_ne!(place, &raw const *another as usize);
        free::<u64>(place);
    });
    super::says(&text, "DOUBLE FREE");
}

#[test]
fn memory_that_was_never_allocated() {
    let text = super::fails(|| {
        let word = AtomicUsize::new(0);
        word.store(1, Relaxed);
        let place = &raw const word as usize;
        let other = thread::spawn(move || free::<u64>(place));
        other.join().unwrap();
    });
    super::says(&text, "INVALID FREE: memory is freed that never was allocated");
    super::says(&text, "2 frees it");
}

#[test]
fn by_the_paths_of_the_heap() {
    let layout = Layout::new::<u64>();
    let text = super::fails(move || {
        // Safety: the layout is of eight bytes.
        let place = unsafe { alloc(layout) } as usize;
        // Safety: as above, but that it is twice: this is the mistake.
        let give_back = move || unsafe { dealloc(place as *mut u8, layout) };
        let other = thread::spawn(give_back);
        give_back();
        other.join().unwrap();
    });
    says_both(&text);
}

/// An object that is moved to where another has ended is none that has.
#[test]
fn a_place_may_be_used_again() {
    /// The places of both are the same one of the stack.
    fn use_up(word: AtomicUsize) -> usize {
        word.fetch_add(1, Relaxed)
    }
    loom::model(|| {
        let words: Vec<AtomicUsize> = (0..3).map(AtomicUsize::new).collect();
        let used: usize = words.into_iter().map(use_up).sum();
        assert_eq!(used, 3);
        let (mut one, two) = (Some(AtomicUsize::new(1)), Some(AtomicUsize::new(2)));
        assert_eq!(one.as_ref().unwrap().load(Relaxed), 1);
        drop(one.take());
        one = two;
        assert_eq!(one.as_ref().unwrap().load(Relaxed), 2);
    });
}

/// Touches what it points to when it is dropped.
struct Late<T>(*const T, fn(&T));

// Safety: whether it is there still, and whose it is, is what the tests are about.
unsafe impl<T> Send for Late<T> {}

impl<T> Drop for Late<T> {
    fn drop(&mut self) {
        // Safety: as above.
        self.1(unsafe { &*self.0 });
    }
}

fn count(word: &AtomicUsize) {
    word.fetch_add(1, AcqRel);
}

/// What is made, and how it is touched when it is gone.
type Touched<T> = (fn() -> T, fn(&T));

/// Fails by an assertion, touches what is gone while it unwinds from that, and catches it perhaps.
fn unwinds<T: 'static>((make, touch): Touched<T>, freed_by_another: bool, catches: bool) -> String {
    super::fails(move || {
        let place = Box::into_raw(Box::new(make()));
        let late = Late(place, touch);
        let mine = (!freed_by_another).then_some(place as usize);
        let fails = move || {
            let _late = late;
            mine.into_iter().for_each(free::<T>);
            panic!("on purpose");
        };
        let other = thread::spawn(move || match catches {
            true => drop(std::panic::catch_unwind(std::panic::AssertUnwindSafe(fails))),
            false => fails(),
        });
        if freed_by_another {
            free::<T>(place as usize);
        }
        let _ = other.join();
    })
}

#[test]
fn a_thread_that_unwinds_touches_what_it_has_freed() {
    for catches in [false, true] {
        let text = unwinds((|| AtomicUsize::new(7), count), false, catches);
        super::says(&text, "USE AFTER FREE");
        super::says(&text, "frees.rs:");
        super::says(&text, "RACELAB_REPLAY");
    }
    let lock = |lock: &loom::sync::Mutex<Vec<u8>>| lock.lock().unwrap().push(1);
    let text = unwinds((|| loom::sync::Mutex::new(vec![1u8]), lock), false, true);
    super::says(&text, "USE AFTER FREE");
    super::says(&text, "RACELAB_REPLAY");
}

#[test]
fn a_thread_that_unwinds_touches_what_another_frees() {
    let text = unwinds((|| AtomicUsize::new(7), count), true, true);
    super::says(&text, "DATA RACE");
    super::says(&text, "RACELAB_REPLAY");
    let read = |lock: &loom::sync::RwLock<u64>| drop(lock.read().unwrap());
    let text = unwinds((|| loom::sync::RwLock::new(1u64), read), true, true);
    super::says(&text, "DATA RACE");
}

/// What is shown is what was found: who frees comes after those that were about to touch it.
#[test]
fn a_panic_before_the_end_of_what_it_touches_is_shown_as_one() {
    let text = unwinds((|| AtomicUsize::new(7), count), true, false);
    super::says(&text, "reduced: PANIC");
    super::says(&text, "graphs: PANIC");
    let told = text.matches("thread 2 panicked: on purpose").count();
    assert_eq!(told, 2, "{text}");
}

#[test]
fn the_closure_itself_unwinds_and_touches_what_it_has_freed() {
    let text = super::fails(|| {
        let place = Box::into_raw(Box::new(AtomicUsize::new(7)));
        let other = thread::spawn(|| AtomicUsize::new(0).store(1, Relaxed));
        let _late = Late(place, count);
        free::<AtomicUsize>(place as usize);
        other.join().unwrap();
        panic!("on purpose");
    });
    super::says(&text, "USE AFTER FREE");
    super::says(&text, "main drops it");
}

/// One that has caught its own panic touches what the other frees, who may be unwinding still.
#[test]
fn two_threads_catch_their_panics_and_one_frees() {
    let text = super::fails(|| {
        let place = made(AtomicUsize::new(7));
        let both = [true, false].map(|frees| {
            thread::spawn(move || {
                let own = AtomicUsize::new(0);
                let fails = || {
                    let _late = Late(&own, count);
                    panic!("on purpose");
                };
                let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(fails));
                match frees {
                    true => free::<AtomicUsize>(place),
                    // Safety: whether it is there still is what this is about.
                    false => count(unsafe { &*(place as *const AtomicUsize) }),
                }
            })
        });
        both.into_iter().for_each(|thread| thread.join().unwrap());
    });
    super::says(&text, "DATA RACE");
}

/// Nobody moves any more but who unwinds: it would wait for ever.
#[test]
fn who_waits_for_others_after_that_ends_the_process() {
    struct Waits(usize, Arc<AtomicUsize>);
    impl Drop for Waits {
        fn drop(&mut self) {
            // Safety: it is gone, and the heap has kept it.
            count(unsafe { &*(self.0 as *const AtomicUsize) });
            while self.1.load(Acquire) == 0 {
                thread::yield_now();
            }
        }
    }
    let text = super::fails(|| {
        let place = made(AtomicUsize::new(7));
        let never = Arc::new(AtomicUsize::new(0));
        let theirs = never.clone();
        let other = thread::spawn(move || {
            let _waits = Waits(place, theirs);
            free::<AtomicUsize>(place);
            panic!("on purpose");
        });
        let _ = other.join();
        never.store(1, Release);
    });
    super::says(&text, "CRASH");
    super::says(&text, "use after free");
}

/// It lies elsewhere by a few bytes for who drops it than for who uses it.
#[test]
fn what_ends_is_called_as_it_is_used() {
    let text = super::fails(|| {
        let first = AtomicUsize::new(0);
        let place = made(AtomicUsize::new(7));
        // Safety: whether it is there still is what this is about.
        let other = thread::spawn(move || count(unsafe { &*(place as *const AtomicUsize) }));
        first.store(1, Relaxed);
        free::<AtomicUsize>(place);
        other.join().unwrap();
    });
    super::says(&text, "atomic1.store <- 1");
    super::says(&text, "atomic2.fetch_add");
    super::says(&text, "atomic2.drop");
    assert!(!text.contains("object"), "{text}");
}
