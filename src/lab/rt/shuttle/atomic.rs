//! Memory under shuttle: one value a location, read and written in the order of the schedule.

use std::cell::Cell;
use std::sync::atomic::Ordering;

use super::engine::{me, point};
use crate::rt::announced::{Announced, Raw, RawBits, RawInteger};
use crate::rt::atomic::{Arithmetic, Bits, Integer, Logic};
use crate::rt::context;
use crate::rt::tracked::Tracked;
use crate::rt::values::{self, Place};
use crate::rt::word::{Sealed, Word};

/// The atomic of a value.
#[doc(hidden)]
pub type Of<V> = Announced<Memory<V>>;

/// One location. Its value is the newest, unless an engine [decides values](values): then it is what
/// the location was made with, until that engine has no more to do with it.
#[doc(hidden)]
pub struct Memory<T> {
    value: Cell<T>,
    tracked: Tracked,
}

impl<T: Word> Memory<T> {
    fn place(&self) -> Place {
        Place { object: self.tracked.object(), first: self.value.get().word() }
    }

    /// One step, without which nothing is written if `new` says nothing.
    #[inline]
    fn modify(
        &self,
        locked: bool,
        mut new: impl FnMut(T) -> (Ordering, Option<T>),
    ) -> (T, Option<T>) {
        let me = me();
        point();
        if let Some(values) = values::deciding() {
            let old = values.read(me, self.place(), locked, &mut |old| {
                let (order, new) = new(T::of_word(old));
                (order, new.map(T::word))
            });
            // It was asked of other values too.
            let old = T::of_word(old);
            return (old, new(old).1);
        }
        self.home();
        let old = self.value.get();
        let (_, new) = new(old);
        if let Some(new) = new {
            self.value.set(new);
        }
        (old, new)
    }

    #[inline]
    fn put(&self, value: T, order: Ordering, streamed: bool) {
        let me = me();
        point();
        match values::deciding() {
            Some(values) => values.write(me, self.place(), value.word(), order, streamed),
            None => {
                self.home();
                self.value.set(value);
            }
        }
    }

    /// From here on the location is the harness's own.
    #[inline]
    fn home(&self) {
        if let Some(values) = values::decided()
            && let Some(newest) = values.take_newest(self.tracked.object())
        {
            self.value.set(T::of_word(newest));
        }
    }

    fn exchange(
        &self,
        [current, new]: [T; 2],
        [success, failure]: [Ordering; 2],
        weak: bool,
    ) -> Result<T, T> {
        let mut fails = None;
        let (old, wrote) = self.modify(true, |old| {
            // To be asked when the scheduler has chosen, which says so.
            let fails =
                *fails.get_or_insert_with(|| weak && context::with(|context| context.fails.take()));
            match old == current && !fails {
                true => (success, Some(new)),
                false => (failure, None),
            }
        });
        if wrote.is_some() { Ok(old) } else { Err(old) }
    }
}

impl<T> Sealed for Memory<T> {}

impl<T: Word> Raw for Memory<T> {
    type Value = T;
    fn new(value: T) -> Self {
        Memory { value: Cell::new(value), tracked: Tracked::new() }
    }
    #[inline]
    fn tracked(&self) -> &Tracked {
        &self.tracked
    }
    #[inline]
    fn load(&self, order: Ordering) -> T {
        self.modify(false, |_| (order, None)).0
    }
    #[inline]
    fn store(&self, value: T, order: Ordering) {
        self.put(value, order, false);
    }
    fn stream(&self, value: T) {
        self.put(value, Ordering::Relaxed, true);
    }
    fn swap(&self, value: T, order: Ordering) -> T {
        self.modify(true, |_| (order, Some(value))).0
    }
    fn compare_exchange(
        &self,
        current: T,
        new: T,
        success: Ordering,
        failure: Ordering,
    ) -> Result<T, T> {
        self.exchange([current, new], [success, failure], false)
    }
    fn compare_exchange_weak(
        &self,
        current: T,
        new: T,
        success: Ordering,
        failure: Ordering,
    ) -> Result<T, T> {
        self.exchange([current, new], [success, failure], true)
    }
    #[inline]
    fn newest(&self) -> T {
        match values::decided().and_then(|values| values.newest(self.tracked.object())) {
            Some(newest) => T::of_word(newest),
            None => self.value.get(),
        }
    }
    #[inline]
    fn performed(&self, _: Option<T>, _: Option<T>) -> Option<T> {
        context::with(|context| context.newest.take()).map(T::of_word)
    }
    fn store_unwinding(&self, value: T) -> bool {
        match values::deciding() {
            Some(values) => {
                values.write(me(), self.place(), value.word(), Ordering::Relaxed, false);
            }
            None => {
                self.home();
                self.value.set(value);
            }
        }
        true
    }
    fn get_mut(&mut self) -> &mut T {
        self.value.set(self.newest());
        self.value.get_mut()
    }
    const SETTLES: bool = true;
    fn settle(&self) {
        if let Some(values) = values::deciding()
            && let Some(newest) = values.newest(self.tracked.object())
            && newest != self.value.get().word()
        {
            let place = self.place();
            values.write(me(), place, self.value.get().word(), Ordering::Relaxed, false);
        }
    }
}

impl<T: Integer> RawInteger for Memory<T> {
    fn arithmetic(&self, how: Arithmetic, value: T, order: Ordering) -> T {
        self.modify(true, |old| (order, Some(how.of(old, value)))).0
    }
}

impl<T: Bits> RawBits for Memory<T> {
    fn logic(&self, how: Logic, value: T, order: Ordering) -> T {
        self.modify(true, |old| (order, Some(how.of(old, value)))).0
    }
}
