//! A notification that is kept until it is waited for.

use crate::__rt::sync::{Condvar, Mutex};

/// Lets one thread wait until another notifies it. As in loom, one thread alone may wait.
#[derive(Debug)]
pub struct Notify {
    notified: Mutex<bool>,
    changed: Condvar,
}

impl Notify {
    /// Nobody has notified yet.
    pub fn new() -> Notify {
        Notify { notified: Mutex::new(false), changed: Condvar::new() }
    }

    /// Notifies who waits, or will wait next.
    ///
    /// # Panics
    /// Never: no thread panics with this lock.
    #[track_caller]
    pub fn notify(&self) {
        *self.notified.lock().expect("no panic under this lock") = true;
        self.changed.notify_one();
    }

    /// Waits until it is notified, and takes that.
    ///
    /// # Panics
    /// Never: no thread panics with this lock.
    #[track_caller]
    pub fn wait(&self) {
        let mut notified = self.notified.lock().expect("no panic under this lock");
        while !*notified {
            notified = self.changed.wait(notified).expect("no panic under this lock");
        }
        *notified = false;
    }
}

impl Default for Notify {
    fn default() -> Self {
        Notify::new()
    }
}
