//! An execution that a hand steers: its moves, and what was seen where they have come to their end.

use serde::{Deserialize, Serialize};

use super::panics;
use super::shuttle::policy::{Moment, Policy, Threads};
use super::tally::{Blocked, Ended};
use crate::report::Kind;
use crate::rt::op::{MAX_THREADS, Object, Op};
use crate::rt::{clocks, context};

/// A move: which thread goes on, by its number from 1, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Move {
    /// The actors in their order; threads that they start follow.
    pub thread: u8,
    /// How it goes on.
    pub how: How,
}

/// How a thread goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum How {
    /// It reads the newest there is, and its store is the last.
    Step,
    /// It reads a store so much older than the newest that it may read, or its store stands so many
    /// places before the last.
    Older(u8),
    /// What std allows without a reason happens: a weak exchange fails, one that waits wakes up.
    Whim,
    /// A store of its buffer reaches the memory: of those that can, the oldest or a later one.
    Drain(u8),
}

/// A policy that performs the moves of a hand.
pub(in crate::explore) trait Steers: Policy + Sized + 'static {
    /// Its moves, and what it has seen.
    fn hand(&mut self) -> (&mut Moves, &mut Seen);

    /// Where the moves come to their end, chance goes on.
    fn by_chance(mut self, seed: u64) -> Self {
        self.hand().0.chance = Some(fastrand::Rng::with_seed(seed));
        self
    }

    /// What was seen, with the moves that were made.
    fn seen(mut self) -> Seen {
        let (moves, seen) = self.hand();
        let (performed, moves) = (moves.at, std::mem::take(&mut moves.all));
        Seen { performed, moves, ..std::mem::take(seen) }
    }
}

/// The moves, and what comes after them.
pub(in crate::explore) struct Moves {
    all: Vec<Move>,
    pub(in crate::explore) at: usize,
    chance: Option<fastrand::Rng>,
}

impl Moves {
    pub(in crate::explore) fn new(moves: &[Move]) -> Moves {
        Moves { all: moves.to_vec(), at: 0, chance: None }
    }

    /// The next one; none where a hand is to choose.
    pub(in crate::explore) fn next(&self) -> Option<Move> {
        self.all.get(self.at).copied()
    }

    /// The last move was drawn, and wanted something older than there was: it has taken the newest.
    pub(in crate::explore) fn took_the_newest(&mut self) -> bool {
        if let (Some(_), Some(last)) = (&self.chance, self.at.checked_sub(1)) {
            self.all[last].how = How::Step;
        }
        self.chance.is_some()
    }

    /// A move by chance, of a thread that can go on: rather of the one that went last. `older` is
    /// how far back it may look.
    pub(in crate::explore) fn draw(&mut self, seen: &Seen, last: Option<usize>, older: u8) {
        let Some(chance) = &mut self.chance else { return };
        let able = seen.alive & seen.able;
        let stays = last.filter(|last| able >> last & 1 == 1).filter(|_| chance.u8(..4) > 0);
        let steps = stays.map_or(able, |last| 1 << last);
        let some = |set: u16, how| {
            let threads = (1..MAX_THREADS).filter(move |thread| set >> thread & 1 == 1);
            threads.map(move |thread| Move { thread: thread as u8, how })
        };
        let mut all: Vec<Move> = some(steps, How::Step).collect();
        if stays.is_none() {
            // A streamed store may pass those before it.
            for (thread, free) in seen.drains.iter().enumerate() {
                let drain = |which| Move { thread: thread as u8, how: How::Drain(which) };
                all.extend((0..*free as u8).map(drain));
            }
            if chance.u8(..8) == 0 || able == 0 {
                all.extend(some(seen.alive & seen.whims, How::Whim));
            }
        }
        let Some(mut drawn) = chance.choice(&all).copied() else { return };
        if older > 0 && drawn.how == How::Step && chance.u8(..4) == 0 {
            drawn.how = How::Older(chance.u8(1..=older));
        }
        self.all.push(drawn);
    }
}

/// A store that waits in a buffer: its object and its value.
pub(in crate::explore) type Buffered = (Object, u64);

#[derive(Default)]
pub(in crate::explore) struct Seen {
    /// Threads that have not ended, those that can go on, and those in whose operation std allows
    /// something without a reason: a bit each.
    pub(in crate::explore) alive: Threads,
    pub(in crate::explore) able: Threads,
    pub(in crate::explore) whims: Threads,
    /// What each is about to do.
    pub(in crate::explore) pending: Vec<Op>,
    /// How many there were to choose from in the last operation.
    pub(in crate::explore) offered: usize,
    /// The stores that wait in the buffer of each thread, the oldest first.
    pub(in crate::explore) buffers: Vec<Vec<Buffered>>,
    /// How many of them can reach the memory now, by thread.
    pub(in crate::explore) drains: Vec<usize>,
    /// All who have not ended, and whom they wait for.
    pub(in crate::explore) blocked: Vec<Blocked>,
    /// How many threads there are, the harness among them; the moves, and how many were made.
    pub(in crate::explore) threads: usize,
    pub(in crate::explore) moves: Vec<Move>,
    pub(in crate::explore) performed: usize,
    /// The move that was not possible.
    pub(in crate::explore) astray: Option<usize>,
    pub(in crate::explore) ended: Option<Ended>,
    /// What a panic said.
    pub(in crate::explore) said: Option<String>,
}

impl Seen {
    /// The moves have come to their end here.
    pub(in crate::explore) fn stops(&mut self, moment: &Moment<'_>) {
        (self.alive, self.able, self.whims) = (moment.alive, 0, 0);
        self.pending = moment.pending[..MAX_THREADS].to_vec();
    }

    /// This move is not possible.
    pub(in crate::explore) fn astray(&mut self, at: usize) {
        self.astray.get_or_insert(at);
    }

    /// What it amounts to that the policy has stopped.
    pub(in crate::explore) fn ended_by(&mut self, blocked: Vec<Blocked>) -> Ended {
        self.blocked.clone_from(&blocked);
        if self.astray.is_some() {
            Ended::Truncated
        } else if clocks::raced() {
            Ended::Broken(Kind::DataRace, blocked)
        } else if self.able == 0 && self.whims == 0 && self.drains.iter().all(|can| *can == 0) {
            Ended::Deadlock(blocked)
        } else {
            Ended::Redundant
        }
    }

    pub(in crate::explore) fn end(&mut self, ended: &Ended) {
        self.threads = context::with(|context| context.threads.get());
        self.said = panics::take().map(|panic| panic.message);
        self.ended = Some(match ended {
            Ended::Redundant if clocks::raced() => {
                Ended::Broken(Kind::DataRace, self.blocked.clone())
            }
            ended => ended.clone(),
        });
    }
}
