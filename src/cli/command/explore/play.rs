//! A game: where its moves have led, and what can be asked of it.

use std::ops::Range;
use std::time::Duration;

use racelab::explore::dealer::Way;
use racelab::explore::hand::{Came, Goal, How, Move, Next, Position, moves, token};
use racelab::explore::token as tokens;
use racelab::explore::{Engine, Engines};
use racelab::layout::Places;
use racelab::report::{Failure, Kind, Model, Verdict};

use super::quiz::Quiz;
use crate::command::table::{Stopped, Table};

/// What there is to come to is looked for so long.
const LOOK: Duration = Duration::from_secs(2);

/// How the memory is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// By its words.
    #[default]
    Words,
    /// By its bytes.
    Bytes,
    /// By its cache lines, and who has them.
    Lines,
}

/// A game.
pub struct Play {
    /// The program, and its memory.
    pub table: Table,
    /// What was done.
    pub moves: Vec<Move>,
    /// What was undone, the last first.
    undone: Vec<Move>,
    /// Where that has led.
    pub position: Position,
    /// The end to come to.
    pub goal: Option<Goal>,
    /// A way to it from the beginning, if one was found.
    pub best: Option<Vec<Move>>,
    /// How many stale reads and switches that has.
    pub score: Option<(usize, usize)>,
    /// The memory before the first step, as far as the way to the goal touches it.
    pub before: Vec<(String, String)>,
    /// Where its words lie.
    places: Places,
    /// Ends that were reached in this game.
    pub seen: Vec<String>,
    /// Ends in which no execution ends, where that was seen.
    pub never: Vec<String>,
    /// How many executions there are, where all were explored.
    pub all: Option<u64>,
    /// How the memory is shown.
    pub view: View,
    /// The room is asked for each move.
    pub quiz: Option<Quiz>,
    /// What could be done when the goal was reached, and what is typed for it.
    pub onwards: Option<(String, Option<String>)>,
    /// How much was told since the last move.
    pub hints: u8,
    /// What is to be said of what was just asked.
    pub says: String,
}

impl Play {
    /// Begins one with these moves.
    ///
    /// # Errors
    /// Why they lead nowhere.
    pub fn new(table: Table, moves: Vec<Move>, goal: Option<Goal>) -> Result<Play, Stopped> {
        let position = table.position(&moves)?;
        let mut play = Play {
            table,
            moves,
            undone: Vec::new(),
            position,
            goal,
            best: None,
            score: None,
            before: Vec::new(),
            places: Places::default(),
            seen: Vec::new(),
            never: Vec::new(),
            all: None,
            view: View::default(),
            quiz: None,
            onwards: None,
            hints: 0,
            says: String::new(),
        };
        play.look();
        play.note();
        Ok(play)
    }

    /// Explores it: which ends there are, and a way to the goal. Without one it is the failure that
    /// was found.
    fn look(&mut self) {
        let model = self.model().name();
        let looked = match self.table.look(self.goal.as_ref(), LOOK) {
            Ok(looked) => looked,
            Err(says) => {
                self.says = format!("nobody knows what there is to come to ({says})");
                return;
            }
        };
        if let Some(report) = looked.report.as_ref().filter(|report| report.excludes()) {
            self.all = Some(report.executions);
            let all = self.table.rules.ends.iter().map(|end| end.id.clone());
            self.never = all.filter(|id| report.count_of(id) == 0).collect();
        }
        let Some(goal) = looked.goal else {
            self.says = match looked.report.map(|report| report.verdict()) {
                Some(Verdict::Passed) => {
                    format!("no end is wrong under {model}: try what you like")
                }
                _ => "no wrong end was found in two seconds: try what you like".to_string(),
            };
            return;
        };
        match looked.way {
            Way::Moves(moves) => {
                if let Ok(Position { so_far, places, .. }) = self.table.position(&moves) {
                    self.score = Some((so_far.stale, so_far.switches));
                    (self.before, self.places) = (so_far.initial, places);
                }
                self.best = Some(moves);
                let end = goal.name();
                self.says = format!("Step the threads, by their letters, until it ends in {end}.");
            }
            Way::Never(all) => {
                self.says = format!(
                    "0 of {all} executions end in {} under {model}: all were explored",
                    goal.name()
                );
                if !self.never.contains(&goal.name()) {
                    self.never.push(goal.name());
                }
            }
            Way::Shown(shown, by) => {
                let token = self.token_of(&by, &shown);
                self.says = format!(
                    "an execution ends in {}, whose moves were not found: racelab replay {token} \
                     shows it",
                    goal.name()
                );
            }
            Way::Unknown => {
                self.says = format!(
                    "no way to {} is known: not all was explored in two seconds, and chance did \
                     not come there, which proves nothing",
                    goal.name()
                );
            }
        }
        self.goal = Some(goal);
    }

