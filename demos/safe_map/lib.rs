//! SafeMap, the production pattern of the course, and the maps it is compared with.
//!
//! A crate of its own: who measures maps does not wait for the course, nor the course for SafeMap.

// A judge names what several share as other crates do, which compile its file too.
extern crate self as racelab_safe_map;

mod layouts;
pub mod steered;

pub use layouts::layouts;
// Who may share a map and send it, held by what does not compile.
/// A map of values that two threads may not see at once cannot be shared by two threads:
///
/// ```compile_fail,E0277
/// fn shared<T: Sync>() {}
/// shared::<racelab_safe_map::SafeMap<u8, std::cell::Cell<u8>>>();
/// ```
///
/// and one of values that may not leave their thread cannot leave it either.
///
/// ```compile_fail,E0277
/// fn sent<T: Send>() {}
/// sent::<racelab_safe_map::SafeMap<u8, std::rc::Rc<u8>>>();
/// ```
pub use map::native::source::SafeMap;
pub use map::native::source::{Counters, Counts, Observer};

/// The lesson on SafeMap, as Markdown.
pub const LESSON: &str = include_str!("lesson.md");

/// This crate's own source, packed by `racelab-source`.
#[cfg(feature = "source")]
pub const SOURCE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/source.bin"));

racelab::scenario!(
    /// SafeMap over the runtime's lock, judged by one race for each promise.
    pub mod over_plain_lock = "over_plain_lock.rs"
        with ["map.rs", "change.rs", "cut.rs", "once.rs", "reach.rs", "scan.rs", "set_once.rs", "lock/plain.rs"],
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
        cut = "race/cut.rs",
        cut_again = "race/cut_again.rs",
        moved = "race/moved.rs",
        moved_again = "race/moved_again.rs",
        visited = "race/visited.rs",
        visited_again = "race/visited_again.rs",
    }
);
racelab::scenario!(
    /// SafeMap as it is used, judged by the races that are small enough for all steps of its lock.
    pub mod map = "safe_map.rs"
        with ["map.rs", "change.rs", "cut.rs", "reach.rs", "scan.rs", "set_once.rs", "lock/lock.rs", "lock/bias.rs", "lock/leave.rs", "lock/lobby.rs"],
    judged by {
        remove_own_lock = "race/remove.rs",
        remove_own_lock_again = "race/remove_again.rs",
        update_own_lock = "race/update.rs",
        update_own_lock_again = "race/update_again.rs",
        panicking_own_lock = "race/panicking.rs",
        panicking_own_lock_again = "race/panicking_again.rs",
        one_moment_own_lock = "race/one_moment.rs",
        one_moment_own_lock_again = "race/one_moment_again.rs",
        kept_own_lock = "race/kept.rs",
        kept_own_lock_again = "race/kept_again.rs",
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
    pub mod copy_on_write = "rivals/copy_on_write.rs"
        with ["rivals/guarded.rs", "rivals/kept.rs", "rivals/epochs.rs"],
    judged by {
        snapshots = "rivals/race_copy_on_write.rs",
        snapshots_again = "rivals/race_copy_on_write_again.rs",
    }
);
racelab::scenario!(
    /// A map to read and a map to write.
    pub mod two_maps = "rivals/two_maps.rs"
        with [
            "rivals/two_maps_steps.rs", "rivals/two_maps_entry.rs", "rivals/two_maps_settled.rs",
            "rivals/retired.rs", "rivals/kept.rs", "rivals/epochs.rs"
        ],
    judged by {
        revived = "rivals/race_two_maps_revived.rs",
        revived_again = "rivals/race_two_maps_revived_again.rs",
        promoted = "rivals/race_two_maps_promoted.rs",
        promoted_again = "rivals/race_two_maps_promoted_again.rs",
        value_given_back = "rivals/race_two_maps_value.rs",
        value_given_back_again = "rivals/race_two_maps_value_again.rs",
        gathered = "rivals/race_two_maps_gathered.rs",
        gathered_again = "rivals/race_two_maps_gathered_again.rs",
        map_given_back = "rivals/race_two_maps_map.rs",
        map_given_back_again = "rivals/race_two_maps_map_again.rs",
    }
);
