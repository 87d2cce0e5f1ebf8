//! A litmus program as data: a few shared words, threads that work on them, and a question.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

/// A litmus program. Numbers are C's `int`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// As it is called: `SB+fences`.
    pub name: String,
    /// What the threads share.
    pub locations: Vec<Location>,
    /// Who works on it: P0, P1 and so on.
    pub threads: Vec<Thread>,
    /// What is to be told of an end, besides what the question speaks of.
    pub wanted: Vec<Place>,
    /// What is asked of the ends.
    pub question: Question,
}

/// A shared word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// As the program calls it.
    pub name: String,
    /// Whether it is an atomic word, or plain memory, on which a data race is undefined behaviour.
    pub atomic: bool,
    /// Its value before the threads begin.
    pub initial: i32,
}

/// A thread: its registers, which begin as 0, and what it does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Thread {
    /// Their names.
    pub registers: Vec<String>,
    /// What it does, in its order.
    pub body: Vec<Statement>,
}

/// A statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Its number among the statements of the whole program, from 0.
    pub label: usize,
    /// Where it stands, from 1: in its file, or in its thread where there is no file.
    pub line: u32,
    /// What it does.
    pub what: What,
}

/// What a statement does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Works something out, for a register or for what that does to the shared words.
    Set(Option<usize>, Expression),
    /// Does the first where the expression is not 0, else the second.
    If(Expression, Vec<Statement>, Vec<Statement>),
}

/// A number that is worked out from the left to the right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expression {
    /// A number.
    Number(i32),
    /// What a register of the thread holds.
    Register(usize),
    /// What an access reads: the value before it for a read-modify-write, 1 or 0 for a
    /// compare-exchange, 0 for what reads nothing.
    Access(Box<Access>),
    /// Two numbers together.
    Both(Operator, Box<Expression>, Box<Expression>),
}

/// How two numbers are put together: C's operators, whose sums and products wrap around.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `&`
    And,
    /// `|`
    Or,
    /// `^`
    Xor,
    /// `==`
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Less,
}

impl Operator {
    /// All of them, as C writes them.
    pub const ALL: [(Operator, &'static str); 9] = [
        (Operator::Add, "+"),
        (Operator::Subtract, "-"),
        (Operator::Multiply, "*"),
        (Operator::And, "&"),
        (Operator::Or, "|"),
        (Operator::Xor, "^"),
        (Operator::Equal, "=="),
        (Operator::Unequal, "!="),
        (Operator::Less, "<"),
    ];

    /// As C writes it.
    pub fn sign(self) -> &'static str {
        Operator::ALL.iter().find(|(operator, _)| *operator == self).map_or("", |(_, sign)| sign)
    }

    /// What the two come to.
    pub fn of(self, left: i32, right: i32) -> i32 {
        match self {
            Operator::Add => left.wrapping_add(right),
            Operator::Subtract => left.wrapping_sub(right),
            Operator::Multiply => left.wrapping_mul(right),
            Operator::And => left & right,
            Operator::Or => left | right,
            Operator::Xor => left ^ right,
            Operator::Equal => i32::from(left == right),
            Operator::Unequal => i32::from(left != right),
            Operator::Less => i32::from(left < right),
        }
    }
}

/// What a read-modify-write puts in the place of the value that it reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fetch {
    /// The sum.
    Add,
    /// The difference.
    Subtract,
    /// The bits that both have.
    And,
    /// The bits that either has.
    Or,
    /// The bits that one of them has.
    Xor,
}

impl Fetch {
    /// All of them, as C writes them after `atomic_fetch_`.
    pub const ALL: [(Fetch, &'static str); 5] = [
        (Fetch::Add, "add"),
        (Fetch::Subtract, "sub"),
        (Fetch::And, "and"),
        (Fetch::Or, "or"),
        (Fetch::Xor, "xor"),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        Fetch::ALL.iter().find(|(fetch, _)| *fetch == self).map_or("", |(_, name)| name)
    }

    /// The new value.
    pub fn of(self, old: i32, operand: i32) -> i32 {
        match self {
            Fetch::Add => old.wrapping_add(operand),
            Fetch::Subtract => old.wrapping_sub(operand),
            Fetch::And => old & operand,
            Fetch::Or => old | operand,
            Fetch::Xor => old ^ operand,
        }
    }
}

/// What a thread does to a shared word, by the number of the word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// Reads an atomic word.
    Load(usize, Ordering),
    /// Writes an atomic word.
    Store(usize, Expression, Ordering),
    /// Reads it and writes another value, in one step.
    Exchange(usize, Expression, Ordering),
    /// Reads it and writes what comes of that, in one step.
    Fetch(Fetch, usize, Expression, Ordering),
    /// Writes where it reads what is expected; else what it read is put where that stands. The
    /// orderings of success and of failure.
    CompareExchange(usize, Expected, Expression, Ordering, Ordering),
    /// Orders what is before it and what is after it.
    Fence(Ordering),
    /// Reads plain memory.
    Read(usize),
    /// Writes plain memory.
    Write(usize, Expression),
}

