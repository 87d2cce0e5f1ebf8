//! What of a scenario no checker sees: std's types by mistake, and an actor that announces nothing.

mod known;
mod names;
mod scan;
mod tokens;
mod uses;

#[cfg(test)]
mod tests;

pub use known::in_facade;
pub(crate) use scan::counts_of_std;
pub use scan::{in_text, of};
