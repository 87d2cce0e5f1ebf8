//! std's atomics, each of its items once for all runtimes.

mod calculated;

use std::marker::PhantomData;
use std::panic::{Location, RefUnwindSafe};
use std::sync::atomic::Ordering;

use super::watch::At;
use super::word::{Sealed, Word};
pub use calculated::{Arithmetic, Bits, Integer, Logic, Number, Plain};

/// What a runtime's atomic can do. Each call is one operation, made at a place in the source.
#[doc(hidden)]
pub trait Back: Sealed + Sized {
    type Value: Word;
    fn new(value: Self::Value) -> Self;
    fn load(&self, order: Ordering, at: At) -> Self::Value;
    fn store(&self, value: Self::Value, order: Ordering, at: At);
    /// A store past the caches: to the model a `Relaxed` store, under a name of its own.
    fn stream(&self, value: Self::Value, at: At);
    fn swap(&self, value: Self::Value, order: Ordering, at: At) -> Self::Value;
    /// Compares with the first value and stores the second. The orderings are those of success
    /// and of failure; a weak one may fail without a reason.
    fn exchange(
        &self,
        weak: bool,
        values: [Self::Value; 2],
        orders: [Ordering; 2],
        at: At,
    ) -> Result<Self::Value, Self::Value>;
    /// The newest value, without an operation; `None` where it may not be touched.
    fn look(&self) -> Option<Self::Value>;
    /// The value, by sole ownership.
    fn get_mut(&mut self) -> &mut Self::Value;
}

/// What a runtime's atomic of numbers, or of addresses, can do besides.
#[doc(hidden)]
pub trait BackInteger: Back<Value: Integer> {
    fn arithmetic(
        &self,
        how: Arithmetic,
        name: &'static str,
        value: Self::Value,
        order: Ordering,
        at: At,
    ) -> Self::Value;
}

/// What a runtime's atomic of bits can do besides.
#[doc(hidden)]
pub trait BackBits: Back<Value: Bits> {
    fn logic(
        &self,
        how: Logic,
        name: &'static str,
        value: Self::Value,
        order: Ordering,
        at: At,
    ) -> Self::Value;
}

/// An atomic, with the methods and signatures of its namesake in [`std::sync::atomic`].
pub struct Atomic<A, V> {
    // No bounds here: a node that points to its own kind would go round in circles.
    back: A,
    value: PhantomData<fn() -> V>,
}

impl<A, V> Atomic<A, V> {
    /// One that a runtime has made.
    pub(crate) const fn made(back: A) -> Self {
        Atomic { back, value: PhantomData }
    }

    /// The runtime's own atomic, behind this front.
    pub(crate) fn back(&self) -> &A {
        &self.back
    }
}

impl<V: Word, A: Back<Value = V>> Atomic<A, V> {
    /// As [`std::sync::atomic::AtomicU64::load`].
    #[inline]
    #[track_caller]
    pub fn load(&self, order: Ordering) -> V {
        self.back.load(order, Location::caller())
    }

    /// As [`std::sync::atomic::AtomicU64::store`].
    #[inline]
    #[track_caller]
    pub fn store(&self, value: V, order: Ordering) {
        self.back.store(value, order, Location::caller());
    }

    /// A store past the caches.
    #[inline]
    #[track_caller]
    pub(crate) fn stream(&self, value: V) {
        self.back.stream(value, Location::caller());
    }

    /// As [`std::sync::atomic::AtomicU64::swap`].
    #[inline]
    #[track_caller]
    pub fn swap(&self, value: V, order: Ordering) -> V {
        self.back.swap(value, order, Location::caller())
    }

    /// As [`std::sync::atomic::AtomicU64::compare_exchange`].
    #[inline]
    #[track_caller]
    pub fn compare_exchange(
        &self,
        current: V,
        new: V,
        success: Ordering,
        failure: Ordering,
    ) -> Result<V, V> {
        self.back.exchange(false, [current, new], [success, failure], Location::caller())
    }

