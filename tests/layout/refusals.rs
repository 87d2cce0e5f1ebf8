//! What cannot be read rightly is refused, with what to do about it.

use std::path::{Path, PathBuf};
use std::process::Command;

use racelab_layout::dwarf::{list, search};

use crate::build::{built, generated, run, sample, skip};

/// Asserts that both ways of asking are refused in these words, with this exit code.
fn refused(binary: &Path, words: &str, code: u8) {
    for refusal in [search(binary, "holes").map(|_| ()), list(binary).map(|_| ())] {
        let refusal = refusal.expect_err(words);
        assert!(refusal.message.contains(words), "{words:?} is not in {:?}", refusal.message);
        assert_eq!(refusal.exit_code(), code, "{words}");
    }
}

fn sources(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/layout/samples").join(name)
}

#[test]
fn what_is_no_program_is_said() {
    refused(&sources("nothing.here"), "cannot open", 2);
    refused(&sources("sample.c"), "not a program, library or object file", 2);
    refused(&sources(""), "cannot open", 2);
    let empty = Path::new(env!("CARGO_TARGET_TMPDIR")).join("empty");
    std::fs::write(&empty, "").expect("an empty file");
    refused(&empty, "not a program, library or object file", 2);
    let kinds: [(&[u8], &str); 4] = [
        (b"MZ and more", "Windows"),
        (b"!<arch>\n", "archive"),
        (b"\0asm\x01\0\0\0", "WebAssembly"),
        (b"Microsoft C/C++ MSF 7.00\r\n", "PDB"),
    ];
    for (bytes, words) in kinds {
        std::fs::write(&empty, bytes).expect("a file");
        refused(&empty, words, 2);
    }
}

#[test]
fn missing_debug_information_is_said_with_its_remedy() {
    let cases: [(&str, &[&str], &str); 3] = [
        ("c-none", &["-g0"], "-C debuginfo=2"),
        ("c-stripped", &["-g", "-s"], "-C debuginfo=2"),
        ("c-lines", &["-g1"], "only line numbers"),
    ];
    for (name, flags, words) in cases {
        match sample(name, "gcc", "sample.c", flags) {
            Ok(binary) => refused(&binary, words, 4),
            Err(why) => skip(name, &why),
        }
    }
}

#[test]
fn debug_information_that_was_moved_is_named() {
    let moved = || {
        let binary = sample("c-moved", "gcc", "sample.c", &["-g"])?;
        let (debug, bare) = (binary.with_extension("debug"), binary.with_extension("bare"));
        run(Command::new("objcopy").arg("--only-keep-debug").arg(&binary).arg(&debug))?;
        let link = format!("--add-gnu-debuglink={}", debug.display());
        run(Command::new("objcopy").args(["--strip-debug", &link]).arg(&binary).arg(&bare))?;
        Ok::<_, String>((bare, debug))
    };
    match moved() {
        Ok((bare, debug)) => {
            assert_eq!(search(&debug, "holes").expect("the moved types")[0].size, 24);
            assert_eq!(search(&bare, "holes").expect("found beside it")[0].size, 24);
            // Another file of that name is not taken for it.
            let other = debug.with_extension("other");
            std::fs::rename(&debug, &other).expect("moved away");
            refused(&bare, "c-moved.debug", 4);
            std::fs::copy(&bare, &debug).expect("something else there");
            refused(&bare, "c-moved.debug", 4);
        }
        Err(why) => skip("moved debug information", &why),
    }
}

#[test]
fn an_unknown_type_has_near_names() {
    let binary = match built("rust") {
        Ok(binary) => binary,
        Err(why) => return skip("near names", &why),
    };
    let refusal = search(&binary, "SafeMapp").expect_err("no such type");
    assert!(refusal.message.contains("did you mean sample::SafeMap<u64, "), "{refusal}");
    assert_eq!(refusal.exit_code(), 2);
}

/// A long name that many fields have takes no multiple of the file's bytes.
#[test]
fn debug_information_that_asks_for_far_more_memory_than_it_has_bytes_is_refused() {
    let name = "x".repeat(60_000);
    let fields: String = (0..20_000).map(|at| format!("LONG f{at};")).collect();
    let source = format!(
        "#define LONG struct {name} *\nstruct few {{ int a; }} few; struct many {{ {fields} }} many;\n\
         int main(void) {{ return 0; }}"
    );
    match generated("c-many", "gcc", "many.c", &source, &["-g"]) {
        Ok(binary) => {
            let refusal = search(&binary, "many").expect_err("it asks for a gigabyte");
            assert!(refusal.message.contains("256 times what it holds"), "{refusal}");
            assert_eq!(search(&binary, "few").expect("a small one")[0].size, 4);
        }
        Err(why) => skip("many long names", &why),
    }
}
