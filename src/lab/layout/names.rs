//! Type names as people say them: `core::sync::atomic::AtomicU64` is an `AtomicU64`.

use std::borrow::Cow;

/// The name without module paths, and without the parameters nobody writes (the global allocator,
/// the default hasher). Go names keep the last part of their package: `sync/atomic.Int64` becomes
/// `atomic.Int64`.
pub fn short(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    let plain = familiar(name);
    let mut rest = plain.as_ref();
    rest = rest.strip_prefix("(anonymous namespace)::").unwrap_or(rest);
    while let Some(first) = rest.chars().next() {
        let word = identifier(rest);
        if word == 0 {
            text.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let (path, after) = rest.split_at(word);
        if let Some(after) = after.strip_prefix("::") {
            // A module or an outer type: dropped, but for the function that a future or a closure is of.
            if after.starts_with('{') && !path.starts_with('{') {
                text.push_str(path);
                text.push_str("::");
            }
            rest = after;
            continue;
        }
        // Only a package has slashes before a dot.
        let package = path.rfind('/').filter(|_| path.contains('.'));
        text.push_str(package.map_or(path, |slash| &path[slash + 1..]));
        rest = after;
    }
    for default in ["Global", "RandomState"] {
        text = text.replace(&format!(", {default}>"), ">").replace(&format!(",{default}>"), ">");
    }
    text
}

/// How many bytes of `text` are one part of a path. `{closure#0}` is one; Go's slashes are in it.
fn identifier(text: &str) -> usize {
    let mut depth = 0usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '{' if at == 0 || depth > 0 => depth += 1,
            '}' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            _ if depth > 0 => {}
            '_' | '#' | '$' | '~' => {}
            '/' | '.' if at > 0 => {}
            '-' if text[..at].contains('/') => {}
            _ if letter.is_alphanumeric() => {}
            _ => return at,
        }
    }
    if depth > 0 { 0 } else { text.len() }
}

/// Newer compilers say `Atomic<u64>` and `NonZero<u64>` for what everybody calls `AtomicU64` and
/// `NonZeroU64`. An `Atomic<u8>` of another crate is something else.
fn familiar(text: &str) -> Cow<'_, str> {
    const GENERIC: [(&str, &str); 3] = [
        ("core::sync::atomic::Atomic<", "Atomic"),
        ("std::sync::atomic::Atomic<", "Atomic"),
        ("core::num::nonzero::NonZero<", "NonZero"),
    ];
    if !GENERIC.iter().any(|(long, _)| text.contains(long)) {
        return Cow::Borrowed(text);
    }
    let mut text = text.to_owned();
    for (long, name) in GENERIC {
        let module = &long[..long.len() - name.len() - 1];
        let mut from = 0;
        while let Some(at) = text[from..].find(long).map(|found| from + found) {
            let inside = at + long.len();
            let alias = text[inside..].split_once('>').and_then(|(of, _)| alias(of));
            if let Some(alias) = alias {
                let end = inside + text[inside..].find('>').unwrap_or(0) + 1;
                text.replace_range(at..end, &format!("{module}{name}{alias}"));
            } else if text[inside..].starts_with("*mut ") && name == "Atomic" {
                text.replace_range(at..inside + 5, &format!("{module}AtomicPtr<"));
            }
            from = at + module.len() + name.len();
        }
    }
    Cow::Owned(text)
}

/// `U64` for `u64`; `None` for what is no number and no truth value.
fn alias(of: &str) -> Option<String> {
    let number = of
        .strip_prefix(['u', 'i'])
        .is_some_and(|width| matches!(width, "8" | "16" | "32" | "64" | "128" | "size"));
    (number || of == "bool").then(|| format!("{}{}", of[..1].to_uppercase(), &of[1..]))
}

/// The name up to its first generic parameter: `a::Map` of `a::Map<u64, b::Key>`.
pub fn base(name: &str) -> &str {
    let end = name.char_indices().find(|&(at, c)| at > 0 && matches!(c, '<' | '['));
    name[..end.map_or(name.len(), |(at, _)| at)].trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn module_paths_and_default_parameters_go() {
        let cases = [
            ("core::sync::atomic::AtomicU64", "AtomicU64"),
            ("core::sync::atomic::Atomic<u64>", "AtomicU64"),
            ("core::sync::atomic::Atomic<bool>", "AtomicBool"),
            ("core::sync::atomic::Atomic<*mut a::Node<u64>>", "AtomicPtr<Node<u64>>"),
            ("crossbeam_epoch::atomic::Atomic<a::Node>", "Atomic<Node>"),
            ("crossbeam_epoch::atomic::Atomic<u8>", "Atomic<u8>"),
            ("core::option::Option<core::num::nonzero::NonZero<u64>>", "Option<NonZeroU64>"),
            (
                "(core::sync::atomic::Atomic<u8>, core::sync::atomic::Atomic<*mut u8>)",
                "(AtomicU8, AtomicPtr<u8>)",
            ),
            ("alloc::vec::Vec<u8, alloc::alloc::Global>", "Vec<u8>"),
            (
                "&mut [alloc::boxed::Box<dyn core::ops::Fn(u64) -> u8 + core::marker::Send>; 4]",
                "&mut [Box<dyn Fn(u64) -> u8 + Send>; 4]",
            ),
            ("<a::B as c::D>::Out", "<B as D>::Out"),
            ("std::thread::spawn::{closure_env#0}<fn()>", "spawn::{closure_env#0}<fn()>"),
            ("a::b::leaf::{async_fn#0}::{closure#1}", "leaf::{closure#1}"),
            (
                "internal/sync.HashTrieMap[interface {},interface {}]",
                "sync.HashTrieMap[interface {},interface {}]",
            ),
            ("*sync/atomic.Int64", "*atomic.Int64"),
            ("[8]github.com/a/b-c.T", "[8]b-c.T"),
            ("std::atomic<unsigned long>", "atomic<unsigned long>"),
            (
                "std::collections::HashMap<u64, u64, std::hash::random::RandomState>",
                "HashMap<u64, u64>",
            ),
            ("(u64, ())", "(u64, ())"),
            ("{broken", "{broken"),
            ("", ""),
        ];
        for (long, expected) in cases {
            assert_eq!(short(long), expected, "{long}");
        }
    }
}
