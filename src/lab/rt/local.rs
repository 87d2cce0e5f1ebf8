//! What each thread has for itself: fresh in each execution, dropped at the thread's end.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::fmt;

use super::context;

/// As [`std::thread::LocalKey`]: made by the facade's `thread_local!`. Nobody else sees the value,
/// so reaching it is no operation; the first look of a thread makes it, in that thread.
pub struct LocalKey<T: 'static> {
    make: fn() -> T,
}

/// As [`std::thread::AccessError`]: the thread has dropped the value, or drops it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AccessError;

impl fmt::Display for AccessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("already destroyed")
    }
}

impl std::error::Error for AccessError {}

impl<T: 'static> LocalKey<T> {
    /// For `thread_local!` alone.
    #[doc(hidden)]
    pub const fn new(make: fn() -> T) -> LocalKey<T> {
        LocalKey { make }
    }

    /// As [`std::thread::LocalKey::with`].
    ///
    /// # Panics
    /// When this thread has dropped the value or drops it, and outside of an exploration.
    pub fn with<R>(&'static self, f: impl FnOnce(&T) -> R) -> R {
        self.try_with(f).expect("a thread-local value is not used during or after its end")
    }

    /// As [`std::thread::LocalKey::try_with`].
    ///
    /// # Errors
    /// When this thread has dropped the value, or drops it.
    ///
    /// # Panics
    /// Outside of an exploration.
    pub fn try_with<R>(&'static self, f: impl FnOnce(&T) -> R) -> Result<R, AccessError> {
        let place = self as *const Self as usize;
        let (thread, running) =
            context::with(|context| (context.current.get(), context.execution() != 0));
        assert!(running, "racelab: a thread_local! of a checker's outside of an exploration");
        let known = || context::with(|context| context.keeps.borrow().local(place, thread));
        if known().is_none() {
            // It may look at others, and act: nothing is borrowed meanwhile.
            let value: Box<dyn Any> = Box::new((self.make)());
            assert!(known().is_none(), "a thread-local value is not used while it is made");
            context::with(|context| context.keeps.borrow_mut().keep(place, thread, value));
        }
        let value = known().flatten().ok_or(AccessError)?;
        // Safety: the box lies where it lies until its thread drops it, at its end or in `end`
        // below, and `f` runs in that thread, before. Only shared references are made of it.
        let value: &dyn Any = unsafe { &*value };
        Ok(f(value.downcast_ref().expect("a thread_local! has one type")))
    }
}

impl<T: 'static> LocalKey<Cell<T>> {
    /// As [`std::thread::LocalKey::set`].
    pub fn set(&'static self, value: T) {
        self.with(|cell| cell.set(value));
    }
    /// As [`std::thread::LocalKey::get`].
    pub fn get(&'static self) -> T
    where
        T: Copy,
    {
        self.with(Cell::get)
    }
    /// As [`std::thread::LocalKey::take`].
    pub fn take(&'static self) -> T
    where
        T: Default,
    {
        self.with(Cell::take)
    }
    /// As [`std::thread::LocalKey::replace`].
    pub fn replace(&'static self, value: T) -> T {
        self.with(|cell| cell.replace(value))
    }
}

impl<T: 'static> LocalKey<RefCell<T>> {
    /// As [`std::thread::LocalKey::with_borrow`].
    pub fn with_borrow<R>(&'static self, f: impl FnOnce(&T) -> R) -> R {
        self.with(|cell| f(&cell.borrow()))
    }
    /// As [`std::thread::LocalKey::with_borrow_mut`].
    pub fn with_borrow_mut<R>(&'static self, f: impl FnOnce(&mut T) -> R) -> R {
        self.with(|cell| f(&mut cell.borrow_mut()))
    }
    /// As [`std::thread::LocalKey::set`].
    pub fn set(&'static self, value: T) {
        self.with(|cell| drop(cell.replace(value)));
    }
    /// As [`std::thread::LocalKey::take`].
    pub fn take(&'static self) -> T
    where
        T: Default,
    {
        self.with(RefCell::take)
    }
    /// As [`std::thread::LocalKey::replace`].
    pub fn replace(&'static self, value: T) -> T {
        self.with(|cell| cell.replace(value))
    }
}

impl<T: 'static> fmt::Debug for LocalKey<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalKey").finish_non_exhaustive()
    }
}

/// Drops what the current thread has for itself: it ends. Destructors may act, as any operation.
pub(crate) fn end() {
    let thread = context::with(|context| context.current.get());
    loop {
        let next = context::with(|context| context.keeps.borrow_mut().next_to_drop(thread));
        match next {
            Some(value) => drop(value),
            None => return,
        }
    }
}

/// As [`std::thread_local!`], for the checkers' copies: `rt::thread_local!`.
#[doc(hidden)]
#[macro_export]
macro_rules! __thread_local {
    () => {};
    ($(#[$meta:meta])* $vis:vis static $name:ident: $type:ty = const $make:block; $($rest:tt)*) => {
        $crate::__thread_local!(@one [$(#[$meta])*] [$vis] $name, $type, $make);
        $crate::__thread_local!($($rest)*);
    };
    ($(#[$meta:meta])* $vis:vis static $name:ident: $type:ty = const $make:block) => {
        $crate::__thread_local!(@one [$(#[$meta])*] [$vis] $name, $type, $make);
    };
    ($(#[$meta:meta])* $vis:vis static $name:ident: $type:ty = $make:expr; $($rest:tt)*) => {
        $crate::__thread_local!(@one [$(#[$meta])*] [$vis] $name, $type, $make);
        $crate::__thread_local!($($rest)*);
    };
    ($(#[$meta:meta])* $vis:vis static $name:ident: $type:ty = $make:expr) => {
        $crate::__thread_local!(@one [$(#[$meta])*] [$vis] $name, $type, $make);
    };
    (@one [$(#[$meta:meta])*] [$vis:vis] $name:ident, $type:ty, $make:expr) => {
        $(#[$meta])*
        $vis static $name: $crate::rt::local::LocalKey<$type> = {
            fn make() -> $type {
                $make
            }
            $crate::rt::local::LocalKey::new(make)
        };
    };
}
