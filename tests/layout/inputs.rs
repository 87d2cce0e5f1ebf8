//! Programs that once had a wrong word, each with the right one.

use std::process::Command;

use racelab_layout::audit::{Wanted, audit};
use racelab_layout::dwarf::{Found, read, search};
use racelab_layout::placement::Placement;
use racelab_layout::sharing::{Verdict, judge};
use racelab_layout::suggest::{Suggestion, suggest};
use racelab_layout::{FieldLayout, Judged, Role, TypeLayout};

use crate::build::{folder, run, sample, samples, skip};

/// The types of a program that is built by `compiler` with `-g` and these flags, by name.
struct Program(Found);

impl Program {
    fn built(name: &str, compiler: &str, source: &str, flags: &[&str]) -> Option<Program> {
        let flags: Vec<&str> = ["-g", "-w"].iter().chain(flags).copied().collect();
        match sample(name, compiler, source, &flags) {
            Ok(binary) => Some(Program(read(&binary, None).expect("its types"))),
            Err(why) => {
                skip(name, &why);
                None
            }
        }
    }

    fn get(&self, name: &str) -> TypeLayout {
        let found = self.0.types.iter().find(|layout| layout.name == name);
        found.unwrap_or_else(|| panic!("no {name}")).clone()
    }

    /// At how many starts pairs meet in lines of 64 bytes, and the strongest verdict.
    fn verdict(&self, name: &str, writers: &[&str]) -> (usize, Option<Verdict>) {
        let mut layout = self.get(name);
        for writer in writers {
            let (path, writer) = writer.split_once('=').expect("path=writer");
            assert!(layout.declare_writer(path, writer), "{name} {path}");
        }
        let found = judge(&layout, 64, Placement::Aligned);
        let mut starts: Vec<usize> =
            found.iter().flat_map(|s| &s.pairs).flat_map(|pair| pair.starts.clone()).collect();
        starts.sort_unstable();
        starts.dedup();
        (starts.len(), found.first().map(|sharing| sharing.verdict))
    }
}

fn place(layout: &TypeLayout) -> Vec<(String, usize, usize)> {
    let field = |f: &FieldLayout| (f.name.clone(), f.offset, f.size);
    layout.fields.iter().map(field).collect()
}

#[test]
fn a_type_that_is_only_announced_leaves_no_gap() {
    if let Some(program) = Program::built("announced", "clang++", "announced.cpp", &[]) {
        let conn = program.get("Conn");
        let expected = [("id", 0, 4), ("name", 8, 32), ("hits", 40, 8), ("misses", 48, 8)];
        assert_eq!(place(&conn), expected.map(|(name, at, size)| (name.to_owned(), at, size)));
        assert!(conn.fields[1].announced && !conn.fields[2].announced);
        assert_eq!(program.verdict("Conn", &[]), (7, Some(Verdict::Maybe)));
        // Only other names of types that are announced are left out, and that is said.
        let left_out: Vec<&str> =
            program.0.left_out.iter().map(|(name, _)| name.as_str()).collect();
        assert!(left_out.contains(&"std::string") && !left_out.contains(&"Conn"), "{left_out:?}");
    }
    let (a, b) = (samples().join("home/a.cpp"), samples().join("home/b.cpp"));
    let binary = folder().expect("a folder").join("announced-elsewhere");
    let built = run(Command::new("clang++").args(["-g", "-o"]).arg(&binary).args([a, b]));
    match built {
        Ok(_) => {
            let owner = read(&binary, Some("Owner")).expect("found by name").types.remove(0);
            let sizes: Vec<usize> = owner.fields.iter().map(|field| field.size).collect();
            assert_eq!(sizes, [8, 16, 16, 8]);
            assert!(owner.fields.iter().all(|field| !field.announced));
        }
        Err(why) => skip("a type announced in one unit and described in another", &why),
    }
}

