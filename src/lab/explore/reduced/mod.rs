//! The reduced search: every class of equivalent interleavings, about once.
//!
//! # The algorithm
//!
//! This is source-DPOR with sleep sets, Algorithm 1 of Abdulla, Aronis, Jonsson and Sagonas, *Optimal
//! dynamic partial order reduction* (POPL 2014). It is a depth-first search. An execution is a list
//! of operations, and before each of them lies a *branch*: the state in which its thread was chosen.
//! When an operation has been performed, [`trace`] looks for *reversible races*: an earlier operation
//! of another thread whose order with this one matters, which nothing between them orders, and
//! without which this operation would have been possible too. For such a race the search goes back
//! to the branch before the earlier operation. There it wants an execution that begins with v: all
//! that came after the earlier operation and does not depend on it, and then the later operation.
//! It is enough to try one thread that could go first in v (an *initial* of v), and nothing is added
//! if one of these is to be tried there already: that is what makes it a *source set*.
//!
//! The *sleep set* of a branch holds the threads whose next operation need not be performed there,
//! because all that begins with it was explored from a state beside this one. When a thread has been
//! tried at a branch, it sleeps below the threads that are tried after it, until an operation that
//! depends on its own wakes it. If all that can move are asleep, an equivalent of whatever follows
//! was explored: the execution is given up and counted as redundant, not as a class. A race whose
//! initials sleep at its branch needs nothing for the same reason.
//!
//! The executions of a program of two actors, without the steps of the harness and the ends of the
//! actors. `took` is the thread that was chosen at the branch, `backtrack` and `sleep` are the sets
//! when the execution has ended:
//!
//! ```text
//! writer (w)        reader (r)
//! length <- 16      array  -> ?
//! array  <- 2       length -> ?
//!
//!            execution 1: w w r r      execution 2: w r r w      execution 3: r r w w
//! branch     took  backtrack  sleep    took  backtrack  sleep    took  backtrack  sleep
//!    0        w    {w}        {}        w    {w, r}     {}        r    {w, r}     {w}
//!    1        w    {w, r}     {}        r    {w, r}     {w}       r    {r}        {w}
//!    2        r    {r}        {}        r    {r}        {}        w    {w}        {}
//!    3        r    {r}        {}        w    {w}        {}        w    {w}        {}
//! ```
//!
//! Execution 1 has one race, of the two accesses to `array`: r goes on the list at branch 1. (The
//! accesses to `length` are ordered, through `array`.) In execution 2 the accesses to `length` race,
//! and r goes on the list at branch 0; those to `array` race as well, but their initial w was tried
//! at branch 1. In execution 3 w sleeps at branches 0 and 1, since it was tried at branch 0 and
//! `array -> ?` does not depend on `length <- 16`; `length -> ?` wakes it. The race of `length` then
//! adds nothing at branch 1, where w sleeps. No list has anything left: three classes.
//!
//! # The paper's names
//!
//! | paper | here |
//! |---|---|
//! | E, the execution so far | `Trace::events`; the choices that led to it: the pool's `Prefix`, then `Reduced::stack` |
//! | pre(E, e), the execution before event e | the branch with e's number, in `Reduced::prefix` or `Reduced::stack` |
//! | enabled(s_\[E\]), next_\[E\](p) | `Candidates::enabled`, `Candidates::pending` |
//! | backtrack(E) | `Branch::backtrack`; `Choices::backtrack` of a `SharedBranch` |
//! | Sleep at E | `Candidates::sleep`, and with it `Branch::done` (`Choices::begun`): threads that were tried at this branch |
//! | E ⊨ p ◇ q, independent after E | `dependence::independent`, of what both would do |
//! | →_E, happens before | `Event::clock`, asked by `Trace::before` and `Trace::follows` |
//! | e ≲_E e', a reversible race | `ReversibleRace`, found by `Trace::races` |
//! | v = notdep(e, E).p and I_\[E'\](v), its initials | `Trace::initials`, which does not store v |
//! | "add some q to backtrack(E')" | `branch::wanted`, called by `Reduced::reverse` |
//! | E ≃ E', a Mazurkiewicz trace | a class; `Trace::fingerprint` |
//! | wut(E), wakeup trees | none: they belong to Algorithm 2, optimal DPOR |
//!
//! # Where it differs
//!
//! The paper looks for the races of an operation before it is performed, this search when it was:
//! only then is it known whether a compare-exchange was a write or a read. An initial that is not
//! enabled at its branch is replaced by all that are. Operations that a deadlock or a livelock keeps
//! from running are looked at for races as well, and so are those that wait where an execution is
//! given up. A weak exchange that succeeded may be performed again, failing (`Branch::to_fail`). An
//! exploration that takes long is shared by a worker pool ([`pool`]), in which a branch that two
//! workers use is a `SharedBranch`. What is dependent, and what locks, queues and waiting loops make
//! of races, stands in the book's page on the search and in [`dependence`] and [`trace`].

mod branch;
mod dependence;
mod policy;
mod pool;
mod row;
mod sabotage;
mod second_look;
mod simplest;
#[cfg(test)]
mod tests;
mod trace;

pub(crate) use policy::{Reduced, Unfit};
pub use row::REDUCED;
