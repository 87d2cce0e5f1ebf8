//! Joins memory accesses that `perf` recorded to the fields that they fell on.
//!
//! What is read is the text of `perf script -F comm,tid,cpu,time,event,addr,data_src` of a file that
//! `perf mem record` or `perf c2c record` wrote, with these fields or more.

use std::collections::BTreeMap;
use std::sync::Arc;

use racelab::layout::{Step, Word, steps};

use crate::TypeLayout;

/// One recorded access to memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Access {
    /// Where it went.
    pub address: u64,
    /// The thread that made it, as the system numbers it.
    pub thread: u64,
    /// It wrote, as against read.
    pub store: bool,
}

/// How often a field was read and written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hits {
    /// The field with its path: `slots[3].n`; empty for bytes between fields.
    pub path: String,
    /// Its first byte, from the start of the object.
    pub offset: usize,
    /// By thread: how often it read, and how often it wrote.
    pub threads: BTreeMap<u64, (usize, usize)>,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Joined {
    /// By offset.
    pub hits: Vec<Hits>,
    /// Recorded accesses, and those of them that fell on the objects.
    pub recorded: usize,
    /// Those that fell on the objects.
    pub within: usize,
}

/// The accesses in the text of `perf script`; lines that are none are passed by.
pub fn accesses(text: &str) -> Vec<Access> {
    text.lines().filter_map(access).collect()
}

/// Where each access fell in objects of this type that start at these addresses.
pub fn join(layout: &TypeLayout, objects: &[u64], accesses: &[Access]) -> Joined {
    let mut found: BTreeMap<(usize, String), BTreeMap<u64, (usize, usize)>> = BTreeMap::new();
    let mut within = 0;
    for access in accesses {
        let inside = |start: &u64| {
            let at = access.address.checked_sub(*start)?;
            usize::try_from(at).ok().filter(|&at| at < layout.size)
        };
        let Some(at) = objects.iter().find_map(inside) else { continue };
        within += 1;
        let key = path(layout, at).map_or((at, String::new()), |(path, offset)| (offset, path));
        let (loads, stores) = found.entry(key).or_default().entry(access.thread).or_default();
        *(if access.store { stores } else { loads }) += 1;
    }
    let hits = found.into_iter();
    let hits = hits.map(|((offset, path), threads)| Hits { path, offset, threads }).collect();
    Joined { hits, recorded: accesses.len(), within }
}

impl Joined {
    /// Declares the threads that wrote or read each field in `layout`, by the names `thread N`. Of
    /// single elements only writers can be declared.
    pub fn declare(&self, layout: &mut TypeLayout) {
        for hits in &self.hits {
            for (thread, &(loads, stores)) in &hits.threads {
                let thread = format!("thread {thread}");
                if stores > 0 {
                    layout.declare_writer(&hits.path, &thread);
                } else if loads > 0 {
                    read(layout, &steps(&hits.path).unwrap_or_default(), &thread);
                }
            }
        }
    }
}

/// Adds a reader to the field at this path, if it leads through no array.
fn read(layout: &mut TypeLayout, path: &[Step], thread: &str) {
    let [Step::Field(name), rest @ ..] = path else { return };
    let Some(field) = layout.fields.iter_mut().find(|field| field.name == *name) else { return };
    match &mut field.inner {
        _ if rest.is_empty() => field.readers.push(thread.to_owned()),
        Some(inner) => read(Arc::make_mut(inner), rest, thread),
        None => {}
    }
}

/// The innermost field that the byte `at` belongs to, and where that starts.
fn path(layout: &TypeLayout, at: usize) -> Option<(String, usize)> {
    let mut fields = layout.fields.iter().chain(layout.variants.iter().flat_map(|v| &v.fields));
    let field = fields.find(|f| f.offset <= at && at < f.end())?;
    let (mut name, mut start) = (field.name.clone(), field.offset);
    if let Some(repeat) = field.repeat.filter(|repeat| repeat.stride > 0) {
        let number = (at - start) / repeat.stride;
        start += number * repeat.stride;
        let mut rest = number;
        let one = [repeat.count];
        let shape = if field.shape.is_empty() { &one[..] } else { &field.shape };
        let indices = shape.iter().rev().map(|&length| {
            let index = rest % length.max(1);
            rest /= length.max(1);
            format!("[{index}]")
        });
        let indices: Vec<String> = indices.collect();
        name.extend(indices.into_iter().rev());
    }
    // A lock is one thing, as an atomic is.
    let inner = field.inner.as_deref().filter(|_| field.word == Word::Plain);
    let inner = inner.and_then(|inner| path(inner, at - start));
    Some(match inner {
        Some((inner, offset)) => (format!("{name}.{inner}"), start + offset),
        None => (name, start),
    })
}

/// `server 4242 [002] 17.25: cpu/mem-stores/P: 7f1c2c0010 5080144 |OP STORE|LVL L1 hit|...`.
fn access(line: &str) -> Option<Access> {
    let (plain, source) = line.split_once('|').unwrap_or((line, ""));
    let words: Vec<&str> = plain.split_whitespace().collect();
    let is_time = |word: &str| {
        let seconds = word.strip_suffix(':');
        seconds
            .is_some_and(|s| s.contains('.') && s.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
    };
    // The event ends with a colon, as the time does.
    let event = words.iter().rposition(|word| word.ends_with(':') && !is_time(word))?;
    let address = u64::from_str_radix(words.get(event + 1)?, 16).ok()?;
    // Before the processor, the time or the event stands the thread, behind the process if both are told.
    let number = |word: &&str| word.rsplit('/').next().and_then(|word| word.parse::<u64>().ok());
    let after = words[..event]
        .iter()
        .position(|word| is_time(word) || word.starts_with('[') && word.ends_with(']'));
    let thread = match after {
        Some(after) => words[..after].last().and_then(number),
        None => words[..event].iter().find_map(number),
    };
    // A locked instruction is recorded as a load, and writes.
    let locked = source.split('|').any(|part| part.trim() == "LCK Yes");
    let store = match source.split('|').next() {
        Some(source) if source.starts_with("OP ") => locked || source.contains("STORE"),
        _ => words[event].contains("store"),
    };
    Some(Access { address, thread: thread?, store })
}

#[cfg(test)]
mod tests;
