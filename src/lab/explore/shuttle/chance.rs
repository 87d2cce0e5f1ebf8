//! Schedules by chance, among the threads that can move.

use shuttle::scheduler::{PctScheduler, Scheduler, Task, TaskId};

use super::policy::{Choice, Moment, Policy};

/// Each choice at random.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Random {
        Random(seed)
    }

    /// The next number of the sequence (splitmix64).
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let x = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ x >> 31
    }
}

impl Policy for Random {
    fn begin(&mut self) -> bool {
        true
    }

    fn choose(&mut self, moment: &Moment<'_>) -> Option<Choice> {
        let skip = self.next() % moment.enabled.count_ones() as u64;
        let mut left = moment.enabled;
        for _ in 0..skip {
            left &= left - 1;
        }
        let thread = left.trailing_zeros() as usize;
        let fails = moment.may_fail >> thread & 1 == 1 && self.next().is_multiple_of(2);
        Some(Choice { thread, fails })
    }
}

/// Random priorities that change at few random places (probabilistic concurrency testing):
/// shuttle's own scheduler.
pub(crate) struct Pct(PctScheduler, Random);

impl Pct {
    /// `depth - 1` changes of priority.
    pub(crate) fn new(seed: u64, depth: usize) -> Pct {
        Pct(PctScheduler::new_from_seed(seed, depth, usize::MAX), Random::new(seed))
    }
}

impl Policy for Pct {
    fn begin(&mut self) -> bool {
        self.0.new_execution().is_some()
    }

    fn choose(&mut self, moment: &Moment<'_>) -> Option<Choice> {
        let able = |task: &&&Task| moment.enabled >> usize::from(task.id()) & 1 == 1;
        let tasks: Vec<&Task> = moment.tasks.iter().filter(able).copied().collect();
        let thread = self.0.next_task(&tasks, moment.last.map(TaskId::from), false)?.into();
        let fails = moment.may_fail >> thread & 1 == 1 && self.1.next().is_multiple_of(2);
        Some(Choice { thread, fails })
    }
}
