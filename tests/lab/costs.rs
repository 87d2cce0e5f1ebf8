//! Costs: every variant is measured, everything ends; the figures are nobody's business here.

use racelab::cost::{Alone, Contestant, Cost, Variant};
use racelab::explore::native::figures::Finding;
use racelab::explore::native::{cpu, sharing};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// Far more than any budget here: a measurement that takes longer did not end by itself.
const LONG: Duration = Duration::from_secs(10);

const COUNTER: &dyn Contestant = &Variant {
    name: "counter",
    memory: AtomicU64::default,
    left: |counter: &AtomicU64| _ = counter.fetch_add(1, Relaxed),
    right: |counter: &AtomicU64| _ = counter.fetch_add(1, Relaxed),
};

#[test]
fn variants_of_other_types_are_measured_together() {
    let cost = Cost {
        variants: &[
            COUNTER,
            &Alone {
                name: "copy",
                memory: || vec![1u8; 100],
                operation: |bytes: &Vec<u8>| _ = std::hint::black_box(bytes.clone()),
            },
        ],
        baseline: "copy",
        curves: &[],
    };
    let report = sharing::measure(&cost, &sharing::Settings::default());
    assert!(report.elapsed < LONG);
    let names: Vec<_> = report.variants.iter().map(|figures| &*figures.name).collect();
    assert_eq!(names, ["counter", "copy"]);
    assert!(report.variants.iter().all(|figures| figures.kept <= figures.tried));
    if report.finding == Finding::Measured {
        assert_eq!(report.variant("copy").and_then(|copy| copy.ratio), Some(1.0));
        assert_eq!(report.variant("counter").map(|counter| counter.threads.len()), Some(2));
    }
}

#[test]
fn two_threads_on_one_cpu_never_run_in_parallel() {
    let cost = Cost { variants: &[COUNTER], baseline: "counter", curves: &[] };
    let settings =
        sharing::Settings { cpus: cpu::allowed()[..1].to_vec(), ..sharing::Settings::default() };
    let report = sharing::measure(&cost, &settings);
    assert_eq!(report.latency, None);
    // Where threads cannot be pinned, two CPUs were used all the same.
    if report.pinned {
        assert_eq!(report.finding, Finding::NeverParallel);
        assert_eq!(report.variants[0].ratio, None);
    }
}

#[test]
#[should_panic(expected = "the baseline is one of the variants")]
fn a_baseline_has_to_be_there() {
    let cost = Cost { variants: &[COUNTER], baseline: "fixed", curves: &[] };
    sharing::measure(&cost, &sharing::Settings::default());
}

#[test]
#[should_panic(expected = "an operation never panics")]
fn a_panicking_operation_ends_the_measurement() {
    let cost = Cost {
        variants: &[&Variant {
            name: "broken",
            memory: || (),
            left: |_: &()| (),
            right: |_: &()| panic!("an operation never panics"),
        }],
        baseline: "broken",
        curves: &[],
    };
    sharing::measure(&cost, &sharing::Settings::default());
}
