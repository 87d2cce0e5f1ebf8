//! A workshop as its students have it: from an empty folder to every exercise solved, with hostile
//! code, interruptions and bad input. Nothing here uses the network.
//!
//! The exercises are built in one folder under `target/tmp`, so that a second run builds only them.

#[path = "workshop/bad_input.rs"]
mod bad_input;
#[path = "workshop/hostile.rs"]
mod hostile;
#[path = "workshop/interrupted.rs"]
mod interrupted;
#[path = "workshop/packs.rs"]
mod packs;
#[path = "json/schema.rs"]
mod schema;
#[path = "workshop/shop.rs"]
mod shop;
#[path = "workshop/unseen.rs"]
mod unseen;
#[path = "workshop/whole.rs"]
mod whole;
