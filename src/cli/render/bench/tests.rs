//! A report in words, in a table and as a picture, with figures that are made up.

use super::*;
use racelab_bench::cell::{Latency, Slow};
use racelab_bench::draw::Spread;
use racelab_bench::go::Collected;
use racelab_bench::memory::{Memory, Step};
use racelab_bench::plan::{Ground, KeyType, Plan, Setting};
use racelab_bench::report::{About, Machine, Report};
use racelab_bench::round::Round;

fn report() -> Report {
    let ground = Ground { keys: 10_000, key: KeyType::U64, spread: Spread::Uniform };
    let maps =
        ["safe-map", "safe-map-twin", "copy-on-write", "dashmap"].map(str::to_string).to_vec();
    let plan = Plan {
        maps: maps.clone(),
        grounds: vec![ground],
        threads: vec![2],
        mixes: vec![Mix::of_reads(99), Mix::of_reads(50)],
        growth_keys: 1000,
        ..Plan::quick()
    };
    let latency = |map: &str, how: &str| Latency {
        map: map.to_string(),
        how: how.to_string(),
        samples: 1000,
        p50: 12.0,
        p99: 310.0,
        p999: 42_000.0,
        max: 1e6,
        bins: vec![(15.8, 900), (25.1, 0), (398.1, 99), (63_095.7, 1)],
    };
    let cell = |reads: u8| Cell {
        setting: Setting { ground, threads: 2, mix: Mix::of_reads(reads) },
        oversubscribed: false,
        maps: ["safe-map", "safe-map-twin", "dashmap"].map(str::to_string).to_vec(),
        rounds: (0..12)
            .map(|round| Round {
                before: Some(if round == 0 { 250.0 } else { 30.0 }),
                after: Some(30.0),
                rates: vec![31.4e6, 31.4e6 * 1.02, 31.4e6 * 1.5],
            })
            .collect(),
        slow: vec![Slow { map: "copy-on-write".to_string(), write_seconds: 0.087 }],
        latency: ["closed", "open"].map(|how| latency("safe-map", how)).to_vec(),
        tables: Vec::new(),
        collected: Vec::new(),
        unread: 0,
        interrupted: 0,
        changed: 0,
    };
    let memory = Memory {
        map: "safe-map".to_string(),
        empty_bytes: Some(1024),
        entry_bytes: Some(46.4),
        read_allocations: Some(0.0),
        write_allocations: Some(0.5),
        write_bytes: Some(24.0),
        entries: 1000,
        slowest_seconds: 12.3e-6,
        slowest_at: 896,
        len_seconds: 2e-6,
        scan_ns: 3.25,
        copy_ns: None,
        steps: vec![Step { keys: 1000, bytes: Some(46_400), room: None }],
    };
    let about = |map: &String| About { map: map.clone(), about: "a map".to_string() };
    let mut report = Report {
        machine: Machine {
            cpu: Some("A processor".to_string()),
            cpus: 2,
            system: "linux x86_64".to_string(),
            clock_floor_ns: 14.6,
            optimised: true,
            began: 0,
        },
        maps: maps.iter().map(about).collect(),
        plan,
        others: Vec::new(),
        notes: Vec::new(),
        states: Vec::new(),
        cells: vec![cell(99), cell(50)],
        memory: vec![memory],
        complete: true,
    };
    report.judge();
    report
}

#[test]
fn a_report_is_a_table_that_fits() {
    let text = text(&report(), &Page::default());
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    let expected = "
  where a store takes 30 ns to the other CPU
  reads/writes          99/1        50/50
  safe-map           31.4M/s      31.4M/s
  safe-map-twin   1.02 +-.00   1.02 +-.00
  copy-on-write    87ms each    87ms each
  dashmap         1.50 +-.00   1.50 +-.00
  best peer          dashmap      dashmap
  safe-map/best   0.67 +-.00   0.67 +-.00
  rounds                  11           11
  Of 24 rounds, 2 were interrupted.
";
    assert!(text.contains(expected), "{text}");
    let expected = "
  single operations at 99/1, one after another
                       50 %     99 %   99.9 %       100n 1u   10u
  safe-map            <15ns    310ns     42us   @      #          -
";
    assert!(text.contains(expected), "{text}");
    assert!(
        text.contains(
            "  safe-map           1,024        46     0.00        0.50 (24)  12us at 896\n"
        ),
        "{text}"
    );
}

#[test]
fn a_narrow_page_has_parts_and_a_plain_one_sentences() {
    for width in [30, 40, 60] {
        let text = text(&report(), &Page { width, ..Page::default() });
        assert!(text.lines().all(|line| line.chars().count() <= width), "{width}:\n{text}");
    }
    let plain = text(&report(), &Page { plain: true, ..Page::default() });
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains("99/1: safe-map 31.4M/s, safe-map-twin 1.02 +-.00, copy-on-write 87ms each"),
        "{words}"
    );
    assert!(words.contains("safe-map: half within <15ns, 99 % 310ns, 99.9 % 42us"), "{words}");
}

#[test]
fn a_debug_build_says_what_its_figures_mean() {
    let mut report = report();
    assert!(!text(&report, &Page::default()).contains("NOT OPTIMISED"));
    report.machine.optimised = false;
    assert!(text(&report, &Page::default()).contains("NOT OPTIMISED"));
}

#[test]
fn a_picture_has_a_mark_for_each_figure() {
    let picture = svg(&report());
    // Three maps in two mixes, and three percentiles of one map, closed and open, in two mixes.
    assert_eq!(picture.matches("<title>").count(), 3 * 2 + 3 * 2 * 2);
    assert!(!picture.contains("NaN") && !picture.contains("inf"), "{picture}");
}

/// Go's maps stand below the others, with what their collector did.
#[test]
fn maps_of_another_language_have_their_rows() {
    let mut report = report();
    let about = "go1.27.3, sync.Map".to_string();
    report.others = vec![About { map: "go-sync-map".to_string(), about }];
    for cell in &mut report.cells {
        cell.maps.push("go-sync-map".to_string());
        cell.rounds.iter_mut().for_each(|round| round.rates.push(31.4e6 * 123.0));
        let map = "go-sync-map".to_string();
        let of = Collected { map, collections: 2, pause_ns: 40_000, longest_ns: 30_000 };
        cell.collected.push(of);
    }
    report.judge();
    let text = text(&report, &Page::default());
    assert!(text.contains("  go-sync-map      123 +-.00    123 +-.00\n"), "{text}");
    assert!(text.contains("garbage was collected 2 times"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
}

#[test]
fn a_busy_machine_has_no_table_and_says_why() {
    let mut report = report();
    for round in report.cells.iter_mut().flat_map(|cell| &mut cell.rounds) {
        round.after = Some(400.0);
    }
    report.judge();
    let text = text(&report, &Page::default());
    assert!(text.contains("Of 24 rounds, 24 were interrupted.\n  So there is no table"), "{text}");
}

#[test]
fn nothing_measured_is_no_failure() {
    let mut report = report();
    report.cells.clear();
    report.memory.clear();
    report.judge();
    assert!(text(&report, &Page::default()).contains("A processor"));
    assert!(svg(&report).ends_with("</svg>\n"));
}

#[test]
fn times_and_rates_have_units_that_suit_them() {
    let times = [3.2, 999.4, 999.6, 42e3, 250e3, 5.5e6, 3e9].map(time);
    assert_eq!(times, ["3ns", "999ns", "1.0us", "42us", "250us", "5.5ms", "3.0s"]);
    assert_eq!([999.0, 12_000.0, 31.4e6].map(rate), ["999/s", "12.0k/s", "31.4M/s"]);
}
