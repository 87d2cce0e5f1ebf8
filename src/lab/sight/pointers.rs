//! Which reads of a pointer nobody follows: they fetch it for a compare-exchange, or keep it in the
//! next node, and what lies behind it is left alone.
//!
//! Only what is plain is believed: a pointer that goes anywhere else counts as followed.

mod body;

use std::collections::HashSet;

use proc_macro2::Delimiter;

use body::{Function, Token, functions};

use super::tokens;
use crate::scenario::Scenario;

/// Methods that read an atomic.
const READS: [&str; 6] =
    ["load", "swap", "compare_exchange", "compare_exchange_weak", "fetch_update", "try_update"];
/// Calls that only keep a pointer, or compare it.
const KEEPS: [&str; 8] =
    ["store", "swap", "compare_exchange", "compare_exchange_weak", "new", "from", "eq", "set"];
/// What may be asked of a pointer, or of the result of an exchange, without following it.
const ASKS: [&str; 3] = ["is_null", "is_ok", "is_err"];

/// The reads of pointers in the files of a scenario that nobody follows: the file and the line, or
/// none of both where the scenario follows no pointer at all. One that was written in place has no
/// lines that would tell.
pub(crate) fn unfollowed(scenario: &Scenario) -> Vec<(String, u32)> {
    let sources = scenario.sources.iter();
    let mut texts = sources.clone().map(|source| source.text).chain(scenario.in_place);
    if !texts.any(|text| text.contains("unsafe")) {
        return vec![(String::new(), 0)];
    }
    let lines = |name: &str, text| {
        let name = name.to_string();
        in_text(text).into_iter().map(move |line| (name.clone(), line))
    };
    sources.flat_map(|source| lines(source.name(), source.text)).collect()
}

/// The lines of a text in which an atomic is read, and no read of the line is followed.
fn in_text(text: &str) -> Vec<u32> {
    let Some(stream) = tokens::of(text) else { return Vec::new() };
    let (mut followed, mut left) = (HashSet::new(), HashSet::new());
    functions(stream, &mut |body| {
        let function = Function::of(body);
        for at in 0..function.0.len() {
            if let Some(line) = function.read(at) {
                let set = if function.follows(at) { &mut followed } else { &mut left };
                set.insert(line);
            }
        }
    });
    let mut lines: Vec<u32> = left.difference(&followed).copied().collect();
    lines.sort_unstable();
    lines
}

impl Function {
    /// The line of the read whose method has its name here.
    fn read(&self, at: usize) -> Option<u32> {
        let method = at > 0 && self.sign(at - 1, '.') && self.opens(at + 1, Delimiter::Parenthesis);
        match &self.0[at] {
            Token::Word(word, line) if method && READS.contains(&word.as_str()) => Some(*line),
            _ => None,
        }
    }

    /// Whether what is read here may be followed.
    fn follows(&self, read: usize) -> bool {
        let after = self.past(read + 1);
        if self.sign(after, '.') {
            return !self.word(after + 1).is_some_and(|word| ASKS.contains(&word));
        }
        let begin = self.begins(read);
        let mut names: Vec<String> = Vec::new();
        if matches!(self.word(read), Some("fetch_update" | "try_update")) {
            names.extend(self.closure(read + 1, after));
        }
        let ends = self.sign(after, ';');
        match self.word(begin) {
            Some("let") if ends => match self.bound(begin + 1) {
                Some(name) => names.push(name),
                None => return true,
            },
            Some("match") if self.opens(after, Delimiter::Brace) => {
                names.extend(self.patterns(after, self.past(after)));
            }
            Some("if" | "while") if self.opens(after, Delimiter::Brace) => {
                names.extend(self.patterns(begin, read));
            }
            Some(name) if ends && self.assigns(begin + 1) => names.push(name.to_string()),
            Some("return") => return true,
            // Its result is thrown away.
            Some(_) if ends && !(begin..read).any(|at| self.assigns(at)) => {}
            // One argument of a call, by itself.
            _ if self.kept(begin)
                && matches!(self.0.get(after), Some(Token::Close | Token::Sign(','))) => {}
            _ => return true,
        }
        self.any_followed(names)
    }

