//! What a closure does not say of itself: names for what it uses, and the text of its lines.

use std::path::Path;

use crate::rt::op::Kind;

/// What is called so of which nothing is known but that it is there, and ends.
pub(super) const OBJECT: &str = "object";

/// What it is that an operation of this kind is done to, in a word; none where that has no name.
pub(super) fn what(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Load | Kind::Store | Kind::Rmw => "atomic",
        Kind::CellRead | Kind::CellWrite => "cell",
        Kind::Lock | Kind::ReadLock | Kind::TryLock | Kind::TryReadLock => "lock",
        Kind::Unlock | Kind::ReadUnlock | Kind::LineUp => "lock",
        Kind::Wait | Kind::Wake | Kind::WakeTimeout => "condvar",
        Kind::NotifyOne | Kind::NotifyAll => "condvar",
        Kind::OnceBegin | Kind::OnceFound | Kind::OnceEnd | Kind::OnceWait => "once",
        Kind::Arrive | Kind::Leave => "barrier",
        Kind::AddSender | Kind::Send | Kind::SyncSend | Kind::TrySend => "channel",
        Kind::Taken | Kind::Ready | Kind::Recv | Kind::TryRecv => "channel",
        Kind::RecvTimeout | Kind::HangUp => "channel",
        Kind::End | Kind::Look => OBJECT,
        Kind::Local | Kind::Fence | Kind::Drain | Kind::Spawn | Kind::Join => return None,
        Kind::Park | Kind::Unpark | Kind::ParkTimeout | Kind::Yield | Kind::Doze => return None,
    })
}

/// A line of a source file as it lies on this machine, without the space around it; empty where it is
/// not here.
pub(super) fn line(file: &str, line: u32) -> String {
    let text = text(file).unwrap_or_default();
    let at = text.lines().nth((line as usize).wrapping_sub(1));
    at.unwrap_or_default().trim().to_string()
}

/// A source file as it lies on this machine, if it does. The compiler names it from the root of its
/// workspace, and a test runs below that.
pub(crate) fn text(file: &str) -> Option<String> {
    let here = std::env::current_dir().ok()?;
    here.ancestors().find_map(|folder| std::fs::read_to_string(folder.join(Path::new(file))).ok())
}
