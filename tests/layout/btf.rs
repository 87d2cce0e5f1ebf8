//! A kernel's own description of its types (BTF) says what its debug information does.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use object::{Object, ObjectSection};
use racelab_layout::dwarf::{list, read, read_in, search};
use racelab_layout::{Bits, FieldLayout, Repeat, Role, Source, TypeKind, TypeLayout, Word};

use crate::build::{fresh, run, samples, skip};

/// The BTF of an object file, in a file of its own under this name.
fn alone(object: &Path, folder: &Path, name: &str) -> PathBuf {
    let bytes = std::fs::read(object).expect("an object file");
    let file = object::File::parse(&*bytes).expect("an object file");
    let section = file.section_by_name(".BTF").expect("pahole was here");
    let path = folder.join(name);
    std::fs::write(&path, section.data().expect("its bytes")).expect("written");
    path
}

/// What BTF says of a field: all but what is in words.
type Plain = (String, usize, usize, Option<Bits>, Option<Repeat>, Vec<usize>, bool, Word);

/// A type by what BTF says of it: fields, and the values of an enum.
fn plain(layout: &TypeLayout) -> (String, usize, TypeKind, Vec<Plain>, Vec<(String, u32)>) {
    let field = |f: &FieldLayout| {
        // An array of arrays is written as one.
        let flexible = f.role == Role::Flexible;
        (f.name.clone(), f.offset, f.size, f.bits, f.repeat, Vec::new(), flexible, f.word)
    };
    // Compilers before 2022 tell neither which enums have a sign nor more than 32 bits of a value.
    let value = |v: &racelab_layout::Variant| {
        let value: i128 = v.tag_value.as_ref().and_then(|v| v.parse().ok()).expect("a number");
        (v.name.clone(), value as u32)
    };
    let values = layout.variants.iter().map(value).collect();
    let fields = layout.fields.iter().map(field).collect();
    (layout.name.clone(), layout.size, layout.kind, fields, values)
}

/// Asserts that both files describe the same types; how many.
fn same(btf: &Path, dwarf: &Path) -> usize {
    let (btf, dwarf) = (list(btf).expect("the BTF"), list(dwarf).expect("the DWARF"));
    for layout in &btf {
        let other = dwarf.iter().find(|other| other.name == layout.name);
        let other = other.unwrap_or_else(|| panic!("no {} in the DWARF", layout.name));
        assert_eq!(plain(layout), plain(other), "{}", layout.name);
        for (field, other) in layout.fields.iter().zip(&other.fields) {
            let inner = |field: &FieldLayout| field.inner.as_deref().map(plain);
            assert_eq!(inner(field), inner(other), "{}.{}", layout.name, field.name);
        }
    }
    assert!(btf.iter().all(|layout| layout.source == Source::Btf));
    assert!(btf.iter().all(|layout| layout.notes.iter().any(|note| note.contains("BTF"))));
    btf.len()
}

#[test]
fn a_kernel_and_its_module_are_as_their_debug_information_says() {
    let samples = samples().join("btf");
    let folder = fresh("btf").expect("a folder");
    let kernel = alone(&samples.join("kernel.o"), &folder, "vmlinux");
    assert_eq!(same(&kernel, &samples.join("kernel.o")), 15);
    let module = alone(&samples.join("module.o"), &folder, "module");
    assert_eq!(same(&module, &samples.join("module.o")), 1);
    let driver = search(&module, "struct driver").expect("found").remove(0);
    let of: Vec<(&str, usize, usize)> =
        driver.fields.iter().map(|f| (f.type_name.as_str(), f.offset, f.size)).collect();
    let expected = [
        ("task *", 0, 8),
        ("mutex", 8, 24),
        ("state", 32, 4),
        ("long long unsigned int", 40, 5),
        ("spinlock_t", 48, 4),
    ];
    assert_eq!(of, expected);
    let of = search(&samples.join("kernel.o"), "task").expect("found").remove(0);
    assert!(of.notes.iter().all(|note| !note.contains("units")), "one unit: {:?}", of.notes);
    // What the kernel holds is not the module's.
    assert!(search(&module, "task").is_err());
    let task = search(&kernel, "task").expect("found").remove(0);
    let field = |name: &str| task.fields.iter().find(|field| field.name == name).expect(name);
    assert_eq!(field("call").type_name, "int (*)()");
    assert_eq!(field("locks").type_name, "spinlock_t[3]");
    assert_eq!(field("other").type_name, "const unknown *");
    assert_eq!((field("count").word, field("lock").word), (Word::Atomic, Word::Lock));
    assert_eq!((task.inferred, task.align), (true, 64));
}

