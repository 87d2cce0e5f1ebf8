//! The trace of one execution: its operations, and which of them happened before which.

use super::dependence::{Touch, ordered, races, touches};
use super::sabotage::{Sabotage, is};
use crate::rt::op::{Kind, Object, Op};

/// Threads that the search can follow, the harness's among them.
pub(super) const THREADS: usize = 8;

/// For each thread, how many of its operations happened before.
pub(super) type Clock = [u32; THREADS];

/// One performed operation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event {
    pub(super) thread: usize,
    pub(super) op: Op,
    /// What happened before it, itself included.
    pub(super) clock: Clock,
}

/// The operations on one object, by their place in the trace.
struct History {
    object: Object,
    /// The last write, and the reads since, for memory.
    write: Option<usize>,
    reads: [Option<usize>; THREADS],
    /// Every write, for threads that wait for one.
    writes: Vec<usize>,
    /// Everything done to a lock.
    lock: Vec<(usize, Touch)>,
}

/// A race: an earlier operation that could have come after the later one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Race {
    pub(super) earlier: usize,
    /// What happened before the later operation, for deciding who could go in its stead.
    pub(super) clock: Clock,
}

/// The trace so far.
#[derive(Default)]
pub(super) struct Trace {
    pub(super) events: Vec<Event>,
    now: [Clock; THREADS],
    histories: Vec<History>,
    used: usize,
    /// What each thread read since it last yielded, with how often it had been written.
    read: [Vec<(Object, usize)>; THREADS],
}

pub(super) fn join(into: &mut Clock, from: &Clock) {
    for (a, b) in into.iter_mut().zip(from) {
        *a = (*a).max(*b);
    }
}

impl Trace {
    pub(super) fn clear(&mut self) {
        self.events.clear();
        self.now = Default::default();
        self.used = 0;
        self.read.iter_mut().for_each(Vec::clear);
    }

    /// The place of an object's history, made new if there is none in this execution.
    fn history(&mut self, object: Object) -> usize {
        if let Some(index) = self.histories[..self.used].iter().position(|h| h.object == object) {
            return index;
        }
        if self.used == self.histories.len() {
            self.histories.push(History {
                object,
                write: None,
                reads: [None; THREADS],
                writes: Vec::new(),
                lock: Vec::new(),
            });
        }
        let history = &mut self.histories[self.used];
        history.object = object;
        history.write = None;
        history.reads = [None; THREADS];
        history.writes.clear();
        history.lock.clear();
        self.used += 1;
        self.used - 1
    }

    /// Whether event `earlier` is within what `clock` covers.
    pub(super) fn before(&self, earlier: usize, clock: &Clock) -> bool {
        let event = &self.events[earlier];
        clock[event.thread] >= event.clock[event.thread]
    }

    /// Whether event `earlier` happened before event `later`, or is it.
    fn follows(&self, later: usize, earlier: usize) -> bool {
        self.before(earlier, &self.events[later].clock)
    }

    /// The races of an operation that `thread` performs now, and what happens before it.
    /// `races` is cleared first.
    pub(super) fn races(&mut self, thread: usize, op: Op, found: &mut Vec<Race>) -> Clock {
        found.clear();
        let base = self.now[thread];
        let mut full = base;
        for (object, touch) in touches(op).into_iter().flatten() {
            let index = self.history(object);
            match touch {
                Touch::Read | Touch::Write => {
                    self.memory_races(thread, index, touch, &mut full, found)
                }
                _ => self.lock_races(thread, index, touch, &base, &mut full, found),
            }
        }
        match op.kind {
            Kind::Join => {
                let ended = self.now[op.object.ended_thread() % THREADS];
                join(&mut full, &ended);
            }
            Kind::Yield => self.awaited(thread, &mut full),
            _ => {}
        }
        full
    }

    fn memory_races(
        &self,
        thread: usize,
        index: usize,
        touch: Touch,
        full: &mut Clock,
        found: &mut Vec<Race>,
    ) {
        let history = &self.histories[index];
        let base = self.now[thread];
        let mut earlier = [0; THREADS + 1];
        let mut count = 0;
        if let Some(write) = history.write {
            earlier[count] = write;
            count += 1;
        }
        if touch == Touch::Write && !is(Sabotage::NoReadRaces) {
            for read in history.reads.iter().flatten() {
                earlier[count] = *read;
                count += 1;
            }
        }
        let earlier = &earlier[..count];
        for &event in earlier {
            join(full, &self.events[event].clock);
        }
        for &event in earlier {
            let between =
                |&other: &usize| other != event && self.before(event, &self.events[other].clock);
            if self.events[event].thread != thread
                && !self.before(event, &base)
                && !earlier.iter().any(between)
            {
                found.push(Race { earlier: event, clock: *full });
            }
        }
        // The clock of a race covers everything before the later operation.
        let covered = *full;
        found.iter_mut().for_each(|race| race.clock = covered);
    }

    fn lock_races(
        &self,
        thread: usize,
        index: usize,
        touch: Touch,
        base: &Clock,
        full: &mut Clock,
        found: &mut Vec<Race>,
    ) {
        let history = &self.histories[index];
        for &(event, other) in &history.lock {
            // Two takings are ordered by the giving back between them, not by themselves.
            if ordered(other, touch) && !(takes(other) && takes(touch)) {
                join(full, &self.events[event].clock);
            }
        }
        for (place, &(event, other)) in history.lock.iter().enumerate().rev() {
            if self.events[event].thread == thread || !races(other, touch) || left_out(other, touch)
            {
                continue;
            }
            // A later one that races as well is reversed first; this one's turn comes then.
            let hidden = history.lock[place + 1..].iter().any(|&(later, between)| {
                races(between, touch) && self.before(event, &self.events[later].clock)
            });
            if !hidden && !self.before(event, base) {
                let clock = self.without(event, &history.lock, touch, base);
                found.push(Race { earlier: event, clock });
            }
        }
    }

