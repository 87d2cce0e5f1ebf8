//! An atomic that a checker performs: each operation is announced first, and told afterwards.

use std::sync::atomic::Ordering;

use super::atomic::{Arithmetic, Atomic, Back, Bits, Integer, Logic};
use super::clocks::streamed;
use super::observe::Seen;
use super::op::{Kind, Op};
use super::tracked::Tracked;
use super::watch::{self, At, Checker, Watch};
use super::weaken::Knob;
use super::word::{Sealed, Word};
use super::{context, unwinding};

/// What a checker's atomic can do. Each call is one step of the model.
#[doc(hidden)]
pub trait Raw: Sealed {
    type Value: Word;
    fn new(value: Self::Value) -> Self;
    /// What it is known by: the model keeps it, for loom's threads have small stacks, and it fits
    /// between what else is there.
    fn tracked(&self) -> &Tracked;
    fn load(&self, order: Ordering) -> Self::Value;
    fn store(&self, value: Self::Value, order: Ordering);
    /// A store past the caches.
    fn stream(&self, value: Self::Value) {
        self.store(value, Ordering::Relaxed);
    }
    fn swap(&self, value: Self::Value, order: Ordering) -> Self::Value;
    fn compare_exchange(
        &self,
        current: Self::Value,
        new: Self::Value,
        success: Ordering,
        failure: Ordering,
    ) -> Result<Self::Value, Self::Value>;
    /// As `compare_exchange`, and may fail although the value is `current`.
    fn compare_exchange_weak(
        &self,
        current: Self::Value,
        new: Self::Value,
        success: Ordering,
        failure: Ordering,
    ) -> Result<Self::Value, Self::Value> {
        self.compare_exchange(current, new, success, failure)
    }
    /// The newest value in the order of execution, without a step.
    fn newest(&self) -> Self::Value;
    /// An operation has read and written this. Returns the newest value before it, if what it read
    /// was older.
    fn performed(
        &self,
        read: Option<Self::Value>,
        wrote: Option<Self::Value>,
    ) -> Option<Self::Value>;
    /// A store during unwinding, which does not switch threads: whether the model knows of it.
    fn store_unwinding(&self, value: Self::Value) -> bool;
    /// The value, by sole ownership.
    fn get_mut(&mut self) -> &mut Self::Value;
    /// Whether what is written through [`Raw::get_mut`] has to be [settled](Raw::settle).
    const SETTLES: bool;
    /// The value may have been written through [`Raw::get_mut`] since the last step.
    fn settle(&self);
}

/// What a checker's integer atomic can do besides.
#[doc(hidden)]
pub trait RawInteger: Raw<Value: Integer> {
    fn arithmetic(&self, how: Arithmetic, value: Self::Value, order: Ordering) -> Self::Value;
}

/// What a checker's atomic of bits can do besides.
#[doc(hidden)]
pub trait RawBits: Raw<Value: Bits> {
    fn logic(&self, how: Logic, value: Self::Value, order: Ordering) -> Self::Value;
}

/// A checker's atomic, announced.
#[doc(hidden)]
pub struct Announced<R> {
    // No bounds here: a node that points to its own kind would go round in circles.
    raw: R,
}

impl<R> Sealed for Announced<R> {}

// Safety: whatever touches `raw` through a shared reference calls `Tracked::enter` or
// `Tracked::at_home` first, or is the harness that reads the memory between two steps: so it is
// touched by one operating-system thread alone while it is shared. The value itself is given to
// other threads: a `Word`, which is an integer, a `bool` or a pointer, that is free to go.
unsafe impl<R: Raw> Sync for Announced<R> {}
// Safety: as above, and `Raw` is sealed: the checkers' own atomics stay with their checker, and do
// nothing when they are dropped elsewhere.
unsafe impl<R: Raw> Send for Announced<R> {}

/// What an operation did: its result, the value read and the value written.
type Did<R, V> = (R, Option<V>, Option<V>);

