//! The memory of SafeMap and of its rivals, as anybody would use them.

use std::collections::BTreeSet;

use racelab::Fields;
use racelab::layout::TypeLayout;

use super::copy_on_write::native::source::CopyOnWrite;
use super::map::native::source::SafeMap;
use super::one_lock::native::source::OneLock;
use super::two_maps::native::source::TwoMaps;

/// Each map with keys and values of eight bytes, followed by what it is made of, under the names
/// that people use: `SafeMap<u64, u64>`.
pub fn layouts() -> Vec<TypeLayout> {
    let mut found = Vec::new();
    SafeMap::<u64, u64>::layouts(&mut found);
    OneLock::<u64, u64>::layouts(&mut found);
    CopyOnWrite::<u64, u64>::layouts(&mut found);
    TwoMaps::<u64, u64>::layouts(&mut found);
    // The epochs of two rivals are one source, compiled for each.
    let mut names = BTreeSet::new();
    found.retain(|layout| names.insert(layout.name.clone()));
    found
}
