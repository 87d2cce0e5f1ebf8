//! A graph in few bytes: what a token carries.
//!
//! Of each event it has what a run does not find out by itself: which object it touches, what it
//! reads from, and whether something happens without a reason. Numbers are seven bits a byte, the
//! lowest first. The order in which events were added is left out: whoever repeats a graph as it is
//! needs none.

use std::sync::atomic::Ordering;

use super::graph::{Graph, Label};
use crate::rt::op::{MAX_THREADS, Object};
use crate::rt::values::Id;

/// The graph, and its objects by number.
pub(super) fn written(graph: &Graph, objects: &[Object]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let used = graph.threads.iter().rposition(|labels| !labels.is_empty()).map_or(0, |at| at + 1);
    number(&mut bytes, used);
    for labels in &graph.threads[..used] {
        number(&mut bytes, labels.len());
        for label in labels {
            match *label {
                Label::Read { object, from, exclusive, .. } => {
                    number(&mut bytes, usize::from(object) << 3 | if exclusive { 5 } else { 0 });
                    event(&mut bytes, from);
                }
                Label::Write { object, exclusive, .. } => {
                    number(&mut bytes, usize::from(object) << 3 | if exclusive { 6 } else { 1 });
                }
                Label::Fence(_) => number(&mut bytes, 2),
                Label::Join(thread) => number(&mut bytes, usize::from(thread) << 3 | 3),
                Label::Whim(happens) => number(&mut bytes, usize::from(happens) << 3 | 4),
            }
        }
    }
    number(&mut bytes, graph.mo.len());
    for writes in &graph.mo {
        events(&mut bytes, writes);
    }
    number(&mut bytes, objects.len());
    for object in objects {
        // By its thread, whose objects have small numbers.
        number(&mut bytes, (object.0 >> 24) as usize);
        number(&mut bytes, (object.0 & 0xff_ffff) as usize);
    }
    bytes
}

/// The graph again; none if the bytes are damaged.
pub(super) fn read(bytes: &[u8]) -> Option<(Graph, Vec<Object>)> {
    let mut bytes = Bytes(bytes);
    let mut graph = Graph::new();
    for thread in 0..bytes.number().filter(|threads| *threads <= MAX_THREADS)? {
        for index in 0..bytes.number()? {
            let head = bytes.number()?;
            let (kind, object) = (head & 7, u16::try_from(head >> 3).ok()?);
            let order = Ordering::Relaxed;
            let label = match kind {
                0 | 5 => {
                    let from = bytes.event()?;
                    Label::Read { object, order, from, exclusive: kind == 5, locked: false }
                }
                1 | 6 => Label::Write { object, order, exclusive: kind == 6, streamed: false },
                2 => Label::Fence(None),
                3 => Label::Join(u8::try_from(object).ok()?),
                4 => Label::Whim(object != 0),
                _ => return None,
            };
            graph.threads[thread].push(label);
            graph.order.push(Id::new(thread, index));
        }
    }
    for _ in 0..bytes.number()? {
        let writes = bytes.events()?;
        graph.mo.push(writes);
    }
    let mut objects = Vec::new();
    for _ in 0..bytes.number()? {
        let thread = u32::try_from(bytes.number()?).ok().filter(|thread| *thread < 256)?;
        let number = u32::try_from(bytes.number()?).ok().filter(|number| *number < 1 << 24)?;
        objects.push(Object(thread << 24 | number));
    }
    let known = |id: &Id| {
        let labels = graph.threads.get(id.thread as usize);
        id.is_first() || labels.is_some_and(|labels| labels.len() > id.index as usize)
    };
    let reads = graph.events().filter_map(|(id, _)| graph.from(id));
    let all = reads.chain(graph.mo.iter().flatten().copied());
    let sound = all.into_iter().all(|id| known(&id)) && bytes.0.is_empty();
    sound.then_some((graph, objects))
}

fn number(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 128 {
        bytes.push(number as u8 | 128);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// 0 is what a word was made with.
fn event(bytes: &mut Vec<u8>, event: Id) {
    match event.is_first() {
        true => number(bytes, 0),
        false => {
            let (index, thread) = (usize::from(event.index), usize::from(event.thread));
            number(bytes, index * MAX_THREADS + thread + 1);
        }
    }
}

fn events(bytes: &mut Vec<u8>, all: &[Id]) {
    number(bytes, all.len());
    all.iter().for_each(|one| event(bytes, *one));
}

/// What is left to read.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for at in 0..4 {
            let (first, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= usize::from(first & 127) << (7 * at);
            if first & 128 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn event(&mut self) -> Option<Id> {
        Some(match self.number()? {
            0 => Id::FIRST,
            number => Id::new((number - 1) % MAX_THREADS, (number - 1) / MAX_THREADS),
        })
    }

    fn events(&mut self) -> Option<Vec<Id>> {
        let count = self.number()?;
        (0..count).map(|_| self.event()).collect()
    }
}
