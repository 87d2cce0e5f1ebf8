//! The axioms of C11 as repaired by RC11, asked of every candidate: which ends they allow.
//!
//! It is here for what the engine leaves out. RC11 (Lahav, Vafeiadis, Kang, Hur and Dreyer, *Repairing
//! sequential consistency in C/C++11*, PLDI 2017) forbids every cycle of program order and reads-from,
//! and an engine that performs one step after the other can show none. C11 has no such axiom: it asks
//! that no value come out of thin air. The rule here is the one between the two: an execution is
//! allowed where dependencies and reads-from have no cycle, so that each value has somewhere to come
//! from. Dependencies are those of the text, as a machine keeps them: on what was read, through
//! registers and conditions.

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;

use super::candidates::{Event, ways};
use super::program::{Place, Program, State};
use super::relation::{MOST, Relation};

/// Which cycles are out of the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cycles {
    /// Of program order and reads-from, as RC11 has it, and so the engine: its oracle in the tests.
    #[cfg(test)]
    ProgramOrder,
    /// Of dependencies and reads-from.
    Dependencies,
    /// Of program order and communication: sequential consistency.
    #[cfg(test)]
    All,
}

/// So many candidates are looked at.
const CANDIDATES: usize = 400_000;

/// What the axioms allow.
#[derive(Clone, Debug, Default)]
pub(crate) struct Allowed {
    /// The ends that executions come to.
    pub(crate) ends: BTreeSet<State>,
    /// Whether one of them has two accesses to plain memory that nothing orders.
    pub(crate) races: bool,
}

/// What the axioms allow; none where there are too many candidates.
pub(crate) fn allowed(program: &Program, cycles: Cycles) -> Option<Allowed> {
    let ways = ways(program)?;
    let made = program.locations.iter().enumerate().map(|(at, location)| Event {
        thread: None,
        location: Some(at),
        read: None,
        written: Some(location.initial),
        order: Some(Ordering::Relaxed),
        fence: false,
        number: 0,
        depends: 0,
    });
    let made: Vec<Event> = made.collect();
    let mut chosen = vec![0; ways.len()];
    let mut found = Allowed::default();
    let mut candidates = 0;
    loop {
        // Also where no read finds what it reads.
        candidates += 1;
        if candidates > CANDIDATES {
            return None;
        }
        let each = chosen.iter().zip(&ways).map(|(way, ways)| &ways[*way]);
        let events: Vec<Event> =
            made.iter().copied().chain(each.clone().flat_map(|way| way.events.clone())).collect();
        if 2 * events.len() > MOST {
            return None;
        }
        let registers: Vec<&[i32]> = each.map(|way| way.registers.as_slice()).collect();
        let mut execution = Execution { program, events: &events, cycles, from: Vec::new() };
        execution.each_source(&registers, &mut found, &mut candidates)?;
        // The next choice of ways, as an odometer turns.
        let mut at = 0;
        loop {
            let Some(way) = chosen.get_mut(at) else { return Some(found) };
            *way += 1;
            if *way < ways[at].len() {
                break;
            }
            *way = 0;
            at += 1;
        }
    }
}

struct Execution<'a> {
    program: &'a Program,
    events: &'a [Event],
    cycles: Cycles,
    /// What each event reads from, as far as that is chosen.
    from: Vec<Option<usize>>,
}

