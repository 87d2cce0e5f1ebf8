//! Runs a thread of a litmus program, over whatever memory there is.

use std::sync::atomic::Ordering;

use super::program::{Access, Expected, Expression, Fetch, Statement, Thread, What};

/// A number, and the reads of its thread that it was worked out from: a bit each.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Value {
    pub(crate) number: i32,
    pub(crate) from: u64,
}

/// An access, with the numbers that it works on.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Do {
    Load(usize, Ordering),
    Store(usize, i32, Ordering),
    Exchange(usize, i32, Ordering),
    Fetch(Fetch, usize, i32, Ordering),
    /// What is expected, the new value, and the orderings of success and of failure.
    CompareExchange(usize, i32, i32, Ordering, Ordering),
    Fence(Ordering),
    Read(usize),
    Write(usize, i32),
}

/// What a thread works on.
pub(crate) trait Memory {
    /// Performs an access of the statement of this number; what it reads. It depends on these reads of
    /// its thread: without them it would not be, or would write something else.
    fn perform(&mut self, label: usize, what: Do, depends: u64) -> Value;
}

/// Runs a thread to its end; what its registers hold then.
pub(crate) fn run(thread: &Thread, memory: &mut impl Memory) -> Vec<i32> {
    let registers = vec![Value::default(); thread.registers.len()];
    let mut running = Running { registers, depends: 0, label: 0, memory };
    running.all(&thread.body);
    running.registers.iter().map(|value| value.number).collect()
}

struct Running<'a, M> {
    registers: Vec<Value>,
    /// The reads that decide whether what is done now is done at all.
    depends: u64,
    label: usize,
    memory: &'a mut M,
}

impl<M: Memory> Running<'_, M> {
    fn all(&mut self, body: &[Statement]) {
        for statement in body {
            self.label = statement.label;
            match &statement.what {
                What::Set(register, expression) => {
                    let value = self.value(expression);
                    if let Some(register) = register {
                        self.registers[*register] = value;
                    }
                }
                What::If(condition, then, otherwise) => {
                    let value = self.value(condition);
                    // What comes after it hangs on it as well, as a machine sees it.
                    self.depends |= value.from;
                    self.all(if value.number != 0 { then } else { otherwise });
                }
            }
        }
    }

    fn value(&mut self, expression: &Expression) -> Value {
        match expression {
            Expression::Number(number) => Value { number: *number, from: 0 },
            Expression::Register(register) => self.registers[*register],
            Expression::Both(operator, left, right) => {
                let (left, right) = (self.value(left), self.value(right));
                let number = operator.of(left.number, right.number);
                Value { number, from: left.from | right.from }
            }
            Expression::Access(access) => self.access(access),
        }
    }

    fn access(&mut self, access: &Access) -> Value {
        match access {
            Access::Load(at, order) => self.perform(Do::Load(*at, *order), 0),
            Access::Read(at) => self.perform(Do::Read(*at), 0),
            Access::Fence(order) => self.perform(Do::Fence(*order), 0),
            Access::Store(at, value, order) => {
                let value = self.value(value);
                self.perform(Do::Store(*at, value.number, *order), value.from)
            }
            Access::Write(at, value) => {
                let value = self.value(value);
                self.perform(Do::Write(*at, value.number), value.from)
            }
            Access::Exchange(at, value, order) => {
                let value = self.value(value);
                self.perform(Do::Exchange(*at, value.number, *order), value.from)
            }
            Access::Fetch(fetch, at, value, order) => {
                let value = self.value(value);
                self.perform(Do::Fetch(*fetch, *at, value.number, *order), value.from)
            }
            Access::CompareExchange(at, expected, new, success, failure) => {
                let new = self.value(new);
                let old = match expected {
                    Expected::Register(register) => self.registers[*register],
                    Expected::Atomic(at) => self.perform(Do::Load(*at, Ordering::Relaxed), 0),
                    Expected::Plain(at) => self.perform(Do::Read(*at), 0),
                };
                let what = Do::CompareExchange(*at, old.number, new.number, *success, *failure);
                let read = self.perform(what, new.from | old.from);
                let same = read.number == old.number;
                // Whether it writes there depends on both.
                let from = read.from | old.from;
                match expected {
                    _ if same => {}
                    Expected::Register(register) => self.registers[*register] = read,
                    Expected::Atomic(at) => {
                        self.perform(Do::Store(*at, read.number, Ordering::Relaxed), from);
                    }
                    Expected::Plain(at) => {
                        self.perform(Do::Write(*at, read.number), from);
                    }
                }
                Value { number: i32::from(same), from: read.from | old.from }
            }
        }
    }

    fn perform(&mut self, what: Do, depends: u64) -> Value {
        self.memory.perform(self.label, what, self.depends | depends)
    }
}
