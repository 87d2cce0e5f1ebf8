//! Shapes of scenarios: how many calls there are before the threads start, and of each thread.

use serde::{Deserialize, Serialize};

use super::Limits;

/// How many calls a scenario has.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Shape {
    /// Before the threads start.
    pub first: usize,
    /// Of each thread, the longest first.
    pub threads: Vec<usize>,
}

impl Shape {
    /// All calls.
    pub fn calls(&self) -> usize {
        self.first + self.threads.iter().sum::<usize>()
    }
}

/// The shapes within these limits in the order in which they are tried: those of two threads, then
/// of many calls beside one, then of three threads; each the fewest calls first.
pub(super) fn shapes(limits: &Limits) -> Vec<Shape> {
    let mut shapes = Vec::new();
    for first in 0..=limits.first {
        for a in 1..=limits.calls_of_one.max(limits.lopsided) {
            for (b, c) in (1..=a).flat_map(|b| (0..=b).map(move |c| (b, c))) {
                let even = a <= limits.calls_of_one && first + a + b + c <= limits.calls;
                let beside_one = a <= limits.lopsided && b == 1 && c == 0 && first == 0;
                if c > 0 && limits.threads < 3 || !even && !beside_one {
                    continue;
                }
                let threads: Vec<usize> = [a, b, c].into_iter().filter(|n| *n > 0).collect();
                let kind = if even { 2 * (threads.len() - 2) } else { 1 };
                shapes.push((kind, first + a + b + c, a, Shape { first, threads }));
            }
        }
    }
    shapes.sort();
    shapes.into_iter().map(|(_, _, _, shape)| shape).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_threads_come_first_and_three_last() {
        let limits = Limits { calls: 3, lopsided: 4, ..Limits::default() };
        let shapes = shapes(&limits);
        let said: Vec<String> =
            shapes.iter().map(|shape| format!("{}{:?}", shape.first, shape.threads)).collect();
        let two = ["0[1, 1]", "1[1, 1]", "0[2, 1]"];
        assert_eq!(said, [&two[..], &["0[3, 1]", "0[4, 1]", "0[1, 1, 1]"]].concat());
    }
}
