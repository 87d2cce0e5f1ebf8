//! Two counters on one cache line, and on a line each.

use crate::summary::summary;
use racelab::cost::{Cost, Variant};
use racelab::explore::native::figures::{CostReport, Figures, Finding};
use racelab::explore::native::sharing::{self, Settings};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

#[derive(Default)]
struct Packed([AtomicU64; 2]);

#[derive(Default)]
struct Padded([Padding; 2]);

#[derive(Default)]
#[repr(align(128))]
struct Padding(AtomicU64);

const COUNTERS: Cost = Cost {
    variants: &[
        &Variant {
            name: "broken",
            memory: Packed::default,
            left: |counters: &Packed| _ = counters.0[0].fetch_add(1, Relaxed),
            right: |counters: &Packed| _ = counters.0[1].fetch_add(1, Relaxed),
        },
        &Variant {
            name: "fixed",
            memory: Padded::default,
            left: |counters: &Padded| _ = counters.0[0].0.fetch_add(1, Relaxed),
            right: |counters: &Padded| _ = counters.0[1].0.fetch_add(1, Relaxed),
        },
    ],
    baseline: "fixed",
    curves: &[],
};

pub(crate) fn measure(runs: u64, cpus: &[usize]) {
    let settings = Settings { cpus: cpus.to_vec(), ..Settings::default() };
    let reports: Vec<CostReport> =
        (0..runs).map(|_| sharing::measure(&COUNTERS, &settings)).collect();
    use Finding::{Measured, NeverParallel, TooDisturbed};
    for finding in [Measured, NeverParallel, TooDisturbed] {
        let found = reports.iter().filter(|report| report.finding == finding);
        print!("  {finding:?} {} of {runs}", found.count());
    }
    println!();
    let of = |name| reports.iter().filter_map(move |report| report.variant(name));
    let ratios: Vec<f64> = of("broken").filter_map(|figures| figures.ratio).collect();
    let above = ratios.iter().filter(|&&ratio| ratio > 2.0).count();
    if let Some(least) = ratios.iter().copied().min_by(f64::total_cmp) {
        println!("  ratio above 2 in {above} of {runs}: least {least:.2} {}", summary(ratios));
    }
    for name in ["broken", "fixed"] {
        let median = |figures: &Figures| Some(figures.ns_per_operation?.median);
        let (kept, tried) = of(name)
            .fold((0, 0), |(kept, tried), figures| (kept + figures.kept, tried + figures.tried));
        let ns = summary(of(name).filter_map(median).collect());
        println!("  {name:6} ns an operation: {ns}; windows kept {kept} of {tried}");
    }
    let latency = |report: &CostReport| Some(report.latency.as_ref()?.one_way_ns.median);
    println!("  one way, ns: {}", summary(reports.iter().filter_map(latency).collect()));
    let elapsed = reports.iter().map(|report| report.elapsed.as_secs_f64() * 1e3);
    println!("  a run, ms: {}", summary(elapsed.collect()));
}
