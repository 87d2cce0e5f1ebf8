//! A race as it was compiled for one runtime, whatever its memory is made of.
//!
//! `scenario!` compiles a source once for each runtime, and each copy has a memory of another type.
//! Behind these traits they are alike: an engine asks one for what it needs, and what does not
//! depend on the type of the memory is compiled once.

use std::sync::{Arc, PoisonError, RwLock};

use super::{Case, Outcome, Race, Saw, Terms};
use crate::fields::{Declared, Fields, Inspection, Leaf};
use crate::layout::TypeLayout;
use crate::rt::calls;
use crate::specification::Specification;

/// A single-threaded case: its name, and what panics when it is not so.
pub type NamedCase = (&'static str, Box<dyn Fn()>);

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
    /// What judges the calls of its actors, where a specification does.
    fn specification(&self) -> Option<&'static Specification>;
    /// Where the machine code of each actor begins.
    fn code(&self) -> Vec<usize>;
    /// What one thread alone must get right, each case on fresh memory.
    fn cases(&'static self) -> Vec<NamedCase>;
    /// What must be so of the bytes, each case on fresh memory.
    fn assertions(&'static self) -> Vec<NamedCase>;
    /// The layouts of its memory.
    fn layouts(&self) -> Vec<TypeLayout>;
    /// Memory for many iterations, none yet.
    fn memories(&self) -> Box<dyn Memories + '_>;
}

/// A copy for a checker.
pub trait UnderChecker: Sync {
    /// How many actors it has.
    fn actors(&self) -> usize;
    /// Whether its actors may panic.
    fn may_panic(&self) -> bool;
    /// The declared fields of its memory. What std's own types do does not compile in such a copy.
    fn fields(&self) -> Vec<Declared>;
    /// What judges the calls of its actors, where a specification does.
    fn specification(&self) -> Option<&'static Specification>;
    /// Makes fresh memory for one execution.
    fn begin(&'static self) -> Arc<dyn Play>;
}

/// Memory of many iterations. Its locks are free whenever they are taken, once a batch: whoever
/// runs it keeps preparing, acting and judging apart.
pub trait Memories: Sync {
    /// The size of one, in bytes, not counting what hangs on it.
    fn size(&self) -> usize;
    /// Makes fresh memory for so many iterations; drops the old.
    fn prepare(&self, iterations: usize);
    /// Tells `each` how many iterations there are, and how to run one actor in one of them.
    fn act(&self, actor: usize, each: &mut dyn FnMut(usize, &Run<'_>));
    /// Tells `each` how many iterations there are, and how to judge one of them.
    fn judge(&self, each: &mut dyn FnMut(usize, &Judge<'_>));
}

/// A race and its memory in one execution.
pub trait Play: Send + Sync {
    /// The words that have names.
    fn leaves(&self) -> Vec<Leaf>;
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
    fn specification(&self) -> Option<&'static Specification> {
        self.specification
    }
    fn code(&self) -> Vec<usize> {
        each(self.actors.len(), &|actor| self.actors[actor].run as usize)
    }
    fn cases(&'static self) -> Vec<NamedCase> {
        named(self, self.cases)
    }
    fn assertions(&'static self) -> Vec<NamedCase> {
        named(self, self.layout)
    }
    fn layouts(&self) -> Vec<TypeLayout> {
        let mut layouts = Vec::new();
        M::layouts(&mut layouts);
        layouts
    }
    fn memories(&self) -> Box<dyn Memories + '_> {
        Box::new(Iterations { race: self, memories: RwLock::default() })
    }
}

impl<M: Fields + Send + Sync> UnderChecker for Race<M> {
    fn actors(&self) -> usize {
        // A scenario need not have so many threads.
        let threads = self.specification.and_then(|_| calls::threads());
        threads.unwrap_or(self.actors.len()).min(self.actors.len())
    }
    fn specification(&self) -> Option<&'static Specification> {
        self.specification
    }
    fn may_panic(&self) -> bool {
        self.terms.panics
    }
    fn fields(&self) -> Vec<Declared> {
        let mut found = Inspection::default();
        M::inspect::<M>(&mut found);
        found.fields()
    }
    fn begin(&'static self) -> Arc<dyn Play> {
        Arc::new(Playing { race: self, memory: Box::new((self.memory)()) })
    }
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

struct Iterations<'r, M: 'static> {
    race: &'r Race<M>,
    memories: RwLock<Vec<M>>,
}

impl<M: Send + Sync> Memories for Iterations<'_, M> {
    fn size(&self) -> usize {
        size_of::<M>()
    }
    fn prepare(&self, iterations: usize) {
        let mut memories = self.memories.write().unwrap_or_else(PoisonError::into_inner);
        memories.clear();
        memories.extend((0..iterations).map(|_| (self.race.memory)()));
    }
    fn act(&self, actor: usize, each: &mut dyn FnMut(usize, &Run<'_>)) {
        let run = self.race.actors[actor].run;
        let memories = self.memories.read().unwrap_or_else(PoisonError::into_inner);
        each(memories.len(), &|iteration, saw| run(&memories[iteration], saw));
    }
    fn judge(&self, each: &mut dyn FnMut(usize, &Judge<'_>)) {
        let memories = self.memories.read().unwrap_or_else(PoisonError::into_inner);
        each(memories.len(), &|iteration, saws| (self.race.outcome)(&memories[iteration], saws));
    }
}

struct Playing<M: 'static> {
    race: &'static Race<M>,
    /// In a box of its own: loom's threads have small stacks, and a memory lies on one but once.
    memory: Box<M>,
}

impl<M: Fields + Send + Sync> Play for Playing<M> {
    fn leaves(&self) -> Vec<Leaf> {
        let mut leaves = Vec::new();
        M::leaves("", &*self.memory as *const M as usize, &mut leaves);
        // The memory itself: its box would name all of it again.
        M::owned(&self.memory, "", &mut leaves);
        leaves
    }
    fn act(&self, actor: usize, saw: &mut Saw) {
        (self.race.actors[actor].run)(&self.memory, saw);
    }
    fn outcome(&self, saws: &[Saw]) -> Outcome {
        (self.race.outcome)(&self.memory, saws)
    }
}
