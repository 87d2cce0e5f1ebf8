//! A structure against a specification: scenarios are generated, explored, and judged.

mod generate;
mod limits;
mod macros;
mod run;
mod shape;
mod states;
mod tested;
#[cfg(test)]
mod tests;

pub use limits::Limits;
pub use run::{again, engines, run};
pub use shape::Shape;
pub use tested::{Amounts, Calls, Failed, Said, Tested, Tried};
