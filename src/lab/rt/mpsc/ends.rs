//! The two ends of a channel, as std has them.

use std::cell::RefCell;
use std::fmt;
use std::panic::Location;
use std::sync::Arc;
use std::time::Duration;

use super::{Channel, RecvError, RecvTimeoutError, SendError, TryRecvError, TrySendError};
use crate::rt::context;
use crate::rt::meeting::{Came, Checked, RawBaton, RawMeeting};
use crate::rt::op::{Kind, Object, Op};

/// As [`std::sync::mpsc::Sender`].
pub struct Sender<E: Checked, T>(Arc<Channel<E, T>>);

/// As [`std::sync::mpsc::SyncSender`].
pub struct SyncSender<E: Checked, T>(Arc<Channel<E, T>>);

/// As [`std::sync::mpsc::Receiver`].
pub struct Receiver<E: Checked, T> {
    channel: Arc<Channel<E, T>>,
    not_sync: std::marker::PhantomData<std::cell::Cell<()>>,
}

// Safety: whoever touches the channel enters it first, so it stays on the operating-system thread of
// its execution; messages go from thread to thread, whose type is free to go.
unsafe impl<E: Checked, T: Send> Send for Sender<E, T> {}
// Safety: as above.
unsafe impl<E: Checked, T: Send> Sync for Sender<E, T> {}
// Safety: as above.
unsafe impl<E: Checked, T: Send> Send for SyncSender<E, T> {}
// Safety: as above.
unsafe impl<E: Checked, T: Send> Sync for SyncSender<E, T> {}
// Safety: as above; a receiver is one thread's at a time.
unsafe impl<E: Checked, T: Send> Send for Receiver<E, T> {}

fn make<E: Checked, T>(room: u32) -> Arc<Channel<E, T>> {
    let (object, execution) = context::with(|context| (context.new_object(), context.execution()));
    Arc::new(Channel {
        meeting: <E::Meeting as RawMeeting>::new(object),
        object,
        execution,
        room: Object(room),
        messages: RefCell::default(),
        sends: E::Baton::new(),
        taken: RefCell::default(),
        takes: E::Baton::new(),
        gone: RefCell::default(),
        goes: E::Baton::new(),
    })
}

/// As [`std::sync::mpsc::channel`].
pub(crate) fn channel<E: Checked, T>() -> (Sender<E, T>, Receiver<E, T>) {
    let channel = make(0);
    (Sender(channel.clone()), Receiver { channel, not_sync: std::marker::PhantomData })
}

/// As [`std::sync::mpsc::sync_channel`].
pub(crate) fn sync_channel<E: Checked, T>(bound: usize) -> (SyncSender<E, T>, Receiver<E, T>) {
    let room = u32::try_from(bound).unwrap_or(u32::MAX).saturating_add(1);
    let channel = make(room);
    (SyncSender(channel.clone()), Receiver { channel, not_sync: std::marker::PhantomData })
}

macro_rules! senders {
    ($($name:ident),+) => {$(
        impl<E: Checked, T> $name<E, T> {
            #[doc = concat!("As [`std::sync::mpsc::", stringify!($name), "::send`].")]
            ///
            /// # Errors
            /// The message, when the receiver is gone.
            #[track_caller]
            pub fn send(&self, value: T) -> Result<(), SendError<T>> {
                self.0.send_waiting(Location::caller(), value)
            }

            /// Where the channel lies, for tables.
            pub(crate) fn address(&self) -> usize {
                Arc::as_ptr(&self.0) as usize
            }
        }
        impl<E: Checked, T> Clone for $name<E, T> {
            #[track_caller]
            fn clone(&self) -> Self {
                let op = Op::new(Kind::AddSender, self.0.object);
                self.0.step(op, "clone", Location::caller(), &mut |_| (), || (None, None));
                $name(self.0.clone())
            }
        }
        impl<E: Checked, T> Drop for $name<E, T> {
            #[track_caller]
            fn drop(&mut self) {
                self.0.hang_up(false, Location::caller());
            }
        }
        impl<E: Checked, T> fmt::Debug for $name<E, T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    )+};
}
senders!(Sender, SyncSender);

