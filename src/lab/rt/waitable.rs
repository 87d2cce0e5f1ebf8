//! What a thread can wait for: a lock, the queue of a condition variable, a thread's token.
//!
//! One rule of who may go on, for the schedulers that ask what can move now and for the reduced
//! search that asks what could have moved in another order.

use super::meeting::{Came, Meeting};
use super::op::{Kind, Op};

/// The state of one object that threads wait for; which of its parts count depends on its sort.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(crate) struct Waitable {
    /// A lock: who holds it alone.
    writer: Option<usize>,
    /// A lock: how many hold it together.
    readers: u16,
    /// A lock: the writers that wait in line, a bit each; new readers wait for them.
    lined_up: u16,
    /// A queue: waiting threads, each with the notifications that may wake it.
    waiting: Vec<(usize, Vec<u32>)>,
    /// A queue: notifications so far.
    notifications: u32,
    /// A token: whether it was given.
    token: bool,
    /// A `Once`, a barrier or a channel.
    meeting: Meeting,
}

impl Waitable {
    /// Whether `thread` can perform this operation on it now, without its time being up.
    pub(crate) fn ready(&self, op: Op, thread: usize) -> bool {
        match op.kind {
            Kind::WakeTimeout => self.notified(thread),
            Kind::ParkTimeout => self.token,
            kind => self.can(kind, thread) && self.meeting.can(op, thread),
        }
    }

    /// Performs an operation, whichever it is, and says what came of it.
    pub(crate) fn act(&mut self, op: Op, thread: usize) -> Came {
        match op.kind {
            Kind::WakeTimeout => {
                let notified = self.notified(thread);
                self.wake(thread);
                notified.into()
            }
            Kind::ParkTimeout => std::mem::take(&mut self.token).into(),
            kind => match self.meeting.perform(op, thread) {
                Some(came) => came,
                None => self.perform(kind, thread).into(),
            },
        }
    }

    /// Whether `thread` can perform an operation of this kind on it now. An attempt always can:
    /// it says afterwards whether it succeeded.
    pub(crate) fn can(&self, kind: Kind, thread: usize) -> bool {
        match kind {
            Kind::Lock => self.free(),
            Kind::ReadLock => self.free_to_read(),
            Kind::Wake => self.notified(thread),
            Kind::Park => self.token,
            Kind::Local
            | Kind::Load
            | Kind::Store
            | Kind::Rmw
            | Kind::Fence
            | Kind::Drain
            | Kind::CellRead
            | Kind::CellWrite
            | Kind::TryLock
            | Kind::TryReadLock
            | Kind::Unlock
            | Kind::ReadUnlock
            | Kind::Wait
            | Kind::NotifyOne
            | Kind::NotifyAll
            | Kind::Spawn
            | Kind::Join
            | Kind::Unpark
            | Kind::Yield
            | Kind::Doze
            | Kind::LineUp
            | Kind::End => true,
            // See `Meeting`, and `act` above.
            Kind::WakeTimeout | Kind::ParkTimeout | Kind::Look | Kind::OnceBegin => true,
            Kind::OnceEnd | Kind::OnceFound | Kind::OnceWait | Kind::Arrive | Kind::Leave => true,
            Kind::AddSender | Kind::Send | Kind::SyncSend | Kind::TrySend => true,
            Kind::Taken | Kind::Ready | Kind::Recv | Kind::TryRecv => true,
            Kind::RecvTimeout | Kind::HangUp => true,
        }
    }

    fn free(&self) -> bool {
        self.writer.is_none() && self.readers == 0
    }

    fn free_to_read(&self) -> bool {
        self.writer.is_none() && self.lined_up == 0
    }

    fn notified(&self, thread: usize) -> bool {
        self.waiting.iter().any(|(waiter, woken)| *waiter == thread && !woken.is_empty())
    }

