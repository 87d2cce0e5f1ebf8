//! What `lazy_static!` is made of.

use std::fmt;

use crate::__rt::sync::LazyLock;
pub use crate::__rt::thread::AccessError;
use crate::execution;

/// A static whose value each execution makes when it is first looked at, and drops at its end.
pub struct Lazy<T: 'static>(LazyLock<T>);

impl<T: 'static> Lazy<T> {
    /// For the macro alone.
    #[doc(hidden)]
    pub const fn new(make: fn() -> T) -> Lazy<T> {
        Lazy(LazyLock::new(make))
    }

    /// The value of this execution.
    ///
    /// # Panics
    /// Outside of a model.
    #[track_caller]
    pub fn get(&'static self) -> &'static T {
        let value = LazyLock::force(&self.0);
        let place = value as *const T as *mut T;
        // Safety: `force` has leaked a box for this execution. When the execution ends, nobody runs
        // any more who could look at it.
        execution::at_the_end(place as usize, move || drop(unsafe { Box::from_raw(place) }));
        value
    }
}

impl<T: 'static> fmt::Debug for Lazy<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lazy").finish_non_exhaustive()
    }
}
