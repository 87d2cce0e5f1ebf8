//! Futures: each that is spawned is polled by a thread of its own.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

pub use loom::future::block_on;

use crate::sync::Mutex;
use crate::thread;

/// Why a task has no result.
#[derive(Debug)]
pub enum JoinError {
    /// It was aborted.
    Cancelled,
}

impl fmt::Display for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("task was cancelled")
    }
}

impl std::error::Error for JoinError {}

/// What a task and its handles share.
struct State<T> {
    /// What it came to, until somebody takes it.
    result: Option<Result<T, JoinError>>,
    finished: bool,
    aborted: bool,
    /// Who polls the task.
    task: Option<Waker>,
    /// Who waits for its result.
    waiting: Option<Waker>,
}

type Shared<T> = Arc<Mutex<State<T>>>;

/// What can be done to a task whatever it comes to.
trait Task {
    fn abort(&self);
    fn is_finished(&self) -> bool;
}

impl<T> Task for Mutex<State<T>> {
    #[track_caller]
    fn abort(&self) {
        let mut state = self.lock().unwrap();
        state.aborted = true;
        let task = state.task.take();
        drop(state);
        task.into_iter().for_each(Waker::wake);
    }

    #[track_caller]
    fn is_finished(&self) -> bool {
        self.lock().unwrap().finished
    }
}

/// Spawns a future.
#[track_caller]
pub fn spawn<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    spawn_local(future)
}

/// As [`spawn`], of any future.
#[track_caller]
pub fn spawn_local<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future + 'static,
    F::Output: 'static,
{
    let shared = Arc::new(Mutex::new(State {
        result: None,
        finished: false,
        aborted: false,
        task: None,
        waiting: None,
    }));
    let theirs = shared.clone();
    thread::spawn_local(move || {
        let result = block_on(unless_aborted(Box::pin(future), &theirs));
        let mut state = theirs.lock().unwrap();
        state.finished = true;
        state.result = Some(result);
        let waiting = state.waiting.take();
        drop(state);
        waiting.into_iter().for_each(Waker::wake);
    });
    JoinHandle(shared)
}

async fn unless_aborted<F: Future>(
    mut future: Pin<Box<F>>,
    shared: &Shared<F::Output>,
) -> Result<F::Output, JoinError> {
    poll_fn(|context| {
        let mut state = shared.lock().unwrap();
        if state.aborted {
            return Poll::Ready(Err(JoinError::Cancelled));
        }
        state.task = Some(context.waker().clone());
        drop(state);
        future.as_mut().poll(context).map(Ok)
    })
    .await
}

/// The right to a task's result. Without it the task goes on.
pub struct JoinHandle<T>(Shared<T>);

impl<T> fmt::Debug for JoinHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinHandle").finish_non_exhaustive()
    }
}

impl<T> JoinHandle<T> {
    /// The task ends where it would be polled next.
    #[track_caller]
    pub fn abort(&self) {
        self.0.abort();
    }

    /// Whether it has come to its end.
    #[track_caller]
    pub fn is_finished(&self) -> bool {
        self.0.is_finished()
    }
}

impl<T: 'static> JoinHandle<T> {
    /// The right to abort it.
    pub fn abort_handle(&self) -> AbortHandle {
        AbortHandle(self.0.clone())
    }
}

impl<T> Future for JoinHandle<T> {
    type Output = Result<T, JoinError>;

    #[track_caller]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut state = self.0.lock().unwrap();
        match state.result.take() {
            Some(result) => Poll::Ready(result),
            None => {
                state.waiting = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }
}

/// The right to abort a task.
#[derive(Clone)]
pub struct AbortHandle(Arc<dyn Task>);

// Safety: the threads of an execution run on one thread of the system, one at a time, and no handle
// goes to another execution.
unsafe impl Send for AbortHandle {}
// Safety: as above.
unsafe impl Sync for AbortHandle {}

impl fmt::Debug for AbortHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AbortHandle").finish_non_exhaustive()
    }
}

impl AbortHandle {
    /// The task ends where it would be polled next.
    #[track_caller]
    pub fn abort(&self) {
        self.0.abort();
    }

    /// Whether it has come to its end.
    #[track_caller]
    pub fn is_finished(&self) -> bool {
        self.0.is_finished()
    }
}

/// Lets the others go first.
pub async fn yield_now() {
    let mut yielded = false;
    poll_fn(|context| {
        if std::mem::replace(&mut yielded, true) {
            return Poll::Ready(());
        }
        thread::yield_now();
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
