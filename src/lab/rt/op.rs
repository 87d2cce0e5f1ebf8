//! An operation: what a thread is about to do to which object.
//!
//! The facade announces one [`Op`] before each operation. Tables, the interactive scheduler, the
//! reduced search, the race clocks and the weakening all hang on this one announcement.

use serde::{Deserialize, Serialize};

/// How many threads one execution can have, the main thread among them.
pub const MAX_THREADS: usize = 16;

/// What an operation does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Nothing that another thread can see: the first step of a thread, a fence under shuttle.
    #[default]
    Local,
    /// Reads an atomic.
    Load,
    /// Writes an atomic without reading it.
    Store,
    /// Reads and writes an atomic in one step.
    Rmw,
    /// Orders other operations; touches no object.
    Fence,
    /// Reads plain memory.
    CellRead,
    /// Writes plain memory.
    CellWrite,
    /// Takes a lock for itself alone, waiting until it is free.
    Lock,
    /// Takes a lock together with other readers, waiting until no writer has it.
    ReadLock,
    /// Takes a lock for itself alone if it is free now.
    TryLock,
    /// Takes a lock together with other readers if no writer has it now.
    TryReadLock,
    /// Gives a lock back.
    Unlock,
    /// Gives a read lock back.
    ReadUnlock,
    /// Gives a lock back and joins the queue of a condition variable (`other` is the lock).
    Wait,
    /// Leaves the queue of a condition variable after a notification.
    Wake,
    /// Notifies one waiter.
    NotifyOne,
    /// Notifies all waiters.
    NotifyAll,
    /// Starts a thread.
    Spawn,
    /// Waits for the end of a thread (the object is that thread).
    Join,
    /// Waits for this thread's token.
    Park,
    /// Gives a thread its token.
    Unpark,
    /// Lets the others go first.
    Yield,
    /// Is about to park: here it is decided whether it wakes without a reason.
    Doze,
    /// Joins the writers that wait for a lock, so that new readers wait too.
    LineUp,
    /// Ends an object: its memory may be used for something else from now on.
    End,
}

impl Kind {
    /// Whether it only looks at an object, or at none: a thread that does no more than this
    /// changes nothing for the others.
    pub fn only_looks(self) -> bool {
        match self {
            Kind::Local | Kind::Load | Kind::CellRead | Kind::Yield | Kind::Doze => true,
            Kind::Store
            | Kind::Rmw
            | Kind::Fence
            | Kind::CellWrite
            | Kind::Lock
            | Kind::ReadLock
            | Kind::TryLock
            | Kind::TryReadLock
            | Kind::Unlock
            | Kind::ReadUnlock
            | Kind::Wait
            | Kind::Wake
            | Kind::NotifyOne
            | Kind::NotifyAll
            | Kind::Spawn
            | Kind::Join
            | Kind::Park
            | Kind::Unpark
            | Kind::LineUp
            | Kind::End => false,
        }
    }
}

/// Identifies an object by the thread that made it and its number there: stable when threads are
/// reordered, which addresses and global counters are not. 0 is no object.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct Object(pub u32);

impl Object {
    /// No object.
    pub const NONE: Object = Object(0);
    /// The order in which threads are started.
    pub const SPAWN_ORDER: Object = Object(1);

    pub(crate) fn numbered(thread: usize, number: u32) -> Object {
        Object(((thread as u32 + 1) << 24) | number)
    }

    /// The token of a thread, for `park` and `unpark`.
    pub fn token(thread: usize) -> Object {
        Object(0x100 + thread as u32)
    }

    /// The end of a thread, for `join`.
    pub fn end(thread: usize) -> Object {
        Object(0x200 + thread as u32)
    }

    /// The thread whose end this is.
    pub fn ended_thread(self) -> usize {
        (self.0 - 0x200) as usize
    }
}

/// One operation, as announced before it happens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Op {
    /// What it does.
    pub kind: Kind,
    /// To what.
    pub object: Object,
    /// The second object: the lock of a [`Kind::Wait`].
    pub other: Object,
    /// A compare-exchange that may fail although the value is the expected one.
    pub weak: bool,
}

impl Op {
    /// An operation that no other thread can see.
    pub const LOCAL: Op = Op::new(Kind::Local, Object::NONE);

    /// An operation on one object.
    pub const fn new(kind: Kind, object: Object) -> Op {
        Op { kind, object, other: Object::NONE, weak: false }
    }
}
