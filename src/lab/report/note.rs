//! What is worth knowing beside a verdict, and what an engine cannot see in a program: as data.

use serde::{Deserialize, Serialize};

use super::{Report, Second, Unseen};

/// What is worth knowing beside a verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Note {
    /// The failure may be one that cannot happen: a blind spot says why.
    FalseAlarm,
    /// The failure may be one that cannot happen: the program counts owners by std's own `Arc`.
    ArcOfStd,
    /// The engine that was asked for came to no end, and another found the failure.
    FoundBy {
        /// The name of that other.
        by: String,
        /// What the one that was asked for had to say, without outcomes.
        asked: Box<Report>,
    },
    /// The engine that was asked for came to no end, and another did within the bound that was set.
    Within {
        /// What the one that was asked for had to say, without outcomes.
        asked: Box<Report>,
    },
    /// The engine that was asked for came to no end, and another looked further, without outcomes.
    Then(Box<Report>),
    /// So many executions were given up as redundant.
    Redundant(u64),
    /// In so many executions a thread waits that has only not looked again: they are no ends.
    Waiting(u64),
    /// Without a bound, the engine came so many executions far and found nothing.
    WithoutBound(u64),
    /// An exact engine says something else, and decides.
    Overruled(Second),
    /// The engine of this name never ends a loop that waits without a yield.
    MustYield(String),
    /// One thread came to a place so often in one execution.
    Busy {
        /// The file, without its folders.
        file: String,
        /// Its line in that file, from 1.
        line: u32,
        /// How often in that execution.
        count: u32,
    },
    /// Something in the program is not modelled, namely this.
    NotModelled(String),
    /// Something that the checkers do not see, beside what they do.
    NotSeen(Unseen),
    /// A closure was explored in the process of its test, and not in a child.
    InProcess(NoChild),
    /// Something about the machine.
    Machine(MachineNote),
}

/// Why no child explored a closure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoChild {
    /// The name of the test is not known.
    Unnamed,
    /// A child was started, and ended before it came to this call.
    NotReached,
    /// Whoever runs the test wants it so.
    Wanted,
}

/// What a reader has to know about the machine to read figures from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MachineNote {
    /// Threads were not pinned to CPUs.
    NotPinned,
    /// The CPU has no steady counter, and the system's clock was read.
    NoCounter,
    /// So many threads took turns on so many CPUs.
    Turns {
        /// How many threads the race has.
        threads: usize,
        /// How many CPUs there were for them.
        cpus: usize,
    },
    /// Threads that take turns are rarely interrupted, and nothing made them yield.
    RarelyInterrupted,
    /// The race gave its CPU away at random.
    Amplified,
}

/// What an engine cannot see, or may get wrong, in the program at hand. Each is named by what the
/// program does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlindSpot {
    /// A plain store races a read-modify-write on one word.
    StoreAgainstRmw,
    /// It loads or stores with SeqCst.
    SeqcstAccess,
    /// It stores to a word more often than the engine remembers.
    ManyStores,
    /// Two threads each load one word and then store the other.
    LoadBuffering,
    /// It uses SeqCst fences.
    SeqcstFence,
    /// A compare-exchange fails.
    FailedExchange,
    /// A thread writes a word twice, and another writes and reads it.
    IncoherentOrder,
    /// A thread reads a word and writes it later, and another touches it twice.
    LostInterleavings,
    /// A lock is tried for.
    TryLock,
    /// A thread is given its token twice.
    Tokens,
    /// Two threads read under one lock.
    Readers,
    /// A thread yields.
    Yield,
    /// A thread waits for a condition variable, or parks.
    Wakeup,
    /// It uses `compare_exchange_weak`.
    WeakExchange,
    /// Something that an engine which racelab does not come with says in words of its own.
    Said(String),
}
