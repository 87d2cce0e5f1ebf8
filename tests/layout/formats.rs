//! The same types in every form in which debug information comes: objects, archives, what was moved
//! to other files, split, packed or shared between binaries.

use std::path::{Path, PathBuf};
use std::process::Command;

use racelab_layout::TypeLayout;
use racelab_layout::dwarf::{list, read, search};

use crate::build::{fresh, run, samples, skip};

fn tool(folder: &Path, program: &str, arguments: &[&str]) -> Result<String, String> {
    run(Command::new(program).args(arguments).current_dir(folder))
}

/// A type: its name, size, alignment, and each field's name, offset and size.
type Plain = (String, usize, usize, Vec<(String, usize, usize)>);

/// Every type by name, without what depends on where it was read.
fn plain(types: Vec<TypeLayout>) -> Vec<Plain> {
    let field = |f: &racelab_layout::FieldLayout| (f.name.clone(), f.offset, f.size);
    let one = |layout: TypeLayout| {
        let fields = layout.fields.iter().map(field).collect();
        (layout.name, layout.size, layout.align, fields)
    };
    let mut types: Vec<_> = types.into_iter().map(one).collect();
    types.sort();
    types
}

/// The sample linked as usual, and in another form; both have the same types.
fn same(
    name: &str,
    source: &str,
    compiler: &str,
    make: impl Fn(&Path, &str) -> Result<PathBuf, String>,
) {
    let made = || {
        let folder = fresh(name)?;
        let source = samples().join(source);
        let source = source.to_str().ok_or("a path that is no text")?;
        tool(&folder, compiler, &["-g", "-o", "whole", source])?;
        Ok::<_, String>((folder.join("whole"), make(&folder, source)?))
    };
    match made() {
        Ok((whole, other)) => {
            let whole = plain(list(&whole).expect("the linked program"));
            let found = list(&other).unwrap_or_else(|why| panic!("{name}: {why}"));
            assert_eq!(plain(found), whole, "{name}");
            assert!(whole.len() > 10, "{name}");
        }
        Err(why) => skip(name, &why),
    }
}

#[test]
fn an_object_file_is_read_as_the_linker_would_fill_it_in() {
    for (name, flags) in [("object-5", ["-g", "-gdwarf-5"]), ("object-4", ["-g", "-gdwarf-4"])] {
        same(name, "sample.c", "gcc", |folder, source| {
            tool(folder, "gcc", &[flags[0], flags[1], "-c", "-o", "part.o", source])?;
            Ok(folder.join("part.o"))
        });
    }
    same("object-compressed", "sample.c", "gcc", |folder, source| {
        tool(folder, "gcc", &["-g", "-gz", "-c", "-o", "part.o", source])?;
        Ok(folder.join("part.o"))
    });
    // As kernel modules are.
    same("object-partly-linked", "sample.cpp", "g++", |folder, source| {
        tool(folder, "g++", &["-g", "-c", "-o", "part.o", source])?;
        tool(folder, "ld", &["-r", "-o", "module.ko", "part.o"])?;
        Ok(folder.join("module.ko"))
    });
}

#[test]
fn a_linked_program_that_kept_its_relocations_is_read() {
    same("kept-relocations", "sample.c", "gcc", |folder, source| {
        tool(folder, "gcc", &["-g", "-Wl,--emit-relocs", "-o", "kept", source])?;
        Ok(folder.join("kept"))
    });
}

#[test]
fn an_archive_has_the_types_of_its_members() {
    same("archive", "sample.c", "gcc", |folder, source| {
        tool(folder, "gcc", &["-g", "-c", "-o", "part.o", source])?;
        std::fs::write(folder.join("none.c"), "int none;").map_err(|error| error.to_string())?;
        tool(folder, "gcc", &["-c", "none.c"])?;
        tool(folder, "ar", &["rcs", "all.a", "none.o", "part.o"])?;
        Ok(folder.join("all.a"))
    });
    same("archive-thin", "sample.c", "gcc", |folder, source| {
        tool(folder, "gcc", &["-g", "-c", "-o", "part.o", source])?;
        tool(folder, "ar", &["rcsT", "all.a", "part.o"])?;
        Ok(folder.join("all.a"))
    });
}

