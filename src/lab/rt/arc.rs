//! A shared owner whose counts order what its owners did.
//!
//! As long as the program does not look at a count, nobody can see in which order owners come and
//! go: a clone and a drop are then no operations, and only the clocks know of them. A drop
//! releases, and the last one acquires (std's `sync.rs` has `Release` and an `Acquire` fence), so
//! the end of the value comes after all that its owners did. A program that looks at a count is
//! explored again with each of them an operation on a word.

mod traits;
mod weak;

use std::mem::ManuallyDrop;
use std::panic::Location;
use std::sync;
use std::sync::atomic::Ordering::{self, Acquire, Relaxed, Release};

use super::observe::{self, Seen};
use super::op::{Kind, Op};
use super::spot::Spot;
use super::tracked::Tracked;
use super::{clocks, context, survey, unwinding, values};

pub use weak::Weak;

/// The two counts of an `Arc`, as objects: the values are std's own.
#[derive(Debug)]
pub(crate) struct Counts {
    strong: Tracked,
    weak: Tracked,
}

impl Counts {
    fn new() -> Counts {
        context::with(|context| context.keeps.borrow_mut().owned += 1);
        Counts { strong: Tracked::new(), weak: Tracked::new() }
    }

    /// The last owner is gone.
    fn unowned(&self) {
        if self.strong.at_home() {
            context::with(|context| {
                let mut keeps = context.keeps.borrow_mut();
                keeps.owned = keeps.owned.saturating_sub(1);
            });
        }
    }
}

/// As [`std::sync::Arc`]. An unsized value is made by `Arc::from` of std's own.
pub struct Arc<T: ?Sized> {
    value: ManuallyDrop<sync::Arc<T>>,
    counts: ManuallyDrop<sync::Arc<Counts>>,
}

// Safety: the value goes where std's `Arc` may go. The counts are objects that are entered before
// they are touched, or touched by nobody.
unsafe impl<T: ?Sized + Send + Sync> Send for Arc<T> {}
// Safety: as above.
unsafe impl<T: ?Sized + Send + Sync> Sync for Arc<T> {}

/// An operation on a count, where counts are modelled. `act` reads it and perhaps writes it: it
/// returns its own result, the count before, and the count afterwards if it wrote one.
fn step<R>(
    count: &Tracked,
    name: &'static str,
    order: Ordering,
    at: &'static Location<'static>,
    act: impl FnOnce() -> (R, u64, Option<u64>),
) -> R {
    let object = count.enter(at);
    let op = Op::new(Kind::Rmw, object);
    let me = context::with(|context| context.current.get());
    let (result, read, wrote) = context::perform(op, || {
        context::point();
        if let Some(values) = values::deciding() {
            // The counts are std's own, as they are: each look at one has its place in their order.
            values.meet(me, op);
        }
        act()
    });
    let op = Op::new(if wrote.is_some() { Kind::Rmw } else { Kind::Load }, object);
    context::turned_out(op);
    observe::tell(|| {
        let address = count as *const Tracked as usize;
        let (read, order) = (Some(read), Some(order));
        // A drop is written nowhere: only the stack knows where it is.
        let dropping = name == "drop" && context::with(|context| context.recording());
        let at = dropping.then(Spot::of_the_stack).flatten().unwrap_or(at.into());
        Seen { order, read, wrote, address, ..Seen::new(op, name, at) }
    });
    result
}

/// Whether counts are modelled now; `looks` says that the program looks at one, which it must not
/// where they are not.
fn counting(looks: bool) -> bool {
    context::try_with(|context| {
        if looks {
            context.looks_at_a_count();
        }
        context.counting() && !unwinding::quiet()
    })
}

impl<T> Arc<T> {
    /// As [`std::sync::Arc::new`].
    pub fn new(value: T) -> Self {
        Arc::from(sync::Arc::new(value))
    }

    /// As [`std::sync::Arc::pin`].
    pub fn pin(value: T) -> std::pin::Pin<Self> {
        // Safety: what an owner shares does not move until the last of them is gone.
        unsafe { std::pin::Pin::new_unchecked(Arc::new(value)) }
    }

    /// As [`std::sync::Arc::new_cyclic`].
    pub fn new_cyclic(make: impl FnOnce(&Weak<T>) -> T) -> Self {
        let counts = sync::Arc::new(Counts::new());
        let value = sync::Arc::new_cyclic(|weak| {
            make(&Weak { value: weak.clone(), counts: Some(counts.clone()) })
        });
        Arc { value: ManuallyDrop::new(value), counts: ManuallyDrop::new(counts) }
    }

