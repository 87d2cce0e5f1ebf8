//! A word: a value small enough to be written into a table.

/// A value that an atomic or a small cell can hold, as 64 bits.
pub trait Word: Copy + PartialEq {
    /// What its atomic is by default.
    const ZERO: Self;
    /// Whether it is a pointer.
    const POINTS: bool = false;
    /// The value, zero-extended; a pointer as its address.
    fn word(self) -> u64;
    /// The value whose word this is.
    fn of_word(word: u64) -> Self;
}

macro_rules! words {
    ($($unsigned:ident $signed:ident),+) => {$(
        impl Word for $unsigned {
            const ZERO: $unsigned = 0;
            fn word(self) -> u64 { self as u64 }
            fn of_word(word: u64) -> $unsigned { word as $unsigned }
        }
        impl Word for $signed {
            const ZERO: $signed = 0;
            fn word(self) -> u64 { self as $unsigned as u64 }
            fn of_word(word: u64) -> $signed { word as $signed }
        }
    )+};
}
words!(u8 i8, u16 i16, u32 i32, u64 i64, usize isize);

impl Word for bool {
    const ZERO: bool = false;
    fn word(self) -> u64 {
        self as u64
    }
    fn of_word(word: u64) -> bool {
        word != 0
    }
}

impl<T> Word for *mut T {
    const ZERO: *mut T = std::ptr::null_mut();
    const POINTS: bool = true;
    fn word(self) -> u64 {
        self.expose_provenance() as u64
    }
    fn of_word(word: u64) -> *mut T {
        std::ptr::with_exposed_provenance_mut(word as usize)
    }
}

/// What only this crate implements: the checkers' own atomics and engines. The facade's `Send` and
/// `Sync` speak of these alone.
pub trait Sealed {}

/// The value behind `place` as a word, if its type is a plain integer or `bool`.
pub(crate) fn peek<T: ?Sized>(place: &T) -> Option<u64> {
    let this = typeid::of::<T>();
    macro_rules! read {
        ($($primitive:ident),+) => {$(
            if this == std::any::TypeId::of::<$primitive>() {
                // Safety: T is this primitive type.
                return Some(unsafe { *(place as *const T).cast::<$primitive>() }.word());
            }
        )+};
    }
    read!(u8, u16, u32, u64, usize, i8, i16, i32, i64, isize, bool);
    None
}
