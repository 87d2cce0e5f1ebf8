//! Lookups by several threads at once, then with a change after every so many.

use std::hint::black_box;

use racelab::cost::{Cost, Curve, Variant, Work};

/// Two readers of one version.
macro_rules! readers {
    ($name:literal, $version:ident) => {
        &Variant {
            name: $name,
            memory: super::$version::native::source::Routes::new,
            left: |routes: &super::$version::native::source::Routes| {
                black_box(routes.next_hop(0, 7));
            },
            right: |routes: &super::$version::native::source::Routes| {
                black_box(routes.next_hop(1, 7));
            },
        }
    };
}

/// So many readers of one version.
macro_rules! by_threads {
    ($name:literal, $version:ident) => {
        &Work {
            name: $name,
            memory: |_| super::$version::native::source::Routes::new(),
            threads: |threads| threads as usize,
            operation: |routes: &super::$version::native::source::Routes, thread, _| {
                black_box(routes.next_hop(thread, 7));
            },
        }
    };
}

/// Two threads that look up so often, and then change a route.
macro_rules! by_lookups {
    ($name:literal, $version:ident) => {
        &Work {
            name: $name,
            memory: |_| super::$version::native::source::Routes::new(),
            threads: |_| 2,
            operation: |routes: &super::$version::native::source::Routes, thread, lookups| {
                (0..lookups).for_each(|_| _ = black_box(routes.next_hop(thread, 7)));
                routes.set(thread, lookups);
            },
        }
    };
}

static THREADS: Curve = Curve {
    name: "threads",
    title: "a lookup, by the number of readers at once",
    axis: "readers",
    unit: "lookup of one thread",
    points: &[1, 2, 4, 8, 16],
    operations: |_| 1,
    lines: &[
        by_threads!("broken", broken),
        by_threads!("fixed", fixed),
        by_threads!("lock-around", lock_around),
        by_threads!("snapshot", snapshot),
    ],
    baseline: "fixed",
};

static LOOKUPS: Curve = Curve {
    name: "lookups",
    title: "two threads, by the number of lookups for each change",
    axis: "lookups",
    unit: "lookup or change of one thread",
    points: &[1, 4, 16, 64, 256, 1024],
    operations: |lookups| lookups + 1,
    lines: &[by_lookups!("broken", broken), by_lookups!("fixed", fixed)],
    baseline: "fixed",
};

/// Every version against the one with a lock for each reader.
pub(super) static COST: Cost = Cost {
    variants: &[
        readers!("broken", broken),
        readers!("fixed", fixed),
        readers!("lock-around", lock_around),
        readers!("shared-count", shared_count),
        readers!("packed", packed),
        readers!("snapshot", snapshot),
    ],
    baseline: "fixed",
    curves: &[&THREADS, &LOOKUPS],
};
