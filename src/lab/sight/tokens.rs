//! A source as tokens: paths, attributes, and the modules that only tests have.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// The tokens of one level, without what only tests have.
pub(super) fn level(stream: TokenStream) -> Vec<TokenTree> {
    let mut kept = Vec::new();
    let mut rest = stream.into_iter().peekable();
    while let Some(token) = rest.next() {
        let attribute = is_punct(&token, '#').then(|| rest.peek()).flatten();
        if !attribute.is_some_and(is_for_tests) {
            kept.push(token);
            continue;
        }
        let item: Vec<TokenTree> = take_item(&mut rest);
        // A `use` behind the same attribute is compiled into the crate's own tests, where a
        // scenario may well be: only a module of tests is none of its business.
        if !item.iter().any(|token| is_ident(token, "mod")) {
            kept.push(token);
            kept.extend(item);
        }
    }
    kept
}

/// `cfg(test)` in brackets.
fn is_for_tests(token: &TokenTree) -> bool {
    let TokenTree::Group(group) = token else { return false };
    group.delimiter() == Delimiter::Bracket
        && group.stream().to_string().replace(' ', "") == "cfg(test)"
}

/// All tokens to the end of an item: a semicolon or a body.
fn take_item(rest: &mut impl Iterator<Item = TokenTree>) -> Vec<TokenTree> {
    let mut item = Vec::new();
    for token in rest {
        let last = is_punct(&token, ';')
            || matches!(&token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        item.push(token);
        if last {
            break;
        }
    }
    item
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
