//! Reads the body of a thread: declarations, conditions, and what is done to the shared words.

use std::sync::atomic::Ordering::SeqCst;

use super::Words;
use super::cursor::{Cursor, DEEPEST};
use super::expression::{Of, Reader};
use crate::lexer::Wrong;
use crate::program::{Access, Expression, Statement, Thread, What};

/// Reads a body, whose `{` was read already, up to its `}`.
pub(super) fn read(cursor: &mut Cursor, words: &mut Words) -> Result<Thread, Wrong> {
    let mut body = Reader { cursor, words, registers: Vec::new() };
    let statements = body.block(0)?;
    Ok(Thread { registers: body.registers, body: statements })
}

impl Reader<'_> {
    fn block(&mut self, depth: usize) -> Result<Vec<Statement>, Wrong> {
        let mut found = Vec::new();
        while !self.cursor.takes("}") {
            if self.cursor.at_end() {
                return self.cursor.wrong("the body of a thread has a { without its }");
            }
            self.statement(depth, &mut found)?;
        }
        Ok(found)
    }

    fn statement(&mut self, depth: usize, found: &mut Vec<Statement>) -> Result<(), Wrong> {
        if depth > DEEPEST {
            return self.cursor.wrong("the statements are nested too deeply");
        }
        let line = self.cursor.line();
        if self.cursor.takes(";") {
            return Ok(());
        }
        if self.cursor.takes("{") {
            found.extend(self.block(depth + 1)?);
            return Ok(());
        }
        if self.cursor.takes_word("if") {
            self.cursor.expect("(", "a condition stands in ( )")?;
            let condition = self.expression(0)?;
            self.cursor.expect(")", "a condition stands in ( )")?;
            let (mut then, mut otherwise) = (Vec::new(), Vec::new());
            self.statement(depth + 1, &mut then)?;
            if self.cursor.takes_word("else") {
                self.statement(depth + 1, &mut otherwise)?;
            }
            found.push(Statement { label: 0, line, what: What::If(condition, then, otherwise) });
            return Ok(());
        }
        let mut set = |what| found.push(Statement { label: 0, line, what });
        while self.cursor.takes_word("volatile") || self.cursor.takes_word("const") {}
        if self.cursor.takes_word("int") {
            loop {
                let name = self.cursor.word("a register is declared as int r0 = ...;")?;
                let known = self.registers.contains(&name) || self.words.find(&name).is_some();
                if known {
                    self.cursor.back();
                    return self.cursor.wrong("this name is taken: call it something else");
                }
                // It is not known in what it begins with.
                let value = if self.cursor.takes("=") { Some(self.expression(0)?) } else { None };
                self.registers.push(name);
                let register = self.registers.len() - 1;
                value.into_iter().for_each(|value| set(What::Set(Some(register), value)));
                if !self.cursor.takes(",") {
                    break;
                }
            }
        } else if self.cursor.sees("*") {
            let (at, atomic) = self.pointed()?;
            self.cursor.expect("=", "plain memory is written as *x = 1;")?;
            let value = self.expression(0)?;
            let access =
                if atomic { Access::Store(at, value, SeqCst) } else { Access::Write(at, value) };
            set(What::Set(None, Expression::Access(Box::new(access))));
        } else if self.cursor.then("=") {
            let name = self.cursor.word("a register is set as r0 = ...;")?;
            let Some(register) = self.register(&name) else {
                self.cursor.back();
                let says = match self.words.find(&name) {
                    Some(_) => format!("{name} is a pointer: write *{name} = ..."),
                    None => format!("{name} is not declared: write int {name} = ..."),
                };
                return self.cursor.wrong(&says);
            };
            self.cursor.skip();
            let value = self.expression(0)?;
            set(What::Set(Some(register), value));
        } else {
            let value = self.effect()?;
            set(What::Set(None, value));
        }
        self.cursor.expect(";", "a statement ends with ;")
    }

    /// A call that stands alone.
    fn effect(&mut self) -> Result<Expression, Wrong> {
        let Some(word) = self.cursor.peeked().map(str::to_string) else {
            return self
                .cursor
                .wrong("this is no statement: racelab reads calls of atomic_..., =, if");
        };
        match word.as_str() {
            "while" | "for" | "do" | "goto" => self.cursor.wrong(
                "loops are not understood: write out as many rounds as it takes, or ask for the \
                 ends in which the first round succeeds",
            ),
            "return" | "switch" | "break" | "continue" => {
                self.cursor.wrong("this is not understood: write it with if and else")
            }
            "atomic_thread_fence" | "atomic_store" | "atomic_store_explicit" => {
                let access = self.write_or_fence(&word)?;
                Ok(Expression::Access(Box::new(access)))
            }
            _ => self.expression(0),
        }
    }

    fn write_or_fence(&mut self, word: &str) -> Result<Access, Wrong> {
        self.cursor.skip();
        self.cursor.expect("(", "a call has its arguments in ( )")?;
        let access = if word == "atomic_thread_fence" {
            Access::Fence(self.order(Of::Fence)?)
        } else {
            let at = self.atomic()?;
            self.comma()?;
            let value = self.expression(0)?;
            Access::Store(at, value, self.order_after(word, Of::Store)?)
        };
        self.cursor.expect(")", "a call has its arguments in ( )")?;
        Ok(access)
    }
}
