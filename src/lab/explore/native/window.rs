//! A window: some microseconds in which threads work side by side, and whether it can be trusted.

use super::clock::Clock;
use crate::cost::Entrant;

/// What one thread did in one window. Times are ticks of the [`Clock`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stretch {
    /// When it began.
    pub start: u64,
    /// When it ended.
    pub end: u64,
    /// How many operations it did.
    pub operations: u64,
    /// The longest time between two looks at the clock: a thread whose CPU was taken away shows
    /// by it.
    pub longest_gap: u64,
}

impl Stretch {
    /// Works for `length` ticks, looking at the clock after every `batch` operations, at least one.
    pub(super) fn work(
        entrant: &dyn Entrant,
        thread: usize,
        batch: u32,
        length: u64,
        clock: &Clock,
    ) -> Stretch {
        let start = clock.now();
        let (mut last, mut longest_gap, mut looks) = (start, 0, 0);
        entrant.work(thread, batch, &mut || {
            let now = clock.now();
            longest_gap = longest_gap.max(now.saturating_sub(last));
            last = now;
            looks += 1;
            looks == 1 || now.saturating_sub(start) < length
        });
        Stretch { start, end: last, operations: u64::from(batch) * (looks - 1), longest_gap }
    }

    /// Nanoseconds an operation, on average.
    pub(super) fn ns_per_operation(&self, clock: &Clock) -> f64 {
        clock.nanoseconds(self.end.saturating_sub(self.start)) / self.operations as f64
    }
}

/// What a window must be like, in ticks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// How long it lasts.
    pub length: u64,
    /// The longest gap that is not taken for an interruption.
    pub gap: u64,
}

/// Whether a window can be trusted: the threads ran side by side for at least 80 % of it, and none
/// was interrupted.
pub fn is_sound(stretches: &[Stretch], rules: Rules) -> bool {
    let start = stretches.iter().map(|stretch| stretch.start).max();
    let end = stretches.iter().map(|stretch| stretch.end).min();
    let overlap = end.unwrap_or(0).saturating_sub(start.unwrap_or(0));
    let whole = |stretch: &Stretch| stretch.longest_gap <= rules.gap;
    overlap * 10 >= rules.length * 8 && stretches.iter().all(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: Rules = Rules { length: 1000, gap: 100 };

    fn stretch(start: u64, end: u64, longest_gap: u64) -> Stretch {
        Stretch { start, end, operations: 1, longest_gap }
    }

    #[test]
    fn side_by_side_and_uninterrupted_is_sound() {
        let window = [stretch(0, 1000, 100), stretch(200, 1200, 5)];
        assert!(is_sound(&window, RULES));
    }

    #[test]
    fn a_gap_or_a_late_start_is_not() {
        let gap = [stretch(0, 1000, 101), stretch(0, 1000, 5)];
        assert!(!is_sound(&gap, RULES));
        let late = [stretch(0, 1000, 5), stretch(201, 1201, 5)];
        assert!(!is_sound(&late, RULES));
    }

    #[test]
    fn one_after_the_other_is_not() {
        let window = [stretch(0, 1000, 5), stretch(1001, 2001, 5)];
        assert!(!is_sound(&window, RULES));
    }

    #[test]
    fn one_within_a_gap_of_the_other_is_not() {
        let window = [stretch(0, 2100, 1050), stretch(500, 1500, 5)];
        assert!(!is_sound(&window, RULES));
    }

    #[test]
    fn a_thread_alone_needs_no_other() {
        assert!(is_sound(&[stretch(0, 1000, 5)], RULES));
        assert!(!is_sound(&[stretch(0, 5000, 4000)], RULES));
    }

    #[test]
    fn a_stretch_counts_what_was_done() {
        struct Nothing;
        impl Entrant for Nothing {
            fn work(&self, _: usize, _: u32, more: &mut dyn FnMut() -> bool) {
                while more() {}
            }
        }
        let clock = Clock::get();
        let none = Stretch::work(&Nothing, 0, 16, 0, &clock);
        assert_eq!(none.operations, 16);
        let some = Stretch::work(
            &Nothing,
            0,
            16,
            clock.ticks(std::time::Duration::from_micros(200)),
            &clock,
        );
        assert!(some.operations >= 16 && some.operations.is_multiple_of(16));
        assert!(some.end > some.start && some.longest_gap <= some.end - some.start);
        assert!(some.ns_per_operation(&clock) > 0.0);
    }
}
