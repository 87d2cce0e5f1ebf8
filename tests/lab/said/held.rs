//! A held lock that is touched again: every order is there.

says!(owner_try_lock, Forbidden, {
    use super::rt::sync::Mutex;
    use racelab::{Race, actor, outcomes};
    pub struct M {
        value: Mutex<u64>,
    }
    racelab::fields!(M { value: owner | other });
    outcomes! { OWNER: Allowed, "the owner first"; OTHER: Forbidden, "the other first"; }
    pub const RACE: Race<M> = Race::new(
        || M { value: Mutex::new(1) },
        &[
            actor("owner", |m: &M, s| {
                let g = m.value.lock().unwrap();
                assert!(m.value.try_lock().is_err(), "the lock is taken");
                s.note(*g);
            }),
            actor("other", |m: &M, _| *m.value.lock().unwrap() = 2),
        ],
        |_, s| if s[0].values() == [2] { OTHER } else { OWNER },
        OUTCOMES,
    );
});

says!(try_upgrade, Forbidden, {
    use super::rt::sync::RwLock;
    use racelab::{Race, actor, outcomes};
    pub struct M {
        value: RwLock<u64>,
    }
    racelab::fields!(M { value: reader | writer });
    outcomes! { FIRST: Allowed, "the reader first"; OTHER: Forbidden, "the writer first"; }
    pub const RACE: Race<M> = Race::new(
        || M { value: RwLock::new(1) },
        &[
            actor("reader", |m: &M, s| {
                let g = m.value.read().unwrap();
                if m.value.try_write().is_ok() {
                    s.note(77);
                }
                s.note(*g);
            }),
            actor("writer", |m: &M, _| *m.value.write().unwrap() = 2),
        ],
        |_, s| if s[0].values() == [2] { OTHER } else { FIRST },
        OUTCOMES,
    );
});

says!(recursion, Forbidden, {
    use super::rt::sync::RwLock;
    use racelab::{Race, actor, outcomes};
    pub struct M {
        rows: RwLock<u64>,
    }
    racelab::fields!(M { rows: writer -> reader });
    outcomes! { OLD: Allowed, "old"; NEW: Forbidden, "new"; }
    pub const RACE: Race<M> = Race::new(
        || M { rows: RwLock::new(1) },
        &[
            actor("reader", |m: &M, s| {
                let first = m.rows.read().unwrap();
                let second = m.rows.read().unwrap();
                s.note(*first + *second);
            }),
            actor("writer", |m: &M, _| *m.rows.write().unwrap() = 2),
        ],
        |_, s| if s[0].values() == [4] { NEW } else { OLD },
        OUTCOMES,
    );
});

says!(recursion_try, Forbidden, {
    use super::rt::sync::RwLock;
    use racelab::{Race, actor, outcomes};
    pub struct M {
        rows: RwLock<u64>,
    }
    racelab::fields!(M { rows: writer -> reader });
    outcomes! { OLD: Allowed, "old"; NEW: Forbidden, "new"; }
    pub const RACE: Race<M> = Race::new(
        || M { rows: RwLock::new(1) },
        &[
            actor("reader", |m: &M, s| {
                let first = m.rows.read().unwrap();
                let second = m.rows.try_read().unwrap();
                s.note(*first + *second);
            }),
            actor("writer", |m: &M, _| *m.rows.write().unwrap() = 2),
        ],
        |_, s| if s[0].values() == [4] { NEW } else { OLD },
        OUTCOMES,
    );
});

says!(told, Forbidden, {
    use super::rt::sync::RwLock;
    use super::rt::sync::atomic::{AtomicBool, Ordering::*};
    use racelab::{Race, actor, outcomes};
    pub struct M {
        rows: RwLock<u64>,
        flag: AtomicBool,
    }
    racelab::fields!(M { rows: writer -> left | right, flag: left -> right });
    outcomes! { OLD: Allowed, "any"; NEW: Forbidden, "the left one sees the new value"; }
    pub const RACE: Race<M> = Race::new(
        || M { rows: RwLock::new(1), flag: AtomicBool::new(false) },
        &[
            actor("left", |m: &M, s| {
                let rows = m.rows.read().unwrap();
                m.flag.store(true, Release);
                s.note(*rows);
            }),
            actor("right", |m: &M, s| {
                if m.flag.load(Acquire) {
                    s.note(*m.rows.read().unwrap());
                }
            }),
            actor("writer", |m: &M, _| *m.rows.write().unwrap() = 2),
        ],
        |_, s| if s[0].values() == [2] && s[1].values() == [2] { NEW } else { OLD },
        OUTCOMES,
    );
});

