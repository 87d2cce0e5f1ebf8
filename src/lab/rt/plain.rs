//! What the two checkers' atomics share: arithmetic on plain values.

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
