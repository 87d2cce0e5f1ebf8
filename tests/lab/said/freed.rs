//! Memory that is freed: a use after it is found, and nothing is touched.

says!(box_uaf, DataRace, {
    use super::rt::cell::UnsafeCell;
    use super::rt::sync::atomic::{AtomicPtr, Ordering::*};
    use racelab::{Race, actor, outcomes};
    pub struct Node {
        value: u64,
        next: AtomicPtr<Node>,
        cell: UnsafeCell<u64>,
    }
    pub struct M {
        top: AtomicPtr<Node>,
    }
    racelab::fields!(M { top: left | right });
    fn node(value: u64, next: *mut Node) -> *mut Node {
        Box::into_raw(Box::new(Node {
            value,
            next: AtomicPtr::new(next),
            cell: UnsafeCell::new(value),
        }))
    }
    impl M {
        fn pop(&self) -> Option<u64> {
            loop {
                let top = self.top.load(Acquire);
                if top.is_null() {
                    return None;
                }
                let next = unsafe { (*top).next.load(Acquire) };
                unsafe { (*top).cell.with(|c| *c) };
                if self.top.compare_exchange(top, next, AcqRel, Acquire).is_ok() {
                    let node = unsafe { Box::from_raw(top) };
                    return Some(node.value);
                }
            }
        }
    }
    outcomes! { FINE: Allowed, "two values"; BAD: Forbidden, "something else"; }
    pub const RACE: Race<M> = Race::new(
        || {
            let b = node(2, std::ptr::null_mut());
            M { top: AtomicPtr::new(node(1, b)) }
        },
        &[
            actor("left", |m: &M, s| {
                if let Some(v) = m.pop() {
                    s.note(v)
                }
            }),
            actor("right", |m: &M, s| {
                if let Some(v) = m.pop() {
                    s.note(v)
                }
            }),
        ],
        |_, s| {
            let mut v: Vec<u64> = s.iter().flat_map(|s| s.values().to_vec()).collect();
            v.sort();
            if v == [1, 2] { FINE } else { BAD }
        },
        OUTCOMES,
    );
});

says!(condvar_orders, DataRace, {
    use super::rt::cell::UnsafeCell;
    use super::rt::sync::{Condvar, Mutex};
    use racelab::{Race, actor, outcomes};
    pub struct M {
        state: Mutex<u64>,
        condvar: Condvar,
        data: UnsafeCell<u64>,
    }
    racelab::fields!(M { state: waiter | notifier, condvar: waiter | notifier, data: notifier -> waiter });
    outcomes! { LATE: Allowed, "too late to wait"; READ: Allowed, "read"; }
    pub const RACE: Race<M> = Race::new(
        || M { state: Mutex::new(0), condvar: Condvar::new(), data: UnsafeCell::new(0) },
        &[
            actor("waiter", |m: &M, s| {
                let mut g = m.state.lock().unwrap();
                if *g == 2 {
                    return;
                }
                *g = 1;
                drop(m.condvar.wait(g).unwrap());
                s.note(m.data.with(|d| unsafe { *d }));
            }),
            actor("notifier", |m: &M, _| {
                let mut g = m.state.lock().unwrap();
                if *g == 0 {
                    *g = 2;
                    return;
                }
                drop(g);
                m.data.with_mut(|d| unsafe { *d = 7 });
                m.condvar.notify_one();
            }),
        ],
        |_, s| if s[0].values().is_empty() { LATE } else { READ },
        OUTCOMES,
    );
});

// Freed under a lock, and used under the same lock afterwards: no race, and always wrong.
says!(freed_in_order, UseAfterFree, {
    use super::rt::sync::Mutex;
    use super::rt::sync::atomic::{AtomicU64, Ordering::*};
    use racelab::{Race, Saw, actor, outcomes};
    pub struct Owned(*mut AtomicU64, bool);
    unsafe impl Send for Owned {}
    pub struct M {
        place: Mutex<Owned>,
    }
    racelab::fields!(M { place: left | right });
    outcomes! { ENDED: Allowed, "both ended"; }
    fn act(m: &M, _: &mut Saw) {
        let mut owned = m.place.lock().unwrap();
        unsafe { (*owned.0).fetch_add(1, Relaxed) };
        if !std::mem::replace(&mut owned.1, true) {
            drop(unsafe { Box::from_raw(owned.0) });
        }
    }
    pub const RACE: Race<M> = Race::new(
        || M { place: Mutex::new(Owned(Box::into_raw(Box::new(AtomicU64::new(0))), false)) },
        &[actor("left", act), actor("right", act)],
        |_, _| ENDED,
        OUTCOMES,
    )
    .checkers_only("it uses freed memory");
});
