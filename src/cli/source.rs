//! Packs the command's own source and the book, and says how the command is linked.

use std::env;

fn main() {
    link();
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

/// Where a program lies is known when it is linked, in a release build for Linux: each pointer in
/// the tables of the course would otherwise be listed for the loader, which is two megabytes.
fn link() {
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|found| found == value);
    let dynamic = !env::var("CARGO_CFG_TARGET_FEATURE").is_ok_and(|all| all.contains("crt-static"));
    let linux = is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu");
    if linux && dynamic && is("PROFILE", "release") {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
