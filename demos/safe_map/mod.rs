//! SafeMap, the production pattern of the course, and the maps it is compared with.

pub mod steered;

crate::scenario!(
    pub mod map = "map.rs" with ["change.rs", "once.rs", "scan.rs"],
    judged by {
        insert = "race/insert.rs",
        inserted = "race/inserted.rs",
        once = "race/once.rs",
        overruled = "race/overruled.rs",
        panicking = "race/panicking.rs",
        remove = "race/remove.rs",
        snapshot = "race/snapshot.rs",
        one_moment = "race/one_moment.rs",
        update = "race/update.rs",
    }
);
crate::scenario!(pub mod one_lock = "rivals/one_lock.rs", judged by "rivals/race_one_lock.rs");
crate::scenario!(
    pub mod copy_on_write = "rivals/copy_on_write.rs",
    judged by "rivals/race_copy_on_write.rs"
);
crate::scenario!(
    pub mod two_maps = "rivals/two_maps.rs" with ["rivals/two_maps_entry.rs"],
    judged by {
        revived = "rivals/race_two_maps_revived.rs",
        promoted = "rivals/race_two_maps_promoted.rs",
    }
);
