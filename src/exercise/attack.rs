//! Standard attacks on a judge: edits that somebody makes who wants to be marked right without being
//! right, made of a start and of an answer by their tokens.
//!
//! An edit that changes nothing is none, and one that does not compile is refused by rustc.

use std::ops::Range;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// An edited solution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attack {
    /// The edit's name, as `exercise.toml` has it: `all-seqcst`, `empty-body note`.
    pub name: String,
    /// What came of it.
    pub text: String,
}

/// A name and what it makes of a text: a place and what stands there instead, for each edit a list.
type Edit = (&'static str, fn(&[Token]) -> Vec<(String, Vec<Change>)>);

type Change = (Range<usize>, String);

/// The kinds of edits.
const EDITS: [Edit; 8] = [
    ("std-for-rt", |tokens| one(std_for_rt(tokens))),
    ("all-seqcst", |tokens| one(orderings(tokens, "SeqCst"))),
    ("all-relaxed", |tokens| one(orderings(tokens, "Relaxed"))),
    ("weak-exchange", |tokens| one(words(tokens, "compare_exchange", "compare_exchange_weak"))),
    ("no-loop", |tokens| one(no_loop(tokens))),
    ("one-more", |tokens| one(one_more(tokens))),
    ("sleep", |tokens| one(sleep(tokens))),
    ("empty-body", empty_bodies),
];

/// The names of the kinds of edits.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    EDITS.iter().map(|edit| edit.0)
}

/// Whether an answer that is edited so is as right as it was: to wait a while is no mistake. A start
/// that is edited so is as wrong.
pub fn leaves_right(name: &str) -> bool {
    name == "sleep"
}

/// Every attack on a text; none on one that is no Rust.
pub fn on(text: &str) -> Vec<Attack> {
    let Ok(stream) = text.parse::<TokenStream>() else { return Vec::new() };
    let mut tokens = Vec::new();
    open(stream, &mut tokens);
    let mut attacks: Vec<Attack> = Vec::new();
    for (kind, edit) in EDITS {
        for (of, changes) in edit(&tokens) {
            let name = [kind, of.as_str()].join(" ").trim().to_string();
            let text = changed(text, changes);
            let new = attacks.iter().all(|other| other.text != text);
            if new {
                attacks.push(Attack { name, text });
            }
        }
    }
    attacks.retain(|attack| attack.text != text);
    attacks
}

fn changed(text: &str, mut changes: Vec<Change>) -> String {
    changes.sort_by_key(|(place, _)| place.start);
    let mut text = text.to_string();
    for (place, new) in changes.into_iter().rev() {
        text.replace_range(place, &new);
    }
    text
}

/// The one edit of a kind, if it changes anything.
fn one(changes: Vec<Change>) -> Vec<(String, Vec<Change>)> {
    if changes.is_empty() { Vec::new() } else { vec![(String::new(), changes)] }
}

/// A token and its bytes in the text, with the groups opened up.
struct Token {
    what: What,
    place: Range<usize>,
}

enum What {
    Word(String),
    Number(u128),
    Sign(char),
    /// A group, and how many tokens are in it.
    Open(Delimiter, usize),
    Close,
}

fn open(stream: TokenStream, tokens: &mut Vec<Token>) {
    for token in stream {
        let place = token.span().byte_range();
        match token {
            TokenTree::Group(group) => {
                let at = tokens.len();
                let opened = group.span_open().byte_range();
                tokens.push(Token { what: What::Open(group.delimiter(), 0), place: opened });
                open(group.stream(), tokens);
                let inside = tokens.len() - at - 1;
                tokens[at].what = What::Open(group.delimiter(), inside);
                let closed = group.span_close().byte_range();
                tokens.push(Token { what: What::Close, place: closed });
            }
            TokenTree::Ident(name) => {
                tokens.push(Token { what: What::Word(name.to_string()), place });
            }
            TokenTree::Punct(sign) => {
                tokens.push(Token { what: What::Sign(sign.as_char()), place });
            }
            TokenTree::Literal(literal) => {
                let digits: String = literal
                    .to_string()
                    .chars()
                    .take_while(|c| *c == '_' || c.is_ascii_digit())
                    .collect();
                let number = digits.replace('_', "").parse();
                let what = number.map_or(What::Word(String::new()), What::Number);
                tokens.push(Token { what, place });
            }
        }
    }
}

fn word(tokens: &[Token], at: usize) -> &str {
    match tokens.get(at).map(|token| &token.what) {
        Some(What::Word(word)) => word,
        _ => "",
    }
}

