//! Expressions among tokens: what stands before a place and after it, what is followed there, and what
//! is given a value.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::super::tokens::{is_ident, is_punct};

/// What is followed by `*pointer` or `(*pointer).field`, which begins at a place, and where that
/// ends.
pub(super) fn followed(tokens: &[TokenTree], at: usize) -> Option<(Vec<TokenTree>, usize)> {
    if let Some(inner) = parentheses(&tokens[at]) {
        let inner: Vec<TokenTree> = inner.into_iter().collect();
        let star = is_punct(inner.first()?, '*');
        return star.then(|| (inner[1..].to_vec(), past(tokens, at + 1)));
    }
    let value = |token: &TokenTree| match token {
        TokenTree::Ident(word) => !["mut", "return", "in", "else", "match", "if", "move"]
            .contains(&word.to_string().as_str()),
        TokenTree::Group(group) => group.delimiter() != Delimiter::Brace,
        TokenTree::Literal(_) => true,
        TokenTree::Punct(_) => false,
    };
    if !is_punct(&tokens[at], '*') || (at > 0 && value(&tokens[at - 1])) {
        return None;
    }
    let end = past(tokens, at + 2);
    Some((tokens.get(at + 1..end)?.to_vec(), end))
}

/// Whether an expression is a field of `self`, or all of it, and calls nothing.
pub(super) fn of_field(value: &[TokenTree]) -> bool {
    let inner = value.first().and_then(parentheses);
    if let Some(inner) = inner {
        return of_field(&inner.into_iter().collect::<Vec<_>>());
    }
    let call = |token: &TokenTree| parentheses(token).is_some();
    let end = value.iter().position(|token| is_ident(token, "as")).unwrap_or(value.len());
    value.first().is_some_and(|token| is_ident(token, "self")) && !value[..end].iter().any(call)
}

/// Past the fields, calls and indices that follow.
pub(super) fn past(tokens: &[TokenTree], from: usize) -> usize {
    let mut at = from;
    loop {
        let dot = tokens.get(at).is_some_and(|token| is_punct(token, '.'));
        let colon = tokens.get(at).is_some_and(|token| is_punct(token, ':'));
        match tokens.get(at) {
            Some(TokenTree::Group(group)) if group.delimiter() != Delimiter::Brace => at += 1,
            Some(_) if dot || colon => at += 2,
            _ => return at.min(tokens.len()),
        }
    }
}

/// Whether what ends at a place is given a value there.
pub(super) fn assigned(tokens: &[TokenTree], end: usize) -> bool {
    let sign = |at: usize, signs: &str| match tokens.get(at) {
        Some(TokenTree::Punct(punct)) => signs.contains(punct.as_char()),
        _ => false,
    };
    let operator = (0..3).find(|ahead| sign(end + ahead, "=")).unwrap_or(3);
    let before = (0..operator).all(|ahead| sign(end + ahead, "+-*/%^&|<>"));
    operator < 3 && before && !sign(end + operator + 1, "=>") && !(operator == 1 && sign(end, "<>"))
}

/// What stands before a place as one operand.
pub(super) fn operand(tokens: &[TokenTree], end: usize) -> &[TokenTree] {
    let part = |token: &&TokenTree| match token {
        TokenTree::Punct(punct) => ".:&*".contains(punct.as_char()),
        TokenTree::Ident(word) => {
            !["return", "let", "in", "if", "match", "else"].contains(&word.to_string().as_str())
        }
        TokenTree::Group(_) | TokenTree::Literal(_) => true,
    };
    let length = tokens[..end].iter().rev().take_while(part).count();
    &tokens[end - length..end]
}

/// Whether `from` here is that of a `NonNull`.
pub(super) fn of_non_null(tokens: &[TokenTree], at: usize) -> bool {
    tokens[..at].iter().rev().take(8).any(|token| is_ident(token, "NonNull"))
}

pub(super) fn parentheses(token: &TokenTree) -> Option<TokenStream> {
    match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => {
            Some(group.stream())
        }
        _ => None,
    }
}

/// All words and signs, with those in groups.
pub(super) fn words(stream: TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    for token in stream {
        match token {
            TokenTree::Group(group) => found.extend(words(group.stream())),
            other => found.push(other.to_string()),
        }
    }
    found
}
