//! A program as text: in herd's C format, and in columns as a screen has it.

use std::sync::atomic::Ordering;

use super::program::{
    Access, Condition, Expected, Expression, Place, Program, Statement, Thread, What,
};

/// The program in herd's C format.
pub fn herd(program: &Program) -> String {
    let mut text = format!("C {}\n\n{{", program.name);
    for location in &program.locations {
        text += &format!(" [{}] = {};", location.name, location.initial);
    }
    text += " }\n";
    for (number, thread) in program.threads.iter().enumerate() {
        let of = |location: &super::program::Location| match location.atomic {
            true => format!("atomic_int* {}", location.name),
            false => format!("int* {}", location.name),
        };
        let words: Vec<String> = program.locations.iter().map(of).collect();
        text += &format!("\nP{number} ({}) {{\n", words.join(", "));
        let mut known = Vec::new();
        // What is set in one branch alone, or by a compare-exchange, is known before it.
        for register in early(thread) {
            text += &format!("  int {};\n", thread.registers[register]);
            known.push(register);
        }
        let mut writer = C { program, thread, known };
        text += &writer.body(&thread.body, 1);
        text += "}\n";
    }
    if !program.wanted.is_empty() {
        let all: Vec<String> = program.wanted.iter().map(|place| program.place(*place)).collect();
        text += &format!("\nlocations [{};]", all.join("; "));
    }
    let question = &program.question;
    let condition = condition(program, &question.condition);
    text += &format!("\n{} ({condition})\n", question.quantifier.word());
    text
}

/// The registers that a body sets somewhere else than at its top.
fn early(thread: &Thread) -> Vec<usize> {
    fn within(expression: &Expression, found: &mut Vec<usize>) {
        match expression {
            Expression::Number(_) | Expression::Register(_) => {}
            Expression::Both(_, left, right) => {
                within(left, found);
                within(right, found);
            }
            Expression::Access(access) => match &**access {
                Access::Load(..) | Access::Read(_) | Access::Fence(_) => {}
                Access::Store(_, value, _)
                | Access::Exchange(_, value, _)
                | Access::Fetch(_, _, value, _)
                | Access::Write(_, value) => within(value, found),
                Access::CompareExchange(_, expected, new, ..) => {
                    within(new, found);
                    if let Expected::Register(register) = expected {
                        found.push(*register);
                    }
                }
            },
        }
    }
    fn all(body: &[Statement], top: bool, found: &mut Vec<usize>) {
        for statement in body {
            match &statement.what {
                What::Set(register, expression) => {
                    found.extend(register.filter(|_| !top));
                    within(expression, found);
                }
                What::If(expression, then, otherwise) => {
                    within(expression, found);
                    all(then, false, found);
                    all(otherwise, false, found);
                }
            }
        }
    }
    let mut found = Vec::new();
    all(&thread.body, true, &mut found);
    // A register that nobody sets is declared as well.
    let set = |register: usize| {
        let sets = |statement: &Statement| matches!(&statement.what, What::Set(Some(other), _) if *other == register);
        thread.body.iter().any(sets)
    };
    found.extend((0..thread.registers.len()).filter(|register| !set(*register)));
    found.sort_unstable();
    found.dedup();
    found
}

struct C<'a> {
    program: &'a Program,
    thread: &'a Thread,
    /// Registers that were declared.
    known: Vec<usize>,
}

