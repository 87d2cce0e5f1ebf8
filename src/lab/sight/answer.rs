//! What an answer to an exercise must not say besides: what runs before `main`, what tells one
//! checker from another, and memory that threads share by force.
//!
//! A crate of somebody's own may say all of this for good reasons, and is not held to it.

use std::collections::{HashMap, HashSet};

use proc_macro2::{TokenStream, TokenTree};

use super::scan::{in_text, unseen};
use super::tokens::{self, ident, is_ident, is_punct};
use crate::report::{Unseen, What};

/// What brings code or data to a place that nobody calls: it may run before `main`, or in the place
/// of the system's own.
const PLACED: [&str; 5] =
    ["link_section", "no_mangle", "export_name", "link_name", "global_allocator"];

/// What is another under each checker, where a solution must be the same.
const TELLS: [&str; 4] = ["module_path", "type_name", "type_name_of_val", "current_exe"];

/// As [`in_text`], and what an answer must not say besides.
pub fn in_answer(file: &str, text: &str) -> Vec<Unseen> {
    let mut found = in_text(file, text);
    let Ok(stream) = text.parse::<TokenStream>() else { return found };
    let mut answer = Answer::default();
    answer.walk(stream);
    answer.claims();
    answer.found.dedup();
    found.extend(answer.found.into_iter().map(|found| unseen(file, text, found)));
    found.sort_by_key(|unseen| unseen.line);
    found
}

#[derive(Default)]
struct Answer {
    found: Vec<(u32, What)>,
    /// The types that the text defines, with what their definitions name.
    types: HashMap<String, Definition>,
    /// Types that are said to be safe to share or to send, and where.
    claimed: Vec<(u32, String)>,
}

#[derive(Default)]
struct Definition {
    names: HashSet<String>,
    raw_pointer: bool,
}

impl Answer {
    fn walk(&mut self, stream: TokenStream) {
        let tokens = tokens::level(stream);
        for at in 0..tokens.len() {
            if let TokenTree::Group(group) = &tokens[at] {
                self.walk(group.stream());
                continue;
            }
            let line = tokens[at].span().start().line as u32;
            self.found.extend(word(&tokens, at).map(|what| (line, what)));
            if let Some(name) = claimed(&tokens, at) {
                self.claimed.push((line, name));
            }
            let defines =
                ["struct", "enum", "union"].iter().any(|word| is_ident(&tokens[at], word));
            if let Some(name) = ident(&tokens, at + 1).filter(|_| defines) {
                let definition = self.types.entry(name).or_default();
                let end = |token: &TokenTree| {
                    is_punct(token, ';')
                        || matches!(token, TokenTree::Group(group) if group.delimiter() == proc_macro2::Delimiter::Brace)
                };
                let rest = &tokens[at + 2..];
                let length = rest.iter().position(end).map_or(rest.len(), |end| end + 1);
                definition.read(rest[..length].iter().cloned().collect());
            }
        }
    }

    /// Types that are shared by force, and hold a raw pointer.
    fn claims(&mut self) {
        for (line, name) in std::mem::take(&mut self.claimed) {
            let (mut seen, mut left) = (HashSet::new(), vec![name.clone()]);
            while let Some(next) = left.pop() {
                let Some(definition) = self.types.get(&next).filter(|_| seen.insert(next.clone()))
                else {
                    continue;
                };
                if definition.raw_pointer {
                    self.found.push((line, What::Shared(name)));
                    break;
                }
                left.extend(definition.names.iter().cloned());
            }
        }
    }
}

impl Definition {
    fn read(&mut self, stream: TokenStream) {
        let tokens: Vec<TokenTree> = stream.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => self.read(group.stream()),
                TokenTree::Ident(name) => {
                    self.raw_pointer |= name == "NonNull";
                    self.names.insert(name.to_string());
                }
                _ => self.raw_pointer |= raw_pointer(&tokens, at),
            }
        }
    }
}

/// Whether `*const` or `*mut` begins at a place.
fn raw_pointer(tokens: &[TokenTree], at: usize) -> bool {
    let kind = |token: &TokenTree| is_ident(token, "const") || is_ident(token, "mut");
    is_punct(&tokens[at], '*') && tokens.get(at + 1).is_some_and(kind)
}

