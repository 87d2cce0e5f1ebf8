//! A header of two words, torn.

crate::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
