//! The state of what threads meet at, and what each operation does to it.

use std::collections::VecDeque;

use super::Came;
use super::deed::Deed;
use crate::rt::op::{Kind, Object, Op};

/// How what is done once ends: the number that [`Kind::OnceEnd`] carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Once {
    Incomplete,
    Poisoned,
    Complete,
    Running,
}

impl Once {
    /// The end of what is done once, as an operation.
    pub(crate) fn ends(self, object: Object) -> Op {
        Op { other: Object(self as u32), ..Op::new(Kind::OnceEnd, object) }
    }

    fn ended(number: Object) -> Once {
        match number.0 {
            0 => Once::Incomplete,
            1 => Once::Poisoned,
            _ => Once::Complete,
        }
    }
}

/// The state of one meeting; which of its parts count depends on its sort.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Meeting {
    once: Once,
    /// A barrier: how many have come, how often it has opened, and who waits since when.
    come: u32,
    opened: u32,
    inside: Vec<(usize, u32)>,
    /// A channel: its messages by number, and who waits until which is taken.
    messages: VecDeque<u32>,
    sent: u32,
    offers: Vec<(usize, u32)>,
    /// A channel: senders, the receiver's end, and whether a receiver waits.
    senders: u32,
    deaf: bool,
    ready: bool,
}

impl Default for Meeting {
    fn default() -> Meeting {
        Meeting {
            once: Once::Incomplete,
            come: 0,
            opened: 0,
            inside: Vec::new(),
            messages: VecDeque::new(),
            sent: 0,
            offers: Vec::new(),
            senders: 1,
            deaf: false,
            ready: false,
        }
    }
}

impl Meeting {
    /// Whether `thread` can go on; whatever is no operation on a meeting can.
    pub(crate) fn can(&self, op: Op, thread: usize) -> bool {
        let Some(deed) = Deed::of(op.kind) else { return true };
        match deed {
            Deed::OnceBegin | Deed::OnceFound => self.once != Once::Running,
            Deed::OnceWait => match self.once {
                Once::Complete => true,
                Once::Poisoned => op.other == Object::NONE,
                Once::Incomplete | Once::Running => false,
            },
            Deed::Leave => {
                self.inside.iter().any(|&(who, since)| who == thread && since < self.opened)
            }
            // Where there is no room, a message is offered and waits.
            Deed::SyncSend => self.deaf || op.other.0 == 1 || self.room(op),
            Deed::Taken => self.deaf || self.offered(thread).is_none(),
            Deed::Recv | Deed::RecvTimeout => !self.messages.is_empty() || self.senders == 0,
            Deed::Look
            | Deed::OnceEnd
            | Deed::Arrive
            | Deed::AddSender
            | Deed::Send
            | Deed::TrySend
            | Deed::Ready
            | Deed::TryRecv
            | Deed::HangUp => true,
        }
    }

    /// Performs an operation; `None` if it is not one on a meeting.
    pub(crate) fn perform(&mut self, op: Op, thread: usize) -> Option<Came> {
        let deed = Deed::of(op.kind)?;
        Some(match deed {
            Deed::Look | Deed::OnceFound => (self.once == Once::Complete).into(),
            Deed::OnceBegin => self.begin(op.other != Object::NONE),
            Deed::OnceWait => match self.once {
                Once::Complete => Came::Yes,
                _ => Came::Gone,
            },
            Deed::OnceEnd => {
                self.once = Once::ended(op.other);
                Came::Yes
            }
            Deed::Arrive => self.arrive(op.other.0, thread),
            Deed::Leave => {
                self.inside.retain(|inside| inside.0 != thread);
                Came::Yes
            }
            Deed::AddSender => {
                self.senders += 1;
                Came::Yes
            }
            Deed::Send | Deed::SyncSend => match self.deaf {
                true => Came::Gone,
                false => {
                    if deed == Deed::SyncSend && op.other.0 == 1 {
                        self.offers.push((thread, self.sent));
                    }
                    self.send()
                }
            },
            Deed::TrySend if self.deaf => Came::Gone,
            Deed::TrySend if self.room(op) => {
                self.ready = false;
                self.send()
            }
            Deed::TrySend => Came::No,
            Deed::Taken => match self.offered(thread) {
                // The receiver is gone: the message goes back.
                Some(number) => {
                    self.messages.retain(|message| *message != number);
                    self.offers.retain(|offer| offer.0 != thread);
                    Came::Gone
                }
                None => {
                    self.offers.retain(|offer| offer.0 != thread);
                    Came::Yes
                }
            },
            Deed::Ready => {
                self.ready = true;
                Came::Yes
            }
            Deed::Recv | Deed::TryRecv | Deed::RecvTimeout => {
                if deed != Deed::TryRecv {
                    self.ready = false;
                }
                match self.messages.pop_front() {
                    Some(_) => Came::Yes,
                    None if self.senders == 0 => Came::Gone,
                    None => Came::No,
                }
            }
            Deed::HangUp if op.other == Object::NONE => {
                self.senders = self.senders.saturating_sub(1);
                Came::Yes
            }
            Deed::HangUp => {
                self.deaf = true;
                Came::Yes
            }
        })
    }

