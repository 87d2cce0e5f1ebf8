//! A quiz for a room: who goes next, so that it comes to the goal?

use racelab::explore::hand::{Came, Goal, Move};

use crate::command::table::Table;

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
    /// Holds an answer against the goal, where it leads to these moves; what is said of it, if they do
    /// not lead there. `known` says that they begin a way that is known.
    pub fn answer(
        &mut self,
        table: &Table,
        (after, known): (&[Move], bool),
        goal: &Goal,
    ) -> Result<(), String> {
        self.answers += 1;
        if known || comes_to(table, after, goal) || table.find(after, goal, TRIES).is_some() {
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

/// Whether these moves end so.
fn comes_to(table: &Table, moves: &[Move], goal: &Goal) -> bool {
    let Ok(position) = table.position(moves) else { return false };
    match position.came {
        Some(Came::Allowed { id, .. }) => Goal::Outcome(id) == *goal,
        Some(Came::Fails) => Goal::of(&position.so_far) == *goal,
        None => false,
    }
}
