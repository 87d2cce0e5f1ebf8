//! The syllabus: every demo, in the order of the course.

// A judge names what several demos share as other crates do, which compile its file too.
extern crate self as racelab_demos;

pub mod course;
pub mod promise;
mod verdicts;

pub use course::Demo;
pub use racelab_safe_map::SafeMap;

/// This crate's own source, packed by `racelab-source`: every demo, and its exercise.
#[cfg(feature = "source")]
pub const SOURCE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/source.bin"));

/// Declares the demos and lists them, in the order of the course.
macro_rules! syllabus {
    ($($demo:ident),+ $(,)?) => {
        $(pub mod $demo;)+

        /// Every demo, in the order of the course. A static: a constant, with every lesson and
        /// every text in it, would lie wherever it is named.
        pub static ALL: &[Demo] = &[$($demo::DEMO),+];
    };
}

syllabus! {
    torn_header,
    lost_update,
    shared_mutation,
    held_reference,
    poisoned_section,
    duplicate_work,
    lost_wakeup,
    look_then_insert,
    early_publish,
    first_store,
    store_buffering,
    dangling_header,
    partial_insert,
    ghost_read,
    claimed_slot,
    lost_node,
    write_flag,
    migration_window,
    write_beside_migration,
    double_growth,
    torn_scan,
    rehash_under_iterator,
    slot_migration,
    false_sharing,
    wide_store,
    split_word,
    wrong_indirection,
    reader_contention,
    copy_on_write,
    aba,
    reclamation,
}

// The production pattern that the course leads to.
pub mod safe_map;

/// Every type of shared memory: SafeMap and its rivals first, then each demo's, named by demo,
/// version and type.
pub fn layouts() -> Vec<racelab::layout::TypeLayout> {
    let mut layouts = safe_map::layouts();
    layouts.extend(ALL.iter().flat_map(Demo::layouts));
    layouts
}

/// Everything that can be checked: every demo, then SafeMap.
pub fn every() -> impl Iterator<Item = &'static Demo> {
    ALL.iter().chain([&safe_map::DEMO])
}

/// The demo of this name; SafeMap is `safe-map`.
pub fn find(name: &str) -> Option<&'static Demo> {
    every().find(|demo| demo.name == name)
}