    /// What would happen before `touch` if event `earlier` and all that follows it were not there:
    /// `base`, and what others did to the lock in the meantime.
    fn without(
        &self,
        earlier: usize,
        lock: &[(usize, Touch)],
        touch: Touch,
        base: &Clock,
    ) -> Clock {
        let mut clock = *base;
        for &(event, other) in lock {
            let takings = takes(other) && takes(touch);
            if ordered(other, touch) && !takings && !self.follows(event, earlier) {
                join(&mut clock, &self.events[event].clock);
            }
        }
        clock
    }

    /// A thread that yielded goes on because something that it read was written: after the first
    /// such write, if it waited for one object alone.
    fn awaited(&mut self, thread: usize, full: &mut Clock) {
        let read = std::mem::take(&mut self.read[thread]);
        if let Some(&(object, seen)) = read.first()
            && read.iter().all(|other| other.0 == object)
        {
            let index = self.history(object);
            let mut writes = self.histories[index].writes.iter().skip(seen);
            let by_another = |write: &&usize| self.events[**write].thread != thread;
            if let Some(&write) = writes.find(by_another) {
                join(full, &self.events[write].clock);
            }
        }
        self.read[thread] = read;
    }

    /// Adds an operation, with the clock that [`Trace::races`] returned for it.
    pub(super) fn push(&mut self, thread: usize, op: Op, mut clock: Clock) {
        clock[thread] += 1;
        self.now[thread] = clock;
        let place = self.events.len();
        self.events.push(Event { thread, op, clock });
        self.note(thread, op, place);
        if op.kind == Kind::Yield {
            self.read[thread].clear();
        }
    }

    /// Adds a lock that the last operation gave back as well.
    pub(super) fn push_also(&mut self, op: Op) {
        if let Some(last) = self.events.last() {
            let thread = last.thread;
            let place = self.events.len() - 1;
            self.note(thread, op, place);
        }
    }

    fn note(&mut self, thread: usize, op: Op, place: usize) {
        for (object, touch) in touches(op).into_iter().flatten() {
            let index = self.history(object);
            let history = &mut self.histories[index];
            match touch {
                Touch::Read => {
                    history.reads[thread] = Some(place);
                    let seen = history.writes.len();
                    self.read[thread].push((object, seen));
                }
                Touch::Write => {
                    history.write = Some(place);
                    history.reads = [None; THREADS];
                    history.writes.push(place);
                    let seen = history.writes.len();
                    if op.kind == Kind::Rmw {
                        self.read[thread].push((object, seen));
                    }
                }
                _ => {
                    history.lock.push((place, touch));
                    match touch {
                        // What gives a lock back is what a failed attempt waits for.
                        Touch::Unlock | Touch::Unshare => history.writes.push(place),
                        Touch::Try | Touch::TryShare => {
                            let seen = history.writes.len();
                            self.read[thread].push((object, seen));
                        }
                        _ => {}
                    }
                }
            }
        }
    }

    /// Who could be first of what follows event `earlier` without depending on it, up to `until`
    /// and then `thread`'s next operation, which `clock` covers: one bit a thread.
    pub(super) fn initials(
        &self,
        earlier: usize,
        until: usize,
        thread: usize,
        clock: &Clock,
    ) -> u16 {
        let free = |upto: usize, clock: &Clock| {
            !(earlier + 1..upto)
                .any(|other| !self.follows(other, earlier) && self.before(other, clock))
        };
        let (mut seen, mut initials) = (0u16, 0u16);
        for place in earlier + 1..until {
            let event = &self.events[place];
            let bit = 1 << event.thread;
            if self.follows(place, earlier) || seen & bit != 0 {
                continue;
            }
            seen |= bit;
            if free(place, &event.clock) {
                initials |= bit;
            }
        }
        if seen >> thread & 1 == 0 && free(until, clock) {
            initials |= 1 << thread;
        }
        initials
    }

    /// A number that two executions share exactly when they are equivalent (up to a collision of
    /// 64-bit hashes): the sum over all operations of thread, operation, and what happened before.
    pub(super) fn fingerprint(&self) -> u64 {
        self.events.iter().fold(0, |sum, event| sum.wrapping_add(event.fingerprint()))
    }
}

impl Event {
    fn fingerprint(&self) -> u64 {
        let op = (self.op.kind as u64) << 32 | self.op.object.0 as u64;
        let start = mix(mix(self.thread as u64 + 1, op), self.op.other.0 as u64);
        self.clock.iter().fold(start, |hash, count| mix(hash, *count as u64))
    }
}

/// Mixes a word into a hash (the finaliser of splitmix64 after an odd multiplication).
fn mix(hash: u64, word: u64) -> u64 {
    let x = (hash ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    x ^ x >> 29
}

/// Whether a sabotage leaves this race out.
fn left_out(a: Touch, b: Touch) -> bool {
    let any = |touch| a == touch || b == touch;
    let tries = any(Touch::Try) || any(Touch::TryShare);
    takes(a) && takes(b) && is(Sabotage::NoLockRaces)
        || tries && is(Sabotage::NoTryRaces)
        || any(Touch::Share) && is(Sabotage::NoSharedLockRaces)
}

fn takes(touch: Touch) -> bool {
    matches!(touch, Touch::Lock | Touch::Share)
}
