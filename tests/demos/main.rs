//! The course: every version, every second race and every exercise is what it says it is; SafeMap
//! keeps its promises; and what is said of a type's bytes is so.

mod again;
mod begun;
mod exercises;
mod explored;
mod promise;
mod registry;
mod runtimes;
mod safe_map;

// The template of a demo is compiled here as it is in the course.
use racelab_demos::course;
