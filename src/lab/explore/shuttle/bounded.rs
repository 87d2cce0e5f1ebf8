//! Every interleaving with at most so many preemptions, fewest first (iterative context bounding,
//! as CHESS does it).

use super::policy::{Choice, Moment, Performed, Policy, Threads};
use crate::rt::op::Kind;

struct Level {
    /// The threads still to be tried here, this execution's choice among them no longer.
    left: Threads,
    choice: usize,
    preempts: bool,
    /// The choice's operation succeeded, and is to be tried failing without a reason.
    to_fail: bool,
    fails: bool,
}

/// Depth-first search under a preemption bound.
pub(crate) struct Bounded {
    /// Switches away from a thread that could have gone on; `None` for no bound.
    bound: Option<usize>,
    levels: Vec<Level>,
    depth: usize,
    preemptions: usize,
    started: bool,
    /// The operation being performed may fail without a reason.
    may_fail: bool,
}

impl Bounded {
    pub(crate) fn new(bound: Option<usize>) -> Bounded {
        Bounded {
            bound,
            levels: Vec::new(),
            depth: 0,
            preemptions: 0,
            started: false,
            may_fail: false,
        }
    }
}

impl Policy for Bounded {
    fn begin(&mut self) -> bool {
        if self.started {
            while self.levels.last().is_some_and(|level| level.left == 0 && !level.to_fail) {
                self.levels.pop();
            }
            let Some(level) = self.levels.last_mut() else { return false };
            level.fails = std::mem::take(&mut level.to_fail);
            if !level.fails {
                level.choice = level.left.trailing_zeros() as usize;
                level.left &= !(1 << level.choice);
            }
            // The first choice at each level was the thread that went on: this is another.
        }
        self.started = true;
        self.depth = 0;
        self.preemptions = 0;
        true
    }

    fn choose(&mut self, moment: &Moment<'_>) -> Option<Choice> {
        let going_on = moment.last.filter(|&last| moment.enabled >> last & 1 == 1);
        let (choice, fails) = match self.levels.get(self.depth) {
            Some(level) => (level.choice, level.fails),
            None => {
                let choice = going_on.unwrap_or(moment.enabled.trailing_zeros() as usize);
                let spent = self.bound.is_some_and(|bound| self.preemptions >= bound);
                let others = moment.enabled & !(1 << choice);
                let left = if going_on.is_some() && spent { 0 } else { others };
                let preempts = going_on.is_some();
                self.levels.push(Level { left, choice, preempts, to_fail: false, fails: false });
                (choice, false)
            }
        };
        if self.levels[self.depth].preempts && going_on != Some(choice) {
            self.preemptions += 1;
        }
        self.may_fail = moment.may_fail >> choice & 1 == 1;
        self.depth += 1;
        Some(Choice { thread: choice, fails })
    }

    fn performed(&mut self, performed: &Performed<'_>) {
        // The last level is new, or its choice is: what succeeds there may fail as well.
        if self.depth == self.levels.len()
            && self.may_fail
            && performed.op.kind != Kind::Load
            && let Some(level) = self.levels.last_mut()
        {
            level.to_fail = !level.fails;
        }
    }
}
