//! What threads wait for: locks, condition variables, tokens, channels.
//!
//! Each is one hidden word, whose operations are read-modify-writes: one reads the state that
//! another left, and leaves its own. So they stand in one order, in which a run performs them. An
//! operation that cannot go on waits until it can, or nobody else goes on: then it reads alone, always
//! the newest state, for one who waits at an older one has only not looked again.

use std::sync::atomic::Ordering;

use super::graph::{Label, Number};
use super::run::{State, Stuck};
use crate::rt::blocking;
use crate::rt::meeting::Came;
use crate::rt::op::{Kind, Object, Op, Until};
use crate::rt::values::{self, Id, Place};
use crate::rt::waitable::Waitable;

/// What an operation does to a state: what comes of it, and the state afterwards, if it writes one.
type Done = (Came, Option<Waitable>);

/// Performs an operation on a state.
fn act(state: &Waitable, op: Op, thread: usize) -> Done {
    let mut after = state.clone();
    let came = after.act(op, thread);
    // Who waited at a channel without room and was late waits there no more.
    let only_reads = attempts(op.kind, came) && after == *state;
    (came, (!only_reads).then_some(after))
}

/// Whether an operation of this kind that ends so was only an attempt, which orders nothing.
fn attempts(kind: Kind, came: Came) -> bool {
    match kind {
        Kind::Look | Kind::OnceFound | Kind::OnceWait => true,
        Kind::TryLock
        | Kind::TryReadLock
        | Kind::Park
        | Kind::ParkTimeout
        | Kind::OnceBegin
        | Kind::Send
        | Kind::SyncSend
        | Kind::TrySend
        | Kind::Recv
        | Kind::TryRecv
        | Kind::RecvTimeout => came != Came::Yes,
        _ => false,
    }
}

/// Whether it is a plain load where it goes on: every other is one instruction that locks.
fn loads(kind: Kind) -> bool {
    matches!(kind, Kind::Look | Kind::OnceFound | Kind::OnceWait)
}

impl State {
    fn chain(&mut self, object: Object) -> Number {
        self.number(Place { object, first: 0 })
    }

    /// The state that a write left.
    pub(super) fn state_of(&self, number: Number, write: Id) -> Waitable {
        let states = &self.states[number as usize];
        let state = states.iter().find(|state| state.0 == write);
        match state {
            Some(state) => state.1.clone(),
            None => match self.objects[number as usize] {
                part if part.reader() != 0 => blocking::state(part.whole()).part(),
                object => blocking::state(object),
            },
        }
    }

    /// The newest state of an object.
    pub(super) fn last_state(&mut self, object: Object) -> Waitable {
        let number = self.chain(object);
        self.state_of(number, self.newest(number))
    }

    /// Whether a thread can perform an operation in this state without waiting.
    pub(super) fn ready(&self, thread: usize, op: Op, state: &Waitable) -> bool {
        match op.kind.until() {
            Until::Now | Until::Ended | Until::Changed => true,
            Until::Woken | Until::Late if self.progress.wakes(thread) => true,
            Until::Late if self.progress.is_late(thread) => true,
            Until::Free | Until::Woken | Until::Met | Until::Late => state.ready(op, thread),
        }
    }

    pub(super) fn could(&mut self, thread: usize, op: Op) -> bool {
        let state = self.last_state(op.object);
        op.kind.until() == Until::Late || self.ready(thread, op, &state)
    }

    /// Whether a thread that is about to perform this would have to wait where it is to be
    /// repeated.
    pub(super) fn waits_again(&mut self, thread: usize, op: Op) -> bool {
        let number = self.chain(op.object);
        match self.next(thread) {
            Some(Label::Read { object, from, .. }) if object == number && waits(op.kind) => {
                !self.ready(thread, op, &self.state_of(number, from))
            }
            _ => false,
        }
    }

    /// Performs an operation that is possible: what came of it, and the state to write with it.
    /// None where it was to be repeated and is another.
    pub(super) fn meet(&mut self, thread: usize, op: Op) -> Option<Done> {
        self.meets(thread, op);
        let number = self.chain(op.object);
        let let_go = self.was_let_go(thread);
        let (label, done) = match let_go {
            Some(from) => self.meet_at(thread, op, number, from),
            None if self.repeating => self.meet_again(thread, op, number)?,
            None => self.meet_newly(thread, op, number)?,
        };
        self.add(thread, label, 0);
        if let_go.is_some() {
            // It has its place.
            self.graph.order.pop();
        }
        let Label::Read { from, .. } = label else { return None };
        values::touched(op.object, Some(from), None);
        Some(done)
    }

