//! RC11 as it is written down, on a whole graph: relations as matrices of bits, and no clock.
//!
//! Lahav, Vafeiadis, Kang, Hur and Dreyer, *Repairing sequential consistency in C/C++11* (PLDI 2017),
//! with the release sequences of C++20.

use std::sync::atomic::Ordering::{self, AcqRel, Acquire, Release, SeqCst};

use super::enumerate::{Event, Graph, Id, LOCS, Sort};

/// A relation: of each event a set of those that it leads to.
type Relation = Vec<u64>;

fn then(a: &Relation, b: &Relation) -> Relation {
    let row = |row: &u64| members(*row).fold(0, |all, x| all | b[x]);
    a.iter().map(row).collect()
}

fn either(a: &Relation, b: &Relation) -> Relation {
    a.iter().zip(b).map(|(a, b)| a | b).collect()
}

fn closed(a: &Relation) -> Relation {
    let mut closed = a.clone();
    for k in 0..closed.len() {
        let row = closed[k];
        closed.iter_mut().filter(|from| **from >> k & 1 == 1).for_each(|from| *from |= row);
    }
    closed
}

fn inverse(a: &Relation) -> Relation {
    let mut inverse = vec![0; a.len()];
    a.iter().enumerate().for_each(|(i, row)| members(*row).for_each(|j| inverse[j] |= 1 << i));
    inverse
}

fn reflexive(a: &Relation) -> Relation {
    a.iter().enumerate().map(|(i, row)| row | 1 << i).collect()
}

fn irreflexive(a: &Relation) -> bool {
    a.iter().enumerate().all(|(i, row)| row >> i & 1 == 0)
}

fn members(mut set: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let next = (set != 0).then(|| set.trailing_zeros() as usize)?;
        set &= set - 1;
        Some(next)
    })
}

fn acquires(order: Ordering) -> bool {
    matches!(order, Acquire | AcqRel | SeqCst)
}

fn releases(order: Ordering) -> bool {
    matches!(order, Release | AcqRel | SeqCst)
}

/// The events of a graph in a row: first what each word was made with.
struct Row<'a> {
    ids: Vec<Id>,
    events: Vec<Option<&'a Event>>,
}