#[test]
fn types_that_were_split_off_are_found_where_they_are() {
    for (version, form) in [("-gdwarf-5", "split-5"), ("-gdwarf-4", "split-4")] {
        same(form, "sample.c", "gcc", |folder, source| {
            tool(folder, "gcc", &["-g", version, "-gsplit-dwarf", "-o", "split", source])?;
            Ok(folder.join("split"))
        });
        let name = format!("{form}-packed");
        same(&name, "sample.c", "gcc", |folder, source| {
            tool(folder, "gcc", &["-g", version, "-gsplit-dwarf", "-o", "split", source])?;
            tool(folder, "dwp", &["-e", "split", "-o", "split.dwp"])?;
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                if entry.path().extension().is_some_and(|ending| ending == "dwo") {
                    std::fs::remove_file(entry.path()).map_err(|error| error.to_string())?;
                }
            }
            Ok(folder.join("split"))
        });
    }
}

/// Version 5 has an index of its own, which `dwp` of binutils 2.40 cannot write.
#[test]
fn a_package_of_version_5_is_read() {
    for (name, compiler) in [("dwp-5-gcc", "gcc"), ("dwp-5-clang", "clang")] {
        same(name, "sample.c", compiler, |folder, source| {
            tool(folder, compiler, &["-g", "-gdwarf-5", "-gsplit-dwarf", "-o", "split", source])?;
            tool(folder, "llvm-dwp", &["-e", "split", "-o", "split.dwp"])?;
            for file in ["split-sample.dwo", "sample.dwo"] {
                let _ = std::fs::remove_file(folder.join(file));
            }
            Ok(folder.join("split"))
        });
    }
}

/// A package of two units that is kept, for machines without these tools.
#[test]
fn a_package_that_is_kept_is_read() {
    let split = samples().join("dwp/program");
    let found = read(&split, None).expect("both units");
    let names: Vec<(&str, usize)> =
        found.types.iter().map(|layout| (layout.name.as_str(), layout.size)).collect();
    assert_eq!((names.as_slice(), found.split_units), (&[("first", 16), ("second", 24)][..], 0));
    let second = search(&split, "second").expect("of the second unit").remove(0);
    let fields: Vec<(&str, usize, usize)> =
        second.fields.iter().map(|f| (f.name.as_str(), f.offset, f.size)).collect();
    assert_eq!(fields, [("one", 0, 16), ("flag", 16, 1), ("shared", 20, 4)]);
}

#[test]
fn split_files_that_are_missing_are_named_and_counted() {
    let made = || {
        let folder = fresh("split-missing")?;
        std::fs::write(folder.join("a.c"), "struct a { int a; } a; int main(void) { return 0; }")
            .and_then(|()| std::fs::write(folder.join("b.c"), "struct b { int b; } b;"))
            .map_err(|error| error.to_string())?;
        tool(&folder, "gcc", &["-g", "-gsplit-dwarf", "-c", "a.c", "b.c"])?;
        tool(&folder, "gcc", &["-g", "-o", "both", "a.o", "b.o"])?;
        Ok::<_, String>(folder)
    };
    let folder = match made() {
        Ok(folder) => folder,
        Err(why) => return skip("missing split files", &why),
    };
    let both = folder.join("both");
    assert_eq!(search(&both, "b").expect("it is there")[0].size, 4);
    std::fs::remove_file(folder.join("b.dwo")).expect("it was there");
    let found = read(&both, None).expect("one of two");
    assert_eq!((found.types.len(), found.split_units), (1, 1));
    assert!(search(&both, "b").expect_err("gone").message.contains("split"));
    std::fs::remove_file(folder.join("a.dwo")).expect("it was there");
    let refusal = search(&both, "a").expect_err("both are gone");
    assert!(refusal.message.contains(".dwo") && refusal.exit_code() == 4, "{refusal}");
}

#[test]
fn what_dwz_moved_to_a_common_file_is_found_there() {
    let made = || {
        let folder = fresh("dwz")?;
        let source = samples().join("sample.cpp");
        let source = source.to_str().ok_or("a path that is no text")?;
        for name in ["one", "two", "whole"] {
            tool(&folder, "g++", &["-g", "-o", name, source])?;
        }
        tool(&folder, "dwz", &["-m", "common.dwz", "one", "two"])?;
        Ok::<_, String>(folder)
    };
    let folder = match made() {
        Ok(folder) => folder,
        Err(why) => return skip("dwz -m", &why),
    };
    let names = |types: Vec<TypeLayout>| {
        let mut plain = plain(types);
        plain.dedup();
        plain
    };
    let whole = names(list(&folder.join("whole")).expect("the whole program"));
    assert_eq!(names(list(&folder.join("one")).expect("both files")), whole);
    std::fs::remove_file(folder.join("common.dwz")).expect("it was there");
    let refusal = list(&folder.join("one")).expect_err("half of it is gone");
    assert!(refusal.message.contains("common.dwz") && refusal.exit_code() == 4, "{refusal}");
}
