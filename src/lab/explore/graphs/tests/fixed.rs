//! Programs by hand, whose numbers of graphs are known, and what each shows.

use std::sync::atomic::Ordering::{self, AcqRel, Acquire, Relaxed, Release, SeqCst};

use super::generate::{SHAPES, shaped};
use super::program::Do::{self, *};
use super::program::Program;
use super::{Truth, same};

const X: usize = 0;
const Y: usize = 1;
const Z: usize = 2;

/// The engine and the oracles see the same, in so many graphs of SC, x86 and C11.
#[track_caller]
fn counts(program: &Program, graphs: [u64; 3]) -> Truth {
    let truth = same(program);
    let found = [0, 1, 2].map(|model| truth.graphs(model));
    assert_eq!(found, graphs, "graphs of SC, x86 and C11: {program:?}");
    truth
}

/// Whether C11 shows registers like these.
fn shows(truth: &Truth, registers: &[&[u64]]) -> bool {
    truth.ends[2].keys().any(|ends| ends.0 == registers)
}

/// What a read of one's own store is worth is told by these two: `x=1; r=x; s=y` beside
/// `y=1; t=y; u=x`, where each store is forwarded and seen late by the other, and one with a failed
/// compare-exchange that locks its word.
fn forwarding() -> Program {
    let side =
        |mine, other| vec![Store(mine, 1, Relaxed), Load(mine, Relaxed), Load(other, Relaxed)];
    vec![side(X, Y), side(Y, X)]
}

fn pending_lock() -> Program {
    vec![
        vec![Store(Y, 1, Relaxed), Store(X, 2, Relaxed), Load(X, Relaxed)],
        vec![Store(X, 4, Relaxed), Store(Z, 5, Relaxed), Exchange(Y, 0, 106, Relaxed, Relaxed)],
        vec![Store(X, 7, Relaxed), Store(X, 8, SeqCst), Store(Y, 9, Relaxed)],
    ]
}

/// Two readers, one of whom waits for the other, beside a writer; and whoever reads first lets the
/// others read too.
fn readers() -> [Program; 3] {
    let reads = |inside: &[Do]| [&[ReadLock], inside, &[ReadUnlock]].concat();
    let writes = vec![WriteLock, Store(X, 1, Relaxed), Write(0), WriteUnlock];
    let mut within = reads(&[Read(0)]);
    within.insert(0, Lock(1));
    within.push(Unlock(1));
    let waits = reads(&[Load(X, Relaxed), Lock(1), Unlock(1), Read(0)]);
    let many = vec![reads(&[Load(X, Relaxed)]); 3];
    [vec![writes.clone(), within, waits], vec![writes, reads(&[Read(0)]), reads(&[Read(0)])], many]
}

/// Programs that tell what few others do.
pub(super) fn programs() -> impl Iterator<Item = Program> {
    let locked = vec![vec![Lock(0), Write(0), Unlock(0)]; 2];
    // What is streamed and drained is in order on x86, and not in C11.
    let drained = vec![
        vec![Stream(X, 1), Drain, Store(Y, 1, Relaxed)],
        vec![Load(Y, Acquire), Load(X, Acquire)],
    ];
    // A read of what was streamed says nothing of when others see that.
    let forwarded = vec![
        vec![Store(X, 1, Relaxed), Add(Y, 10, AcqRel), Store(X, 3, SeqCst)],
        vec![Stream(X, 4), Load(X, Acquire), Store(Y, 6, Release)],
    ];
    let nothing_added = vec![vec![Add(X, 0, Relaxed)]; 2];
    let some = [
        forwarding(),
        pending_lock(),
        beside_a_change(),
        locked,
        drained,
        forwarded,
        nothing_added,
    ];
    some.into_iter().chain(leaving_the_value()).chain(readers())
}

/// Readers that no writer separates are one graph, and a writer comes before or after each.
#[test]
fn readers_are_in_no_order() {
    let [waits, writer, readers] = readers();
    counts(&waits, [6; 3]);
    counts(&writer, [4; 3]);
    counts(&readers, [1; 3]);
}

#[test]
fn as_the_oracles_say() {
    programs().for_each(|program| drop(same(&program)));
}

#[test]
fn forwarded_stores() {
    let truth = counts(&forwarding(), [3, 4, 4]);
    assert!(shows(&truth, &[&[1, 0], &[1, 0]]));
}

#[test]
fn failed_exchanges_lock() {
    same(&pending_lock());
    // Through a failed exchange the store comes before the load.
    let side = |mine, other| {
        vec![Store(mine, 1, Relaxed), Exchange(Z, 7, 8, Relaxed, Relaxed), Load(other, Relaxed)]
    };
    counts(&vec![side(X, Y), side(Y, X)], [3, 3, 4]);
}

