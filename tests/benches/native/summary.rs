//! Samples in few words.

/// The sample at this share of them, from the least; empty if there is none.
pub(crate) fn at(sorted: &[f64], share: f64) -> String {
    let last = sorted.len().saturating_sub(1) as f64;
    let sample = sorted.get((last * share).round() as usize);
    sample.map_or(String::new(), |sample| format!("{sample:.2}"))
}

/// The median, the 99th percentile and the maximum.
pub(crate) fn summary(mut samples: Vec<f64>) -> String {
    samples.sort_by(f64::total_cmp);
    let [median, percentile, most] = [0.5, 0.99, 1.0].map(|share| at(&samples, share));
    format!("p50 {median} p99 {percentile} max {most}")
}
