//! What the tests share: random numbers, threads that must end, a value that calls back.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Weak, mpsc};
use std::time::Duration;

use super::SafeMap;

/// xorshift64 by George Marsaglia ("Xorshift RNGs", 2003).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        (self.next() >> 11) % limit
    }
}

/// Runs `work` on a thread of its own and fails, instead of hanging, when it does not end.
pub(crate) fn must_end(work: impl FnOnce() + Send + 'static) {
    let (done, ended) = mpsc::channel();
    let thread = std::thread::spawn(move || {
        work();
        let _ = done.send(());
    });
    match ended.recv_timeout(Duration::from_secs(60)) {
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("hangs: a deadlock"),
        // The sender is gone: the work panicked, and `join` says how.
        _ => {
            if let Err(panic) = thread.join() {
                std::panic::resume_unwind(panic);
            }
        }
    }
}

/// The message of the panic in which `work` ends.
pub(crate) fn panic_of<R>(work: impl FnOnce() -> R) -> String {
    let panic = match std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)) {
        Ok(_) => panic!("no panic"),
        Err(panic) => panic,
    };
    match panic.downcast::<String>() {
        Ok(message) => *message,
        Err(panic) => panic.downcast::<&str>().expect("a message").to_string(),
    }
}

/// A map whose keys and values use the map when they are dropped.
pub(crate) type EchoMap = SafeMap<Echo, Echo>;

/// Uses its map when it is dropped: as a reader and as a writer of every shard.
pub(crate) struct Echo {
    pub(crate) name: u64,
    map: Weak<EchoMap>,
    drops: Arc<AtomicUsize>,
}

impl Echo {
    pub(crate) fn new(name: u64, map: &Arc<EchoMap>, drops: &Arc<AtomicUsize>) -> Self {
        Echo { name, map: Arc::downgrade(map), drops: drops.clone() }
    }
}

impl Drop for Echo {
    fn drop(&mut self) {
        self.drops.fetch_add(1, Relaxed);
        if let Some(map) = self.map.upgrade() {
            map.len();
            map.retain(|_, _| true);
        }
    }
}

impl Clone for Echo {
    fn clone(&self) -> Self {
        Echo { name: self.name, map: self.map.clone(), drops: self.drops.clone() }
    }
}

impl PartialEq for Echo {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Echo {}

impl std::hash::Hash for Echo {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}
