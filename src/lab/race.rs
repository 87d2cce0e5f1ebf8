//! A race: some shared memory, the threads that work on it, and what each ending means.

mod called;
mod closure;
mod copy;

#[doc(no_inline)]
pub use crate::outcome::{Grade, Meaning, Outcome};
#[doc(hidden)]
pub use called::{act, begin, end};
pub(crate) use closure::{Body, Closure};
pub(crate) use copy::actors;
pub use copy::{Judge, Memories, Native, OnThreads, Play, Run, UnderChecker};

use crate::specification::Specification;

/// What one actor remembers for the judge: at most [`Saw::MAX`] numbers, and whether it panicked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Saw {
    values: [u64; Saw::MAX],
    len: u8,
    panicked: bool,
}

impl Saw {
    /// How many numbers an actor can note in one execution.
    pub const MAX: usize = 4;

    /// Notes a number for the judge.
    ///
    /// # Panics
    /// When an actor notes more than [`Saw::MAX`] numbers.
    pub fn note(&mut self, value: u64) {
        assert!((self.len as usize) < Saw::MAX, "an actor can note at most {} numbers", Saw::MAX);
        self.values[self.len as usize] = value;
        self.len += 1;
    }

    /// The numbers noted, in order.
    pub fn values(&self) -> &[u64] {
        &self.values[..self.len as usize]
    }

    /// The `index`th number noted, or `None` if the actor ended before it.
    pub fn get(&self, index: usize) -> Option<u64> {
        self.values().get(index).copied()
    }

    /// Whether the actor ended in a panic. The harness catches it; the judge decides what it means.
    pub fn panicked(&self) -> bool {
        self.panicked
    }

    /// Marks the actor as panicked: called by the harness alone.
    pub(crate) fn mark_panicked(&mut self) {
        self.panicked = true;
    }
}

/// One thread of a race: its name, and what it does to the shared memory.
pub struct Actor<M> {
    /// The job it does: `writer`, `reader`, `migrator`.
    pub name: &'static str,
    /// Runs on a thread of its own, once an execution.
    pub run: fn(&M, &mut Saw),
}

/// Names an actor.
pub const fn actor<M>(name: &'static str, run: fn(&M, &mut Saw)) -> Actor<M> {
    Actor { name, run }
}

/// A case that one thread alone must get right, before any race is looked at.
pub struct Case<M> {
    /// What it checks, as a sentence: `a stored value is found`.
    pub name: &'static str,
    /// Panics when the memory does not behave.
    pub run: fn(&M),
}

/// A limit to what an actor may do in one execution, counted in announced operations.
#[derive(Clone, Copy, Debug)]
pub struct AtMost {
    /// The name of the actor that may do no more.
    pub actor: &'static str,
    /// The kinds of operations that count, added up.
    pub kinds: &'static [crate::op::Kind],
    /// So many are enough.
    pub count: u32,
    /// As it is said: `a read writes nothing that others read`.
    pub rule: &'static str,
}

/// Somebody who may notice that a race went on: whoever looks at the result, a check in the program
/// itself, the race clocks. A demo's story counts how often each does.
#[derive(Clone, Copy, Debug)]
pub struct Detector {
    /// Its name, as a table has it: `luck`, `flag`.
    pub name: &'static str,
    /// What it takes notice of, in one line.
    pub about: &'static str,
    /// When it speaks.
    pub speaks: Speaks,
}