    fn meet_again(&self, thread: usize, op: Op, number: Number) -> Option<(Label, Done)> {
        let Some(Label::Read { object, from, .. }) = self.next(thread) else { return None };
        (object == number).then(|| self.meet_at(thread, op, number, from))
    }

    fn meet_at(&self, thread: usize, op: Op, number: Number, from: Id) -> (Label, Done) {
        let done = act(&self.state_of(number, from), op, thread);
        (reads(number, op.kind, from, &done), done)
    }

    fn meet_newly(&mut self, thread: usize, op: Op, number: Number) -> Option<(Label, Done)> {
        let places = self.graph.writes(number).len();
        let mut chosen: Option<(Label, Done)> = None;
        for place in self.candidates(self.known_now(thread, number), places) {
            let from = self.write_at(number, place);
            let state = self.state_of(number, from);
            if waits(op.kind) && !self.ready(thread, op, &state) {
                continue;
            }
            let done = act(&state, op, thread);
            let label = reads(number, op.kind, from, &done);
            // An attempt that fails may come before what others have done since.
            if done.1.is_some() && self.graph.taken(number, from, None) {
                self.conflict(thread, label, (Ordering::Relaxed, false));
                continue;
            }
            if let Some((label, _)) = self.instead(&mut chosen, (label, done), place) {
                self.push_plan(thread, label);
            }
        }
        chosen
    }

    /// A thread is about to perform an operation for which it has to wait now: whether it has. Then
    /// it reads the newest state, and those of older ones in which it could go on are explored
    /// elsewhere. A lock is waited for only where nobody else goes on (`last`).
    pub(super) fn block(&mut self, thread: usize, op: Op, last: bool) -> bool {
        if !waits(op.kind) {
            return false;
        }
        if !last && self.waits_whole(thread, op) {
            return true;
        }
        let state = self.last_state(op.object);
        if self.ready(thread, op, &state) {
            return false;
        }
        if self.decides.is_some() || !last && op.kind.until() != Until::Late {
            // It looks again later.
            return true;
        }
        let number = self.chain(op.object);
        // Whatever could go on at an older state finds that taken.
        let stands = self.meet_newly(thread, op, number);
        debug_assert!(stands.is_none(), "an older state is free: {op:?}");
        self.wait_at(thread, op, self.write_at(number, self.graph.writes(number).len()));
        true
    }

    /// The thread reads that it has to wait.
    pub(super) fn wait_at(&mut self, thread: usize, op: Op, from: Id) {
        let object = self.chain(op.object);
        let order = Ordering::Relaxed;
        self.add(thread, Label::Read { object, order, from, exclusive: false, locked: true }, 0);
        self.stuck[thread] = Some(Stuck::Waits(op));
    }

    /// Writes the state that an operation leaves.
    pub(super) fn change(&mut self, thread: usize, op: Op, state: Waitable) {
        let number = self.chain(op.object);
        let write = Id::new(thread, self.graph.threads[thread].len());
        self.states[number as usize].push((write, state));
        self.write(thread, number, (Ordering::Relaxed, true, false), 0);
        self.progress.met(thread, op);
        self.met_part(thread, op);
        self.let_go(number, write);
    }

    /// Leaves every object as its newest write has it to whoever keeps those otherwise.
    pub(super) fn restore(&mut self) {
        let touched = |number: &usize| !self.states[*number].is_empty();
        let newest = |number: usize| {
            let number = number as Number;
            (self.objects[number as usize], self.state_of(number, self.newest(number)))
        };
        let mut all: Vec<(Object, Waitable)> =
            (0..self.states.len()).filter(touched).map(newest).collect();
        all.sort_by_key(|(object, _)| object.reader());
        for (object, state) in all {
            let state = match object.reader() {
                0 => state,
                // The whole is there already.
                _ => {
                    let mut whole = blocking::state(object.whole());
                    whole.add(&state);
                    whole
                }
            };
            blocking::restore(object.whole(), state);
        }
    }
}

/// Whether a thread waits at an operation of this kind until it is possible.
pub(super) fn waits(kind: Kind) -> bool {
    match kind.until() {
        Until::Free | Until::Woken | Until::Met | Until::Late => true,
        Until::Now | Until::Ended | Until::Changed => false,
    }
}

fn reads(object: Number, kind: Kind, from: Id, done: &Done) -> Label {
    let exclusive = done.1.is_some();
    Label::Read { object, order: Ordering::Relaxed, from, exclusive, locked: !loads(kind) }
}
