//! Where an answer changes plain memory that other threads have too: by a pointer that was made of a
//! shared reference, by a number in a plain field, or by a copy of what owns it. What is changed
//! behind an atomic's pointer the clocks see.
//!
//! It goes by what a function says itself: where a pointer comes from, by the `let` that names it or
//! by its type.

use std::collections::{HashMap, HashSet};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::super::tokens::{is_ident, is_punct};
use super::places::{assigned, followed, of_field, of_non_null, operand, parentheses, words};
use crate::report::What;

/// Calls that give a pointer by which may be written: to what was just made, to nothing, or to what
/// an atomic leads to.
const FRESH: [&str; 25] = [
    "into_raw",
    "into_raw_with_allocator",
    "leak",
    "into_non_null",
    "null_mut",
    "null",
    "dangling",
    "dangling_mut",
    "from_mut",
    "as_mut_ptr",
    "as_mut",
    "get_mut",
    "load",
    "swap",
    "take",
    "replace",
    "compare_exchange",
    "compare_exchange_weak",
    "fetch_update",
    "try_update",
    "fetch_or",
    "fetch_and",
    "fetch_xor",
    "fetch_add",
    "fetch_sub",
];
/// Calls that turn a pointer that only reads into one that writes.
const TURNS: [&str; 6] = [
    "cast_mut",
    "with_exposed_provenance_mut",
    "without_provenance_mut",
    "assume_init_read",
    "with_addr",
    "map_addr",
];
/// Numbers that are as long as an address.
const NUMBERS: [&str; 4] = ["usize", "u64", "isize", "i64"];
/// Methods and functions that write through a pointer.
const WRITES: [&str; 11] = [
    "write",
    "write_volatile",
    "write_unaligned",
    "write_bytes",
    "copy_from",
    "copy_from_nonoverlapping",
    "copy",
    "copy_nonoverlapping",
    "drop_in_place",
    "as_mut",
    "as_mut_unchecked",
];

/// What is changed in a text that others may have, by line.
pub(super) fn of(stream: TokenStream) -> Vec<(u32, What)> {
    let mut found = Vec::new();
    unions(stream.clone(), &mut found);
    // First: which functions write through what they are given.
    let mut writers = HashSet::new();
    functions(stream.clone(), &mut |head, body| {
        let mut function = Function::new(&writers, true, head, body.clone());
        function.walk(body, false);
        let name = function.name.clone().filter(|_| !function.found.is_empty());
        writers.extend(name);
    });
    functions(stream, &mut |head, body| {
        let mut function = Function::new(&writers, false, head, body.clone());
        function.walk(body, false);
        found.extend(function.found);
    });
    found
}

/// Calls `look` with the tokens before each function's body, and the body.
fn functions(stream: TokenStream, look: &mut dyn FnMut(Vec<TokenTree>, TokenStream)) {
    let (mut head, mut function) = (Vec::new(), false);
    for token in stream {
        if is_ident(&token, "fn") {
            (head, function) = (Vec::new(), true);
        } else if is_punct(&token, ';') {
            function = false;
        } else if let TokenTree::Group(group) = &token {
            if function && group.delimiter() == Delimiter::Brace {
                look(std::mem::take(&mut head), group.stream());
                function = false;
            }
            functions(group.stream(), look);
        }
        if function {
            head.push(token);
        }
    }
}

/// Unions that hold a reference or a pointer: it is read as another.
fn unions(stream: TokenStream, found: &mut Vec<(u32, What)>) {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let named = tokens[..at].iter().rev().take(12).any(|token| is_ident(token, "union"));
        let text = words(group.stream());
        if named && text.iter().any(|word| word == "&" || word == "*") {
            let line = group.span_open().start().line as u32;
            found.push((line, What::Pointer("a union with a reference".to_string())));
        }
        unions(group.stream(), found);
    }
}

/// Where a pointer comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    /// From where it may change what it leads to.
    Fresh,
    /// From a shared reference, a pointer that may only read, or a plain number that was shared.
    Shared,
}

struct Function<'a> {
    /// Functions that write through a pointer which they are given.
    writers: &'a HashSet<String>,
    name: Option<String>,
    /// Where what each name stands for comes from, the worst of all that it is given.
    sources: HashMap<String, Source>,
    /// The numbers that it is given: each may be an address.
    numbers: HashSet<String>,
    found: Vec<(u32, What)>,
    /// Whether pointers that it is given count as shared.
    given: bool,
}

