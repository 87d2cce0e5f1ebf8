//! SafeMap, the production pattern of the course, and the maps it is compared with.

use racelab::demo::{Demo, Part, Role, Verdicts, Version};
use racelab::scenario::Scenario;

mod layouts;
pub mod steered;

pub use layouts::layouts;

racelab::scenario!(
    /// SafeMap, judged by one race for each promise.
    pub mod map = "map.rs" with ["change.rs", "once.rs", "scan.rs"],
    judged by {
        insert = "race/insert.rs",
        remove = "race/remove.rs",
        update = "race/update.rs",
        panicking = "race/panicking.rs",
        once = "race/once.rs",
        inserted = "race/inserted.rs",
        overruled = "race/overruled.rs",
        snapshot = "race/snapshot.rs",
        one_moment = "race/one_moment.rs",
    }
);
racelab::scenario!(
    /// A map behind one lock.
    pub mod one_lock = "rivals/one_lock.rs",
    judged by "rivals/race_one_lock.rs"
);
racelab::scenario!(
    /// A map that is replaced by a copy on each write.
    pub mod copy_on_write = "rivals/copy_on_write.rs",
    judged by "rivals/race_copy_on_write.rs"
);
racelab::scenario!(
    /// A map to read and a map to write.
    pub mod two_maps = "rivals/two_maps.rs" with ["rivals/two_maps_entry.rs"],
    judged by {
        revived = "rivals/race_two_maps_revived.rs",
        promoted = "rivals/race_two_maps_promoted.rs",
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
        fixed(&map::insert::SCENARIO, "no insert is lost, and none hides a neighbour, in growth"),
        fixed(&map::remove::SCENARIO, "a removed key stays gone, and its value is given back"),
        fixed(&map::update::SCENARIO, "no update is lost"),
        fixed(&map::panicking::SCENARIO, "nobody sees half of an update that panicked"),
        fixed(&map::once::SCENARIO, "a missing value is computed once"),
        fixed(&map::inserted::SCENARIO, "an inserted value outlives a computed one"),
        fixed(&map::overruled::SCENARIO, "a value removed as out of date does not come back"),
        fixed(&map::snapshot::SCENARIO, "a snapshot shows each shard at one moment"),
        fixed(&map::one_moment::SCENARIO, "a snapshot of one moment shows a state that was"),
        rival(&one_lock::SCENARIO, "the rival with one lock"),
        rival(&copy_on_write::SCENARIO, "the rival that copies on each write"),
        rival(&two_maps::revived::SCENARIO, "the rival with two maps: a removed key comes back"),
        rival(&two_maps::promoted::SCENARIO, "the rival with two maps: promotion under way"),
    ],
    cost: None,
};

const fn fixed(scenario: &'static Scenario, title: &'static str) -> Version {
    Version { scenario, role: Role::Fixed, title, verdicts: Verdicts::PASS, again: None }
}

const fn rival(scenario: &'static Scenario, title: &'static str) -> Version {
    Version { scenario, role: Role::Alternative, title, verdicts: Verdicts::PASS, again: None }
}
