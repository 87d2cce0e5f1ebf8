//! What the items do: the same on real threads, under loom and under shuttle.

use std::time::Duration;

use racelab::Scenario;
use racelab::explore::{AMPLIFIED, BOUNDED, Engine, LOOM, NATIVE, REDUCED};
use racelab::explore::{Budget, search};
use racelab::report::{Report, Verdict};

fn explore(scenario: &Scenario, engine: &'static dyn Engine) -> Report {
    let budget = Budget { time: Duration::from_millis(200), ..Budget::default() };
    search::explore(scenario, engine, &budget)
}

/// One actor does all of it, so there is one right outcome in every runtime.
fn is_the_same_everywhere(scenario: &Scenario) {
    for engine in [REDUCED, BOUNDED, LOOM] {
        let report = explore(scenario, engine);
        assert_eq!(report.verdict(), Verdict::Passed, "{report:?}");
    }
    for engine in [NATIVE, AMPLIFIED] {
        let report = explore(scenario, engine);
        assert_eq!(report.verdict(), Verdict::NotFound, "{report:?}");
    }
}

racelab::scenario!(
    mod words {
        use super::rt::sync::atomic::{
            AtomicBool, AtomicI8, AtomicPtr, AtomicU8,
            Ordering::{AcqRel, Acquire},
        };
        use racelab::{Outcome, Race, Saw, actor, outcomes};
        pub struct Memory {
            byte: AtomicU8,
            signed: AtomicI8,
            flag: AtomicBool,
            head: AtomicPtr<u64>,
        }
        racelab::fields!(Memory { byte: one, signed: one, flag: one, head: one });
        outcomes! { SAME: Allowed, "as std has it"; }
        fn one(m: &Memory, _: &mut Saw) {
            let mut said = Vec::new();
            let mut say = |value: u64| said.push(value);
            // 250 + 10 wraps.
            say(m.byte.fetch_add(10, AcqRel) as u64);
            say(m.byte.fetch_sub(5, AcqRel) as u64);
            say(m.byte.fetch_and(0xf0, AcqRel) as u64);
            say(m.byte.fetch_or(0x0f, AcqRel) as u64);
            say(m.byte.fetch_xor(0xff, AcqRel) as u64);
            say(m.byte.fetch_nand(0x03, AcqRel) as u64);
            say(m.byte.fetch_max(9, AcqRel) as u64);
            say(m.byte.fetch_min(9, AcqRel) as u64);
            say(m.byte.load(Acquire) as u64);
            say(m.signed.fetch_max(-3, AcqRel) as u64);
            say(m.signed.fetch_min(-7, AcqRel) as u64);
            say(m.signed.load(Acquire) as u64);
            say(m.flag.fetch_and(false, AcqRel) as u64);
            say(m.flag.fetch_nand(true, AcqRel) as u64);
            say(m.flag.fetch_xor(true, AcqRel) as u64);
            say(m.flag.fetch_or(true, AcqRel) as u64);
            say(m.flag.fetch_not(AcqRel) as u64);
            say(m.flag.load(Acquire) as u64);
            say(m.head.fetch_ptr_add(2, AcqRel).addr() as u64);
            say(m.head.fetch_ptr_sub(1, AcqRel).addr() as u64);
            say(m.head.fetch_byte_add(3, AcqRel).addr() as u64);
            say(m.head.fetch_byte_sub(1, AcqRel).addr() as u64);
            say(m.head.fetch_or(0x40, AcqRel).addr() as u64);
            say(m.head.fetch_and(0x4f, AcqRel).addr() as u64);
            say(m.head.fetch_xor(0x01, AcqRel).addr() as u64);
            say(m.head.load(Acquire).addr() as u64);
            assert_eq!(said, RIGHT);
        }
        const RIGHT: [u64; 26] = [
            250,
            4,
            255,
            240,
            255,
            0,
            255,
            255,
            9,
            (-5i8) as u64,
            (-3i8) as u64,
            (-7i8) as u64,
            1,
            0,
            1,
            0,
            1,
            0,
            16,
            32,
            24,
            27,
            26,
            90,
            74,
            75,
        ];
        fn outcome(_: &Memory, _: &[Saw]) -> Outcome {
            SAME
        }
        pub const RACE: Race<Memory> = Race::new(
            || Memory {
                byte: 250.into(),
                signed: (-5).into(),
                flag: true.into(),
                head: AtomicPtr::new(std::ptr::without_provenance_mut(16)),
            },
            &[actor("one", one)],
            outcome,
            OUTCOMES,
        );
    }
);

#[test]
fn read_modify_writes_are_the_same_everywhere() {
    is_the_same_everywhere(&words::SCENARIO);
}