    fn token_of(&self, by: &str, shown: &Failure) -> String {
        let engine: Option<&dyn Engine> = Engines::standard().find(by);
        let token = engine.and_then(|by| tokens::of(&self.table.head.version, by, shown));
        token.unwrap_or_default()
    }

    /// The letter of each thread, the harness's first.
    pub fn letters(&self) -> Vec<char> {
        moves::letters(&self.table.actors())
    }

    /// The thread with this letter, by its number from 1.
    pub fn thread(&self, letter: char) -> Option<usize> {
        let letters = self.letters();
        let known = 1..=self.position.threads.len();
        known.into_iter().find(|thread| letters[*thread] == letter)
    }

    /// The ways in which a thread can go on.
    pub fn ways(&self, thread: usize) -> Vec<How> {
        match &self.position.threads[thread - 1].1 {
            Next::Goes(offers) => offers.iter().map(|offer| offer.how).collect(),
            Next::Ended | Next::Waits(_) => Vec::new(),
        }
    }

    /// One move; whether it was possible. Where the program itself has failed, that is said.
    pub fn go(&mut self, thread: usize, how: How) -> bool {
        let next = Move { thread: thread as u8, how };
        let all = [self.moves.as_slice(), &[next]].concat();
        let position = match self.table.position(&all) {
            Ok(position) => position,
            Err(Stopped::At(_)) => return false,
            Err(Stopped::Died(says)) => {
                self.says = format!("after that step the program did not answer. {says}");
                return true;
            }
        };
        if self.undone.last() != Some(&next) {
            self.undone.clear();
        } else {
            self.undone.pop();
        }
        (self.moves, self.position, self.hints) = (all, position, 0);
        self.says.clear();
        self.note();
        true
    }

    /// One move that somebody chose: in a quiz it is an answer, and is made where it leads on; whether
    /// it was possible.
    pub fn choose(&mut self, thread: usize, how: How) -> bool {
        if let (Some(quiz), Some(goal)) = (&mut self.quiz, &self.goal) {
            let next = [Move { thread: thread as u8, how }];
            let after = [self.moves.as_slice(), &next].concat();
            let leads = self.best.as_ref().is_some_and(|best| best.starts_with(&after));
            if let Err(says) = quiz.answer(&self.table, (&after, leads), goal) {
                self.says = says;
                return true;
            }
        }
        self.go(thread, how)
    }

    /// A step of a thread as it is typed, or a sentence why not.
    pub fn step(&mut self, thread: usize) {
        let name = self.position.threads[thread - 1].0.clone();
        let waits = match &self.position.threads[thread - 1].1 {
            Next::Waits(wait) => Some(wait.clone()),
            _ => None,
        };
        match (self.ways(thread).first().copied(), waits) {
            (Some(how), _) => drop(self.choose(thread, how)),
            (None, Some(wait)) => {
                let holder =
                    wait.holder.map_or(String::new(), |holder| format!(", which {holder} holds"));
                self.says = format!("{name} waits for {}{holder}", wait.object);
            }
            (None, None) => self.says = format!("{name} has ended"),
        }
    }

