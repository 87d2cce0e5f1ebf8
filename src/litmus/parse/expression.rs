//! Reads an expression of a thread, and the calls in it that read.

use std::sync::atomic::Ordering::{self, AcqRel, Acquire, Relaxed, Release, SeqCst};

use super::Words;
use super::cursor::{Cursor, DEEPEST};
use crate::lexer::Wrong;
use crate::program::{Access, Expected, Expression, Fetch, Operator};

/// Reads a thread.
pub(super) struct Reader<'a> {
    pub(super) cursor: &'a mut Cursor,
    pub(super) words: &'a mut Words,
    /// Their names, in the order in which they were declared.
    pub(super) registers: Vec<String>,
}

/// Which accesses an ordering can be of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Load,
    Store,
    Both,
    Fence,
}

impl Reader<'_> {
    pub(super) fn register(&self, name: &str) -> Option<usize> {
        self.registers.iter().position(|register| register == name)
    }

    pub(super) fn comma(&mut self) -> Result<(), Wrong> {
        self.cursor.expect(",", "another argument comes here, after a comma")
    }

    /// The order that an explicit call has; that of the others is SeqCst.
    pub(super) fn order_after(&mut self, word: &str, of: Of) -> Result<Ordering, Wrong> {
        if !word.ends_with("_explicit") {
            return Ok(SeqCst);
        }
        self.comma()?;
        self.order(of)
    }

    pub(super) fn order(&mut self, of: Of) -> Result<Ordering, Wrong> {
        let says = "an ordering comes here: memory_order_relaxed, memory_order_acquire ...";
        let word = self.cursor.word(says)?;
        let order = match word.strip_prefix("memory_order_") {
            Some("relaxed") => Relaxed,
            Some("acquire") => Acquire,
            Some("release") => Release,
            Some("acq_rel") => AcqRel,
            Some("seq_cst") => SeqCst,
            _ => {
                self.cursor.back();
                return self.cursor.wrong(match word.as_str() {
                    "memory_order_consume" => {
                        "no compiler has more than acquire for it: write that"
                    }
                    _ => says,
                });
            }
        };
        let says = match (of, order) {
            (Of::Load, Release | AcqRel) => "a load releases nothing: relaxed, acquire or seq_cst",
            (Of::Store, Acquire | AcqRel) => {
                "a store acquires nothing: relaxed, release or seq_cst"
            }
            (Of::Fence, Relaxed) => "a relaxed fence orders nothing: leave it out",
            _ => return Ok(order),
        };
        self.cursor.back();
        self.cursor.wrong(says)
    }

    /// The word that a pointer is of, as the argument of a call.
    pub(super) fn atomic(&mut self) -> Result<usize, Wrong> {
        self.cursor.takes("&");
        let name = self.cursor.word("the word comes here that it is done to")?;
        if self.register(&name).is_some() {
            self.cursor.back();
            return self.cursor.wrong(&format!("{name} is a register, and no shared word"));
        }
        let Some(at) = self.words.find(&name) else {
            self.cursor.back();
            return self.cursor.wrong(&format!("{name} is not declared: (atomic_int* {name})"));
        };
        if self.cursor.sees("+") {
            return self.cursor.wrong("sums of addresses are not understood: write the word alone");
        }
        Ok(at)
    }

    /// `*x`: which word, and whether it is atomic.
    pub(super) fn pointed(&mut self) -> Result<(usize, bool), Wrong> {
        self.cursor.expect("*", "plain memory is *x")?;
        if self.cursor.sees("(") {
            return self.cursor.wrong("sums of addresses are not understood: write *x");
        }
        let at = self.atomic()?;
        let name = &self.words.locations[at].name;
        if self.words.declared.contains(name) {
            return Ok((at, true));
        }
        match self.words.used.get(name) {
            Some(line) => {
                let says = format!(
                    "{name} is plain here and atomic in line {line}: declare it as atomic_int*, or \
                     use it one way"
                );
                self.cursor.wrong(&says)
            }
            None => Ok((at, false)),
        }
    }

    /// An expression whose operators bind more tightly than `level`.
    pub(super) fn expression(&mut self, level: usize) -> Result<Expression, Wrong> {
        self.nested(level, 0)
    }

    fn nested(&mut self, level: usize, depth: usize) -> Result<Expression, Wrong> {
        // As C has them, the loosest first.
        const LEVELS: [&[Operator]; 6] = [
            &[Operator::Or],
            &[Operator::Xor],
            &[Operator::And],
            &[Operator::Equal, Operator::Unequal],
            &[Operator::Less],
            &[Operator::Add, Operator::Subtract],
        ];
        if depth > DEEPEST {
            return self.cursor.wrong("the expression is nested too deeply");
        }
        if level == LEVELS.len() {
            let mut left = self.operand(depth)?;
            while self.cursor.takes("*") {
                let right = self.operand(depth)?;
                left = Expression::Both(Operator::Multiply, Box::new(left), Box::new(right));
            }
            return Ok(left);
        }
        let mut left = self.nested(level + 1, depth)?;
        while let Some(operator) =
            LEVELS[level].iter().find(|operator| self.cursor.sees(operator.sign()))
        {
            self.cursor.skip();
            let right = self.nested(level + 1, depth)?;
            left = Expression::Both(*operator, Box::new(left), Box::new(right));
        }
        for sign in ["&&", "||", "<=", ">=", ">", "<<", ">>", "/", "%", "?", "++", "--"] {
            if self.cursor.sees(sign) {
                return self.cursor.wrong(
                    "this operator is not understood: there are + - * & | ^ == != < and !, and if",
                );
            }
        }
        Ok(left)
    }

    fn operand(&mut self, depth: usize) -> Result<Expression, Wrong> {
        if self.cursor.takes("(") {
            let inner = self.nested(0, depth + 1)?;
            self.cursor.expect(")", "the expression has a ( without its )")?;
            return Ok(inner);
        }
        let zero = Box::new(Expression::Number(0));
        if self.cursor.takes("!") {
            let inner = Box::new(self.deeper(depth)?);
            return Ok(Expression::Both(Operator::Equal, inner, zero));
        }
        if self.cursor.takes("-") {
            if self.cursor.is_number() {
                return Ok(Expression::Number(-self.cursor.number("a number")?));
            }
            let inner = Box::new(self.deeper(depth)?);
            return Ok(Expression::Both(Operator::Subtract, zero, inner));
        }
        if self.cursor.is_number() {
            return Ok(Expression::Number(self.cursor.number("a number")?));
        }
        if self.cursor.sees("*") {
            let (at, atomic) = self.pointed()?;
            let access = if atomic { Access::Load(at, SeqCst) } else { Access::Read(at) };
            return Ok(Expression::Access(Box::new(access)));
        }
        let name = self.cursor.word("a number, a register or a call comes here")?;
        if let Some(register) = self.register(&name) {
            return Ok(Expression::Register(register));
        }
        if self.cursor.takes("(") {
            let access = self.call(&name)?;
            self.cursor.expect(")", "a call has its arguments in ( )")?;
            return Ok(Expression::Access(Box::new(access)));
        }
        self.cursor.back();
        match self.words.find(&name) {
            Some(_) => self.cursor.wrong(&format!("{name} is a pointer: read it as *{name}")),
            None => self.cursor.wrong(&format!("{name} is not declared: write int {name} = ...")),
        }
    }

    fn deeper(&mut self, depth: usize) -> Result<Expression, Wrong> {
        if depth > DEEPEST {
            return self.cursor.wrong("the expression is nested too deeply");
        }
        self.operand(depth + 1)
    }

    /// What reads: its name and its `(` were read already.
    fn call(&mut self, name: &str) -> Result<Access, Wrong> {
        let plain = name.strip_suffix("_explicit").unwrap_or(name);
        match plain {
            "atomic_load" => {
                let at = self.atomic()?;
                Ok(Access::Load(at, self.order_after(name, Of::Load)?))
            }
            "atomic_exchange" => {
                let at = self.atomic()?;
                self.comma()?;
                let value = self.expression(0)?;
                Ok(Access::Exchange(at, value, self.order_after(name, Of::Both)?))
            }
            "atomic_compare_exchange_strong" => self.compare_exchange(name),
            _ => {
                let fetch = plain
                    .strip_prefix("atomic_fetch_")
                    .and_then(|name| Fetch::ALL.iter().find(|(_, known)| *known == name));
                let Some((fetch, _)) = fetch else {
                    self.cursor.back();
                    self.cursor.back();
                    return self.cursor.wrong(not_known(plain));
                };
                let at = self.atomic()?;
                self.comma()?;
                let value = self.expression(0)?;
                Ok(Access::Fetch(*fetch, at, value, self.order_after(name, Of::Both)?))
            }
        }
    }

    fn compare_exchange(&mut self, name: &str) -> Result<Access, Wrong> {
        let at = self.atomic()?;
        self.comma()?;
        self.cursor.takes("&");
        let says = "what is expected stands in a register or a word: &r1, or x0";
        let other = self.cursor.word(says)?;
        let expected = match (self.register(&other), self.words.find(&other)) {
            (Some(register), _) => Expected::Register(register),
            (None, Some(word)) if self.words.locations[word].atomic => Expected::Atomic(word),
            (None, Some(word)) => Expected::Plain(word),
            (None, None) => {
                self.cursor.back();
                return self.cursor.wrong(says);
            }
        };
        self.comma()?;
        let new = self.expression(0)?;
        let success = self.order_after(name, Of::Both)?;
        let failure = self.order_after(name, Of::Load)?;
        Ok(Access::CompareExchange(at, expected, new, success, failure))
    }
}

/// What to do about a call that is not understood.
fn not_known(name: &str) -> &'static str {
    match name {
        "atomic_compare_exchange_weak" => {
            "a weak one may fail without a reason: write atomic_compare_exchange_strong_explicit"
        }
        "atomic_store" | "atomic_thread_fence" => "this has no value: it is a statement of its own",
        name if name.starts_with("smp_") || ["READ_ONCE", "WRITE_ONCE"].contains(&name) => {
            "this is of the kernel's model: write atomic_load_explicit, atomic_store_explicit or \
             atomic_thread_fence with the ordering that is meant"
        }
        _ => {
            "this call is not understood: there are atomic_load, atomic_store, atomic_exchange, \
             atomic_fetch_add (sub, and, or, xor), atomic_compare_exchange_strong, each also with \
             _explicit, and atomic_thread_fence"
        }
    }
}