fn sign(tokens: &[Token], at: usize, sign: char) -> bool {
    matches!(tokens.get(at), Some(Token { what: What::Sign(found), .. }) if *found == sign)
}

/// What is inside of the group that opens at a place, and where that is among the tokens.
fn group(tokens: &[Token], at: usize, delimiter: Delimiter) -> Option<Range<usize>> {
    match tokens.get(at)?.what {
        What::Open(found, inside) if found == delimiter => Some(at + 1..at + 1 + inside),
        _ => None,
    }
}

/// Whether each token is part of a `use`.
fn imports(tokens: &[Token]) -> Vec<bool> {
    let mut inside = false;
    let mark = |at: usize| {
        inside |= word(tokens, at) == "use";
        inside &= !sign(tokens, at, ';');
        inside
    };
    (0..tokens.len()).map(mark).collect()
}

/// Whether each token is part of what a function takes and returns, which the judge relies on.
fn signatures(tokens: &[Token]) -> Vec<bool> {
    let mut inside = false;
    let mark = |at: usize| {
        inside |= word(tokens, at) == "fn";
        inside &= group(tokens, at, Delimiter::Brace).is_none();
        inside
    };
    (0..tokens.len()).map(mark).collect()
}

/// std's own items for the facade's.
fn std_for_rt(tokens: &[Token]) -> Vec<Change> {
    let begins = |at: &usize| {
        let colons = |at| sign(tokens, at, ':') && sign(tokens, at + 1, ':');
        word(tokens, *at) == "super" && colons(at + 1) && word(tokens, at + 3) == "rt"
    };
    let whole = |at: usize| tokens[at].place.start..tokens[at + 3].place.end;
    (0..tokens.len()).filter(begins).map(|at| (whole(at), "std".to_string())).collect()
}

/// Every ordering as strong as this, or as weak.
fn orderings(tokens: &[Token], to: &str) -> Vec<Change> {
    const ALL: [&str; 5] = ["Relaxed", "Acquire", "Release", "AcqRel", "SeqCst"];
    let imports = imports(tokens);
    let other =
        |at: &usize| !imports[*at] && ALL.contains(&word(tokens, *at)) && word(tokens, *at) != to;
    let change = |at: usize| {
        let behind_its_type = at > 0 && sign(tokens, at - 1, ':');
        let new = match behind_its_type {
            true => to.to_string(),
            // What is imported may be another.
            false => format!("super::rt::sync::atomic::Ordering::{to}"),
        };
        (tokens[at].place.clone(), new)
    };
    (0..tokens.len()).filter(other).map(change).collect()
}

/// Every word of these for another.
fn words(tokens: &[Token], from: &str, to: &str) -> Vec<Change> {
    let change = |at: usize| (tokens[at].place.clone(), to.to_string());
    (0..tokens.len()).filter(|at| word(tokens, *at) == from).map(change).collect()
}

/// Each loop goes round once.
fn no_loop(tokens: &[Token]) -> Vec<Change> {
    let once = |at: usize| match word(tokens, at) {
        "while" => Some((tokens[at].place.clone(), "if".to_string())),
        "loop" => Some((tokens[at].place.clone(), "for _ in 0..1".to_string())),
        _ => None,
    };
    (0..tokens.len()).filter_map(once).collect()
}

/// Arrays have room for one more, and what says how long they are says so.
fn one_more(tokens: &[Token]) -> Vec<Change> {
    let number = |at: usize| match tokens.get(at).map(|token| &token.what) {
        Some(What::Number(number)) => Some(*number),
        _ => None,
    };
    let closes = |at: usize| matches!(tokens.get(at), Some(Token { what: What::Close, .. }));
    let length = |at: &usize| {
        let array = *at > 0 && sign(tokens, at - 1, ';') && closes(at + 1);
        // A constant: `const SLOTS: usize = 2;`.
        let constant = *at > 3 && sign(tokens, at - 1, '=') && word(tokens, at - 2) == "usize";
        number(*at).is_some() && (array || constant)
    };
    let signatures = signatures(tokens);
    let lengths: Vec<usize> =
        (0..tokens.len()).filter(length).filter(|at| !signatures[*at]).collect();
    let known: Vec<u128> = lengths.iter().filter_map(|at| number(*at)).collect();
    let remainder = |at: &usize| {
        let of = number(*at).is_some_and(|number| known.contains(&number));
        of && *at > 0 && sign(tokens, at - 1, '%')
    };
    let remainders = (0..tokens.len()).filter(remainder);
    let more = |at: usize| Some((tokens[at].place.clone(), (number(at)? + 1).to_string()));
    lengths.iter().copied().chain(remainders).filter_map(more).collect()
}

