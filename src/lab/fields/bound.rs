//! A field of std's own types does not compile in a checker's copy.
//!
//! In the native copy the facade *is* std, so no trait bound tells a mistake from what is right.
//! What tells it is who asks: a checker's copy alone is inspected, and to inspect such a type is an
//! error of the compiler's that says what to write instead.

use super::{Fields, Inspection, Probe};

/// A type that no checker sees.
pub trait OfStd {
    /// What it is, and what to write instead.
    const MESSAGE: &'static str;
}

/// A field, by a type of its own: what does not compile can name no other constants.
#[doc(hidden)]
pub trait Field {
    const NAME: &'static str;
}

/// The field is of a type that no checker sees.
#[doc(hidden)]
pub trait Unfit {
    fn inspect<Name: Field>(&self, found: &mut Inspection);
}

impl<F: OfStd> Unfit for &&Probe<F> {
    #[inline(always)]
    fn inspect<Name: Field>(&self, _: &mut Inspection) {
        const {
            let (text, length) = joined([Name::NAME, ": ", F::MESSAGE]);
            match str::from_utf8(text.split_at(length).0) {
                Ok(message) => panic!("{}", message),
                Err(_) => panic!("{}", F::MESSAGE),
            }
        }
    }
}

/// The field's type has declared fields of its own, or is made of such.
#[doc(hidden)]
pub trait Transparent {
    fn inspect<Name: Field>(&self, found: &mut Inspection);
}

impl<F: Fields> Transparent for &Probe<F> {
    #[inline(always)]
    fn inspect<Name: Field>(&self, found: &mut Inspection) {
        // Once for each type, whatever fields are of it.
        F::inspect::<()>(found);
    }
}

/// The field is of any other type: its name is all there is to look at.
#[doc(hidden)]
pub trait Opaque {
    fn inspect<Name: Field>(&self, found: &mut Inspection);
}

impl<F> Opaque for Probe<F> {
    #[inline(always)]
    fn inspect<Name: Field>(&self, _: &mut Inspection) {}
}

/// Texts one after the other, as far as there is room, and how many bytes they are.
const fn joined(parts: [&str; 3]) -> ([u8; 256], usize) {
    let (mut text, mut length, mut part) = ([0; 256], 0, 0);
    while part < parts.len() {
        let bytes = parts[part].as_bytes();
        let mut at = 0;
        while at < bytes.len() && length < text.len() {
            text[length] = bytes[at];
            length += 1;
            at += 1;
        }
        part += 1;
    }
    (text, length)
}

/// Types of std's own, with what to write instead.
macro_rules! unseen {
    ($([$($generic:tt)*] $std:ty, $name:literal: $instead:literal;)+) => {$(
        impl<$($generic)*> OfStd for $std {
            const MESSAGE: &'static str =
                concat!("std::", $name, " is not seen by the checkers: use ", $instead);
        }
    )+};
}

unseen! {
    [] std::sync::atomic::AtomicBool, "sync::atomic::AtomicBool": "rt::sync::atomic::AtomicBool";
    [] std::sync::atomic::AtomicU8, "sync::atomic::AtomicU8": "rt::sync::atomic::AtomicU8";
    [] std::sync::atomic::AtomicU16, "sync::atomic::AtomicU16": "rt::sync::atomic::AtomicU16";
    [] std::sync::atomic::AtomicU32, "sync::atomic::AtomicU32": "rt::sync::atomic::AtomicU32";
    [] std::sync::atomic::AtomicU64, "sync::atomic::AtomicU64": "rt::sync::atomic::AtomicU64";
    [] std::sync::atomic::AtomicUsize, "sync::atomic::AtomicUsize": "rt::sync::atomic::AtomicUsize";
    [] std::sync::atomic::AtomicI8, "sync::atomic::AtomicI8": "rt::sync::atomic::AtomicI8";
    [] std::sync::atomic::AtomicI16, "sync::atomic::AtomicI16": "rt::sync::atomic::AtomicI16";
    [] std::sync::atomic::AtomicI32, "sync::atomic::AtomicI32": "rt::sync::atomic::AtomicI32";
    [] std::sync::atomic::AtomicI64, "sync::atomic::AtomicI64": "rt::sync::atomic::AtomicI64";
    [] std::sync::atomic::AtomicIsize, "sync::atomic::AtomicIsize": "rt::sync::atomic::AtomicIsize";
    [T] std::sync::atomic::AtomicPtr<T>, "sync::atomic::AtomicPtr": "rt::sync::atomic::AtomicPtr";
    [T: ?Sized] std::sync::Mutex<T>, "sync::Mutex": "rt::sync::Mutex";
    [T: ?Sized] std::sync::RwLock<T>, "sync::RwLock": "rt::sync::RwLock";
    [] std::sync::Condvar, "sync::Condvar": "rt::sync::Condvar";
    [] std::sync::Once, "sync::Once": "rt::sync::Once";
    [T] std::sync::OnceLock<T>, "sync::OnceLock": "rt::sync::OnceLock";
    [T, F] std::sync::LazyLock<T, F>, "sync::LazyLock": "rt::sync::LazyLock in a static";
    [] std::sync::Barrier, "sync::Barrier": "rt::sync::Barrier";
    [T] std::sync::mpsc::Sender<T>, "sync::mpsc::Sender": "rt::sync::mpsc::Sender";
    [T] std::sync::mpsc::SyncSender<T>, "sync::mpsc::SyncSender": "rt::sync::mpsc::SyncSender";
    [T] std::sync::mpsc::Receiver<T>, "sync::mpsc::Receiver": "rt::sync::mpsc::Receiver";
    [T: ?Sized] std::cell::UnsafeCell<T>, "cell::UnsafeCell": "rt::cell::UnsafeCell";
    [T: ?Sized] std::cell::Cell<T>, "cell::Cell": "rt::cell::UnsafeCell or an rt::sync::atomic type";
    [T: ?Sized] std::cell::RefCell<T>, "cell::RefCell": "rt::sync::Mutex or rt::cell::UnsafeCell";
    [T] std::cell::OnceCell<T>, "cell::OnceCell": "rt::sync::OnceLock";
    [] std::thread::Thread, "thread::Thread": "rt::thread::Thread";
    [T] std::thread::JoinHandle<T>, "thread::JoinHandle": "rt::thread::JoinHandle";
}

/// What only holds another type: it is not seen where that one is not.
macro_rules! holders {
    ($([$($generic:tt)*] $holder:ty;)+) => {$(
        impl<T: OfStd, $($generic)*> OfStd for $holder {
            const MESSAGE: &'static str = T::MESSAGE;
        }
    )+};
}
holders! {
    [] Option<T>;
    [] Vec<T>;
    [] Box<T>;
    [] Box<[T]>;
    [] std::sync::Arc<T>;
    [const N: usize] [T; N];
}
