//! Tables follow from rounds: ratios within a round, states apart, bad rounds dropped and counted.

use super::*;
use crate::draw::Spread;
use crate::mix::Mix;
use crate::plan::{Ground, KeyType};

fn round(before: f64, after: f64, rates: &[f64]) -> Round {
    Round { before: Some(before), after: Some(after), rates: rates.to_vec() }
}

fn cell(rounds: Vec<Round>) -> Cell {
    let ground = Ground { keys: 10, key: KeyType::U64, spread: Spread::Uniform };
    let setting = Setting { ground, threads: 2, mix: Mix::of_reads(99) };
    let maps = ["safe-map", "safe-map-twin", "dashmap", "papaya"].map(str::to_string).to_vec();
    Cell::of_rounds(setting, maps, rounds)
}

fn states() -> Vec<State> {
    vec![
        State { from: 0.0, to: 20.0, median: 9.5 },
        State { from: 20.0, to: INTERRUPTED, median: 60.0 },
    ]
}

#[test]
fn a_ratio_is_taken_within_a_round() {
    // The machine gets twice as slow from round to round; the ratios stay.
    let rounds = (0..10).map(|i| {
        let speed = 1e9 / f64::from(1 << i);
        round(60.0, 60.0, &[speed, speed, speed * 0.5, speed * 2.0])
    });
    let mut cell = cell(rounds.collect());
    cell.judge(&states());
    assert_eq!(cell.tables.len(), 1);
    let table = &cell.tables[0];
    assert_eq!((table.rounds, table.state), (10, Some(states()[1])));
    assert_eq!(table.rows[2].ratio, Interval { median: 0.5, low: 0.5, high: 0.5 });
    let against = table.against.as_ref().expect("there are peers");
    assert_eq!((against.peer.as_str(), against.ratio.median), ("papaya", 0.5));
    assert_eq!(against.band, Some(0.0));
    assert!(against.meets(0.5) && !against.meets(0.51));
}

#[test]
fn states_are_not_mixed_and_bad_rounds_are_counted() {
    let cheap = (0..7).map(|_| round(9.0, 10.0, &[1.0, 1.0, 2.0, 1.0]));
    let dear = (0..8).map(|_| round(61.0, 59.0, &[1.0, 1.0, 0.5, 0.25]));
    let unread = Round { before: None, ..round(9.0, 9.0, &[9.0; 4]) };
    let bad = [round(9.0, 60.0, &[9.0; 4]), round(9.0, 300.0, &[9.0; 4]), unread];
    let mut cell = cell(cheap.chain(dear).chain(bad).collect());
    cell.judge(&states());
    let rounds: Vec<usize> = cell.tables.iter().map(|table| table.rounds).collect();
    assert_eq!((rounds, cell.changed, cell.interrupted), (vec![7, 8], 1, 1));
    assert_eq!(cell.unread, 1);
    let best = |table: &Table| table.against.as_ref().map(|against| against.ratio.median);
    assert_eq!(cell.tables.iter().map(best).collect::<Vec<_>>(), [Some(0.5), Some(2.0)]);
}

#[test]
fn too_few_rounds_have_no_table() {
    let mut cell = cell((0..5).map(|_| round(9.0, 9.0, &[1.0; 4])).collect());
    cell.judge(&states());
    assert_eq!(cell.tables, []);
}

#[test]
fn an_error_of_the_measurement_is_allowed_for() {
    let ratio = Interval { median: 0.99, low: 0.96, high: 1.02 };
    let against = |band| Against { peer: "scc".to_string(), ratio, band };
    assert!(!against(None).meets(1.0) && !against(Some(0.03)).meets(1.0));
    assert!(against(Some(0.05)).meets(1.0));
}

#[test]
fn percentiles_are_of_single_operations() {
    let clock = Clock::get();
    let mut ticks = crate::seat::histogram();
    for ns in 1..=1000u64 {
        ticks.record(clock.ticks(std::time::Duration::from_nanos(ns * 100))).expect("in bounds");
    }
    let latency = Latency::of("scc", "closed", &ticks).expect("samples");
    assert!((latency.p50 / 50_000.0 - 1.0).abs() < 0.02, "{latency:?}");
    assert!((latency.p999 / 99_900.0 - 1.0).abs() < 0.02, "{latency:?}");
    assert_eq!(latency.bins.iter().map(|bin| bin.1).sum::<u64>(), 1000);
    assert!(latency.bins.windows(2).all(|pair| pair[0].0 < pair[1].0));
    assert_eq!(Latency::of("scc", "closed", &crate::seat::histogram()), None);
}
