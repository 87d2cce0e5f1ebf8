//! What an answer to an exercise must not say besides: what runs before `main`, what tells one
//! checker from another, and memory that threads share by force.
//!
//! A crate of somebody's own may say all of this for good reasons, and is not held to it.

use std::collections::{HashMap, HashSet};

use proc_macro2::{TokenStream, TokenTree};

use super::scan::{in_text, names_of, unseen};
use super::tokens::{self, ident, is_ident, is_punct};
use crate::report::{Unseen, What};

mod casts;
mod changes;
mod places;
mod reach;

/// What brings code or data to a place that nobody calls: it may run before `main`, or in the place
/// of the system's own.
const PLACED: [&str; 5] =
    ["link_section", "no_mangle", "export_name", "link_name", "global_allocator"];

/// What is another under each checker, where a solution must be the same.
const TELLS: [&str; 4] = ["module_path", "type_name", "type_name_of_val", "current_exe"];

/// As [`in_text`], and what an answer must not say besides.
pub fn in_answer(file: &str, text: &str) -> Vec<Unseen> {
    let mut found = in_text(file, text);
    let Some(stream) = tokens::of(text) else { return found };
    let mut answer = Answer::default();
    answer.walk(stream.clone());
    answer.claims();
    let (imports, names) = names_of(stream.clone());
    answer.found.extend(casts::of(stream.clone()));
    answer.found.extend(changes::of(stream.clone()));
    answer.found.extend(reach::of(stream, &imports, &names));
    answer.found.sort_by_key(|(line, _)| *line);
    // A line is named once.
    let mut said: HashSet<u32> = found.iter().map(|unseen| unseen.line).collect();
    answer.found.retain(|(line, _)| said.insert(*line));
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
        let tokens: Vec<TokenTree> = stream.into_iter().collect();
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
                    self.raw_pointer |= name == "NonNull" || name == "Rc";
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
            (
                "fn f(&self) { unsafe { std::ptr::from_ref(&self.x).cast_mut().write(1) } }",
                &["1 from_ref of a shared reference"],
            ),
            (
                "fn f(&self) {\n let p: *const u32 = &self.x;\n unsafe { *p.cast_mut() = 1 } }",
                &["3 a write through a pointer that others have"],
            ),
            (
                "fn past<T>(r: &T) -> *mut T { r as *const T as *mut T }",
                &["1 a pointer that only reads, as *mut"],
            ),
            (
                "fn f(&self) { let p = self.v.as_ptr() as *mut u32; }",
                &["1 a pointer that only reads, as *mut"],
            ),
            ("fn f(&self) { let p = NonNull::from(&self.x); }", &["1 from of a shared reference"]),
            (
                "fn f(&self) { let mut b = unsafe { std::ptr::read(&self.b) }; }",
                &["1 read of a shared reference"],
            ),
            (
                "fn f(&self) { let p = self.at as *mut u32; }",
                &["1 a pointer that only reads, as *mut"],
            ),
            (
                "fn f(&self) {\n let at = self.at;\n unsafe { *(at as *mut u32) = 1 } }",
                &["3 a write through a pointer that others have"],
            ),
            ("union U<'a> { a: &'a u32, b: *mut u32 }", &["1 a union with a reference"]),
            (
                "union U { a: usize, b: ManuallyDrop<Box<u32>> }\nfn f() { unsafe {} }",
                &["1 a union of more than numbers"],
            ),
            (
                "fn up<T>(t: *const T) -> *mut T { t as _ }\nfn f(&self) { unsafe { *up(&self.x) = 5 } }",
                &["1 as _"],
            ),
            ("type P = *mut u8;\nfn f(p: usize) { unsafe { g(p as P) } }", &["2 as P"]),
            ("type P<T> = T;\nfn f(p: usize) { unsafe { g(p as P<*mut u8>) } }", &["2 as P"]),
            ("fn f<T: P>(p: usize) { unsafe { g(p as T::To) } }", &["1 as T"]),
            ("macro_rules! m { ($e:expr, $t:ty) => { unsafe { $e as $t } } }", &["1 as $"]),
            ("macro_rules! m { ($a:tt) => { unsafe { m!(p, as, q) } } }", &["1 as ,"]),
            (
                "fn f(&self) { let p = null_mut::<u32>().with_addr(self.q.addr()); }",
                &["1 with_addr"],
            ),
            (
                "fn f(&self) { let a = (&self.x as *const u32).addr();\n let p = self.p.load(Relaxed).map_addr(|_| a); }",
                &["1 a pointer to a field of its own", "2 map_addr"],
            ),
            (
                "fn put(at: usize) { unsafe { *(at as *mut u8) = 1 } }\nfn f(&self) { put(&*self.b as *const u8 as usize) }",
                &["2 put writes through it"],
            ),
            (
                "fn put(at: usize) { unsafe { *(at as *mut u8) = 1 } }\nfn f(&self) { let a = from_ref(&*self.b).addr();\n unsafe { put(a) } }",
                &["3 put writes through it"],
            ),
            (
                "fn f(&self) { for a in [self.at] { unsafe { *(a as *mut u8) = 1 } } }",
                &["1 a pointer that only reads, as *mut"],
            ),
            ("fn f(&self) { let f = <*const u32>::cast_mut; }", &["1 cast_mut"]),
            (
                "unsafe fn put(p: *mut u32) { unsafe { *p = 1 } }\nfn f(&self) { unsafe { put(self.at as *mut _) } }",
                &["2 put writes through it"],
            ),
            (
                "macro_rules! m { ($a:ident) => { $a::sync::Mutex<u8> } }\ntype T = m!(std);",
                &["2 what a macro makes of std"],
            ),
            (
                "macro_rules! m { ($a:ident) => { std::sync::$a<u8> } }",
                &["1 what a macro makes of std::sync"],
            ),
            (
                "macro_rules! m { ($($a:tt)*) => { use ::std::$($a)*; } }",
                &["1 what a macro makes of std"],
            ),
            (
                "use std::sync as s;\nmacro_rules! m { ($a:ident) => { $a::Mutex<u8> } }\ntype T = m!(s);",
                &["3 what a macro makes of s"],
            ),
            (
                "macro_rules! m { ($i:ident) => { $i!(\"x\"); } }\nm!(include);",
                &["2 what a macro makes of include!"],
            ),
            (
                "macro_rules! m { ($i:ident) => { #[path = \"x\"] mod $i; } }",
                &["1 what a macro makes of mod"],
            ),
            (
                "macro_rules! m { ($k:tt) => { static $k B: u8 = 1; } }",
                &["1 what a macro makes of static"],
            ),
            ("use core::include as inc;", &["1 std::include"]),
            (
                "use d::AtomicU8;\nuse c::atomic as d;\nuse b::sync as c;\nuse a as b;\nuse ::std as a;",
                &["1 std::sync::atomic::AtomicU8"],
            ),
            (
                "mod k { pub use ::std::sync as y; }\nstruct S(k::y::Mutex<u8>);",
                &["2 std::sync::Mutex"],
            ),
            ("mod rt { pub use std::sync; }\nuse rt::sync::Mutex;", &["2 std::sync::Mutex"]),
            ("use racelab::rt::native::sync::Mutex;", &["1 racelab::rt::native::sync::Mutex"]),
            ("use super::super::native as n;", &["1 super::super::native"]),
            ("mod k {\n use super::super::super::native; }", &["2 super::super::super::native"]),
            (
                "type T = crate::exercise::native::rt::sync::Mutex<u8>;",
                &["1 crate::exercise::native::rt::sync::Mutex"],
            ),
            ("use std::{env, fs::File};", &["1 std::env"]),
            ("fn f() { std::env::set_var(\"A\", \"1\"); }", &["1 std::env::set_var"]),
            ("use std::os::unix::net::UnixStream;", &["1 std::os::unix::net::UnixStream"]),
            ("use std::io;\nfn f() { let _lock = io::stdout().lock(); }", &["2 std::io::stdout"]),
            (
                "use std::sync::Arc;\nfn f(a: &Arc<u8>) -> usize { Arc::strong_count(a) }",
                &["2 std::sync::Arc::strong_count"],
            ),
            ("struct A { a: std::rc::Rc<u8> }", &["1 std::rc::Rc"]),
        ];
        let wrong = table.iter().filter(|(text, expected)| found(text) != *expected);
        let wrong: Vec<String> =
            wrong.map(|(text, _)| format!("{text}: {:?}", found(text))).collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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
            "fn f(&self) { let p = Box::into_raw(b); unsafe { (*p).next = top } }",
            "fn f(&self) { loop { unsafe { (*p).next = top }; if self.top.compare_exchange(top, p) {} } }",
            "fn f(&self) { self.cell.with_mut(|p| unsafe { *p = 1 }) }",
            "unsafe fn link(n: *mut Node, to: *mut Node) { unsafe { (*n).next = to } }",
            "fn f(&self) -> u32 { unsafe { let a = *self.p.load(Acquire); a * 2 == 3 } }",
            "fn f(&self) { let old = self.p.swap(new, AcqRel); drop(unsafe { Box::from_raw(old as *mut u8) }); }",
            "fn f(&self) { let word = self.w.load(Acquire); let p = (word & !1) as *mut u8; }",
            "fn f(&self) { let old = self.p.swap(null_mut(), AcqRel); unsafe { (*old).0 += 1 } }",
            // The clocks judge these.
            "fn f(&self) { let p = self.p.load(Acquire); unsafe { (*p).0 = 1 } }",
            "fn f(&self) { let p = Arc::into_raw(Arc::new(1)).cast_mut(); self.p.store(p, Release); }",
            "fn f(&self) { let p = self.p.load(Acquire).map_addr(|a| a & !1); unsafe { &*p }; }",
            "use std::fmt as f;\nfn f<T: Pack>(x: u64) -> u32 { unsafe { g() }; <T as Pack>::of(x) as u32 }",
            "type Word = u64;\nfn f(x: u32) -> Word { unsafe { g() }; x as Word << 32 }",
            "fn f(x: Box<dyn Fn()>) { unsafe { g() }; let y = Box::new(|| ()) as Box<dyn Fn()>; }",
            "fn at(word: usize) -> *mut Node { (word & !1) as *mut Node }",
            "union Both { pair: (u32, u32), word: u64 }\nfn f(b: Both) -> u64 { unsafe { b.word } }",
            "macro_rules! word { ($a:expr, $b:expr) => { std::mem::size_of::<u8>() as u64 + $a * $b } }",
            "macro_rules! load { ($o:ident) => { super::rt::sync::atomic::Ordering::$o } }",
            "macro_rules! kept { ($name:ident) => { mod $name { pub fn f() {} } } }\nkept!(inside);",
            "mod inner { use super::super::rt::sync::Mutex; use super::Outer; }",
            "use core::{cmp::Ordering, fmt, num::NonZeroU32, ops::Deref};\nuse std::sync::Arc;",
            "fn f(core: u8, alloc: u8) -> u8 { assert!(core > alloc); core }",
            "fn f(path: &str) { let path = \"a\"; }\npub(crate) fn g(x: &'static u8) {}",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
