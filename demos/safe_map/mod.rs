//! SafeMap, the production pattern of the course, and the maps it is compared with.

use crate::course::{Again, Demo, Except, Expect, Part, Role, Verdicts, Version};
use racelab::Scenario;

mod layouts;
pub mod steered;

pub use layouts::layouts;
pub use map::native::source::{Counters, Counts, Observer};

racelab::scenario!(
    /// SafeMap over the runtime's lock, judged by one race for each promise.
    pub mod over_plain_lock = "over_plain_lock.rs"
        with ["map.rs", "change.rs", "once.rs", "scan.rs", "lock/plain.rs"],
    judged by {
        insert = "race/insert.rs",
        insert_again = "race/insert_again.rs",
        absent = "race/absent.rs",
        absent_again = "race/absent_again.rs",
        remove = "race/remove.rs",
        remove_again = "race/remove_again.rs",
        update = "race/update.rs",
        update_again = "race/update_again.rs",
        panicking = "race/panicking.rs",
        panicking_again = "race/panicking_again.rs",
        once = "race/once.rs",
        once_again = "race/once_again.rs",
        inserted = "race/inserted.rs",
        inserted_again = "race/inserted_again.rs",
        overruled = "race/overruled.rs",
        overruled_again = "race/overruled_again.rs",
        snapshot = "race/snapshot.rs",
        snapshot_again = "race/snapshot_again.rs",
        one_moment = "race/one_moment.rs",
        one_moment_again = "race/one_moment_again.rs",
    }
);
racelab::scenario!(
    /// SafeMap as it is used, judged by the races that are small enough for all steps of its lock.
    pub mod map = "safe_map.rs"
        with ["map.rs", "change.rs", "scan.rs", "lock/lock.rs", "lock/bias.rs", "lock/leave.rs", "lock/lobby.rs"],
    judged by {
        remove_own_lock = "race/remove.rs",
        remove_own_lock_again = "race/remove_again.rs",
        update_own_lock = "race/update.rs",
        update_own_lock_again = "race/update_again.rs",
        panicking_own_lock = "race/panicking.rs",
        panicking_own_lock_again = "race/panicking_again.rs",
        one_moment_own_lock = "race/one_moment.rs",
        one_moment_own_lock_again = "race/one_moment_again.rs",
    }
);
racelab::scenario!(
    /// The lock of SafeMap's shards, by itself.
    pub mod lock = "lock/lock.rs" with ["lock/bias.rs", "lock/guards.rs", "lock/leave.rs", "lock/lobby.rs"],
    judged by {
        lock_looked = "lock/race_looked.rs",
        lock_looked_again = "lock/race_looked_again.rs",
        lock_counted = "lock/race_counted.rs",
        lock_counted_again = "lock/race_counted_again.rs",
        lock_biased = "lock/race_biased.rs",
        lock_biased_again = "lock/race_biased_again.rs",
        lock_parked = "lock/race_parked.rs",
    }
);
racelab::scenario!(
    /// A map behind one lock.
    pub mod one_lock = "rivals/one_lock.rs",
    judged by "rivals/race_one_lock.rs", again by "rivals/race_one_lock_again.rs"
);
racelab::scenario!(
    /// A map that is replaced by a copy on each write.
    pub mod copy_on_write = "rivals/copy_on_write.rs",
    judged by "rivals/race_copy_on_write.rs", again by "rivals/race_copy_on_write_again.rs"
);
racelab::scenario!(
    /// A map to read and a map to write.
    pub mod two_maps = "rivals/two_maps.rs" with ["rivals/two_maps_entry.rs"],
    judged by {
        revived = "rivals/race_two_maps_revived.rs",
        revived_again = "rivals/race_two_maps_revived_again.rs",
        promoted = "rivals/race_two_maps_promoted.rs",
        promoted_again = "rivals/race_two_maps_promoted_again.rs",
    }
);

