//! Packs the command's own source and the book.

fn main() {
    println!("cargo::rerun-if-changed=src/cli/source.rs");
    racelab_source::pack(&[
        "Cargo.toml",
        "Cargo.lock",
        "README.md",
        "src/cli",
        "book/book.toml",
        "book/src",
    ]);
}
