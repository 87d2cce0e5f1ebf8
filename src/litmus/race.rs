//! A litmus program as a race: over the facade's atomics for the engines, over std's on real threads.

use std::sync::atomic::{AtomicI32 as RealAtomic, Ordering::Relaxed, fence as real_fence};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use racelab::fields::{Fields, Inspection, Leaf};
use racelab::layout::TypeLayout;
use racelab::race::{Judge, Memories, Native, OnThreads, Play, Run, Saw, Terms, UnderChecker};
use racelab::rt::shuttle::cell::UnsafeCell;
use racelab::rt::shuttle::sync::atomic::{AtomicI32, fence};
use racelab::{Grade, Meaning, Outcome, Scenario};

use super::program::{Place, Program, State};
use super::run::{Do, Memory, Value, run};

/// So many threads a program has at most.
pub(crate) const THREADS: usize = 8;
const NAMES: [&str; THREADS] = ["P0", "P1", "P2", "P3", "P4", "P5", "P6", "P7"];

/// So many ends of a program are told apart; the last row is for all the others.
pub(crate) const ENDS: usize = 255;

const fn meaning(id: &'static str, grade: Grade) -> Meaning {
    Meaning { id, grade, reason: "an end of the program", required: false }
}

/// Each end is a row of its own, by the order in which they came up.
static EACH: [Meaning; ENDS + 1] = [meaning("END", Grade::Allowed); ENDS + 1];
/// One end is looked for: an engine shows what is forbidden.
static ONE: [Meaning; 2] = [meaning("OTHER", Grade::Allowed), meaning("WANTED", Grade::Forbidden)];
/// An execution is shown, whatever it ends in.
static SHOWN: [Meaning; 1] = [meaning("SHOWN", Grade::Forbidden)];

/// What an end of an execution is to the engine.
#[derive(Clone, Debug)]
pub(crate) enum Looks {
    /// Each is counted.
    ForAll(Arc<Mutex<Vec<State>>>),
    /// This one is looked for.
    For(State),
    /// Any: which statement each step is of is noted, by thread.
    At(Arc<Mutex<Noted>>),
}

/// Of one execution: the statements of its accesses, by thread, and its end.
#[derive(Clone, Debug, Default)]
pub(crate) struct Noted {
    pub(crate) labels: Vec<Vec<usize>>,
    pub(crate) end: Option<State>,
}

/// A lock that no panic leaves half done.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The program for the engines. Its few words live until the process ends, as an engine wants it.
pub(crate) fn scenario(program: &Arc<Program>, looks: Looks) -> Scenario {
    let outcomes: &'static [Meaning] = match looks {
        Looks::ForAll(_) => &EACH,
        Looks::For(_) => &ONE,
        Looks::At(_) => &SHOWN,
    };
    let terms = Terms::new(outcomes);
    let copy: &'static Race = Box::leak(Box::new(Race { program: program.clone(), looks, terms }));
    let checker: &'static dyn UnderChecker = copy;
    Scenario {
        name: "litmus",
        sources: &[],
        in_place: None,
        native: copy,
        amplified: None,
        checkers: vec![("shuttle", checker)].leak(),
    }
}

struct Race {
    program: Arc<Program>,
    looks: Looks,
    terms: Terms,
}

impl Race {
    /// What an end amounts to.
    fn amounts(&self, state: State) -> Outcome {
        match &self.looks {
            Looks::ForAll(states) => {
                let mut states = locked(states);
                let known = states.iter().position(|other| *other == state);
                let place = known.unwrap_or_else(|| {
                    if states.len() < ENDS {
                        states.push(state);
                        states.len() - 1
                    } else {
                        ENDS
                    }
                });
                Outcome(place as u8)
            }
            Looks::For(wanted) => Outcome(u8::from(state == *wanted)),
            Looks::At(noted) => {
                locked(noted).end = Some(state);
                Outcome(0)
            }
        }
    }

    /// The end, from the registers and the words.
    fn state(&self, register: impl Fn(usize, usize) -> i32, word: impl Fn(usize) -> i32) -> State {
        let observed = self.program.observed().into_iter();
        let value = |place: Place| match place {
            Place::Register(thread, at) => register(thread, at),
            Place::Location(at) => word(at),
        };
        observed.map(value).collect()
    }
}

