//! What threads meet at, as instructions of the small programs.

use std::time::Duration;

use super::generate::Numbers;
use crate::rt::shuttle as rt;
use rt::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use rt::sync::{Barrier, Once, OnceLock};

/// One instruction on what threads meet at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meet {
    /// Makes the value unless it is there, of this number.
    Init(u64),
    Get,
    Call,
    Completed,
    Barrier,
    /// Through the channel with this room: 0 without any, 1, and any number.
    Send(usize, u64),
    TrySend(usize, u64),
    Recv(usize),
    TryRecv(usize),
    RecvTimeout(usize),
    /// Makes another sender and drops it.
    Another,
    ParkTimeout,
    /// Waits once on the condition variable for a time, if the variable is 0.
    WaitTimeout(usize),
}

/// One that belongs to the theme: a value, an action, a barrier, a channel of each sort, times.
pub(super) fn at_random(numbers: &mut Numbers, theme: u64) -> Meet {
    let (x, v) = (numbers.below(2) as usize, 1 + numbers.below(3));
    let choice = numbers.below(6);
    match theme {
        0 if choice < 4 => Meet::Init(v),
        0 => Meet::Get,
        1 if choice < 4 => Meet::Call,
        1 => Meet::Completed,
        2 => Meet::Barrier,
        3..=5 => {
            let room = theme as usize - 3;
            match choice {
                0 | 1 => Meet::Send(room, v),
                2 if room < 2 => Meet::TrySend(room, v),
                2 => Meet::Another,
                3 => Meet::Recv(room),
                4 => Meet::TryRecv(room),
                _ => Meet::RecvTimeout(room),
            }
        }
        _ if choice < 2 => Meet::ParkTimeout,
        _ => Meet::WaitTimeout(x),
    }
}

pub(super) struct Places {
    value: OnceLock<u64>,
    once: Once,
    barrier: Barrier,
    any: Sender<u64>,
    some: [SyncSender<u64>; 2],
    receivers: [Receiver<u64>; 3],
}

// Safety: all threads of an execution run on one operating-system thread, and what a receiver does
// is one step.
unsafe impl Sync for Places {}

impl Places {
    pub(super) fn new() -> Places {
        let (any, first) = channel();
        let (none, second) = sync_channel(0);
        let (one, third) = sync_channel(1);
        Places {
            value: OnceLock::new(),
            once: Once::new(),
            barrier: Barrier::new(2),
            any,
            some: [none, one],
            receivers: [second, third, first],
        }
    }

    /// Performs one, and says what came of it.
    pub(super) fn act(&self, meet: Meet) -> u64 {
        match meet {
            Meet::Init(value) => *self.value.get_or_init(|| value),
            Meet::Get => self.value.get().copied().unwrap_or_default(),
            Meet::Call => {
                let mut called = 0;
                self.once.call_once(|| called = 1);
                called
            }
            Meet::Completed => self.once.is_completed() as u64,
            Meet::Barrier => self.barrier.wait().is_leader() as u64,
            Meet::Send(2, value) => self.any.send(value).is_ok() as u64,
            Meet::Send(room, value) => self.some[room].send(value).is_ok() as u64,
            Meet::TrySend(room, value) => self.some[room].try_send(value).is_ok() as u64,
            Meet::Recv(room) => self.receivers[room].recv().unwrap_or_default(),
            Meet::TryRecv(room) => self.receivers[room].try_recv().unwrap_or_default(),
            Meet::RecvTimeout(room) => {
                self.receivers[room].recv_timeout(Duration::ZERO).unwrap_or_default()
            }
            Meet::Another => {
                drop(self.any.clone());
                0
            }
            Meet::ParkTimeout => {
                rt::thread::park_timeout(Duration::ZERO);
                0
            }
            Meet::WaitTimeout(_) => 0,
        }
    }
}
