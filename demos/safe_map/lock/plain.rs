//! What the map asks of a lock, by the runtime's own: the map is judged over this one, too.
//!
//! The lock of this course is an algorithm of its own, judged by its own races. To follow its steps
//! in every race of the map as well would tell nothing new and take too long, so most of them have a
//! lock here that is one step to take and one to give back.

#[path = "thread_number.rs"]
mod thread_number;

use super::rt::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};

pub use thread_number::own_number;

/// A value behind the runtime's readers-writer lock.
pub struct Lock<T> {
    value: RwLock<T>,
}

racelab::fields!(Lock<T> { value: any_thread });

/// Nothing: the runtime has its own.
pub struct Lobby {
    tuning: Tuning,
}

racelab::fields!(Lobby { tuning: nobody -> any_thread });

/// Of no use here.
pub struct Tuning {
    pub slots: u16,
    pub spins: u16,
    pub looks: u16,
}

impl Lobby {
    pub fn new(tuning: Tuning) -> Self {
        Lobby { tuning }
    }
}

pub type Reader<'a, T> = RwLockReadGuard<'a, T>;
pub type Writer<'a, T> = RwLockWriteGuard<'a, T>;

impl<T> Lock<T> {
    pub fn new(_: u32, value: T) -> Self {
        Lock { value: RwLock::new(value) }
    }

    #[track_caller]
    pub fn look_telling<'a>(&'a self, lobby: &'a Lobby, met: impl FnOnce()) -> Reader<'a, T> {
        self.read_telling(lobby, met)
    }

    #[track_caller]
    pub fn read_telling<'a>(&'a self, _: &'a Lobby, _: impl FnOnce()) -> Reader<'a, T> {
        self.value.read().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    #[track_caller]
    pub fn write_telling<'a>(&'a self, _: &'a Lobby, _: impl FnOnce()) -> Writer<'a, T> {
        self.value.write().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}