#[test]
fn arrays_are_judged_to_their_last_element() {
    let Some(program) = Program::built("arrays", "g++", "arrays.cpp", &[]) else { return };
    for (name, starts) in [("Pool5", 7), ("Pool6", 7), ("Pool7", 8), ("Pool8", 4)] {
        assert_eq!(program.verdict(name, &[]), (starts, Some(Verdict::Maybe)), "{name}");
    }
    let Some(program) = Program::built("elements", "gcc", "elements.c", &[]) else { return };
    assert_eq!(program.verdict("One", &[]), (8, Some(Verdict::Maybe)));
    assert_eq!(program.verdict("S", &[]), (8, Some(Verdict::Maybe)));
    assert_eq!(program.verdict("S", &["sl.n=worker"]), (0, None));
    let every = ["sl[i].n=thread i"];
    assert_eq!(program.verdict("S", &every), (8, Some(Verdict::Certain)));
    assert_eq!(program.verdict("S", &["sl.n=a", "sl.n=b"]), (8, Some(Verdict::Certain)));
    assert_eq!(program.verdict("S", &["sl[0].n=a", "sl[1].n=b"]).1, Some(Verdict::Likely));
    let shape = &program.get("vec").fields[2];
    assert_eq!(
        (shape.type_name.as_str(), shape.shape.as_slice()),
        ("int[2][3][4]", &[2, 3, 4][..])
    );
}

#[test]
fn members_of_unions_and_unnamed_ones_are_reached() {
    let Some(program) = Program::built("nested", "g++", "nested.cpp", &[]) else { return };
    assert_eq!(program.verdict("U", &[]), (7, Some(Verdict::Maybe)));
    assert_eq!(program.verdict("Dd", &["in=a", "out=b"]), (7, Some(Verdict::Likely)));
    assert_eq!(program.verdict("Pool", &["slots=w1", "slots=w2"]).1, Some(Verdict::Certain));
    let Some(program) = Program::built("writers", "gcc", "writers.c", &[]) else { return };
    assert_eq!(program.verdict("S", &["u=t1", "w=t2"]).1, Some(Verdict::Likely));
    assert_eq!(program.verdict("S", &["bf1=a", "bf2=b"]).1, Some(Verdict::DataRace));
    assert_eq!(program.verdict("S", &["bf1=a", "bf2=a"]).1, Some(Verdict::Maybe));
}

#[test]
fn wrapped_words_count_in_rust() {
    let flags = ["-Cdebuginfo=2", "--edition=2024"];
    match sample("wrapped", "rustc", "wrapped.rs", &flags) {
        Ok(binary) => {
            let program = Program(read(&binary, None).expect("its types"));
            for (name, starts) in [("E1", 8), ("E2", 7), ("E3", 8), ("St", 7), ("E4", 8)] {
                let found = program.verdict(&format!("wrapped::{name}"), &[]);
                assert_eq!(found, (starts, Some(Verdict::Maybe)), "{name}");
            }
        }
        Err(why) => skip("wrapped words", &why),
    }
}

#[test]
fn a_variable_has_the_start_of_its_address() {
    let (named, unnamed) = match (
        sample("variable", "gcc", "variable.c", &["-g"]),
        sample("unnamed", "gcc", "unnamed.c", &["-g"]),
    ) {
        (Ok(named), Ok(unnamed)) => (named, unnamed),
        (Err(why), _) | (_, Err(why)) => return skip("variables", &why),
    };
    let found = read(&named, Some("g1")).expect("a variable");
    let address = found.address.expect("a fixed one");
    assert_eq!(address % 64, 0, "{address:#x}");
    let judged = Judged::placed(found.types[0].clone(), 64, Placement::At(address));
    assert_eq!((judged.starts(), judged.drawn()[0].phases), (vec![0], 1));
    let found = read(&unnamed, Some("stats")).expect("a variable of an unnamed type");
    assert_eq!(found.types[0].fields.len(), 2);
    assert!(read(&unnamed, Some("main")).is_err());
}

