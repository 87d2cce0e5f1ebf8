//! Packs this crate's own source.

fn main() {
    println!("cargo::rerun-if-changed=source.rs");
    racelab_source::pack(&["."]);
}