impl C<'_> {
    fn body(&mut self, body: &[Statement], depth: usize) -> String {
        let indent = "  ".repeat(depth);
        let mut text = String::new();
        for statement in body {
            match &statement.what {
                What::Set(register, expression) => {
                    let value = self.expression(expression, 0);
                    let to = match register {
                        None => String::new(),
                        Some(register) => {
                            let new = !self.known.contains(register);
                            self.known.push(*register);
                            let name = &self.thread.registers[*register];
                            format!("{}{name} = ", if new { "int " } else { "" })
                        }
                    };
                    text += &format!("{indent}{to}{value};\n");
                }
                What::If(expression, then, otherwise) => {
                    let condition = self.expression(expression, 0);
                    text += &format!("{indent}if ({condition}) {{\n");
                    text += &self.body(then, depth + 1);
                    if !otherwise.is_empty() {
                        text += &format!("{indent}}} else {{\n");
                        text += &self.body(otherwise, depth + 1);
                    }
                    text += &format!("{indent}}}\n");
                }
            }
        }
        text
    }

    fn expression(&self, expression: &Expression, depth: usize) -> String {
        written(expression, depth, self.thread, &|access| self.access(access))
    }

    fn access(&self, access: &Access) -> String {
        let word = |at: &usize| &self.program.locations[*at].name;
        let order = |order: &Ordering| format!("memory_order_{}", c(*order));
        let value = |value: &Expression| self.expression(value, 0);
        match access {
            Access::Load(at, by) => format!("atomic_load_explicit({}, {})", word(at), order(by)),
            Access::Store(at, new, by) => {
                format!("atomic_store_explicit({}, {}, {})", word(at), value(new), order(by))
            }
            Access::Exchange(at, new, by) => {
                format!("atomic_exchange_explicit({}, {}, {})", word(at), value(new), order(by))
            }
            Access::Fetch(fetch, at, new, by) => {
                let (name, at, new) = (fetch.name(), word(at), value(new));
                format!("atomic_fetch_{name}_explicit({at}, {new}, {})", order(by))
            }
            Access::CompareExchange(at, expected, new, success, failure) => {
                let expected = match expected {
                    Expected::Register(register) => {
                        format!("&{}", self.thread.registers[*register])
                    }
                    Expected::Atomic(other) | Expected::Plain(other) => word(other).clone(),
                };
                format!(
                    "atomic_compare_exchange_strong_explicit({}, {expected}, {}, {}, {})",
                    word(at),
                    value(new),
                    order(success),
                    order(failure)
                )
            }
            Access::Fence(by) => format!("atomic_thread_fence({})", order(by)),
            Access::Read(at) => format!("*{}", word(at)),
            Access::Write(at, new) => format!("*{} = {}", word(at), value(new)),
        }
    }
}

fn c(order: Ordering) -> &'static str {
    match order {
        Ordering::Relaxed => "relaxed",
        Ordering::Acquire => "acquire",
        Ordering::Release => "release",
        Ordering::AcqRel => "acq_rel",
        _ => "seq_cst",
    }
}

fn condition(program: &Program, what: &Condition) -> String {
    let inner = |what: &Condition| match what {
        Condition::Both(..) | Condition::Either(..) => format!("({})", condition(program, what)),
        _ => condition(program, what),
    };
    match what {
        Condition::Constant(holds) => holds.to_string(),
        Condition::Is(Place::Location(at), value) => {
            format!("[{}]={value}", program.locations[*at].name)
        }
        Condition::Is(place, value) => format!("{}={value}", program.place(*place)),
        Condition::Not(other) => format!("~({})", condition(program, other)),
        Condition::Both(left, right) => {
            // Both group to the left.
            let left = match &**left {
                Condition::Both(..) => condition(program, left),
                _ => inner(left),
            };
            format!("{left} /\\ {}", inner(right))
        }
        Condition::Either(left, right) => format!("{} \\/ {}", inner(left), inner(right)),
    }
}

/// The question in words: `exists (0:r0=0 /\ 1:r0=0)`.
pub fn question(program: &Program) -> String {
    let question = &program.question;
    format!("{} ({})", question.quantifier.word(), condition(program, &question.condition))
}

/// A statement as a screen has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The thread that it is of.
    pub thread: usize,
    /// Its number among the statements of the whole program.
    pub label: usize,
    /// Where it stands.
    pub line: u32,
    /// What it says, short, as Rust would say it: `r0 = y.load(acq)`.
    pub text: String,
}

