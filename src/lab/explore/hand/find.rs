//! From some moves on by chance, to an end that is wanted.

use serde::{Deserialize, Serialize};

use super::position::{Came, Hand};
use super::{How, Move};
use crate::explore::tally::Ended;
use crate::report::{Failure, Kind};

/// An end that is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Goal {
    /// An outcome of the table, by its name.
    Outcome(String),
    /// Such a failure.
    Fails(Kind),
}

impl Goal {
    /// Failures that are no outcome.
    pub const FAILURES: [Goal; 5] = [
        Goal::Fails(Kind::DataRace),
        Goal::Fails(Kind::UseAfterFree),
        Goal::Fails(Kind::Deadlock),
        Goal::Fails(Kind::Livelock),
        Goal::Fails(Kind::Panic),
    ];

    /// As it is named: `OUT_OF_BOUNDS`, `deadlock`.
    pub fn name(&self) -> String {
        match self {
            Goal::Outcome(id) => id.clone(),
            Goal::Fails(kind) => kind.words().replace(' ', "-"),
        }
    }

    /// The end that a failure has come to.
    pub fn of(shown: &Failure) -> Goal {
        let outcome = shown.outcome().filter(|_| shown.kind == Kind::Forbidden);
        outcome.map_or(Goal::Fails(shown.kind), |id| Goal::Outcome(id.to_string()))
    }
}

impl Hand<'_> {
    /// The goal that an execution has come to which ended so, if it has.
    pub(super) fn reached(&self, ended: &Ended) -> Option<Goal> {
        let kind = ended.failure(self.scenario().outcomes());
        match (kind, ended) {
            (None | Some(Kind::Forbidden), Ended::Finished { outcome, .. }) => {
                let meaning = self.scenario().outcomes().get(outcome.0 as usize)?;
                Some(Goal::Outcome(meaning.id.to_string()))
            }
            (Some(kind), _) => Some(Goal::Fails(kind)),
            _ => None,
        }
    }

    /// The end that these moves come to, if they come to one.
    pub fn comes_to(&self, moves: &[Move]) -> Option<Goal> {
        let position = self.position(moves).ok()?;
        match position.came? {
            Came::Allowed { id, .. } => Some(Goal::Outcome(id)),
            Came::Fails => Some(Goal::of(&position.so_far)),
        }
    }

    /// All moves of an execution that begins with these, and goes on by chance.
    pub fn chance(&self, moves: &[Move], seed: u64) -> Vec<Move> {
        self.by_chance(moves, seed).1
    }

    /// The simplest of so many executions that begin with these moves, go on by chance, and come to
    /// this goal: by reads of what is old, changes from one thread to another, and moves. All of its
    /// moves; none where none of them comes to it, which proves nothing.
    pub fn find(&self, moves: &[Move], goal: &Goal, tries: u64) -> Option<Vec<Move>> {
        let mut best: Option<((usize, usize, usize), Vec<Move>)> = None;
        for seed in 0..tries {
            let (ended, made) = self.by_chance(moves, seed);
            if self.reached(&ended).as_ref() != Some(goal) {
                continue;
            }
            let old =
                made.iter().filter(|next| matches!(next.how, How::Older(_) | How::Whim)).count();
            let switches = made.windows(2).filter(|pair| pair[0].thread != pair[1].thread).count();
            let score = (old, switches, made.len());
            if best.as_ref().is_none_or(|best| score < best.0) {
                best = Some((score, made));
            }
        }
        best.map(|best| best.1)
    }
}