racelab::scenario!(
    mod locks {
        use super::rt::sync::{Mutex, RwLock};
        use racelab::{Outcome, Race, Saw, actor, outcomes};
        pub struct Memory {
            lock: Mutex<u64>,
            shared: RwLock<u64>,
        }
        racelab::fields!(Memory { lock: one, shared: one });
        outcomes! { SAME: Allowed, "as std has it"; }
        fn one(m: &Memory, _: &mut Saw) {
            let mut said = Vec::new();
            let mut say = |value: u64| said.push(value);
            let poison = std::panic::catch_unwind(|| {
                let _held = m.lock.lock().unwrap();
                let _shared = m.shared.write().unwrap();
                panic!("while both are held");
            });
            say(poison.is_err() as u64);
            say(m.lock.is_poisoned() as u64);
            say(m.lock.lock().is_err() as u64);
            say(m.lock.try_lock().is_err() as u64);
            m.lock.clear_poison();
            say(m.lock.lock().is_err() as u64);
            say(m.shared.read().is_err() as u64);
            m.shared.clear_poison();
            let reading = m.shared.try_read();
            say(reading.is_ok() as u64);
            say(m.shared.try_write().is_err() as u64);
            drop(reading);
            say(m.shared.try_write().is_ok() as u64);
            let mut own = Mutex::from(5);
            *own.get_mut().unwrap() += 1;
            say(own.into_inner().unwrap());
            assert_eq!(said, [1, 1, 1, 1, 0, 1, 1, 1, 1, 6]);
        }
        fn outcome(_: &Memory, _: &[Saw]) -> Outcome {
            SAME
        }
        pub const RACE: Race<Memory> = Race::new(
            || Memory { lock: Mutex::default(), shared: RwLock::default() },
            &[actor("one", one)],
            outcome,
            OUTCOMES,
        );
    }
);

#[test]
fn locks_and_their_poison_are_the_same_everywhere() {
    is_the_same_everywhere(&locks::SCENARIO);
}

racelab::scenario!(
    mod exposed {
        use super::rt::cell::UnsafeCell;
        use super::rt::sync::atomic::{AtomicU64, Ordering::Relaxed};
        use racelab::{Race, actor, outcomes};
        pub struct Memory {
            word: AtomicU64,
            cell: UnsafeCell<u64>,
        }
        racelab::fields!(Memory { word: left | right, cell: left });
        outcomes! { ANY: Allowed, "whatever"; }
        pub const RACE: Race<Memory> = Race::new(
            || Memory { word: AtomicU64::new(0), cell: UnsafeCell::new(1) },
            &[
                actor("left", |m: &Memory, saw| {
                    m.word.store(1, Relaxed);
                    saw.note(m.cell.get() as u64);
                }),
                actor("right", |m: &Memory, _| m.word.store(2, Relaxed)),
            ],
            |_, _| ANY,
            OUTCOMES,
        );
    }
);

/// What is done with the pointer is seen by nobody, so nothing is proved.
#[test]
fn a_cell_that_hands_out_its_pointer_does_not_pass() {
    for engine in [REDUCED, LOOM] {
        let report = search::explore(&exposed::SCENARIO, engine, &Budget::default());
        assert_eq!(report.verdict(), Verdict::Inconclusive, "{report:?}");
        let said = racelab::words::report::text(&report, &racelab::words::Page::default());
        assert!(said.contains("UnsafeCell::get"), "{said}");
        assert!(said.contains("values.rs"), "{said}");
    }
}

racelab::scenario!(
    mod finished {
        use super::rt::sync::atomic::{AtomicU64, Ordering::Relaxed};
        use super::rt::thread;
        use racelab::{Outcome, Race, Saw, actor, outcomes};
        pub struct Memory {
            word: AtomicU64,
        }
        racelab::fields!(Memory { word: one });
        outcomes! {
            EARLY: Allowed required, "it was seen at work";
            LATE: Allowed required, "it was seen to have ended";
        }
        fn one(m: &Memory, saw: &mut Saw) {
            let handle = thread::spawn(|| ());
            m.word.store(1, Relaxed);
            saw.note(handle.is_finished() as u64);
            while !handle.is_finished() {
                thread::yield_now();
            }
            handle.join().unwrap();
        }
        fn outcome(_: &Memory, saws: &[Saw]) -> Outcome {
            if saws[0].values() == [1] { LATE } else { EARLY }
        }
        pub const RACE: Race<Memory> = Race::new(
            || Memory { word: AtomicU64::new(0) },
            &[actor("one", one)],
            outcome,
            OUTCOMES,
        );
    }
);

/// The end of a thread is an operation where somebody looks at it.
#[test]
fn whether_a_thread_has_finished_is_explored_both_ways() {
    let report = search::explore(&finished::SCENARIO, REDUCED, &Budget::default());
    assert_eq!(report.verdict(), Verdict::Passed, "{report:?}");
    for id in ["EARLY", "LATE"] {
        assert!(report.came_up().any(|row| row.id == id), "{id} {report:?}");
    }
}