    /// As [`std::sync::Arc::try_unwrap`].
    #[track_caller]
    pub fn try_unwrap(this: Self) -> Result<T, Self> {
        let alone = match counting(true) {
            false => sync::Arc::strong_count(&this.value) == 1,
            true => step(&this.counts.strong, "try_unwrap", Relaxed, Location::caller(), || {
                let count = sync::Arc::strong_count(&this.value);
                (count == 1, count as u64, (count == 1).then_some(0))
            }),
        };
        if !alone {
            return Err(this);
        }
        let (value, counts) = this.take_apart();
        counts.unowned();
        clocks::acquire_quietly(counts.strong.object());
        match sync::Arc::try_unwrap(value) {
            Ok(value) => Ok(value),
            Err(_) => unreachable!("nobody else moved since the count was one"),
        }
    }

    /// As [`std::sync::Arc::into_inner`].
    #[track_caller]
    pub fn into_inner(this: Self) -> Option<T> {
        let last = this.let_go("into_inner", true, Location::caller());
        let (value, counts) = this.take_apart();
        if last {
            counts.unowned();
            clocks::acquire_quietly(counts.strong.object());
        }
        sync::Arc::into_inner(value)
    }

    /// As [`std::sync::Arc::unwrap_or_clone`].
    #[track_caller]
    pub fn unwrap_or_clone(this: Self) -> T
    where
        T: Clone,
    {
        Arc::try_unwrap(this).unwrap_or_else(|arc| (*arc).clone())
    }
}

impl<T: ?Sized> Arc<T> {
    fn take_apart(self) -> (sync::Arc<T>, sync::Arc<Counts>) {
        let mut this = ManuallyDrop::new(self);
        // Safety: `this` is not dropped, and both are taken out of it once.
        unsafe { (ManuallyDrop::take(&mut this.value), ManuallyDrop::take(&mut this.counts)) }
    }

    /// One owner fewer: whether it was the last.
    fn let_go(&self, name: &'static str, looks: bool, at: &'static Location<'static>) -> bool {
        let count = || sync::Arc::strong_count(&self.value);
        if counting(looks) {
            // The one that acts takes effect at once: nobody moves until the count is lowered.
            return step(&self.counts.strong, name, Release, at, || {
                let count = count();
                (count == 1, count as u64, Some(count as u64 - 1))
            });
        }
        if self.counts.strong.at_home() {
            survey::quiet();
            clocks::release_quietly(self.counts.strong.object());
        }
        count() == 1
    }

    /// As loom has it: one of std's that has no other owner.
    #[doc(hidden)]
    #[track_caller]
    pub fn from_std(mut std: sync::Arc<T>) -> Self {
        assert!(sync::Arc::get_mut(&mut std).is_some(), "an Arc that has other owners");
        Arc::from(std)
    }

    /// As [`std::sync::Arc::strong_count`].
    #[track_caller]
    pub fn strong_count(this: &Self) -> usize {
        let count = || sync::Arc::strong_count(&this.value);
        match counting(true) {
            false => count(),
            true => step(&this.counts.strong, "strong_count", Relaxed, Location::caller(), || {
                (count(), count() as u64, None)
            }),
        }
    }

    /// As [`std::sync::Arc::weak_count`].
    #[track_caller]
    pub fn weak_count(this: &Self) -> usize {
        let count = || sync::Arc::weak_count(&this.value);
        match counting(true) {
            false => count(),
            true => step(&this.counts.weak, "weak_count", Relaxed, Location::caller(), || {
                (count(), count() as u64, None)
            }),
        }
    }

    /// As [`std::sync::Arc::downgrade`].
    #[track_caller]
    pub fn downgrade(this: &Self) -> Weak<T> {
        let make = || sync::Arc::downgrade(&this.value);
        let value = match counting(false) {
            false => make(),
            true => step(&this.counts.weak, "downgrade", Acquire, Location::caller(), || {
                let count = sync::Arc::weak_count(&this.value) as u64;
                (make(), count, Some(count + 1))
            }),
        };
        Weak { value, counts: Some((*this.counts).clone()) }
    }

    /// As [`std::sync::Arc::get_mut`].
    #[track_caller]
    pub fn get_mut(this: &mut Self) -> Option<&mut T> {
        let at = Location::caller();
        if counting(true) {
            let (value, counts) = (&this.value, &this.counts);
            step(&counts.weak, "get_mut", Acquire, at, || {
                ((), sync::Arc::weak_count(value) as u64, None)
            });
            step(&counts.strong, "get_mut", Acquire, at, || {
                ((), sync::Arc::strong_count(value) as u64, None)
            });
        }
        sync::Arc::get_mut(&mut this.value)
    }

