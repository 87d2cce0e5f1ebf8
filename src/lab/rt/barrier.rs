//! A barrier: so many threads wait until all have come, and one of them leads.

use std::fmt;
use std::panic::Location;
use std::sync::atomic::Ordering::Release;

use super::meeting::{self, Came, Checked, RawBaton, RawMeeting};
use super::observe::{self, Seen};
use super::op::{Kind, Object, Op};
use super::tracked::Tracked;
use super::{context, unwinding};

/// As [`std::sync::Barrier`]: all that the threads did before they waited comes before all that any
/// of them does afterwards.
pub struct Barrier<E: Checked> {
    meeting: E::Meeting,
    come: E::Baton,
    tracked: Tracked,
    size: u32,
}

// Safety: as for `Mutex`: whatever touches it enters it first.
unsafe impl<E: Checked> Sync for Barrier<E> {}
// Safety: as above.
unsafe impl<E: Checked> Send for Barrier<E> {}

/// As [`std::sync::BarrierWaitResult`].
pub struct BarrierWaitResult(bool);

impl BarrierWaitResult {
    /// As [`std::sync::BarrierWaitResult::is_leader`]: so of exactly one thread each time. It is
    /// the one that came last here, which std does not promise.
    pub fn is_leader(&self) -> bool {
        self.0
    }
}

impl fmt::Debug for BarrierWaitResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BarrierWaitResult").field("is_leader", &self.0).finish()
    }
}

impl<E: Checked> Barrier<E> {
    /// As [`std::sync::Barrier::new`]: for `n` threads. Not `const`: each execution makes its own.
    pub fn new(n: usize) -> Self {
        let tracked = Tracked::new();
        let meeting = <E::Meeting as RawMeeting>::new(tracked.object());
        let size = u32::try_from(n).unwrap_or(u32::MAX);
        Barrier { meeting, come: E::Baton::new(), tracked, size }
    }

    /// As [`std::sync::Barrier::wait`].
    #[track_caller]
    pub fn wait(&self) -> BarrierWaitResult {
        let at = Location::caller();
        let object = self.tracked.enter(at);
        let arrive = Op { other: Object(self.size), ..Op::new(Kind::Arrive, object) };
        let leads = self.step(arrive, "wait", at) == Came::Yes;
        if !leads {
            self.step(Op::new(Kind::Leave, object), "wait ends", at);
        }
        BarrierWaitResult(leads)
    }

    fn step(&self, op: Op, name: &'static str, at: &'static Location<'static>) -> Came {
        if unwinding::quiet() {
            return meeting::unwinding(self.meeting.perform_unwinding(op, &mut |_| ()));
        }
        let came = context::perform(op, || {
            if op.kind == Kind::Arrive {
                self.come.give(Release);
            }
            let came = self.meeting.perform(op, &mut |_| ());
            if op.kind == Kind::Leave || came == Came::Yes {
                self.come.take();
            }
            came
        });
        observe::tell(|| {
            let address = self as *const Self as usize;
            Seen { address, ..Seen::new(op, name, at) }
        });
        came
    }
}

impl<E: Checked> fmt::Debug for Barrier<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Barrier").finish_non_exhaustive()
    }
}
