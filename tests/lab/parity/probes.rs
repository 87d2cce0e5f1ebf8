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
    times [
        "Condvar::wait_timeout", "Condvar::wait_timeout_while", "WaitTimeoutResult",
        "WaitTimeoutResult::timed_out", "sleep", "park_timeout",
    ] {
        use rt::sync::{Condvar, Mutex, WaitTimeoutResult};
        use rt::thread;
        use std::time::Duration;
        pub fn waits(queue: &Condvar, lock: &Mutex<bool>, time: Duration) -> bool {
            let (guard, result) = queue.wait_timeout(lock.lock().unwrap(), time).unwrap();
            let result: WaitTimeoutResult = result;
            let (guard, other) = queue.wait_timeout_while(guard, time, |ready| !*ready).unwrap();
            thread::sleep(time);
            thread::park_timeout(time);
            *guard && result.timed_out() && other != result
        }
    }
    scopes [
        "scope", "Scope", "Scope::spawn", "ScopedJoinHandle", "ScopedJoinHandle::thread",
        "ScopedJoinHandle::join", "ScopedJoinHandle::is_finished", "Builder", "Builder::new",
        "Builder::name", "Builder::stack_size", "Builder::spawn", "Builder::spawn_scoped",
    ] {
        use rt::thread::{self, Builder, JoinHandle, Scope, ScopedJoinHandle};
        fn one<'scope>(scope: &'scope Scope<'scope, '_>, n: &'scope u64) -> u64 {
            let handle: ScopedJoinHandle<'scope, u64> = scope.spawn(move || *n);
            let _ = (handle.is_finished(), handle.thread().id());
            let _ = format!("{scope:?} {handle:?}");
            handle.join().unwrap()
        }
        pub fn scopes(n: u64) -> u64 {
            let builder = Builder::new().name("one".to_string()).stack_size(1 << 16);
            let handle: JoinHandle<u64> = builder.spawn(move || n).unwrap();
            let sum = thread::scope(|scope| {
                let more = Builder::new().spawn_scoped(scope, || n).unwrap();
                one(scope, &n) + more.join().unwrap()
            });
            sum + handle.join().unwrap()
        }
    }
    locals [
        "LocalKey", "LocalKey::with", "LocalKey::try_with", "LocalKey::set", "LocalKey::get",
        "LocalKey::take", "LocalKey::replace", "LocalKey::with_borrow",
        "LocalKey::with_borrow_mut", "AccessError",
    ] {
        use rt::cell::{Cell, RefCell};
        use rt::thread::{AccessError, LocalKey};
        use rt::thread_local;
        thread_local! {
            /// Made at compile time.
            pub static NUMBER: Cell<u64> = const { Cell::new(1) };
            static LIST: RefCell<Vec<u64>> = RefCell::new(vec![1]);
        }
        pub fn locals() -> Result<u64, AccessError> {
            let key: &'static LocalKey<Cell<u64>> = &NUMBER;
            key.set(key.get() + NUMBER.replace(2) + NUMBER.take());
            LIST.with_borrow_mut(|list| list.push(2));
            LIST.set(LIST.take());
            let _ = (LIST.replace(Vec::new()), LIST.with_borrow(Vec::len));
            let _ = format!("{key:?}");
            NUMBER.with(Cell::get);
            NUMBER.try_with(Cell::get)
        }
    }
    once [
        "OnceLock", "OnceLock::new", "OnceLock::get", "OnceLock::get_mut", "OnceLock::set",
        "OnceLock::get_or_init", "OnceLock::into_inner", "OnceLock::take", "OnceLock::wait",
        "Once", "Once::new", "Once::call_once", "Once::call_once_force", "Once::is_completed",
        "Once::wait", "Once::wait_force", "OnceState", "OnceState::is_poisoned",
    ] {
        use rt::sync::{Once, OnceLock, OnceState};
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct Derived(OnceLock<u64>);
        pub fn once() -> Option<u64> {
            let mut value: OnceLock<u64> = OnceLock::new();
            let _ = value.set(*value.get_or_init(|| 1));
            let _: (Option<&u64>, &u64) = (value.get(), value.wait());
            let _: (Option<&mut u64>, OnceLock<u64>) = (value.get_mut(), 1.into());
            let action = Once::new();
            action.call_once(|| {});
            action.call_once_force(|state: &OnceState| drop(format!("{state:?}")));
            action.call_once_force(|state| assert!(!state.is_poisoned()));
            action.wait();
            action.wait_force();
            let _ = (action.is_completed(), format!("{action:?}"), value.take());
            value.into_inner()
        }
    }
    lazy ["LazyLock", "LazyLock::new", "LazyLock::force"] {
        use rt::sync::LazyLock;
        static LAZY: LazyLock<u64> = LazyLock::new(|| 1);
        pub fn lazy() -> u64 {
            let _ = (format!("{LAZY:?}"), LazyLock::<u64>::default());
            *LAZY + *LazyLock::force(&LAZY)
        }
    }
    barriers [
        "Barrier", "Barrier::new", "Barrier::wait", "BarrierWaitResult",
        "BarrierWaitResult::is_leader",
    ] {
        use rt::sync::{Barrier, BarrierWaitResult};
        pub fn barriers(barrier: &Barrier) -> bool {
            let result: BarrierWaitResult = barrier.wait();
            let _ = (format!("{barrier:?} {result:?}"), Barrier::new(1));
            result.is_leader()
        }
    }
    channels [
        "channel", "sync_channel", "Sender", "Sender::send", "SyncSender", "SyncSender::send",
        "SyncSender::try_send", "Receiver", "Receiver::recv", "Receiver::try_recv",
        "Receiver::recv_timeout", "Receiver::iter", "Receiver::try_iter", "Iter", "TryIter",
        "IntoIter", "SendError", "RecvError", "TryRecvError", "RecvTimeoutError", "TrySendError",
    ] {
        use rt::sync::mpsc::{self, *};
        use std::time::Duration;
        fn ends<S: Send + Sync, R: Send>(_: &(S, R)) {}
        pub fn channels() -> Option<u64> {
            let ends_of: (Sender<u64>, Receiver<u64>) = mpsc::channel();
            ends(&ends_of);
            let (sender, receiver) = ends_of;
            let (bounded, other): (SyncSender<u64>, Receiver<u64>) = mpsc::sync_channel(1);
            let _: Result<(), SendError<u64>> = sender.clone().send(1);
            let _: Result<(), TrySendError<u64>> = bounded.clone().try_send(1);
            let _: Result<(), SendError<u64>> = bounded.send(1);
            let _: Result<u64, RecvError> = receiver.recv();
            let _: Result<u64, TryRecvError> = receiver.try_recv();
            let _: Result<u64, RecvTimeoutError> = receiver.recv_timeout(Duration::ZERO);
            let _ = format!("{sender:?} {bounded:?} {receiver:?}");
            let (mut iter, mut tries): (Iter<'_, u64>, TryIter<'_, u64>) =
                (receiver.iter(), receiver.try_iter());
            let _ = (iter.next(), tries.next(), (&receiver).into_iter().next());
            let mut all: IntoIter<u64> = other.into_iter();
            all.next()
        }
    }
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
