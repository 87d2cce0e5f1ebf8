//! An atomic that announces each operation before a checker performs it.

use std::cell::Cell;
use std::panic::Location;
use std::sync::atomic::Ordering;

use super::observe::{self, Seen};
use super::op::{Kind, Op};
use super::tracked::Tracked;
use super::word::{Sealed, Word};
use super::{context, weaken};

/// What a checker's atomic can do. Each call is one step of the model.
#[doc(hidden)]
pub trait Raw: Sealed {
    type Value: Word;
    fn new(value: Self::Value) -> Self;
    fn load(&self, order: Ordering) -> Self::Value;
    fn store(&self, value: Self::Value, order: Ordering);
    fn swap(&self, value: Self::Value, order: Ordering) -> Self::Value;
    fn compare_exchange(
        &self,
        current: Self::Value,
        new: Self::Value,
        success: Ordering,
        failure: Ordering,
    ) -> Result<Self::Value, Self::Value>;
    /// As `compare_exchange`, and may fail although the value is `current`.
    fn compare_exchange_weak(
        &self,
        current: Self::Value,
        new: Self::Value,
        success: Ordering,
        failure: Ordering,
    ) -> Result<Self::Value, Self::Value> {
        self.compare_exchange(current, new, success, failure)
    }
    /// Whether a store during unwinding, which does not switch threads, can be performed.
    fn store_unwinding(&self, value: Self::Value) -> bool;
}

/// What a checker's integer atomic can do besides.
#[doc(hidden)]
pub trait RawInteger: Raw {
    fn fetch_add(&self, value: Self::Value, order: Ordering) -> Self::Value;
    fn fetch_sub(&self, value: Self::Value, order: Ordering) -> Self::Value;
    fn fetch_max(&self, value: Self::Value, order: Ordering) -> Self::Value;
    fn fetch_min(&self, value: Self::Value, order: Ordering) -> Self::Value;
    fn add(a: Self::Value, b: Self::Value) -> Self::Value;
    fn sub(a: Self::Value, b: Self::Value) -> Self::Value;
    fn max(a: Self::Value, b: Self::Value) -> Self::Value;
    fn min(a: Self::Value, b: Self::Value) -> Self::Value;
}

/// What a checker's atomic of bits can do besides.
#[doc(hidden)]
pub trait RawBits: Raw {
    fn fetch_and(&self, value: Self::Value, order: Ordering) -> Self::Value;
    fn fetch_or(&self, value: Self::Value, order: Ordering) -> Self::Value;
    fn fetch_xor(&self, value: Self::Value, order: Ordering) -> Self::Value;
    fn fetch_nand(&self, value: Self::Value, order: Ordering) -> Self::Value;
    fn and(a: Self::Value, b: Self::Value) -> Self::Value;
    fn or(a: Self::Value, b: Self::Value) -> Self::Value;
    fn xor(a: Self::Value, b: Self::Value) -> Self::Value;
    fn nand(a: Self::Value, b: Self::Value) -> Self::Value;
}

/// An atomic under a checker, with the methods and signatures of its namesake in
/// [`std::sync::atomic`]. `new` is not `const`: loom's is not.
pub struct Atomic<A, V> {
    // No bounds here: a node that points to its own kind would go round in circles.
    raw: A,
    tracked: Tracked,
    /// The newest store in the order of execution: what a load that is not stale returns.
    newest: Cell<V>,
}

// Safety: whatever touches `raw` or `newest` through a shared reference calls `Tracked::enter` or
// `Tracked::at_home` first, so both are touched by one operating-system thread alone while they are
// shared; and no switch happens between reading and writing `newest`. The value itself is given to
// other threads: a `Word`, which is an integer, a `bool` or a pointer, that is free to go.
unsafe impl<A: Raw<Value = V>, V: Word> Sync for Atomic<A, V> {}
// Safety: as above, and `Raw` is sealed: the checkers' own atomics stay with their checker, and do
// nothing when they are dropped elsewhere.
unsafe impl<A: Raw<Value = V>, V: Word> Send for Atomic<A, V> {}

