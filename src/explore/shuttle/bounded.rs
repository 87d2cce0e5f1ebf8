//! Every interleaving with at most so many preemptions, fewest first (iterative context bounding,
//! as CHESS does it).

use super::driver::{Moment, Policy, Threads};

struct Level {
    /// The threads still to be tried here, this execution's choice among them no longer.
    left: Threads,
    choice: usize,
    preempts: bool,
}

/// Depth-first search under a preemption bound.
pub(crate) struct Bounded {
    /// Switches away from a thread that could have gone on; `None` for no bound.
    bound: Option<usize>,
    levels: Vec<Level>,
    depth: usize,
    preemptions: usize,
    started: bool,
}

impl Bounded {
    pub(crate) fn new(bound: Option<usize>) -> Bounded {
        Bounded { bound, levels: Vec::new(), depth: 0, preemptions: 0, started: false }
    }
}

impl Policy for Bounded {
    fn begin(&mut self) -> bool {
        if self.started {
            while self.levels.last().is_some_and(|level| level.left == 0) {
                self.levels.pop();
            }
            let Some(level) = self.levels.last_mut() else { return false };
            level.choice = level.left.trailing_zeros() as usize;
            level.left &= !(1 << level.choice);
            // The first choice at each level was the thread that went on: this is another.
        }
        self.started = true;
        self.depth = 0;
        self.preemptions = 0;
        true
    }

    fn choose(&mut self, moment: &Moment<'_>) -> Option<usize> {
        let going_on = moment.last.filter(|&last| moment.enabled >> last & 1 == 1);
        let choice = match self.levels.get(self.depth) {
            Some(level) => level.choice,
            None => {
                let choice = going_on.unwrap_or(moment.enabled.trailing_zeros() as usize);
                let spent = self.bound.is_some_and(|bound| self.preemptions >= bound);
                let others = moment.enabled & !(1 << choice);
                let left = if going_on.is_some() && spent { 0 } else { others };
                self.levels.push(Level { left, choice, preempts: going_on.is_some() });
                choice
            }
        };
        if self.levels[self.depth].preempts && going_on != Some(choice) {
            self.preemptions += 1;
        }
        self.depth += 1;
        Some(choice)
    }
}
