//! What the actors of a race do that a specification judges: the calls that the scenario at hand says.

use super::{Outcome, Saw};
use crate::rt::calls;
use crate::specification::EXPLAINED;

/// What each of a structure's operations answers, as `{:?}` writes it.
type Real<M> = &'static [fn(&M, &[u64]) -> String];

/// Makes the memory, and the calls before the threads start.
pub fn begin<M>(make: fn() -> M, real: Real<M>) -> M {
    let memory = make();
    calls::first(&memory, real);
    memory
}

/// Makes the calls of the thread of this number.
pub fn act<M>(thread: usize, memory: &M, _: &mut Saw, real: Real<M>) {
    calls::act(thread, memory, real);
}

/// Makes the calls after all threads have ended. What they amount to is judged by whoever knows the
/// order of the operations.
pub fn end<M>(memory: &M, real: Real<M>) -> Outcome {
    calls::last(memory, real);
    EXPLAINED
}
