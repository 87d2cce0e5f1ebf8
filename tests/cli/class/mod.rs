//! `racelab class` and `racelab exercise handin`, as an instructor and a room use them.

mod bundle;
mod handin;
mod room;
