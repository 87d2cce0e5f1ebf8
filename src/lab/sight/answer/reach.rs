//! What an answer reaches that no checker sees, by whatever name: the world outside of the program,
//! the library's own rooms, another runtime's copy of the answer, and what only a macro spells out.

use std::collections::HashSet;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::super::known::STD;
use super::super::tokens::{self, colons, ident, is_ident, is_punct};
use super::super::uses::{self, GIVEN, Import, Names};
use crate::report::{Instead, What};

/// Modules of std's that lead out of the program: what one thread leaves there another finds.
const OUTSIDE: [&str; 6] = ["env", "fs", "net", "os", "ffi", "rc"];
/// And items of others.
const ITEMS: [[&str; 2]; 8] = [
    ["io", "stdin"],
    ["io", "stdout"],
    ["io", "stderr"],
    ["io", "pipe"],
    ["process", "Command"],
    ["panic", "set_hook"],
    ["panic", "take_hook"],
    ["panic", "update_hook"],
];
/// Macros that bring in what is not in the file, or what is not seen.
const BRINGS: [&str; 9] = [
    "include",
    "include_str",
    "include_bytes",
    "env",
    "option_env",
    "thread_local",
    "asm",
    "global_asm",
    "naked_asm",
];
/// What an [`std::sync::Arc`] tells of its owners.
const COUNTS: [&str; 11] = [
    "strong_count",
    "weak_count",
    "get_mut",
    "get_mut_unchecked",
    "make_mut",
    "try_unwrap",
    "into_inner",
    "unwrap_or_clone",
    "increment_strong_count",
    "decrement_strong_count",
    "upgrade",
];

/// What is reached in a text, by line.
pub(super) fn of(stream: TokenStream, imports: &[Import], names: &Names) -> Vec<(u32, What)> {
    let mut own = HashSet::new();
    macros(stream.clone(), &mut own);
    let owner = |import: &&Import| {
        let below = names.below_std(&import.path, false);
        below.is_some_and(|below| matches!(below[..], ["sync", "Arc" | "Weak" | "*"]))
    };
    let owners = imports.iter().filter(owner).map(|import| import.name.clone()).collect();
    let mut reach = Reach { names, own, owners, found: Vec::new(), within: false, depth: 0 };
    for import in imports {
        reach.import(import);
    }
    reach.walk(stream);
    reach.found
}

/// The names of the macros that a text defines.
fn macros(stream: TokenStream, own: &mut HashSet<String>) {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    for at in 0..tokens.len() {
        if is_ident(&tokens[at], "macro_rules") {
            own.extend(ident(&tokens, at + 2));
        }
        if let TokenTree::Group(group) = &tokens[at] {
            macros(group.stream(), own);
        }
    }
}

struct Reach<'a> {
    names: &'a Names,
    /// Macros of the text's own.
    own: HashSet<String>,
    /// The names of std's counted pointers.
    owners: HashSet<String>,
    found: Vec<(u32, What)>,
    /// Whether this is the body of a macro, or what one is given.
    within: bool,
    /// How many modules this is in.
    depth: usize,
}

