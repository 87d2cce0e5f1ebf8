//! What std allows without a reason: a search that passes looks again with these.

use super::op::{Kind, MAX_THREADS, Op, Whim};

/// Which of it an execution may contain. Each thread may meet each of them once, but for yields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Allow {
    /// `compare_exchange_weak` fails although the value is the expected one.
    pub(crate) failures: bool,
    /// A condition variable wakes a thread without a notification, `park` returns without a token.
    pub(crate) wakeups: bool,
    /// A writer that waits holds up readers that come after it.
    pub(crate) writers_first: bool,
    /// So many yields of each thread hold it up for nothing.
    pub(crate) yields: u32,
}

impl Allow {
    /// All of it.
    pub(crate) const ALL: Allow =
        Allow { failures: true, wakeups: true, writers_first: false, yields: 2 };
}

/// What the threads of a program do, as far as it can go another way without a reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Deeds(u64);

impl Deeds {
    const WEAK: u64 = 1 << 63;

    /// These, and this operation.
    #[inline]
    pub(crate) fn and(self, op: Op) -> Deeds {
        Deeds(self.0 | 1 << op.kind as u32 | if op.weak { Deeds::WEAK } else { 0 })
    }

    /// These and those.
    pub(crate) fn or(self, other: Deeds) -> Deeds {
        Deeds(self.0 | other.0)
    }

    fn has(self, kind: Kind) -> bool {
        self.0 >> kind as u32 & 1 == 1
    }

    /// What can go another way in such a program, with so many free yields; `None` if nothing can.
    pub(crate) fn allow(self, yields: u32) -> Option<Allow> {
        let allow = Allow {
            failures: self.0 & Deeds::WEAK != 0,
            wakeups: self.has(Kind::Wait) || self.has(Kind::Park),
            writers_first: self.has(Kind::ReadLock) && self.has(Kind::Lock),
            yields: if self.has(Kind::Yield) { yields } else { 0 },
        };
        (allow != Allow::default()).then_some(allow)
    }
}

/// What each thread has met in one execution, a bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Met {
    failures: u16,
    wakeups: u16,
    /// Threads that wait, and will wake whether there is a reason or not.
    restless: u16,
}

const _: () = assert!(MAX_THREADS <= u16::BITS as usize);

impl Met {
    /// Whether this operation may still go another way without a reason, if a thread performs it.
    pub(crate) fn may(&self, allow: Allow, thread: usize, op: Op) -> bool {
        let (may, met) = match op.kind.whim() {
            Whim::Nothing => return false,
            Whim::Fails => (op.weak && allow.failures, self.failures),
            Whim::Wakes => (allow.wakeups, self.wakeups),
        };
        may && met >> thread & 1 == 0
    }

    /// A thread's operation went another way.
    pub(crate) fn meet(&mut self, thread: usize, kind: Kind) {
        match kind.whim() {
            Whim::Nothing => {}
            Whim::Fails => self.failures |= 1 << thread,
            Whim::Wakes => {
                self.wakeups |= 1 << thread;
                self.restless |= 1 << thread;
            }
        }
    }

    /// Whether a thread that waits will wake without a reason.
    pub(crate) fn restless(&self, thread: usize) -> bool {
        self.restless >> thread & 1 == 1
    }

    /// A thread has woken.
    pub(crate) fn woke(&mut self, thread: usize) {
        self.restless &= !(1 << thread);
    }
}