impl<E: Checked, T> SyncSender<E, T> {
    /// As [`std::sync::mpsc::SyncSender::try_send`].
    ///
    /// # Errors
    /// The message, when there is no room now (without room: when no receiver waits), or the
    /// receiver is gone.
    #[track_caller]
    pub fn try_send(&self, value: T) -> Result<(), TrySendError<T>> {
        match self.0.send(Kind::TrySend, "try_send", Location::caller(), value) {
            (Came::Gone, Some(value)) => Err(TrySendError::Disconnected(value)),
            (_, Some(value)) => Err(TrySendError::Full(value)),
            (_, None) => Ok(()),
        }
    }
}

impl<E: Checked, T> Receiver<E, T> {
    /// As [`std::sync::mpsc::Receiver::recv`].
    ///
    /// # Errors
    /// When the channel is empty and all senders are gone.
    #[track_caller]
    pub fn recv(&self) -> Result<T, RecvError> {
        self.channel.receive(Kind::Recv, "recv", Location::caller()).1.ok_or(RecvError)
    }

    /// As [`std::sync::mpsc::Receiver::try_recv`].
    ///
    /// # Errors
    /// When the channel is empty: now, or for ever.
    #[track_caller]
    pub fn try_recv(&self) -> Result<T, TryRecvError> {
        match self.channel.receive(Kind::TryRecv, "try_recv", Location::caller()) {
            (_, Some(value)) => Ok(value),
            (Came::Gone, None) => Err(TryRecvError::Disconnected),
            (_, None) => Err(TryRecvError::Empty),
        }
    }

    /// As [`std::sync::mpsc::Receiver::recv_timeout`]: that the time is up is one of the things
    /// that may happen, whatever `timeout` is.
    ///
    /// # Errors
    /// When the time is up, or all senders are gone.
    #[track_caller]
    pub fn recv_timeout(&self, timeout: Duration) -> Result<T, RecvTimeoutError> {
        let _ = timeout;
        match self.channel.receive(Kind::RecvTimeout, "recv_timeout", Location::caller()) {
            (_, Some(value)) => Ok(value),
            (Came::Gone, None) => Err(RecvTimeoutError::Disconnected),
            (_, None) => Err(RecvTimeoutError::Timeout),
        }
    }

    /// As [`std::sync::mpsc::Receiver::iter`].
    pub fn iter(&self) -> Iter<'_, E, T> {
        Iter(self)
    }

    /// As [`std::sync::mpsc::Receiver::try_iter`].
    pub fn try_iter(&self) -> TryIter<'_, E, T> {
        TryIter(self)
    }

    /// Where the channel lies, for tables.
    pub(crate) fn address(&self) -> usize {
        Arc::as_ptr(&self.channel) as usize
    }
}

impl<E: Checked, T> Drop for Receiver<E, T> {
    #[track_caller]
    fn drop(&mut self) {
        self.channel.hang_up(true, Location::caller());
    }
}

impl<E: Checked, T> fmt::Debug for Receiver<E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver").finish_non_exhaustive()
    }
}

/// As [`std::sync::mpsc::Iter`].
#[derive(Debug)]
pub struct Iter<'a, E: Checked, T>(&'a Receiver<E, T>);

/// As [`std::sync::mpsc::TryIter`].
#[derive(Debug)]
pub struct TryIter<'a, E: Checked, T>(&'a Receiver<E, T>);

/// As [`std::sync::mpsc::IntoIter`].
#[derive(Debug)]
pub struct IntoIter<E: Checked, T>(Receiver<E, T>);

impl<E: Checked, T> Iterator for Iter<'_, E, T> {
    type Item = T;
    #[track_caller]
    fn next(&mut self) -> Option<T> {
        self.0.recv().ok()
    }
}

impl<E: Checked, T> Iterator for TryIter<'_, E, T> {
    type Item = T;
    #[track_caller]
    fn next(&mut self) -> Option<T> {
        self.0.try_recv().ok()
    }
}

impl<E: Checked, T> Iterator for IntoIter<E, T> {
    type Item = T;
    #[track_caller]
    fn next(&mut self) -> Option<T> {
        self.0.recv().ok()
    }
}

impl<'a, E: Checked, T> IntoIterator for &'a Receiver<E, T> {
    type Item = T;
    type IntoIter = Iter<'a, E, T>;
    fn into_iter(self) -> Iter<'a, E, T> {
        self.iter()
    }
}

impl<E: Checked, T> IntoIterator for Receiver<E, T> {
    type Item = T;
    type IntoIter = IntoIter<E, T>;
    fn into_iter(self) -> IntoIter<E, T> {
        IntoIter(self)
    }
}
