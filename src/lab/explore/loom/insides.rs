//! loom's own words when it ends by an error of its own, and what they mean for whoever reads them.

/// A part of what loom says, and what it means.
const KNOWN: [(&str, &str); 9] = [
    (
        "state.notified",
        "an unpark comes to a thread that waits for another to end, or for a lock, and loom takes \
         it for what that thread waits for (tokio-rs/loom#249); the code may be right, and loom \
         cannot judge it",
    ),
    (
        "failed to get object for ref",
        "an object is used after it was dropped: its memory was freed too early, or it is kept \
         over executions in a static",
    ),
    (
        "invalid internal loom state",
        "loom cannot follow a thread that tries to take a lock which it holds already",
    ),
    ("currently writing to cell", "a cell is used inside of its own with_mut"),
    ("currently reading from cell", "a cell is written inside of its own with"),
    (
        "Is the model fully deterministic?",
        "the program is not deterministic: the same schedule did something else (does it use the \
         time, addresses, or a random hash?)",
    ),
    (
        "cannot access Loom execution state",
        "one of loom's types is used outside of an execution: by a thread of std's, or in a static",
    ),
    (
        "object is not branchable",
        "an object is used after it was dropped, and another lies in its place",
    ),
    ("is_mutating", "an atomic is used while it is being changed by sole ownership"),
];

/// What loom means, with its own words behind; what is not known of it is its own error.
pub(crate) fn words(message: &str) -> String {
    let theirs = message.lines().next().unwrap_or_default();
    match KNOWN.iter().find(|(part, _)| message.contains(part)) {
        Some((_, ours)) => format!("{ours} (loom says: {theirs})"),
        // One of the facade's own.
        None if theirs.starts_with("racelab: ") => theirs.to_string(),
        None => format!("loom ended by an error of its own: {theirs}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn their_words_never_stand_alone() {
        for (part, ours) in KNOWN {
            let said = words(&format!("assertion failed: {part}\nand more"));
            assert!(said.starts_with(ours) && said.ends_with(&format!("{part})")), "{said}");
        }
        assert_eq!(words("overflow\nmore"), "loom ended by an error of its own: overflow");
        assert_eq!(words("racelab: too many"), "racelab: too many");
    }
}
