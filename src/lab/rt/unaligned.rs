//! A word of eight bytes at any address: what no atomic promises to read or write as one.

use std::sync::atomic::AtomicU8;
use std::sync::atomic::Ordering::Relaxed;

use super::atomic::{Atomic, Back};
use crate::fields::{Fields, Leaf, join};

/// Eight bytes of which each is atomic, and the whole is not: its alignment is 1.
///
/// On x86-64 it is read and written by one instruction. Within a cache line the CPU does that at
/// once; where the word lies across two lines it does it line by line, and other threads may see
/// half of it. Elsewhere it is read and written byte by byte.
#[repr(transparent)]
#[derive(Debug)]
pub struct U64([AtomicU8; 8]);

impl U64 {
    /// Makes a word.
    pub fn new(value: u64) -> U64 {
        U64(value.to_ne_bytes().map(AtomicU8::new))
    }

    /// Reads it, without an ordering.
    #[inline]
    pub fn load(&self) -> u64 {
        #[cfg(target_arch = "x86_64")]
        {
            let value: u64;
            // Safety: the eight bytes are there. What one `mov` can return, eight Relaxed loads of
            // the atomic bytes can return too, so the block does nothing that Rust could not.
            unsafe {
                std::arch::asm!("mov {value}, qword ptr [{place}]", value = lateout(reg) value,
                    place = in(reg) self.0.as_ptr(), options(nostack, preserves_flags, readonly));
            }
            value
        }
        #[cfg(not(target_arch = "x86_64"))]
        u64::from_ne_bytes(self.0.each_ref().map(|byte| byte.load(Relaxed)))
    }

    /// Writes it, without an ordering.
    #[inline]
    pub fn store(&self, value: u64) {
        #[cfg(target_arch = "x86_64")]
        // Safety: as in `load`: others see no more than eight Relaxed stores could show them.
        unsafe {
            std::arch::asm!("mov qword ptr [{place}], {value}", value = in(reg) value,
                place = in(reg) self.0.as_ptr(), options(nostack, preserves_flags));
        }
        #[cfg(not(target_arch = "x86_64"))]
        for (byte, value) in self.0.iter().zip(value.to_ne_bytes()) {
            byte.store(value, Relaxed);
        }
    }
}

/// The same under a checker: two halves, for nothing promises more of a word that is not aligned.
pub struct Halves<A> {
    low: Atomic<A, u32>,
    high: Atomic<A, u32>,
}

impl<A: Back<Value = u32>> Halves<A> {
    /// Makes a word.
    pub fn new(value: u64) -> Self {
        Halves { low: Atomic::from(value as u32), high: Atomic::from((value >> 32) as u32) }
    }

    /// Reads it, one half after the other.
    #[track_caller]
    pub fn load(&self) -> u64 {
        let low = self.low.load(Relaxed);
        u64::from(self.high.load(Relaxed)) << 32 | u64::from(low)
    }

    /// Writes it, one half after the other.
    #[track_caller]
    pub fn store(&self, value: u64) {
        self.low.store(value as u32, Relaxed);
        self.high.store((value >> 32) as u32, Relaxed);
    }
}

impl<A: Back<Value = u32>> Fields for Halves<A> {
    fn leaves(path: &str, address: usize, out: &mut Vec<Leaf>) {
        let low = address + std::mem::offset_of!(Self, low);
        let high = address + std::mem::offset_of!(Self, high);
        <Atomic<A, u32> as Fields>::leaves(&join(path, "low"), low, out);
        <Atomic<A, u32> as Fields>::leaves(&join(path, "high"), high, out);
    }
}

#[cfg(test)]
mod tests {
    use super::U64;

    #[test]
    fn it_has_any_address_and_keeps_its_bytes() {
        #[repr(C)]
        struct Odd(u8, U64);
        let odd = Odd(0xff, U64::new(u64::MAX - 1));
        assert_eq!((align_of::<U64>(), size_of::<Odd>()), (1, 9));
        assert_eq!(odd.1.load(), u64::MAX - 1);
        odd.1.store(0x0102_0304_0506_0708);
        assert_eq!((odd.0, odd.1.load()), (0xff, 0x0102_0304_0506_0708));
    }
}
