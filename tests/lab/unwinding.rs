//! What a destructor does while a panic unwinds is seen as anything else that a thread does.

use racelab::explore::{Engine, GRAPHS, LOOM, REDUCED};
use racelab::report::{Kind, Report, Verdict};

use crate::{explore, seen};

/// Two actors on a memory of these fields: `left` panics with this in hand, whose destructor runs
/// `late`, and catches that itself.
macro_rules! unwinds {
    ($name:ident, { $($field:ident: $type:ty = $made:expr),+ }, [$($outcome:ident: $grade:ident),+],
        $before:expr, $late:expr, $right:expr, $judge:expr) => {
        racelab::scenario!(mod $name {
            #[allow(unused_imports)]
            use super::rt::sync::atomic::{AtomicU64, Ordering::*};
            #[allow(unused_imports)]
            use super::rt::sync::{Mutex, mpsc};
            #[allow(unused_imports)]
            use super::rt::thread;
            use racelab::{Outcome, Race, Saw, actor, outcomes};
            pub struct Memory { $($field: $type),+ }
            racelab::fields!(Memory { $($field: left | right),+ });
            outcomes! { $($outcome: $grade, "as named";)+ }
            struct Late<'a>(&'a Memory);
            impl Drop for Late<'_> {
                fn drop(&mut self) {
                    let late: fn(&Memory) = $late;
                    late(self.0);
                }
            }
            fn panics(memory: &Memory) {
                let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                    let before: fn(&Memory) = $before;
                    before(memory);
                    let _late = Late(memory);
                    panic!("on purpose");
                }));
                assert!(caught.is_err());
            }
            fn right(memory: &Memory, saw: &mut Saw) {
                let right: fn(&Memory, &mut Saw) = $right;
                right(memory, saw);
            }
            fn outcome(memory: &Memory, saws: &[Saw]) -> Outcome {
                let judge: fn(&Memory, &[Saw]) -> Outcome = $judge;
                judge(memory, saws)
            }
            pub const RACE: Race<Memory> = Race::new(
                || Memory { $($field: $made),+ },
                &[actor("left", |memory: &Memory, _| panics(memory)), actor("right", right)],
                outcome,
                OUTCOMES,
            );
        });
    };
}

unwinds!(between, { x: AtomicU64 = AtomicU64::new(0), y: AtomicU64 = AtomicU64::new(0) },
[NEITHER: Allowed, LATER_ONLY: Allowed, BETWEEN: Forbidden, BOTH: Allowed],
|m| m.x.store(1, SeqCst),
|m| m.y.store(1, SeqCst),
|m, saw| {
    saw.note(m.x.load(SeqCst));
    saw.note(m.y.load(SeqCst));
},
|_, saws| match saws[1].values() {
    [0, 0] => NEITHER,
    [0, _] => LATER_ONLY,
    [_, 0] => BETWEEN,
    _ => BOTH,
});

// The destructor waits for a lock that the other holds, and finds what was done under it.
unwinds!(waits, { lock: Mutex<u64> = Mutex::new(0), seen: AtomicU64 = AtomicU64::new(0) },
[FIRST: Allowed, SECOND: Allowed, OTHER: Forbidden],
|_| (),
|m| {
    let mut value = m.lock.lock().unwrap_or_else(|poison| poison.into_inner());
    m.seen.store(1 + *value, Relaxed);
    *value = 7;
},
|m, _| {
    let mut value = m.lock.lock().unwrap();
    *value += 1;
    *value += 1;
},
|m, _| match m.seen.load(Relaxed) {
    1 => FIRST,
    3 => SECOND,
    _ => OTHER,
});

// Two locks in both orders, one of them taken by a destructor.
unwinds!(deadlock, { a: Mutex<u64> = Mutex::new(0), b: Mutex<u64> = Mutex::new(0) },
    [ENDED: Allowed],
    |_| (),
    |m| {
        let _a = m.a.lock().unwrap();
        let _b = m.b.lock().unwrap();
    },
    |m, _| {
        let _b = m.b.lock().unwrap();
        let _a = m.a.lock().unwrap();
    },
    |_, _| ENDED);

// A lock is poisoned by who panics with it, and not by who has it while another unwinds.
unwinds!(poisons_nobody_elses, {
    mine: Mutex<u64> = Mutex::new(0), theirs: Mutex<u64> = Mutex::new(0),
    word: AtomicU64 = AtomicU64::new(0)
},
[CLEAN: Allowed, POISONED: Forbidden],
|_| (),
|m| {
    m.word.store(1, Relaxed);
    drop(m.mine.lock());
    m.word.store(2, Relaxed);
},
|m, saw| {
    drop(m.theirs.lock());
    saw.note(thread::panicking() as u64);
},
|m, saws| match m.mine.is_poisoned() || m.theirs.is_poisoned() || saws[1].values() != [0] {
    true => POISONED,
    false => CLEAN,
});

const OURS: [&dyn Engine; 2] = [REDUCED, GRAPHS];

fn kind(report: &Report) -> Option<Kind> {
    report.failure.as_ref().map(|failure| failure.kind)
}

#[test]
fn others_come_between_a_step_and_a_destructor() {
    for engine in OURS {
        let report = explore(&between::SCENARIO, engine);
        assert_eq!(kind(&report), Some(Kind::Forbidden), "{report}");
        assert!(seen(&report).contains(&"BETWEEN"), "{report}");
    }
    // loom cannot switch threads there, and says so.
    let report = explore(&between::SCENARIO, LOOM);
    assert!(report.to_string().contains("unwinding"), "{report}");
}

#[test]
fn a_destructor_waits_as_anybody() {
    for engine in OURS {
        let report = explore(&waits::SCENARIO, engine);
        assert_eq!(report.verdict(), Verdict::Passed, "{report}");
        assert_eq!(seen(&report), ["FIRST", "SECOND"], "{report}");
    }
}

#[test]
fn a_destructor_deadlocks_as_anybody() {
    for engine in OURS {
        let report = explore(&deadlock::SCENARIO, engine);
        assert_eq!(kind(&report), Some(Kind::Deadlock), "{report}");
    }
}

#[test]
fn a_panic_is_its_threads_own() {
    for engine in OURS {
        let report = explore(&poisons_nobody_elses::SCENARIO, engine);
        assert_eq!(report.verdict(), Verdict::Passed, "{report}");
    }
}
