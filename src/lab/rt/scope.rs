//! Threads that borrow from who starts them: they have ended before what they borrow is gone.

use std::io;
use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use super::engine::{Engine, RawThread, Start};
use super::start::{self, Builder};
use super::thread::{self, JoinHandle, Thread};
use super::watch::Watch;
use super::{context, unwinding};

/// What a scope knows of one of its threads.
struct Child<E: Engine> {
    thread: Option<Thread<E>>,
    /// Joins it, until somebody did.
    raw: Option<E::Handle>,
    ended: bool,
    panicked: bool,
}

struct Children<E: Engine>(Mutex<Vec<Child<E>>>);

// Safety: the handles of a checker stay with its execution, on one operating-system thread: a scope
// is used by its own execution's threads alone, for it is borrowed from a stack of theirs.
unsafe impl<E: Engine> Send for Children<E> {}
// Safety: as above.
unsafe impl<E: Engine> Sync for Children<E> {}

impl<E: Engine> Children<E> {
    fn with<R>(&self, f: impl FnOnce(&mut Vec<Child<E>>) -> R) -> R {
        f(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// As [`std::thread::Scope`].
pub struct Scope<'scope, 'env: 'scope, E: Engine> {
    children: Arc<Children<E>>,
    scope: PhantomData<&'scope mut &'scope ()>,
    env: PhantomData<&'env mut &'env ()>,
}

/// As [`std::thread::ScopedJoinHandle`].
pub struct ScopedJoinHandle<'scope, E: Engine, T> {
    handle: JoinHandle<E, T>,
    children: Arc<Children<E>>,
    place: usize,
    scope: PhantomData<&'scope ()>,
}

/// Where threads of the scope have not ended although it is left, nothing may run any more.
struct Left<E: Engine>(Arc<Children<E>>);

impl<E: Engine> Drop for Left<E> {
    fn drop(&mut self) {
        if self.0.with(|children| children.iter().all(|child| child.ended)) {
            return;
        }
        if !context::with(|context| context.keeps.borrow().failed || context.stopping.get()) {
            eprintln!("racelab: a thread::scope is left while threads of it run");
            std::process::abort();
        }
        context::with(|context| {
            context.keeps.borrow_mut().dead = true;
            // The next operation looks, whoever catches this.
            context.deferred.set(true);
        });
    }
}

/// As [`std::thread::scope`].
///
/// # Panics
/// As `f` does; and when a thread has panicked whose handle nobody joined.
#[track_caller]
pub(crate) fn scope<'env, E: Engine, R>(
    f: impl for<'scope> FnOnce(&'scope Scope<'scope, 'env, E>) -> R,
) -> R {
    let at = Location::caller();
    if E::Watch::unwinding() {
        eprintln!("racelab: thread::scope while a thread unwinds from a panic is not modelled");
        std::process::abort();
    }
    let children = Arc::new(Children(Mutex::new(Vec::new())));
    let scope = Scope { children: children.clone(), scope: PhantomData, env: PhantomData };
    // Safety of what the threads borrow (see `start`): this function does not return, and does not
    // unwind into the frames that own it, before all of them have ended. Whatever `f` does, they are
    // joined below. Two things come between, and in both no thread of the scope runs again:
    //
    // A checker ends the execution while this thread waits or works. shuttle's driver then resumes
    // nobody, and shuttle frees the stacks of all suspended threads without running anything on them
    // (shuttle-engine, `ExecutionState::tear_down`, for stopped and for failed executions). Threads
    // of a scope stay attached, so an execution does not finish over them. loom ends by a panic on
    // the stack of whoever runs: all others are freed likewise, without unwinding (generator,
    // `Drop for GeneratorImpl`: nothing is done while a panic passes).
    //
    // That panic passes through here, on this thread's stack. Who catches it further up cannot make
    // the others run: `Left` notes that, and every operation of this execution panics from then on.
    let left = Left(children.clone());
    let result = catch_unwind(AssertUnwindSafe(|| f(&scope)));
    if result.is_err()
        && E::Watch::CHECKED
        && context::with(|context| context.keeps.borrow().failed)
    {
        drop(left);
        return result.unwrap_or_else(|payload| resume_unwind(payload));
    }
    // Threads may start others until they have all ended.
    let mut place = 0;
    while place < children.with(|children| children.len()) {
        let (raw, thread) = children.with(|children| {
            let child = &mut children[place];
            (child.raw.take(), child.thread.as_ref().map_or(0, |thread| thread.0.number()))
        });
        if let Some(raw) = raw {
            thread::join_raw::<E>(thread, raw, "scope ends", at);
        }
        place += 1;
    }
    drop(left);
    let panicked = children.with(|children| children.iter().any(|child| child.panicked));
    match result {
        Err(payload) => unwinding::resume(payload),
        Ok(_) if panicked => panic!("a scoped thread panicked"),
        Ok(result) => result,
    }
}

