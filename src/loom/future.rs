//! Futures in a model.

use std::future::Future;
use std::mem::ManuallyDrop;
use std::pin::pin;
use std::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

use crate::sync::{Arc, Mutex};
use crate::thread::{self, Thread};

/// Polls a future until it is ready; in between its thread waits until it is woken. It may be polled
/// more often, as any future. A waker of it that is never dropped is a leak.
#[track_caller]
pub fn block_on<F: Future>(f: F) -> F::Output {
    let mut f = pin!(f);
    let waker = waker(Arc::new(thread::current()));
    let mut context = Context::from_waker(&waker);
    loop {
        match f.as_mut().poll(&mut context) {
            Poll::Ready(value) => return value,
            Poll::Pending => thread::park(),
        }
    }
}

fn waker(thread: Arc<Thread>) -> Waker {
    // Safety: the functions of the table take their pointers from `Arc::into_raw`, once for each
    // owner that a waker is.
    unsafe { Waker::from_raw(RawWaker::new(Arc::into_raw(thread).cast(), &TABLE)) }
}

/// One place, by which wakers are compared.
static TABLE: RawWakerVTable = RawWakerVTable::new(another, wake, wake_by_ref, end);

/// The owner that a waker is.
///
/// # Safety
/// The pointer is a waker's, and that waker is not used after this.
unsafe fn owner(raw: *const ()) -> Arc<Thread> {
    // Safety: it comes from `Arc::into_raw`.
    unsafe { Arc::from_raw(raw.cast()) }
}

unsafe fn another(raw: *const ()) -> RawWaker {
    // Safety: the waker stays, for its owner is given back.
    let thread = unsafe { owner(raw) };
    let more = thread.clone();
    let _ = Arc::into_raw(thread);
    RawWaker::new(Arc::into_raw(more).cast(), &TABLE)
}

#[track_caller]
unsafe fn wake(raw: *const ()) {
    // Safety: the waker ends here.
    unsafe { owner(raw) }.unpark();
}

unsafe fn wake_by_ref(raw: *const ()) {
    // Safety: the owner is not dropped, and given back.
    let thread = ManuallyDrop::new(unsafe { owner(raw) });
    let named = Thread::clone(&thread);
    let _ = Arc::into_raw(ManuallyDrop::into_inner(thread));
    named.unpark();
}

unsafe fn end(raw: *const ()) {
    // Safety: the waker ends here.
    drop(unsafe { owner(raw) });
}

/// As `futures::task::AtomicWaker`, by a lock.
#[derive(Debug)]
pub struct AtomicWaker(Mutex<Option<Waker>>);

impl AtomicWaker {
    /// Without a waker.
    pub fn new() -> AtomicWaker {
        AtomicWaker(Mutex::new(None))
    }

    /// Keeps a waker. Where another thread takes or keeps one at the moment, this one is woken at
    /// once.
    #[track_caller]
    pub fn register(&self, waker: Waker) {
        match self.0.try_lock() {
            Ok(mut kept) => *kept = Some(waker),
            Err(_) => {
                waker.wake();
                thread::yield_now();
            }
        }
    }

    /// As [`AtomicWaker::register`].
    #[track_caller]
    pub fn register_by_ref(&self, waker: &Waker) {
        self.register(waker.clone());
    }

    /// Wakes whoever has registered last.
    #[track_caller]
    pub fn wake(&self) {
        if let Some(waker) = self.take_waker() {
            waker.wake();
        }
    }

    /// Takes the waker.
    ///
    /// # Panics
    /// Never: no thread panics with this lock.
    #[track_caller]
    pub fn take_waker(&self) -> Option<Waker> {
        self.0.lock().expect("no panic under this lock").take()
    }
}

impl Default for AtomicWaker {
    fn default() -> Self {
        AtomicWaker::new()
    }
}