    /// As [`std::sync::Arc::ptr_eq`].
    pub fn ptr_eq(this: &Self, other: &Self) -> bool {
        sync::Arc::ptr_eq(&this.value, &other.value)
    }

    /// As [`std::sync::Arc::as_ptr`].
    pub fn as_ptr(this: &Self) -> *const T {
        sync::Arc::as_ptr(&this.value)
    }
}

impl<T: Clone> Arc<T> {
    /// As [`std::sync::Arc::make_mut`].
    #[track_caller]
    pub fn make_mut(this: &mut Self) -> &mut T {
        if Arc::get_mut(this).is_none() {
            *this = Arc::new((**this).clone());
        }
        // Nobody else has it: it was alone, or is new.
        sync::Arc::get_mut(&mut this.value).expect("an owner that is alone")
    }
}

impl<T> Arc<T> {
    /// As [`std::sync::Arc::into_raw`].
    pub fn into_raw(this: Self) -> *const T {
        let (value, counts) = this.take_apart();
        let raw = sync::Arc::into_raw(value);
        context::with(|context| context.raw_arcs.borrow_mut().push((raw as usize, counts)));
        raw
    }

    /// As [`std::sync::Arc::from_raw`].
    ///
    /// # Safety
    /// As for std's: the pointer comes from [`Arc::into_raw`], in this execution, once for each
    /// owner that is made of it.
    ///
    /// # Panics
    /// When no such pointer is known in this execution.
    pub unsafe fn from_raw(raw: *const T) -> Self {
        let counts = context::with(|context| {
            let mut known = context.raw_arcs.borrow_mut();
            let index = known.iter().position(|known| known.0 == raw as usize);
            index.map(|index| known.swap_remove(index).1)
        });
        let counts = counts.expect("racelab: a pointer that Arc::into_raw made in this execution");
        // Safety: the caller's promise.
        let value = unsafe { sync::Arc::from_raw(raw) };
        Arc { value: ManuallyDrop::new(value), counts: ManuallyDrop::new(counts) }
    }

    /// As [`std::sync::Arc::increment_strong_count`].
    ///
    /// # Safety
    /// As for std's.
    #[track_caller]
    pub unsafe fn increment_strong_count(raw: *const T) {
        // Safety: the caller's promise: there is an owner, whose pointer this is.
        let owner = unsafe { Arc::from_raw(raw) };
        let another = owner.clone();
        Arc::into_raw(owner);
        Arc::into_raw(another);
    }

    /// As [`std::sync::Arc::decrement_strong_count`].
    ///
    /// # Safety
    /// As for std's.
    pub unsafe fn decrement_strong_count(raw: *const T) {
        // Safety: the caller's promise.
        drop(unsafe { Arc::from_raw(raw) });
    }
}

impl<T: ?Sized> From<sync::Arc<T>> for Arc<T> {
    fn from(value: sync::Arc<T>) -> Self {
        let counts = sync::Arc::new(Counts::new());
        Arc { value: ManuallyDrop::new(value), counts: ManuallyDrop::new(counts) }
    }
}

impl<T> From<T> for Arc<T> {
    fn from(value: T) -> Self {
        Arc::new(value)
    }
}

impl<T: ?Sized> Clone for Arc<T> {
    #[track_caller]
    fn clone(&self) -> Self {
        let another = || (*self.value).clone();
        let value = match counting(false) {
            false => another(),
            true => step(&self.counts.strong, "clone", Relaxed, Location::caller(), || {
                let count = sync::Arc::strong_count(&self.value) as u64;
                (another(), count, Some(count + 1))
            }),
        };
        Arc { value: ManuallyDrop::new(value), counts: self.counts.clone() }
    }
}

impl<T: ?Sized> Drop for Arc<T> {
    #[track_caller]
    fn drop(&mut self) {
        let last = self.let_go("drop", false, Location::caller());
        // Safety: neither is used after this.
        let (value, counts) =
            unsafe { (ManuallyDrop::take(&mut self.value), ManuallyDrop::take(&mut self.counts)) };
        let drop = || {
            if last && counts.strong.at_home() {
                counts.unowned();
                clocks::acquire_quietly(counts.strong.object());
            }
            drop(value);
            drop(counts);
        };
        // Where counts are words it is plain who comes last, and what ends then are steps.
        match counting(false) {
            true => drop(),
            false => clocks::apart(|| context::drop_quietly(drop)),
        }
    }
}
