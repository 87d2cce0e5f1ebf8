//! What is done once: a value that is made by whoever comes first, and an action.

use std::cell::{Cell, UnsafeCell};
use std::fmt;
use std::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};
use std::sync::atomic::Ordering::{Acquire, Release};

use super::meeting::{self, Came, Checked, Once as Ends, RawBaton, RawMeeting};
use super::observe::{self, Seen};
use super::op::{Kind, Object, Op};
use super::tracked::Tracked;
use super::{context, unwinding, word};

/// What is common to [`Once`] and [`OnceLock`]: who does it, and that it was done.
struct Gate<E: Checked> {
    meeting: E::Meeting,
    done: E::Baton,
    tracked: Tracked,
    poisoned: Cell<bool>,
}

impl<E: Checked> Gate<E> {
    fn new() -> Self {
        let tracked = Tracked::new();
        let meeting = <E::Meeting as RawMeeting>::new(tracked.object());
        Gate { meeting, done: E::Baton::new(), tracked, poisoned: Cell::new(false) }
    }

    fn address(&self) -> usize {
        self as *const Self as usize
    }

    fn saw(&self, op: Op, name: &'static str, at: &'static Location<'static>, read: Option<u64>) {
        observe::tell(|| Seen { read, address: self.address(), ..Seen::new(op, name, at) });
    }

    /// Whether it is done, as far as this thread sees: an acquiring load.
    fn look(
        &self,
        name: &'static str,
        at: &'static Location<'static>,
        value: impl Fn() -> Option<u64>,
    ) -> bool {
        let op = Op::new(Kind::Look, self.tracked.enter(at));
        if unwinding::quiet() {
            return self.meeting.perform_unwinding(op, &mut |_| ()) == Some(Came::Yes);
        }
        let done = context::perform(op, || {
            self.done.look(Acquire, || self.meeting.perform(op, &mut |_| ()) == Came::Yes)
        });
        self.saw(op, name, at, if done { value() } else { None });
        done
    }

    /// Waits until it is done; whether it ever will be.
    fn wait(
        &self,
        force: bool,
        at: &'static Location<'static>,
        value: impl Fn() -> Option<u64>,
    ) -> Came {
        let object = self.tracked.enter(at);
        let op = Op { other: Object(force as u32), ..Op::new(Kind::OnceWait, object) };
        if unwinding::quiet() {
            return meeting::unwinding(self.meeting.perform_unwinding(op, &mut |_| ()));
        }
        let came = context::perform(op, || {
            let came = self.meeting.perform(op, &mut |_| ());
            self.done.take();
            came
        });
        self.saw(op, "wait", at, value());
        came
    }

