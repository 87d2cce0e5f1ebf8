//! CPUs where the system has no call to choose one (macOS), or none that is used here.

pub(super) fn affinity() -> Option<Vec<usize>> {
    None
}

pub(super) fn pin(_cpus: &[usize]) -> bool {
    false
}

pub(super) fn core_of(_cpu: usize) -> Option<usize> {
    None
}
