//! What a thread that yields waits for: one rule, which every engine of ours asks.
//!
//! A thread that yields lets the others go first, so a loop that waits is finite: it goes on when
//! another has written something that it looked at since it last yielded, or if it looked at
//! nothing. The first yields of a thread may be `free`: they hold nobody up, so that nothing is
//! hidden of a program whose threads yield no more often, whether they look first or not.

use super::op::{Kind, MAX_THREADS, Object, Op};
use super::slots::Slots;

/// Whether a thread that yields may go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Go {
    /// It waits for nothing.
    Free,
    /// Another has written what it looked at: first in this step of the execution, if that was
    /// one object alone.
    Written(Option<usize>),
    /// It goes on although nothing has changed, since nobody else can.
    Forced,
    /// It waits: nothing that it looked at has changed.
    Not,
}

impl Go {
    /// The step in which what it waits for was first written, if that is known.
    pub(crate) fn written(self) -> Option<usize> {
        match self {
            Go::Written(step) => step,
            Go::Free | Go::Forced | Go::Not => None,
        }
    }
}

/// The readers of a lock, as something apart that can be looked at: numbers do not go so far.
fn readers(object: Object) -> Object {
    Object(object.0 | READERS)
}

/// The object of which this is a part.
fn whole(object: Object) -> Object {
    Object(object.0 & !READERS)
}

const READERS: u32 = 1 << 22;

/// What the threads of one execution looked at and wrote.
#[derive(Debug, Default)]
pub(crate) struct Yields {
    /// How many yields of each thread hold it up for nothing.
    pub(crate) free: u32,
    /// Who wrote each object, and in which step.
    writes: Slots<Vec<(usize, usize)>>,
    /// What each thread looked at since it last yielded, and how often that was written before.
    looked: [Vec<(Object, usize)>; MAX_THREADS],
    /// How often each thread has yielded.
    yielded: [u32; MAX_THREADS],
    forced: Option<usize>,
}

impl Yields {
    pub(crate) fn begin(&mut self, free: u32) {
        self.free = free;
        self.writes.clear();
        self.looked.iter_mut().for_each(Vec::clear);
        self.yielded = [0; MAX_THREADS];
        self.forced = None;
    }

    /// Lets a thread go on at its next yield although nothing has changed.
    pub(crate) fn force(&mut self, thread: usize) {
        self.forced = Some(thread);
    }

    /// A thread begins another call: whatever it yields in is no loop that it was in before.
    pub(crate) fn call_begins(&mut self, thread: usize) {
        self.looked[thread].clear();
    }

    /// Whether `thread`, which is about to yield, may go on.
    pub(crate) fn go(&self, thread: usize) -> Go {
        let looked = &self.looked[thread];
        if looked.is_empty() || self.yielded[thread] < self.free {
            return Go::Free;
        }
        // A thread does not wait for what it writes itself.
        let first = |&(object, seen): &(Object, usize)| {
            let writes = self.writes.get(object)?;
            writes.iter().skip(seen).find(|write| write.0 != thread).map(|write| write.1)
        };
        let alone = looked.iter().all(|other| whole(other.0) == whole(looked[0].0));
        match looked.iter().filter_map(first).min() {
            Some(step) => Go::Written(Some(step).filter(|_| alone)),
            None if self.forced == Some(thread) => Go::Forced,
            None => Go::Not,
        }
    }

