//! Which operations matter to each other: only their order distinguishes two executions.

use crate::rt::op::{Kind, Object, Op};

/// How an operation touches an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Touch {
    /// Reads a word of memory.
    Read,
    /// Changes a word of memory.
    Write,
    /// Takes it as a lock, for itself alone.
    Lock,
    /// Takes it as a lock, together with other readers.
    Share,
    /// Gives a lock back.
    Unlock,
    /// Gives a shared lock back.
    Unshare,
    /// Takes it as a lock if it is free.
    Try,
    /// Takes it as a shared lock if it is free.
    TryShare,
    /// Waits in it, wakes from it, or notifies: a queue or a token.
    Queue,
    /// Joins the writers of a lock that hold up readers to come.
    LineUp,
    /// Looks at a queue, or at what threads meet at.
    Look,
    /// Adds an end to a channel that has others: nobody sees that.
    More,
    /// Ends it, whatever it is.
    End,
}

/// What an operation touches: at most two objects.
pub(super) fn touches(op: Op) -> [Option<(Object, Touch)>; 2] {
    let one = |touch| [Some((op.object, touch)), None];
    match op.kind {
        Kind::Load | Kind::CellRead => one(Touch::Read),
        Kind::Store | Kind::Rmw | Kind::CellWrite => one(Touch::Write),
        Kind::Spawn => one(Touch::Write),
        Kind::Park | Kind::ParkTimeout | Kind::Unpark | Kind::WakeTimeout => one(Touch::Queue),
        Kind::Look => one(Touch::Look),
        Kind::AddSender => one(Touch::More),
        // An attempt that fails turns out to be a look.
        Kind::OnceFound | Kind::OnceWait => one(Touch::Look),
        Kind::OnceBegin | Kind::OnceEnd | Kind::Arrive | Kind::Leave => one(Touch::Queue),
        Kind::Send | Kind::SyncSend | Kind::TrySend | Kind::Taken => one(Touch::Queue),
        Kind::Ready | Kind::Recv | Kind::TryRecv | Kind::RecvTimeout | Kind::HangUp => {
            one(Touch::Queue)
        }
        Kind::Wake | Kind::NotifyOne | Kind::NotifyAll => one(Touch::Queue),
        Kind::Wait => [Some((op.object, Touch::Queue)), Some((op.other, Touch::Unlock))],
        Kind::Lock => one(Touch::Lock),
        Kind::ReadLock => one(Touch::Share),
        Kind::TryLock => one(Touch::Try),
        Kind::TryReadLock => one(Touch::TryShare),
        Kind::Unlock => one(Touch::Unlock),
        Kind::ReadUnlock => one(Touch::Unshare),
        Kind::LineUp => one(Touch::LineUp),
        Kind::End => one(Touch::End),
        Kind::Local | Kind::Fence | Kind::Drain | Kind::Join | Kind::Yield | Kind::Doze => {
            [None, None]
        }
    }
}

/// Whether the order of two touches of one object matters.
pub(super) fn ordered(a: Touch, b: Touch) -> bool {
    use Touch::{
        End, LineUp, Lock, Look, More, Queue, Read, Share, Try, TryShare, Unlock, Unshare, Write,
    };
    match (a, b) {
        (End, _) | (_, End) => true,
        (More, _) | (_, More) => false,
        (Look, _) => b == Queue,
        (_, Look) => a == Queue,
        (LineUp, _) => matches!(b, Share | TryShare),
        (_, LineUp) => matches!(a, Share | TryShare),
        (Read | Write, Read | Write) => a == Write || b == Write,
        (Queue, _) | (_, Queue) => a == b,
        // Readers of a lock do not see each other.
        (Share | Unshare | TryShare, Share | Unshare | TryShare) => false,
        (Lock | Share | Unlock | Unshare | Try | TryShare, _) => !matches!(b, Read | Write),
        (Read | Write, _) => false,
    }
}

/// Whether two touches whose order matters could have come in the other order: what gives a lock
/// back is never ready together with what waits for it.
pub(super) fn races(a: Touch, b: Touch) -> bool {
    use Touch::{Lock, Share, Unlock, Unshare};
    let gives = |touch| matches!(touch, Unlock | Unshare);
    let takes = |touch| matches!(touch, Lock | Share);
    ordered(a, b) && !(gives(a) && takes(b) || takes(a) && gives(b) || gives(a) && gives(b))
}

/// Whether two operations of different threads are independent: either order is the same.
pub(super) fn independent(a: Op, b: Op) -> bool {
    for (object, touch) in touches(a).into_iter().flatten() {
        for (other, touch2) in touches(b).into_iter().flatten() {
            if object == other && ordered(touch, touch2) {
                return false;
            }
        }
    }
    true
}
