//! Casts in an answer with `unsafe` whose type does not stand there: it may be that of a pointer which
//! writes, made of one that only reads.

use std::collections::HashMap;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::super::tokens::{colons, ident, is_ident, is_punct};
use super::places::words;
use crate::report::What;

/// Types that no pointer is of.
const PLAIN: [&str; 16] = [
    "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "f32",
    "f64", "bool", "char",
];

/// Casts to what is not spelled out, and unions that hold what owns or points, by line.
pub(super) fn of(stream: TokenStream) -> Vec<(u32, What)> {
    let mut casts = Casts { aliases: HashMap::new(), found: Vec::new() };
    if words(stream.clone()).iter().any(|word| word == "unsafe") {
        casts.aliases(stream.clone());
        casts.walk(stream);
    }
    casts.found
}

struct Casts {
    /// What each `type` of the text stands for.
    aliases: HashMap<String, Vec<String>>,
    found: Vec<(u32, What)>,
}

impl Casts {
    fn aliases(&mut self, stream: TokenStream) {
        let tokens: Vec<TokenTree> = stream.into_iter().collect();
        for at in 0..tokens.len() {
            if let TokenTree::Group(group) = &tokens[at] {
                self.aliases(group.stream());
            }
            let Some(name) = ident(&tokens, at + 1).filter(|_| is_ident(&tokens[at], "type"))
            else {
                continue;
            };
            let rest = &tokens[at + 2..];
            let end = rest.iter().position(|token| is_punct(token, ';')).unwrap_or(rest.len());
            // One of a trait may be another for each type.
            self.aliases
                .entry(name)
                .or_default()
                .extend(words(rest[..end].iter().cloned().collect()));
        }
    }

    fn walk(&mut self, stream: TokenStream) {
        let tokens: Vec<TokenTree> = stream.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            let line = tokens[at].span().start().line as u32;
            if is_ident(&tokens[at], "use") {
                // `as` gives a name there.
                let rest = &tokens[at..];
                at += rest.iter().position(|token| is_punct(token, ';')).unwrap_or(rest.len());
                continue;
            }
            if let TokenTree::Group(group) = &tokens[at] {
                self.walk(group.stream());
            }
            if is_ident(&tokens[at], "as") && !self.spelled_out(&tokens, at + 1) {
                let kind = tokens.get(at + 1).map(TokenTree::to_string).unwrap_or_default();
                self.found.push((line, What::Cast(format!("as {kind}"))));
            }
            if let Some(fields) = union(&tokens, at) {
                let plain = |word: &String| {
                    let named = word.chars().next().is_some_and(char::is_uppercase);
                    !named && word != "&" && word != "*"
                };
                if !types(fields).iter().all(plain) {
                    let what = "a union of more than numbers".to_string();
                    self.found.push((line, What::Pointer(what)));
                }
            }
            at += 1;
        }
    }

    /// Whether the type that begins at a place says whether it is a pointer, or none is meant:
    /// `<T as Trait>`.
    fn spelled_out(&self, tokens: &[TokenTree], at: usize) -> bool {
        let Some(first) = tokens.get(at) else { return false };
        if is_punct(first, '*') || is_punct(first, '&') || is_punct(first, '!') {
            return true;
        }
        let Some(name) = ident(tokens, at).filter(|name| name != "_") else {
            // A tuple or an array is no cast that compiles; a macro's part may be anything.
            return matches!(first, TokenTree::Group(_)) || is_ident(first, "fn");
        };
        self.ends_a_path(tokens, at) || (!colons(tokens, at + 1) && self.is_plain(&name, 0))
    }

    /// Whether `as Trait>::` stands here, with whatever the trait's own parameters are.
    fn ends_a_path(&self, tokens: &[TokenTree], from: usize) -> bool {
        let mut depth = 0;
        for at in from..tokens.len() {
            match &tokens[at] {
                token if is_punct(token, '<') => depth += 1,
                token if is_punct(token, '>') && depth == 0 => return colons(tokens, at + 1),
                token if is_punct(token, '>') => depth -= 1,
                token if is_punct(token, ';') || is_punct(token, '=') => return false,
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => return false,
                _ => {}
            }
        }
        false
    }

    /// Whether a name is that of a number, or of what is no alias at all.
    fn is_plain(&self, name: &str, depth: usize) -> bool {
        if PLAIN.contains(&name) {
            return !self.aliases.contains_key(name);
        }
        match self.aliases.get(name) {
            // What is no alias is a type of its own: `as Box<dyn Fn()>`.
            None => true,
            Some(of) => {
                depth < 8 && of.len() == 2 && of[0] == "=" && self.is_plain(&of[1], depth + 1)
            }
        }
    }
}

/// The fields of the union that is defined at a place.
fn union(tokens: &[TokenTree], at: usize) -> Option<TokenStream> {
    let name = ident(tokens, at + 1).filter(|_| is_ident(&tokens[at], "union"))?;
    let body = tokens[at + 2..].iter().find_map(|token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group.stream()),
        _ => None,
    });
    body.filter(|_| name != "for")
}

/// The words of the fields' types, without the fields' names.
fn types(fields: TokenStream) -> Vec<String> {
    let tokens: Vec<TokenTree> = fields.into_iter().collect();
    let of = |field: &[TokenTree]| {
        let colon = field.iter().position(|token| is_punct(token, ':'));
        let types = colon.map_or(field, |colon| &field[colon + 1..]);
        words(types.iter().cloned().collect())
    };
    tokens.split(|token| is_punct(token, ',')).flat_map(of).collect()
}
