//! An atomic that announces each operation before a checker performs it.

use std::cell::Cell;
use std::panic::Location;
use std::sync::atomic::Ordering;

use super::observe::{self, Seen};
use super::op::{Kind, Object, Op};
use super::word::Word;
use super::{context, weaken};

/// What a checker's atomic can do. Each call is one step of the model.
#[doc(hidden)]
pub trait Raw {
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
pub struct Atomic<A: Raw> {
    raw: A,
    object: Object,
    /// The newest store in the order of execution: what a load that is not stale returns.
    newest: Cell<A::Value>,
}

// Safety: all threads of one execution run on one operating-system thread, and no switch happens
// between reading and writing `newest`.
unsafe impl<A: Raw> Sync for Atomic<A> {}
// Safety: as above.
unsafe impl<A: Raw> Send for Atomic<A> {}

impl<A: Raw> Atomic<A> {
    /// Makes an atomic.
    pub fn new(value: A::Value) -> Self {
        let object = context::with(|context| context.new_object());
        Atomic { raw: A::new(value), object, newest: Cell::new(value) }
    }

    /// Performs one operation. `act` returns its result, the value read and the value written.
    /// `orders` are the orderings of success and of failure.
    #[inline]
    fn step<R>(
        &self,
        kind: Kind,
        name: &'static str,
        orders: (Ordering, Ordering),
        at: &'static Location<'static>,
        act: impl FnOnce() -> (R, Option<A::Value>, Option<A::Value>),
    ) -> R {
        let op = Op::new(kind, self.object);
        let (result, read, wrote) = context::perform(op, act);
        // The newest store now, not before: other threads may have run on entry.
        let newest = self.newest.get();
        if kind == Kind::Rmw && (wrote.is_none() || read == wrote) {
            context::turned_out(Op::new(Kind::Load, self.object));
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
    pub fn load(&self, order: Ordering) -> A::Value {
        if std::thread::panicking() {
            return self.newest.get();
        }
        let at = Location::caller();
        let order = weaken::order(order, weaken::Knob::Order, at);
        self.step(Kind::Load, "load", (order, order), at, || {
            let value = self.raw.load(order);
            (value, Some(value), None)
        })
    }

    /// As [`std::sync::atomic::AtomicU64::store`].
    #[track_caller]
    pub fn store(&self, value: A::Value, order: Ordering) {
        if std::thread::panicking() {
            return self.store_unwinding(value);
        }
        let at = Location::caller();
        let order = weaken::order(order, weaken::Knob::Order, at);
        self.step(Kind::Store, "store", (order, order), at, || {
            self.raw.store(value, order);
            ((), None, Some(value))
        })
    }

    /// As [`std::sync::atomic::AtomicU64::swap`].
    #[track_caller]
    pub fn swap(&self, value: A::Value, order: Ordering) -> A::Value {
        let at = Location::caller();
        self.rmw("swap", order, at, |order| self.raw.swap(value, order), |_| value)
    }

    /// As [`std::sync::atomic::AtomicU64::compare_exchange`].
    #[track_caller]
    pub fn compare_exchange(
        &self,
        current: A::Value,
        new: A::Value,
        success: Ordering,
        failure: Ordering,
    ) -> Result<A::Value, A::Value> {
        if std::thread::panicking() {
            let old = self.newest.get();
            if old != current {
                return Err(old);
            }
            self.store_unwinding(new);
            return Ok(old);
        }
        let at = Location::caller();
        let success = weaken::order(success, weaken::Knob::Order, at);
        let failure = weaken::order(failure, weaken::Knob::Failure, at);
        self.step(Kind::Rmw, "compare_exchange", (success, failure), at, || {
            let result = self.raw.compare_exchange(current, new, success, failure);
            match result {
                Ok(read) => (result, Some(read), Some(new)),
                Err(read) => (result, Some(read), None),
            }
        })
    }

    /// As [`std::sync::atomic::AtomicU64::compare_exchange_weak`]; under a checker it never fails
    /// without a reason.
    #[track_caller]
    pub fn compare_exchange_weak(
        &self,
        current: A::Value,
        new: A::Value,
        success: Ordering,
        failure: Ordering,
    ) -> Result<A::Value, A::Value> {
        self.compare_exchange(current, new, success, failure)
    }

    /// As [`std::sync::atomic::AtomicU64::fetch_update`]: a load, then compare-exchanges.
    #[track_caller]
    pub fn fetch_update(
        &self,
        success: Ordering,
        failure: Ordering,
        mut update: impl FnMut(A::Value) -> Option<A::Value>,
    ) -> Result<A::Value, A::Value> {
        let mut old = self.load(failure);
        while let Some(new) = update(old) {
            match self.compare_exchange(old, new, success, failure) {
                Ok(value) => return Ok(value),
                Err(value) => old = value,
            }
        }
        Err(old)
    }

    /// As [`std::sync::atomic::AtomicU64::get_mut`] is used most: the value, by sole ownership.
    pub fn into_inner(self) -> A::Value {
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
        act: impl FnOnce(Ordering) -> A::Value,
        new: impl FnOnce(A::Value) -> A::Value,
    ) -> A::Value {
        if std::thread::panicking() {
            let old = self.newest.get();
            self.store_unwinding(new(old));
            return old;
        }
        let order = weaken::order(order, weaken::Knob::Order, at);
        self.step(Kind::Rmw, name, (order, order), at, || {
            let old = act(order);
            (old, Some(old), Some(new(old)))
        })
    }

    #[cold]
    fn store_unwinding(&self, value: A::Value) {
        if !self.raw.store_unwinding(value) {
            context::unmodelled("an atomic was written while a thread was unwinding from a panic");
        }
        self.newest.set(value);
    }
}

macro_rules! read_modify_write {
    ($bound:ident: $($method:ident $plain:ident),+) => {
        impl<A: $bound> Atomic<A> {$(
            #[doc = concat!("As [`std::sync::atomic::AtomicU64::", stringify!($method), "`].")]
            #[track_caller]
            pub fn $method(&self, value: A::Value, order: Ordering) -> A::Value {
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

impl<A: Raw<Value: Default>> Default for Atomic<A> {
    fn default() -> Self {
        Atomic::new(Default::default())
    }
}

impl<A: Raw<Value: std::fmt::Debug>> std::fmt::Debug for Atomic<A> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.newest.get().fmt(f)
    }
}
