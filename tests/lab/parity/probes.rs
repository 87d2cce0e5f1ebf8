//! Every item, used once, compiled for each runtime: an error names the module and its runtime.

/// Each probe has the names of the items that it uses, and is compiled for every runtime.
macro_rules! probes {
    ($($name:ident [$($item:literal),+ $(,)?] { $($code:item)* })+) => {
        $(
            #[allow(dead_code, unused_imports, unreachable_pub, missing_docs, clippy::all)]
            mod $name {
                pub mod native { use racelab::rt::native as rt; $($code)* }
                pub mod amplified { use racelab::rt::amplified as rt; $($code)* }
                pub mod loom { use racelab::rt::loom as rt; $($code)* }
                pub mod shuttle { use racelab::rt::shuttle as rt; $($code)* }
            }
        )+
        /// The items that are there, by their names in std.
        pub(crate) fn names() -> impl Iterator<Item = &'static str> {
            [$(&[$($item),+] as &[&'static str]),+].into_iter().flatten().copied()
        }
    };
}

probes! {
    atomic_numbers [
        "Ordering", "Atomic::new", "Atomic::get_mut", "Atomic::into_inner", "Atomic::load",
        "Atomic::store", "Atomic::swap", "Atomic::compare_exchange",
        "Atomic::compare_exchange_weak", "Atomic::fetch_update", "Atomic::fetch_add",
        "Atomic::fetch_sub", "Atomic::fetch_and", "Atomic::fetch_nand", "Atomic::fetch_or",
        "Atomic::fetch_xor", "Atomic::fetch_max", "Atomic::fetch_min",
    ] {
        macro_rules! each { ($($atomic:ident $value:ident),+) => {
            pub fn numbers() {
                use rt::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release, SeqCst};
                $({
                    let mut a = rt::sync::atomic::$atomic::new(1);
                    let b: rt::sync::atomic::$atomic = 2.into();
                    let _: (String, $value) = (format!("{b:?}"), b.into_inner());
                    let _ = rt::sync::atomic::$atomic::default();
                    *a.get_mut() += 1;
                    a.store(a.load(Acquire), Release);
                    let _: $value = a.swap(3, SeqCst);
                    let _: Result<$value, $value> = a.compare_exchange(3, 4, AcqRel, Relaxed);
                    let _: Result<$value, $value> = a.compare_exchange_weak(4, 5, SeqCst, SeqCst);
                    let _: Result<$value, $value> = a.fetch_update(AcqRel, Acquire, |v| v.checked_add(1));
                    let _: [$value; 8] = [
                        a.fetch_add(1, AcqRel), a.fetch_sub(1, AcqRel), a.fetch_and(7, AcqRel),
                        a.fetch_nand(7, AcqRel), a.fetch_or(7, AcqRel), a.fetch_xor(7, AcqRel),
                        a.fetch_max(7, AcqRel), a.fetch_min(7, AcqRel),
                    ];
                })+
            }
        } }
        each!(AtomicU8 u8, AtomicU16 u16, AtomicU32 u32, AtomicU64 u64, AtomicUsize usize,
            AtomicI8 i8, AtomicI16 i16, AtomicI32 i32, AtomicI64 i64, AtomicIsize isize);
    }
    atomic_bool [
        "AtomicBool", "AtomicBool::new", "AtomicBool::get_mut", "AtomicBool::into_inner",
        "AtomicBool::load", "AtomicBool::store", "AtomicBool::swap",
        "AtomicBool::compare_exchange", "AtomicBool::compare_exchange_weak",
        "AtomicBool::fetch_and", "AtomicBool::fetch_nand", "AtomicBool::fetch_or",
        "AtomicBool::fetch_xor", "AtomicBool::fetch_not", "AtomicBool::fetch_update",
    ] {
        #[derive(Debug, Default)]
        pub struct Derived(rt::sync::atomic::AtomicBool);
        pub fn bools() -> bool {
            use rt::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release};
            let mut a: rt::sync::atomic::AtomicBool = true.into();
            *a.get_mut() = false;
            a.store(a.load(Acquire), Release);
            let _: bool = a.swap(true, AcqRel);
            let _: Result<bool, bool> = a.compare_exchange(true, false, AcqRel, Relaxed);
            let _: Result<bool, bool> = a.compare_exchange_weak(true, false, AcqRel, Relaxed);
            let _: Result<bool, bool> = a.fetch_update(AcqRel, Acquire, |v| Some(!v));
            let _: [bool; 5] = [
                a.fetch_and(true, AcqRel), a.fetch_nand(true, AcqRel), a.fetch_or(true, AcqRel),
                a.fetch_xor(true, AcqRel), a.fetch_not(AcqRel),
            ];
            let _ = rt::sync::atomic::AtomicBool::new(true);
            a.into_inner()
        }
    }
    atomic_pointer [
        "AtomicPtr", "AtomicPtr::new", "AtomicPtr::get_mut", "AtomicPtr::into_inner",
        "AtomicPtr::load", "AtomicPtr::store", "AtomicPtr::swap",
        "AtomicPtr::compare_exchange", "AtomicPtr::compare_exchange_weak",
        "AtomicPtr::fetch_update", "AtomicPtr::fetch_ptr_add", "AtomicPtr::fetch_ptr_sub",
        "AtomicPtr::fetch_byte_add", "AtomicPtr::fetch_byte_sub", "AtomicPtr::fetch_or",
        "AtomicPtr::fetch_and", "AtomicPtr::fetch_xor",
    ] {
        #[derive(Debug, Default)]
        pub struct Derived(rt::sync::atomic::AtomicPtr<u64>);
        pub struct Node { next: rt::sync::atomic::AtomicPtr<Node> }
        pub fn pointers(place: *mut u64) -> *mut u64 {
            use rt::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release};
            let mut a: rt::sync::atomic::AtomicPtr<u64> = place.into();
            *a.get_mut() = place;
            a.store(a.load(Acquire), Release);
            let _: *mut u64 = a.swap(place, AcqRel);
            let _: Result<*mut u64, _> = a.compare_exchange(place, place, AcqRel, Relaxed);
            let _: Result<*mut u64, _> = a.compare_exchange_weak(place, place, AcqRel, Relaxed);
            let _: Result<*mut u64, _> = a.fetch_update(AcqRel, Acquire, Some);
            let _: [*mut u64; 7] = [
                a.fetch_ptr_add(1, AcqRel), a.fetch_ptr_sub(1, AcqRel),
                a.fetch_byte_add(8, AcqRel), a.fetch_byte_sub(8, AcqRel),
                a.fetch_or(1, AcqRel), a.fetch_and(!1, AcqRel), a.fetch_xor(0, AcqRel),
            ];
            let _ = format!("{a:p}");
            let _ = rt::sync::atomic::AtomicPtr::new(place);
            a.into_inner()
        }
    }
    fences ["fence", "compiler_fence"] {
        pub fn fences() {
            rt::sync::atomic::fence(rt::sync::atomic::Ordering::SeqCst);
            rt::sync::atomic::compiler_fence(rt::sync::atomic::Ordering::SeqCst);
            rt::hint::spin_loop();
        }
    }
    mutex [
        "Mutex", "MutexGuard", "Mutex::new", "Mutex::lock", "Mutex::try_lock",
        "Mutex::is_poisoned", "Mutex::clear_poison", "Mutex::into_inner", "Mutex::get_mut",
    ] {
        use rt::sync::{LockResult, Mutex, MutexGuard, PoisonError, TryLockError, TryLockResult};
        #[derive(Debug, Default)]
        pub struct Derived(Mutex<u64>);
        pub fn unsized_one(lock: &Mutex<[u64]>) -> usize {
            lock.lock().unwrap().len()
        }
        pub fn locks() -> LockResult<u64> {
            let mut lock: Mutex<u64> = 1.into();
            *lock.get_mut().unwrap() += 1;
            {
                let guard: MutexGuard<'_, u64> = lock.lock().unwrap_or_else(PoisonError::into_inner);
                let _ = format!("{guard} {guard:?}");
            }
            let tried: TryLockResult<MutexGuard<'_, u64>> = lock.try_lock();
            let _ = matches!(tried, Err(TryLockError::WouldBlock));
            drop(tried);
            let _ = lock.is_poisoned();
            lock.clear_poison();
            let three: &Mutex<[u64]> = &Mutex::new([1, 2, 3]);
            unsized_one(three);
            lock.into_inner()
        }
        pub fn unwind_safe<T: std::panic::UnwindSafe + std::panic::RefUnwindSafe + Send + Sync>() {}
        pub fn auto() { unwind_safe::<Mutex<u64>>() }
    }
    rwlock [
        "RwLock", "RwLockReadGuard", "RwLockWriteGuard", "RwLock::new", "RwLock::read",
        "RwLock::try_read", "RwLock::write", "RwLock::try_write", "RwLock::is_poisoned",
        "RwLock::clear_poison", "RwLock::into_inner", "RwLock::get_mut",
    ] {
        use rt::sync::{LockResult, RwLock, RwLockReadGuard, RwLockWriteGuard};
        #[derive(Debug, Default)]
        pub struct Derived(RwLock<u64>);
        pub fn unsized_one(lock: &RwLock<[u64]>) -> usize {
            lock.read().unwrap().len()
        }
        pub fn locks() -> LockResult<u64> {
            let mut lock: RwLock<u64> = 1.into();
            *lock.get_mut().unwrap() += 1;
            {
                let guard: RwLockReadGuard<'_, u64> = lock.read().unwrap();
                let _ = format!("{guard} {guard:?}");
            }
            {
                let mut guard: RwLockWriteGuard<'_, u64> = lock.write().unwrap();
                *guard += 1;
                let _ = format!("{guard} {guard:?}");
            }
            let _ = lock.try_read().is_ok();
            let _ = lock.try_write().is_ok();
            let _ = lock.is_poisoned();
            lock.clear_poison();
            let three: &RwLock<[u64]> = &RwLock::new([1, 2, 3]);
            unsized_one(three);
            lock.into_inner()
        }
        pub fn unwind_safe<T: std::panic::UnwindSafe + std::panic::RefUnwindSafe + Send + Sync>() {}
        pub fn auto() { unwind_safe::<RwLock<u64>>() }
    }
    condvar [
        "Condvar", "Condvar::new", "Condvar::wait", "Condvar::wait_while", "Condvar::notify_one",
        "Condvar::notify_all",
    ] {
        use rt::sync::{Condvar, Mutex};
        #[derive(Debug, Default)]
        pub struct Derived(Condvar);
        pub fn queues(queue: &Condvar, lock: &Mutex<bool>) -> bool {
            let guard = queue.wait(lock.lock().unwrap()).unwrap();
            let guard = queue.wait_while(guard, |ready| !*ready).unwrap();
            queue.notify_one();
            queue.notify_all();
            let _ = Condvar::new();
            *guard
        }
    }
    thread [
        "spawn", "yield_now", "panicking", "park", "current", "ThreadId", "Thread",
        "Thread::unpark", "Thread::id", "Thread::name", "Result", "JoinHandle",
        "JoinHandle::thread", "JoinHandle::join", "JoinHandle::is_finished",
        "available_parallelism",
    ] {
        use rt::thread::{self, JoinHandle, Thread, ThreadId};
        pub fn threads() -> thread::Result<u64> {
            let handle: JoinHandle<u64> = thread::spawn(|| {
                thread::park();
                1
            });
            thread::yield_now();
            let other: &Thread = handle.thread();
            other.clone().unpark();
            let id: ThreadId = other.id();
            let _ = format!("{handle:?} {other:?} {id:?}");
            let _: Option<&str> = thread::current().name();
            let _: (bool, bool) = (handle.is_finished(), thread::panicking());
            let _ = thread::available_parallelism();
            handle.join()
        }
    }
    unsafe_cell [
        "UnsafeCell", "UnsafeCell::new", "UnsafeCell::into_inner", "UnsafeCell::get",
        "UnsafeCell::get_mut",
    ] {
        use rt::cell::UnsafeCell;
        #[derive(Debug, Default)]
        pub struct Derived(UnsafeCell<u64>);
        pub fn cells() -> u64 {
            let mut cell: UnsafeCell<u64> = 1.into();
            *cell.get_mut() += 1;
            let _: *mut u64 = cell.get();
            // loom's, which std has not.
            let _: *const u64 = cell.with(|place| place);
            let _: *mut u64 = cell.with_mut(|place| place);
            let three: &UnsafeCell<[u64]> = &UnsafeCell::new([1, 2, 3]);
            let _: *mut [u64] = three.get();
            cell.into_inner()
        }
    }
    // Here come OnceLock, Once, Barrier, mpsc, thread::{scope, Builder, sleep, park_timeout},
    // thread_local! and Condvar::wait_timeout*, each with its names; and their lines in `LEFT_OUT`
    // go.
}

/// On real threads an atomic, a lock and a cell can be made at compile time, as std's can. Under a
/// checker each execution makes its own, with an identity.
macro_rules! at_compile_time {
    ($($runtime:ident)+) => {$(
        #[allow(dead_code)]
        mod $runtime {
            use racelab::rt::$runtime as rt;
            static WORD: rt::sync::atomic::AtomicU64 = rt::sync::atomic::AtomicU64::new(1);
            static FLAG: rt::sync::atomic::AtomicBool = rt::sync::atomic::AtomicBool::new(true);
            static HEAD: rt::sync::atomic::AtomicPtr<u8> =
                rt::sync::atomic::AtomicPtr::new(std::ptr::null_mut());
            static LOCK: rt::sync::Mutex<u8> = rt::sync::Mutex::new(1);
            static SHARED: rt::sync::RwLock<u8> = rt::sync::RwLock::new(1);
            static QUEUE: rt::sync::Condvar = rt::sync::Condvar::new();
            static CELL: rt::cell::UnsafeCell<u8> = rt::cell::UnsafeCell::new(1);
        }
    )+};
}
at_compile_time!(native amplified);
