//! Programs by hand, with the number of their classes known.

use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};

use super::program::Do::{self, *};
use super::{counter, everything, reduced};

/// Explores both ways; the reduced search must see the same, in so many executions.
#[track_caller]
fn same(program: &[Vec<Do>], executions: u64) {
    let seen = reduced(program);
    let all = everything(program, 3_000_000).expect("small enough for depth-first search");
    assert_eq!(seen.outcomes, all.outcomes);
    assert_eq!(seen.classes, all.classes);
    assert_eq!(seen.classes.len() as u64, executions, "classes");
    assert_eq!(
        seen.executions + seen.redundant,
        executions,
        "{} executions in all",
        all.executions
    );
}

#[test]
fn litmus() {
    same(&[vec![Store(0, 1), Load(1)], vec![Store(1, 1), Load(0)]], 3);
    same(&[vec![Store(0, 1), Store(1, 1)], vec![Load(1), Load(0)]], 3);
    same(&[vec![Load(0), Store(1, 1)], vec![Load(1), Store(0, 1)]], 3);
    same(&[vec![Store(0, 1), Store(1, 2)], vec![Store(1, 1), Store(0, 2)]], 3);
    let reader = |a, b| vec![Load(a), Load(b)];
    let iriw = [vec![Store(0, 1)], vec![Store(1, 1)], reader(0, 1), reader(1, 0)];
    same(&iriw, 15);
}

#[test]
fn counters() {
    same(&counter(2, 1), 4);
    same(&counter(2, 2), 34);
    same(&counter(2, 3), 328);
    same(&counter(3, 1), 36);
    assert_eq!(reduced(&counter(4, 1)).executions, 576);
    assert_eq!(reduced(&counter(3, 2)).executions, 7_134);
}

#[test]
fn additions() {
    same(&[vec![Add(0, 1)], vec![Add(0, 2)]], 2);
    same(&vec![vec![Add(0, 1); 2]; 2], 6);
    same(&vec![vec![Add(0, 1); 3]; 2], 20);
    same(&vec![vec![Add(0, 1)]; 3], 6);
    same(&[vec![Add(0, 1); 4], vec![Add(1, 1); 4], vec![Add(2, 1); 1]], 1);
}

#[test]
fn exchanges() {
    let seen = reduced(&[vec![Exchange(0, 0, 1), Load(0)], vec![Exchange(0, 0, 2), Load(0)]]);
    assert_eq!(seen.classes.len(), 2);
}

#[test]
fn locks() {
    let section = |m| vec![Lock(m), Load(0), Store(0, 1), Unlock(m)];
    same(&[section(0), section(0)], 2);
    same(&[section(0), section(0), section(0)], 6);
    let both = |a, b| vec![Lock(a), Lock(b), Unlock(b), Unlock(a)];
    same(&[both(0, 1), both(1, 0)], 3);
}

#[test]
fn shared_locks() {
    let reader = vec![Read, Load(0), GiveBack];
    let writer = vec![Write, Store(0, 1), GiveBack];
    same(&[reader.clone(), reader.clone()], 1);
    same(&[reader.clone(), writer.clone()], 2);
    same(&[reader.clone(), reader.clone(), writer.clone()], 4);
    same(&[reader, writer.clone(), writer], 6);
}

#[test]
fn attempts() {
    let holder = vec![Lock(0), Store(0, 1), Unlock(0)];
    same(&[holder.clone(), vec![Try(0)]], 3);
    same(&[holder, vec![Load(0), Try(0)]], 5);
    same(&[vec![Write, GiveBack], vec![TryRead, TryWrite]], 6);
    same(&[vec![Read, GiveBack], vec![TryRead]], 1);
}

#[test]
fn waiting() {
    same(&[vec![Await(0, 1)], vec![Store(0, 1)]], 2);
    same(&[vec![Await(0, 1), Store(1, 1)], vec![Store(0, 1), Await(1, 1)]], 4);
    // A token, given or not when it is asked for: the order of the two does not show.
    same(&[vec![Park, Load(0)], vec![Store(0, 1), Unpark(0)]], 1);
}

/// A thread waits for what it read itself and others write: not for its own giving back of a lock.
#[test]
fn an_attempt_before_a_wait() {
    let program = [
        vec![TryRead, Try(1), Store(0, 2), Await(1, 1)],
        vec![Store(0, 1), Store(1, 1), Exchange(0, 1, 2), Store(1, 2)],
    ];
    let (seen, all) = (reduced(&program), everything(&program, 3_000_000).expect("small"));
    assert_eq!((seen.outcomes, seen.classes), (all.outcomes, all.classes));
}

/// An attempt to read is no look at the readers: what they do is in no order with it.
#[test]
fn an_attempt_to_read_before_a_hint() {
    let program =
        [vec![TryRead, Try(1), HintAwait(1, 2), Exchange(0, 0, 1)], vec![TryRead, Store(1, 1)]];
    let (seen, all) = (reduced(&program), everything(&program, 3_000_000).expect("small"));
    assert_eq!((seen.outcomes, seen.classes), (all.outcomes, all.classes));
}

