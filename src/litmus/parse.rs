//! Reads herd's C format, as far as it is atomics: what is not understood is refused, by its line.

mod body;
mod cursor;
mod expression;

use std::collections::{BTreeMap, BTreeSet};

pub use super::lexer::Wrong;
use super::lexer::{Token, tokens};
use super::program::{Condition, Location, Place, Program, Quantifier, Question, Thread, What};
use super::race::THREADS;
use cursor::Cursor;

/// So long a file may be, in bytes.
const LONGEST: usize = 64 << 10;
/// So many statements a program may have.
const STATEMENTS: usize = 200;

/// The words that there are, and which of them are atomic.
#[derive(Default)]
pub(super) struct Words {
    locations: Vec<Location>,
    /// Declared so, or used so in this line.
    declared: BTreeSet<String>,
    used: BTreeMap<String, u32>,
}

impl Words {
    /// The number of a word, which is new where nobody has named it.
    fn number(&mut self, name: &str) -> usize {
        let known = self.locations.iter().position(|location| location.name == name);
        known.unwrap_or_else(|| {
            let atomic = self.declared.contains(name) || self.used.contains_key(name);
            self.locations.push(Location { name: name.to_string(), atomic, initial: 0 });
            self.locations.len() - 1
        })
    }

    fn find(&self, name: &str) -> Option<usize> {
        self.locations.iter().position(|location| location.name == name)
    }

    /// Looks at how each word is declared and used, anywhere.
    fn looked_up(tokens: &[(u32, Token)]) -> Words {
        let mut words = Words::default();
        let sign = |at: usize, sign: &str| {
            tokens.get(at).is_some_and(|(_, token)| *token == Token::Sign(known(sign)))
        };
        for (at, (line, token)) in tokens.iter().enumerate() {
            let Token::Word(word) = token else { continue };
            let mut next = at + 1;
            if word == "atomic_int" {
                next += usize::from(sign(next, "*"));
                if let Some((_, Token::Word(name))) = tokens.get(next) {
                    words.declared.insert(name.clone());
                }
            } else if word.starts_with("atomic_") && sign(next, "(") {
                next += 1 + usize::from(sign(next + 1, "&"));
                if let Some((_, Token::Word(name))) = tokens.get(next) {
                    words.used.entry(name.clone()).or_insert(*line);
                }
            }
        }
        words
    }
}

/// A sign as the lexer has it.
fn known(sign: &str) -> &'static str {
    match sign {
        "*" => "*",
        "(" => "(",
        _ => "&",
    }
}

/// Reads a program.
///
/// # Errors
/// The first line that is not understood, and what to do about it.
pub fn read(text: &str) -> Result<Program, Wrong> {
    if text.len() > LONGEST {
        return Wrong::at(1, format!("the file is longer than {} KiB", LONGEST >> 10));
    }
    let (name, line, rest) = title(text)?;
    let tokens = tokens(rest, line)?;
    let words = Words::looked_up(&tokens);
    let mut cursor = Cursor::new(tokens);
    let mut reader = Reader { words, threads: Vec::new() };
    reader.initial(&mut cursor)?;
    while cursor.begins("void") || cursor.thread().is_some() {
        reader.thread(&mut cursor)?;
    }
    if reader.threads.is_empty() {
        return cursor.wrong("a thread is missing: P0 (atomic_int* x) { ... }");
    }
    let wanted = reader.wanted(&mut cursor)?;
    let question = reader.question(&mut cursor)?;
    let (locations, threads) = (reader.words.locations, reader.threads);
    let mut program = Program { name, locations, threads, wanted, question };
    program.number();
    Ok(program)
}

/// The name in the first line, and where the initial values begin: what lies between is herd's own.
fn title(text: &str) -> Result<(String, u32, &str), Wrong> {
    let mut name: Option<String> = None;
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let (number, trimmed) = (number as u32 + 1, line.trim());
        match &name {
            _ if name.is_some() && trimmed.starts_with('{') => {
                return Ok((name.unwrap_or_default(), number, &text[at..]));
            }
            None if trimmed.is_empty()
                || trimmed.starts_with("(*")
                || trimmed.starts_with("//") => {}
            None => {
                let (kind, rest) = trimmed.split_once(char::is_whitespace).unwrap_or((trimmed, ""));
                if kind != "C" {
                    let says = format!(
                        "a litmus program in C begins with C and its name, and this is {kind:?}: \
                         those of a machine are not understood"
                    );
                    return Wrong::at(number, says);
                }
                let rest = rest.trim();
                name = Some(if rest.is_empty() { "unnamed" } else { rest }.to_string());
            }
            Some(_) if trimmed.starts_with('P') && trimmed.contains('(') => {
                return Wrong::at(number, "the initial values are missing before it: write { }");
            }
            Some(_) => {}
        }
        at += line.len();
    }
    let lines = text.lines().count().max(1) as u32;
    match name {
        None => Wrong::at(1, "the file is empty: a litmus program begins with C and its name"),
        Some(_) => Wrong::at(lines, "the initial values are missing: write { x = 0; y = 0; }"),
    }
}