    /// The one name that a `let` binds.
    fn bound(&self, at: usize) -> Option<String> {
        let at = if self.word(at) == Some("mut") { at + 1 } else { at };
        let plain = self.assigns(at + 1) || self.sign(at + 1, ':');
        self.word(at).filter(|_| plain).map(str::to_string)
    }

    /// The names that `Ok(..)` and `Err(..)` bind between two places.
    fn patterns(&self, from: usize, to: usize) -> Vec<String> {
        let binds = |at: &usize| matches!(self.word(*at), Some("Ok" | "Err"));
        let name = |at: usize| self.word(at + 2).map(str::to_string);
        (from..to).filter(binds).filter_map(name).filter(|name| name != "_").collect()
    }

    /// The name of a closure's argument between two places.
    fn closure(&self, from: usize, to: usize) -> Option<String> {
        let bar = (from..to).find(|at| self.sign(*at, '|'))?;
        self.word(bar + 1).map(str::to_string)
    }

    /// Whether the group that begins before a place belongs to a call that only keeps what it gets.
    fn kept(&self, begin: usize) -> bool {
        let mut at = begin;
        while at > 0 && !matches!(self.0[at - 1], Token::Open(_)) {
            at = self.begins(at - 1);
        }
        at > 1
            && self.opens(at - 1, Delimiter::Parenthesis)
            && self.word(at - 2).is_some_and(|word| KEEPS.contains(&word))
    }

    /// Whether any of these names is followed, or what one of them is given to.
    fn any_followed(&self, mut left: Vec<String>) -> bool {
        let mut seen = HashSet::new();
        while let Some(name) = left.pop() {
            if !seen.insert(name.clone()) {
                continue;
            }
            for at in 0..self.0.len() {
                let field = at > 0 && self.sign(at - 1, '.');
                if self.word(at) != Some(&name) || field {
                    continue;
                }
                match self.used(at) {
                    Use::Left => {}
                    Use::GivenTo(other) => left.push(other),
                    Use::Followed => return true,
                }
            }
        }
        false
    }

    /// What becomes of a pointer that is named here.
    fn used(&self, at: usize) -> Use {
        let before = |sign| at > 0 && self.sign(at - 1, sign);
        if self.sign(at + 1, '.') {
            let asks = self.word(at + 2).is_some_and(|word| ASKS.contains(&word));
            return if asks { Use::Left } else { Use::Followed };
        }
        if self.assigns(at + 1) || at > 0 && matches!(self.word(at - 1), Some("let" | "mut")) {
            return Use::Left;
        }
        // A pattern, or the argument of a closure.
        let inside = at > 1 && self.opens(at - 1, Delimiter::Parenthesis);
        if inside && matches!(self.word(at - 2), Some("Ok" | "Err")) {
            let arrow = |from: usize| self.sign(from, '=');
            return if arrow(at + 2) { Use::Left } else { Use::Followed };
        }
        if before('|') || self.sign(at + 1, '|') {
            return Use::Left;
        }
        let compares = |at: usize| {
            self.sign(at, '=') && self.sign(at + 1, '=')
                || self.sign(at, '!') && self.sign(at + 1, '=')
        };
        if compares(at + 1) || at > 1 && compares(at - 2) {
            return Use::Left;
        }
        if at > 0 && self.assigns(at - 1) {
            let begin = self.begins(at - 1);
            let to = if self.word(begin) == Some("let") { self.bound(begin + 1) } else { None };
            let plain = self.assigns(begin + 1).then(|| self.word(begin)).flatten();
            let ends = self.sign(at + 1, ';') || self.sign(at + 1, ',');
            return match to.or(plain.map(str::to_string)) {
                _ if !ends && !matches!(self.0.get(at + 1), Some(Token::Close)) => Use::Followed,
                Some(name) => Use::GivenTo(name),
                // Into a node, or into any other place.
                None => Use::Left,
            };
        }
        let alone = matches!(self.0.get(at + 1), Some(Token::Close | Token::Sign(',')));
        let first = before(',') || at > 0 && matches!(self.0[at - 1], Token::Open(_));
        // The name of a field.
        if first && self.sign(at + 1, ':') && !self.sign(at + 2, ':') {
            return Use::Left;
        }
        // A field of a node that is being made.
        if alone && before(':') && !(at > 1 && self.sign(at - 2, ':')) {
            return Use::Left;
        }
        if alone && first && self.kept(at) {
            return Use::Left;
        }
        Use::Followed
    }
}

