//! What the two checkers' atomics share: their list of types, and arithmetic on plain values.

/// One alias for each atomic of std.
macro_rules! atomic_types {
    ($raw:ident) => {
        crate::rt::plain::atomic_types!(@each $raw:
            AtomicU8 u8, AtomicU16 u16, AtomicU32 u32, AtomicU64 u64, AtomicUsize usize,
            AtomicI8 i8, AtomicI16 i16, AtomicI32 i32, AtomicI64 i64, AtomicIsize isize,
            AtomicBool bool);
        /// As [`std::sync::atomic::AtomicPtr`].
        pub type AtomicPtr<T> = Atomic<$raw<*mut T>>;
    };
    (@each $raw:ident: $($name:ident $value:ident),+) => {$(
        #[doc = concat!("As [`std::sync::atomic::", stringify!($name), "`].")]
        pub type $name = Atomic<$raw<$value>>;
    )+};
}
pub(crate) use atomic_types;

/// Arithmetic as an atomic does it: wrapping.
macro_rules! arithmetic {
    ($int:ident) => {
        fn add(a: $int, b: $int) -> $int {
            a.wrapping_add(b)
        }
        fn sub(a: $int, b: $int) -> $int {
            a.wrapping_sub(b)
        }
        fn max(a: $int, b: $int) -> $int {
            Ord::max(a, b)
        }
        fn min(a: $int, b: $int) -> $int {
            Ord::min(a, b)
        }
    };
}
pub(crate) use arithmetic;

/// Logic on bits.
macro_rules! logic {
    ($value:ident) => {
        fn and(a: $value, b: $value) -> $value {
            a & b
        }
        fn or(a: $value, b: $value) -> $value {
            a | b
        }
        fn xor(a: $value, b: $value) -> $value {
            a ^ b
        }
        fn nand(a: $value, b: $value) -> $value {
            !(a & b)
        }
    };
}
pub(crate) use logic;
