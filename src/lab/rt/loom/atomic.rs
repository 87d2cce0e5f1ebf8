//! loom's atomics behind the facade's.

use std::cell::Cell;
use std::sync::atomic::Ordering;

use loom::sync::atomic as raw;

use crate::rt::announced::{Announced, Raw, RawBits, RawInteger};
use crate::rt::atomic::{Arithmetic, Bits, Integer, Logic};
use crate::rt::context;
use crate::rt::tracked::Tracked;
use crate::rt::word::{Sealed, Word};

/// The atomic of a value.
#[doc(hidden)]
pub type Of<V> = Announced<Modelled<<V as Model>::Atomic, V>>;

/// A value that loom models, in an atomic of its own.
#[doc(hidden)]
pub trait Model: Word {
    type Atomic: LoomAtomic<Self>;
}

/// What one of loom's atomics does, over the values of the facade.
#[doc(hidden)]
pub trait LoomAtomic<V>: Sized {
    fn new(value: V) -> Self;
    fn load(&self, order: Ordering) -> V;
    fn store(&self, value: V, order: Ordering);
    fn swap(&self, value: V, order: Ordering) -> V;
    fn compare_exchange(
        &self,
        current: V,
        new: V,
        success: Ordering,
        failure: Ordering,
    ) -> Result<V, V>;
    fn logic(&self, how: Logic, value: V, order: Ordering) -> V;
}

/// What one of loom's atomics of numbers does besides.
#[doc(hidden)]
pub trait LoomInteger<V>: LoomAtomic<V> {
    fn arithmetic(&self, how: Arithmetic, value: V, order: Ordering) -> V;
}

/// One of loom's atomics, and the newest store in the order of execution: what a load that is not
/// stale returns.
#[doc(hidden)]
pub struct Modelled<A, V> {
    atomic: A,
    tracked: Tracked,
    newest: Cell<V>,
}

impl<A, V> Sealed for Modelled<A, V> {}

impl<A: LoomAtomic<V>, V: Word> Raw for Modelled<A, V> {
    type Value = V;
    fn new(value: V) -> Self {
        Modelled { atomic: A::new(value), tracked: Tracked::new(), newest: Cell::new(value) }
    }
    #[inline]
    fn tracked(&self) -> &Tracked {
        &self.tracked
    }
    fn load(&self, order: Ordering) -> V {
        self.atomic.load(order)
    }
    fn store(&self, value: V, order: Ordering) {
        self.atomic.store(value, order);
    }
    fn swap(&self, value: V, order: Ordering) -> V {
        self.atomic.swap(value, order)
    }
    fn compare_exchange(
        &self,
        current: V,
        new: V,
        success: Ordering,
        failure: Ordering,
    ) -> Result<V, V> {
        self.atomic.compare_exchange(current, new, success, failure)
    }
    fn newest(&self) -> V {
        self.newest.get()
    }
    fn performed(&self, read: Option<V>, wrote: Option<V>) -> Option<V> {
        // The newest store now, not before: other threads may have run on entry.
        let newest = self.newest.get();
        if let Some(value) = wrote {
            self.newest.set(value);
        }
        read.filter(|read| *read != newest).map(|_| newest)
    }
    fn store_unwinding(&self, value: V) -> bool {
        self.newest.set(value);
        false
    }
    fn get_mut(&mut self) -> &mut V {
        self.newest.get_mut()
    }
    const SETTLES: bool = true;
    #[cold]
    fn settle(&self) {
        // No model has a store that was none, so this orders more than it did.
        context::unmodelled("loom does not see what is written through an atomic's `get_mut`");
        let me = context::with(|context| context.current.get());
        self.atomic.store(self.newest.get(), Ordering::SeqCst);
        context::with(|context| context.current.set(me));
    }
}

impl<A: LoomInteger<V>, V: Integer> RawInteger for Modelled<A, V> {
    fn arithmetic(&self, how: Arithmetic, value: V, order: Ordering) -> V {
        self.atomic.arithmetic(how, value, order)
    }
}

impl<A: LoomAtomic<V>, V: Bits> RawBits for Modelled<A, V> {
    fn logic(&self, how: Logic, value: V, order: Ordering) -> V {
        self.atomic.logic(how, value, order)
    }
}

/// `$into` makes loom's value of the facade's, `$from` the facade's of loom's.
macro_rules! modelled {
    ($value:ty, $atomic:ty, $into:expr, $from:expr $(, $generic:ident)?) => {
        impl$(<$generic>)? Model for $value {
            type Atomic = $atomic;
        }
        impl$(<$generic>)? LoomAtomic<$value> for $atomic {
            fn new(value: $value) -> Self {
                <$atomic>::new($into(value))
            }
            fn load(&self, order: Ordering) -> $value {
                $from(<$atomic>::load(self, order))
            }
            fn store(&self, value: $value, order: Ordering) {
                <$atomic>::store(self, $into(value), order);
            }
            fn swap(&self, value: $value, order: Ordering) -> $value {
                $from(<$atomic>::swap(self, $into(value), order))
            }
            fn compare_exchange(
                &self,
                current: $value,
                new: $value,
                success: Ordering,
                failure: Ordering,
            ) -> Result<$value, $value> {
                let (current, new) = ($into(current), $into(new));
                let result = <$atomic>::compare_exchange(self, current, new, success, failure);
                result.map($from).map_err($from)
            }
            fn logic(&self, how: Logic, value: $value, order: Ordering) -> $value {
                $from(match how {
                    Logic::And => self.fetch_and($into(value), order),
                    Logic::Or => self.fetch_or($into(value), order),
                    Logic::Xor => self.fetch_xor($into(value), order),
                    Logic::Nand => self.fetch_nand($into(value), order),
                })
            }
        }
    };
}

macro_rules! arithmetic {
    ($value:ty, $atomic:ty, $into:expr, $from:expr $(, $generic:ident)?) => {
        impl$(<$generic>)? LoomInteger<$value> for $atomic {
            fn arithmetic(&self, how: Arithmetic, value: $value, order: Ordering) -> $value {
                $from(match how {
                    Arithmetic::Add => self.fetch_add($into(value), order),
                    Arithmetic::Sub => self.fetch_sub($into(value), order),
                    Arithmetic::Max => self.fetch_max($into(value), order),
                    Arithmetic::Min => self.fetch_min($into(value), order),
                })
            }
        }
    };
}

macro_rules! integers {
    ($($value:ident $atomic:ident,)+) => {$(
        modelled!($value, raw::$atomic, std::convert::identity, std::convert::identity);
        arithmetic!($value, raw::$atomic, std::convert::identity, std::convert::identity);
    )+};
}

integers!(
    u8 AtomicU8, u16 AtomicU16, u32 AtomicU32, u64 AtomicU64, usize AtomicUsize,
    i8 AtomicI8, i16 AtomicI16, i32 AtomicI32, i64 AtomicI64, isize AtomicIsize,
);
modelled!(bool, raw::AtomicBool, std::convert::identity, std::convert::identity);
// loom's atomic of pointers cannot calculate. Its values are addresses all the same.
modelled!(
    *mut T,
    raw::AtomicUsize,
    <*mut T>::expose_provenance,
    std::ptr::with_exposed_provenance_mut::<T>,
    T
);
arithmetic!(
    *mut T,
    raw::AtomicUsize,
    <*mut T>::expose_provenance,
    std::ptr::with_exposed_provenance_mut::<T>,
    T
);
