//! Which CPUs this process may use, and how a thread is kept on them.

#[cfg_attr(any(target_os = "linux", target_os = "android"), path = "cpu/linux.rs")]
#[cfg_attr(windows, path = "cpu/windows.rs")]
#[cfg_attr(not(any(target_os = "linux", target_os = "android", windows)), path = "cpu/other.rs")]
mod system;

use std::collections::HashSet;
use std::hash::Hash;
use std::sync::OnceLock;
use std::thread::available_parallelism;

/// The CPUs this process may use, by the numbers of the operating system, in the order in which to
/// use them: one of each core first, since two on one core share their caches. Never empty.
///
/// On Linux these are the CPUs of the thread that asks first, on Windows those of the process, and
/// elsewhere `0..available_parallelism()`. They are read once: a pinned thread sees its own CPU and
/// no other.
pub fn allowed() -> &'static [usize] {
    static ALLOWED: OnceLock<Vec<usize>> = OnceLock::new();
    ALLOWED.get_or_init(|| {
        let all = || (0..available_parallelism().map_or(1, usize::from)).collect();
        let cpus = system::affinity().filter(|cpus| !cpus.is_empty());
        cores_first(cpus.unwrap_or_else(all), system::core_of)
    })
}

/// Keeps the calling thread on these CPUs, and says whether it worked.
///
/// It does not where the system has no such call, or forbids it: a run goes on without, and its
/// report says so.
#[must_use]
pub fn pin(cpus: &[usize]) -> bool {
    allowed();
    system::pin(cpus)
}

/// Moves every CPU whose core has had its turn behind those whose core has not.
fn cores_first<C: Eq + Hash>(cpus: Vec<usize>, core_of: impl Fn(usize) -> Option<C>) -> Vec<usize> {
    let mut seen = HashSet::new();
    let (mut order, siblings): (Vec<_>, Vec<_>) =
        cpus.into_iter().partition(|&cpu| core_of(cpu).is_none_or(|core| seen.insert(core)));
    order.extend(siblings);
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_cpu_of_each_core_comes_first() {
        let order = cores_first(vec![0, 1, 2, 3], |cpu| Some(cpu / 2));
        assert_eq!(order, [0, 2, 1, 3]);
    }

    #[test]
    fn cpus_of_unknown_cores_keep_their_order() {
        assert_eq!(cores_first(vec![3, 5, 4], |_| None::<u8>), [3, 5, 4]);
    }

    #[test]
    fn pinning_a_thread_does_not_change_what_is_allowed() {
        let cpus = std::thread::spawn(|| {
            let _ = pin(&allowed()[..1]);
            allowed()
        });
        assert_eq!(cpus.join().expect("pinning never panics"), allowed());
        assert!(!allowed().is_empty());
    }

    #[test]
    fn nothing_to_pin_to_is_not_pinned() {
        assert!(!pin(&[]));
    }
}
