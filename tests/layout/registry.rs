//! Every registered type is laid out as this very program's debug information says.

use std::path::PathBuf;

use racelab_demos::SafeMap;
use racelab_demos::safe_map::{copy_on_write, one_lock, two_maps};
use racelab_layout::TypeLayout;
use racelab_layout::dwarf::search;
use racelab_layout::registered::find_registered;

use crate::build::skip;

/// Only what a program uses is described in it.
fn use_the_maps() {
    let all: SafeMap<u64, u64> = SafeMap::new();
    let lock: one_lock::native::source::OneLock<u64, u64> = Default::default();
    let copy: copy_on_write::native::source::CopyOnWrite<u64, u64> = Default::default();
    let two: two_maps::native::source::TwoMaps<u64, u64> = Default::default();
    assert_eq!((all.insert(1, 2), lock.insert(1, 2), copy.insert(1, 2)), (None, None, None));
    assert_eq!(two.insert(1, 2), None);
}

fn fields(layout: &TypeLayout) -> Vec<String> {
    let field = |f: &racelab_layout::FieldLayout| format!("{} {}+{}", f.name, f.offset, f.size);
    let mut fields: Vec<String> = layout.fields.iter().map(field).collect();
    fields.sort();
    fields
}

/// `type_name` leaves out a parameter that has its default; the debug information does not.
fn plain(name: &str) -> String {
    name.replace(", alloc::alloc::Global>", ">")
        .replace(", std::hash::random::RandomState, ()>", ">")
        .replace(", std::hash::random::RandomState>", ">")
}

#[test]
fn the_registry_is_what_the_debug_information_says() {
    use_the_maps();
    let own: PathBuf = std::env::current_exe().expect("a running program has a file");
    let mut described = Vec::new();
    for of_a_crate in ["racelab_demos::*", "racelab_safe_map::*"] {
        match search(&own, of_a_crate) {
            Ok(types) => described.extend(types),
            // A release build, or a system that keeps it elsewhere (macOS, Windows).
            Err(refusal) => return skip("the registry in this program", &refusal.message),
        }
    }
    let registry = racelab_demos::layouts();
    let mut wrong = Vec::new();
    for layout in &registry {
        let same: Vec<&TypeLayout> =
            described.iter().filter(|other| plain(&other.name) == plain(&layout.path)).collect();
        match same.as_slice() {
            [other] if (other.size, fields(other)) == (layout.size, fields(layout)) => {}
            [] => wrong.push(format!("{}: no value of it is used in this program", layout.path)),
            others => {
                let others: Vec<_> = others.iter().map(|o| (o.size, fields(o))).collect();
                let ours = (layout.size, fields(layout));
                wrong.push(format!("{}: {ours:?}, described as {others:?}", layout.path));
            }
        }
    }
    println!("{} registered types agree with the debug information", registry.len() - wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_demo_and_every_map_can_be_looked_at() {
    let registry = racelab_demos::layouts();
    for demo in racelab_demos::every() {
        let types = find_registered(demo.name, &registry);
        assert!(!types.is_empty(), "{} has no types", demo.name);
        for version in ["broken", "fixed"].map(|name| demo.version(name)).iter().flatten() {
            let name = format!("{}/{}", demo.name, version.name());
            assert!(!find_registered(&name, &registry).is_empty(), "{name} has no types");
        }
    }
    let names = |pattern: &str| -> Vec<String> {
        find_registered(pattern, &registry).iter().map(|layout| layout.name.clone()).collect()
    };
    assert_eq!(names("SafeMap"), ["SafeMap<u64, u64>"]);
    assert_eq!(names("Shard"), ["Shard<u64, u64>"]);
    assert_eq!(names("safemap"), ["SafeMap<u64, u64>"]);
    for rival in ["OneLock", "CopyOnWrite", "TwoMaps"] {
        assert_eq!(names(rival), [format!("{rival}<u64, u64>")]);
    }
    assert_eq!(names("torn-header")[0], "torn-header::broken::Header");
    assert!(names("Header").len() > 1, "{:?}", names("Header"));
    let mut all: Vec<&String> = registry.iter().map(|layout| &layout.name).collect();
    let count = all.len();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), count, "two types have one name");
}
