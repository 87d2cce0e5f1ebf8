//! The body of a function as a flat list of tokens, and the way around in it.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A token, with the groups opened up.
pub(super) enum Token {
    Word(String, u32),
    Sign(char),
    Open(Delimiter),
    Close,
}

/// Calls `look` with the body of each function, those inside of others among it.
pub(super) fn functions(stream: TokenStream, look: &mut dyn FnMut(TokenStream)) {
    let mut function = false;
    for token in stream {
        match token {
            TokenTree::Ident(name) if name == "fn" => function = true,
            TokenTree::Punct(punct) if punct.as_char() == ';' => function = false,
            TokenTree::Group(group) => {
                if function && group.delimiter() == Delimiter::Brace {
                    look(group.stream());
                    function = false;
                }
                functions(group.stream(), look);
            }
            _ => {}
        }
    }
}

fn open(stream: TokenStream, tokens: &mut Vec<Token>) {
    for token in stream {
        match token {
            TokenTree::Group(group) => {
                tokens.push(Token::Open(group.delimiter()));
                open(group.stream(), tokens);
                tokens.push(Token::Close);
            }
            TokenTree::Ident(name) => {
                let line = name.span().start().line as u32;
                tokens.push(Token::Word(name.to_string(), line));
            }
            TokenTree::Punct(punct) => tokens.push(Token::Sign(punct.as_char())),
            TokenTree::Literal(_) => tokens.push(Token::Word(String::new(), 0)),
        }
    }
}

/// The body of a function.
pub(super) struct Function(pub(super) Vec<Token>);

impl Function {
    pub(super) fn of(body: TokenStream) -> Function {
        let mut tokens = Vec::new();
        open(body, &mut tokens);
        Function(tokens)
    }

    pub(super) fn word(&self, at: usize) -> Option<&str> {
        match self.0.get(at) {
            Some(Token::Word(word, _)) => Some(word),
            _ => None,
        }
    }

    pub(super) fn sign(&self, at: usize, sign: char) -> bool {
        matches!(self.0.get(at), Some(Token::Sign(found)) if *found == sign)
    }

    pub(super) fn opens(&self, at: usize, delimiter: Delimiter) -> bool {
        matches!(self.0.get(at), Some(Token::Open(found)) if *found == delimiter)
    }

    /// Whether the sign at a place stands alone: no part of `==`, `=>` or `!=`.
    pub(super) fn assigns(&self, at: usize) -> bool {
        let before = |sign| at > 0 && self.sign(at - 1, sign);
        let after = self.sign(at + 1, '=') || self.sign(at + 1, '>');
        self.sign(at, '=') && !after && !"=!<>".chars().any(before)
    }

    /// Past the group that opens at a place.
    pub(super) fn past(&self, open: usize) -> usize {
        let mut depth = 0;
        for (at, token) in self.0.iter().enumerate().skip(open) {
            match token {
                Token::Open(_) => depth += 1,
                Token::Close => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return at + 1;
            }
        }
        self.0.len()
    }

    /// Where the statement or the argument begins that a place is in, by going back over whole
    /// groups.
    pub(super) fn begins(&self, at: usize) -> usize {
        let (mut at, mut depth) = (at, 0);
        while at > 0 {
            match &self.0[at - 1] {
                Token::Close if depth == 0 && self.block_ends(at - 1) => return at,
                Token::Close => depth += 1,
                Token::Open(_) if depth == 0 => return at,
                Token::Open(_) => depth -= 1,
                Token::Sign(';' | ',') if depth == 0 => return at,
                _ => {}
            }
            at -= 1;
        }
        0
    }

    /// Whether a block of statements ends here, and another statement begins after it.
    fn block_ends(&self, close: usize) -> bool {
        let mut depth = 0;
        for at in (0..=close).rev() {
            match &self.0[at] {
                Token::Close => depth += 1,
                Token::Open(delimiter) => {
                    depth -= 1;
                    if depth == 0 {
                        return *delimiter == Delimiter::Brace && self.word(close + 1).is_some();
                    }
                }
                _ => {}
            }
        }
        false
    }
}
