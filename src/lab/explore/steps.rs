//! From a record to steps that a person can read: names, values, source lines, memory.

use std::collections::BTreeSet;

use crate::fields::{Leaf, Pointee};
use crate::report::{Old, Step};
use crate::rt::op::{Kind, Lock, Object};
use crate::rt::record::{Event, Record};
use crate::scenario::Scenario;

use super::panics::file_name;
use super::unnamed;

/// Stands where a place has no name.
pub(super) const UNNAMED: &str = "unnamed";

/// The named places of one execution.
pub(crate) struct Names {
    leaves: Vec<Leaf>,
    nodes: Vec<Node>,
    /// Objects that were used, with where they lie.
    objects: Vec<(Object, usize)>,
    /// Objects of a closure, which declares none.
    numbered: Vec<Numbered>,
}

/// What a closure's object is called. It may end at another address than it is used at: a name stands
/// here once for each.
struct Numbered {
    object: Object,
    address: usize,
    name: String,
}

struct Node {
    name: String,
    base: usize,
    leaves: Vec<Leaf>,
}

impl Names {
    pub(crate) fn new(record: &Record) -> Names {
        let mut names = Names {
            leaves: record.leaves.clone(),
            nodes: Vec::new(),
            objects: Vec::new(),
            numbered: Vec::new(),
        };
        for (leaf, value) in record.leaves.iter().zip(&record.initial) {
            if let (Some(pointee), Some(base)) = (leaf.pointee, *value) {
                names.hang(pointee, base as usize);
            }
        }
        // A node may be written before it hangs anywhere, and hang another: look twice.
        for _ in 0..2 {
            for event in &record.events {
                let pointee = names.leaf(event.address).and_then(|leaf| leaf.pointee);
                for value in [event.read, event.wrote].into_iter().flatten() {
                    if let Some(pointee) = pointee {
                        names.hang(pointee, value as usize);
                    }
                }
            }
        }
        let events = || record.events.iter().chain(&record.begun);
        for event in events() {
            if event.op.object != Object::NONE {
                names.objects.push((event.op.object, event.address));
            }
            if record.leaves.is_empty() && names.numbered(event.address).is_none() {
                names.number(event, events());
            }
        }
        names
    }

    /// Names what an operation is done to by what is done to it, in the order in which it comes up:
    /// `atomic1`. What ends is called by what else is done to it.
    fn number<'a>(&mut self, event: &Event, all: impl Iterator<Item = &'a Event>) {
        let (object, address) = (event.op.object.whole(), event.address);
        if address == 0 {
            return;
        }
        let same = |other: Object| object != Object::NONE && other.whole() == object;
        let name = match self.numbered.iter().find(|known| same(known.object)) {
            Some(known) => known.name.clone(),
            None => {
                let uses = all.filter(|other| same(other.op.object));
                let mut uses = uses.filter_map(|other| unnamed::what(other.op.kind));
                let used = uses.find(|what| *what != unnamed::OBJECT);
                let Some(what) = used.or(unnamed::what(event.op.kind)) else { return };
                let names = self.numbered.iter().map(|known| known.name.as_str());
                let names: BTreeSet<&str> = names.filter(|name| name.starts_with(what)).collect();
                format!("{what}{}", names.len() + 1)
            }
        };
        self.numbered.push(Numbered { object, address, name });
    }

    fn numbered(&self, address: usize) -> Option<&str> {
        self.numbered.iter().find(|known| known.address == address).map(|known| known.name.as_str())
    }

    fn hang(&mut self, pointee: Pointee, base: usize) {
        if base == 0 || self.nodes.iter().any(|node| node.base == base) {
            return;
        }
        let kind = pointee.name.to_lowercase();
        let number = self.nodes.iter().filter(|node| node.name.starts_with(&kind)).count() + 1;
        let name = format!("{kind}{number}");
        let mut leaves = Vec::new();
        (pointee.leaves)(&name, base, &mut leaves);
        self.nodes.push(Node { name, base, leaves });
    }

    fn leaf(&self, address: usize) -> Option<&Leaf> {
        let nodes = self.nodes.iter().flat_map(|node| &node.leaves);
        let holds =
            |leaf: &&Leaf| address >= leaf.address && address < leaf.address + leaf.size.max(1);
        self.leaves.iter().chain(nodes).find(holds)
    }

    /// The name of what lies at an address.
    pub(crate) fn at(&self, address: usize) -> String {
        match self.leaf(address) {
            Some(leaf) => leaf.path.clone(),
            None if address == 0 => String::new(),
            None => self.numbered(address).unwrap_or(UNNAMED).to_string(),
        }
    }

    /// The name of an object, if an operation on it was recorded.
    pub(crate) fn object(&self, object: Object) -> Option<String> {
        let (_, address) = self.objects.iter().find(|named| named.0 == object)?;
        Some(self.at(*address))
    }

    /// A value of an object, as steps have it.
    pub(crate) fn value_of(&self, object: Object, value: u64) -> String {
        let address = self.objects.iter().find(|named| named.0 == object).map(|named| named.1);
        self.value(address.and_then(|address| self.leaf(address)), value)
    }

    fn value(&self, leaf: Option<&Leaf>, value: u64) -> String {
        match leaf.and_then(|leaf| leaf.pointee) {
            Some(_) if value == 0 => "null".to_string(),
            Some(_) => match self.nodes.iter().find(|node| node.base == value as usize) {
                Some(node) => format!("&{}", node.name),
                None => format!("{value:#x}"),
            },
            // So great a number is a pattern of bits, or an address.
            None if value > u32::MAX.into() => format!("{value:#x}"),
            None => value.to_string(),
        }
    }
}

