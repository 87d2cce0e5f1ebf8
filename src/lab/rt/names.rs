//! The facade's types have names of their own: a word, a pointer, a lock, an array of them.

use super::atomic::{Atomic, Back};
use super::barrier::Barrier;
use super::cell::UnsafeCell;
use super::condvar::Condvar;
use super::engine::Engine;
use super::meeting::Checked;
use super::mpsc::{Receiver, Sender, SyncSender};
use super::mutex::Mutex;
use super::once::{Once, OnceLock};
use super::rwlock::RwLock;
use super::word::Word;
use crate::fields::{Fields, Inspection, Leaf, Plain, Pointee, join, short_name};
use crate::layout::TypeLayout;

/// Reaches the value of type `T` at an address.
///
/// # Safety
/// A `T` must lie there, alive, and nobody may write to it during the call.
unsafe fn at<'a, T>(address: usize) -> &'a T {
    // Safety: the caller's promise.
    unsafe { &*(address as *const T) }
}

/// Adds a leaf with a value: what does not depend on the type, compiled once.
fn push(
    path: &str,
    address: usize,
    size: usize,
    read: unsafe fn(usize) -> Option<u64>,
    lock: Option<unsafe fn(usize)>,
    out: &mut Vec<Leaf>,
) {
    out.push(Leaf { read: Some(read), lock, ..Leaf::new(path, address, size) });
}

macro_rules! words {
    ($($value:ty),+) => {$(
        impl<A: Back<Value = $value>> Fields for Atomic<A, $value> {
            fn leaves(path: &str, address: usize, out: &mut Vec<Leaf>) {
                out.push(atomic::<A, $value>(path, address, None));
            }
        }
    )+};
}
words!(u8, u16, u32, u64, usize, i8, i16, i32, i64, isize, bool);

impl<T: Fields, A: Back<Value = *mut T>> Fields for Atomic<A, *mut T> {
    fn leaves(path: &str, address: usize, out: &mut Vec<Leaf>) {
        let name = short_name::<T>();
        let pointee = Pointee { name, size: size_of::<T>(), leaves: T::leaves };
        out.push(atomic::<A, *mut T>(path, address, Some(pointee)));
    }
}

fn atomic<A: Back<Value = V>, V: Word>(
    path: &str,
    address: usize,
    pointee: Option<Pointee>,
) -> Leaf {
    unsafe fn read<A: Back<Value = V>, V: Word>(address: usize) -> Option<u64> {
        // Safety: the caller's promise.
        unsafe { at::<Atomic<A, V>>(address) }.back().look().map(Word::word)
    }
    Leaf {
        read: Some(read::<A, V>),
        pointee,
        ..Leaf::new(path, address, size_of::<Atomic<A, V>>())
    }
}

impl<E: Engine, T> Fields for UnsafeCell<E, T> {
    fn leaves(path: &str, address: usize, out: &mut Vec<Leaf>) {
        unsafe fn read<E: Engine, T>(address: usize) -> Option<u64> {
            // Safety: the caller's promise.
            unsafe { at::<UnsafeCell<E, T>>(address) }.peek()
        }
        push(path, address, size_of::<Self>(), read::<E, T>, None, out);
    }
}

impl<E: Engine, T> Fields for Mutex<E, T> {
    fn leaves(path: &str, address: usize, out: &mut Vec<Leaf>) {
        unsafe fn read<E: Engine, T>(address: usize) -> Option<u64> {
            // Safety: the caller's promise.
            unsafe { at::<Mutex<E, T>>(address) }.peek()
        }
        unsafe fn lock<E: Engine, T>(address: usize) {
            // Safety: the caller's promise.
            unsafe { at::<Mutex<E, T>>(address) }.note_for_swap();
        }
        push(path, address, size_of::<Self>(), read::<E, T>, Some(lock::<E, T>), out);
    }
}

impl<E: Engine, T> Fields for RwLock<E, T> {
    fn leaves(path: &str, address: usize, out: &mut Vec<Leaf>) {
        unsafe fn read<E: Engine, T>(address: usize) -> Option<u64> {
            // Safety: the caller's promise.
            unsafe { at::<RwLock<E, T>>(address) }.peek()
        }
        push(path, address, size_of::<Self>(), read::<E, T>, None, out);
    }
}

