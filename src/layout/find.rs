//! Finds types by the name a person types: in full, by its last part, or with `*` and `?`.

use crate::names::{base, short};

/// How well a name fits; smaller is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Whole,
    Short,
    Generic,
    Part,
    GenericOtherCase,
    OtherCase,
    Glob,
}

/// The places in `names` whose name fits `pattern` best. `SafeMap<u64,u64>` (spaces do not count),
/// `a::b::SafeMap`, `SafeMap` (every instance), `*Map`.
pub fn find<'a>(pattern: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<usize> {
    let pattern = squeeze(pattern);
    let fits =
        names.into_iter().enumerate().filter_map(|(at, name)| Some((fit(&pattern, name)?, at)));
    let mut fits: Vec<(Fit, usize)> = fits.collect();
    let best = fits.iter().map(|&(fit, _)| fit).min();
    fits.retain(|&(fit, _)| Some(fit) == best);
    fits.into_iter().map(|(_, at)| at).collect()
}

/// Whether `name` fits `pattern` at all.
pub fn matches(pattern: &str, name: &str) -> bool {
    fit(&squeeze(pattern), name).is_some()
}

fn fit(pattern: &str, name: &str) -> Option<Fit> {
    let full = squeeze(name);
    let brief = squeeze(&short(name));
    let head = squeeze(base(name));
    if pattern == full {
        return Some(Fit::Whole);
    }
    if pattern == brief {
        return Some(Fit::Short);
    }
    if pattern == head {
        return Some(Fit::Generic);
    }
    if is_part(pattern, &full) || is_part(pattern, &head) {
        return Some(Fit::Part);
    }
    if is_instance(pattern, name) {
        return Some(Fit::Part);
    }
    // Name spaces that nobody writes: unnamed ones, and those of a library's version.
    let plain = unversioned(name);
    if plain != name && fit(pattern, &plain).is_some_and(|fit| fit <= Fit::Part) {
        return Some(Fit::Part);
    }
    if pattern.contains(['*', '?']) {
        let any =
            [&full, &brief, &head].iter().any(|name| glob(pattern.as_bytes(), name.as_bytes()));
        return any.then_some(Fit::Glob);
    }
    let lower = pattern.to_lowercase();
    if lower == head.to_lowercase() {
        return Some(Fit::GenericOtherCase);
    }
    is_part(&lower, &head.to_lowercase()).then_some(Fit::OtherCase)
}

/// Whether `name` ends with `pattern` at the border of a path.
fn is_part(pattern: &str, name: &str) -> bool {
    let before = name.strip_suffix(pattern);
    !pattern.is_empty()
        && before
            .is_some_and(|before| before.is_empty() || before.ends_with([':', '.', '/', '\u{1f}']))
}

/// Whether both have the same parameters, paths and defaults apart, and `name` ends with the
/// pattern before them: `a::Map<u64, Box<T>>` and `b::a::Map<u64, alloc::boxed::Box<c::T, Global>>`.
fn is_instance(pattern: &str, name: &str) -> bool {
    let (ours, theirs) = (base(pattern), base(name));
    let (of, with) = (&pattern[ours.len()..], &name[theirs.len()..]);
    if of.is_empty() || with.is_empty() || !is_part(ours, &squeeze(theirs)) {
        return false;
    }
    let (of, with) = (squeeze(&short(of)), squeeze(&short(with)));
    // Parameters at the end that have their defaults may be left out, at any depth.
    of == with
        || parameters(&of).zip(parameters(&with)).is_some_and(|(of, with)| begins(&of, &with))
}

/// The name without the parts of its path that are never written.
fn unversioned(name: &str) -> String {
    const UNWRITTEN: [&str; 7] =
        ["(anonymous namespace)", "(anonymous)", "__cxx11", "__1", "__ndk1", "_V2", "__cxx1998"];
    UNWRITTEN.iter().fold(name.to_owned(), |name, part| name.replace(&format!("{part}::"), ""))
}