    /// Does it unless it is done, or waits for who does it.
    ///
    /// With `force` an earlier panic is no hindrance. `ends` says what a panic of `act` leaves behind.
    fn begin(
        &self,
        names: [&'static str; 2],
        force: bool,
        panicked: Ends,
        at: &'static Location<'static>,
        act: impl FnOnce(),
        value: impl Fn() -> Option<u64>,
    ) -> Came {
        let object = self.tracked.enter(at);
        let op = Op { other: Object(force as u32), ..Op::new(Kind::OnceBegin, object) };
        let mut commit = |_| ();
        let came = match unwinding::quiet() {
            true => meeting::unwinding(self.meeting.perform_unwinding(op, &mut commit)),
            false => {
                let came = context::perform(op, || {
                    let came = self.meeting.perform(op, &mut commit);
                    // Who was here before, and ended in whatever way, comes before.
                    self.done.take();
                    came
                });
                if came != Came::Yes {
                    context::turned_out(Op { kind: Kind::OnceFound, ..op });
                }
                self.saw(op, names[0], at, if came == Came::No { value() } else { None });
                came
            }
        };
        if came != Came::Yes {
            return came;
        }
        // Without unwinding through here the end is a step as any other.
        let ended = catch_unwind(AssertUnwindSafe(act));
        if context::with(|context| context.stopping.get() || context.keeps.borrow().failed) {
            // The checker itself has ended this execution: nothing of it goes on.
            ended.unwrap_or_else(|payload| resume_unwind(payload));
            return came;
        }
        let ends = if ended.is_ok() { Ends::Complete } else { panicked };
        self.end(ends, names[1], at, &value);
        ended.unwrap_or_else(|payload| unwinding::resume(payload));
        came
    }

    fn end(
        &self,
        ends: Ends,
        name: &'static str,
        at: &'static Location<'static>,
        value: &dyn Fn() -> Option<u64>,
    ) {
        let op = ends.ends(self.tracked.enter(at));
        let mut commit = |_| self.poisoned.set(ends == Ends::Poisoned);
        if unwinding::quiet() {
            context::unmodelled(
                "something was done once while a thread was unwinding from a panic",
            );
            self.meeting.perform_unwinding(op, &mut commit);
            return;
        }
        context::perform(op, || {
            if ends == Ends::Complete {
                self.done.give(Release);
            }
            self.meeting.perform(op, &mut commit)
        });
        observe::tell(|| {
            let wrote = if ends == Ends::Complete { value() } else { None };
            Seen { wrote, address: self.address(), ..Seen::new(op, name, at) }
        });
    }
}

/// As [`std::sync::OnceLock`]: who sees the value comes after its making.
pub struct OnceLock<E: Checked, T> {
    gate: Gate<E>,
    value: UnsafeCell<Option<T>>,
}

// Safety: as for `Mutex`: whatever touches it enters it first, so it stays on the operating-system
// thread of its execution. References to the value go to all threads, and the value itself to the
// one that drops it.
unsafe impl<E: Checked, T: Send + Sync> Sync for OnceLock<E, T> {}
// Safety: as above.
unsafe impl<E: Checked, T: Send> Send for OnceLock<E, T> {}

impl<E: Checked, T> OnceLock<E, T> {
    /// As [`std::sync::OnceLock::new`]. Not `const`: each execution makes its own.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        OnceLock { gate: Gate::new(), value: UnsafeCell::new(None) }
    }

    /// As [`std::sync::OnceLock::get`]: never waits, also while another makes the value.
    #[track_caller]
    pub fn get(&self) -> Option<&T> {
        let done = self.gate.look("get", Location::caller(), || self.peek());
        if done { Some(self.made()) } else { None }
    }

    /// As [`std::sync::OnceLock::get_mut`].
    pub fn get_mut(&mut self) -> Option<&mut T> {
        self.value.get_mut().as_mut()
    }

    /// As [`std::sync::OnceLock::set`].
    ///
    /// # Errors
    /// The value, when there is one already.
    #[track_caller]
    pub fn set(&self, value: T) -> Result<(), T> {
        let mut value = Some(value);
        self.initialize(["set", "set ends"], Location::caller(), || {
            value.take().expect("it is made once")
        });
        match value {
            None => Ok(()),
            Some(value) => Err(value),
        }
    }

    /// As [`std::sync::OnceLock::get_or_init`]: of several threads one makes the value, and the
    /// others wait for it. Where `make` panics the next one makes it.
    #[track_caller]
    pub fn get_or_init(&self, make: impl FnOnce() -> T) -> &T {
        let names = ["get_or_init", "get_or_init ends"];
        self.initialize(names, Location::caller(), make);
        self.made()
    }

    /// As [`std::sync::OnceLock::wait`].
    #[track_caller]
    pub fn wait(&self) -> &T {
        self.gate.wait(true, Location::caller(), || self.peek());
        self.made()
    }

    /// As [`std::sync::OnceLock::into_inner`].
    pub fn into_inner(self) -> Option<T> {
        self.value.into_inner()
    }

    /// As [`std::sync::OnceLock::take`].
    pub fn take(&mut self) -> Option<T> {
        std::mem::take(self).into_inner()
    }

