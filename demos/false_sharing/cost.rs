//! One packet in and one packet out, over and over, by two threads at once.

use racelab::cost::{Cost, Variant};

/// One version: its own type of counters, and the operation of each thread.
macro_rules! version {
    ($name:literal, $version:ident) => {
        &Variant {
            name: $name,
            memory: super::$version::native::source::Counters::new,
            left: |counters: &super::$version::native::source::Counters| counters.receive(),
            right: |counters: &super::$version::native::source::Counters| counters.send(),
        }
    };
}

/// Every version against the padded one.
pub(super) static COST: Cost = Cost {
    variants: &[
        version!("broken", broken),
        version!("fixed", fixed),
        version!("padded-to-16", padded_to_16),
        version!("padded-together", padded_together),
        version!("padded-to-64", padded_to_64),
    ],
    baseline: "fixed",
    curves: &[],
};
