//! Hints of a game: what the goal means, who goes next, and then that step itself.

use racelab::explore::hand::{Goal, How, Move};

use super::play::Play;

/// So many executions by chance are tried for a hint.
const TRIES: u64 = 1_500;

impl Play {
    /// All moves of a way to the goal that goes on from here.
    fn way_on(&self, goal: &Goal) -> Option<Vec<Move>> {
        let known = self.best.as_ref().filter(|best| best.starts_with(&self.moves));
        known.cloned().or_else(|| self.table.find(&self.moves, goal, TRIES))
    }

    /// A little more each time: what the goal is, who goes next, and then that step is made.
    pub fn hint(&mut self) {
        let Some(goal) = self.goal.clone() else {
            self.says = "no end is wrong here: try what you like".to_string();
            return;
        };
        if self.never.contains(&goal.name()) {
            self.says = format!("no execution ends in {}: there is no way", goal.name());
            return;
        }
        let Some(path) = self.way_on(&goal) else {
            self.says = match (self.moves.is_empty(), &self.best) {
                (true, _) => format!("no execution of {TRIES} by chance came to {}", goal.name()),
                (false, None) => format!("from here no way to {} is known: u undoes", goal.name()),
                (false, Some(best)) => {
                    let same = best.iter().zip(&self.moves).take_while(|(a, b)| a == b).count();
                    let back = self.moves.len() - same;
                    let moves = if back == 1 { "move" } else { "moves" };
                    format!("from here no way is known; {back} {moves} back there is one: u undoes")
                }
            };
            return;
        };
        let next = path[self.moves.len()..].first().copied();
        self.hints += 1;
        match (self.hints, next) {
            (_, None) => self.says = "you are there".to_string(),
            (1, _) => {
                let more = path.len() - self.moves.len();
                let name = goal.name();
                let meaning =
                    self.meaning(&name).map_or(name.clone(), |why| format!("{name}: {why}"));
                self.says = format!("{meaning}; {more} moves from here. h says who goes next");
            }
            (2, Some(next)) => {
                let key = self.key(next);
                let how = match next.how {
                    How::Step => "goes next",
                    How::Older(_) => "goes next, and not by the newest",
                    How::Whim => "goes next, and std allows something without a reason",
                    How::Drain(_) => "has a store to drain next",
                };
                self.says = format!("{} {how}: {key}. h plays it", self.name(next.thread.into()));
            }
            (_, Some(next)) => drop(self.go(next.thread.into(), next.how)),
        }
    }

    /// What to press for a move.
    fn key(&self, next: Move) -> String {
        let ways = self.ways(next.thread.into());
        match ways.iter().position(|how| *how == next.how) {
            Some(0) | None => self.letters()[usize::from(next.thread)].to_string(),
            Some(at) => (at + 1).to_string(),
        }
    }
}
