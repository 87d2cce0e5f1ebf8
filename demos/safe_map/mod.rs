//! SafeMap, the production pattern of the course, and the maps it is compared with.

use crate::course::{Again, Demo, Part, Role, Verdicts, Version};
use racelab::Scenario;

mod layouts;
pub mod steered;

pub use layouts::layouts;

racelab::scenario!(
    /// SafeMap, judged by one race for each promise.
    pub mod map = "map.rs" with ["change.rs", "once.rs", "scan.rs"],
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
    part: Part::Containers,
    lesson: include_str!("lesson.md"),
    versions: &[
        fixed(
            &map::insert::SCENARIO,
            Again::except(&map::insert_again::SCENARIO, Again::TOO_MANY),
            "no insert is lost, and none hides a neighbour, in growth",
        ),
        fixed(
            &map::absent::SCENARIO,
            Again::passes(&map::absent_again::SCENARIO),
            "of two that store under a missing key one is first, and told so",
        ),
        fixed(
            &map::remove::SCENARIO,
            Again::passes(&map::remove_again::SCENARIO),
            "a removed key stays gone, and its value is given back",
        ),
        fixed(
            &map::update::SCENARIO,
            Again::passes(&map::update_again::SCENARIO),
            "no update is lost",
        ),
        fixed(
            &map::panicking::SCENARIO,
            Again::passes(&map::panicking_again::SCENARIO),
            "nobody sees half of an update that panicked",
        ),
        fixed(
            &map::once::SCENARIO,
            Again::passes(&map::once_again::SCENARIO),
            "a missing value is computed once",
        ),
        fixed(
            &map::inserted::SCENARIO,
            Again::passes(&map::inserted_again::SCENARIO),
            "an inserted value outlives a computed one",
        ),
        fixed(
            &map::overruled::SCENARIO,
            Again::except(&map::overruled_again::SCENARIO, Again::TOO_MANY),
            "a value removed as out of date does not come back",
        ),
        fixed(
            &map::snapshot::SCENARIO,
            Again::passes(&map::snapshot_again::SCENARIO),
            "a snapshot shows each shard at one moment",
        ),
        fixed(
            &map::one_moment::SCENARIO,
            Again::passes(&map::one_moment_again::SCENARIO),
            "a snapshot of one moment shows a state that was",
        ),
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

const fn fixed(scenario: &'static Scenario, again: Option<Again>, title: &'static str) -> Version {
    Version { scenario, role: Role::Fixed, title, verdicts: Verdicts::PASS, again }
}

const fn rival(scenario: &'static Scenario, again: Option<Again>, title: &'static str) -> Version {
    Version { scenario, role: Role::Alternative, title, verdicts: Verdicts::PASS, again }
}
