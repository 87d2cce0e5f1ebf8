//! The compiler itself says where the fields of the Rust sample lie.

use std::process::Command;

use racelab_layout::dwarf::search;
use racelab_layout::placement::Placement;
use racelab_layout::words::text;
use racelab_layout::{Judged, TypeKind, Word};

use crate::build::{built, run, skip};

#[test]
fn rust_layouts_are_those_the_compiler_uses() {
    for name in ["rust", "rust-5", "rust-release"] {
        let binary = match built(name) {
            Ok(binary) => binary,
            Err(why) => return skip("the layouts of the Rust sample", &why),
        };
        let printed = run(&mut Command::new(&binary)).expect("the sample runs");
        let mut types = 0;
        for line in printed.lines() {
            let mut words = line.split(' ');
            let mut word = || words.next();
            let (of, size, align) = (word().expect("a name"), word(), word());
            let found =
                search(&binary, &format!("sample::{of}")).unwrap_or_else(|e| panic!("{of}: {e}"));
            let [layout] = found.as_slice() else { panic!("{of}: {} types", found.len()) };
            let sizes = (layout.size.to_string(), layout.align.to_string());
            assert_eq!(
                (size, align),
                (Some(sizes.0.as_str()), Some(sizes.1.as_str())),
                "{name} {of}"
            );
            for field in words {
                let (field, place) = field.split_once('=').expect("field=place");
                let known = layout.fields.iter().find(|known| known.name == field);
                let known = known.unwrap_or_else(|| panic!("{name} {of}: no field {field}"));
                assert_eq!(
                    place,
                    format!("{}+{}", known.offset, known.size),
                    "{name} {of}.{field}"
                );
            }
            types += 1;
        }
        assert_eq!(types, 11);
    }
}

#[test]
fn rust_atomics_locks_and_enums_are_recognised() {
    let binary = match built("rust") {
        Ok(binary) => binary,
        Err(why) => return skip("the Rust sample", &why),
    };
    let only = |pattern: &str| search(&binary, pattern).expect(pattern).remove(0);
    let map = only("SafeMap");
    let words: Vec<_> =
        map.fields.iter().filter(|f| f.word != Word::Plain).map(|f| f.name.as_str()).collect();
    assert_eq!(words, ["current", "epoch", "readers", "writer", "hits", "flag"]);
    assert_eq!(
        racelab_layout::sharing::judge(&map, 64, Placement::Aligned)[0].verdict,
        racelab_layout::sharing::Verdict::Maybe
    );
    assert!(racelab_layout::sharing::judge(&only("Counters"), 64, Placement::Aligned).is_empty());
    let shape = only("Shape");
    assert_eq!((shape.kind, shape.tag.as_ref().map(|tag| tag.size)), (TypeKind::Enum, Some(4)));
    let variants: Vec<_> =
        shape.variants.iter().map(|v| (v.name.as_str(), v.fields.len())).collect();
    assert_eq!(variants, [("Circle", 1), ("Rect", 2), ("Unit", 0)]);
    let niche = only("Option<alloc::boxed::Box<u64>>");
    let tags: Vec<_> = niche.variants.iter().map(|v| v.tag_value.as_deref()).collect();
    assert_eq!((niche.size, tags), (8, vec![Some("0"), None]));
}

/// layout-audit 0.5.0 finds neither: Rust's atomics are no atomics to it, and an enum is empty.
#[test]
fn one_struct_of_enums_and_atomics_is_shown_whole() {
    let binary = match built("rust") {
        Ok(binary) => binary,
        Err(why) => return skip("enums beside atomics", &why),
    };
    let job = search(&binary, "sample::Job").expect("the struct").remove(0);
    let page = text(&Judged::new(job, 64), 2, 80);
    let shown = ["Circle", "width", "Some", "AtomicU64", "MAYBE", "tries + done"];
    let missing: Vec<_> = shown.iter().filter(|word| !page.contains(**word)).collect();
    assert!(missing.is_empty(), "{missing:?} are not in\n{page}");
}
