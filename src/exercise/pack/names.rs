//! Names that a pack may use: each becomes a file, a folder and a program.

/// Names that a tool or a system keeps for itself.
const TAKEN: [&str; 16] = [
    "alloc",
    "aux",
    "build",
    "con",
    "core",
    "deps",
    "examples",
    "exercises",
    "incremental",
    "nul",
    "prn",
    "proc-macro",
    "racelab",
    "self",
    "std",
    "test",
];

/// Why this cannot be a name.
pub(super) fn wrong(name: &str) -> Option<String> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || name.len() > 40 || !name.chars().all(plain) {
        return Some(format!(
            "{name:?} is no name: up to 40 of a to z, 0 to 9 and -, as in torn-header"
        ));
    }
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) || name.ends_with('-') {
        return Some(format!("{name:?} is no name: it begins with a letter and ends without -"));
    }
    None
}

/// Why this cannot be the name of an exercise, which becomes a program's.
pub(crate) fn wrong_exercise(name: &str) -> Option<String> {
    if let Some(why) = wrong(name) {
        return Some(why);
    }
    TAKEN.contains(&name).then(|| format!("{name:?} is taken: cargo or the system uses it"))
}

/// Why this cannot be the file of a solution in `wrong/` or `right/`.
pub(super) fn wrong_file(file: &str) -> Option<String> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let stem = file.strip_suffix(".rs").filter(|stem| !stem.is_empty());
    let good = stem.is_some_and(|stem| stem.len() <= 60 && stem.chars().all(plain));
    (!good).then(|| {
        format!("{file:?} is no file of a solution: a to z, 0 to 9 and _, then .rs, in no folder")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_in_their_folder() {
        assert_eq!(wrong("torn-header"), None);
        assert!(wrong_exercise("test").is_some() && wrong("test").is_none());
        for name in ["", "..", "../x", "a/b", "A", "a_b", "-a", "a-", "1a", "a.b"] {
            assert!(wrong(name).is_some(), "{name}");
        }
        assert_eq!(wrong_file("two_slots.rs"), None);
        for file in ["", ".rs", "../x.rs", "a/b.rs", "/etc/passwd", "x", "C:x.rs"] {
            assert!(wrong_file(file).is_some(), "{file}");
        }
    }
}
