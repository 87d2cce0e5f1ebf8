//! The trace of one execution: its operations, and which of them happened before which.

use super::dependence::{Touch, ordered, races, touches};
use super::sabotage::{Sabotage, is};
use crate::explore::shuttle::policy::Choice;
use crate::rt::blocking;
use crate::rt::op::{Kind, Object, Op, Until};
use crate::rt::slots::Slots;

/// Threads that the search can follow, the harness's among them.
pub(super) const THREADS: usize = 8;

/// For each thread, how many of its operations happened before.
pub(super) type Clock = [u32; THREADS];

/// One performed operation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event {
    pub(super) thread: usize,
    /// As schedules have it.
    pub(super) step: u8,
    pub(super) op: Op,
    /// What happened before it, itself included.
    pub(super) clock: Clock,
}

/// The operations on one object, by their place in the trace.
#[derive(Default)]
struct History {
    /// The last write, and the reads since, for memory.
    write: Option<usize>,
    reads: [Option<usize>; THREADS],
    /// Everything done to a lock, a queue or a token.
    steps: Vec<Touched>,
}

/// What was done to an object that threads wait for.
#[derive(Clone, Copy)]
struct Touched {
    event: usize,
    touch: Touch,
    op: Op,
}

/// An operation to be added, or one that could not be performed.
#[derive(Clone, Copy)]
pub(super) struct Next {
    pub(super) thread: usize,
    pub(super) op: Op,
    /// The event that let it go on, if it had yielded.
    pub(super) awaited: Option<usize>,
    /// It wakes anyway: spuriously, or because a time was up.
    pub(super) wakes_anyway: bool,
}

/// A reversible race: an earlier operation that could have come after the later one.
///
/// Not [`crate::race::Race`], which is the program that is explored.
#[derive(Clone, Copy, Debug)]
pub(super) struct ReversibleRace {
    pub(super) earlier: usize,
    /// What happened before the later operation, for deciding who could go in its stead.
    pub(super) clock: Clock,
}

