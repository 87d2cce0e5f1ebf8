//! As [`std::cell`], with loom's pointers, which are accesses for as long as they live.

use std::cell::RefCell;
use std::panic::Location;

use racelab::op::Kind;

use crate::__rt::cell as rt;
use crate::thread::{ThreadId, current};

/// As [`std::cell::UnsafeCell`], whose accesses are watched. An access is one step: what else is done
/// in the closure of `with` comes after it.
#[derive(Debug)]
pub struct UnsafeCell<T: ?Sized> {
    /// Who has a pointer that lives, and whether it writes.
    lent: RefCell<Vec<(ThreadId, bool)>>,
    cell: rt::UnsafeCell<T>,
}

// Safety: the threads of an execution run on one thread of the system, one at a time, and the
// facade's cell stays with its execution; for the value as the facade has it.
unsafe impl<T: ?Sized + Send> Sync for UnsafeCell<T> {}

impl<T> UnsafeCell<T> {
    /// Makes a cell.
    #[track_caller]
    pub fn new(data: T) -> UnsafeCell<T> {
        UnsafeCell { lent: RefCell::default(), cell: rt::UnsafeCell::new(data) }
    }

    /// The value, by sole ownership.
    pub fn into_inner(self) -> T {
        self.cell.into_inner()
    }
}

impl<T: ?Sized> UnsafeCell<T> {
    /// Reads through a pointer that is valid during `f`.
    ///
    /// # Panics
    /// While this thread has a [`MutPtr`].
    #[track_caller]
    pub fn with<F, R>(&self, f: F) -> R
    where
        F: FnOnce(*const T) -> R,
    {
        self.cell.with(|pointer| {
            let _lent = Lent::new(&self.lent, false);
            f(pointer)
        })
    }

    /// Writes through a pointer that is valid during `f`.
    ///
    /// # Panics
    /// While this thread has another pointer.
    #[track_caller]
    pub fn with_mut<F, R>(&self, f: F) -> R
    where
        F: FnOnce(*mut T) -> R,
    {
        self.cell.with_mut(|pointer| {
            let _lent = Lent::new(&self.lent, true);
            f(pointer)
        })
    }

    /// A pointer that reads as long as it lives: its beginning and its end are two steps.
    ///
    /// # Panics
    /// While this thread has a [`MutPtr`].
    #[track_caller]
    pub fn get(&self) -> ConstPtr<T> {
        let pointer = self.cell.with(|pointer| pointer);
        let lent = Lent::new(&self.lent, false);
        ConstPtr { pointer, access: Access::new(&self.cell, Kind::CellRead), _lent: lent }
    }

    /// A pointer that writes as long as it lives: its beginning and its end are two steps.
    ///
    /// # Panics
    /// While this thread has another pointer.
    #[track_caller]
    pub fn get_mut(&self) -> MutPtr<T> {
        let pointer = self.cell.with_mut(|pointer| pointer);
        let lent = Lent::new(&self.lent, true);
        MutPtr { pointer, access: Access::new(&self.cell, Kind::CellWrite), _lent: lent }
    }
}

impl<T: Default> Default for UnsafeCell<T> {
    fn default() -> UnsafeCell<T> {
        UnsafeCell::new(T::default())
    }
}

impl<T> From<T> for UnsafeCell<T> {
    fn from(value: T) -> UnsafeCell<T> {
        UnsafeCell::new(value)
    }
}

/// That a pointer to the value lives: a thread that has one already, and writes through either,
/// aliases it. Of two threads that is a data race, which is told elsewhere.
#[derive(Debug)]
struct Lent {
    to: *const RefCell<Vec<(ThreadId, bool)>>,
    is: (ThreadId, bool),
}

impl Lent {
    #[track_caller]
    fn new(lent: &RefCell<Vec<(ThreadId, bool)>>, writes: bool) -> Lent {
        let me = current().id();
        let aliases = |(thread, other): &(ThreadId, bool)| *thread == me && (writes || *other);
        let aliased = lent.borrow().iter().any(aliases);
        assert!(!aliased, "this cell is used by a pointer of the same thread that lives");
        lent.borrow_mut().push((me, writes));
        Lent { to: lent, is: (me, writes) }
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        // Safety: it lies in the cell, which lives: it is borrowed, or the end of the access before
        // this has seen that it has not ended.
        let mut lent = unsafe { &*self.to }.borrow_mut();
        if let Some(place) = lent.iter().position(|known| *known == self.is) {
            lent.swap_remove(place);
        }
    }
}

/// An access that goes on, and ends when this is dropped.
#[derive(Debug)]
struct Access<T: ?Sized> {
    cell: *const rt::UnsafeCell<T>,
    kind: Kind,
    at: &'static Location<'static>,
}

