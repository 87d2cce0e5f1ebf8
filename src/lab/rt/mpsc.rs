//! Channels: many senders, one receiver, with room for any number of messages, for so many, or
//! for none.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::panic::Location;
use std::sync::atomic::Ordering::Release;

mod ends;

pub use ends::{IntoIter, Iter, Receiver, Sender, SyncSender, TryIter};
pub(crate) use ends::{channel, sync_channel};
pub use std::sync::mpsc::{RecvError, RecvTimeoutError, SendError, TryRecvError, TrySendError};

use super::clocks::Token;
use super::meeting::{self, Came, Checked, RawBaton, RawMeeting};
use super::observe::{self, Seen};
use super::op::{Kind, Object, Op};
use super::{context, unwinding, word};

/// A message on its way: what its sender did before it was sent comes before what is done with it.
struct Message<T> {
    value: T,
    from: usize,
    token: Token,
}

/// What both ends have.
struct Channel<E: Checked, T> {
    meeting: E::Meeting,
    object: Object,
    /// The execution that made it. There is no use after its end: the ends own it.
    execution: u32,
    /// As operations carry it: how many messages there is room for, and one; 0 is any number.
    room: Object,
    messages: RefCell<VecDeque<Message<T>>>,
    /// Given before each message, taken after each. Under loom a receiver that is slow to take it
    /// comes after later messages as well; loom tries the quick one too.
    sends: E::Baton,
    /// Without room: whose message was taken, and what the receiver had done before.
    taken: RefCell<Vec<(usize, Token)>>,
    takes: E::Baton,
    /// What was done by the ends that are gone.
    gone: RefCell<Vec<Token>>,
    goes: E::Baton,
}

impl<E: Checked, T> Channel<E, T> {
    /// Each end is another's: nothing is touched but in the execution that made it.
    fn enter(&self) {
        let execution = context::with(|context| context.execution());
        assert!(
            execution == self.execution && execution != 0,
            "racelab: a channel is used outside of the execution that made it"
        );
    }

    fn op(&self, kind: Kind) -> Op {
        Op { other: self.room, ..Op::new(kind, self.object) }
    }

    /// One step; what came of it. `commit` moves messages in the same step.
    fn step(
        &self,
        op: Op,
        name: &'static str,
        at: &'static Location<'static>,
        commit: &mut dyn FnMut(Came),
        value: impl FnOnce() -> (Option<u64>, Option<u64>),
    ) -> Came {
        self.enter();
        if unwinding::quiet() {
            return meeting::unwinding(self.meeting.perform_unwinding(op, commit));
        }
        let came = context::perform(op, || self.meeting.perform(op, commit));
        if came == Came::Gone {
            self.gone.borrow().iter().for_each(Token::take);
            self.goes.take();
        }
        if came == Came::No && matches!(op.kind, Kind::TrySend | Kind::TryRecv) {
            context::turned_out(Op { kind: Kind::Look, ..op });
        }
        observe::tell(|| {
            let (read, wrote) = value();
            let address = self as *const Self as usize;
            Seen { read, wrote, address, ..Seen::new(op, name, at) }
        });
        came
    }

    fn send(
        &self,
        kind: Kind,
        name: &'static str,
        at: &'static Location<'static>,
        value: T,
    ) -> (Came, Option<T>) {
        self.enter();
        let from = context::with(|context| context.current.get());
        let shown = word::peek(&value);
        let message = Message { value, from, token: Token::new() };
        if !unwinding::quiet() {
            self.sends.give(Release);
        }
        let mut message = Some(message);
        let mut commit = |came| {
            if came == Came::Yes {
                self.messages.borrow_mut().extend(message.take());
            }
        };
        let came = self.step(self.op(kind), name, at, &mut commit, || (None, shown));
        (came, message.map(|message| message.value))
    }

    /// Sends and waits: for room, or without room until the message is taken.
    fn send_waiting(&self, at: &'static Location<'static>, value: T) -> Result<(), SendError<T>> {
        let kind = if self.room == Object::NONE { Kind::Send } else { Kind::SyncSend };
        let (_, back) = self.send(kind, "send", at, value);
        if let Some(value) = back {
            return Err(SendError(value));
        }
        if self.room.0 != 1 {
            return Ok(());
        }
        let me = context::with(|context| context.current.get());
        let mut back = None;
        let mut commit = |came| {
            if came == Came::Gone {
                let mut messages = self.messages.borrow_mut();
                let mine = messages.iter().position(|message| message.from == me);
                back = mine.and_then(|mine| messages.remove(mine));
            } else {
                let mut taken = self.taken.borrow_mut();
                if let Some(mine) = taken.iter().position(|taken| taken.0 == me) {
                    taken.swap_remove(mine).1.take();
                }
            }
        };
        self.step(Op::new(Kind::Taken, self.object), "send ends", at, &mut commit, || (None, None));
        match back {
            Some(message) => Err(SendError(message.value)),
            None => {
                if !unwinding::quiet() {
                    self.takes.take();
                }
                Ok(())
            }
        }
    }