#[test]
fn what_is_not_there_has_near_names_and_other_names_are_said() {
    let folder = fresh("btf-names").expect("a folder");
    let kernel = alone(&samples().join("btf/kernel.o"), &folder, "vmlinux");
    let refusal = search(&kernel, "taks").expect_err("no such type");
    assert!(refusal.message.contains("did you mean task?"), "{refusal}");
    assert_eq!(refusal.exit_code(), 2);
    let job = search(&kernel, "job_t").expect("another name").remove(0);
    assert!(
        job.notes.iter().any(|note| note == "job_t is another name for task."),
        "{:?}",
        job.notes
    );
    let all = search(&kernel, "*spin*").expect("a pattern");
    let mut names: Vec<&str> = all.iter().map(|layout| layout.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["raw_spinlock", "raw_spinlock_t", "spinlock", "spinlock_t"]);
    let values = |name: &str| {
        let layout = search(&kernel, name).expect(name).remove(0);
        let values = layout.variants.into_iter().filter_map(|variant| variant.tag_value);
        values.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(values("state"), "-1 0 7");
    assert_eq!(values("wide"), "0 78187493520 18446744073709551615");
}

#[test]
fn a_module_without_its_kernel_is_refused_for_that_reason() {
    let folder = fresh("btf-module").expect("a folder");
    let module = alone(&samples().join("btf/module.o"), &folder, "module");
    let refusal = read(&module, None).expect_err("half of it is missing");
    assert!(refusal.message.contains("beside it under the name vmlinux"), "{refusal}");
    assert_eq!(refusal.exit_code(), 4);
    // Another kernel's types have other numbers.
    alone(&samples().join("btf/module.o"), &folder, "vmlinux");
    let refusal = read(&module, None).expect_err("it is another kernel");
    assert!(refusal.message.contains("of another kernel"), "{refusal}");
}

#[test]
fn btf_that_is_cut_or_changed_is_refused_or_read_and_never_fails() {
    let folder = fresh("btf-damaged").expect("a folder");
    let kernel = alone(&samples().join("btf/kernel.o"), &folder, "vmlinux");
    let whole = std::fs::read(&kernel).expect("just written");
    for length in (0..whole.len()).step_by(7) {
        assert!(read_in(&whole[..length], None).is_err(), "{length} bytes");
    }
    for at in (0..whole.len()).step_by(3) {
        for with in [0, 0x7f, 0xff] {
            let mut bytes = whole.clone();
            bytes[at] = with;
            let _ = read_in(&bytes, None);
        }
    }
}

/// A name of many bytes that every one of many fields has: what it would take is no multiple of the
/// file's size.
#[test]
fn a_file_that_asks_for_far_more_memory_than_it_has_bytes_is_refused() {
    let (members, name) = (u16::MAX, "x".repeat(60_000));
    let words = |words: &[u32]| words.iter().flat_map(|word| word.to_le_bytes()).collect();
    let mut types: Vec<u8> = words(&[1, 1 << 24, 4, 32]);
    types.extend::<Vec<u8>>(words(&[1, 4 << 24 | u32::from(members), 4 * u32::from(members)]));
    for member in 0..u32::from(members) {
        types.extend::<Vec<u8>>(words(&[1, 1, member * 32]));
    }
    let names = format!("\0{name}\0");
    let sizes = [24, 0, types.len() as u32, types.len() as u32, names.len() as u32];
    let header: Vec<u8> = words(&sizes);
    let whole = [&[0x9f, 0xeb, 1, 0], &*header, &*types, names.as_bytes()].concat();
    let refusal = read_in(&whole, None).expect_err("it asks for gigabytes");
    assert!(refusal.message.contains("256 times what it holds"), "{refusal}");
}

/// On a machine with the tools: more types, and another compiler's BTF.
#[test]
fn what_pahole_and_clang_make_here_agrees_with_debug_information() {
    let made = |name: &str, compiler: &str, flags: &[&str], encode: bool| {
        let folder = fresh(name)?;
        let object = folder.join("part.o");
        let source = samples().join("btf/kernel.c");
        run(Command::new(compiler).args(flags).args(["-g", "-c", "-o"]).arg(&object).arg(source))?;
        if encode {
            run(Command::new("pahole").args(["--btf_gen_all", "-J"]).arg(&object))?;
        }
        Ok::<_, String>((alone(&object, &folder, "vmlinux"), object))
    };
    for (name, compiler, flags, encode) in [
        ("btf-gcc", "gcc", &["-gdwarf-4"][..], true),
        ("btf-clang", "clang", &[], true),
        ("btf-bpf", "clang", &["-target", "bpf"], false),
    ] {
        match made(name, compiler, flags, encode) {
            Ok((btf, object)) => println!("{name}: {} types", same(&btf, &object)),
            Err(why) => skip(name, &why),
        }
    }
}

/// The running kernel, where it says what it is made of.
#[test]
fn the_sizes_of_this_machines_kernel_are_those_that_pahole_says() {
    let kernel = Path::new("/sys/kernel/btf/vmlinux");
    let sizes = run(Command::new("pahole").args(["-F", "btf", "--sizes"]).arg(kernel));
    let sizes = match sizes {
        Ok(sizes) if kernel.exists() => sizes,
        Ok(_) => return skip("this machine's kernel", "it does not describe itself"),
        Err(why) => return skip("this machine's kernel", &why),
    };
    let types = list(kernel).expect("the kernel's own types");
    let mut known: HashMap<&str, Vec<String>> = HashMap::new();
    for layout in &types {
        known.entry(&layout.name).or_default().push(layout.size.to_string());
    }
    let mut compared = 0;
    for line in sizes.lines() {
        let mut columns = line.split('\t');
        let (name, size) = (columns.next().unwrap_or_default(), columns.next());
        let found = known.get(name).map(Vec::as_slice).unwrap_or_default();
        assert!(found.iter().any(|of| Some(of.as_str()) == size), "{name}: {size:?}, {found:?}");
        compared += 1;
    }
    assert!(compared > 1000, "{compared}");
    println!("{compared} structs of this machine's kernel, of {} types", types.len());
}
