//! What a game asks of its program, and the answers: plain data, so that the game can be played in
//! another process than the program runs in.
//!
//! Each question says all that it takes to answer it. Nothing is kept between two of them.

mod look;
mod wanting;

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Engines;
use super::hand::{self, Goal, Hand, Move, Position};
use super::token::Token;
use crate::layout::Places;
use crate::race::Grade;
use crate::report::{Failure, Model};
use crate::rt::context;
use crate::scenario::Scenario;
use crate::specification::Program;

pub use look::{Looked, Way, exact};

/// A question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Under which model.
    pub model: Model,
    /// What a token says that its execution needs, without `+`; nothing without a token.
    pub conditions: String,
    /// The calls, of a scenario that a specification judges.
    pub program: Option<Program>,
    /// What is asked.
    pub asks: Asks,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Asks {
    /// What is known before the first move.
    Rules,
    /// Where these moves lead.
    Position(Vec<Move>),
    /// How an execution that begins with these moves comes to this goal, of so many by chance.
    Find(Vec<Move>, Goal, u64),
    /// What there is to come to, in so much time; a way to this goal, or to the simplest failure.
    Look(Option<Goal>, Duration),
    /// The execution of this token of an engine.
    Again(String),
}

/// An answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Answer {
    /// What is known before the first move.
    Rules(Rules),
    /// Where the moves lead; the number of the first, from 0, that is not possible.
    Position(Result<Box<Position>, usize>),
    /// All moves of an execution, where one was found.
    Found(Option<Vec<Move>>),
    /// What there is to come to.
    Looked(Box<Looked>),
    /// The execution, and where its words lie; none where the token makes none.
    Again(Option<(Box<Failure>, Places)>),
    /// The conditions say nothing that is known.
    Damaged,
}

/// What is known of a program before the first move.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rules {
    /// The names of the actors, in their order.
    pub actors: Vec<String>,
    /// How it may end.
    pub ends: Vec<End>,
    /// What every execution needs, as a token has it: nothing, or `+` and letters.
    pub conditions: String,
    /// The files, by their names without folders, and their texts.
    pub sources: Vec<(String, String)>,
}

/// An outcome of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// Its name.
    pub id: String,
    /// How it is judged.
    pub grade: Grade,
    /// Why, in one line.
    pub reason: String,
}

impl Rules {
    /// The ends that there can be: the outcomes, and failures of other kinds.
    pub fn goals(&self) -> Vec<Goal> {
        let outcomes = self.ends.iter().map(|end| Goal::Outcome(end.id.clone()));
        outcomes.chain(Goal::FAILURES).collect()
    }
}

/// Answers a question about a scenario, in this process.
pub fn answer(engines: &Engines, scenario: &Scenario, question: &Question) -> Answer {
    let program = question.program.clone().map(Arc::new);
    context::within(|settings| settings.program = program, || answered(engines, scenario, question))
}

fn answered(engines: &Engines, scenario: &Scenario, question: &Question) -> Answer {
    if let Asks::Again(text) = &question.asks {
        let shown = Token::read(text, engines).ok().and_then(|token| token.again(scenario));
        let placed = |shown: Failure| {
            let places = hand::places(scenario, &shown);
            (Box::new(shown), places)
        };
        return Answer::Again(shown.map(placed));
    }
    let hand = Hand::new(scenario, question.model).with(&question.conditions);
    let Some(hand) = hand else { return Answer::Damaged };
    match &question.asks {
        Asks::Rules => Answer::Rules(rules(&hand)),
        Asks::Position(moves) => Answer::Position(hand.position(moves).map(Box::new)),
        Asks::Find(moves, goal, tries) => Answer::Found(hand.find(moves, goal, *tries)),
        Asks::Look(goal, time) => Answer::Looked(Box::new(look::look(&hand, goal.clone(), *time))),
        Asks::Again(_) => Answer::Damaged,
    }
}

fn rules(hand: &Hand<'_>) -> Rules {
    let scenario = hand.scenario();
    let end = |meaning: &crate::race::Meaning| End {
        id: meaning.id.to_string(),
        grade: meaning.grade,
        reason: meaning.reason.to_string(),
    };
    let file = |source: &crate::Source| (source.name().to_string(), source.text.to_string());
    Rules {
        actors: scenario.actors().iter().map(|name| name.to_string()).collect(),
        ends: scenario.outcomes().iter().map(end).collect(),
        conditions: hand.conditions(),
        sources: scenario.sources.iter().map(file).collect(),
    }
}
