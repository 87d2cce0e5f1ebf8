//! Turns what was found into text, JSON and pictures; decides nothing.

pub mod layout;
