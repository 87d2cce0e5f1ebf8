//! A quiz for a room: who goes next, so that it comes to the goal?

use racelab::explore::hand::{Goal, Hand, How, Move};

/// So many executions by chance are tried for the goal after an answer.
const TRIES: u64 = 1_500;

/// How a room does.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quiz {
    /// Answers after which the goal can still be reached.
    pub right: u32,
    /// Answers in all.
    pub answers: u32,
}

impl Quiz {
    /// Holds an answer against the goal; what is said of it, if it does not lead there.
    pub fn answer(
        &mut self,
        hand: &Hand<'_>,
        so_far: &[Move],
        (thread, how): (usize, How),
        goal: &Goal,
    ) -> Result<(), String> {
        self.answers += 1;
        let next = Move { thread: thread as u8, how };
        let after = [so_far, &[next]].concat();
        if hand.comes_to(&after).as_ref() == Some(goal) || hand.find(&after, goal, TRIES).is_some()
        {
            self.right += 1;
            return Ok(());
        }
        Err(format!("after that, no way to {} is known. Why? Who else could go?", goal.name()))
    }

    /// The question, and how it went so far.
    pub fn asks(&self, goal: &Goal) -> String {
        let score = match self.answers {
            0 => String::new(),
            answers => format!(" {} of {answers} answers led on.", self.right),
        };
        format!("Who goes next, so that it ends in {}?{score}", goal.name())
    }

    /// What is said at the goal.
    pub fn ends(&self) -> String {
        format!("{} of {} answers led here.", self.right, self.answers)
    }
}
