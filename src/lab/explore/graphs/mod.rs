//! Every execution graph that C11 allows, once.
//!
//! # The algorithm
//!
//! This is TruSt (Kokologiannakis, Marmanis, Gladstein and Vafeiadis, *Truly stateless, optimal
//! dynamic partial order reduction*, POPL 2022). An execution is a [`graph`]: the events of each
//! thread, which write each read reads from, and the order of the writes to each word. A [`run`] of
//! the program adds its events one by one. A read that is added reads the newest write, and for each
//! older one that it could read another plan is pushed; a write comes last in its word's order, and
//! for each other place a plan is pushed ([`extend`]). And for each read before it that could read
//! it: [`revisit`]. A plan is a graph; whatever runs it executes the program anew, repeats the events
//! of the plan, and goes on. So nothing is ever kept of an execution but plans, and no graph comes
//! up twice.
//!
//! # The model
//!
//! RC11 (Lahav, Vafeiadis, Kang, Hur and Dreyer, *Repairing sequential consistency in C/C++11*, PLDI
//! 2017) with the release sequences of C++20: all that C11 and Rust allow, except that a load never
//! reads a store that comes after it in a cycle of program order and reads-from (load buffering).
//! What one added event can break is told by the clocks that find data races as well
//! ([`consistent`]). What x86 and sequential consistency show is read off each complete graph
//! ([`machine`]).
//!
//! # What waits
//!
//! Whatever std keeps in one order is a word of read-modify-writes ([`meet`]); nobody waits for it in
//! a run of its own ([`held`]). A lock whose readers meet is one word for each ([`readers`]). A loop that waits costs one read ([`progress`]).

mod asked;
mod by_hand;
mod chance;
mod choose;
mod compact;
mod consistent;
mod decides;
mod divided;
mod division;
mod ends;
mod event;
mod extend;
mod found;
mod graph;
mod held;
mod linear;
mod machine;
mod matrix;
mod meet;
mod parts;
mod policy;
mod progress;
mod readers;
mod repeat;
mod revisit;
mod row;
mod run;
mod shared;
mod show;
mod stopped;
#[cfg(test)]
mod tests;
mod told;
mod worker;

pub(super) use by_hand::ByHand;
pub use chance::RANDOM_GRAPHS;
#[cfg(test)]
pub(super) use policy::Graphs;
pub use row::GRAPHS;
#[cfg(test)]
pub(super) use row::explore;
