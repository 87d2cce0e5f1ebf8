//! What one execution called of a structure that a specification judges, and which of its operations
//! belong to which call.

use super::op::MAX_THREADS;
use crate::specification::{Answer, Call, Called, Specification};

/// A call that was answered, and where its operations are.
#[derive(Clone, Debug)]
pub(crate) struct Ran {
    pub(crate) called: Called,
    /// How often its thread had moved when it was made, and when it was answered.
    pub(crate) moved: (u32, u32),
    /// What the race clocks say that comes before its first operation, that one included.
    pub(crate) after_first: [u32; MAX_THREADS],
    /// How far its thread had come at its last operation: whoever has this in its clock came after.
    pub(crate) at_last: u32,
}

/// The calls of one execution.
#[derive(Debug, Default)]
pub(crate) struct Calls {
    /// What judges them, where anything does.
    pub(crate) specification: Option<&'static Specification>,
    pub(crate) first: Vec<(Call, Answer)>,
    pub(crate) ran: Vec<Ran>,
    pub(crate) last: Vec<(Call, Answer)>,
    /// How often each thread was let go on.
    pub(crate) moves: [u32; MAX_THREADS],
}

impl Calls {
    /// Begins an execution.
    pub(super) fn begin(&mut self) {
        self.specification = None;
        self.first.clear();
        self.ran.clear();
        self.last.clear();
        self.moves = [0; MAX_THREADS];
    }
}
