//! An execution that was made by hand as a line of text: `torn-header/broken:r1w2r1:k`.
//!
//! The version, the moves, and a letter for what was announced in it. Where a model orders less than
//! SC, the moves begin with it: `c11-r1.1w2`. Small and capital letters are the same.

use super::Move;
use super::moves;
use super::position::Position;
use crate::explore::letters::LETTERS;
use crate::explore::show::{self, Conditions};
use crate::report::{Failure, Kind, Model, Why};
use crate::specification::Program;

/// What holds for all moves of a token.
#[derive(Clone, Debug)]
pub struct Head {
    /// The name of the version.
    pub version: String,
    /// Under which model.
    pub model: Model,
    /// The names of the actors, which give the threads their letters.
    pub actors: Vec<String>,
    /// As [`Hand::conditions`] has them.
    ///
    /// [`Hand::conditions`]: super::Hand::conditions
    pub conditions: String,
    /// The calls, where a specification judges them.
    pub program: Option<Program>,
}

/// Writes the token of a position.
pub fn written(head: &Head, moves: &[Move], position: &Position) -> String {
    let Head { version, model, actors, conditions, program } = head;
    let model = match model {
        Model::Sc => String::new(),
        model => format!("{}-", model.name().to_ascii_lowercase()),
    };
    let actors: Vec<&str> = actors.iter().map(String::as_str).collect();
    let moves = moves::written(moves, &actors);
    let calls = program.as_ref().map_or(String::new(), |calls| format!("@{}", calls.text()));
    format!("{version}:{model}{moves}{conditions}{calls}:{}", check(&position.so_far))
}

/// The token of an interleaving that a search has shown; none where it has no schedule.
pub(in crate::explore) fn of_schedule(version: &str, shown: &Failure) -> Option<String> {
    let all = moves::of_schedule(shown);
    let actors: Vec<&str> = shown.actors.iter().map(String::as_str).collect();
    let conditions: Conditions = shown.witness.as_ref()?.read()?;
    let conditions = conditions.with_whims(false).text();
    let moves = moves::written(&all, &actors);
    (!all.is_empty()).then(|| format!("{version}:{moves}{conditions}:{}", check(shown)))
}

/// The schedule of an interleaving that a search has shown, and what else it needs, as text: whoever
/// reads it need not know how the threads are called.
pub(in crate::explore) fn body(shown: &Failure) -> Option<String> {
    let conditions: Conditions = shown.witness.as_ref()?.read()?;
    Some(moves::written(&moves::of_schedule(shown), &[]) + &conditions.text())
}

/// The failure of this kind that such a text is of, as far as it takes to run it again.
pub(in crate::explore) fn of_body(kind: Kind, text: &str) -> Option<Failure> {
    let (moves, conditions) = text.split_once('+').unwrap_or((text, ""));
    let moves = moves::read(moves, &[]).filter(|moves| !moves.is_empty())?;
    let schedule = moves::to_schedule(&moves)?;
    let witness = show::of_conditions(conditions)?;
    Some(Failure { schedule, witness, ..Failure::told(kind, Why::Unknown, Vec::new()) })
}

/// What a token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The name of the version.
    pub version: String,
    /// Under which model.
    pub model: Model,
    /// The moves, as text: the actors' names tell what they say.
    pub moves: String,
    /// What else the execution needs, without its `+`.
    pub conditions: String,
    /// The calls, where a specification judges them.
    pub program: Option<Program>,
    /// What was announced, in a letter; none where it is not to be looked at.
    check: Option<char>,
}

impl Token {
    /// Reads one; none where it has no two or three parts.
    pub fn read(text: &str) -> Option<Token> {
        let mut parts = text.trim().split([':', ' ']).filter(|part| !part.is_empty());
        let (version, moves) = (parts.next()?.to_string(), parts.next()?.to_ascii_lowercase());
        let check = parts.next().map(str::to_ascii_lowercase);
        let mut letters = check.iter().flat_map(|check| check.chars());
        let (check, none) = (letters.next(), letters.next());
        if parts.next().is_some() || none.is_some() {
            return None;
        }
        let prefix = |model: &Model| format!("{}-", model.name().to_ascii_lowercase());
        let model = Model::ALL.into_iter().find(|model| moves.starts_with(&prefix(model)));
        let moves = model.map_or(moves.as_str(), |model| &moves[prefix(&model).len()..]);
        let (moves, program) = match moves.split_once('@') {
            Some((moves, calls)) => (moves, Some(Program::read(calls)?)),
            None => (moves, None),
        };
        let (moves, conditions) = moves.split_once('+').unwrap_or((moves, ""));
        let (moves, conditions) = (moves.to_string(), conditions.to_string());
        let model = model.unwrap_or(Model::Sc);
        Some(Token { version, model, moves, conditions, program, check })
    }

    /// Whether this is the execution that the token was made of, by what was announced in it.
    pub fn fits(&self, position: &Position) -> bool {
        self.check.is_none_or(|letter| letter == check(&position.so_far))
    }
}

/// Five bits of who did what.
fn check(shown: &Failure) -> char {
    // FNV-1a.
    let mut hash: u32 = 0x811c_9dc5;
    for step in &shown.steps {
        for byte in [&step.thread, &step.op, &step.field].iter().flat_map(|text| text.bytes()) {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
    }
    LETTERS[(hash >> 15 & 31) as usize] as char
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_has_two_parts_or_three() {
        let read = |text: &str| Token::read(text).map(|t| (t.version, t.model, t.moves, t.check));
        let says =
            |model, moves: &str, check| Some(("a/b".to_string(), model, moves.to_string(), check));
        assert_eq!(read("a/b:R1W2:K"), says(Model::Sc, "r1w2", Some('k')));
        assert_eq!(read(" a/b r1w2 "), says(Model::Sc, "r1w2", None));
        assert_eq!(read("a/b:c11-r1.1:q"), says(Model::C11, "r1.1", Some('q')));
        assert_eq!(Token::read("a/b:r1+fy2").expect("a token").conditions, "fy2");
        let calls = Token::read("a.1:c11-r1+fy2@0.7/1/:k").expect("a token");
        assert_eq!(calls.program.map(|calls| calls.text()).as_deref(), Some("0.7/1/"));
        assert_eq!((calls.moves.as_str(), calls.conditions.as_str()), ("r1", "fy2"));
        assert_eq!(read("a/b:r1@x:k"), None);
        assert_eq!((read("a/b"), read("a/b:r1:kk"), read("a/b:r1:k:k")), (None, None, None));
    }
}
