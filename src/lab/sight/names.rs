//! What a type holds, told from its full name: std's own types inside of any others.

use super::known::{self, Look, STD};
use crate::fields::Declared;
use crate::report::What;

/// What the checkers do not see in the types of these fields.
pub(super) fn in_fields(fields: &[Declared]) -> Vec<What> {
    let mut found = Vec::new();
    for declared in fields {
        for look in in_type(declared.type_name) {
            let Look::Unseen { path, instead } = look else { continue };
            let field = format!("{}.{}", declared.owner, declared.field);
            let what = What::Field { field, path, instead };
            if !found.contains(&what) {
                found.push(what);
            }
        }
    }
    found
}

/// What std's paths in a type's name amount to, where they are not fine.
pub(super) fn in_type(name: &str) -> Vec<Look> {
    let mut found = Vec::new();
    let mut rest = name;
    while let Some(start) = rest.find(|c: char| c.is_alphabetic() || c == '_') {
        rest = &rest[start..];
        let inside = |c: char| !(c.is_alphanumeric() || c == '_' || c == ':');
        let (path, after) = rest.split_at(rest.find(inside).unwrap_or(rest.len()));
        rest = after;
        // What the facade's atomics are made of is its own business.
        if path.ends_with("::rt::atomic::Atomic") {
            rest = past_parameters(after);
            continue;
        }
        let parts: Vec<&str> = path.split("::").collect();
        let look = match parts.split_first() {
            Some((first, below)) if STD.contains(first) => known::look(&plain(below, after)),
            _ => continue,
        };
        if matches!(look, Look::Unseen { .. }) {
            found.push(look);
        }
    }
    found
}

/// A path as one writes it. std keeps its types in modules that nobody names, and newer compilers
/// say `Atomic<u64>` for `AtomicU64`.
fn plain<'a>(below: &[&'a str], parameters: &str) -> Vec<&'a str> {
    const ATOMICS: [(&str, &str); 11] = [
        ("<bool>", "AtomicBool"),
        ("<u8>", "AtomicU8"),
        ("<u16>", "AtomicU16"),
        ("<u32>", "AtomicU32"),
        ("<u64>", "AtomicU64"),
        ("<usize>", "AtomicUsize"),
        ("<i8>", "AtomicI8"),
        ("<i16>", "AtomicI16"),
        ("<i32>", "AtomicI32"),
        ("<i64>", "AtomicI64"),
        ("<isize>", "AtomicIsize"),
    ];
    match below {
        ["sync", "atomic", "Atomic"] => {
            let known = ATOMICS.iter().find(|(shown, _)| parameters.starts_with(shown));
            vec!["sync", "atomic", known.map_or("AtomicPtr", |(_, name)| name)]
        }
        ["sync", "mpsc", ..] | ["sync", "atomic", _] => below.to_vec(),
        [module @ ("sync" | "cell" | "thread"), .., last] => vec![module, last],
        other => other.to_vec(),
    }
}

/// What follows the parameters in angle brackets.
fn past_parameters(text: &str) -> &str {
    let mut depth = 0usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '<' => depth += 1,
            '>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return &text[at + letter.len_utf8()..];
        }
    }
    ""
}