/// The steps of a recorded execution, and the memory before the first.
pub(crate) fn steps(scenario: &Scenario, record: &Record) -> (Vec<Step>, Vec<(String, String)>) {
    let names = Names::new(record);
    let touched: Vec<usize> = (0..record.leaves.len())
        .filter(|&index| {
            let leaf = &record.leaves[index];
            leaf.read.is_some()
                && record.events.iter().chain(&record.begun).any(|event| {
                    event.address >= leaf.address && event.address < leaf.address + leaf.size
                })
        })
        .collect();
    let memory = |values: &[Option<u64>]| {
        let shown = touched.iter().filter_map(|&index| {
            let (leaf, value) = (&record.leaves[index], (*values.get(index)?)?);
            Some((leaf.path.clone(), names.value(Some(leaf), value)))
        });
        shown.collect::<Vec<_>>()
    };
    let actors = scenario.actors();
    // Steps are counted from 1.
    let number = |index: u32| index as usize + 1;
    let step = |(done, event): (bool, &Event)| {
        // A guard says that it writes before it does.
        let late = done && event.op.kind == Kind::CellWrite && event.wrote.is_none();
        let leaf = names.leaf(event.address);
        let written = late.then(|| {
            let index = record.leaves.iter().position(|l| Some(&l.path) == leaf.map(|l| &l.path));
            index.and_then(|index| event.memory.get(index).copied().flatten())
        });
        let value = |value: u64| names.value(leaf, value);
        let wrote = written.flatten().or(event.wrote);
        let fails = event.op.kind == Kind::Rmw && event.wrote.is_none();
        // Whether an attempt took its lock is in the operation's name.
        let shows = event.op.kind.lock() != Lock::Tries;
        let thread = match event.thread.checked_sub(1).and_then(|index| actors.get(index)) {
            Some(name) => name.to_string(),
            None => format!("thread {}", event.thread),
        };
        let file = file_name(event.at.file()).to_string();
        Step {
            thread,
            op: if fails { format!("{} failed", event.name) } else { event.name.to_string() },
            kind: event.op.kind,
            ordering: event.order.map(|order| format!("{order:?}")),
            field: names.at(event.address),
            value: event.read.filter(|_| shows).or(wrote).map(value),
            wrote: event.read.and(wrote).map(value),
            newest: event.newest.map(value),
            stale: event.newest.is_some(),
            old: event.old.as_ref().map(|old| Old {
                of: old.of.map(number),
                newer: old.newer.iter().copied().map(number).collect(),
            }),
            source: match scenario.is_closure() {
                true => unnamed::line(event.at.file(), event.at.line()),
                false => scenario.line(&file, event.at.line()).to_string(),
            },
            file,
            line: event.at.line(),
            memory: memory(&event.memory),
        }
    };
    let done = record.events.iter().map(|event| (true, event));
    let steps = done.chain(record.begun.iter().map(|event| (false, event))).map(step).collect();
    (steps, memory(&record.initial))
}

/// The name of a thread.
pub(super) fn name(actors: &[&str], thread: usize) -> String {
    match thread.checked_sub(1).and_then(|index| actors.get(index)) {
        Some(name) => name.to_string(),
        None => format!("thread {thread}"),
    }
}