    /// A thread goes on as it always does, to its end or until it waits; in a quiz by one step.
    pub fn run(&mut self, thread: usize) {
        if self.quiz.is_some() {
            return self.step(thread);
        }
        const MOST: usize = 200;
        let last_lines = |play: &Play| {
            let steps = play.position.so_far.steps.iter().rev().take(8);
            steps.map(|step| step.line).collect::<Vec<_>>()
        };
        for _ in 0..MOST {
            let (before, made) = (last_lines(self), self.moves.len());
            if !self.ways(thread).contains(&How::Step) {
                return;
            }
            if !self.go(thread, How::Step) || self.moves.len() == made {
                return;
            }
            // A loop that waits shows the same lines over and over.
            if before.len() == 8 && before == last_lines(self) {
                self.says = "it goes round in a loop: let another go on".to_string();
                return;
            }
        }
    }

    /// One move less.
    pub fn undo(&mut self) {
        let Some(last) = self.moves.pop() else {
            self.says = "nothing was done yet".to_string();
            return;
        };
        self.undone.push(last);
        self.back();
    }

    /// What was undone last, once more.
    pub fn redo(&mut self) {
        match self.undone.last().copied() {
            Some(next) => drop(self.go(next.thread.into(), next.how)),
            None => self.says = "nothing was undone".to_string(),
        }
    }

    /// To the beginning; what was done can be done again.
    pub fn begin(&mut self) {
        self.undone.extend(self.moves.drain(..).rev());
        self.back();
    }

    fn back(&mut self) {
        // It was there before.
        if let Ok(position) = self.table.position(&self.moves) {
            self.position = position;
        }
        self.hints = 0;
        self.says.clear();
    }

    /// The name of the end that was reached, if one was.
    pub fn end(&self) -> Option<String> {
        match self.position.came.as_ref()? {
            Came::Allowed { id, .. } => Some(id.clone()),
            Came::Fails => Some(Goal::of(&self.position.so_far).name()),
        }
    }

    /// Whether it is the goal.
    pub fn won(&self) -> bool {
        self.end().is_some() && self.end() == self.goal.as_ref().map(Goal::name)
    }

    fn note(&mut self) {
        if let Some(end) = self.end()
            && !self.seen.contains(&end)
        {
            self.seen.push(end);
        }
    }

    /// The bytes of a word, where it lies in the shared memory itself.
    pub fn place(&self, word: &str) -> Option<Range<usize>> {
        self.position.places.of(word).or_else(|| self.places.of(word))
    }

    /// What an end means: of an outcome, as the judge has it.
    pub fn meaning(&self, end: &str) -> Option<&str> {
        let known = self.table.rules.ends.iter().find(|known| known.id == end);
        known.map(|known| known.reason.as_str()).or_else(|| {
            Some(match Goal::FAILURES.into_iter().find(|goal| goal.name() == end)? {
                Goal::Fails(Kind::DataRace) => {
                    "nothing orders two accesses, and one of them writes"
                }
                Goal::Fails(Kind::UseAfterFree) => "something is used that was freed",
                Goal::Fails(Kind::Deadlock) => "all who have not ended wait for each other",
                Goal::Fails(Kind::Livelock) => "loops wait for a change that nobody makes any more",
                Goal::Fails(Kind::Panic) => "a thread panics",
                _ => return None,
            })
        })
    }

    /// All moves to the goal, from the beginning.
    pub fn play(&mut self) {
        let Some(best) = self.best.clone() else {
            self.says = match self.goal.as_ref().filter(|goal| self.never.contains(&goal.name())) {
                Some(goal) => format!("no execution ends in {}: there is no way", goal.name()),
                None => "no way to the goal is known".to_string(),
            };
            return;
        };
        self.undone.clear();
        self.moves = best;
        self.back();
        self.note();
    }

    /// The name of a thread.
    pub fn name(&self, thread: usize) -> String {
        self.position.threads.get(thread - 1).map_or(String::new(), |thread| thread.0.clone())
    }

    /// The memory is shown in the next way.
    pub fn turn(&mut self) {
        self.view = match self.view {
            View::Words => View::Bytes,
            View::Bytes => View::Lines,
            View::Lines => View::Words,
        };
    }

    /// The token of what was done.
    pub fn token(&self) -> String {
        token::written(&self.table.head, &self.moves, &self.position)
    }

    /// Under which memory.
    pub fn model(&self) -> Model {
        self.table.head.model
    }
}
