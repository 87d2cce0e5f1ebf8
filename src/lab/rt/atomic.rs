//! std's atomics, each of its items once for all runtimes.

use std::marker::PhantomData;
use std::panic::{Location, RefUnwindSafe};
use std::sync::atomic::Ordering;

use super::watch::At;
use super::word::{Sealed, Word};

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

/// A read-modify-write that calculates; it wraps.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum Arithmetic {
    Add,
    Sub,
    Max,
    Min,
}

impl Arithmetic {
    /// What it makes of an old value and its operand.
    #[inline]
    pub(crate) fn of<V: Integer>(self, old: V, value: V) -> V {
        match self {
            Arithmetic::Add => old.add(value),
            Arithmetic::Sub => old.sub(value),
            Arithmetic::Max => old.max(value),
            Arithmetic::Min => old.min(value),
        }
    }
}

/// A read-modify-write bit by bit.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum Logic {
    And,
    Or,
    Xor,
    Nand,
}

impl Logic {
    /// What it makes of an old value and its operand.
    #[inline]
    pub(crate) fn of<V: Bits>(self, old: V, value: V) -> V {
        match self {
            Logic::And => old.and(value),
            Logic::Or => old.or(value),
            Logic::Xor => old.xor(value),
            Logic::Nand => old.nand(value),
        }
    }
}

/// A value that can be calculated with: a number, or a pointer by its address.
#[doc(hidden)]
pub trait Integer: Word {
    fn add(self, value: Self) -> Self;
    fn sub(self, value: Self) -> Self;
    fn max(self, value: Self) -> Self;
    fn min(self, value: Self) -> Self;
}

/// A value of bits: a number, a `bool`, or a pointer by its address.
#[doc(hidden)]
pub trait Bits: Word {
    fn and(self, value: Self) -> Self;
    fn or(self, value: Self) -> Self;
    fn xor(self, value: Self) -> Self;
    fn nand(self, value: Self) -> Self;
}

/// A number: std's atomics of pointers have other methods.
#[doc(hidden)]
pub trait Number: Integer + Bits {}

/// Bits that are no address.
#[doc(hidden)]
pub trait Plain: Bits {}

macro_rules! bits {
    ($($value:ident)+) => {$(
        impl Bits for $value {
            #[inline]
            fn and(self, value: $value) -> $value { self & value }
            #[inline]
            fn or(self, value: $value) -> $value { self | value }
            #[inline]
            fn xor(self, value: $value) -> $value { self ^ value }
            #[inline]
            fn nand(self, value: $value) -> $value { !(self & value) }
        }
        impl Plain for $value {}
    )+};
}

macro_rules! numbers {
    ($($value:ident)+) => {$(
        impl Integer for $value {
            #[inline]
            fn add(self, value: $value) -> $value { self.wrapping_add(value) }
            #[inline]
            fn sub(self, value: $value) -> $value { self.wrapping_sub(value) }
            #[inline]
            fn max(self, value: $value) -> $value { Ord::max(self, value) }
            #[inline]
            fn min(self, value: $value) -> $value { Ord::min(self, value) }
        }
        impl Number for $value {}
        bits!($value);
    )+};
}
numbers!(u8 u16 u32 u64 usize i8 i16 i32 i64 isize);
bits!(bool);

impl<T> Integer for *mut T {
    fn add(self, value: *mut T) -> *mut T {
        self.wrapping_byte_add(value.addr())
    }
    fn sub(self, value: *mut T) -> *mut T {
        self.wrapping_byte_sub(value.addr())
    }
    fn max(self, value: *mut T) -> *mut T {
        Ord::max(self, value)
    }
    fn min(self, value: *mut T) -> *mut T {
        Ord::min(self, value)
    }
}

impl<T> Bits for *mut T {
    fn and(self, value: *mut T) -> *mut T {
        self.map_addr(|address| address & value.addr())
    }
    fn or(self, value: *mut T) -> *mut T {
        self.map_addr(|address| address | value.addr())
    }
    fn xor(self, value: *mut T) -> *mut T {
        self.map_addr(|address| address ^ value.addr())
    }
    fn nand(self, value: *mut T) -> *mut T {
        self.map_addr(|address| !(address & value.addr()))
    }
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
