//! Which cache line each step of an execution touches, and who had that line before.
//!
//! The lines are those of the layout of the native copy, from a memory that begins at one; and each
//! step has its line at once. It is what the layout says, and no measurement of what caches did: those
//! keep stores in buffers, move lines for other reasons, and two lines may travel together.

use racelab::layout::Places;
use racelab::report::{Failure, Step};
use racelab::words::Page;

/// What a step does to a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touch {
    /// The number of the line, from 0.
    pub line: usize,
    /// Whether it needs the line for itself.
    pub writes: bool,
    /// Who had it before.
    pub before: Held,
}

/// Who has a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Held {
    /// Nobody has touched it yet.
    #[default]
    Nobody,
    /// This thread, who wrote to it.
    Alone(String),
    /// These threads have a copy to read.
    Shared(Vec<String>),
}

impl Held {
    /// Whether this thread could read there without asking another.
    fn has(&self, thread: &str) -> bool {
        match self {
            Held::Nobody => false,
            Held::Alone(one) => one == thread,
            Held::Shared(all) => all.iter().any(|one| one == thread),
        }
    }

    /// In words, as the end of a sentence.
    pub fn words(&self) -> String {
        match self {
            Held::Nobody => "nobody has it".to_string(),
            Held::Alone(one) => format!("{one} has it, written"),
            Held::Shared(all) => format!("{} read it", all.join(", ")),
        }
    }

    fn after(&mut self, step: &Step, writes: bool) {
        let thread = step.thread.clone();
        *self = match std::mem::take(self) {
            _ if writes => Held::Alone(thread),
            Held::Alone(one) if one == thread => Held::Alone(one),
            Held::Alone(one) => Held::Shared(vec![one, thread]),
            Held::Nobody => Held::Shared(vec![thread]),
            Held::Shared(mut all) => {
                if !all.contains(&thread) {
                    all.push(thread);
                }
                Held::Shared(all)
            }
        };
    }
}

impl Touch {
    /// In words: `reads line 0, which writer has written`.
    pub fn words(&self, thread: &str) -> String {
        let (does, line) = (if self.writes { "writes" } else { "reads" }, self.line);
        let held = match &self.before {
            Held::Nobody => "which nobody has touched".to_string(),
            Held::Alone(one) if one == thread => "which is its own".to_string(),
            Held::Alone(one) => format!("which {one} has written"),
            Held::Shared(all) => {
                let others: Vec<&str> =
                    all.iter().map(String::as_str).filter(|one| *one != thread).collect();
                match (others.is_empty(), self.before.has(thread)) {
                    (true, _) => "which it has read alone".to_string(),
                    (false, true) => format!("which it shares with {}", others.join(", ")),
                    (false, false) => format!("which {} read", others.join(", ")),
                }
            }
        };
        format!("{does} line {line}, {held}")
    }

    /// Whether the line comes from another thread, or is taken from others.
    pub fn moves(&self, thread: &str) -> bool {
        match &self.before {
            Held::Nobody => false,
            Held::Alone(one) => one != thread,
            Held::Shared(all) if self.writes => all.iter().any(|one| one != thread),
            Held::Shared(all) => !all.iter().any(|one| one == thread),
        }
    }
}

/// What each step touches, and who has each line. A step on what lies behind a pointer touches no line
/// that is known.
pub struct Owners {
    /// Of each step, in their order.
    pub touched: Vec<Vec<Touch>>,
    /// Before the first step and after each: of each line, by its number.
    pub held: Vec<Vec<Held>>,
}

impl Owners {
    /// With lines of so many bytes.
    pub fn new(shown: &Failure, places: &Places, line: usize) -> Owners {
        let (mut held, mut all): (Vec<Held>, _) = (Vec::new(), vec![Vec::new()]);
        let touched = shown.steps.iter().map(|step| {
            let Some(place) = places.of(&step.field).filter(|place| !place.is_empty()) else {
                all.push(held.clone());
                return Vec::new();
            };
            let writes = !step.kind.only_looks();
            let touch = |line: usize| {
                if held.len() <= line {
                    held.resize(line + 1, Held::Nobody);
                }
                let before = held[line].clone();
                held[line].after(step, writes);
                Touch { line, writes, before }
            };
            let touched = (place.start / line..=(place.end - 1) / line).map(touch).collect();
            all.push(held.clone());
            touched
        });
        let touched = touched.collect();
        Owners { touched, held: all }
    }
}