    fn receive(
        &self,
        kind: Kind,
        name: &'static str,
        at: &'static Location<'static>,
    ) -> (Came, Option<T>) {
        self.enter();
        let empty = self.room.0 == 1;
        if empty && kind != Kind::TryRecv {
            let ready = Op::new(Kind::Ready, self.object);
            self.step(ready, "recv begins", at, &mut |_| (), || (None, None));
        }
        if empty && !unwinding::quiet() {
            self.takes.give(Release);
        }
        let got = RefCell::new(None);
        let mut commit = |came| {
            if came != Came::Yes {
                return;
            }
            let message = self.messages.borrow_mut().pop_front();
            if let (true, Some(message)) = (empty, &message) {
                self.taken.borrow_mut().push((message.from, Token::new()));
            }
            if let Some(message) = &message {
                message.token.take();
            }
            got.replace(message);
        };
        let shown = || {
            let got = got.borrow();
            (got.as_ref().and_then(|message: &Message<T>| word::peek(&message.value)), None)
        };
        let came = self.step(self.op(kind), name, at, &mut commit, shown);
        let message = got.into_inner();
        if message.is_some() && !unwinding::quiet() {
            self.sends.take();
        }
        (came, message.map(|message| message.value))
    }

    /// One end is dropped.
    fn hang_up(&self, receiver: bool, at: &'static Location<'static>) {
        let gone = |context: &context::Context| {
            context.execution() != self.execution
                || context.stopping.get()
                || context.keeps.borrow().failed
        };
        if context::try_with(|context| Some(gone(context))).unwrap_or(true) {
            // An execution that was broken off, or none any more.
            return;
        }
        // Who finds that this end is gone comes after all that it did.
        self.gone.borrow_mut().push(Token::new());
        if !unwinding::quiet() {
            self.goes.give(Release);
        }
        let other = Object(receiver as u32);
        let mut left = VecDeque::new();
        let mut commit = |_| {
            if receiver && self.room.0 != 1 {
                left = std::mem::take(&mut *self.messages.borrow_mut());
            }
        };
        let op = Op { other, ..Op::new(Kind::HangUp, self.object) };
        self.step(op, "drop", at, &mut commit, || (None, None));
        drop(left);
    }
}

/// The names of [`std::sync::mpsc`] for one engine.
macro_rules! mpsc_of {
    ($engine:ty) => {
        pub use crate::rt::mpsc::{
            RecvError, RecvTimeoutError, SendError, TryRecvError, TrySendError,
        };

        /// As [`std::sync::mpsc::Sender`].
        pub type Sender<T> = crate::rt::mpsc::Sender<$engine, T>;
        /// As [`std::sync::mpsc::SyncSender`].
        pub type SyncSender<T> = crate::rt::mpsc::SyncSender<$engine, T>;
        /// As [`std::sync::mpsc::Receiver`].
        pub type Receiver<T> = crate::rt::mpsc::Receiver<$engine, T>;
        /// As [`std::sync::mpsc::Iter`].
        pub type Iter<'a, T> = crate::rt::mpsc::Iter<'a, $engine, T>;
        /// As [`std::sync::mpsc::TryIter`].
        pub type TryIter<'a, T> = crate::rt::mpsc::TryIter<'a, $engine, T>;
        /// As [`std::sync::mpsc::IntoIter`].
        pub type IntoIter<T> = crate::rt::mpsc::IntoIter<$engine, T>;

        /// As [`std::sync::mpsc::channel`].
        pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
            crate::rt::mpsc::channel()
        }
        /// As [`std::sync::mpsc::sync_channel`].
        pub fn sync_channel<T>(bound: usize) -> (SyncSender<T>, Receiver<T>) {
            crate::rt::mpsc::sync_channel(bound)
        }
    };
}
pub(crate) use mpsc_of;