/// What loom loses: see tokio-rs/loom#166.
#[test]
fn interleavings_that_loom_loses() {
    let left = vec![Load(X, Relaxed), Store(X, 2, Relaxed)];
    let right = vec![Store(X, 3, Relaxed), Load(X, Relaxed)];
    assert!(shows(&same(&vec![left, right]), &[&[3], &[2]]));

    let left = vec![Load(X, Relaxed), Add(X, 10, Relaxed)];
    let right = vec![Add(X, 10, Relaxed), Load(X, Relaxed)];
    assert!(shows(&same(&vec![left, right]), &[&[10, 10], &[0, 20]]));

    let stale = |load, store| {
        let left = vec![Load(X, load), Store(X, 2, Relaxed), Load(Y, Relaxed)];
        let right = vec![Store(Y, 1, Relaxed), Store(X, 3, store), Load(X, Relaxed)];
        shows(&same(&vec![left, right]), &[&[3, 0], &[2]])
    };
    assert!(stale(Relaxed, Relaxed));
    assert!(stale(Relaxed, Release) && stale(Acquire, Relaxed));
    assert!(!stale(Acquire, Release), "both are needed");
}

/// What loom shows and cannot be: see tokio-rs/loom#282.
#[test]
fn nobody_reads_under_an_own_later_store() {
    for (load, store) in [(Relaxed, Relaxed), (Acquire, Release)] {
        let left = vec![Store(X, 1, store), Store(X, 2, store), Load(X, load)];
        let right = vec![Store(X, 3, store), Load(X, load)];
        let truth = same(&vec![left, right]);
        assert!(!truth.ends[2].keys().any(|ends| ends.0[0] == [1] || ends.1[X] == 1));
    }
}

/// A read-modify-write may come before a store that was performed earlier.
#[test]
fn an_addition_before_a_store() {
    let left = vec![Load(X, Relaxed), Add(Y, 10, Relaxed)];
    let right = vec![Store(Y, 3, Relaxed), Store(X, 4, Relaxed)];
    assert!(shows(&same(&vec![left, right]), &[&[4, 0], &[]]));
}

/// W+RWC: a SeqCst fence publishes what it has joined.
#[test]
fn a_seqcst_fence_publishes() {
    for store in [Relaxed, Release] {
        let truth = same(&vec![
            vec![Store(X, 1, Relaxed), Fence(SeqCst), Store(Z, 1, store)],
            vec![Load(Z, Acquire), Load(Y, Relaxed)],
            vec![Store(Y, 1, Relaxed), Fence(SeqCst), Load(X, Relaxed)],
        ]);
        assert!(!shows(&truth, &[&[], &[1, 0], &[0]]));
    }
}

fn leaving_the_value() -> [Program; 4] {
    let look = |acquires| vec![Load(Y, Relaxed), When(0, 1, 2), acquires, Read(0)];
    let put = |first: &[Do], releases| {
        let all = [first, &[Write(0), Store(Y, 1, Relaxed), releases]];
        all.concat()
    };
    let exchange = |success, failure| Exchange(X, 0, 0, success, failure);
    [
        vec![put(&[], Add(X, 0, Release)), look(Add(X, 0, Acquire))],
        vec![put(&[], Add(X, 0, Release)), look(Load(X, Acquire))],
        vec![put(&[Swap(X, 7, Relaxed)], Swap(X, 7, Release)), look(Swap(X, 7, Acquire))],
        vec![put(&[], exchange(Release, Relaxed)), look(exchange(Acquire, Acquire))],
    ]
}

/// A read-modify-write that leaves the value releases as any other.
#[test]
fn what_leaves_the_value_releases() {
    for mut program in leaving_the_value() {
        assert!(same(&program).raced);
        program.reverse();
        assert!(same(&program).raced);
    }
}

fn critical(take: Do, times: usize) -> Vec<Do> {
    [take, Write(0), Store(X, 0, Release)].repeat(times)
}

#[test]
fn spin_locks() {
    for take in [Take(X, Acquire), TakeSwap(X, Acquire)] {
        let one = counts(&vec![critical(take, 1); 2], [2, 2, 2]);
        assert!(!one.raced && !one.stuck);
        counts(&vec![critical(take, 1); 3], [6, 6, 6]);
    }
    // Who has given a lock back goes round its loop once more.
    counts(&vec![critical(Take(X, Acquire), 2); 2], [16, 16, 16]);
    // Nothing keeps the accesses apart.
    assert!(same(&vec![critical(Take(X, Relaxed), 1); 2]).raced);
    let ticket = |mine| {
        vec![Add(X, 1, Relaxed), Await(Y, mine, Acquire), Write(0), Store(Y, mine + 1, Release)]
    };
    assert!(!same(&vec![ticket(0), ticket(1)]).raced);
}