impl<V: Word, A: Raw<Value = V>> Atomic<A, V> {
    /// Makes an atomic.
    pub fn new(value: V) -> Self {
        Atomic { raw: A::new(value), tracked: Tracked::new(), newest: Cell::new(value) }
    }

    /// Performs one operation. `act` returns its result, the value read and the value written.
    /// `orders` are the orderings of success and of failure; `weak` says that it may fail without
    /// a reason. Whoever calls it has entered the object.
    #[allow(clippy::too_many_arguments)]
    #[inline]
    fn step<R>(
        &self,
        kind: Kind,
        name: &'static str,
        orders: (Ordering, Ordering),
        at: &'static Location<'static>,
        weak: bool,
        act: impl FnOnce() -> (R, Option<V>, Option<V>),
    ) -> R {
        let op = Op { weak, ..Op::new(kind, self.tracked.object()) };
        let (result, read, wrote) = context::perform(op, act);
        // The newest store now, not before: other threads may have run on entry.
        let newest = self.newest.get();
        if kind == Kind::Rmw && wrote.is_none() {
            context::turned_out(Op::new(Kind::Load, op.object));
        }
        if kind == Kind::Rmw && read == wrote {
            context::left_the_same();
        }
        if let Some(value) = wrote {
            self.newest.set(value);
        }
        if read.is_some_and(|read| read != newest) {
            context::with(|context| context.stale.set(context.stale.get() + 1));
        }
        if observe::watching() {
            let failed = kind == Kind::Rmw && wrote.is_none();
            observe::operation(Seen {
                order: Some(if failed { orders.1 } else { orders.0 }),
                read: read.map(Word::word),
                wrote: wrote.map(Word::word),
                newest: read.filter(|read| *read != newest).map(|_| newest.word()),
                address: self as *const Self as usize,
                ..Seen::new(op, name, at)
            });
        }
        result
    }

    /// As [`std::sync::atomic::AtomicU64::load`].
    #[track_caller]
    pub fn load(&self, order: Ordering) -> V {
        let at = Location::caller();
        self.tracked.enter(at);
        if std::thread::panicking() {
            return self.newest.get();
        }
        let order = weaken::order(order, weaken::Knob::Order, at);
        self.step(Kind::Load, "load", (order, order), at, false, || {
            let value = self.raw.load(order);
            (value, Some(value), None)
        })
    }

    /// A store past the caches: to the model a `Relaxed` store, under a name of its own.
    #[track_caller]
    pub(crate) fn stream(&self, value: V) {
        let at = Location::caller();
        self.tracked.enter(at);
        if std::thread::panicking() {
            return self.store_unwinding(value);
        }
        let order = (Ordering::Relaxed, Ordering::Relaxed);
        self.step(Kind::Store, "stream", order, at, false, || {
            self.raw.store(value, Ordering::Relaxed);
            ((), None, Some(value))
        })
    }

    /// As [`std::sync::atomic::AtomicU64::store`].
    #[track_caller]
    pub fn store(&self, value: V, order: Ordering) {
        let at = Location::caller();
        self.tracked.enter(at);
        if std::thread::panicking() {
            return self.store_unwinding(value);
        }
        let order = weaken::order(order, weaken::Knob::Order, at);
        self.step(Kind::Store, "store", (order, order), at, false, || {
            self.raw.store(value, order);
            ((), None, Some(value))
        })
    }

    /// As [`std::sync::atomic::AtomicU64::swap`].
    #[track_caller]
    pub fn swap(&self, value: V, order: Ordering) -> V {
        let at = Location::caller();
        self.rmw("swap", order, at, |order| self.raw.swap(value, order), |_| value)
    }

    /// As [`std::sync::atomic::AtomicU64::compare_exchange`].
    #[track_caller]
    pub fn compare_exchange(
        &self,
        current: V,
        new: V,
        success: Ordering,
        failure: Ordering,
    ) -> Result<V, V> {
        self.exchange("compare_exchange", false, [current, new], [success, failure])
    }

    /// As [`std::sync::atomic::AtomicU64::compare_exchange_weak`]: under the schedulers of ours it
    /// may fail without a reason, once for each thread in an execution that allows it.
    #[track_caller]
    pub fn compare_exchange_weak(
        &self,
        current: V,
        new: V,
        success: Ordering,
        failure: Ordering,
    ) -> Result<V, V> {
        self.exchange("compare_exchange_weak", true, [current, new], [success, failure])
    }