/// What no entry states follows from places and sizes, but for three types that look like others.
#[test]
fn alignments_are_those_of_the_compiler_or_said_to_be_inferred() {
    for (name, flags) in [
        ("alignments-5", &["-mavx", "-gdwarf-5"][..]),
        ("alignments-strict", &["-mavx", "-gdwarf-4", "-gstrict-dwarf"]),
    ] {
        let flags: Vec<&str> = ["-g", "-w"].iter().chain(flags).copied().collect();
        let binary = match sample(name, "g++", "alignments.cpp", &flags) {
            Ok(binary) => binary,
            Err(why) => return skip(name, &why),
        };
        let program = Program(read(&binary, None).expect("its types"));
        let mut checked = 0;
        for line in run(&mut Command::new(&binary)).expect("it runs").lines() {
            let words: Vec<&str> = line.split(' ').collect();
            let layout = program.get(words[0]);
            let found = (layout.size.to_string(), layout.align.to_string());
            assert!(layout.inferred || found.1 == words[2], "{name} {line}");
            // Nothing in the binary tells these from types of the natural alignment.
            if !matches!(words[0], "PackedAt" | "Pack4b" | "CacheLine") {
                assert_eq!(
                    (found.0.as_str(), found.1.as_str()),
                    (words[1], words[2]),
                    "{name} {line}"
                );
                checked += 1;
            }
        }
        assert_eq!(checked, 21);
    }
    if let Some(program) = Program::built("bit-alignments", "gcc", "bit_alignments.c", &[]) {
        assert_eq!((program.get("bf").align, program.get("BFc").align), (8, 8));
    }
}

#[test]
fn virtual_bases_have_their_bytes() {
    let Some(program) = Program::built("reports", "g++", "reports.cpp", &[]) else { return };
    let told: Vec<_> =
        program.get("DD").fields.iter().map(|f| (f.offset, f.size, f.role)).collect();
    let expected = [
        (0, 16, Role::Base),
        (16, 4, Role::Base),
        (20, 4, Role::Member),
        (24, 4, Role::VirtualBase),
    ];
    assert_eq!(told, expected);
    let Some(program) = Program::built("every-cpp", "g++", "every.cpp", &["-std=c++20"]) else {
        return;
    };
    let told: Vec<_> = program.get("D").fields.iter().map(|f| (f.offset, f.end())).collect();
    assert_eq!(told, [(0, 12), (16, 25), (26, 28), (32, 44)]);
    let np = program.get("PM").fields.last().expect("six").clone();
    assert_eq!((np.name.as_str(), np.size), ("np", 8));
}

#[test]
fn numbers_of_128_bits_and_fortran_arrays_are_told() {
    if let Ok(binary) =
        sample("fortran", "gfortran", "sample.f90", &["-g", "-ffree-line-length-none"])
    {
        let pt = read(&binary, Some("pt")).expect("the type").types.remove(0);
        let sizes: Vec<usize> = pt.fields.iter().map(|field| field.size).collect();
        assert_eq!(sizes, [1, 80, 5, 64, 64, 8, 16, 4, 14, 8]);
        assert_eq!(pt.fields[2].type_name, "character(5)");
    } else {
        skip("Fortran", "gfortran is not here");
    }
}