#[test]
fn mutexes() {
    let inside = |step: Do| vec![Lock(0), step, Unlock(0)];
    counts(&vec![inside(Write(0)); 2], [2, 2, 2]);
    counts(&vec![inside(Write(0)); 3], [6, 6, 6]);
    assert!(same(&vec![inside(Write(0)), vec![Write(0)]]).raced);
    // A lock that is kept is waited for in vain.
    let truth = same(&vec![
        vec![Lock(0), Store(X, 1, Relaxed), Await(Y, 1, Relaxed), Unlock(0)],
        inside(Store(Y, 1, Relaxed)),
    ]);
    assert!(truth.stuck);
}

#[test]
fn waiting_loops() {
    let publish = |store, load| {
        same(&vec![vec![Write(0), Store(X, 1, store)], vec![Await(X, 1, load), Read(0)]])
    };
    assert!(!publish(Release, Acquire).raced);
    assert!(publish(Relaxed, Acquire).raced && publish(Release, Relaxed).raced);
    let both = |a, b| vec![Store(a, 1, Relaxed), Await(b, 1, Relaxed)];
    assert!(!same(&vec![both(X, Y), both(Y, X)]).stuck);
    let swapped = |a, b| vec![Await(b, 1, Relaxed), Store(a, 1, Relaxed)];
    assert!(same(&vec![swapped(X, Y), swapped(Y, X)]).stuck);
}

fn beside_a_change() -> Program {
    let decides = vec![Load(Y, Relaxed), When(0, 0, 1), Await(X, 1, Relaxed)];
    vec![decides, vec![Store(Y, 1, Relaxed)]]
}

/// What was looked at before a loop does not let it go on: it waits for good beside a change of
/// that.
#[test]
fn a_loop_looks_at_what_it_looks_at() {
    assert!(same(&beside_a_change()).stuck);
}

/// Two that spin by swap change nothing for each other.
#[test]
fn swaps_wait_for_good_together() {
    let spin = vec![Await(Y, 1, Acquire), TakeSwap(X, Acquire)];
    let keep = vec![Swap(X, 1, Relaxed), Store(Y, 1, Release)];
    assert!(same(&vec![keep, spin.clone(), spin]).stuck);
}

#[test]
fn algorithms() {
    let enter = |mine, other, store, fence: Option<Ordering>, load| {
        let mut thread = vec![Store(mine, 1, store)];
        thread.extend(fence.map(Fence));
        thread.extend([Load(other, load), When(0, 0, 1), Write(0)]);
        thread
    };
    let dekker = |store, fence, load| {
        same(&vec![enter(X, Y, store, fence, load), enter(Y, X, store, fence, load)]).raced
    };
    assert!(!dekker(Relaxed, Some(SeqCst), Relaxed) && !dekker(SeqCst, None, SeqCst));
    assert!(dekker(Relaxed, None, Relaxed) && dekker(Release, Some(AcqRel), Acquire));
    // One write of a sequence lock, and one read.
    counts(
        &vec![
            vec![
                Add(X, 1, Acquire),
                Fence(Release),
                Store(Y, 1, Relaxed),
                Store(Z, 1, Relaxed),
                Add(X, 1, Release),
            ],
            vec![
                Load(X, Acquire),
                Load(Y, Relaxed),
                Load(Z, Relaxed),
                Fence(Acquire),
                Load(X, Relaxed),
            ],
        ],
        [18, 18, 18],
    );
    let hazard = vec![
        vec![Load(X, Relaxed), Store(Y, 1, Relaxed), Fence(SeqCst), Load(X, Acquire)],
        vec![Swap(X, 2, AcqRel), Fence(SeqCst), Load(Y, Acquire)],
    ];
    counts(&hazard, [5, 5, 5]);
    let reader = |a, b| vec![Load(a, Acquire), Load(b, Acquire)];
    let iriw =
        vec![vec![Store(X, 1, Release)], vec![Store(Y, 1, Release)], reader(X, Y), reader(Y, X)];
    counts(&iriw, [15, 15, 16]);
    counts(&vec![vec![Add(X, 1, Relaxed); 2]; 3], [90, 90, 90]);
}

/// The shapes with each store plain or streamed, and every fence between.
#[test]
fn streamed_stores() {
    let fences = [None, Some(Drain), Some(Fence(SeqCst)), Some(Fence(Release))];
    for (_, shape) in SHAPES.iter().filter(|(_, shape)| shape.len() == 2) {
        for fence in fences {
            for which in 0..4 {
                let mut stores = 0;
                let program = shaped(shape, fence, |word, value| {
                    stores += (value > 0) as u32;
                    match value {
                        0 => Load(word, Acquire),
                        value if which >> (stores % 2) & 1 == 1 => Stream(word, value),
                        value => Store(word, value, Release),
                    }
                });
                same(&program);
            }
        }
    }
}
