//! `racelab class` and `racelab exercise handin`, as an instructor and a room use them.

#[path = "class/bundle.rs"]
mod bundle;
#[path = "class/handin.rs"]
mod handin;
#[path = "class/room.rs"]
mod room;
#[path = "json/schema.rs"]
mod schema;