/// When a detector speaks.
#[derive(Clone, Copy, Debug)]
pub enum Speaks {
    /// In the executions that end so.
    In(&'static [Outcome]),
    /// In the executions of this version of the same demo that a checker finds a failure in.
    FailuresOf(&'static str),
}

/// A race: memory, threads, and the meaning of its outcomes. The harness owns the threads.
///
/// All fields are plain function pointers, so a race can be a `const`.
pub struct Race<M: 'static> {
    /// Makes fresh shared memory, inside the model.
    pub memory: fn() -> M,
    /// The threads, at most four (loom allows five, and one may be its own).
    pub actors: &'static [Actor<M>],
    /// What this run amounts to, after all threads have ended.
    pub outcome: fn(&M, &[Saw]) -> Outcome,
    /// Cases that one thread runs alone, without a race.
    pub cases: &'static [Case<M>],
    /// What must be so of the bytes: cases that look at addresses and sizes, of the native memory.
    pub layout: &'static [Case<M>],
    /// What else was agreed on.
    pub terms: Terms,
}

/// What was agreed on for a race, apart from its memory: how it is judged, and what else a solution
/// must keep to.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// The meaning of each outcome, by its index.
    pub outcomes: &'static [Meaning],
    /// What judges the calls of its actors, where a specification does.
    pub specification: Option<&'static Specification>,
    /// An actor may panic: what that means is the judge's to say. Otherwise it is a failure.
    pub panics: bool,
    /// Actors that must get through without ever waiting for another.
    pub must_not_block: &'static [&'static str],
    /// Operations that a solution may not use, as announced.
    pub forbid: &'static [crate::op::Kind],
    /// How many operations an actor may need, as announced: what it costs, without a clock.
    pub at_most: &'static [AtMost],
    /// Why it never runs on real threads, if it does not.
    pub checkers_only: Option<&'static str>,
    /// Who may notice what goes on in it.
    pub detectors: &'static [Detector],
}

impl Terms {
    /// These outcomes, and nothing else agreed on.
    pub const fn new(outcomes: &'static [Meaning]) -> Terms {
        Terms {
            outcomes,
            specification: None,
            panics: false,
            must_not_block: &[],
            forbid: &[],
            at_most: &[],
            checkers_only: None,
            detectors: &[],
        }
    }
}

impl<M> Race<M> {
    /// A race of one to four `actors` on a `memory`, judged by `outcome` with the table `outcomes`.
    ///
    /// A `const` race without an actor does not compile:
    ///
    /// ```compile_fail,E0080
    /// # use racelab::{Outcome, Race, outcomes};
    /// # outcomes! { ENDED: Allowed, "nothing was done"; }
    /// const RACE: Race<()> = Race::new(|| (), &[], |_, _| ENDED, OUTCOMES);
    /// ```
    ///
    /// ```
    /// # use racelab::{Outcome, Race, actor, outcomes};
    /// # outcomes! { ENDED: Allowed, "nothing was done"; }
    /// const RACE: Race<()> = Race::new(|| (), &[actor("one", |_, _| ())], |_, _| ENDED, OUTCOMES);
    /// ```
    pub const fn new(
        memory: fn() -> M,
        actors: &'static [Actor<M>],
        outcome: fn(&M, &[Saw]) -> Outcome,
        outcomes: &'static [Meaning],
    ) -> Race<M> {
        assert!(!actors.is_empty(), "a race has at least one actor");
        assert!(actors.len() <= 4, "a race has at most four actors");
        Race { memory, actors, outcome, cases: &[], layout: &[], terms: Terms::new(outcomes) }
    }

    /// A specification judges the calls that its actors make: what [`specification!`] says.
    ///
    /// [`specification!`]: crate::specification!
    #[doc(hidden)]
    pub const fn specified(mut self, by: &'static Specification) -> Self {
        self.terms.specification = Some(by);
        self
    }

    /// Its actors may panic: the judge says what that means.
    pub const fn panics(mut self) -> Self {
        self.terms.panics = true;
        self
    }

    /// What one thread alone must get right.
    pub const fn cases(self, cases: &'static [Case<M>]) -> Self {
        Race { cases, ..self }
    }

    /// What must be so of the bytes: cases that look at addresses and sizes.
    pub const fn layout(self, layout: &'static [Case<M>]) -> Self {
        Race { layout, ..self }
    }

    /// How many operations actors may need in one execution.
    pub const fn at_most(mut self, at_most: &'static [AtMost]) -> Self {
        self.terms.at_most = at_most;
        self
    }

    /// Actors that must never wait for another.
    pub const fn must_not_block(mut self, actors: &'static [&'static str]) -> Self {
        self.terms.must_not_block = actors;
        self
    }

    /// Operations that a solution may not use.
    pub const fn forbid(mut self, kinds: &'static [crate::op::Kind]) -> Self {
        self.terms.forbid = kinds;
        self
    }

    /// It runs under the checkers alone, for this reason: they report a data race on plain memory,
    /// and real threads would perform it.
    pub const fn checkers_only(mut self, why: &'static str) -> Self {
        self.terms.checkers_only = Some(why);
        self
    }

    /// Who may notice what goes on in it.
    pub const fn detectors(mut self, detectors: &'static [Detector]) -> Self {
        self.terms.detectors = detectors;
        self
    }
}
