//! One given schedule.

use super::policy::{Choice, Moment, Policy};
use crate::explore::called;
use crate::explore::tally::Ended;

/// Runs a schedule once. Where the thread that it names cannot move, the replay has diverged.
pub(crate) struct Replay {
    schedule: Vec<u8>,
    at: usize,
    /// Who moved at each step.
    pub(crate) moved: Vec<usize>,
    begun: bool,
    /// The step at which another thread had to be taken.
    pub(crate) diverged: Option<usize>,
}

impl Replay {
    pub(crate) fn new(schedule: Vec<u8>) -> Replay {
        Replay { schedule, at: 0, moved: Vec::new(), begun: false, diverged: None }
    }
}

impl Policy for Replay {
    fn begin(&mut self) -> bool {
        !std::mem::replace(&mut self.begun, true)
    }

    fn choose(&mut self, moment: &Moment<'_>) -> Option<Choice> {
        let wanted = self.schedule.get(self.at).map(|step| Choice::decoded(*step));
        let able = |thread: &usize| moment.enabled >> *thread & 1 == 1;
        let chosen = wanted.filter(|choice| able(&choice.thread)).unwrap_or_else(|| {
            self.diverged.get_or_insert(self.at);
            let last = moment.last.filter(able);
            Choice::of(last.unwrap_or(moment.enabled.trailing_zeros() as usize))
        });
        self.at += 1;
        self.moved.push(chosen.thread);
        Some(chosen)
    }

    /// The calls of this one interleaving are judged in its order.
    fn amounts(&mut self, ended: Ended) -> Ended {
        called::judged_in_turn(ended, &self.moved)
    }
}