struct Reader {
    words: Words,
    threads: Vec<Thread>,
}

impl Reader {
    /// `{ [x] = 0; int y = 1; }`
    fn initial(&mut self, cursor: &mut Cursor) -> Result<(), Wrong> {
        cursor.expect("{", "the initial values begin with {")?;
        while !cursor.takes("}") {
            if cursor.takes(";") {
                continue;
            }
            while cursor.takes_word("int") || cursor.takes_word("atomic_int") {}
            if cursor.is_number() {
                return cursor
                    .wrong("registers begin as 0: set them in their thread, and leave this out");
            }
            if cursor.sees("*") {
                return cursor
                    .wrong("pointers to pointers are not understood: name the word itself");
            }
            let bracket = cursor.takes("[");
            let name = cursor.word("a word has a name: [x] = 0;")?;
            if bracket {
                cursor.expect("]", "the name of a word stands in [ ]")?;
            }
            let number = self.words.number(&name);
            if cursor.takes("=") {
                let says = "a word begins as a number: pointers to others are not understood";
                self.words.locations[number].initial = cursor.number(says)?;
            }
            if !cursor.sees("}") {
                cursor.expect(";", "after an initial value comes ;")?;
            }
        }
        Ok(())
    }

    /// `P0 (atomic_int* x, int* y) { ... }`
    fn thread(&mut self, cursor: &mut Cursor) -> Result<(), Wrong> {
        cursor.takes_word("void");
        let number = self.threads.len();
        if cursor.thread() != Some(number) {
            return cursor.wrong(&format!("P{number} comes here: threads are P0, P1 and so on"));
        }
        if number == THREADS {
            return cursor.wrong(&format!("there are {THREADS} threads at most"));
        }
        cursor.skip();
        cursor.expect("(", "after the name of a thread its words are declared: (atomic_int* x)")?;
        while !cursor.takes(")") {
            self.parameter(cursor)?;
            if !cursor.sees(")") {
                cursor.expect(",", "between words comes a comma")?;
            }
        }
        cursor.expect("{", "the body of a thread begins with {")?;
        let thread = body::read(cursor, &mut self.words)?;
        let statements = self.threads.iter().chain([&thread]).map(|thread| count(&thread.body));
        if statements.sum::<usize>() > STATEMENTS {
            return cursor.wrong(&format!("there are {STATEMENTS} statements at most"));
        }
        self.threads.push(thread);
        Ok(())
    }

    fn parameter(&mut self, cursor: &mut Cursor) -> Result<(), Wrong> {
        let mut stars = 0;
        loop {
            if cursor.takes("*") {
                stars += 1;
                continue;
            }
            let says = "a word is declared as atomic_int* x, or int* x where it is plain memory";
            let word = cursor.word(says)?;
            match word.as_str() {
                "int" | "atomic_int" | "volatile" | "const" => {}
                _ if cursor.sees(",") || cursor.sees(")") => {
                    if stars != 1 {
                        cursor.back();
                        return cursor.wrong(says);
                    }
                    self.words.number(&word);
                    return Ok(());
                }
                other => {
                    cursor.back();
                    let says = format!("{other} is not understood: words are atomic_int or int");
                    return cursor.wrong(&says);
                }
            }
        }
    }

    /// `locations [x; 0:r0;]`
    fn wanted(&mut self, cursor: &mut Cursor) -> Result<Vec<Place>, Wrong> {
        let mut wanted = Vec::new();
        if cursor.takes_word("locations") {
            cursor.expect("[", "places stand in [ ]: locations [x; 0:r0;]")?;
            while !cursor.takes("]") {
                if !cursor.takes(";") {
                    wanted.push(self.place(cursor)?);
                }
            }
        }
        Ok(wanted)
    }

