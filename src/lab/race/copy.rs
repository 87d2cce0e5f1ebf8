//! A race as it was compiled for one runtime, whatever its memory is made of.
//!
//! `scenario!` compiles a source once for each runtime, and each copy has a memory of another type.
//! Behind these traits they are alike: an engine asks one for what it needs, and what does not
//! depend on the type of the memory is compiled once.

use super::{Case, Outcome, Race, Saw, Terms};
use crate::fields::{Fields, Inspection, Leaf};
use crate::layout::TypeLayout;
use crate::rt::calls;

/// Runs one actor in the iteration of this number.
pub type Run<'a> = dyn Fn(usize, &mut Saw) + 'a;

/// Judges the iteration of this number.
pub type Judge<'a> = dyn Fn(usize, &[Saw]) -> Outcome + 'a;

/// A copy for real threads.
pub trait OnThreads: Sync {
    /// What was agreed on, apart from the memory.
    fn terms(&self) -> &Terms;
    /// The names of the actors, in their order.
    fn actors(&self) -> Vec<&'static str>;
    /// Memory for many iterations, none yet.
    fn memories(&self) -> Box<dyn Memories + '_>;
}

/// The copy that is nothing but std: what its bytes and its code are, and what one thread alone
/// does with it.
pub trait Native: OnThreads {
    /// Where the machine code of each actor begins.
    fn code(&self) -> Vec<usize>;
    /// What one thread alone must get right, by name, and then what must be so of the bytes.
    fn cases(&self) -> [Vec<&'static str>; 2];
    /// Runs one case of either list on fresh memory; it panics when it is not so.
    fn run_case(&self, bytes: bool, index: usize);
    /// Adds the layouts of its memory.
    fn layouts(&self, out: &mut Vec<TypeLayout>);
}

/// A copy for a checker.
pub trait UnderChecker: Sync {
    /// What was agreed on, apart from the memory.
    fn terms(&self) -> &Terms;
    /// How many actors it was written for; [`actors`] says how many of them run.
    fn actors(&self) -> usize;
    /// Adds the declared fields of its memory. What std's own types do does not compile in such a
    /// copy.
    fn inspect(&self, found: &mut Inspection);
    /// Makes fresh memory for one execution.
    fn begin(&'static self) -> Box<dyn Play>;
}

/// Memory of many iterations.
pub trait Memories: Send + Sync {
    /// The size of one, in bytes, not counting what hangs on it.
    fn size(&self) -> usize;
    /// Makes fresh memory for so many iterations; drops the old.
    fn prepare(&mut self, iterations: usize);
    /// Tells `each` how many iterations there are, and how to run one actor in one of them.
    fn act(&self, actor: usize, each: &mut dyn FnMut(usize, &Run<'_>));
    /// Tells `each` how many iterations there are, and how to judge one of them.
    fn judge(&self, each: &mut dyn FnMut(usize, &Judge<'_>));
}

/// A race and its memory in one execution.
pub trait Play: Send + Sync {
    /// Adds the words that have names.
    fn leaves(&self, out: &mut Vec<Leaf>);
    /// Runs one actor.
    fn act(&self, actor: usize, saw: &mut Saw);
    /// Judges what all have done.
    fn outcome(&self, saws: &[Saw]) -> Outcome;
}

impl<M: Fields + Send + Sync> OnThreads for Race<M> {
    fn terms(&self) -> &Terms {
        &self.terms
    }
    fn actors(&self) -> Vec<&'static str> {
        each(self.actors.len(), &|actor| self.actors[actor].name)
    }
    fn memories(&self) -> Box<dyn Memories + '_> {
        Box::new(Iterations { race: self, memories: Vec::new() })
    }
}

impl<M: Fields + Send + Sync> Native for Race<M> {
    fn code(&self) -> Vec<usize> {
        each(self.actors.len(), &|actor| self.actors[actor].run as usize)
    }
    fn cases(&self) -> [Vec<&'static str>; 2] {
        let names = |cases: &'static [Case<M>]| each(cases.len(), &|case| cases[case].name);
        [names(self.cases), names(self.layout)]
    }
    fn run_case(&self, bytes: bool, index: usize) {
        let cases = if bytes { self.layout } else { self.cases };
        (cases[index].run)(&(self.memory)());
    }
    fn layouts(&self, out: &mut Vec<TypeLayout>) {
        M::layouts(out);
    }
}

impl<M: Fields + Send + Sync> UnderChecker for Race<M> {
    fn terms(&self) -> &Terms {
        &self.terms
    }
    fn actors(&self) -> usize {
        self.actors.len()
    }
    fn inspect(&self, found: &mut Inspection) {
        M::inspect::<()>(found);
    }
    fn begin(&'static self) -> Box<dyn Play> {
        Box::new(Playing { race: self, memory: Box::new((self.memory)()) })
    }
}

/// How many actors of a race run: a generated scenario need not have so many threads.
pub(crate) fn actors(race: &dyn UnderChecker) -> usize {
    let threads = race.terms().specification.and_then(|_| calls::threads());
    threads.map_or(race.actors(), |threads| threads.min(race.actors()))
}

/// A list of so many: compiled once for all races.
fn each<T>(count: usize, of: &dyn Fn(usize) -> T) -> Vec<T> {
    (0..count).map(of).collect()
}

struct Iterations<'r, M: 'static> {
    race: &'r Race<M>,
    memories: Vec<M>,
}

impl<M: Send + Sync> Memories for Iterations<'_, M> {
    fn size(&self) -> usize {
        size_of::<M>()
    }
    fn prepare(&mut self, iterations: usize) {
        self.memories.clear();
        self.memories.resize_with(iterations, self.race.memory);
    }
    fn act(&self, actor: usize, each: &mut dyn FnMut(usize, &Run<'_>)) {
        let run = self.race.actors[actor].run;
        each(self.memories.len(), &|iteration, saw| run(&self.memories[iteration], saw));
    }
    fn judge(&self, each: &mut dyn FnMut(usize, &Judge<'_>)) {
        let outcome = self.race.outcome;
        each(self.memories.len(), &|iteration, saws| outcome(&self.memories[iteration], saws));
    }
}

struct Playing<M: 'static> {
    race: &'static Race<M>,
    /// In a box of its own: loom's threads have small stacks, and a memory lies on one but once.
    memory: Box<M>,
}

impl<M: Fields + Send + Sync> Play for Playing<M> {
    fn leaves(&self, out: &mut Vec<Leaf>) {
        M::leaves("", &*self.memory as *const M as usize, out);
        // The memory itself: its box would name all of it again.
        M::owned(&self.memory, "", out);
    }
    fn act(&self, actor: usize, saw: &mut Saw) {
        (self.race.actors[actor].run)(&self.memory, saw);
    }
    fn outcome(&self, saws: &[Saw]) -> Outcome {
        (self.race.outcome)(&self.memory, saws)
    }
}
