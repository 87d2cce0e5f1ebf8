//! A yield before the first look, and loops that give up: nothing hides behind a yield.

says!(yield_first, Forbidden, {
    use super::rt::hint;
    use super::rt::sync::atomic::{AtomicU64, Ordering::*};
    use racelab::{Race, actor, outcomes};
    pub struct M {
        state: AtomicU64,
    }
    racelab::fields!(M { state: left | right });
    outcomes! { LATER: Allowed, "the other has written"; AT_ONCE: Forbidden, "nobody has written yet"; }
    pub const RACE: Race<M> = Race::new(
        || M { state: AtomicU64::new(0) },
        &[
            actor("left", |m: &M, s| {
                m.state.swap(1, AcqRel);
                hint::spin_loop();
                s.note(m.state.load(Acquire));
            }),
            actor("right", |m: &M, _| m.state.store(2, Release)),
        ],
        |_, s| if s[0].values() == [1] { AT_ONCE } else { LATER },
        OUTCOMES,
    );
});

says!(oneshot_87_hint_first, DataRace, {
    use super::rt::cell::UnsafeCell;
    use super::rt::hint;
    use super::rt::sync::atomic::{AtomicU8, Ordering::*};
    use racelab::{Race, actor, outcomes};
    const RECEIVING: u8 = 0;
    const UNPARKING: u8 = 1;
    const DISCONNECTED: u8 = 2;
    const MESSAGE: u8 = 4;
    pub struct Channel {
        state: AtomicU8,
        waker: UnsafeCell<u64>,
    }
    racelab::fields!(Channel { state: sender | receiver, waker: receiver -> sender });
    impl Channel {
        fn free(&self) {
            self.waker.with_mut(|w| unsafe { *w = 999 });
        }
        pub fn send(&self) {
            if self.state.compare_exchange(RECEIVING, UNPARKING, AcqRel, Acquire).is_ok() {
                self.waker.with(|w| unsafe { *w });
                self.state.swap(MESSAGE, AcqRel);
            }
        }
        pub fn receiver_drop(&self) {
            match self.state.swap(DISCONNECTED, AcqRel) {
                UNPARKING => {
                    loop {
                        hint::spin_loop();
                        match self.state.load(Acquire) {
                            UNPARKING => (),
                            _ => break,
                        }
                    }
                    self.free();
                }
                MESSAGE => self.free(),
                _ => {}
            }
        }
    }
    outcomes! { ENDED: Allowed, "fine"; }
    pub const RACE: Race<Channel> = Race::new(
        || Channel { state: AtomicU8::new(RECEIVING), waker: UnsafeCell::new(7) },
        &[
            actor("sender", |c: &Channel, _| c.send()),
            actor("receiver", |c: &Channel, _| c.receiver_drop()),
        ],
        |_, _| ENDED,
        OUTCOMES,
    );
});

says!(cas_backoff, Forbidden, {
    use super::rt::hint;
    use super::rt::sync::atomic::{AtomicU64, Ordering::*};
    use racelab::{Race, actor, outcomes};
    pub struct M {
        x: AtomicU64,
    }
    racelab::fields!(M { x: left | right });
    outcomes! { FINE: Allowed, "others"; RETRIED: Forbidden, "left failed once, and its bit was seen by right's second look"; }
    pub const RACE: Race<M> = Race::new(
        || M { x: AtomicU64::new(0) },
        &[
            actor("left", |m: &M, s| {
                let (mut c, mut failed) = (m.x.load(Relaxed), 0);
                while let Err(now) = m.x.compare_exchange(c, c | 1, AcqRel, Acquire) {
                    hint::spin_loop();
                    failed += 1;
                    c = now;
                }
                s.note(failed);
            }),
            actor("right", |m: &M, s| {
                m.x.fetch_or(2, AcqRel);
                s.note(m.x.load(Acquire));
            }),
        ],
        |_, s| if s[0].values() == [1] && s[1].values() == [3] { RETRIED } else { FINE },
        OUTCOMES,
    );
});

says!(cas_no_backoff, Forbidden, {
    use super::rt::sync::atomic::{AtomicU64, Ordering::*};
    use racelab::{Race, actor, outcomes};
    pub struct M {
        x: AtomicU64,
    }
    racelab::fields!(M { x: left | right });
    outcomes! { FINE: Allowed, "others"; RETRIED: Forbidden, "left failed once, and its bit was seen by right's second look"; }
    pub const RACE: Race<M> = Race::new(
        || M { x: AtomicU64::new(0) },
        &[
            actor("left", |m: &M, s| {
                let (mut c, mut failed) = (m.x.load(Relaxed), 0);
                while let Err(now) = m.x.compare_exchange(c, c | 1, AcqRel, Acquire) {
                    failed += 1;
                    c = now;
                }
                s.note(failed);
            }),
            actor("right", |m: &M, s| {
                m.x.fetch_or(2, AcqRel);
                s.note(m.x.load(Acquire));
            }),
        ],
        |_, s| if s[0].values() == [1] && s[1].values() == [3] { RETRIED } else { FINE },
        OUTCOMES,
    );
});

says!(give_up, Forbidden, {
    use super::rt::sync::atomic::{AtomicBool, Ordering::*};
    use super::rt::thread;
    use racelab::{Race, actor, outcomes};
    pub struct M {
        lock: AtomicBool,
    }
    racelab::fields!(M { lock: left | right });
    outcomes! { GOT: Allowed, "got it"; GAVE_UP: Forbidden, "gave up while the other held the lock"; }
    pub const RACE: Race<M> = Race::new(
        || M { lock: AtomicBool::new(false) },
        &[
            actor("left", |m: &M, s| {
                for _ in 0..2 {
                    if !m.lock.swap(true, Acquire) {
                        m.lock.store(false, Release);
                        s.note(1);
                        return;
                    }
                    thread::yield_now();
                }
                s.note(0);
            }),
            actor("right", |m: &M, _| {
                if !m.lock.swap(true, Acquire) {
                    m.lock.store(false, Release)
                }
            }),
        ],
        |_, s| if s[0].values() == [0] { GAVE_UP } else { GOT },
        OUTCOMES,
    );
});
