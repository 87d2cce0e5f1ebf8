//! What the `scenario!` macro asks of a race, for each runtime that it was compiled for.

use super::execution::execute;
use super::{loom, shuttle};
use crate::fields::Fields;
use crate::layout::TypeLayout;
use crate::race::{Case, Race};
use crate::scenario::NamedCase;

/// The names of its actors.
pub fn actors<M>(race: &Race<M>) -> Vec<&'static str> {
    race.actors.iter().map(|actor| actor.name).collect()
}

/// Where the code of each of its actors begins, in the order of their names.
pub fn code<M>(race: &Race<M>) -> Vec<usize> {
    race.actors.iter().map(|actor| actor.run as usize).collect()
}

/// Its single-threaded cases, each on fresh memory.
pub fn cases<M>(race: &'static Race<M>) -> Vec<NamedCase> {
    named(race, race.cases)
}

/// What must be so of its bytes, each on fresh memory.
pub fn assertions<M>(race: &'static Race<M>) -> Vec<NamedCase> {
    named(race, race.layout)
}

fn named<M>(race: &'static Race<M>, cases: &'static [Case<M>]) -> Vec<NamedCase> {
    let case = |case: &'static Case<M>| {
        let run: Box<dyn Fn()> = Box::new(move || (case.run)(&(race.memory)()));
        (case.name, run)
    };
    cases.iter().map(case).collect()
}

/// The layouts of its memory.
pub fn layouts<M: Fields>(_: &Race<M>) -> Vec<TypeLayout> {
    let mut layouts = Vec::new();
    M::layouts(&mut layouts);
    layouts
}

/// One execution inside loom.
pub fn run_in_loom<M: Fields + Send + Sync + 'static>(race: &'static Race<M>) {
    execute(race, &mut loom::threads);
}

/// Executions inside shuttle, until its driver wants no more or shuttle is to begin anew.
pub fn run_in_shuttle<M: Fields + Send + Sync + 'static>(race: &'static Race<M>) {
    shuttle::rounds::run(|threads| execute(race, threads));
}