impl UnderChecker for Race {
    fn terms(&self) -> &Terms {
        &self.terms
    }
    fn actors(&self) -> usize {
        self.program.threads.len()
    }
    fn inspect(&self, _: &mut Inspection) {}
    fn begin(&'static self) -> Box<dyn Play> {
        let threads = self.program.threads.len();
        if let Looks::At(noted) = &self.looks {
            *locked(noted) = Noted { labels: vec![Vec::new(); threads], end: None };
        }
        let word = |location: &super::program::Location| match location.atomic {
            true => Word::Atomic(AtomicI32::new(location.initial)),
            false => Word::Plain(UnsafeCell::new(location.initial)),
        };
        Box::new(Playing {
            race: self,
            words: self.program.locations.iter().map(word).collect(),
            registers: (0..threads).map(|_| Mutex::default()).collect(),
        })
    }
}

enum Word {
    Atomic(AtomicI32),
    Plain(UnsafeCell<i32>),
}

struct Playing {
    race: &'static Race,
    words: Box<[Word]>,
    registers: Vec<Mutex<Vec<i32>>>,
}

impl Play for Playing {
    fn leaves(&self, leaves: &mut Vec<Leaf>) {
        for (location, word) in self.race.program.locations.iter().zip(&self.words) {
            match word {
                Word::Atomic(word) => {
                    let address = word as *const AtomicI32 as usize;
                    <AtomicI32 as Fields>::leaves(&location.name, address, leaves);
                }
                Word::Plain(word) => {
                    let address = word as *const UnsafeCell<i32> as usize;
                    <UnsafeCell<i32> as Fields>::leaves(&location.name, address, leaves);
                }
            }
        }
    }
    fn act(&self, actor: usize, _: &mut Saw) {
        let mut memory = Modelled { playing: self, actor };
        let registers = run(&self.race.program.threads[actor], &mut memory);
        *locked(&self.registers[actor]) = registers;
    }
    fn outcome(&self, _: &[Saw]) -> Outcome {
        let word = |at: usize| match &self.words[at] {
            Word::Atomic(word) => word.load(Relaxed),
            // Safety: all threads have ended.
            Word::Plain(word) => word.with(|word| unsafe { *word }),
        };
        let register = |thread: usize, at: usize| {
            locked(&self.registers[thread]).get(at).copied().unwrap_or(0)
        };
        self.race.amounts(self.race.state(register, word))
    }
}

/// The words as an engine sees them.
struct Modelled<'a> {
    playing: &'a Playing,
    actor: usize,
}

impl Modelled<'_> {
    fn atomic(&self, at: usize) -> &AtomicI32 {
        match &self.playing.words[at] {
            Word::Atomic(word) => word,
            Word::Plain(_) => unreachable!("a program is read with the kinds of its words"),
        }
    }

    fn plain(&self, at: usize) -> &UnsafeCell<i32> {
        match &self.playing.words[at] {
            Word::Plain(word) => word,
            Word::Atomic(_) => unreachable!("a program is read with the kinds of its words"),
        }
    }
}

impl Memory for Modelled<'_> {
    fn perform(&mut self, label: usize, what: Do, _: u64) -> Value {
        if let Looks::At(noted) = &self.playing.race.looks {
            locked(noted).labels[self.actor].push(label);
        }
        let number = match what {
            Do::Load(at, order) => self.atomic(at).load(order),
            Do::Store(at, value, order) => {
                self.atomic(at).store(value, order);
                0
            }
            Do::Exchange(at, value, order) => self.atomic(at).swap(value, order),
            Do::Fetch(fetch, at, value, order) => {
                use super::program::Fetch::{Add, And, Or, Subtract, Xor};
                let word = self.atomic(at);
                match fetch {
                    Add => word.fetch_add(value, order),
                    Subtract => word.fetch_sub(value, order),
                    And => word.fetch_and(value, order),
                    Or => word.fetch_or(value, order),
                    Xor => word.fetch_xor(value, order),
                }
            }
            Do::CompareExchange(at, old, new, success, failure) => {
                let result = self.atomic(at).compare_exchange(old, new, success, failure);
                result.unwrap_or_else(|other| other)
            }
            Do::Fence(order) => {
                fence(order);
                0
            }
            // Safety: one thread runs at a time; whether anything orders them the clocks judge.
            Do::Read(at) => self.plain(at).with(|word| unsafe { *word }),
            Do::Write(at, value) => {
                // Safety: as above.
                self.plain(at).with_mut(|word| unsafe { *word = value });
                0
            }
        };
        Value { number, from: 0 }
    }
}

