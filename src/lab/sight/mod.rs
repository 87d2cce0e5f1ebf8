//! What of a scenario no checker sees: std's types by mistake, and an actor that announces nothing.

mod answer;
mod known;
mod names;
mod pointers;
mod scan;
mod tokens;
mod uses;

#[cfg(test)]
mod tests;

pub use answer::in_answer;
pub use known::in_facade;
pub(crate) use pointers::unfollowed;
pub(crate) use scan::counts_of_std;
pub use scan::{in_text, of};
