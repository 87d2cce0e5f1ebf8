//! Programs by compilers that are not on every machine: each is kept, with its recipe beside it.

use racelab_layout::dwarf::{read, search};
use racelab_layout::placement::Placement;
use racelab_layout::sharing::{Verdict, judge};
use racelab_layout::{FieldLayout, TypeKind, TypeLayout, Word};

use crate::build::samples;

/// `name=offset+size` of every field that has bytes, or `name=bit:bits` of a packed one, by name.
fn fields(layout: &TypeLayout) -> Vec<String> {
    let field = |f: &FieldLayout| match f.bits {
        Some(bits) => format!("{}={}:{}", f.name, bits.first, bits.count),
        None => format!("{}={}+{}", f.name, f.offset, f.size),
    };
    let mut fields: Vec<String> = layout.fields.iter().map(field).collect();
    fields.sort_unstable();
    fields
}

#[test]
fn zig_types_are_as_zig_says_by_both_of_its_backends() {
    let folder = samples().join("zig");
    let expected = std::fs::read_to_string(folder.join("expected.txt")).expect("what Zig says");
    for backend in ["llvm.o", "no-llvm.o"] {
        for line in expected.lines() {
            let mut words = line.split(' ');
            let name = words.next().expect("a name").trim_start_matches("sample.");
            let found = search(&folder.join(backend), name);
            let found = found.unwrap_or_else(|why| panic!("{backend} {name}: {why}"));
            let [layout] = found.as_slice() else { panic!("{name}: {} types", found.len()) };
            let sizes = (layout.size.to_string(), layout.align.to_string());
            let mut word = || words.next().expect("a size").to_owned();
            assert_eq!(sizes, (word(), word()), "{backend} {name}");
            let mut told: Vec<&str> = words.collect();
            told.sort_unstable();
            if name == "P" && backend == "llvm.o" {
                // LLVM is told no more of it than how many bits it has.
                assert_eq!(fields(layout), ["bits=0+4"]);
                continue;
            }
            assert_eq!(fields(layout), told, "{backend} {name}");
        }
    }
}

#[test]
fn zig_optionals_errors_and_tagged_unions_are_opened() {
    let folder = samples().join("zig");
    let of = |backend: &str, field: &str| {
        let layout = search(&folder.join(backend), "S").expect("found").remove(0);
        let field = layout.fields.into_iter().find(|f| f.name == field).expect("a field");
        (field.word, field.inner.map(std::sync::Arc::unwrap_or_clone).expect("it is opened"))
    };
    let variants = |layout: &TypeLayout| {
        let place = |f: &FieldLayout| format!("{} {}+{}", f.name, f.offset, f.size);
        let one = |v: &racelab_layout::Variant| {
            let tag = v.tag_value.clone().unwrap_or_else(|| "other".to_owned());
            format!("{tag}: {}", v.fields.iter().map(place).collect::<Vec<_>>().join(", "))
        };
        let tag = layout.tag.as_ref().map(|tag| (tag.offset, tag.size));
        (tag, layout.variants.iter().map(one).collect::<Vec<_>>().join("; "))
    };
    for (field, tag, told) in [
        ("e", (4, 1), "0: ; other: ? 0+4"),
        ("i", (8, 1), "0: x 0+1; 1: y 0+8"),
        ("j", (8, 2), "0: value 0+8; other: error 8+2"),
    ] {
        let (_, layout) = of("no-llvm.o", field);
        assert_eq!(layout.kind, TypeKind::Enum, "{field}");
        assert_eq!(variants(&layout), (Some(tag), told.to_owned()), "{field}");
    }
    for (field, told) in [
        ("e", "payload=0+4 some=4+1"),
        ("i", "payload=0+8 tag=8+1"),
        ("j", "error=8+2 payload=0+8"),
    ] {
        assert_eq!(fields(&of("llvm.o", field).1).join(" "), told);
    }
    for backend in ["llvm.o", "no-llvm.o"] {
        assert_eq!(of(backend, "h").0, Word::Atomic, "{backend}");
        let all = read(&folder.join(backend), None).expect("all of it");
        assert!(all.left_out.is_empty(), "{backend}: {:?}", all.left_out);
        let set = search(&folder.join(backend), "error{A}").expect("an error set").remove(0);
        assert_eq!((set.size, set.kind), (2, TypeKind::Enum), "{backend}");
        assert!(set.variants.iter().any(|v| v.name.ends_with('A')), "{backend}");
    }
}

#[test]
fn windows_programs_and_objects_are_read_with_their_locks() {
    for file in ["sample.exe", "sample.obj"] {
        let found = search(&samples().join("pe").join(file), "S");
        let layout = found.unwrap_or_else(|why| panic!("{file}: {why}")).remove(0);
        assert_eq!((layout.size, layout.align), (72, 8), "{file}");
        let told = "a=0+1 b=4+4 c=8+8 cnt=64+4 cs=24+40 d=128:3 e=160:30";
        assert_eq!(fields(&layout).join(" "), told, "{file}");
        let lock = layout.fields.iter().find(|field| field.name == "cs").expect("there");
        assert_eq!(lock.word, Word::Lock);
        let mut layout = layout;
        assert!(layout.declare_writer("cnt", "one") && layout.declare_writer("cs", "other"));
        let verdict = judge(&layout, 64, Placement::Aligned).first().map(|found| found.verdict);
        assert_eq!(verdict, Some(Verdict::Likely), "{file}");
    }
}

/// Every type that Go printed, and the book's maps.
#[test]
fn go_types_are_as_go_says_and_the_books_maps_are_found_in_both_designs() {
    for version in ["go1.23.9", "go1.27.3"] {
        let binary = samples().join("go").join(format!("{version}.debug"));
        let said = binary.with_extension("txt");
        let said = std::fs::read_to_string(said).expect("what Go said");
        let said: Vec<&str> = said.lines().filter(|line| line.starts_with("main.")).collect();
        assert_eq!(said.len(), 5);
        for line in said {
            let mut words = line.split(' ');
            let name = words.next().expect("a name");
            let found = search(&binary, name).unwrap_or_else(|why| panic!("{version} {why}"));
            let [layout] = found.as_slice() else { panic!("{name}: {} types", found.len()) };
            let fields = layout.fields.iter().map(|field| field.offset);
            let told = [layout.size, layout.align].into_iter().chain(fields);
            let told: Vec<String> = told.map(|number| number.to_string()).collect();
            assert_eq!(told.join(" "), words.collect::<Vec<_>>().join(" "), "{version} {name}");
        }
        crate::go::documented(version, &binary);
    }
    let book = std::fs::read_to_string(samples().join("../../../book/src/layouts.md"));
    let book = book.expect("the book");
    for (version, map) in [("go1.23.9", "runtime.hmap"), ("go1.27.3", "internal/runtime/maps.Map")]
    {
        assert!(book.contains(&format!("{map}, {version}")), "{map} of {version}");
        let binary = samples().join("go").join(format!("{version}.debug"));
        for field in search(&binary, map).expect(map).remove(0).fields {
            let row = format!("{:>3} {:>4} {:<8}", field.offset, field.size, field.name);
            assert!(book.contains(row.trim_end()), "{row:?} of {map}");
        }
    }
}
