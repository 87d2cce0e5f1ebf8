//! A game: where its moves have led, and what can be asked of it.

use std::time::Duration;

use racelab::explore::hand::{Came, Goal, Hand, How, Move, Next, Position, moves, token};
use racelab::report::{Model, Verdict};
use racelab_demos::course::Role;

use super::quiz::Quiz;
use crate::command::explorations;

/// So many executions by chance are tried for a goal.
const TRIES: u64 = 1_500;

/// What there is to come to is looked for so long.
const LOOK: Duration = Duration::from_secs(2);

/// A game.
pub struct Play {
    /// The name of the version.
    pub version: String,
    /// The program, and its memory.
    pub hand: Hand<'static>,
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
    /// Ends that were reached in this game.
    pub seen: Vec<String>,
    /// Outcomes in which no execution ends, where that was seen.
    pub never: Vec<String>,
    /// The memory is shown by its bytes.
    pub bytes: bool,
    /// The room is asked for each move.
    pub quiz: Option<Quiz>,
    /// How much was told since the last move.
    hints: u8,
    /// What is to be said of what was just asked.
    pub says: String,
}

impl Play {
    /// Begins one with these moves.
    ///
    /// # Errors
    /// The number of the first that is not possible, from 0.
    pub fn new(
        version: String,
        hand: Hand<'static>,
        moves: Vec<Move>,
        goal: Option<Goal>,
    ) -> Result<Play, usize> {
        let position = hand.position(&moves)?;
        let mut play = Play {
            version,
            hand,
            moves,
            undone: Vec::new(),
            position,
            goal,
            best: None,
            seen: Vec::new(),
            never: Vec::new(),
            bytes: false,
            quiz: None,
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
        let scenario = self.hand.scenario();
        let found = explorations::exact(scenario, &[self.model()], LOOK);
        let Some((model, report)) = found.into_iter().next() else { return };
        if report.excludes() {
            let all = scenario.outcomes().iter().map(|meaning| meaning.id.to_string());
            self.never = all.filter(|id| report.count_of(id) == 0).collect();
        }
        let shown = report.failure.as_ref();
        let Some(goal) = self.goal.clone().or(shown.map(Goal::of)) else {
            self.says = match report.verdict() {
                Verdict::Passed => {
                    format!("no end is wrong under {}: try what you like", model.name())
                }
                _ => "no wrong end was found in two seconds: try what you like".to_string(),
            };
            return;
        };
        if self.never.contains(&goal.name()) {
            let (goal, model, all) = (goal.name(), model.name(), report.executions);
            self.says =
                format!("0 of {all} executions end in {goal} under {model}: all were explored");
        } else {
            let shown = shown.filter(|shown| Goal::of(shown) == goal).map(moves::of_schedule);
            let comes = |moves: &Vec<Move>| self.hand.comes_to(moves).as_ref() == Some(&goal);
            self.best = shown.filter(comes).or_else(|| self.hand.find(&[], &goal, TRIES));
        }
        self.goal = Some(goal);
    }

    /// What could be done when the goal was reached.
    pub fn onwards(&self) -> String {
        let (Some(goal), Some((demo, version))) = (&self.goal, self.version.split_once('/')) else {
            return String::new();
        };
        let all = racelab_demos::find(demo).map_or(&[][..], |demo| demo.versions);
        let fixed = all.iter().find(|version| version.role == Role::Fixed);
        let fixed = fixed.filter(|fixed| fixed.name() != version);
        fixed.map_or(String::new(), |fixed| {
            let (name, goal) = (fixed.name(), goal.name());
            format!("Try it on {}: racelab explore {demo}/{name} --goal {goal}", fixed.title)
        })
    }

    /// The letter of each thread, the harness's first.
    pub fn letters(&self) -> Vec<char> {
        moves::letters(&self.hand.scenario().actors())
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

    /// One move; whether it was possible.
    pub fn go(&mut self, thread: usize, how: How) -> bool {
        let next = Move { thread: thread as u8, how };
        let all = [self.moves.as_slice(), &[next]].concat();
        let Ok(position) = self.hand.position(&all) else { return false };
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
        if let (Some(quiz), Some(goal)) = (&mut self.quiz, &self.goal)
            && let Err(says) = quiz.answer(&self.hand, &self.moves, (thread, how), goal)
        {
            self.says = says;
            return true;
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
            play.position
                .so_far
                .steps
                .iter()
                .rev()
                .take(8)
                .map(|step| step.line)
                .collect::<Vec<_>>()
        };
        for _ in 0..MOST {
            if !self.ways(thread).contains(&How::Step) {
                return;
            }
            let before = last_lines(self);
            if !self.go(thread, How::Step) {
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

    /// To the position after so many moves.
    pub fn jump(&mut self, to: usize) {
        while self.moves.len() > to {
            if let Some(last) = self.moves.pop() {
                self.undone.push(last);
            }
        }
        self.back();
        while self.moves.len() < to && !self.undone.is_empty() {
            self.redo();
        }
    }

    fn back(&mut self) {
        // It was there before.
        if let Ok(position) = self.hand.position(&self.moves) {
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

    /// A little more each time: what the goal is, who goes next, and then that step is made.
    pub fn hint(&mut self) {
        let Some(goal) = self.goal.clone() else {
            self.says = "no end is wrong here: try what you like".to_string();
            return;
        };
        let Some(path) = self.hand.find(&self.moves, &goal, TRIES) else {
            self.says = match self.moves.is_empty() {
                true => format!("no execution of {TRIES} by chance came to {}", goal.name()),
                false => format!("from here chance does not come to {}: u undoes", goal.name()),
            };
            return;
        };
        let next = path[self.moves.len()..].first().copied();
        self.hints += 1;
        match (self.hints, next) {
            (_, None) => self.says = "you are there".to_string(),
            (1, _) => {
                let reason = self.hand.scenario().outcomes().iter();
                let reason = reason.filter(|meaning| meaning.id == goal.name());
                let reason = reason.map(|meaning| meaning.reason).next();
                let more = path.len() - self.moves.len();
                let says =
                    reason.map_or(goal.name(), |reason| format!("{}: {reason}", goal.name()));
                self.says = format!("{says}; {more} moves from here");
            }
            (2, Some(next)) => {
                let how = match next.how {
                    How::Step => "goes next",
                    How::Older(_) => "goes next, and not by the newest",
                    How::Whim => "goes next, and std allows something without a reason",
                    How::Drain(_) => "has a store to drain next",
                };
                self.says = format!("{} {how}", self.name(next.thread.into()));
            }
            (_, Some(next)) => drop(self.go(next.thread.into(), next.how)),
        }
    }

    /// All moves to the goal, from the beginning.
    pub fn play(&mut self) {
        let Some(best) = self.best.clone() else {
            self.says = "no way to the goal is known".to_string();
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

    /// The token of what was done.
    pub fn token(&self) -> String {
        token::written(&self.version, &self.hand, &self.moves, &self.position)
    }

    /// Under which memory.
    pub fn model(&self) -> Model {
        self.hand.model()
    }
}
