//! The brute force: every start, every line, every pair.

use std::collections::BTreeSet;

use racelab_layout::placement::Placement;
use racelab_layout::sharing::Verdict;

use crate::dice::Dice;

/// One word of memory that somebody uses.
#[derive(Clone, Debug)]
pub(super) struct Use {
    /// From the start of the type.
    pub(super) bytes: std::ops::Range<usize>,
    /// Who writes it; empty where nobody said.
    pub(super) writers: BTreeSet<String>,
    /// An atomic or a lock.
    pub(super) synchronised: bool,
    /// The union, enum or state machine, and which of its states it belongs to; several, where a
    /// state machine keeps it.
    pub(super) alive: Vec<(usize, Vec<usize>)>,
    /// Its writers are those of the whole array; which of them writes this element nobody said.
    pub(super) of_several: bool,
    /// The element of an array that it lies in.
    pub(super) element: String,
    /// The number of the bit-fields' memory location.
    pub(super) location: Option<usize>,
}

/// A type, what is asked about it, and the truth about its bytes.
pub(super) struct Case {
    pub(super) name: String,
    pub(super) source: String,
    pub(super) size: usize,
    pub(super) align: usize,
    /// `--writer`.
    pub(super) declared: Vec<(String, String)>,
    pub(super) uses: Vec<Use>,
    pub(super) array: usize,
    pub(super) placement: Placement,
    pub(super) constructs: BTreeSet<&'static str>,
}

/// The starts at which pairs of each class meet.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) race: BTreeSet<usize>,
    pub(super) declared: BTreeSet<usize>,
    pub(super) unknown: BTreeSet<usize>,
}

impl Answer {
    pub(super) fn is_empty(&self) -> bool {
        self.race.is_empty() && self.declared.is_empty() && self.unknown.is_empty()
    }

    pub(super) fn verdict(&self, starts: usize) -> Option<Verdict> {
        if !self.race.is_empty() {
            Some(Verdict::DataRace)
        } else if !self.declared.is_empty() {
            let certain = self.declared.len() == starts;
            Some(if certain { Verdict::Certain } else { Verdict::Likely })
        } else {
            (!self.unknown.is_empty()).then_some(Verdict::Maybe)
        }
    }
}

impl Case {
    /// Some lie beside others of their type, and some where an allocator puts them.
    pub(super) fn is_put(&mut self, dice: &mut Dice) {
        if dice.percent(12) {
            self.array = 2 + dice.below(5);
            self.constructs.insert("objects beside each other");
        }
        if dice.percent(12) {
            self.placement = Placement::Glibc;
            self.constructs.insert("allocator");
        }
    }

    pub(super) fn starts(&self, line: usize) -> Vec<usize> {
        let step = match self.placement {
            Placement::Aligned => self.align,
            Placement::Glibc => self.align.max(16),
            other => panic!("{other:?} is not tried"),
        };
        (0..line).filter(|start| start % step == 0).collect()
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Race,
    Declared,
    Unknown,
}

fn clash(a: &Use, b: &Use) -> Option<Kind> {
    for (of, states) in &a.alive {
        let same = b.alive.iter().find(|(other, _)| other == of);
        if same.is_some_and(|(_, others)| !states.iter().any(|state| others.contains(state))) {
            return None;
        }
    }
    if a.writers.is_empty() || b.writers.is_empty() {
        return (a.synchronised && b.synchronised).then_some(Kind::Unknown);
    }
    // Here no two single words have several writers, so any two writers disturb each other.
    let differ = a.writers.iter().any(|a| b.writers.iter().any(|b| a != b));
    // Whoever of them writes an element writes all of it.
    let one = !a.of_several && !b.of_several || a.element == b.element;
    if !differ || a.writers == b.writers && one {
        return None;
    }
    let race = a.location.is_some() && a.location == b.location;
    Some(if race { Kind::Race } else { Kind::Declared })
}

/// What is true of the case in lines of this size.
pub(super) fn answer(case: &Case, line: usize) -> Answer {
    let mut uses = Vec::new();
    for number in 0..case.array.max(1) {
        for one in &case.uses {
            let mut one = one.clone();
            let at = number * case.size;
            one.bytes = one.bytes.start + at..one.bytes.end + at;
            if case.array > 1 {
                // Each object has users of its own, states and memory locations too.
                let own = |writer: &String| format!("{writer} of object {number}");
                one.writers = one.writers.iter().map(own).collect();
                one.alive.iter_mut().for_each(|(of, _)| *of += number * 1000);
                one.location = one.location.map(|location| location + number * 1000);
            }
            uses.push(one);
        }
    }
    let mut near: Vec<(Kind, &Use, &Use)> = Vec::new();
    uses.sort_by_key(|one| one.bytes.start);
    for (number, a) in uses.iter().enumerate() {
        // What starts a whole line behind the end cannot be in the same one.
        let reach = a.bytes.end + line;
        for b in uses[number + 1..].iter().take_while(|b| b.bytes.start < reach) {
            if let Some(kind) = clash(a, b) {
                near.push((kind, a, b));
            }
        }
    }
    let mut answer = Answer::default();
    for start in case.starts(line) {
        let meet = |(_, a, b): &&(Kind, &Use, &Use)| {
            let lines =
                |one: &Use| (start + one.bytes.start) / line..=(start + one.bytes.end - 1) / line;
            lines(a).any(|number| lines(b).contains(&number))
        };
        let any = |kind: Kind| near.iter().filter(|(of, ..)| *of == kind).any(|pair| meet(&pair));
        let mut note = |kind: Kind, class: fn(&mut Answer) -> &mut BTreeSet<usize>| {
            if any(kind) {
                class(&mut answer).insert(start);
            }
        };
        note(Kind::Race, |answer| &mut answer.race);
        note(Kind::Declared, |answer| &mut answer.declared);
        note(Kind::Unknown, |answer| &mut answer.unknown);
    }
    answer
}