/// The parts between the outer `<` and `>`, and what the first stands behind.
fn parameters(text: &str) -> Option<Vec<&str>> {
    let inside = text.split_once('<')?.1.strip_suffix('>')?;
    let (mut depth, mut from, mut parts) = (0usize, 0, Vec::new());
    for (at, letter) in inside.char_indices() {
        match letter {
            '<' | '(' | '[' => depth += 1,
            '>' | ')' | ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(&inside[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&inside[from..]);
    Some(parts)
}

/// Whether the parameters `ours` are the first of `theirs`.
fn begins(ours: &[&str], theirs: &[&str]) -> bool {
    let same = |(ours, theirs): (&&str, &&str)| {
        ours == theirs
            || ours.split('<').next() == theirs.split('<').next()
                && parameters(ours).zip(parameters(theirs)).is_some_and(|(a, b)| begins(&a, &b))
    };
    ours.len() <= theirs.len() && ours.iter().zip(theirs).all(same)
}

/// Without spaces, but for those between two words, which become one separator.
fn squeeze(text: &str) -> String {
    let wordy = |c: char| c.is_alphanumeric() || c == '_';
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for letter in text.trim().chars() {
        if letter == ' ' {
            gap = true;
            continue;
        }
        if gap && wordy(letter) && out.ends_with(wordy) {
            out.push('\u{1f}');
        }
        gap = false;
        out.push(letter);
    }
    out
}

/// `*` stands for any bytes, `?` for one.
fn glob(pattern: &[u8], name: &[u8]) -> bool {
    let (mut p, mut n) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while n < name.len() {
        match pattern.get(p) {
            Some(b'*') => {
                retry = Some((p, n));
                p += 1;
            }
            Some(&letter) if letter == b'?' || letter == name[n] => {
                p += 1;
                n += 1;
            }
            _ => match retry {
                Some((star, from)) => {
                    retry = Some((star, from + 1));
                    p = star + 1;
                    n = from + 1;
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|&letter| letter == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 9] = [
        "demo::SafeMap<u64, u64>",
        "demo::SafeMap<u64, alloc::string::String>",
        "sync.Map",
        "internal/runtime/maps.Map",
        "sync/atomic.Value",
        "torn-header::broken::Header",
        "torn-header::fixed::Header",
        "unsigned int",
        "internal/sync.Map",
    ];

    fn found(pattern: &str) -> Vec<usize> {
        find(pattern, NAMES)
    }

    #[test]
    fn a_name_is_found_in_full_in_part_and_by_pattern() {
        assert_eq!(found("demo::SafeMap<u64,u64>"), [0]);
        assert_eq!(found("SafeMap<u64, String>"), [1]);
        assert_eq!(found("SafeMap"), [0, 1]);
        let library = [
            "std::vector<std::pair<int, long>, std::allocator<std::pair<int, long> > >",
            "std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> >",
            "lab::(anonymous)::Hidden",
        ];
        assert_eq!(find("std::vector<std::pair<int, long>>", library), [0]);
        assert_eq!(find("vector<pair<int, long>>", library), [0]);
        assert!(find("vector<pair<int, int>>", library).is_empty());
        assert_eq!(find("std::basic_string<char>", library), [1]);
        assert_eq!(find("lab::Hidden", library), [2]);
        assert_eq!(found("demo::SafeMap<u64, String>"), [1]);
        assert!(found("other::SafeMap<u64, String>").is_empty());
        assert_eq!(found("demo::SafeMap"), [0, 1]);
        assert_eq!(found("safemap"), [0, 1]);
        assert_eq!(found("sync.Map"), [2]);
        assert_eq!(found("Map"), [2, 3, 8]);
        assert_eq!(found("atomic.Value"), [4]);
        assert_eq!(found("torn-header::broken::Header"), [5]);
        assert_eq!(found("Header"), [5, 6]);
        assert_eq!(found("*Map"), [0, 1, 2, 3, 8]);
        assert_eq!(found("sync?Map"), [2, 8]);
        assert_eq!(found("unsigned int"), [7]);
        let maps = ["safe-map::insert::Map<u64, S>", "Map<u64>", "other::Map<u64>"];
        assert_eq!(find("Map", maps), [1]);
        for nothing in ["", "Ma", "der", "u64", "int32", "**x", "torn"] {
            assert_eq!(found(nothing), [] as [usize; 0], "{nothing}");
        }
    }
}
