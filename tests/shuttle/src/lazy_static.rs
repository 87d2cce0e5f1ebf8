//! As the crate `lazy_static`: each execution makes its own values.

#[doc(hidden)]
pub use loom::lazy_static as of_loom;
pub use loom::lazy_static::Lazy;

/// Makes a value, if nobody has.
#[track_caller]
pub fn initialize<T: std::ops::Deref>(lazy: &T) {
    let _ = &**lazy;
}
