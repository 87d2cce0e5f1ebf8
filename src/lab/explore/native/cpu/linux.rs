//! CPUs on Linux: sets of them are arrays of `unsigned long` (`sched_setaffinity(2)`).

use libc::{c_ulong, sched_getaffinity, sched_setaffinity};

const BITS: usize = c_ulong::BITS as usize;
/// Kernels are built for 8192 CPUs at most.
const MOST_WORDS: usize = 8192 / BITS;

pub(super) fn affinity() -> Option<Vec<usize>> {
    // The set of a kernel for more CPUs does not fit into a `cpu_set_t`, which ends at 1024.
    let mut mask: Vec<c_ulong> = vec![0; 1024 / BITS];
    while mask.len() <= MOST_WORDS {
        // Safety: the kernel writes at most the size given, and all of it is ours.
        let status = unsafe { sched_getaffinity(0, size_of_val(&*mask), mask.as_mut_ptr().cast()) };
        if status == 0 {
            let has = |cpu: &usize| mask[cpu / BITS] >> (cpu % BITS) & 1 == 1;
            return Some((0..mask.len() * BITS).filter(has).collect());
        }
        mask.resize(mask.len() * 2, 0);
    }
    None
}

pub(super) fn pin(cpus: &[usize]) -> bool {
    let Some(last) = cpus.iter().max() else {
        return false;
    };
    let mut mask: Vec<c_ulong> = vec![0; last / BITS + 1];
    for cpu in cpus {
        mask[cpu / BITS] |= 1 << (cpu % BITS);
    }
    // Safety: the kernel reads the size given, and all of it is ours; 0 is the calling thread.
    unsafe { sched_setaffinity(0, size_of_val(&*mask), mask.as_ptr().cast()) == 0 }
}

/// The CPUs of one core list the same siblings.
pub(super) fn core_of(cpu: usize) -> Option<String> {
    let topology = format!("/sys/devices/system/cpu/cpu{cpu}/topology");
    std::fs::read_to_string(format!("{topology}/thread_siblings_list")).ok()
}
