//! The ways that each thread of a program can go, whatever it reads: what a candidate is made of.

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;

use super::program::Program;
use super::run::{Do, Memory, Value, run};

/// So many ways of one thread are looked at.
const WAYS: usize = 5_000;
/// So many values a word can hold.
const VALUES: usize = 24;

/// An event of a candidate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Event {
    /// None for what makes a word.
    pub(crate) thread: Option<usize>,
    pub(crate) location: Option<usize>,
    pub(crate) read: Option<i32>,
    pub(crate) written: Option<i32>,
    /// None for plain memory.
    pub(crate) order: Option<Ordering>,
    pub(crate) fence: bool,
    /// Which read of its thread it is.
    pub(crate) number: u32,
    /// Reads of its thread that its write depends on.
    pub(crate) depends: u64,
}

impl Event {
    pub(crate) fn acquires(&self) -> bool {
        use Ordering::{AcqRel, Acquire, SeqCst};
        let orders = matches!(self.order, Some(Acquire | AcqRel | SeqCst));
        orders && (self.read.is_some() || self.fence)
    }

    pub(crate) fn releases(&self) -> bool {
        use Ordering::{AcqRel, Release, SeqCst};
        let orders = matches!(self.order, Some(Release | AcqRel | SeqCst));
        orders && (self.written.is_some() || self.fence)
    }

    pub(crate) fn is_sc(&self) -> bool {
        self.order == Some(Ordering::SeqCst)
    }

    pub(crate) fn exclusive(&self) -> bool {
        self.read.is_some() && self.written.is_some()
    }
}

/// A way that a thread can go, and its registers at its end.
pub(crate) struct Way {
    pub(crate) events: Vec<Event>,
    pub(crate) registers: Vec<i32>,
}

/// What a thread reads is guessed.
struct Guess<'a> {
    thread: usize,
    /// What each word can hold.
    values: &'a [Vec<i32>],
    /// Which of these each read reads, and how many there are.
    choices: &'a mut Vec<usize>,
    script: &'a mut Vec<usize>,
    reads: usize,
    events: Vec<Event>,
}

impl Guess<'_> {
    fn guessed(&mut self, at: usize) -> i32 {
        if self.reads == self.script.len() {
            self.script.push(0);
        }
        self.choices.truncate(self.reads);
        self.choices.push(self.values[at].len());
        self.reads += 1;
        self.values[at][self.script[self.reads - 1]]
    }
}

impl Memory for Guess<'_> {
    fn perform(&mut self, _: usize, what: Do, depends: u64) -> Value {
        let (location, read, written, order) = match what {
            Do::Load(at, order) => (Some(at), Some(self.guessed(at)), None, Some(order)),
            Do::Read(at) => (Some(at), Some(self.guessed(at)), None, None),
            Do::Store(at, value, order) => (Some(at), None, Some(value), Some(order)),
            Do::Write(at, value) => (Some(at), None, Some(value), None),
            Do::Exchange(at, value, order) => {
                (Some(at), Some(self.guessed(at)), Some(value), Some(order))
            }
            Do::Fetch(fetch, at, value, order) => {
                let read = self.guessed(at);
                (Some(at), Some(read), Some(fetch.of(read, value)), Some(order))
            }
            Do::CompareExchange(at, old, new, success, failure) => {
                let read = self.guessed(at);
                match read == old {
                    true => (Some(at), Some(read), Some(new), Some(success)),
                    false => (Some(at), Some(read), None, Some(failure)),
                }
            }
            Do::Fence(order) => (None, None, None, Some(order)),
        };
        let number = self.reads.saturating_sub(1) as u32;
        let own = match read {
            Some(_) => 1_u64.checked_shl(number).unwrap_or(0),
            None => 0,
        };
        // What an exchange writes does not depend on what it reads.
        let from_own = matches!(what, Do::Fetch(..) | Do::CompareExchange(..));
        let depends = if from_own { depends | own } else { depends };
        let fence = location.is_none();
        let thread = Some(self.thread);
        self.events.push(Event { thread, location, read, written, order, fence, number, depends });
        Value { number: read.unwrap_or(0), from: own }
    }
}

/// The ways of each thread, over all values that the words can come to hold.
pub(crate) fn ways(program: &Program) -> Option<Vec<Vec<Way>>> {
    let made = program.locations.iter();
    let mut values: Vec<BTreeSet<i32>> =
        made.map(|location| BTreeSet::from([location.initial])).collect();
    let mut rounds = 0;
    loop {
        let known: Vec<Vec<i32>> =
            values.iter().map(|values| values.iter().copied().collect()).collect();
        let threads = 0..program.threads.len();
        let all: Option<Vec<Vec<Way>>> =
            threads.map(|thread| of_thread(program, thread, &known)).collect();
        let all = all?;
        let writes = |way: &Way| way.events.iter().filter(|event| event.written.is_some()).count();
        let most: usize = all.iter().map(|ways| ways.iter().map(writes).max().unwrap_or(0)).sum();
        for event in all.iter().flatten().flat_map(|way| &way.events) {
            if let (Some(at), Some(value)) = (event.location, event.written) {
                values[at].insert(value);
            }
        }
        // No value comes by way of one write twice.
        rounds += 1;
        if rounds > most || values.iter().zip(&known).all(|(now, then)| now.len() == then.len()) {
            return Some(all);
        }
        if values.iter().any(|values| values.len() > VALUES) {
            return None;
        }
    }
}

fn of_thread(program: &Program, thread: usize, values: &[Vec<i32>]) -> Option<Vec<Way>> {
    let mut found = Vec::new();
    let (mut script, mut choices) = (Vec::new(), Vec::new());
    loop {
        let mut guess = Guess {
            thread,
            values,
            choices: &mut choices,
            script: &mut script,
            reads: 0,
            events: Vec::new(),
        };
        let registers = run(&program.threads[thread], &mut guess);
        let (events, reads) = (guess.events, guess.reads);
        found.push(Way { events, registers });
        if found.len() > WAYS || reads > 60 {
            return None;
        }
        script.truncate(reads);
        loop {
            let Some(last) = script.pop() else { return Some(found) };
            if last + 1 < choices[script.len()] {
                script.push(last + 1);
                break;
            }
        }
    }
}