impl<E: Engine> Fields for Condvar<E> {
    fn leaves(path: &str, address: usize, out: &mut Vec<Leaf>) {
        out.push(Leaf::new(path, address, size_of::<Self>()));
    }
}

impl<E: Checked, T> Fields for OnceLock<E, T> {
    fn leaves(path: &str, address: usize, out: &mut Vec<Leaf>) {
        unsafe fn read<E: Checked, T>(address: usize) -> Option<u64> {
            // Safety: the caller's promise.
            unsafe { at::<OnceLock<E, T>>(address) }.peek()
        }
        push(path, address, size_of::<Self>(), read::<E, T>, None, out);
    }
}

macro_rules! without_a_value {
    ($($thing:ident),+) => {$(
        impl<E: Checked> Fields for $thing<E> {
            fn leaves(path: &str, address: usize, out: &mut Vec<Leaf>) {
                out.push(Leaf::new(path, address, size_of::<Self>()));
            }
        }
    )+};
}
without_a_value!(Once, Barrier);

macro_rules! ends_of_channels {
    ($($end:ident),+) => {$(
        impl<E: Checked, T> Fields for $end<E, T> {
            fn leaves(path: &str, address: usize, out: &mut Vec<Leaf>) {
                out.push(Leaf::new(path, address, size_of::<Self>()));
            }
            fn owned(&self, path: &str, out: &mut Vec<Leaf>) {
                // The channel itself, which every end names.
                out.push(Leaf::new(path, self.address(), 1));
            }
        }
    )+};
}
ends_of_channels!(Sender, SyncSender, Receiver);

impl<T: Fields, const N: usize> Fields for [T; N] {
    fn leaves(path: &str, address: usize, out: &mut Vec<Leaf>) {
        leaves_each(path, address, [N, size_of::<T>()], T::leaves, out);
    }
    fn owned(&self, path: &str, out: &mut Vec<Leaf>) {
        owned_each(self, path, out);
    }
    fn layouts(out: &mut Vec<TypeLayout>) {
        T::layouts(out);
    }
    fn inspect<C>(found: &mut Inspection) {
        T::inspect::<C>(found);
    }
}

/// The words of values one after the other: so many, of so many bytes each.
fn leaves_each(
    path: &str,
    address: usize,
    [count, size]: [usize; 2],
    leaves: fn(&str, usize, &mut Vec<Leaf>),
    out: &mut Vec<Leaf>,
) {
    for index in 0..count {
        leaves(&format!("{path}[{index}]"), address + index * size, out);
    }
}

fn owned_each<T: Fields>(values: &[T], path: &str, out: &mut Vec<Leaf>) {
    if std::mem::needs_drop::<T>() {
        let owned = |index: usize, path: &str, out: &mut Vec<Leaf>| values[index].owned(path, out);
        each(path, values.len(), &owned, out);
    }
}

fn each(path: &str, count: usize, of: &dyn Fn(usize, &str, &mut Vec<Leaf>), out: &mut Vec<Leaf>) {
    for index in 0..count {
        of(index, &format!("{path}[{index}]"), out);
    }
}

impl<T: Fields> Fields for Vec<T> {
    fn leaves(_: &str, _: usize, _: &mut Vec<Leaf>) {}
    fn owned(&self, path: &str, out: &mut Vec<Leaf>) {
        let size = [self.len(), size_of::<T>()];
        leaves_each(path, self.as_ptr() as usize, size, T::leaves, out);
        owned_each(self, path, out);
    }
    fn layouts(out: &mut Vec<TypeLayout>) {
        T::layouts(out);
    }
    fn inspect<C>(found: &mut Inspection) {
        T::inspect::<C>(found);
    }
}

impl<T: Fields> Fields for Box<[T]> {
    fn leaves(_: &str, _: usize, _: &mut Vec<Leaf>) {}
    fn owned(&self, path: &str, out: &mut Vec<Leaf>) {
        let size = [self.len(), size_of::<T>()];
        leaves_each(path, self.as_ptr() as usize, size, T::leaves, out);
        owned_each(self, path, out);
    }
    fn layouts(out: &mut Vec<TypeLayout>) {
        T::layouts(out);
    }
    fn inspect<C>(found: &mut Inspection) {
        T::inspect::<C>(found);
    }
}