    #[track_caller]
    fn exchange(
        &self,
        name: &'static str,
        weak: bool,
        [current, new]: [V; 2],
        [success, failure]: [Ordering; 2],
    ) -> Result<V, V> {
        let at = Location::caller();
        self.tracked.enter(at);
        if std::thread::panicking() {
            let old = self.newest.get();
            if old != current {
                return Err(old);
            }
            self.store_unwinding(new);
            return Ok(old);
        }
        let success = weaken::order(success, weaken::Knob::Order, at);
        let failure = weaken::order(failure, weaken::Knob::Failure, at);
        self.step(Kind::Rmw, name, (success, failure), at, weak, || {
            let result = match weak {
                true => self.raw.compare_exchange_weak(current, new, success, failure),
                false => self.raw.compare_exchange(current, new, success, failure),
            };
            match result {
                Ok(read) => (result, Some(read), Some(new)),
                Err(read) => (result, Some(read), None),
            }
        })
    }

    /// As [`std::sync::atomic::AtomicU64::fetch_update`]: a load, then compare-exchanges.
    #[track_caller]
    pub fn fetch_update(
        &self,
        success: Ordering,
        failure: Ordering,
        mut update: impl FnMut(V) -> Option<V>,
    ) -> Result<V, V> {
        let mut old = self.load(failure);
        while let Some(new) = update(old) {
            match self.compare_exchange(old, new, success, failure) {
                Ok(value) => return Ok(value),
                Err(value) => old = value,
            }
        }
        Err(old)
    }

    /// As [`std::sync::atomic::AtomicU64::into_inner`]: the value, by sole ownership.
    pub fn into_inner(self) -> V {
        self.newest.get()
    }

    /// The newest value, without a step: for tables alone.
    pub(crate) fn newest(&self) -> u64 {
        self.newest.get().word()
    }

    #[inline]
    fn rmw(
        &self,
        name: &'static str,
        order: Ordering,
        at: &'static Location<'static>,
        act: impl FnOnce(Ordering) -> V,
        new: impl FnOnce(V) -> V,
    ) -> V {
        self.tracked.enter(at);
        if std::thread::panicking() {
            let old = self.newest.get();
            self.store_unwinding(new(old));
            return old;
        }
        let order = weaken::order(order, weaken::Knob::Order, at);
        self.step(Kind::Rmw, name, (order, order), at, false, || {
            let old = act(order);
            (old, Some(old), Some(new(old)))
        })
    }

    #[cold]
    fn store_unwinding(&self, value: V) {
        if !self.raw.store_unwinding(value) {
            context::unmodelled("an atomic was written while a thread was unwinding from a panic");
        }
        self.newest.set(value);
    }
}

macro_rules! read_modify_write {
    ($bound:ident: $($method:ident $plain:ident),+) => {
        impl<V: Word, A: $bound + Raw<Value = V>> Atomic<A, V> {$(
            #[doc = concat!("As [`std::sync::atomic::AtomicU64::", stringify!($method), "`].")]
            #[track_caller]
            pub fn $method(&self, value: V, order: Ordering) -> V {
                let at = Location::caller();
                self.rmw(
                    stringify!($method),
                    order,
                    at,
                    |order| self.raw.$method(value, order),
                    |old| A::$plain(old, value),
                )
            }
        )+}
    };
}
read_modify_write!(RawInteger: fetch_add add, fetch_sub sub, fetch_max max, fetch_min min);
read_modify_write!(RawBits: fetch_and and, fetch_or or, fetch_xor xor, fetch_nand nand);

impl<V: Word + Default, A: Raw<Value = V>> Default for Atomic<A, V> {
    fn default() -> Self {
        Atomic::new(Default::default())
    }
}

impl<V: Copy + std::fmt::Debug, A> std::fmt::Debug for Atomic<A, V> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.tracked.at_home() {
            true => self.newest.get().fmt(f),
            false => f.write_str("_"),
        }
    }
}
