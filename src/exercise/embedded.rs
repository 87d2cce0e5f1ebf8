//! This crate's own source, as it was compiled.

/// Each file's path from the root of the package, with `/`, and its text; sorted.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// The text of a file.
pub(super) fn text(path: &str) -> Option<&'static str> {
    FILES.iter().find(|file| file.0 == path).map(|file| file.1)
}

/// Every file, as its path from the root and its text.
pub(super) fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().copied()
}

/// The files under a folder, as paths from the root and texts.
pub(super) fn under(folder: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let inside = move |path: &str| path.strip_prefix(folder).is_some_and(|p| p.starts_with('/'));
    FILES.iter().copied().filter(move |file| inside(file.0))
}

/// A hash of the library that exercises are compiled against: two racelabs of one version may
/// differ.
pub(super) fn hash() -> u64 {
    let files = ["Cargo.toml", "Cargo.lock"].iter().filter_map(|path| text(path));
    let library = under("src").filter(|(path, _)| super::manifest::in_library(path));
    let texts = files.chain(library.map(|(_, text)| text));
    texts.flat_map(str::bytes).fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
