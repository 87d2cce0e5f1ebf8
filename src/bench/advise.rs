//! Which map to take: the candidates measured here for one load, and for what lies around it.

use serde::{Deserialize, Serialize};

use crate::cell::{Cell, Row};
use crate::draw::Spread;
use crate::interval::Interval;
use crate::maps::Design;
use crate::mix::Mix;
use crate::plan::{Ground, KeyType, Plan};
use crate::report::Report;

/// What a program will do with its map.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Load {
    /// Look-ups a second, of all threads.
    pub reads: f64,
    /// Writes a second.
    pub writes: f64,
    /// How many keys.
    pub keys: usize,
    /// Of which type.
    pub key: KeyType,
    /// Bytes of a value.
    pub value_bytes: usize,
    /// How many threads.
    pub threads: usize,
}

/// An answer, with what it rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Advice {
    /// The question.
    pub load: Load,
    /// The map of the highest throughput under this mix.
    pub take: String,
    /// Its throughput divided by SafeMap's, within each round.
    pub times: Interval,
    /// Operations a second that it gives.
    pub gives: f64,
    /// Maps that are as good as it but for a tenth, or whose interval reaches so far.
    pub as_good: Vec<String>,
    /// Maps that give at least [`PLENTY`] times what was asked for, the simplest first.
    pub plenty: Vec<String>,
    /// Where the answer is another, or the same: the load as it was, but for one thing.
    pub around: Vec<Neighbour>,
}

/// A load beside the one that was asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Neighbour {
    /// How many threads.
    pub threads: usize,
    /// Which mix.
    pub mix: Mix,
    /// The best map then.
    pub take: String,
    /// Its throughput divided by SafeMap's.
    pub times: Interval,
    /// And divided by that of the map that is best for the load itself.
    pub over: f64,
}

/// A map that gives so many times what is asked for is seldom waited for.
pub const PLENTY: f64 = 20.0;
/// From what there is least to understand.
pub(crate) const SIMPLEST: [Design; 11] = [
    Design::OneLock,
    Design::SafeMap,
    Design::SafeMapFine,
    Design::Dashmap,
    Design::CopyOnWrite,
    Design::Scc,
    Design::Papaya,
    Design::DashmapFine,
    Design::SccIndex,
    Design::PapayaHeld,
    Design::TwoMaps,
];

/// What has to be measured for an answer: the mix of the load and those of the table beside it, with
/// its threads, and its mix with one thread and with twice as many.
pub fn plan(load: &Load) -> Plan {
    let ground = Ground { keys: load.keys, key: load.key, spread: Spread::Uniform };
    let mix = Mix::of_rates(load.reads, load.writes);
    let mut mixes = vec![mix];
    let apart = |other: &Mix| other.writes() - mix.writes();
    let fewer = Mix::TABLE.into_iter().rev().find(|other| apart(other) < 0.0);
    let more = Mix::TABLE.into_iter().find(|other| apart(other) > 0.0);
    mixes.extend(fewer.into_iter().chain(more));
    let mut threads = vec![load.threads];
    threads.extend([1, load.threads * 2].into_iter().filter(|other| *other != load.threads));
    Plan {
        grounds: vec![ground],
        threads,
        mixes,
        value_bytes: load.value_bytes,
        cell_ms: 2_500,
        latency_rounds: 0,
        growth_keys: 0,
        cross: true,
        ..Plan::quick()
    }
}

/// The answer that follows from what was measured; `None` if the load itself was not.
pub fn judge(load: &Load, report: &Report) -> Option<Advice> {
    let mix = Mix::of_rates(load.reads, load.writes);
    let itself = |cell: &&Cell| cell.setting.threads == load.threads && cell.setting.mix == mix;
    let rows = rows(report.cells.iter().find(itself)?)?;
    let best = best(rows)?;
    let names = |keep: &dyn Fn(&Row) -> bool| {
        let all = SIMPLEST.into_iter().filter_map(|design| row(rows, design.name()));
        all.filter(|row| keep(row)).map(|row| row.map.clone()).collect::<Vec<_>>()
    };
    let as_good = |row: &Row| row.map != best.map && row.ratio.high >= 0.9 * best.ratio.median;
    let asked = load.reads + load.writes;
    let around = report.cells.iter().filter(|cell| !itself(cell)).filter_map(|cell| {
        let rows = self::rows(cell)?;
        let there = self::best(rows)?;
        let taken = row(rows, &best.map)?;
        Some(Neighbour {
            threads: cell.setting.threads,
            mix: cell.setting.mix,
            take: there.map.clone(),
            times: there.ratio,
            over: there.ratio.median / taken.ratio.median,
        })
    });
    Some(Advice {
        load: *load,
        take: best.map.clone(),
        times: best.ratio,
        gives: best.rate.median,
        as_good: names(&as_good),
        plenty: names(&|row| row.rate.median >= PLENTY * asked),
        around: around.collect(),
    })
}

