//! A program that a game is played with: a version of the course, in this process, or somebody's own,
//! with a child process for each question.

use std::sync::Arc;
use std::time::Duration;

use racelab::Scenario;
use racelab::explore::Engines;
use racelab::explore::dealer::{self, Answer, Asks, Looked, Question, Rules};
use racelab::explore::hand::token::{Head, Token};
use racelab::explore::hand::{Goal, Move, Position};
use racelab::layout::Places;
use racelab::report::{Failure, Model, Why};
use racelab::specification::Program as Calls;
use racelab::trial::{self, Launch};
use racelab::words::why;
use racelab_exercise::program::Program;

use super::Ending;

/// A child answers within this, or does not; a look takes longer.
const ANSWER: Duration = Duration::from_secs(5);
const LOOK: Duration = Duration::from_secs(25);

/// Why there is none: what is said, and how the command ends.
pub type Refused = (String, Ending);

/// Where a program runs.
#[derive(Clone)]
pub enum Board {
    /// In this process.
    Here(&'static Scenario),
    /// In children that know the scenario by this name.
    There {
        /// How they are started.
        launch: Launch,
        /// What they know it by.
        scenario: String,
        /// What is gone when nobody has this any more.
        _keeps: Option<Arc<Program>>,
    },
}

/// Why a question has no answer.
#[derive(Debug)]
pub enum Stopped {
    /// This move, from 0, is not possible.
    At(usize),
    /// The program has done something else than answer: what.
    Died(String),
}

/// A program under a memory model.
#[derive(Clone)]
pub struct Table {
    board: Board,
    /// What a token said that it needs.
    given: String,
    /// What all its tokens say.
    pub head: Head,
    /// What is known before the first move.
    pub rules: Rules,
}

impl Table {
    /// A program that is called so; a token says what its executions need.
    pub fn new(
        board: Board,
        version: String,
        model: Model,
        (given, program): (&str, Option<Calls>),
    ) -> Result<Table, Refused> {
        let unjudged = |scenario: &&Scenario| scenario.specification().is_none();
        if program.is_some() && matches!(&board, Board::Here(scenario) if unjudged(scenario)) {
            let says = "the token has calls, and nothing here judges any: copy all of it";
            return Err((says.to_string(), Ending::Usage));
        }
        let (actors, conditions) = (Vec::new(), String::new());
        let head = Head { version, model, actors, conditions, program };
        let rules = Rules {
            actors: Vec::new(),
            ends: Vec::new(),
            conditions: String::new(),
            sources: Vec::new(),
        };
        let mut table = Table { board, given: given.to_string(), head, rules };
        let Answer::Rules(rules) = table.ask(Asks::Rules, ANSWER)? else {
            return Err(("the token is damaged: copy all of it".to_string(), Ending::Usage));
        };
        table.head.actors.clone_from(&rules.actors);
        table.head.conditions.clone_from(&rules.conditions);
        table.rules = rules;
        Ok(table)
    }

    /// The program of a token.
    pub fn of_token(board: Board, token: &Token) -> Result<Table, Refused> {
        let needs = (token.conditions.as_str(), token.program.clone());
        Table::new(board, token.version.clone(), token.model, needs)
    }

    /// The same program under another model.
    pub fn under(&self, model: Model) -> Table {
        let mut other = self.clone();
        other.head.model = model;
        other
    }

    /// The names of the actors.
    pub fn actors(&self) -> Vec<&str> {
        self.rules.actors.iter().map(String::as_str).collect()
    }

    /// Where these moves lead.
    pub fn position(&self, moves: &[Move]) -> Result<Position, Stopped> {
        match self.ask(Asks::Position(moves.to_vec()), ANSWER) {
            Ok(Answer::Position(Ok(position))) => Ok(*position),
            Ok(Answer::Position(Err(at))) => Err(Stopped::At(at)),
            Ok(_) => Err(Stopped::At(0)),
            Err((says, _)) => Err(Stopped::Died(says)),
        }
    }

    /// All moves of the simplest of so many executions by chance that begin with these moves and come
    /// to this goal.
    pub fn find(&self, moves: &[Move], goal: &Goal, tries: u64) -> Option<Vec<Move>> {
        match self.ask(Asks::Find(moves.to_vec(), goal.clone(), tries), LOOK) {
            Ok(Answer::Found(found)) => found,
            _ => None,
        }
    }

    /// What there is to come to, in so much time; what is said where that has no answer.
    pub fn look(&self, goal: Option<&Goal>, time: Duration) -> Result<Looked, String> {
        match self.ask(Asks::Look(goal.cloned(), time), time + LOOK) {
            Ok(Answer::Looked(looked)) => Ok(*looked),
            Ok(_) => Err("the look has no answer".to_string()),
            Err((says, _)) => Err(says),
        }
    }

    /// The execution of a token of an engine, and where its words lie.
    pub fn again(&self, token: &str) -> Result<Option<(Failure, Places)>, Refused> {
        match self.ask(Asks::Again(token.to_string()), LOOK)? {
            Answer::Again(shown) => Ok(shown.map(|(shown, places)| (*shown, places))),
            _ => Ok(None),
        }
    }

    fn ask(&self, asks: Asks, deadline: Duration) -> Result<Answer, Refused> {
        let (conditions, program) = (self.given.clone(), self.head.program.clone());
        let question = Question { model: self.head.model, conditions, program, asks };
        let asked = match &self.board {
            Board::Here(scenario) => {
                return Ok(dealer::answer(&Engines::standard(), scenario, &question));
            }
            Board::There { launch, scenario, .. } => {
                trial::ask(scenario, &question, launch, deadline)
            }
        };
        match asked {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err((kind, death))) => {
                let (kind, why) = (kind.words().to_uppercase(), why::reason(&Why::Died(death)));
                Err((format!("{kind}: {}", why.trim_end()), Ending::Broken))
            }
            Err(error) => Err((format!("{error:#}"), Ending::Missing)),
        }
    }
}
