//! What an actor does with an operation, in words: `takes a lock`.

use crate::rt::op::Kind;

/// As the rest of a sentence that begins with the actor's name.
pub fn does(kind: Kind) -> &'static str {
    match kind {
        Kind::Local => "goes on",
        Kind::Load => "loads",
        Kind::Store => "stores",
        Kind::Rmw => "reads and writes in one step",
        Kind::Fence => "uses a fence",
        Kind::CellRead => "reads plain memory",
        Kind::CellWrite => "writes plain memory",
        Kind::Lock => "takes a lock",
        Kind::ReadLock => "takes a read lock",
        Kind::TryLock | Kind::TryReadLock => "tries to take a lock",
        Kind::Unlock | Kind::ReadUnlock => "gives back a lock",
        Kind::Wait => "waits for a notification",
        Kind::Wake => "wakes up",
        Kind::NotifyOne | Kind::NotifyAll => "notifies others",
        Kind::Spawn => "starts a thread",
        Kind::Join => "waits for a thread to end",
        Kind::Park => "parks until it is woken",
        Kind::Unpark => "wakes another",
        Kind::Yield => "yields in a loop until another has moved on",
        Kind::Doze => "is about to park",
        Kind::LineUp => "waits for its turn to write",
        Kind::End => "drops what others may use",
    }
}
