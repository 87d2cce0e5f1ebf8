//! A reading of the clock with all that came before it done.

use racelab::explore::native::clock::Clock;

/// Ticks of the clock, read when what came before is done, and before what follows begins.
///
/// A processor runs ahead: it reads its counter while a load that stands before it still waits for
/// memory. A map that leaves its lock by a plain store would seem to take no time for a look-up of
/// which the value has not come yet, where one that leaves by a read-modify-write waits for it.
#[inline]
pub fn ordered(clock: Clock) -> u64 {
    settle();
    let now = clock.now();
    settle();
    now
}

/// Waits until every instruction before it has its result.
#[cfg(target_arch = "x86_64")]
#[inline]
fn settle() {
    // Intel's manual, volume 2, LFENCE: it does not execute until all prior instructions have
    // completed, and no later one begins before it has. AMD's does the same under every common system.
    //
    // Safety: it is part of SSE2, which x86-64 has.
    unsafe { std::arch::x86_64::_mm_lfence() }
}

/// Waits until every instruction before it has its result.
#[cfg(target_arch = "aarch64")]
#[inline]
fn settle() {
    // Arm's manual, "DSB": no later instruction begins before all memory accesses before it are done.
    //
    // Safety: it touches neither memory nor registers.
    unsafe { std::arch::asm!("dsb ish", "isb", options(nostack, preserves_flags)) }
}

/// Not known how here: at least the compiler moves nothing.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
#[inline]
fn settle() {
    std::sync::atomic::compiler_fence(std::sync::atomic::Ordering::SeqCst);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_do_not_go_back() {
        let clock = Clock::get();
        let readings: Vec<u64> = (0..1000).map(|_| ordered(clock)).collect();
        assert!(readings.is_sorted());
    }
}