#[test]
fn only_legal_orders_are_proposed() {
    let Some(first) = Program::built("orders", "g++", "orders.cpp", &[]) else { return };
    let Some(second) = Program::built("illegal", "g++", "illegal.cpp", &[]) else { return };
    let mut proposed = 0;
    for layout in first.0.types.iter().chain(&second.0.types) {
        let judged = Judged::new(layout.clone(), 64);
        let after = match suggest(&judged) {
            Suggestion::Separate(_, after) | Suggestion::Reorder(after) => after.layout,
            _ => continue,
        };
        proposed += 1;
        let name = &layout.name;
        assert_eq!(after.fields.len(), layout.fields.len(), "{name}");
        for (field, next) in after.fields.iter().zip(after.fields.iter().skip(1)) {
            assert!(field.end() <= next.offset || field.bits.is_some(), "{name}: {}", field.name);
        }
        for field in &after.fields {
            let old = layout.fields.iter().find(|old| old.name == field.name).expect("kept");
            match field.role {
                Role::Base | Role::VtablePointer => assert_eq!(field.offset, old.offset, "{name}"),
                Role::Flexible => assert_eq!(field.name, after.fields.last().expect("one").name),
                _ => {}
            }
        }
        assert!(after.size < layout.size, "{name}");
    }
    assert!(proposed > 8, "{proposed}");
    let mut pool =
        Program::built("nested", "g++", "nested.cpp", &[]).expect("built above").get("Pool");
    assert!(pool.declare_writer("slots[i]", "thread i"));
    let found = suggest(&Judged::new(pool, 64));
    assert!(matches!(&found, Suggestion::PadElement { padded: 64, count: 8, .. }), "{found:?}");
}

#[test]
fn the_whole_program_has_its_places() {
    let Some(program) = Program::built("orders", "g++", "orders.cpp", &[]) else { return };
    let types: Vec<Judged> =
        program.0.types.iter().map(|layout| Judged::new(layout.clone(), 64)).collect();
    let own = Wanted { own: true, ..Wanted::default() };
    let rows = audit(&types, &program.0, &own);
    let virt = rows.iter().find(|row| row.name == "Virt").expect("one of ours");
    let (file, line) = virt.place.as_ref().expect("where it is declared");
    assert!(file.ends_with("orders.cpp") && *line == 7, "{file}:{line}");
    assert!(rows.iter().all(|row| !row.name.starts_with("std::")));
}

/// What `every.rs` says of itself: every size and alignment, and every offset.
#[test]
fn rust_types_are_as_the_compiler_says() {
    let flags = ["-Cdebuginfo=2", "--edition=2024"];
    let binary = match sample("every-rs", "rustc", "every.rs", &flags) {
        Ok(binary) => binary,
        Err(why) => return skip("every.rs", &why),
    };
    let program = Program(read(&binary, None).expect("its types"));
    let named = |name: &str| {
        // As the compiler writes it, in whichever module.
        let name = name.replace(",", ", ").replace("String", "alloc::string::String");
        let found = search(&binary, &name).unwrap_or_else(|why| panic!("{name}: {why}"));
        found.into_iter().next().expect("one")
    };
    let (mut sizes, mut offsets) = (0, 0);
    for line in run(&mut Command::new(&binary)).expect("it runs").lines() {
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            ["SZ", "fut", size] => {
                let future = program
                    .0
                    .types
                    .iter()
                    .find(|layout| layout.name.ends_with("fut::{async_fn_env#0}"));
                assert_eq!(future.expect("a future").size.to_string(), *size);
            }
            ["SZ", "closure", size, _] => {
                let closure = program
                    .0
                    .types
                    .iter()
                    .find(|layout| layout.name.ends_with("main::{closure_env#0}"));
                assert_eq!(closure.expect("a closure").size.to_string(), *size);
            }
            // Nobody makes a value of a type without any.
            ["SZ", "Void", ..] => {}
            ["SZ", name, size, align] => {
                let layout = named(name);
                let found = (layout.size.to_string(), layout.align.to_string());
                assert_eq!((found.0.as_str(), found.1.as_str()), (*size, *align), "{name}");
                sizes += 1;
            }
            ["OFF", name, field, offset] => {
                let layout = named(name);
                let found = layout.fields.iter().find(|known| known.name == *field);
                let found = found.unwrap_or_else(|| panic!("{name} has no {field}"));
                assert_eq!(found.offset.to_string(), *offset, "{name}.{field}");
                offsets += 1;
            }
            _ => {}
        }
    }
    assert_eq!((sizes, offsets), (30, 45));
}