#[test]
fn conditions() {
    let consumer = vec![Wait(0)];
    let producer = |notify| vec![Lock(0), Store(0, 1), Unlock(0), notify];
    same(&[consumer.clone(), producer(NotifyOne)], 2);
    let seen = reduced(&[consumer.clone(), consumer.clone(), producer(NotifyOne)]);
    let all = everything(&[consumer.clone(), consumer, producer(NotifyOne)], 3_000_000);
    let all = all.expect("small enough for depth-first search");
    assert_eq!((seen.outcomes, seen.classes), (all.outcomes, all.classes));
    // The notification may come before anyone waits: then the consumer waits for ever.
    same(&[vec![Wait(0)], vec![Store(0, 1), NotifyOne]], 3);
}

#[test]
fn livelock() {
    let seen = reduced(&[vec![Await(0, 1)], vec![Await(0, 2)]]);
    assert!(seen.classes.iter().all(|class| class.1), "both wait for what nobody writes");
}

/// A writer that could have come before an attempt still comes after the readers between them.
#[test]
fn an_attempt_beside_a_writer_and_a_reader() {
    let program = [
        vec![Write, Store(1, 2), GiveBack, Check(0)],
        vec![TryRead],
        vec![Read, Load(0), GiveBack],
    ];
    let (seen, all) = (reduced(&program), everything(&program, 3_000_000).expect("small"));
    assert_eq!((seen.outcomes, &seen.classes), (all.outcomes, &all.classes));
    assert_eq!(seen.classes.len(), 6);
}

/// Two locks in two orders, beside a write: where an execution is given up because the writer's
/// turn was explored, those that wait for a lock have a turn of their own to come.
pub(super) fn deadlock_beside_a_write() -> [Vec<Do>; 3] {
    [
        vec![Store(1, 1)],
        vec![Load(0), Lock(1), Lock(0), Unlock(0), Unlock(1)],
        vec![Lock(0), Lock(1), Unlock(1), Unlock(0), Wait(1)],
    ]
}

/// Each of two waiters, once it is woken, wakes the other: who comes first is decided between two
/// wakings, with notifications before and after.
pub(super) fn passed_on() -> [Vec<Do>; 3] {
    let waiter = vec![Wait(2), Load(0), Store(0, 1), NotifyOne];
    [waiter.clone(), waiter, vec![Load(1), NotifyOne]]
}

#[test]
fn a_notification_that_is_passed_on() {
    let program = passed_on();
    let (seen, all) = (reduced(&program), everything(&program, 3_000_000).expect("small"));
    assert_eq!((seen.outcomes, seen.classes), (all.outcomes, all.classes));
}

/// A lock that is touched again while it is held hides no other order.
#[test]
fn a_held_lock_that_is_touched_again() {
    let other = vec![Lock(0), Store(0, 1), Unlock(0)];
    same(&[vec![Lock(0), Try(0), Load(0), Unlock(0)], other.clone()], 2);
    let owner = vec![Lock(0), Store(2, 1), Await(2, 2), Load(0), Unlock(0)];
    let tester = vec![Await(2, 1), Try(0), Store(2, 2)];
    let program = [owner, tester, other];
    let (seen, all) = (reduced(&program), everything(&program, 3_000_000).expect("small"));
    assert_eq!((seen.outcomes, seen.classes), (all.outcomes, all.classes));
    let writer = vec![Write, Store(0, 1), GiveBack];
    same(&[vec![Read, TryWrite, Load(0), GiveBack], writer.clone()], 2);
    same(&[vec![Read, Read, Load(0), GiveBack], writer.clone()], 2);
    same(&[vec![Read, TryRead, Load(0), GiveBack], writer], 2);
}

/// A read-modify-write that leaves the value as it was still orders what came before it.
#[test]
fn an_addition_of_nothing_releases() {
    let left = vec![Put(0), StoreAs(1, 1, Relaxed), AddAs(0, 0, Release)];
    let right = vec![LoadAs(1, Relaxed), LoadAs(0, Acquire), Plain(0)];
    let seen = reduced(&[left, right]);
    let races = seen.outcomes.iter().filter(|outcome| outcome.iter().any(|n| *n > 1_000_000));
    assert!(races.count() > 0, "the order in which nothing was released is there");
}

#[test]
fn a_deadlock_beside_a_write() {
    let last = vec![Lock(1), Lock(0), Unlock(0), Unlock(1), Load(0), Check(1)];
    let section = vec![Lock(0), Lock(1), Unlock(1), Unlock(0)];
    let and_a_reader = [vec![Store(1, 1), Check(1)], section, last];
    for program in [deadlock_beside_a_write(), and_a_reader] {
        let (seen, all) = (reduced(&program), everything(&program, 3_000_000).expect("small"));
        assert_eq!((seen.outcomes, seen.classes), (all.outcomes, all.classes));
    }
}
