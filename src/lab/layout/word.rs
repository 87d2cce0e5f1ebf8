//! Recognises the words that threads share on purpose: atomics and locks, in five languages.

/// What a field is made for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Word {
    /// Ordinary data: neither an atomic nor a lock.
    #[default]
    Plain,
    /// An atomic, or an array of atomics.
    Atomic,
    /// A lock or something threads wait on, or an array of such.
    Lock,
}

/// Last parts of the names of locks, whatever module they live in (Rust and C).
const LOCKS: &[&str] = &[
    "Mutex",
    "FairMutex",
    "ReentrantMutex",
    "RwLock",
    "ReentrantLock",
    "Condvar",
    "Once",
    "OnceLock",
    "LazyLock",
    "Barrier",
    "pthread_mutex_t",
    "pthread_rwlock_t",
    "pthread_spinlock_t",
    "pthread_cond_t",
    "pthread_barrier_t",
    "pthread_once_t",
    "mtx_t",
    "cnd_t",
    "once_flag",
    "sem_t",
    "spinlock_t",
    "raw_spinlock_t",
    "rwlock_t",
    "seqlock_t",
    "seqcount_t",
    "arch_spinlock_t",
    "arch_rwlock_t",
    "local_lock_t",
    "wait_queue_head_t",
    "os_unfair_lock_s",
    "CRITICAL_SECTION",
    "_RTL_CRITICAL_SECTION",
    "SRWLOCK",
    "_RTL_SRWLOCK",
    "CONDITION_VARIABLE",
    "_RTL_CONDITION_VARIABLE",
    // What their wrappers are made of.
    "RawMutex",
    "RawRwLock",
    "RawFairMutex",
];

/// Names of locks in C++, in any name space.
const CLASS_LOCKS: &[&str] = &[
    "mutex",
    "recursive_mutex",
    "timed_mutex",
    "recursive_timed_mutex",
    "shared_mutex",
    "shared_timed_mutex",
];

/// Names of `struct`s in C that are locks: what kernels are made of.
const STRUCT_LOCKS: &[&str] = &[
    "mutex",
    "rt_mutex",
    "rt_mutex_base",
    "ww_mutex",
    "rw_semaphore",
    "percpu_rw_semaphore",
    "semaphore",
    "spinlock",
    "raw_spinlock",
    "qspinlock",
    "qrwlock",
    "seqcount",
    "seqcount_spinlock",
    "seqcount_raw_spinlock",
    "seqcount_rwlock",
    "seqcount_mutex",
    "optimistic_spin_queue",
    "wait_queue_head",
    "swait_queue_head",
    "completion",
    "lockref",
];

/// Names of locks in Zig's standard library, as of 0.13 to 0.17.
const ZIG_LOCKS: &[&str] = &[
    "Thread.Mutex",
    "Thread.RwLock",
    "Thread.Semaphore",
    "Thread.Condition",
    "Thread.ResetEvent",
    "Io.Mutex",
    "Io.RwLock",
    "Io.Semaphore",
    "Io.Condition",
    "Io.Event",
    "atomic.Mutex",
];

/// Names of locks in the C++ standard library.
const CPP_LOCKS: &[&str] = &[
    "condition_variable",
    "condition_variable_any",
    "counting_semaphore",
    "barrier",
    "latch",
    "once_flag",
];

/// Names of locks in Go's packages `sync`, `internal/sync` and `runtime`, exactly.
const GO_LOCKS: &[&str] = &[
    "sync.Mutex",
    "sync.RWMutex",
    "sync.Once",
    "sync.WaitGroup",
    "sync.Cond",
    "internal/sync.Mutex",
    "runtime.mutex",
    "runtime.rwmutex",
];

/// What a type of this name (as a compiler writes it) is made for.
pub fn word_of(type_name: &str) -> Word {
    let name = element(type_name.trim());
    if name.starts_with(['&', '*']) || name.ends_with(['&', '*']) {
        return Word::Plain; // A pointer to a lock is not a lock.
    }
    let name =
        ["struct ", "class ", "union "].iter().fold(name, |n, p| n.strip_prefix(p).unwrap_or(n));
    let head = name.split(['<', '[', '(']).next().unwrap_or(name).trim();
    let last = head.rsplit("::").next().unwrap_or(head);
    if GO_LOCKS.contains(&head)
        || ZIG_LOCKS.contains(&head)
        || LOCKS.contains(&last)
        || CLASS_LOCKS.contains(&last)
        || STRUCT_LOCKS.contains(&head)
        || is_cpp(head) && CPP_LOCKS.contains(&last)
    {
        return Word::Lock;
    }
    if is_atomic(name, head, last) { Word::Atomic } else { Word::Plain }
}

fn is_cpp(head: &str) -> bool {
    ["std::", "absl::", "boost::"].iter().any(|space| head.starts_with(space))
}

