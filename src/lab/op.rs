//! An operation: what a thread is about to do to which object.
//!
//! The facade announces one [`Op`] before each operation. Tables, the interactive scheduler, the
//! reduced search, the race clocks and the weakening all hang on this one announcement.

use serde::{Deserialize, Serialize};

/// How many threads one execution can have, the main thread among them.
pub const MAX_THREADS: usize = 16;

/// Of an object's number: where it says of which reader a part is.
const PARTS: u32 = 20;

/// What an operation is to plain memory or to an atomic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Memory {
    /// It touches no value.
    Untouched,
    Reads,
    Writes,
    /// Reads and writes in one step.
    Updates,
}

/// What an operation is to a lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lock {
    /// It has to do with none.
    Apart,
    /// Takes one, and waits until it can.
    Takes,
    /// Takes one if it can now.
    Tries,
    /// Gives one back, and does no more than that.
    Gives,
}

/// Until when the thread that is about to perform an operation cannot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Until {
    /// It can at once.
    Now,
    /// Until the lock is free for it.
    Free,
    /// Until it is notified, or has its token; or without a reason, where that is explored.
    Woken,
    /// Until another thread has ended.
    Ended,
    /// Until something that it looked at has changed.
    Changed,
    /// Until another has done its part: made it, come to the barrier, sent or taken a message.
    Met,
    /// As `Woken` or `Met`, or until its time is up, which may be at any moment.
    Late,
}

/// What std allows an operation to do without a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whim {
    Nothing,
    /// It fails, if it is a weak one.
    Fails,
    /// Its thread will wake although nobody woke it.
    Wakes,
}

