//! Packs this crate's own source, where that is asked for.

fn main() {
    println!("cargo::rerun-if-changed=source.rs");
    #[cfg(feature = "source")]
    racelab_source::pack(&["."]);
}