impl Execution<'_> {
    /// Chooses what each read reads from, then the orders of the words.
    fn each_source(
        &mut self,
        registers: &[&[i32]],
        found: &mut Allowed,
        candidates: &mut usize,
    ) -> Option<()> {
        let at = self.from.len();
        let Some(event) = self.events.get(at) else {
            let orders: Vec<Vec<usize>> = Vec::new();
            return self.each_order(orders, registers, found, candidates);
        };
        let sources: Vec<Option<usize>> = match event.read {
            None => vec![None],
            Some(value) => {
                let fits = |other: &usize| {
                    let write = &self.events[*other];
                    *other != at && write.location == event.location && write.written == Some(value)
                };
                (0..self.events.len()).filter(fits).map(Some).collect()
            }
        };
        for source in sources {
            self.from.push(source);
            self.each_source(registers, found, candidates)?;
            self.from.pop();
        }
        Some(())
    }

    /// Chooses the order of the writes to each word, the first of which makes it.
    fn each_order(
        &self,
        orders: Vec<Vec<usize>>,
        registers: &[&[i32]],
        found: &mut Allowed,
        candidates: &mut usize,
    ) -> Option<()> {
        let location = orders.len();
        if location == self.program.locations.len() {
            *candidates += 1;
            if *candidates > CANDIDATES {
                return None;
            }
            let place = |place| match place {
                Place::Register(thread, at) => registers[thread][at],
                Place::Location(at) => {
                    let last = orders[at].last().and_then(|last| self.events[*last].written);
                    last.unwrap_or(self.program.locations[at].initial)
                }
            };
            let state: State = self.program.observed().into_iter().map(place).collect();
            let plain = !found.races && self.program.locations.iter().any(|word| !word.atomic);
            if (plain || !found.ends.contains(&state))
                && let Some(hb) = self.consistent(&orders)
            {
                found.races |= self.races(&hb);
                found.ends.insert(state);
            }
            return Some(());
        }
        let writes = (0..self.events.len()).filter(|&at| {
            let event = &self.events[at];
            event.thread.is_some() && event.location == Some(location) && event.written.is_some()
        });
        let mut writes: Vec<usize> = writes.collect();
        let mut result = Some(());
        permutations(&mut writes, 0, &mut |writes| {
            let mut orders = orders.clone();
            orders.push([&[location], writes].concat());
            result = result.and_then(|()| self.each_order(orders, registers, found, candidates));
            result.is_some()
        });
        result
    }

    /// What happens before what, where the axioms allow this execution.
    fn consistent(&self, orders: &[Vec<usize>]) -> Option<Relation> {
        let events = self.events;
        let many = events.len();
        let each = || (0..many).flat_map(|a| (0..many).map(move |b| (a, b)));
        let [mut po, mut rf, mut mo, mut fr, mut sw] = [(); 5].map(|()| Relation::none(many));
        for (a, b) in each() {
            let (first, second) = (events[a].thread, events[b].thread);
            if second.is_some() && (first.is_none() || first == second && a < b) {
                po.add(a, b);
            }
        }
        for order in orders {
            for (at, a) in order.iter().enumerate() {
                order[at + 1..].iter().for_each(|b| mo.add(*a, *b));
            }
        }
        for (read, write) in self.from.iter().enumerate() {
            let Some(write) = *write else { continue };
            rf.add(write, read);
            mo.after(write).filter(|later| *later != read).for_each(|later| fr.add(read, later));
            // A read-modify-write comes right after what it reads.
            if events[read].exclusive() {
                let order = &orders[events[read].location.unwrap_or(0)];
                let place = order.iter().position(|other| *other == write);
                if place.and_then(|place| order.get(place + 1)) != Some(&read) {
                    return None;
                }
            }
        }
        #[cfg(test)]
        if self.cycles == Cycles::All {
            // Interleavings: whether plain memory races in them is not asked.
            return po.and(&rf).and(&mo).and(&fr).acyclic().then(|| Relation::all(many));
        }
        if !self.out_of_the_question(&po, &rf) {
            return None;
        }
        self.synchronize(&po, &mut sw);
        let hb = po.and(&sw).closed();
        let eco = rf.and(&mo).and(&fr).closed();
        let consistent = hb.irreflexive()
            && hb.then(&eco).irreflexive()
            && self.in_one_order(&po, &hb, &eco, &mo, &fr);
        consistent.then_some(hb)
    }

    /// Whether two threads access a word, one of them not atomically and one to write, and neither
    /// happens before the other.
    fn races(&self, hb: &Relation) -> bool {
        let events = self.events;
        let races = |a: usize, b: usize| {
            let (one, other) = (&events[a], &events[b]);
            one.location.is_some()
                && one.location == other.location
                && one.thread != other.thread
                && (one.written.is_some() || other.written.is_some())
                && (one.order.is_none() || other.order.is_none())
                && !hb.has(a, b)
                && !hb.has(b, a)
        };
        (0..events.len()).any(|a| (0..a).any(|b| races(a, b)))
    }

    /// Whether none of the cycles is there that must not be.
    fn out_of_the_question(&self, po: &Relation, rf: &Relation) -> bool {
        match self.cycles {
            #[cfg(test)]
            Cycles::ProgramOrder | Cycles::All => po.and(rf).acyclic(),
            Cycles::Dependencies => {
                let _ = po;
                // Each event twice: as what it reads, and as what it writes.
                let mut on = Relation::none(2 * self.events.len());
                for (at, event) in self.events.iter().enumerate() {
                    rf.after(at).for_each(|read| on.add(2 * at + 1, 2 * read));
                    for (other, earlier) in self.events.iter().enumerate() {
                        let same = earlier.thread == event.thread && earlier.read.is_some();
                        if same && event.depends >> earlier.number & 1 == 1 {
                            on.add(2 * other, 2 * at + 1);
                        }
                    }
                }
                on.acyclic()
            }
        }
    }

    /// What synchronizes with what: release sequences as in C++20, fences on either side.
    fn synchronize(&self, po: &Relation, sw: &mut Relation) {
        let events = self.events;
        for (read, _) in events.iter().enumerate().filter(|(at, _)| self.from[*at].is_some()) {
            if events[read].order.is_none() {
                continue;
            }
            // Back along read-modify-writes to each write that heads the sequence.
            let mut head = self.from[read];
            while let Some(write) = head {
                if events[write].order.is_some() {
                    let fences = |side: usize, way: &dyn Fn(usize) -> bool| {
                        let also = (0..events.len()).filter(move |at| events[*at].fence);
                        also.filter(|at| way(*at)).chain([side]).collect::<Vec<_>>()
                    };
                    let releasing = fences(write, &|fence| po.has(fence, write));
                    let acquiring = fences(read, &|fence| po.has(read, fence));
                    for a in releasing.into_iter().filter(|a| events[*a].releases()) {
                        let after = acquiring.iter().filter(|b| events[**b].acquires());
                        after.for_each(|b| sw.add(a, *b));
                    }
                }
                head = if events[write].exclusive() { self.from[write] } else { None };
            }
        }
    }

    /// Whether there is one order of all that is sequentially consistent: psc of RC11.
    fn in_one_order(
        &self,
        po: &Relation,
        hb: &Relation,
        eco: &Relation,
        mo: &Relation,
        fr: &Relation,
    ) -> bool {
        let events = self.events;
        let sc: Vec<usize> = (0..events.len()).filter(|at| events[*at].is_sc()).collect();
        if sc.len() < 2 {
            return true;
        }
        let word = |at: usize| events[at].location;
        let elsewhere = po.only(|a, b| word(a).is_none() || word(a) != word(b));
        let around = elsewhere.then(hb).then(&elsewhere);
        let same = hb.only(|a, b| word(a).is_some() && word(a) == word(b));
        let scb = po.and(&around).and(&same).and(mo).and(fr);
        let between = hb.and(&hb.then(eco).then(hb));
        let mut psc = Relation::none(events.len());
        let ends = |at: usize, hb: &dyn Fn(usize) -> bool| -> Vec<usize> {
            let further = (0..events.len()).filter(|other| events[at].fence && hb(*other));
            further.chain([at]).collect()
        };
        for &a in &sc {
            let from = ends(a, &|other| hb.has(a, other));
            for &b in &sc {
                let to = ends(b, &|other| hb.has(other, b));
                let base = from.iter().any(|x| to.iter().any(|y| scb.has(*x, *y)));
                if base || events[a].fence && events[b].fence && between.has(a, b) {
                    psc.add(a, b);
                }
            }
        }
        psc.acyclic()
    }
}

/// Each order of what is from `at` on, until `see` has seen enough.
fn permutations(all: &mut [usize], at: usize, see: &mut dyn FnMut(&[usize]) -> bool) -> bool {
    if at >= all.len() {
        return see(all);
    }
    for other in at..all.len() {
        all.swap(at, other);
        let more = permutations(all, at + 1, see);
        all.swap(at, other);
        if !more {
            return false;
        }
    }
    true
}
