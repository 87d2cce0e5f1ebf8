//! Tokens: an execution that was shown, as a line of text that shows it again.
//!
//! `torn-header/broken:reduced:forbidden:ab2a:q3f7`: which scenario, which engine, how it fails, what
//! its engine needs to run it again, and four characters of what was announced in it. An execution
//! that announces something else is not the one that the token was made of.

use super::engine::Engine;
use super::engines::Engines;
use crate::report::{Failure, Kind};

const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// The token of a failure that an engine has shown of a scenario; none if it cannot be run again.
pub fn of(scenario: &str, engine: &dyn Engine, failure: &Failure) -> Option<String> {
    let (kind, body) = (kind(failure.kind), engine.token(failure)?);
    let name = engine.name();
    Some(format!("{scenario}:{name}:{kind}:{body}:{}", check(failure)))
}

/// What a token says.
#[derive(Debug)]
pub struct Token {
    /// The name of the scenario.
    pub scenario: String,
    /// Whose execution it is.
    pub engine: &'static dyn Engine,
    /// What its engine needs.
    pub failure: Failure,
    check: String,
}

/// Why a text is no token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It has not five parts.
    Parts,
    /// There is no engine of this name.
    Engine(String),
    /// There is no such failure.
    Kind(String),
    /// Its engine does not understand it.
    Body,
}

impl Token {
    /// Reads a token.
    ///
    /// # Errors
    /// Why it is none.
    pub fn read(text: &str, engines: &Engines) -> Result<Token, Unreadable> {
        let parts: Vec<&str> = text.trim().split(':').collect();
        let [scenario, name, kind, body, check] = parts[..] else { return Err(Unreadable::Parts) };
        let engine = engines.find(name).ok_or_else(|| Unreadable::Engine(name.to_string()))?;
        let kind = self::kinds().into_iter().find(|known| self::kind(*known) == kind);
        let kind = kind.ok_or_else(|| Unreadable::Kind(parts[2].to_string()))?;
        let failure = engine.of_token(kind, body).ok_or(Unreadable::Body)?;
        let (scenario, check) = (scenario.to_string(), check.to_string());
        Ok(Token { scenario, engine, failure, check })
    }

    /// Whether this is the execution that the token was made of, by what was announced in it.
    pub fn fits(&self, shown: &Failure) -> bool {
        check(shown) == self.check && shown.kind == self.failure.kind
    }
}

fn kinds() -> Vec<Kind> {
    use Kind::{DataRace, Deadlock, Forbidden, Livelock, Panic, UseAfterFree};
    vec![Forbidden, DataRace, UseAfterFree, Deadlock, Livelock, Panic]
}

/// A kind as a token has it: `data-race`.
fn kind(kind: Kind) -> String {
    kind.words().replace(" outcome", "").replace(' ', "-")
}

/// Twenty bits of who did what.
fn check(failure: &Failure) -> String {
    // FNV-1a: four letters need no more.
    let mut hash: u32 = 0x811c_9dc5;
    let mut add = |text: &str| {
        for byte in text.bytes().chain([0]) {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
    };
    for step in &failure.steps {
        add(&step.thread);
        add(&step.op);
        add(&step.field);
    }
    (0..4).map(|at| LETTERS[(hash >> (5 * at + 7) & 31) as usize] as char).collect()
}

/// Bytes as letters and digits, five bits each.
pub(crate) fn letters(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(5) {
        let word = chunk.iter().fold(0u64, |word, byte| word << 8 | u64::from(*byte));
        let word = word << (8 * (5 - chunk.len()));
        let count = (chunk.len() * 8).div_ceil(5);
        text.extend((0..count).map(|at| LETTERS[(word >> (35 - 5 * at) & 31) as usize] as char));
    }
    text
}

/// The bytes again; none if it has other characters.
pub(crate) fn bytes(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for chunk in text.to_ascii_lowercase().as_bytes().chunks(8) {
        let mut word = 0u64;
        for at in 0..8 {
            let letter = match chunk.get(at) {
                Some(byte) => LETTERS.iter().position(|letter| letter == byte)? as u64,
                None => 0,
            };
            word = word << 5 | letter;
        }
        let count = chunk.len() * 5 / 8;
        bytes.extend((0..count).map(|at| (word >> (32 - 8 * at)) as u8));
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back() {
        for length in 0..12 {
            let some: Vec<u8> = (0..length).map(|at| (at * 37 + 11) as u8).collect();
            assert_eq!(bytes(&letters(&some)), Some(some));
        }
        assert_eq!(bytes("a!"), None);
    }

    #[test]
    fn what_is_no_token_says_why() {
        let read = |text: &str| Token::read(text, &Engines::standard()).map(drop).unwrap_err();
        assert_eq!(read("torn-header/broken"), Unreadable::Parts);
        assert_eq!(read("x:none:forbidden:a:aaaa"), Unreadable::Engine("none".to_string()));
        assert_eq!(read("x:reduced:sad:a:aaaa"), Unreadable::Kind("sad".to_string()));
        assert_eq!(read("x:reduced:forbidden:9:aaaa"), Unreadable::Body);
        assert_eq!(read("x:loom:forbidden:a:aaaa"), Unreadable::Body);
    }
}
