//! A workshop as its students have it: from an empty folder to every exercise solved, with hostile
//! code, interruptions and bad input. Nothing here uses the network.
//!
//! The exercises are built in one folder under `target/tmp`, so that a second run builds only them.

mod answers;
mod bad_input;
mod figures;
mod foreign;
mod hostile;
mod interrupted;
mod marked;
mod packs;
mod played;
mod shop;
mod terminal;
mod unseen;
mod whole;