impl<T: Fields> Fields for Option<T> {
    fn leaves(_: &str, _: usize, _: &mut Vec<Leaf>) {}
    fn owned(&self, path: &str, out: &mut Vec<Leaf>) {
        if let Some(value) = self {
            T::leaves(path, value as *const T as usize, out);
            value.owned(path, out);
        }
    }
    fn layouts(out: &mut Vec<TypeLayout>) {
        T::layouts(out);
    }
    fn inspect<C>(found: &mut Inspection) {
        T::inspect::<C>(found);
    }
}

macro_rules! behind_a_pointer {
    ($($pointer:ty),+) => {$(
        impl<T: Fields> Fields for $pointer {
            fn leaves(_: &str, _: usize, _: &mut Vec<Leaf>) {}
            fn owned(&self, path: &str, out: &mut Vec<Leaf>) {
                T::leaves(path, &**self as *const T as usize, out);
                (**self).owned(path, out);
            }
            fn layouts(out: &mut Vec<TypeLayout>) {
                T::layouts(out);
            }
            fn inspect<C>(found: &mut Inspection) {
                T::inspect::<C>(found);
            }
        }
    )+};
}
behind_a_pointer!(Box<T>, std::sync::Arc<T>, super::arc::Arc<T>, &'static T);

macro_rules! tuples {
    ($($($part:ident $index:tt),+;)+) => {$(
        impl<$($part: Fields),+> Fields for ($($part,)+) {
            fn leaves(path: &str, address: usize, out: &mut Vec<Leaf>) {
                $({
                    let address = address + std::mem::offset_of!(Self, $index);
                    $part::leaves(&join(path, stringify!($index)), address, out);
                })+
            }
            fn owned(&self, path: &str, out: &mut Vec<Leaf>) {
                $(self.$index.owned(&join(path, stringify!($index)), out);)+
            }
            fn layouts(out: &mut Vec<TypeLayout>) {
                $($part::layouts(out);)+
            }
            fn inspect<Checker>(found: &mut Inspection) {
                $($part::inspect::<Checker>(found);)+
            }
        }
    )+};
}
tuples! {
    A 0;
    A 0, B 1;
    A 0, B 1, C 2;
    A 0, B 1, C 2, D 3;
}

macro_rules! transparent {
    ($($around:ty),+) => {$(
        impl<T: Fields> Fields for $around {
            fn leaves(path: &str, address: usize, out: &mut Vec<Leaf>) {
                out.push(Leaf::new(path, address, size_of::<Self>()));
            }
            fn layouts(out: &mut Vec<TypeLayout>) {
                T::layouts(out);
            }
        }
    )+};
}
transparent!(std::sync::atomic::AtomicPtr<T>, std::sync::Mutex<T>, std::sync::RwLock<T>);

macro_rules! plain {
    ($plain:ident: $($value:ty),+) => {$(
        impl Fields for $value {
            fn leaves(path: &str, address: usize, out: &mut Vec<Leaf>) {
                out.push(Leaf::plain(path, [address, size_of::<Self>()], Plain::$plain));
            }
        }
    )+};
}
plain!(Short: u8, u16, u32, i8, i16, i32, bool, char, ());
plain!(Long: u64, usize, i64, isize);

macro_rules! of_std {
    ($($value:ty),+) => {$(
        impl Fields for $value {
            fn leaves(path: &str, address: usize, out: &mut Vec<Leaf>) {
                out.push(Leaf::new(path, address, size_of::<Self>()));
            }
        }
    )+};
}
of_std!(std::sync::atomic::AtomicU64, std::sync::atomic::AtomicU32, std::sync::atomic::AtomicU8);
of_std!(
    std::sync::atomic::AtomicUsize,
    std::sync::atomic::AtomicBool,
    std::sync::atomic::AtomicU16
);
of_std!(std::sync::atomic::AtomicI64, std::sync::atomic::AtomicI32, std::sync::atomic::AtomicIsize);