/// What one word of an answer amounts to.
fn word(tokens: &[TokenTree], at: usize) -> Option<What> {
    let name = ident(tokens, at)?;
    if PLACED.contains(&name.as_str()) {
        return Some(What::Placed(name));
    }
    if TELLS.contains(&name.as_str()) {
        return Some(What::Tells(name));
    }
    let next = |word: &str| tokens.get(at + 1).is_some_and(|token| is_ident(token, word));
    match name.as_str() {
        "extern" if !next("crate") => Some(What::Foreign),
        "transmute" | "transmute_copy" | "addr_of" => Some(What::Pointer(name)),
        "raw" if next("const") && at > 0 && is_punct(&tokens[at - 1], '&') => {
            Some(What::Pointer("&raw const".to_string()))
        }
        "as" if tokens.len() > at + 1 && raw_pointer(tokens, at + 1) && own_field(tokens, at) => {
            Some(What::Pointer("a pointer to a field of its own".to_string()))
        }
        _ => None,
    }
}

/// Whether what ends before a place is `&self.field`.
fn own_field(tokens: &[TokenTree], end: usize) -> bool {
    let part = |token: &&TokenTree| match token {
        TokenTree::Punct(punct) => punct.as_char() == '.',
        TokenTree::Ident(_) | TokenTree::Group(_) => true,
        TokenTree::Literal(_) => true,
    };
    let length = tokens[..end].iter().rev().take_while(part).count();
    let start = end - length;
    start > 0
        && is_punct(&tokens[start - 1], '&')
        && tokens.get(start).is_some_and(|token| is_ident(token, "self"))
}

/// The type that `unsafe impl Sync for` or `Send for`, which begins here, is about.
fn claimed(tokens: &[TokenTree], at: usize) -> Option<String> {
    if !is_ident(&tokens[at], "unsafe") || !is_ident(tokens.get(at + 1)?, "impl") {
        return None;
    }
    let body = |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == proc_macro2::Delimiter::Brace);
    let head = &tokens[at..at + tokens[at..].iter().position(body)?];
    let of = head.iter().position(|token| is_ident(token, "for"))?;
    let marker = |token: &TokenTree| is_ident(token, "Sync") || is_ident(token, "Send");
    head[..of].last().is_some_and(marker).then(|| ident(head, of + 1)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let found = in_answer("a.rs", text);
        found.iter().map(|unseen| format!("{} {}", unseen.line, unseen.what.name())).collect()
    }

    #[test]
    fn each_way_around_the_checkers_is_named_by_its_line() {
        let table: &[(&str, &[&str])] = &[
            ("unsafe extern \"C\" { fn fork() -> i32; }", &["1 foreign functions"]),
            ("\nextern \"C\" fn early() {}", &["2 foreign functions"]),
            (
                "#[used]\n#[unsafe(link_section = \".init_array\")]\nstatic A: fn() = f;",
                &["2 link_section"],
            ),
            ("#[no_mangle]\npub fn write() {}", &["1 no_mangle"]),
            ("#[r#export_name = \"x\"] fn f() {}", &["1 export_name"]),
            ("#[global_allocator]\nstatic A: B = B;", &["1 global_allocator"]),
            (
                "macro_rules! m { ($a:ident) => { #[$a = \".x\"] fn f() {} } }\nm!(link_section);",
                &["2 link_section"],
            ),
            ("fn f() -> bool { module_path!().contains(\"loom\") }", &["1 module_path"]),
            ("use std::any::type_name as t;", &["1 type_name"]),
            (
                "struct A { p: *mut u32 }\nunsafe impl Sync for A {}\nunsafe impl Send for A {}",
                &["2 a raw pointer in A", "3 a raw pointer in A"],
            ),
            (
                "struct B(std::ptr::NonNull<u8>);\nstruct A { b: Vec<B> }\nunsafe impl<T> Sync for A {}",
                &["3 a raw pointer in A"],
            ),
            (
                "fn f(&self) { unsafe { *(&self.both as *const u32 as *mut u32) = 1 } }",
                &["1 a pointer to a field of its own"],
            ),
            ("fn f(&self) { let p = &raw const self.both; }", &["1 &raw const"]),
            ("fn f(&self) { let p = std::ptr::addr_of!(self.both); }", &["1 addr_of"]),
            ("fn f(x: &u32) -> &mut u32 { unsafe { std::mem::transmute(x) } }", &["1 transmute"]),
        ];
        for (text, expected) in table {
            assert_eq!(found(text), *expected, "{text}");
        }
    }

    #[test]
    fn what_a_right_answer_may_say_is_not_named() {
        for text in [
            "struct A { cell: UnsafeCell<u32> }\nunsafe impl Sync for A {}",
            "struct Node { next: *mut Node }\nstruct A { top: AtomicPtr<Node> }",
            "fn f(&self) { let old = Box::into_raw(b) as *mut u8; let p = x as *const u8; }",
            "fn f(&self) -> u32 { self.a.load(Relaxed) as u32 & self.b as u32 }",
            "extern crate alloc;\n// no_mangle\nconst A: &str = \"extern module_path!\";",
            "unsafe impl Sync for Elsewhere {}",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
