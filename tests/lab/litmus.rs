//! Litmus tests with known answers. Where an engine's set of outcomes is not C11's, it says why.

use racelab::explore::{LOOM, REDUCED};
use racelab::report::End;

use crate::{explore, seen};

/// Up to four threads on two words. Each notes what it read; `outcome` names the whole.
macro_rules! litmus {
    ($name:ident, [$($outcome:ident),+], [$($actor:ident: $body:expr),+], $judge:expr) => {
        racelab::scenario!(pub mod $name {
            #[allow(unused_imports)]
            use super::rt::sync::atomic::{AtomicU64, Ordering::*, fence};
            use racelab::{Outcome, Race, Saw, actor, outcomes};
            pub struct Memory { x: AtomicU64, y: AtomicU64 }
            racelab::fields!(Memory { x: nobody, y: nobody });
            outcomes! { $($outcome: Allowed, "as named";)+ OTHER: Forbidden, "no such values"; }
            pub const RACE: Race<Memory> = Race::new(
                || Memory { x: AtomicU64::new(0), y: AtomicU64::new(0) },
                &[$(actor(stringify!($actor), $actor)),+],
                outcome,
                OUTCOMES,
            );
            $(fn $actor(memory: &Memory, saw: &mut Saw) {
                let run: fn(&Memory, &mut Saw) = $body;
                run(memory, saw);
            })+
            fn outcome(memory: &Memory, saws: &[Saw]) -> Outcome {
                let judge: fn(&Memory, Vec<u64>) -> Outcome = $judge;
                judge(memory, saws.iter().flat_map(|saw| saw.values().to_vec()).collect())
            }
        });
    };
}

/// Two threads that read one value each, and the four pairs of values.
macro_rules! pairs {
    ($name:ident, $left:expr, $right:expr) => {
        litmus!($name, [R00, R01, R10, R11], [
            left: $left,
            right: $right
        ], |_, read| match read[..] {
            [0, 0] => R00, [0, 1] => R01, [1, 0] => R10, [1, 1] => R11, _ => OTHER,
        });
    };
}

pairs!(
    sb,
    |m, saw| {
        m.x.store(1, Relaxed);
        saw.note(m.y.load(Relaxed));
    },
    |m, saw| {
        m.y.store(1, Relaxed);
        saw.note(m.x.load(Relaxed));
    }
);
pairs!(
    sb_fenced,
    |m, saw| {
        m.x.store(1, Relaxed);
        fence(SeqCst);
        saw.note(m.y.load(Relaxed));
    },
    |m, saw| {
        m.y.store(1, Relaxed);
        fence(SeqCst);
        saw.note(m.x.load(Relaxed));
    }
);
pairs!(
    sb_seqcst,
    |m, saw| {
        m.x.store(1, SeqCst);
        saw.note(m.y.load(SeqCst));
    },
    |m, saw| {
        m.y.store(1, SeqCst);
        saw.note(m.x.load(SeqCst));
    }
);
pairs!(
    lb,
    |m, saw| {
        saw.note(m.x.load(Relaxed));
        m.y.store(1, Relaxed);
    },
    |m, saw| {
        saw.note(m.y.load(Relaxed));
        m.x.store(1, Relaxed);
    }
);
litmus!(mp, [NOTHING, FLAG_ONLY, DATA_ONLY, BOTH], [
    writer: |m, _| { m.x.store(1, Relaxed); m.y.store(1, Relaxed); },
    reader: |m, saw| { saw.note(m.y.load(Relaxed)); saw.note(m.x.load(Relaxed)); }
], |_, read| match read[..] {
    [0, 0] => NOTHING, [1, 0] => FLAG_ONLY, [0, 1] => DATA_ONLY, [1, 1] => BOTH, _ => OTHER,
});
litmus!(mp_released, [NOTHING, FLAG_ONLY, DATA_ONLY, BOTH], [
    writer: |m, _| { m.x.store(1, Relaxed); m.y.store(1, Release); },
    reader: |m, saw| { saw.note(m.y.load(Acquire)); saw.note(m.x.load(Relaxed)); }
], |_, read| match read[..] {
    [0, 0] => NOTHING, [1, 0] => FLAG_ONLY, [0, 1] => DATA_ONLY, [1, 1] => BOTH, _ => OTHER,
});
litmus!(corr, [FORTH, BACK], [
    writer: |m, _| m.x.store(1, Relaxed),
    reader: |m, saw| { saw.note(m.x.load(Relaxed)); saw.note(m.x.load(Relaxed)); }
], |_, read| if read[0] <= read[1] { FORTH } else { BACK });
litmus!(two_plus_two_w, [ONE_ONE, ONE_TWO, TWO_ONE, TWO_TWO], [
    left: |m, _| { m.x.store(1, Relaxed); m.y.store(2, Relaxed); },
    right: |m, _| { m.y.store(1, Relaxed); m.x.store(2, Relaxed); }
], |m, _| match (m.x.load(Relaxed), m.y.load(Relaxed)) {
    (1, 1) => ONE_ONE, (1, 2) => ONE_TWO, (2, 1) => TWO_ONE, (2, 2) => TWO_TWO, _ => OTHER,
});
litmus!(iriw, [AGREE, DISAGREE], [
    left: |m, _| m.x.store(1, Release),
    right: |m, _| m.y.store(1, Release),
    first: |m, saw| { saw.note(m.x.load(Acquire)); saw.note(m.y.load(Acquire)); },
    second: |m, saw| { saw.note(m.y.load(Acquire)); saw.note(m.x.load(Acquire)); }
], |_, read| if read == [1, 0, 1, 0] { DISAGREE } else { AGREE });

