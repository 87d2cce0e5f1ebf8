//! The course: every version, every second race and every exercise is what it says it is, and
//! SafeMap keeps its promises.

mod again;
mod begun;
mod exercises;
mod explored;
mod figures;
mod graphs;
mod promise;
mod runtimes;
mod safe_map;
mod specified;
mod tokens;

// The template of a demo is compiled here as it is in the course.
use racelab_demos::course;
