//! Tokens: an execution that was shown, as a line of text that shows it again.
//!
//! An interleaving is its moves, and can be [said](hand::token). A graph is
//! `torn-header/publish-relaxed:graphs:forbidden:c11-aiba:q3f7`: which scenario, which engine, how it
//! fails, what its engine needs to run it again, and four characters of what was announced in it. An
//! execution that announces something else is not the one that the token was made of.

use std::sync::Arc;

use super::engine::Engine;
use super::engines::Engines;
use super::hand;
use super::letters::LETTERS;
use super::search;
use crate::report::{Failure, Kind};
use crate::rt::context;
use crate::scenario::Scenario;
use crate::specification::Program;

/// The token of a failure that an engine has shown of a scenario, which has this name; none if it
/// cannot be run again.
pub fn of(name: &str, engine: &dyn Engine, failure: &Failure) -> Option<String> {
    if !failure.schedule.is_empty() {
        return hand::token::of_schedule(name, failure);
    }
    let token = engine.token(failure)?;
    let (by, kind) = (engine.name(), kind(failure.kind));
    Some(format!("{name}:{by}:{kind}:{token}:{}", check(failure)))
}

/// As [`of`], and in five parts also where the failure has a schedule: its engine runs it again, and
/// no hand.
pub fn in_full(name: &str, engine: &dyn Engine, failure: &Failure) -> Option<String> {
    let body = match failure.schedule.is_empty() {
        true => engine.token(failure)?,
        false => hand::token::body(failure)?,
    };
    Some(format!("{name}:{}:{}:{body}:{}", engine.name(), kind(failure.kind), check(failure)))
}

/// As [`in_full`], of a scenario with these calls.
pub fn of_calls(
    name: &str,
    engine: &dyn Engine,
    calls: &Program,
    failure: &Failure,
) -> Option<String> {
    let token = in_full(name, engine, failure)?;
    let (front, check) = token.rsplit_once(':')?;
    Some(format!("{front}@{}:{check}", calls.text()))
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
    /// The calls, where a specification judges them.
    pub program: Option<Program>,
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
        let (body, program) = match body.split_once('@') {
            Some((body, calls)) => (body, Some(Program::read(calls).ok_or(Unreadable::Body)?)),
            None => (body, None),
        };
        let failure = engine.of_token(kind, body).or_else(|| hand::token::of_body(kind, body));
        let failure = failure.ok_or(Unreadable::Body)?;
        let (scenario, check) = (scenario.to_string(), check.to_string());
        Ok(Token { scenario, engine, failure, program, check })
    }

    /// Runs its execution again; none where its engine cannot.
    pub fn again(&self, scenario: &Scenario) -> Option<Failure> {
        let replay = || search::replay(scenario, self.engine, &self.failure);
        match self.program.clone().map(Arc::new) {
            Some(calls) => context::within(|settings| settings.program = Some(calls), replay),
            None => replay(),
        }
    }

    /// Whether this is the execution that the token was made of, by what was announced in it.
    pub fn fits(&self, shown: &Failure) -> bool {
        check(shown) == self.check && shown.kind == self.failure.kind
    }
}

fn kinds() -> Vec<Kind> {
    use Kind::{
        DataRace, Deadlock, DoubleFree, Forbidden, InvalidFree, Livelock, Panic, Undrained,
        UseAfterFree,
    };
    let heap = [UseAfterFree, DoubleFree, InvalidFree];
    [&heap[..], &[Forbidden, DataRace, Undrained, Deadlock, Livelock, Panic]].concat()
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

#[cfg(test)]
mod tests {
    use super::*;

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
