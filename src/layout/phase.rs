//! Where in a cache line an object may start, and at which of these starts two spans of its bytes
//! meet in a line.

use std::ops::{Range, RangeInclusive};

/// The longest cache line that is judged, in bytes.
pub const LONGEST_LINE: usize = 128;

/// A set of starts within a line: bit n stands for byte n.
pub type Starts = u128;

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

/// The starts within a line of `line` bytes (at most [`LONGEST_LINE`]) at which a byte of `first`
/// and a byte of `second` lie in one line: all but those that put the end of a line between them.
pub fn meeting(first: &Range<usize>, second: &Range<usize>, line: usize) -> Starts {
    if first.is_empty() || second.is_empty() {
        return 0;
    }
    let (left, right) = if first.start <= second.start { (first, second) } else { (second, first) };
    let all = ones(line);
    let apart = (right.start + 1).saturating_sub(left.end);
    if apart >= line {
        return 0;
    }
    // A line ends between them when the object starts at one of `apart` bytes from here on.
    let from = (line - right.start % line) % line;
    let wrapped = (from + apart).saturating_sub(line);
    let parted = (ones(apart - wrapped) << from.min(LONGEST_LINE - 1)) | ones(wrapped);
    all & !if apart == 0 { 0 } else { parted }
}

/// The lines that both spans touch when their object starts a line.
pub fn common(first: &Range<usize>, second: &Range<usize>, line: usize) -> Range<usize> {
    match (lines(first, 0, line), lines(second, 0, line)) {
        (Some(a), Some(b)) => *a.start().max(b.start())..*a.end().min(b.end()) + 1,
        _ => 0..0,
    }
}

/// The bytes of a set.
pub fn listed(starts: Starts) -> Vec<usize> {
    (0..LONGEST_LINE).filter(|&at| starts >> at & 1 == 1).collect()
}

/// The set of these bytes.
pub fn set(starts: &[usize]) -> Starts {
    starts.iter().filter(|&&at| at < LONGEST_LINE).fold(0, |set, &at| set | 1 << at)
}

fn ones(count: usize) -> Starts {
    if count >= LONGEST_LINE { Starts::MAX } else { (1 << count) - 1 }
}

#[cfg(test)]
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
        assert_eq!(common(&(0..100), &(60..200), 64), 0..2);
        assert_eq!(common(&(0..8), &(64..72), 64).len(), 0);
    }

    /// Every pair of spans near the border of lines, beside the definition.
    #[test]
    fn starts_at_which_spans_meet_are_those_with_a_line_in_common() {
        let spans = |ends: usize| {
            (0..ends).flat_map(|start| [0, 1, 2, 8, 40].map(|size| start..start + size))
        };
        for line in [32, 64, 128] {
            for first in spans(70).step_by(3) {
                for second in spans(3 * line).step_by(7) {
                    let meet = |start: &usize| {
                        let touched = |span| lines(span, *start, line);
                        touched(&first)
                            .zip(touched(&second))
                            .is_some_and(|(a, b)| a.clone().any(|line| b.contains(&line)))
                    };
                    let slow: Vec<usize> = (0..line).filter(meet).collect();
                    let fast = meeting(&first, &second, line);
                    assert_eq!(listed(fast), slow, "{first:?} {second:?} {line}");
                    assert_eq!(set(&slow), fast);
                }
            }
        }
    }
}