    fn question(&mut self, cursor: &mut Cursor) -> Result<Question, Wrong> {
        if cursor.at_end() {
            // As herd has it: of all ends nothing is asked.
            let condition = Condition::Constant(true);
            return Ok(Question { quantifier: Quantifier::Always, condition });
        }
        let never = cursor.takes("~") || cursor.takes_word("not");
        let quantifier = if cursor.takes_word("exists") {
            if never { Quantifier::Never } else { Quantifier::Exists }
        } else if cursor.begins("forall") && !never {
            cursor.skip();
            Quantifier::Always
        } else {
            return cursor.wrong(
                "after the threads comes a question: exists, ~exists or forall, and a condition",
            );
        };
        let condition = self.either(cursor, 0)?;
        if !cursor.at_end() {
            return cursor.wrong("the file goes on after its condition: leave that out");
        }
        Ok(Question { quantifier, condition })
    }

    fn either(&mut self, cursor: &mut Cursor, depth: usize) -> Result<Condition, Wrong> {
        let mut left = self.both(cursor, depth)?;
        while cursor.takes("\\/") {
            left = Condition::Either(Box::new(left), Box::new(self.both(cursor, depth)?));
        }
        if cursor.sees("=>") {
            return cursor.wrong("=> is not understood: write ~a \\/ b for a => b");
        }
        Ok(left)
    }

    fn both(&mut self, cursor: &mut Cursor, depth: usize) -> Result<Condition, Wrong> {
        let mut left = self.one(cursor, depth)?;
        while cursor.takes("/\\") {
            left = Condition::Both(Box::new(left), Box::new(self.one(cursor, depth)?));
        }
        Ok(left)
    }

    fn one(&mut self, cursor: &mut Cursor, depth: usize) -> Result<Condition, Wrong> {
        if depth > cursor::DEEPEST {
            return cursor.wrong("the condition is nested too deeply");
        }
        if cursor.takes("~") || cursor.takes_word("not") {
            return Ok(Condition::Not(Box::new(self.one(cursor, depth + 1)?)));
        }
        if cursor.takes("(") {
            let inner = self.either(cursor, depth + 1)?;
            cursor.expect(")", "the condition has a ( without its )")?;
            return Ok(inner);
        }
        for (word, value) in [("true", true), ("false", false)] {
            if cursor.takes_word(word) {
                return Ok(Condition::Constant(value));
            }
        }
        let place = self.place(cursor)?;
        let differs = cursor.takes("!=");
        if !differs && !cursor.takes("==") {
            cursor.expect("=", "a place is compared with a number: 0:r0=1, or [x]=1")?;
        }
        let number = cursor.number("a place is compared with a number: 0:r0=1, or [x]=1")?;
        let is = Condition::Is(place, number);
        Ok(if differs { Condition::Not(Box::new(is)) } else { is })
    }

    /// `0:r0`, `x`, `[x]` or `*x`.
    fn place(&mut self, cursor: &mut Cursor) -> Result<Place, Wrong> {
        if cursor.is_number() {
            let thread = cursor.number("a thread has a number: 0:r0")?;
            cursor.expect(":", "the register of a thread is 0:r0")?;
            let name = cursor.word("the register of a thread is 0:r0")?;
            let register = self
                .threads
                .get(thread as usize)
                .and_then(|thread| thread.registers.iter().position(|register| *register == name));
            return match register {
                Some(register) => Ok(Place::Register(thread as usize, register)),
                None => {
                    cursor.back();
                    cursor.wrong(&format!("P{thread} has no register {name}"))
                }
            };
        }
        let bracket = cursor.takes("[");
        cursor.takes("*");
        let name = cursor.word("an end is told by registers and words: 0:r0, [x]")?;
        let Some(location) = self.words.find(&name) else {
            cursor.back();
            return cursor.wrong(&format!("no thread declares {name}"));
        };
        if bracket {
            cursor.expect("]", "the name of a word stands in [ ]")?;
        }
        Ok(Place::Location(location))
    }
}

/// How many statements there are, within others too.
fn count(body: &[super::program::Statement]) -> usize {
    let of = |what: &What| match what {
        What::Set(..) => 1,
        What::If(_, then, otherwise) => 1 + count(then) + count(otherwise),
    };
    body.iter().map(|statement| of(&statement.what)).sum()
}
