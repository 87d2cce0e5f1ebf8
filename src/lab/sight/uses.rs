//! What the `use` declarations of a source bring in from std, and under which names.

use std::collections::HashMap;

use proc_macro2::{Delimiter, TokenTree};

use super::known::{self, Look, STD};
use super::tokens::{colons, ident, is_ident, is_punct};

/// One name that a `use` brings in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Import {
    /// The path as it stands there: `["std", "sync", "Mutex"]`, with a last `*` for all.
    pub(super) path: Vec<String>,
    /// The name here.
    pub(super) name: String,
    /// The line of the last part.
    pub(super) line: u32,
}

/// Modules of std's, by the names that a source has for them: `sync`, or `s` for `std` itself.
#[derive(Debug, Default)]
pub(super) struct Names {
    known: HashMap<String, Vec<String>>,
    /// What comes from the facade: the name here, `*` for all names of a module, and the path below
    /// `rt`.
    facade: Vec<(String, Vec<String>)>,
    /// Whether the source has a module `rt` of its own, so that the name says nothing.
    own_rt: bool,
}

impl Names {
    pub(super) fn new(imports: &[Import], own_rt: bool) -> Names {
        let mut names = Names { own_rt, ..Names::default() };
        // Again and again: one `use` may go through the name that another one makes.
        loop {
            let before = names.known.len();
            for import in imports {
                let below = names.below_std(&import.path, false);
                // Anything else is named where it is brought in, and not again at each use.
                if let Some(below) = below.filter(|below| known::is_module(below)) {
                    let below = below.into_iter().map(str::to_string).collect();
                    names.known.entry(import.name.clone()).or_insert(below);
                }
            }
            if names.known.len() == before {
                break;
            }
        }
        let facade = |import: &Import| {
            let below = below_rt(&import.path)?.to_vec();
            Some((import.name.clone(), below))
        };
        names.facade = imports.iter().filter_map(facade).collect();
        names
    }

    /// What a path means below `std`, if it leads there. One that begins with `::` starts from a
    /// crate and goes through no name of the source's own.
    pub(super) fn below_std<'a>(
        &'a self,
        path: &'a [String],
        absolute: bool,
    ) -> Option<Vec<&'a str>> {
        let (first, rest) = path.split_first()?;
        let rest = rest.iter().map(String::as_str);
        if STD.contains(&first.as_str()) {
            return Some(rest.collect());
        }
        // A name that is made in a module goes by that module's path elsewhere.
        let module = |name: &&String| name.starts_with(|c: char| c.is_lowercase() || c == '_');
        let facade = |name: &&String| *name != "rt" || self.own_rt;
        let modules = path.iter().take_while(module).take_while(facade).count();
        let mut names = path.iter().take(modules + 1);
        let at = names.position(|name| self.known.contains_key(name));
        let at = at.filter(|_| !absolute)?;
        let start = self.known[&path[at]].iter().map(String::as_str);
        Some(start.chain(path[at + 1..].iter().map(String::as_str)).collect())
    }

    /// Whether a name means a module of std's, or std itself.
    pub(super) fn is_module(&self, name: &str) -> bool {
        let known = |below: &Vec<String>| {
            let below: Vec<&str> = below.iter().map(String::as_str).collect();
            known::look(&below) == Look::Module
        };
        STD.contains(&name) || self.known.get(name).is_some_and(known)
    }

    /// Whether a name comes from the facade.
    pub(super) fn is_of_facade(&self, name: &str) -> bool {
        self.facade.iter().any(|(known, _)| known == name)
    }

    /// Whether a path goes through the facade, by its own words.
    pub(super) fn through_facade(&self, path: &[String]) -> bool {
        !self.own_rt && path.iter().any(|name| name == "rt")
    }

    /// Whether a path may mean one of std's cells that the facade has for thread-locals.
    pub(super) fn is_cell_of_one_thread(&self, path: &[String]) -> bool {
        let by_itself = below_rt(path).map(<[String]>::to_vec);
        let by_name = self.facade.iter().filter_map(|(name, below)| match path.split_first()? {
            (first, rest) if first == name => Some([below, rest].concat()),
            _ if name == "*" => Some([&below[..below.len() - 1], path].concat()),
            _ => None,
        });
        by_itself.into_iter().chain(by_name).any(|below| match below.as_slice() {
            [module, item, ..] => module == "cell" && (item == "Cell" || item == "RefCell"),
            _ => false,
        })
    }
}

/// What follows `rt` in a path.
fn below_rt(path: &[String]) -> Option<&[String]> {
    let at = path.iter().position(|part| part == "rt")?;
    Some(&path[at + 1..])
}

/// Stands in a path for what a macro is given.
pub(super) const GIVEN: &str = "$";

/// The names that the `use` or `extern crate` which begins at a place brings in, and where the
/// declaration ends.
pub(super) fn imports(tokens: &[TokenTree], at: usize) -> Option<(Vec<Import>, usize)> {
    if !is_ident(&tokens[at], "use") && !is_ident(&tokens[at], "extern") {
        return None;
    }
    let length = tokens[at..].iter().position(|token| is_punct(token, ';'))?;
    let declaration = &tokens[at..at + length];
    let mut found = Vec::new();
    match declaration {
        [word, rest @ ..] if is_ident(word, "use") => tree(rest, &[], &mut found),
        [_, word, rest @ ..] if is_ident(word, "crate") => tree(rest, &[], &mut found),
        _ => return None,
    }
    Some((found, at + length + 1))
}

/// One tree: `a::b`, `a::{b, c::*}`, `a as b`. `inside` is the path so far.
fn tree(tokens: &[TokenTree], inside: &[String], found: &mut Vec<Import>) {
    let mut path = inside.to_vec();
    let mut at = if colons(tokens, 0) { 2 } else { 0 };
    let mut line = 0;
    while let Some(token) = tokens.get(at) {
        line = token.span().start().line as u32;
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                for one in inner.split(|token| is_punct(token, ',')) {
                    tree(one, &path, found);
                }
                return;
            }
            TokenTree::Punct(punct) if punct.as_char() == '*' => path.push("*".to_string()),
            // Itself, under its own name.
            TokenTree::Ident(name) if name == "self" && !inside.is_empty() => {}
            TokenTree::Ident(_) => path.extend(ident(tokens, at)),
            // Whatever a macro puts here.
            TokenTree::Punct(punct) if punct.as_char() == '$' => {
                path.push(GIVEN.to_string());
                break;
            }
            _ => return,
        }
        if !colons(tokens, at + 1) {
            break;
        }
        at += 3;
    }
    let renamed = tokens.get(at + 1).is_some_and(|token| is_ident(token, "as"));
    let renamed = renamed.then(|| ident(tokens, at + 2)).flatten();
    if let Some(name) = renamed.or_else(|| path.last().cloned()) {
        found.push(Import { path, name, line });
    }
}
