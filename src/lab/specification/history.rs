//! What was called and answered in one execution, and which ends of the calls came before which.

use serde::{Deserialize, Serialize};

use super::Call;

/// What a call came to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// It answered this, as `{:?}` writes it.
    Gave(String),
    /// It panicked, and said this.
    Panicked(String),
}

impl Answer {
    /// Whether this is what another is. What a panic says is nobody's promise.
    pub(super) fn is(&self, other: &Answer) -> bool {
        match (self, other) {
            (Answer::Gave(a), Answer::Gave(b)) => a == b,
            (Answer::Panicked(_), Answer::Panicked(_)) => true,
            _ => false,
        }
    }

    /// The answer, as a specification is told it that follows it; nothing where there was none.
    pub(super) fn seen(&self) -> &str {
        match self {
            Answer::Gave(text) => text,
            Answer::Panicked(_) => "",
        }
    }

    /// Whether it says that nothing was done.
    pub(super) fn refuses(&self) -> bool {
        matches!(self, Answer::Gave(text)
            if text == "None" || text == "false" || text.starts_with("Err("))
    }
}

/// A call that was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Called {
    /// The number of its thread, from 0.
    pub thread: usize,
    /// What was called.
    pub call: Call,
    /// What came of it.
    pub answer: Answer,
}

/// The calls of one execution. Those of one thread stand in their order.
#[derive(Clone, Debug)]
pub struct History {
    /// Those made before the threads started.
    pub first: Vec<(Call, Answer)>,
    /// Those made by threads: at most [`MOST_CALLS`](super::MOST_CALLS).
    pub calls: Vec<Called>,
    /// Those made after all threads had ended.
    pub last: Vec<(Call, Answer)>,
    /// Which came before which.
    pub order: Order,
}

/// Which calls came before which.
#[derive(Clone, Debug)]
pub enum Order {
    /// For each call, those that had answered before it was made, a bit each.
    Fixed(Vec<u32>),
    /// What is so of their ends in every interleaving of a class.
    Ends(Ends),
}

/// What is so of the ends of calls in every interleaving of a class. A call begins with its first
/// operation and ends with its last: had it been made earlier or answered later, fewer calls would
/// be in order, and more would be explained.
#[derive(Clone, Debug, Default)]
pub struct Ends {
    /// For each call, those whose first operation comes before its first, a bit each.
    pub first_first: Vec<u32>,
    /// Those whose first operation comes before its last.
    pub first_last: Vec<u32>,
    /// Those whose last operation comes before its first.
    pub last_first: Vec<u32>,
    /// Those whose last operation comes before its last.
    pub last_last: Vec<u32>,
    /// The calls that are one operation at most, a bit each: they begin and end at once.
    pub single: u32,
}

impl History {
    /// For each call, the earlier ones of its thread, a bit each.
    pub fn program_order(&self) -> Vec<u32> {
        let calls = self.calls.iter().enumerate();
        calls
            .map(|(at, call)| {
                let before = self.calls[..at].iter().enumerate();
                let mine = before.filter(|(_, other)| other.thread == call.thread);
                mine.fold(0, |set, (other, _)| set | 1 << other)
            })
            .collect()
    }
}