    /// As [`std::sync::atomic::AtomicU64::compare_exchange_weak`]: under the schedulers of ours it
    /// may fail without a reason, once for each thread in an execution that allows it.
    #[inline]
    #[track_caller]
    pub fn compare_exchange_weak(
        &self,
        current: V,
        new: V,
        success: Ordering,
        failure: Ordering,
    ) -> Result<V, V> {
        self.back.exchange(true, [current, new], [success, failure], Location::caller())
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

    /// As `AtomicU64::try_update` of std 1.95, which is `fetch_update` by another name.
    #[track_caller]
    pub fn try_update(
        &self,
        success: Ordering,
        failure: Ordering,
        update: impl FnMut(V) -> Option<V>,
    ) -> Result<V, V> {
        self.fetch_update(success, failure, update)
    }

    /// As `AtomicU64::update` of std 1.95: `fetch_update` by a function that always has a value.
    #[track_caller]
    pub fn update(
        &self,
        success: Ordering,
        failure: Ordering,
        mut update: impl FnMut(V) -> V,
    ) -> V {
        match self.fetch_update(success, failure, |old| Some(update(old))) {
            Ok(old) | Err(old) => old,
        }
    }

    /// As [`std::sync::atomic::AtomicU64::get_mut`]: the value, by sole ownership.
    pub fn get_mut(&mut self) -> &mut V {
        self.back.get_mut()
    }

    /// As [`std::sync::atomic::AtomicU64::into_inner`]: the value, by sole ownership.
    pub fn into_inner(mut self) -> V {
        *self.back.get_mut()
    }
}

macro_rules! read_modify_write {
    ($value:ident, $back:ident, $how:ident: $($method:ident $call:ident $which:ident),+) => {
        impl<V: $value, A: $back<Value = V>> Atomic<A, V> {$(
            #[doc = concat!("As [`std::sync::atomic::AtomicU64::", stringify!($method), "`].")]
            #[inline]
            #[track_caller]
            pub fn $method(&self, value: V, order: Ordering) -> V {
                let (how, at) = ($how::$which, Location::caller());
                self.back.$call(how, stringify!($method), value, order, at)
            }
        )+}
    };
}
read_modify_write!(Number, BackInteger, Arithmetic:
    fetch_add arithmetic Add, fetch_sub arithmetic Sub,
    fetch_max arithmetic Max, fetch_min arithmetic Min);
read_modify_write!(Plain, BackBits, Logic:
    fetch_and logic And, fetch_or logic Or, fetch_xor logic Xor, fetch_nand logic Nand);

impl<A: BackBits<Value = bool>> Atomic<A, bool> {
    /// As [`std::sync::atomic::AtomicBool::fetch_not`].
    #[inline]
    #[track_caller]
    pub fn fetch_not(&self, order: Ordering) -> bool {
        self.back.logic(Logic::Xor, "fetch_not", true, order, Location::caller())
    }
}

macro_rules! on_pointers {
    ($back:ident, $how:ident: $($method:ident($operand:ident) $call:ident $which:ident $bytes:expr;)+) => {
        impl<T, A: $back<Value = *mut T>> Atomic<A, *mut T> {$(
            #[doc = concat!("As [`std::sync::atomic::AtomicPtr::", stringify!($method), "`].")]
            #[inline]
            #[track_caller]
            pub fn $method(&self, $operand: usize, order: Ordering) -> *mut T {
                let (how, at) = ($how::$which, Location::caller());
                // An operand by its address, which points nowhere.
                let value = std::ptr::without_provenance_mut($bytes);
                self.back.$call(how, stringify!($method), value, order, at)
            }
        )+}
    };
}
on_pointers!(BackInteger, Arithmetic:
    fetch_ptr_add(count) arithmetic Add count.wrapping_mul(size_of::<T>());
    fetch_ptr_sub(count) arithmetic Sub count.wrapping_mul(size_of::<T>());
    fetch_byte_add(bytes) arithmetic Add bytes;
    fetch_byte_sub(bytes) arithmetic Sub bytes;
);
on_pointers!(BackBits, Logic:
    fetch_or(bits) logic Or bits;
    fetch_and(bits) logic And bits;
    fetch_xor(bits) logic Xor bits;
);

impl<V: Word, A: Back<Value = V>> Default for Atomic<A, V> {
    fn default() -> Self {
        Atomic::made(A::new(V::ZERO))
    }
}

impl<V: Word, A: Back<Value = V>> From<V> for Atomic<A, V> {
    fn from(value: V) -> Self {
        Atomic::made(A::new(value))
    }
}

impl<V: Word + std::fmt::Debug, A: Back<Value = V>> std::fmt::Debug for Atomic<A, V> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.back.look() {
            Some(value) => value.fmt(f),
            None => f.write_str("_"),
        }
    }
}

impl<T, A: Back<Value = *mut T>> std::fmt::Pointer for Atomic<A, *mut T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(self, f)
    }
}

impl<A, V> RefUnwindSafe for Atomic<A, V> {}
