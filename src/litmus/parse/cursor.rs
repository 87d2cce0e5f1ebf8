//! Where a reader is among the words and signs of a file.

use crate::lexer::{Token, Wrong};

/// So deep brackets may be nested.
pub(super) const DEEPEST: usize = 40;

pub(super) struct Cursor {
    tokens: Vec<(u32, Token)>,
    at: usize,
}

impl Cursor {
    pub(super) fn new(tokens: Vec<(u32, Token)>) -> Cursor {
        Cursor { tokens, at: 0 }
    }

    fn token(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(_, token)| token)
    }

    /// The line of what comes next, or the last.
    pub(super) fn line(&self) -> u32 {
        self.tokens.get(self.at).or(self.tokens.last()).map_or(1, |(line, _)| *line)
    }

    pub(super) fn at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    pub(super) fn skip(&mut self) {
        self.at += 1;
    }

    pub(super) fn back(&mut self) {
        self.at = self.at.saturating_sub(1);
    }

    /// Refuses what comes next.
    pub(super) fn wrong<T>(&self, says: &str) -> Result<T, Wrong> {
        match self.token() {
            Some(token) => Wrong::at(self.line(), format!("at {:?}: {says}", token.text())),
            None => Wrong::at(self.line(), format!("at the end: {says}")),
        }
    }

    pub(super) fn sees(&self, sign: &str) -> bool {
        matches!(self.token(), Some(Token::Sign(next)) if *next == sign)
    }

    pub(super) fn takes(&mut self, sign: &str) -> bool {
        let sees = self.sees(sign);
        self.at += usize::from(sees);
        sees
    }

    pub(super) fn expect(&mut self, sign: &str, says: &str) -> Result<(), Wrong> {
        if self.takes(sign) { Ok(()) } else { self.wrong(says) }
    }

    /// Whether a word comes next.
    pub(super) fn begins(&self, word: &str) -> bool {
        matches!(self.token(), Some(Token::Word(next)) if next == word)
    }

    pub(super) fn takes_word(&mut self, word: &str) -> bool {
        let begins = self.begins(word);
        self.at += usize::from(begins);
        begins
    }

    pub(super) fn word(&mut self, says: &str) -> Result<String, Wrong> {
        match self.token() {
            Some(Token::Word(word)) => {
                let word = word.clone();
                self.skip();
                Ok(word)
            }
            _ => self.wrong(says),
        }
    }

    /// The word that comes next, if it is one.
    pub(super) fn peeked(&self) -> Option<&str> {
        match self.token() {
            Some(Token::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// Whether this sign comes after what comes next.
    pub(super) fn then(&self, sign: &str) -> bool {
        matches!(self.tokens.get(self.at + 1), Some((_, Token::Sign(next))) if *next == sign)
    }

    pub(super) fn is_number(&self) -> bool {
        matches!(self.token(), Some(Token::Number(_)))
    }

    pub(super) fn number(&mut self, says: &str) -> Result<i32, Wrong> {
        let negative = self.takes("-");
        match self.token() {
            Some(&Token::Number(number)) => {
                self.skip();
                Ok(if negative { -number } else { number })
            }
            _ => self.wrong(says),
        }
    }

    /// The number of the thread whose name comes next.
    pub(super) fn thread(&self) -> Option<usize> {
        self.peeked()?.strip_prefix('P')?.parse().ok()
    }
}
