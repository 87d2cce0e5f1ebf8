//! Stores that go past the caches: on x86 the only plain ones that others may see out of order.

use std::sync::atomic::AtomicU64;
#[cfg(not(target_arch = "x86_64"))]
use std::sync::atomic::Ordering::Relaxed;

/// Stores a word past the caches (`movnti`), where the processor is an x86-64; a `Relaxed` store
/// elsewhere.
///
/// To other threads it is what a `Relaxed` store is: whole, and ordered with no other word.
///
/// # Safety
/// The thread calls [`drain`] before it next releases anything. A `Release` store is an ordinary
/// store on x86, which relies on the stores before it being in order, and this one is not.
#[inline]
pub unsafe fn stream(word: &AtomicU64, value: u64) {
    #[cfg(target_arch = "x86_64")]
    // Safety: the word is aligned, lives, and may be written through a shared reference. The
    // caller sees to it that the store is over before anybody relies on its place in the order.
    unsafe {
        std::arch::asm!(
            "movnti qword ptr [{word}], {value}",
            word = in(reg) word.as_ptr(),
            value = in(reg) value,
            options(nostack, preserves_flags)
        );
    }
    #[cfg(not(target_arch = "x86_64"))]
    word.store(value, Relaxed);
}

/// Waits until what this thread has streamed can be seen by all (`sfence`).
#[inline]
pub fn drain() {
    #[cfg(target_arch = "x86_64")]
    // Safety: every x86-64 has it.
    unsafe {
        std::arch::x86_64::_mm_sfence();
    }
}
