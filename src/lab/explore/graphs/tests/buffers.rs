//! x86 as a machine: threads with store buffers over one memory, breadth first over all states.
//!
//! It shares nothing with the engine's predicate. A state carries who read from whom and the order in
//! which stores reached the memory, so executions that end are told apart as graphs. Without buffers
//! it is every interleaving.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::Ordering::SeqCst;

use super::program::{Counts, Do, LOCKS, Program, WORDS};

/// The words, each mutex as one, and who writes under the lock for readers.
const PLACES: usize = WORDS + LOCKS + 1;
const SHARED: usize = WORDS + LOCKS;

/// An event by its thread and its number there; or what a word was made with.
type Who = (u8, u8);

#[derive(Clone, Default, PartialEq, Eq, Hash)]
struct Thread {
    at: usize,
    registers: Vec<u64>,
    /// Whom each read read from.
    from: Vec<Who>,
    buffer: Vec<Slot>,
    events: u8,
    /// It has written since it last yielded.
    wrote: bool,
}

/// What waits in a buffer, the oldest first.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Slot {
    Store {
        word: usize,
        value: u64,
        who: Who,
        streamed: bool,
    },
    /// `sfence`: nothing passes it.
    Mark,
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct State {
    threads: Vec<Thread>,
    memory: [(u64, Who); PLACES],
    arrived: [Vec<Who>; PLACES],
    /// How many hold the lock for readers: they are in no order.
    readers: u8,
}

impl State {
    fn arrive(&mut self, word: usize, value: u64, who: Who) {
        self.memory[word] = (value, who);
        self.arrived[word].push(who);
    }

    /// What a thread sees in a word: its own newest store, or the memory.
    fn see(&self, thread: usize, word: usize) -> (u64, Who) {
        let own = self.threads[thread].buffer.iter().rev().find_map(|slot| match *slot {
            Slot::Store { word: of, value, who, .. } if of == word => Some((value, who)),
            _ => None,
        });
        own.unwrap_or(self.memory[word])
    }

    fn event(&mut self, thread: usize) -> Who {
        let who = (thread as u8, self.threads[thread].events);
        self.threads[thread].events += 1;
        who
    }

    fn took(&mut self, thread: usize, word: usize, (value, who): (u64, Who)) {
        self.threads[thread].from.push(who);
        if word < WORDS {
            self.threads[thread].registers.push(value);
        }
    }

    /// The thread has found that it must wait, and goes round its loop once more if it has written.
    fn again(&mut self, thread: usize) -> Option<()> {
        let thread = &mut self.threads[thread];
        thread.registers.pop();
        thread.at -= 1;
        std::mem::take(&mut thread.wrote).then_some(())
    }

    /// A locked instruction: what it writes if it reads this, or that it waits.
    fn locked(
        mut self,
        thread: usize,
        word: usize,
        does: impl FnOnce(u64) -> (Option<u64>, bool),
    ) -> Option<State> {
        let who = self.event(thread);
        let old = self.memory[word];
        let (new, waits) = does(old.0);
        self.took(thread, word, old);
        if let Some(new) = new {
            self.arrive(word, new, who);
            self.threads[thread].wrote |= new != old.0;
        }
        if waits {
            self.again(thread)?;
        }
        Some(self)
    }

    fn store(
        mut self,
        thread: usize,
        at_once: bool,
        word: usize,
        value: u64,
        streamed: bool,
    ) -> State {
        let who = self.event(thread);
        self.threads[thread].wrote = true;
        match at_once {
            true => self.arrive(word, value, who),
            false => self.threads[thread].buffer.push(Slot::Store { word, value, who, streamed }),
        }
        self
    }

    /// The states in which one store, or mark, has left this thread's buffer.
    fn drained(&self, thread: usize) -> Vec<State> {
        let buffer = &self.threads[thread].buffer;
        let passes = |slot: &Slot, earlier: &Slot| match (*slot, *earlier) {
            (Slot::Mark, _) | (_, Slot::Mark) => false,
            (
                Slot::Store { word, streamed, .. },
                Slot::Store { word: other, streamed: earlier, .. },
            ) => word != other && (streamed || earlier),
        };
        let free = |at: &usize| buffer[..*at].iter().all(|earlier| passes(&buffer[*at], earlier));
        let leave = |at: usize| {
            let mut state = self.clone();
            if let Slot::Store { word, value, who, .. } = state.threads[thread].buffer.remove(at) {
                state.arrive(word, value, who);
            }
            state
        };
        (0..buffer.len()).filter(free).map(leave).collect()
    }