says!(told_waits, Forbidden, {
    use super::rt::sync::RwLock;
    use super::rt::sync::atomic::{AtomicBool, Ordering::*};
    use super::rt::thread;
    use racelab::{Race, actor, outcomes};
    pub struct M {
        rows: RwLock<u64>,
        flag: AtomicBool,
    }
    racelab::fields!(M { rows: writer -> left | right, flag: left -> right });
    outcomes! { OLD: Allowed, "any"; NEW: Forbidden, "both see the new value"; }
    pub const RACE: Race<M> = Race::new(
        || M { rows: RwLock::new(1), flag: AtomicBool::new(false) },
        &[
            actor("left", |m: &M, s| {
                let rows = m.rows.read().unwrap();
                m.flag.store(true, Release);
                s.note(*rows);
            }),
            actor("right", |m: &M, s| {
                while !m.flag.load(Acquire) {
                    thread::yield_now();
                }
                s.note(*m.rows.read().unwrap());
            }),
            actor("writer", |m: &M, _| *m.rows.write().unwrap() = 2),
        ],
        |_, s| if s[0].values() == [2] && s[1].values() == [2] { NEW } else { OLD },
        OUTCOMES,
    );
});

says!(parent_child, Forbidden, {
    use super::rt::sync::{Arc, RwLock};
    use super::rt::thread;
    use racelab::{Race, actor, outcomes};
    pub struct M {
        rows: Arc<RwLock<u64>>,
    }
    racelab::fields!(M { rows: writer -> parent });
    outcomes! { OLD: Allowed, "any"; NEW: Forbidden, "both see the new value"; }
    pub const RACE: Race<M> = Race::new(
        || M { rows: Arc::new(RwLock::new(1)) },
        &[
            actor("parent", |m: &M, s| {
                let rows = m.rows.read().unwrap();
                let also = m.rows.clone();
                let child = thread::spawn(move || *also.read().unwrap());
                s.note(child.join().unwrap());
                s.note(*rows);
            }),
            actor("writer", |m: &M, _| *m.rows.write().unwrap() = 2),
        ],
        |_, s| if s[0].values() == [2, 2] { NEW } else { OLD },
        OUTCOMES,
    );
});

says!(handshake, Forbidden, {
    use super::rt::sync::Mutex;
    use super::rt::sync::atomic::{AtomicU64, Ordering::*};
    use super::rt::thread;
    use racelab::{Race, actor, outcomes};
    pub struct M {
        value: Mutex<u64>,
        step: AtomicU64,
    }
    racelab::fields!(M { value: owner | other, step: owner | tester });
    outcomes! { OWNER: Allowed, "the owner first"; OTHER: Forbidden, "the other first"; }
    pub const RACE: Race<M> = Race::new(
        || M { value: Mutex::new(1), step: AtomicU64::new(0) },
        &[
            actor("owner", |m: &M, s| {
                let g = m.value.lock().unwrap();
                m.step.store(1, Release);
                while m.step.load(Acquire) != 2 {
                    thread::yield_now();
                }
                s.note(*g);
            }),
            actor("tester", |m: &M, _| {
                while m.step.load(Acquire) != 1 {
                    thread::yield_now();
                }
                assert!(m.value.try_lock().is_err());
                m.step.store(2, Release);
            }),
            actor("other", |m: &M, _| *m.value.lock().unwrap() = 2),
        ],
        |_, s| if s[0].values() == [2] { OTHER } else { OWNER },
        OUTCOMES,
    );
});

says!(abba, Deadlock, {
    use super::rt::sync::Mutex;
    use racelab::{Race, actor, outcomes};
    pub struct M {
        a: Mutex<u64>,
        b: Mutex<u64>,
    }
    racelab::fields!(M { a: left | right, b: left | right });
    outcomes! { FINE: Allowed, "fine"; }
    pub const RACE: Race<M> = Race::new(
        || M { a: Mutex::new(0), b: Mutex::new(0) },
        &[
            actor("left", |m: &M, _| {
                let _a = m.a.lock().unwrap();
                let _b = m.b.lock().unwrap();
            }),
            actor("right", |m: &M, _| {
                let _b = m.b.lock().unwrap();
                let _a = m.a.lock().unwrap();
            }),
        ],
        |_, _| FINE,
        OUTCOMES,
    );
});

says!(relock, Deadlock, {
    use super::rt::sync::Mutex;
    use racelab::{Race, actor, outcomes};
    pub struct M {
        a: Mutex<u64>,
    }
    racelab::fields!(M { a: left | right });
    outcomes! { FINE: Allowed, "fine"; }
    pub const RACE: Race<M> = Race::new(
        || M { a: Mutex::new(0) },
        &[
            actor("left", |m: &M, _| {
                let _a = m.a.lock().unwrap();
                let _b = m.a.lock().unwrap();
            }),
            actor("right", |m: &M, _| {
                let _b = m.a.lock().unwrap();
            }),
        ],
        |_, _| FINE,
        OUTCOMES,
    );
});