    fn begin(&mut self, whatever: bool) -> Came {
        match self.once {
            Once::Complete => return Came::No,
            Once::Poisoned if !whatever => return Came::Gone,
            Once::Incomplete | Once::Poisoned | Once::Running => {}
        }
        self.once = Once::Running;
        Came::Yes
    }

    fn arrive(&mut self, size: u32, thread: usize) -> Came {
        self.come += 1;
        if self.come < size {
            self.inside.push((thread, self.opened));
            return Came::No;
        }
        self.come = 0;
        self.opened += 1;
        Came::Yes
    }

    fn send(&mut self) -> Came {
        self.messages.push_back(self.sent);
        self.sent += 1;
        Came::Yes
    }

    /// Whether a message can go in now: the number is the room, and one; 0 is no bound.
    fn room(&self, op: Op) -> bool {
        match op.other.0 {
            0 => true,
            1 => self.ready && self.messages.is_empty(),
            room => (self.messages.len() as u32) < room - 1,
        }
    }

    /// The message that this thread has offered, while nobody has taken it.
    fn offered(&self, thread: usize) -> Option<u32> {
        let number = self.offers.iter().find(|offer| offer.0 == thread)?.1;
        self.messages.contains(&number).then_some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THING: Object = Object(7);

    fn op(kind: Kind, other: u32) -> Op {
        Op { other: Object(other), ..Op::new(kind, THING) }
    }

    #[test]
    fn one_begins_and_the_others_wait_for_its_end() {
        let mut meeting = Meeting::default();
        let begin = op(Kind::OnceBegin, 0);
        assert_eq!(meeting.perform(begin, 1), Some(Came::Yes));
        assert!(!meeting.can(begin, 2));
        meeting.perform(Once::Poisoned.ends(THING), 1);
        assert_eq!(meeting.perform(begin, 2), Some(Came::Gone));
        assert_eq!(meeting.perform(op(Kind::OnceBegin, 1), 2), Some(Came::Yes));
        meeting.perform(Once::Complete.ends(THING), 2);
        assert_eq!(meeting.perform(begin, 1), Some(Came::No));
        assert_eq!(meeting.perform(op(Kind::Look, 0), 1), Some(Came::Yes));
    }

    #[test]
    fn a_barrier_opens_for_the_last_who_leads() {
        let mut meeting = Meeting::default();
        let (arrive, leave) = (op(Kind::Arrive, 2), op(Kind::Leave, 0));
        assert_eq!(meeting.perform(arrive, 1), Some(Came::No));
        assert!(!meeting.can(leave, 1));
        assert_eq!(meeting.perform(arrive, 2), Some(Came::Yes));
        // The leader is back before the other has left: that is the next round.
        assert_eq!(meeting.perform(arrive, 2), Some(Came::No));
        assert!(meeting.can(leave, 1) && !meeting.can(leave, 2));
    }

    #[test]
    fn a_channel_without_room_hands_over() {
        let mut meeting = Meeting::default();
        assert_eq!(meeting.perform(op(Kind::TrySend, 1), 1), Some(Came::No), "nobody waits");
        meeting.perform(op(Kind::SyncSend, 1), 1);
        assert!(!meeting.can(op(Kind::Taken, 0), 1));
        assert_eq!(meeting.perform(op(Kind::Recv, 1), 2), Some(Came::Yes));
        assert!(meeting.can(op(Kind::Taken, 0), 1));
        assert_eq!(meeting.perform(op(Kind::Taken, 0), 1), Some(Came::Yes));
        meeting.perform(op(Kind::Ready, 0), 2);
        assert_eq!(meeting.perform(op(Kind::TrySend, 1), 1), Some(Came::Yes));
        assert_eq!(meeting.perform(op(Kind::TrySend, 1), 3), Some(Came::No), "it waits no more");
        meeting.perform(op(Kind::SyncSend, 1), 3);
        meeting.perform(op(Kind::HangUp, 1), 2);
        assert_eq!(meeting.perform(op(Kind::Taken, 0), 3), Some(Came::Gone));
    }

    #[test]
    fn a_channel_with_room_waits_when_it_is_full_and_ends_with_its_senders() {
        let mut meeting = Meeting::default();
        let send = op(Kind::SyncSend, 2);
        assert!(meeting.can(send, 1));
        meeting.perform(send, 1);
        assert!(!meeting.can(send, 1));
        assert_eq!(meeting.perform(op(Kind::TrySend, 2), 1), Some(Came::No));
        meeting.perform(op(Kind::AddSender, 0), 1);
        meeting.perform(op(Kind::HangUp, 0), 1);
        assert_eq!(meeting.perform(op(Kind::TryRecv, 2), 2), Some(Came::Yes));
        assert_eq!(meeting.perform(op(Kind::TryRecv, 2), 2), Some(Came::No));
        assert!(!meeting.can(op(Kind::Recv, 2), 2));
        meeting.perform(op(Kind::HangUp, 0), 1);
        assert_eq!(meeting.perform(op(Kind::Recv, 2), 2), Some(Came::Gone));
    }
}
