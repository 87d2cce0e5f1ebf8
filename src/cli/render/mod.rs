//! What the command line prints: text, pictures and JSON.

pub mod asm;
pub mod bench;
pub mod class;
pub mod cost;
pub mod curve;
pub mod detectors;
mod diff;
mod drawing;
pub mod exercise;
pub mod histogram;
pub mod html;
pub mod json;
pub mod lanes;
pub mod litmus;
pub mod markdown;
pub mod outcomes;
pub mod owners;
pub mod places;
mod reordering;
pub mod run;
pub mod source;
pub mod stage;
pub mod story;
pub mod task;
pub mod verdict;
pub mod weaken;
