//! A curve: what variants cost beside each other as one thing grows.

use super::{Contestant, Entrant, Placed, repeat};

/// The same variants at several values of one parameter.
///
/// ```
/// use racelab::cost::{Curve, Work};
///
/// /// What it takes to copy a list of so many numbers.
/// static COPYING: Curve = Curve {
///     name: "size",
///     title: "a copy of a list",
///     axis: "numbers",
///     unit: "copy",
///     points: &[10, 100, 1_000],
///     operations: |_| 1,
///     lines: &[
///         &Work {
///             name: "whole",
///             memory: |size| vec![1u64; size as usize],
///             threads: |_| 1,
///             operation: |list: &Vec<u64>, _, _| _ = std::hint::black_box(list.clone()),
///         },
///         &Work {
///             name: "half",
///             memory: |size| vec![1u64; size as usize / 2],
///             threads: |_| 1,
///             operation: |list: &Vec<u64>, _, _| _ = std::hint::black_box(list.clone()),
///         },
///     ],
///     baseline: "whole",
/// };
/// ```
pub struct Curve {
    /// In a word, for JSON: `size`.
    pub name: &'static str,
    /// What is done, as a heading: `a write, by the size of the map`.
    pub title: &'static str,
    /// What grows, in the plural: `threads`.
    pub axis: &'static str,
    /// What one operation is: `write`.
    pub unit: &'static str,
    /// The values of the parameter, ascending and at least 1: both axes are logarithmic.
    pub points: &'static [u64],
    /// How many operations one call of [`Work::operation`] comes to at a point.
    pub operations: fn(u64) -> u64,
    /// The variants, each with memory of its own type.
    pub lines: &'static [&'static dyn Line],
    /// The name of the line that the others are compared with.
    pub baseline: &'static str,
}

/// One variant of a curve: what its threads do at a value of the parameter.
///
/// `operation` is a function by its own type, as in [`Variant`](super::Variant). It gets the
/// thread, counted from 0, and the value of the parameter; it never panics.
pub struct Work<M: 'static, O> {
    /// `broken`, `fixed`, or the name of what it tries.
    pub name: &'static str,
    /// Makes the memory for a value of the parameter.
    pub memory: fn(u64) -> M,
    /// How many threads work on it, at most [`MOST_THREADS`](super::MOST_THREADS).
    pub threads: fn(u64) -> usize,
    /// What each of them repeats.
    pub operation: O,
}

/// A line of a curve, whatever its memory is made of.
pub trait Line: Sync {
    /// The variant's name.
    fn name(&self) -> &'static str;
    /// What is measured at this value of the parameter.
    fn at(&self, point: u64) -> Box<dyn Contestant + '_>;
}

/// A variant at one value of the parameter.
struct At<'w, M: 'static, O> {
    work: &'w Work<M, O>,
    point: u64,
}

struct Entered<'w, M: 'static, O> {
    memory: Placed<M>,
    at: &'w At<'w, M, O>,
}

impl<M: Sync, O: Fn(&M, usize, u64) + Sync> Line for Work<M, O> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn at(&self, point: u64) -> Box<dyn Contestant + '_> {
        Box::new(At { work: self, point })
    }
}

impl<M: Sync, O: Fn(&M, usize, u64) + Sync> Contestant for At<'_, M, O> {
    fn name(&self) -> &'static str {
        self.work.name
    }

    fn threads(&self) -> usize {
        (self.work.threads)(self.point)
    }

    fn enter(&self) -> Box<dyn Entrant + '_> {
        Box::new(Entered { memory: Placed((self.work.memory)(self.point)), at: self })
    }
}

impl<M: Sync, O: Fn(&M, usize, u64) + Sync> Entrant for Entered<'_, M, O> {
    fn work(&self, thread: usize, batch: u32, more: &mut dyn FnMut() -> bool) {
        let (operation, point) = (&self.at.work.operation, self.at.point);
        repeat(|| operation(&self.memory.0, thread, point), batch, more);
    }
}
