//! Why an execution failed: names, places and numbers. The sentence is made by whoever tells it.

use serde::{Deserialize, Serialize};

use crate::op;

/// Why an execution failed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// It ended in an outcome that is forbidden.
    Outcome {
        /// The outcome's name.
        id: String,
        /// Why it is forbidden, as its table has it.
        reason: String,
        /// The judge read a value older than the last one stored.
        judge_read_old: bool,
    },
    /// Two accesses to one object that nothing orders, or a use after the object's end.
    Conflict(Conflict),
    /// Memory that never came from the heap is given back to it, by this.
    NeverAllocated(Access),
    /// No thread can move: each that has not ended, and what it waits for.
    Deadlock(Vec<Wait>),
    /// These threads wait in a loop for a change that nobody can make.
    Livelock(Vec<String>),
    /// A thread panicked.
    Panic {
        /// Who, where that is known.
        actor: Option<String>,
        /// What it said, and where.
        said: String,
    },
    /// The process ended.
    Died(Death),
    /// The engine says it in words of its own.
    Said(String),
    /// Nothing is known but the kind of failure.
    Unknown,
}

/// Two accesses to one object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// The object's name.
    pub object: String,
    /// The one that came first.
    pub first: Access,
    /// The one that came after it.
    pub second: Access,
    /// What would order the two, if it were stronger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<Box<Edge>>,
}

/// A value that went from one thread to another, and orders nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edge {
    /// The name of the word.
    pub object: String,
    /// The write, after the first access.
    pub write: End,
    /// The read of what it wrote, before the second access.
    pub read: End,
}

/// One end of an [`Edge`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// The name of the thread.
    pub actor: String,
    /// As the source calls it: `store`, `fetch_add`.
    pub op: String,
    /// The ordering, as used.
    pub ordering: String,
    /// Whether that is too weak.
    pub weak: bool,
    /// The file, without its folders.
    pub file: String,
    /// Its line in that file, from 1.
    pub line: u32,
}

/// One access to an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    /// The name of the thread.
    pub actor: String,
    /// What it does.
    pub does: Does,
    /// The file, without its folders; empty where the place is not known.
    pub file: String,
    /// Its line in that file, from 1.
    pub line: u32,
}

/// What an access does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Does {
    /// It reads the object.
    Reads,
    /// It writes the object.
    Writes,
    /// It uses the object, in whatever way.
    Uses,
    /// It makes the object, while others run.
    Makes,
    /// It ends the object.
    Drops,
    /// It gives memory back to the heap.
    Frees,
    /// It stores to the object past the caches.
    Streams,
    /// It releases what its thread has stored.
    Releases,
    /// It stores a pointer to what it has made.
    Publishes,
    /// It reads a pointer, and may follow it.
    Follows,
    /// It changes what lies behind a pointer; the place is that of its operation before.
    Changes,
}

/// A thread that cannot move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wait {
    /// The name of the thread.
    pub actor: String,
    /// What it would do.
    pub kind: op::Kind,
    /// To which object; empty where that has no name.
    pub object: String,
    /// Who holds it.
    pub holder: Option<String>,
}

/// How a child process ended that left no answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Death {
    /// It was stopped after so many seconds.
    Late {
        /// So long it had, in seconds.
        seconds: f64,
        /// It had been in one execution of a checker for long.
        stuck: bool,
    },
    /// It used up its memory; the status is the system's words.
    OutOfMemory(String),
    /// A thread overflowed its stack, and said so.
    Overflow(String),
    /// It touched memory that it does not have.
    BadAccess {
        /// The system's words.
        status: String,
        /// The stack of each thread in KiB, where the engine makes it small.
        stack: Option<u32>,
    },
    /// It aborted; this is what it said, which may be nothing.
    Aborted(String),
    /// It ended by a panic outside of the actors, with these words and at this place: in the judge,
    /// when the memory was made, or when it was dropped.
    Panicked(String),
    /// It was killed by a signal.
    Killed(String),
    /// It ended as if all were well, before the exploration was over.
    EndedEarly,
    /// It ended itself.
    Exited {
        /// The system's words.
        status: String,
        /// The last that it said.
        last: String,
    },
}
