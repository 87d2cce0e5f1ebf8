//! Loops that yield: one that gives up is seen to give up, and one that tries again is no livelock.

use racelab::explore::{GRAPHS, REDUCED};
use racelab::report::Kind;

use super::{explore, item, passes};

item!(gives_up, {},
    |plain, count| Memory { plain, count },
    [SEEN: Allowed, GAVE_UP: Allowed],
    |m, _| m.count.store(1, Release),
    |m, saw| {
        let mut looks = 0;
        while m.count.load(Acquire) == 0 && looks < 3 {
            looks += 1;
            thread::yield_now();
        }
        saw.note((looks < 3) as u64);
    },
    |_, saws| if saws[1].values() == [1] { SEEN } else { GAVE_UP });

// Who gave up writes what was to be written by the other: the other's write is lost.
item!(gives_up_too_early, {},
    |plain, count| Memory { plain, count },
    [TWO: Allowed, LOST: Forbidden],
    |m, _| m.count.store(2, Release),
    |m, _| {
        for _ in 0..3 {
            if m.count.load(Acquire) == 2 { return }
            thread::yield_now();
        }
        m.count.store(1, Release);
    },
    |m, _| if m.count.load(Relaxed) == 2 { TWO } else { LOST });

item!(tries_again, {},
    |plain, count| Memory { plain, count },
    [BOTH: Allowed, LOST: Forbidden],
    |m, _| {
        let mut seen = m.count.load(Relaxed);
        while let Err(newer) = m.count.compare_exchange(seen, seen + 1, AcqRel, Relaxed) {
            seen = newer;
            thread::yield_now();
        }
    },
    |m, _| {
        while m.count.fetch_update(AcqRel, Relaxed, |seen| Some(seen + 1)).is_err() {
            thread::yield_now();
        }
    },
    |m, _| if m.count.load(Relaxed) == 2 { BOTH } else { LOST });

#[test]
fn a_loop_that_gives_up_is_seen_to_the_end() {
    passes(&gives_up::SCENARIO);
    // loom lets the others go first at each yield.
    for engine in [REDUCED, GRAPHS] {
        let report = explore(&gives_up_too_early::SCENARIO, engine);
        assert_eq!(report.failure.map(|failure| failure.kind), Some(Kind::Forbidden));
    }
}

#[test]
fn who_tries_again_after_a_yield_is_no_livelock() {
    passes(&tries_again::SCENARIO);
}