    /// Remembers what the operation performed in this step looked at and wrote. `same` says that
    /// it left the value as it was: nobody waits for that.
    pub(crate) fn performed(&mut self, thread: usize, op: Op, same: bool, step: usize) {
        match op.kind {
            // Who tries to read waits for a writer to go, who tries to write for readers as well.
            Kind::Load | Kind::CellRead | Kind::TryReadLock | Kind::Look | Kind::OnceFound => {
                self.look(thread, op.object);
            }
            Kind::TryLock => {
                self.look(thread, op.object);
                self.look(thread, readers(op.object));
            }
            Kind::Rmw => {
                if !same {
                    self.write(thread, op.object, step);
                }
                self.look(thread, op.object);
            }
            // Taking a lock changes nothing that a thread could wait for: giving it back does.
            Kind::Store | Kind::CellWrite | Kind::Unlock => self.write(thread, op.object, step),
            Kind::ReadUnlock => self.write(thread, readers(op.object), step),
            // An attempt that succeeded, and whatever changes what an attempt would find.
            Kind::OnceEnd
            | Kind::Arrive
            | Kind::Send
            | Kind::SyncSend
            | Kind::TrySend
            | Kind::Recv
            | Kind::TryRecv
            | Kind::Ready
            | Kind::HangUp => self.write(thread, op.object, step),
            Kind::Wait => self.write(thread, op.other, step),
            Kind::Yield => {
                self.looked[thread].clear();
                self.yielded[thread] += 1;
                if self.forced == Some(thread) {
                    self.forced = None;
                }
            }
            Kind::Local
            | Kind::Fence
            | Kind::Drain
            | Kind::Lock
            | Kind::ReadLock
            | Kind::Wake
            | Kind::NotifyOne
            | Kind::NotifyAll
            | Kind::Spawn
            | Kind::Join
            | Kind::Park
            | Kind::Unpark
            | Kind::Doze
            | Kind::LineUp
            | Kind::WakeTimeout
            | Kind::ParkTimeout
            | Kind::OnceBegin
            | Kind::OnceWait
            | Kind::Leave
            | Kind::AddSender
            | Kind::Taken
            | Kind::RecvTimeout
            | Kind::End => {}
        }
    }

    fn look(&mut self, thread: usize, object: Object) {
        let seen = self.writes.at(object).len();
        self.looked[thread].push((object, seen));
    }

    fn write(&mut self, thread: usize, object: Object, step: usize) {
        self.writes.at(object).push((thread, step));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(object: u32) -> Op {
        Op::new(Kind::Load, Object(object))
    }
    fn store(object: u32) -> Op {
        Op::new(Kind::Store, Object(object))
    }
    const YIELD: Op = Op::new(Kind::Yield, Object::NONE);

    #[test]
    fn a_thread_waits_for_what_it_looked_at() {
        let mut yields = Yields::default();
        assert_eq!(yields.go(1), Go::Free, "nothing was looked at");
        yields.performed(1, load(7), false, 0);
        assert_eq!(yields.go(1), Go::Not);
        yields.performed(1, store(7), false, 1);
        assert_eq!(yields.go(1), Go::Not, "what it wrote itself");
        yields.performed(2, Op::new(Kind::Rmw, Object(7)), true, 2);
        assert_eq!(yields.go(1), Go::Not, "what was left as it was");
        yields.performed(2, store(7), false, 3);
        yields.performed(2, store(7), false, 4);
        assert_eq!(yields.go(1), Go::Written(Some(3)));
        yields.performed(1, load(8), false, 5);
        assert_eq!(yields.go(1), Go::Written(None), "either object may be what it waits for");
        yields.performed(1, YIELD, false, 6);
        assert_eq!(yields.go(1), Go::Free);
    }

    #[test]
    fn a_call_waits_for_nothing_that_the_one_before_it_looked_at() {
        let mut yields = Yields::default();
        yields.performed(1, load(7), false, 0);
        yields.call_begins(2);
        assert_eq!(yields.go(1), Go::Not);
        yields.call_begins(1);
        assert_eq!(yields.go(1), Go::Free);
    }

    #[test]
    fn who_tries_to_read_does_not_wait_for_readers() {
        let on = |kind| Op::new(kind, Object(7));
        let mut yields = Yields::default();
        yields.performed(1, on(Kind::TryReadLock), false, 0);
        yields.performed(2, on(Kind::TryLock), false, 1);
        yields.performed(3, on(Kind::ReadUnlock), false, 2);
        assert_eq!(yields.go(1), Go::Not);
        assert_eq!(yields.go(2), Go::Written(Some(2)));
        yields.performed(3, on(Kind::Unlock), false, 3);
        assert_eq!(yields.go(1), Go::Written(Some(3)));
    }

    #[test]
    fn the_first_yields_may_be_free() {
        let mut yields = Yields::default();
        yields.begin(1);
        yields.performed(1, load(7), false, 0);
        assert_eq!(yields.go(1), Go::Free);
        yields.performed(1, YIELD, false, 1);
        yields.performed(1, load(7), false, 2);
        assert_eq!(yields.go(1), Go::Not);
        yields.force(1);
        assert_eq!(yields.go(1), Go::Forced);
    }
}
