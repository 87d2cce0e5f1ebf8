//! A static whose value is made in each execution anew, when it is first looked at.

use std::fmt;
use std::ops::Deref;
use std::panic::Location;
use std::sync::Mutex;

use super::op::Object;
use super::unpoisoned::Unpoisoned;
use super::{clocks, context};

/// As [`std::sync::LazyLock`] in a `static`. Under a checker each execution makes a value of its
/// own, at once: making it is no operation, and comes before every look at it.
pub struct LazyLock<T, F = fn() -> T> {
    make: F,
    value: std::marker::PhantomData<fn() -> T>,
}

/// The statics of this process, by where they lie: each has a number for what it makes, whoever
/// looks at it first.
static KNOWN: Mutex<Vec<usize>> = Mutex::new(Vec::new());

/// Where the numbers of statics begin, which name objects as the numbers of threads do.
const FIRST: usize = 64;

impl<T: 'static, F: Fn() -> T> LazyLock<T, F> {
    /// As [`std::sync::LazyLock::new`].
    pub const fn new(make: F) -> LazyLock<T, F> {
        LazyLock { make, value: std::marker::PhantomData }
    }

    /// As [`std::sync::LazyLock::force`].
    ///
    /// # Panics
    /// Outside of an exploration.
    #[track_caller]
    pub fn force(this: &LazyLock<T, F>) -> &T {
        let place = this as *const Self as usize;
        let at = Location::caller();
        let number = number(place);
        let made = Object::numbered(FIRST + number, 0);
        let known = context::with(|context| {
            assert!(
                context.execution() != 0,
                "racelab: a static of a checker's is used outside of an exploration ({at})"
            );
            context.keeps.borrow().of_static(place)
        });
        let value = match known {
            Some(value) => value,
            None => {
                assert!(
                    context::with(|context| context.scheduled() || !context.active.get()),
                    "racelab: under loom a static cannot be made while threads run: look at it \
                     where the race makes its memory ({at})"
                );
                // It is never freed: whoever keeps the reference may have it for ever.
                let value = context::with(|context| context.make(FIRST + number, &this.make));
                let value = Box::leak(Box::new(value)) as *const T as usize;
                context::with(|context| context.keeps.borrow_mut().statics.push((place, value)));
                clocks::release_quietly(made);
                value
            }
        };
        clocks::acquire_quietly(made);
        // Safety: the value was leaked above, for this static, whose type is `T`.
        unsafe { &*(value as *const T) }
    }
}

fn number(place: usize) -> usize {
    let mut known = KNOWN.lock().unpoisoned();
    let number = known.iter().position(|other| *other == place).unwrap_or_else(|| {
        known.push(place);
        known.len() - 1
    });
    assert!(
        number < 128,
        "racelab: more than 128 statics (a LazyLock is for a static: in the memory use OnceLock)"
    );
    number
}

impl<T: 'static, F: Fn() -> T> Deref for LazyLock<T, F> {
    type Target = T;

    #[track_caller]
    fn deref(&self) -> &T {
        LazyLock::force(self)
    }
}

impl<T: Default + 'static> Default for LazyLock<T> {
    fn default() -> Self {
        LazyLock::new(T::default)
    }
}

impl<T, F> fmt::Debug for LazyLock<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("LazyLock").finish_non_exhaustive()
    }
}

// Safety: it holds no value, only how to make one; what it hands out is shared, as std's is.
unsafe impl<T: Send + Sync, F: Send + Sync> Sync for LazyLock<T, F> {}
