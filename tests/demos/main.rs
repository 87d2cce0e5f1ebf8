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

// What is weakened here may give memory back too soon: it stays until its execution is over.
#[global_allocator]
static HEAP: racelab::rt::quarantine::Quarantine = racelab::rt::quarantine::Quarantine;

// The template of a demo is compiled here as it is in the course.
use racelab_demos::course;
