//! The counts of an `Arc`: looked at, they are words; not looked at, they order what owners did.

says!(try_unwrap, Forbidden, {
    use super::rt::sync::{Arc, Mutex};
    use racelab::{Race, actor, outcomes};
    pub struct M {
        left: Mutex<Option<Arc<u64>>>,
        right: Mutex<Option<Arc<u64>>>,
    }
    racelab::fields!(M { left: left, right: right });
    outcomes! { ONE: Allowed, "one gets the value"; LOST: Forbidden, "nobody gets the value"; }
    pub const RACE: Race<M> = Race::new(
        || {
            let a = Arc::new(7);
            M { left: Mutex::new(Some(a.clone())), right: Mutex::new(Some(a)) }
        },
        &[
            actor("left", |m: &M, s| {
                let a = m.left.lock().unwrap().take().unwrap();
                if let Ok(v) = Arc::try_unwrap(a) {
                    s.note(v)
                }
            }),
            actor("right", |m: &M, s| {
                let a = m.right.lock().unwrap().take().unwrap();
                if let Ok(v) = Arc::try_unwrap(a) {
                    s.note(v)
                }
            }),
        ],
        |_, s| if s.iter().all(|s| s.values().is_empty()) { LOST } else { ONE },
        OUTCOMES,
    );
});

says!(weak_twice, Forbidden, {
    use super::rt::sync::atomic::{AtomicU64, Ordering::*};
    use super::rt::sync::{Arc, Mutex, Weak};
    use racelab::{Race, actor, outcomes};
    pub struct M {
        strong: Mutex<Option<Arc<u64>>>,
        weak: Weak<u64>,
        other: AtomicU64,
    }
    racelab::fields!(M { strong: dropper, weak: upgrader, other: dropper });
    outcomes! { SAME: Allowed, "both looks agree"; GONE: Forbidden, "it went between the looks: unwrap on None"; }
    pub const RACE: Race<M> = Race::new(
        || {
            let a = Arc::new(7);
            M { weak: Arc::downgrade(&a), strong: Mutex::new(Some(a)), other: AtomicU64::new(0) }
        },
        &[
            actor("upgrader", |m: &M, s| {
                if m.weak.strong_count() > 0 {
                    s.note(m.weak.upgrade().is_some() as u64)
                }
            }),
            actor("dropper", |m: &M, _| {
                drop(m.strong.lock().unwrap().take());
                m.other.store(1, Relaxed);
            }),
        ],
        |_, s| if s[0].values() == [0] { GONE } else { SAME },
        OUTCOMES,
    );
});

says!(own_arc_lost, Forbidden, {
    use super::rt::sync::atomic::{AtomicU64, Ordering::*};
    use super::rt::sync::{Arc, Mutex};
    use racelab::{Race, actor, outcomes};
    pub struct M {
        left: Mutex<Option<Arc<AtomicU64>>>,
        right: Mutex<Option<Arc<AtomicU64>>>,
    }
    racelab::fields!(M { left: left, right: right });
    outcomes! { ONE: Allowed, "one sees that it is the last"; LOST: Forbidden, "nobody sees that it is the last"; }
    pub const RACE: Race<M> = Race::new(
        || {
            let a = Arc::new(AtomicU64::new(7));
            M { left: Mutex::new(Some(a.clone())), right: Mutex::new(Some(a)) }
        },
        &[
            actor("left", |m: &M, s| {
                let a = m.left.lock().unwrap().take().unwrap();
                a.load(Relaxed);
                s.note((Arc::strong_count(&a) == 1) as u64);
            }),
            actor("right", |m: &M, s| {
                let a = m.right.lock().unwrap().take().unwrap();
                a.load(Relaxed);
                s.note((Arc::strong_count(&a) == 1) as u64);
            }),
        ],
        |_, s| if s.iter().all(|s| s.values() == [0]) { LOST } else { ONE },
        OUTCOMES,
    );
});

says!(arc_count, DataRace, {
    use super::rt::cell::UnsafeCell;
    use super::rt::sync::{Arc, Mutex};
    use racelab::{Race, actor, outcomes};
    pub struct M {
        a: Mutex<Option<Arc<UnsafeCell<u64>>>>,
        b: Arc<UnsafeCell<u64>>,
    }
    racelab::fields!(M { a: dropper, b: owner });
    outcomes! { SHARED: Allowed required, "still shared"; ALONE: Allowed required, "alone"; }
    pub const RACE: Race<M> = Race::new(
        || {
            let b = Arc::new(UnsafeCell::new(0));
            M { a: Mutex::new(Some(b.clone())), b }
        },
        &[
            actor("dropper", |m: &M, _| {
                let a = m.a.lock().unwrap().take().unwrap();
                a.with_mut(|v| unsafe { *v += 1 });
                drop(a);
            }),
            // rust-lang/rust #117485: strong_count is Relaxed
            actor("owner", |m: &M, s| {
                if Arc::strong_count(&m.b) == 1 {
                    m.b.with_mut(|v| unsafe { *v += 1 });
                    s.note(1);
                }
            }),
        ],
        |_, s| if s[1].values() == [1] { ALONE } else { SHARED },
        OUTCOMES,
    );
});