impl Function<'_> {
    fn new(
        writers: &HashSet<String>,
        given: bool,
        head: Vec<TokenTree>,
        body: TokenStream,
    ) -> Function<'_> {
        let name = head.get(1).map(TokenTree::to_string);
        let (sources, numbers, found) = (HashMap::new(), HashSet::new(), Vec::new());
        let mut function = Function { writers, name, sources, numbers, found, given };
        function.parameters(&head);
        function.bindings(body);
        function
    }

    fn parameters(&mut self, head: &[TokenTree]) {
        for group in head.iter().filter_map(parentheses) {
            let tokens: Vec<TokenTree> = group.into_iter().collect();
            for one in tokens.split(|token| is_punct(token, ',')) {
                let Some(colon) = one.iter().position(|token| is_punct(token, ':')) else {
                    continue;
                };
                let Some(TokenTree::Ident(name)) = colon.checked_sub(1).map(|at| &one[at]) else {
                    continue;
                };
                if let [TokenTree::Ident(of)] = &one[colon + 1..]
                    && NUMBERS.contains(&of.to_string().as_str())
                {
                    self.numbers.insert(name.to_string());
                }
                let source = of_type(&one[colon + 1..], self.given);
                self.sources.extend(source.map(|source| (name.to_string(), source)));
            }
        }
    }

    /// What each `let` gives a name.
    fn bindings(&mut self, body: TokenStream) {
        let tokens: Vec<TokenTree> = body.into_iter().collect();
        for at in 0..tokens.len() {
            if let TokenTree::Group(group) = &tokens[at] {
                self.bindings(group.stream());
            }
            let brace = |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
            let rest = &tokens[at + 1..];
            let (end, equals) = if is_ident(&tokens[at], "let") {
                let end = rest.iter().position(|token| is_punct(token, ';'));
                (end, rest.iter().position(|token| is_punct(token, '=')))
            } else if is_ident(&tokens[at], "for") {
                (rest.iter().position(brace), rest.iter().position(|token| is_ident(token, "in")))
            } else {
                continue;
            };
            let end = end.unwrap_or(rest.len());
            let Some(equals) = equals.filter(|equals| *equals < end) else { continue };
            let (pattern, value) = (&rest[..equals], &rest[equals + 1..end]);
            let colon = pattern.iter().position(|token| is_punct(token, ':'));
            let named = &pattern[..colon.unwrap_or(pattern.len())];
            let typed = colon.and_then(|colon| of_type(&pattern[colon + 1..], false));
            let source = typed.filter(|source| *source == Source::Shared).or(self.of_value(value));
            let Some(source) = source.or(typed) else { continue };
            for name in words(named.iter().cloned().collect()) {
                let known = self.sources.entry(name).or_insert(source);
                *known = worse(*known, source);
            }
        }
    }

    /// Where the value of an expression comes from, if it says so.
    fn of_value(&self, value: &[TokenTree]) -> Option<Source> {
        let said = words(value.iter().cloned().collect());
        let says = |names: &[&str]| said.iter().any(|word| names.contains(&word.as_str()));
        let pair = |first: &str, second: &str| {
            said.windows(2).any(|two| two[0] == first && two[1] == second)
        };
        if pair("*", "const") || says(&["from_ref", "as_ptr", "cast_const"]) {
            return Some(Source::Shared);
        }
        if says(&FRESH) || pair("&", "mut") || pair("raw", "mut") {
            return Some(Source::Fresh);
        }
        if said.first().is_some_and(|word| word == "&") {
            return Some(Source::Shared);
        }
        if pair("*", "mut") && said.iter().any(|word| self.numbers.contains(word)) {
            return Some(if self.given { Source::Shared } else { Source::Fresh });
        }
        let known = said.iter().filter_map(|word| self.sources.get(word).copied()).reduce(worse);
        // A plain field holds what was put there before anybody shared it.
        known.or(of_field(value).then_some(Source::Shared))
    }

    fn walk(&mut self, stream: TokenStream, within: bool) {
        let tokens: Vec<TokenTree> = stream.into_iter().collect();
        for at in 0..tokens.len() {
            let line = tokens[at].span().start().line as u32;
            let turned = self.turned(&tokens, at);
            self.found.extend(turned.map(|what| (line, what)));
            let written = || self.written(&tokens, at).filter(|_| within);
            let written = self.handed(&tokens, at).or_else(written);
            self.found.extend(written.map(|what| (line, what)));
            if let TokenTree::Group(group) = &tokens[at] {
                let unsafely = at > 0 && is_ident(&tokens[at - 1], "unsafe");
                self.walk(group.stream(), within || unsafely);
            }
        }
    }

    /// A pointer that only reads, and becomes one that writes here.
    fn turned(&self, tokens: &[TokenTree], at: usize) -> Option<What> {
        let TokenTree::Ident(word) = &tokens[at] else { return None };
        let word = word.to_string();
        let argument = || tokens.get(at + 1).and_then(parentheses);
        if TURNS.contains(&word.as_str()) && !(at > 0 && is_ident(&tokens[at - 1], "fn")) {
            let method = at > 0 && is_punct(&tokens[at - 1], '.');
            let of = if method { operand(tokens, at - 1) } else { &[] };
            let fresh = self.of_value(of) == Some(Source::Fresh);
            // A mark in what an atomic leads to; an address that comes from elsewhere is no mark.
            let marks = || {
                let given: Vec<TokenTree> = argument().into_iter().flatten().collect();
                let nothing = words(of.iter().cloned().collect());
                let nothing =
                    nothing.iter().any(|word| word == "null_mut" || word == "dangling_mut");
                !nothing && self.of_value(&given) != Some(Source::Shared)
            };
            let turns = match word.as_str() {
                "cast_mut" => !fresh,
                "with_addr" | "map_addr" => !(fresh && marks()),
                _ => true,
            };
            return turns.then_some(What::Pointer(word));
        }
        // A copy of what owns something is one owner too many.
        let copies = ["read", "read_volatile", "read_unaligned", "from_ref", "from"];
        let path = at > 0 && is_punct(&tokens[at - 1], ':');
        if path && copies.contains(&word.as_str()) && (word != "from" || of_non_null(tokens, at)) {
            let of: Vec<TokenTree> = argument()?.into_iter().collect();
            let shared = self.of_value(&of) == Some(Source::Shared);
            let mine = of.first().is_some_and(|token| is_ident(token, "self"));
            return (shared || mine)
                .then(|| What::Pointer(format!("{word} of a shared reference")));
        }
        let turns = word == "as"
            && is_punct(tokens.get(at + 1)?, '*')
            && is_ident(tokens.get(at + 2)?, "mut");
        let from = operand(tokens, at);
        let mine = |from: &[TokenTree]| {
            // A plain number in the memory: nobody sees what it leads to.
            let method = from.last().is_some_and(|token| matches!(token, TokenTree::Group(_)));
            !method && from.len() > 2 && is_ident(&from[0], "self")
        };
        // Of what nobody says where it comes from, it may come from anywhere.
        let unknown = |from: &[TokenTree]| {
            let mut said = words(from.iter().cloned().collect()).into_iter();
            self.of_value(from).is_none() && !said.any(|word| self.numbers.contains(&word))
        };
        (turns && (self.of_value(from) == Some(Source::Shared) || mine(from) || unknown(from)))
            .then(|| What::Pointer("a pointer that only reads, as *mut".to_string()))
    }

    /// What others may have, given to a function that writes through it.
    fn handed(&self, tokens: &[TokenTree], at: usize) -> Option<What> {
        let TokenTree::Ident(word) = &tokens[at] else { return None };
        if !self.writers.contains(&word.to_string()) {
            return None;
        }
        let given: Vec<TokenTree> = tokens.get(at + 1).and_then(parentheses)?.into_iter().collect();
        let shared = |of: &[TokenTree]| self.of_value(of) == Some(Source::Shared);
        let any = given.split(|token| is_punct(token, ',')).any(shared);
        any.then(|| What::Written(format!("{word} writes through it")))
    }

    /// A plain write through what others may have.
    fn written(&self, tokens: &[TokenTree], at: usize) -> Option<What> {
        let shared = |of: &[TokenTree]| self.of_value(of) == Some(Source::Shared);
        if let TokenTree::Ident(word) = &tokens[at]
            && WRITES.contains(&word.to_string().as_str())
            && let Some(argument) = tokens.get(at + 1).and_then(parentheses)
        {
            let by = match at > 0 && is_punct(&tokens[at - 1], '.') {
                true => operand(tokens, at - 1).to_vec(),
                false => {
                    let all: Vec<TokenTree> = argument.into_iter().collect();
                    let mut split = all.split(|token| is_punct(token, ','));
                    // The place is the second that a copy is given.
                    let place = if word.to_string().starts_with("copy") { 1 } else { 0 };
                    split.nth(place).unwrap_or_default().to_vec()
                }
            };
            return shared(&by)
                .then(|| What::Written(format!("{word} through a pointer that others have")));
        }
        let (pointer, end) = followed(tokens, at)?;
        let borrows = at > 1 && is_ident(&tokens[at - 1], "mut") && is_punct(&tokens[at - 2], '&');
        let writes = borrows || assigned(tokens, end);
        (writes && shared(&pointer))
            .then(|| What::Written("a write through a pointer that others have".to_string()))
    }
}

/// What a type says of where its value comes from. A pointer that is `given` may be anybody's.
fn of_type(tokens: &[TokenTree], given: bool) -> Option<Source> {
    let said = words(tokens.iter().cloned().collect());
    match said.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["&", "mut", ..] => Some(Source::Fresh),
        ["&", "\'", _, "mut", ..] => Some(Source::Fresh),
        ["&", ..] | ["*", "const", ..] => Some(Source::Shared),
        ["*", "mut", ..] | ["NonNull", ..] if given => Some(Source::Shared),
        _ => None,
    }
}

fn worse(one: Source, other: Source) -> Source {
    if one == other { one } else { Source::Shared }
}
