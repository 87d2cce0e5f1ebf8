//! What the `scenario!` macro asks of a race, for each runtime that it was compiled for.

use super::execution::execute;
use super::{loom, shuttle};
use crate::fields::Fields;
use crate::layout::TypeLayout;
use crate::race::{Case, Race};
use crate::scenario::NamedCase;
use crate::sight::{Declared, Inspection};

/// The names of its actors.
pub fn actors<M>(race: &Race<M>) -> Vec<&'static str> {
    each(race.actors.len(), &|actor| race.actors[actor].name)
}

/// Where the code of each of its actors begins, in the order of their names.
pub fn code<M>(race: &Race<M>) -> Vec<usize> {
    each(race.actors.len(), &|actor| race.actors[actor].run as usize)
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
    each(cases.len(), &|case| {
        let case = &cases[case];
        let run: Box<dyn Fn()> = Box::new(move || (case.run)(&(race.memory)()));
        (case.name, run)
    })
}

/// A list of so many: compiled once for all races.
fn each<T>(count: usize, of: &dyn Fn(usize) -> T) -> Vec<T> {
    (0..count).map(of).collect()
}

/// The layouts of its memory.
pub fn layouts<M: Fields>(_: &Race<M>) -> Vec<TypeLayout> {
    let mut layouts = Vec::new();
    M::layouts(&mut layouts);
    layouts
}

/// The declared fields of its memory. Called for a checker's copy alone: there, what std's own types
/// do does not compile.
pub fn fields<M: Fields>(_: &Race<M>) -> Vec<Declared> {
    let mut found = Inspection::default();
    M::inspect::<M>(&mut found);
    found.fields()
}

/// One execution inside loom.
pub fn run_in_loom<M: Fields + Send + Sync + 'static>(race: &'static Race<M>) {
    execute(race, &mut loom::threads);
}

/// Executions inside shuttle, until its driver wants no more or shuttle is to begin anew.
pub fn run_in_shuttle<M: Fields + Send + Sync + 'static>(race: &'static Race<M>) {
    shuttle::rounds::run(|threads| execute(race, threads));
}
