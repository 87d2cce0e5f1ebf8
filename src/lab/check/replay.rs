//! The token of a test: its execution is shown, and nothing else is explored.

use super::call::{Call, REPLAY};
use crate::against;
use crate::explore::dealer::{self, Answer, Asks, Question};
use crate::explore::hand::{self, Came};
use crate::explore::token::Token;
use crate::explore::{Engines, search};
use crate::scenario::Scenario;
use crate::words::{self, Page, interleaving};

const DIFFERS: &str = "the program does something else now than when this token was made: run the \
                       test without it";

impl Call {
    /// Whether a token is given, so that nothing is to be explored: it is of another call.
    ///
    /// # Panics
    /// With the execution, where it is of this one; when it is no token, or the program does something
    /// else now.
    pub(crate) fn replays(&self, engines: &Engines, scenario: &Scenario) -> bool {
        let Ok(text) = std::env::var(REPLAY) else { return false };
        let by_engine = Token::read(&text, engines);
        let by_hand = hand::token::Token::read(&text).filter(|token| !token.moves.is_empty());
        let name = match (&by_engine, &by_hand) {
            (Ok(token), _) => token.scenario.clone(),
            (_, Some(token)) => token.version.clone(),
            (Err(why), None) => {
                panic!("{REPLAY} is no token of a test: copy all of it ({why:?})")
            }
        };
        if name != self.name() {
            eprintln!("racelab: {REPLAY} is of {name}: {} is not explored", self.name());
            return true;
        }
        let shown = match (by_engine, by_hand) {
            (Ok(token), _) => engines_again(&token, scenario),
            (_, Some(token)) => hands_again(&token, engines, scenario),
            (Err(_), None) => None,
        };
        let Some(shown) = shown else { panic!("{REPLAY}: {DIFFERS}") };
        panic!("{REPLAY}: {shown}")
    }
}

/// An execution that an engine has shown.
fn engines_again(token: &Token, scenario: &Scenario) -> Option<String> {
    let (page, by) = (Page::default(), token.engine.name());
    let head = format!("an execution of {by}\n\n");
    let Some(calls) = &token.program else {
        let shown = search::replay(scenario, token.engine, &token.failure)?;
        return token.fits(&shown).then(|| head + &interleaving::text(&shown, &page));
    };
    let failed = against::again(scenario, token.engine, calls, &token.failure)?;
    let table = interleaving::text(&failed.failure, &page);
    let fits = token.fits(&failed.failure);
    fits.then(|| head + &words::against::history(&failed, &page) + "\n" + &table)
}

/// An execution that was made by hand, which need not fail, or have ended.
fn hands_again(
    token: &hand::token::Token,
    engines: &Engines,
    scenario: &Scenario,
) -> Option<String> {
    let moves = hand::moves::read(&token.moves, &scenario.actors())?;
    let question = Question {
        model: token.model,
        conditions: token.conditions.clone(),
        program: token.program.clone(),
        asks: Asks::Position(moves),
    };
    let Answer::Position(Ok(position)) = dealer::answer(engines, scenario, &question) else {
        return None;
    };
    let page = Page::default();
    let head = format!("an execution under {}\n\n", token.model.name());
    let end = match &position.came {
        Some(Came::Fails) => interleaving::conclusion(&position.so_far, &page),
        Some(Came::Allowed { id, reason, .. }) => format!("  => {id}: {reason}\n"),
        None => "  => it has not ended\n".to_string(),
    };
    let steps = interleaving::steps(&position.so_far, &page);
    token.fits(&position).then(|| head + &steps + &end)
}