/// The whole set under sequential consistency, and the set that loom finds.
#[track_caller]
fn pinned(scenario: &racelab::Scenario, interleavings: &[&str], loom: &[&str]) {
    let reduced = explore(scenario, REDUCED);
    assert_eq!(reduced.end, End::Complete);
    assert_eq!(seen(&reduced), interleavings, "every interleaving");
    let found = explore(scenario, LOOM);
    assert_eq!(found.end, End::Complete);
    assert_eq!(found.bounds.preemptions, None);
    assert_eq!(seen(&found), loom, "loom");
}

/// C11 allows all four; sequential consistency rules out 0 0.
#[test]
fn store_buffering() {
    pinned(&sb::SCENARIO, &["R01", "R10", "R11"], &["R00", "R01", "R10", "R11"]);
    pinned(&sb_fenced::SCENARIO, &["R01", "R10", "R11"], &["R01", "R10", "R11"]);
    // C11 rules out 0 0; loom takes SeqCst accesses as AcqRel (tokio-rs/loom#180, open).
    pinned(&sb_seqcst::SCENARIO, &["R01", "R10", "R11"], &["R00", "R01", "R10", "R11"]);
}

/// C11 allows the flag without the data when both are relaxed, and not with Release and Acquire.
#[test]
fn message_passing() {
    let all = ["NOTHING", "FLAG_ONLY", "DATA_ONLY", "BOTH"];
    let strong = ["NOTHING", "DATA_ONLY", "BOTH"];
    pinned(&mp::SCENARIO, &strong, &all);
    pinned(&mp_released::SCENARIO, &strong, &strong);
}

/// C11 allows 1 1; loom never lets a load see a store that comes later in the program (its README).
#[test]
fn load_buffering() {
    pinned(&lb::SCENARIO, &["R00", "R01", "R10"], &["R00", "R01", "R10"]);
}

/// Two reads of one word never go back in time, in any model.
#[test]
fn coherence() {
    pinned(&corr::SCENARIO, &["FORTH"], &["FORTH"]);
}

/// C11 allows 1 1: each word may keep the store that came first. No interleaving does.
#[test]
fn two_plus_two_writes() {
    let strong = ["ONE_TWO", "TWO_ONE", "TWO_TWO"];
    pinned(&two_plus_two_w::SCENARIO, &strong, &["ONE_ONE", "ONE_TWO", "TWO_ONE", "TWO_TWO"]);
}

/// C11 allows two readers to see two writes in different orders, even with Release and Acquire.
#[test]
fn independent_reads() {
    let reduced = explore(&iriw::SCENARIO, REDUCED);
    assert_eq!((seen(&reduced), reduced.distinct), (vec!["AGREE"], Some(15)));
    let budget = racelab::explore::Budget { preemptions: Some(1), ..Default::default() };
    let found = racelab::explore::search::explore(&iriw::SCENARIO, LOOM, &budget);
    assert_eq!(seen(&found), ["AGREE", "DISAGREE"]);
}