/// A method that shares its object: its name, its body, and whether it returns anything.
struct Method {
    name: String,
    body: Range<usize>,
    returns: bool,
}

fn methods(tokens: &[Token]) -> Vec<Method> {
    let method = |at: usize| {
        if word(tokens, at) != "fn" {
            return None;
        }
        let body = (at..tokens.len()).find(|at| group(tokens, *at, Delimiter::Brace).is_some())?;
        let arguments =
            (at..body).find(|at| group(tokens, *at, Delimiter::Parenthesis).is_some())?;
        let first = group(tokens, arguments, Delimiter::Parenthesis)?;
        if !sign(tokens, first.start, '&') || word(tokens, first.start + 1) != "self" {
            return None;
        }
        let returns =
            (first.end..body).any(|at| sign(tokens, at, '-') && sign(tokens, at + 1, '>'));
        let inside = group(tokens, body, Delimiter::Brace)?;
        let body = tokens[body].place.end..tokens[inside.end].place.start;
        Some(Method { name: word(tokens, at + 1).to_string(), body, returns })
    };
    (0..tokens.len()).filter_map(method).collect()
}

/// A while of doing nothing before everything.
fn sleep(tokens: &[Token]) -> Vec<Change> {
    let wait = "super::rt::thread::sleep(std::time::Duration::from_micros(50));";
    let change = |method: Method| (method.body.start..method.body.start, format!("\n{wait}"));
    methods(tokens).into_iter().map(change).collect()
}

/// One method after another does nothing.
fn empty_bodies(tokens: &[Token]) -> Vec<(String, Vec<Change>)> {
    let change = |method: Method| {
        let body = if method.returns { " Default::default() " } else { "" };
        (method.name, vec![(method.body, body.to_string())])
    };
    methods(tokens).into_iter().map(change).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "use super::rt::sync::atomic::Ordering::{Acquire, Relaxed};
pub struct Ring { slots: [AtomicU64; 2], next: super::rt::sync::atomic::AtomicUsize }
impl Ring {
    pub fn new() -> Ring { Ring { slots: [A; 2], next: b() } }
    pub fn put(&self, value: u64) {
        let next = self.next.load(Acquire);
        while self.slots[next % 2].compare_exchange(0, value, Ordering::Relaxed, Relaxed).is_err() {}
    }
    pub fn all(&self) -> [u64; 2] { [self.get(); 2] }
    pub fn get(&self) -> u64 { self.slots[0].load(Relaxed) }
}
";

    fn of(name: &str) -> String {
        let found = on(TEXT).into_iter().find(|attack| attack.name == name);
        found.unwrap_or_else(|| panic!("{name} is missing")).text
    }

    #[test]
    fn each_edit_changes_what_it_is_about_and_nothing_else() {
        let std = of("std-for-rt");
        assert!(std.contains("use std::sync::atomic::Ordering") && !std.contains("rt::"), "{std}");
        let strong = of("all-seqcst");
        assert!(strong.contains("{Acquire, Relaxed}"), "{strong}");
        assert!(strong.contains("load(super::rt::sync::atomic::Ordering::SeqCst)"), "{strong}");
        assert!(strong.contains("Ordering::SeqCst, super::rt"), "{strong}");
        assert!(of("all-relaxed").contains("load(super::rt::sync::atomic::Ordering::Relaxed)"));
        assert!(of("weak-exchange").contains(".compare_exchange_weak(0, value"));
        assert!(of("no-loop").contains("        if self.slots"));
        let more = of("one-more");
        assert!(more.contains("[AtomicU64; 3]") && more.contains("[A; 3]"), "{more}");
        assert!(more.contains("next % 3") && more.contains("slots[0]"), "{more}");
        assert!(more.contains("-> [u64; 2] { [self.get(); 3] }"), "{more}");
        assert_eq!(of("sleep").matches("thread::sleep").count(), 3);
        assert!(of("empty-body put").contains("put(&self, value: u64) {}"));
        assert!(of("empty-body get").contains("u64 { Default::default() }"));
        assert_eq!(on(TEXT).len(), 10);
    }

    #[test]
    fn what_changes_nothing_is_no_attack() {
        assert_eq!(on("fn f() {}"), []);
        assert_eq!(on("this is { no rust"), []);
        assert!(kinds().all(|kind| !kind.is_empty()));
    }
}
