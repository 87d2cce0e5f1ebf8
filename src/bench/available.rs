//! How much memory a plan may take: what the machine has left, and what this process is limited to.

use std::fs::read_to_string;
use std::path::Path;

/// How many bytes can be had without swapping, if the system says so: the least of what is free, of
/// what the control groups of this process leave it, and of what is left of its address space.
pub fn bytes() -> Option<u64> {
    let group = read_to_string("/proc/self/cgroup").ok();
    let group = group.as_deref().and_then(own_group).map(|own| left_in_groups(own, read));
    [free(), group.flatten(), address_space()].into_iter().flatten().min()
}

fn read(file: &Path) -> Option<String> {
    read_to_string(file).ok()
}

fn free() -> Option<u64> {
    let text = read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

/// The path of the control group, version 2, in what `/proc/self/cgroup` says.
fn own_group(text: &str) -> Option<&str> {
    text.lines().find_map(|line| line.strip_prefix("0::/"))
}

/// The least that this group or one above it has left.
fn left_in_groups(own: &str, read: impl Fn(&Path) -> Option<String>) -> Option<u64> {
    let root = Path::new("/sys/fs/cgroup");
    let own = root.join(own);
    let number = |file: &Path| read(file)?.trim().parse::<u64>().ok();
    let groups = own.ancestors().take_while(|group| group.starts_with(root));
    let left = groups.filter_map(|group| {
        // `max` is no number, and no limit.
        let most = number(&group.join("memory.max"))?;
        Some(most.saturating_sub(number(&group.join("memory.current")).unwrap_or(0)))
    });
    left.min()
}

/// What `ulimit -v` leaves.
fn address_space() -> Option<u64> {
    let limits = read_to_string("/proc/self/limits").ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max address space"))?;
    let most: u64 = line.split_whitespace().next()?.parse().ok()?;
    let status = read_to_string("/proc/self/status").ok()?;
    let taken = status.lines().find_map(|line| line.strip_prefix("VmSize:"))?;
    let kilobytes: u64 = taken.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(most.saturating_sub(kilobytes * 1024))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tightest_group_counts() {
        let files = |file: &Path| {
            let text = match file.to_str()? {
                "/sys/fs/cgroup/a/b/memory.max" => "max\n",
                "/sys/fs/cgroup/a/memory.max" => "1000\n",
                "/sys/fs/cgroup/a/memory.current" => "400\n",
                "/sys/fs/cgroup/memory.max" => "5000\n",
                _ => return None,
            };
            Some(text.to_string())
        };
        assert_eq!(left_in_groups("a/b", files), Some(600));
        assert_eq!(left_in_groups("", files), Some(5000));
        assert_eq!(left_in_groups("a/b", |_| None), None);
        assert_eq!(own_group("1:cpu:/x\n0::/a/b\n"), Some("a/b"));
    }

    #[test]
    fn a_machine_that_says_what_is_free_has_some() {
        assert!(free().is_none_or(|free| free > 1 << 20));
        assert!(bytes() <= free() || free().is_none());
    }
}
