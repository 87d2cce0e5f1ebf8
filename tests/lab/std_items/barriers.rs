//! `Barrier`: all come before any goes on, and one of them leads.

use racelab::report::Kind;

use super::{fails, item, passes};

item!(meets, { barrier: Barrier, other: UnsafeCell<u64> },
|plain, count| Memory { plain, count, barrier: Barrier::new(2), other: UnsafeCell::new(0) },
[ONE_LEADS: Allowed, OTHER: Forbidden],
|m, saw| {
    put(m);
    saw.note(m.barrier.wait().is_leader() as u64);
    // Safety: the barrier orders it, which the checkers confirm.
    saw.note(m.other.with(|other| unsafe { *other }));
},
|m, saw| {
    // Safety: as above.
    m.other.with_mut(|other| unsafe { *other = 1 });
    saw.note(m.barrier.wait().is_leader() as u64);
    saw.note(get(m));
},
|_, saws| match (saws[0].values(), saws[1].values()) {
    ([1, 1], [0, 1]) | ([0, 1], [1, 1]) => ONE_LEADS,
    _ => OTHER,
});

item!(writes_after_it, { barrier: Barrier },
    |plain, count| Memory { plain, count, barrier: Barrier::new(2) },
    [ENDED: Allowed],
    |m, _| { m.barrier.wait(); put(m) },
    |m, saw| { m.barrier.wait(); saw.note(get(m)) },
    |_, _| ENDED);

item!(twice, { barrier: Barrier },
|plain, count| Memory { plain, count, barrier: Barrier::new(2) },
[SEEN: Allowed, OTHER: Forbidden],
|m, saw| {
    let first = m.barrier.wait().is_leader();
    put(m);
    saw.note(first as u64 + 10 * m.barrier.wait().is_leader() as u64);
},
|m, saw| {
    let first = m.barrier.wait().is_leader();
    saw.note(first as u64 + 10 * m.barrier.wait().is_leader() as u64);
    saw.note(get(m));
},
|_, saws| match (saws[0].values(), saws[1].values()) {
    ([mine], [theirs, 1]) if mine + theirs == 11 => SEEN,
    _ => OTHER,
});

item!(too_few, { barrier: Barrier },
    |plain, count| Memory { plain, count, barrier: Barrier::new(3) },
    [ENDED: Allowed],
    |m, _| { m.barrier.wait(); },
    |m, _| { m.barrier.wait(); },
    |_, _| ENDED);

#[test]
fn one_leads_and_all_is_seen() {
    passes(&meets::SCENARIO);
    passes(&twice::SCENARIO);
}

#[test]
fn what_comes_after_it_is_not_ordered() {
    fails(&writes_after_it::SCENARIO, Kind::DataRace);
}

#[test]
fn a_barrier_for_more_than_come_never_opens() {
    for report in fails(&too_few::SCENARIO, Kind::Deadlock) {
        let why = racelab::words::why::why(&report.failure.expect("a failure"));
        assert!(why.contains("left waits at a barrier that not all come to"), "{why}");
    }
}
