//! The facade beside std: every item of std 1.91 for atomics, locks, threads and cells is there for
//! every runtime, or is named here with the reason why it is not.
//!
//! `probes` compiles the items once for each runtime; `values` runs them and compares what they
//! return; `source` reads std's own source, where it is installed, so that an item in neither list
//! is a failure here and not a surprise in somebody's scenario.

mod probes;
mod source;
mod values;

/// Items of std that the facade does not have, by their names in std, with the reason.
///
/// A name ends with `*` for all that begin so. What is deprecated or came after 1.91 needs no
/// reason of ours.
const LEFT_OUT: &[(&str, &str)] = &[
    ("Atomic*::compare_and_swap", "deprecated since 1.50 for compare_exchange"),
    ("spin_loop_hint", "deprecated since 1.51 for hint::spin_loop"),
    (
        "Atomic*::as_ptr",
        "what is done through the pointer is seen by nobody, and is FFI's business",
    ),
    ("Atomic*::from_ptr", "memory of somebody else's has no identity that a checker could follow"),
    (
        "UnsafeCell::from_mut",
        "as for Atomic*::from_ptr: a reference to a value is no cell of a checker's",
    ),
    (
        "UnsafeCell::raw_get",
        "a pointer to a cell that may not be there yet; get does the same for one that is",
    ),
    ("Cell*", "not Sync: no two threads share one, and sight names one in a declared field"),
    ("RefCell*", "as for Cell"),
    ("Ref", "as for Cell"),
    ("Ref::*", "as for Cell"),
    ("RefMut*", "as for Cell"),
    ("BorrowError", "as for Cell"),
    ("BorrowMutError", "as for Cell"),
    ("sleep_ms", "deprecated since 1.6 for sleep"),
    ("park_timeout_ms", "deprecated since 1.6 for park_timeout"),
    ("Condvar::wait_timeout_ms", "deprecated since 1.6 for wait_timeout"),
    ("Builder::spawn_unchecked", "scope does the same, and is safe"),
];

/// Whether a name of std's is left out, with a reason.
fn left_out(name: &str) -> bool {
    LEFT_OUT.iter().any(|(pattern, _)| match pattern.split_once('*') {
        Some((head, tail)) => name.starts_with(head) && name.ends_with(tail),
        None => name == *pattern,
    })
}

#[test]
fn nothing_is_both_there_and_left_out() {
    for name in probes::names() {
        assert!(!left_out(name), "{name} is there, and left out as well");
    }
}

#[test]
fn every_name_is_said_once() {
    let mut names: Vec<&str> = probes::names().collect();
    names.sort_unstable();
    let again: Vec<_> = names.windows(2).filter(|pair| pair[0] == pair[1]).collect();
    assert!(again.is_empty(), "{again:?}");
}