impl<'a> Row<'a> {
    fn of(graph: &'a Graph) -> Row<'a> {
        let mut row = Row { ids: Vec::new(), events: vec![None; LOCS] };
        row.ids.extend((0..LOCS).map(Id::first));
        for (thread, events) in graph.threads.iter().enumerate() {
            for (at, event) in events.iter().enumerate() {
                row.ids.push(Id::new(thread, at));
                row.events.push(Some(event));
            }
        }
        assert!(row.ids.len() <= 64, "the program is too large for this oracle");
        row
    }
    fn n(&self) -> usize {
        self.ids.len()
    }
    fn at(&self, id: Id) -> usize {
        self.ids.iter().position(|other| *other == id).expect("an event of this graph")
    }
    fn word(&self, i: usize) -> Option<usize> {
        match self.events[i] {
            None => Some(i),
            Some(event) => (event.reads() || event.writes()).then_some(event.word),
        }
    }
    fn writes(&self, i: usize) -> bool {
        self.events[i].is_none_or(Event::writes)
    }
    fn reads(&self, i: usize) -> bool {
        self.events[i].is_some_and(Event::reads)
    }
    fn is(&self, i: usize, sort: Sort) -> bool {
        self.events[i].is_some_and(|event| event.sort == sort)
    }
    fn order(&self, i: usize) -> Ordering {
        self.events[i].map_or(Ordering::Relaxed, |event| event.order)
    }
    /// The events of which this holds.
    fn set(&self, holds: impl Fn(usize) -> bool) -> u64 {
        (0..self.n()).filter(|i| holds(*i)).fold(0, |set, i| set | 1 << i)
    }
    fn relation(&self, holds: impl Fn(usize, usize) -> bool) -> Relation {
        (0..self.n()).map(|i| self.set(|j| holds(i, j))).collect()
    }
}

/// The order of the program: what a word was made with comes before all.
fn program_order(row: &Row<'_>) -> Relation {
    row.relation(|i, j| {
        let (a, b) = (row.ids[i], row.ids[j]);
        !b.is_first() && (a.is_first() || a.thread == b.thread && a.index < b.index)
    })
}

/// Where a write that is the head of a release sequence is read so that this acquires.
fn acquired(row: &Row<'_>, sb: &Relation, rf: &Relation) -> Relation {
    // A release sequence: a write, and read-modify-writes that each read the one before.
    let updates = row.set(|i| row.is(i, Sort::Update));
    let continued: Relation = rf.iter().map(|read| read & updates).collect();
    let mut sequence = reflexive(&closed(&continued));
    (0..row.n()).filter(|i| !row.writes(*i)).for_each(|i| sequence[i] = 0);
    let read = then(&sequence, rf);
    let fences = row.set(|i| row.is(i, Sort::Fence) && acquires(row.order(i)));
    let acquiring = row.set(|i| row.reads(i) && acquires(row.order(i)));
    let by = |r: usize| 1 << r & acquiring | sb[r] & fences;
    read.iter().map(|read| members(*read).fold(0, |all, r| all | by(r))).collect()
}

fn streamed(row: &Row<'_>) -> u64 {
    row.set(|i| row.events[i].is_some_and(|event| event.streamed))
}

fn synchronises(row: &Row<'_>, sb: &Relation, acquired: &Relation) -> Relation {
    let writes = row.set(|i| row.writes(i));
    let mut sw = vec![0; row.n()];
    for (a, sw) in sw.iter_mut().enumerate() {
        if !releases(row.order(a)) || row.is(a, Sort::Read) {
            continue;
        }
        let heads = match row.is(a, Sort::Fence) {
            true => sb[a] & writes & !streamed(row),
            false => 1 << a & writes,
        };
        *sw = members(heads).fold(0, |all, head| all | acquired[head]);
    }
    sw
}

/// Happens-before. A streamed store is before nothing of another thread until its own drains it.
///
/// A streamed store may also pass earlier stores: what a release fence before it covers of its own
/// thread has to be drained as well.
fn happens_before(row: &Row<'_>, sb: &Relation, acquired: &Relation) -> Relation {
    let drains = row.set(|i| row.events[i].is_some_and(|event| event.drains));
    let fences = row.set(|i| row.is(i, Sort::Fence) && releases(row.order(i)));
    let mut hb = closed(&either(sb, &synchronises(row, sb, acquired)));
    loop {
        let before = hb.clone();
        for head in members(streamed(row)) {
            for fence in members(fences).filter(|fence| sb[*fence] >> head & 1 == 1) {
                for i in (LOCS..row.n()).filter(|i| *i == fence || before[*i] >> fence & 1 == 1) {
                    let own = row.ids[i].thread == row.ids[head].thread;
                    let drained = (1 << i | sb[i]) & drains;
                    let drained = members(drained).any(|drain| sb[drain] >> head & 1 == 1);
                    if !own || drained {
                        hb[i] |= acquired[head];
                    }
                }
            }
        }
        hb = closed(&hb);
        if hb == before {
            break;
        }
    }
    let full = hb.clone();
    for i in LOCS..row.n() {
        let event = row.events[i].expect("not the first of its word");
        // A read of a streamed store of its own was forwarded: it is there for nobody before that.
        let own = event.reads() && event.from.thread == row.ids[i].thread;
        let store = if own { row.at(event.from) } else { i };
        if streamed(row) >> store & 1 == 1 {
            let drained = members(sb[store] & drains).fold(0, |set, d| set | 1 << d | full[d]);
            hb[i] &= sb[i] | drained;
        }
    }
    hb
}

/// What the formula says of a graph.
pub(super) struct Verdict {
    pub(super) consistent: bool,
    /// Two accesses to plain memory that nothing orders, one of them a write.
    pub(super) raced: bool,
}

pub(super) fn judge(graph: &Graph) -> Verdict {
    let row = Row::of(graph);
    let sb = program_order(&row);
    let mut rf = vec![0; row.n()];
    for i in (LOCS..row.n()).filter(|i| row.reads(*i)) {
        let from = row.events[i].expect("not the first of its word").from;
        rf[row.at(from)] |= 1 << i;
    }
    let mut mo = vec![0; row.n()];
    for (word, writes) in graph.mo.iter().enumerate() {
        let mut before = vec![word];
        for write in writes.iter().map(|write| row.at(*write)) {
            before.iter().for_each(|earlier| mo[*earlier] |= 1 << write);
            before.push(write);
        }
    }
    let mut rb = then(&inverse(&rf), &mo);
    rb.iter_mut().enumerate().for_each(|(i, later)| *later &= !(1 << i));
    let hb = happens_before(&row, &sb, &acquired(&row, &sb, &rf));
    let eco = closed(&either(&rf, &either(&mo, &rb)));
    let between = then(&rb, &mo);
    let consistent = irreflexive(&hb)
        && irreflexive(&eco)
        && irreflexive(&then(&hb, &eco))
        && (0..row.n()).all(|i| !row.is(i, Sort::Update) || between[i] >> i & 1 == 0)
        && irreflexive(&closed(&either(&sb, &rf)))
        && irreflexive(&closed(&psc(&row, &sb, &hb, &either(&mo, &rb), &eco)));
    Verdict { consistent, raced: raced(&row, &hb) }
}

/// The partial order of SeqCst; `moves` is the modification order and reads-before.
fn psc(row: &Row<'_>, sb: &Relation, hb: &Relation, moves: &Relation, eco: &Relation) -> Relation {
    let same = row.relation(|i, j| row.word(i).is_some() && row.word(i) == row.word(j));
    let other: Relation = sb.iter().zip(&same).map(|(sb, same)| sb & !same).collect();
    let on_word: Relation = hb.iter().zip(&same).map(|(hb, same)| hb & same).collect();
    let scb = either(sb, &then(&then(&other, hb), &other));
    let scb = either(&scb, &either(&on_word, moves));
    let fences = row.set(|i| row.is(i, Sort::Fence) && row.order(i) == SeqCst);
    let accesses = row.set(|i| !row.is(i, Sort::Fence) && row.order(i) == SeqCst);
    let is = |set: u64, i: usize| set >> i & 1 == 1;
    let or_now = reflexive(hb);
    let left: Relation =
        (0..row.n()).map(|i| if is(fences, i) { or_now[i] } else { 1 << i & accesses }).collect();
    let right = (0..row.n()).map(|i| or_now[i] & fences | 1 << i & accesses).collect();
    let base = then(&then(&left, &scb), &right);
    let apart = either(hb, &then(&then(hb, eco), hb));
    let between = apart.iter().enumerate();
    let between = between.map(|(i, to)| if is(fences, i) { to & fences } else { 0 }).collect();
    either(&base, &between)
}

fn raced(row: &Row<'_>, hb: &Relation) -> bool {
    let plain = |i: usize| {
        let event = row.events[i]?;
        matches!(event.sort, Sort::CellRead | Sort::CellWrite).then_some(event)
    };
    let apart = |i: usize, j: usize| {
        let (Some(a), Some(b)) = (plain(i), plain(j)) else { return false };
        a.word == b.word
            && (a.sort == Sort::CellWrite || b.sort == Sort::CellWrite)
            && row.ids[i].thread != row.ids[j].thread
            && hb[i] >> j & 1 == 0
            && hb[j] >> i & 1 == 0
    };
    (0..row.n()).any(|i| (i + 1..row.n()).any(|j| apart(i, j)))
}