    /// The state in which a thread has performed an instruction, if it can.
    fn performed(&self, thread: usize, step: Do, buffers: bool) -> Option<State> {
        let empty = self.threads[thread].buffer.is_empty();
        let mut state = self.clone();
        if_free_needs(step, empty)?;
        match step {
            Do::Load(x, _) => {
                state.event(thread);
                let seen = state.see(thread, x);
                state.took(thread, x, seen);
            }
            Do::Await(x, v, _) => {
                state.event(thread);
                let seen = state.see(thread, x);
                state.took(thread, x, seen);
                if seen.0 != v {
                    state.again(thread)?;
                }
            }
            Do::Store(x, v, order) => {
                return Some(state.store(thread, !buffers || order == SeqCst, x, v, false));
            }
            Do::Stream(x, v) => return Some(state.store(thread, !buffers, x, v, true)),
            Do::Add(x, v, _) => {
                return state.locked(thread, x, |old| (Some(old.wrapping_add(v)), false));
            }
            Do::Swap(x, v, _) => return state.locked(thread, x, |_| (Some(v), false)),
            Do::Exchange(x, old, new, ..) => {
                return state.locked(thread, x, |now| ((now == old).then_some(new), false));
            }
            Do::Take(x, _) => {
                return state.locked(thread, x, |now| ((now == 0).then_some(1), now != 0));
            }
            Do::TakeSwap(x, _) => return state.locked(thread, x, |now| (Some(1), now != 0)),
            Do::Lock(lock) if state.memory[WORDS + lock].0 != 0 => return None,
            Do::Lock(lock) => return state.locked(thread, WORDS + lock, |_| (Some(1), false)),
            Do::TryLock(lock) => {
                let now = state.memory[WORDS + lock].0;
                state.threads[thread].registers.push(now);
                return state.locked(thread, WORDS + lock, |now| ((now == 0).then_some(1), false));
            }
            Do::Unlock(lock) => return state.locked(thread, WORDS + lock, |_| (Some(0), false)),
            Do::ReadLock | Do::WriteLock if state.memory[SHARED].0 != 0 => return None,
            Do::WriteLock if state.readers > 0 => return None,
            Do::ReadLock => {
                state.readers += 1;
                return state.locked(thread, SHARED, |_| (None, false));
            }
            Do::ReadUnlock => state.readers -= 1,
            Do::WriteLock => return state.locked(thread, SHARED, |_| (Some(1), false)),
            Do::WriteUnlock => return state.locked(thread, SHARED, |_| (Some(0), false)),
            Do::Drain if !empty => state.threads[thread].buffer.push(Slot::Mark),
            Do::Drain | Do::Fence(_) | Do::Read(_) | Do::Write(_) => {}
            Do::When(..) => unreachable!("no instruction of its own"),
        }
        Some(state)
    }
}

/// Nothing where the instruction waits for the buffer to be empty, and it is not.
fn if_free_needs(step: Do, empty: bool) -> Option<()> {
    let needs = match step {
        Do::Store(_, _, order) | Do::Fence(order) => order == SeqCst,
        Do::Add(..) | Do::Swap(..) | Do::Exchange(..) => true,
        Do::Take(..) | Do::TakeSwap(..) | Do::Lock(_) | Do::TryLock(_) | Do::Unlock(_) => true,
        Do::ReadLock | Do::ReadUnlock | Do::WriteLock | Do::WriteUnlock => true,
        _ => false,
    };
    (empty || !needs).then_some(())
}

/// How the executions of a program may end, and how many graphs end so; and whether some end with
/// threads that wait for good.
pub(super) fn machine(program: &Program, buffers: bool) -> (Counts, bool) {
    let first = |word: usize| (0, (u8::MAX, word as u8));
    let start = State {
        threads: vec![Thread::default(); program.len()],
        memory: std::array::from_fn(first),
        arrived: Default::default(),
        readers: 0,
    };
    let mut seen = HashSet::from([start.clone()]);
    let mut todo = vec![start];
    let mut graphs = HashSet::new();
    let mut stuck = false;
    let mut ends: HashMap<_, u64> = HashMap::new();
    while let Some(state) = todo.pop() {
        let mut after = Vec::new();
        let mut ended = true;
        for (thread, program) in program.iter().enumerate() {
            after.extend(state.drained(thread));
            let mut at = state.threads[thread].at;
            while let Some(Do::When(register, value, left_out)) = program.get(at) {
                let is = state.threads[thread].registers.get(*register) == Some(value);
                at += if is { 1 } else { 1 + left_out };
            }
            ended &= state.threads[thread].buffer.is_empty();
            let Some(step) = program.get(at) else { continue };
            ended = false;
            let mut going = state.clone();
            going.threads[thread].at = at + 1;
            after.extend(going.performed(thread, *step, buffers));
        }
        if ended {
            let threads = state.threads.iter();
            let from: Vec<Vec<Who>> = threads.clone().map(|thread| thread.from.clone()).collect();
            if graphs.insert((from, state.arrived.clone())) {
                let registers = threads.map(|thread| thread.registers.clone()).collect();
                let words = state.memory[..WORDS].iter().map(|place| place.0).collect();
                *ends.entry((registers, words)).or_default() += 1;
            }
        }
        stuck |= !ended && after.is_empty();
        todo.extend(after.into_iter().filter(|state| seen.insert(state.clone())));
    }
    (ends.into_iter().collect(), stuck)
}
