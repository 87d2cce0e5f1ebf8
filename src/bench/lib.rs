//! What `racelab bench` measures with: SafeMap, its rivals and three published maps, in turns.
//!
//! The machine under a virtual one changes while it measures: two of its processors are two cores
//! now and two threads of one core a moment later. So no figure of one map is compared with a figure
//! of another that was taken at another time. All maps take turns, a *block* of some milliseconds
//! each, and a *round* is one block of every map; a ratio is taken within one round, and what is
//! reported is the median over the rounds, with its 95 % interval. Before and after each round a
//! cache line is handed to and fro: what one way takes is the *state* that the round was measured
//! in, and ratios of different states are not mixed.
//!
//! | module | what it is |
//! |---|---|
//! | [`keys`] | the keys and values: numbers or strings, made from an index |
//! | [`draw`] | which key comes next: uniform, or by Zipf's law |
//! | [`mix`] | how many reads among the operations |
//! | [`maps`] | every map behind one trait, and the table of those that take part |
//! | [`seat`] | a filled map and its keys: what a thread does in a block |
//! | [`reading`] | the clock, read when what came before is done |
//! | [`allocations`] | an allocator that counts, where it is asked to |
//! | [`memory`] | what a map allocates, what an entry takes, how it grows, what the whole of it takes |
//! | [`go`] | Go's maps, in a program of their own that takes part in the rounds |
//! | [`others`] | these, for one filling |
//! | [`round`] | one block of every map, in turns |
//! | [`states`] | the clusters of what a store costs between two CPUs |
//! | [`interval`] | a median and its 95 % interval |
//! | [`cell`] | one row of the table: keys, threads and mix, measured |
//! | [`plan`] | which cells, for how long, and how much memory they need |
//! | [`available`] | how much memory a plan may take |
//! | [`report`] | what was measured, as data |
//! | [`run`] | all of it in its order; stopped at any time, and taken up again |
//! | [`advise`] | which map to take for a load, from such a run |
//! | [`tree`] | questions about a load that lead to a map, from such a run |
//! | [`case`] | the article's case: requests at their times, new ids, work that is done twice |

pub mod advise;
pub mod allocations;
pub mod available;
pub mod case;
pub mod cell;
pub mod draw;
pub mod go;
pub mod interval;
pub mod keys;
pub mod maps;
pub mod memory;
pub mod mix;
pub mod others;
pub mod plan;
pub mod reading;
pub mod report;
pub mod round;
pub mod run;
pub mod seat;
pub mod states;
pub mod tree;

/// This crate's own source, packed by `racelab-source`.
#[cfg(feature = "source")]
pub const SOURCE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/source.bin"));