/// Where what a compare-exchange expects stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// In a register.
    Register(usize),
    /// In an atomic word, which is read and written Relaxed.
    Atomic(usize),
    /// In plain memory.
    Plain(usize),
}

/// What an end is told by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A register at the end of its thread: the thread, and which register.
    Register(usize, usize),
    /// A shared word when all have ended.
    Location(usize),
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Of which ends.
    pub quantifier: Quantifier,
    /// What they are like.
    pub condition: Condition,
}

/// Of which ends something is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantifier {
    /// There is one: `exists`.
    Exists,
    /// There is none: `~exists`.
    Never,
    /// All are so: `forall`.
    Always,
}

impl Quantifier {
    /// As herd writes it.
    pub fn word(self) -> &'static str {
        match self {
            Quantifier::Exists => "exists",
            Quantifier::Never => "~exists",
            Quantifier::Always => "forall",
        }
    }
}

/// What an end is like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Whatever it is like, or nothing is like that.
    Constant(bool),
    /// A place holds this.
    Is(Place, i32),
    /// Not that.
    Not(Box<Condition>),
    /// Both.
    Both(Box<Condition>, Box<Condition>),
    /// One of them, or both.
    Either(Box<Condition>, Box<Condition>),
}

impl Condition {
    /// The places that it speaks of, in its order, some perhaps more than once.
    fn places(&self, found: &mut Vec<Place>) {
        match self {
            Condition::Constant(_) => {}
            Condition::Is(place, _) => found.push(*place),
            Condition::Not(inner) => inner.places(found),
            Condition::Both(left, right) | Condition::Either(left, right) => {
                left.places(found);
                right.places(found);
            }
        }
    }

    /// Whether it holds of an end.
    pub fn holds(&self, end: &BTreeMap<Place, i32>) -> bool {
        match self {
            Condition::Constant(holds) => *holds,
            Condition::Is(place, value) => end.get(place) == Some(value),
            Condition::Not(inner) => !inner.holds(end),
            Condition::Both(left, right) => left.holds(end) && right.holds(end),
            Condition::Either(left, right) => left.holds(end) || right.holds(end),
        }
    }
}

/// An end: the values of what is [observed](Program::observed), in its order.
pub type State = Vec<i32>;

impl Program {
    /// Numbers the statements, thread after thread.
    pub fn number(&mut self) {
        fn all(body: &mut [Statement], next: &mut usize) {
            for statement in body {
                statement.label = *next;
                *next += 1;
                if let What::If(_, then, otherwise) = &mut statement.what {
                    all(then, next);
                    all(otherwise, next);
                }
            }
        }
        let mut next = 0;
        self.threads.iter_mut().for_each(|thread| all(&mut thread.body, &mut next));
    }

    /// What an end is told by: what the question speaks of and what is wanted besides; each register
    /// where that is nothing.
    pub fn observed(&self) -> Vec<Place> {
        let mut found = Vec::new();
        self.question.condition.places(&mut found);
        found.extend(&self.wanted);
        if found.is_empty() {
            let threads = self.threads.iter().enumerate();
            let all = threads.flat_map(|(at, thread)| {
                (0..thread.registers.len()).map(move |register| Place::Register(at, register))
            });
            found.extend(all);
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The name of a place, as herd writes it: `0:r0`, `x`.
    pub fn place(&self, place: Place) -> String {
        match place {
            Place::Location(location) => self.locations[location].name.clone(),
            Place::Register(thread, register) => {
                format!("{thread}:{}", self.threads[thread].registers[register])
            }
        }
    }

    /// Whether an end is as the question says.
    pub fn asked(&self, state: &State) -> bool {
        let end = self.observed().into_iter().zip(state.iter().copied()).collect();
        self.question.condition.holds(&end)
    }

    /// An end in words: `0:r0=0 1:r0=0`.
    pub fn told(&self, state: &State) -> String {
        let one = |(place, value): (Place, &i32)| format!("{}={value}", self.place(place));
        let all: Vec<String> = self.observed().into_iter().zip(state).map(one).collect();
        all.join(" ")
    }
}
