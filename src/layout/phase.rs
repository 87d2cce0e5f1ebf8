//! Where in a cache line an object may start, and which lines a span of its bytes then touches.

use std::ops::{Range, RangeInclusive};

/// The places in a cache line of `line` bytes where a type of alignment `align` may start, in
/// bytes: a type of alignment 8 has eight in a line of 64, one of alignment 64 or more has one.
/// An alignment of 0 counts as 1.
pub fn phases(align: usize, line: usize) -> Vec<usize> {
    (0..line).step_by(align.clamp(1, line)).collect()
}

/// The lines that `span` touches when its object starts at `phase` of line 0; `None` when empty.
pub fn lines(span: &Range<usize>, phase: usize, line: usize) -> Option<RangeInclusive<usize>> {
    (span.start < span.end).then(|| (phase + span.start) / line..=(phase + span.end - 1) / line)
}

/// The lines that any byte of `first` and any byte of `second` have in common at this phase.
pub fn common(
    first: &[Range<usize>],
    second: &[Range<usize>],
    phase: usize,
    line: usize,
) -> Vec<usize> {
    let mut found = Vec::new();
    for a in first.iter().filter_map(|span| lines(span, phase, line)) {
        for b in second.iter().filter_map(|span| lines(span, phase, line)) {
            found.extend(*a.start().max(b.start())..=*a.end().min(b.end()));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init, reason = "one span is meant, not its numbers")]
mod tests {
    use super::*;

    #[test]
    fn an_object_starts_at_multiples_of_its_alignment() {
        assert_eq!(phases(16, 64), [0, 16, 32, 48]);
        assert_eq!(phases(8, 32), [0, 8, 16, 24]);
        assert_eq!(phases(64, 64), [0]);
        assert_eq!(phases(128, 64), [0]);
        assert_eq!(phases(64, 128), [0, 64]);
        assert_eq!(phases(0, 64).len(), 64);
    }

    #[test]
    fn a_span_that_crosses_a_boundary_touches_both_lines() {
        assert_eq!(lines(&(60..68), 0, 64), Some(0..=1));
        assert_eq!(lines(&(56..64), 8, 64), Some(1..=1));
        assert_eq!(lines(&(8..8), 0, 64), None);
        assert_eq!(common(&[0..8], &[60..68], 0, 64), [0]);
        assert_eq!(common(&[0..8], &[60..68], 56, 64), [] as [usize; 0]);
        assert_eq!(common(&[0..8], &[8..16], 56, 64), [] as [usize; 0]);
        assert_eq!(common(&[8..100], &[0..100], 56, 64), [1, 2]);
        assert_eq!(common(&[0..100], &[0..100], 0, 64), [0, 1]);
    }
}