impl<R: Raw> Announced<R> {
    /// Performs one operation. `orders` are the orderings of success and of failure; `weak` says
    /// that it may fail without a reason. Whoever calls it has entered the object.
    #[inline]
    fn step<T>(
        &self,
        (kind, name, weak): (Kind, &'static str, bool),
        orders: [Ordering; 2],
        at: At,
        act: impl FnOnce() -> Did<T, R::Value>,
    ) -> T {
        let op = Op { weak, ..Op::new(kind, self.raw.tracked().object()) };
        let (result, read, wrote) = context::perform(op, act);
        if kind == Kind::Rmw && wrote.is_none() {
            context::turned_out(Op::new(Kind::Load, op.object));
        }
        if kind == Kind::Rmw && read == wrote {
            context::left_the_same();
        }
        let newest = self.raw.performed(read, wrote);
        if newest.is_some() {
            context::with(|context| context.stale.set(context.stale.get() + 1));
        }
        Checker::tell(|| {
            let failed = kind == Kind::Rmw && wrote.is_none();
            Seen {
                order: Some(orders[failed as usize]),
                read: read.map(Word::word),
                wrote: wrote.map(Word::word),
                newest: newest.map(Word::word),
                points: R::Value::POINTS,
                address: self as *const Self as usize,
                ..Seen::new(op, name, at)
            }
        });
        result
    }

    /// Makes sure that it may be touched here and now.
    #[inline]
    fn enter(&self, at: At) {
        let object = self.raw.tracked().enter(at);
        if R::SETTLES && context::with(|context| context.was_lent(object)) {
            self.raw.settle();
        }
    }

    #[inline]
    fn rmw(
        &self,
        name: &'static str,
        order: Ordering,
        at: At,
        act: impl FnOnce(Ordering) -> R::Value,
        new: impl FnOnce(R::Value) -> R::Value,
    ) -> R::Value {
        self.enter(at);
        if unwinding::quiet() {
            let old = self.raw.newest();
            self.store_unwinding(new(old));
            return old;
        }
        let order = watch::order::<Checker>(order, Knob::Order, at);
        self.step((Kind::Rmw, name, false), [order; 2], at, || {
            let old = act(order);
            (old, Some(old), Some(new(old)))
        })
    }

    #[cold]
    fn store_unwinding(&self, value: R::Value) {
        if !self.raw.store_unwinding(value) {
            context::unmodelled("an atomic was written while a thread was unwinding from a panic");
        }
    }
}

impl<R: Raw> Back for Announced<R> {
    type Value = R::Value;

    fn new(value: R::Value) -> Self {
        Announced { raw: R::new(value) }
    }

    #[inline]
    fn load(&self, order: Ordering, at: At) -> R::Value {
        self.enter(at);
        if unwinding::quiet() {
            return self.raw.newest();
        }
        let order = watch::order::<Checker>(order, Knob::Order, at);
        self.step((Kind::Load, "load", false), [order; 2], at, || {
            let value = self.raw.load(order);
            (value, Some(value), None)
        })
    }

    #[inline]
    fn store(&self, value: R::Value, order: Ordering, at: At) {
        self.enter(at);
        if unwinding::quiet() {
            return self.store_unwinding(value);
        }
        let order = watch::order::<Checker>(order, Knob::Order, at);
        streamed::orders(order, at);
        self.step((Kind::Store, "store", false), [order; 2], at, || {
            self.raw.store(value, order);
            ((), None, Some(value))
        });
    }

    fn stream(&self, value: R::Value, at: At) {
        self.enter(at);
        if unwinding::quiet() {
            return self.store_unwinding(value);
        }
        self.step((Kind::Store, "stream", false), [Ordering::Relaxed; 2], at, || {
            self.raw.stream(value);
            ((), None, Some(value))
        });
        streamed::streamed(self.raw.tracked().object(), self as *const Self as usize, at);
    }

    fn swap(&self, value: R::Value, order: Ordering, at: At) -> R::Value {
        self.rmw("swap", order, at, |order| self.raw.swap(value, order), |_| value)
    }

    fn exchange(
        &self,
        weak: bool,
        [current, new]: [R::Value; 2],
        [success, failure]: [Ordering; 2],
        at: At,
    ) -> Result<R::Value, R::Value> {
        self.enter(at);
        if unwinding::quiet() {
            let old = self.raw.newest();
            if old != current {
                return Err(old);
            }
            self.store_unwinding(new);
            return Ok(old);
        }
        let success = watch::order::<Checker>(success, Knob::Order, at);
        let failure = watch::order::<Checker>(failure, Knob::Failure, at);
        let name = if weak { "compare_exchange_weak" } else { "compare_exchange" };
        self.step((Kind::Rmw, name, weak), [success, failure], at, || {
            let result = match weak {
                true => self.raw.compare_exchange_weak(current, new, success, failure),
                false => self.raw.compare_exchange(current, new, success, failure),
            };
            match result {
                Ok(read) => (result, Some(read), Some(new)),
                Err(read) => (result, Some(read), None),
            }
        })
    }

    fn look(&self) -> Option<R::Value> {
        self.raw.tracked().at_home().then(|| self.raw.newest())
    }

    fn get_mut(&mut self) -> &mut R::Value {
        if R::SETTLES {
            context::with(|context| context.lend(self.raw.tracked().object()));
        }
        self.raw.get_mut()
    }
}

impl<R: RawInteger> super::atomic::BackInteger for Announced<R> {
    fn arithmetic(
        &self,
        how: Arithmetic,
        name: &'static str,
        value: R::Value,
        order: Ordering,
        at: At,
    ) -> R::Value {
        let act = |order| self.raw.arithmetic(how, value, order);
        self.rmw(name, order, at, act, |old| how.of(old, value))
    }
}

impl<R: RawBits> super::atomic::BackBits for Announced<R> {
    fn logic(
        &self,
        how: Logic,
        name: &'static str,
        value: R::Value,
        order: Ordering,
        at: At,
    ) -> R::Value {
        let act = |order| self.raw.logic(how, value, order);
        self.rmw(name, order, at, act, |old| how.of(old, value))
    }
}

impl<V: Word, R: Raw<Value = V>> Atomic<Announced<R>, V> {
    /// Makes an atomic. It is not `const`: loom's is not, and each has an identity of its own.
    pub fn new(value: V) -> Self {
        Atomic::made(Announced::new(value))
    }
}
