//! Litmus programs: a gallery of the classic shapes, herd's C format, and what each memory model
//! allows.
//!
//! A program is data ([`Program`]), interpreted over the facade's atomics: the engine `graphs` explores
//! it under SC, x86 and C11, and real threads run it. What C11 allows beyond the engine, load
//! buffering, comes from a rule over candidate executions, and is told apart ([`Row::by_rule`]).

mod axioms;
mod candidates;
pub mod gallery;
mod judge;
mod lexer;
mod parse;
mod print;
pub mod program;
mod race;
mod relation;
mod run;
#[cfg(test)]
mod tests;

pub use judge::{
    Again, Answer, Judged, Limits, Row, Rule, Shown, again, in_tokens, judge, to_show,
};
pub use parse::{Wrong, read};
pub use print::{Line, columns, herd, question};
pub use program::Program;

/// This crate's own source, packed by `racelab-source`.
#[cfg(feature = "source")]
pub const SOURCE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/source.bin"));
