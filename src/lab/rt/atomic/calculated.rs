//! What a read-modify-write makes of the value that it finds: arithmetic and logic, for each type of word.

use crate::rt::word::Word;

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
