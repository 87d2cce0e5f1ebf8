//! Shared owners: what an `Arc` orders, and what a count by hand has to.

use racelab::Scenario;
use racelab::explore::REDUCED;
use racelab::report::{Kind, Verdict};

use super::explore;

/// Two owners of a cell, each of which reads it and lets go. `$owner` is how they own it.
macro_rules! owners {
    ($name:ident, { $($item:item)* }) => {
        racelab::scenario!(
            mod $name {
                #[allow(unused_imports)]
                use super::rt::sync::atomic::{AtomicUsize, Ordering::*, fence};
                #[allow(unused_imports)]
                use super::rt::sync::{Arc, Mutex};
                use super::rt::cell::UnsafeCell;
                use racelab::{Race, Saw, actor, outcomes};
                $($item)*
                pub struct Memory {
                    owners: [Mutex<Option<Owner>>; 2],
                }
                racelab::fields!(Memory { owners: left | right });
                outcomes! { READ: Allowed, "both read it"; OTHER: Forbidden, "something else"; }
                fn act<const N: usize>(memory: &Memory, saw: &mut Saw) {
                    let owner = memory.owners[N].lock().unwrap().take().unwrap();
                    // Safety: nobody writes while there is an owner.
                    saw.note(owner.cell().with(|value| unsafe { *value }));
                }
                pub const RACE: Race<Memory> = Race::new(
                    || Memory { owners: pair().map(|owner| Mutex::new(Some(owner))) },
                    &[actor("left", act::<0>), actor("right", act::<1>)],
                    |_, saws| match saws.iter().all(|saw| saw.values() == [7]) {
                        true => READ,
                        false => OTHER,
                    },
                    OUTCOMES,
                )
                .checkers_only("what is wrong here is undefined on real threads");
            }
        );
    };
}

owners!(arc, {
    pub struct Owner(Arc<UnsafeCell<u64>>);
    impl Owner {
        fn cell(&self) -> &UnsafeCell<u64> {
            &self.0
        }
    }
    fn pair() -> [Owner; 2] {
        let first = Arc::new(UnsafeCell::new(7));
        [Owner(first.clone()), Owner(first)]
    }
});

/// An owner by hand: the last one frees the box. `$down` lowers the count, `$last` comes before the
/// end.
macro_rules! by_hand {
    ($name:ident, $down:expr $(, $last:expr)?) => {
        owners!($name, {
            pub struct Shared {
                count: AtomicUsize,
                cell: UnsafeCell<u64>,
            }
            pub struct Owner(*mut Shared);
            // Safety: whether it may be sent is what the count decides, and the checker judges.
            unsafe impl Send for Owner {}
            impl Owner {
                fn cell(&self) -> &UnsafeCell<u64> {
                    // Safety: an owner keeps it alive.
                    unsafe { &(*self.0).cell }
                }
            }
            impl Drop for Owner {
                fn drop(&mut self) {
                    // Safety: an owner keeps it alive until here.
                    if unsafe { (*self.0).count.fetch_sub(1, $down) } == 1 {
                        $($last;)?
                        // Safety: it was the last owner.
                        drop(unsafe { Box::from_raw(self.0) });
                    }
                }
            }
            fn pair() -> [Owner; 2] {
                let count = AtomicUsize::new(2);
                let shared = Box::into_raw(Box::new(Shared { count, cell: UnsafeCell::new(7) }));
                [Owner(shared), Owner(shared)]
            }
        });
    };
}
by_hand!(relaxed, Relaxed);
by_hand!(only_release, Release);
by_hand!(ordered, Release, fence(Acquire));

owners!(payload, {
    /// Its end is an operation of its own: who comes last can be seen.
    pub struct Value(UnsafeCell<u64>, Arc<AtomicUsize>);
    impl Drop for Value {
        fn drop(&mut self) {
            self.1.store(1, Relaxed);
        }
    }
    pub struct Owner(Arc<Value>);
    impl Owner {
        fn cell(&self) -> &UnsafeCell<u64> {
            &self.0.0
        }
    }
    fn pair() -> [Owner; 2] {
        let flag = Arc::new(AtomicUsize::new(0));
        let first = Arc::new(Value(UnsafeCell::new(7), flag));
        [Owner(first.clone()), Owner(first)]
    }
});

fn says(scenario: &Scenario) -> (Verdict, Option<Kind>, u64) {
    let report = explore(scenario, REDUCED);
    let kind = report.failure.as_ref().map(|failure| failure.kind);
    (report.verdict(), kind, report.distinct.unwrap_or(0))
}

/// Clones and drops of an `Arc` are no operations, and order what its owners did.
#[test]
fn the_last_owner_of_an_arc_comes_after_the_others() {
    assert_eq!(says(&arc::SCENARIO), (Verdict::Passed, None, 1));
}

#[test]
fn a_count_by_hand_needs_both_orderings() {
    for scenario in [&relaxed::SCENARIO, &only_release::SCENARIO] {
        let (verdict, kind, _) = says(scenario);
        assert_eq!((verdict, kind), (Verdict::Caught, Some(Kind::DataRace)));
    }
    let (verdict, ..) = says(&ordered::SCENARIO);
    assert_eq!(verdict, Verdict::Passed);
}

/// Where a value's own drop does something, the counts are words: two orders of the last drops.
#[test]
fn a_value_that_does_something_at_its_end_makes_the_count_a_word() {
    let (verdict, kind, distinct) = says(&payload::SCENARIO);
    assert_eq!((verdict, kind), (Verdict::Passed, None));
    assert_eq!(distinct, 2);
}
