//! Which of std's paths the checkers do not see, and what the facade has in their place.

use crate::report::Instead;

/// What a path of std's amounts to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// It is no part of any race, or the facade has std's own.
    Fine,
    /// A module that holds what is not seen: it depends on what is taken from it.
    Module,
    /// It is not seen. The path of the item, without what is inside it.
    Unseen { path: String, instead: Instead },
}

/// The crates whose paths are std's.
pub(super) const STD: [&str; 3] = ["std", "core", "alloc"];

/// What the facade has, by std's paths.
const FACADE: [&str; 44] = [
    "sync::Mutex",
    "sync::MutexGuard",
    "sync::RwLock",
    "sync::RwLockReadGuard",
    "sync::RwLockWriteGuard",
    "sync::Condvar",
    "sync::LazyLock",
    "sync::Once",
    "sync::OnceState",
    "sync::OnceLock",
    "sync::Barrier",
    "sync::BarrierWaitResult",
    "sync::WaitTimeoutResult",
    "sync::mpsc",
    "sync::atomic::AtomicBool",
    "sync::atomic::AtomicPtr",
    "sync::atomic::AtomicU8",
    "sync::atomic::AtomicU16",
    "sync::atomic::AtomicU32",
    "sync::atomic::AtomicU64",
    "sync::atomic::AtomicUsize",
    "sync::atomic::AtomicI8",
    "sync::atomic::AtomicI16",
    "sync::atomic::AtomicI32",
    "sync::atomic::AtomicI64",
    "sync::atomic::AtomicIsize",
    "sync::atomic::fence",
    "sync::atomic::compiler_fence",
    "thread::JoinHandle",
    "thread::Builder",
    "thread::LocalKey",
    "thread::Scope",
    "thread::ScopedJoinHandle",
    "thread::park_timeout",
    "thread::scope",
    "thread::sleep",
    "thread::Thread",
    "thread::ThreadId",
    "thread::current",
    "thread::park",
    "thread::spawn",
    "thread::yield_now",
    "hint::spin_loop",
    "cell::UnsafeCell",
];

/// What does the work of something that the facade has not.
const ALIKE: [(&str, &str); 7] = [
    ("sync::ReentrantLock", "rt::sync::Mutex"),
    ("cell::Cell", "rt::cell::UnsafeCell, or rt::cell::Cell in an rt::thread_local!"),
    ("cell::RefCell", "rt::sync::Mutex, or rt::cell::RefCell in an rt::thread_local!"),
    ("cell::OnceCell", "rt::sync::OnceLock"),
    ("cell::LazyCell", "rt::sync::OnceLock"),
    ("cell::Ref", "rt::sync::MutexGuard"),
    ("cell::RefMut", "rt::sync::MutexGuard"),
];

/// Crates that are built on std's, or are checkers themselves.
const CRATES: [&str; 16] = [
    "arc_swap",
    "async_std",
    "crossbeam",
    "crossbeam_channel",
    "crossbeam_deque",
    "crossbeam_epoch",
    "crossbeam_queue",
    "crossbeam_utils",
    "dashmap",
    "lazy_static",
    "loom",
    "once_cell",
    "parking_lot",
    "rayon",
    "shuttle",
    "tokio",
];

/// Whether a crate of this name makes what the checkers do not see.
pub(super) fn unseen_crate(name: &str) -> bool {
    CRATES.contains(&name)
}

/// Looks at a path below `std`: `["sync", "Mutex", "new"]`.
pub(super) fn look(path: &[&str]) -> Look {
    let item = match path {
        [] | ["sync" | "thread" | "cell" | "hint" | "time" | "arch"] | ["sync", "atomic"] => {
            return Look::Module;
        }
        ["sync", "atomic", "Ordering", ..] => return Look::Fine,
        ["sync", "atomic", _, ..] => 3,
        ["sync", name, ..] if COMMON.contains(name) => return Look::Fine,
        ["thread", "Result" | "panicking" | "available_parallelism" | "AccessError", ..] => {
            return Look::Fine;
        }
        ["sync" | "thread" | "cell", _, ..] => 2,
        ["hint", "spin_loop"] | ["time", "Instant" | "SystemTime", ..] | ["arch", _, ..] => 2,
        _ => return Look::Fine,
    };
    let item = path[..item].join("::");
    Look::Unseen { instead: instead(&item), path: format!("std::{item}") }
}

/// Whether a path below `std` is a module that holds what is not seen, or that an answer may not
/// take all of.
pub(super) fn is_module(path: &[&str]) -> bool {
    look(path) == Look::Module || matches!(path, ["io" | "process" | "panic"])
}

/// What the facade re-exports from [`std::sync`] or what only names a result of a lock.
const COMMON: [&str; 6] =
    ["Arc", "Weak", "LockResult", "TryLockResult", "PoisonError", "TryLockError"];

/// Everything of a module at once: `use std::sync::*`.
pub(super) fn everything(module: &[&str]) -> Look {
    match (look(module), module) {
        (Look::Module, ["hint" | "time"]) => Look::Fine,
        (Look::Module, _) => {
            let item = [module, &["*"]].concat().join("::");
            let facade = matches!(module, ["sync" | "thread" | "cell"] | ["sync", "atomic"]);
            let instead = match facade {
                true => Instead::Facade(format!("rt::{item}")),
                false => Instead::Nothing,
            };
            Look::Unseen { path: format!("std::{item}"), instead }
        }
        (other, _) => other,
    }
}

/// What the facade has in place of a path of std's: `rt::sync::Mutex` for `std::sync::Mutex`.
pub fn in_facade(path: &str) -> Option<String> {
    let below = path.strip_prefix("std::")?;
    FACADE.contains(&below).then(|| format!("rt::{below}"))
}

fn instead(item: &str) -> Instead {
    if FACADE.contains(&item) {
        return Instead::Facade(format!("rt::{item}"));
    }
    match ALIKE.iter().find(|(name, _)| *name == item) {
        Some((_, alike)) => Instead::Alike(alike.to_string()),
        None => Instead::Nothing,
    }
}

#[cfg(test)]
pub(super) fn facade() -> impl Iterator<Item = &'static str> {
    FACADE.into_iter()
}
