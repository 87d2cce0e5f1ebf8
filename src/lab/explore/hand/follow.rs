//! The moves that make an execution which was shown.

use super::position::{Hand, Next};
use super::{Came, Move};
use crate::report::{Failure, Step};

impl Hand<'_> {
    /// The moves that make the steps of a failure, one after another; none where some step cannot be
    /// made by hand, or they come to something else.
    pub fn follow(&self, shown: &Failure) -> Option<Vec<Move>> {
        let mut moves = Vec::new();
        let mut position = self.position(&moves).ok()?;
        while let Some(step) = shown.steps.get(position.so_far.steps.len()) {
            if position.came.is_some() {
                break;
            }
            let at = position.threads.iter().position(|thread| thread.0 == step.thread)?;
            let Next::Goes(offers) = &position.threads[at].1 else { return None };
            let same = |made: &&Step| {
                let what = |step: &Step| {
                    (step.op.clone(), step.line, step.value.clone(), step.wrote.clone())
                };
                what(made) == what(step)
            };
            let wanted = offers.iter().find(|offer| offer.step.as_ref().filter(same).is_some());
            // What makes no step of its own comes before one that does.
            let silent = || offers.iter().find(|offer| offer.step.is_none());
            let how = wanted.or_else(silent)?.how;
            moves.push(Move { thread: at as u8 + 1, how });
            position = self.position(&moves).ok()?;
        }
        let same = position.so_far.kind == shown.kind && position.so_far.why == shown.why;
        (position.came == Some(Came::Fails) && same).then_some(moves)
    }

    /// All moves of an execution that begins with these, and goes on by chance.
    pub fn chance(&self, moves: &[Move], seed: u64) -> Vec<Move> {
        self.by_chance(moves, seed).1
    }
}
