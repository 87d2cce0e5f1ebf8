//! CPUs on Windows: sets of them are words, one bit a CPU of the thread's group of up to 64.

use windows_sys::Win32::System::Threading::{
    GetCurrentProcess, GetCurrentThread, GetProcessAffinityMask, SetThreadAffinityMask,
};

pub(super) fn affinity() -> Option<Vec<usize>> {
    let (mut process, mut system) = (0, 0);
    // Safety: both words are ours, and the handle of this process needs no closing.
    let found = unsafe { GetProcessAffinityMask(GetCurrentProcess(), &mut process, &mut system) };
    let has = |cpu: &usize| process >> cpu & 1 == 1;
    // All zero: the process has threads in several groups.
    (found != 0 && process != 0).then(|| (0..usize::BITS as usize).filter(has).collect())
}

pub(super) fn pin(cpus: &[usize]) -> bool {
    let beyond = |&cpu: &usize| cpu >= usize::BITS as usize;
    if cpus.is_empty() || cpus.iter().any(beyond) {
        return false;
    }
    let mask = cpus.iter().fold(0, |mask, cpu| mask | 1 << cpu);
    // Safety: the handle of this thread needs no closing.
    unsafe { SetThreadAffinityMask(GetCurrentThread(), mask) != 0 }
}

/// Windows numbers the CPUs of one core one after the other. Where a core has but one, taking every
/// second CPU first does no harm.
pub(super) fn core_of(cpu: usize) -> Option<usize> {
    Some(cpu / 2)
}
