//! Packs this crate's own source into the binary: exercises are compiled against it, wherever the
//! binary is moved to.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=src/build.rs");
    // A student's crate hands out no exercises, and packs nothing.
    if env::var_os("CARGO_FEATURE_EXERCISES").is_none() {
        return;
    }
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let mut files = Vec::new();
    // What the book includes from the tests travels with it.
    let book = ["book/book.toml", "book/src", "tests/foreign/tests"];
    for name in ["Cargo.toml", "Cargo.lock", "README.md", "src", "demos"].iter().chain(&book) {
        println!("cargo::rerun-if-changed={name}");
        collect(&root.join(name), &mut files);
    }
    files.sort();
    let mut list = String::from("&[\n");
    for path in files {
        let name = path.strip_prefix(&root).expect("it lies under the root");
        let name: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
        writeln!(list, "({:?}, include_str!({path:?})),", name.join("/")).expect("a string");
    }
    list.push(']');
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("files.rs"), list).expect("the build folder can be written to");
}

/// Every source file under `path`.
fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(path) else {
        // A crate unpacked by `cargo install` may have no lock file.
        if path.is_file() {
            files.push(path.to_path_buf());
        }
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let kinds = ["rs", "toml", "md", "json", "txt"];
        let text = path.extension().is_some_and(|ending| kinds.iter().any(|kind| ending == *kind));
        if path.is_dir() {
            collect(&path, files);
        } else if text {
            files.push(path);
        }
    }
}
