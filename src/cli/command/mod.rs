//! The commands: each reads its arguments, explores or looks up, has it rendered, and says how it
//! ended.

pub mod asm;
pub mod bench;
pub mod check;
pub mod class;
pub mod completions;
pub mod demo;
mod ending;
pub mod exercise;
pub mod explain;
pub mod explorations;
pub mod explore;
mod interrupt;
pub mod layout;
pub mod layouts;
pub mod list;
pub mod litmus;
mod merge;
pub mod new_demo;
mod next;
mod out;
pub mod outcomes;
mod progress;
#[cfg(feature = "redis")]
mod redis;
pub mod replay;
pub mod report;
mod signals;
pub mod start;
mod table;
mod weaken;

pub use ending::Ending;
pub use out::{Out, say};
pub use signals::listen;