/// What becomes of a pointer where it is named.
enum Use {
    /// Nothing looks behind it.
    Left,
    /// It has this name as well.
    GivenTo(String),
    Followed,
}

#[cfg(test)]
mod tests {
    use super::in_text;

    #[test]
    fn a_pointer_that_is_only_kept_is_not_followed() {
        let push = "fn push(&self, node: *mut Node) {
            let mut top = self.top.load(Relaxed);
            loop {
                unsafe { (*node).next = top };
                match self.top.compare_exchange_weak(top, node, Release, Relaxed) {
                    Ok(_) => return,
                    Err(now) => top = now,
                }
            }
        }";
        assert_eq!(in_text(push), [2, 5]);
        let other = "fn push(&self, sheet: usize) {
            let node = Box::into_raw(Box::new(Node { sheet, next: self.top.load(Relaxed) }));
            while let Err(now) = self.top.compare_exchange(unsafe { (*node).next }, node, Release, Relaxed) {
                unsafe { (*node).next = now; }
            }
        }";
        assert_eq!(in_text(other), [3]);
        let made = "fn note(&self) {
            let before = self.last.load(Relaxed);
            let reading = Box::into_raw(Box::new(Reading { before: AtomicPtr::new(before) }));
            let again = Box::new(Reading { before: AtomicPtr::new(self.last.load(Relaxed)) });
            self.last.store(reading, Release);
            if self.last.load(Relaxed).is_null() { return; }
            if self.last.compare_exchange(before, reading, Release, Relaxed).is_err() { return; }
            self.last.swap(reading, Release);
        }";
        assert_eq!(in_text(made), [2, 4, 6, 7, 8]);
    }

    #[test]
    fn a_pointer_that_goes_anywhere_else_is() {
        for text in [
            "fn last(&self) -> u32 { unsafe { *self.last.load(Relaxed) } }",
            "fn last(&self) -> u32 { let last = self.last.load(Relaxed); unsafe { *last } }",
            "fn last(&self) -> u32 { let last = self.last.load(Relaxed); unsafe { (*last).x } }",
            "fn last(&self) -> &u32 { unsafe { self.last.load(Relaxed).as_ref().unwrap() } }",
            "fn last(&self) -> &u32 { unsafe { &*self.last.load(Relaxed) } }",
            "fn last(&self) -> *mut u32 { self.last.load(Relaxed) }",
            "fn last(&self) -> *mut u32 { return self.last.load(Relaxed); }",
            "fn last(&self) { let a = self.last.load(Relaxed); let b = a; read(b); }",
            "fn last(&self) { let a = self.last.load(Relaxed); let b = unsafe { &*a }; }",
            "fn pop(&self) { let a = self.last.load(Relaxed); let b = unsafe { Box::from_raw(a) }; }",
            "fn pop(&self) { if let Err(now) = self.top.compare_exchange(a, b, Release, Relaxed) { unsafe { (*now).x = 1 } } }",
            "fn last(&self) { let a = self.last.load(Relaxed) as *const u32; unsafe { *a } }",
            "fn last(&self) { let (a, b) = (self.last.load(Relaxed), 1); }",
            "fn last(&self) { for a in walk(self.last.load(Relaxed)) {} }",
            "fn last(&self) -> Option<u32> { let a = self.last.load(Relaxed); Some(unsafe { a.read() }) }",
            "fn f(&self) { self.top.fetch_update(Release, Relaxed, |old| { unsafe { (*old).n }; Some(n) }); }",
            "fn f(&self) { self.top.try_update(Release, Relaxed, |old| { unsafe { (*old).n }; Some(n) }); }",
            "macro_rules! m { ($a:expr) => { $a.load(Relaxed) } }",
        ] {
            assert_eq!(in_text(text), [0; 0], "{text}");
        }
    }
}