fn is_atomic(name: &str, head: &str, last: &str) -> bool {
    let go = ["sync/atomic.", "internal/runtime/atomic.", "runtime/internal/atomic."];
    name.starts_with("_Atomic")
        || name.starts_with("atomic.Value(") // Zig's.
        || go.iter().any(|package| head.starts_with(package))
        || is_cpp(head) && matches!(last, "atomic" | "atomic_flag")
        || matches!(last, "atomic_t" | "atomic64_t" | "atomic_flag" | "refcount_struct")
        || is_rust_atomic(head, last)
}

/// `AtomicU64`, `Atomic<u64>` of newer compilers, and the like of well-known crates.
fn is_rust_atomic(head: &str, last: &str) -> bool {
    let Some(of) = last.strip_prefix("Atomic") else {
        return false;
    };
    let integer = of
        .strip_prefix(['U', 'I'])
        .is_some_and(|width| matches!(width, "8" | "16" | "32" | "64" | "128" | "size"));
    integer
        || matches!(of, "Usize" | "Isize" | "Bool" | "Ptr" | "Cell" | "F32" | "F64" | "Waker")
        || (of.is_empty() && (head == last || head.contains("atomic")))
}

/// What an array or a padding wrapper holds: `[T; 4]`, `[4]T`, `T [4]`, `CachePadded<T>`; through
/// several of them.
fn element(name: &str) -> &str {
    match array_of(name).or_else(|| padded(name)) {
        Some(inner) => element(inner.trim()), // Shorter each time, so this ends.
        None => name,
    }
}

/// The element of an array as Rust, Go or C writes it.
fn array_of(name: &str) -> Option<&str> {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let inside = name.strip_prefix('[');
    let rust = inside.and_then(|i| i.strip_suffix(']')?.rsplit_once("; "));
    let go = inside.and_then(|i| i.split_once(']')).map(|(count, element)| (element, count));
    let c = name.strip_suffix(']').and_then(|n| n.rsplit_once('['));
    let found = [rust, go, c].into_iter().flatten().find(|&(_, count)| number(count));
    found.map(|(element, _)| element)
}

fn padded(name: &str) -> Option<&str> {
    let (head, inside) = name.split_once('<')?;
    let wrapper = head.rsplit("::").next() == Some("CachePadded");
    inside.strip_suffix('>').filter(|_| wrapper)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_threads_share_are_recognised_in_five_languages() {
        let atomics = [
            "core::sync::atomic::AtomicU64",
            "core::sync::atomic::Atomic<u64>",
            "AtomicUsize",
            "core::sync::atomic::AtomicPtr<(u64, u64)>",
            "crossbeam_utils::cache_padded::CachePadded<core::sync::atomic::AtomicU64>",
            "[core::sync::atomic::AtomicU8; 8]",
            "_Atomic(int)",
            "_Atomic long",
            "std::atomic<unsigned long>",
            "std::__1::atomic<bool>",
            "struct atomic_flag",
            "sync/atomic.Int64",
            "sync/atomic.Pointer[interface {}]",
            "[16]sync/atomic.Pointer[int]",
            "internal/runtime/atomic.Uint32",
            "_Atomic(int)[2][3]",
            "[[core::sync::atomic::AtomicU8; 4]; 2]",
            "refcount_struct",
            "atomic.Value(u32)",
            "[4]atomic.Value(u64)",
        ];
        for name in atomics {
            assert_eq!(word_of(name), Word::Atomic, "{name}");
        }
        let locks = [
            "std::sync::poison::mutex::Mutex<()>",
            "lock_api::rwlock::RwLock<parking_lot::raw_rwlock::RawRwLock, u64>",
            "pthread_mutex_t",
            "std::mutex",
            "std::shared_mutex",
            "sync.RWMutex",
            "internal/sync.Mutex",
            "runtime.mutex",
            "mutex",
            "struct rw_semaphore",
            "boost::mutex",
            "boost::condition_variable",
            "_RTL_CRITICAL_SECTION",
            "Thread.Mutex",
        ];
        for name in locks {
            assert_eq!(word_of(name), Word::Lock, "{name}");
        }
    }

    #[test]
    fn names_that_only_look_alike_are_plain() {
        let plain = [
            "u64",
            "sync.poolChain",
            "sync.noCopy",
            "std::sync::poison::mutex::MutexGuard<u64>",
            "std::__atomic_wait",
            "std::atomic_ref<int>",
            "a::spinlock",
            "mutex_waiter",
            "*mut AtomicU64",
            "&core::sync::atomic::AtomicU64",
            "alloc::sync::Arc<core::sync::atomic::AtomicU64>",
            "AtomicState",
            "[",
            "]",
            "[]",
            "",
            "[]sync.Mutex",
            "*atomic.Value(u32)",
            "func(sync.Mutex)",
        ];
        for name in plain {
            assert_eq!(word_of(name), Word::Plain, "{name}");
        }
    }
}
