//! The gallery: twelve shapes, each in seven forms.
//!
//! The shapes have the names and the questions of the literature: Sarkar, Sewell, Alglave, Maranget
//! and Williams, *Understanding POWER multiprocessors* (PLDI 2011), and Maranget, Sarkar and Sewell,
//! *A tutorial introduction to the ARM and POWER relaxed memory models* (2012).

use std::sync::atomic::Ordering::{self, AcqRel, Acquire, Relaxed, Release, SeqCst};

use super::program::{
    Access, Condition, Expression, Fetch, Location, Place, Program, Quantifier, Question,
    Statement, Thread, What,
};

/// What a thread of a shape does: writes a number to a word, or reads the word.
#[derive(Clone, Copy, Debug)]
enum Do {
    W(usize, i32),
    R(usize),
}
use Do::{R, W};

/// A shape: its name, what it shows, its threads, and the question: what the reads of each thread
/// read, and words at the end.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// As the literature calls it.
    pub name: &'static str,
    /// What the end would show that it asks for.
    pub about: &'static str,
    threads: &'static [&'static [Do]],
    read: &'static [(usize, usize, i32)],
    at_last: &'static [(usize, i32)],
}

const X: usize = 0;
const Y: usize = 1;
const Z: usize = 2;
const WORDS: [&str; 3] = ["x", "y", "z"];

/// The twelve.
pub const SHAPES: [Shape; 12] = [
    Shape {
        name: "SB",
        about: "store buffering: neither sees the other's store",
        threads: &[&[W(X, 1), R(Y)], &[W(Y, 1), R(X)]],
        read: &[(0, 0, 0), (1, 0, 0)],
        at_last: &[],
    },
    Shape {
        name: "MP",
        about: "message passing: the flag is seen, and not the data",
        threads: &[&[W(X, 1), W(Y, 1)], &[R(Y), R(X)]],
        read: &[(1, 0, 1), (1, 1, 0)],
        at_last: &[],
    },
    Shape {
        name: "LB",
        about: "load buffering: each sees what the other stores later",
        threads: &[&[R(X), W(Y, 1)], &[R(Y), W(X, 1)]],
        read: &[(0, 0, 1), (1, 0, 1)],
        at_last: &[],
    },
    Shape {
        name: "IRIW",
        about: "independent reads of independent writes: two readers see two writes in opposite orders",
        threads: &[&[W(X, 1)], &[W(Y, 1)], &[R(X), R(Y)], &[R(Y), R(X)]],
        read: &[(2, 0, 1), (2, 1, 0), (3, 0, 1), (3, 1, 0)],
        at_last: &[],
    },
    Shape {
        name: "2+2W",
        about: "two words written by two: each first store is the last of its word",
        threads: &[&[W(X, 1), W(Y, 2)], &[W(Y, 1), W(X, 2)]],
        read: &[],
        at_last: &[(X, 1), (Y, 1)],
    },
    Shape {
        name: "CoRR",
        about: "coherence of two reads: the newer value first, then the older",
        threads: &[&[W(X, 1)], &[R(X), R(X)]],
        read: &[(1, 0, 1), (1, 1, 0)],
        at_last: &[],
    },
    Shape {
        name: "S",
        about: "a store after the flag was seen comes before the one that the flag announced",
        threads: &[&[W(X, 2), W(Y, 1)], &[R(Y), W(X, 1)]],
        read: &[(1, 0, 1)],
        at_last: &[(X, 2)],
    },
    Shape {
        name: "R",
        about: "a store wins over the flag, and its thread does not see the data",
        threads: &[&[W(X, 1), W(Y, 1)], &[W(Y, 2), R(X)]],
        read: &[(1, 0, 0)],
        at_last: &[(Y, 2)],
    },
    Shape {
        name: "WRC",
        about: "write to read causality: what one has seen is not seen by who hears of it",
        threads: &[&[W(X, 1)], &[R(X), W(Y, 1)], &[R(Y), R(X)]],
        read: &[(1, 0, 1), (2, 0, 1), (2, 1, 0)],
        at_last: &[],
    },
    Shape {
        name: "ISA2",
        about: "a message handed on by a third: who hears of it does not see the data",
        threads: &[&[W(X, 1), W(Y, 1)], &[R(Y), W(Z, 1)], &[R(Z), R(X)]],
        read: &[(1, 0, 1), (2, 0, 1), (2, 1, 0)],
        at_last: &[],
    },
    Shape {
        name: "Z6.3",
        about: "a store that wins over the flag is announced, and the data is not seen",
        threads: &[&[W(X, 1), W(Y, 1)], &[W(Y, 2), W(Z, 1)], &[R(Z), R(X)]],
        read: &[(2, 0, 1), (2, 1, 0)],
        at_last: &[(Y, 2)],
    },
    Shape {
        name: "RWC",
        about: "read to write causality: a reader sees x and not y, and who wrote y does not see x",
        threads: &[&[W(X, 1)], &[R(X), R(Y)], &[W(Y, 1), R(X)]],
        read: &[(1, 0, 1), (1, 1, 0), (2, 0, 0)],
        at_last: &[],
    },
];