    fn initialize(
        &self,
        names: [&'static str; 2],
        at: &'static Location<'static>,
        make: impl FnOnce() -> T,
    ) {
        let act = || {
            let value = make();
            // Safety: this thread has begun it, and nobody looks until it has ended.
            unsafe { *self.value.get() = Some(value) };
        };
        self.gate.begin(names, true, Ends::Incomplete, at, act, || self.peek());
    }

    /// The value, which was seen to be there.
    fn made(&self) -> &T {
        // Safety: it is written once, before anybody is told that it is there, and then only read.
        unsafe { &*self.value.get() }.as_ref().expect("a value that is there")
    }

    /// The value as a word, for tables alone.
    pub(crate) fn peek(&self) -> Option<u64> {
        // Safety: no thread switches here, so nobody writes it.
        word::peek(unsafe { &*self.value.get() }.as_ref()?)
    }
}

impl<E: Checked, T> Default for OnceLock<E, T> {
    fn default() -> Self {
        OnceLock::new()
    }
}

impl<E: Checked, T> From<T> for OnceLock<E, T> {
    #[track_caller]
    fn from(value: T) -> Self {
        let once = OnceLock::new();
        let _ = once.set(value);
        once
    }
}

impl<E: Checked, T: Clone> Clone for OnceLock<E, T> {
    #[track_caller]
    fn clone(&self) -> Self {
        match self.get() {
            Some(value) => OnceLock::from(value.clone()),
            None => OnceLock::new(),
        }
    }
}

impl<E: Checked, T: PartialEq> PartialEq for OnceLock<E, T> {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl<E: Checked, T: Eq> Eq for OnceLock<E, T> {}

impl<E: Checked, T: fmt::Debug> fmt::Debug for OnceLock<E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OnceLock").finish_non_exhaustive()
    }
}

/// As [`std::sync::Once`].
pub struct Once<E: Checked>(Gate<E>);

// Safety: as for `OnceLock`.
unsafe impl<E: Checked> Sync for Once<E> {}
// Safety: as above.
unsafe impl<E: Checked> Send for Once<E> {}

/// As [`std::sync::OnceState`].
#[derive(Debug)]
pub struct OnceState {
    poisoned: bool,
}

impl OnceState {
    /// As [`std::sync::OnceState::is_poisoned`]: an earlier attempt panicked.
    pub fn is_poisoned(&self) -> bool {
        self.poisoned
    }
}

impl<E: Checked> Once<E> {
    /// As [`std::sync::Once::new`]. Not `const`: each execution makes its own.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Once(Gate::new())
    }

    /// As [`std::sync::Once::call_once`]: when it returns, the action was done, and all that it did
    /// comes before.
    ///
    /// # Panics
    /// When an earlier attempt has panicked.
    #[track_caller]
    pub fn call_once(&self, act: impl FnOnce()) {
        let names = ["call_once", "call_once ends"];
        let came = self.0.begin(names, false, Ends::Poisoned, Location::caller(), act, || None);
        assert!(came != Came::Gone, "Once instance has previously been poisoned");
    }

    /// As [`std::sync::Once::call_once_force`]: an earlier panic is no hindrance.
    #[track_caller]
    pub fn call_once_force(&self, act: impl FnOnce(&OnceState)) {
        let names = ["call_once_force", "call_once_force ends"];
        let act = || act(&OnceState { poisoned: self.0.poisoned.get() });
        self.0.begin(names, true, Ends::Poisoned, Location::caller(), act, || None);
    }

    /// As [`std::sync::Once::is_completed`]: what was done comes before, if it was.
    #[track_caller]
    pub fn is_completed(&self) -> bool {
        self.0.look("is_completed", Location::caller(), || None)
    }

    /// As [`std::sync::Once::wait`].
    ///
    /// # Panics
    /// When an attempt has panicked.
    #[track_caller]
    pub fn wait(&self) {
        let came = self.0.wait(false, Location::caller(), || None);
        assert!(came != Came::Gone, "Once instance has previously been poisoned");
    }

    /// As [`std::sync::Once::wait_force`]: also where an attempt has panicked.
    #[track_caller]
    pub fn wait_force(&self) {
        self.0.wait(true, Location::caller(), || None);
    }
}

impl<E: Checked> fmt::Debug for Once<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Once").finish_non_exhaustive()
    }
}
