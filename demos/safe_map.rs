//! What is judged of SafeMap and its rivals: a race for each promise, and its verdicts.

use racelab::Scenario;
pub use racelab_safe_map::*;

use crate::course::{Again, Demo, Except, Expect, Part, Role, Verdicts, Version};

/// The promises of SafeMap, each with the race that would break it, and those of its rivals.
///
/// Nothing here is broken, so it is no failure mode of the course and not in its list.
pub const DEMO: Demo = Demo {
    name: "safe-map",
    title: "a map for production: what it promises, and what each promise hangs on",
    part: Part::TheMap,
    lesson: LESSON,
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
            &over_plain_lock::cut::SCENARIO,
            Again::passes(&over_plain_lock::cut_again::SCENARIO),
            "a shard is cut into parts, and no key is missed or lost",
        ),
        fixed(
            &over_plain_lock::moved::SCENARIO,
            Again::passes(&over_plain_lock::moved_again::SCENARIO),
            "a value that is computed while its shard is cut is stored",
        ),
        fixed(
            &over_plain_lock::visited::SCENARIO,
            Again::passes(&over_plain_lock::visited_again::SCENARIO),
            "a scan sees each key once, also of a shard that is cut meanwhile",
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
            &map::kept_own_lock::SCENARIO,
            Again::except(&map::kept_own_lock_again::SCENARIO, Again::TOO_MANY),
            "with its own lock: a shard is cut, and no key is missed or lost",
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
        Version {
            verdicts: Verdicts::PASS.except(SEQUENTIAL),
            ..rival(
                &copy_on_write::snapshots::SCENARIO,
                Again::except(&copy_on_write::snapshots_again::SCENARIO, SEQUENTIAL),
                "the rival that copies on each write",
            )
        },
        rival(
            &two_maps::revived::SCENARIO,
            Again::passes(&two_maps::revived_again::SCENARIO),
            "the rival with two maps: a removed key comes back",
        ),
        Version {
            verdicts: Verdicts::PASS.except(NEVER_BETWEEN),
            ..rival(
                &two_maps::promoted::SCENARIO,
                Again::passes(&two_maps::promoted_again::SCENARIO),
                "the rival with two maps: promotion under way",
            )
        },
        Version {
            verdicts: Verdicts::PASS.except(SEQUENTIAL),
            ..rival(
                &two_maps::value_given_back::SCENARIO,
                Again::except(&two_maps::value_given_back_again::SCENARIO, SEQUENTIAL),
                "the rival with two maps: a value is given back when nobody reads it",
            )
        },
        Version {
            verdicts: Verdicts::PASS.except(SEQUENTIAL),
            ..rival(
                &two_maps::gathered::SCENARIO,
                Again::except(&two_maps::gathered_again::SCENARIO, SEQUENTIAL),
                "the rival with two maps: what two writers replaced is given back by one",
            )
        },
        Version {
            verdicts: Verdicts::PASS.except(SEQUENTIAL),
            ..rival(
                &two_maps::map_given_back::SCENARIO,
                Again::except(&two_maps::map_given_back_again::SCENARIO, SEQUENTIAL),
                "the rival with two maps: a settled map is given back when nobody reads it",
            )
        },
    ],
    cost: None,
};

/// It spins where nothing bounds it, and loom lets it spin.
const GOES_ROUND: &[Except] =
    &[Except::loom("a thread that spins reads a stale word again and again, and is not stopped")];

/// A reader and a writer of it do not miss each other because four accesses are SeqCst.
const SEQUENTIAL: &[Except] =
    &[Except::loom("it takes a SeqCst access for one that acquires or releases (loom#180)")];

/// The two engines that are to come to all executions do come to these.
const NEVER_BETWEEN: &[Except] =
    &[Except::loom("it comes to no execution in which the store lies between the two reads")];

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
