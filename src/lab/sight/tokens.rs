//! A source as tokens: paths, attributes, and the modules that only tests have.

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};

/// The tokens of a text without its modules of tests; nothing of a text that is no Rust.
pub(super) fn of(text: &str) -> Option<TokenStream> {
    text.parse().ok().map(without_tests)
}

/// What stands among items, without `#[cfg(test)] mod name { .. }`. A `use` behind the same attribute
/// is compiled into a crate's own tests, where a scenario may well be; and what a macro is given is
/// kept whole, for it may make anything of it.
fn without_tests(stream: TokenStream) -> TokenStream {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    let mut kept = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if let Some(end) = tests_end(&tokens, at) {
            at = end;
            continue;
        }
        kept.push(match &tokens[at] {
            TokenTree::Group(body) if at > 1 && is_ident(&tokens[at - 2], "mod") => {
                let mut inner = Group::new(body.delimiter(), without_tests(body.stream()));
                inner.set_span(body.span());
                inner.into()
            }
            other => other.clone(),
        });
        at += 1;
    }
    kept.into_iter().collect()
}

/// Where a module of tests ends that begins with its attribute at a place.
fn tests_end(tokens: &[TokenTree], at: usize) -> Option<usize> {
    let attribute = |at: usize| match (tokens.get(at)?, tokens.get(at + 1)?) {
        (hash, TokenTree::Group(group)) if is_punct(hash, '#') => Some(group.stream()),
        _ => None,
    };
    if attribute(at)?.to_string().replace(' ', "") != "cfg(test)" {
        return None;
    }
    let mut at = at + 2;
    while attribute(at).is_some() {
        at += 2;
    }
    if is_ident(tokens.get(at)?, "pub") {
        let restricted = matches!(tokens.get(at + 1)?, TokenTree::Group(_));
        at += 1 + restricted as usize;
    }
    let module = is_ident(tokens.get(at)?, "mod") && ident(tokens, at + 1).is_some();
    let last = tokens.get(at + 2)?;
    let ends = is_punct(last, ';')
        || matches!(last, TokenTree::Group(body) if body.delimiter() == Delimiter::Brace);
    (module && ends).then_some(at + 3)
}

/// Goes over the tokens of one level: `step` looks at what begins at a place, and says where to go
/// on.
pub(super) fn steps(stream: TokenStream, mut step: impl FnMut(&[TokenTree], usize) -> usize) {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        at = step(&tokens, at);
    }
}

pub(super) fn is_punct(token: &TokenTree, punct: char) -> bool {
    matches!(token, TokenTree::Punct(found) if found.as_char() == punct)
}

pub(super) fn is_ident(token: &TokenTree, name: &str) -> bool {
    matches!(token, TokenTree::Ident(found) if found == name)
}

/// The name at a place, without `r#`.
pub(super) fn ident(tokens: &[TokenTree], at: usize) -> Option<String> {
    match tokens.get(at) {
        Some(TokenTree::Ident(name)) => Some(name.to_string().trim_start_matches("r#").to_string()),
        _ => None,
    }
}

/// Whether `::` stands at a place.
pub(super) fn colons(tokens: &[TokenTree], at: usize) -> bool {
    let joint = |token: &TokenTree| matches!(token, TokenTree::Punct(p) if p.as_char() == ':' && p.spacing() == Spacing::Joint);
    tokens.get(at).is_some_and(joint) && tokens.get(at + 1).is_some_and(|t| is_punct(t, ':'))
}

/// A path: its names, where it ends, and whether it began with `::`.
pub(super) struct Path {
    pub(super) names: Vec<String>,
    pub(super) end: usize,
    pub(super) absolute: bool,
}

/// The path that begins at a place, if one does and is not the middle of another.
pub(super) fn path(tokens: &[TokenTree], at: usize) -> Option<Path> {
    let first = ident(tokens, at)?;
    let after = |back: usize| at.checked_sub(back).and_then(|before| tokens.get(before));
    if after(1).is_some_and(|token| is_punct(token, '.') || is_punct(token, '\'')) {
        // A field, a method or a lifetime; `..` before a name is a range.
        let range = after(2).is_some_and(|token| is_punct(token, '.'));
        if !range {
            return None;
        }
    }
    let absolute = at >= 2 && colons(tokens, at - 2);
    if absolute {
        let inside = |token: &TokenTree| {
            is_punct(token, '>')
                || matches!(token, TokenTree::Ident(name) if !keyword(&name.to_string()))
        };
        if after(3).is_some_and(inside) {
            return None;
        }
    }
    let (mut names, mut end) = (vec![first], at + 1);
    while colons(tokens, end)
        && let Some(name) = ident(tokens, end + 2)
    {
        names.push(name);
        end += 3;
    }
    Some(Path { names, end, absolute })
}

/// A word that no path has before `::`, so that a path which begins with `::` may follow it.
fn keyword(name: &str) -> bool {
    ["use", "as", "in", "return", "mut", "dyn", "impl", "for", "if", "match", "where", "else"]
        .contains(&name)
}