impl<'scope, E: Engine> Scope<'scope, '_, E> {
    /// As [`std::thread::Scope::spawn`].
    #[track_caller]
    pub fn spawn<F, T>(&'scope self, f: F) -> ScopedJoinHandle<'scope, E, T>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        self.start(Start::default(), f)
    }

    #[track_caller]
    fn start<F, T>(&'scope self, how: Start, f: F) -> ScopedJoinHandle<'scope, E, T>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        let children = self.children.clone();
        let place = children.with(|children| {
            children.push(Child { thread: None, raw: None, ended: false, panicked: false });
            children.len() - 1
        });
        // A closure that is never called is never dropped either: what it owns may borrow as well,
        // and its end would come when the checker takes the execution down.
        let f = ManuallyDrop::new(f);
        let theirs = children.clone();
        let body = move || {
            let ended = catch_unwind(AssertUnwindSafe(ManuallyDrop::into_inner(f)));
            theirs.with(|children| children[place].panicked = ended.is_err());
            ended.unwrap_or_else(|payload| unwinding::resume(payload))
        };
        let theirs = children.clone();
        let ends = move || theirs.with(|children| children[place].ended = true);
        // Safety: see `scope`: the thread ends, or never runs again, before `'scope` ends; and its
        // result, which may borrow for as long, is dropped by its handle, which is within `'scope`,
        // or by the thread itself.
        let mut handle = unsafe { start::start(Start { attached: true, ..how }, body, ends) };
        children.with(|children| {
            children[place].thread = Some(handle.thread.clone());
            children[place].raw = handle.raw.take();
        });
        ScopedJoinHandle { handle, children, place, scope: PhantomData }
    }
}

impl<E: Engine, T> ScopedJoinHandle<'_, E, T> {
    /// As [`std::thread::ScopedJoinHandle::join`].
    ///
    /// # Errors
    /// What the thread panicked with.
    #[track_caller]
    pub fn join(self) -> std::thread::Result<T> {
        let raw = self.children.with(|children| children[self.place].raw.take());
        if let Some(raw) = raw {
            let number = self.handle.thread.0.number();
            thread::join_raw::<E>(number, raw, "join", Location::caller());
        }
        self.children.with(|children| children[self.place].panicked = false);
        thread::taken(&self.handle.result)
    }

    /// As [`std::thread::ScopedJoinHandle::thread`].
    pub fn thread(&self) -> &Thread<E> {
        self.handle.thread()
    }

    /// As [`std::thread::ScopedJoinHandle::is_finished`].
    #[track_caller]
    pub fn is_finished(&self) -> bool {
        match E::Watch::CHECKED && self.handle.thread.0.number() != thread::number::<E>() {
            // What joins it stays with the scope, which may be waiting for it.
            true => JoinHandle::<E, T>::finished(&self.handle.thread, None, Location::caller()),
            false => self.children.with(|children| children[self.place].ended),
        }
    }
}

impl<E: Engine> Builder<E> {
    /// As [`std::thread::Builder::spawn_scoped`].
    ///
    /// # Errors
    /// None here: a thread of a checker can always be started.
    #[track_caller]
    pub fn spawn_scoped<'scope, F, T>(
        self,
        scope: &'scope Scope<'scope, '_, E>,
        f: F,
    ) -> io::Result<ScopedJoinHandle<'scope, E, T>>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        Ok(scope.start(self.start, f))
    }
}

impl<E: Engine> std::fmt::Debug for Scope<'_, '_, E> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scope").finish_non_exhaustive()
    }
}

impl<E: Engine, T> std::fmt::Debug for ScopedJoinHandle<'_, E, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ScopedJoinHandle").finish_non_exhaustive()
    }
}
