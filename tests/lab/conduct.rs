//! What a judge objects to besides outcomes: waiting, forbidden operations, too many of them.

use racelab::explore::conduct;
use racelab::rt::op::Kind;

/// A reader that loads a count, so often, beside a writer; a judge who allows so many loads and no
/// lock, and wants a reader that never waits.
macro_rules! reader {
    ($name:ident, $count:literal, $read:expr) => {
        racelab::scenario!(
            mod $name {
                #[allow(unused_imports)]
                use super::rt::sync::{
                    Mutex,
                    atomic::{AtomicU64, Ordering::Relaxed},
                };
                use racelab::race::AtMost;
                use racelab::rt::op::Kind;
                use racelab::{Outcome, Race, Saw, actor, outcomes};
                pub struct Memory {
                    count: AtomicU64,
                    lock: Mutex<()>,
                }
                racelab::fields!(Memory { count: writer -> reader, lock: reader });
                outcomes! { ENDED: Allowed, "both ended"; }
                fn read(memory: &Memory, _: &mut Saw) {
                    let read: fn(&Memory) = $read;
                    read(memory);
                }
                fn outcome(_: &Memory, _: &[Saw]) -> Outcome {
                    ENDED
                }
                pub const RACE: Race<Memory> = Race::new(
                    || Memory { count: AtomicU64::new(0), lock: Mutex::new(()) },
                    &[
                        actor("writer", |memory: &Memory, _| memory.count.store(1, Relaxed)),
                        actor("reader", read),
                    ],
                    outcome,
                    OUTCOMES,
                )
                .must_not_block(&["reader"])
                .forbid(&[Kind::Fence])
                .at_most(&[AtMost {
                    actor: "reader",
                    kinds: &[Kind::Load, Kind::Rmw],
                    count: $count,
                    rule: "a read is cheap",
                }]);
            }
        );
    };
}
reader!(enough, 2, |memory| {
    memory.count.load(Relaxed);
    memory.count.fetch_add(0, Relaxed);
});
reader!(too_many, 1, |memory| {
    memory.count.load(Relaxed);
    memory.count.fetch_add(1, Relaxed);
});
// So many in its worst execution, not in the first one.
reader!(sometimes, 1, |memory| {
    if memory.count.load(Relaxed) == 1 {
        memory.count.load(Relaxed);
    }
});
reader!(locks, 1, |memory| {
    drop(memory.lock.lock());
});

#[test]
fn operations_are_counted() {
    let seen = conduct::watch(&enough::SCENARIO);
    assert!(seen.exceeds.is_none() && seen.blocks.is_none() && seen.uses.is_none(), "{seen:?}");
    assert!(seen.limited);
    for scenario in [&too_many::SCENARIO, &sometimes::SCENARIO] {
        let seen = conduct::watch(scenario);
        let told = seen.exceeds.map(|by| (by.rule, by.actor, by.needs, by.enough));
        let expected = ("a read is cheap".to_string(), "reader".to_string(), 2, 1);
        assert_eq!(told, Some(expected), "{}", scenario.name);
    }
}

#[test]
fn who_may_wait_is_named_with_the_place() {
    let seen = conduct::watch(&locks::SCENARIO);
    let blocks = seen.blocks.expect("a lock is waited for");
    assert_eq!((blocks.actor.as_str(), blocks.kind), ("reader", Kind::Lock));
    assert_eq!(blocks.place.file, "conduct.rs");
    assert!(seen.exceeds.is_none());
}