/// The rows of the state that occurred most.
pub(crate) fn rows(cell: &Cell) -> Option<&[Row]> {
    let table = cell.tables.iter().max_by_key(|table| table.rounds)?;
    Some(&table.rows)
}

fn row<'r>(rows: &'r [Row], map: &str) -> Option<&'r Row> {
    rows.iter().find(|row| row.map == map)
}

/// The highest throughput; of equal ones the first.
fn best(rows: &[Row]) -> Option<&Row> {
    let known = |row: &&Row| row.map != Design::Twin.name();
    rows.iter().filter(known).rev().max_by(|a, b| a.ratio.median.total_cmp(&b.ratio.median))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Setting;
    use crate::round::Round;

    const LOAD: Load = Load {
        reads: 900.0,
        writes: 100.0,
        keys: 10,
        key: KeyType::U64,
        value_bytes: 8,
        threads: 2,
    };

    /// Every cell of the plan, in which each map has the rate that `of` says.
    fn report(of: impl Fn(&Setting, &str) -> f64) -> Report {
        let mut report = crate::run::begin(plan(&LOAD));
        for setting in report.plan.settings() {
            let rates: Vec<f64> = report.plan.maps.iter().map(|map| of(&setting, map)).collect();
            let reading = (setting.threads > 1).then_some(30.0);
            let round = Round { before: reading, after: reading, rates };
            let maps = report.plan.maps.clone();
            report.cells.push(Cell::of_rounds(setting, maps, vec![round; 10]));
        }
        report.judge();
        report
    }

    #[test]
    fn the_fastest_is_taken_whoever_made_it_and_what_changes_that_is_said() {
        let advice = judge(
            &LOAD,
            &report(|setting, map| match map {
                "scc" if setting.threads == 1 => 9e6,
                "papaya" => 3e6,
                "papaya-held" => 2.8e6,
                "one-lock" => 10_000.0,
                "safe-map-twin" => 99e6,
                _ => 2e6,
            }),
        )
        .expect("an answer");
        assert_eq!((advice.take.as_str(), advice.times.median), ("papaya", 1.5));
        assert_eq!(advice.as_good, ["papaya-held"]);
        assert_eq!(advice.plenty[0], "safe-map");
        assert!(!advice.plenty.contains(&"one-lock".to_string()));
        let alone = advice.around.iter().find(|around| around.threads == 1).expect("one thread");
        assert_eq!((alone.take.as_str(), alone.over), ("scc", 3.0));
        assert!(advice.around.iter().any(|around| around.take == "papaya" && around.threads == 4));
    }

    #[test]
    fn equal_maps_are_all_named_and_ours_is_first() {
        let advice = judge(&LOAD, &report(|_, _| 1e6)).expect("an answer");
        assert_eq!(advice.take, "safe-map");
        assert_eq!(advice.as_good.len(), SIMPLEST.len() - 1);
        assert_eq!(advice.plenty[0], "one-lock");
    }

    #[test]
    fn the_mixes_on_either_side_are_measured() {
        let mixes = |reads, writes| {
            let plan = plan(&Load { reads, writes, ..LOAD });
            plan.mixes.iter().map(Mix::to_string).collect::<Vec<_>>()
        };
        assert_eq!(mixes(5000.0, 300.0), ["94.34/5.66", "99/1", "90/10"]);
        assert_eq!(mixes(1.0, 0.0), ["100/0", "99/1"]);
        assert_eq!(mixes(0.0, 1.0), ["0/100", "50/50"]);
        assert_eq!(plan(&LOAD).settings().len(), 3 + 2);
    }

    #[test]
    fn what_was_not_measured_has_no_answer() {
        let mut report = report(|_, _| 1e6);
        report.cells.clear();
        assert_eq!(judge(&LOAD, &report), None);
    }
}