/// The promises of SafeMap, each with the race that would break it, and those of its rivals.
///
/// Nothing here is broken, so it is no failure mode of the course and not in its list.
pub const DEMO: Demo = Demo {
    name: "safe-map",
    title: "a map for production: what it promises, and what each promise hangs on",
    part: Part::TheMap,
    lesson: include_str!("lesson.md"),
    versions: &[
        fixed(
            &over_plain_lock::insert::SCENARIO,
            Again::except(&over_plain_lock::insert_again::SCENARIO, Again::TOO_MANY),
            "no insert is lost, and none hides a neighbour, in growth",
        ),
        fixed(
            &over_plain_lock::absent::SCENARIO,
            Again::passes(&over_plain_lock::absent_again::SCENARIO),
            "of two that store under a missing key one is first, and told so",
        ),
        fixed(
            &over_plain_lock::remove::SCENARIO,
            Again::passes(&over_plain_lock::remove_again::SCENARIO),
            "a removed key stays gone, and its value is given back",
        ),
        fixed(
            &over_plain_lock::update::SCENARIO,
            Again::passes(&over_plain_lock::update_again::SCENARIO),
            "no update is lost",
        ),
        fixed(
            &over_plain_lock::panicking::SCENARIO,
            Again::passes(&over_plain_lock::panicking_again::SCENARIO),
            "nobody sees half of an update that panicked",
        ),
        fixed(
            &over_plain_lock::once::SCENARIO,
            Again::passes(&over_plain_lock::once_again::SCENARIO),
            "a missing value is computed once",
        ),
        fixed(
            &over_plain_lock::inserted::SCENARIO,
            Again::passes(&over_plain_lock::inserted_again::SCENARIO),
            "an inserted value outlives a computed one",
        ),
        fixed(
            &over_plain_lock::overruled::SCENARIO,
            Again::except(&over_plain_lock::overruled_again::SCENARIO, Again::TOO_MANY),
            "a value removed as out of date does not come back",
        ),
        fixed(
            &over_plain_lock::snapshot::SCENARIO,
            Again::passes(&over_plain_lock::snapshot_again::SCENARIO),
            "a snapshot shows each shard at one moment",
        ),
        fixed(
            &over_plain_lock::one_moment::SCENARIO,
            Again::passes(&over_plain_lock::one_moment_again::SCENARIO),
            "a snapshot of one moment shows a state that was",
        ),
        fixed(
            &map::remove_own_lock::SCENARIO,
            Again::passes(&map::remove_own_lock_again::SCENARIO),
            "with its own lock: a removed key stays gone",
        ),
        fixed(
            &map::update_own_lock::SCENARIO,
            Again::passes(&map::update_own_lock_again::SCENARIO),
            "with its own lock: no update is lost",
        ),
        fixed(
            &map::panicking_own_lock::SCENARIO,
            Again::passes(&map::panicking_own_lock_again::SCENARIO),
            "with its own lock: nobody sees half of an update that panicked",
        ),
        fixed(
            &map::one_moment_own_lock::SCENARIO,
            Again::except(&map::one_moment_own_lock_again::SCENARIO, Again::TOO_MANY),
            "with its own lock: a snapshot of one moment shows a state that was",
        ),
        fixed(
            &lock::lock_looked::SCENARIO,
            Again::passes(&lock::lock_looked_again::SCENARIO),
            "the lock: one look, one writer",
        ),
        fixed(
            &lock::lock_counted::SCENARIO,
            Again::passes(&lock::lock_counted_again::SCENARIO),
            "the lock: a reader that is counted, and a writer",
        ),
        Version {
            verdicts: Verdicts::PASS.except(Again::TOO_MANY),
            ..fixed(
                &lock::lock_biased::SCENARIO,
                Again::except(&lock::lock_biased_again::SCENARIO, GOES_ROUND),
                "the lock: biased towards readers, and a writer that revokes the bias",
            )
        },
        Version {
            verdicts: PARKED,
            ..fixed(&lock::lock_parked::SCENARIO, None, "the lock: two writers that park")
        },
        rival(
            &one_lock::SCENARIO,
            Again::except(&one_lock::again::SCENARIO, Again::TOO_MANY),
            "the rival with one lock",
        ),
        rival(
            &copy_on_write::SCENARIO,
            Again::passes(&copy_on_write::again::SCENARIO),
            "the rival that copies on each write",
        ),
        rival(
            &two_maps::revived::SCENARIO,
            Again::except(&two_maps::revived_again::SCENARIO, Again::TOO_MANY),
            "the rival with two maps: a removed key comes back",
        ),
        rival(
            &two_maps::promoted::SCENARIO,
            Again::except(&two_maps::promoted_again::SCENARIO, Again::TOO_MANY),
            "the rival with two maps: promotion under way",
        ),
    ],
    cost: None,
};

/// It spins where nothing bounds it, and loom lets it spin.
const GOES_ROUND: &[Except] =
    &[Except::loom("a thread that spins reads a stale word again and again, and is not stopped")];

/// A thread whose time is up looks again, at what may be stale, as often as it likes: graphs of that
/// have no end, and loom has too many executions of it.
const PARKED: Verdicts = Verdicts {
    x86: Expect::Skipped("threads that wait for a time have too many graphs"),
    c11: Expect::Skipped("threads that wait for a time have too many graphs"),
    ..Verdicts::PASS
};

const fn fixed(scenario: &'static Scenario, again: Option<Again>, title: &'static str) -> Version {
    Version { scenario, role: Role::Fixed, title, verdicts: Verdicts::PASS, again }
}

const fn rival(scenario: &'static Scenario, again: Option<Again>, title: &'static str) -> Version {
    Version { scenario, role: Role::Alternative, title, verdicts: Verdicts::PASS, again }
}
