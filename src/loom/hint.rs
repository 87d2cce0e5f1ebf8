//! As [`std::hint`].

pub use crate::__rt::hint::spin_loop;

/// As [`std::hint::unreachable_unchecked`], and panics.
///
/// # Safety
/// None here.
///
/// # Panics
/// Always.
#[track_caller]
pub unsafe fn unreachable_unchecked() -> ! {
    unreachable!("unreachable_unchecked was reached!")
}
