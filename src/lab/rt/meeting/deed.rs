//! The operations on what threads meet at, apart from all others.

use crate::rt::op::Kind;

/// What can be done to a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    Look,
    OnceBegin,
    OnceFound,
    OnceEnd,
    OnceWait,
    Arrive,
    Leave,
    AddSender,
    Send,
    SyncSend,
    TrySend,
    Taken,
    Ready,
    Recv,
    TryRecv,
    RecvTimeout,
    HangUp,
}

impl Deed {
    /// What an operation of this kind does to a meeting; `None` if it is on something else.
    pub(super) fn of(kind: Kind) -> Option<Deed> {
        Some(match kind {
            Kind::Look => Deed::Look,
            Kind::OnceBegin => Deed::OnceBegin,
            Kind::OnceFound => Deed::OnceFound,
            Kind::OnceEnd => Deed::OnceEnd,
            Kind::OnceWait => Deed::OnceWait,
            Kind::Arrive => Deed::Arrive,
            Kind::Leave => Deed::Leave,
            Kind::AddSender => Deed::AddSender,
            Kind::Send => Deed::Send,
            Kind::SyncSend => Deed::SyncSend,
            Kind::TrySend => Deed::TrySend,
            Kind::Taken => Deed::Taken,
            Kind::Ready => Deed::Ready,
            Kind::Recv => Deed::Recv,
            Kind::TryRecv => Deed::TryRecv,
            Kind::RecvTimeout => Deed::RecvTimeout,
            Kind::HangUp => Deed::HangUp,
            Kind::Local
            | Kind::Load
            | Kind::Store
            | Kind::Rmw
            | Kind::Fence
            | Kind::Drain
            | Kind::CellRead
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
            | Kind::Yield
            | Kind::Doze
            | Kind::LineUp
            | Kind::End
            | Kind::WakeTimeout
            | Kind::ParkTimeout => return None,
        })
    }
}