/// How the accesses of a shape are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// After the shape's name and a `+`; empty for the plain form.
    pub name: &'static str,
    /// How, in words.
    pub about: &'static str,
    read: Ordering,
    write: Ordering,
    /// Between any two accesses of a thread.
    fence: Option<Ordering>,
    /// Writes are exchanges, reads are additions of 0.
    exchanges: bool,
    additions: bool,
}

const PLAIN: Form = Form {
    name: "",
    about: "all Relaxed",
    read: Relaxed,
    write: Relaxed,
    fence: None,
    exchanges: false,
    additions: false,
};

/// The seven.
pub const FORMS: [Form; 7] = [
    PLAIN,
    Form {
        name: "ra",
        about: "Release stores, Acquire loads",
        read: Acquire,
        write: Release,
        ..PLAIN
    },
    Form { name: "sc", about: "all SeqCst", read: SeqCst, write: SeqCst, ..PLAIN },
    Form {
        name: "ra-fences",
        about: "Relaxed, with an AcqRel fence between any two accesses of a thread",
        fence: Some(AcqRel),
        ..PLAIN
    },
    Form {
        name: "sc-fences",
        about: "Relaxed, with a SeqCst fence between any two accesses of a thread",
        fence: Some(SeqCst),
        ..PLAIN
    },
    Form {
        name: "swaps",
        about: "each store is an AcqRel exchange, Acquire loads",
        read: Acquire,
        write: AcqRel,
        exchanges: true,
        ..PLAIN
    },
    Form {
        name: "adds",
        about: "each load is an AcqRel addition of 0, Release stores",
        read: AcqRel,
        write: Release,
        additions: true,
        ..PLAIN
    },
];

/// The program of a shape in a form.
pub fn program(shape: &Shape, form: &Form) -> Program {
    let name = match form.name {
        "" => shape.name.to_string(),
        form => format!("{}+{form}", shape.name),
    };
    let words =
        1 + shape.threads.iter().flat_map(|thread| thread.iter()).fold(0, |most, access| {
            let (W(word, _) | R(word)) = access;
            most.max(*word)
        });
    let location = |name: &&str| Location { name: name.to_string(), atomic: true, initial: 0 };
    let read = shape
        .read
        .iter()
        .map(|&(thread, register, value)| Condition::Is(Place::Register(thread, register), value));
    let at_last =
        shape.at_last.iter().map(|&(word, value)| Condition::Is(Place::Location(word), value));
    let both = |left, right| Condition::Both(Box::new(left), Box::new(right));
    let condition = read.chain(at_last).reduce(both).unwrap_or(Condition::Constant(true));
    let mut program = Program {
        name,
        locations: WORDS[..words].iter().map(location).collect(),
        threads: shape.threads.iter().map(|thread| made(thread, form)).collect(),
        wanted: Vec::new(),
        question: Question { quantifier: Quantifier::Exists, condition },
    };
    program.number();
    program
}

fn made(accesses: &[Do], form: &Form) -> Thread {
    let mut thread = Thread::default();
    for access in accesses {
        if let Some(order) = form.fence.filter(|_| !thread.body.is_empty()) {
            set(&mut thread, None, Access::Fence(order));
        }
        match *access {
            W(word, value) if form.exchanges => {
                set(
                    &mut thread,
                    None,
                    Access::Exchange(word, Expression::Number(value), form.write),
                );
            }
            W(word, value) => {
                set(&mut thread, None, Access::Store(word, Expression::Number(value), form.write));
            }
            R(word) => {
                let register = thread.registers.len();
                thread.registers.push(format!("r{register}"));
                let read = match form.additions {
                    true => Access::Fetch(Fetch::Add, word, Expression::Number(0), form.read),
                    false => Access::Load(word, form.read),
                };
                set(&mut thread, Some(register), read);
            }
        }
    }
    thread
}

fn set(thread: &mut Thread, register: Option<usize>, access: Access) {
    let what = What::Set(register, Expression::Access(Box::new(access)));
    thread.body.push(Statement { label: 0, line: thread.body.len() as u32 + 1, what });
}

/// The shape and the form of this name, however it is written.
pub fn find(name: &str) -> Option<(&'static Shape, &'static Form)> {
    // `2+2W` has the sign in its own name.
    SHAPES.iter().find_map(|shape| {
        let start = name.get(..shape.name.len())?;
        let rest = start.eq_ignore_ascii_case(shape.name).then(|| &name[shape.name.len()..])?;
        let form = if rest.is_empty() { rest } else { rest.strip_prefix('+')? };
        let form = FORMS.iter().find(|known| known.name.eq_ignore_ascii_case(form))?;
        Some((shape, form)).filter(|_| rest.is_empty() || !form.name.is_empty())
    })
}

/// The name of each program.
pub fn names() -> impl Iterator<Item = String> {
    SHAPES.iter().flat_map(|shape| FORMS.iter().map(|form| program(shape, form).name))
}