impl OnThreads for Race {
    fn terms(&self) -> &Terms {
        &self.terms
    }
    fn actors(&self) -> Vec<&'static str> {
        NAMES[..self.program.threads.len()].to_vec()
    }
    fn memories(&self) -> Box<dyn Memories + '_> {
        let threads = self.program.threads.iter();
        let registers = threads.map(|thread| thread.registers.len()).max().unwrap_or(0);
        // Whole cache lines: what a thread leaves of its registers holds up nobody.
        let stride = registers.next_multiple_of(32);
        Box::new(Iterations { race: self, stride, words: Words::default() })
    }
}

impl Native for Race {
    /// The code of each is this interpreter's.
    fn code(&self) -> Vec<usize> {
        vec![0; self.program.threads.len()]
    }
    fn cases(&self) -> [Vec<&'static str>; 2] {
        [Vec::new(), Vec::new()]
    }
    fn run_case(&self, _: bool, _: usize) {}
    fn layouts(&self, _: &mut Vec<TypeLayout>) {}
}

/// A word in a pair of cache lines of its own, as neighbours are fetched in pairs.
#[repr(align(128))]
struct Line(RealAtomic);

#[derive(Default)]
struct Words {
    iterations: usize,
    words: Vec<Line>,
    registers: Vec<RealAtomic>,
}

struct Iterations<'r> {
    race: &'r Race,
    /// Registers of a thread.
    stride: usize,
    words: Words,
}

impl Memories for Iterations<'_> {
    fn size(&self) -> usize {
        let program = &self.race.program;
        let registers = program.threads.len() * self.stride * size_of::<RealAtomic>();
        program.locations.len() * size_of::<Line>() + registers
    }
    fn prepare(&mut self, iterations: usize) {
        let locations = &self.race.program.locations;
        let words = &mut self.words;
        words.iterations = iterations;
        words.words.clear();
        let fresh = || locations.iter().map(|location| Line(RealAtomic::new(location.initial)));
        words.words.extend((0..iterations).flat_map(|_| fresh()));
        let registers = iterations * self.race.program.threads.len() * self.stride;
        words.registers.clear();
        words.registers.resize_with(registers, || RealAtomic::new(0));
    }
    fn act(&self, actor: usize, each: &mut dyn FnMut(usize, &Run<'_>)) {
        let (program, stride) = (&self.race.program, self.stride);
        let (places, threads) = (program.locations.len(), program.threads.len());
        let words = &self.words;
        each(words.iterations, &|iteration, _| {
            let mut memory = Real(&words.words[iteration * places..(iteration + 1) * places]);
            let registers = run(&program.threads[actor], &mut memory);
            let at = (iteration * threads + actor) * stride;
            for (register, value) in words.registers[at..].iter().zip(registers) {
                register.store(value, Relaxed);
            }
        });
    }
    fn judge(&self, each: &mut dyn FnMut(usize, &Judge<'_>)) {
        let (program, stride) = (&self.race.program, self.stride);
        let (places, threads) = (program.locations.len(), program.threads.len());
        let words = &self.words;
        each(words.iterations, &|iteration, _| {
            let register = |thread: usize, at: usize| {
                words.registers[(iteration * threads + thread) * stride + at].load(Relaxed)
            };
            let word = |at: usize| words.words[iteration * places + at].0.load(Relaxed);
            self.race.amounts(self.race.state(register, word))
        });
    }
}

/// The words of one iteration. Plain memory is made of relaxed atomics here: nothing races.
struct Real<'a>(&'a [Line]);

impl Memory for Real<'_> {
    fn perform(&mut self, _: usize, what: Do, _: u64) -> Value {
        let word = |at: usize| &self.0[at].0;
        let number = match what {
            Do::Load(at, order) => word(at).load(order),
            Do::Store(at, value, order) => {
                word(at).store(value, order);
                0
            }
            Do::Exchange(at, value, order) => word(at).swap(value, order),
            Do::Fetch(fetch, at, value, order) => {
                use super::program::Fetch::{Add, And, Or, Subtract, Xor};
                match fetch {
                    Add => word(at).fetch_add(value, order),
                    Subtract => word(at).fetch_sub(value, order),
                    And => word(at).fetch_and(value, order),
                    Or => word(at).fetch_or(value, order),
                    Xor => word(at).fetch_xor(value, order),
                }
            }
            Do::CompareExchange(at, old, new, success, failure) => {
                let result = word(at).compare_exchange(old, new, success, failure);
                result.unwrap_or_else(|other| other)
            }
            Do::Fence(order) => {
                real_fence(order);
                0
            }
            Do::Read(at) => word(at).load(Relaxed),
            Do::Write(at, value) => {
                word(at).store(value, Relaxed);
                0
            }
        };
        Value { number, from: 0 }
    }
}
