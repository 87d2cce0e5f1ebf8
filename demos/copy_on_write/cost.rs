//! A write by the size of the map, and a mix of lookups and writes, by how rare the writes are.

use std::hint::black_box;

use racelab::cost::{Cost, Curve, Work};

/// One thread that writes into a map of so many entries.
macro_rules! by_size {
    ($name:literal, $version:ident) => {
        &Work {
            name: $name,
            memory: super::$version::native::source::Sessions::new,
            threads: |_| 1,
            operation: |sessions: &super::$version::native::source::Sessions, _, size| {
                sessions.set_end(0, size / 2, 7);
            },
        }
    };
}

/// Two threads that look up so often, and then write, in a map of `$size`.
macro_rules! by_lookups {
    ($name:literal, $version:ident, $size:literal) => {
        &Work {
            name: $name,
            memory: |_| super::$version::native::source::Sessions::new($size),
            threads: |_| 2,
            operation: |sessions: &super::$version::native::source::Sessions, thread, lookups| {
                for session in 0..lookups {
                    black_box(sessions.end(thread, session % $size));
                }
                sessions.set_end(thread, $size / 2, lookups);
            },
        }
    };
}

static SIZE: Curve = Curve {
    name: "size",
    title: "a write by one thread, by the size of the map",
    axis: "entries",
    unit: "write",
    points: &[10, 100, 1_000, 10_000, 100_000],
    operations: |_| 1,
    lines: &[
        by_size!("whole-copy", whole_copy),
        by_size!("in-place", in_place),
        by_size!("shards", shards),
    ],
    baseline: "in-place",
};

/// The mix, for a map of this size.
macro_rules! mix {
    ($name:literal, $title:literal, $size:literal) => {
        Curve {
            name: $name,
            title: $title,
            axis: "lookups",
            unit: "lookup or write of one thread",
            points: &[1, 4, 16, 64, 256, 1_024, 4_096],
            operations: |lookups| lookups + 1,
            lines: &[
                by_lookups!("whole-copy", whole_copy, $size),
                by_lookups!("in-place", in_place, $size),
                by_lookups!("shards", shards, $size),
            ],
            baseline: "in-place",
        }
    };
}

static SMALL: Curve =
    mix!("lookups-in-100", "two threads, 100 entries, by lookups for each write", 100);
static LARGE: Curve =
    mix!("lookups-in-10000", "two threads, 10,000 entries, by lookups for each write", 10_000);

/// Every version against the one that changes in place: no single figure says it.
pub(super) static COST: Cost = Cost {
    variants: &[],
    baseline: "in-place",
    curves: &[&SIZE, &SMALL, &LARGE],
};