impl<T: ?Sized> Access<T> {
    #[track_caller]
    fn new(cell: &rt::UnsafeCell<T>, kind: Kind) -> Access<T> {
        Access { cell, kind, at: Location::caller() }
    }
}

impl<T: ?Sized> Drop for Access<T> {
    fn drop(&mut self) {
        // Safety: where the cell has ended, its end is known by where it lay, and the execution
        // ends here, before anybody looks there. As with any pointer, it does not move meanwhile.
        unsafe { &*self.cell }.end_access(self.kind, self.at);
    }
}

/// A pointer that reads as long as it lives.
#[derive(Debug)]
pub struct ConstPtr<T: ?Sized> {
    pointer: *const T,
    // Dropped in this order.
    #[allow(dead_code)]
    access: Access<T>,
    _lent: Lent,
}

impl<T: ?Sized> ConstPtr<T> {
    /// The value.
    ///
    /// # Safety
    /// As for a raw pointer.
    pub unsafe fn deref(&self) -> &T {
        // Safety: the caller's promise.
        unsafe { &*self.pointer }
    }

    /// Reads through the pointer.
    pub fn with<F, R>(&self, f: F) -> R
    where
        F: FnOnce(*const T) -> R,
    {
        f(self.pointer)
    }
}

/// A pointer that writes as long as it lives.
#[derive(Debug)]
pub struct MutPtr<T: ?Sized> {
    pointer: *mut T,
    // Dropped in this order.
    #[allow(dead_code)]
    access: Access<T>,
    _lent: Lent,
}

impl<T: ?Sized> MutPtr<T> {
    /// The value.
    ///
    /// # Safety
    /// As for a raw pointer.
    #[allow(clippy::mut_from_ref)]
    pub unsafe fn deref(&self) -> &mut T {
        // Safety: the caller's promise.
        unsafe { &mut *self.pointer }
    }

    /// Writes through the pointer.
    pub fn with<F, R>(&self, f: F) -> R
    where
        F: FnOnce(*mut T) -> R,
    {
        f(self.pointer)
    }
}

/// As [`std::cell::Cell`], whose accesses are watched.
#[derive(Debug)]
pub struct Cell<T>(UnsafeCell<T>);

impl<T> Cell<T> {
    /// Makes a cell.
    #[track_caller]
    pub fn new(value: T) -> Self {
        Cell(UnsafeCell::new(value))
    }

    /// As [`std::cell::Cell::set`].
    #[track_caller]
    pub fn set(&self, value: T) {
        drop(self.replace(value));
    }

    /// As [`std::cell::Cell::swap`].
    #[track_caller]
    pub fn swap(&self, other: &Self) {
        if std::ptr::eq(self, other) {
            return;
        }
        let (mine, theirs) = (self.0.get_mut(), other.0.get_mut());
        // Safety: two cells, which nobody else uses meanwhile, or that is reported.
        unsafe { std::ptr::swap(mine.pointer, theirs.pointer) }
    }

    /// As [`std::cell::Cell::replace`].
    #[track_caller]
    pub fn replace(&self, value: T) -> T {
        // Safety: nobody else uses it meanwhile, or that is reported.
        self.0.with_mut(|pointer| unsafe { std::ptr::replace(pointer, value) })
    }

    /// As [`std::cell::Cell::get`].
    #[track_caller]
    pub fn get(&self) -> T
    where
        T: Copy,
    {
        // Safety: nobody writes to it meanwhile, or that is reported.
        self.0.with(|pointer| unsafe { *pointer })
    }

    /// As [`std::cell::Cell::take`].
    #[track_caller]
    pub fn take(&self) -> T
    where
        T: Default,
    {
        self.replace(T::default())
    }

    /// The value, by sole ownership.
    pub fn into_inner(self) -> T {
        self.0.into_inner()
    }
}

impl<T: Default> Default for Cell<T> {
    fn default() -> Cell<T> {
        Cell::new(T::default())
    }
}

impl<T: Copy> Clone for Cell<T> {
    fn clone(&self) -> Cell<T> {
        Cell::new(self.get())
    }
}

impl<T> From<T> for Cell<T> {
    fn from(value: T) -> Cell<T> {
        Cell::new(value)
    }
}

impl<T: PartialEq + Copy> PartialEq for Cell<T> {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl<T: Eq + Copy> Eq for Cell<T> {}

impl<T: PartialOrd + Copy> PartialOrd for Cell<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        self.get().partial_cmp(&other.get())
    }
}

impl<T: Ord + Copy> Ord for Cell<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.get().cmp(&other.get())
    }
}
