//! Allocations that have to be gone when an execution ends.

use std::panic::Location;

pub use std::alloc::Layout;

use crate::execution;

/// As [`std::alloc::alloc`].
///
/// # Safety
/// As for std's.
#[track_caller]
pub unsafe fn alloc(layout: Layout) -> *mut u8 {
    // Safety: the caller's promise.
    let pointer = unsafe { std::alloc::alloc(layout) };
    execution::made("an allocation", Some(pointer as usize), Location::caller());
    pointer
}

/// As [`std::alloc::alloc_zeroed`].
///
/// # Safety
/// As for std's.
#[track_caller]
pub unsafe fn alloc_zeroed(layout: Layout) -> *mut u8 {
    // Safety: the caller's promise.
    let pointer = unsafe { std::alloc::alloc_zeroed(layout) };
    execution::made("an allocation", Some(pointer as usize), Location::caller());
    pointer
}

/// As [`std::alloc::dealloc`].
///
/// # Safety
/// As for std's. What is given back twice, or never was allocated, is a failure of the execution.
pub unsafe fn dealloc(pointer: *mut u8, layout: Layout) {
    execution::gone(pointer as usize);
    // Safety: the caller's promise.
    unsafe { std::alloc::dealloc(pointer, layout) }
}

/// A value that has to be dropped before its execution ends.
#[derive(Debug)]
pub struct Track<T> {
    value: T,
    live: Token,
}

#[derive(Debug)]
struct Token(usize);

impl Drop for Token {
    fn drop(&mut self) {
        execution::gone(self.0);
    }
}

impl<T> Track<T> {
    /// Tracks a value.
    #[track_caller]
    pub fn new(value: T) -> Track<T> {
        let live = Token(execution::made("a Track", None, Location::caller()));
        Track { value, live }
    }

    /// The value.
    pub fn get_ref(&self) -> &T {
        &self.value
    }

    /// The value.
    pub fn get_mut(&mut self) -> &mut T {
        &mut self.value
    }

    /// The value, which is tracked no longer.
    pub fn into_inner(self) -> T {
        let Track { value, live } = self;
        drop(live);
        value
    }
}
