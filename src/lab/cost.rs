//! A cost: variants of one structure that all work, and differ in time.

mod curve;

pub use curve::{Curve, Line, Work};

/// Variants that are measured against each other. Nothing here fails: the figures tell them apart.
///
/// ```
/// use racelab::cost::{Cost, Variant};
/// use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
///
/// #[derive(Default)]
/// struct Packed([AtomicU64; 2]);
/// #[derive(Default)]
/// struct Padded([Line; 2]);
/// #[derive(Default)]
/// #[repr(align(128))]
/// struct Line(AtomicU64);
///
/// const COUNTERS: Cost = Cost {
///     variants: &[
///         &Variant {
///             name: "broken",
///             memory: Packed::default,
///             left: |counters: &Packed| _ = counters.0[0].fetch_add(1, Relaxed),
///             right: |counters: &Packed| _ = counters.0[1].fetch_add(1, Relaxed),
///         },
///         &Variant {
///             name: "fixed",
///             memory: Padded::default,
///             left: |counters: &Padded| _ = counters.0[0].0.fetch_add(1, Relaxed),
///             right: |counters: &Padded| _ = counters.0[1].0.fetch_add(1, Relaxed),
///         },
///     ],
///     baseline: "fixed",
///     curves: &[],
/// };
/// ```
pub struct Cost {
    /// How the cost grows with something, where one figure does not say it.
    pub curves: &'static [&'static Curve],
    /// The variants, each with memory of its own type: [`Variant`]s of two threads, or [`Alone`].
    /// None where only the curves say something.
    pub variants: &'static [&'static dyn Contestant],
    /// The name of the variant that the others are compared with.
    pub baseline: &'static str,
}

/// So many threads, at most, work on one variant's memory.
pub const MOST_THREADS: usize = 16;

/// Two threads, one beside the other, on one piece of memory.
///
/// `left` and `right` are functions, by their own type and not as pointers, so that they are
/// compiled into the loop that repeats them. They are called any number of times, and never panic.
pub struct Variant<M: 'static, L, R> {
    /// `broken`, `fixed`, or the name of what it tries.
    pub name: &'static str,
    /// Makes the memory that the threads work on.
    pub memory: fn() -> M,
    /// One operation of the first thread.
    pub left: L,
    /// One operation of the second thread.
    pub right: R,
}

/// One thread alone, for what costs time without anybody else: copying a map.
pub struct Alone<M: 'static, O> {
    /// `broken`, `fixed`, or the name of what it tries.
    pub name: &'static str,
    /// Makes the memory that the thread works on.
    pub memory: fn() -> M,
    /// The operation whose time is measured.
    pub operation: O,
}

/// A variant, whatever its memory is made of.
pub trait Contestant: Sync {
    /// The variant's name.
    fn name(&self) -> &'static str;
    /// How many threads it has, from 1 to [`MOST_THREADS`].
    fn threads(&self) -> usize;
    /// Makes its memory.
    fn enter(&self) -> Box<dyn Entrant + '_>;
}

/// A variant with its memory made.
pub trait Entrant: Sync {
    /// Repeats the operation of one thread, counted from 0, `batch` times for every time that `more` says so.
    fn work(&self, thread: usize, batch: u32, more: &mut dyn FnMut() -> bool);
}

/// At the start of a cache line and alone on its lines: where the allocator puts the memory must
/// not decide what it costs.
#[repr(align(128))]
struct Placed<M>(M);

struct Entered<'v, M, V> {
    memory: Placed<M>,
    variant: &'v V,
}

impl<'v, M, V> Entered<'v, M, V> {
    fn new(memory: fn() -> M, variant: &'v V) -> Entered<'v, M, V> {
        Entered { memory: Placed(memory()), variant }
    }
}

impl<M: Sync, L: Fn(&M) + Sync, R: Fn(&M) + Sync> Contestant for Variant<M, L, R> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn threads(&self) -> usize {
        2
    }

    fn enter(&self) -> Box<dyn Entrant + '_> {
        Box::new(Entered::new(self.memory, self))
    }
}

impl<M: Sync, L: Fn(&M) + Sync, R: Fn(&M) + Sync> Entrant for Entered<'_, M, Variant<M, L, R>> {
    fn work(&self, thread: usize, batch: u32, more: &mut dyn FnMut() -> bool) {
        match thread {
            0 => repeat(|| (self.variant.left)(&self.memory.0), batch, more),
            _ => repeat(|| (self.variant.right)(&self.memory.0), batch, more),
        }
    }
}

impl<M: Sync, O: Fn(&M) + Sync> Contestant for Alone<M, O> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn threads(&self) -> usize {
        1
    }

    fn enter(&self) -> Box<dyn Entrant + '_> {
        Box::new(Entered::new(self.memory, self))
    }
}

impl<M: Sync, O: Fn(&M) + Sync> Entrant for Entered<'_, M, Alone<M, O>> {
    fn work(&self, _thread: usize, batch: u32, more: &mut dyn FnMut() -> bool) {
        repeat(|| (self.variant.operation)(&self.memory.0), batch, more);
    }
}

/// The operation itself is inlined here: nothing but the loop stands between two of them.
#[inline(always)]
fn repeat(operation: impl Fn(), batch: u32, more: &mut dyn FnMut() -> bool) {
    while more() {
        (0..batch).for_each(|_| operation());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

    fn work(entrant: &dyn Entrant, thread: usize) {
        let mut rounds = 0;
        entrant.work(thread, 5, &mut || {
            rounds += 1;
            rounds <= 3
        });
    }

    #[test]
    fn each_thread_repeats_its_own_operation() {
        let variant = Variant {
            name: "counters",
            memory: <[AtomicU64; 2]>::default,
            left: |counters: &[AtomicU64; 2]| _ = counters[0].fetch_add(1, Relaxed),
            right: |counters: &[AtomicU64; 2]| _ = counters[1].fetch_add(2, Relaxed),
        };
        let entered = Entered::new(variant.memory, &variant);
        work(&entered, 0);
        work(&entered, 1);
        let counts = entered.memory.0.each_ref().map(|count| count.load(Relaxed));
        assert_eq!(counts, [15, 30]);
        assert_eq!(&raw const entered.memory.0 as usize % 128, 0);
    }

    #[test]
    fn one_thread_may_be_alone() {
        let alone = Alone {
            name: "counter",
            memory: AtomicU64::default,
            operation: |counter: &AtomicU64| _ = counter.fetch_add(1, Relaxed),
        };
        let contestant: &dyn Contestant = &alone;
        assert_eq!((contestant.name(), contestant.threads()), ("counter", 1));
        let entered = Entered::new(alone.memory, &alone);
        work(&entered, 0);
        assert_eq!(entered.memory.0.load(Relaxed), 15);
    }
}