impl Reach<'_> {
    fn import(&mut self, import: &Import) {
        if let Some(what) = self.path(&import.path, true) {
            self.found.push((import.line, what));
        }
    }

    fn walk(&mut self, stream: TokenStream) {
        tokens::steps(stream, |tokens, at| self.step(tokens, at));
    }

    fn step(&mut self, tokens: &[TokenTree], at: usize) -> usize {
        let line = tokens[at].span().start().line as u32;
        if let TokenTree::Group(group) = &tokens[at] {
            self.group(tokens, at, group);
            return at + 1;
        }
        if let Some((imports, end)) = uses::imports(tokens, at) {
            // What leads up depends on where it stands.
            for import in &imports {
                let up = self.up(&import.path).map(|what| (import.line, what));
                self.found.extend(up);
            }
            return end;
        }
        if let Some(what) = self.keyword(tokens, at) {
            self.found.push((line, what));
            return at + 1;
        }
        let Some(path) = tokens::path(tokens, at) else { return at + 1 };
        let goes_on = colons(tokens, path.end);
        let given = goes_on && tokens.get(path.end + 2).is_some_and(|token| is_punct(token, '$'));
        let called = tokens.get(path.end).is_some_and(|token| is_punct(token, '!'));
        let first = path.names[0].as_str();
        let alone = path.names.len() == 1 && !goes_on;
        let what = if given && self.leads_on(&path.names) {
            Some(What::Assembled(path.names.join("::")))
        } else if alone && self.within && (self.names.is_module(first) || first == "racelab") {
            Some(What::Assembled(first.to_string()))
        } else if alone && self.within && !called && BRINGS.contains(&first) {
            Some(What::Assembled(format!("{first}!")))
        } else {
            self.up(&path.names).or_else(|| self.path(&path.names, false))
        };
        self.found.extend(what.map(|what| (line, what)));
        path.end
    }

    fn group(&mut self, tokens: &[TokenTree], at: usize, group: &proc_macro2::Group) {
        let (within, depth) = (self.within, self.depth);
        let bang = |back: usize| at >= back && is_punct(&tokens[at - back], '!');
        let name = |back: usize| at.checked_sub(back).and_then(|at| ident(tokens, at));
        let own = bang(1) && name(2).is_some_and(|name| self.own.contains(&name));
        let rules = bang(2) && name(3).is_some_and(|name| name == "macro_rules");
        self.within |= own || rules;
        if group.delimiter() == Delimiter::Brace && name(2).is_some_and(|name| name == "mod") {
            self.depth += 1;
        }
        self.walk(group.stream());
        (self.within, self.depth) = (within, depth);
    }

    /// Words that must be followed by what they are about, where it can be read.
    fn keyword(&self, tokens: &[TokenTree], at: usize) -> Option<What> {
        let next = |ahead: usize| tokens.get(at + ahead);
        let lifetime = at > 0 && is_punct(&tokens[at - 1], '\'');
        let brace = |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        match ident(tokens, at)?.as_str() {
            "static" if !lifetime && !next(1).is_some_and(|t| matches!(t, TokenTree::Ident(_))) => {
                // A closure or a block that borrows nothing.
                let closure = next(1).is_some_and(|token| is_punct(token, '|'));
                (!closure).then(|| What::Assembled("static".to_string()))
            }
            "mod" if self.within => {
                let name = if next(1).is_some_and(|token| is_punct(token, '$')) { 3 } else { 2 };
                (!next(name).is_some_and(brace)).then(|| What::Assembled("mod".to_string()))
            }
            word if COUNTS.contains(&word) && self.of_owner(tokens, at) => Some(counts(word)),
            _ => None,
        }
    }

    /// Whether a word is called on what may be one of std's counted pointers: `weak.upgrade()`, or
    /// `Arc::<u8>::strong_count`.
    fn of_owner(&self, tokens: &[TokenTree], at: usize) -> bool {
        let upgrades = is_ident(&tokens[at], "upgrade") && is_punct(&tokens[at - at.min(1)], '.');
        let typed = at >= 3 && colons(tokens, at - 2) && is_punct(&tokens[at - 3], '>');
        (upgrades || typed) && !self.owners.is_empty()
    }

    /// Whether what follows a path may still be anything: it leads to a module of std's, into the
    /// library, or up.
    fn leads_on(&self, path: &[String]) -> bool {
        let up = |name: &String| name == "super" || name == "self";
        let module = |below: Vec<&str>| !below.first().is_some_and(|name| plain(name));
        self.names.below_std(path, false).is_some_and(module)
            || path.first().is_some_and(|name| name == "racelab")
            || path.iter().filter(|name| up(name)).count() > 1
    }

    /// A path that goes up past the file.
    fn up(&self, path: &[String]) -> Option<What> {
        let ups = path.iter().skip_while(|name| *name == "self");
        let ups = ups.take_while(|name| *name == "super").count();
        let to = path.iter().find(|name| *name != "self" && *name != "super");
        let facade = to.is_some_and(|name| name == "rt");
        (ups > self.depth + 1 && !facade).then(|| self.sibling(&path.join("::")))
    }

    fn sibling(&self, path: &str) -> What {
        let instead = Instead::Alike("super::rt, or what is in this file".to_string());
        What::Path { path: path.to_string(), instead }
    }

    /// What a whole path reaches, or what a `use` brings in.
    fn path(&self, path: &[String], import: bool) -> Option<What> {
        let unseen = |path: String| Some(What::Path { path, instead: Instead::Nothing });
        let whole = import || path.len() > 1;
        match path.first()?.as_str() {
            "crate" if whole => return Some(self.sibling(&path.join("::"))),
            // Its macros are its only part that an answer needs.
            "racelab" if whole && path.get(1).is_none_or(|name| name != "fields") => {
                return Some(self.sibling(&path.join("::")));
            }
            _ => {}
        }
        if let [.., owner, word] = path
            && COUNTS.contains(&word.as_str())
            && self.owners.contains(owner)
        {
            return Some(counts(word));
        }
        let below = self.names.below_std(path, false)?;
        let std = |below: &[&str]| [&["std"], below].concat().join("::");
        match below[..] {
            // A macro's part: what it amounts to is not there to be read.
            [.., GIVEN] => Some(What::Assembled(std(&below[..below.len() - 1]))),
            ["sync", "Arc" | "Weak", word, ..] if COUNTS.contains(&word) => Some(counts(word)),
            [module, ..] if OUTSIDE.contains(&module) && whole => unseen(std(&below)),
            [module, item, ..] if ITEMS.contains(&[module, item]) => unseen(std(&below[..2])),
            [name] if BRINGS.contains(&name) && whole => unseen(std(&below)),
            _ => None,
        }
    }
}

/// What std's counted pointers tell of their owners.
fn counts(word: &str) -> What {
    let instead = Instead::Facade("rt::sync::Arc".to_string());
    What::Path { path: format!("std::sync::Arc::{word}"), instead }
}

/// Whether nothing below a module of std's is unseen.
fn plain(module: &str) -> bool {
    !(["sync", "thread", "cell", "hint", "time", "arch", "ptr", "panic", "process", "io", "mem"])
        .contains(&module)
        && !OUTSIDE.contains(&module)
        && module != "prelude"
        && !STD.contains(&module)
}