/// A sentence for each step that touches a line, for a terminal; nothing where no word has a place.
pub fn text(shown: &Failure, owners: &Owners, line: usize, page: &Page) -> String {
    let steps = shown.steps.iter().zip(&owners.touched).enumerate();
    let said =
        steps.filter(|(_, (_, touched))| !touched.is_empty()).map(|(at, (step, touched))| {
            let does = touched.iter().map(|touch| touch.words(&step.thread));
            let does = does.collect::<Vec<_>>().join("; ");
            page.paragraph("  ", "    ", &format!("Step {}: {} {does}.", at + 1, step.thread))
        });
    let said: String = said.collect();
    if said.is_empty() {
        return said;
    }
    let head = format!("Cache lines of {line} bytes, by the layout; nothing was measured:");
    let all = shown.steps.iter().zip(&owners.touched);
    let each =
        all.flat_map(|(step, touched)| touched.iter().map(|touch| touch.moves(&step.thread)));
    let each: Vec<bool> = each.collect();
    let moved = each.iter().filter(|moved| **moved).count();
    let sum = format!("{moved} of {} need a line that another thread has.", each.len());
    let [head, sum] = [head, sum].map(|text| page.paragraph("  ", "    ", &text));
    format!("{head}{said}{sum}\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use racelab::layout::{FieldLayout, TypeLayout};
    use racelab::op::Kind;
    use racelab::report::{Kind as Fails, Why};
    use racelab::words::samples;

    /// `left` and `right` lie in one line, `far` in the next.
    fn owners(steps: &[(&str, &str, Kind)]) -> Owners {
        let field = |name, at: usize| FieldLayout::new(name, "u64", at..at + 8);
        let fields = vec![field("left", 0), field("right", 8), field("far", 64)];
        let types = [TypeLayout { size: 72, fields, ..TypeLayout::default() }];
        let places = Places::new(&types, ["left", "right", "far"].into_iter());
        let step = |(thread, name, kind): &(&str, &str, Kind)| Step {
            kind: *kind,
            ..samples::step(thread, name, "", "0")
        };
        let steps = steps.iter().map(step).collect();
        let shown = Failure { steps, ..Failure::told(Fails::Forbidden, Why::Unknown, vec![]) };
        Owners::new(&shown, &places, 64)
    }

    #[test]
    fn a_line_goes_to_whoever_writes_and_is_shared_by_who_read() {
        let found = owners(&[
            ("one", "left", Kind::Store),
            ("two", "right", Kind::Load),
            ("two", "right", Kind::Load),
            ("two", "right", Kind::Store),
            ("one", "far", Kind::Load),
            ("one", "elsewhere", Kind::Load),
        ]);
        let words = |at: usize, thread| -> Vec<String> {
            found.touched[at].iter().map(|touch| touch.words(thread)).collect()
        };
        assert_eq!(words(0, "one"), ["writes line 0, which nobody has touched"]);
        assert_eq!(words(1, "two"), ["reads line 0, which one has written"]);
        assert_eq!(words(2, "two"), ["reads line 0, which it shares with one"]);
        assert_eq!(words(3, "two"), ["writes line 0, which it shares with one"]);
        assert_eq!(words(4, "one"), ["reads line 1, which nobody has touched"]);
        assert_eq!(words(5, "one"), Vec::<String>::new());
        let threads = ["one", "two", "two", "two", "one"];
        let moves: Vec<bool> =
            threads.iter().zip(&found.touched).map(|(by, all)| all[0].moves(by)).collect();
        assert_eq!(moves, [false, true, false, true, false]);
        assert_eq!(found.held.len(), 7);
        let two = Held::Alone("two".to_string());
        assert_eq!(found.held[6], [two, Held::Shared(vec!["one".to_string()])]);
    }
}