/// The statements of each thread: its column.
pub fn columns(program: &Program) -> Vec<Vec<Line>> {
    let lines = statements(program);
    let of = |thread: usize| lines.iter().filter(|line| line.thread == thread).cloned().collect();
    (0..program.threads.len()).map(of).collect()
}

/// All statements, by their numbers.
pub(crate) fn statements(program: &Program) -> Vec<Line> {
    fn all(rust: &Rust<'_>, body: &[Statement], depth: usize, found: &mut Vec<Line>) {
        for statement in body {
            let (label, line) = (statement.label, statement.line);
            let indent = "  ".repeat(depth);
            let mut push = |text: String| {
                found.push(Line { thread: rust.number, label, line, text: indent.clone() + &text });
            };
            match &statement.what {
                What::Set(None, expression) => push(rust.expression(expression, 0)),
                What::Set(Some(register), expression) => {
                    let name = &rust.thread.registers[*register];
                    push(format!("{name} = {}", rust.expression(expression, 0)));
                }
                What::If(expression, then, otherwise) => {
                    let also = if otherwise.is_empty() { "" } else { " .. else" };
                    push(format!("if {}{also}", rust.expression(expression, 0)));
                    all(rust, then, depth + 1, found);
                    all(rust, otherwise, depth + 1, found);
                }
            }
        }
    }
    let mut found = Vec::new();
    for (number, thread) in program.threads.iter().enumerate() {
        all(&Rust { program, thread, number }, &thread.body, 0, &mut found);
    }
    found
}

struct Rust<'a> {
    program: &'a Program,
    thread: &'a Thread,
    number: usize,
}

impl Rust<'_> {
    fn expression(&self, expression: &Expression, depth: usize) -> String {
        written(expression, depth, self.thread, &|access| self.access(access))
    }

    fn access(&self, access: &Access) -> String {
        let word = |at: &usize| &self.program.locations[*at].name;
        let value = |value: &Expression| self.expression(value, 0);
        match access {
            Access::Load(at, by) => format!("{}.load({})", word(at), short(*by)),
            Access::Store(at, new, by) => {
                format!("{}.store({}, {})", word(at), value(new), short(*by))
            }
            Access::Exchange(at, new, by) => {
                format!("{}.swap({}, {})", word(at), value(new), short(*by))
            }
            Access::Fetch(fetch, at, new, by) => {
                format!("{}.{}({}, {})", word(at), fetch.name(), value(new), short(*by))
            }
            Access::CompareExchange(at, expected, new, success, failure) => {
                let expected = match expected {
                    Expected::Register(register) => &self.thread.registers[*register],
                    Expected::Atomic(other) | Expected::Plain(other) => word(other),
                };
                let (at, new) = (word(at), value(new));
                format!("{at}.cas({expected}, {new}, {}, {})", short(*success), short(*failure))
            }
            Access::Fence(by) => format!("fence({})", short(*by)),
            Access::Read(at) => format!("*{}", word(at)),
            Access::Write(at, new) => format!("*{} = {}", word(at), value(new)),
        }
    }
}

fn short(order: Ordering) -> &'static str {
    match order {
        Ordering::Relaxed => "rlx",
        Ordering::Acquire => "acq",
        Ordering::Release => "rel",
        Ordering::AcqRel => "acqrel",
        _ => "sc",
    }
}

/// An expression of a thread, whose accesses are written so: C and Rust differ in nothing else. A part
/// of another one stands in parentheses.
fn written(
    expression: &Expression,
    depth: usize,
    thread: &Thread,
    access: &dyn Fn(&Access) -> String,
) -> String {
    match expression {
        Expression::Number(number) => number.to_string(),
        Expression::Register(register) => thread.registers[*register].clone(),
        Expression::Both(operator, left, right) => {
            let part = |part| written(part, 1, thread, access);
            let text = format!("{} {} {}", part(left), operator.sign(), part(right));
            if depth > 0 { format!("({text})") } else { text }
        }
        Expression::Access(one) => access(one),
    }
}