    /// Performs an operation; whether it took a lock, or a token.
    pub(crate) fn perform(&mut self, kind: Kind, thread: usize) -> bool {
        match kind {
            Kind::Lock | Kind::TryLock => {
                let free = self.free();
                if free {
                    self.writer = Some(thread);
                    self.lined_up &= !(1 << thread);
                }
                free
            }
            Kind::LineUp => {
                self.lined_up |= 1 << thread;
                false
            }
            Kind::ReadLock | Kind::TryReadLock => {
                let free = self.free_to_read();
                self.readers += free as u16;
                free
            }
            Kind::Unlock => {
                self.writer = None;
                false
            }
            Kind::ReadUnlock => {
                self.readers = self.readers.saturating_sub(1);
                false
            }
            Kind::Wait => {
                self.waiting.push((thread, Vec::new()));
                false
            }
            Kind::Wake => {
                self.wake(thread);
                false
            }
            Kind::NotifyOne | Kind::NotifyAll => {
                self.notify(kind == Kind::NotifyAll);
                false
            }
            Kind::Park => std::mem::take(&mut self.token),
            Kind::Unpark => {
                self.token = true;
                false
            }
            Kind::Local
            | Kind::Load
            | Kind::Store
            | Kind::Rmw
            | Kind::Fence
            | Kind::Drain
            | Kind::CellRead
            | Kind::CellWrite
            | Kind::Spawn
            | Kind::Join
            | Kind::Yield
            | Kind::Doze
            | Kind::End => false,
            // See `Meeting`, and `act` above.
            Kind::WakeTimeout | Kind::ParkTimeout | Kind::Look | Kind::OnceBegin => false,
            Kind::OnceEnd | Kind::OnceFound | Kind::OnceWait | Kind::Arrive | Kind::Leave => false,
            Kind::AddSender | Kind::Send | Kind::SyncSend | Kind::TrySend => false,
            Kind::Taken | Kind::Ready | Kind::Recv | Kind::TryRecv => false,
            Kind::RecvTimeout | Kind::HangUp => false,
        }
    }

    /// The thread leaves the queue and uses up the notification that woke it.
    fn wake(&mut self, thread: usize) {
        let Some(index) = self.waiting.iter().position(|waiter| waiter.0 == thread) else {
            return;
        };
        let (_, woken) = self.waiting.remove(index);
        if let Some(&used) = woken.first() {
            for (_, others) in &mut self.waiting {
                others.retain(|notification| *notification != used);
            }
        }
    }

    fn notify(&mut self, all: bool) {
        for (_, woken) in &mut self.waiting {
            // A notification of one's own cannot be used up by another.
            self.notifications += all as u32;
            woken.push(self.notifications);
        }
        self.notifications += 1;
    }

    /// What a reader's own part of this lock is: nobody has read through it yet.
    pub(crate) fn part(&self) -> Waitable {
        Waitable { writer: self.writer, ..Waitable::default() }
    }

    /// The lock whose part this is, as far as its readers go.
    pub(crate) fn add(&mut self, part: &Waitable) {
        self.readers += part.readers;
    }

    /// The thread that holds it alone, if it is a lock.
    pub(crate) fn holder(&self) -> Option<usize> {
        self.writer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_notification_wakes_one_of_those_that_wait() {
        let mut queue = Waitable::default();
        queue.perform(Kind::NotifyOne, 0);
        queue.perform(Kind::Wait, 1);
        queue.perform(Kind::Wait, 2);
        assert!(!queue.can(Kind::Wake, 1), "a notification that came before is lost");
        queue.perform(Kind::NotifyOne, 0);
        assert!(queue.can(Kind::Wake, 1) && queue.can(Kind::Wake, 2));
        queue.perform(Kind::Wake, 2);
        assert!(!queue.can(Kind::Wake, 1));
    }

    #[test]
    fn a_notification_of_all_wakes_each_and_one_more_wakes_one_more() {
        let mut queue = Waitable::default();
        (1..=3).for_each(|thread| {
            queue.perform(Kind::Wait, thread);
        });
        queue.perform(Kind::NotifyAll, 0);
        queue.perform(Kind::NotifyOne, 0);
        (1..=3).for_each(|thread| {
            assert!(queue.can(Kind::Wake, thread));
            queue.perform(Kind::Wake, thread);
        });
    }

    #[test]
    fn a_writer_in_line_holds_up_readers_until_it_has_had_its_turn() {
        let mut lock = Waitable::default();
        lock.perform(Kind::ReadLock, 1);
        lock.perform(Kind::LineUp, 2);
        assert!(!lock.can(Kind::ReadLock, 1) && !lock.perform(Kind::TryReadLock, 3));
        lock.perform(Kind::ReadUnlock, 1);
        lock.perform(Kind::Lock, 2);
        lock.perform(Kind::Unlock, 2);
        assert!(lock.can(Kind::ReadLock, 1));
    }

    #[test]
    fn a_lock_is_for_one_writer_or_many_readers() {
        let mut lock = Waitable::default();
        assert!(lock.perform(Kind::ReadLock, 1) && lock.perform(Kind::TryReadLock, 1));
        assert!(!lock.can(Kind::Lock, 2) && lock.can(Kind::ReadLock, 2));
        lock.perform(Kind::ReadUnlock, 1);
        assert!(!lock.perform(Kind::TryLock, 2));
        lock.perform(Kind::ReadUnlock, 1);
        assert!(lock.perform(Kind::TryLock, 2));
        assert_eq!(lock.holder(), Some(2));
        assert!(!lock.can(Kind::ReadLock, 1));
    }
}