/// The trace so far.
#[derive(Default)]
pub(super) struct Trace {
    pub(super) events: Vec<Event>,
    now: [Clock; THREADS],
    histories: Slots<History>,
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
        self.histories.clear();
    }

    /// The place of an object's history, made new if there is none in this execution.
    fn history(&mut self, object: Object) -> usize {
        self.histories.place(object, |history| {
            history.write = None;
            history.reads = [None; THREADS];
            history.steps.clear();
        })
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

    /// The races of an operation that is performed now, and what happens before it. `found` is
    /// cleared first.
    pub(super) fn races(&mut self, next: &Next, found: &mut Vec<ReversibleRace>) -> Clock {
        found.clear();
        let mut full = self.now[next.thread];
        for (object, touch) in touches(next.op).into_iter().flatten() {
            let index = self.history(object);
            if matches!(touch, Touch::Read | Touch::Write | Touch::End) {
                self.memory_races(next.thread, index, touch, &mut full, found);
            }
            if !matches!(touch, Touch::Read | Touch::Write) {
                self.step_races(next, index, touch, &mut full, found);
            }
        }
        if next.op.kind == Kind::Join {
            let ended = self.now[next.op.object.ended_thread() % THREADS];
            join(&mut full, &ended);
        }
        if let Some(write) = next.awaited {
            join(&mut full, &self.events[write].clock);
        }
        full
    }

    fn memory_races(
        &self,
        thread: usize,
        index: usize,
        touch: Touch,
        full: &mut Clock,
        found: &mut Vec<ReversibleRace>,
    ) {
        let history = &self.histories[index];
        let base = self.now[thread];
        let mut earlier = [0; THREADS + 1];
        let mut count = 0;
        if let Some(write) = history.write {
            earlier[count] = write;
            count += 1;
        }
        if touch != Touch::Read && !is(Sabotage::NoReadRaces) {
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
                found.push(ReversibleRace { earlier: event, clock: *full });
            }
        }
        // The clock of a race covers everything before the later operation.
        let covered = *full;
        found.iter_mut().for_each(|race| race.clock = covered);
    }

    /// The races on an object that threads wait for.
    ///
    /// An earlier step races if this one could have come before it: with that step, and all that
    /// follows from it, not done, this operation is possible. Of those that race, a later one
    /// hides the earlier ones that it follows from: it is reversed first, and in the executions
    /// with this operation before it their turn comes. One that cannot be reversed hides nothing.
    fn step_races(
        &self,
        next: &Next,
        index: usize,
        touch: Touch,
        full: &mut Clock,
        found: &mut Vec<ReversibleRace>,
    ) {
        let thread = next.thread;
        let base = self.now[thread];
        let steps = &self.histories[index].steps;
        for step in steps {
            // Two takings are ordered by the giving back between them, not by themselves.
            if ordered(step.touch, touch) && !(takes(step.touch) && takes(touch)) {
                join(full, &self.events[step.event].clock);
            }
        }
        let first = found.len();
        for (place, &Touched { event, touch: other, .. }) in steps.iter().enumerate().rev() {
            if self.events[event].thread == thread
                || !races(other, touch)
                || left_out(other, touch)
                || self.before(event, &base)
            {
                continue;
            }
            let follows = |later: usize| self.before(event, &self.events[later].clock);
            let hidden = match is(Sabotage::HiddenByTheImpossible) {
                true => {
                    let racing = |step: &Touched| races(step.touch, touch) && follows(step.event);
                    steps[place + 1..].iter().any(racing)
                }
                false => found[first..].iter().any(|race| follows(race.earlier)),
            };
            if !hidden && self.possible(event, steps, next) {
                let clock = self.without(event, steps, touch, &base);
                found.push(ReversibleRace { earlier: event, clock });
            }
        }
    }

    /// Whether an operation could be performed if event `earlier`, and all that follows from it,
    /// had not been.
    fn possible(&self, earlier: usize, steps: &[Touched], next: &Next) -> bool {
        let always = match next.op.kind.until() {
            Until::Free | Until::Met => false,
            Until::Late if is(Sabotage::NeverLate) => false,
            Until::Woken | Until::Late => next.wakes_anyway,
            // Not decided here: what has ended stays so, and who yields waits for a write.
            Until::Now | Until::Ended | Until::Changed => true,
        };
        if always {
            return true;
        }
        let mut waitable = blocking::begun(next.op.object);
        for step in steps.iter().filter(|step| !self.follows(step.event, earlier)) {
            waitable.act(step.op, self.events[step.event].thread);
        }
        waitable.ready(next.op, next.thread)
    }

    /// What would happen before `touch` if event `earlier` and all that follows it were not there:
    /// `base`, and what others did to the object in the meantime.
    fn without(&self, earlier: usize, steps: &[Touched], touch: Touch, base: &Clock) -> Clock {
        let mut clock = *base;
        for step in steps {
            let takings = takes(step.touch) && takes(touch);
            if ordered(step.touch, touch) && !takings && !self.follows(step.event, earlier) {
                join(&mut clock, &self.events[step.event].clock);
            }
        }
        clock
    }

    /// Adds an operation, with the clock that [`Trace::races`] returned for it.
    pub(super) fn push(&mut self, choice: Choice, op: Op, mut clock: Clock) {
        let thread = choice.thread;
        clock[thread] += 1;
        self.now[thread] = clock;
        let place = self.events.len();
        self.events.push(Event { thread, step: choice.encoded(), op, clock });
        self.note(thread, op, place);
    }

    /// A thread has started another: all that it did comes before what that one does.
    pub(super) fn starts(&mut self, thread: usize, started: usize) {
        let clock = self.now[thread];
        join(&mut self.now[started % THREADS], &clock);
    }

    fn note(&mut self, thread: usize, op: Op, place: usize) {
        for (object, touch) in touches(op).into_iter().flatten() {
            let index = self.history(object);
            let history = &mut self.histories[index];
            match touch {
                Touch::Read => history.reads[thread] = Some(place),
                Touch::Write => {
                    history.write = Some(place);
                    history.reads = [None; THREADS];
                }
                Touch::End => {
                    history.write = Some(place);
                    history.reads = [None; THREADS];
                    history.steps.push(Touched { event: place, touch, op });
                }
                // A wait gives its lock back.
                Touch::Unlock => {
                    let op = Op::new(Kind::Unlock, object);
                    history.steps.push(Touched { event: place, touch, op });
                }
                Touch::Lock
                | Touch::Share
                | Touch::Unshare
                | Touch::Try
                | Touch::TryShare
                | Touch::Queue
                | Touch::Look
                | Touch::More
                | Touch::LineUp => history.steps.push(Touched { event: place, touch, op }),
            }
        }
    }

    /// The paper's I_\[E'\](v), one bit a thread: who could be first of v, which is what follows event
    /// `earlier` up to `until` without depending on it, and then `thread`'s next operation, before
    /// which happened what `clock` covers.
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

    /// What happened before the operation of this number of a thread, from 1, itself included; nothing
    /// at 0.
    pub(super) fn clock(&self, thread: usize, operation: u32) -> Clock {
        let mut mine = self.events.iter().filter(|event| event.thread == thread);
        let event = operation.checked_sub(1).and_then(|before| mine.nth(before as usize));
        event.map_or([0; THREADS], |event| event.clock)
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
        let start = mix(mix(self.step as u64 + 1, op), self.op.other.0 as u64);
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
        || any(Touch::Look) && is(Sabotage::NoLookRaces)
}

fn takes(touch: Touch) -> bool {
    matches!(touch, Touch::Lock | Touch::Share)
}
