//! How long a cache line is on this machine.

/// Bytes of a cache line here: what Linux says of the first processor's first cache, elsewhere
/// what the architecture is known for (128 on Apple's ARM, 64 otherwise).
pub fn detect() -> usize {
    let told =
        std::fs::read_to_string("/sys/devices/system/cpu/cpu0/cache/index0/coherency_line_size");
    let told = told.ok().and_then(|text| text.trim().parse().ok());
    told.filter(|line: &usize| line.is_power_of_two() && (16..=256).contains(line)).unwrap_or(KNOWN)
}

const KNOWN: usize =
    if cfg!(all(target_vendor = "apple", target_arch = "aarch64")) { 128 } else { 64 };

#[cfg(test)]
mod tests {
    #[test]
    fn a_line_is_a_power_of_two() {
        assert!(super::detect().is_power_of_two());
    }
}
