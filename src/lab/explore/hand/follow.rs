//! From an execution that an engine has shown to the moves that make it.
//!
//! Each step is looked for again: of all ways in which its thread can go on, one that reads and writes
//! the same. Where that leads nowhere, an earlier one is taken otherwise. The order of the steps is
//! kept; a store that waits in a buffer reaches the memory wherever it has to.

use super::find::Goal;
use super::position::Hand;
use super::{How, Move};
use crate::explore::steps::{self, name};
use crate::report::{Failure, Step};

impl Hand<'_> {
    /// The moves of an execution that is shown; none where so many runs have not found them, and where
    /// of its steps some were left out.
    pub fn follow(&self, shown: &Failure, runs: u32) -> Option<Vec<Move>> {
        let goal = Goal::of(shown);
        let mut follow = Follow { hand: self, shown, goal, runs, moves: Vec::new() };
        follow.goes_on().then_some(follow.moves)
    }
}

struct Follow<'f, 'a> {
    hand: &'f Hand<'a>,
    shown: &'f Failure,
    goal: Goal,
    /// So many are left.
    runs: u32,
    moves: Vec<Move>,
}

/// What some moves have come to.
struct Reached {
    steps: usize,
    /// Whether it has ended as it should; none where it goes on.
    ended: Option<bool>,
    /// Threads that can go on, and those that may without a reason: a bit each.
    able: u16,
    whims: u16,
    /// How many stores of each thread can reach the memory.
    drains: Vec<usize>,
    threads: usize,
}

impl Follow<'_, '_> {
    /// What the moves come to; none where they are not possible, or make another step.
    fn reaches(&mut self) -> Option<Reached> {
        self.runs = self.runs.checked_sub(1)?;
        let run = self.hand.run(&self.moves);
        if run.seen.astray.is_some() || run.seen.performed < self.moves.len() {
            return None;
        }
        let made = steps::steps(self.hand.scenario(), &run.record).0;
        let same = |(made, shown): (&Step, &Step)| alike(made, shown);
        if made.len() > self.shown.steps.len() || !made.iter().zip(&self.shown.steps).all(same) {
            return None;
        }
        let all = made.len() == self.shown.steps.len();
        let end = run.seen.ended.as_ref().and_then(|ended| self.hand.reached(ended));
        let seen = run.seen;
        Some(Reached {
            steps: made.len(),
            ended: end.map(|end| all && end == self.goal),
            able: seen.alive & seen.able,
            whims: seen.alive & seen.whims,
            drains: seen.drains,
            threads: seen.threads,
        })
    }

    /// Goes on from the moves, to the end; whether it came there. The moves are as they were, if not.
    fn goes_on(&mut self) -> bool {
        let Some(here) = self.reaches() else { return false };
        if let Some(ended) = here.ended {
            return ended;
        }
        let actors = self.hand.scenario().actors();
        let next = self.shown.steps.get(here.steps).map(|step| step.thread.as_str());
        let (mine, others): (Vec<usize>, Vec<usize>) =
            (1..here.threads).partition(|thread| next == Some(name(&actors, *thread).as_str()));
        for thread in mine.into_iter().chain(others) {
            if here.able >> thread & 1 == 1 && self.steps(thread) {
                return true;
            }
            if here.whims >> thread & 1 == 1 && self.tries(thread, How::Whim) {
                return true;
            }
        }
        let drains = here.drains.iter().enumerate();
        let mut drains = drains.flat_map(|(thread, all)| (0..*all).map(move |at| (thread, at)));
        drains.any(|(thread, at)| self.tries(thread, How::Drain(at as u8)))
    }

    /// A step of a thread in each way that it has.
    fn steps(&mut self, thread: usize) -> bool {
        self.moves.push(Move { thread: thread as u8, how: How::Step });
        let offered = self.hand.run(&self.moves).seen.offered;
        self.moves.pop();
        let older = (1..offered.min(255)).map(|older| How::Older(older as u8));
        [How::Step].into_iter().chain(older).any(|how| self.tries(thread, how))
    }

    fn tries(&mut self, thread: usize, how: How) -> bool {
        self.moves.push(Move { thread: thread as u8, how });
        let came = self.goes_on();
        if !came {
            self.moves.pop();
        }
        came
    }
}

/// Whether one step does what another does.
fn alike(made: &Step, shown: &Step) -> bool {
    let of = |step: &Step| {
        (step.thread.clone(), step.kind, step.field.clone(), step.value.clone(), step.wrote.clone())
    };
    of(made) == of(shown)
}