/// Makes [`Kind`] of a table. A row answers every question about its kind, in this order: what it
/// is to memory and to locks, until when it cannot be performed, whether its thread waits for
/// others there (as a judge sees it), whether it only looks, what it may do without a reason, and
/// what an actor does there in words. A new kind is a new row here; nobody has a default for it.
macro_rules! kinds {
    ($($(#[$meta:meta])+ $kind:ident: $memory:ident, $lock:ident, $until:ident, $waits:literal,
        $only_looks:literal, $whim:ident, $words:literal;)+) => {
        /// What an operation does.
        ///
        /// Not [`report::Kind`](crate::report::Kind), which is how an execution failed, nor the
        /// kind of a type, `layout::TypeKind`.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Kind {
            $($(#[$meta])+ $kind,)+
        }

        impl Kind {
            /// All kinds, in the order of the table.
            pub const ALL: &[Kind] = &[$(Kind::$kind),+];

            pub(crate) const fn memory(self) -> Memory {
                match self { $(Kind::$kind => Memory::$memory,)+ }
            }

            pub(crate) const fn lock(self) -> Lock {
                match self { $(Kind::$kind => Lock::$lock,)+ }
            }

            pub(crate) const fn until(self) -> Until {
                match self { $(Kind::$kind => Until::$until,)+ }
            }

            pub(crate) const fn whim(self) -> Whim {
                match self { $(Kind::$kind => Whim::$whim,)+ }
            }

            /// Whether a thread waits for another there. Where a wait is several operations, this
            /// is the one that stands in the source.
            pub const fn waits(self) -> bool {
                match self { $(Kind::$kind => $waits,)+ }
            }

            /// Whether it only looks at an object, or at none: a thread that does no more than this
            /// changes nothing for the others.
            pub const fn only_looks(self) -> bool {
                match self { $(Kind::$kind => $only_looks,)+ }
            }

            /// What an actor does there, in words: `takes a lock`.
            pub const fn does(self) -> &'static str {
                match self { $(Kind::$kind => $words,)+ }
            }
        }
    };
}

kinds! {
    /// Nothing that another thread can see: the first step of a thread, a fence under shuttle.
    #[default]
    Local: Untouched, Apart, Now, false, true, Nothing, "goes on";
    /// Reads an atomic.
    Load: Reads, Apart, Now, false, true, Nothing, "loads";
    /// Writes an atomic without reading it.
    Store: Writes, Apart, Now, false, false, Nothing, "stores";
    /// Reads and writes an atomic in one step.
    Rmw: Updates, Apart, Now, false, false, Fails, "reads and writes in one step";
    /// Orders other operations; touches no object.
    Fence: Untouched, Apart, Now, false, false, Nothing, "uses a fence";
    /// Waits until streamed stores are seen by all; touches no object.
    Drain: Untouched, Apart, Now, false, false, Nothing, "waits for its streamed stores";
    /// Reads plain memory.
    CellRead: Reads, Apart, Now, false, true, Nothing, "reads plain memory";
    /// Writes plain memory.
    CellWrite: Writes, Apart, Now, false, false, Nothing, "writes plain memory";
    /// Takes a lock for itself alone, waiting until it is free.
    Lock: Untouched, Takes, Free, true, false, Nothing, "takes a lock";
    /// Takes a lock together with other readers, waiting until no writer has it.
    ReadLock: Untouched, Takes, Free, true, false, Nothing, "takes a read lock";
    /// Takes a lock for itself alone if it is free now.
    TryLock: Untouched, Tries, Now, false, false, Nothing, "tries to take a lock";
    /// Takes a lock together with other readers if no writer has it now.
    TryReadLock: Untouched, Tries, Now, false, false, Nothing, "tries to take a lock";
    /// Gives a lock back.
    Unlock: Untouched, Gives, Now, false, false, Nothing, "gives back a lock";
    /// Gives a read lock back.
    ReadUnlock: Untouched, Gives, Now, false, false, Nothing, "gives back a lock";
    /// Gives a lock back and joins the queue of a condition variable (`other` is the lock).
    Wait: Untouched, Apart, Now, true, false, Wakes, "waits for a notification";
    /// Leaves the queue of a condition variable after a notification.
    Wake: Untouched, Apart, Woken, false, false, Nothing, "wakes up";
    /// Notifies one waiter.
    NotifyOne: Untouched, Apart, Now, false, false, Nothing, "notifies others";
    /// Notifies all waiters.
    NotifyAll: Untouched, Apart, Now, false, false, Nothing, "notifies others";
    /// Starts a thread.
    Spawn: Untouched, Apart, Now, false, false, Nothing, "starts a thread";
    /// Waits for the end of a thread (the object is that thread).
    Join: Untouched, Apart, Ended, true, false, Nothing, "waits for a thread to end";
    /// Waits for this thread's token.
    Park: Untouched, Apart, Woken, true, false, Nothing, "parks until it is woken";
    /// Gives a thread its token.
    Unpark: Untouched, Apart, Now, false, false, Nothing, "wakes another";
    /// Lets the others go first.
    Yield: Untouched, Apart, Changed, true, true, Nothing,
        "yields in a loop until another has moved on";
    /// Is about to park: here it is decided whether it wakes without a reason.
    Doze: Untouched, Apart, Now, false, true, Wakes, "is about to park";
    /// Joins the writers that wait for a lock, so that new readers wait too.
    LineUp: Untouched, Apart, Now, false, false, Nothing, "waits for its turn to write";
    /// Ends an object: its memory may be used for something else from now on.
    End: Untouched, Apart, Now, false, false, Nothing, "drops what others may use";
    /// Leaves the queue of a condition variable: after a notification, or because the time is up.
    WakeTimeout: Untouched, Apart, Late, false, false, Nothing, "wakes up, or its time is up";
    /// Waits for this thread's token until the time is up.
    ParkTimeout: Untouched, Apart, Late, true, false, Nothing,
        "parks until it is woken, or its time is up";
    /// Looks at a `Once` or a channel and leaves it as it is: an attempt that fails is one.
    Look: Untouched, Apart, Now, false, true, Nothing, "looks whether it can go on";
    /// Begins what is done once, waiting for a thread that has begun it (`other` is not 0 where an
    /// earlier panic is no hindrance).
    OnceBegin: Untouched, Apart, Met, true, false, Nothing,
        "begins what is done once, or waits for who has begun it";
    /// The same where it was done already: waits for a thread that has begun it, and looks.
    OnceFound: Untouched, Apart, Met, true, true, Nothing, "finds done what is done once";
    /// Ends what is done once (`other` says how).
    OnceEnd: Untouched, Apart, Now, false, false, Nothing, "ends what is done once";
    /// Waits until it is done what is done once (`other` as for the beginning).
    OnceWait: Untouched, Apart, Met, true, true, Nothing, "waits for what is done once";
    /// Comes to a barrier (`other` is the number of threads that it is for).
    Arrive: Untouched, Apart, Now, false, false, Nothing, "comes to a barrier";
    /// Leaves a barrier, waiting until all have come.
    Leave: Untouched, Apart, Met, true, false, Nothing, "waits at a barrier";
    /// Makes another sender of a channel.
    AddSender: Untouched, Apart, Now, false, true, Nothing, "makes another sender";
    /// Sends a message without waiting.
    Send: Untouched, Apart, Now, false, false, Nothing, "sends a message";
    /// Sends a message, waiting for room (`other` is the room that there is, and one).
    SyncSend: Untouched, Apart, Met, true, false, Nothing, "sends a message, or waits for room";
    /// Sends a message if there is room now, or a receiver waits (`other` as above).
    TrySend: Untouched, Apart, Now, false, false, Nothing, "tries to send a message";
    /// Waits until a message is taken that was sent through a channel without room.
    Taken: Untouched, Apart, Met, true, false, Nothing, "waits until its message is taken";
    /// A receiver says that it waits, where the channel has no room.
    Ready: Untouched, Apart, Now, false, true, Nothing, "is about to wait for a message";
    /// Receives a message, waiting for one (`other` as above).
    Recv: Untouched, Apart, Met, true, false, Nothing, "waits for a message";
    /// Receives a message if there is one now.
    TryRecv: Untouched, Apart, Now, false, false, Nothing, "tries to receive a message";
    /// Receives a message, waiting for one until the time is up.
    RecvTimeout: Untouched, Apart, Late, true, false, Nothing,
        "waits for a message, or its time is up";
    /// Drops an end of a channel (`other` is 1 for the receiver).
    HangUp: Untouched, Apart, Now, false, false, Nothing, "drops an end of a channel";
}

impl Kind {
    /// Whether it changes something that others can see. A loop that waits for a time takes locks,
    /// gives them back and tries again: that alone changes nothing.
    pub(crate) fn moves(self) -> bool {
        match self.until() {
            _ if self.only_looks() => false,
            Until::Now => !self.waits() && self.lock() == Lock::Apart,
            Until::Ended | Until::Met => true,
            Until::Free | Until::Woken | Until::Changed | Until::Late => false,
        }
    }

    /// Whether it writes a value and reads none: what goes into the memory is all there is to show.
    pub fn only_writes(self) -> bool {
        self.memory() == Memory::Writes
    }
}

/// Identifies an object by the thread that made it and its number there: stable when threads are
/// reordered, which addresses and global counters are not. 0 is no object.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct Object(pub u32);

impl Object {
    /// Stands where an operation is done to no object.
    pub const NONE: Object = Object(0);
    /// The order in which threads are started.
    pub const SPAWN_ORDER: Object = Object(1);

    /// # Panics
    /// When one thread makes more than a million of them; the exploration reports it.
    pub(crate) fn numbered(thread: usize, number: u32) -> Object {
        assert!(number < 1 << PARTS, "racelab: a thread makes more than a million objects");
        Object(((thread as u32 + 1) << 24) | number)
    }

    /// The part of a lock that one reader takes, where each has its own; the harness has none.
    pub(crate) fn part(self, reader: usize) -> Object {
        Object(self.0 | (reader as u32) << PARTS)
    }

    /// The reader whose part this is, and 0 where it is a whole.
    pub(crate) fn reader(self) -> usize {
        match self.0 >> 24 {
            0 => 0,
            _ => (self.0 >> PARTS) as usize % MAX_THREADS,
        }
    }

    /// The lock that this is a part of; anything else is a whole.
    pub(crate) fn whole(self) -> Object {
        Object(self.0 ^ (self.reader() as u32) << PARTS)
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
    /// The object that it is done to.
    pub object: Object,
    /// The second object: the lock of a [`Kind::Wait`]. For what threads meet at, a number that the
    /// operation carries.
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
