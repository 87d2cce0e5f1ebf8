//! A map header behind one pointer: whoever reads it gets all of one header or all of another.

use super::rt::sync::atomic::AtomicPtr;
use super::rt::sync::atomic::Ordering::{Acquire, Release};

/// Which array of buckets, and how many buckets it has. Never changed once it is published.
pub struct Words {
    pointer: super::rt::cell::UnsafeCell<u64>,
    length: super::rt::cell::UnsafeCell<u64>,
}
